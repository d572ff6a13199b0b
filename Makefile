# `make demo` and `make test` need Python 3.11 or newer and nothing else; all they install goes into .venv.
PYTHON ?= python3
WORKERS ?= 4
BIN := .venv/bin
UV := uv==0.13.9
RUN := $(BIN)/python -m
COMPILE := $(BIN)/uv pip compile pyproject.toml --python-version 3.11 --universal --no-emit-index-url --no-annotate \
	--generate-hashes --quiet

# What Python has compiled is kept in .venv and __pycache__, also on a machine that is set not to: else each of the many
# processes that the stories start spends two seconds of its three on compiling it anew.
export PYTHONDONTWRITEBYTECODE :=

# What is looked at side by side is told one after the other, where make can.
TIDY := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: demo demo-reset test check style types layers catalogue vulnerabilities collected e2e gallery bench soak messages understanding install lock

demo: .venv/demo.stamp
	@$(RUN) bot demo

demo-reset: .venv/demo.stamp
	@$(RUN) bot demo --reset

install: .venv/install.stamp

test: check

# What is looked at without running anything, side by side; then four tests at a time, since each waits now and then (make
# test WORKERS=3 for less), on one database or the other, and the browser stories one after the other. The last lines are the test runner's.
check: .venv/install.stamp
	@$(MAKE) --no-print-directory --jobs $(TIDY) style types layers catalogue vulnerabilities collected
	BY_TURNS=1 $(RUN) pytest -n $(WORKERS) --dist loadgroup

style: .venv/install.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

types: .venv/install.stamp
	$(BIN)/mypy

layers: .venv/install.stamp
	$(BIN)/lint-imports --no-logo > .venv/imports.log || (cat .venv/imports.log && false)

catalogue: .venv/install.stamp
	$(RUN) cards.catalogue --check

vulnerabilities: .venv/install.stamp
	$(RUN) tests.vulnerabilities

# What pytest makes of each test file is kept, so that it is made once, beside the types, and not by each worker.
collected: .venv/install.stamp
	@$(RUN) pytest --collect-only -qq > .venv/collected.log || (cat .venv/collected.log && false)

e2e: .venv/install.stamp
	$(RUN) pytest tests/e2e

gallery: .venv/install.stamp
	$(RUN) tests.gallery build/gallery
	@echo "Open build/gallery/index.html"

# An hour on two cores that do nothing else; what was measured last stands in docs/benchmarks.md. The peers that stand
# beside the bot are fetched into an environment of their own, .venv/peers.
BENCHES = $(sort $(patsubst tests/%.py,%,$(wildcard tests/bench_*.py)))
ON_BOTH = bench_anonymisation bench_answers bench_import bench_planner
bench: .venv/install.stamp
	@$(RUN) tests.machine
	@set -e; for each in $(BENCHES); do echo; echo "== $$each"; $(RUN) tests.$$each; done
	@set -e; for each in $(ON_BOTH); do echo; echo "== $$each on PostgreSQL"; $(RUN) tests.$$each postgresql; done

# Things are broken on purpose, hostile people press, and each story is told on both databases; what was counted last stands in
# docs/reliability.md.
soak: .venv/install.stamp
	$(RUN) tests.soak
	HISTORIES=5000 $(RUN) pytest -n 2 tests/test_hostile.py
	HISTORIES=100 $(RUN) pytest -n 2 tests/test_rounds.py
	$(RUN) pytest -n 2 --dist loadgroup -k 'sqlite or postgresql'

messages: .venv/install.stamp
	$(RUN) cards.catalogue

# How well the collected messages are understood, with each error; fails where it falls short of what must hold.
understanding: .venv/install.stamp
	$(RUN) tests.understanding

# Newer versions of everything; without --upgrade uv keeps those that the lock has.
lock: .venv/install.stamp
	$(COMPILE) --upgrade --extra dev -o requirements.lock
	$(COMPILE) --extra demo -c requirements.lock -o requirements-demo.lock
	$(COMPILE) --extra image -c requirements.lock -o requirements-serve.lock

# uv needs seconds where pip needs the better part of a minute; pip does it where uv cannot be had. The project itself is
# built with the locked setuptools, so that nothing is fetched but what the lock names.
INSTALL = if test -x $(BIN)/uv; then set -- $(BIN)/uv pip install --python $(BIN)/python; \
	else set -- $(BIN)/python -m pip install --disable-pip-version-check; fi; "$$@" --quiet

define installed
@echo "Installing what $(1) names into .venv ..."
@$(INSTALL) --require-hashes -r $(1)
@$(INSTALL) --no-deps --no-build-isolation --editable .
@touch $@
endef

.venv/install.stamp: requirements.lock pyproject.toml | .venv/made.stamp
	$(call installed,requirements.lock)

# The demo needs half as much as the tests; where those are installed already, it uses what they have.
.venv/demo.stamp: requirements-demo.lock pyproject.toml | .venv/made.stamp
	$(call installed,$(if $(wildcard .venv/install.stamp),requirements.lock,requirements-demo.lock))

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Python 3.11 or newer is needed: make PYTHON=python3.11" && false)
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV) || echo "uv cannot be had; pip is used."
	@touch $@
