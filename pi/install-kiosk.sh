#!/usr/bin/env bash
# Puts the kitchen screen's script and its autostart entry into this user's home. Again: brings them up to date.
# usage: pi/install-kiosk.sh [--session]     (and lets the desktop start without a login and never go dark)
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

main() {
  local source
  source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../kiosk" && pwd -P)
  put 0755 "$source/home-energy-kiosk.sh" "$HOME/bin/home-energy-kiosk.sh"
  put 0644 "$source/home-energy-kiosk.desktop" "$HOME/.config/autostart/home-energy-kiosk.desktop"
  if [ "${1:-}" = --session ]; then session; fi
}

# By rename: a script that runs is not changed under it, and begins anew with the next login.
put() {
  local mode=$1 from=$2 to=$3
  if cmp --silent "$from" "$to"; then return; fi
  run mkdir --parents "$(dirname "$to")"
  run install --mode="$mode" "$from" "$to.new"
  run mv "$to.new" "$to"
}

session() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
    || say 'note: there is no Chromium yet: sudo apt-get install chromium'
  if command -v raspi-config >/dev/null; then
    as_root raspi-config nonint do_boot_behaviour B4
    as_root raspi-config nonint do_blanking 1
  else
    say 'note: this is no Raspberry Pi OS: see to it that the desktop starts without a login'
  fi
  say 'The kitchen screen starts with the next login: sudo reboot'
}

main "$@"; exit
