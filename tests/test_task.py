"""The judge, on small tasks made for the purpose."""

import math
import warnings
from collections import deque, namedtuple
from dataclasses import replace
from functools import partial
from operator import iadd, setitem

import numpy as np
import pytest

from threesteps import call
from threesteps.mistakes import known_by
from threesteps.task import Group, Task, fine, judge, show, steady


def double(x):
    return 2 * x


def half(x):
    """You
    halve."""
    return x / 2


def first_twin(x):
    """Twins."""
    return 3 * x


def second_twin(x):
    """Twins."""
    return x * 3


DOUBLE = Task(
    "double",
    3,
    double,
    groups=(
        Group("numbers", 1, lambda rng: [(float(rng.normal()),), (3.0,)]),
        Group("arrays", 2, lambda rng: [(rng.normal(size=4),), (rng.normal(size=(2, 3)),)]),
    ),
    mistakes=(half, first_twin, second_twin),
)


def pair(x):
    return [x, (x + 1, np.ones(2))]


PAIR = Task("pair", 1, pair, groups=(Group("one", 1, lambda rng: [(1.0,), (2.0,)]),))


def verdict(function, task=DOUBLE, seed=0, timeout=30.0):
    return judge(task, partial(call.call, function, timeout=timeout), seed)


def forever(x):
    while True:
        pass


def test_full_points():
    result = verdict(double)
    assert (result.status, result.points, result.max_points, result.message) == ("passed", 3.0, 3, "")
    assert repr(result) == "3.0"


def test_points_come_by_groups_and_shares():
    result = verdict(lambda x: 2 * x if np.ndim(x) == 0 else x)
    assert (result.status, result.points) == ("partial", 1.0)
    assert [(group.name, group.points, group.max_points) for group in result.groups] == [
        ("numbers", 1.0, 1.0),
        ("arrays", 0.0, 2.0),
    ]


def test_shares_of_thirds_never_add_up_to_more_than_the_points():
    thirds = Task("t", 1, double, groups=tuple(Group(name, 1, lambda rng: [(1.0,)]) for name in "abc"))
    assert verdict(double, thirds).points == 1
    sixths = Task("t", 1, double, groups=tuple(Group(str(i), 1, lambda rng, i=i: [(i,)]) for i in range(6)))
    assert verdict(lambda x: 2 * x if x else None, sixths).points <= 1


def test_an_unsolved_stub():
    def stub(x):
        raise NotImplementedError

    result = verdict(stub)
    assert (result.status, result.points, result.message) == ("missing", 0.0, "Not solved yet.")


def test_a_part_above_what_is_left_of_the_stub_earns_its_groups():
    def arrays_are_left(x):
        if np.ndim(x) == 0:
            return 2 * x
        raise NotImplementedError()

    result = verdict(arrays_are_left)
    assert (result.status, result.points) == ("partial", 1.0)
    assert "It comes to `raise NotImplementedError()`, the stub's own line" in result.message


def test_another_task_that_is_not_solved_is_named():
    def sigmoid(x):
        raise NotImplementedError()

    def helper(x):
        raise NotImplementedError()

    result = verdict(lambda x: sigmoid(x))
    assert (result.status, result.message) == ("failed", "It calls `sigmoid`, which is not solved yet.")
    assert verdict(lambda x: helper(x)).message == "Not solved yet."


def test_a_group_ends_with_the_first_call_that_does_not_come_back_and_later_ones_are_run():
    calls = []

    def endless_for_numbers(x):
        calls.append(x)
        return forever(x) if np.ndim(x) == 0 else 2 * x

    result = verdict(endless_for_numbers, timeout=2.0)
    assert (result.status, result.points, len(calls)) == ("partial", 2.0, 3)


def test_after_two_groups_in_which_no_call_came_back_there_is_no_other():
    calls = []
    groups = tuple(Group(str(i), 1, lambda rng: [(1.0,), (2.0,)]) for i in range(5))
    result = judge(Task("t", 5, double, groups), lambda arguments: calls.append(1) or call.Outcome("crashed"), 0)
    assert (result.status, len(calls)) == ("crashed", 2)


@pytest.mark.parametrize(
    ("function", "status", "words"),
    [
        (lambda x: x.nothing, "error", "It raised AttributeError: something was asked for a part or a method"),
        (forever, "timeout", "no result after 0.2 seconds"),
        (lambda x: None, "failed", "return"),
        (lambda x: "two", "failed", "a text"),
        (lambda x: {"a": 1}, "failed", "a dictionary"),
        (lambda x: -2 * np.asarray(x), "partial", "opposite sign"),
        (lambda x: 2 * np.asarray(x) * 1.5 if np.ndim(x) else 2 * x, "partial", "1.5 times the right one"),
        (lambda x: np.full(np.shape(x), np.nan), "failed", "nan"),
        (lambda x: np.asarray(x) * np.inf, "failed", "inf"),
        (lambda x: 2 * np.asarray(x)[None], "failed", "has shape (1,), where a single number is asked for"),
        (lambda x: (2 * np.asarray(x)).T, "partial", "right but for being transposed"),
        (lambda x: [[1], [2, 3]], "failed", "rows of one length"),
        (
            lambda x: 2 * np.asarray(x) + (np.arange(np.size(x)).reshape(np.shape(x)) == 1),
            "partial",
            "1 of its 4 values",
        ),
        (lambda x: 7.0, "failed", "not the right value"),
        (lambda x: 7.0, "failed", "is a single number, where shape (4,) is asked for"),
        (lambda x: (x, 2 * x) if np.ndim(x) == 0 else 2 * x, "partial", "a tuple: is there a comma"),
        (lambda x: -9.0 if np.ndim(x) == 0 and x > 0 else 2 * x, "partial", "is negative, and the right one is not"),
        (lambda x: np.round(2 * x, 3), "failed", "near the right one, but not near enough: is anything rounded"),
        (lambda x: np.asarray(2 * x, dtype=int), "failed", "whole numbers: were they written into an array of int"),
        (lambda x: 2 * np.asarray(x) + 9, "failed", "but all of its 4 values are off"),
        (lambda x: 10**400, "failed", "inf"),
    ],
)
def test_what_is_said(function, status, words):
    if status == "partial" and "opposite" in words:
        status = "failed"
    result = verdict(function, timeout=0.2 if function is forever else 30.0)
    assert result.status == status
    assert any(words in group.finding for group in result.groups), result.groups


def test_a_known_wrong_answer_is_named():
    result = verdict(lambda x: 0.5 * x)
    assert (result.diagnosis, result.message, result.points) == ("half", "You halve.", 0.0)


def test_two_known_wrong_answers_that_fit_are_no_diagnosis():
    result = verdict(lambda x: x + x + x)
    assert result.diagnosis == "" and "times the right one" not in result.message


def test_nothing_may_be_kept_between_calls():
    calls = []

    def counting(x):
        calls.append(x)
        return 2 * x if len(calls) == 1 or len(calls) != 3 else 0.0

    result = verdict(counting)
    assert result.points == 2.0
    assert "second call with the same input" in result.groups[0].finding


def test_an_argument_handed_back_is_named():
    assert verdict(lambda x: x).message.endswith(" Here it equals the argument x.")
    function = Task("of_function", 1, lambda f, n: [n, n], (Group("one", 1, lambda rng: [([math.sin], 3)]),))
    assert "it equals the argument" not in verdict(lambda f, n: [True], function).message
    number = Task("of_number", 1, lambda x: x + 1.0, (Group("one", 1, lambda rng: [(0.0,), (5.0,)]),))
    assert "it equals the argument" not in verdict(lambda x: 2 * x, number).message
    assert "it equals the argument" not in verdict(lambda x: np.nan, number).message


def test_memory_that_nobody_set_is_told():
    def lucky(x):
        warnings.warn("'where' used without 'out', expect unitialized memory in output.", UserWarning, stacklevel=1)
        return 2 * x

    assert "right by luck" in verdict(lucky, quiet("numbers")).message


def quiet(name):
    """The task with one group in which a warning costs the points."""
    return replace(DOUBLE, groups=tuple(replace(group, quiet=group.name == name) for group in DOUBLE.groups))


def test_a_warning_costs_the_groups_that_say_so():
    answer = verdict(lambda x: np.where(True, 2 * x, np.log(-1.0)), quiet("arrays"))
    assert [group.points for group in answer.groups] == [1, 0]
    assert "NumPy gave a warning" in answer.groups[1].finding


def test_a_finite_number_for_an_infinite_one_is_told():
    task = Task("of_array", 1, lambda x: x / 0, (Group("one", 1, lambda rng: [(np.array([1.0, 2.0]),)]),))
    assert "finite where the right one is infinite" in verdict(lambda x: x * 1e300, task).message


def test_an_argument_changed_in_place_costs_the_group():
    def in_place(x):
        x *= 2
        return x

    result = verdict(in_place)
    assert result.points == 1.0
    assert "changed its argument x in place" in result.groups[1].finding


def test_an_argument_changed_in_place_costs_one_group():
    task = replace(DOUBLE, groups=tuple(Group(str(i), 1, lambda rng: [(rng.normal(size=4),)]) for i in range(3)))

    def in_place(x):
        x *= 2
        return x

    result = verdict(in_place, task)
    assert [group.points for group in result.groups] == [0, 1, 1]
    assert verdict(lambda x: in_place(x) + 1, task).points == 0


def test_the_judge_is_not_misled_by_what_an_answer_does_to_its_arguments():
    def cheat(x):
        if np.ndim(x):
            x[...] = 0
            return x
        return 2 * x

    assert verdict(cheat).points == 1.0


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x: 1.0, "a list of 2 is asked for"),
        (lambda x: [x], "has 1 entry, where 2 entries should be"),
        (lambda x: [x, 5], "`result[1]` is a single int, where a tuple of 2"),
        (lambda x: [x, (x, np.ones(2))], "`result[1][0]` is not the right value"),
        (lambda x: [x, (x + 1, np.ones(3))], "`result[1][1]` has another shape, where shape (2,)"),
    ],
)
def test_nested_results(function, words):
    assert words in verdict(function, PAIR).message


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([1.0, 0.0, 0.0], "Counted from the output, layer 1 is the first that is off: `result[0]`"),
        ([1.0, 1.0, 0.0], "Counted from the output, layer 2 is the first that is off: `result[1]`"),
        ([1.0, 1.0, 1.0], "Even the last layer is off: `result[2]`"),
    ],
)
def test_layers_are_looked_at_as_a_backward_pass_goes(wrong, words):
    def right(x):
        return [x, x + 1, x + 2]

    task = Task("layers", 1, right, (Group("numbers", 1, lambda rng: [(3.0,)]),), mistakes=(), layers=True)
    assert verdict(right, task).status == "passed"
    assert words in verdict(lambda x: [value + off for value, off in zip(right(x), wrong)], task).message
    assert verdict(lambda x: right(x)[:2], task).message.startswith("It has 2 entries")
    assert verdict(lambda x: right(x)[::-1], task).message.startswith("All parts are right, but in reverse")


def test_lists_and_tuples_and_arrays_are_taken_for_each_other():
    assert verdict(lambda x: (x, [x + 1, (1, 1)]), PAIR).status == "passed"
    assert verdict(lambda x: (2 * np.asarray(x)).tolist()).status == "passed"
    assert verdict(lambda x: np.float32(2) * np.asarray(x)).status == "passed"


def test_findings_hold_no_values_of_probes_or_texts_of_the_answer():
    def leak(x):
        raise type("A" + repr(x).replace(".", "_"), (Exception,), {})(repr(x))

    for group in verdict(leak).groups:
        assert "an exception of its own" in group.finding and "3" not in group.finding
        assert "3" in group.example or group.name == "arrays"

    class Secret3:
        pass

    assert "a class of its own" in verdict(lambda x: Secret3()).message


def recurse(x):
    return recurse(x)


def test_the_same_seed_gives_the_same_verdict():
    assert verdict(lambda x: x, seed=3) == verdict(lambda x: x, seed=3)


def test_own_examination_for_tasks_with_many_right_answers():
    def near(task, trial):
        return "" if abs(trial.outcome.value - trial.arguments[0]) < 1 else "It is too far away."

    @known_by(lambda trial: trial.outcome.value > trial.arguments[0])
    def beyond(x):
        """Too large."""
        return x + 5

    task = Task(
        "near",
        1,
        lambda x: x,
        groups=(Group("one", 1, lambda rng: [(1.0,), (2.0,)]),),
        mistakes=(beyond,),
        examine=near,
    )
    assert verdict(lambda x: x + 0.5, task).status == "passed"
    assert verdict(lambda x: x + 5, task).diagnosis == "beyond"
    assert verdict(lambda x: x - 5, task).message == "It is too far away."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.23456789, "1.23457"),
        (np.array([1.0, 2.0]), "[1., 2.] (shape (2,))"),
        ((1, [2.0]), "(1, [2])"),
        (print, "a function"),
        (None, "None"),
        pytest.param(10**5000, "an integer of 16610 bits", id="huge"),
        (list(range(20)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …]"),
    ],
)
def test_how_values_are_shown(value, shown):
    assert show(value) == shown


def test_a_function_may_show_its_formula():
    class Square:
        formula = "f(w) = w²"

        def __call__(self, w):
            return w**2

    assert show((Square(), 3)) == "(f(w) = w², 3)"
    assert show(np.random.default_rng(0)) == "a generator"


def test_long_values_are_cut():
    assert len(show("x" * 10_000)) == 400


def test_recursion_without_an_end_is_said():
    result = verdict(recurse)
    assert result.status == "error" and "calls itself without an end, or more than a thousand" in result.message


def test_values_of_a_group_can_be_judged_beside_each_other():
    def different(trials):
        values = [trial.outcome.value for trial in trials]
        return "All the same." if len(set(values)) == 1 else ""

    groups = (
        Group("one", 1, lambda rng: [(1.0,)]),
        Group("two", 1, lambda rng: [(1.0,), (2.0,)]),
    )
    task = Task("t", 2, double, groups, examine=lambda task, trial: "", together=different)
    assert [group.finding for group in verdict(lambda x: 3.0, task).groups] == ["All the same.", "All the same."]
    assert [group.finding for group in verdict(double, task).groups] == ["All the same.", ""]
    assert "raised" in verdict(lambda x: [].pop(), task).message


def test_numbers_without_bounds_cause_no_warning():
    assert verdict(lambda x: np.full(np.shape(x), 1e308) * np.sign(x)).points == 0
    assert verdict(lambda x: np.full(np.shape(x), -1e308)).points == 0


def test_an_example_without_arguments_names_the_call():
    three = Task("three", 1, lambda: 3.0, groups=(Group("once", 1, lambda rng: [()]),))
    assert verdict(lambda: 4.0, three).groups[0].example == "three() gave 4"


def test_an_example_has_what_is_long_in_full_below():
    table = Task("table", 1, lambda X, k: X, groups=(Group("one", 1, lambda rng: [(rng.normal(size=(4, 5)), 3)]),))
    first, *below = verdict(lambda X, k: [X, (k, X)], table).groups[0].example.split("\n")
    assert first == "X of shape (4, 5), k = 3 gave 2 entries"
    assert below[0].startswith("X = [[") and below[1].startswith("     [") and below[4].startswith("it gave = [[[")
    assert not any(line.startswith("k") for line in below)
    assert verdict(lambda X, k: X[0], table).groups[0].example.split("\n")[0].count("gave [") == 1
    assert len(verdict(lambda X, k: [X] * 1000, table).groups[0].example) <= 4000


def test_what_is_kept_between_calls_is_told_first():
    kept = []

    def grows(x):
        kept.append(x)
        return [x, (x + 1, np.ones(2))] + kept[1:]

    assert verdict(grows, PAIR).message.startswith("The second call with the same input went wrong")


def test_what_begins_with_np_empty_and_stays_unset_is_told_as_that_and_gets_one_mark():
    def holes(x):
        return np.empty(np.shape(x))

    said = verdict(holes).message
    assert "nan" in said and "`np.empty`, whose entries are anything until they are set" in said and "kept" not in said


def test_what_is_kept_between_calls_is_told_first_where_it_was_kept_before_the_check():
    total = [1.0]

    def adds_up(x):
        total[0] += np.sum(2 * x)
        return total[0]

    summed = Task("summed", 1, lambda x: np.sum(2 * x), DOUBLE.groups)
    assert verdict(adds_up, summed).message.startswith("Called twice with the same input, it gives two results")
    total[0] = np.inf
    assert "holds inf" in verdict(adds_up, summed).message
    assert all("is something kept between calls" in group.finding for group in verdict(adds_up, summed).groups)
    assert "kept" not in verdict(lambda x: np.sum(3 * x), summed).message
    assert "kept" not in verdict(lambda x: np.sum(2 * x) if np.ndim(x) else np.inf, summed).message


def test_a_generator_and_one_number_in_an_array():
    assert "yield" in verdict(lambda x: (2 * v for v in np.ravel(x))).message
    assert "objects that are not all numbers" in verdict(lambda x: np.array([None, 2.0])).message
    assert "its only value is off" in verdict(lambda x: [x, (x + 1, np.zeros(2))] and np.zeros(1), ONE).message


def test_named_tuples_and_arrays_of_objects_that_are_numbers_are_plain_data():
    Pair = namedtuple("Pair", "one other")
    assert verdict(lambda x: Pair(x, Pair(x + 1, np.ones(2))), PAIR).status == "passed"
    assert verdict(np.frompyfunc(double, 1, 1)).status == "passed"


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda x: deque([x, x]), "numbers, arrays and lists of numbers can be judged. `list(…)` makes a list of it."),
        (lambda x: reversed([x, x]), "`list(…)` makes a list of it."),
        (lambda x: np.ma.array([1.0]), "something of type MaskedArray; numbers, arrays and lists of numbers can be"),
        (lambda x: np.ma.array([1.0]), "`.filled(…)` makes a plain array of it."),
        (lambda x: [np.ones(2).transpose], "It returned a function, or something that holds one, and not its value:"),
        (lambda x: double, "are the brackets missing?"),
    ],
)
def test_what_is_nearly_plain_data(function, said):
    assert said in verdict(function).message


def test_errors_alone_tell_of_no_mistake():
    def by_index(x):
        """You take a part of it."""
        return 3 * x[0, 0]

    task = replace(DOUBLE, mistakes=(by_index,))
    assert verdict(lambda x: 3 * np.asarray(x)[0, 0] if np.ndim(x) else x[0], task).diagnosis == "by index"
    arrays = replace(DOUBLE, groups=(Group("rows", 1, lambda rng: [(np.ones(3),)]),), mistakes=(by_index,))
    assert verdict(lambda x: x[99], arrays).diagnosis == ""


def test_probes_are_drawn_until_six_digits_are_too_few():
    def drawn(rng):
        return [([0.5, np.array([rng.choice([2.0, 1e-3 / 3])])],)]

    for seed in range(5):
        (((_, array),),) = fine(lambda pair: pair, drawn)(np.random.default_rng(seed))
        assert array == [1e-3 / 3]


def test_probes_are_drawn_until_float32_is_good_enough():
    def drawn(rng):
        return ["add", 1, rng.choice([0.3, 0.9]).item()], np.array([0.1, -0.29999])

    def reference(entry, array):  # float32 leaves three digits of what is left of 0.3 and −0.29999
        return [entry[1], array + entry[2]]

    for seed in range(5):
        entry, array = steady(drawn, reference)(np.random.default_rng(seed))
        assert entry == ["add", 1, 0.9] and array.dtype == float


def test_an_error_of_the_learners_own_is_not_the_stubs():
    def checks(x):
        if np.ndim(x) == 0:
            return 2 * x
        raise NotImplementedError("arrays")

    assert verdict(checks).message == "It raised NotImplementedError."


ONE = Task("one", 1, lambda x: np.ones(1), groups=(Group("one", 1, lambda rng: [(1.0,)]),))


def test_a_wrong_count_is_not_near_the_right_one():
    count = Task("count", 1, lambda n: 1000 * n, groups=(Group("one", 1, lambda rng: [(7,)]),))
    assert verdict(lambda n: 1000 * n + 1, count).message == "The result is not the right value."


@pytest.mark.parametrize(
    ("function", "cause"),
    [
        (lambda x: 2 * x if x > 0 else 3 * x, "asked a whole array"),
        (lambda x: 2 * x + np.zeros(99), "met entry by entry"),
        (lambda x: np.ones((99, 99))[np.arange(98), np.arange(99)], "two indices in one pair of brackets"),
        (lambda x: x @ np.zeros((99, 2)), "with `@` the shapes don't fit"),
        (lambda x: math.exp(x), "a function for single numbers"),
        (lambda x: [*x][99] if np.ndim(x) else 2 * x, "beyond the end of a list"),
        (lambda x: np.array([[1], [2, 3]]), "parts that differ in shape"),
        (lambda x: np.zeros(3).sum(axis=x.ndim) if np.ndim(x) else 2 * x, "has no such index or axis"),
        (lambda x: [v for v in x], "a loop wanted a list"),
        (lambda x, y: x, "another number of arguments"),
        (lambda x: [].append(x, x), "takes one thing"),
        (lambda x: math.log(0), "has no value for"),
        (lambda x: np.max(np.ones(2), np.ones(2)), "an array stands where"),
        (lambda x: np.random.default_rng(0).shuffle(np.ones(2))[0], "something is None"),
        (lambda x: np.ones(3).reshape(2, 2), "doesn't have as many entries"),
        (lambda x: max(x, 0 * x), "Python's own `max` or `min`"),
        (lambda x: x[0, 0] if np.ndim(x) else 2 * x, "fewer axes than it is asked for"),
        (lambda x: np.ones(x.shape[1]), "a shape has fewer axes"),
        (lambda x: np.ones(2)[0][0], "a single number was given an index"),
        (lambda x: list(x)[0, 1], "`[i, j]` is for arrays; or is a comma missing between two lists?"),
        (lambda x: math.exp(1000), "so large that the result overflows"),
        (lambda x: float(10**400), "too large for a float"),
        (lambda x: list(x) - list(x), "a whole list was calculated with"),
        (lambda x: list(x) / 2.0, "a whole list was calculated with"),
        (lambda x: list(x) * 0.1, "a whole list was multiplied"),
        (lambda x: 1.0 / (x - x) if np.ndim(x) == 0 else 2 * x, "divided by 0"),
        (lambda x: unknown(x), "a name is used that was never given a value"),  # noqa: F821
        (lambda x: [2 * x[i] for i in range(len(x))], "a single number has none"),
        (lambda x: (2 * np.ones(2))(x), "is an operator or a comma missing before a bracket"),
        (lambda x: list((1.0,))(x), "is an operator or a comma missing before a bracket"),
        (lambda x: tuple([1.0])(x), "is an operator or a comma missing before a bracket"),
        (lambda x: [1.0].shape, "a part or a method that it doesn't have"),
        (lambda x: setitem((x, x), 0, 2 * x), "a tuple can't be changed; make a new pair"),
        (lambda x: setitem(2.0, 0, x), "a part was to be set in something that has none"),
        (lambda x: len(zip([x], [x])), "what `zip` or `map` gives has to be made a list first"),
        (lambda x: zip([x], [x])[0], "what `zip` or `map` gives has to be made a list first"),
        (lambda x: {x: 2} if np.ndim(x) == 0 else {}[[1]], "looked up in a dictionary"),
        (lambda x: range([3]), "where a whole number is wanted"),
        (lambda x: [1.0] < 2, "a whole list was calculated with"),
        (lambda x: 2 @ np.ones(2), "a single number is multiplied with `*`"),
        (lambda x: iadd(np.ones(2, dtype=int), 0.5), "an array of whole numbers was changed in place"),
    ],
)
def test_the_cause_of_an_error_is_said_in_words(function, cause):
    assert any(cause in group.finding for group in verdict(function).groups), verdict(function).groups


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_few_digits_are_named(dtype):
    said = verdict(lambda x: 2 * np.asarray(x, dtype=dtype) + dtype(1e-5)).groups[1].finding
    assert (
        said
        == f"The result is right to a few digits only: it is {dtype.__name__}. Compute in float64, NumPy's usual kind."
    )


@pytest.mark.parametrize(
    ("shape", "said"),
    [((2, 2), "has shape (2, 2),"), ((4, 2, 3), "has another shape,"), ((271,), "has another shape,")],
)
def test_a_shape_is_told_where_its_lengths_are_the_probes(shape, said):
    """The first array has shape (4,), the second (2, 3): 271 could be a number that the answer was given."""
    found = verdict(lambda x: np.zeros(shape) if np.ndim(x) == 2 else 2 * x).groups[1].finding
    assert said in found


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (3, "3 times"),
        (0.25, "0.25 times"),
        (1000, "1000 times"),
        (1 / 3, "0.3333 times"),
        (1.2345, "a constant multiple of"),
    ],
)
def test_a_factor_is_told_where_it_is_one_that_mistakes_make(factor, said):
    triple = Task("triple", 1, lambda x: 2 * x, groups=(Group("one", 1, lambda rng: [(np.array([1.1, -2.0]),)]),))
    assert f"The result is {said} the right one." == verdict(lambda x: 2 * factor * x, triple).message


def test_of_a_number_and_its_opposite_no_factor_is_told():
    """Any other two of that kind are a multiple of them."""
    opposite = Task("opposite", 1, lambda x: np.array([x, -x]), (Group("one", 1, lambda rng: [(1.7,)]),))
    assert "all of its 2 values are off" in verdict(lambda x: np.array([x + 1, -x - 1]), opposite).message
    assert "opposite sign" in verdict(lambda x: np.array([-x, x]), opposite).message


def test_a_mistake_is_called_as_far_as_it_is_alike_and_once():
    calls = []

    def triple(x):
        """You triple."""
        calls.append(x)
        return 3 * x

    double_or_triple = Task("double", 3, double, groups=DOUBLE.groups, mistakes=(triple,))
    assert verdict(lambda x: 4 * x, double_or_triple).diagnosis == ""
    assert len(calls) == 1
    for _ in range(2):
        assert verdict(lambda x: 3 * x, double_or_triple).diagnosis == "triple"
        assert len(calls) == 5
