"""1c: scores become probabilities, labels become targets, probabilities become a predicted class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.loss import one_hot
from threesteps.network import log_softmax, sigmoid, softmax
from threesteps.task import Group, Task, WrongAnswer

# softmax


def _divided(e: NDArray, axis: int | None = -1, keepdims: bool = True) -> NDArray:
    return e / e.sum(axis=axis, keepdims=keepdims)


def _shifted(Z: NDArray, axis: int | None = -1, keepdims: bool = True) -> NDArray:
    return np.exp(Z - Z.max(axis=axis, keepdims=keepdims))


def _largest(Y: NDArray) -> NDArray:
    """1 at each row's largest entries, 0 elsewhere."""
    return np.equal(Y, Y.max(axis=-1, keepdims=True)) * 1.0


def _in_place(Z):
    Z -= Z.max(axis=-1, keepdims=True)
    return _divided(np.exp(Z))


def _warnings_off(Z):
    with np.errstate(all="ignore"):
        return _divided(np.exp(Z))


NO_KEEPDIMS = (
    "Right for one example. In a batch the row's sum loses its axis, so it is laid along the *columns* when you "
    "divide: an error where N and K differ, silently wrong where they are equal. The sum has to stay a column."
)
COLUMNS = (
    "In a batch your *columns* add to 1. Examples are rows, and each has its own shares: sum along the last axis. (For "
    "one example there is only one axis, so nothing shows.)"
)
ONE_TOTAL = (
    "In a batch all entries together add to 1: you divide by the sum of the whole table. Each row is an example of its "
    "own, and adds to 1 by itself."
)

SOFTMAX = Task(
    "softmax",
    4,
    softmax,
    groups=(
        Group(
            "one example",
            1,
            lambda rng: [
                (np.array([1, 2, 3]),),
                (rng.normal(0, 2, 4),),
                (np.array([0.5, -0.5]),),
                (np.array([-3.0, -1.0, -2.0, -7.0, -1.5]),),
                (rng.normal(0, 3, 10),),
                (np.array([7.0]),),
            ],
        ),
        Group(
            "a batch",
            1,
            lambda rng: [
                (rng.normal(0, 2, (2, 3)),),
                (rng.normal(0, 2, (4, 3)),),
                (rng.normal(0, 2, (3, 5)),),
                (rng.normal(0, 2, (1, 4)),),
                (rng.integers(-4, 5, (5, 2)),),
            ],
        ),
        Group(
            "as many examples as classes, where no shape warns you",
            1,
            lambda rng: [(rng.normal(0, 2, (3, 3)),), (rng.normal(0, 2, (2, 2)),), (rng.normal(0, 2, (5, 5)),)],
        ),
        Group(
            "scores up to ±1000, without a warning",
            1,
            lambda rng: [
                (np.array([1000, 1001]),),
                (np.array([[0.0, 1.0], [900.0, 901.0]]),),
                (np.array([-1000.0, -1000.5, -1002.0]),),
                (np.array([500.0, -500.0, 400.0]),),
                (np.array([-1000.0, 0.0, 1000.0]),),
                (np.array([[1000.0, -1000.0, -999.0], [-1000.0, -1001.0, -1001.0]]),),
                (rng.uniform(-1000, 1000, (4, 1)) + rng.normal(size=(4, 3)),),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "no shift",
            "Right for small scores. At 1000 the exponential overflows and leaves ∞/∞, and at −1000 all become 0 and "
            "leave 0/0. Adding the same number to all scores of a row changes nothing: which number would help?",
            lambda: lambda Z: _divided(np.exp(Z)),
            also=(lambda: _warnings_off,),
        ),
        WrongAnswer(
            "shifted above the line alone",
            "The exponentials above the fraction line are shifted, those in the sum aren't, and a row doesn't add to "
            "1. What is divided and what is added up have to be the same exponentials: give them a name.",
            lambda: lambda Z: _shifted(Z) / np.exp(Z).sum(axis=-1, keepdims=True),
        ),
        WrongAnswer(
            "shifted after e to the z",
            "The maximum is subtracted from the exponentials, and none of them is left above 0. It belongs to the "
            "scores, before `np.exp`: a large one has overflowed by the time it comes out.",
            lambda: lambda Z: _divided(np.exp(Z) - np.exp(Z).max(axis=-1, keepdims=True)),
        ),
        WrongAnswer(
            "one maximum for the whole batch",
            "One maximum is not enough for a batch: a row whose scores lie far below it gets only zeros, and 0/0. Each "
            "row needs its own.",
            lambda: lambda Z: _divided(np.exp(Z - Z.max())),
        ),
        WrongAnswer("columns add to 1", COLUMNS, lambda: lambda Z: _divided(_shifted(Z, 0), 0)),
        WrongAnswer("columns add to 1, after each row's shift", COLUMNS, lambda: lambda Z: _divided(_shifted(Z), 0)),
        WrongAnswer(
            "columns add to 1, and no shift",
            f"{COLUMNS} And nothing keeps e to the 1000 away yet.",
            lambda: lambda Z: _divided(np.exp(Z), 0),
        ),
        WrongAnswer(
            "the maximum of each column",
            "The shares are of rows, and the maximum is taken of columns. Then what you subtract differs within a row, "
            "and only the same number for all scores of a row cancels.",
            lambda: lambda Z: _divided(_shifted(Z, 0)),
        ),
        WrongAnswer("no keepdims for the sum", NO_KEEPDIMS, lambda: lambda Z: _divided(_shifted(Z), keepdims=False)),
        WrongAnswer(
            "no keepdims for the maximum",
            "Right for one example. In a batch the maxima lose their axis, and when you subtract they are laid along "
            "the *columns*: an error where N and K differ, silently wrong where they are equal. They have to stay a "
            "column.",
            lambda: lambda Z: _divided(_shifted(Z, keepdims=False)),
        ),
        WrongAnswer(
            "no keepdims at all",
            "Right for one example. In a batch the maxima and the sums lose their axis and are laid along the "
            "*columns*: an error where N and K differ, silently wrong where they are equal. Both have to stay columns.",
            lambda: lambda Z: _divided(_shifted(Z, keepdims=False), keepdims=False),
        ),
        WrongAnswer(
            "no keepdims, and no shift",
            f"{NO_KEEPDIMS} And nothing keeps e to the 1000 away yet.",
            lambda: lambda Z: _divided(np.exp(Z), keepdims=False),
        ),
        WrongAnswer("one total for the batch", ONE_TOTAL, lambda: lambda Z: _divided(_shifted(Z, None), None)),
        WrongAnswer(
            "one total for the batch, after each row's shift", ONE_TOTAL, lambda: lambda Z: _divided(_shifted(Z), None)
        ),
        WrongAnswer(
            "one total for the batch, and no shift",
            f"{ONE_TOTAL} And nothing keeps e to the 1000 away yet.",
            lambda: lambda Z: _divided(np.exp(Z), None),
        ),
        WrongAnswer(
            "σ, renormalised",
            "You squash each score with σ and divide by the sum. It adds to 1, but two large scores both become nearly "
            "1, however far apart they are. Softmax takes e to the z.",
            lambda: lambda Z: _divided(sigmoid(Z)),
            also=(lambda: lambda Z: _divided(sigmoid(np.clip(Z, -500, 500))),),
        ),
        WrongAnswer(
            "σ of each score",
            "That is σ, each score for itself: the outputs don't add to 1. Softmax divides one whole between the "
            "classes.",
            lambda: sigmoid,
        ),
        WrongAnswer(
            "no exponential",
            "You divide the scores themselves by their sum. A negative score gets a negative share: first make all of "
            "them positive, with e to the z.",
            lambda: lambda Z: _divided(Z),
        ),
        WrongAnswer(
            "not divided",
            "Your values are all in proportion, and they don't add to 1: the exponentials are still to be divided by "
            "their sum.",
            lambda: lambda Z: _shifted(Z),
        ),
        WrongAnswer(
            "the exponentials alone",
            "That is e to the z: positive, in the right order, and not yet shares. Divide by the row's sum (and mind "
            "the overflow).",
            lambda: np.exp,
        ),
        WrongAnswer(
            "sign of the exponent",
            "The order is upside down: the lowest score gets the largest share. It is e to the plus z here.",
            lambda: lambda Z: softmax(-Z),
        ),
        WrongAnswer(
            "its logarithm",
            "That is ln softmax, all of it at or below 0. It has its own task in 2b; here the shares themselves are "
            "wanted.",
            lambda: log_softmax,
        ),
        WrongAnswer(
            "all for the largest",
            "The largest score gets all. Softmax is soft: a class that is close behind gets nearly as much.",
            lambda: lambda Z: _divided(_largest(Z)),
            also=(lambda: lambda Z: _largest(Z) * 1.0,),
        ),
        WrongAnswer(
            "divided by the maximum",
            "You divide the scores by their maximum before e to the z. *Subtracting* the same number from all scores "
            "changes nothing; dividing changes how far they are apart, and so the shares.",
            lambda: lambda Z: _divided(np.exp(Z / Z.max(axis=-1, keepdims=True))),
        ),
        WrongAnswer(
            "the mean subtracted",
            "You subtract the row's mean. That is allowed, but a score far above the mean still overflows. After the "
            "right shift no score is above 0.",
            lambda: lambda Z: _divided(np.exp(Z - Z.mean(axis=-1, keepdims=True))),
        ),
        WrongAnswer(
            "the minimum subtracted",
            "You subtract the row's smallest score. That is allowed, but the largest one is then far above 0 and "
            "overflows. After the right shift no score is above 0.",
            lambda: lambda Z: _divided(np.exp(Z - Z.min(axis=-1, keepdims=True))),
        ),
        WrongAnswer(
            "clipped",
            "The warning is gone, and so are the differences: scores beyond your limit all count as equal. No cutting "
            "is needed: shift each row instead.",
            lambda: lambda Z: _divided(np.exp(np.clip(Z, -500, 500))),
        ),
        WrongAnswer(
            "batch only",
            "It works for a batch and not for one example, which has no second axis: `axis=-1`, the last one, is there "
            "in both.",
            lambda: lambda Z: _divided(_shifted(Z, 1), 1),
        ),
        WrongAnswer(
            "Z changed in place",
            "The shares are right, and you have overwritten the caller's own Z, as `Z -= …` does: whoever called it "
            "has lost the scores. Give the shifted ones a name of their own.",
            lambda: _in_place,
        ),
        WrongAnswer(
            "rounded",
            "The right shares, rounded. Then a row no longer adds to 1; compute with all digits, and round where you "
            "print.",
            lambda: lambda Z: softmax(Z).round(2),
        ),
    ),
    quiet=True,
)


# one_hot


def _hot(labels: NDArray, n_classes: int, rows: NDArray | None = None) -> NDArray:
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)) if rows is None else rows, labels] = 1
    return T


def _whole_columns(labels, n_classes):
    T = np.zeros((len(labels), n_classes))
    T[:, labels] = 1
    return T


def _whole_rows(labels, n_classes):
    T = np.zeros((len(labels), n_classes))
    T[labels] = 1
    return T


def _rows_and_columns_exchanged(labels, n_classes):
    T = np.zeros((len(labels), n_classes))
    T[labels, np.arange(len(labels))] = 1
    return T


def _labels_as_values(labels, n_classes):
    return _hot(labels, n_classes) * np.asarray(labels)[:, None]


def _all_in_one_row(labels, n_classes):
    return _hot(labels, n_classes).max(axis=0)


def _compared(labels, n_classes):
    return (labels == np.arange(n_classes)).astype(float)


ONE_HOT = Task(
    "one_hot",
    1,
    one_hot,
    groups=(
        Group(
            "every class occurs",
            1,
            lambda rng: [
                (np.array([2, 0, 1, 0, 2]), 3),
                (rng.permutation([0, 1, 1, 2, 3, 3]), 4),
                (rng.permutation(np.append(np.arange(10), [3, 3, 7])), 10),
                (np.array([1, 2, 0]), 3),
            ],
        ),
        Group(
            "some classes don't occur",
            1,
            lambda rng: [
                (np.array([2, 0, 2]), 4),
                (np.array([1, 0, 1]), 3),
                (rng.integers(0, 5, 6), 7),
                (np.array([3]), 5),
                (np.array([0, 0]), 2),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "as many columns as labels reach",
            "Your table ends at the column of the largest label. A batch need not show every class: n_classes "
            "says how many there are.",
            lambda: lambda labels, n_classes: one_hot(labels, int(labels.max()) + 1),
        ),
        WrongAnswer(
            "ones of earlier rows",
            "The first row is right, and each further one holds the ones of all rows before it as well. If one row "
            "serves for all: begin each with zeros again.",
            lambda: lambda labels, n_classes: np.minimum(np.cumsum(one_hot(labels, n_classes), axis=0), 1),
        ),
        WrongAnswer(
            "only the classes that occur",
            "Your table has a column for each class that *occurs*. A batch need not show every class: n_classes says "
            "how many columns there are, and label k means column k.",
            lambda: lambda labels, n_classes: np.eye(len(np.unique(labels)))[np.unique(labels, return_inverse=True)[1]],
        ),
        WrongAnswer(
            "always ten classes",
            "Your table always has ten columns. n_classes says how many there are.",
            lambda: lambda labels, n_classes: one_hot(labels, 10),
        ),
        WrongAnswer(
            "one column for each example",
            "Your table is lying on its side: a column for each example. Examples are rows: (N, n_classes).",
            lambda: lambda labels, n_classes: one_hot(labels, n_classes).T,
        ),
        WrongAnswer(
            "every label in every row",
            "Every row got a 1 at *all* labels. `T[:, labels]` does that, as it means all rows, and so does one list "
            "that stands in the table N times. Row n and label n belong together: each row is its own, and gets one 1.",
            lambda: _whole_columns,
        ),
        WrongAnswer(
            "labels as rows",
            "`T[labels]` means whole rows. A label names a column, and row n is the one to look in: the square "
            "brackets need two entries, rows first.",
            lambda: _whole_rows,
        ),
        WrongAnswer(
            "rows and columns exchanged",
            "The two indices are exchanged: the label went to the row and the example's number to the column. Rows "
            "come first, and a row is an example.",
            lambda: _rows_and_columns_exchanged,
        ),
        WrongAnswer(
            "labels counted from 1",
            "Your 1 stands one column too far to the left: labels count from 0, so label 0 is column 0. (With "
            "`labels - 1`, label 0 ends up in the last column, and no error tells.)",
            lambda: lambda labels, n_classes: _hot(np.asarray(labels) - 1, n_classes),
        ),
        WrongAnswer(
            "one column too far",
            "Your 1 stands one column too far to the right, and the last class falls off the table. Labels count from "
            "0, as columns do.",
            lambda: lambda labels, n_classes: _hot(np.asarray(labels) + 1, n_classes),
        ),
        WrongAnswer(
            "the label as the value",
            "The label itself stands in the table. It says *where*; what stands there is a 1. (For class 0 your row is "
            "all zeros.)",
            lambda: _labels_as_values,
        ),
        WrongAnswer(
            "the first row only",
            "Only the first row has its 1. If the `return` stands in the loop, it ends the loop in its first round: "
            "indent it as far as the `for`.",
            lambda: lambda labels, n_classes: one_hot(labels, n_classes) * (np.arange(len(labels)) == 0)[:, None],
        ),
        WrongAnswer(
            "one row for all",
            "All labels share a single row. Each example has a target of its own: N labels, N rows.",
            lambda: _all_in_one_row,
        ),
        WrongAnswer(
            "labels not looked at",
            "Row n has its 1 in column n, whatever the label is: the labels are never used. Which rows of that square "
            "table do the labels ask for?",
            lambda: lambda labels, n_classes: np.eye(len(labels), n_classes),
        ),
        WrongAnswer(
            "compared without a column",
            "`labels == np.arange(n_classes)` compares entry by entry, which fits only where N and K are equal, and "
            "gives one row. To compare each label with each class, the labels must stand in a column.",
            lambda: _compared,
        ),
        WrongAnswer(
            "all zeros",
            "The table has the right shape, and it holds zeros only: the ones are never written into what you return.",
            lambda: lambda labels, n_classes: np.zeros((len(labels), n_classes)),
        ),
        WrongAnswer(
            "zeros and ones exchanged",
            "Ones and zeros are exchanged: the label's class should have the 1, and all others 0.",
            lambda: lambda labels, n_classes: 1 - one_hot(labels, n_classes),
        ),
        WrongAnswer(
            "sorted",
            "Your rows are those of the *sorted* labels. Row n belongs to label n, in the order in which they come.",
            lambda: lambda labels, n_classes: one_hot(np.sort(labels), n_classes),
        ),
    ),
)


# predict


def predict(Y):
    return np.argmax(Y, axis=-1)


def _probabilities(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray]:
    """(n, k) rows that add to 1, without ties, whose largest entries are not all in one column and not all above ½."""
    Y = rng.dirichlet(np.ones(k), n)
    Y[0] = 0.85 / k + 0.15 * np.eye(k)[-1]
    Y[-1, 0] += 1
    return (Y / Y.sum(axis=1, keepdims=True),)


PREDICT = Task(
    "predict",
    1,
    predict,
    groups=(
        Group(
            "a batch",
            1,
            lambda rng: [
                (np.array([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]]),),
                _probabilities(rng, 4, 3),
                _probabilities(rng, 3, 3),
                _probabilities(rng, 20, 10),
                (np.array([[0.3333, 0.33333, 0.33337]]),),
            ],
        ),
        Group(
            "ties: the lowest class",
            1,
            lambda rng: [
                (np.array([[0.2, 0.4, 0.4], [0.4, 0.2, 0.4], [0.25, 0.5, 0.25], [0.5, 0.5, 0.0]]),),
                (np.array([[0.25, 0.25, 0.25, 0.25], [0.1, 0.3, 0.3, 0.3]]),),
                (np.full((3, 10), 0.1),),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "down the columns",
            "You look down the columns: for each class, the example that has most of it. Each row asks for its own "
            "largest entry: along the last axis.",
            lambda: lambda Y: Y.argmax(axis=0),
        ),
        WrongAnswer(
            "no axis",
            "Without an axis `argmax` runs through the whole table as one long row, and gives a single number. Each "
            "row asks for its own.",
            lambda: lambda Y: Y.argmax(),
        ),
        WrongAnswer(
            "the largest probability itself",
            "Those are the largest probabilities. Asked for is *where* they stand: the class, a whole number.",
            lambda: lambda Y: Y.max(axis=-1),
        ),
        WrongAnswer(
            "the last of a tie",
            "Right, but for ties: of several largest entries you take the last one. Agreed is the lowest class.",
            lambda: lambda Y: Y.shape[-1] - 1 - Y[:, ::-1].argmax(axis=-1),
        ),
        WrongAnswer(
            "counted from 1",
            "You count the classes from 1. Here the first column is class 0.",
            lambda: lambda Y: Y.argmax(axis=-1) + 1,
        ),
        WrongAnswer(
            "the smallest",
            "You found the class with the *smallest* probability in each row.",
            lambda: lambda Y: Y.argmin(axis=-1),
        ),
        WrongAnswer(
            "one-hot",
            "You return a table with a 1 at the predicted class (at several, in a tie). Asked for is the number of the "
            "class, one for each row.",
            lambda: _largest,
        ),
        WrongAnswer(
            "one-hot, the lowest of a tie",
            "You return a table with a 1 at the predicted class. Asked for is its number, one for each row.",
            lambda: lambda Y: np.eye(Y.shape[-1])[Y.argmax(axis=-1)],
        ),
        WrongAnswer(
            "a column",
            "The classes are right, but they stand in a column, (N, 1). Wanted is one plain row of N numbers.",
            lambda: lambda Y: Y.argmax(axis=-1)[:, None],
        ),
        WrongAnswer(
            "above ½",
            "You look for a probability above ½. With several classes the largest can be far below that: in ten equal "
            "shares each is 0.1.",
            lambda: lambda Y: (Y > 0.5).argmax(axis=-1),
        ),
        WrongAnswer(
            "rounded first",
            "You round before you compare, so probabilities that differ become equal, and the lowest of them wins. "
            "Compare with all digits.",
            lambda: lambda Y: Y.round(1).argmax(axis=-1),
        ),
        WrongAnswer(
            "every place of a maximum",
            "You list every place that holds its row's maximum, so a row with a tie appears several times. One class "
            "for each row: the lowest.",
            lambda: lambda Y: np.where(_largest(Y))[1],
        ),
        WrongAnswer(
            "rows and columns of the maxima",
            "`np.where` gives two rows of indices, where in the table the maxima stand. Asked for is one class for "
            "each row of Y.",
            lambda: lambda Y: np.where(_largest(Y)),
        ),
        WrongAnswer(
            "the first row only",
            "You answer for the first row alone. Y holds N examples, and each gets a class.",
            lambda: lambda Y: int(Y[0].argmax()),
        ),
        WrongAnswer(
            "the expected class",
            "You weigh the numbers of the classes with their probabilities. Between a 0 and an 8 that says 4, which "
            "nobody believed in: take the class with the largest probability.",
            lambda: lambda Y: Y @ np.arange(Y.shape[-1]),
        ),
        WrongAnswer(
            "the order of the classes",
            "You sort each row's classes. Asked for is only the one with the largest probability.",
            lambda: lambda Y: Y.argsort(axis=-1, kind="stable"),
        ),
    ),
)

TASKS = (SOFTMAX, ONE_HOT, PREDICT)
