"""Deep learning in three steps: the library that the course's notebooks share."""

from threesteps.check import check
from threesteps.digits import load_digits

__all__ = ["check", "load_digits"]
