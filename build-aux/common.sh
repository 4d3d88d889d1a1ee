# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What build-aux/run and build-aux/test share: saying what is being done, installing the Debian packages that are
# missing, and bringing a build folder up to date. To be sourced; the caller sets -euo pipefail.

kaf_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Whether this call installed something, which a build folder configured before does not know of.
kaf_installed=false

# Everything said goes to standard error, so that the output of kafaatctl stays clean in a pipe.
say ()
{
  printf 'kafaat: %s\n' "$*" >&2
}

die ()
{
  say "$*"
  exit 1
}

# as_root COMMAND...: runs it directly for root, through sudo for anybody else.
as_root ()
{
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    die "this needs root and there is no sudo; as root, run: $*"
  fi
}

# missing_packages FILE...: the packages of these lists that are not installed, one a line.
missing_packages ()
{
  local wanted
  wanted=$(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@" | sort -u)
  # dpkg-query exits with 1 when it does not know one of the names: that name is then missing from its answer.
  # shellcheck disable=SC2086
  comm -23 <(printf '%s\n' "$wanted") \
    <({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2> /dev/null || true; } \
      | sed -n 's/^installed //p' | sort -u)
}

# install_packages FILE...: installs what is missing, and does not call apt when nothing is.
install_packages ()
{
  local missing
  if ! command -v dpkg-query > /dev/null; then
    say "not a Debian system: no package is installed here; see $*"
    return 0
  fi
  missing=$(missing_packages "$@" | paste -s -d ' ')
  [ -n "$missing" ] || return 0

  kaf_installed=true
  say "installing $(wc -w <<< "$missing") packages: $missing"
  apt_install "$missing" && return 0
  # The lists are absent on a fresh machine, and name files that are gone on one left alone for long.
  say "that did not work with the package lists at hand: refreshing them"
  as_root apt-get -q update >&2 || die "apt-get update failed: is the machine connected to a Debian mirror?"
  apt_install "$missing" || die "these packages could not be installed: $missing"
}

apt_install ()
{
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q install --yes --no-install-recommends $1 >&2 < /dev/null
}

# build DIR [MESON OPTION]...: configures DIR (relative to the tree) the first time, then compiles what changed.
build ()
{
  local dir=$kaf_root/$1 log status=0
  shift
  log=$(mktemp)
  if [ ! -f "$dir/build.ninja" ]; then
    say "configuring $(basename "$dir")"
    # What a broken-off configuration left would be taken for a finished one.
    [ ! -d "$dir/meson-private" ] || rm -rf "$dir"
    meson setup "$dir" "$kaf_root" "$@" > "$log" 2>&1 || status=$?
  elif $kaf_installed; then
    say "configuring $(basename "$dir") again, for what was installed"
    meson setup --reconfigure "$dir" "$kaf_root" "$@" > "$log" 2>&1 || status=$?
  fi
  if [ "$status" -ne 0 ]; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    say "meson could not configure the build"
    return 1
  fi

  say "building"
  if [ -t 2 ]; then
    ninja -C "$dir" >&2 || status=$?
  else
    ninja -C "$dir" > "$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || cat "$log" >&2
  fi
  rm -f "$log"
  [ "$status" -eq 0 ] || say "the build failed"
  return "$status"
}
