#!/usr/bin/env bash
# Makes, in secrets/, each secret and identity key that is not there yet; never replaces one.
# The folder is for its owner alone. The files in it can be read by whoever gets in: a container
# sees only those that docker-compose.yml gives it, and its user is not yours.
set -euo pipefail
folder=${1:-$(cd "$(dirname "$0")/.." && pwd)/secrets}
command -v openssl >/dev/null || { echo "openssl is not installed." >&2; exit 1; }
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

hex() { od -An -v -tx1 | tr -d ' \n'; }

keep() { # keep NAME   (the secret on standard input)
  local part="$folder/.$1.part"
  cat >"$part"
  [ -s "$part" ] || { echo "No $1 could be made." >&2; exit 1; }
  chmod 444 "$part"
  mv "$part" "$folder/$1"
  echo "made $1"
}
missing() { [ ! -e "$folder/$1" ]; }

for name in secret_key worker_secret_key database_password site_database_password; do
  if missing $name; then openssl rand -hex 40 | keep $name; fi
done
for name in link.key standing.key audit.key; do
  if missing $name; then openssl rand -hex 32 | keep $name; fi
done
# One X25519 pair: the public half seals, the private half opens.
if missing unseal.key && missing unseal.pub; then
  pair=$(openssl genpkey -algorithm X25519 -outform PEM)
  openssl pkey -outform DER <<<"$pair" | tail -c 32 | hex | keep unseal.key
  openssl pkey -pubout -outform DER <<<"$pair" | tail -c 32 | hex | keep unseal.pub
elif missing unseal.key || missing unseal.pub; then
  echo "One half of the pair unseal.key and unseal.pub is missing in $folder: restore it from its backup." >&2
  exit 1
fi
echo "All secrets are in $folder. Back up the five keys (*.key, *.pub) apart from the database."
