"""check(): what the learner sees."""

import html
import re

import numpy as np
import pytest

from threesteps import check as check_in_notebook
from threesteps.check import UNSEEN, VALUES, _minus, number, words
from threesteps.draw import attempt
from threesteps.tasks import TASKS


def right_sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)


def right_affine(X, W, b):
    return X @ W.T + b


def in_notebook(source, **names):
    """Run a cell that ends in an expression, in a namespace of its own, as a notebook does."""
    namespace = {"check": check_in_notebook, "np": np, **names}
    return eval(source, namespace)


def test_by_name_the_notebooks_function_is_judged():
    assert repr(in_notebook('check("sigmoid")', sigmoid=right_sigmoid)) == "3.0"
    assert repr(in_notebook('check("sigmoid")', sigmoid=lambda z: 1 / (1 + np.exp(-z)))) == "2.0"


def test_by_function():
    def sigmoid(z):
        return right_sigmoid(z)

    assert repr(check_in_notebook(sigmoid)) == "3.0"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('check("sigmod")', 'Did you mean "sigmoid"?'),
        ('check("frobnicate")', 'There is no task called "frobnicate".'),
        ("check(lambda z: z)", "give the task's name"),
        ("check(17)", "give the task's name"),
        ("check(None)", "give the task's name"),
        ('check("sigmoid")', "Write sigmoid in its cell above, run that cell, then this one."),
        ('check("affine")', "affine is int here, not a function"),
    ],
)
def test_nothing_raises(cell, words, capfd):
    card = in_notebook(cell, affine=3)
    assert repr(card) == "0.0"
    assert words in re.sub("<[^>]*>", "", html.unescape(card._repr_html_()))
    assert capfd.readouterr() == ("", "")


def test_a_stub_is_not_solved_yet():
    def sigmoid(z):
        raise NotImplementedError()

    card = check_in_notebook(sigmoid)
    assert (repr(card), card.status) == ("0.0", "missing")
    assert "not solved yet" in card._repr_html_() and "Not solved" not in card._repr_html_()


def test_the_card_is_the_same_on_every_run_and_shows_input_and_result():
    def once():
        return in_notebook('check("sigmoid")', sigmoid=lambda z: 1 / (1 + np.exp(-z)))._repr_html_()

    assert once() == once()
    assert "z = −1000 gave 0" in once()
    assert "overflow encountered in exp" in once()


def test_what_the_learner_wrote_is_escaped():
    def sigmoid(z):
        raise ValueError("<script>alert(1)</script>")

    shown = check_in_notebook(sigmoid)._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_right_values_are_not_shown():
    shown = in_notebook('check("affine")', affine=lambda X, W, b: X @ W + b)._repr_html_()
    assert "gave [3, −3]" in shown and "4, " not in shown.partition("gave")[2][:20]


def test_code_in_a_sentence_is_shown_as_code():
    shown = in_notebook('check("affine")', affine=lambda X, W, b: X * W + b)._repr_html_()
    assert "<code>*</code> multiplies entry by entry" in shown and "`" not in shown


def test_words_of_a_sentence():
    assert words("a *b c* `d*e*f` <2*x*y>") == "a <em>b c</em> <code>d*e*f</code> &lt;2*x*y&gt;"


def test_a_whole_exercise_sums_up():
    card = in_notebook('check("1a_neuron")', sigmoid=lambda z: 1 / (1 + np.exp(-z)), affine=right_affine)
    assert repr(card) == "5.0"
    shown = card._repr_html_()
    assert "5 of 8 points" in shown and "not solved yet" in shown


def test_points_read_well():
    assert [number(points) for points in (2.0, 1.5, 0.333, 0.0, 10.0)] == ["2", "1.5", "0.33", "0", "10"]


def test_every_points_value_is_the_plain_form_of_a_float():
    for task in TASKS.values():
        card = in_notebook(f'check("{task.name}")', **{task.name: lambda *given, of=task.reference: of(*given)})
        assert repr(card) == repr(float(task.points))


def test_many_numbers_are_folded():
    shown = in_notebook('check("affine")', affine=lambda X, W, b: X @ W.T)._repr_html_()
    one, batch, square = shown.split("<li")[1:]
    assert "<details" not in one and "X = [1, −1]" in html.unescape(one)
    _, line, folded = batch.split("<details")
    assert "an example" in line and "X of shape" in line and "gave shape" in line and "X = " not in line
    assert "X = [[" in folded and "it gave = [[" in folded
    _, line, folded = square.split("<details")  # its numbers are short enough for a line, those of the result aren't
    assert "X = [[" in line and "gave shape" in line and "it gave = [[" in folded


def test_what_is_next():
    def next_of(task, answer):
        return check_in_notebook(task) if answer is None else in_notebook(f'check("{task}")', **{task: answer})

    assert next_of("sigmoid", right_sigmoid).next == "Next: `affine`."
    last = next_of("sigmoid_prime", lambda z: right_sigmoid(z) * right_sigmoid(-np.asarray(z))).next
    assert last == 'That was the last task here: `check("1a_neuron")` sums up.'
    assert next_of("sigmoid", lambda z: z).next == "Mend it in its cell above, run that cell, then this one."


def test_true_minus_signs():
    assert _minus("z = [-1, (-2.5), -inf] gave x-1, 1e-05 and a-b") == "z = [−1, (−2.5), −inf] gave x-1, 1e-05 and a-b"


def test_after_a_check_that_timed_out_nothing_waits_for_that_function(monkeypatch):
    """The picture uses it by way of another function of the notebook."""
    monkeypatch.setitem(vars(TASKS["sigmoid"]), "timeout", 0.2)
    names = {"check": check_in_notebook, "attempt": attempt}
    exec("def sigmoid(z):\n    while True: pass\ndef layer(z): return sigmoid(z)", names)
    assert eval('check("sigmoid")', names).status == "timeout"
    note = eval("attempt(lambda: [layer(z) for z in (1.0, 2.0)])", names)
    assert repr(note).startswith("Your function does not come to an end")
    exec("def sigmoid(z): return z", names)
    assert eval("attempt(lambda: layer(2.0))", names) == 2.0


def test_where_numpy_can_not_warn_the_card_says_so_and_the_values_alone_are_judged(monkeypatch):
    def sigmoid(z):
        with np.errstate(over="ignore"):  # as in a browser, where NumPy never warns
            return 1 / (1 + np.exp(-z))

    assert UNSEEN not in check_in_notebook(sigmoid)._repr_html_()
    monkeypatch.setattr("threesteps.call.WARNS", False)
    card = check_in_notebook(sigmoid)
    assert card.points == 3 and card._repr_html_().count(UNSEEN) == 1
    assert [group.name.endswith(VALUES) for group in card.groups] == [group.quiet for group in TASKS["sigmoid"].groups]
    assert in_notebook('check("1a_neuron")', sigmoid=sigmoid)._repr_html_().count(UNSEEN) == 1
    wrong = check_in_notebook(lambda z: z)._repr_html_()  # no values are right where a warning would count
    for quiet in (wrong, in_notebook('check("1a_neuron")', affine=right_affine)._repr_html_()):
        assert UNSEEN not in quiet and VALUES not in quiet
    for cell in ('check("sigmoid")', 'check("affine")'):  # one that is not there, and one that may be loud
        assert UNSEEN not in in_notebook(cell, affine=right_affine)._repr_html_()


WITH_LIBRARY = {
    "from threesteps.backprop import sigmoid_prime as sp\n"
    "def hidden_delta(d, W, Z): return d @ W * sp(Z)": "there is no module threesteps.backprop, and so no `sp`",
    "from threesteps import backprop\n"
    "def gain(Z): return backprop.sigmoid_prime(Z)\n"
    "def hidden_delta(d, W, Z): return d @ W * gain(Z)": "there is no module threesteps.backprop, and so no `backprop`",
    "def hidden_delta(d, W, Z):\n"
    "    from threesteps.backprop import sigmoid_prime as sp\n"
    "    return d @ W * sp(Z)": "of the course's library, nothing but what the first cell imports is there",
    "import threesteps\n"
    "def hidden_delta(d, W, Z):\n"
    "    return d @ W * threesteps.backprop.sigmoid_prime(Z)": "of the course's library, nothing but what the first",
    "from threesteps.backprop import hidden_delta": "the course's own here, of threesteps.backprop, which is not there",
}


@pytest.mark.parametrize("cell", WITH_LIBRARY)
def test_what_is_not_there_where_answers_are_graded_is_not_there_for_the_check(cell):
    namespace = {"check": check_in_notebook}
    exec(cell, namespace)
    before = set(namespace)
    card = eval('check("hidden_delta")', namespace)
    assert card.points == 0 and WITH_LIBRARY[cell] in card.message
    assert eval('check("3c_backward_pass")', namespace).verdicts[1].points == 0
    assert set(namespace) == before
    exec("from threesteps import backprop, network\nimport threesteps.loss", namespace)


def test_what_an_answer_does_not_need_of_the_library_costs_nothing():
    names = {"check": check_in_notebook}
    exec("from threesteps.network import sigmoid as theirs\nfrom threesteps import draw, load_digits", names)
    exec("def affine(X, W, b): return X @ W.T + b + 0 * len(load_digits.__name__) * hasattr(draw, 'x')", names)
    assert eval('check("affine")', names).status == "passed"
