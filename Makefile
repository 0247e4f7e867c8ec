PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo install test lint types bench lock clean

demo: $(VENV)/base.stamp
	@$(BIN)/kickbot demo

install: $(VENV)/run.stamp

test: lint types
	$(BIN)/pytest -n 2 --dist loadscope -m "not bench"
	KICKBOT_TEST_POSTGRES=15 $(BIN)/pytest -n 2 --dist loadscope tests/db tests/core
	KICKBOT_TEST_POSTGRES=17 $(BIN)/pytest -n 2 --dist loadscope tests/db tests/core

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	$(BIN)/pytest -q -s -m bench tests/bench

# Pins every dependency again, with hashes. PyTorch is pinned in the rule for dev.stamp: its wheels differ by machine.
lock:
	uv pip compile pyproject.toml -q --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.txt
	uv pip compile pyproject.toml -q --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-strip-markers --extra dev -c requirements.txt -o requirements-dev.txt
	uv pip compile pyproject.toml -q --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra run -c requirements-dev.txt -o requirements-run.txt

clean:
	rm -rf $(VENV) build *.egg-info

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/base.stamp: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps -e .
	@touch $@

$(VENV)/run.stamp: requirements-run.txt $(VENV)/base.stamp
	$(BIN)/pip install -q --require-hashes -r requirements-run.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/base.stamp
	$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -q torch==2.13.0
	@touch $@
