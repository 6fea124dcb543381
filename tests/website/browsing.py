"""Visiting pages of the built site, with an eye on what goes wrong."""

from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_site"
AXE = (ROOT / "site" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}


def violations(page):
    """What axe finds wrong on a page, of WCAG's levels A and AA; without what is in frames."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({ exclude: ['iframe'] }, rules)", RULES)["violations"]
    return [(fault["id"], node["target"], node["failureSummary"]) for fault in found for node in fault["nodes"]]


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


ALL_RAN = """() => {
    const { context, sessionContext } = frames[0].jupyterapp.shell.currentWidget;
    const cells = context.model.toJSON().cells.filter((cell) => cell.cell_type === "code" && cell.source.length);
    return cells.every((cell) => cell.execution_count) && sessionContext.session.kernel.status === "idle";
}"""


class Lab:
    """A notebook that runs in the browser: what a learner sees and does."""

    SLOW = 240_000  # milliseconds, on a machine that has other things to do

    def __init__(self, page, ready=True):
        self.page, self.frame = page, page.frame_locator("iframe")
        if ready:
            self.ready()
        else:
            page.wait_for_function("() => !document.getElementById('download').disabled", timeout=self.SLOW)

    def ready(self):
        self.page.get_by_text("Ready.").wait_for(timeout=self.SLOW)

    def notebook(self):
        """The notebook as it stands, as JupyterLite would save it."""
        return self.page.evaluate("frames[0].jupyterapp.shell.currentWidget.context.model.toJSON()")

    def cell(self, word):
        """Where the first code cell with this word in it is."""
        return next(
            i
            for i, cell in enumerate(self.notebook()["cells"])
            if cell["cell_type"] == "code" and word in cell["source"]
        )

    def write(self, word, text):
        """In place of a cell's text, typed."""
        self.frame.locator(".jp-Notebook .jp-Cell").nth(self.cell(word)).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def start(self, word):
        self.frame.locator(".jp-Notebook .jp-Cell").nth(self.cell(word)).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")

    def run(self, word):
        """Run a cell. Result: what it displays, as HTML, or prints."""
        self.start(word)
        self.wait()
        return shown(self.notebook()["cells"][self.cell(word)])

    def run_all(self):
        self.frame.get_by_role("menuitem", name="Run", exact=True).click()
        self.frame.get_by_text("Run All Cells", exact=True).click()
        self.page.wait_for_function(ALL_RAN, timeout=self.SLOW)  # cells out of sight show no sign of it
        self.wait()

    def restart(self):
        self.frame.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.frame.get_by_text("Restart Kernel…", exact=True).click()
        self.frame.get_by_role("button", name="Confirm Kernel Restart").click()
        self.page.get_by_text("Restarting Python").wait_for()
        self.ready()

    def wait(self):
        self.page.wait_for_function(
            "() => ![...frames[0].document.querySelectorAll('.jp-InputPrompt')].some((p) => p.innerText.includes('*'))",
            timeout=self.SLOW,
        )

    def save(self):
        self.page.evaluate("frames[0].jupyterapp.shell.currentWidget.context.save()")

    def download(self, folder):
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download").click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


def shown(cell):
    """What a cell prints, and displays as HTML."""
    return [
        "".join(output.get("text") or output.get("data", {}).get("text/html") or output.get("ename", ""))
        for output in cell["outputs"]
    ]
