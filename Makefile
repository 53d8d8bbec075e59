# One virtual environment in .venv, made from the lock file; every target makes it first if it is missing or stale.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export HF_HUB_OFFLINE := 1

.PHONY: demo test lint types contracts check serve lock clean help

demo: $(READY)  ## ingest the sample knowledge base and answer questions in Chinese, English and Japanese
	$(BIN)/python -m evals.demo

test: $(READY)  ## run the tests; no network is needed
	$(BIN)/python -m pytest -n auto

lint: $(READY)  ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## check types, strictly
	$(BIN)/mypy

contracts: $(READY)  ## check that dependencies point one way
	$(BIN)/lint-imports

check: lint types contracts test  ## all of lint, types, contracts and test

serve: $(READY)  ## serve the HTTP API on http://127.0.0.1:8080
	$(BIN)/knowdesk serve

lock:  ## write requirements.lock anew from pyproject.toml
	rm -rf .lockvenv
	$(PYTHON) -m venv .lockvenv
	.lockvenv/bin/pip install --quiet torch==2.13.0
	.lockvenv/bin/pip install --quiet ".[dev]"
	.lockvenv/bin/pip freeze --exclude knowdesk | sed 's/+cpu$$//' > requirements.lock
	rm -rf .lockvenv

clean:  ## remove the virtual environment and the data of the demo
	rm -rf $(VENV) .demo

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)
