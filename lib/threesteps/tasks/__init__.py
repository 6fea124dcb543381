"""The tasks of the course: one module for each exercise notebook."""

from threesteps.task import Task
from threesteps.tasks import (
    autograd,
    backpropagation,
    backward_pass,
    chain_rule,
    cross_entropy,
    depth,
    exam,
    frameworks,
    gradient_descent,
    networks,
    neuron,
    softmax,
    total_loss,
    training,
)

EXERCISES: dict[str, tuple[Task, ...]] = {
    "1a_neuron": neuron.TASKS,
    "1b_network": networks.TASKS,
    "1c_softmax": softmax.TASKS,
    "2a_cross_entropy": cross_entropy.TASKS,
    "2b_total_loss": total_loss.TASKS,
    "3a_gradient_descent": gradient_descent.TASKS,
    "3b_chain_rule": chain_rule.TASKS,
    "3c_backward_pass": backward_pass.TASKS,
    "3d_backpropagation": backpropagation.TASKS,
    "3e_handwritten_digits": training.TASKS,
    "4a_frameworks": frameworks.TASKS,
    "4b_depth": depth.TASKS,
    "4c_autograd": autograd.TASKS,
    "5_on_your_own": exam.TASKS,
}
# Names of other exercises' tasks that an exercise uses or answers itself: in it they are no sign of another one.
GIVEN: dict[str, str] = {
    "1b_network": "sigmoid affine",
    "1c_softmax": "train",
    "2b_total_loss": "softmax cross_entropy train",
    "3a_gradient_descent": "sigmoid log_softmax",
    "3b_chain_rule": "sigmoid sigmoid_prime affine",
    "3c_backward_pass": "sigmoid sigmoid_prime softmax",
    "3d_backpropagation": "sigmoid softmax output_delta hidden_delta",
    "3e_handwritten_digits": "sigmoid softmax one_hot network backprop gradient_step",
    "4a_frameworks": "sigmoid softmax train",
    "4b_depth": "sigmoid",
    "5_on_your_own": "sigmoid",
}
POINTS = {exercise: sum(task.points for task in tasks) for exercise, tasks in EXERCISES.items()}
TITLES = {
    "1a_neuron": "One neuron, one layer",
    "1b_network": "A network, counted and made to do XOR",
    "1c_softmax": "Scores, probabilities, classes",
    "2a_cross_entropy": "How wrong is a prediction?",
    "2b_total_loss": "One number for all the data",
    "3a_gradient_descent": "Down, by wiggling",
    "3b_chain_rule": "Slopes without wiggling",
    "3c_backward_pass": "The way back",
    "3d_backpropagation": "Fifteen lines",
    "3e_handwritten_digits": "Train it yourself",
    "4a_frameworks": "Our weights, in Keras",
    "4b_depth": "Deep, and alive",
    "4c_autograd": "A tape, forwards and backwards",
    "5_on_your_own": "On your own: the exam",
}
TASKS: dict[str, Task] = {task.name: task for tasks in EXERCISES.values() for task in tasks}
