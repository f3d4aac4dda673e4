#!/usr/bin/env bash
# Brings the appliance to the newest commit of origin's main branch. Whatever goes wrong, the old version serves.
# usage: pi/update.sh [--wait SECONDS]      (how long the new version may take to prove itself: 60)
#        pi/update.sh --rollback            (back to the version before this one)
# Exit: 0 done; 1 not done, the old version serves; 2 not done, and the old version does not answer either; 64 usage;
#       75 another update is running. pi/update.ts does the work; this takes the lock and finds a Node that can read it.
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

main() {
  local checkout releases node
  if [ "${1:-}" = --help ]; then sed --quiet '2,6s/^# //p' "$0"; return; fi
  checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
  releases="$checkout-releases"
  [ -e "$releases/current" ] || fail 'nothing is installed here yet: run pi/install.sh'
  # Node closes it to its children, so that it falls with the process that updates and with no other.
  exec 9>>"$releases/update.lock"
  if [ "${1:-}" = --settle ]; then flock 9; else flock --timeout 3 9 || fail 'another update is running' 75; fi
  for node in "$releases"/{,current/,previous/}"node_modules/node-linux-$(architecture)/bin/node"; do
    if "$node" --version >/dev/null 2>&1; then exec "$node" --disable-warning=ExperimentalWarning "$checkout/pi/update.ts" "$@"; fi
  done
  fail "there is no Node in $releases any more: run pi/install.sh"
}

main "$@"; exit
