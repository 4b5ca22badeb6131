#!/usr/bin/env bash
# The whole suite on SQLite, and beside it on PostgreSQL whatever reads or writes rows: the browser walks and the
# tests of the pure part know no database and run once. Every skip is shown with its reason; both are run to the
# end whatever the other one says. With arguments (files, -k …) those tests alone are run, on both.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL

only_once=()
[ "$#" = 0 ] && only_once=(--ignore=tests/minsheng --ignore=tests/house)
report=$(mktemp)
trap 'kill "$beside" 2>/dev/null; rm -f "$report"' EXIT
scripts/with_postgres.sh .venv/bin/python -m pytest -m "not browser" "${only_once[@]}" "$@" >"$report" 2>&1 &
beside=$!

echo "== suite on SQLite (that on PostgreSQL runs beside it and is told below)"
.venv/bin/python -m pytest "$@"
sqlite=$?

wait "$beside"
postgres=$?
echo "== suite on PostgreSQL"
cat "$report"
if [ "$postgres" = 77 ] && [ -z "${MINSHENG_CI:-}" ]; then
  echo "SKIPPED: the suite on PostgreSQL, which is not installed here."
  postgres=0
fi

[ "$sqlite" = 0 ] && [ "$postgres" = 0 ]
