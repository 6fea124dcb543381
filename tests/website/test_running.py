"""The course in the browser's own Python, as learners use it: no request leaves the site."""

import csv
import re

import nbformat
import pytest
from browsing import ROOT, Lab, shown, violations, visit
from nbclient import NotebookClient

from threesteps.tasks import EXERCISES
from threesteps_grading.cli import main

WRONG = {
    "1a_neuron": {"affine": "def affine(X, W, b):\n    return X @ W + b"},
    "3d_backpropagation": {"weight_gradient": "def weight_gradient(delta, A):\n    return A.T @ delta"},
}


@pytest.fixture
def context(browser):
    """A browser of a learner's own, which keeps what they write."""
    context = browser.new_context(accept_downloads=True)
    yield context
    context.close()


def answers(exercise):
    """The right answers by task, from the solution."""
    [path] = ROOT.glob(f"solutions/*{exercise}.ipynb")
    cells = [cell for cell in nbformat.read(path, 4).cells if "nbgrader" in cell.metadata]
    source = {cell.metadata.nbgrader.grade_id: cell.source for cell in cells}
    return {task.name: re.sub(r".*### (BEGIN|END) SOLUTION\n?", "", source[task.name]) for task in EXERCISES[exercise]}


def natively(exercise, task, answer):
    """The check's card, outside of the browser."""
    [path] = ROOT.glob(f"exercises/*{exercise}.ipynb")
    nb = nbformat.read(path, 4)
    for cell in nb.cells:
        if f"def {task}(" in cell.source:
            cell.source = answer
    kept = next(i for i, cell in enumerate(nb.cells) if cell.source == f'check("{task}")')
    nb.cells = nb.cells[: kept + 1]
    NotebookClient(nb, timeout=120, resources={"metadata": {"path": ROOT / "exercises"}}).execute()
    return shown(nb.cells[-1])


def printed(cell):
    return "".join(output["text"] for output in cell["outputs"] if output["output_type"] == "stream")


def some(names, quick):
    """All names, of which only a few are quick enough for `make test-site`."""
    return [name if name in quick else pytest.param(name, marks=pytest.mark.slow) for name in names]


LESSONS = sorted(path.stem for path in ROOT.glob("notebooks/*.ipynb"))
# Where NumPy warns elsewhere, it can't in a browser; and toolkits are not there.
OTHERWISE = ("0_start_here", "1a_neuron", "2a_cross_entropy", "4a_frameworks")


@pytest.mark.parametrize("lesson", some(LESSONS, ["1b_network", "2b_total_loss", "3b_chain_rule"]))
def test_a_lesson_prints_what_is_stored(context, address, lesson):
    stored = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", 4)
    with visit(context, f"{address}/run.html?path=notebooks/{lesson}.ipynb") as page:
        lab = Lab(page)
        lab.run_all()
        for here, there in zip(lab.notebook()["cells"], stored.cells, strict=True):
            if there.cell_type == "code":
                assert [o for o in here["outputs"] if o["output_type"] == "error"] == []
                if lesson not in OTHERWISE and "nbval-ignore-output" not in there.metadata.get("tags", []):
                    assert printed(here) == printed(there)


@pytest.mark.parametrize("exercise", some(EXERCISES, WRONG))
def test_an_exercise_from_a_wrong_answer_to_its_marks(context, address, exercise, tmp_path):
    [path] = ROOT.glob(f"exercises/*{exercise}.ipynb")
    with visit(context, f"{address}/run.html?path=exercises/{path.name}") as page:
        lab = Lab(page)
        fresh = lab.notebook()
        lab.run("import numpy")
        for task, wrong in WRONG.get(exercise, {}).items():
            lab.write(f"def {task}(", wrong)
            lab.run(f"def {task}(")
            assert lab.run(f'check("{task}")') == natively(exercise, task, wrong)

        for name, answer in answers(exercise).items():
            lab.write(f"def {name}(", answer)
        lab.run_all()
        for one in EXERCISES[exercise]:
            [card] = shown(lab.notebook()["cells"][lab.cell(f'check("{one.name}")')])
            assert f"{one.points} of {one.points} points" in card

        page.wait_for_function("() => !frames[0].jupyterapp.shell.currentWidget.context.model.dirty", timeout=60_000)
        page.reload()
        lab.ready()
        file = lab.download(tmp_path / "class" / "ana")
        assert file.name == path.name
        assert main(["grade", str(tmp_path / "class"), "--out", str(tmp_path / "report"), "--seed", "1"]) == 0
        with (tmp_path / "report" / "gradebook.csv").open(encoding="utf-8") as gradebook:
            [row] = csv.DictReader(gradebook)
        assert row["total"] == row["max"]

        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Start afresh").click()
        page.wait_for_function("() => frames[0].document.body.textContent.includes('# YOUR CODE HERE')")
        page.reload()
        lab.ready()
        assert [cell["source"] for cell in lab.notebook()["cells"]] == [cell["source"] for cell in fresh["cells"]]


def test_an_endless_loop_is_ended(context, address):
    with visit(context, f"{address}/run.html?path=exercises/exercise_1a_neuron.ipynb") as page:
        lab = Lab(page)
        lab.run("import numpy")
        lab.write("def sigmoid(", "def sigmoid(z):\n    while True:\n        pass")
        lab.run("def sigmoid(")
        [card] = lab.run('check("sigmoid")')
        assert "0 of 3 points" in card and "second" in card

        lab.write("def sigmoid(", "while True:\n    pass  # def sigmoid(")
        lab.start("def sigmoid(")
        page.get_by_text("Running for 10 seconds. Kernel → Restart Kernel… ends it").wait_for()
        lab.restart()
        lab.write("import numpy", "# import numpy\nprint(40 + 2)")
        assert lab.run("import numpy") == ["42\n"]


def test_a_slider_moves_its_picture_by_keyboard(context, address):
    with visit(context, f"{address}/run.html?path=notebooks/1a_neuron.ipynb") as page:
        lab = Lab(page)
        lab.run_all()
        handle = lab.frame.locator(".noUi-handle").first
        picture = lab.frame.locator(".jupyter-widgets img").first
        before = picture.get_attribute("src")
        handle.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "before => frames[0].document.querySelector('.jupyter-widgets img').src !== before",
            arg=before,
            timeout=lab.SLOW,
        )
        page.set_viewport_size({"width": 390, "height": 844})
        number = lab.frame.locator(".widget-readout").first
        number.scroll_into_view_if_needed()
        box = number.bounding_box()
        assert box["x"] + box["width"] <= 390
        lab.save()
        page.reload()
        stored = Lab(page, ready=False).frame.get_by_text("Loading widget...").first
        assert "run this cell again" in stored.evaluate("element => getComputedStyle(element, '::after').content")


def test_a_notebook_is_left_by_one_step_back_and_keeps_what_was_typed(context, address):
    with visit(context, f"{address}/notebooks/4a_frameworks.html") as page:
        run = page.get_by_role("link", name="Run this page")
        run.click()
        lab = Lab(page, ready=False)
        folded = lab.frame.locator(".jp-PlaceholderText")
        folded.first.wait_for(state="attached")
        assert not any(text.is_visible() for text in folded.all())
        with context.expect_page() as opened:
            lab.frame.get_by_role("link", name="README").click()
        assert opened.value.url == f"{address}/install.html"
        page.go_back()
        assert page.url == f"{address}/notebooks/4a_frameworks.html"

        run.click()
        Lab(page, ready=False).write("import numpy", "typed = 'a moment ago'")
        page.get_by_role("link", name="Read").click()
        run.click()
        assert "typed = 'a moment ago'" in [cell["source"] for cell in Lab(page, ready=False).notebook()["cells"]]


def test_a_renamed_notebook_is_the_learners_own_as_before(context, address, tmp_path):
    with visit(context, f"{address}/run.html?path=exercises/exercise_2a_cross_entropy.ipynb") as page:
        lab = Lab(page)
        lab.write("import numpy", "def halved():  # import numpy\n    return 1 / 0\n\n\nhalved()")
        lab.run("import numpy")
        [error] = lab.notebook()["cells"][lab.cell("import numpy")]["outputs"]
        assert re.findall(r"In\[\S*?(\d+)", "".join(error["traceback"])) == ["1", "1"]

        page.evaluate("frames[0].jupyterapp.shell.currentWidget.context.rename('ana.ipynb')")
        page.wait_for_function("() => document.getElementById('afresh').disabled")
        assert "Ready." in page.locator("#state").inner_text()
        assert lab.download(tmp_path).name == "ana.ipynb"
        page.evaluate("frames[0].jupyterapp.commands.execute('application:close')")
        page.get_by_text("Open a notebook from the list on the left.").wait_for()


def test_what_fails_to_load_is_said(context, address):
    page = context.new_page()
    for part in ("**/pyodide/numpy-*", "**/lite/build/lab/bundle.js*"):
        page.route(part, lambda route: route.abort())
        page.goto(f"{address}/run.html")
        page.get_by_text("Something has failed to load. Reload this page to try again.").wait_for()
        page.unroute(part)
    page.reload()
    Lab(page)


@pytest.mark.parametrize(("system", "chosen"), [("dark", "light"), ("light", "dark"), ("dark", "auto")])
def test_the_theme_chosen_on_the_sites_pages_is_the_notebooks(browser, address, system, chosen):
    context = browser.new_context(color_scheme=system)
    context.add_init_script(f"localStorage.setItem('mode', '{chosen}')")
    light = chosen == "light" or (chosen == "auto" and system == "light")
    with visit(context, f"{address}/run.html?path=notebooks/0_start_here.ipynb") as page:
        is_light = "light => String(light) === frames[0]?.document.body?.dataset.jpThemeLight"
        page.wait_for_function(is_light, arg=light, timeout=Lab.SLOW)
        assert ("255" in page.evaluate("getComputedStyle(document.body).backgroundColor")) == light
    context.close()


def test_on_a_phone_the_notebook_has_the_screen_and_links_lead_on(context, address):
    with visit(context, f"{address}/notebooks/0_start_here.html") as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.get_by_role("link", name="Run this page").click()
        lab = Lab(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.wait_for_function("() => frames[0].document.querySelector('.jp-Notebook').clientWidth > 300")
        lab.frame.get_by_role("link", name="1a · Neuron").first.click()
        page.wait_for_function("() => document.getElementById('read').href.endsWith('notebooks/1a_neuron.html')")
        assert page.url.endswith("run.html?path=notebooks/1a_neuron.ipynb")
        lab.ready()
        page.evaluate("localStorage.setItem('notebooks/1a_neuron.ipynb', 'of an older site')")
        page.get_by_text("This notebook has been improved since you began").wait_for()
        page.get_by_role("link", name="Read").click()
        page.get_by_role("heading", name="1a · What does learning choose from?").wait_for()
