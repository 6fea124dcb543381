"""What learners get wrong in `affine(X, W, b)`, the weighted sums X Wᵀ + b of one layer."""

import numpy as np

from threesteps.mistakes import also
from threesteps.network import sigmoid


@also(lambda X, W, b: X.T @ W + b)
def W_not_transposed(X, W, b):
    """A row of W holds the weights of one neuron, and an example is a row too. For row to meet row in a product, it is
    W whose rows and columns have to be swapped first; X stays as it is. (With a square W the shapes fit all the same,
    and the numbers are wrong.)"""
    return X @ W + b


def W_transposed_on_the_left(X, W, b):
    """With W.T on the left, X meets the columns of W, but a neuron's weights are a row. Rows of the left factor meet
    columns of the right one: an example is a row of X, so X belongs on the left."""
    return W.T @ X + b


def W_reshaped(X, W, b):
    """The shape fits, but the weights are mixed up: `reshape` fills the new shape row by row, so that a neuron gets
    weights that belong to others. Swapping rows and columns is a different operation: it makes each row a column."""
    return X @ W.reshape(W.shape[::-1]) + b


def bias_inside_the_product(X, W, b):
    """The bias went through the weights: (x + b)Wᵀ. It is added after the product, once for each neuron."""
    return (X + b) @ W.T


def bias_as_a_column(X, W, b):
    """You made b a column, so each bias goes to an example and not to a neuron. Neurons are the columns of the result,
    and b, which is (out,), is added to every row without any help."""
    return X @ W.T + b[:, None]


def no_bias(X, W, b):
    """The weighted sum is right, but the bias is missing: with x = 0 your z is 0, whatever b is."""
    return X @ W.T


def bias_subtracted(X, W, b):
    """The bias is added: z = w·x + b. (Some texts subtract a threshold instead; the bias is minus that threshold.)"""
    return X @ W.T - b


def product_entry_by_entry(X, W, b):
    """`*` multiplies entry by entry and adds nothing up. A neuron adds the products: that is `@`."""
    return X * W + b


def one_example_only(X, W, b):
    """W @ x + b is right for one example. In a batch the examples are rows, and W @ X would take the columns. With X on
    the left of the product, one form serves both. What do you have to do to W then?"""
    return W @ X + b


def batch_only(X, W, b):
    """It works for a batch but not for one example, which has no rows. A product with X on its left takes both as they
    are, and you need not ask how many axes there are."""
    return np.array([W @ x + b for x in X])


def already_squashed(X, W, b):
    """You went one step further: affine is the weighted sum z alone; σ comes after it."""
    return sigmoid(X @ W.T + b)


def examples_as_columns(X, W, b):
    """Your result has one example per column. In this course an example is a row, going in and coming out: (N, in)
    becomes (N, out)."""
    return W @ X.T + b[:, None] if X.ndim == 2 else W @ X + b


def examples_as_columns_b_along_them(X, W, b):
    """Right for one example. In a batch your product has one *column* per example, (out, N). b is added to each row,
    where its entries meet examples, not neurons. Put X on the left of the product, so that each example stays a row:
    then b fits as it is."""
    return W @ X.T + b


def sums_of_one_example_only(X, W, b):
    """Right for one example, which meets every row of W entry by entry. A batch has rows of its own, and *each* row of
    X has to meet *each* row of W: that is what `@` is for."""
    return (X * W).sum(axis=-1) + b


def b_changed_in_place(X, W, b):
    """`b += …` writes the result into the caller's own b: the next call starts from a wrong bias, and the result for
    a batch does not fit into it. Make a new array: write the sum with `+`."""
    b += X @ W.T
    return b
