# Recipes run in the environment that is active; `pip install -e '.[dev]'` gives all they need.

# Everything CI runs
check: fmt-check lint types layers test

# Rewrite the code in the house format
fmt:
    ruff format
    ruff check --fix

fmt-check:
    ruff format --check

lint:
    ruff check

types:
    mypy

# The rooms of docs/architecture.md
layers:
    lint-imports

# Documentation is checked by tests: tests/test_docs.py
test *args:
    pytest {{args}}
