"""`python -m threesteps_grading`: the command `threesteps`."""

import sys

from threesteps_grading.cli import main

sys.exit(main())
