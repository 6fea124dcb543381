"""Every page of the site as readers get it: narrow and wide, light and dark, by mouse, keyboard and screen reader."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from browsing import ROOT, SITE, violations, visit
from pages import LESSON, install, section

from threesteps.mistakes import of_task
from threesteps.tasks import EXERCISES

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
        page.locator("#search-results span.highlighted").first.wait_for()
        assert seen_ill(page) == []
        page.locator("#search-results a[href*='notebooks/3d_backpropagation']").first.click()
        assert page.url.startswith(f"{address}/notebooks/3d_backpropagation.html")
        page.keyboard.press("Control+k")
        page.locator(".search-button__kbd-shortcut:visible").first.wait_for()
        assert seen_ill(page) == []


@pytest.mark.parametrize("words", ["vanishing gradients", "initialising", "batches"])  # also in another form there
def test_a_search_shows_text_of_the_pages_alone(context, address, words):
    with visit(context, f"{address}/search.html?q={words.replace(' ', '+')}") as page:
        page.locator("#search-results p.context").first.wait_for()
        shown = page.locator("#search-results p.context").all_inner_texts()
        assert shown and not any("System Settings" in text or "Contents" in text for text in shown)


def seen_ill(page):
    """What axe finds wrong by day and by night."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += violations(page)
    return found


def test_a_predict_is_answered_by_a_click(context, address):
    with visit(context, f"{address}/notebooks/1a_neuron.html") as page:
        answer = page.locator("details .cell_output").first
        assert not answer.is_visible()
        page.get_by_text("Show the answer").first.click()
        assert "z = 4" in answer.inner_text()


def test_of_a_folded_cell_the_code_is_called_code(context, address):
    with visit(context, f"{address}/notebooks/3d_backpropagation.html") as page:
        cell = page.locator(".tag_hide-input.tag_hide-output").first
        assert cell.locator(".collapsed").all_inner_texts() == ["Show the code", "Show the answer"]


def test_printed_code_is_whole(context, address):
    with visit(context, f"{address}/notebooks/3d_backpropagation.html") as page:
        page.set_viewport_size({"width": 600, "height": 900})
        page.emulate_media(media="print")
        assert page.evaluate("[...document.querySelectorAll('pre')].every((pre) => pre.scrollWidth <= pre.clientWidth)")


def test_folded_answers_are_printed_open_and_at_once(context, address):
    with visit(context, f"{address}/notebooks/1a_neuron.html") as page:
        page.emulate_media(media="print")
        seen = page.evaluate(
            """() => {
                dispatchEvent(new Event("beforeprint"));
                const folded = [...document.querySelectorAll("article details > :not(summary)")];
                return folded.map((part) => part.checkVisibility({ opacityProperty: true }));
            }"""
        )
        assert len(seen) > 5 and all(seen)


def test_mistakes_are_called_by_their_names():
    text = (SITE / "mistakes.html").read_text(encoding="utf-8")
    names = {mistake.name for tasks in EXERCISES.values() for task in tasks for mistake in of_task(task.name)}
    assert [name for name in names if f">{name}<" not in text] == []


def test_commands_of_a_terminal_are_not_coloured_as_python():
    assert [page for page in PAGES if "highlight-default" in (SITE / page).read_text(encoding="utf-8")] == []


def test_lessons_have_one_name_each():
    readme, mistakes = (path.read_text(encoding="utf-8") for path in (ROOT / "README.md", SITE / "mistakes.html"))
    titles = {
        title.replace(" ", " · ", 1)
        for title, name in LESSON.findall(section(readme, "Learn"))
        if name != "0_start_here"
    }
    assert "2a · Cross-entropy" in titles
    assert [title for title in titles if f"<h2>{title}<" not in mistakes] == []


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "whoever gave you the address of this site has it"),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b"}, "(https://github.com/a/b)"),
        ({"GITHUB_REPOSITORY": "a/b", "REPOSITORY": "https://example.org/b"}, "(https://example.org/b)"),
    ],
)
def test_where_to_get_the_course_is_said(monkeypatch, known, said):
    for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    assert said in install((ROOT / "README.md").read_text(encoding="utf-8"))


def test_teachers_are_led_to_the_setup():
    assert "install.html" in LINKS["teach.html"].links
