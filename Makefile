# `make demo` shows journeymine at work; `make test` runs all its tests.
# Another Python than python3: make PYTHON=python3.12 demo

PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install demo tour pictures test lint fix docs bench constraints

help:
	@echo "make demo         set up .venv, run on data/sample/, say where the results are"
	@echo "make tour         run notebooks/tour.ipynb on these results, into build/"
	@echo "make pictures     take the pictures of the report in docs/pictures/, with Chromium"
	@echo "make test         run all tests but the benchmarks; ARGS='-k funnel' picks some"
	@echo "make lint         check style and types"
	@echo "make fix          repair what lint can repair by itself"
	@echo "make docs         write docs/tables.md from the headers of the tables"
	@echo "make bench        run the benchmarks"
	@echo "make constraints  choose and pin the newest versions of all dependencies"

demo: install
	.venv/bin/journeymine run --project data/sample/journeymine.toml

tour: demo
	.venv/bin/jupyter execute notebooks/tour.ipynb --output=$(CURDIR)/build/tour.ipynb

pictures: demo
	.venv/bin/python .ci/pictures.py build/sample/current/report/index.html docs/pictures

test: install
	.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: install
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/sqlfluff lint --processes 0 sql
	.venv/bin/mypy

fix: install
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/sqlfluff fix sql

docs: install
	.venv/bin/journeymine models --markdown > docs/tables.md

bench: install
	.venv/bin/python -m pytest tests/benchmarks -s $(ARGS)

constraints: install
	$(PIP) install --quiet uv
	.venv/bin/python .ci/constraints.py --upgrade

install: .venv/installed

# The pins are complete, so pip resolves nothing (before 23.3 it fails at extras here).
# A folder has no hash to check, so the checkout itself goes in by a second command.
.venv/installed: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info < (3, 11) and sys.exit("make: $(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	@echo "Installing into .venv; the first time this downloads some 300 MB."
	$(PIP) install --quiet --no-deps --require-hashes --requirement constraints.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
