"""`python -m threesteps_grading`: the command `threesteps`."""

import sys

from threesteps_grading.cli import main

if __name__ == "__main__":
    sys.exit(main())
