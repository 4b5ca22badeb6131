#!/usr/bin/env bash
# The whole suite on SQLite, then on PostgreSQL whatever reads or writes rows: the browser walks and the tests of
# the pure part know no database and run once. One after the other: side by side they would be quicker, but what
# waits for a browser or a server of its own would wait too long. Every skip is shown with its reason; both are
# run whatever the first one says. With arguments (files, -k …) those tests alone are run, on both.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL

only_once=()
[ "$#" = 0 ] && only_once=(--ignore=tests/minsheng --ignore=tests/house)

echo "== suite on SQLite"
.venv/bin/python -m pytest "$@"
sqlite=$?

echo "== suite on PostgreSQL (the browser walks and the pure part have run above)"
scripts/with_postgres.sh .venv/bin/python -m pytest -m "not browser" "${only_once[@]}" "$@"
postgres=$?
if [ "$postgres" = 77 ] && [ -z "${MINSHENG_CI:-}" ]; then
  echo "SKIPPED: the suite on PostgreSQL, which is not installed here."
  postgres=0
fi

[ "$sqlite" = 0 ] && [ "$postgres" = 0 ]
