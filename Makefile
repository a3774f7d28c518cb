# The four commands of this project. Each sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup run test bench clean

setup: $(STAMP)

# Built anew when the dependencies change; otherwise this is instant.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Set PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@$(BIN)/python -m compileall -q engine content bot
	@touch $(STAMP)

# Telegram when .env has a token, otherwise the local chat.
run: setup
	@$(BIN)/python -m bot

test: setup
	@PYTHON=$(BIN)/python bash tests/needs.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m content validate
	$(BIN)/python -m tests.audit
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

bench: setup
	@$(BIN)/python -m tests.benchmarks

clean:
	rm -rf .venv build *.egg-info
