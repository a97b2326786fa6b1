# Everything a person does with this tree. `make help` lists it; the virtual environment makes itself.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(firstword $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done))
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUNTIME := $(VENV)/.stamp-runtime
DEV := $(VENV)/.stamp-dev

OURS := bot handlers storage web tests bench
PYTEST := $(BIN)/python -m pytest
# One worker more than cores, since much of the proof waits for processes or a browser; the files with
# the longest stories come first, so that no worker ends alone.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1 )))
SEED ?= $(shell echo $$RANDOM)
LOCK := $(BIN)/python -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

##@ Try it

.PHONY: demo
demo: $(RUNTIME) ## talk with the bot of a sample town in your browser; no token, no account
	@exec $(BIN)/quartierbot demo

##@ Work on it

.PHONY: test
test: $(DEV) chromium ## the whole proof, in a few minutes (ARGS="tests/docs -k settings" for a part)
	$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: $(DEV) ## style, types, import contracts, catalogues, documents
	$(BIN)/ruff check $(OURS)
	$(BIN)/ruff format --check $(OURS)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q tests/docs

.PHONY: format
format: $(DEV) ## lay the code out as `make check` wants it
	$(BIN)/ruff check --fix $(OURS)
	$(BIN)/ruff format $(OURS)

.PHONY: messages
messages: $(DEV) ## gather every sentence into the catalogues; says what still lacks a translation
	$(BIN)/pybabel --quiet extract --keyword say --keyword plain --keyword plural:1,2 \
		--sort-output --no-location --width 100 --add-comments Note: --project quartierbot \
		--output locales/messages.pot bot handlers
	$(BIN)/pybabel --quiet update --domain messages --width 100 --input-file locales/messages.pot \
		--output-dir locales --width 100 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(PYTEST) -q tests/docs

.PHONY: lock
lock: $(DEV) ## choose and lock the newest allowed versions (UPGRADE=--upgrade renews them all)
	$(LOCK) $(UPGRADE) --output-file requirements.txt requirements.in
	$(LOCK) $(UPGRADE) --output-file requirements-dev.txt requirements-dev.in

##@ Try it hard

.PHONY: bench
bench: $(DEV) ## what an answered question costs, beside two bare bots (ARGS=--quick for a glance)
	$(BIN)/python -m bench $(ARGS)

.PHONY: test-crash
test-crash: $(DEV) ## kill the bot a hundred times and count what was lost (SEED=… repeats a run)
	@echo "seed $(SEED)"
	QUARTIERBOT_TEST_SEED=$(SEED) $(PYTEST) -m crash $(ARGS)

.PHONY: fuzz
fuzz: $(DEV) ## random input at every door (SEED=… repeats a run)
	@echo "seed $(SEED)"
	QUARTIERBOT_TEST_SEED=$(SEED) $(PYTEST) -m fuzz --hypothesis-seed=$(SEED) $(ARGS)

.PHONY: test-python
test-python: ## the whole proof on another Python: make test-python PY=python3.13
	@test -n "$(PY)" || { echo "Say which Python: make test-python PY=python3.13" >&2; exit 2; }
	$(MAKE) test PYTHON=$(PY) \
		VENV=.venv-$$($(PY) -c 'import sys; print("%d.%d" % sys.version_info[:2])')

##@ Around it

.PHONY: clean
clean: ## remove what was made: environments, caches (never data/)
	rm -rf .venv .venv-* build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis
	find $(OURS) -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ------------------------------------------------------------------------------------ what makes itself

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say where it is:" \
		"make PYTHON=/path/to/python3.13 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot make virtual" \
		"environments: install its venv package (Debian: apt-get install python3-venv)." >&2; exit 1; }

$(RUNTIME): requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the bot needs (once) …"
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing what checking and testing need (once) …"
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# Browser tests drive the system's Chromium. Where it can be installed without asking anybody, it is;
# elsewhere those tests skip and say why (with CI set they fail instead).
.PHONY: chromium
chromium:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then as=none; \
	elif [ "$$(id -u)" = 0 ]; then as=; \
	elif sudo -n true 2>/dev/null; then as=sudo; \
	else as=none; fi; \
	if [ "$$as" = none ]; then \
		echo "No Chromium here and no right to install one: browser tests will be skipped."; exit 0; \
	fi; \
	echo "Installing Chromium for the browser tests (once) …"; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ $$as apt-get update -qq && $$as apt-get install -y -qq --no-install-recommends \
		chromium fonts-noto-color-emoji fonts-dejavu-core; } >/dev/null \
		|| echo "Chromium could not be installed: browser tests will be skipped."
