"""What learners get wrong in `relu_delta(delta_next, W_next, Z)`, what comes back through W, where z is above 0."""

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.mistakes import also
from threesteps.network import relu
from threesteps.tasks.depth import relu_delta


def W_transposed(delta_next, W_next, Z):
    """You transpose W on the way back. Forward it is transposed because the examples are rows; backward (N, next) meets
    (next, out) as it is. (Square layers don't complain.)"""
    return (delta_next @ W_next.T) * (Z > 0)


def no_slope(delta_next, W_next, Z):
    """What comes back through the weights is right, but then the slope is missing: where z is negative the neuron is
    off, and a nudge of z moves nothing."""
    return delta_next @ W_next


def slope_before_the_weights(delta_next, W_next, Z):
    """You multiply by the slope before the weights. The slope belongs to *this* layer's neurons, and what comes back
    reaches them by way of the weights first."""
    return (delta_next * (Z > 0)) @ W_next


def compared_after_the_product(delta_next, W_next, Z):
    """You return True and False: `*` binds more tightly than `>`, so the product is compared with 0. Put brackets
    around `Z > 0`."""
    return (delta_next @ W_next) * Z > 0


def ReLU_divided_by_z(delta_next, W_next, Z):
    """A quotient with z below, such as ReLU(z)/z, is the slope where z is not 0; at 0 it is 0/0, which is nan. Compare
    instead: `Z > 0`."""
    return (delta_next @ W_next) * (relu(Z) / Z)


def slope_1_at_0(delta_next, W_next, Z):
    """All is right except at z = 0, where you let everything through. ReLU has a corner there, and here its slope
    counts as 0."""
    return (delta_next @ W_next) * (Z >= 0)


def slope_of_a_half_at_0(delta_next, W_next, Z):
    """All is right except at z = 0, where you let half through. ReLU has a corner there, and here its slope counts
    as 0."""
    return (delta_next @ W_next) * np.heaviside(Z, 0.5)


def the_other_side(delta_next, W_next, Z):
    """You let through where z is negative and block where it is positive. It is the other way round."""
    return (delta_next @ W_next) * (Z < 0)


def the_other_side_with_0(delta_next, W_next, Z):
    """You let through where z is negative or 0 and block where it is positive. It is the other way round."""
    return (delta_next @ W_next) * (Z <= 0)


def ReLU_in_place_of_its_slope(delta_next, W_next, Z):
    """You multiply by ReLU(z) itself. The gain is its *slope*, 1 or 0: how far a nudge of z moves a, not how large a
    is."""
    return (delta_next @ W_next) * relu(Z)


def z_in_place_of_the_slope(delta_next, W_next, Z):
    """You multiply by z itself. The gain of a ReLU neuron is its slope, 1 or 0."""
    return (delta_next @ W_next) * Z


def the_sign_of_z(delta_next, W_next, Z):
    """Your gain is −1 where z is negative. There the neuron is off: nothing gets through, in either direction."""
    return (delta_next @ W_next) * np.sign(Z)


def slope_of_σ(delta_next, W_next, Z):
    """That is the backward pass of a *sigmoid* layer, with σ(z)(1 − σ(z)) as its gain. ReLU's gain is 1 or 0."""
    return (delta_next @ W_next) * sigmoid_prime(Z)


def the_rule_of_σ_for_ReLU(delta_next, W_next, Z):
    """a(1 − a) is σ's slope, written with σ's a. You put ReLU's a into it, and that is not the slope of anything."""
    return (delta_next @ W_next) * relu(Z) * (1 - relu(Z))


def ReLU_of_δ(delta_next, W_next, Z):
    """You cut off negative *deltas*. A δ may well be negative; what decides is the sign of z, from the forward pass."""
    return relu(delta_next @ W_next)


def ReLU_of_δ_where_z_is_positive(delta_next, W_next, Z):
    """The slope is right, but you also cut off negative *deltas*. A δ may well be negative: it says in which direction
    the loss moves."""
    return relu(delta_next @ W_next) * (Z > 0)


def leaky(delta_next, W_next, Z):
    """Where z is negative you let a hundredth through. That is another curve, the leaky ReLU; here the slope is 0."""
    return (delta_next @ W_next) * np.where(Z > 0, 1, 0.01)


def divided_by_the_batch(delta_next, W_next, Z):
    """You divide by the number of examples. Gradients here are those of the *sum* over the batch, and each row of δ
    belongs to one example anyway."""
    return relu_delta(delta_next, W_next, Z) / len(Z)


@also(lambda delta_next, W_next, Z: relu_delta(delta_next, W_next, Z)[:1])
def the_first_example_only(delta_next, W_next, Z):
    """Only the first example's δ is there. Is there an index [0], or a `return` inside a loop? Each example keeps a row
    of its own."""
    return relu_delta(delta_next, W_next, Z)[0]


@also(lambda delta_next, W_next, Z: relu_delta(delta_next, W_next, Z).sum(axis=0, keepdims=True))
def summed_over_the_batch(delta_next, W_next, Z):
    """You added up over the examples. Each example goes back with a δ of its own, and keeps its row; the sum over the
    batch comes with the gradients of W and b."""
    return relu_delta(delta_next, W_next, Z).sum(axis=0)


def on_for_one_on_for_all(delta_next, W_next, Z):
    """You let a neuron through for every example as soon as it is on for one. Each example has its own z: compare entry
    by entry."""
    return (delta_next @ W_next) * (Z > 0).any(axis=0)


def W_transposed_in_a_loop(delta_next, W_next, Z):
    """In your loop the two indices of W are the wrong way round: wᵢⱼ leads from neuron j to neuron i of the next layer,
    so its place is `W_next[i, j]`, and the sum runs over i."""
    delta = np.zeros(Z.shape)
    for n, j in np.ndindex(Z.shape):
        delta[n, j] = (Z[n, j] > 0) * sum(W_next[j, i] * delta_next[n, i] for i in range(delta_next.shape[1]))
    return delta


def opposite_sign(delta_next, W_next, Z):
    """Your δ has the opposite sign. No minus comes in on the way back: only the step goes downhill."""
    return -relu_delta(delta_next, W_next, Z)


def Z_changed_in_place(delta_next, W_next, Z):
    """The result is right, but Z was changed on the way: whoever called still needs it. Make a new array."""
    Z[Z > 0] = 1
    Z[Z <= 0] = 0
    return (delta_next @ W_next) * Z
