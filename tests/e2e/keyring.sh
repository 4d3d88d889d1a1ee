#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where the tokens of a device are kept: in a real keyring on a bus of its own where one answers, else in a
# file beside the store. A keyring that is locked, that hangs, or that is not there makes nobody wait.
# Usage: keyring.sh KAFAATCTL KAFAAT_SERVER
set -u
if [ "${KEYRING_BUS:-}" != own ]; then
  # A home of its own: the keyring of who runs the test is not touched.
  HOME=$(mktemp -d) || exit 1
  export HOME KEYRING_BUS=own XDG_RUNTIME_DIR=$HOME/run XDG_DATA_HOME=$HOME/data
  mkdir -m 700 "$XDG_RUNTIME_DIR"
  unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS KAF_KEYRING
  dbus-run-session -- bash "$0" "$@"
  status=$?
  rm -rf "$HOME"
  exit $status
fi
# shellcheck source=tests/e2e/common.sh
. "$(dirname "$0")/common.sh"
keyring=
trap '[ -n "$keyring" ] && kill -CONT "$keyring" && kill "$keyring" 2>/dev/null; [ -n "$pid" ] && kill "$pid" 2>/dev/null; rm -rf "$folder"' EXIT

enroll() { echo 'mot de passe amina' | ctl "$1" enroll "$url" --user amina --ca srv/dev-ca.pem >/dev/null; }
files() { ls "$1".db.secrets 2>/dev/null | wc -l; }

secrets() {
  gdbus call --session --timeout 5 --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
    --method "org.freedesktop.Secret.Service.$1" "${@:2}" 2>&1
}

bus() {
  gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method "org.freedesktop.DBus.$1" "${@:2}" 2>/dev/null
}

# quick WHAT COMMAND…: it takes less than ten seconds
quick() {
  local what=$1 since=$SECONDS
  shift
  "$@" >/dev/null
  is "$what" yes "$([ $((SECONDS - since)) -lt 10 ] && echo yes || echo "$((SECONDS - since)) s")"
}

"$server" --dir srv init >/dev/null
echo 'mot de passe amina' | "$server" --dir srv user add amina --password-stdin >/dev/null
"$server" --dir srv grant amina agent national >/dev/null
serve 0
url=https://127.0.0.1:$port

# No bus at all.
(unset DBUS_SESSION_BUS_ADDRESS; quick "without a bus it is quick" enroll a; ctl a sync) >without 2>&1
sed -n '/^\(not \)\{0,1\}ok/p' without; n=1
grep -q '^not ok' without && failed=1
is "the tokens are in a file" 1 "$(files a)"
is "for its owner alone" 600 "$(stat -c %a a.db.secrets)"

# A keyring that has never been made: nobody is asked to make one.
quick "without a keyring it is quick" enroll b
is "the tokens are in a file where there is no keyring" 1 "$(files b)"

# The bus has started one for the question: it goes, by its number.
activated=$(bus GetConnectionUnixProcessID org.freedesktop.secrets | sed -n 's/.*uint32 \([0-9]*\).*/\1/p')
if [ -n "$activated" ]; then
  kill "$activated"
  until bus NameHasOwner org.freedesktop.secrets | grep -q false; do sleep 0.1; done
fi

# An open one.
echo -n 'clé du trousseau' | gnome-keyring-daemon --unlock --foreground --components=secrets >keyring-log 2>&1 &
keyring=$!
# Asked for sooner, the bus would start another.
for _ in $(seq 100); do
  bus NameHasOwner org.freedesktop.secrets | grep -q true && break
  sleep 0.1
done
holds "the keyring answers" collection "$(secrets ReadAlias default)"
enroll c
is "the tokens go to the keyring" 0 "$(files c)"
ctl c new person family_name=Bennis >/dev/null
holds "and are read from there" "received" "$(ctl c sync)"
is "they still are" 0 "$(files c)"

# A file of before goes into it, and away.
holds "a file of before works" "received" "$(ctl a sync)"
is "what it held is in the keyring" 0 "$(files a)"
holds "and read from there" "received" "$(ctl a sync)"; ctl b sync >/dev/null
is "the tokens are in no file of the folder" "" "$(grep -l '"refresh"' ./*.db* 2>/dev/null)"

# Locked: said, and quickly; nobody is asked by a program without a window.
secrets Lock "['/org/freedesktop/secrets/collection/login']" >/dev/null
holds "a locked keyring is told" "keyring is locked" "$(ctl c sync)"
quick "at once" ctl c sync
enroll d
is "a new device goes on with a file" 1 "$(files d)"
holds "and syncs" "received" "$(ctl d sync)"

# Hanging: it is given up.
kill -STOP "$keyring"
quick "a keyring that hangs is given up" ctl c sync
quick "and hinders no other device" ctl d sync
kill -CONT "$keyring"

echo "1..$n"
exit $failed
