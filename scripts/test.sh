#!/usr/bin/env bash
# Runs test suites: fast | sqlite | postgres | fault | browser, one after another; ends with
# what each gave. All are run, also when one fails.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL REDIS_URL GOEDWERK_DEMO GOEDWERK_DATA_DIR
export PYTHONUNBUFFERED=1
jobs=${JOBS:-2}
failed=()
results=()

suite() { # suite NAME COMMAND…
  local name=$1 started=$SECONDS code
  shift
  printf '\n=== %s\n' "$name"
  "$@"
  code=$?
  [ $code -eq 0 ] || failed+=("$name")
  results+=("$(printf '%-9s %s in %d s' "$name" "$([ $code -eq 0 ] && echo passed || echo "FAILED ($code)")" $((SECONDS - started)))")
}

run_pytest() { .venv/bin/python -m pytest -q "$@"; }
beside_services() { .venv/bin/python scripts/with_services.py "$@"; }

for name in "$@"; do
  case $name in
    fast) suite fast run_pytest -n "$jobs" -m "not slow and not browser and not fault" ;;
    sqlite) suite sqlite run_pytest -n "$jobs" -m "not browser and not fault" ;;
    # The finder of names knows no database: once is enough.
    postgres) suite postgres beside_services --database \
      .venv/bin/python -m pytest -q -n "$jobs" -m "not browser and not fault" \
      --ignore=tests/privacy ;;
    fault) suite fault beside_services .venv/bin/python -m pytest -q -m fault ;;
    browser) suite browser beside_services .venv/bin/python -m pytest -q -m browser ;;
    *) echo "No suite is called $name." >&2; exit 2 ;;
  esac
done

printf '\n'
printf '%s\n' "${results[@]}"
[ ${#failed[@]} -eq 0 ] || { echo "Failed: ${failed[*]}"; exit 1; }
