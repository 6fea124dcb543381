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
    return _train(X, T, sizes, rng, epochs=12, shuffled=False)


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


def _sigmoid_2(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)


def _softmax(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _network_2(X, params):
    for W, b in params[:-1]:
        X = _sigmoid_2(X @ W.T + b)
    W, b = params[-1]
    return _softmax(X @ W.T + b)


def _gradient(X, T, params):
    A = [X]
    for W, b in params[:-1]:
        A.append(_sigmoid_2(A[-1] @ W.T + b))
    delta, grads = _network_2(X, params) - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * A[l] * (1 - A[l])
    return grads


def _step(params, grads, rate):
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads)]


def _start(sizes, rng):
    return [(rng.normal(size=(o, i)) / np.sqrt(i), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]


def _batches(n, size, rng):
    order = rng.permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_in_order(n, size, rng):
    """Forgot to shuffle."""
    return [np.arange(n)[k : k + size] for k in range(0, n, size)]


def _cut_with_replacement(n, size, rng):
    """rng.integers: some indices come twice, others never."""
    order = rng.integers(0, n, n)
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_choice(n, size, rng):
    """rng.choice draws with replacement unless one says otherwise."""
    order = rng.choice(n, n)
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_each_drawn_anew(n, size, rng):
    """Each batch is drawn by itself from all: no index twice in a batch, but across batches."""
    return [rng.choice(n, min(size, n - k), replace=False) for k in range(0, n, size)]


def _cut_permutes_each_time(n, size, rng):
    """A new permutation for each batch, and its slice."""
    return [rng.permutation(n)[k : k + size] for k in range(0, n, size)]


def _cut_only_batches_shuffled(n, size, rng):
    """Cut in order, and shuffled the list of batches: neighbours stay together."""
    batches = [np.arange(k, min(k + size, n)) for k in range(0, n, size)]
    return [batches[k] for k in rng.permutation(len(batches))]


def _cut_only_inside(n, size, rng):
    """Shuffled inside each batch only."""
    return [rng.permutation(np.arange(k, min(k + size, n))) for k in range(0, n, size)]


def _cut_rotated(n, size, rng):
    """Began at a random place and went round: the order is still the old one."""
    order = np.roll(np.arange(n), rng.integers(n))
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_drops_the_last(n, size, rng):
    """n // size batches: a short last one is dropped."""
    order = rng.permutation(n)
    return [order[k * size : (k + 1) * size] for k in range(n // size)]


def _cut_one_too_many(n, size, rng):
    """n // size + 1 batches: an empty one at the end where it comes out even."""
    order = rng.permutation(n)
    return [order[k * size : (k + 1) * size] for k in range(n // size + 1)]


def _cut_size_is_number(n, size, rng):
    """Took `size` for the number of batches."""
    return np.array_split(rng.permutation(n), size)


def _cut_array_split(n, size, rng):
    """array_split makes batches of nearly equal sizes, not of `size`."""
    return np.array_split(rng.permutation(n), -(-n // size))


def _cut_split(n, size, rng):
    """np.split, which only comes out even."""
    return np.split(rng.permutation(n), n // size)


def _cut_reshape(n, size, rng):
    """reshape to (number, size): an error with a short last batch."""
    return list(rng.permutation(n).reshape(-1, size))


def _cut_table(n, size, rng):
    """A list in a list comprehension that pads the last batch with the first indices."""
    order = rng.permutation(n)
    return [np.take(order, range(k, k + size), mode="wrap") for k in range(0, n, size)]


def _cut_own_generator(n, size, rng):
    """Its own generator with a fixed seed: every epoch the same."""
    order = np.random.default_rng(0).permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_old_generator(n, size, rng):
    """np.random.permutation, the global generator."""
    order = np.random.permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_unseeded(n, size, rng):
    """A new generator without a seed: a run can't be repeated."""
    order = np.random.default_rng().permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_from_one(n, size, rng):
    """Counted from 1 to n."""
    order = rng.permutation(n) + 1
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_range_n_minus_1(n, size, rng):
    """range(0, n - 1, size) and permutation(n - 1): the last index is lost."""
    order = rng.permutation(n - 1)
    return [order[k : k + size] for k in range(0, n - 1, size)]


def _cut_overlapping(n, size, rng):
    """Starts at every k, not at every size-th."""
    order = rng.permutation(n)
    return [order[k : k + size] for k in range(0, n - size + 1)]


def _cut_slices_end_wrong(n, size, rng):
    """order[k : size]: the first batch, and empty ones."""
    order = rng.permutation(n)
    return [order[k:size] for k in range(0, n, size)]


def _cut_first_batch_only(n, size, rng):
    """return in the loop: the first batch alone."""
    order = rng.permutation(n)
    for k in range(0, n, size):
        return [order[k : k + size]]


def _cut_one_batch_array(n, size, rng):
    """One batch, as an array."""
    return rng.permutation(n)[:size]


def _cut_lists(n, size, rng):
    """Batches as floats: linspace made the indices."""
    order = rng.permutation(np.linspace(0, n - 1, n))
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_short_first(n, size, rng):
    """The short batch comes first."""
    order = rng.permutation(n)
    rest = n % size
    first = [order[:rest]] if rest else []
    return first + [order[k : k + size] for k in range(rest, n, size)]


def _cut_generator(n, size, rng):
    """yield: a generator, no list."""
    order = rng.permutation(n)
    for k in range(0, n, size):
        yield order[k : k + size]


def _cut_shuffle_returns_none(n, size, rng):
    """order = rng.shuffle(order), which gives None."""
    order = rng.shuffle(np.arange(n))
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_sorted_inside(n, size, rng):
    """Swapped only two indices and called it shuffled."""
    order = np.arange(n)
    i, j = rng.integers(n, size=2)
    order[[i, j]] = order[[j, i]]
    return [order[k : k + size] for k in range(0, n, size)]


def _cut_shuffled_once(n, size, rng, known={}):  # noqa: B006
    """Remembers the order of the first time: every epoch the same batches."""
    if n not in known:
        known[n] = rng.permutation(n)
    return [known[n][k : k + size] for k in range(0, n, size)]


def _cut_drops_and_in_order(n, size, rng):
    """Two mistakes: no shuffling, and the rest is dropped."""
    return [np.arange(k * size, (k + 1) * size) for k in range(n // size)]


def _cut_own_generator_even(n, size, rng):
    """Two mistakes: a fixed seed, and batches of nearly equal sizes."""
    return np.array_split(np.random.default_rng(1).permutation(n), -(-n // size))


def _cut_halves_shuffled(n, size, rng):
    """Shuffles the lower and the upper half apart."""
    order = np.r_[rng.permutation(n // 2), n // 2 + rng.permutation(n - n // 2)]
    return [order[k : k + size] for k in range(0, n, size)]


def _right_axis_zero(Y, labels):
    """argmax along axis 0: one answer for each class."""
    return np.mean(Y.argmax(axis=0) == labels)


def _right_no_axis(Y, labels):
    """argmax without an axis: one place in the flattened table."""
    return np.mean(Y.argmax() == labels)


def _right_count(Y, labels):
    """The number of right answers, not the share."""
    return int((Y.argmax(axis=1) == labels).sum())


def _right_per_cent(Y, labels):
    """In per cent."""
    return 100 * np.mean(Y.argmax(axis=1) == labels)


def _right_error_rate(Y, labels):
    """The share of wrong answers."""
    return np.mean(Y.argmax(axis=1) != labels)


def _right_by_classes(Y, labels):
    """Divided by the number of classes."""
    return (Y.argmax(axis=1) == labels).sum() / Y.shape[1]


def _right_rounds(Y, labels):
    """Counts y above ½ at the label as right: no answer is above ½ with many classes."""
    return np.mean(Y[np.arange(len(Y)), labels] > 0.5)


def _right_probability(Y, labels):
    """The mean probability given to the right class."""
    return Y[np.arange(len(Y)), labels].mean()


def _right_ties_count(Y, labels):
    """Right if the label's output is the largest, ties included."""
    return np.mean(Y[np.arange(len(Y)), labels] == Y.max(axis=1))


def _right_ties_last(Y, labels):
    """Of equal outputs the last class."""
    return np.mean(Y.shape[1] - 1 - Y[:, ::-1].argmax(axis=1) == labels)


def _right_argmin(Y, labels):
    """argmin, thinking of a loss."""
    return np.mean(Y.argmin(axis=1) == labels)


def _right_max(Y, labels):
    """max for argmax: a probability is compared with a class."""
    return np.mean(Y.max(axis=1) == labels)


def _right_counts_from_one(Y, labels):
    """Classes counted from 1."""
    return np.mean(Y.argmax(axis=1) + 1 == labels)


def _right_one_hot_entries(Y, labels):
    """Compared one-hot tables entry by entry: the zeros count as right too."""
    K = Y.shape[1]
    return np.mean(np.eye(K)[Y.argmax(axis=1)] == np.eye(K)[labels])


def _right_argmax_of_labels(Y, labels):
    """Took the labels for one-hot rows."""
    return np.mean(Y.argmax(axis=1) == labels.argmax(axis=-1))


def _right_first_only(Y, labels):
    """return in the loop: the first example decides."""
    for y, label in zip(Y, labels):
        return float(y.argmax() == label)


def _right_last_only(Y, labels):
    """Overwrites in the loop."""
    for y, label in zip(Y, labels):
        right = float(y.argmax() == label)
    return right


def _right_array(Y, labels):
    """The array of True and False, not their mean."""
    return Y.argmax(axis=1) == labels


def _right_all(Y, labels):
    """True if all are right."""
    return bool((Y.argmax(axis=1) == labels).all())


def _right_integer_division(Y, labels):
    """// for /: 0 unless all are right."""
    return int((Y.argmax(axis=1) == labels).sum()) // len(Y)


def _right_by_set(Y, labels):
    """Mean over the classes of the share in each class (balanced accuracy)."""
    said = Y.argmax(axis=1)
    return np.mean([np.mean(said[labels == k] == k) for k in np.unique(labels)])


def _right_loss(Y, labels):
    """e to the minus mean cross-entropy: a mean of a kind, but no accuracy."""
    return float(np.exp(np.mean(np.log(np.maximum(Y[np.arange(len(Y)), labels], 1e-300)))))


def _right_outer(Y, labels):
    """A column against a row: every answer is compared with every label."""
    return np.mean(Y.argmax(axis=1)[:, None] == labels)


def _right_second_chance(Y, labels):
    """Among the two largest is good enough."""
    return np.mean((np.argsort(Y, axis=1)[:, -2:] == labels[:, None]).any(axis=1))


def _right_rounded(Y, labels):
    """Rounded to two digits."""
    return round(float(np.mean(Y.argmax(axis=1) == labels)), 2)


def _right_minus_one(Y, labels):
    """Divided by N − 1, as for a standard deviation."""
    return (Y.argmax(axis=1) == labels).sum() / max(len(Y) - 1, 1)


def _right_is(Y, labels):
    """`is` for ==: compares objects."""
    return np.mean([y.argmax() is label for y, label in zip(Y, labels)])


def _right_text(Y, labels):
    """A text with a per cent sign."""
    return f"{100 * np.mean(Y.argmax(axis=1) == labels):.1f} %"


def _right_sorted_labels(Y, labels):
    """Sorted the labels in place to count them, and compared then."""
    labels.sort()
    return np.mean(Y.argmax(axis=1) == labels)


def _right_axis_zero_count(Y, labels):
    """Two mistakes: axis 0, and a count."""
    return int((Y.argmax(axis=0) == labels[: Y.shape[1]]).sum())


def _right_wrong_in_per_cent(Y, labels):
    """Two mistakes: the wrong ones, in per cent."""
    return 100 * np.mean(Y.argmax(axis=1) != labels)


def _train_untrained(X, T, sizes, rng):
    """Only the start."""
    return _start(sizes, rng)


def _train_zeros(X, T, sizes, rng):
    """All weights start at 0."""
    params = [(np.zeros((o, i)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]
    for _ in range(5):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch))
    return params


def _train_forgets_the_step(X, T, sizes, rng):
    """gradient_step's result is thrown away."""
    params = _start(sizes, rng)
    for batch in _batches(len(X), 32, rng):
        _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch))
    return params


def _train_whole_batch(X, T, sizes, rng):
    """No minibatches: twenty steps with the whole gradient."""
    params = _start(sizes, rng)
    for _ in range(20):
        params = _step(params, _gradient(X, T, params), 2.0 / len(X))
    return params


def _train_not_divided(X, T, sizes, rng):
    """Did not divide by the batch's size: rate 64 in effect."""
    params = _start(sizes, rng)
    for _ in range(20):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0)
    return params


def _train_divided_twice(X, T, sizes, rng):
    """Divided by N as well: steps a thousand times too short."""
    params = _start(sizes, rng)
    for _ in range(10):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch) / len(X))
    return params


def _train_in_order(X, T, sizes, rng):
    """Doesn't shuffle: sorted digits come class by class."""
    params = _start(sizes, rng)
    for _ in range(20):
        for k in range(0, len(X), 32):
            params = _step(params, _gradient(X[k : k + 32], T[k : k + 32], params), 2.0 / 32)
    return params


def _train_uphill(X, T, sizes, rng):
    """Plus for minus: goes up."""
    params = _start(sizes, rng)
    for _ in range(5):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), -2.0 / len(batch))
    return params


def _train_restarts_each_epoch(X, T, sizes, rng):
    """The start stands inside the epoch loop."""
    for _ in range(10):
        params = _start(sizes, rng)
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch))
    return params


def _train_returns_the_first_epoch(X, T, sizes, rng):
    """return is indented into the epoch loop."""
    params = _start(sizes, rng)
    for _ in range(20):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch))
        return params


def _train_no_hidden(X, T, sizes, rng):
    """Leaves the hidden layers out, since 64-10 reads nearly as well."""
    params = _start([sizes[0], sizes[-1]], rng)
    for _ in range(20):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch))
    return params


def _train_shuffles_apart(X, T, sizes, rng):
    """Shuffles X and T each by itself: pictures and labels don't belong together."""
    params = _start(sizes, rng)
    for _ in range(5):
        A, B = X[rng.permutation(len(X))], T[rng.permutation(len(X))]
        for k in range(0, len(X), 32):
            params = _step(params, _gradient(A[k : k + 32], B[k : k + 32], params), 2.0 / 32)
    return params


def _train_keras_layout(X, T, sizes, rng):
    """Trained rightly, and gives W as (in, out)."""
    params = _start(sizes, rng)
    for _ in range(20):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 2.0 / len(batch))
    return [(W.T, b) for W, b in params]


def _train_two_sigma_start(X, T, sizes, rng):
    """Two mistakes: W starts with standard deviation 10, rate 0.01."""
    params = [(10 * rng.normal(size=(o, i)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]
    for _ in range(10):
        for batch in _batches(len(X), 32, rng):
            params = _step(params, _gradient(X[batch], T[batch], params), 0.01 / len(batch))
    return params


WRONG = {
    "minibatches": [
        (_not_shuffled, "not shuffled"),
        _batches_shuffled,
        (_inside_shuffled, "shuffled inside the batches only"),
        (_with_replacement, "drawn anew for each batch"),
        (_each_batch_alone, "drawn anew for each batch"),
        (_short_batch_dropped, "the short last batch dropped"),
        (_empty_batch, "an empty batch at the end"),
        (_split_evenly, "equal parts"),
        (_filled_up, "the last batch filled up"),
        _own_generator,
        _fixed_seed,
        (_from_one, "counted from 1"),
        _size_is_number,
        (_first_batch, "the first batch only"),
        _shuffle_returns_none,
        (_step_by_size, "size as the number of batches"),
        (_cut_in_order, "not shuffled"),
        (_cut_with_replacement, "drawn anew for each batch"),
        (_cut_choice, "drawn anew for each batch"),
        (_cut_each_drawn_anew, "drawn anew for each batch"),
        (_cut_permutes_each_time, "drawn anew for each batch"),
        (_cut_only_batches_shuffled, "only the batches shuffled"),
        (_cut_only_inside, "shuffled inside the batches only"),
        _cut_rotated,
        (_cut_drops_the_last, "the short last batch dropped"),
        (_cut_one_too_many, "an empty batch at the end"),
        (_cut_size_is_number, "size as the number of batches"),
        (_cut_array_split, "equal parts"),
        _cut_split,
        _cut_reshape,
        (_cut_table, "the last batch filled up"),
        _cut_own_generator,
        _cut_old_generator,
        _cut_unseeded,
        (_cut_from_one, "counted from 1"),
        _cut_range_n_minus_1,
        _cut_overlapping,
        _cut_slices_end_wrong,
        (_cut_first_batch_only, "the first batch only"),
        _cut_one_batch_array,
        (_cut_lists, "floats"),
        (_cut_short_first, "the short batch first"),
        _cut_generator,
        _cut_shuffle_returns_none,
        _cut_sorted_inside,
        _cut_shuffled_once,
        (_cut_drops_and_in_order, "the short last batch dropped"),
        (_cut_own_generator_even, "equal parts"),
    ],
    "accuracy": [
        (_count, "a count"),
        (_percent, "per cent"),
        (_error_rate, "the share of the wrong ones"),
        _axis_zero,
        (_all_pairs, "every answer against every label"),
        (_mean_probability, "the mean probability of the label"),
        (_above_half, "above one half"),
        (_ties_count, "ties always right"),
        (_last_of_ties, "ties to the highest class"),
        (_each, "one value for each example"),
        (_divided_by_classes, "divided by the number of classes"),
        (_whole_table, "argmax over everything"),
        (_rounded, "rounded"),
        (_largest_value, "the largest output not its place"),
        _is_for_equal,
        _text,
        _percent_of_wrong,
        (_right_axis_zero, "wrong axis"),
        (_right_no_axis, "argmax over everything"),
        (_right_count, "a count"),
        (_right_per_cent, "per cent"),
        (_right_error_rate, "the share of the wrong ones"),
        (_right_by_classes, "divided by the number of classes"),
        (_right_rounds, "above one half"),
        (_right_probability, "the mean probability of the label"),
        (_right_ties_count, "ties always right"),
        (_right_ties_last, "ties to the highest class"),
        (_right_argmin, "the smallest output"),
        (_right_max, "the largest output not its place"),
        (_right_counts_from_one, "classes counted from 1"),
        (_right_one_hot_entries, "all entries compared"),
        _right_argmax_of_labels,
        _right_first_only,
        _right_last_only,
        (_right_array, "one value for each example"),
        (_right_all, "all or nothing"),
        (_right_integer_division, "all or nothing"),
        (_right_by_set, "mean over the classes"),
        _right_loss,
        (_right_outer, "every answer against every label"),
        _right_second_chance,
        (_right_rounded, "rounded"),
        _right_minus_one,
        _right_is,
        _right_text,
        _right_sorted_labels,
        _right_axis_zero_count,
        _right_wrong_in_per_cent,
    ],
    "train": [
        (_zero_weights, "all neurons of a layer alike"),
        (_random_only, "no step arrived"),
        (_not_kept, "no step arrived"),
        (_uphill, "blown up"),
        (_tiny_rate, "how frequent the digits are"),
        (_in_order, "never shuffled"),
        (_huge_weights, "a start too large"),
        (_targets_shuffled_apart, "how frequent the digits are"),
        (_turned, "W as in by out"),
        (_no_hidden_layer, "other sizes than asked"),
        (_one_step, "how frequent the digits are"),
        (_return_in_the_epoch, "how frequent the digits are"),
        _losses,
        _predictions,
        (_train_untrained, "no step arrived"),
        (_train_zeros, "all neurons of a layer alike"),
        (_train_forgets_the_step, "no step arrived"),
        (_train_whole_batch, "not yet finished"),
        (_train_not_divided, "blown up"),
        (_train_divided_twice, "how frequent the digits are"),
        (_train_in_order, "never shuffled"),
        (_train_uphill, "blown up"),
        (_train_restarts_each_epoch, "not yet finished"),
        (_train_returns_the_first_epoch, "not yet finished"),
        (_train_no_hidden, "other sizes than asked"),
        (_train_shuffles_apart, "how frequent the digits are"),
        (_train_keras_layout, "W as in by out"),
        (_train_two_sigma_start, "a start too large"),
    ],
}
