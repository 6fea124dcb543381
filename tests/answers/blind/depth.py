"""Wrong answers to 4b."""

import numpy as np


def _with_biases(grads):
    """db counts, too."""
    return np.array([np.sqrt((dW**2).sum() + (db**2).sum()) for dW, db in grads])


def _no_root(grads):
    """Sum of squares."""
    return np.array([(dW**2).sum() for dW, _ in grads])


def _mean_square(grads):
    """Root of the mean square."""
    return np.array([np.sqrt((dW**2).mean()) for dW, _ in grads])


def _absolute_sum(grads):
    """Sum of absolute values."""
    return np.array([np.abs(dW).sum() for dW, _ in grads])


def _spectral(grads):
    """np.linalg.norm(dW, 2)."""
    return np.array([np.linalg.norm(dW, 2) for dW, _ in grads])


def _rows(grads):
    """A norm for each neuron."""
    return [np.linalg.norm(dW, axis=1) for dW, _ in grads]


def _biases_only(grads):
    """The norm of db."""
    return np.array([np.linalg.norm(db) for _, db in grads])


def _total(grads):
    """One norm for everything."""
    return float(np.sqrt(sum((dW**2).sum() for dW, _ in grads)))


def _backwards(grads):
    """Last layer first."""
    return np.array([np.linalg.norm(dW) for dW, _ in grads[::-1]])


def _largest(grads):
    """The largest slope."""
    return np.array([np.abs(dW).max() for dW, _ in grads])


def _std(grads):
    """The standard deviation."""
    return np.array([dW.std() for dW, _ in grads])


def _root_of_sum(grads):
    """The root of the sum, squares forgotten."""
    return np.array([np.sqrt(np.abs(dW.sum())) for dW, _ in grads])


def _logarithm(grads):
    """Logarithms, for the log axis."""
    return np.array([np.log10(np.linalg.norm(dW)) for dW, _ in grads])


def _pairs(grads):
    """(norm of dW, norm of db)."""
    return [(float(np.linalg.norm(dW)), float(np.linalg.norm(db))) for dW, db in grads]


def _first_layer(grads):
    """A return in the loop."""
    for dW, _ in grads:
        return np.array([np.linalg.norm(dW)])


def _backwards_no_root(grads):
    """Two slips: backwards, no root."""
    return np.array([(dW**2).sum() for dW, _ in grads[::-1]])


def _variance(sizes, rng):
    """2/n as the spread."""
    return [(rng.normal(0, 2 / m, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _one_over(sizes, rng):
    """√(1/n)."""
    return [(rng.normal(0, (1 / m) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _by_out(sizes, rng):
    """√(2/out)."""
    return [(rng.normal(0, (2 / n) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _by_both(sizes, rng):
    """√(2/(in + out)), Glorot's."""
    return [(rng.normal(0, (2 / (m + n)) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _two_over_root(sizes, rng):
    """2/√n."""
    return [(rng.normal(0, 2 / m**0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _standard(sizes, rng):
    """Spread 1."""
    return [(rng.normal(size=(n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _uniform(sizes, rng):
    """Uniform between ± √(2/n)."""
    return [(rng.uniform(-((2 / m) ** 0.5), (2 / m) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _only_positive(sizes, rng):
    """|W|."""
    return [(np.abs(rng.normal(0, (2 / m) ** 0.5, (n, m))), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _turned(sizes, rng):
    """(in, out)."""
    return [(rng.normal(0, (2 / m) ** 0.5, (m, n)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _random_biases(sizes, rng):
    """Biases random, too."""
    return [(rng.normal(0, (2 / m) ** 0.5, (n, m)), rng.normal(0, 0.1, n)) for m, n in zip(sizes, sizes[1:])]


def _biases_of_in(sizes, rng):
    """b of shape (in,)."""
    return [(rng.normal(0, (2 / m) ** 0.5, (n, m)), np.zeros(m)) for m, n in zip(sizes, sizes[1:])]


def _biases_as_rows(sizes, rng):
    """b of shape (1, out)."""
    return [(rng.normal(0, (2 / m) ** 0.5, (n, m)), np.zeros((1, n))) for m, n in zip(sizes, sizes[1:])]


def _np_random(sizes, rng):
    """np.random instead of rng."""
    return [(np.random.normal(0, (2 / m) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _fixed_seed(sizes, rng):
    """default_rng(0)."""
    rng = np.random.default_rng(0)
    return [(rng.normal(0, (2 / m) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _one_number(sizes, rng):
    """One number for a whole layer."""
    return [(np.full((n, m), rng.normal(0, (2 / m) ** 0.5)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _same_rows(sizes, rng):
    """The same row for all neurons."""
    return [(np.tile(rng.normal(0, (2 / m) ** 0.5, m), (n, 1)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _first_size_always(sizes, rng):
    """√(2/in) of the first layer for all."""
    return [(rng.normal(0, (2 / sizes[0]) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _zeros(sizes, rng):
    """All zero."""
    return [(np.zeros((n, m)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _weights_only(sizes, rng):
    """No biases."""
    return [rng.normal(0, (2 / m) ** 0.5, (n, m)) for m, n in zip(sizes, sizes[1:])]


def _last_layer_missing(sizes, rng):
    """One layer too few."""
    return [(rng.normal(0, (2 / m) ** 0.5, (n, m)), np.zeros(n)) for m, n in zip(sizes[:-1], sizes[1:-1])]


def _variance_and_turned(sizes, rng):
    """Two slips: 2/n as the spread, and (in, out)."""
    return [(rng.normal(0, 2 / m, (m, n)), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def _zero_counts(delta_next, W_next, Z):
    """z ≥ 0."""
    return (delta_next @ W_next) * (Z >= 0)


def _sigmoid_gain(delta_next, W_next, Z):
    """σ′."""
    a = 1 / (1 + np.exp(-Z))
    return (delta_next @ W_next) * a * (1 - a)


def _relu_itself(delta_next, W_next, Z):
    """ReLU for its slope."""
    return (delta_next @ W_next) * np.maximum(Z, 0)


def _no_gain(delta_next, W_next, Z):
    """No gain."""
    return delta_next @ W_next


def _relu_of_what_comes(delta_next, W_next, Z):
    """ReLU of what comes back."""
    return np.maximum(delta_next @ W_next, 0)


def _where_what_comes_is_positive(delta_next, W_next, Z):
    """Asks the sign of what comes back, not of z."""
    back = delta_next @ W_next
    return back * (back > 0)


def _turned_weights(delta_next, W_next, Z):
    """W.T."""
    return (delta_next @ W_next.T) * (Z > 0)


def _half_at_zero(delta_next, W_next, Z):
    """½ at 0."""
    return (delta_next @ W_next) * np.heaviside(Z, 0.5)


def _leaky(delta_next, W_next, Z):
    """0.01 below 0."""
    return (delta_next @ W_next) * np.where(Z > 0, 1, 0.01)


def _sign(delta_next, W_next, Z):
    """sign: −1 below 0."""
    return (delta_next @ W_next) * np.sign(Z)


def _in_place(delta_next, W_next, Z):
    """Makes the slopes in Z."""
    Z[Z > 0] = 1
    Z[Z < 0] = 0
    return (delta_next @ W_next) * Z


def _opposite(delta_next, W_next, Z):
    """z < 0."""
    return (delta_next @ W_next) * (Z < 0)


def _averaged(delta_next, W_next, Z):
    """Divided by N."""
    return (delta_next @ W_next) * (Z > 0) / len(Z)


def _whole_examples(delta_next, W_next, Z):
    """An if on the whole table."""
    return delta_next @ W_next if (Z > 0).all() else np.zeros(Z.shape)


def _python_if(delta_next, W_next, Z):
    """if Z > 0."""
    return delta_next @ W_next if Z > 0 else 0 * Z


def _before_the_wires(delta_next, W_next, Z):
    """The gain before the weights."""
    return (delta_next * (Z @ W_next.T > 0)) @ W_next


def _he_factor(delta_next, W_next, Z):
    """Times √2, to make up."""
    return (delta_next @ W_next) * (Z > 0) * 2**0.5


def _zero_counts_and_turned(delta_next, W_next, Z):
    """Two slips: z ≥ 0, and W.T."""
    return (delta_next @ W_next.T) * (Z >= 0)


WRONG = {
    "gradient_norms": [
        (_with_biases, "biases counted in"),
        (_no_root, "the root left out"),
        (_mean_square, "the mean for the sum"),
        (_absolute_sum, "absolute values added"),
        (_spectral, "the spectral norm"),
        (_rows, "rows by themselves"),
        (_biases_only, "biases in place of weights"),
        (_total, "all layers in one"),
        (_backwards, "the last layer first"),
        (_largest, "the largest entry"),
        _std,
        _root_of_sum,
        _logarithm,
        (_pairs, "a pair for each layer"),
        (_first_layer, "the first layer only"),
        _backwards_no_root,
    ],
    "he_init": [
        (_variance, "the variance 2 over in"),
        (_one_over, "root of 1 over in"),
        (_by_out, "root of 2 over out"),
        (_by_both, "root of 2 over in plus out"),
        (_two_over_root, "root of 4 over in"),
        (_standard, "standard deviation 1"),
        (_uniform, "uniform up to root of 2 over in"),
        (_only_positive, "positive only"),
        (_turned, "W transposed"),
        (_random_biases, "biases not 0"),
        (_biases_of_in, "b as long as the inputs"),
        (_biases_as_rows, "b as a table"),
        (_np_random, "not from rng"),
        (_fixed_seed, "always the same numbers"),
        (_one_number, "every neuron the same"),
        (_same_rows, "every neuron the same"),
        (_first_size_always, "the inputs of the first layer for all"),
        (_zeros, "all zeros"),
        (_weights_only, "weights without biases"),
        (_last_layer_missing, "a layer too few"),
        _variance_and_turned,
    ],
    "relu_delta": [
        (_zero_counts, "slope 1 at 0"),
        (_sigmoid_gain, "slope of σ"),
        (_relu_itself, "ReLU in place of its slope"),
        (_no_gain, "no slope"),
        (_relu_of_what_comes, "ReLU of δ"),
        (_where_what_comes_is_positive, "ReLU of δ"),
        (_turned_weights, "W transposed"),
        (_half_at_zero, "slope of a half at 0"),
        (_leaky, "leaky"),
        (_sign, "the sign of z"),
        (_in_place, "Z changed in place"),
        (_opposite, "the other side"),
        (_averaged, "divided by the batch"),
        _whole_examples,
        _python_if,
        _before_the_wires,
        _he_factor,
        _zero_counts_and_turned,
    ],
}
