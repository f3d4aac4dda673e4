#!/usr/bin/env bash
# What makes the machine under the appliance harder to stop. On a terminal it asks for each that is not in place; else it does what
# is named. pi/uninstall.sh takes the first two away again.
# usage: pi/machine.sh [--watchdog] [--journal] [--rtc-battery]
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly ROOT="${DESTDIR:-}"
readonly CONFIG="$ROOT/boot/firmware/config.txt"
readonly CHARGING='dtparam=rtc_bbat_vchg=3000000'

main() {
  local wanted=" $* " option
  for option; do
    case "$option" in
      --watchdog | --journal | --rtc-battery) ;;
      *) fail 'usage: pi/machine.sh [--watchdog] [--journal] [--rtc-battery]' 64 ;;
    esac
  done
  if wants --watchdog "$ROOT/etc/systemd/system.conf.d/home-energy-watchdog.conf" \
    'Let the hardware restart the machine when it freezes?'; then
    put watchdog.conf "$ROOT/etc/systemd/system.conf.d/home-energy-watchdog.conf"
    as_root systemctl daemon-reexec
  fi
  if wants --journal "$ROOT/etc/systemd/journald.conf.d/home-energy-journal.conf" \
    'Keep the log over power cuts, at most 100 MB of it?'; then
    put journal.conf "$ROOT/etc/systemd/journald.conf.d/home-energy-journal.conf"
    as_root systemctl restart systemd-journald.service
  fi
  if has_rtc && ! grep --quiet --line-regexp --fixed-strings "$CHARGING" "$CONFIG" \
    && wants --rtc-battery '' 'Charge the clock battery? Only with the rechargeable one on J5: another kind may burst.'; then
    charge
  fi
  if [[ "$wanted" = *' --rtc-battery '* ]] && ! has_rtc; then say 'note: no battery to charge: this is no Raspberry Pi 5'; fi
}

# Named on the command line; or not in place yet, and agreed to on a terminal.
wants() {
  local option=$1 file=$2 question=$3
  if [[ "$wanted" = *" $option "* ]]; then return; fi
  if [ -n "$file" ] && [ -e "$file" ]; then return 1; fi
  [ "${DRY_RUN:-0}" = 0 ] && agreed "$question"
}

put() {
  as_root mkdir --parents "$(dirname "$2")"
  as_root install --mode=0644 "$(dirname "${BASH_SOURCE[0]}")/$1" "$2"
}

# A Pi 5 has a clock that runs on through a power cut, if a battery feeds it.
has_rtc() {
  [ -e "$CONFIG" ] && grep --quiet --text 'Raspberry Pi 5' "$ROOT/proc/device-tree/model" 2>/dev/null
}

charge() {
  printf '\n[all]\n# The clock keeps its battery charged.\n%s\n' "$CHARGING" | as_root tee --append "$CONFIG" >/dev/null
  say 'The clock charges its battery from the next start on.'
}

main "$@"; exit
