"""Wrong answers to 4c."""

import math


def _play(tape, inputs, only_records=False, **changed):
    ops = {
        "add": lambda a, b: a + b,
        "mul": lambda a, b: a * b,
        "neg": lambda a, b: -a,
        "exp": lambda a, b: math.exp(a),
        "tanh": lambda a, b: math.tanh(a),
    } | changed
    values = list(inputs)
    for op, i, j in tape:
        values.append(ops[op](values[i], None if j is None else values[j]))
    return values[len(inputs) :] if only_records else values


def _records_only(tape, inputs):
    """The inputs are missing in the result."""
    return _play(tape, inputs, only_records=True)


def _last_value(tape, inputs):
    """The last value only."""
    return _play(tape, inputs)[-1]


def _into_the_inputs(tape, inputs):
    """Appends to the caller's list."""
    for op, i, j in tape:
        inputs.append(_play([(op, i, j)], inputs)[-1])
    return inputs


def _if_j(tape, inputs):
    """if j: 0 counts as none."""
    values = list(inputs)
    for op, i, j in tape:
        b = values[j] if j else 0.0
        values.append(_play([(op, 0, 1 if j is not None else None)], [values[i], b])[-1])
    return values


def _neg_forgotten(tape, inputs):
    """neg passes on."""
    return _play(tape, inputs, neg=lambda a, b: a)


def _places_among_inputs(tape, inputs):
    """i and j looked up among the inputs only."""
    return list(inputs) + [_play([record], inputs)[-1] for record in tape]


def _i_twice(tape, inputs):
    """mul squares: i for j."""
    return _play(tape, inputs, mul=lambda a, b: a * a)


def _no_tanh(tape, inputs):
    """tanh not done yet."""
    return _play(tape, inputs, tanh=lambda a, b: a)


def _sigmoid_for_tanh(tape, inputs):
    """σ for tanh."""
    return _play(tape, inputs, tanh=lambda a, b: 1 / (1 + math.exp(-a)))


def _power_for_exp(tape, inputs):
    """2 to the power."""
    return _play(tape, inputs, exp=lambda a, b: 2.0**a)


def _minus_for_neg(tape, inputs):
    """1 − v for −v."""
    return _play(tape, inputs, neg=lambda a, b: 1 - a)


def _as_text(tape, inputs):
    """An array of texts."""
    return [str(value) for value in _play(tape, inputs)]


def _return_in_the_loop(tape, inputs):
    """The return stands in the loop."""
    values = list(inputs)
    for record in tape:
        values.append(_play([record], values)[-1])
        return values


def _always_two_operands(tape, inputs):
    """values[j] for None, too."""
    values = list(inputs)
    for op, i, j in tape:
        a, b = values[i], values[j]
        values.append(_play([(op, 0, 1)], [a, b])[-1])
    return values


def _three_inputs(tape, inputs):
    """The first record's value at place 3."""
    values = list(inputs[:3])
    for record in tape:
        values.append(_play([record], values)[-1])
    return values


def _records_only_no_neg(tape, inputs):
    """Two slips: without the inputs, and neg forgotten."""
    return _play(tape, inputs, only_records=True, neg=lambda a, b: a)


def _back(tape, values, set_not_add=False, start=1.0, forward=False, seed_all=False, offset=0, **changed):
    slopes = {
        "add": lambda a, b, out: (1.0, 1.0),
        "mul": lambda a, b, out: (b, a),
        "neg": lambda a, b, out: (-1.0,),
        "exp": lambda a, b, out: (out,),
        "tanh": lambda a, b, out: (1 - out**2,),
    } | changed
    grads = [1.0 if seed_all else 0.0] * len(values)
    if values:
        grads[-1] = start
    first = len(values) - len(tape) + offset
    order = range(len(tape)) if forward else reversed(range(len(tape)))
    for k in order:
        op, i, j = tape[k]
        out = first + k
        local = slopes[op](values[i], None if j is None else values[j], values[out])
        for place, slope in zip((i, j), local):
            if set_not_add:
                grads[place] = slope * grads[out]
            else:
                grads[place] += slope * grads[out]
    return grads


def _overwrites(tape, values):
    """= for +=."""
    return _back(tape, values, set_not_add=True)


def _from_the_front(tape, values):
    """Plays forwards."""
    return _back(tape, values, forward=True)


def _starts_with_the_value(tape, values):
    """Begins with the last value instead of 1."""
    return _back(tape, values, start=values[-1])


def _starts_with_zero(tape, values):
    """Begins with 0 everywhere."""
    return _back(tape, values, start=0.0)


def _all_ones(tape, values):
    """Begins with 1 everywhere."""
    return _back(tape, values, seed_all=True)


def _not_swapped(tape, values):
    """mul: each its own value."""
    return _back(tape, values, mul=lambda a, b, out: (a, b))


def _add_splits(tape, values):
    """add shares: ½ each."""
    return _back(tape, values, add=lambda a, b, out: (0.5, 0.5))


def _neg_passes(tape, values):
    """neg: 1."""
    return _back(tape, values, neg=lambda a, b, out: (1.0,))


def _exp_of_value(tape, values):
    """exp: the value that went in."""
    return _back(tape, values, exp=lambda a, b, out: (a,))


def _exp_twice(tape, values):
    """exp of what came out."""
    return _back(tape, values, exp=lambda a, b, out: (math.exp(min(out, 50)),))


def _tanh_of_input(tape, values):
    """1 − z²."""
    return _back(tape, values, tanh=lambda a, b, out: (1 - a**2,))


def _tanh_as_sigmoid(tape, values):
    """a (1 − a)."""
    return _back(tape, values, tanh=lambda a, b, out: (out * (1 - out),))


def _second_operand_forgotten(tape, values):
    """Only i gets its share."""
    return _back(tape, values, add=lambda a, b, out: (1.0,), mul=lambda a, b, out: (b,))


def _square_once(tape, values):
    """A value used twice by a record gets one share."""
    grads = [0.0] * len(values)
    grads[-1] = 1.0
    first = len(values) - len(tape)
    for k in reversed(range(len(tape))):
        op, i, j = tape[k]
        share = _back(
            [(op, 0, None if j is None else 1)], [values[i], 0.0 if j is None else values[j], values[first + k]]
        )
        grads[i] += share[0] * grads[first + k]
        if j is not None and j != i:
            grads[j] += share[1] * grads[first + k]
    return grads


def _inputs_only(tape, values):
    """Only the inputs' gradients."""
    return _back(tape, values)[: len(values) - len(tape)]


def _backwards_list(tape, values):
    """The list the other way round."""
    return _back(tape, values)[::-1]


def _into_the_values(tape, values):
    """Writes the gradients into values."""
    values[:] = _back(tape, list(values))
    return values


def _overwrites_not_swapped(tape, values):
    """Two slips: = for +=, and not swapped."""
    return _back(tape, values, set_not_add=True, mul=lambda a, b, out: (a, b))


def _wiggles_wide(tape, values):
    """Wiggles each input with h = 0.01; zeros for the rest."""
    first = len(values) - len(tape)
    grads = [0.0] * len(values)
    for k in range(first):
        up, down = list(values[:first]), list(values[:first])
        up[k] += 0.01
        down[k] -= 0.01
        grads[k] = (_play(tape, up)[-1] - _play(tape, down)[-1]) / 0.02
    grads[-1] = 1.0
    return grads


WRONG = {
    "tape_forward": [
        (_records_only, "the inputs left out"),
        (_last_value, "the last value only"),
        (_into_the_inputs, "the list of the caller grows"),
        (_if_j, "zero where j is 0"),
        (_neg_forgotten, "neg without a minus"),
        (_places_among_inputs, "i and j index the inputs"),
        _i_twice,
        _no_tanh,
        (_sigmoid_for_tanh, "σ for tanh"),
        (_power_for_exp, "a power of two"),
        _minus_for_neg,
        _as_text,
        _return_in_the_loop,
        (_always_two_operands, "two operands always"),
        _three_inputs,
        _records_only_no_neg,
    ],
    "tape_backward": [
        (_overwrites, "assigned not added"),
        (_from_the_front, "played forwards"),
        (_starts_with_the_value, "the end starts at its value"),
        (_starts_with_zero, "the end starts at 0"),
        (_all_ones, "all start at 1"),
        (_not_swapped, "factors of mul not swapped"),
        (_add_splits, "add splits"),
        (_neg_passes, "neg without a minus"),
        (_exp_of_value, "slope of exp from what went in"),
        (_exp_twice, "exp twice"),
        (_tanh_of_input, "slope of tanh from what went in"),
        (_tanh_as_sigmoid, "the slope of σ for tanh"),
        (_second_operand_forgotten, "the second operand gets nothing"),
        (_square_once, "one of two in x times x"),
        (_inputs_only, "gradients of the inputs only"),
        (_backwards_list, "from the end"),
        (_into_the_values, "written into values"),
        _overwrites_not_swapped,
        _wiggles_wide,
    ],
}
