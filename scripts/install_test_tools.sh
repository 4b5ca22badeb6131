#!/bin/sh
# As root on Debian: install what some tests need. Elsewhere they are skipped and the count of skips shows it.
set -u
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
fc-list 2>/dev/null | grep -q "Noto Sans CJK" || missing="$missing fonts-noto-cjk"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v java >/dev/null || missing="$missing openjdk-17-jre-headless"
command -v soffice >/dev/null || missing="$missing libreoffice-writer-nogui"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "Not installed here:$missing. Tests that need them are skipped." >&2
  exit 0
fi
echo "Installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1 || true
# shellcheck disable=SC2086 - a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
  echo "Could not install:$missing. Tests that need them are skipped." >&2
