#!/usr/bin/env bash
# One line on how the appliance is, for scripts. Exit: 0 ok, 1 stale (it answers, but the prices are old), 2 unknown or no answer.
# usage: pi/health.sh [--wait SECONDS]     (waits until it is ok, at most so long)
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly ENV_FILE="${DESTDIR:-}/etc/home-energy-analysis/dashboard.env"

main() {
  local patience=0 url
  case "${1:-}" in
    '') ;;
    --wait) [[ "${2:-}" =~ ^[0-9]+$ ]] || usage; patience=$2 ;;
    *) usage ;;
  esac
  url="http://$(setting HOST 127.0.0.1):$(setting PORT 5050)/api/health"
  url=${url/0.0.0.0/127.0.0.1}
  until look "$url"; do
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
  line="${status:-unknown}, $(field source), $(field version) ($(field commit))"
  case "$status" in
    ok) code=0 ;;
    stale) code=1 ;;
    *) code=2 ;;
  esac
  return "$code"
}

# The first field of that name is the answer's own: they come before all that is nested.
field() {
  grep --only-matching --max-count=1 "\"$1\":\"[^\"]*\"" <<<"$answer" | head --lines=1 | cut --delimiter='"' --fields=4
}

# The environment's, else the file's where it may be read, else the default.
setting() {
  local value="${!1:-}"
  if [ -z "$value" ] && [ -r "$ENV_FILE" ]; then
    value=$(sed --quiet "s/^$1=\"\{0,1\}\([^\"]*\).*/\1/p" "$ENV_FILE" | tail --lines=1)
  fi
  echo "${value:-$2}"
}

main "$@"; exit
