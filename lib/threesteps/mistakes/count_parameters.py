"""What learners get wrong in `count_parameters(sizes)`, the number of weights and biases of a network."""

from itertools import combinations, pairwise
from math import prod


def no_biases(sizes):
    """You count the weights, and each neuron has a bias too: one more knob for every neuron after the input."""
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def biases_for_the_input(sizes):
    """You count biases for the inputs as well. Inputs are not neurons: nothing is weighed or added there, so biases
    begin at the first layer after the input."""
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes)) + sum(sizes)


def one_bias_per_layer(sizes):
    """You give each layer a single bias. Every *neuron* has its own: a layer's b has as many entries as the layer has
    neurons."""
    return sum(n_in * n_out + 1 for n_in, n_out in pairwise(sizes))


def one_bias_in_all(sizes):
    """You add a single bias for the whole network. Every neuron after the input has its own."""
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes)) + 1


def biases_at_the_wrong_end(sizes):
    """You give each layer as many biases as it has *inputs*. A bias belongs to the neuron that adds it: count the
    layer's outputs."""
    return sum(n_in * n_out + n_in for n_in, n_out in pairwise(sizes))


def one_too_many_on_both_sides(sizes):
    """(in + 1)(out + 1) counts a neuron too many in each layer: there are *out* of them, with in + 1 knobs each. The
    extra 1 on the input side is the bias."""
    return sum((n_in + 1) * (n_out + 1) for n_in, n_out in pairwise(sizes))


def neurons_not_parameters(sizes):
    """That is the sum of the sizes: you count neurons and inputs. Between two layers every wire has a weight, and a
    wire runs from each to each: multiply the sizes."""
    return sum(sizes)


def one_product_of_all_sizes(sizes):
    """You multiply all the sizes together. A layer's wires run to the next layer only: multiply neighbours, and *add*
    the layers."""
    return prod(sizes)


def the_last_layer_left_out(sizes):
    """The last layer is missing from your sum: sizes has one entry more than there are layers of weights, and the
    output's size counts as well."""
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes[:-1]))


def the_first_layer_left_out(sizes):
    """The weights right behind the input are missing from your sum: the input's size counts as well."""
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes[1:]))


def the_first_layer_only(sizes):
    """That is the first layer alone. If the `return` stands inside the loop, it ends the loop in its first round."""
    for n_in, n_out in pairwise(sizes):
        return n_out * (n_in + 1)


def the_last_layer_only(sizes):
    """That is the last layer alone. If each round of the loop sets the count anew, only the last one is left: add the
    rounds up."""
    for n_in, n_out in pairwise(sizes):
        count = n_out * (n_in + 1)
    return count


def a_count_for_each_layer(sizes):
    """The layers' counts are right. They have still to be added up, to one number."""
    return [n_out * (n_in + 1) for n_in, n_out in pairwise(sizes)]


def no_biases_for_the_outputs(sizes):
    """You count the outputs without biases. They are neurons like those before them: each weighs, adds its bias and
    squashes."""
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes)) + sum(sizes[1:-1])


def from_the_last_layer_back_to_the_input(sizes):
    """Your count has wires from the outputs back to the inputs: at position 0 the entry before is sizes[−1], the *last*
    one of the list. The input has nothing before it: begin one later."""
    return sum(sizes[l] * (sizes[l - 1] + 1) for l in range(len(sizes)))


def three_sizes_written_out(sizes):
    """Right for three sizes, like [3, 2, 1]. A network may have any number of layers: go through the list from
    neighbour to neighbour."""
    return (sizes[0] + 1) * sizes[1] + (sizes[1] + 1) * sizes[2]


def wires_that_skip_layers(sizes):
    """You count wires from each layer to *all* later ones. Here a layer is wired to the next one only."""
    return sum(n_in * n_out for n_in, n_out in combinations(sizes, 2)) + sum(sizes[1:])
