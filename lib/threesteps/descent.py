"""Step 3, pick the best function: walk downhill on the total loss."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from threesteps.backprop import backprop, gradients
from threesteps.network import Params, fitting


def gradient_step(params: Params, grads: Params, learning_rate: float) -> Params:
    """One step downhill, θ − η ∇L: new parameters; the old ones are left as they are.

    params, grads: [(W, b), …] and [(dW, db), …] of the same shapes, else ValueError.
    """
    return [
        (_step(W, dW, learning_rate), _step(b, db, learning_rate))
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


def _step(w: ArrayLike, slope: ArrayLike, learning_rate: float, out: NDArray | None = None) -> NDArray:
    """w − η ∂L/∂w for one array, put into `out`. Equal shapes, or broadcasting would hide a fault in the gradient."""
    w, slope = np.asarray(w), np.asarray(slope)
    if w.shape != slope.shape:
        raise ValueError(f"the gradient has shape {slope.shape}, but its parameter has shape {w.shape}")
    return np.subtract(w, learning_rate * slope, out=out)


def gradient_descent(gradient: Callable[[NDArray], NDArray], w: ArrayLike, learning_rate: float, steps: int) -> NDArray:
    """The path of gradient descent from w, (steps + 1, …): first row the start, one row per step.

    gradient: a function that gives the gradient at an array of w's shape, in that shape, else
    ValueError.
    """
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        path.append(_step(path[-1], gradient(path[-1].copy()), learning_rate))
    return np.stack(path)


def minibatches(n: int, size: int, rng: np.random.Generator) -> list[NDArray]:
    """The indices 0 … n − 1, shuffled and cut into batches of `size`; the last one may be short."""
    if size < 1:
        raise ValueError(f"a batch has at least one example, but size is {size}")
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


def predict(Y: ArrayLike) -> NDArray:
    """The class of the largest output in each row, the lowest where several are: (N, K) gives (N,).

    Raises ValueError for NaN, of which argmax would make the largest.
    """
    if np.isnan(Y).any():
        raise ValueError(f"Y of shape {np.shape(Y)} holds NaN")
    return np.argmax(Y, axis=-1)


def accuracy(Y: ArrayLike, labels: ArrayLike) -> float:
    """The share of rows whose largest output is at the label, from 0 to 1. Y: (N, K); labels: (N,)."""
    predicted, labels = predict(Y), np.asarray(labels)
    if predicted.shape != labels.shape:
        raise ValueError(
            f"Y of shape {np.shape(Y)} does not fit labels of shape {labels.shape}: they are (N, K) and (N,)"
        )
    if labels.size == 0:
        raise ValueError("the accuracy on no examples is not defined: Y and labels are empty")
    return float((predicted == labels).mean())


def train(
    params: Params,
    X: NDArray,
    T: NDArray,
    rng: np.random.Generator,
    *,
    learning_rate: float,
    batch_size: int = 32,
    epochs: int = 20,
    gradient: Callable[[NDArray, NDArray, Params], Params] = backprop,
    after_epoch: Callable[[int, Params], None] | None = None,
) -> Params:
    """Minibatch gradient descent: in each epoch every example is used once, in random order.

    params: where to start, left as they are; X: (N, in); T: (N, out). `gradient(X, T, params)`
    gives the gradients summed over a batch (for another activation:
    `functools.partial(backprop, hidden="relu")`); the step divides by the batch's size, so that
    the learning rate means the same for every size. `after_epoch(epoch, params)` is called after
    each epoch, counted from 1. Result: the trained parameters. Raises ValueError for shapes that
    don't fit, for NaN, and for no examples.
    """
    T = np.asarray(T, dtype=float)
    X, start = fitting(X, params)
    if len(X) == 0 or len(X) != len(T):
        raise ValueError(f"X has shape {X.shape}, but T has shape {T.shape}: one row per example, at least one")
    for name, array in (("X", X), ("T", T)):
        if np.isnan(array).any():
            raise ValueError(f"{name} of shape {array.shape} holds NaN")
    params = _copy(start)
    slopes = gradients if gradient is backprop else gradient  # its checks were made just now
    for epoch in range(1, epochs + 1):
        for batch in minibatches(len(X), batch_size, rng):
            grads = slopes(X.take(batch, axis=0), T.take(batch, axis=0), params)
            for (W, b), (dW, db) in zip(params, grads, strict=True):
                _step(W, dW, learning_rate / len(batch), out=W)
                _step(b, db, learning_rate / len(batch), out=b)
        if slopes is gradients and np.isnan(params[-1][1]).any():
            backprop(X, T, params)  # it says what is wrong
        if after_epoch:
            after_epoch(epoch, _copy(params))
    return params


def _copy(params: Params) -> Params:
    return [(W.copy(), b.copy()) for W, b in params]
