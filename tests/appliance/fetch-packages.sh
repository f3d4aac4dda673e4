#!/usr/bin/env bash
# Fetches, once for each lockfile, all that an installation asks npm for, into the npm cache of a home; with the host's own Node
# and npm, which an appliance may have in any version. Prints the folder: a layer of a machine's disk. Needs a network for what
# the host's own npm has not fetched before.
# usage: tests/appliance/fetch-packages.sh CHECKOUT     (of the program, by git)
set -euo pipefail

readonly CACHE=/var/cache/home-energy-analysis-tests
# The first user of Debian and Raspberry Pi OS.
readonly SAM=1000

main() {
  local checkout=$1 layer
  # Not the Node that comes along with the program: the appliance has to bring that itself.
  PATH=$(tr ':' '\n' <<<"$PATH" | grep --invert-match node_modules | paste --serial --delimiters=:)
  mkdir --parents "$CACHE"
  exec 9>>"$CACHE/packages.lock"
  flock 9
  layer="$CACHE/packages-$(key "$checkout")"
  if ! [ -d "$layer" ]; then
    rm --recursive --force "$layer.part"
    fill "$layer.part" "$checkout" >&2
    mv "$layer.part" "$layer"
  fi
  touch "$layer"
  echo "$layer"
}

key() {
  cd "$1"
  { cat package-lock.json .npmrc .node-version pi/{build-release,steps}.sh "$(realpath "$here/fetch-packages.sh")"; node --version; npm --version; } \
    | sha256sum | cut --characters=1-12
}

# A release is built for the sake of what it fetches.
fill() {
  local layer=$1 checkout=$2 npm home="$1/home/sam"
  mkdir --parents "$home" "$layer"/usr/local/{bin,lib/node_modules}
  mkdir "$home/.npm"
  cp --recursive "$(npm config get cache)/_cacache" "$home/.npm" 2>/dev/null || true
  export npm_config_cache="$home/.npm" npm_config_prefer_offline=true
  bash "$checkout/pi/build-release.sh" "$checkout" HEAD "$layer/releases/first"
  rm --recursive "$layer/releases"
  # What is not there now is not to be fetched later: the machine has no way out.
  echo 'offline=true' >"$home/.npmrc"
  chmod 0755 "$home"
  chown --recursive "$SAM:$SAM" "$home"
  npm=$(dirname "$(dirname "$(realpath "$(command -v npm)")")")
  cp "$(realpath "$(command -v node)")" "$layer/usr/local/bin/node"
  cp --recursive --no-target-directory "$npm" "$layer/usr/local/lib/node_modules/npm"
  ln --symbolic ../lib/node_modules/npm/bin/npm-cli.js "$layer/usr/local/bin/npm"
  ln --symbolic ../lib/node_modules/npm/bin/npx-cli.js "$layer/usr/local/bin/npx"
}

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
main "$@"; exit
