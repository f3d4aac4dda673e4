#!/usr/bin/env bash
# Makes the certificate by which phones know this machine, lets systemd renew it, and says where a phone begins. Run it as the
# user who owns the appliance; where it needs root it asks sudo. Again: repairs what is missing, and changes nothing else.
# usage: pi/https.sh [--name NAME] [--new-root] [--folder FOLDER] [--dry-run] | --fingerprint
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly ROOT="${DESTDIR:-}"
readonly FOLDER="$ROOT/etc/home-energy-analysis/https"
# Root runs only what root owns: the checkout is an ordinary user's.
readonly PROGRAMS="$ROOT/usr/local/lib/home-energy-analysis"
readonly UNITS="$ROOT/etc/systemd/system"
readonly USAGE='usage: pi/https.sh [--name NAME] [--new-root] [--folder FOLDER] [--dry-run] | --fingerprint
  --name          what the household calls this machine; default: its host name
  --new-root      begin anew, with another name or after a theft; each phone then goes through /setup again
  --folder        only make the certificate, in a folder of yours (TLS_FOLDER): for a try-out without root
  --fingerprint   what to compare with /setup before a phone trusts it'

main() {
  local folder='' wishes=()
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
  while [ $# -gt 0 ]; do
    case "$1" in
      --name) wishes+=(--name "${2:?NAME is missing}"); shift ;;
      --new-root) wishes+=(--new-root) ;;
      --folder) folder=${2:?FOLDER is missing}; shift ;;
      --fingerprint) fingerprint "${folder:-$FOLDER}"; return ;;
      --dry-run) export DRY_RUN=1 ;;
      --help) say "$USAGE"; return ;;
      *) fail "$USAGE" 64 ;;
    esac
    shift
  done
  if [ -n "$folder" ]; then
    run bash "$here/https-certificate.sh" "$folder" "${wishes[@]}"
    return
  fi
  as_root mkdir --parents --mode=0755 "$(dirname "$FOLDER")" "$PROGRAMS"
  as_root install --mode=0755 "$here"/https-{certificate,root,names}.sh "$PROGRAMS"
  as_root bash "$PROGRAMS/https-certificate.sh" "$FOLDER" "${wishes[@]}"
  units
  goodbye
}

units() {
  as_root mkdir --parents "$UNITS"
  as_root install --mode=0644 "$here"/../systemd/home-energy-https.{service,timer} "$UNITS"
  as_root systemctl daemon-reload
  as_root systemctl enable --now home-energy-https.timer
}

goodbye() {
  if [ "${DRY_RUN:-0}" = 1 ]; then return; fi
  say "On each phone: http://$(as_root cat "$FOLDER/name").local:5050/setup (the kitchen screen shows it as a picture)"
  say "To compare there: $(fingerprint "$FOLDER")"
}

# Of a folder that this user may not enter, root is asked.
fingerprint() {
  local certificate="$1/root.crt" as=()
  if ! [ -r "$certificate" ]; then as=(as_root); fi
  "${as[@]}" test -e "$certificate" || fail 'there is no certificate yet: pi/https.sh makes it'
  "${as[@]}" openssl x509 -in "$certificate" -noout -fingerprint -sha256 | cut --delimiter== --fields=2
}

main "$@"; exit
