"""Answers to 4c."""

import math

import numpy as np

FUNCTIONS = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "neg": lambda x: -x,
    "exp": np.exp,
    "tanh": np.tanh,
}


def _by_table(tape, inputs):
    values = list(inputs)
    for op, *sources in tape:
        values.append(FUNCTIONS[op](*(values[k] for k in sources if k is not None)))
    return values


def _recursive(tape, inputs):
    if not tape:
        return inputs[:]
    *before, (op, i, j) = tape
    values = _recursive(before, inputs)
    match op:
        case "add":
            return [*values, values[i] + values[j]]
        case "mul":
            return [*values, values[i] * values[j]]
        case "neg":
            return [*values, 0 - values[i]]
        case "exp":
            return [*values, math.e ** values[i]]
    return [*values, math.sinh(values[i]) / math.cosh(values[i])]


def _in_an_array(tape, inputs, dtype=float):
    values = np.zeros(len(inputs) + len(tape), dtype)
    values[: len(inputs)] = inputs
    for n, (op, i, j) in enumerate(tape, start=len(inputs)):
        x = values[i]
        y = values[j] if j is not None else 0.0
        values[n] = {"add": x + y, "mul": x * y, "neg": -x, "exp": np.exp(x), "tanh": np.tanh(x)}[op]
    return values


def _tanh_by_exp(tape, inputs):
    values = tuple(inputs)
    for op, i, j in tape:
        x = values[i]
        if op == "tanh":
            new = (math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x))
        elif op == "exp":
            new = math.exp(x)
        elif op == "neg":
            new = -x
        else:
            new = x + values[j] if op == "add" else x * values[j]
        values += (new,)
    return values


def _one_forward_play_each(tape, values):
    """Forward mode: the slope of every value along one of them, once for each."""
    count, first = len(values), len(values) - len(tape)
    result = []
    for k in range(count):
        slopes = [0.0] * count
        slopes[k] = 1.0
        for n, (op, i, j) in enumerate(tape, start=first):
            if n <= k:
                continue
            if op == "add":
                slopes[n] = slopes[i] + slopes[j]
            elif op == "mul":
                slopes[n] = slopes[i] * values[j] + values[i] * slopes[j]
            else:
                local = {"neg": -1, "exp": values[n], "tanh": 1 - values[n] ** 2}[op]
                slopes[n] = local * slopes[i]
        result.append(slopes[-1])
    return result


def _by_matrices(tape, values):
    """All local slopes in one strictly lower triangular matrix J; gradients are the last row of (1 − J)⁻¹."""
    count, first = len(values), len(values) - len(tape)
    J = np.zeros((count, count))
    for n, (op, i, j) in enumerate(tape, start=first):
        if op == "add":
            J[n, i] += 1
            J[n, j] += 1
        if op == "mul":
            J[n, i] += values[j]
            J[n, j] += values[i]
        if op == "neg":
            J[n, i] -= 1
        if op == "exp":
            J[n, i] += values[n]
        if op == "tanh":
            J[n, i] += 1 - values[n] * values[n]
    return np.linalg.inv(np.eye(count) - J)[-1]


def _sums_over_paths(tape, values):
    """Recursion from a value to all its uses."""
    first = len(values) - len(tape)
    known = {}

    def slope_along(n, k):
        op, i, j = tape[n - first]
        x = values[i]
        local = 0.0
        if op in ("add", "mul"):
            y = values[j]
            local += (1 if op == "add" else y) * (i == k) + (1 if op == "add" else x) * (j == k)
        elif i == k:
            local += {"neg": -1, "exp": math.exp(x), "tanh": 1 / math.cosh(x) ** 2}[op]
        return local

    def grad(k):
        if k not in known:
            uses = (n for n, (_, i, j) in enumerate(tape, start=first) if k in (i, j))
            known[k] = float(k == len(values) - 1) + sum(slope_along(n, k) * grad(n) for n in uses)
        return known[k]

    return tuple(grad(k) for k in range(len(values)))


def _popping(tape, values, dtype=float):
    grads = np.zeros(len(values), dtype)
    grads[-1] = 1
    tape, position = list(tape), len(values)
    while tape:
        op, i, j = tape.pop()
        position -= 1
        g, x, out = grads[position], values[i], values[position]
        if j is not None:
            y = values[j]
            np.add.at(grads, [i, j], [g, g] if op == "add" else [g * y, g * x])
        else:
            grads[i] += {"neg": -g, "exp": g * out, "tanh": g * (1 + out) * (1 - out)}[op]
    return grads.tolist()


RIGHT = {
    "tape_forward": [
        _by_table,
        _recursive,
        _in_an_array,
        _tanh_by_exp,
        lambda tape, inputs: [np.float64(value) for value in _by_table(tape, inputs)],
        lambda tape, inputs: _in_an_array(tape, inputs, np.float32),
    ],
    "tape_backward": [
        _one_forward_play_each,
        _by_matrices,
        _sums_over_paths,
        _popping,
        lambda tape, values: list(_by_matrices(list(tape), np.array(values))),
        lambda tape, values: _popping(tape, np.array(values, dtype=np.float32), np.float32),
    ],
}


def _forward(tape, inputs, rules):
    values = list(inputs)
    for op, i, j in tape:
        values.append((FUNCTIONS | rules)[op](*(values[k] for k in (i, j) if k is not None)))
    return values


def _backward(tape, values, mul=lambda x, y: (y, x), end=1.0, sign=1, tanh=lambda a: 1 - a * a):
    grads = [0.0] * (len(values) - 1) + [end]
    for n in reversed(range(len(tape))):
        op, i, j = tape[n]
        k = len(values) - len(tape) + n
        if op == "add":
            grads[i] += grads[k]
            grads[j] += sign * grads[k]
        elif op == "mul":
            by_x, by_y = mul(values[i], values[j])
            grads[i] += by_x * grads[k]
            grads[j] += by_y * grads[k]
        else:
            grads[i] += {"neg": -1, "exp": values[k], "tanh": tanh(values[k])}[op] * grads[k]
    return grads


def _sources_cleared(tape, values):
    """Each value's gradient is taken away when it is passed on."""
    grads = [0.0] * (len(values) - 1) + [1.0]
    for n in reversed(range(len(tape))):
        op, i, j = tape[n]
        k = len(values) - len(tape) + n
        g, grads[k] = grads[k], 0.0
        if op in ("add", "mul"):
            grads[i] += g if op == "add" else g * values[j]
            grads[j] += g if op == "add" else g * values[i]
        else:
            grads[i] += {"neg": -1, "exp": values[k], "tanh": 1 - values[k] ** 2}[op] * g
    return grads


def _assigned_for(op, operand):
    """`=` in place of `+=` for one operand of one operation."""

    def answer(tape, values):
        grads = [0.0] * (len(values) - 1) + [1.0]
        for k in range(len(tape)):
            name, *sources = tape[-1 - k]
            for place, source in enumerate(sources):
                if source is not None:
                    other = values[sources[1 - place]] if name == "mul" else 0
                    out = values[-1 - k]
                    slope = {"add": 1, "mul": other, "neg": -1, "exp": out, "tanh": 1 - out**2}[name]
                    if (name, place) == (op, operand):
                        grads[source] = 0.0
                    grads[source] += slope * grads[-1 - k]
        return grads

    return answer


def _second_value(tape, inputs, second):
    """`_by_table` with second(values, i, j) for the second value."""
    values = list(inputs)
    for op, i, j in tape:
        x, y = values[i], second(values, i, j)
        values.append(FUNCTIONS[op](x, y) if op in ("add", "mul") else FUNCTIONS[op](x))
    return values


def _second_value_of_before(tape, inputs):
    v = list(inputs)
    for op, i, j in tape:
        a = v[i]
        if j:
            b = v[j]
        if op == "add":
            v.append(a + b)
        elif op == "mul":
            v.append(a * b)
        else:
            v.append(FUNCTIONS[op](a))
    return v


def _from_the_inputs(name, operand):
    """One operand of one operation is looked up among the inputs, and not among all values."""

    def answer(tape, inputs):
        values = list(inputs)
        for op, *sources in tape:
            lists = [inputs if (op, place) == (name, operand) else values for place in (0, 1)]
            values.append(FUNCTIONS[op](*(of[k] for of, k in zip(lists, sources) if k is not None)))
        return values

    return answer


def _neg_to_the_place_in_the_tape(tape, values):
    grads = [0.0] * (len(values) - 1) + [1.0]
    for n in reversed(range(len(tape))):
        op, i, j = tape[n]
        k = len(values) - len(tape) + n
        if op in ("add", "mul"):
            grads[i] += grads[k] * (values[j] if op == "mul" else 1)
            grads[j] += grads[k] * (values[i] if op == "mul" else 1)
        elif op == "neg":
            grads[n] -= grads[k]
        else:
            grads[i] += grads[k] * (values[k] if op == "exp" else 1 - values[k] ** 2)
    return grads


WRONG = {
    "tape_forward": [
        (_second_value_of_before, "j 0 taken for none"),
        (lambda tape, inputs: _second_value(tape, inputs, lambda v, i, j: v[j or i]), "j 0 taken for none"),
        (lambda tape, inputs: _second_value(tape, inputs, lambda v, i, j: v[j] if j else 1), "j 0 taken for none"),
        (lambda tape, inputs: _second_value(tape, inputs, lambda v, i, j: j and v[j]), "zero where j is 0"),
        lambda tape, inputs: _forward(tape, inputs, {"add": lambda x, y: x - y}),
        lambda tape, inputs: _forward(tape, inputs, {"mul": lambda x, y: x / y}),
        lambda tape, inputs: _forward(tape, inputs, {"mul": lambda x, y: x**2}),
        lambda tape, inputs: _forward(tape, inputs, {"exp": np.expm1}),
        lambda tape, inputs: _forward(tape, inputs, {"exp": lambda x: 10**x}),
        lambda tape, inputs: _forward(tape, inputs, {"tanh": np.sinh}),
        lambda tape, inputs: _forward(tape, inputs, {"tanh": lambda x: np.tanh(x / 2)}),
        lambda tape, inputs: _forward(tape, inputs, {"exp": lambda x: 1 + x + x**2 / 2}),
        lambda tape, inputs: _forward(tape[::-1], inputs, {}),
        lambda tape, inputs: [round(value, 2) for value in _forward(tape, inputs, {})],
        lambda tape, inputs: [*_forward(tape, inputs, {}), 0.0],
        lambda tape, inputs: _forward(tape, inputs, {})[::-1],
        lambda tape, inputs: dict(enumerate(_forward(tape, inputs, {}))),
        lambda tape, inputs: _forward(tape, [*inputs, 0.0], {}),
        lambda tape, inputs: [_forward(tape, inputs, {})],
        lambda tape, inputs: _forward([entry for entry in tape if entry[0] != "neg"], inputs, {}),
        lambda tape, inputs: [inputs, _forward(tape, inputs, {})[len(inputs) :]],
        *(_from_the_inputs(op, place) for op in ("add", "mul") for place in (0, 1)),
        *(_from_the_inputs(op, 0) for op in ("neg", "exp", "tanh")),
    ],
    "tape_backward": [
        lambda tape, values: _backward(tape, values, mul=lambda x, y: (x * y / x, x * y / y)),
        lambda tape, values: _backward(tape, values, mul=lambda x, y: (y, y)),
        lambda tape, values: _backward(tape, values, mul=lambda x, y: (x * y, x * y)),
        lambda tape, values: _backward(tape, values, mul=lambda x, y: (y, 0)),
        lambda tape, values: _backward(tape, values, end=2.0),
        lambda tape, values: _backward(tape, values, end=-1.0),
        lambda tape, values: _backward(tape, values, sign=-1),
        lambda tape, values: _backward(tape, values, tanh=lambda a: 1 + a * a),
        lambda tape, values: _backward(tape, values, tanh=lambda a: 1 - abs(a)),
        lambda tape, values: _backward(tape, values, tanh=lambda a: (1 - a) ** 2),
        _sources_cleared,
        _neg_to_the_place_in_the_tape,
        *(_assigned_for(op, place) for op in ("add", "mul") for place in (0, 1)),
        *(_assigned_for(op, 0) for op in ("neg", "exp", "tanh")),
        lambda tape, values: _backward(tape[:-1], values[:-1]) + [1.0],
        lambda tape, values: [abs(grad) for grad in _backward(tape, values)],
        lambda tape, values: [round(grad, 3) for grad in _backward(tape, values)],
        lambda tape, values: _backward(tape, values)[len(values) - len(tape) :],
        lambda tape, values: dict(enumerate(_backward(tape, values))),
        lambda tape, values: max(_backward(tape, values)),
        lambda tape, values: [grad * value for grad, value in zip(_backward(tape, values), values)],
        lambda tape, values: [grad if grad else 1e-9 for grad in _backward(tape, values)],
    ],
}
