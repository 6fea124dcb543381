"""What learners get wrong in `numerical_gradient(f, w)`, (f(w + h) − f(w − h)) / 2h for one entry at a time.

Everyone chooses another h. So most mistakes are known by where f was evaluated, and by what was made of its values.
"""

from functools import wraps

import numpy as np

from threesteps.backprop import numerical_gradient
from threesteps.mistakes import known_by
from threesteps.task import as_numbers
from threesteps.tasks.gradient_descent import moves


class _Look:
    """Where an answer evaluated f around w, and what it gave.

    above and below: for each entry of w, f where this entry alone was moved up, or down; up and down: by how much.
    """

    def __init__(self, trial):
        f, w = trial.passed[0], trial.arguments[1]
        self.whole, self.w = w.dtype.kind in "iu", w.astype(float)
        self.got, self.w_changed = as_numbers(trial.outcome.value), bool(trial.outcome.changed)
        self.points = [point for point, _ in f.seen if point.shape == w.shape]
        self.strange = [point.shape for point, _ in f.seen if point.shape != w.shape]
        found = moves(f, self.w)
        self.moves = [move for move, _ in found]
        self.one_at_a_time = all(np.count_nonzero(move) == 1 for move in self.moves)
        self.here = f.of(self.w)
        self.above, self.up = _on_the_side(1, found, w.shape)
        self.below, self.down = _on_the_side(-1, found, w.shape)
        self.both_sides = np.isfinite(self.up + self.down).all()
        self.h = (self.up + self.down) / 2
        self.central = (self.above - self.below) / (2 * self.h)
        self.largest_step = np.fmax(self.up, self.down).max()

    def gave(self, expected):
        close = self.got.shape == expected.shape and np.abs(self.got - expected) <= 1e-3 * np.abs(expected) + 1e-12
        return bool(np.all(close))


def _on_the_side(sign, found, shape):
    """For each entry the first value of f where it alone was moved to this side, and by how much; nan where never."""
    values, steps = np.full(shape, np.nan), np.full(shape, np.nan)
    for move, value in reversed(found):
        if np.count_nonzero(move) == 1 and sign * move.sum() > 0:
            values[move != 0], steps[move != 0] = value, abs(move.sum())
    return values, steps


def _seen(pattern):
    """Mark a mistake that shows in a _Look at it, whatever h is."""

    def test(trial):
        with np.errstate(all="ignore"):
            look = _Look(trial)
            return look.got is not None and not look.strange and bool(pattern(look))

    return known_by(test)


def _nudges(w, h=1e-5):
    for i in np.ndindex(w.shape):
        nudge = np.zeros(w.shape)
        nudge[i] = h
        yield i, nudge


def _one_by_one(w, slope, h=1e-5):
    """slope(i, nudge) for each entry of w."""
    gradient = np.zeros(w.shape)
    for i, nudge in _nudges(w, h):
        gradient[i] = slope(i, nudge)
    return gradient


def _slopes(f, w, slope, h=1e-5):
    return _one_by_one(w, lambda i, nudge: slope(f(w + nudge), f(w - nudge), h), h)


def _nudged_in_place(f, w, put_back):
    """Each entry goes up and down in w itself, and becomes put_back(what it was, what it is now)."""
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        kept = w[i]
        w[i] += 1e-5
        above = f(w)
        w[i] -= 2e-5
        gradient[i] = (above - f(w)) / 2e-5
        w[i] = put_back(kept, w[i])
    return gradient


def _from_both_sides(slope):
    """Mark a mistake in what is made of f(w + h), f(w − h) and h, for one entry of w."""

    @_seen(lambda look: look.one_at_a_time and look.both_sides and look.gave(slope(look.above, look.below, look.h)))
    @wraps(slope)
    def answer(f, w):
        return _slopes(f, w, slope)

    return answer


def _on_one_side(look, over):
    one_side = np.isnan(look.up).all() or np.isnan(look.down).all()
    forward, backward = (look.above - look.here) / (over * look.up), (look.here - look.below) / (over * look.down)
    return look.one_at_a_time and one_side and (look.gave(forward) or look.gave(backward))


@_seen(lambda look: _on_one_side(look, 1))
def one_side_only(f, w):
    """You look at f on one side of w only, so where f curves, your slope is off by an amount of the order of h. At the
    bottom of a steep valley, where the slope is 0, that is a lot. Look on both sides: w + h and w − h, which are 2h
    apart."""
    return _one_by_one(w, lambda i, nudge: (f(w + nudge) - f(w)) / 1e-5)


@_seen(lambda look: _on_one_side(look, 2))
def one_side_divided_by_2h(f, w):
    """Your slopes are half as large as they should be: you divide by 2h, but the two places where you look, w and w
    moved by h, are only h apart. Look on the other side of w as well."""
    return one_side_only(f, w) / 2


@_from_both_sides
def h_for_2h(above, below, h):
    """Your slopes are twice the right ones. From w − h to w + h it is 2h, and that is what the rise has to be divided
    by."""
    return (above - below) / h


@_from_both_sides
def sign(above, below, h):
    """Your slopes have the wrong sign. A slope is positive where f grows with w: f(w + h) comes first, and f(w − h) is
    subtracted. (The minus of the descent comes later.)"""
    return (below - above) / (2 * h)


@_from_both_sides
def not_divided(above, below, h):
    """You return how much f changes, and that depends on how far you moved. A slope is the change *per unit* of w:
    divide by the distance between the two places."""
    return above - below


@_from_both_sides
def divided_by_2_alone(above, below, h):
    """You divide by 2, and that makes half the change of f. From w − h to w + h it is 2h: divide by the whole of it."""
    return (above - below) / 2


@_from_both_sides
def multiplied_by_h(above, below, h):
    """Look at the brackets: `/ 2 * h` divides by 2 and then multiplies by h. The whole of 2h is the divisor and needs
    its own pair."""
    return (above - below) / 2 * h


@_from_both_sides
def only_the_second_value_divided(above, below, h):
    """Look at the brackets: only the second value of f is divided by 2h, since / goes before −. The difference needs
    its own pair."""
    return above - below / (2 * h)


def _no_brackets(look):
    """Compared to many digits: what is subtracted is next to nothing beside the first value of f."""
    expected = look.above - look.below / 2 * look.h
    return look.one_at_a_time and look.both_sides and np.allclose(look.got, expected, rtol=1e-10, atol=1e-15)


@_seen(lambda look: look.got.shape == look.w.shape and _no_brackets(look))
def no_brackets_at_all(f, w):
    """Look at the brackets: without them only the second value of f is divided, by 2, and the result multiplied by h.
    The difference needs its own pair, and so does 2h."""
    return _slopes(f, w, lambda above, below, h: above - below / 2 * h)


def _bend(look):
    bend = (look.above - 2 * look.here + look.below) / (look.up * look.down)
    return look.one_at_a_time and look.both_sides and look.gave(bend)


@_seen(_bend)
def second_derivative(f, w):
    """f(w + h) − 2 f(w) + f(w − h), divided by h², tells how the slope itself changes: that is the second derivative.
    The slope is a difference of two values."""
    return _slopes(f, w, lambda above, below, h: (above - 2 * f(w) + below) / h**2, h=1e-4)


def _central_but_for_whole_numbers(look):
    if look.whole:
        return all((point == np.round(point)).all() for point in look.points)
    return look.one_at_a_time and look.gave(look.central)


@_seen(lambda look: _central_but_for_whole_numbers(look) and (look.whole or not look.w_changed))
def steps_cut_to_whole_numbers(f, w):
    """With whole numbers in w the nudge gets lost: writing w[i] + h into an array of integers cuts off everything after
    the point. Make a copy of w as floats first, and nudge the copy."""
    return _nudged_in_place(f, w, lambda kept, now: kept)


@_seen(lambda look: _central_but_for_whole_numbers(look) and (look.whole or look.w_changed or not look.w.any()))
def nudged_in_the_w_of_the_caller(f, w):
    """You nudge the caller's own w. Taking h away again doesn't bring w back to the last digit, and where w holds whole
    numbers, the nudge gets lost. Make a copy of w as floats first, and nudge the copy."""
    return _nudged_in_place(f, w, lambda kept, now: now + 1e-5)


@_seen(lambda look: look.one_at_a_time and look.gave(np.trunc(look.central) if look.whole else look.central))
def slopes_cut_to_whole_numbers(f, w):
    """You look in the right places, but where w holds whole numbers your slopes lose what comes after the point: an
    array made like w, with `zeros_like(w)` say, holds whole numbers too. Ask for floats."""
    return numerical_gradient(f, w).astype(w.dtype)


def _left_behind(look):
    """From look to look more entries are moved, in their order."""
    counts = [np.count_nonzero(move) for move in look.moves]
    in_order = all(move.ravel()[:count].all() for move, count in zip(look.moves, counts))
    return in_order and counts == sorted(counts) and {1, look.w.size} <= set(counts)


@_seen(_left_behind)
def w_not_put_back(f, w):
    """An entry that was nudged stays where it is, so the next one is looked at from another place. Where entries matter
    to each other, as in w₀ · w₁, the slope is that of the wrong place. Put each entry back before you go on."""
    return _nudged_in_place(f, w.astype(float), lambda kept, now: now)


def _together(look):
    offsets = [point - look.w for point in look.points]
    return bool(look.moves) and all(np.ptp(offset) <= 1e-3 * np.abs(offset).max() for offset in offsets)


@_seen(_together)
def all_entries_at_once(f, w):
    """You move all entries of w together, and learn how f changes in that one direction: a single number, the sum of
    all slopes. Each entry needs a nudge of its own while the others are held."""
    return (f(w + 1e-5) - f(w - 1e-5)) / 2e-5


def _whole_rows(look):
    if look.w.ndim == 1:
        return look.one_at_a_time and look.gave(look.central)
    rows = [move.reshape(len(move), -1) != 0 for move in look.moves]
    return bool(rows) and all(row.any(axis=1).sum() == 1 and (row.all(axis=1) == row.any(axis=1)).all() for row in rows)


def vectors_only(f, w):
    """A vector works. With more axes, `len(w)` counts the rows, and w has more entries than that. `np.ndindex(w.shape)`
    counts through all of them, however many axes there are, and a nudge has the shape of w."""
    return np.array([(f(w + nudge) - f(w - nudge)) / 2e-5 for nudge in 1e-5 * np.eye(len(w))])


@_seen(_whole_rows)
def whole_rows_at_once(f, w):
    """A vector works. With more axes, w[i] is a whole row, and you move all of its entries together. Every single entry
    needs its own nudge: `np.ndindex(w.shape)` counts through all of them, however many axes there are."""
    gradient = np.zeros(w.shape)
    for i in range(len(w)):
        nudge = np.zeros(w.shape)
        nudge[i] = 1e-5
        gradient[i] = (f(w + nudge) - f(w - nudge)) / 2e-5
    return gradient


def _called_with_a_part(trial):
    look = _Look(trial)
    return bool(look.strange) and not look.points and all(len(shape) < look.w.ndim for shape in look.strange)


@known_by(_called_with_a_part)
def f_of_a_part_of_w(f, w):
    """You called f with a part of w, such as a single entry. But f is a function of the whole of w: hand over all of
    it, with one entry moved."""
    return np.array([(f(entry + 1e-5) - f(entry - 1e-5)) / 2e-5 for entry in w])


@_seen(lambda look: bool(look.moves) and look.one_at_a_time and all(move.ravel()[0] for move in look.moves))
def stopped_after_the_first_entry(f, w):
    """Only the first entry of w was ever moved. Does the loop end too early, with a `return` inside it perhaps?"""
    gradient = np.zeros(w.shape)
    for i, nudge in _nudges(w):
        gradient[i] = (f(w + nudge) - f(w - nudge)) / 2e-5
        return gradient


def _dust_left(look):
    dust = look.w_changed or look.whole or not look.w.any()
    return dust and look.one_at_a_time and look.gave(look.central) and 1e-9 < look.largest_step < 5e-3


@_seen(_dust_left)
def put_back_by_arithmetic(f, w):
    """Your slopes are right, but w is not quite what it was: (w + h) − 2h + h can differ from w in the last digit,
    because every step rounds. Keep the old value and write that back, or nudge a copy."""
    return nudged_in_the_w_of_the_caller(f, np.asarray(w, dtype=float))  # whole numbers are copied, floats are not


@_seen(lambda look: look.gave(look.central) and look.largest_step >= 5e-3)
def h_too_large(f, w):
    """You look too far away: with so large an h, f has room to curve. Lesson 3a measured which h is best; around
    1e-5 both errors are small."""
    return numerical_gradient(f, w, h=0.01)


@_seen(lambda look: bool(look.points) and not look.moves and not look.got.any())
def no_nudge_arrives(f, w):
    """f is asked at w itself each time, so nothing moves and there is no slope. Are both nudges made in one array,
    where the second undoes the first? (A second name is no copy: `a = b = …` is one array.) Or is h so small that
    w + h is w again?"""
    return numerical_gradient(f, w, h=1e-20)


@_seen(lambda look: bool(look.moves) and look.one_at_a_time and look.largest_step <= 1e-9)
def h_too_small(f, w):
    """Your h is so small that rounding takes over: f(w + h) and f(w − h) agree in almost all of their sixteen digits,
    and the rest is noise. Lesson 3a measured which h is best; around 1e-5 both errors are small."""
    return numerical_gradient(f, w, h=1e-12)


def _shares(look):
    if not look.w.any():
        return not look.moves and bool(look.points)
    share = look.up / np.abs(look.w)
    same = np.isclose(share, share.flat[0], rtol=1e-3, atol=1e-12).all()
    return same and look.both_sides and look.one_at_a_time


@_seen(_shares)
def h_as_a_share_of_w(f, w):
    """Your h is a share of w itself. Where an entry of w is 0, h is 0 too, and 0/0 is nan. A fixed h has no such hole,
    nor has one that never gets to 0."""
    return _one_by_one(w, lambda i, nudge: (f(w + nudge * w) - f(w - nudge * w)) / (2e-5 * w[i]))


@_seen(lambda look: look.one_at_a_time and look.gave(look.central.ravel()))
def flattened(f, w):
    """The slopes are right, but they come in one long row. Give them the shape of w, so that each slope is where its
    entry is."""
    return numerical_gradient(f, w).ravel()
