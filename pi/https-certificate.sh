#!/usr/bin/env bash
# Makes and renews the certificate by which the household's phones know this machine: a root, once, and what the server shows,
# signed by it, whenever that is about to end or this machine has a new address. Again: does only what is due.
# usage: https-certificate.sh FOLDER [--name NAME] [--new-root]
set -euo pipefail
umask 077
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=pi/https-names.sh
source "$here/https-names.sh"

# Apple trusts none that lasts longer than 825 days.
readonly DAYS=800 RENEW_BEFORE_DAYS=60
# A Pi without a clock battery starts somewhere in the past; what it signed then would have ended before it is used.
readonly EARLIEST=1767225600

main() {
  local reason new_root=0
  folder=${1:?FOLDER is missing} name=''
  while [ $# -gt 1 ]; do
    shift
    case "$1" in
      --name) name=${2:?NAME is missing}; shift ;;
      --new-root) new_root=1 ;;
      *) fail "what is $1?" 64 ;;
    esac
  done
  share_folder
  exec 9>>"$folder/lock"
  flock 9
  rm --recursive --force "$folder"/making.*
  choose_name "$new_root"
  if [ "$new_root" = 1 ] || ! [ -s "$folder/root.crt" ]; then
    clock_is_set
    bash "$here/https-root.sh" "$folder" "$name"
  fi
  reason=$(why_due)
  if [ -n "$reason" ]; then clock_is_set && sign; fi
  say "${reason:+new, because $reason: }$(openssl x509 -in "$folder/server.pem" -noout -enddate | sed "s/.*=/$name.local until /")"
}

say() { printf 'https: %s\n' "$*"; }
fail() { printf 'https: %s\n' "$1" >&2; exit "${2:-1}"; }

# The phones trust a root for one name, so the name that it was made for stays, whatever the machine is called later.
choose_name() {
  local known='' machine
  machine=$(hostname --short | tr '[:upper:]' '[:lower:]')
  if [ "$1" = 0 ] && [ -s "$folder/root.crt" ]; then known=$(cat "$folder/name"); fi
  if [ "${name:-${known:-$machine}}" != "${known:-${name:-$machine}}" ]; then
    fail "the phones know $known, not $name: --new-root, and then /setup again on each of them" 64
  fi
  name=${known:-${name:-$machine}}
  [[ "$name" =~ ^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$ ]] || fail "$name is no name of a machine" 64
  [ "$name" = "$machine" ] || say "note: this machine is called $machine and its certificate $name; --new-root changes that"
}

# Not for an address that has gone: it may come back, as Wi-Fi does, and one too many does no harm.
why_due() {
  local server="$folder/server.pem" missing
  if ! [ -s "$server" ]; then echo 'there was none'; return; fi
  missing=$(comm -23 <(subjects | sort) <(vouched_for "$server" | sort) | tr '\n' ' ')
  if [ -n "$missing" ]; then echo "the old one did not name ${missing% }"
  elif ! openssl verify -no_check_time -CAfile "$folder/root.crt" "$server" >/dev/null 2>&1; then echo 'the root is new'
  elif ! openssl x509 -in "$server" -noout -checkend $((RENEW_BEFORE_DAYS * 86400)) >/dev/null; then echo 'the old one is about to end'
  fi
}

subjects() { names "$name"; addresses; }

vouched_for() { openssl x509 -in "$1" -noout -ext subjectAltName | sed '1d; s/IP Address:/IP:/g; s/ //g' | tr ',' '\n'; }

sign() {
  work=$(mktemp --directory "$folder/making.XXXXXX")
  trap 'rm --recursive --force "$work"' EXIT
  printf '%s\n' 'basicConstraints = critical,CA:FALSE' 'keyUsage = critical,digitalSignature' 'extendedKeyUsage = serverAuth' \
    'authorityKeyIdentifier = keyid' "subjectAltName = $(subjects | paste --serial --delimiters=,)" >"$work/cnf"
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/key"
  openssl req -new -key "$work/key" -subj "/CN=$name.local" -out "$work/csr"
  openssl x509 -req -sha256 -in "$work/csr" -CA "$folder/root.crt" -CAkey "$folder/root.key" -days "$DAYS" \
    -set_serial "0x1$(openssl rand -hex 15)" -extfile "$work/cnf" -out "$work/crt" 2>/dev/null
  # One file, so that the server never sees the one without the other.
  cat "$work/key" "$work/crt" >"$work/server.pem"
  chmod 0640 "$work/server.pem"
  sync "$work/server.pem"
  mv "$work/server.pem" "$folder/server.pem"
}

# With the server, which is in the group: what is made in the folder is the group's too. Done once; systemd's timer may not.
share_folder() {
  mkdir --parents "$folder"
  if [ "$(id --user)" != 0 ] || ! getent group homeenergy >/dev/null; then return; fi
  if [ "$(stat --format='%G %a' "$folder")" = 'homeenergy 2750' ]; then return; fi
  chgrp homeenergy "$folder"
  chmod 2750 "$folder"
}

clock_is_set() { [ "$(date +%s)" -ge "$EARLIEST" ] || fail 'the clock is not set yet: trying again later' 75; }

main "$@"; exit
