"""The course's figures. They compute nothing: they are given values, or a function to draw."""

from threesteps.draw.curves import functions, histories, lines
from threesteps.draw.graph import graph
from threesteps.draw.landscape import landscape
from threesteps.draw.network import backward_steps, both_passes, network, pencil_sheet, reversed_network, shared_work
from threesteps.draw.neuron import neuron
from threesteps.draw.picture import Picture, attempt, source
from threesteps.draw.plane import planes
from threesteps.draw.widgets import Progress, explore

__all__ = [
    "Picture",
    "Progress",
    "attempt",
    "backward_steps",
    "both_passes",
    "explore",
    "functions",
    "graph",
    "histories",
    "landscape",
    "lines",
    "network",
    "neuron",
    "pencil_sheet",
    "planes",
    "reversed_network",
    "shared_work",
    "source",
]
