# shellcheck shell=bash
# What the scripts beside this one share. Sourced, not run.
# DRY_RUN=1: say what would be done. DESTDIR: a folder in which the system's own folders lie (tests; building an image).

say() { printf '%s\n' "$*"; }
fail() { printf '%s: %s\n' "$(basename "$0")" "$1" >&2; exit "${2:-1}"; }

# Does it, or says that it would.
run() {
  if [ "${DRY_RUN:-0}" = 1 ]; then say "would run: $*"; else "$@"; fi
}

# The same as root.
as_root() {
  if [ "$(id -u)" = 0 ] || [ "${DRY_RUN:-0}" = 1 ]; then run "$@"; else sudo -- "$@"; fi
}

# The package of Node for this machine is called node-linux- and this.
architecture() {
  case "$(uname -m) $(getconf LONG_BIT)" in
    'x86_64 64') echo x64 ;;
    'aarch64 64') echo arm64 ;;
    *) return 1 ;;
  esac
}

# On a terminal: yes or no, no being what comes of Enter alone.
agreed() {
  local answer
  [ -t 0 ] || return 1
  read -r -p "$1 [y/N] " answer
  [[ "$answer" = [Yy]* ]]
}
