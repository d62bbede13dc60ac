#!/usr/bin/env bash
# de06 with the oldest libraries that it allows, and with every Python that can be had here.
#
#   scripts/versions.sh [--all]
#
# Without --all the part of the tests that depends on libraries runs; with it, all of them. A Python from
# 3.11 to 3.14 that is not on the PATH is left out, and named; python3 itself is that of the other tests.
# With --all, where root has debootstrap, those that Debian's unstable suite has are tried there, with its git.
set -euo pipefail
cd "$(dirname "$0")/.."

# Documents, tables, terminals, options, the schema: what other versions of libraries could break.
wanted=(tests/views/office tests/views/text tests/views/page tests/plan/validation tests/cli/test_help.py tests/cli/test_main.py)
[ "${1-}" = --all ] && wanted=(tests)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Rich 13.9 counts the columns of a soft hyphen and of emoji otherwise than terminals and later versions do.
widths=tests/views/text/test_plain_table.py::test_a_text_is_as_wide_as_a_terminal_shows_it

make_debian() { # VERSION: a Debian in a folder that has this Python, and a copy of the project; fails where it has none
  debootstrap --variant=minbase --include="python$1-venv,ca-certificates,git" unstable "$work/debian" > "$work/log" 2>&1 &&
    cp -L /etc/resolv.conf /etc/hosts "$work/debian/etc/" &&
    if [ -n "${PIP_CERT-}" ]; then install -D "$PIP_CERT" "$work/debian/$PIP_CERT"; fi &&
    mkdir "$work/debian/de06" &&
    git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- -cf - | tar -xf - -C "$work/debian/de06"
}

of_debian() { # PROGRAM...: run there, in the copy of the project; what is mounted for it is gone afterwards
  unshare --mount bash -c 'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' \
    "$work/debian" env --chdir=/de06 HOME=/root LANG=C.UTF-8 "$@"
}

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

missing=()
for version in 3.11 3.12 3.13 3.14; do
  if ! "python$version" -c '' 2> /dev/null; then
    missing+=("$version")
  elif [ "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "$version" ]; then
    echo "== Python $version"
    "python$version" -m venv "$work/$version"
    "$work/$version/bin/pip" install --quiet --editable '.[dev]'
    tested "$version" "$work/$version"
  fi
done

for version in "${missing[@]}"; do
  rm -rf "$work/debian"
  if [ "${1-}" = --all ] && [ "$(id -u)" = 0 ] && make_debian "$version"; then
    echo "== Python $version, of Debian unstable"
    of_debian "python$version" -m venv /venv
    of_debian /venv/bin/pip install --quiet --editable '.[dev]'
    of_debian /venv/bin/pytest --quiet | tail -n 15 | sed "s/^/$version: /"
  else
    echo "== Python $version is not here: de06 was not tried with it"
  fi
done
