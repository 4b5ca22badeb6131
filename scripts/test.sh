#!/usr/bin/env bash
# The whole suite on SQLite, then all but the browser walks on PostgreSQL. Every skip is shown with its reason.
set -euo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL
echo "== suite on SQLite"
.venv/bin/python -m pytest "$@"
echo "== suite on PostgreSQL (browser walks have run above)"
code=0
scripts/with_postgres.sh .venv/bin/python -m pytest -m "not browser" "$@" || code=$?
if [ "$code" = 77 ] && [ -z "${MINSHENG_CI:-}" ]; then
  echo "SKIPPED: the suite on PostgreSQL, which is not installed here."
  exit 0
fi
exit "$code"
