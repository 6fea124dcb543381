"""The checks, proven against banks of answers: known wrong ones, unknown wrong ones, mutants, right ones."""

import copy
import inspect
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from answers import bank
from mutate import mutants

from threesteps import call
from threesteps.task import judge
from threesteps.tasks import EXERCISES, TASKS

RIGHT, WRONG, EQUIVALENT = map(bank, ("RIGHT", "WRONG", "EQUIVALENT"))
BLIND = bank("WRONG", "answers.blind")
# Tasks whose answers take a tenth of a second and more: they get a tenth of the seeds besides the check's own, and the
# right ones at least one.
SLOW = {"train"}
# Tasks where many answers are right: no mutants.
PROPERTY = {name for name, task in TASKS.items() if task.examine}


def verdict(task, function, seed):
    timeout = 20.0 if task.name in SLOW else 5.0  # far above what they take, also on a busy machine
    return judge(task, partial(call.call, function, timeout=timeout), seed, examples=seed == task.seed)


@pytest.fixture
def seeds(pytestconfig):
    return range(pytestconfig.getoption("seeds"))


def some(task, seeds, most=5, least=0):
    return (task.seed, *seeds[: max(least, len(seeds) // 10) if task.name in SLOW else most])


def pairs(of):
    return [pytest.param(TASKS[name], i, id=f"{name}-{i}") for name in TASKS for i in range(len(of.get(name, [])))]


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_there_are_enough_answers(task):
    known = task.known_mistakes()
    assert len(known) >= (10 if task.name in PROPERTY else 5)
    assert len({mistake.name for mistake in known}) == len(known)
    assert len(RIGHT[task.name]) >= 4
    assert len(WRONG[task.name]) >= 5


def arrays(of, place=""):
    """(place, array) of all arrays in an argument; those at one place of a list's pairs belong together."""
    if isinstance(of, np.ndarray):
        yield place, of
    elif isinstance(of, (list, tuple)):
        for i, part in enumerate(of):
            yield from arrays(part, f"{place}, {i}" if isinstance(of, tuple) else place)


# What has fractions by its nature, or by the task's own words; and what is a table of one size.
FRACTIONS = {("right_gradients", "w"), ("train", "X"), ("train", "T")}
ONE_SIZE = {("train", "X"), ("train", "T")}


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_every_array_comes_in_whole_numbers_too_and_with_a_length_of_one(task):
    found = {}
    for group in task.groups:
        for arguments in group.probes(np.random.default_rng(0)):
            for name, argument in zip(inspect.signature(task.reference).parameters, arguments):
                for place, array in arrays(argument):
                    found.setdefault((name, place), []).append(array)
    for (name, place), at in found.items():
        assert name == "Y" or (task.name, name) in FRACTIONS or any(array.dtype.kind == "i" for array in at), place
        assert (task.name, name) in ONE_SIZE or any(1 in array.shape for array in at), place


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_the_reference_passes(task, seeds):
    for seed in (task.seed, *seeds):
        assert verdict(task, task.reference, seed).status == "passed"


@pytest.mark.parametrize(
    ("task", "mistake"),
    [pytest.param(t, m, id=f"{t.name}: {m.name}") for t in TASKS.values() for m in t.known_mistakes()],
)
def test_a_known_mistake_is_rejected_and_named_as_itself(task, mistake, seeds):
    for make in mistake.ways:
        results = [verdict(task, make(), seed) for seed in some(task, seeds, most=20)]
        for result in results:
            assert (result.diagnosis, result.message) == (mistake.name, mistake.says)
            assert result.points < task.points
        assert task.name == "train" or len(set(map(earned, results))) == 1


def rejected(task, entry, seeds):
    function, names = entry if isinstance(entry, tuple) else (entry, "")
    names = {names} if isinstance(names, str) else names  # several for a chaotic answer, whose result rounding decides
    results = {seed: verdict(task, function, seed) for seed in some(task, seeds)}
    for seed, result in results.items():
        assert result.points < task.points
        assert result.diagnosis in names or (not result.diagnosis and seed != task.seed)
        assert result.message
    assert_no_luck(task, results.values())


def earned(result):
    return tuple(group.points for group in result.groups)


def assert_no_luck(task, results):
    """The same groups are right whatever the seed. (But not the first time, for answers that keep something from then
    on, and not for training, where random numbers decide.)"""
    _, *later = map(earned, results)
    assert task.name == "train" or len(set(later)) == 1


LARGER = "batches of one, and larger than all"
OWN_GROUPS = {
    "cross_entropy": {"one class only": {"soft targets"}},
    "total_loss": {"one class only": {"one example", "a batch"}},
    "minibatches": {
        "the short last batch dropped": {"a short last batch", LARGER},  # n examples in larger batches make a short one
        "equal parts": {"a short last batch"},
        "the rest joined to the last batch": {"a short last batch"},
        "equal parts without a short one": {"a short last batch"},
        "an empty batch at the end": {"batches that come out even", LARGER},
        "not shuffled": {"shuffled, by `rng` alone"},
        "only the batches shuffled": {"a short last batch", "shuffled, by `rng` alone"},
        "shuffled inside the batches only": {"shuffled, by `rng` alone"},
    },
    "right_gradients": {"a whole row nudged": {"flat and steep functions, tables, nan, all right, none right"}},
    "he_init": dict.fromkeys(
        ("weights without biases", "one flat list", "a layer too few", "the first layer only", "W transposed"),
        {"shapes, and biases at 0"},
    ),
}


@pytest.mark.parametrize(("name", "mistake"), [(name, mistake) for name in OWN_GROUPS for mistake in OWN_GROUPS[name]])
def test_a_fault_costs_the_groups_that_judge_it(name, mistake, seeds):
    (known,) = (known for known in TASKS[name].known_mistakes() if known.name == mistake)
    for make in known.ways:
        for seed in some(TASKS[name], seeds):
            result = verdict(TASKS[name], make(), seed)
            assert {group.name for group in result.groups if group.finding} == OWN_GROUPS[name][mistake]


def test_a_spread_a_little_too_large_is_called_a_wrong_spread(seeds):
    def answer(sizes, rng):
        return [(rng.normal(0, 1.5 / n_in**0.5, (n_out, n_in)), np.zeros(n_out)) for n_in, n_out in pairwise(sizes)]

    for seed in some(TASKS["he_init"], seeds):
        assert "the spread of the weights is not √(2/in)" in verdict(TASKS["he_init"], answer, seed).message


WITH_BATCHES = "affine", "network", "softmax", "log_softmax", "output_delta", "hidden_delta", "relu_delta"


@pytest.mark.parametrize("name", WITH_BATCHES)
def test_a_batch_of_one_and_one_output_squeezed_away_cost_one_group(name):
    result = verdict(TASKS[name], lambda *arguments: np.squeeze(TASKS[name].reference(*arguments)), 1)
    assert sum(bool(group.finding) for group in result.groups) == 1


def test_biases_of_one_output_squeezed_away_cost_one_group():
    def answer(X, T, params):
        return [(dW, np.squeeze(db)) for dW, db in TASKS["tanh_backprop"].reference(X, T, params)]

    result = verdict(TASKS["tanh_backprop"], answer, 1)
    assert [group.name for group in result.groups if group.finding] == ["no hidden layer"]


def test_sums_cut_to_whole_numbers_cost_one_group():
    def answer(X, W, b):
        return (X @ W.T + b).astype(X.dtype)

    result = verdict(TASKS["affine"], answer, 1)
    assert [group.name for group in result.groups if group.finding] == ["one example"]


def test_an_unshuffled_short_batch_costs_the_group_of_the_short_batch(seeds):
    def answer(n, size, rng):
        full = n // size * size
        return np.split(np.append(rng.permutation(full), np.arange(full, n)), range(size, n, size))

    for seed in some(TASKS["minibatches"], seeds):
        result = verdict(TASKS["minibatches"], answer, seed)
        assert [group.name for group in result.groups if group.finding] == ["a short last batch"]


@pytest.mark.parametrize(("task", "i"), pairs(WRONG))
def test_a_wrong_answer_that_the_checks_do_not_know_is_rejected(task, i, seeds):
    rejected(task, WRONG[task.name][i], seeds)


@pytest.mark.parametrize(("task", "i"), pairs(BLIND))
def test_a_wrong_answer_written_blind_is_rejected_and_never_misnamed(task, i, seeds):
    rejected(task, BLIND[task.name][i], seeds)


@pytest.mark.parametrize(("task", "i"), pairs(RIGHT))
def test_a_right_answer_earns_all_points_however_it_is_written(task, i, seeds):
    for seed in some(task, seeds, least=1):
        result = verdict(task, RIGHT[task.name][i], seed)
        assert (result.status, result.points) == ("passed", task.points), result.groups


@pytest.mark.parametrize("task", [t for t in TASKS.values() if t.name not in PROPERTY], ids=lambda t: t.name)
def test_mutants_of_the_reference_are_rejected(task, seeds):
    count, survivors = 0, set()
    for name, mutant in mutants(task.reference):
        count += 1
        result = verdict(task, mutant, task.seed)
        if result.points == task.points:
            survivors.add(name)
        elif result.diagnosis:  # it is true if the mutant goes on doing just that on other inputs
            assert {verdict(task, mutant, seed).diagnosis for seed in seeds[:5]} == {result.diagnosis}, name
    assert count >= 3
    assert survivors == EQUIVALENT.get(task.name, {}).keys()


@pytest.mark.parametrize("task", [t for t in TASKS.values() if t.name not in PROPERTY], ids=lambda t: t.name)
def test_it_is_no_luck_whether_a_result_rounded_to_six_digits_is_right(task, seeds):
    def answer(*arguments):
        return rounded(task.reference(*arguments))

    assert len({earned(verdict(task, answer, seed)) for seed in (task.seed, *seeds)}) == 1


def rounded(value):
    """As the cells that try a function show it."""
    return [rounded(part) for part in value] if isinstance(value, (list, tuple)) else np.round(value, 6)


@pytest.mark.slow
@pytest.mark.parametrize("task", [t for t in TASKS.values() if t.name != "train"], ids=lambda t: t.name)
def test_points_come_by_no_luck_on_50_seeds(task):
    answers = [entry[0] if isinstance(entry, tuple) else entry for entry in WRONG[task.name] + BLIND[task.name]]
    for function in (*answers, *RIGHT[task.name], *(make() for m in task.known_mistakes() for make in m.ways)):
        assert_no_luck(task, [verdict(task, function, seed) for seed in range(51)])


def content(value):
    """What an answer can look up: all numbers of a probe."""
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    return tuple(map(content, value)) if isinstance(value, (list, tuple)) else of_numbers(value)


def shapes(value):
    """What an answer can look up of a probe whose numbers are new: shapes, and numbers that stand alone."""
    if isinstance(value, np.ndarray):
        return value.shape
    return tuple(map(shapes, value)) if isinstance(value, (list, tuple)) else of_numbers(value)


def of_numbers(value):
    return value if isinstance(value, (int, float)) else None


@pytest.mark.parametrize("key", [content, shapes])
@pytest.mark.parametrize("task", [t for t in TASKS.values() if t.name != "xor_network"], ids=lambda t: t.name)
def test_what_the_notebooks_check_shows_earns_nothing_by_heart(task, key, seeds):
    """`xor_network` is left out: it asks for one network, which may as well be known by heart."""
    known = {
        key(arguments): task.reference(*copy.deepcopy(arguments))
        for i, group in enumerate(task.groups)
        for arguments in group.probes(np.random.default_rng([task.seed, i]))
    }
    for seed in seeds[:5]:
        assert verdict(task, lambda *arguments: known[key(arguments)], seed).points == 0


def test_36_tasks_100_points_on_the_way_and_20_in_the_exam():
    points = {name: sum(task.points for task in tasks) for name, tasks in EXERCISES.items()}
    assert sum(len(tasks) for tasks in EXERCISES.values()) == len(TASKS) == 36
    assert points.pop("5_on_your_own") == 20
    assert sum(points.values()) == 100
