# `make demo` and `make test` need Python 3.11 or newer and nothing else; all they install goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
UV := uv==0.13.9
RUN := $(BIN)/python -m

.PHONY: demo demo-reset test check e2e gallery messages manifest-schema install lock soak

demo: .venv/demo.stamp
	@$(RUN) bot demo

demo-reset: .venv/demo.stamp
	@$(RUN) bot demo --reset

install: .venv/install.stamp

# The last lines are the test runner's.
test: check

check: .venv/install.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo > .venv/imports.log || (cat .venv/imports.log && false)
	$(RUN) cards.catalogue --check
	$(RUN) pytest

e2e: .venv/install.stamp
	$(RUN) pytest tests/e2e

gallery: .venv/install.stamp
	$(RUN) tests.gallery build/gallery
	@echo "Open build/gallery/index.html"

messages: .venv/install.stamp
	$(RUN) cards.catalogue

lock: .venv/install.stamp
	$(BIN)/uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --no-emit-index-url \
		--no-annotate --generate-hashes --quiet --upgrade -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra demo --python-version 3.11 --universal --no-emit-index-url \
		--no-annotate --generate-hashes --quiet -c requirements.lock -o requirements-demo.lock

# The demo needs less than the tests; what the tests have installed serves it as well.
.venv/demo.stamp: requirements-demo.lock | .venv/uv.stamp
	@test -e .venv/install.stamp || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-demo.lock
	@touch $@

.venv/install.stamp: requirements.lock | .venv/uv.stamp
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

.venv/uv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed: make PYTHON=python3.11" && false)
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check $(UV)
	@touch $@
