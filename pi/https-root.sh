#!/usr/bin/env bash
# Makes the root that the household's phones are told to trust. It can vouch for this machine's names and for addresses inside
# a home, and for nothing else: whoever steals the Pi must not be able to read what a phone sends to a bank.
# usage: https-root.sh FOLDER NAME
set -euo pipefail
umask 077
# shellcheck source=pi/https-names.sh
source "$(dirname "${BASH_SOURCE[0]}")/https-names.sh"

readonly DAYS=3650

main() {
  local folder=$1 name=$2
  work=$(mktemp --directory "$folder/making.XXXXXX")
  trap 'rm --recursive --force "$work"' EXIT
  settings "$name" >"$work/root.cnf"
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/root.key"
  openssl req -x509 -new -sha256 -key "$work/root.key" -days "$DAYS" -config "$work/root.cnf" -extensions root \
    -subj "/O=Home Energy Analysis/CN=Home Energy on $name, $(date +%F)" -out "$work/root.crt"
  printf '%s\n' "$name" >"$work/name"
  chmod 0644 "$work/root.crt" "$work/name"
  sync "$work"/*
  # The certificate last: it is what says that there is a root.
  mv "$work/name" "$work/root.key" "$folder"
  mv "$work/root.crt" "$folder"
}

settings() {
  printf '[req]\ndistinguished_name = subject\n[subject]\n[root]\nsubjectKeyIdentifier = hash\n'
  printf 'basicConstraints = critical,CA:TRUE,pathlen:0\nkeyUsage = critical,keyCertSign\n'
  printf 'nameConstraints = critical,@home\n[home]\n'
  local at=0 subject
  while IFS=: read -r _ subject; do printf 'permitted;DNS.%s = %s\n' $((at += 1)) "$subject"; done < <(names "$1")
  printf 'permitted;IP.%s\n' '1 = 10.0.0.0/255.0.0.0' '2 = 172.16.0.0/255.240.0.0' '3 = 192.168.0.0/255.255.0.0'
}

main "$@"; exit
