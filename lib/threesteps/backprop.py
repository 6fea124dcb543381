"""Step 3, the gradient: how much does each parameter move the total loss?

A weight's slope is ∂C/∂w = ∂z/∂w · ∂C/∂z. The forward pass gives ∂z/∂w: it is the value that
enters through w. The backward pass gives δ = ∂C/∂z, from the last layer to the first. Batches
only: one example per row (one example is `x[None, :]`); gradients are summed over the batch,
because L is a sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from threesteps.loss import network_loss
from threesteps.network import HIDDEN, OUTPUT, Params, affine, fitting, layers, named, softmax

# σ′(z) written with a = σ(z), which the forward pass has already computed.
SLOPE = {
    "sigmoid": lambda A: A * (1 - A),
    "tanh": lambda A: 1 - A * A,
    "relu": lambda A: (A > 0) * 1.0,
}


def sigmoid_prime(z: ArrayLike) -> NDArray:
    """dσ/dz = σ(z)(1 − σ(z)), entry by entry; at most ¼, at z = 0. z: any shape."""
    return SLOPE["sigmoid"](HIDDEN["sigmoid"](z))


def output_delta(Y: NDArray, T: NDArray) -> NDArray:
    """δ of the output layer, ∂L/∂Z = Y − T.

    Y, T: (N, K). It holds for softmax with cross-entropy (where each row of T adds to 1) and
    for sigmoid outputs with binary cross-entropy. Raises ValueError where the shapes differ.
    """
    Y, T = np.asarray(Y, dtype=float), np.asarray(T, dtype=float)
    if Y.shape != T.shape or Y.ndim != 2:
        raise ValueError(f"Y has shape {Y.shape}, but T has shape {T.shape}: both are (N, K)")
    return Y - T


def hidden_delta(delta_next: NDArray, W_next: NDArray, Z: NDArray, hidden: str = "sigmoid") -> NDArray:
    """δ of a hidden layer from the δ of the layer after it: a neuron that runs backwards.

    delta_next: (N, next); W_next: (next, out); Z: (N, out), this layer's own weighted sums.
    Result: (N, out), ∂L/∂zⱼ = σ′(zⱼ) Σᵢ wᵢⱼ δᵢ. The gain σ′(z) is a constant by now. Raises
    ValueError for shapes that don't fit and for an unknown activation.
    """
    delta_next, W_next, Z = (np.asarray(array, dtype=float) for array in (delta_next, W_next, Z))
    if Z.ndim != 2 or delta_next.shape != (len(Z), len(W_next)) or W_next.shape != (len(W_next), Z.shape[1]):
        raise ValueError(
            f"delta_next of shape {delta_next.shape}, W_next of shape {W_next.shape} and Z of shape {Z.shape} "
            "do not fit: they are (N, next), (next, out) and (N, out)"
        )
    return (delta_next @ W_next) * named(SLOPE, hidden)(HIDDEN[hidden](Z))


def weight_gradient(delta: NDArray, A_prev: NDArray) -> NDArray:
    """∂L/∂W = Σₙ δⁿ (aⁿ)ᵀ: (N, out) and (N, in) give (out, in). Raises ValueError for other shapes."""
    delta, A_prev = np.asarray(delta, dtype=float), np.asarray(A_prev, dtype=float)
    if delta.ndim != 2 or A_prev.ndim != 2 or len(delta) != len(A_prev):
        raise ValueError(
            f"delta of shape {delta.shape} does not fit A_prev of shape {A_prev.shape}: one row an example"
        )
    return delta.T @ A_prev


def bias_gradient(delta: NDArray) -> NDArray:
    """∂L/∂b = Σₙ δⁿ, because a bias's input is 1: (N, out) gives (out,). Raises ValueError for another shape."""
    delta = np.asarray(delta, dtype=float)
    if delta.ndim != 2:
        raise ValueError(f"delta is (N, out), one row an example, but its shape is {delta.shape}")
    return delta.sum(axis=0)


def backprop(X: NDArray, T: NDArray, params: Params, hidden: str = "sigmoid", output: str = "softmax") -> Params:
    """The gradient of the total loss with respect to every parameter.

    X: (N, in); T: (N, out), one-hot or soft; params: [(W, b), …], left as they are. hidden:
    "sigmoid", "tanh" or "relu"; output: "softmax" with cross-entropy or "sigmoid" with binary
    cross-entropy. Result: [(dW, db), …], first layer first, in the shapes of params; summed over
    the batch (an empty one gives zeros). Raises ValueError for shapes that don't fit and for NaN.
    """
    X, params = fitting(X, params)
    grads = gradients(X, T, params, hidden, output)
    if math.isnan(grads[-1][1].sum()):
        raise ValueError(_where_nan(X, T, params))
    return grads


def gradients(X: NDArray, T: NDArray, params: Params, hidden: str = "sigmoid", output: str = "softmax") -> Params:
    """`backprop` itself, for a loop that knows that X and params are `fitting`."""
    *A, Z = layers(X, params, named(HIDDEN, hidden))
    delta = output_delta(named(OUTPUT, output)(Z), T)
    grads = [(delta.T @ A[-1], delta.sum(axis=0))]
    for l in range(len(params) - 1, 0, -1):
        W, _ = params[l]
        delta = (delta @ W) * SLOPE[hidden](A[l])
        grads.append((delta.T @ A[l - 1], delta.sum(axis=0)))
    return grads[::-1]


def _where_nan(X: NDArray, T: NDArray, params: Params) -> str:
    for name, array in (("X", X), ("T", T)):
        if np.isnan(array).any():
            return f"{name} of shape {np.shape(array)} holds NaN"
    shapes = [np.shape(W) for W, _ in params]
    return f"the network's output is NaN: weights of shapes {shapes} are NaN or too large (a smaller learning rate?)"


def numerical_gradient(f: Callable[[NDArray], float], w: ArrayLike, h: float = 1e-5) -> NDArray:
    """The gradient of f at w by central differences, (f(w + h) − f(w − h)) / 2h for one entry at a time.

    f: a scalar function of an array like w; w: any shape, integers count as floats; it is left
    as it is. Result: float64, the shape of w. Costs two evaluations of f an entry; the error is
    of order h² from the formula and of order 10⁻¹⁶/h from rounding, so h ≈ 1e−5 serves best.
    """
    w = np.array(w, dtype=float)
    gradient = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        kept = w[i]
        w[i] = kept + h
        above = f(w)
        w[i] = kept - h
        below = f(w)
        w[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient


def numerical_gradients(
    X: NDArray, T: NDArray, params: Params, hidden: str = "sigmoid", output: str = "softmax", h: float = 1e-5
) -> Params:
    """What `backprop` returns, by `numerical_gradient`: slow, and right to many digits where all inputs are of one
    size (h times an input should stay well below 1)."""

    def of(layer: int, which: int) -> NDArray:
        def loss(value: NDArray) -> float:
            changed = [list(pair) for pair in params]
            changed[layer][which] = value
            return network_loss(X, T, changed, hidden, output)

        return numerical_gradient(loss, params[layer][which], h)

    return [(of(layer, 0), of(layer, 1)) for layer in range(len(params))]


def max_relative_difference(a: list[NDArray], b: list[NDArray]) -> float:
    """The largest |a − b| / max(|a|, |b|, 1e−12) over all entries of two lists of arrays.

    Raises ValueError where the lists or the shapes in them differ. NaN counts as infinite.
    """
    if [np.shape(x) for x in a] != [np.shape(x) for x in b]:
        raise ValueError(f"the shapes differ: {[np.shape(x) for x in a]} and {[np.shape(x) for x in b]}")
    largest = 0.0
    for x, y in zip(a, b):
        scale = np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)
        with np.errstate(invalid="ignore", over="ignore"):  # ∞ − ∞
            ratio = np.abs(np.subtract(x, y, dtype=float)) / scale
        largest = max(largest, np.nan_to_num(ratio, nan=np.inf).max(initial=0.0))
    return float(largest)


def gradient_check(
    X: NDArray,
    T: NDArray,
    params: Params,
    hidden: str = "sigmoid",
    output: str = "softmax",
    gradient: Callable[..., Params] = backprop,
) -> list[float]:
    """The largest relative difference between `gradient` and central differences, layer by layer.

    About 1e−8 where the gradient is right; more where one slope is tiny (1e−7, say), as central
    differences are off by some 1e−11. Use a handful of examples (rounding grows with L) and a
    network whose layers have different sizes and non-zero biases, or a fault can hide.
    """
    exact = gradient(X, T, params, hidden, output)
    nudged = numerical_gradients(X, T, params, hidden, output)
    return [max_relative_difference(list(mine), list(theirs)) for mine, theirs in zip(exact, nudged, strict=True)]


def backprop_with(
    start: Callable[[NDArray, NDArray], NDArray] = output_delta,
    back: Callable[[NDArray, NDArray, NDArray], NDArray] = lambda delta, W, dW: delta @ W,
    gain: Callable[[NDArray, NDArray], ArrayLike] = lambda Z, b: sigmoid_prime(Z),
) -> Callable[..., Params]:
    """`backprop` with parts replaced, to see what a fault does; without arguments it is right.

    start(Y, T): δ of the output layer, (N, K). back(delta, W, dW): what comes back through a layer
    with weights W, whose slopes are dW, (N, in). gain(Z, b): the slope of σ for the layer that has
    these weighted sums and this bias. Raises ValueError for other layers than sigmoid and softmax.
    """

    def gradient(X: NDArray, T: NDArray, params: Params, hidden: str = "sigmoid", output: str = "softmax") -> Params:
        if (hidden, output) != ("sigmoid", "softmax"):
            raise ValueError(f"backprop_with is for sigmoid and softmax, not for {hidden} and {output}")
        A, Zs = [X], []
        for W, b in params:
            Zs.append(affine(A[-1], W, b))
            A.append(HIDDEN["sigmoid"](Zs[-1]))
        delta, grads = start(softmax(Zs[-1]), T), []
        for l in reversed(range(len(params))):
            dW = delta.T @ A[l]
            grads.insert(0, (dW, delta.sum(axis=0)))
            if l > 0:
                delta = back(delta, params[l][0], dW) * gain(Zs[l - 1], params[l - 1][1])
        return grads

    return gradient
