"""What learners get wrong in `tape_backward(tape, values)`, the gradient of the last value with respect to each."""

import math

import numpy as np

from threesteps.mistakes import fresh, known_by
from threesteps.task import as_numbers
from threesteps.tasks.autograd import tape_backward

# How far the result moves for each unit that x moves, and y: what came out helps to say it.
_SLOPES = {
    "add": lambda x, y, out: (1, 1),
    "mul": lambda x, y, out: (y, x),
    "neg": lambda x, y, out: (-1,),
    "exp": lambda x, y, out: (out,),
    "tanh": lambda x, y, out: (1 - out**2,),
}


def _ways(tape, values, first=None, **other_slopes):
    """(result, source, slope) for each way back, from the end of the tape; first: where the first result stands."""
    first = len(values) - len(tape) if first is None else first
    for k in reversed(range(len(tape))):
        op, i, j = tape[k]
        slopes = (_SLOPES | other_slopes)[op](values[i], None if j is None else values[j], values[first + k])
        for source, slope in zip((i, j), slopes):
            yield first + k, source, slope


def _one_at_the_end(values):
    return [0.0] * (len(values) - 1) + [1.0]


def _added_up(grads, ways):
    for result, source, slope in ways:
        grads[source] += slope * grads[result]
    return grads


def _with(tape, values, **other_slopes):
    return _added_up(_one_at_the_end(values), _ways(tape, values, **other_slopes))


def assigned_not_added(tape, values):
    """Right where every value is used once. At a fork a value gets a share from each of its uses, and they add; in
    yours the share that comes last replaces the others."""
    grads = _one_at_the_end(values)
    for result, source, slope in _ways(tape, values):
        grads[source] = slope * grads[result]
    return grads


def the_first_share_only(tape, values):
    """Right where every value is used once. At a fork a value gets a share from each of its uses, and they add; in
    yours the share that comes first stays, and later ones are dropped."""
    grads = _one_at_the_end(values)
    for result, source, slope in _ways(tape, values):
        grads[source] = grads[source] or slope * grads[result]
    return grads


def one_of_two_in_x_times_x(tape, values):
    """Right except where one value is both operands, as in x · x: it gets a share through each of them, and yours gets
    only one."""
    once = {(result, source): slope for result, source, slope in _ways(tape, values)}
    return _added_up(_one_at_the_end(values), [(*way, slope) for way, slope in once.items()])


def factors_of_mul_not_swapped(tape, values):
    """In x · y the slope along x is y, and along y it is x. In yours each gets its own value."""
    return _with(tape, values, mul=lambda x, y, out: (x, y))


def mul_like_add(tape, values):
    """Your `mul` passes on its result's gradient as it is, which is what `add` does. Nudge x in x · y: the product
    moves y times as far."""
    return _with(tape, values, mul=lambda x, y, out: (1, 1))


def add_like_mul(tape, values):
    """Your `add` multiplies by the other value, which is what `mul` does. Nudge x in x + y: the sum moves just as
    far."""
    return _with(tape, values, add=lambda x, y, out: (y, x))


def add_splits(tape, values):
    """Your `add` hands half to each side. Nudge x in x + y: the sum moves just as far, so each side gets all of its
    result's gradient."""
    return _with(tape, values, add=lambda x, y, out: (0.5, 0.5))


def the_second_operand_gets_nothing(tape, values):
    """The second operand of `add` and `mul` gets no share, but the value that j stands for moves the result as well."""
    return _with(tape, values, add=lambda x, y, out: (1,), mul=lambda x, y, out: (y,))


def j_0_gets_nothing(tape, values):
    """It goes wrong where j is 0. In a condition 0 counts as False, just like None; but 0 is the first input."""
    grads = _one_at_the_end(values)
    for k in range(1, len(tape) + 1):
        op, i, j = tape[-k]
        slopes = _SLOPES[op](values[i], None if j is None else values[j], values[-k])
        grads[i] += slopes[0] * grads[-k]
        if j:
            grads[j] += slopes[1] * grads[-k]
    return grads


def played_forwards(tape, values):
    """You go through the tape from its beginning. A value can pass on only what it has: begin at the end, where the
    gradient is known."""
    return _added_up(_one_at_the_end(values), reversed(list(_ways(tape, values))))


def local_slopes_alone(tape, values):
    """You hand on the local slopes alone. Along a chain factors multiply: local slope × the result's own gradient."""
    grads = _one_at_the_end(values)
    for _, source, slope in _ways(tape, values):
        grads[source] += slope
    return grads


def all_start_at_1(tape, values):
    """All your gradients start at 1. Only the last value is known to move itself by 1; the others start at 0 and get
    what comes back."""
    return _added_up([1.0] * len(values), _ways(tape, values))


def the_end_starts_at_0(tape, values):
    """All your gradients are 0: what is handed on is a multiple of what the last value has, and that is 1, because it
    moves itself by 1."""
    return _added_up([0.0] * len(values), _ways(tape, values))


def the_end_starts_at_its_value(tape, values):
    """You start at the end with the result's *value*. How much does the result move when the result moves by 1? That is
    the number to start with."""
    return _added_up([0.0] * (len(values) - 1) + [values[-1]], _ways(tape, values))


def neg_without_a_minus(tape, values):
    """Your `neg` passes on its result's gradient with the same sign. Nudge x upwards in −x: the result goes down."""
    return _with(tape, values, neg=lambda x, y, out: (1,))


def slope_of_exp_from_what_went_in(tape, values):
    """Your `exp` uses the value that went in. The slope of eˣ is eˣ itself, the value that came out."""
    return _with(tape, values, exp=lambda x, y, out: (x,))


def exp_twice(tape, values):
    """Your `exp` takes the exponential of its result once more. The slope of eˣ is eˣ: the result as it stands."""
    return _with(tape, values, exp=lambda x, y, out: (math.exp(out),))


def slope_of_tanh_from_what_went_in(tape, values):
    """1 − (…)² is the right form for `tanh`, but yours squares the value that went *in*. It is the result that is
    squared."""
    return _with(tape, values, tanh=lambda x, y, out: (1 - x**2,))


def tanh_twice(tape, values):
    """Your `tanh` squares the tanh of the result, so tanh is applied twice. The value after the operation is tanh(x)
    already."""
    return _with(tape, values, tanh=lambda x, y, out: (1 - math.tanh(out) ** 2,))


def the_slope_of_σ_for_tanh(tape, values):
    """a(1 − a) is the slope of σ. That of tanh is another: it is 1 at 0."""
    return _with(tape, values, tanh=lambda x, y, out: (out * (1 - out),))


def one_minus_a_for_tanh(tape, values):
    """Your `tanh` uses 1 minus the result. Look at the slope of tanh once more: a power is missing."""
    return _with(tape, values, tanh=lambda x, y, out: (1 - out,))


def counted_without_the_inputs(tape, values):
    """You take entry k of the tape for value k. The inputs come before the results: the first operation's result is the
    first value *after* them."""
    return _added_up(_one_at_the_end(values), _ways(tape, values, first=0))


def gradients_of_the_inputs_only(tape, values):
    """The numbers are right, but you return those of the inputs only. The gradient with respect to *every* value is
    wanted, one for each entry of `values`."""
    return tape_backward(tape, values)[: len(values) - len(tape)]


def from_the_end(tape, values):
    """The numbers are right, but in the opposite order: yours begins with the last value. The order is that of
    `values`."""
    return tape_backward(tape, values)[::-1]


def _right_but_for_none(trial):
    value = trial.outcome.value
    if not isinstance(value, list) or trial.outcome.changed:
        return False
    got = as_numbers([0.0 if entry is None else entry for entry in value])
    wanted = np.array(tape_backward(*trial.arguments))
    return got is not None and got.shape == wanted.shape and np.allclose(got, wanted, rtol=1e-6, atol=1e-12)


@known_by(_right_but_for_none)
def None_for_what_is_unused(tape, values):
    """Your list holds None for what the result does not use. It doesn't move the result, so its gradient is a number:
    0."""
    return [grad or None for grad in tape_backward(tape, values)]


def written_into_values(tape, values):
    """The gradients are right, but you wrote them into the caller's own list of values. Make a list of your own."""
    values[:] = tape_backward(tape, values)
    return values


@fresh
def kept_between_calls():
    """The first call is right, and the next one begins with what the first left behind: the gradients are kept outside
    the function, or in a default argument. Start every call with zeros."""
    kept = {}

    def answer(tape, values):
        for k, grad in enumerate(tape_backward(tape, values)):
            kept[k] = kept.get(k, 0.0) + grad
        return [kept[k] for k in range(len(values))]

    return answer
