"""What learners get wrong in `tape_forward(tape, inputs)`: the inputs, then one value for each entry (op, i, j)."""

import math
from functools import partial

from threesteps.mistakes import also
from threesteps.network import sigmoid
from threesteps.tasks.autograd import BINARY, tape_forward

_OPERATIONS = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "neg": lambda x, _: -x,
    "exp": lambda x, _: math.exp(x),
    "tanh": lambda x, _: math.tanh(x),
}


def _value(entry, values, **other_operations):
    op, i, j = entry
    return (_OPERATIONS | other_operations)[op](values[i], None if j is None else values[j])


def _forward(tape, inputs, **other_operations):
    values = list(inputs)
    for entry in tape:
        values.append(_value(entry, values, **other_operations))
    return values


def _forward_with_j_0_as(number, tape, inputs):
    values = list(inputs)
    for op, i, j in tape:
        values.append(_OPERATIONS[op](values[i], values[j] if j else number))
    return values


def the_inputs_left_out(tape, inputs):
    """You return what the operations gave, without the inputs. The list begins with the inputs: i and j count from
    there."""
    return tape_forward(tape, inputs)[len(inputs) :]


def the_last_value_only(tape, inputs):
    """You return the result alone. Playing the tape back needs every value on the way, so return the whole list."""
    return tape_forward(tape, inputs)[-1]


def i_and_j_index_the_inputs(tape, inputs):
    """It works as long as the operations use nothing but inputs. i and j index the *growing* list: an operation may use
    what an earlier one gave."""
    return [*inputs, *(_value(entry, inputs) for entry in tape)]


def i_and_j_count_from_the_start_of_the_tape(tape, inputs):
    """You count i and j from behind the inputs, as if 0 were the first operation's result. 0 is the first *input*."""
    values = list(inputs)
    for entry in tape:
        values.append(_value(entry, values[len(inputs) :]))
    return values


def results_written_over_the_inputs(tape, inputs):
    """Your results go into the list from its beginning, over inputs that are still needed. Results come after the
    inputs: let the list grow."""
    values = list(inputs)
    for k, entry in enumerate(tape):
        values[k] = _value(entry, values)
    return values


def the_list_of_the_caller_grows(tape, inputs):
    """The values are right, but you appended them to the caller's own list of inputs: the next call starts with too
    many. Make a new list first."""
    for entry in tape:
        inputs.append(_value(entry, inputs))
    return inputs


def the_newest_value_in_place_of_entry_i(tape, inputs):
    """You always work on the newest value. i says which value is meant, and that may be any earlier one."""
    values = list(inputs)
    for op, _, j in tape:
        values.append(_value((op, -1, j), values))
    return values


def the_first_operation_only(tape, inputs):
    """The list ends after one operation. Is there a `return` inside the loop? It ends the loop in its first round."""
    return tape_forward(tape[:1], inputs)


def two_operands_always(tape, inputs):
    """It raises a TypeError wherever j is None: an operation with one operand has no second value to look up."""
    values = list(inputs)
    for op, i, j in tape:
        values.append(_OPERATIONS[op](values[i], values[j]))
    return values


def _the_second_value_of_before(tape, inputs):
    values = list(inputs)
    for op, i, j in tape:
        if j:
            y = values[j]
        values.append(_OPERATIONS[op](values[i], y if op in BINARY else None))
    return values


@also(
    _the_second_value_of_before,
    lambda tape, inputs: _forward([(op, i, j or i) for op, i, j in tape], inputs),
    *(partial(_forward_with_j_0_as, number) for number in (1.0, -1.0)),
)
def j_0_taken_for_none(tape, inputs):
    """It goes wrong where j is 0: it raises an error, or takes another value. In a condition 0 counts as False, just
    like None; but 0 is the first input. Ask for None itself."""
    values = list(inputs)
    for op, i, j in tape:
        values.append(_OPERATIONS[op](values[i], values[j] if j else None))
    return values


def zero_where_j_is_0(tape, inputs):
    """It computes with the number 0 where j is 0. In a condition 0 counts as False, just like None; but 0 is the first
    input, and its value is wanted. Ask for None itself."""
    return _forward_with_j_0_as(0.0, tape, inputs)


def neg_without_a_minus(tape, inputs):
    """Your `neg` gives back what it got. It changes the sign: −x."""
    return _forward(tape, inputs, neg=lambda x, _: x)


def neg_as_minus_the_absolute_value(tape, inputs):
    """Your `neg` gives −|x|, which is never positive. It changes the sign, so that −0.5 becomes 0.5."""
    return _forward(tape, inputs, neg=lambda x, _: -abs(x))


def reciprocal_for_neg(tape, inputs):
    """Your `neg` gives 1/x. It stands for the minus sign in front of a value: −x."""
    return _forward(tape, inputs, neg=lambda x, _: 1 / x)


def mul_adds(tape, inputs):
    """Your `mul` adds its two values; it should multiply them."""
    return _forward(tape, inputs, mul=lambda x, y: x + y)


def add_multiplies(tape, inputs):
    """Your `add` multiplies its two values; it should add them."""
    return _forward(tape, inputs, add=lambda x, y: x * y)


def σ_for_tanh(tape, inputs):
    """Your `tanh` gives σ, which runs from 0 to 1. tanh runs from −1 to 1; the math module and NumPy have it."""
    return _forward(tape, inputs, tanh=lambda x, _: float(sigmoid(x)))


def tan_for_tanh(tape, inputs):
    """Your `tanh` gives the tangent, tan. The hyperbolic tangent is another function, with an h in its name."""
    return _forward(tape, inputs, tanh=lambda x, _: math.tan(x))


def minus_x_in_the_exponent(tape, inputs):
    """Your `exp` gives e⁻ˣ. It is eˣ; where a minus is wanted, the tape has a `neg` of its own."""
    return _forward(tape, inputs, exp=lambda x, _: math.exp(-x))


def a_power_of_two(tape, inputs):
    """Your `exp` gives 2ˣ. It is the natural exponential function, eˣ."""
    return _forward(tape, inputs, exp=lambda x, _: 2**x)
