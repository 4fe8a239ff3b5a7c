# Two commands on a fresh machine with nothing but Python 3.11-3.13, git and make: `make build` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help build test lint format bench accuracy claims localisation scans fuzz ui notebooks dictionary sample series extras lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

build: $(READY) ## read data/raw, check, compare, publish to data/warehouse
	$(BIN)/gongkai build

test: $(READY) ## run all tests
	$(BIN)/python -m pytest -n 2 tests

notebooks: $(READY) build ## run the notebooks against data/warehouse
	$(BIN)/python -m pytest --nbmake --nbmake-timeout=300 notebooks

lint: $(READY) ## formatting, style, types, one-way imports, registry of bodies, decisions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gongkai agencies check
	$(BIN)/gongkai decisions check

format: $(READY) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## measure speed and memory
	$(BIN)/python -m benchmarks

accuracy: $(READY) ## measure how right the reader is, and write docs/accuracy.md anew
	$(BIN)/python -m tests.accuracy --reports 1

claims: $(READY) ## measure how rightly figures are found in prose, and write docs/claims.md anew
	$(BIN)/python -m tests.claims

localisation: $(READY) ## measure how well wrong cells are located, and write docs/localisation.md anew
	$(BIN)/python -m tests.localisation --cases 10

scans: $(VENV)/.extras ## measure how well scans are read, by damage and resolution
	$(BIN)/python -m tests.scans --reports 3 --dpi 150 200 300

fuzz: $(READY) ## feed damaged and hostile files to the reader
	$(BIN)/python -m tests.fuzz

ui: $(READY) ## open the Dagster UI on http://127.0.0.1:3000, with schedule and sensor running
	mkdir -p .dagster && printf 'telemetry:\n  enabled: false\n' > .dagster/dagster.yaml
	DAGSTER_HOME=$(CURDIR)/.dagster $(BIN)/dagster dev -m pipeline.definitions

dictionary: $(READY) ## write docs/dictionary.md anew from the catalogue
	$(BIN)/python -m pipeline.warehouse.dictionary docs/dictionary.md

sample: $(READY) ## write the sample reports in data/raw anew
	$(BIN)/python -m tests.sample

series: $(READY) ## write docs/series.md anew from the sample
	$(BIN)/python -m tests.series_page

extras: $(VENV)/.extras ## add what is optional: OCR for scans and pictures, other readers to measure beside ours

COMPILE := uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --no-header --no-strip-extras

lock: ## write both lock files anew, with the same versions in both (needs uv)
	$(COMPILE) --extra ocr --extra peers --upgrade -o requirements-extras.lock
	sed -n 's/^\([a-z].*==.*[^ \\]\) *\\*$$/\1/p' requirements-extras.lock > $(VENV)/versions.txt
	$(COMPILE) --constraint $(VENV)/versions.txt -o requirements.lock

clean: ## remove everything that can be rebuilt
	rm -rf $(VENV) data/warehouse/* .dagster .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The environment: exactly what the lock names, checked by hash, byte-compiled because Dagster imports slowly otherwise.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "gongkai needs Python 3.11, 3.12 or 3.13; this is %s. Name one: make PYTHON=python3.12 …" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q $(VENV)/lib >/dev/null 2>&1 || true
	touch $(READY)

# No dependencies are looked for: the lock names all, and leaves one out on purpose (see [tool.uv] in pyproject.toml).
$(VENV)/.extras: requirements-extras.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-extras.lock
	$(BIN)/python -m compileall -q $(VENV)/lib >/dev/null 2>&1 || true
	touch $@
