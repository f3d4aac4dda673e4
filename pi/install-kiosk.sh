#!/usr/bin/env bash
# Puts the kitchen screen's script and its autostart entry into this user's home. Again: brings them up to date.
# usage: pi/install-kiosk.sh [--session]     (and lets the desktop start without a login, never go dark and show no pointer)
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
  if command -v raspi-config >/dev/null; then
    programs
    as_root raspi-config nonint do_boot_behaviour B4
    as_root raspi-config nonint do_blanking 1
    pointer_key
  else
    has_chromium || say 'note: there is no Chromium yet'
    say 'note: this is no Raspberry Pi OS: see to it that the desktop starts without a login'
  fi
  say 'The kitchen screen starts with the next login: sudo reboot'
}

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }

# The browser, and what takes the pointer away: a key pressed by wtype on labwc, a push by xdotool on X11.
programs() {
  local missing=()
  has_chromium || missing+=(chromium)
  command -v wtype >/dev/null || missing+=(wtype)
  command -v xdotool >/dev/null || missing+=(xdotool)
  [ "${#missing[@]}" = 0 ] || as_root apt-get install --yes --no-install-recommends "${missing[@]}" \
    || say "note: the kitchen screen lacks something: sudo apt-get install ${missing[*]}"
}

# Raspberry Pi OS reads these settings beside its own, so they can be no more than this one key. A household's stay as they are.
pointer_key() {
  local settings="$HOME/.config/labwc/rc.xml"
  if ! [ -e "$settings" ]; then
    put 0644 "$source/labwc-rc.xml" "$settings"
  elif ! grep --quiet HideCursor "$settings"; then
    say "note: the pointer stays on the screen until $settings has the key that is in $source/labwc-rc.xml"
  fi
}

main "$@"; exit
