"""The source of an nbgrader course: solutions are nbgrader's source notebooks as they are."""

from __future__ import annotations

from pathlib import Path

from threesteps_grading.publishing.build import Exercises, exercise_id
from threesteps_grading.publishing.bundles import exercise_of, solutions, write_files

CONFIGURATION = """c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "deep-learning-in-three-steps"
c.ExecutePreprocessor.timeout = 60
"""


def nbgrader_course(root: Path, course: Path, exercises: Exercises, only: str = "") -> list[Path]:
    """Write source/ of an nbgrader course, and its configuration where there is none. Result: what was written.

    Raises FileExistsError, and writes nothing, where an assignment is there already, and Refused for
    a faulty solution.
    """
    files = {}
    for path in solutions(root, only):
        exercise_of(path, exercises)  # or Refused
        exercise = exercise_id(path)
        files[f"source/{exercise}/{exercise}.ipynb"] = path.read_bytes()
    there = [str(course / name) for name in files if (course / name).parent.exists()]
    if there:
        raise FileExistsError(f"already there: {', '.join(there)}; remove them, or choose others with --exercise")
    if not (course / "nbgrader_config.py").exists():
        files["nbgrader_config.py"] = CONFIGURATION.encode()
    return write_files(course, files)
