# make run    set up; read the invented examples, archive them, join them, export and report them: build/run/
# make test   set up, lint, types, layers, knowledge, tests
# make lint   the checks without the tests      make bench  speed      make gate  figures against floors
# make web    the desk's pages (needs Node 20.19 with npm; all else works without)
# make lock   pin what is installed             make docs   docs/commands.md from the commands
# make clean  remove what was built
#
# Needs Python 3.11 or newer and a shell. PYTHON=python3.12 make … chooses another interpreter.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
READY := $(VENV)/.ready
GAZETTEER := src/isnad/knowledge/built/gazetteer.sqlite
OUT := build/run
EXAMPLES := examples/reports.jsonl

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONUTF8 := 1

.PHONY: help run test lint gate bench lock docs clean setup web

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

setup: $(READY) $(GAZETTEER) web

# --no-deps: the locks hold the whole closure, and a resolver may stumble over extras spelt two ways.
$(READY): requirements.lock requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; set PYTHON=…" >&2; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --no-input --no-deps -r requirements.lock -r requirements-dev.lock
	$(PY) -m pip install --quiet --no-input --no-deps --no-build-isolation --editable .
	@touch $@

# The gazetteer is built from our tables and an extract of GeoNames, and again when one changes.
$(GAZETTEER): $(READY) $(wildcard src/isnad/knowledge/data/places/*.csv src/isnad/knowledge/gazetteer/*.py)
	$(PY) -m isnad.knowledge.gazetteer.build
	@touch $@

# Built into src/isnad/desk/static; says what is missing where there is no Node, and goes on.
web: $(READY)
	@$(PY) scripts/web.py

run: setup
	@mkdir -p $(OUT) && rm -f $(OUT)/examples.isnad*
	@echo; echo "Six invented reports ($(EXAMPLES)), read:"; echo
	@$(BIN)/isnad read $(EXAMPLES)
	@$(BIN)/isnad read $(EXAMPLES) --format jsonl > $(OUT)/claims.jsonl
	@$(BIN)/isnad read $(EXAMPLES) --format csv > $(OUT)/claims.csv
	@$(BIN)/isnad read $(EXAMPLES) --format html > $(OUT)/report.html
	@echo; echo "Kept in an archive, and joined into incidents:"; echo
	@$(BIN)/isnad add $(EXAMPLES) --archive $(OUT)/examples.isnad
	@$(BIN)/isnad incidents --archive $(OUT)/examples.isnad
	@$(BIN)/isnad export --archive $(OUT)/examples.isnad --as geojson -o $(OUT)/incidents.geojson
	@$(BIN)/isnad report --archive $(OUT)/examples.isnad -o $(OUT)/situation.html
	@echo "Written: $(OUT)/claims.jsonl, $(OUT)/claims.csv, $(OUT)/incidents.geojson, $(OUT)/examples.isnad"
	@echo "Open in a browser: $(OUT)/report.html, $(OUT)/situation.html"
	@echo "Next:    $(BIN)/isnad desk --archive $(OUT)/examples.isnad"
	@echo "         $(BIN)/isnad read YOUR.txt      $(BIN)/isnad explain YOUR.txt      $(BIN)/isnad --help"

lint: setup
	$(BIN)/ruff check src tests scripts benchmarks hatch_build.py
	$(BIN)/ruff format --check src tests scripts benchmarks hatch_build.py
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PY) -m isnad.knowledge.lint
	$(PY) -m isnad.gather.page.words
	$(PY) scripts/web.py --check
	$(PY) -m isnad.gather.tables.headings
	$(PY) -m isnad.publish.tables

test: lint
	$(PY) scripts/postgres.py --install
	$(PY) scripts/web.py --browser
	$(BIN)/pytest -n auto

gate: setup
	$(PY) -m isnad.evaluate.gate

bench: setup
	$(PY) -m benchmarks.read

lock: setup
	$(PY) scripts/lock.py

docs: setup
	$(PY) scripts/commands.py

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf src/isnad/knowledge/built src/isnad/desk/static web/node_modules $(VENV)
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
