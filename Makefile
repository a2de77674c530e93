# `make site` builds the site into _site/, `make test` checks everything. Both set up what they need.
# Every path here is relative, so the checkout may stand in a folder with spaces in its name.

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v "$$each" && break; done)
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(BIN)/python -m
PIP := $(RUN) pip --quiet --quiet --disable-pip-version-check --no-input install --constraint .ci/constraints.txt
INPUTS := pyproject.toml .ci/constraints.txt

# An interpreter that was named makes the environment anew, unless it is the one it was made with.
ifneq ($(origin PYTHON),file)
ifneq ($(shell cat .venv/interpreter 2>/dev/null),$(PYTHON))
NEW_INTERPRETER := new-interpreter
endif
endif

.DEFAULT_GOAL := help
.PHONY: help site check test fuzz bench pictures reference pins clean new-interpreter

help:
	@echo 'make site    build the site from content/ and seeds/ into _site/'
	@echo 'make test    style, types, import contract, then all tests'
	@echo 'make check   style, types and import contract only'
	@echo 'make fuzz    try random words, files and sites for some minutes, FUZZ=1000 of each kind'
	@echo 'make bench   time builds of 1,000 to 100,000 claims, some beside Hugo, write benchmarks/RESULTS.md'
	@echo 'make pictures take the pictures of the README from the built site'
	@echo 'make reference write docs/reference/, the table of rules in README.md and the schema of the'
	@echo '               dataset from the code'
	@echo 'make pins    write the installed versions to .ci/constraints.txt'
	@echo 'make clean   remove the environment and all that was made'
	@echo 'PYTHON=...   the interpreter to use (3.11 or newer)'

site: .venv/installed
	@$(RUN) sitegen build .

check: .venv/installed-dev
	@echo '== style'
	@$(RUN) ruff check --quiet .
	@$(RUN) ruff format --check --quiet .
	@echo '== types'
	@$(RUN) mypy --no-error-summary
	@echo '== import contract'
	@$(BIN)/python $(BIN)/lint-imports --no-logo > .venv/imports 2>&1 || { cat .venv/imports; exit 1; }

test: check
	@echo '== tests'
	@$(RUN) pytest --numprocesses auto $(PYTEST)

FUZZ ?= 1000
fuzz: .venv/installed-dev
	@FUZZ=$(FUZZ) $(RUN) pytest --numprocesses auto tests/property $(PYTEST)
	@$(PIP) atheris || echo 'atheris does not install here: the coverage-guided run is left out'
	@! $(RUN) pip --quiet show atheris > .venv/atheris 2>&1 || PYTHONPATH=. $(RUN) \
		tests.property.coverage_guided -runs=$$(($(FUZZ) * 100))

bench: .venv/installed
	@$(PIP) --editable '.[bench]'
	@$(RUN) benchmarks.run $(BENCH)

pictures: .venv/installed-dev site
	@PYTHONPATH=. $(BIN)/python .ci/pictures.py

reference: .venv/installed
	@$(RUN) sitegen reference docs/reference
	@$(RUN) sitegen explain --into README.md
	@$(RUN) sitegen.data_files.dataset_schema

pins: .venv/installed-dev
	@sed '/^[^#]/d' .ci/constraints.txt > .venv/pins
	@$(RUN) pip --disable-pip-version-check freeze --exclude-editable \
		| grep -E '^[A-Za-z0-9_.-]+==' >> .venv/pins
	@cp .venv/pins .ci/constraints.txt

clean:
	@rm -rf .venv _site build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The two stamps say what the environment holds. The second install includes the first.

.venv/installed: .venv/interpreter $(INPUTS)
	@echo '== installing sitegen into .venv'
	@$(PIP) --editable .
	@touch $@

.venv/installed-dev: .venv/interpreter $(INPUTS)
	@echo '== installing sitegen and its development tools into .venv'
	@$(PIP) --editable '.[dev]'
	@touch .venv/installed $@

# An environment made by hand is taken as it is if it works.
.venv/interpreter: $(NEW_INTERPRETER)
	@test -n '$(PYTHON)' || { echo 'sitegen needs Python 3.11 or newer: make PYTHON=/path/to/python' >&2; exit 2; }
	@{ test -z '$(NEW_INTERPRETER)' \
		&& $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; } \
		|| "$(PYTHON)" -m venv --clear .venv
	@printf '%s' "$(PYTHON)" > $@
