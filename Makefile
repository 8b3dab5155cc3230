# Everything runs in .venv, made from the hashed lock files. Needs Python 3.11 or later and make.
PYTHON ?= python3
BIN := .venv/bin
HOME_OF_DAGSTER := $(CURDIR)/build/dagster

.DEFAULT_GOAL := help
.PHONY: help release test soak faults fuzz bench scale mutants operate pictures lint dev assets server lock materials audit clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

.venv/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/.development: requirements-dev.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.venv/.server: requirements-server.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-server.lock
	touch $@

.venv-bench/.peers: tests/bench/requirements.lock
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/requirements.lock
	touch $@

release: .venv/.runtime ## Set up, run the whole pipeline, publish if anything changed
	$(BIN)/wb6 release

test: lint ## Set up, lint, check types, run every test
	$(BIN)/python -m pytest

soak: .venv/.development ## Kill publishers at hundreds of moments, then rebuild 500 times with 20 readers; takes an hour or more
	$(BIN)/python -m tests.soak.kill --kills 200 --aimed 60
	$(BIN)/python -m tests.soak.object_kill --kills 25 --aimed 25
	$(BIN)/python -m tests.soak.rebuilds --rebuilds 500 --readers 20
	$(BIN)/python -m tests.soak.rebuilds --rebuilds 50 --readers 4 --real

faults: .venv/.development ## Let releases meet faults of disks, clocks and processes at many moments; takes an hour or more (TIMES=10 for less)
	$(BIN)/python -m tests.soak.faults --publish --times $(or $(TIMES),60)
	$(BIN)/python -m tests.soak.faults --times $(or $(TIMES),30)

fuzz: .venv/.development ## Give every reader of sources what nobody would write, as a fuzzer finds it; takes minutes (MINUTES=60 for more)
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

bench: .venv/.development .venv-bench/.peers ## Measure ours, the limit and the peers on sources of four sizes; takes hours (SIZES="1e4 1e5" for less)
	$(BIN)/python -m tests.bench.run $(SIZES)

scale: .venv/.development ## Build a world of a million deployments on DuckDB and on Spark, and compare every table; takes long (needs Java)
	rm -rf build/scale && $(BIN)/python -m tests.bench.engines build/scale/world $(or $(ROWS),1e6)

mutants: .venv/.development ## Put thousands of curators' mistakes into the sources, and tell how many are caught; takes minutes
	$(BIN)/python -m tests.mutation --each 31 --write

operate: .venv/.development ## Drive Dagster's services as a team would: twenty rebuilds, crashes, a back-up; takes minutes
	$(BIN)/python -m pytest -m "operate or not operate" tests/test_daemon.py tests/test_team.py tests/test_proxy.py tests/test_browser.py

pictures: .venv/.development ## Take the pictures of the guides anew, in a real browser
	$(BIN)/python -m tests.operate.pictures

lint: .venv/.development ## Lint, formatting, strict types, canonical sources
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/wb6 fmt --check

dev: .venv/.development ## The Dagster UI on localhost, with its own instance in build/dagster
	mkdir -p $(HOME_OF_DAGSTER) && cp dagster.yaml $(HOME_OF_DAGSTER)/
	VIRTUAL_ENV=$(CURDIR)/.venv DAGSTER_HOME=$(HOME_OF_DAGSTER) $(BIN)/dg dev --host 127.0.0.1

server: .venv/.server ## Set up what the services in deploy/ need

assets: ## Build the code of the explorer from its pinned packages (needs node)
	cd pipeline/explorer/web && npm ci --ignore-scripts --no-audit --no-fund && npm run lint && npm run build

lock: ## Renew the lock files (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras --no-emit-package wb6 -q -o requirements-dev.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras -c requirements-dev.lock -q -o requirements.lock
	uv pip compile pyproject.toml --extra server --extra evidence --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras --no-emit-package wb6 -c requirements-dev.lock -q -o requirements-server.lock
	uv pip compile tests/bench/requirements.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras -q -o tests/bench/requirements.lock

materials: .venv/.development ## Tell anew what the pipeline is made of, after the lock files: the SBOM of releases, docs/dependencies.md
	$(BIN)/python -m tests.materials

audit: .venv/.development ## Ask the advisory database about every locked package (needs a network)
	@$(BIN)/python -m tests.audit

clean: ## Remove the environment and working files; releases stay
	rm -rf .venv .venv-bench build
