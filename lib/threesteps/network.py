"""Step 1: define a set of functions.

A network's structure (its layers, their sizes, their activations) fixes a set of functions;
its parameters pick one of them. `params` is a list of `(W, b)` pairs, first layer first, with
W of shape (out, in) and b of shape (out,): row i of W holds the weights of neuron i, as in the
lecture and in `torch.nn.Linear`. Every function takes one example, (in,), or a batch with one
example per row, (N, in).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Params = list[tuple[NDArray, NDArray]]


def sigmoid(z: ArrayLike) -> NDArray:
    """σ(z) = 1 / (1 + e⁻ᶻ), entry by entry: a score becomes a number between 0 and 1.

    z: any shape, also integers. Result: float64 of the same shape; right for every z: where e⁻ᶻ
    overflows to infinity (z below −709), 1 / (1 + ∞) = 0 is the right answer, and NumPy's warning
    is switched off.

    >>> sigmoid([4.0, -2.0, -1000.0]).round(6).tolist()
    [0.982014, 0.119203, 0.0]
    """
    z = np.asarray(z, dtype=float)
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))


def relu(z: ArrayLike) -> NDArray:
    """max(z, 0), entry by entry. z: any shape. Result: float64 of the same shape."""
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def softmax(Z: ArrayLike) -> NDArray:
    """softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ along the last axis: scores become probabilities.

    Z: (K,) or (N, K). Result: the same shape, positive, each row adds to 1. Subtracting a row's
    maximum multiplies numerator and denominator by the same factor, so nothing changes but that
    no exponential overflows. Raises ValueError where there is no class (K = 0).

    >>> softmax([1.0, 2.0, 3.0]).round(2).tolist()
    [0.09, 0.24, 0.67]
    """
    e = np.exp(_shifted(Z))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(Z: ArrayLike) -> NDArray:
    """ln softmax(Z) along the last axis, by log-sum-exp: finite where a probability underflows.

    Z: (K,) or (N, K). Result: the same shape, ln softmax(z)ᵢ = zᵢ − ln Σⱼ e^zⱼ. Raises
    ValueError where there is no class (K = 0).

    >>> log_softmax([0.0, -1000.0]).tolist()
    [0.0, -1000.0]
    """
    shifted = _shifted(Z)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _shifted(Z: ArrayLike) -> NDArray:
    Z = np.asarray(Z, dtype=float)
    if Z.ndim == 0 or Z.shape[-1] == 0:
        raise ValueError(f"softmax needs at least one class on the last axis, but Z has shape {Z.shape}")
    return Z - Z.max(axis=-1, keepdims=True)


def affine(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> NDArray:
    """The weighted sums of one layer, X Wᵀ + b (for one example: W x + b).

    X: (in,) or (N, in); W: (out, in); b: (out,). Result: (out,) or (N, out). Raises ValueError
    with both shapes where they don't fit.

    >>> affine([1, -1], [[1, -2], [-1, 1]], [1, 0]).tolist()
    [4.0, -2.0]
    """
    X, W, b = np.asarray(X, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    _must_fit(X.shape, W, b)
    return X @ W.T + b


def _must_fit(shape: tuple[int, ...], W: NDArray, b: NDArray) -> None:
    if W.ndim != 2 or len(shape) not in (1, 2) or shape[-1] != W.shape[1]:
        raise ValueError(f"X of shape {shape} does not fit W of shape {W.shape}: W is (out, in), X (in,) or (N, in)")
    if b.shape != W.shape[:1]:
        raise ValueError(f"b of shape {b.shape} does not fit W of shape {W.shape}: each row of W has one bias")


def fitting(X: ArrayLike, params: Params) -> tuple[NDArray, Params]:
    """X and params as float arrays, the same ones where they are. Raises ValueError where a layer doesn't fit."""
    if not params:
        raise ValueError("params is empty: a network has at least one layer")
    X = np.asarray(X, dtype=float)
    params = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in params]
    shape = X.shape
    for W, b in params:
        _must_fit(shape, W, b)
        shape = (*shape[:-1], len(b))
    return X, params


HIDDEN = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": relu}
OUTPUT = {"sigmoid": sigmoid, "softmax": softmax}


def forward(X: ArrayLike, params: Params, hidden: str = "sigmoid", output: str = "softmax") -> list[NDArray]:
    """The forward pass, everything kept: [X, A¹, A², …, Y].

    X: (in,) or (N, in). hidden: "sigmoid", "tanh" or "relu"; output: "softmax" or "sigmoid".
    Result: what enters each layer, and last the network's output; entry l is (layer l's size,)
    or (N, layer l's size). Raises ValueError for shapes that don't fit and for unknown
    activations. Formula: aˡ = σ(Wˡ aˡ⁻¹ + bˡ).
    """
    *before, Z = layers(*fitting(X, params), named(HIDDEN, hidden))
    return [*before, named(OUTPUT, output)(Z)]


def logits(X: ArrayLike, params: Params, hidden: str = "sigmoid") -> NDArray:
    """The last layer's weighted sums, before its activation: (out,) or (N, out)."""
    return layers(*fitting(X, params), named(HIDDEN, hidden))[-1]


def network(X: ArrayLike, params: Params, hidden: str = "sigmoid", output: str = "softmax") -> NDArray:
    """The function that the parameters pick: the output for X, (out,) or (N, out). See `forward`.

    >>> lecture = [(np.array([[1, -2], [-1, 1]]), np.array([1, 0]))]
    >>> network([1, -1], lecture, output="sigmoid").round(2).tolist()
    [0.98, 0.12]
    """
    return forward(X, params, hidden, output)[-1]


def layers(X: NDArray, params: Params, activation: Callable[[NDArray], NDArray]) -> list[NDArray]:
    """[X, A¹, …, Z of the last layer], of arrays that are known to be `fitting`."""
    *hidden, (W, b) = params
    values = [X]
    for V, c in hidden:
        values.append(activation(values[-1] @ V.T + c))
    return [*values, values[-1] @ W.T + b]


def named(activations: dict, name: str) -> Callable[[ArrayLike], NDArray]:
    """activations[name], or a ValueError that lists the names there are."""
    if name not in activations:
        raise ValueError(f"unknown activation {name!r}: it is one of {', '.join(activations)}")
    return activations[name]


def count_parameters(sizes: Sequence[int]) -> int:
    """How many weights and biases a fully connected network has; sizes: input first, output last.

    >>> count_parameters([256, 500, 500, 10])
    384010
    """
    return int(sum(n_out * (n_in + 1) for n_in, n_out in _layers(sizes)))


def normal_init(sizes: Sequence[int], rng: np.random.Generator, scale: float = 1.0) -> Params:
    """Random parameters: W from a normal distribution of standard deviation scale/√in, b zero.

    sizes: input first, output last. With scale 1, the weighted sums of a layer are about as
    large as its inputs, however many there are (LeCun et al., "Efficient BackProp", 1998).
    """
    return [
        (rng.normal(0.0, scale / np.sqrt(n_in), size=(n_out, n_in)), np.zeros(n_out)) for n_in, n_out in _layers(sizes)
    ]


def he_init(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Random parameters for ReLU layers: W of standard deviation √(2/in), b zero.

    ReLU drops half of what it gets, and the 2 makes up for it (He et al., "Delving Deep into
    Rectifiers", 2015).
    """
    return normal_init(sizes, rng, scale=np.sqrt(2.0))


def _layers(sizes: Sequence[int]) -> list[tuple[int, int]]:
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes is {list(sizes)}, but a network has an input and an output size, all at least 1")
    return list(zip(sizes[:-1], sizes[1:]))
