#!/bin/sh
# Everything that is checked without running the program. Stops at the first fault.
set -eu
cd "$(dirname "$0")/.."
echo "== ruff" && .venv/bin/ruff check --quiet . && .venv/bin/ruff format --check --quiet .
echo "== mypy" && .venv/bin/mypy
echo "== import contracts" && .venv/bin/lint-imports --no-logo
echo "== sizes" && .venv/bin/python scripts/sizes.py
