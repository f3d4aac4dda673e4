#!/usr/bin/env bash
# Shows the kitchen screen for ever: waits for the server, opens it full screen in Chromium, and opens it anew whenever Chromium
# ends or the page has been silent for three minutes. The desktop starts it: ~/.config/autostart/home-energy-kiosk.desktop
# usage: home-energy-kiosk.sh [ADDRESS]     (default: http://localhost:5050)
# What more the page's address sets (dim=22-6&wake=spike) is the first line of ~/.config/home-energy-kiosk, where there is one.
set -euo pipefail
readonly SERVER=${1:-http://localhost:5050} RUNTIME=${XDG_RUNTIME_DIR:-/run/user/$UID}
readonly PROFILE="$RUNTIME/home-energy-kiosk" # in memory: each start of the machine is a clean one, and the card is spared
# Seconds, all of them counted in naps: the clock may be set under a script that runs for months.
readonly LOOK_EVERY=5 SILENT_AFTER=180 LIVED_AFTER=15 SETTLED_AFTER=30 FIRST_BACK_OFF=2 LONGEST_BACK_OFF=60
readonly FLAGS=(--kiosk --user-data-dir="$PROFILE" --disk-cache-size=33554432 --password-store=basic
  --no-first-run --no-default-browser-check --noerrdialogs --disable-infobars --hide-crash-restore-bubble
  --disable-component-update --check-for-update-interval=31536000 --disable-breakpad --disable-features=Translate
  --disable-pinch --overscroll-history-navigation=0)

main() {
  local back_off failures=0
  exec 9>"$RUNTIME/home-energy-kiosk.lock"
  flock --timeout 6 9 || { say 'it is running already'; exit; } # one that was killed may leave a last question, with the lock
  browser='' lived=0
  trap 'trap "" TERM HUP INT; close_browser' EXIT
  trap 'exit 0' TERM HUP INT
  while :; do
    wait_for_server
    open_browser
    watch_browser
    close_browser
    failures=$((lived >= LIVED_AFTER ? 0 : failures + 1))
    if [ "$failures" -ge 3 ]; then rm --recursive --force "$PROFILE"; fi # it may be what ends Chromium at once
    back_off=$((failures < 2 ? FIRST_BACK_OFF : back_off * 2 > LONGEST_BACK_OFF ? LONGEST_BACK_OFF : back_off * 2))
    say "Chromium has ended after about $lived s; opening it again in $back_off s"
    nap "$back_off"
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
  local program wishes='' platform=${WAYLAND_DISPLAY:+wayland}
  program=$(command -v chromium || command -v chromium-browser) || { say 'Chromium is not installed'; exit 69; }
  if [ -r "$HOME/.config/home-energy-kiosk" ]; then read -r wishes <"$HOME/.config/home-energy-kiosk" || true; fi
  keep_awake 2>/dev/null 9>&-; set -m
  setpriv --pdeathsig TERM "$program" "${FLAGS[@]}" --ozone-platform="${platform:-x11}" --app="$SERVER/?view=kitchen${wishes:+&${wishes// /+}}" \
    </dev/null >/dev/null 2>&1 9>&- &
  browser=$! lived=0; set +m
}

keep_awake() {
  if [ -z "${WAYLAND_DISPLAY:-}" ]; then xset s off s noblank -dpms || true; return; fi
  pkill --uid "$UID" --exact swayidle || true; wlopm --on '*' || true
}

# The page hides the pointer, but only once that has moved; labwc hides it by a key, if it has one (labwc-rc.xml).
hide_pointer() {
  if [ -z "${WAYLAND_DISPLAY:-}" ]; then xdotool mousemove 9999 9999 || true
  elif grep --quiet HideCursor "$HOME/.config/labwc/rc.xml"; then wtype -M logo -k h -m logo || true; fi
}

# A crashed or frozen page leaves the process alive but says no more that it is drawn. A server that is away cannot tell.
watch_browser() {
  local answered=0 code
  while nap "$LOOK_EVERY" "$browser"; do
    lived=$((lived + LOOK_EVERY)) answered=$((answered + LOOK_EVERY))
    if [ "$lived" -le "$SETTLED_AFTER" ]; then hide_pointer 2>/dev/null 9>&-; fi
    code=$(status '/api/kiosk?strict=1')
    if [ "${code:-000}" = 000 ]; then answered=0; fi
    if [ "$code" = 503 ] && [ "$answered" -gt "$SILENT_AFTER" ]; then say 'the page is silent'; return; fi
  done
}

# Asks, waits for ten seconds, and then asks no more.
close_browser() {
  local job
  for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done # also a nap whose number nobody has noted yet
  [ -n "$browser" ] || return 0
  kill -TERM -- "-$browser" 2>/dev/null || true
  for _ in {1..20}; do if kill -0 -- "-$browser" 2>/dev/null; then sleep 0.5 9>&-; fi; done
  kill -KILL -- "-$browser" 2>/dev/null || true
  wait "$browser" 2>/dev/null || true
  browser=''
}

# With a process: false as soon as that has ended. A child, since a trap waits for what runs in the foreground.
nap() {
  sleep "$1" 9>&- &
  local napping=$!
  wait -n "$napping" ${2:+"$2"} 2>/dev/null || true # bash complains of a process that ends in this very moment
  kill "$napping" 2>/dev/null || true
  [ -z "${2:-}" ] || kill -0 "$2" 2>/dev/null
}

main "$@"; exit
