#!/usr/bin/env bash
# Asks for the Amber token and writes it into the appliance's settings. It is shown nowhere and is no command's argument.
# usage: pi/set-token.sh      (or: pi/set-token.sh < file)
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly ENV_FILE="${DESTDIR:-}/etc/home-energy-analysis/dashboard.env"

main() {
  local token
  if [ "${1:-}" = --write ]; then write_token; return; fi
  token=$(ask)
  [[ "$token" =~ ^[[:graph:]]+$ ]] || fail 'that is no token: it has a space in it or is empty. Nothing was changed.'
  printf '%s\n' "$token" | as_root bash "$0" --write
  say 'The token is in place.'
  if systemctl --quiet is-enabled home-energy-sync-cache.timer 2>/dev/null; then
    # Not "start": a refresh that runs with the old token would count as this one.
    as_root systemctl restart --no-block home-energy-sync-cache.service
    say 'A first refresh is on its way: npm run status'
  fi
}

ask() {
  local token
  if [ -t 0 ]; then
    read -r -s -p 'Amber token (psk_…, it is not shown): ' token
    echo >&2
  else
    read -r token || true
  fi
  printf '%s' "$token"
}

# As root, the token on standard input. The old file stays until the new one is whole.
write_token() {
  local token line written=0
  read -r token
  umask 077
  new=$(mktemp "$ENV_FILE.XXXXXX")
  trap 'rm --force "$new"' EXIT
  while IFS= read -r line || [ -n "$line" ]; do
    if [[ "$line" = AMBER_TOKEN=* ]]; then
      line="AMBER_TOKEN=$token"
      written=1
    fi
    printf '%s\n' "$line"
  done <"$ENV_FILE" >"$new"
  if [ "$written" = 0 ]; then printf 'AMBER_TOKEN=%s\n' "$token" >>"$new"; fi
  chown root:homeenergy "$new"
  chmod 0640 "$new"
  sync "$new"
  mv "$new" "$ENV_FILE"
}

main "$@"; exit
