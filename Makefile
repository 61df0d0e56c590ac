# Everything the project does from the command line. `make` alone lists it.
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) site/manage.py
# Test runners in parallel; the suites with the markers fault and browser run one by one.
JOBS ?= 2
# How much the bench measures: small ends in a few minutes, full has a list of a million.
SCALE ?= small

.DEFAULT_GOAL := help
.PHONY: help run demo-reset test test-fast test-sqlite test-postgres test-fault test-browser lint format \
	screenshots bench bench-privacy bench-conduct messages check-messages install-system clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

# --- the environment ------------------------------------------------------------------------

.venv/.ready-run: uv.lock pyproject.toml scripts/environment.sh
	@scripts/environment.sh run

.venv/.ready-dev: uv.lock pyproject.toml scripts/environment.sh
	@scripts/environment.sh dev

install-system: ## the Debian packages that the tests need (as root; elsewhere it says which)
	@scripts/install-system.sh

# --- the demonstration ----------------------------------------------------------------------

run: .venv/.ready-run ## the whole product on http://127.0.0.1:8000 (PORT= and HOST= change it)
	@GOEDWERK_DEMO=1 $(MANAGE) goedwerk_run --host "$(HOST)" --port "$(PORT)"

demo-reset: .venv/.ready-run ## throw the demo data under var/ away and build it anew
	@GOEDWERK_DEMO=1 $(MANAGE) goedwerk_run --reset

# --- quality --------------------------------------------------------------------------------

test: install-system .venv/.ready-dev ## everything: SQLite, PostgreSQL, Redis, Celery, Chromium
	@scripts/test.sh sqlite postgres fault browser

test-fast: .venv/.ready-dev ## SQLite only, without what is slow, within two minutes
	@scripts/test.sh fast

test-sqlite test-postgres test-fault test-browser: test-%: install-system .venv/.ready-dev
	@scripts/test.sh $*

lint: .venv/.ready-dev ## style, types, layers, templates, migrations, translations
	@scripts/lint.sh

format: .venv/.ready-dev ## let ruff mend what it can
	@.venv/bin/ruff check --fix-only --quiet . ; .venv/bin/ruff format .

# --- the rest -------------------------------------------------------------------------------

screenshots: .venv/.ready-dev ## Chromium over the demonstration, into docs/screenshots/
	@$(PYTHON) scripts/screenshots.py

bench: install-system .venv/.ready-dev ## decisions, the queue, bulk, messages, and the weight of a page (SCALE=full: more)
	@$(PYTHON) scripts/with_services.py --database $(PYTHON) bench/moderation.py --scale $(SCALE); \
		moderation=$$?; $(PYTHON) bench/weight.py && exit $$moderation

bench-privacy: .venv/.ready-dev ## how much the finder of traceable details finds
	@$(PYTHON) bench/privacy.py

bench-conduct: .venv/.ready-dev ## how much of what hurts is held, and what is left alone
	@$(PYTHON) bench/conduct.py

messages: .venv/.ready-dev ## collect the texts for translation and compile the catalogues
	@$(PYTHON) scripts/messages.py

check-messages: .venv/.ready-dev
	@$(PYTHON) scripts/check_translations.py

clean: ## remove caches; data and environment stay
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis dist
