"""The tasks of the course: one module for each exercise notebook."""

from threesteps.task import Task
from threesteps.tasks import cross_entropy, neuron, total_loss

EXERCISES: dict[str, tuple[Task, ...]] = {
    "1a_neuron": neuron.TASKS,
    "2a_cross_entropy": cross_entropy.TASKS,
    "2b_total_loss": total_loss.TASKS,
}
TASKS: dict[str, Task] = {task.name: task for tasks in EXERCISES.values() for task in tasks}
