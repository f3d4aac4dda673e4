#!/usr/bin/env bash
# Takes the appliance away again. The household's facts and settings stay, unless told otherwise.
# usage: pi/uninstall.sh [--purge] [--dry-run]     (--purge: the database, the settings with the token, and the group as well)
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly ROOT="${DESTDIR:-}"
readonly AS_IT_IS='Stays as it is: the desktop starts without a login and never goes dark. sudo raspi-config changes that.'

main() {
  local purge=0 checkout
  while [ $# -gt 0 ]; do
    case "$1" in
      --purge) purge=1 ;;
      --dry-run) export DRY_RUN=1 ;;
      *) fail 'usage: pi/uninstall.sh [--purge] [--dry-run]' 64 ;;
    esac
    shift
  done
  [ -z "${SUDO_USER:-}" ] || fail "run it as $SUDO_USER, without sudo: it asks for root where it needs to" 64
  checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
  alone "$checkout-releases"
  units
  if [ -e "$HOME/bin/home-energy-kiosk.sh" ]; then say "$AS_IT_IS"; fi
  run rm --force "$HOME/bin/home-energy-kiosk.sh" "$HOME/.config/autostart/home-energy-kiosk.desktop"
  if cmp --silent "$checkout/kiosk/labwc-rc.xml" "$HOME/.config/labwc/rc.xml"; then run rm "$HOME/.config/labwc/rc.xml"; fi
  run rm --recursive --force "$checkout-releases"
  if [ "$purge" = 1 ]; then
    as_root rm --recursive --force "$ROOT/var/lib/home-energy-analysis" "$ROOT/etc/home-energy-analysis"
    if getent group homeenergy >/dev/null; then as_root groupdel homeenergy; fi
  else
    say "Kept: $ROOT/var/lib/home-energy-analysis (the facts) and $ROOT/etc/home-energy-analysis (the settings). Away with them: --purge"
  fi
  say "The checkout $checkout is yours to delete."
}

# Not while an update works on what is taken away here.
alone() {
  if [ "${DRY_RUN:-0}" = 1 ] || ! [ -d "$1" ]; then return; fi
  exec 9>>"$1/update.lock"
  flock --timeout 3 9 || fail 'an update or an installation is running: wait until it has ended' 75
}

# Timers and paths before what they start.
units() {
  local folder="$ROOT/etc/systemd/system" unit path
  for path in "$folder"/home-energy-*.{timer,path,service}; do
    [ -e "$path" ] || continue
    unit=$(basename "$path")
    as_root systemctl disable --now "$unit"
    as_root rm --force "$path"
  done
  as_root rm --force "$ROOT/etc/systemd/system.conf.d/home-energy-watchdog.conf" \
    "$ROOT/etc/systemd/journald.conf.d/home-energy-journal.conf"
  as_root rm --recursive --force "$ROOT/usr/local/lib/home-energy-analysis"
  as_root systemctl daemon-reload
  # One that was stopped in the middle of its work counts as failed, and would be listed for as long as the machine runs.
  as_root systemctl reset-failed 'home-energy-*' 2>/dev/null || true
}

main "$@"; exit
