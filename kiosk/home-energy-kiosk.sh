#!/usr/bin/env bash
# Shows the kitchen screen for ever: waits for the server, opens it full screen in Chromium, and opens it anew whenever Chromium
# ends or the page has been silent for three minutes. The desktop starts it: ~/.config/autostart/home-energy-kiosk.desktop
# usage: home-energy-kiosk.sh [ADDRESS]     (default: http://localhost:5050)
set -euo pipefail

readonly SERVER=${1:-http://localhost:5050} RUNTIME=${XDG_RUNTIME_DIR:-/run/user/$UID}
# In memory: each start of the machine is a clean one, and the card is spared.
readonly PROFILE="$RUNTIME/home-energy-kiosk"
# Seconds, all of them counted in naps: the clock may be set under a script that runs for months.
readonly LOOK_EVERY=5 SILENT_AFTER=180 LIVED_AFTER=15 FIRST_BACK_OFF=2 LONGEST_BACK_OFF=60
readonly FLAGS=(--kiosk --user-data-dir="$PROFILE" --disk-cache-size=33554432 --password-store=basic
  --no-first-run --no-default-browser-check --noerrdialogs --disable-infobars --hide-crash-restore-bubble
  --disable-component-update --check-for-update-interval=31536000 --disable-breakpad --disable-features=Translate
  --disable-pinch --overscroll-history-navigation=0)

main() {
  local back_off=$FIRST_BACK_OFF failures=0
  exec 9>"$RUNTIME/home-energy-kiosk.lock"
  flock --nonblock 9 || { say 'it is running already'; exit; }
  browser='' napping='' lived=0
  trap 'trap "" TERM HUP INT; close_browser' EXIT
  trap 'exit 0' TERM HUP INT
  while :; do
    wait_for_server
    open_browser
    watch_browser
    close_browser
    if [ "$lived" -ge "$LIVED_AFTER" ]; then back_off=$FIRST_BACK_OFF failures=0; else failures=$((failures + 1)); fi
    # What ends at once again and again may be ended by what it finds in its profile.
    if [ "$failures" -ge 3 ]; then rm --recursive --force "$PROFILE"; fi
    say "Chromium has ended after about $lived s; opening it again in $back_off s"
    nap "$back_off"
    if [ "$failures" -gt 0 ]; then back_off=$((back_off * 2 > LONGEST_BACK_OFF ? LONGEST_BACK_OFF : back_off * 2)); fi
  done
}

say() { printf 'kiosk: %s\n' "$*"; }
status() { curl --silent --output /dev/null --noproxy '*' --max-time 5 --write-out '%{http_code}' "$SERVER$1" 9>&- || true; }

# No limit: after a power cut the server may have a database to mend. A page that was here before opens without it.
wait_for_server() {
  if [ -d "$PROFILE/Default/Service Worker" ]; then return; fi
  until [ "$(status /api/health)" = 200 ]; do nap 2; done
}

# In a process group of its own, so that all of it can be ended; and it ends with this script, however that ends.
open_browser() {
  local program platform=${WAYLAND_DISPLAY:+wayland}
  program=$(command -v chromium || command -v chromium-browser) || { say 'Chromium is not installed'; exit 69; }
  keep_awake 9>&-
  set -m
  setpriv --pdeathsig TERM "$program" "${FLAGS[@]}" --ozone-platform="${platform:-x11}" --app="$SERVER/?view=kitchen" \
    </dev/null >/dev/null 2>&1 9>&- &
  browser=$!
  set +m
}

# The page hides the pointer; where labwc has a key for it (HideCursor on W-h in its rc.xml), it is gone before the page is there.
keep_awake() {
  if [ -z "${WAYLAND_DISPLAY:-}" ]; then xset s off s noblank -dpms || true; return; fi
  pkill --uid "$UID" --exact swayidle || true
  if command -v wlopm >/dev/null; then wlopm --on '*' || true; fi
  if grep --quiet --no-messages HideCursor "$HOME/.config/labwc/rc.xml"; then wtype -M logo -k h -m logo || true; fi
}

# A crashed or frozen page leaves the process alive but says no more that it is drawn. A server that is away cannot tell.
watch_browser() {
  local answered=0 code
  lived=0
  while nap "$LOOK_EVERY" "$browser"; do
    lived=$((lived + LOOK_EVERY)) answered=$((answered + LOOK_EVERY))
    code=$(status '/api/kiosk?strict=1')
    if [ "${code:-000}" = 000 ]; then answered=0; fi
    if [ "$code" = 503 ] && [ "$answered" -gt "$SILENT_AFTER" ]; then say 'the page is silent'; return; fi
  done
}

# Asks, waits for ten seconds, and then asks no more.
close_browser() {
  if [ -n "$napping" ]; then kill "$napping" 2>/dev/null || true; fi
  [ -n "$browser" ] || return 0
  kill -TERM -- "-$browser" 2>/dev/null || true
  for _ in {1..20}; do if kill -0 -- "-$browser" 2>/dev/null; then nap 0.5; fi; done
  kill -KILL -- "-$browser" 2>/dev/null || true
  wait "$browser" 2>/dev/null || true
  browser=''
}

# With a process: false as soon as that has ended. As a child, since a trap waits for whatever runs in the foreground.
nap() {
  sleep "$1" 9>&- &
  napping=$!
  wait -n "$napping" ${2:+"$2"} || true
  kill "$napping" 2>/dev/null || true
  napping=''
  [ -z "${2:-}" ] || kill -0 "$2" 2>/dev/null
}

main "$@"; exit
