"""What learners get wrong in `hidden_delta(delta_next, W_next, Z)`, one layer back: weigh, add, times σ′(z)."""

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.mistakes import also
from threesteps.network import sigmoid


def W_transposed(delta_next, W_next, Z):
    """`W_next.T` doesn't belong on the right of a row of δ: the δs of the next layer meet the *rows* of W_next,
    (next, out), as they stand. (A square W raises no error, and a symmetric one even gives the right numbers.)"""
    return (delta_next @ W_next.T) * sigmoid_prime(Z)


def W_transposed_in_a_loop(delta_next, W_next, Z):
    """In your loop the two indices of W are the wrong way round: wᵢⱼ leads from neuron j to neuron i of the next layer,
    so its place is `W_next[i, j]`, and the sum runs over i."""
    delta = np.zeros(Z.shape)
    for n, j in np.ndindex(Z.shape):
        back = sum(W_next[j, i] * delta_next[n, i] for i in range(delta_next.shape[1]))
        delta[n, j] = back * sigmoid_prime(Z[n, j])
    return delta


def W_transposed_where_square(delta_next, W_next, Z):
    """Right where W is not square. Where it is, you use it with rows and columns swapped: no shape complains then, and
    the weights that leave a neuron are taken for those that enter it. One rule holds for all shapes."""
    n_next, n_out = W_next.shape
    W = W_next.T if n_next == n_out else W_next
    return (delta_next @ W) * sigmoid_prime(Z)


def the_gain_left_out(delta_next, W_next, Z):
    """What comes back is weighed and added, and then passed on as it is. Each neuron's gain σ′(z) is missing."""
    return delta_next @ W_next


def the_gain_on_the_wrong_side(delta_next, W_next, Z):
    """The gain is on the wrong side of the weights: you multiply the *next* layer's δ by this layer's slopes. Weigh and
    add first, then comes the gain of the neuron where it arrives. (`*` and `@` are worked through from left to right:
    brackets decide.)"""
    return (delta_next * sigmoid_prime(Z)) @ W_next


def the_gains_on_the_weights(delta_next, W_next, Z):
    """You multiply the gains into the weights. With one example that comes to the same; in a batch each example has
    gains of its own, and all share W. Weigh and add first: the sums have the shape of Z."""
    return delta_next @ (W_next * sigmoid_prime(Z))


def the_last_wire_only(delta_next, W_next, Z):
    """Only the last neuron of the next layer counts in yours. All of them are added up: in a loop that is `+=`, where
    `=` forgets what was there before."""
    back = np.zeros(Z.shape)
    for i in range(len(W_next)):
        back = delta_next[:, i : i + 1] * W_next[i]
    return back * sigmoid_prime(Z)


def the_rule_for_a_applied_to_z(delta_next, W_next, Z):
    """z(1 − z) is not the gain: a(1 − a) is, with a = σ(z). The argument here is Z."""
    return (delta_next @ W_next) * Z * (1 - Z)


def σ_in_place_of_its_slope(delta_next, W_next, Z):
    """You multiply by a = σ(z), the height of the curve. What passes a nudge on is its *slope*, σ′(z)."""
    return (delta_next @ W_next) * sigmoid(Z)


def half_of_the_slope(delta_next, W_next, Z):
    """1 − a is one of the two factors of σ′(z). The other one, a, is missing."""
    return (delta_next @ W_next) * (1 - sigmoid(Z))


def σ_twice(delta_next, W_next, Z):
    """σ was applied twice: you take the slope at σ(z), and it belongs at z. (Your sigmoid_prime takes z itself.)"""
    return (delta_next @ W_next) * sigmoid_prime(sigmoid(Z))


def _squashed_and_multiplied(delta_next, W_next, Z):
    return sigmoid(delta_next @ W_next) * sigmoid_prime(Z)


@also(_squashed_and_multiplied)
def squashed_on_the_way_back(delta_next, W_next, Z):
    """You squash what comes back, as the forward pass does. The way back is linear: the sum is multiplied by a number
    that the forward pass has fixed, the slope at this layer's z."""
    return sigmoid(delta_next @ W_next)


def the_slope_at_what_comes_back(delta_next, W_next, Z):
    """You take the slope of σ at the sum that comes back. The gain was fixed in the forward pass: it is the slope at
    this layer's own z, and it multiplies the sum."""
    return sigmoid_prime(delta_next @ W_next)


def added(delta_next, W_next, Z):
    """You add the gain. A neuron that passes a nudge on *multiplies* it: case 1 of the chain rule."""
    return delta_next @ W_next + sigmoid_prime(Z)


def entry_by_entry(delta_next, W_next, Z):
    """δ and W are multiplied entry by entry, and nothing is added up. A neuron is read by *every* neuron of the next
    layer: weigh each one's δ, and add."""
    return delta_next * W_next * sigmoid_prime(Z)


@also(
    lambda delta_next, W_next, Z: (W_next.T @ delta_next.T) * sigmoid_prime(Z),
    lambda delta_next, W_next, Z: (W_next @ delta_next) * sigmoid_prime(Z),
)
def written_for_a_column(delta_next, W_next, Z):
    """With W on the left, as `W_next.T` is in the formula for one δ, δ is a column. Here each example's δ is a *row* of
    delta_next, so the factors change places. (Where all sizes are equal no error tells you, but examples and neurons
    are mixed up.)"""
    return (W_next.T @ delta_next) * sigmoid_prime(Z)


def _one_example_in_a_loop(neurons):
    """The lesson's `delta_of`, for as many neurons as `neurons` counts."""

    def delta_of(j, gain, W_next, delta_next):
        return gain[j] * sum(W_next[i, j] * delta_next[i] for i in range(len(delta_next)))

    def hidden_delta(delta_next, W_next, Z):
        return np.array([delta_of(j, sigmoid_prime(Z), W_next, delta_next) for j in range(neurons(W_next, Z))])

    return hidden_delta


@also(
    _one_example_in_a_loop(lambda W_next, Z: len(W_next)),
    _one_example_in_a_loop(lambda W_next, Z: W_next.shape[1]),
    _one_example_in_a_loop(lambda W_next, Z: len(Z)),
)
def neurons_on_the_first_axis(delta_next, W_next, Z):
    """Your loop looks for the neurons along the first axis, as in the lesson, which had one example. In a batch the
    first axis are the examples: `len(delta_next)` counts *them*, and neuron i of example n is `delta_next[n, i]`."""
    back = sum(W_next[i] * delta_next[:, i : i + 1] for i in range(len(delta_next)))
    return back * sigmoid_prime(Z)


def examples_as_columns(delta_next, W_next, Z):
    """The numbers are right, but each example is a column. In this course an example is a row, going in and coming out:
    (N, out)."""
    return ((delta_next @ W_next) * sigmoid_prime(Z)).T


def gains_of_the_first_example_for_all(delta_next, W_next, Z):
    """Right for one example. In a batch you use the gains of the first example for all of them: each example has its
    own z, and with it its own gains."""
    return (delta_next @ W_next) * sigmoid_prime(Z[0])


def the_first_example_only(delta_next, W_next, Z):
    """Your result is the δ of the first example alone. Is there an index [0], or a `return` inside a loop? Each example
    has a row of its own."""
    return (delta_next[0] @ W_next) * sigmoid_prime(Z[0])


def _summed_into_one_row(delta_next, W_next, Z):
    return ((delta_next @ W_next) * sigmoid_prime(Z)).sum(axis=0, keepdims=True)


@also(_summed_into_one_row)
def summed_over_the_examples(delta_next, W_next, Z):
    """You added up over the examples. Each example goes back with a δ of its own; the sum over the batch comes with the
    weights, in the next lesson."""
    return ((delta_next @ W_next) * sigmoid_prime(Z)).sum(axis=0)


def divided_by_the_number_of_examples(delta_next, W_next, Z):
    """Right for one example, but too small by a factor N for a batch of N. L is the sum over the examples: nothing is
    divided."""
    return (delta_next @ W_next) * sigmoid_prime(Z) / len(Z)


def the_slope_of_tanh(delta_next, W_next, Z):
    """1 − tanh² is the slope of tanh. The layer here is a sigmoid layer: its slope is a(1 − a), at most ¼."""
    return (delta_next @ W_next) * (1 - np.tanh(Z) ** 2)


def the_rule_of_tanh_for_σ(delta_next, W_next, Z):
    """1 − a² is tanh's rule, used here on σ's a. For σ it is a(1 − a)."""
    return (delta_next @ W_next) * (1 - sigmoid(Z) ** 2)


def the_slope_of_ReLU(delta_next, W_next, Z):
    """You let through what comes back where z > 0, and nothing elsewhere: that is the rule for a ReLU layer. A sigmoid
    layer passes on a share everywhere: a(1 − a) of it."""
    return (delta_next @ W_next) * (Z > 0)


def sign(delta_next, W_next, Z):
    """Your δ has the opposite sign. Nothing changes the sign on the way back: there is no minus in the formula."""
    return -(delta_next @ W_next) * sigmoid_prime(Z)
