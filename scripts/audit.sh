#!/usr/bin/env bash
# What an installation of de06 consists of, and what is known to be vulnerable in it.
#
#   scripts/audit.sh [FOLDER]
#
# Installs this tree with everything optional into an environment of its own, writes FOLDER/sbom.json
# (CycloneDX; build/audit without FOLDER) and asks the vulnerability database of the package index.
# It needs a network; exit 1 where something is found, or where something could not be looked up.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-build/audit}
mkdir -p "$target"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/installed"
"$work/installed/bin/pip" install --quiet '.[data]'
python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet --upgrade pip
"$work/tools/bin/pip" install --quiet --group audit

"$work/tools/bin/cyclonedx-py" environment --output-reproducible --pyproject pyproject.toml \
  --output-file "$target/sbom.json" "$work/installed/bin/python"
echo "written: $target/sbom.json"
"$work/installed/bin/pip" list --format freeze --exclude de06cli --exclude pip --exclude setuptools > "$work/installed.txt"
"$work/tools/bin/pip-audit" --strict --no-deps --disable-pip --requirement "$work/installed.txt"
