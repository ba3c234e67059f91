# The commands of the house. A fresh machine needs only Python (3.11 to 3.13) and make:
# each goal sets up what it needs in .venv, once, and again whenever pyproject.toml changes.

# Interpreters to try, in this order. Name one yourself with `make PYTHON=/path/to/python3.12 demo`.
PYTHON ?= python3 python3.13 python3.12 python3.11

DEMO_ARGS   ?=
TEST_ARGS   ?= -n 2
VERIFY_ARGS ?= --write-page
BENCH_ARGS  ?=

VENV  := .venv
BENCH := .venv-bench
PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip --disable-pip-version-check -qq install
ROOMS := sim results scenarios calibration watermelon

# An environment belongs to the folder and the interpreter it was made with: after a move or an
# upgrade of Python it is made anew instead of failing in a puzzling way.
VENV_HOME := $(shell $(PY) -c 1 2>/dev/null && cat $(VENV)/.made 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test verify lint format bench docs clean $(VENV)

help:  ## list these goals (the default)
	@echo "Watermelon: what misalignment between IT and the business costs."
	@echo
	@sed -n 's/^\([.a-z]*\):.*  ## /\1|/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "  make %-8s %s\n", $$1, $$2 }'

demo: $(VENV)/.installed  ## compare the baseline with automation, siloed IT and a merger
	$(VENV)/bin/watermelon compare baseline automation siloed_it merger_integration $(DEMO_ARGS)

test: $(VENV)/.installed-dev  ## run the test suite (TEST_ARGS="-n 2" by default)
	$(PY) -m pytest $(TEST_ARGS)

verify: $(VENV)/.installed-dev  ## run the checks that take an hour; writes docs/verification.md
	$(PY) -m pytest -m verify -n 2 -v -p tests.verification $(VERIFY_ARGS)

lint: $(VENV)/.installed-dev  ## style, types and the direction of imports
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.installed-dev  ## lay the code out and fix what can be fixed safely
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.installed $(BENCH)/.installed  ## measure both engines beside others; writes docs/benchmarks.md
	$(PY) -m benchmarks $(BENCH_ARGS)

docs: $(VENV)/.installed  ## write the generated pages of the documentation again
	$(PY) -m docs.generate

clean:  ## remove the environments, caches and build products (runs/ is kept)
	rm -rf $(VENV) $(BENCH) build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find $(ROOMS) tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV): $(VENV)/.installed-dev  ## make the environment, with all tools for development

ifneq ($(VENV_HOME),$(CURDIR))
.PHONY: $(VENV)/.made
endif

$(VENV)/.made:
	@found=; bare=; \
	for candidate in $(PYTHON); do \
	  "$$candidate" -c 'import platform, sys; sys.exit(platform.python_implementation() != "CPython" or not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue; \
	  if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then found=$$candidate; break; fi; \
	  bare=$$candidate; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	  echo "Watermelon needs Python's venv module, which $$bare lacks: install it (on Debian and Ubuntu the package is named python3-venv) and run make again." >&2; exit 1; \
	fi; \
	if [ -z "$$found" ]; then \
	  echo "Watermelon needs CPython 3.11, 3.12 or 3.13, and none was found as: $(PYTHON); install one, or name it with make PYTHON=/path/to/python3.13." >&2; exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version); this is done once and takes a minute or two ..."; \
	"$$found" -m venv --clear $(VENV)
	@echo "$(CURDIR)" > $@

# Editable, so that a change in the tree is seen at once. The two stamps are apart because whoever
# only runs the demo needs no tools for development.
$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.made pyproject.toml
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.installed $@

# What the benchmark compares with, apart from the product. One of them has no wheels for some machines.
$(BENCH)/.installed: $(VENV)/.installed pyproject.toml
	@echo "Setting up $(BENCH) for the benchmark ..."
	@$(PY) -m venv --clear $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check -qq install 'pip>=25.1'
	@$(BENCH)/bin/python -m pip -qq install --group bench
	@$(BENCH)/bin/python -m pip -qq install --only-binary cimba --group bench-cimba || echo "cimba can't be installed here; the benchmark does without it."
	@touch $@
