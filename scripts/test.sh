#!/usr/bin/env bash
# Runs test suites: fast | sqlite | postgres | fault | browser, one after another, but for fault,
# which mostly waits: it runs beside the one that comes after it, and says what it has to say when
# that one has ended. Ends with what each gave. All are run, also when one fails.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL REDIS_URL GOEDWERK_DEMO GOEDWERK_DATA_DIR
export PYTHONUNBUFFERED=1
jobs=${JOBS:-2}
failed=()
results=()
beside=()

# What the suites of this run seed is made once, by whoever needs it first.
run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
export GOEDWERK_TEST_TEMPLATES=$run/templates

suite() { # suite NAME COMMAND…
  local name=$1 started=$SECONDS
  shift
  printf '\n=== %s\n' "$name"
  "$@"
  came_of "$name" $? $((SECONDS - started))
}

suite_beside() { # suite_beside NAME COMMAND…: what it says goes to a file
  local name=$1
  shift
  (
    started=$SECONDS
    "$@" >"$run/$name.log" 2>&1
    echo "$? $((SECONDS - started))" >"$run/$name.result"
  ) &
  beside+=("$name")
}

wait_for_those_beside() {
  local name code seconds
  wait
  for name in "${beside[@]}"; do
    printf '\n=== %s\n' "$name"
    cat "$run/$name.log"
    read -r code seconds <"$run/$name.result"
    came_of "$name" "$code" "$seconds"
  done
}

came_of() { # came_of NAME CODE SECONDS
  local what=passed
  [ "$2" -eq 0 ] || { what="FAILED ($2)"; failed+=("$1"); }
  results+=("$(printf '%-9s %s in %d s' "$1" "$what" "$3")")
}

run_pytest() { .venv/bin/python -m pytest -q "$@"; }
beside_services() { .venv/bin/python scripts/with_services.py "$@"; }

for name in "$@"; do
  case $name in
    fast) suite fast run_pytest -n "$jobs" -m "not slow and not browser and not fault" ;;
    sqlite) suite sqlite run_pytest -n "$jobs" -m "not browser and not fault" ;;
    # The finder of names and the check on conduct know no database, and the others start
    # processes with one of their own: once is enough.
    postgres) suite postgres beside_services --database \
      .venv/bin/python -m pytest -q -n "$jobs" -m "not browser and not fault" \
      --ignore=tests/privacy --ignore=tests/forum/test_conduct.py \
      --ignore=tests/site/test_single_sign_on.py --ignore=tests/site/test_start_up.py ;;
    fault) suite_beside fault beside_services .venv/bin/python -m pytest -q -m fault ;;
    browser) suite browser beside_services .venv/bin/python -m pytest -q -n "$jobs" -m browser ;;
    *) echo "No suite is called $name." >&2; exit 2 ;;
  esac
done
wait_for_those_beside

printf '\n'
printf '%s\n' "${results[@]}"
[ ${#failed[@]} -eq 0 ] || { echo "Failed: ${failed[*]}"; exit 1; }
