#!/usr/bin/env bash
# Builds one release in a folder of its own: the tree of a commit, the packages of its lockfile, the front end.
# usage: pi/build-release.sh CHECKOUT COMMIT FOLDER
set -euo pipefail
# shellcheck source=pi/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

main() {
  local checkout=$1 commit=$2 folder=$3 node
  node="node_modules/node-linux-$(architecture)/bin/node"
  rm --recursive --force "$folder"
  mkdir --parents "$folder"
  git -C "$checkout" archive "$commit" | tar --extract --directory "$folder"
  printf '%s\n' "$commit" >"$folder/COMMIT"
  bring_node "$folder"
  cd "$folder"
  npx --yes npm@11 ci --omit=dev --no-audit --no-fund
  [ -x "$node" ] || fail "the packages came without $node: see what npm said above"
  npx --yes npm@11 run build
  [ -s dist/index.html ] || fail 'the build made no page: see what it said above'
}

# npm leaves out packages that do not suit the Node it runs on, and Raspberry Pi OS has an old one. Of the folders above it,
# npm takes the first node_modules/.bin with a Node in it, so the right one waits there, outside of what "ci" empties.
bring_node() {
  local folder=$1 releases version package
  releases=$(dirname "$folder")
  version=$(cat "$folder/.node-version")
  package="node-linux-$(architecture)"
  if [ "$("$releases/node_modules/$package/bin/node" --version 2>/dev/null)" = "v$version" ]; then return; fi
  npm install --prefix "$releases" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund "$package@$version"
  is_as_locked "$releases/node_modules/.package-lock.json" "$folder/package-lock.json" \
    || fail "$package@$version is not what the lockfile names"
}

is_as_locked() {
  local integrity
  integrity=$(sed --quiet 's/.*"integrity": "\(.*\)".*/\1/p' "$1")
  [ -n "$integrity" ] && grep --quiet --fixed-strings "\"$integrity\"" "$2"
}

main "$@"; exit
