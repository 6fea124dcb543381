"""The course's figures. They compute nothing: they are given values, or a function to draw."""

from threesteps.draw.agreement import agreement, race
from threesteps.draw.bars import bars
from threesteps.draw.curves import functions, histories, lines, runs
from threesteps.draw.depth import function_panels, layer_norms
from threesteps.draw.digits import (
    class_counts,
    confusion,
    digit_numbers,
    digits,
    mistakes,
    neighbours,
    probabilities,
    weights,
)
from threesteps.draw.gradients import by_setting, check_errors, neuron_both_ways, slopes
from threesteps.draw.graph import graph
from threesteps.draw.landscape import downhill, landscape, walk
from threesteps.draw.network import backward_steps, both_passes, network, pencil_sheet, reversed_network, shared_work
from threesteps.draw.neuron import neuron
from threesteps.draw.picture import Picture, attempt, source
from threesteps.draw.plane import planes
from threesteps.draw.space import hidden_space
from threesteps.draw.steps import three_steps
from threesteps.draw.widgets import Progress, explore

__all__ = [
    "Picture",
    "Progress",
    "agreement",
    "attempt",
    "backward_steps",
    "bars",
    "both_passes",
    "by_setting",
    "check_errors",
    "class_counts",
    "confusion",
    "digit_numbers",
    "digits",
    "downhill",
    "explore",
    "function_panels",
    "functions",
    "graph",
    "hidden_space",
    "histories",
    "landscape",
    "layer_norms",
    "lines",
    "mistakes",
    "neighbours",
    "network",
    "neuron",
    "neuron_both_ways",
    "pencil_sheet",
    "planes",
    "probabilities",
    "race",
    "reversed_network",
    "runs",
    "shared_work",
    "slopes",
    "source",
    "three_steps",
    "walk",
    "weights",
]
