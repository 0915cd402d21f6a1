# make serve    everything that is needed, then the service at http://127.0.0.1:8000
# make test     the test suite, on both engines; TESTS chooses some, PROCESSES how many run at once
# make check    form, types, import rules, schema
# make bench    the benchmarks
# make schema   writes schema/schema.graphql anew
#
# A machine with Python 3.11 or newer and make is enough. PYTHON chooses another interpreter.

PYTHON ?= python3
PROCESSES ?= 2
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

# The rules of Relay's connections, and a description on everything. From npm, where there is one.
RULES := relay-connection-types-spec,relay-connection-arguments-spec,relay-page-info-spec,types-have-descriptions,fields-have-descriptions,defined-types-are-used,deprecations-have-a-reason
LINT = @if command -v npx >/dev/null; then \
	npx --yes --package graphql@16 --package graphql-schema-linter@3.0.1 graphql-schema-linter --rules $(RULES) schema/schema.graphql; \
	else echo "npx is not here: the schema is not linted"; fi

.PHONY: serve test check bench schema clean

serve: $(INSTALLED)
	@exec $(BIN)/tilbudsvifte serve

test: $(INSTALLED)
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) $(TESTS)

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tilbudsvifte schema | diff -u schema/schema.graphql - || (echo "schema/schema.graphql is out of date: run 'make schema'"; exit 1)
	$(LINT)

bench: $(INSTALLED)
	$(BIN)/python -m tests.benchmarks

schema: $(INSTALLED)
	$(BIN)/tilbudsvifte schema > schema/schema.graphql.new
	mv schema/schema.graphql.new schema/schema.graphql

# Installed anew only when what is to be installed has changed.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
