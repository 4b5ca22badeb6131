#!/bin/sh
# Renew requirements/*.txt from requirements/*.in: newest stable versions, hashes kept, no registry address.
set -eu
cd "$(dirname "$0")/.."
for name in core bench spark dev ocr pdf; do
  uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
    --upgrade --no-header "requirements/$name.in" -o "requirements/$name.txt"
done
