"""What learners get wrong in `he_init(sizes, rng)`: W normal with the standard deviation √(2/in), b of zeros.

Random numbers can't be compared one by one. A mistake is known by its look: with each generator, what
came back looks like what the mistake gives.
"""

from functools import lru_cache, wraps
from itertools import pairwise

import numpy as np

from threesteps.mistakes import also, fresh, known_by
from threesteps.network import he_init
from threesteps.task import as_numbers
from threesteps.tasks.depth import OTHER_NUMBERS, SAME_NUMBERS, dependent, examine_he, shared
from threesteps.tasks.networks import layers_like

_LARGE = 5000  # entries of a layer, from which its spread is measured to a few per cent


def _by_its_look(mistake):
    """Mark a mistake: what came back looks like what it gives, in any of the ways to write it, or nothing is wrong."""

    def test(trial):
        sizes, rng = trial.arguments
        look = _look_at(trial)
        if _alike(look, _look_of(he_init, *sizes, seed=rng.seed)):
            return _right(trial)
        ways = mistake, *vars(mistake).get("ways", ())
        return any(_alike(look, _look_of(way, *sizes, seed=rng.seed)) for way in ways)

    return known_by(test)(mistake)


@lru_cache(maxsize=1024)
def _look_of(way, *sizes, seed):
    return _look(way(list(sizes), np.random.default_rng(seed)), sizes)


@lru_cache(maxsize=32)  # each mistake asks
def _look_at(trial):
    return _look(trial.outcome.value, trial.arguments[0])


@lru_cache(maxsize=32)
def _right(trial):
    return not examine_he(None, trial)


def _alike(look, other):
    return look[0] is not None and look[0] == other[0] and np.allclose(look[1], other[1], rtol=0, atol=0.09)


def _look(value, sizes):
    """(what strikes one first, numbers); None strikes one where the parameters are wrong in a way that has no name.

    What strikes one is the shapes, where they are wrong. For normal and uniform numbers of large
    layers, the numbers are the logarithm of their spread, and their mean, as a part of the spread.
    """
    params, _ = layers_like(value, sizes)
    if params is None:
        return _shapes(value), ()
    if any(b.any() for _, b in params):
        return "biases", ()
    if not any(W.any() for W, _ in params):
        return "zeros", ()
    large = [W for W, _ in params if W.size >= _LARGE]
    pattern = _pattern(large) if large else "too small to tell"
    if pattern not in ("normal", "uniform"):
        return pattern, ()
    return pattern, [number for W in large for number in (np.log(W.std()), W.mean() / W.std())]


def _shapes(value):
    """The shapes in a list of arrays, or of pairs of arrays; None stands for what is neither."""
    if not isinstance(value, (list, tuple)):
        return None
    arrays = [(part, as_numbers(part)) for part in value]
    return [_shapes(part) if array is None else array.shape for part, array in arrays]


def _pattern(large):
    """What is common to the numbers of large layers; None where that has no name."""
    if all(np.ptp(W, axis=0).max() == 0 for W in large):
        return "rows alike"
    if all(np.ptp(W, axis=1).max() == 0 for W in large):
        return "columns alike"
    if any(dependent([W]) for W in large):
        return None
    if shared(large):
        return "layers alike"
    if all((W >= 0).all() for W in large):
        return "positive"
    # Within one spread lie 68.3 % of normal numbers, within half of it 28.9 % of uniform ones.
    z = np.abs(np.concatenate([(W - W.mean()).ravel() / W.std() for W in large]))
    if z.max() < 1.8:
        return "uniform" if abs((z < 0.5).mean() - 0.289) < 0.03 else None
    if z.max() < 2.6:
        return "cut off"
    return "normal" if abs((z < 1).mean() - 0.683) < 0.03 else None


def _deviation(of):
    """Mark a mistake in the standard deviation, which is of(in, out)."""

    @_by_its_look
    @wraps(of)
    def mistake(sizes, rng):
        return _layers(sizes, lambda n_in, n_out: rng.normal(0, of(n_in, n_out), (n_out, n_in)))

    return mistake


def _layers(sizes, weights):
    return [(weights(n_in, n_out), np.zeros(n_out)) for n_in, n_out in pairwise(sizes)]


@_deviation
def root_of_1_over_in(n_in, n_out):
    """W turns out with the standard deviation √(1/in). That keeps the size of a sum whose inputs all come through. ReLU
    drops about half of them, and something has to make up for it."""
    return np.sqrt(1 / n_in)


@_deviation
def the_variance_2_over_in(n_in, n_out):
    """W turns out with the standard deviation 2/in. But 2/in is the *variance*, the mean square. `rng.normal` wants the
    standard deviation, which is its root."""
    return 2 / n_in


@_deviation
def root_of_2_over_out(n_in, n_out):
    """W turns out with the standard deviation √(2/out). A neuron adds up its *inputs*, and the more it has, the smaller
    each weight has to be: count the columns of W, not the rows."""
    return np.sqrt(2 / n_out)


@_deviation
def root_of_2_over_in_plus_out(n_in, n_out):
    """W turns out with the standard deviation √(2/(in + out)). That is another recipe, Glorot's, for curves like tanh.
    He's counts the inputs alone."""
    return np.sqrt(2 / (n_in + n_out))


@_deviation
def standard_deviation_1(n_in, n_out):
    """W turns out with the standard deviation 1, whatever the layer's size. A neuron with many inputs then gets
    enormous sums: the spread has to shrink as the number of inputs grows."""
    return 1


@_deviation
def one_hundredth_in_every_layer(n_in, n_out):
    """W turns out with the standard deviation 0.01 in every layer. One number can't suit layers of all sizes: the
    spread follows from the layer's number of inputs."""
    return 0.01


@_deviation
def root_of_4_over_in(n_in, n_out):
    """W turns out with the standard deviation 2/√in. Its square is 4/in, twice what He asks for: each layer of ReLU
    then makes its values larger by a factor of √2."""
    return 2 / np.sqrt(n_in)


@_deviation
def the_repair_for_sigmoid(n_in, n_out):
    """W turns out with the standard deviation 4/√in. That was the repair for *sigmoid* layers, whose slope is ¼. For
    ReLU it is far too large."""
    return 4 / np.sqrt(n_in)


@_deviation
def one_over_in(n_in, n_out):
    """W turns out with the standard deviation 1/in. The root is missing: a sum of `in` random terms grows with √in, not
    with in. (If you wrote `(2/n)**1/2`: that means `((2/n)**1)/2`. The root is `**0.5`.)"""
    return 1 / n_in


@_deviation
def the_root_of_the_2_alone(n_in, n_out):
    """W turns out with the standard deviation √2/in. The root covers the 2 alone. Look at the brackets: it goes over
    the whole of 2/in."""
    return np.sqrt(2) / n_in


@_deviation
def the_inputs_left_out(n_in, n_out):
    """W turns out with the standard deviation √2 in every layer. The 2 is there, but the number of inputs is not:
    divide by it before you take the root."""
    return np.sqrt(2)


@_deviation
def the_fraction_upside_down(n_in, n_out):
    """W turns out with the standard deviation √(in/2). The fraction is upside down: more inputs have to give *smaller*
    weights."""
    return np.sqrt(n_in / 2)


@_by_its_look
def the_inputs_of_the_first_layer_for_all(sizes, rng):
    """The first layer is right, but all others have the same spread, as if they had as many inputs as the first. Each
    layer counts its own."""
    return _layers(sizes, lambda n_in, n_out: rng.normal(0, np.sqrt(2 / sizes[0]), (n_out, n_in)))


@_deviation
def the_bias_counted_as_an_input(n_in, n_out):
    """W turns out with the standard deviation √(2/(in + 1)). You count the bias among the inputs. It starts at 0 and
    adds nothing to the spread: what is meant is `in` alone."""
    return np.sqrt(2 / (n_in + 1))


@_by_its_look
def the_spread_given_as_the_mean(sizes, rng):
    """Your weights have the standard deviation 1, around √(2/in). `rng.normal` wants the mean first, here 0, and the
    standard deviation second."""
    return _layers(sizes, lambda n_in, n_out: rng.normal(np.sqrt(2 / n_in), size=(n_out, n_in)))


@_by_its_look
def the_shape_given_as_the_spread(sizes, rng):
    """Your W have the wrong shape, (2,): `rng.normal` wants mean, spread and shape, in this order. The mean, 0, is
    missing, so the spread was taken for it, and the shape, (out, in), for two spreads."""
    return _layers(sizes, lambda n_in, n_out: rng.normal(np.sqrt(2 / n_in), (n_out, n_in)))


@also(lambda sizes, rng: [(W + np.sqrt(2 / W.shape[1]), b) for W, b in he_init(sizes, rng)])
@_by_its_look
def not_around_0(sizes, rng):
    """The spread is right, but your weights are not spread around 0. The first number that `rng.normal` wants is the
    mean, and it is 0 here."""
    return _layers(sizes, lambda n_in, n_out: rng.normal(1, np.sqrt(2 / n_in), (n_out, n_in)))


@_by_its_look
def uniform(sizes, rng):
    """The spread is right, but the numbers come from a uniform distribution: all values up to a limit are equally
    likely, and none beyond. What is asked for is a normal one."""
    return _layers(sizes, lambda n_in, n_out: rng.uniform(-np.sqrt(6 / n_in), np.sqrt(6 / n_in), (n_out, n_in)))


@_by_its_look
def uniform_up_to_root_of_2_over_in(sizes, rng):
    """You draw uniformly between −√(2/in) and √(2/in). √(2/in) is meant as the standard deviation of a *normal*
    distribution."""
    return _layers(sizes, lambda n_in, n_out: rng.uniform(-np.sqrt(2 / n_in), np.sqrt(2 / n_in), (n_out, n_in)))


@_by_its_look
def cut_off(sizes, rng):
    """Your weights end at a limit of about two standard deviations, so they are not quite normal. (Keras cuts like
    that.) What is asked for here is the plain normal distribution."""
    params = he_init(sizes, rng)
    for W, _ in params:
        limit = 2 * np.sqrt(2 / W.shape[1])
        while (beyond := np.abs(W) > limit).any():
            W[beyond] = rng.normal(0, limit / 2, beyond.sum())
    return params


@_by_its_look
def positive_only(sizes, rng):
    """None of your weights is negative. A normal distribution around 0 has both signs; with one sign alone all neurons
    of a layer look for much the same."""
    return [(np.abs(W), b) for W, b in he_init(sizes, rng)]


@_by_its_look
def all_zeros(sizes, rng):
    """All your weights are 0. Then all neurons of a layer are equal, get equal gradients and stay equal, for ever."""
    return _layers(sizes, lambda n_in, n_out: np.zeros((n_out, n_in)))


@_by_its_look
def every_neuron_the_same(sizes, rng):
    """All rows of W are the same. Neurons that start equal get equal gradients and stay equal: each entry needs a
    number of its own, `in` times `out` of them."""
    return _layers(sizes, lambda n_in, n_out: np.tile(rng.normal(0, np.sqrt(2 / n_in), n_in), (n_out, 1)))


@_by_its_look
def every_input_the_same(sizes, rng):
    """In each row of W all entries are the same, so a neuron can't tell its inputs apart. Each entry needs a number of
    its own, `in` times `out` of them."""
    return _layers(sizes, lambda n_in, n_out: np.tile(rng.normal(0, np.sqrt(2 / n_in), (n_out, 1)), n_in))


@_by_its_look
def every_layer_from_the_same_numbers(sizes, rng):
    """Each layer is right by itself, but they hold the same numbers: layers are copies of one another, or begin the
    same way. Is a generator made or a seed set inside the loop? Keep using the `rng` that you got."""
    seed = rng.integers(2**31)
    return [he_init(pair, np.random.default_rng(seed))[0] for pair in pairwise(sizes)]


@known_by(lambda trial: examine_he(None, trial) in ("", SAME_NUMBERS))
def always_the_same_numbers(sizes, rng):
    """Whatever `rng` is handed over, your numbers are the same. Use that `rng`: one with a seed of your own knows
    nothing of it."""
    return he_init(sizes, np.random.default_rng(0))


@fresh
@known_by(lambda trial: examine_he(None, trial) in ("", OTHER_NUMBERS))
def not_from_rng():
    """The numbers don't come from the `rng` that was handed over: with the same one, twice, they differ. Use its
    methods, such as `rng.normal`, and not `np.random`, so that a run can be repeated."""
    own = np.random.default_rng(0)
    return lambda sizes, rng: he_init(sizes, own)


@_by_its_look
def biases_not_0(sizes, rng):
    """W may be random, but b starts at 0: with random weights the neurons differ already."""
    return [(W, rng.normal(size=b.shape)) for W, b in he_init(sizes, rng)]


@_by_its_look
def W_transposed(sizes, rng):
    """Your W have the shape (in, out). In this course a row of W belongs to a neuron: (out, in)."""
    return [(W.T, b) for W, b in he_init(sizes, rng)]


@_by_its_look
def weights_without_biases(sizes, rng):
    """You return the weights alone. Each layer is a pair, (W, b), with b of zeros."""
    return [W for W, b in he_init(sizes, rng)]


@_by_its_look
def one_flat_list(sizes, rng):
    """W and b stand one after the other in a flat list. Each layer is a pair of its own: [(W, b), (W, b), …]."""
    return [array for pair in he_init(sizes, rng) for array in pair]


@_by_its_look
def b_as_long_as_the_inputs(sizes, rng):
    """b has as many entries as the layer has inputs. Each *neuron* has a bias: (out,)."""
    return [(W, np.zeros(W.shape[1])) for W, b in he_init(sizes, rng)]


@_by_its_look
def b_as_a_table(sizes, rng):
    """b is a table of one row, (1, out). What is asked for is a vector: (out,)."""
    return [(W, b[None, :]) for W, b in he_init(sizes, rng)]


@_by_its_look
def b_as_a_column(sizes, rng):
    """b is a column, (out, 1). What is asked for is a vector: (out,)."""
    return [(W, b[:, None]) for W, b in he_init(sizes, rng)]


@_by_its_look
def b_as_one_number(sizes, rng):
    """b is a single number in each layer. Each neuron has a bias of its own: (out,)."""
    return [(W, 0.0) for W, b in he_init(sizes, rng)]


@also(lambda sizes, rng: he_init(sizes, rng)[1:])
@_by_its_look
def a_layer_too_few(sizes, rng):
    """A layer is missing: n sizes make n − 1 layers, one between each size and the next, first and last included."""
    return he_init(sizes, rng)[:-1]


@_by_its_look
def the_first_layer_only(sizes, rng):
    """Only the first layer is there. Is the `return` inside the loop? Then the loop ends in its first round."""
    return he_init(sizes[:2], rng)


@also(lambda sizes, rng: he_init([sizes[-1], *sizes], rng), lambda sizes, rng: he_init([1, *sizes], rng))
@_by_its_look
def a_layer_for_the_input(sizes, rng):
    """There is a layer too many in front: the input is not a layer of weights. n sizes make n − 1 layers, one between
    each size and the next."""
    return he_init([sizes[0], *sizes], rng)
