"""Step 2: goodness of a function.

The cross-entropy C says how far one prediction y is from its target t; the total loss L is the
sum of C over all examples. Y and T hold one example per row; a single example, (K,), is taken too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from threesteps.network import Params, log_softmax, logits


def one_hot(labels: ArrayLike, n_classes: int) -> NDArray:
    """Targets from class numbers: row n is 0 but for a 1 at labels[n].

    labels: (N,) integers from 0 to n_classes − 1, or one. Result: (N, n_classes), or (n_classes,).
    Raises ValueError for a label outside of that range or not a whole number.

    >>> one_hot([1, 0], 3).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """
    return np.eye(n_classes)[_as_labels(labels, n_classes)]


def cross_entropy(Y: ArrayLike, T: ArrayLike) -> NDArray:
    """C = −Σₖ tₖ ln yₖ of each example.

    Y: (N, K) or (K,) probabilities; T: the same shape, one-hot or soft. Result: (N,) or a
    number. 0·ln 0 counts as 0; where y = 0 meets t > 0, C is infinite. Raises
    ValueError where the shapes differ, for NaN, and for probabilities outside [0, 1].

    >>> cross_entropy([[0.1, 0.7, 0.2]], [[0, 1, 0]]).round(6).tolist()
    [0.356675]
    """
    Y, T = _pair(Y, T)
    return -(T * _log(Y, where=T > 0)).sum(axis=-1) + 0.0  # + 0.0 turns −0 into 0


def cross_entropy_of_labels(Y: ArrayLike, labels: ArrayLike) -> NDArray:
    """C = −ln y_label of each example: `cross_entropy` for class numbers. Y: (N, K); labels: (N,)."""
    Y = np.asarray(Y, dtype=float)
    if Y.ndim != 2 or Y.shape[:1] != np.shape(labels):
        raise ValueError(
            f"Y of shape {Y.shape} does not fit labels of shape {np.shape(labels)}: they are (N, K) and (N,)"
        )
    return cross_entropy(Y, one_hot(labels, Y.shape[1]))


def binary_cross_entropy(Y: ArrayLike, T: ArrayLike) -> NDArray:
    """−Σₖ [tₖ ln yₖ + (1 − tₖ) ln(1 − yₖ)] of each example: for sigmoid outputs, each a yes or no of its own.

    Shapes, limits and errors as for `cross_entropy`.
    """
    Y, T = _pair(Y, T)
    terms = T * _log(Y, where=T > 0) + (1 - T) * _log(1 - Y, where=T < 1)
    return -terms.sum(axis=-1) + 0.0


def total_loss(Y: ArrayLike, T: ArrayLike) -> float:
    """L = Σₙ Cⁿ: the cross-entropy summed over all examples. Y, T: (N, K) or (K,)."""
    return float(cross_entropy(Y, T).sum())


def network_loss(X: ArrayLike, T: ArrayLike, params: Params, hidden: str = "sigmoid", output: str = "softmax") -> float:
    """L of a network on a data set, from its logits: finite however wrong the network is.

    X: (N, in); T: (N, out). Softmax outputs take the cross-entropy, sigmoid outputs the binary
    one: ln σ(z) = −ln(1 + e⁻ᶻ). Raises ValueError for shapes that don't fit and for NaN.
    """
    Z = logits(X, params, hidden)
    Z, T = _same_shape(Z, T, "the network's output")
    if output == "softmax":
        return float(-(T * log_softmax(Z)).sum() + 0.0)
    if output == "sigmoid":
        return float((T * np.logaddexp(0, -Z) + (1 - T) * np.logaddexp(0, Z)).sum())
    raise ValueError(f"unknown output {output!r}: it is softmax or sigmoid")


def _log(Y: NDArray, where: NDArray) -> NDArray:
    """ln Y where it counts, and 0 elsewhere; ln 0 is −∞."""
    with np.errstate(divide="ignore"):
        return np.log(np.where(where, Y, 1.0))


def _pair(Y: ArrayLike, T: ArrayLike) -> tuple[NDArray, NDArray]:
    Y, T = _same_shape(Y, T, "Y")
    for name, array in (("Y", Y), ("T", T)):
        if not ((array >= 0) & (array <= 1)).all():
            raise ValueError(f"{name} holds probabilities, but its values go from {array.min()} to {array.max()}")
    return Y, T


def _same_shape(Y: ArrayLike, T: ArrayLike, name: str) -> tuple[NDArray, NDArray]:
    """Y and T as float arrays. Equal shapes, or (N, 1) against (N,) would broadcast to (N, N)."""
    Y, T = np.asarray(Y, dtype=float), np.asarray(T, dtype=float)
    if Y.shape != T.shape or Y.ndim not in (1, 2):
        raise ValueError(f"{name} has shape {Y.shape}, but T has shape {T.shape}: both are (N, K) or both (K,)")
    for label, array in ((name, Y), ("T", T)):
        if np.isnan(array).any():
            raise ValueError(f"{label} of shape {array.shape} holds NaN")
    return Y, T


def _as_labels(labels: ArrayLike, n_classes: int) -> NDArray:
    labels = np.asarray(labels)
    if labels.ndim > 1:
        raise ValueError(f"labels have shape (N,), one whole number an example, but here {labels.shape}")
    if labels.size == 0:
        return labels.astype(int)
    if not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"labels are whole numbers, but their dtype is {labels.dtype}")
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(
            f"labels go from {labels.min()} to {labels.max()}, but with {n_classes} classes from 0 to {n_classes - 1}"
        )
    return labels
