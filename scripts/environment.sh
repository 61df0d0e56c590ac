#!/usr/bin/env bash
# Makes .venv what uv.lock says. `environment.sh run`: what the site needs; `environment.sh dev`:
# what tests and linters need besides. Called by make when the lock changed; safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:?run or dev}
uv_version=0.13.9

stop() { printf '%s\n' "$@" >&2; exit 1; }

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() { # the newest that suits; a name on PATH may be a shim without a Python behind it
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && suits "$name"; then echo "$name"; return; fi
  done
}

if ! { [ -x .venv/bin/python ] && suits .venv/bin/python; }; then
  python=$(find_python)
  [ -n "$python" ] || stop \
    "Python 3.11, 3.12 or 3.13 is needed, and none of them is here." \
    "Install one (Debian and Ubuntu: apt install python3 python3-venv) and run make again."
  version=$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')
  "$python" -c 'import venv, ensurepip' 2>/dev/null || stop \
    "Python $version is here without its venv module." \
    "Install it (Debian and Ubuntu: apt install python$version-venv) and run make again."
  echo "Making the environment .venv with Python $version …"
  "$python" -m venv --clear .venv
fi

if ! .venv/bin/uv --version 2>/dev/null | grep -q "^uv $uv_version\b"; then
  echo "Installing uv $uv_version …"
  .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version" || stop \
    "uv could not be installed: see the lines above. A network connection to PyPI is needed once."
fi

echo "Installing what uv.lock says (the first time takes a minute) …"
groups=(--no-default-groups --group site)
[ "$what" = run ] || groups=()
UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --frozen --inexact --quiet "${groups[@]}" || stop \
  "The environment could not be made: see the lines above. A network connection is needed once."
touch ".venv/.ready-$what"
