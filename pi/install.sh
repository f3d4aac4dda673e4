#!/usr/bin/env bash
# Makes this machine the appliance: from a checkout to a page that outlives power cuts. Run it as the user who shall own it, from
# the checkout; where it needs root it asks sudo. Again: it repairs what is missing and overwrites nothing of yours.
# usage: pi/install.sh [--kiosk] [--https] [--watchdog] [--journal] [--rtc-battery] [--dry-run]
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly USAGE='usage: pi/install.sh [--kiosk] [--https] [--watchdog] [--journal] [--rtc-battery] [--dry-run]
  --kiosk         this machine has the kitchen screen: start the browser with the desktop
  --https         certificates for the phones, so that they can install the app
  --watchdog, --journal, --rtc-battery   see pi/machine.sh; on a terminal you are asked
  --dry-run       say what would be done, and do nothing'

main() {
  local given=("$@") kiosk=0 https=0 machine=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --kiosk) kiosk=1 ;;
      --https) https=1 ;;
      --watchdog | --journal | --rtc-battery) machine+=("$1") ;;
      --dry-run) export DRY_RUN=1 ;;
      --help) say "$USAGE"; return ;;
      *) fail "$USAGE" 64 ;;
    esac
    shift
  done
  checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
  releases="$checkout-releases"
  user=$(id --user --name)
  look
  run mkdir --parents "$releases"
  alone "${given[@]}"
  bash "$checkout/pi/install-settings.sh" "$user"
  first_release
  units
  if [ "$kiosk" = 1 ]; then bash "$checkout/pi/install-kiosk.sh" --session; fi
  if [ "$https" = 1 ]; then bash "$checkout/pi/https.sh"; fi
  bash "$checkout/pi/machine.sh" "${machine[@]}"
  say_goodbye
}

# Everything that would stop the installation half way, before anything is touched.
look() {
  local tool tools=(git npm npx tar curl systemctl flock)
  [ "$(id -u)" = 0 ] || tools+=(sudo)
  [ "$https" = 0 ] || tools+=(openssl)
  [ -z "${SUDO_USER:-}" ] || fail "run it as $SUDO_USER, without sudo: it asks for root where it needs to" 64
  [[ "$checkout" =~ ^[A-Za-z0-9/._-]+$ ]] || fail "systemd's files cannot name a folder like $checkout: move it"
  architecture >/dev/null || fail 'this needs a 64 bit system (aarch64 or x86_64)'
  for tool in "${tools[@]}"; do
    command -v "$tool" >/dev/null || fail "$tool is missing: sudo apt-get install git nodejs npm curl openssl"
  done
  git -C "$checkout" rev-parse --verify --quiet HEAD >/dev/null || fail "$checkout is no git checkout: updates come by git"
  [ "$user" != root ] || say 'note: everything will run as root; an ordinary user would be better'
}

# Not beside another installation or an update: it runs itself again behind their lock, which nothing that it starts can keep.
alone() {
  local code=0
  if [ "${DRY_RUN:-0}" = 1 ] || [ -n "${INSTALLS_ALONE:-}" ]; then return; fi
  INSTALLS_ALONE=1 flock --close --nonblock --conflict-exit-code=75 "$releases/update.lock" bash "$0" "$@" || code=$?
  [ "$code" != 75 ] || say 'an update or another installation is running'
  exit "$code"
}

# A release that is there already is left to pi/update.sh.
first_release() {
  local commit name
  if [ -s "$releases/current/dist/index.html" ]; then return; fi
  commit=$(git -C "$checkout" rev-parse HEAD)
  name=${commit:0:12}
  run bash "$checkout/pi/build-release.sh" "$checkout" "$commit" "$releases/$name.building"
  run rm --recursive --force "${releases:?}/$name"
  run mv --no-target-directory "$releases/$name.building" "$releases/$name"
  run sync --file-system "$releases"
  run ln --symbolic --force --no-dereference "$name" "$releases/current"
}

units() {
  local source="$releases/current" install=(bash "$checkout/pi/install-units.sh" "$user" "$checkout") changed
  if [ "${DRY_RUN:-0}" = 1 ]; then
    "${install[@]}" "$checkout"
  else
    changed=$(as_root "${install[@]}" "$source")
    if [[ "$changed" = *home-energy-dashboard.service* ]]; then
      as_root systemctl try-restart home-energy-dashboard.service
    fi
  fi
  as_root systemctl enable --now home-energy-dashboard.service home-energy-sync-cache.timer home-energy-settle.path
}

say_goodbye() {
  if [ "${DRY_RUN:-0}" = 1 ]; then say 'Nothing was done.'; return; fi
  say 'Waiting for the first prices …'
  bash "$checkout/pi/health.sh" --wait 300 || say 'It is not well yet: npm run status and journalctl -u home-energy-dashboard say why.'
  say "The dashboard: http://$(hostname).local:5050 (log in again before you use npm run status)"
}

main "$@"; exit
