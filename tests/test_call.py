"""Calling a learner's function: everything that it may do comes back as an Outcome."""

import time
import warnings
from collections import deque, namedtuple

import numpy as np
import pytest

from threesteps.call import NotPlain, call, copied, plain, same, too_large


def raises(error):
    def function():
        raise error

    return function


def recurse():
    return recurse()


def test_a_value_comes_back():
    outcome = call(lambda a, b: a + b, (1, 2))
    assert (outcome.kind, outcome.value, outcome.changed, outcome.warned) == ("value", 3, (), "")
    assert outcome.name == ""


@pytest.mark.parametrize("make", [lambda: np.empty((2, 3)), lambda: np.empty_like(np.ones((2, 3)), dtype="f")])
def test_what_np_empty_leaves_unset_is_nan_and_only_during_the_call(make):
    real = np.empty, np.empty_like
    outcome = call(lambda: make(), ())
    assert (outcome.kind, outcome.name, outcome.warned) == ("value", "empty", "")
    assert outcome.value.shape == (2, 3) and np.isnan(outcome.value).all()
    call(raises(ValueError()), ())
    assert (np.empty, np.empty_like) == real


def test_whole_numbers_that_np_empty_leaves_unset_are_far_out():
    value = call(lambda: np.empty_like([[1, 2]]), ()).value
    assert value.dtype == int and (value == np.iinfo(int).max).all()
    assert call(lambda: np.empty(2, dtype=object).tolist(), ()).value == [None, None]


@pytest.mark.parametrize(
    ("function", "kind", "name", "text"),
    [
        (raises(ValueError("first line\nsecond line")), "error", "ValueError", "first line"),
        (raises(SystemExit(1)), "error", "SystemExit", "1"),
        (raises(KeyboardInterrupt), "interrupt", "", ""),
        (raises(NotImplementedError()), "unsolved", "", ""),
        (raises(NotImplementedError("arrays")), "error", "NotImplementedError", "arrays"),
        (recurse, "error", "RecursionError", "maximum recursion depth exceeded"),
        (lambda: (i for i in "ab"), "foreign", "generator", ""),
        (lambda: [1, (i for i in "ab")], "foreign", "generator", ""),
        (lambda: np.array([None]), "foreign", "array of object", ""),
        (lambda: np.array(["a"]), "foreign", "array of str", ""),
        (lambda: 1j, "foreign", "complex", ""),
        (lambda: np.array([1j]), "foreign", "array of complex128", ""),
        (lambda: np.ma.array([1.0]), "foreign", "MaskedArray", ""),
        (lambda: deque([1.0]), "foreign", "deque", ""),
        (lambda: np.array([10**400], dtype=object), "foreign", "array of object", ""),
    ],
)
def test_what_is_no_value(function, kind, name, text):
    if kind == "interrupt":
        with pytest.raises(KeyboardInterrupt):
            call(function, ())
        return
    outcome = call(function, ())
    assert (outcome.kind, outcome.name) == (kind, name)
    assert outcome.text.startswith(text)


def test_an_exception_that_cannot_say_what_it_is():
    class Broken(Exception):
        def __str__(self):
            raise RuntimeError

    assert call(raises(Broken()), ()).name == "Broken"


def test_a_loop_without_end_is_stopped():
    def loop():
        while True:
            pass

    start = time.monotonic()
    outcome = call(loop, (), timeout=0.2)
    assert outcome.kind == "timeout" and "0.2 seconds" in outcome.text
    assert time.monotonic() - start < 60


def test_what_is_printed_goes_nowhere(capfd):
    def loud():
        for _ in range(100_000):
            print("x" * 100)
        return 1

    assert call(loud, ()).value == 1
    assert capfd.readouterr() == ("", "")


def test_warnings_are_seen_and_not_shown(recwarn):
    outcome = call(lambda: float(np.exp(np.float64(1000.0))), ())
    assert "overflow" in outcome.warned and outcome.value == np.inf
    # as NumPy says of `np.log(Y, where=Y > 0)`, which leaves the other places as memory was
    outcome = call(lambda: warnings.warn("memory that nobody set", UserWarning, stacklevel=2), ())
    assert outcome.warned == "memory that nobody set"
    assert call(lambda: warnings.warn("old", DeprecationWarning, stacklevel=2), ()).warned == ""
    assert not recwarn.list


def test_a_numpy_error_state_of_the_notebook_does_not_matter():
    with np.errstate(all="raise"):
        assert call(lambda: float(np.exp(np.float64(1000.0))), ()).kind == "value"


def change_first(a, b):
    a[0] = 99
    return 0


@pytest.mark.parametrize("argument", [np.zeros(2), [1, 2], [np.zeros(2), np.ones(3)], [(np.zeros(2), np.ones(1))]])
def test_arguments_changed_in_place_are_named(argument):
    assert call(change_first, (argument, 1)).changed == (0,)


def test_arguments_changed_deep_inside_are_named():
    def step(params):
        params[0][0][...] -= 1

    assert call(step, ([(np.zeros((2, 2)), np.zeros(2))],)).changed == (0,)
    assert call(lambda params: params, ([(np.full(2, np.nan), np.zeros(2))],)).changed == ()


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 10**400, 2.5, "text", [1, [2.0, "a"]], (1, 2), {"a": [1]}, np.array([[1.5]]), np.array(3)],
)
def test_plain_data_stays_what_it_is(value):
    result = plain(value)
    assert type(result) is type(value)
    np.testing.assert_array_equal(result, value) if isinstance(value, np.ndarray) else None
    assert isinstance(value, np.ndarray) or result == value


@pytest.mark.parametrize(
    ("value", "kind"), [(np.float32(1.5), float), (np.int8(3), int), (np.bool_(True), bool), (np.longdouble(1), float)]
)
def test_numpy_scalars_become_python_numbers(value, kind):
    assert type(plain(value)) is kind and plain(value) == value


@pytest.mark.parametrize("shape", [(10**15, 0), (0, 10**8), (1,) * 21, (10**4, 10**4, 0), (10**6, 0), (200, 101, 3)])
def test_an_array_that_only_its_shape_makes_large_is_refused(shape):
    assert too_large(shape)
    assert call(lambda: np.broadcast_to(0.0, shape).view(np.ndarray), ()).kind == "foreign"


def test_arrays_are_copied_and_get_the_machines_byte_order():
    array = np.array([1.0, 2.0], dtype=">f8")
    copied = plain(array)
    array[0] = 9
    assert copied.tolist() == [1.0, 2.0] and copied.dtype.isnative


def test_named_tuples_become_what_they_hold_whatever_they_say():
    class Liar(list):
        def __iter__(self):
            return iter([2])

        __class__ = property(lambda self: dict)

    value = plain([namedtuple("Pair", "W b")(1, Liar([3])), Liar([1])])
    assert value == [(1, [3]), [1]] and [type(value[0]), type(value[0][1]), type(value[1])] == [tuple, list, list]


def test_arrays_of_objects_that_are_numbers_become_floats():
    value = plain(np.array([[1, np.float32(0.5)], [True, 2.0]], dtype=object))
    assert value.dtype == float and value.tolist() == [[1, 0.5], [1, 2]]


def test_texts_without_end():
    assert call(lambda: ["x" * 10**6], ()).name == "a text of more than ten thousand characters"


def test_lists_without_end():
    endless = []
    endless.append(endless)
    with pytest.raises(NotPlain, match="without end"):
        plain(endless)
    with pytest.raises(NotPlain, match="million"):
        plain([[0] * 1000] * 1001)


def test_a_copy_is_equal_and_shares_nothing():
    value = (np.arange(6.0).reshape(2, 3).T, [np.array([1, 2]), [True, 2.5]], {"a": np.zeros(2)}, np.float32(1.5), len)
    copy = copied(value)
    assert same(copy, value) and copy[0].strides == value[0].strides and copy[3:] == value[3:]
    for part, original in ((copy[0], value[0]), (copy[1][0], value[1][0]), (copy[2]["a"], value[2]["a"])):
        assert not np.shares_memory(part, original)
    copy[1][1].append(0)
    assert value[1][1] == [True, 2.5]
