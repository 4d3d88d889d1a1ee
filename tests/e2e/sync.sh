#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two laptops and a server, by their real programs over HTTPS: edits without a network, a conflict and
# its settlement, an erasure, a server that is killed, one that is restored, a device that is shut out.
# Usage: sync.sh KAFAATCTL KAFAAT_SERVER
set -u
client=$(realpath "$1") server=$(realpath "$2")
folder=$(mktemp -d) || exit 1
pid=
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
n=0

# is WHAT EXPECTED GOT
is() {
  n=$((n + 1))
  if [ "$2" = "$3" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    printf '# expected: %s\n# got: %s\n' "$2" "$3"
    failed=1
  fi
}

# holds WHAT EXPECTED GOT: EXPECTED stands somewhere in GOT
holds() {
  case $3 in
    *"$2"*) is "$1" "" "" ;;
    *) is "$1" "…$2…" "$3" ;;
  esac
}

serve() {
  "$server" --dir srv serve --listen "127.0.0.1:$1" --dev-tls >out 2>>log &
  pid=$!
  for _ in $(seq 100); do
    grep -q listening out 2>/dev/null && break
    sleep 0.1
  done
  port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' out)
}

ctl() { # ctl a|b ARGUMENT…
  local store=$1
  shift
  "$client" --store "$store.db" "$@" 2>&1
}

field() { ctl "$1" --json show "$2" | python3 -c 'import json, sys; print(json.load(sys.stdin)["fields"].get(sys.argv[1]))' "$3"; }

"$server" --dir srv init >/dev/null
for user in amina brahim; do
  echo "mot de passe $user" | "$server" --dir srv user add $user --password-stdin >/dev/null
  "$server" --dir srv grant $user agent national >/dev/null
done
serve 0
url=https://127.0.0.1:$port

holds "a wrong password is explained" "password is not right" \
  "$(echo 'not the password' | ctl a enroll "$url" --user amina --ca srv/dev-ca.pem)"
holds "a server that nobody vouches for is refused" "cannot be verified" \
  "$(echo 'mot de passe amina' | ctl c enroll "$url" --user amina)"
holds "an address without https is refused" "https://" \
  "$(echo 'mot de passe amina' | ctl a enroll "http://127.0.0.1:$port" --user amina)"
holds "a store that belongs to nobody says so" "enrol it first" "$(ctl a sync)"
echo 'mot de passe amina' | ctl a enroll "$url" --user amina --ca srv/dev-ca.pem >/dev/null
echo 'mot de passe brahim' | ctl b enroll "$url" --user brahim --ca srv/dev-ca.pem >/dev/null

# One person, on both.
ctl a new person family_name=Bennis given_name=Salma city=Genève emails=salma@exemple.org >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null
person=PER-$(date +%Y)-0001
is "the person arrives" "Genève" "$(field b "$person" city)"

# Without a network: other fields, then the same field.
kill "$pid"
wait "$pid"
is "the server stops with 0" 0 $?
ctl a set "$person" aliases=Ben >/dev/null
ctl b set "$person" 'languages=fr:C1' >/dev/null
ctl a set "$person" city=Zurich >/dev/null
sleep 1.1
ctl b set "$person" city=Berne >/dev/null
holds "without a network, what was typed is kept" "cannot be reached" "$(ctl a sync)"
holds "and waits" '"waiting":2' "$(ctl a --json sync-status)"
serve "$port"
ctl a sync >/dev/null
holds "the second to come meets the conflict" "conflicts: 1" "$(ctl b sync)"
ctl a sync >/dev/null
for store in a b; do
  is "$store: the later stands" "Berne" "$(field $store "$person" city)"
  holds "$store: both other edits stand" "Ben" "$(ctl $store show "$person")"
  holds "$store: both other edits stand" "C1" "$(ctl $store show "$person")"
  holds "$store: the conflict is listed" "Zurich" "$(ctl $store conflicts)"
done

# Amina's is right; it can be undone, and redone.
conflict=$(ctl a --json conflicts | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])')
ctl a conflicts settle "$conflict" mine >/dev/null
ctl a undo >/dev/null
holds "the settlement can be undone" "Zurich" "$(ctl a conflicts)"
ctl a redo >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null
for store in a b; do
  is "$store: settled" "Zurich" "$(field $store "$person" city)"
  is "$store: no conflict is left" "" "$(ctl $store conflicts)"
done

# A new laptop begins with what the server has ready, and goes on from there.
holds "the server makes a snapshot" "Agent" "$("$server" --dir srv snapshot)"
echo 'mot de passe brahim' | ctl c enroll "$url" --user brahim --ca srv/dev-ca.pem >/dev/null
ctl c sync >/dev/null
holds "it is taken" "endpoint=/v1/snapshot/national status=200" "$(cat log)"
is "c: as all others" "Zurich" "$(field c "$person" city)"
ctl c set "$person" gender=f >/dev/null
holds "c: goes on as a device of its own" "Sent: 1" "$(ctl c sync)"
ctl a sync >/dev/null
is "a: hears of it" "f" "$(field a "$person" gender)"
holds "c: finds her" "$person" "$(ctl c find bennis)"
is "nothing of it is left beside the store" "" "$(ls c.db.snapshot* 2>/dev/null)"

# The server is killed while both write; it is restored from the backup of before.
"$server" --dir srv backup yesterday >/dev/null
ctl a set "$person" city=Lausanne >/dev/null
ctl a sync >/dev/null
kill -9 "$pid"
wait "$pid" 2>/dev/null
"$server" --dir srv restore yesterday >/dev/null
serve "$port"
ctl b set "$person" given_name=Selma >/dev/null
for store in b a c b; do ctl $store sync >/dev/null; done
for store in a b; do
  is "$store: nothing acknowledged is lost" "Lausanne" "$(field $store "$person" city)"
  is "$store: nor what came after" "Selma" "$(field $store "$person" given_name)"
done

# Erased: no byte of her is left anywhere, and the laptop that was away brings nothing back.
ctl b set "$person" city=Kanariville >/dev/null
holds "a device is not the authority" "server" "$(ctl a erase "$person" --reason asked)"
"$server" --dir srv erase "$person" >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null
ctl c sync >/dev/null
is "what was ready for new laptops is gone" "lock" "$(ls srv/snapshots)"
rm -f yesterday yesterday.accounts
for name in Bennis Selma Kanariville Lausanne Zurich Genève salma@exemple.org; do
  is "nobody holds $name" "" "$(grep -rla -- "$name" a.db* b.db* c.db* srv)"
done
holds "every device has confirmed" "confirm: 0" "$("$server" --dir srv status)"

# A laptop is lost.
device=$("$server" --dir srv device list | awk '/brahim/ { print $1; exit }')
"$server" --dir srv device revoke "$device" >/dev/null
holds "a device that was shut out is told so" "withdrawn" "$(ctl b sync)"

for store in a b c; do
  holds "$store is whole" "whole" "$(ctl $store check)"
done
is "secrets are their owner's alone" "600 600" "$(stat -c %a a.db.secrets b.db.secrets | xargs)"
is "the log names nobody" "" "$(grep -E 'amina|brahim|Bennis' log)"
echo "1..$n"
exit ${failed:-0}
