"""The tasks of the course: one module for each exercise notebook."""

from threesteps.task import Task
from threesteps.tasks import neuron

EXERCISES: dict[str, tuple[Task, ...]] = {
    "1a_neuron": neuron.TASKS,
}
TASKS: dict[str, Task] = {task.name: task for tasks in EXERCISES.values() for task in tasks}
