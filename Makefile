# `make run` serves, `make test` proves; `make help` lists the rest.
# PYTHON=python3.12 picks the interpreter, ARGS="…" is passed on, MM_* variables are the server's settings.

PYTHON ?= python3
ARGS ?=
ONLY ?=
MODE ?= embedded
LABEL ?= $(shell date +%Y-%m-%d)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

# One empty file for each thing that is installed, named after what decides whether it must be installed again.
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null)
hash = $(shell sha256sum $(1) | cut -c 1-16)
VENV := .venv/.python-$(VERSION)
RUNTIME := .venv/.runtime-$(VERSION)-$(call hash,requirements.lock)
DEV := .venv/.dev-$(VERSION)-$(call hash,requirements-dev.lock)

.DEFAULT_GOAL := help
.PHONY: help run test test-fast check format lock conformance conformance-baseline bench

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 30

run: $(RUNTIME) ## Serve on http://localhost:8065 (ARGS="--workers 2")
	@exec $(BIN)/python manage.py serve $(ARGS)

test: ## Install what the checks need, then check, then all tests on both databases (ARGS="-k posts")
	@PYTHON=$(PYTHON) sh .ci/packages python3-venv postgresql redis-server chromium nginx
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m tests.run $(ARGS)

test-fast: $(DEV) ## All tests on SQLite (ARGS="tests/messaging")
	@$(BIN)/python -m tests.run --database sqlite $(ARGS)

check: $(DEV) ## Lint, formatting, types, imports, migrations
	@sh .ci/check

format: $(DEV) ## Rewrite the code as the check wants it
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header -q -o requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header -q --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

conformance: $(DEV) ## Play recorded scenarios, show every difference (ONLY=posts,threads MODE=production)
	@$(BIN)/python -m tests.conformance.check check --mode $(MODE) --only "$(ONLY)" -v $(ARGS)

conformance-baseline: $(DEV) ## Raise the baseline to what matches now (ONLY=posts adds scenarios)
	@$(BIN)/python -m tests.conformance.check baseline --only "$(ONLY)" $(ARGS)

bench: $(DEV) ## Measure under load and set it beside the reference (LABEL=name)
	@sh .ci/packages postgresql redis-server wrk
	@$(BIN)/python -m bench.run $(LABEL) $(ARGS)

$(RUNTIME): | $(VENV)
	@echo "Installing Python packages into .venv"
	@$(PIP) -r requirements.lock
	@rm -f .venv/.runtime-* && touch $@

# The developers' lock holds the runtime's pins too.
$(DEV): | $(VENV)
	@echo "Installing Python packages for developers into .venv"
	@$(PIP) -r requirements-dev.lock
	@rm -f .venv/.runtime-* .venv/.dev-* && touch $(RUNTIME) $@

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; install it with: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@
