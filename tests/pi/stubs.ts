// The stand-ins on a lab's PATH. Each notes what it was told in $LAB/calls; what is in $LAB/told/ changes how it behaves.

const head = `#!/usr/bin/env bash
set -euo pipefail
asked="\${0##*/} $*"
echo "$asked" >> "$LAB/calls"
told() { [ -e "$LAB/told/$1" ]; }
wait_if_told() {
  told "$1" || return 0
  local barrier
  barrier=$(cat "$LAB/told/$1")
  echo waiting >&2
  while [ -e "$barrier" ]; do sleep 0.05; done
}
# Kills who asked: once.
if told kill && [[ "$asked" = "$(cat "$LAB/told/kill")"* ]]; then
  rm "$LAB/told/kill"
  kill -9 $PPID
fi
`

/**
 * The one unit that matters really runs: the program that the link "current" leads to. One job at a time, as with systemd:
 * also where the update that asked for the first is dead already.
 */
const systemctl = `${head}
dashboard=home-energy-dashboard.service
releases="$LAB/home/Home-Energy-Analysis-releases"
locked=''
one_job_at_a_time() {
  [ -z "$locked" ] || return 0
  exec 8>>"$LAB/systemctl.lock"
  flock 8
  locked=yes
}
stop() {
  one_job_at_a_time
  [ -e "$LAB/pid" ] || return 0
  local pid state
  pid=$(<"$LAB/pid")
  # Its port is free when it is gone, and not when it was told to go. It is gone before anybody has reaped it.
  kill -9 "$pid" 2>/dev/null || true
  while read -r state 2>/dev/null <"/proc/$pid/stat" && [[ "$state" != *') '[ZX]* ]]; do sleep 0.02; done
  rm -f "$LAB/pid" "$LAB/served.log"
}
begin() {
  one_job_at_a_time
  [ ! -e "$LAB/pid" ] || return 0
  cd "$releases/current"
  : > "$LAB/served.log"
  env -i PATH="$PATH" PORT="$LAB_PORT" HOST=127.0.0.1 SQLITE_PATH="$LAB/var/lib/home-energy-analysis/cache.sqlite" LIVE=1 \\
    setsid node_modules/node-linux-*/bin/node backend/home-energy.mjs serve < /dev/null > "$LAB/served.log" 2>&1 8>&- &
  echo $! > "$LAB/pid"
  until [[ "$(<"$LAB/served.log")" = *localhost* ]]; do kill -0 $! 2>/dev/null || return 1; sleep 0.05; done
}
case "$*" in
  "is-active $dashboard") if told stopped; then echo inactive; exit 3; fi; echo active ;;
  "restart $dashboard") wait_if_told wait-restart; stop; begin ;;
  "try-restart $dashboard") stop; begin ;;
  "enable --now "*"$dashboard"*) if told stopped; then exit 0; fi; begin || true ;;
  "stop $dashboard" | "disable --now $dashboard") stop ;;
  "show $dashboard --property=StatusText --value") echo "http://127.0.0.1:$LAB_PORT" ;;
  *is-enabled*) told enabled ;;
esac
`

/** "ci" and "run build", as far as the small program needs them. */
const npx = `${head}
case "$*" in
  *" ci "*)
    wait_if_told wait
    if told ci-fails; then echo 'npm error network' >&2; exit 1; fi
    mkdir -p "node_modules/node-linux-$LAB_ARCH/bin"
    ln -sf "$LAB_NODE" "node_modules/node-linux-$LAB_ARCH/bin/node" ;;
  *" run build"*)
    if told build-fails; then exit 1; fi
    mkdir -p dist/assets
    echo '<!doctype html><title>x</title><script type="module" src="/assets/index-1.js"></script>' > dist/index.html
    echo 'export {}' > dist/assets/index-1.js ;;
esac
`

const npm = `${head}
mkdir -p "$3/node_modules/node-linux-$LAB_ARCH/bin"
ln -sf "$LAB_NODE" "$3/node_modules/node-linux-$LAB_ARCH/bin/node"
integrity=sha512-small
if told wrong-node; then integrity=sha512-foul; fi
echo "      \\"integrity\\": \\"$integrity\\"," > "$3/node_modules/.package-lock.json"
`

const noted = head

export const STUBS: Readonly<Record<string, string>> = {
  systemctl,
  npx: npx.replaceAll('$LAB_ARCH', process.arch),
  npm: npm.replaceAll('$LAB_ARCH', process.arch),
  sudo: `${head}
if told no-sudo; then echo 'sudo: a password is required' >&2; exit 1; fi
while [[ "\${1:-}" = --* ]]; do shift; done
exec "$@"
`,
  chown: noted,
  groupadd: noted,
  groupdel: noted,
  usermod: noted,
  'raspi-config': noted,
  'apt-get': `${head}if told offline; then exit 100; fi\n`,
  // The disk of the machine that runs the tests is not the lab's to wait for.
  sync: noted,
  getent: `${head}told group`,
  // Of the two numbers, how much there is and how much is asked for, this one can be told.
  du: `if [ -e "$LAB/told/huge" ]; then echo 900000000000000; else exec /usr/bin/du "$@"; fi`.replace(
    /^/,
    '#!/usr/bin/env bash\n',
  ),
}
