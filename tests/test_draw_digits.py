"""Figures of handwritten digits: walls, numbers, what a network says, its mistakes, its weights."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts

from threesteps import draw, load_digits

X, LABELS = load_digits().train
LONG = "A claim of several words that goes on and on, wider than any figure of this course could ever be, so it breaks"
SAID = {"title": LONG, "caption": "What it shows."}


def shown(drawn):
    return [text.get_text() for text in texts(drawn)]


def outputs(n, k=10, seed=0):
    Y = np.random.default_rng(seed).random((n, k)) ** 4
    return Y / Y.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("n", [1, 3, 60])
@pytest.mark.parametrize(
    "under", [None, lambda n: LABELS[:n], lambda n: [f"a {i}, read as 8\n8: 100 %" for i in range(n)]]
)
def test_a_wall_of_digits(n, under):
    drawn = draw.digits(X[:n], under and under(n), **SAID)
    assert_readable(drawn)
    assert_apart(drawn)
    assert len(shown(drawn)) == 1 + (n if under else 0)
    assert len(drawn.figure.axes[0].images) == n


def test_a_wall_of_other_sizes():
    drawn = draw.digits(np.eye(25)[:3], ["one", "", "three\nlines\nhere"], columns=2, **SAID)
    assert_readable(drawn)
    assert_apart(drawn)
    for wrong, under in ((X[:2, :60], None), (X[:2], [1, 2, 3]), (X[0], None)):
        with pytest.raises(ValueError):
            draw.digits(wrong, under, **SAID)


def test_pictures_are_upright_and_dark_where_the_ink_is():
    image = draw.digits(X[:1], **SAID).figure.axes[0].images[0]
    assert (image.get_array() == X[0].reshape(8, 8)).all()
    assert image.origin == "upper" and (image.norm.vmin, image.norm.vmax) == (0, 1)
    assert sum(image.cmap(1.0)[:3]) < sum(image.cmap(0.0)[:3])


@pytest.mark.parametrize("W", [np.sin(np.arange(32 * 64.0)).reshape(32, 64), np.zeros((2, 64)), np.full((1, 9), -30.0)])
def test_weights_as_pictures(W):
    for under in (None, [f"neuron {i}" for i in range(len(W))]):
        drawn = draw.weights(W, under, **SAID)
        assert_readable(drawn)
        assert_apart(drawn)
    low, high = drawn.figure.axes[0].images[0].get_clim()
    assert low == -high and high >= np.abs(W).max()


@pytest.mark.parametrize("x", [X[0], np.zeros(4), np.ones(9)])
def test_a_digit_and_its_numbers(x):
    drawn = draw.digit_numbers(x, **SAID)
    assert_readable(drawn)
    assert_apart(drawn)
    assert len(shown(drawn)) == 1 + len(x)


def test_a_digits_numbers_in_their_places():
    drawn = draw.digit_numbers(X[0], **SAID)
    at = {text.get_position(): text.get_text() for text in texts(drawn)}
    for place in ((3, 0), (0, 7), (2, 5)):
        assert float(at[place]) == pytest.approx(X[0][8 * place[1] + place[0]], abs=0.0051)


@pytest.mark.parametrize("label", [None, 6, 3])
@pytest.mark.parametrize("y", [np.eye(10)[6], np.full(10, 0.1), outputs(1)[0]])
def test_probabilities(label, y):
    for pixel, before in ((None, None), (None, outputs(1)[0]), ((0, 7), np.eye(10)[6] * 0.93)):
        drawn = draw.probabilities(X[0], y, label, pixel=pixel, before=before)
        assert_readable(drawn)
        assert_apart(drawn)
    assert ("6\ntrue" in shown(drawn)) == (label == 6)
    assert "class (dashed: before)" in shown(drawn)
    assert len(drawn.figure.axes[0].patches) == 1


def test_probabilities_say_what_was_read():
    y = np.array([0.25, 0.70, 0.05])
    for label, said in (
        (None, "Read as 1 with probability 0.70."),
        (1, "Read as 1 with probability 0.70: right."),
        (2, "Read as 1 with probability 0.70, but the label is 2, which got 0.05."),
    ):
        assert draw.probabilities(np.zeros(4), y, label).caption.endswith(f"the network's 3 outputs for it. {said}")
    named = draw.probabilities(np.zeros(4), y, title="A title", caption="Words.")
    assert named.caption == "Words." and "A title" in shown(named)


def test_mistakes():
    labels, Y = LABELS[:50], np.full((50, 10), 0.01)
    Y[np.arange(50), labels] = 0.91
    Y[7] = np.roll(Y[7], 1)
    drawn = draw.mistakes(X[:50], labels, Y)
    assert_readable(drawn)
    read = (labels[7] + 1) % 10
    assert drawn.caption == f"1 of 50 digits were read wrongly: {labels[7]} as {read}."
    assert f"{labels[7]}, read as {read}\n{read}: 91 %, {labels[7]}: 1 %" in shown(drawn)


@pytest.mark.parametrize("n, drawn_are", [(4, 4), (60, 12)])
def test_many_mistakes(n, drawn_are):
    Y = outputs(n)
    drawn = draw.mistakes(X[:n], (Y.argmax(axis=1) + 1) % 10, Y, most=12, title=LONG)
    assert_readable(drawn)
    assert_apart(drawn)
    assert drawn.caption.startswith(f"{n} of {n} digits")
    assert len(drawn.figure.axes[0].images) == drawn_are


def test_no_mistakes():
    Y = outputs(5)
    drawn = draw.mistakes(X[:5], Y.argmax(axis=1), Y)
    assert_readable(drawn)
    assert drawn.caption == "0 of 5 digits were read wrongly."


@pytest.mark.parametrize("names", [None, list("abcdefghij")])
def test_confusion(names):
    matrix = np.diag(np.full(10, 100))
    matrix[9, 5], matrix[3, 8], matrix[8, 1], matrix[1, 4] = 12, 3, 2, 1
    drawn = draw.confusion(matrix, names)
    assert_readable(drawn)
    assert_apart(drawn)
    nine, five = ("9", "5") if names is None else ("j", "f")
    assert drawn.caption.startswith("1000 of 1018 stand on the diagonal")
    assert f"Most often mixed up: {nine} read as {five} (12), " in drawn.caption
    place = next(text.get_position() for text in texts(drawn) if text.get_text() == "12")
    assert place == (5, 9)  # column: read as; row: what it is


@pytest.mark.parametrize("matrix", [np.eye(3, dtype=int), np.zeros((2, 2), dtype=int)])
def test_confusion_of_none(matrix):
    drawn = draw.confusion(matrix, title=LONG)
    assert_readable(drawn)
    assert "mixed up" not in drawn.caption


def test_class_counts():
    parts = {name: np.bincount(part.labels).tolist() for name, part in load_digits()._asdict().items()}
    drawn = draw.class_counts(parts, title=LONG)
    assert_readable(drawn)
    assert_apart(drawn)
    assert drawn.caption.startswith("train: 1,117, from ")
    assert str(parts["test"][0]) in shown(drawn)
    one = draw.class_counts({"all": [3, 0, 12000]}, title="t", caption="c")
    assert_readable(one)
    assert_apart(one)


@pytest.mark.parametrize("parts", [{"training": 90, "validation": 30, "test": 30}, {"all": 150}])
def test_neighbours(parts):
    nearest = np.arange(150)[::-1]
    drawn = draw.neighbours(nearest, [0, 50, 100], parts, **SAID)
    assert_readable(drawn)
    assert_apart(drawn)
    axes = drawn.figure.axes[0]
    assert (axes.lines[0].get_ydata() == nearest).all()
    squares = [(square.get_xy(), square.get_width(), square.get_height()) for square in axes.patches]
    assert squares == [((start, start), 50, 50) for start in (0, 50, 100)]
    assert set(parts) <= set(shown(drawn))
    assert len(axes.lines) == len(parts)  # the dots, and a line between two parts
