#!/usr/bin/env bash
# Boots a real systemd as the first process of namespaces of its own: a machine that shares only the kernel, and dies with this
# process as with the power.
# usage: boot.sh LAYERS DISK NAME      (LAYERS: what lies under the disk, with colons between; DISK: an empty folder at first)
#        NETWORK: file of the network namespace that the machine is in
set -euo pipefail

main() {
  if [ "${1:-}" = --inside ]; then shift; inside "$@"; fi
  local layers=$1 disk=$2 name=$3
  mkdir --parents "$disk"/{kept,work,root}
  enough_watches
  echo $$ >"$(control_group "$name")/cgroup.procs"
  first_in_line "$name" 2>/dev/null || true
  exec nsenter --net="$NETWORK" unshare --mount --propagation private --pid --fork --kill-child=SIGKILL --uts --ipc --cgroup \
    -- "$(realpath "${BASH_SOURCE[0]}")" --inside "$layers" "$disk"
}

control_group() {
  local root=/sys/fs/cgroup
  if [ -d "$root/unified" ]; then root=$root/unified; fi
  mkdir --parents "$root/$1"
  echo "$root/$1"
}

# Each systemd and its services take about ten of the watches that the kernel gives to root as a whole, beside browsers and other
# machines; without one it ends at once, and does not say why.
enough_watches() {
  local limit=/proc/sys/fs/inotify/max_user_instances
  if [ "$(cat $limit)" -lt 1024 ]; then echo 1024 >$limit || echo "the machine may go off: $limit is $(cat $limit)" >&2; fi
}

# Its cores are its own, as a Pi's are: what else the host does waits, so that what is measured is the appliance.
first_in_line() {
  if [ -e /sys/fs/cgroup/cpu/cpu.shares ]; then
    mkdir --parents "/sys/fs/cgroup/cpu/$1"
    echo 262144 >"/sys/fs/cgroup/cpu/$1/cpu.shares"
    echo $$ >"/sys/fs/cgroup/cpu/$1/cgroup.procs"
  else
    echo +cpu >/sys/fs/cgroup/cgroup.subtree_control
    echo 10000 >"/sys/fs/cgroup/$1/cpu.weight"
  fi
}

inside() {
  local root=$2/root
  mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/kept,workdir=$2/work" "$root"
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  mount -t tmpfs -o mode=755,nosuid,nodev tmpfs "$root/run"
  devices "$root/dev"
  cd "$root"
  mkdir --parents .host
  pivot_root . .host
  umount --lazy /.host
  # Or systemd could not hand mounts on to its services.
  mount --make-rshared /
  exec env --ignore-environment container=home-energy PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
    /sbin/init --log-target=journal systemd.unified_cgroup_hierarchy=1
}

devices() {
  mount -t tmpfs -o mode=755,nosuid tmpfs "$1"
  local device name major minor
  for device in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
    IFS=: read -r name major minor <<<"$device"
    mknod --mode=666 "$1/$name" c "$major" "$minor"
  done
  mkdir "$1/pts" "$1/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$1/pts"
  mount -t tmpfs -o mode=1777 tmpfs "$1/shm"
  ln --symbolic pts/ptmx "$1/ptmx"
  ln --symbolic /proc/self/fd "$1/fd"
}

main "$@"; exit
