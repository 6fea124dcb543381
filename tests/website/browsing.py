"""Visiting pages of the built site, with an eye on what goes wrong."""

from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_site"


@contextmanager
def visit(context, url):
    """A page of the site; leaving it asserts that nothing was missing, went wrong, or came from elsewhere."""
    page, faults = context.new_page(), []
    own = url.split("/", 3)[2]
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda asked: faults.append(f"elsewhere: {asked.url}") if outside(asked.url, own) else None)
    page.goto(url, wait_until="networkidle")
    yield page
    page.close()
    assert faults == []


def outside(url, own):
    return not url.startswith((f"http://{own}/", "data:", "blob:"))
