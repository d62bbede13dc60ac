#!/usr/bin/env bash
# de06 with the oldest libraries that it allows, and with every Python that can be had here.
#
#   scripts/versions.sh [--all]
#
# Without --all the part of the tests that depends on libraries runs; with it, all of them. A Python from
# 3.11 to 3.14 that is not on the PATH is left out, and named; python3 itself is that of the other tests.
set -euo pipefail
cd "$(dirname "$0")/.."

# Documents, tables, terminals, options, the schema: what other versions of libraries could break.
wanted=(tests/views/office tests/views/text tests/views/page tests/plan/test_schema.py tests/cli/test_help.py tests/cli/test_main.py)
[ "${1-}" = --all ] && wanted=(tests)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Rich 13.9 counts the columns of a soft hyphen and of emoji otherwise than terminals and later versions do.
widths=tests/views/text/test_plain_table.py::test_a_text_is_as_wide_as_a_terminal_shows_it

tested() { # NAME ENVIRONMENT OPTION...: the tests there; what a library imports, and its warnings, are its own affair
  local name=$1 pytest=$2/bin/pytest
  shift 2
  "$pytest" --quiet -p no:cacheprovider --ignore=tests/cli/test_imports.py -W default "$@" "${wanted[@]}" |
    tail -n 15 | sed "s/^/$name: /"
}

echo "== the oldest libraries that pyproject.toml allows"
python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet --upgrade pip
"$work/tools/bin/pip" install --quiet --group lock
python3 -m venv "$work/lowest"
"$work/tools/bin/uv" pip compile --quiet --no-header --no-annotate --resolution lowest-direct --extra data \
  --python "$work/lowest/bin/python" --output-file "$work/lowest.txt" pyproject.toml
"$work/lowest/bin/pip" install --quiet --editable '.[dev]' --constraint "$work/lowest.txt"
tested lowest "$work/lowest" --deselect "$widths"

for version in 3.11 3.12 3.13 3.14; do
  if ! "python$version" -c '' 2> /dev/null; then
    echo "== Python $version is not here: de06 was not tried with it"
    continue
  elif [ "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "$version" ]; then
    continue # the environment of the project itself
  fi
  echo "== Python $version"
  "python$version" -m venv "$work/$version"
  "$work/$version/bin/pip" install --quiet --editable '.[dev]'
  tested "$version" "$work/$version"
done
