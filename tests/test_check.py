"""check(): what the learner sees."""

import html

import numpy as np
import pytest

from threesteps import check as check_in_notebook
from threesteps.check import number, words
from threesteps.network import affine as right_affine
from threesteps.network import sigmoid as right_sigmoid
from threesteps.tasks import TASKS


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
        ('check("sigmoid")', "run the cell that defines it"),
        ('check("affine")', "affine is int here, not a function"),
    ],
)
def test_nothing_raises(cell, words, capfd):
    card = in_notebook(cell, affine=3)
    assert repr(card) == "0.0"
    assert words in html.unescape(card._repr_html_())
    assert capfd.readouterr() == ("", "")


def test_a_stub_is_not_solved_yet():
    def sigmoid(z):
        raise NotImplementedError()

    card = check_in_notebook(sigmoid)
    assert (repr(card), card.status) == ("0.0", "missing")
    assert "Not solved yet" in card._repr_html_()


def test_the_card_is_the_same_on_every_run_and_shows_input_and_result():
    def once():
        return in_notebook('check("sigmoid")', sigmoid=lambda z: 1 / (1 + np.exp(-z)))._repr_html_()

    assert once() == once()
    assert "z = -1000 gave 0" in once()
    assert "overflow encountered in exp" in once()


def test_what_the_learner_wrote_is_escaped():
    def sigmoid(z):
        raise ValueError("<script>alert(1)</script>")

    shown = check_in_notebook(sigmoid)._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_right_values_are_not_shown():
    shown = in_notebook('check("affine")', affine=lambda X, W, b: X @ W + b)._repr_html_()
    assert "gave [ 3, -3]" in shown and "[ 4, -2]" not in shown


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
        card = in_notebook(f'check("{task.name}")', **{task.name: task.reference})
        assert repr(card) == repr(float(task.points))


def test_many_numbers_are_folded():
    shown = in_notebook('check("affine")', affine=lambda X, W, b: X @ W.T)._repr_html_()
    one, batch, square = shown.split("<li")[1:]
    assert "<details" not in one and "X = [ 1, -1]" in html.unescape(one)
    for group in (batch, square):
        line, folded = group.split("<details")
        assert "X of shape" in line and "gave shape" in line and "X = " not in line
        assert "X = [[" in folded and "it gave = [[" in folded
