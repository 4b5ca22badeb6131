#!/usr/bin/env bash
# Run a command with DATABASE_URL set to a PostgreSQL of its own, made for it and thrown away after it.
# Exit 77 when PostgreSQL is not installed.
set -euo pipefail

initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)
if [ -z "$initdb" ]; then
  echo "PostgreSQL is not installed." >&2
  exit 77
fi
bin=$(dirname "$(readlink -f "$initdb")")
folder=$(mktemp -d)
owner=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses to run as root.
  owner=(runuser -u postgres --)
  chown postgres "$folder"
fi
stop() {
  "${owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
"${owner[@]}" "$bin/initdb" -D "$folder/data" -U minsheng -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
"${owner[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start -o \
  "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
  >/dev/null
cd "$OLDPWD"
DATABASE_URL="postgres://minsheng@127.0.0.1:$port/minsheng" "$@"
