"""What learners get wrong in `gradient_norms(grads)`, the root of the sum of squares of each layer's dW."""

import numpy as np

from threesteps.mistakes import also
from threesteps.tasks.depth import gradient_norms


def the_root_left_out(grads):
    """Your numbers are the sums of squares. The norm is a length, as in Pythagoras: the root has yet to be taken."""
    return [(dW**2).sum() for dW, db in grads]


def half_of_the_sum(grads):
    """Your numbers are *half* the sums of squares: `x**1/2` means `(x**1)/2`, as powers bind more tightly than `/`. The
    root is `x**0.5`, or `np.sqrt(x)`."""
    return [(dW**2).sum() / 2 for dW, db in grads]


def absolute_values_added(grads):
    """You add absolute values. The norm asked for here squares the entries, adds them up, and takes the root."""
    return [np.abs(dW).sum() for dW, db in grads]


def the_mean_for_the_sum(grads):
    """You take the root of the *mean* square: the sum is divided by the number of entries. The norm is the root of the
    sum itself."""
    return [np.sqrt((dW**2).mean()) for dW, db in grads]


def divided_by_the_root_of_the_rows(grads):
    """You divide by the root of `len(dW)`. (The lesson's `norms` divides by the root of the number of *examples*; the
    rows of dW are neurons.) Here nothing is divided: the norm itself is asked for."""
    return [np.linalg.norm(dW) / np.sqrt(len(dW)) for dW, db in grads]


def divided_by_the_rows(grads):
    """You divide by `len(dW)`, which is the number of neurons. Nothing is divided here: the norm itself is asked
    for."""
    return [np.linalg.norm(dW) / len(dW) for dW, db in grads]


def the_spectral_norm(grads):
    """That is the spectral norm, the most by which the table can stretch a vector: in NumPy it has the number 2. The
    norm asked for here is what `np.linalg.norm` gives when it gets nothing but the table."""
    return [np.linalg.norm(dW, 2) for dW, db in grads]


def the_largest_column_sum(grads):
    """That is the largest sum of absolute values in a column, in NumPy the norm with the number 1. The norm asked for
    here counts all entries."""
    return [np.linalg.norm(dW, 1) for dW, db in grads]


def the_largest_entry(grads):
    """You return the size of the largest entry. The norm takes in all entries: the root of the sum of their squares."""
    return [np.abs(dW).max() for dW, db in grads]


def biases_counted_in(grads):
    """The biases' slopes are in your sums as well. Here dW alone counts."""
    return [np.sqrt((dW**2).sum() + (db**2).sum()) for dW, db in grads]


def a_pair_for_each_layer(grads):
    """You have two numbers for each layer, the norms of dW and of db. db doesn't count here: one number for each layer,
    the norm of dW."""
    return [(np.linalg.norm(dW), np.linalg.norm(db)) for dW, db in grads]


def norms_of_dW_and_db_added(grads):
    """You add the norm of db to that of dW. Here dW alone counts."""
    return [np.linalg.norm(dW) + np.linalg.norm(db) for dW, db in grads]


def biases_in_place_of_weights(grads):
    """Those are the norms of db, the biases' slopes. What is asked for is dW, the first of each pair."""
    return [np.linalg.norm(db) for dW, db in grads]


def rows_by_themselves(grads):
    """You take the norm of each *row*, so there is a number for each neuron. What is asked for is one number for the
    whole table: no axis."""
    return [np.linalg.norm(dW, axis=1) for dW, db in grads]


@also(lambda grads: [sum(dW**2) for dW, db in grads])
def columns_by_themselves(grads):
    """You have a number for each *column*: Python's own `sum`, as `axis=0`, adds up rows. What is asked for is one
    number for the whole table, for which `np.sum` adds up all entries."""
    return [np.linalg.norm(dW, axis=0) for dW, db in grads]


@also(
    lambda grads: [dW @ dW.T for dW, db in grads],
    lambda grads: [np.sqrt(dW.T @ dW) for dW, db in grads],
    lambda grads: [np.sqrt(dW @ dW.T) for dW, db in grads],
)
def a_product_with_itself(grads):
    """You multiply the table by itself with `@`, and get another table. The norm squares each entry, `dW**2`, and adds
    them all up."""
    return [dW.T @ dW for dW, db in grads]


def all_layers_in_one(grads):
    """That is one number for the whole network. To see where a gradient vanishes, each layer needs its own."""
    return np.sqrt(sum((dW**2).sum() for dW, db in grads))


@also(lambda grads: [np.linalg.norm(grads[0][0])])
def the_first_layer_only(grads):
    """Only the first layer is measured. Is the `return` inside the loop? Then the loop ends in its first round."""
    return np.linalg.norm(grads[0][0])


def the_last_layer_first(grads):
    """The numbers are right, but they begin with the last layer. The first layer comes first, as in grads."""
    return gradient_norms(grads)[::-1]


def signs_cancel(grads):
    """You add the entries as they are, so that positive and negative ones cancel. Squares don't."""
    return [abs(dW.sum()) for dW, db in grads]
