# make lab: work through the course.  make test: check everything.  Both set up what they need in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: lab test test-all bench notebooks clean

lab: $(VENV)/learn
	$(BIN)/jupyter lab --ServerApp.root_dir=. $(LAB_FLAGS) notebooks/0_start_here.ipynb

test: $(VENV)/dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/threesteps build --check
	$(PYTEST) --nbval -m "not slow"

test-all: $(VENV)/dev
	$(PYTEST) --nbval

bench: $(VENV)/dev $(VENV)/bench
	$(BIN)/python bench/grading.py
	$(BIN)/python bench/training.py

# For contributors: run lessons and solutions anew in place, then write the exercises from the solutions.
notebooks: $(VENV)/dev
	$(BIN)/threesteps execute notebooks solutions
	$(BIN)/threesteps build

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/learn: $(BIN)/python requirements.txt constraints.txt pyproject.toml
	$(BIN)/python -m pip install --quiet -c constraints.txt -r requirements.txt
	touch $@

$(VENV)/dev: $(VENV)/learn
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	$(BIN)/python -c "import matplotlib.font_manager"  # its cache, so that no notebook is the one to build it
	touch $@

$(VENV)/bench: $(VENV)/learn
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[bench]"
	touch $@

clean:
	rm -rf $(VENV)
