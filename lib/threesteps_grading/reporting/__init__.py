"""What tells the results: a report's tables and pages, a learner's progress; and, run by itself, Gradescope's form."""

from threesteps_grading.reporting.class_page import write_class_page
from threesteps_grading.reporting.progress import as_line, as_markdown, next_steps, progress
from threesteps_grading.reporting.report import clear, doubts, summary, write_report
from threesteps_grading.reporting.tables import known, strangers, write_lists

__all__ = [
    "as_line",
    "as_markdown",
    "clear",
    "doubts",
    "known",
    "next_steps",
    "progress",
    "strangers",
    "summary",
    "write_class_page",
    "write_lists",
    "write_report",
]
