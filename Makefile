# `make demo` and `make test` do all the set-up on a machine with Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONFORMANCE_SUITES := checkov cel-spec hcl-spec reports-scanning gatekeeper-library reports-policy opa opa-v0 conftest

.PHONY: demo test lint conformance bench peers lock actions clean help

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 24

$(VENV)/run.stamp: requirements/run.lock pyproject.toml
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@echo "$(CURDIR)/src" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/muniment.pth"
	@printf '#!%s\nfrom muniment.__main__ import run\nrun()\n' "$(CURDIR)/$(BIN)/python" > $(BIN)/muniment
	@chmod +x $(BIN)/muniment
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

demo: $(VENV)/run.stamp ## judge the example estate and show the report
	@$(PYTHON) examples/demo.py $(BIN)/muniment

test: $(VENV)/dev.stamp ## linters, floors, types and all tests
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest -n 2

lint: $(VENV)/dev.stamp ## ruff, import-linter, mypy
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
	@$(BIN)/mypy --no-error-summary

conformance: $(VENV)/dev.stamp ## run the public suites: SUITE=name for one, JSON=file for the verdicts
	@$(BIN)/python -m tests.conformance $(if $(SUITE),--suite $(SUITE)) $(if $(JSON),--json $(JSON))

bench: $(VENV)/dev.stamp ## ratios to peers, for those that are on this machine
	@for script in $(filter-out benchmarks/installed.py,$(wildcard benchmarks/*.py)); do $(BIN)/python $$script || exit 1; done

peers: ## real tools for tests and benchmarks: finds them, says how to get the others
	@$(PYTHON) benchmarks/peers.py

lock: $(VENV)/dev.stamp ## renew the locks after a change of requirements/*.in
	@$(BIN)/python -m pip install --quiet pip-tools
	@for name in run dev; do \
	  $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	    --no-emit-trusted-host --no-emit-find-links -o requirements/$$name.lock requirements/$$name.in; done

actions: $(VENV)/dev.stamp ## renew the table of AWS's actions after a change of requirements/aws-actions.lock
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
	  --dest build/actions -r requirements/aws-actions.lock
	@$(BIN)/python tools/aws_actions.py build/actions/*.whl src/muniment/engines/native/functions/aws_actions.txt
	@rm -r build/actions

clean: ## remove everything that was made
	@rm -rf $(VENV) build dist out .lint-imports.log .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
