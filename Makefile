# Everything a fresh machine needs is Python 3.11 or newer and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Tests wait a good deal, so that a few more than there are cores run at once; those of one file after each other.
AT_ONCE ?= 3

.PHONY: build run test check format bench fuzz faults month lock clean help

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

build: $(READY)  ## build the environment, or bring it up to date

run: $(READY)  ## start the bot (with DISCORD_TOKEN) or the browser preview (without); INPUT=folder briefs your own articles
	@$(BIN)/debrief start $(if $(INPUT),--input "$(INPUT)")

test: $(READY)  ## the whole test-suite, on SQLite and PostgreSQL
	$(BIN)/pytest --numprocesses $(AT_ONCE) --dist loadfile

check: $(READY)  ## style, types, import direction
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)  ## put the code in its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## measure the budgets
	$(BIN)/python -m tests.bench

fuzz: $(READY)  ## look for input that breaks it; TARGET=feeds (or another way in), MINUTES=30
	$(BIN)/python -m tests.fuzz $(or $(TARGET),feeds) --minutes $(or $(MINUTES),30)

faults: $(READY)  ## kill the bot over and over while Discord fails, and count what was posted; KILLS=500, DATABASE=postgres
	$(BIN)/python -m tests.faults --kills $(or $(KILLS),500) $(if $(filter postgres%,$(DATABASE)),--postgres)

month: $(READY)  ## live a month of work in one process, and see that it holds no more at the end; ARTICLES=10000, BRIEFINGS=1000
	$(BIN)/python -m tests.month --articles $(or $(ARTICLES),10000) --briefings $(or $(BRIEFINGS),1000)

lock: $(READY)  ## pin every dependency with its hashes
	$(BIN)/pip-compile --quiet --strip-extras --extra preview --extra dev --generate-hashes --allow-unsafe \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Debrief needs Python 3.11 or newer; install it and run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Debrief needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Building the environment in $(VENV) (once; a few minutes)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:  ## remove the built environment and caches
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
