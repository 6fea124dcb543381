"""Every page of the site as readers get it: narrow and wide, light and dark, by mouse, keyboard and screen reader."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from browsing import ROOT, SITE, violations, visit

PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if path.relative_to(SITE).parts[0] not in ("lite", "_static") and path.name not in ("run.html", "genindex.html")
)
WIDTHS, SCHEMES = (1280, 390), ("light", "dark")


class Links(HTMLParser):
    """The ids of a page, and what it links to."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids.add(attrs.get("id"))
        self.links += [attrs[name] for name in ("href", "src") if name in attrs]


LINKS = {page: Links(SITE / page) for page in PAGES}


def test_every_notebook_has_its_page_and_no_solution_has():
    notebooks = [
        path.relative_to(ROOT) for folder in ("notebooks", "exercises") for path in ROOT.glob(f"{folder}/*.ipynb")
    ]
    assert {path.with_suffix(".html").as_posix() for path in notebooks} < set(PAGES)
    assert [path for path in SITE.rglob("*olution*") if "node" not in path.parts] == []
    assert "### BEGIN SOLUTION" not in "".join((SITE / page).read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_no_link_is_dead(page):
    dead = []
    for link in LINKS[page].links:
        file, anchor = urldefrag(unquote(link.partition("?")[0]))
        if link.startswith(("https://", "data:", "mailto:")):
            continue
        target = Path((SITE / page).parent / file).resolve() if file else SITE / page
        known = LINKS.get(target.relative_to(SITE).as_posix()) if target.is_relative_to(SITE) else None
        if not target.is_file() or (anchor and known and anchor not in known.ids):
            dead.append(link)
    assert dead == []


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


@pytest.mark.parametrize("page", PAGES)
def test_page(context, address, page):
    with visit(context, f"{address}/{page}") as opened:
        for width in WIDTHS:
            opened.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                opened.emulate_media(color_scheme=scheme)
                assert opened.evaluate("document.documentElement.scrollWidth") <= width
                if (width, scheme) in ((1280, "light"), (390, "dark")):
                    assert violations(opened) == []


def test_search_finds_backpropagation(context, address):
    with visit(context, f"{address}/search.html?q=backpropagation") as page:
        page.locator("#search-results a[href*='notebooks/3d_backpropagation']").first.click()
        assert page.url.startswith(f"{address}/notebooks/3d_backpropagation.html")


def test_a_predict_is_answered_by_a_click(context, address):
    with visit(context, f"{address}/notebooks/1a_neuron.html") as page:
        answer = page.locator("details .cell_output").first
        assert not answer.is_visible()
        page.get_by_text("Show the answer").first.click()
        assert "z = 4" in answer.inner_text()
