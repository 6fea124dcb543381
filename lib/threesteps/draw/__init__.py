"""The course's figures. They compute nothing: they are given values, or a function to draw."""

from threesteps.draw.curves import functions, histories
from threesteps.draw.neuron import neuron
from threesteps.draw.picture import Picture, attempt, source
from threesteps.draw.plane import planes
from threesteps.draw.widgets import Progress, explore

__all__ = ["Picture", "Progress", "attempt", "explore", "functions", "histories", "neuron", "planes", "source"]
