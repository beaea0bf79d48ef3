# The two commands a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
TEST_WORKERS ?= 2
# sizing problems of a year and more that `make validate` holds against HiGHS: minutes each
LONG ?= 10
# of `make schemathesis`
SECONDS_OF_TEST ?= 900
SOURCES := service models geodata tests benchmarks

.PHONY: help run test check lint types contracts unit bench schemathesis fuzz load validate openapi openapi-check openapi-lint lock data clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run.stamp ## make the virtual environment, start the service, print its address
	$(BIN)/sitewatt serve --host $(HOST) --port $(PORT)

test: $(VENV)/dev.stamp ## every test; what the machine lacks (PostgreSQL, Chromium, ../shared) is skipped with a reason
	$(BIN)/pytest -n $(TEST_WORKERS)

check: lint types contracts unit openapi-check ## format, lint, strict types, import contracts, unit tests: under a minute

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/yamllint -s models deploy
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo "hadolint has no build for this machine: Dockerfile not linted"; fi

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

unit: $(VENV)/dev.stamp
	$(BIN)/pytest -n $(TEST_WORKERS) -m "not slow" tests/unit tests/api

bench: $(VENV)/bench.stamp ## time the solvers and the supply models against their peers, PyPSA among them; minutes
	$(BIN)/python -m benchmarks.sizing --plot docs/images/sizing_benchmark.png
	$(BIN)/python -m benchmarks.supply
	$(BIN)/python -m benchmarks.batch --plot docs/images/batch_benchmark.png

schemathesis: $(VENV)/dev.stamp ## hold a running service to its description for 15 minutes, all checks, links too
	$(BIN)/python -m tests.abuse.contract --seconds $(SECONDS_OF_TEST)

fuzz: $(VENV)/dev.stamp ## 10,000 mutated uploads for every reader of files, memory measured; minutes
	$(BIN)/python -m tests.abuse.fuzz --count 10000

load: $(VENV)/dev.stamp ## rewrite docs/load.md: 30 minutes of mixed load, then ten times what the service can do
	$(BIN)/python -m benchmarks.load --minutes 30 --overload --out docs/load.md

validate: $(VENV)/dev.stamp ## rewrite docs/validation.md and its plots: places, supply against others; years against HiGHS
	$(BIN)/python -m tests.validation.places
	$(BIN)/python -m tests.validation.cases
	$(BIN)/python -m tests.validation.supply_report
	$(BIN)/python -m tests.validation.sizing_long $(LONG)
	$(BIN)/python -m tests.validation.grid_error

openapi: $(VENV)/dev.stamp ## write openapi.yaml
	$(BIN)/sitewatt openapi > openapi.yaml

openapi-check: $(VENV)/dev.stamp
	$(BIN)/sitewatt openapi | diff -u openapi.yaml - || { echo "openapi.yaml is stale: run 'make openapi'"; exit 1; }

lock: $(VENV)/dev.stamp ## pin the newest dependencies (needs uv)
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		pyproject.toml -o requirements.lock
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--extra dev --extra build --extra postgis --extra osm --extra cluster -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock

openapi-lint: openapi ## lint openapi.yaml strictly (needs npm)
	REDOCLY_TELEMETRY=off npx --yes @redocly/cli@2.77.0 lint openapi.yaml

SHARED ?= ../shared
data: $(VENV)/dev.stamp ## derive geodata/data/ again from the named public files
	$(BIN)/python -m geodata.build.climate --source $(SHARED)/data/climate
	$(BIN)/python -m geodata.build.countries --source $(SHARED)/data/vector
	$(BIN)/python -m geodata.build.land --source $(SHARED)/data/vector
	$(BIN)/python -m geodata.build.grid --source $(SHARED)/data/grid
	$(BIN)/python -m geodata.build.industry --source $(SHARED)/data/industry

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sitewatt needs Python 3.11 or later: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.lock
	touch $@
