"""What learners get wrong in `gradient_descent(gradient, w, learning_rate, steps)`, the whole path from w downhill."""

import numpy as np

from threesteps.descent import gradient_descent
from threesteps.mistakes import also, known_by
from threesteps.task import as_numbers


def _walk(w, steps, step):
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        path.append(step(path[-1]))
    return np.array(path)


def _same(got, expected):
    if not expected.size:
        return not got.size
    return got.shape == expected.shape and np.allclose(got, expected, rtol=1e-6, atol=1e-9)


def _known_by_its_value(function):
    """Mark a mistake that is recognised by what came back, whatever happened to w. What is empty may have any shape."""

    def test(trial):
        got = as_numbers(trial.outcome.value)
        ways = (function, *getattr(function, "ways", ()))
        return got is not None and any(_same(got, way(*trial.arguments)) for way in ways)

    return known_by(test)(function)


@_known_by_its_value
def the_start_is_missing(gradient, w, learning_rate, steps):
    """Your path begins after the first step. The first row is w itself, before any step, so there are steps + 1
    rows."""
    return gradient_descent(gradient, w, learning_rate, steps)[1:]


def _as_many_rows_as_steps(gradient, w, learning_rate, steps):
    return gradient_descent(gradient, w, learning_rate, steps)[:steps]


@_known_by_its_value
@also(_as_many_rows_as_steps)
def the_end_is_missing(gradient, w, learning_rate, steps):
    """The last place is missing: your path has one row per step, and the start is one of them. The row after the last
    step belongs to it too, so there are steps + 1."""
    return gradient_descent(gradient, w, learning_rate, max(steps - 1, 0))


@_known_by_its_value
def one_step_too_many(gradient, w, learning_rate, steps):
    """You go one step too far: steps + 1 rows are the start and one row for each of the steps."""
    return gradient_descent(gradient, w, learning_rate, steps + 1)


@_known_by_its_value
def the_start_twice(gradient, w, learning_rate, steps):
    """The start is in your path twice, and the place after the last step is missing: each round of the loop keeps w
    before it steps. Step first, then keep the new place."""
    path = [w]
    for _ in range(steps):
        path.append(w)
        w = w - learning_rate * gradient(w)
    return np.array(path)


def _the_start_and_one_step(trial):
    *walk, steps = trial.arguments
    got = as_numbers(trial.outcome.value)
    if not steps:
        return trial.outcome.value is None or got is not None and len(np.atleast_1d(got)) <= 1
    return got is not None and _same(got, gradient_descent(*walk, 1))


@known_by(_the_start_and_one_step)
def one_step_only(gradient, w, learning_rate, steps):
    """Your path holds the start and one step, however many were asked for. Does the loop end too early, with a `return`
    inside it perhaps?"""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
        return np.array(path)


def stops_by_itself(gradient, w, learning_rate, steps):
    """Where the slope is 0 or small, your walk ends before all its steps are made. That saves time, but here every
    step that was asked for has to be made, even if it leads nowhere."""
    path = [w]
    for _ in range(steps):
        slope = gradient(path[-1])
        if np.abs(slope).max() < 1e-6:
            break
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


def _last_row_left_at_0(gradient, w, learning_rate, steps):
    path = gradient_descent(gradient, w, learning_rate, steps)
    if steps:
        path[-1] = 0
    return path


@also(_last_row_left_at_0)
def a_row_left_at_0(gradient, w, learning_rate, steps):
    """One row of your path still holds the zeros it was made with: the first, where the start belongs, or the last.
    Write the start into row 0, and after it as many places as there are steps."""
    path = gradient_descent(gradient, w, learning_rate, steps)
    path[0] = 0
    return path


@_known_by_its_value
def only_where_it_ends(gradient, w, learning_rate, steps):
    """You return the last place alone. Return the whole path, a row per place: collect them on the way."""
    return gradient_descent(gradient, w, learning_rate, steps)[-1]


def uphill(gradient, w, learning_rate, steps):
    """Your path climbs: the gradient points where the loss grows. To go down, subtract."""
    return _walk(w, steps, lambda here: here + learning_rate * gradient(here))


def learning_rate_forgotten(gradient, w, learning_rate, steps):
    """You subtract the gradient as it is, in each step. The learning rate says which share of it a step takes."""
    return _walk(w, steps, lambda here: here - gradient(here))


def the_slope_of_the_start(gradient, w, learning_rate, steps):
    """Every step of yours uses the slope at the start, so the path is a straight line. The slope changes on the way:
    compute it anew, where you stand."""
    return _walk(w, steps, lambda here: here - learning_rate * gradient(w))


def _the_first_step_again_and_again(gradient, w, learning_rate, steps):
    return _walk(w, steps, lambda here: w - learning_rate * gradient(w))


@also(_the_first_step_again_and_again)
def each_step_from_the_start(gradient, w, learning_rate, steps):
    """Each step of yours sets out from the start again. A step sets out from where the last one arrived."""
    return _walk(w, steps, lambda here: w - learning_rate * gradient(here))


def one_entry_after_the_other(gradient, w, learning_rate, steps):
    """The entries of w step one after the other, so the later ones feel the slope at a place where the earlier ones
    have already moved. Take one gradient per step, before anything moves."""
    w = w.astype(float)
    path = [w.copy()]
    for _ in range(steps):
        for i in np.ndindex(w.shape):
            w[i] -= learning_rate * gradient(w)[i]
        path.append(w.copy())
    return path


def one_array_under_many_names(gradient, w, learning_rate, steps):
    """All rows are the same, and the caller's w has changed: `-=` writes into one and the same array, and the list
    holds it many times. Make a new array in each step (w = w − …)."""
    path = [w]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w)
    return path


def all_rows_are_the_end(gradient, w, learning_rate, steps):
    """All rows are alike, the place where the walk ends: your path holds one array many times, and each step writes
    into it. Make a new array in each step (w = w − …)."""
    return one_array_under_many_names(gradient, w.astype(float), learning_rate, steps)


def all_rows_but_the_first_are_the_end(gradient, w, learning_rate, steps):
    """All rows after the first are alike, the place where the walk ends: your path holds one array many times, and each
    step writes into it. Make a new array in each step (w = w − …)."""
    return [w, *all_rows_are_the_end(gradient, w, learning_rate, steps)[1:]]


def the_w_of_the_caller_walks_along(gradient, w, learning_rate, steps):
    """The path is right, but the caller's own w has walked along: `-=` writes into it (and an array of whole numbers
    refuses). Make a new array in each step (w = w − …)."""
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return path


def cut_to_whole_numbers(gradient, w, learning_rate, steps):
    """Where the start is in whole numbers, your path stays in whole numbers: an array made like w cuts off everything
    after the point. Ask for floats."""
    path = np.zeros((steps + 1, *w.shape), dtype=w.dtype)
    path[0] = w
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


def _all_axes_in_reverse(gradient, w, learning_rate, steps):
    return gradient_descent(gradient, w, learning_rate, steps).T


@_known_by_its_value
@also(_all_axes_in_reverse)
def a_column_for_each_step(gradient, w, learning_rate, steps):
    """The values are right, but rows and columns are swapped: each place has a row of its own, which holds w."""
    return np.stack(gradient_descent(gradient, w, learning_rate, steps), axis=-1)


@_known_by_its_value
def the_steps_and_not_the_places(gradient, w, learning_rate, steps):
    """You collect the steps, by how much w changes. Return the places: each is the last one plus the step."""
    return np.diff(gradient_descent(gradient, w, learning_rate, steps), axis=0)


def _one_more_gradient_at_the_end(gradient, w, learning_rate, steps):
    return np.array([gradient(place) for place in gradient_descent(gradient, w, learning_rate, steps)])


@also(_one_more_gradient_at_the_end)
def the_gradients_and_not_the_places(gradient, w, learning_rate, steps):
    """You collect the gradients on the way. Return the places where you stood."""
    return np.array([gradient(place) for place in gradient_descent(gradient, w, learning_rate, steps)[:-1]])


def steps_of_one_length(gradient, w, learning_rate, steps):
    """You divide the gradient by its length, so every step is equally long. Gradient descent steps far where it is
    steep and little where it is flat: use the gradient as it is."""
    return _walk(w, steps, lambda here: here - learning_rate * gradient(here) / np.linalg.norm(gradient(here)))
