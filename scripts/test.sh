#!/usr/bin/env bash
# The whole suite on SQLite, then all but the browser walks on PostgreSQL. Every skip is shown with its reason.
# Both are run whatever the first one says.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL

echo "== suite on SQLite"
.venv/bin/python -m pytest "$@"
sqlite=$?

echo "== suite on PostgreSQL (the browser walks have run above)"
scripts/with_postgres.sh .venv/bin/python -m pytest -m "not browser" "$@"
postgres=$?
if [ "$postgres" = 77 ] && [ -z "${MINSHENG_CI:-}" ]; then
  echo "SKIPPED: the suite on PostgreSQL, which is not installed here."
  postgres=0
fi

[ "$sqlite" = 0 ] && [ "$postgres" = 0 ]
