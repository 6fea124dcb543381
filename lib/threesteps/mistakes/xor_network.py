"""What learners get wrong in `xor_network()`, where many numbers are right.

A mistake is known here by what its numbers do. An answer can show several of them, and gets the
first in the order of this module: what is certain of the cause comes before what the result looks like.
"""

import numpy as np

from threesteps.mistakes import known_by
from threesteps.network import relu, sigmoid
from threesteps.task import as_numbers
from threesteps.tasks.networks import POINTS, RIGHT, WANTED, is_xor, layers_of, outputs

# Marks: what tells the mistake

_tests = []


def _first_to_show(test):
    """It is the first mistake here of which test(value) holds."""
    before = tuple(_tests)
    _tests.append(test)
    return known_by(lambda trial: test(trial.outcome.value) and not any(t(trial.outcome.value) for t in before))


def _form(test):
    """test(value), where the value is no network from two inputs to one output."""
    return _first_to_show(lambda value: _network(value) is None and test(value))


def _numbers(test):
    """test(layers), where they are such a network, and it is not XOR."""

    def holds(value):
        layers = _network(value)
        return layers is not None and not is_xor(outputs(layers)) and bool(test(layers))

    return _first_to_show(holds)


def _answers(*tables):
    """Outputs at the four points that lie on these sides of ½: "0111" is OR."""
    return _numbers(lambda layers: "".join("01"[int(y > 0.5)] for y in outputs(layers)) in tables)


def _network(value):
    layers = layers_of(value)
    return layers if not isinstance(layers, str) and len(layers[-1][0]) == 1 else None


# A form that is not the right one

_HIDDEN, _OUTPUT = RIGHT


def _axes(value):
    """The number of axes of each entry of a list, None for what is not numbers; empty for all but lists."""
    if not isinstance(value, (list, tuple)):
        return []
    return [None if (array := as_numbers(entry)) is None else array.ndim for entry in value]


def _pairs(value):
    """The pairs of arrays in a list of such pairs, whatever their shapes; empty for all else."""
    axes = [_axes(pair) for pair in value] if isinstance(value, (list, tuple)) else [[]]
    if not all(len(pair) == 2 and None not in pair for pair in axes):
        return []
    return [(as_numbers(W), as_numbers(b)) for W, b in value]


def _outputs_of_xor(value):
    """Whether it is XOR's four outputs, or its table with the outputs in the last column."""
    array = as_numbers(value)
    if array is None or array.size not in (4, 12) or (array.size == 12 and array.shape != (4, 3)):
        return False
    return is_xor(array.ravel() if array.size == 4 else array[:, 2])


@_form(_outputs_of_xor)
def the_outputs_in_place_of_the_parameters():
    """You returned the outputs that XOR should have. The task asks for the numbers *inside* a network, its weights and
    biases, with which `network` computes those outputs."""
    return [0, 1, 1, 0]


@_form(lambda value: isinstance(value, dict))
def a_dictionary():
    """Your parameters stand in a dictionary. The form in this course is a list with a pair (W, b) for each layer, the
    first layer first: that is what the loop in `network` takes apart."""
    (W1, b1), (W2, b2) = RIGHT
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@_form(lambda value: bool(axes := _axes(value)) and axes == [2, 1] * (len(axes) // 2))
def one_flat_list():
    """W and b stand one after the other in a flat list. Each layer is a pair of its own, in round brackets, and the
    list holds the pairs."""
    return [*_HIDDEN, *_OUTPUT]


@_form(lambda value: set(_axes(value)) == {2})
def weights_without_biases():
    """Your list holds tables of weights only. Each layer is a pair (W, b): the biases decide where the neurons' borders
    lie."""
    return [W for W, b in RIGHT]


@_form(lambda value: bool(pairs := _pairs(value)) and all((W.ndim, b.ndim) == (1, 2) for W, b in pairs))
def b_before_W():
    """In your pairs b stands before W. The order is (W, b)."""
    return [(b, W) for W, b in RIGHT]


@_form(lambda value: any((W.ndim, b.ndim) == (2, 0) for W, b in _pairs(value)))
def a_bias_that_is_a_single_number():
    """One of your biases is a bare number. b has one entry for each neuron of its layer, even where there is only one
    neuron: then it is a list with one entry."""
    return [_HIDDEN, ([[20, 20]], -30)]


@_form(lambda value: any((W.ndim, b.ndim) == (2, 2) for W, b in _pairs(value)))
def a_bias_with_two_axes():
    """One of your b has two axes: it is a table of one row or one column. b is a plain row, of shape (out,): one pair
    of square brackets."""
    return [(W, b[:, None]) for W, b in RIGHT]


@_form(lambda value: any((W.ndim, b.ndim) == (1, 1) for W, b in _pairs(value)))
def weights_that_are_no_table():
    """One of your W is a plain row. W is a table with one row for each neuron, even where there is only one neuron:
    then it has two pairs of square brackets, and the shape (1, in)."""
    return [_HIDDEN, ([20, 20], [-30])]


@_form(lambda value: isinstance(value, (list, tuple)) and _network(value[::-1]) is not None)
def the_last_layer_first():
    """Your layers stand in the wrong order: the first pair of the list is the one that x meets."""
    return RIGHT[::-1]


@_form(lambda value: _network([(W.T, b) for W, b in _pairs(value)]) is not None)
def W_the_other_way_round():
    """Your tables have one *column* for each neuron. Here row i holds the weights of neuron i, so W has the shape (out,
    in): swap its rows and columns."""
    return [(W.T, b) for W, b in RIGHT]


@_form(lambda value: not isinstance(layers := layers_of(value), str) and len(layers[-1][0]) > 1)
def more_than_one_output():
    """Your layers fit together, but the last one has more than one neuron. XOR is one question, so one output answers
    it: near 1 for yes, near 0 for no."""
    return [_HIDDEN, ([[20, 20], [-20, -20]], [-30, 30])]


# A network that is not XOR


@_numbers(lambda layers: len(layers) == 1)
def no_hidden_layer():
    """Your network is one neuron. Lesson 1a showed that its border is a straight line, and no straight line separates
    these four points: it takes a hidden layer."""
    return [([[20, 20]], [-30])]


@_numbers(lambda layers: any(not W.any() for W, _ in layers))
def a_layer_of_zeros():
    """All the weights of a layer are 0, so nothing of what enters gets through it: your network says the same at all
    four points."""
    return [([[0, 0], [0, 0]], [0, 0]), ([[0, 0]], [0])]


@_numbers(lambda layers: len(layers) == 2 and len(layers[0][0]) == 1)
def one_hidden_neuron():
    """Your hidden layer is a single neuron. Its one number rises or falls across the plane, and the output neuron can
    only follow it: a second hidden neuron is needed."""
    return [([[20, 20]], [-10]), ([[20]], [-10])]


@_numbers(lambda layers: len(layers) == 2 and len(np.unique(np.column_stack(layers[0]), axis=0)) == 1)
def hidden_neurons_all_alike():
    """Your hidden neurons have the same weights and the same bias, so they say the same, and together they know no more
    than one neuron. Give each a question of its own."""
    return [([[20, 20], [20, 20]], [-10, -10]), ([[20, 20]], [-30])]


@_numbers(lambda layers: (((y := outputs(layers)) > 0.51) == WANTED).all() and ((y < 0.49) != WANTED).all())
def not_sure_enough():
    """All four outputs are on the right side of ½, so you have XOR. They are only not sure enough: the task asks for
    below 0.4 or above 0.6. What did 1a show of a neuron whose weights and bias are all ten times as large?"""
    return [_HIDDEN, ([[0.5, 0.5]], [-0.75])]


@_answers("1001")
def upside_down():
    """Your network says yes where XOR says no, and no where it says yes, at all four points. Which neuron can reverse
    its answer, and what happens to σ(z) when z changes its sign?"""
    return [_HIDDEN, ([[-20, -20]], [30])]


@_numbers(lambda layers: is_xor(outputs([(W, -b) for W, b in layers])))
def thresholds_in_place_of_biases():
    """With the sign of every bias reversed, your numbers solve XOR. A threshold is subtracted, as in "more than 5?",
    and a bias is added: it is minus the threshold."""
    return [(W, -b) for W, b in RIGHT]


@_numbers(lambda layers: is_xor(outputs([(W.T if W.shape[0] == W.shape[1] else W, b) for W, b in layers])))
def a_square_W_transposed():
    """With the rows and columns of its square W swapped, your network solves XOR. Row i of W belongs to neuron i; in
    your numbers each *column* seems to be a neuron."""
    return [([[20, -20], [20, -20]], [-10, 30]), _OUTPUT]


def _as_it_is(z):
    return z


@_numbers(lambda layers: is_xor(outputs(layers, output=_as_it_is)))
def the_last_σ_forgotten():
    """Without the last σ your outputs would be XOR: the output neuron's weighted sum is low where XOR says no. But then
    comes σ, and σ(0) is already ½. To say no, the weighted sum must be well below 0."""
    return [_HIDDEN, ([[1, 1]], [-1])]


def _half_a_yes(layers):
    """Whether a neuron of the first layer has a z near 0 at one of the four points."""
    (W, b), *_ = layers
    return bool((np.abs(POINTS @ W.T + b) < 1).any())


@_numbers(lambda layers: _half_a_yes(layers) and is_xor(outputs(layers, hidden=relu, output=_as_it_is)))
def weights_for_ReLU():
    """σ(0) is ½, not 0: a neuron whose z is 0 still says half a yes. For a no, z has to be well below 0, and it is the
    bias that puts it there. (With max(z, 0) in the hidden layer and no σ in the last, your numbers would solve XOR;
    this network has σ in both.)"""
    return [([[1, 1], [1, 1]], [0, -1]), ([[1, -2]], [0])]


_STEPS = (lambda z: (z > 0) * 1.0, lambda z: (z >= 0) * 1.0)


@_numbers(lambda layers: any(is_xor(outputs(layers, hidden=step, output=step)) for step in _STEPS))
def weights_for_a_hard_step():
    """If each neuron stepped hard from 0 to 1, your numbers would solve XOR. σ is soft: a z near 0 gives something near
    ½, and the next neuron gets half-hearted answers. How do you make σ nearly a step?"""
    return [([[1, 1], [1, 1]], [-0.5, -1.5]), ([[1, -2]], [-0.5])]


@_numbers(lambda layers: is_xor(outputs(layers, X=2 * POINTS - 1)))
def inputs_of_minus_1_and_1():
    """For inputs of −1 and 1 your network is XOR; here they are 0 and 1. The points stand elsewhere, so the hidden
    neurons' borders, which the biases set, have to move."""
    return [([[20, 20], [-20, -20]], [20, 20]), _OUTPUT]


def _undecided(layers):
    """Whether a neuron of the first layer has its border so near to one of the four points that it says about ½."""
    (W, b), *_ = layers
    Z = np.abs(POINTS @ W.T + b)
    return bool((np.minimum(0.2, 0.1 * np.linalg.norm(W, axis=1)) > Z).any())


@_numbers(lambda layers: len(layers) == 2 and _undecided(layers))
def an_undecided_hidden_neuron():
    """At one of the four points the z of a hidden neuron is 0 or nearly so, and it answers ½, neither yes nor no: its
    border runs through that point. Move the bias, so that each point lies clearly on one side."""
    return [([[20, 20], [-20, -20]], [-20, 40]), _OUTPUT]


def _separable(layers):
    """Whether a straight line separates discs from rings in hidden space, with room on both sides of it."""
    (W, b), _ = layers
    H = np.column_stack([sigmoid(POINTS @ W.T + b), np.ones(4)])
    line = np.linalg.lstsq(H, 2.0 * WANTED - 1)[0]
    return bool(((H @ line > 0.5) == WANTED).all() and (np.abs(H @ line) > 0.5).all() and np.abs(line).max() < 8)


@_numbers(lambda layers: len(layers) == len(layers[0][0]) == 2 and _separable(layers))
def the_output_neuron():
    """Your hidden neurons have done their part: in hidden space a straight line can separate the discs from the rings.
    The output neuron draws another line. Write down what the hidden neurons say of each point, and choose its weights
    and its bias anew: z above 0 for the two discs alone."""
    return [_HIDDEN, ([[20, 20]], [-10])]


@_numbers(lambda layers: any(is_xor(outputs(layers, hidden=np.tanh, output=o)) for o in (sigmoid, np.tanh)))
def weights_for_tanh():
    """With tanh in the hidden layer your numbers solve XOR: there a "no" is −1. A σ that says no gives 0, so it adds
    nothing to the next sum, and the output needs another bias."""
    return [([[2, 2], [2, 2]], [-1, -3]), ([[5, -5]], [-5.5])]


@_answers("0111")
def OR():
    """That is OR: it says yes to (1, 1) as well. One hidden neuron has to notice that *both* inputs are 1, and the
    output neuron has to listen to it."""
    return [([[20, 20], [20, 20]], [-10, -15]), ([[20, 20]], [-10])]


@_answers("0001")
def AND():
    """That is AND: it says yes to (1, 1) alone, and there XOR says no. XOR says yes where exactly one input is 1."""
    return [([[20, 0], [0, 20]], [-10, -10]), ([[20, 20]], [-30])]


@_answers("1110")
def not_both():
    """That is "not both": it says yes to (0, 0) as well. One hidden neuron has to ask whether *any* input is 1, and the
    output neuron has to listen to it."""
    return [([[20, 0], [0, 20]], [-10, -10]), ([[-20, -20]], [30])]


@_answers("1000")
def neither():
    """Your network says yes to (0, 0) alone, and there XOR says no. XOR says yes where exactly one input is 1."""
    return [([[20, 0], [0, 20]], [-10, -10]), ([[-20, -20]], [10])]


@_answers("0010", "0100")
def half_of_XOR():
    """Of the two points where exactly one input is 1, you have one. There are two ways for two inputs to differ: give
    each a hidden neuron, or let the output ask for "any, but not both"."""
    return [([[20, -20], [20, -20]], [-10, -15]), ([[20, 0]], [-10])]


@_answers("0011", "0101", "1100", "1010")
def one_input_ignored():
    """Your output follows one input and ignores the other. XOR depends on both: is a weight 0, or much smaller than its
    neighbour?"""
    return [([[20, 0], [0, 20]], [-10, -10]), ([[20, 0]], [-10])]


@_answers("0000", "1111")
def one_side_of_one_half():
    """All four outputs lie on the same side of ½. Compute by hand what each hidden neuron says of each point: does it
    change its mind from one point to another at all? And does the output's bias leave room for what it says?"""
    return [([[20, 20], [-20, -20]], [-50, 50]), _OUTPUT]
