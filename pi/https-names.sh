# shellcheck shell=bash
# What this machine is called in its home, as the subjects of a certificate. Sourced, not run.

# A bare name of letters could be, or become, the ending of other people's domains, and a root for it a root for all of those.
names() {
  printf 'DNS:%s\n' "$1.local" localhost
  if [[ "$1" = *[0-9-]* ]] || [ "$1" = raspberrypi ]; then printf 'DNS:%s\n' "$1"; fi
}

# IPv4 inside a home. IPv6 ones come and go by the day, and the name finds them.
addresses() {
  hostname --all-ip-addresses | tr ' ' '\n' \
    | sed --quiet --regexp-extended 's/^((10|192\.168|172\.(1[6-9]|2[0-9]|3[01]))\.[0-9.]+)$/IP:\1/p'
}
