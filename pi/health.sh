#!/usr/bin/env bash
# One line on how the appliance is, for scripts. Exit: 0 ok, 1 stale (it answers, but the prices are old), 2 unknown or no answer.
# usage: pi/health.sh [--wait SECONDS]     (waits until it is ok, at most so long)
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

main() {
  local patience=0
  case "${1:-}" in
    '') ;;
    --wait) [[ "${2:-}" =~ ^[0-9]+$ ]] || usage; patience=$2 ;;
    *) usage ;;
  esac
  until look "$(address)/api/health"; do
    if [ "$SECONDS" -ge "$patience" ]; then say "$line"; exit "$code"; fi
    sleep 1
  done
  say "$line"
}

usage() {
  sed --quiet '2,3s/^# //p' "$0" >&2
  exit 64
}

# Sets "line" and "code".
look() {
  local answer status
  if ! answer=$(curl --silent --show-error --max-time 5 "$1" 2>&1); then
    line="no answer: $answer" code=2
    return 1
  fi
  status=$(field status)
  line="${status:-unknown}, $(field source), $(field version) ($(field commit))$(problems)"
  case "$status" in
    ok) code=0 ;;
    stale) code=1 ;;
    *) code=2 ;;
  esac
  return "$code"
}

# ": usage-late, certificate-ending"; nothing where all is well. What each means, npm run status says.
problems() {
  local codes
  codes=$(grep --only-matching '"code":"[^"]*"' <<<"$answer" | cut --delimiter='"' --fields=4 | paste --serial --delimiters=, || true)
  printf '%s' "${codes:+: ${codes//,/, }}"
}

# The first field of that name is the answer's own: they come before all that is nested.
field() {
  grep --only-matching --max-count=1 "\"$1\":\"[^\"]*\"" <<<"$answer" | head --lines=1 | cut --delimiter='"' --fields=4
}

# The running server told systemd where it listens; the settings themselves are not for everybody to read.
address() {
  local told
  if [ -n "${PORT:-}" ]; then echo "http://127.0.0.1:$PORT"; return; fi
  told=$(systemctl show home-energy-dashboard.service --property=StatusText --value 2>/dev/null || true)
  [[ "$told" = http://* ]] && echo "$told" || echo http://127.0.0.1:5050
}

main "$@"; exit
