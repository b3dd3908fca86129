#!/bin/sh
# Run the tests on all cores, in random order, away from the person's own files; pytest's closing line ends it.
set -eu
cd "$(dirname "$0")/.."
export PYTHONUTF8=1 QT_QPA_PLATFORM=offscreen
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
exec .venv/bin/python -m pytest -n logical --maxprocesses 8 "$@"
