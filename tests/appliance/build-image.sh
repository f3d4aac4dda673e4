#!/usr/bin/env bash
# Builds, once a machine, the disk of a bare Debian on which the appliance is tried, and prints its folder. Needs root, debootstrap
# and a network. Two at once: the second waits for the first.
# usage: tests/appliance/build-image.sh [RELEASE]     (of Debian, as Raspberry Pi OS names its own: bookworm, trixie)
set -euo pipefail

readonly CACHE=/var/cache/home-energy-analysis-tests
# What Raspberry Pi OS Lite has, and what the README asks for, but for Node and npm: those are the host's (packages.sh).
readonly PACKAGES=systemd,systemd-sysv,dbus,sudo,procps,iproute2,ca-certificates,openssl,git,curl

main() {
  local release=${1:-bookworm} image
  image="$CACHE/image-$release-$(sha256sum "${BASH_SOURCE[0]}" | cut --characters=1-12)"
  mkdir --parents "$CACHE"
  exec 9>>"$CACHE/image.lock"
  flock 9
  if ! [ -d "$image" ]; then
    rm --recursive --force "$image.part"
    build "$release" "$image.part" >&2
    mv "$image.part" "$image"
  fi
  touch "$image"
  # Of versions that nobody has asked for in two weeks.
  find "$CACHE" -mindepth 1 -maxdepth 1 -type d -mtime +14 -exec rm --recursive --force {} +
  echo "$image"
}

build() {
  local release=$1 root=$2
  debootstrap --variant=minbase --include="$PACKAGES" "$release" "$root"
  rm --recursive --force "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  household "$root"
  network "$root"
  # There is nobody to log in at a console, the kernel is the host's, and every machine has a name of its own.
  ln --symbolic --force /dev/null "$root/etc/systemd/system/console-getty.service"
  ln --symbolic --force /dev/null "$root/etc/systemd/system/systemd-modules-load.service"
  : >"$root/etc/machine-id"
}

# The first user, as Raspberry Pi OS makes it.
household() {
  echo kitchen-pi >"$1/etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 kitchen-pi\n' >"$1/etc/hosts"
  chroot "$1" useradd --create-home --shell /bin/bash --user-group --groups adm,sudo sam
  echo 'sam ALL=(ALL) NOPASSWD: ALL' >"$1/etc/sudoers.d/sam"
  chmod 0440 "$1/etc/sudoers.d/sam"
}

network() {
  chroot "$1" systemctl enable systemd-networkd.service systemd-networkd-wait-online.service
}

main "$@"; exit
