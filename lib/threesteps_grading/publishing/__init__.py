"""What makes the course's own files: exercises from solutions, and what students, nbgrader and Gradescope get.

`execute`, which runs notebooks anew, is imported by its own name: it needs nbclient, which only those who change the
course have.
"""

from threesteps_grading.publishing.build import build
from threesteps_grading.publishing.gradescope import autograder
from threesteps_grading.publishing.nbgrader import nbgrader_course
from threesteps_grading.publishing.students import release

__all__ = ["autograder", "build", "nbgrader_course", "release"]
