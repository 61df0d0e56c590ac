#!/usr/bin/env bash
# All static checks, one after another; ends with which of them failed.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL REDIS_URL GOEDWERK_DEMO
bin=.venv/bin
GOEDWERK_DATA_DIR=$(mktemp -d)
trap 'rm -rf "$GOEDWERK_DATA_DIR"' EXIT
export GOEDWERK_DATA_DIR GOEDWERK_TESTING=1 LOG_LEVEL=ERROR
templates=(forum casestudies site)
failed=()

check() { # check NAME COMMAND…
  local name=$1 output
  shift
  printf '%-28s' "$name"
  if output=$("$@" 2>&1); then echo ok; else
    echo FAILED
    printf '%s\n' "$output" | tail -n 60
    failed+=("$name")
  fi
}

manage() { "$bin/python" site/manage.py "$@" --skip-checks; }

# A migration may run while the previous code still serves. Those of the first release meet none.
first_release="0006_statements_and_assignments 0002_submissions_and_clearances 0003_drafts_and_news 0004_sensitive_stories
  0003_sensitive_stories 0004_marks_precision_and_places 0006_mail_marks 0007_urgency_and_measures
  0008_practice_and_waiting
  0010_reports_and_appeals 0015_decided_after_a_report
  0002_sessions_and_eligibility 0009_measures_and_standing
  0011_desk_of_ambassadors 0016_kinds_of_contribution 0022_threads_of_one_kind 0009_theme_pages 0010_minutes_of_stories 0011_count_the_minutes 0012_thread_tools 0017_what_guides_do 0018_formats
  0007_formats 0019_harvests 0008_guidance 0020_circles 0002_brand 0021_follow_and_search 0023_notice_of_an_overtaken_appeal 0024_newest_and_edited 0025_answers_on_record 0026_series 0027_law_of_a_decision 0028_reports_of_pages_alone 0012_words_agreed_to"
migrations_are_gentle() {
  PYTHONPATH=tests "$bin/python" site/manage.py lintmigrations --settings settings_for_lint \
    --project-root-path . --warnings-as-errors --ignore-initial-migrations --no-cache --quiet ok ignore \
    --ignore-name $first_release --include-apps goedwerk_forum goedwerk_casestudies home accounts
}

check "style" "$bin/ruff" check .
check "format" "$bin/ruff" format --check .
check "templates" "$bin/djlint" --lint --quiet "${templates[@]}"
check "types" "$bin/mypy"
check "layers" "$bin/lint-imports" --no-cache
check "migrations are complete" manage makemigrations --check --dry-run
check "migrations are gentle" migrations_are_gentle
check "translations are complete" "$bin/python" scripts/check_translations.py
check "lock file fits" "$bin/uv" lock --check --quiet

[ ${#failed[@]} -eq 0 ] || { printf '\nFailed: %s\n' "$(IFS=,; echo "${failed[*]}")"; exit 1; }
