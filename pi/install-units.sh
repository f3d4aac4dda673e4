#!/usr/bin/env bash
# Fills in a release's units and puts those that changed into systemd's folder. Prints their names. Run as root.
# usage: pi/install-units.sh USER CHECKOUT SOURCE     (SOURCE: a release or checkout, with the folder systemd/)
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly OURS=(home-energy-dashboard.service home-energy-sync-cache.{service,timer} home-energy-settle.{path,service})

main() {
  local user=$1 checkout=$2 source=$3 folder="${DESTDIR:-}/etc/systemd/system" changed=0 unit
  arch=$(architecture)
  filled=$(mktemp --directory)
  trap 'rm --recursive --force "$filled"' EXIT
  run mkdir --parents "$folder"
  for unit in $(units "$source" "$folder"); do
    fill_in "$user" "$checkout" <"$source/systemd/$unit" >"$filled/$unit"
    if cmp --silent "$filled/$unit" "$folder/$unit"; then continue; fi
    # By rename, and on the disk before: half a unit at the next boot would be no unit.
    run install --mode=0644 "$filled/$unit" "$folder/$unit.new"
    run sync "$folder/$unit.new"
    run mv "$folder/$unit.new" "$folder/$unit"
    say "$unit"
    changed=1
  done
  if [ "$changed" = 1 ]; then run systemctl daemon-reload; fi
}

# The appliance's own, and whichever others of this source were installed before.
units() {
  local source=$1 folder=$2 path unit
  for path in "$source"/systemd/home-energy-*; do
    unit=${path##*/}
    if [[ " ${OURS[*]} " = *" $unit "* ]] || [ -e "$folder/$unit" ]; then echo "$unit"; fi
  done
}

fill_in() {
  local user=$1 checkout=$2
  sed --expression="s|@USER@|$user|g; s|@CHECKOUT@|$checkout|g; s|@RELEASES@|$checkout-releases|g; s|@ARCH@|$arch|g"
}

main "$@"; exit
