VENV := .venv
BIN := $(VENV)/bin

# One that was left half-made, or whose Python is gone or of another version, is made anew.
ifneq "$(wildcard $(VENV))" ""
WORKS := $(BIN)/pip --version >&2 && $(BIN)/python -c 'import sys; print((3, 11) <= sys.version_info < (3, 14))'
ifneq "$(shell { $(WORKS); } 2>/dev/null)" "True"
$(info $(VENV) does not work, so it is made anew.)
$(shell rm -rf $(VENV))
endif
endif

.PHONY: demo install test lint types bench lock clean

demo: $(VENV)/base.stamp
	@$(BIN)/kickbot demo

install: $(VENV)/run.stamp

# Many tests wait for something, so three at once suit two cores.
test: lint types
	$(BIN)/pytest -n 3 --dist loadscope -m "not bench"
	KICKBOT_TEST_POSTGRES=15 $(BIN)/pytest -n 3 --dist loadscope tests/db tests/core
	KICKBOT_TEST_POSTGRES=17 $(BIN)/pytest -n 3 --dist loadscope tests/db tests/core

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	$(BIN)/pytest -q -s -m bench tests/bench

# Pins every dependency again, with hashes. PyTorch is pinned in the rule for dev.stamp: its wheels differ by machine.
lock:
	uv pip compile pyproject.toml -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.txt
	uv pip compile pyproject.toml -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra dev -c requirements.txt -o requirements-dev.txt
	uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra run -c requirements-dev.txt -o requirements-run.txt

# All that make has made. Data, .env and what is in KICKBOT_DATA stay.
clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache
	find bots core db gpu tests -name __pycache__ -prune -exec rm -rf {} +

# PYTHON names the one to take.
$(BIN)/python:
	@.ci/venv $(VENV) $(PYTHON)

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
