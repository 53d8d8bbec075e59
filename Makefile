# One virtual environment in .venv, made from the lock file; every target makes it first if it is missing or stale.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export HF_HUB_OFFLINE := 1
unexport PYTHONDONTWRITEBYTECODE  # tests start hundreds of processes, each of which would compile every module anew

.PHONY: demo test pages lint types contracts security audit fuzz check serve lock clean help

demo: $(READY)  ## ingest the sample knowledge base and answer questions in Chinese, English and Japanese
	$(BIN)/python -m evals.demo

test: $(READY)  ## run the tests; no network is needed
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n auto

pages: $(READY)  ## look at every page in a browser: languages, barriers, hostile strings; needs chromium
	$(BIN)/python -m pytest -n 2 -m "looks or not looks" tests/pages

lint: $(READY)  ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## check types, strictly
	$(BIN)/mypy

contracts: $(READY)  ## check that dependencies point one way
	$(BIN)/lint-imports

security: $(READY)  ## look for insecure code
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive engine ingestion api evals

audit: $(READY)  ## look for known vulnerabilities of the packages in the lock file; needs pypi.org
	$(BIN)/pip-audit --strict --no-deps --disable-pip --requirement requirements.lock

fuzz: $(READY)  ## send 5,000 generated requests in the name of each role
	$(BIN)/python -m tests.fuzz.run

check: lint types contracts security test  ## all of lint, types, contracts, security and test

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
