"""What learners get wrong in `minibatches(n, size, rng)`, where every order that `rng` makes is right."""

import numpy as np

from threesteps.mistakes import known_by
from threesteps.task import as_numbers
from threesteps.tasks.training import MANY, asked, batches_of, joined, sizes_of, unshuffled, whole


def _shows(test):
    """Known by test(n, size, batches)."""

    def known(trial):
        batches = batches_of(trial.outcome.value)
        return batches is not None and test(*trial.arguments[:2], batches)

    return known_by(known)


def _sized(test):
    """Known by batches of the sizes that the mistake makes, of which test(n, batches) holds."""

    def mark(mistake):
        def known(n, size, batches):
            made = mistake(n, size, np.random.default_rng(0))
            return sizes_of(batches) == sizes_of(made) and bool(test(n, batches))

        return _shows(known)(mistake)

    return mark


def _is_order(indices, n, first=0):
    """Whether it is the numbers from `first`, n of them, each once."""
    return len(indices) == n and bool((np.sort(indices) == np.arange(first, first + n)).all())


def _all_shuffled(n, batches):
    return _is_order(joined(batches), n) and not (len(batches) > 1 and unshuffled(batches, n))


def _inside(n, batches):
    return np.isin(joined(batches), np.arange(n)).all()


def _none_twice(n, batches):
    indices = joined(batches)
    return _inside(n, batches) and len(np.unique(indices)) == len(indices)


def _in_old_order(n, batches):
    return np.array_equal(joined(batches), np.arange(n))


# Fewer examples than MANY may come out in order, or each once, by chance: they tell nothing against a mistake.


@_sized(_none_twice)
def the_short_last_batch_dropped(n, size, rng):
    """The last batch is missing where it would be short. Its examples are then never used in that epoch. The last batch
    may have fewer than `size`, and it counts."""
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n - size + 1, size)]


def _drawn_anew(n, batches):
    return _inside(n, batches) and (n < MANY or not _none_twice(n, batches))


@_sized(_drawn_anew)
def drawn_anew_in_full_batches(n, size, rng):
    """Some indices come twice and others not at all: each batch draws `size` of them, without a look at the others.
    Shuffle all n once and cut: then each comes once, and the last batch gets what is left."""
    return [rng.integers(n, size=size) for _ in range(0, n, size)]


@_sized(_drawn_anew)
def drawn_anew_for_each_batch(n, size, rng):
    """Some indices come twice and others not at all: the indices of a batch are drawn without a look at those of the
    others. Shuffle all n once and cut: then each comes once."""
    return [rng.choice(n, min(size, n - start)) for start in range(0, n, size)]


@_sized(_in_old_order)
def not_shuffled(n, size, rng):
    """The batches are cut as they should be, but from the old order: 0, 1, 2, … Data often comes sorted, and then each
    batch sees one class alone (lesson 3e shows what comes of it). Shuffle first."""
    order = np.arange(n)
    return [order[start : start + size] for start in range(0, n, size)]


def _whole_runs(n, size, batches):
    runs = sorted(batches, key=lambda run: run[:1].tolist())
    return sizes_of(runs) == asked(n, size) and _in_old_order(n, runs) and (n < MANY or not _in_old_order(n, batches))


@_shows(_whole_runs)
def only_the_batches_shuffled(n, size, rng):
    """You cut first, and shuffle the batches then. Inside each of them the old order stands: neighbours stay together,
    and sorted data stays sorted. Shuffle the *examples*, then cut."""
    batches = not_shuffled(n, size, rng)
    rng.shuffle(batches)
    return batches


def _each_in_its_place(n, batches):
    return _in_old_order(n, [np.sort(batch) for batch in batches]) and (
        n < MANY or len(batches) == n or not _in_old_order(n, batches)
    )


@_sized(_each_in_its_place)
def shuffled_inside_the_batches_only(n, size, rng):
    """You cut first, and shuffle inside each batch. So each batch holds the same examples in every epoch. Shuffle them
    all, then cut."""
    batches = not_shuffled(n, size, rng)
    for batch in batches:
        rng.shuffle(batch)
    return batches


@_sized(_all_shuffled)
def equal_parts(n, size, rng):
    """You cut into equal parts: as many as there should be, but not of the right size. All batches have `size`
    examples, and only the last may be shorter."""
    return np.array_split(rng.permutation(n), -(-n // size))


@_sized(_all_shuffled)
def equal_parts_without_a_short_one(n, size, rng):
    """You cut into ⌊n/size⌋ equal parts, so that the examples left over make other batches too large. All batches have
    `size` examples; what is left makes one more batch, a short one."""
    return np.array_split(rng.permutation(n), max(n // size, 1))


@_sized(_all_shuffled)
def the_rest_joined_to_the_last_batch(n, size, rng):
    """What is left over is joined to the last full batch, which gets too large. It is a batch of its own, a short
    one."""
    return np.split(rng.permutation(n), range(size, n - size + 1, size))


@_sized(_all_shuffled)
def size_as_the_number_of_batches(n, size, rng):
    """You make `size` batches; `size` is how many examples are in each of them."""
    return np.array_split(rng.permutation(n), size)


@_sized(_all_shuffled)
def the_short_batch_first(n, size, rng):
    """The short batch comes first. The task asks for it at the end: all of `size` but the *last*."""
    return np.split(rng.permutation(n), range(n % size or size, n, size))


@_sized(_all_shuffled)
def an_empty_batch_at_the_end(n, size, rng):
    """Where n can be divided by `size` there is one more batch, with nothing in it: dividing by its size would give
    nan. Look at where the loop ends."""
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n + 1, size)]


@_sized(lambda n, batches: _is_order(joined(batches)[:n], n))
def the_last_batch_filled_up(n, size, rng):
    """The last batch is filled up with indices that were used already, so some examples count twice. It may be
    short."""
    return list(np.resize(rng.permutation(n), (-(-n // size), size)))


@_sized(_none_twice)
def the_first_batch_only(n, size, rng):
    """There is one batch, and the rest of the examples is missing. Is there a `return` inside the loop?"""
    return [rng.permutation(n)[:size]]


def _from_every_start(n, batches):
    order, size = [batch[0] for batch in batches], len(batches[0])
    cut = [order[start : start + size] for start in range(n)]
    return _is_order(np.array(order), n) and [batch.tolist() for batch in batches] == cut


@_sized(_from_every_start)
def a_batch_from_every_start(n, size, rng):
    """A batch begins at every single example, so they overlap. From one start to the next it is `size` steps."""
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(n)]


@_sized(lambda n, batches: _is_order(joined(batches), n, first=1))
def counted_from_1(n, size, rng):
    """Your indices run from 1 to n. Python counts rows from 0 to n − 1: X[n] is an error, and X[0] never comes."""
    order = 1 + rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


def _one_row(trial):
    indices = as_numbers(trial.outcome.value)
    return indices is not None and indices.ndim == 1 and _is_order(indices, trial.arguments[0])


@known_by(_one_row)
def not_cut(n, size, rng):
    """The order is right, but it is one long row. It has still to be cut into batches."""
    return rng.permutation(n)


def _right_as_floats(trial):
    n, size, _ = trial.arguments
    batches = batches_of(trial.outcome.value)
    if batches is None or whole(trial.outcome.value):
        return False
    return sizes_of(batches) == asked(n, size) and _is_order(joined(batches), n)


@known_by(_right_as_floats)
def floats(n, size, rng):
    """The batches are right, but their numbers are floats, and X[batch] takes whole numbers only. Was an array made by
    np.zeros or np.empty on the way?"""
    order = np.zeros(n)
    order[:] = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]
