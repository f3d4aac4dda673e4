#!/usr/bin/env bash
# The group that may read the settings, and the settings themselves: made from the example, never overwritten.
# usage: pi/install-settings.sh USER
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly ETC="${DESTDIR:-}/etc/home-energy-analysis"

main() {
  member_of_the_group "$1"
  as_root mkdir --parents "$ETC"
  as_root chown root:homeenergy "$ETC"
  as_root chmod 0750 "$ETC"
  if is_there "$ETC/dashboard.env"; then
    only_for_the_group "$ETC/dashboard.env"
    return
  fi
  settings
  if [ "${DRY_RUN:-0}" = 0 ] && agreed 'Do you have an Amber token at hand?'; then
    bash "$(dirname "${BASH_SOURCE[0]}")/set-token.sh"
  fi
}

member_of_the_group() {
  if ! getent group homeenergy >/dev/null; then as_root groupadd --system homeenergy; fi
  if ! id --groups --name "$1" | grep --quiet --word-regexp homeenergy; then
    as_root usermod --append --groups homeenergy "$1"
  fi
}

# By rename: a half-written file would be taken for the household's own ever after.
settings() {
  as_root install --mode=0640 "$(dirname "${BASH_SOURCE[0]}")/dashboard.env.example" "$ETC/dashboard.env.new"
  only_for_the_group "$ETC/dashboard.env.new"
  as_root mv "$ETC/dashboard.env.new" "$ETC/dashboard.env"
}

only_for_the_group() {
  as_root chown root:homeenergy "$1"
  as_root chmod 0640 "$1"
}

# Also where only root may look.
is_there() {
  if [ "${DRY_RUN:-0}" = 1 ]; then test -e "$1"; else as_root test -e "$1"; fi
}

main "$@"; exit
