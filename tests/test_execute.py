"""`threesteps execute`: the same code gives the same file; what raises or writes to stderr is refused by cell."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat import v4

from threesteps_grading import Refused
from threesteps_grading.cli import main
from threesteps_grading.files import write
from threesteps_grading.publishing.execute import execute, fold_answers, notebooks_in
from threesteps_grading.reading.notebook import read, to_text

# One kernel start is dear, so one notebook shows all that can be stored.
CELLS = {
    "text": "# σ",
    "streams": "import os\nimport sys\n\nprint('one')\nsys.stdout.flush()\nprint('two')\nos.path.basename(os.getcwd())",
    "blank": "",
    "python": "sys.executable",
    "widget": "import ipywidgets\nfrom IPython.display import Markdown, display\n\n"
    "VIEW = 'application/vnd.jupyter.widget-view+json'\nslider = ipywidgets.IntSlider(3)\n"
    "display({VIEW: {'model_id': slider.model_id, 'version_major': 2, 'version_minor': 0}}, raw=True)\n"
    "display(Markdown('*a caption*'))\nslider.value = 4",
    "own-view": "slider",
    "picture": "from threesteps import draw\n\ndraw.functions({'x': abs}, -1, 1, title='t', caption='|x|')",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A notebook that another front end has run, with all that such a run leaves, executed here once."""
    path = tmp_path_factory.mktemp("lessons") / "tiny.ipynb"
    cells = [v4.new_markdown_cell(CELLS["text"], id="text")]
    cells += [v4.new_code_cell(source, id=id) for id, source in CELLS.items() if id != "text"]
    cells[1].execution_count = 17
    cells[1].metadata = {"execution": {"iopub.status.busy": "2026-01-01"}, "tags": ["kept"]}
    cells[2].outputs = [v4.new_output("stream", text="stale\n")]
    metadata = {
        "threesteps": {"exercise": "tiny"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2, "version_minor": 0}},
        "kernelspec": {"display_name": "My own", "language": "python", "name": "no-such-kernel"},
        "language_info": {"name": "python", "version": "3.99"},
    }
    write(path, to_text(v4.new_notebook(cells=cells, metadata=metadata)))
    execute(path)
    return path


def test_what_is_stored(path):
    nb = read(path)
    nbformat.validate(nb)
    assert [cell.id for cell in nb.cells] == list(CELLS)
    assert [cell.get("execution_count") for cell in nb.cells] == [None, 1, None, 2, 3, 4, 5]
    outputs = {cell.id: cell.outputs for cell in nb.cells[1:]}
    assert outputs["blank"] == []
    assert [output.output_type for output in outputs["streams"]] == ["stream", "execute_result"]
    assert outputs["streams"][0].text == "one\ntwo\n"
    assert outputs["streams"][1].data["text/plain"] == repr(path.parent.name)
    assert outputs["python"][0].data["text/plain"] == repr(sys.executable)
    assert [list(output.data) for output in outputs["widget"]] == [["text/markdown", "text/plain"]]
    assert [list(output.data) for output in outputs["own-view"]] == [["text/plain"]]
    assert '<img alt="' in outputs["picture"][0].data["text/html"]
    assert nb.metadata.keys() == {"kernelspec", "language_info", "threesteps"}
    assert "version" not in nb.metadata.language_info and nb.metadata.kernelspec.name == "python3"
    assert nb.cells[1].metadata == {"tags": ["kept"]}
    assert "widget-view" not in json.dumps([cell.get("outputs") for cell in nb.cells])


def test_running_it_again_changes_no_byte(path):
    before = path.read_bytes()
    assert b"\r" not in before and before.endswith(b"}\n") and "σ".encode() in before
    execute(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_strict_nbval_passes_what_is_stored_though_views_of_widgets_are_not(path):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", path.name]
    run = subprocess.run(command, cwd=path.parent, capture_output=True, text=True)
    assert run.returncode == 0 and "6 passed" in run.stdout, run.stdout


BAD = {
    "raises": ("import math\n\nmath.sqrt(-1)", "cell 2 (bad): raises ValueError: "),
    "raises, as its tag allows": ("1 / 0", "cell 2 (bad): raises ZeroDivisionError: division by zero"),
    "writes to stderr": ("import sys\n\nprint('oh\\nno', file=sys.stderr)", "cell 2 (bad): writes to stderr: oh | no"),
    "warns": ("import warnings\n\nwarnings.warn('careful', stacklevel=1)", "cell 2 (bad): writes to stderr: "),
    "ends the kernel": ("import os\n\nos._exit(1)", "cell 2 (bad): DeadKernelError: Kernel died"),
    "takes too long": ("import time\n\ntime.sleep(60)", "cell 2 (bad): CellTimeoutError: "),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_cell_is_refused_by_name_and_the_file_stays_as_it_was(tmp_path, case):
    source, message = BAD[case]
    tags = {"tags": ["raises-exception"]} if "tag" in case else {}
    path = tmp_path / "bad.ipynb"
    cells = [v4.new_code_cell("x = 1", id="good"), v4.new_code_cell(source, id="bad", metadata=tags)]
    write(path, to_text(v4.new_notebook(cells=[*cells, v4.new_code_cell("x", id="last")])))
    before = path.read_bytes()
    with pytest.raises(Refused) as refused:
        execute(path, timeout=3)
    assert len(refused.value.problems) == 1 and "\n" not in str(refused.value)
    assert str(refused.value).startswith(message)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_folders_mean_their_notebooks(tmp_path):
    for name in ("b.ipynb", "a.ipynb", "notes.md", ".ipynb_checkpoints/a-checkpoint.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert notebooks_in([tmp_path]) == [tmp_path / "a.ipynb", tmp_path / "b.ipynb"]
    assert notebooks_in([tmp_path / "b.ipynb"]) == [tmp_path / "b.ipynb"]


def test_the_command(tmp_path, capsys):
    assert main(["execute", str(tmp_path)]) == 0
    (tmp_path / "a.ipynb").write_text("{}")
    assert main(["execute", str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'a.ipynb'}: not a notebook: ")
    assert main(["execute", str(tmp_path / "none.ipynb")]) == 2
    assert "no such file or folder" in capsys.readouterr().err


def test_without_what_the_command_needs_it_says_what_to_install(tmp_path, capsys, monkeypatch):
    monkeypatch.delitem(sys.modules, "threesteps_grading.publishing.execute", raising=False)
    monkeypatch.setitem(sys.modules, "nbclient", None)
    assert main(["execute", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("threesteps execute: needs the package nbclient; `pip install -r requirements.txt`")


def test_answers_to_predictions_are_folded_and_nothing_else():
    kinds = [
        "code",
        "**Predict.** What comes?",
        "more",
        "silent code",
        "code",
        "code",
        "text",
        "folded code",
        "**Predict.**",
        "code that tells: title='It rises'",
    ]
    cells = [v4.new_code_cell(kind) if "code" in kind else v4.new_markdown_cell(kind) for kind in kinds]
    for cell in cells:
        if cell.cell_type == "code" and "silent" not in cell.source:
            cell.outputs = [v4.new_output("stream", text="42")]
    cells[7].metadata = {"jupyter": {"outputs_hidden": True, "source_hidden": True}}
    fold_answers(v4.new_notebook(cells=cells, metadata={"threesteps": {"lesson": "tiny"}}))
    folded = {i: dict(cell.metadata.jupyter) for i, cell in enumerate(cells) if cell.metadata}
    assert folded == {
        4: {"outputs_hidden": True},
        7: {"source_hidden": True},
        9: {"outputs_hidden": True, "source_hidden": True},
    }
