#!/usr/bin/env bash
# The ways to install that docs/huong-dan/cai-dat.md names, tried: a venv, a folder of wheels, pipx, uv.
#
#   scripts/installs.sh
#
# After each, de06 writes a Word document, and Parquet once the line that adds its library has run. It needs
# a network; pipx and uv come from the package index. Everything lies in a folder that goes away.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIPX_HOME=$work/pipx PIPX_BIN_DIR=$work/pipx-bin UV_TOOL_DIR=$work/uv UV_TOOL_BIN_DIR=$work/uv-bin
export UV_PROJECT_ENVIRONMENT=$work/uv-run DE06_CACHE=off

works() { # NAME PROGRAM LINE...: documents at once, Parquet after LINE
  local name=$1 de06=$2
  shift 2
  "$de06" export "$work/$name.docx" 2> /dev/null
  if "$de06" export "$work/$name-too-early" --format parquet 2> "$work/said"; then
    echo "$name: pyarrow was there before its line" >&2
    return 1
  fi
  grep -q pyarrow "$work/said"
  "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }
  "$de06" export "$work/$name" --format parquet 2> /dev/null
  echo "$name: works"
}

python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet pipx uv
PATH=$work/tools/bin:$PATH

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet .
works venv "$work/venv/bin/de06" "$work/venv/bin/pip" install pyarrow

python3 -m pip wheel --quiet --wheel-dir "$work/goi" .
python3 -m venv "$work/offline"
"$work/offline/bin/pip" install --quiet --no-index --find-links "$work/goi" de06cli
works wheels "$work/offline/bin/de06" "$work/offline/bin/pip" install pyarrow

pipx install --quiet . > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
works pipx "$PIPX_BIN_DIR/de06" pipx inject de06cli pyarrow
pipx install --quiet --force . > "$work/log" 2>&1
"$PIPX_BIN_DIR/de06" list --agency CAH > /dev/null

uv tool install --quiet .
works uv "$UV_TOOL_BIN_DIR/de06" uv tool install --with pyarrow .
uv tool install --quiet --reinstall .
"$UV_TOOL_BIN_DIR/de06" list --agency CAH > /dev/null
uv run --quiet --no-dev de06 list > /dev/null
echo "uv run: works"
