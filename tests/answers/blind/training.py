"""Wrong answers to 3e."""

import numpy as np


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _network(X, params):
    for W, b in params[:-1]:
        X = _sigmoid(X @ W.T + b)
    Z = X @ params[-1][0].T + params[-1][1]
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _backprop(X, T, params):
    A = [X]
    for W, b in params[:-1]:
        A.append(_sigmoid(A[-1] @ W.T + b))
    delta, grads = _network(X, params) - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * A[l] * (1 - A[l])
    return grads


def _not_shuffled(n, size, rng):
    """In order."""
    return [np.arange(start, min(start + size, n)) for start in range(0, n, size)]


def _batches_shuffled(n, size, rng):
    """The order of the batches is shuffled, what is in them is not."""
    batches = [np.arange(start, min(start + size, n)) for start in range(0, n, size)]
    rng.shuffle(batches) if len({len(b) for b in batches}) == 1 else None
    return batches


def _inside_shuffled(n, size, rng):
    """Shuffles inside each batch only."""
    return [rng.permutation(np.arange(start, min(start + size, n))) for start in range(0, n, size)]


def _with_replacement(n, size, rng):
    """rng.integers."""
    return [rng.integers(0, n, min(size, n - start)) for start in range(0, n, size)]


def _each_batch_alone(n, size, rng):
    """Every batch drawn without replacement, but from all indices."""
    return [rng.permutation(n)[: min(size, n - start)] for start in range(0, n, size)]


def _short_batch_dropped(n, size, rng):
    """No short last batch."""
    order = rng.permutation(n)
    return [order[k * size : (k + 1) * size] for k in range(n // size)]


def _empty_batch(n, size, rng):
    """One batch too many: empty where it comes out even."""
    order = rng.permutation(n)
    return [order[k * size : (k + 1) * size] for k in range(n // size + 1)]


def _split_evenly(n, size, rng):
    """np.array_split: batches of nearly equal sizes."""
    return np.array_split(rng.permutation(n), -(-n // size))


def _filled_up(n, size, rng):
    """The last batch filled up from the front."""
    order = rng.permutation(n)
    order = np.concatenate([order, order[: -n % size]])
    return [order[k : k + size] for k in range(0, len(order), size)]


def _own_generator(n, size, rng):
    """A generator of its own, without a seed."""
    order = np.random.default_rng().permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def _fixed_seed(n, size, rng):
    """A generator of its own with seed 0."""
    order = np.random.default_rng(0).permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def _from_one(n, size, rng):
    """1 … n."""
    order = rng.permutation(n) + 1
    return [order[k : k + size] for k in range(0, n, size)]


def _size_is_number(n, size, rng):
    """Takes size for the number of batches."""
    return np.array_split(rng.permutation(n), min(size, n))


def _first_batch(n, size, rng):
    """One batch only."""
    return [rng.permutation(n)[:size]]


def _shuffle_returns_none(n, size, rng):
    """order = rng.shuffle(…) is None."""
    order = np.arange(n)
    order = rng.shuffle(order)
    return [order[k : k + size] for k in range(0, n, size)]


def _step_by_size(n, size, rng):
    """Every size-th index: order[k::size], batches across."""
    order = rng.permutation(n)
    return [order[k::size] for k in range(size)]


def _count(Y, labels):
    """How many, not which share."""
    return int((Y.argmax(axis=1) == labels).sum())


def _percent(Y, labels):
    """Per cent."""
    return 100 * (Y.argmax(axis=1) == labels).mean()


def _error_rate(Y, labels):
    """The share of wrong ones."""
    return (Y.argmax(axis=1) != labels).mean()


def _axis_zero(Y, labels):
    """argmax down the columns."""
    predicted = Y.argmax(axis=0)
    return np.mean([predicted[k % len(predicted)] == label for k, label in enumerate(labels)])


def _all_pairs(Y, labels):
    """Compares every answer with every label."""
    return (Y.argmax(axis=1)[:, None] == labels).mean()


def _mean_probability(Y, labels):
    """The mean probability of the label."""
    return Y[np.arange(len(labels)), labels].mean()


def _above_half(Y, labels):
    """Right only above one half."""
    return (Y[np.arange(len(labels)), labels] > 0.5).mean()


def _ties_count(Y, labels):
    """Of equal ones any counts."""
    return (Y[np.arange(len(labels)), labels] >= Y.max(axis=1)).mean()


def _last_of_ties(Y, labels):
    """Of equal ones the last."""
    return (Y.shape[1] - 1 - Y[:, ::-1].argmax(axis=1) == labels).mean()


def _each(Y, labels):
    """True or False for each."""
    return Y.argmax(axis=1) == labels


def _divided_by_classes(Y, labels):
    """Divided by K."""
    return (Y.argmax(axis=1) == labels).sum() / Y.shape[1]


def _whole_table(Y, labels):
    """One argmax for the whole table."""
    return float(np.mean(Y.argmax() == labels))


def _rounded(Y, labels):
    """Rounded to two digits."""
    return round(float((Y.argmax(axis=1) == labels).mean()), 2)


def _largest_value(Y, labels):
    """Compares the largest output with the label."""
    return (Y.max(axis=1) == labels).mean()


def _is_for_equal(Y, labels):
    """`is` for `==`: never the same thing."""
    return float(np.mean(Y.argmax(axis=1) is labels))


def _text(Y, labels):
    """A text with a per cent sign."""
    return f"{(Y.argmax(axis=1) == labels).mean():.0%}"


def _percent_of_wrong(Y, labels):
    """Two slips: per cent, of the wrong ones."""
    return 100 * (Y.argmax(axis=1) != labels).mean()


def _train(X, T, sizes, rng, epochs=8, rate=2.0, scale=1.0, shuffled=True, sign=1, keep=True, gradient=_backprop):
    params = [(rng.normal(0, scale / m**0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]
    for _ in range(epochs):
        order = rng.permutation(len(X)) if shuffled else np.arange(len(X))
        for k in range(0, len(X), 32):
            batch = order[k : k + 32]
            grads = gradient(X[batch], T[batch], params)
            step = sign * rate / len(batch)
            new = [(W - step * dW, b - step * db) for (W, b), (dW, db) in zip(params, grads)]
            params = new if keep else params
    return params


def _zero_weights(X, T, sizes, rng):
    """Begins with all weights 0."""
    return _train(X, T, sizes, rng, scale=0.0)


def _random_only(X, T, sizes, rng):
    """Returns the first weights."""
    return _train(X, T, sizes, rng, epochs=0)


def _not_kept(X, T, sizes, rng):
    """The new parameters are not kept."""
    return _train(X, T, sizes, rng, epochs=1, keep=False)


def _uphill(X, T, sizes, rng):
    """Uphill."""
    return _train(X, T, sizes, rng, epochs=2, sign=-1)


def _tiny_rate(X, T, sizes, rng):
    """A rate of 0.001."""
    return _train(X, T, sizes, rng, rate=0.001)


def _in_order(X, T, sizes, rng):
    """Never shuffles."""
    return _train(X, T, sizes, rng, shuffled=False)


def _huge_weights(X, T, sizes, rng):
    """W of spread 30: every neuron is stuck."""
    return _train(X, T, sizes, rng, scale=240.0, epochs=4)


def _targets_shuffled_apart(X, T, sizes, rng):
    """Shuffles X and T each on its own."""
    return _train(X, T[rng.permutation(len(T))], sizes, rng, epochs=4)


def _turned(X, T, sizes, rng):
    """W as (in, out)."""
    return [(W.T, b) for W, b in _train(X, T, sizes, rng, epochs=1)]


def _no_hidden_layer(X, T, sizes, rng):
    """One layer, whatever sizes says."""
    return _train(X, T, [sizes[0], sizes[-1]], rng, epochs=4)


def _one_step(X, T, sizes, rng):
    """One step with all data."""
    params = _train(X, T, sizes, rng, epochs=0)
    return [(W - 0.5 / len(X) * dW, b - 0.5 / len(X) * db) for (W, b), (dW, db) in zip(params, _backprop(X, T, params))]


def _return_in_the_epoch(X, T, sizes, rng):
    """The return stands in the inner loop."""
    params = _train(X, T, sizes, rng, epochs=0)
    batch = rng.permutation(len(X))[:32]
    return [
        (W - 2 / 32 * dW, b - 2 / 32 * db) for (W, b), (dW, db) in zip(params, _backprop(X[batch], T[batch], params))
    ]


def _losses(X, T, sizes, rng):
    """Returns the history of the loss."""
    params = _train(X, T, sizes, rng, epochs=1)
    return [float(-np.log((_network(X, params) * T).sum(axis=1)).mean())]


def _predictions(X, T, sizes, rng):
    """Returns what the network says."""
    return _network(X, _train(X, T, sizes, rng, epochs=1))


WRONG = {
    "minibatches": [
        (_not_shuffled, "not shuffled"),
        (_batches_shuffled, "only the batches shuffled"),
        (_inside_shuffled, "shuffled inside of the batches only"),
        (_with_replacement, "drawn anew for each batch"),
        (_each_batch_alone, "drawn anew for each batch"),
        (_short_batch_dropped, "the short last batch dropped"),
        (_empty_batch, "an empty batch at the end"),
        (_split_evenly, "equal parts"),
        _filled_up,
        _own_generator,
        _fixed_seed,
        (_from_one, "counted from 1"),
        _size_is_number,
        (_first_batch, "the first batch only"),
        _shuffle_returns_none,
        (_step_by_size, "`size` batches"),
    ],
    "accuracy": [
        (_count, "a count"),
        (_percent, "per cent"),
        (_error_rate, "the share of the wrong ones"),
        _axis_zero,
        (_all_pairs, "every answer against every label"),
        (_mean_probability, "the mean probability of the label"),
        (_above_half, "above one half"),
        (_ties_count, "ties: always right"),
        (_last_of_ties, "ties: the highest class"),
        (_each, "one value for each example"),
        (_divided_by_classes, "divided by the number of classes"),
        (_whole_table, "argmax over everything"),
        (_rounded, "rounded"),
        (_largest_value, "the largest output, not its place"),
        _is_for_equal,
        _text,
        _percent_of_wrong,
    ],
    "train": [
        (_zero_weights, "all neurons of a layer alike"),
        (_random_only, "no step arrived"),
        (_not_kept, "no step arrived"),
        (_uphill, "blown up"),
        (_tiny_rate, "how frequent the digits are"),
        (_in_order, "never shuffled"),
        (_huge_weights, "not yet finished"),
        (_targets_shuffled_apart, "how frequent the digits are"),
        (_turned, "W as (in, out)"),
        (_no_hidden_layer, "other sizes than asked"),
        (_one_step, "how frequent the digits are"),
        (_return_in_the_epoch, "how frequent the digits are"),
        _losses,
        _predictions,
    ],
}
