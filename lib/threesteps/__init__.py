"""Deep learning in three steps: the library that the course's notebooks share."""

from threesteps.digits import load_digits

__all__ = ["load_digits"]
