#!/usr/bin/env bash
# Writes requirements/dev.txt: what developers install, pinned, with hashes and without an index's address.
#
#   scripts/lock.sh [--upgrade]
#
# It keeps the versions that are there and still fit; --upgrade takes the newest. It needs uv
# (pip install --group lock). To install from it:
#   .venv/bin/pip install --require-hashes -r requirements/dev.txt
#   .venv/bin/pip install --no-deps --editable .
set -euo pipefail
cd "$(dirname "$0")/.."

uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --no-annotate --extra dev --group docs --group release --group audit --group lock \
  --output-file requirements/dev.txt "$@" pyproject.toml
