#!/usr/bin/env bash
# Installs what the tests need beside Python: only what is missing, and without starting a service.
# As root on Debian or Ubuntu it does so by apt; elsewhere it says what to install.
set -euo pipefail

chromium() { [ -x /usr/bin/chromium ]; }
postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
redis() { command -v redis-server >/dev/null; }
gettext() { command -v msgfmt >/dev/null; }
fonts() { [ -d /usr/share/fonts/truetype/dejavu ] || fc-list 2>/dev/null | grep -qi dejavu; }
java() { command -v java >/dev/null; }
suiting_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
      2>/dev/null && return
  done
  return 1
}

missing=()
suiting_python || missing+=(python3 python3-venv)
redis || missing+=(redis-server)
postgres || missing+=(postgresql)
chromium || missing+=(chromium)
fonts || missing+=(fonts-dejavu-core)
gettext || missing+=(gettext)
java || missing+=(default-jre-headless)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need programs that are not on this machine: ${missing[*]}." >&2
  echo "On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
  echo "Elsewhere: Redis 7 or newer (redis-server on the PATH), PostgreSQL 15 or newer (initdb on" >&2
  echo "the PATH), Chromium at /usr/bin/chromium, the DejaVu fonts, GNU gettext (msgfmt)" >&2
  echo "and Java 8 or newer (the checker of HTML)." >&2
  exit 1
fi

echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
# Packages start their services unless this file says no.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
suiting_python || {
  echo "This release has no Python 3.11, 3.12 or 3.13 with venv: install one." >&2
  exit 1
}
