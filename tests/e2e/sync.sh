#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two laptops and a server, by their real programs over HTTPS: edits without a network, a conflict and
# its settlement, an erasure, a server that is killed, one that is restored, a device that is shut out.
# Usage: sync.sh KAFAATCTL KAFAAT_SERVER; link.py stands beside it.
link_program=$(realpath "$(dirname "$0")/link.py")
# shellcheck source=tests/e2e/common.sh
. "$(dirname "$0")/common.sh"
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; [ -n "${link_PID:-}" ] && kill "$link_PID" 2>/dev/null; rm -rf "$folder"' EXIT

field() { ctl "$1" --json show "$2" | python3 -c 'import json, sys; print(json.load(sys.stdin)["fields"].get(sys.argv[1]))' "$3"; }

"$server" --dir srv init >/dev/null
for user in amina brahim chafik; do
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
holds "what she made is counted, and not the lists of the program" "To send: 1 " "$(ctl a sync-status)"
holds "nor when they are sent" "Sent: 1 " "$(ctl a sync)"
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
# In the order of the words that settle it.
holds "a: hers first" "mine: Zurich (amina)  theirs: Berne (brahim)  before: Genève" "$(ctl a conflicts)"
holds "b: his first" "mine: Berne (brahim)  theirs: Zurich (amina)  before: Genève" "$(ctl b conflicts)"

# A new laptop begins with what the server has ready, and goes on from there.
holds "the server makes a snapshot" "Agent" "$("$server" --dir srv snapshot)"
echo 'mot de passe brahim' | ctl c enroll "$url" --user brahim --ca srv/dev-ca.pem >/dev/null
ctl c sync >/dev/null
holds "it is taken" "endpoint=/v1/snapshot/national status=200" "$(cat log)"
is "c: as all others" "Berne" "$(field c "$person" city)"
holds "c: with the conflict that is open" "Zurich" "$(ctl c conflicts)"
ctl c set "$person" gender=f >/dev/null
holds "c: goes on as a device of its own" "Sent: 1" "$(ctl c sync)"
ctl a sync >/dev/null
is "a: hears of it" "f" "$(field a "$person" gender)"
holds "c: finds her" "$person" "$(ctl c find bennis)"
is "nothing of it is left beside the store" "" "$(ls c.db.snapshot* 2>/dev/null)"

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

# The other words: theirs, what both knew, and what is neither; of what changes together, by its fields.
meet() { # meet FIELD HERS HIS
  ctl a set "$person" "$1=$2" >/dev/null
  sleep 1.1
  ctl b set "$person" "$1=$3" >/dev/null
  for store in a b a; do ctl $store sync >/dev/null; done
  conflict=$(ctl a --json conflicts | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])')
}
settled() { # settled WHAT FIELD VALUE: at both
  ctl a sync >/dev/null
  ctl b sync >/dev/null
  for store in a b; do is "$store: $1" "$3" "$(field $store "$person" "$2")"; done
  is "none is left: $1" "" "$(ctl b conflicts)"
}
meet birth_year 1970 1971
ctl a conflicts settle "$conflict" theirs >/dev/null
settled theirs birth_year 1971
meet birth_year 1972 1973
ctl a conflicts settle "$conflict" before >/dev/null
settled before birth_year 1971
meet birth_year 1974 1975
holds "what is no year is refused" "Enter a number" "$(ctl a conflicts settle "$conflict" 'no year')"
ctl a conflicts settle "$conflict" 1976 >/dev/null
settled "what is neither" birth_year 1976
meet preferred_language fr ar
ctl a conflicts settle "$conflict" English >/dev/null
settled "by its word" preferred_language en
meet city Fribourg Lucerne
holds "all that changes together is named" "Country of residence · City · Postal address" "$(ctl a conflicts)"
holds "a word alone does not tell what it is of" "country, city, address" "$(ctl a conflicts settle "$conflict" Sion)"
holds "nor a field of something else" "FIELD=VALUE" "$(ctl a conflicts settle "$conflict" birth_year=1980)"
ctl a conflicts settle "$conflict" city=Sion country=CH >/dev/null
settled "neither city" city Sion
is "with its country" CH "$(field a "$person" country)"
holds "what is settled is said to be" "No conflict" "$(ctl a conflicts settle "$conflict" mine)"
ctl a set "$person" city=Zurich country= >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null

# More than an answer holds at once: the second is asked for while the first is written.
python3 -c 'import csv
rows = csv.writer(open("many.csv", "w"))
rows.writerow(["name_fr", "kind", "country", "notes"])
rows.writerows([f"Atelier {i:03}", "company", "MA", f"{i:03} " * 7500] for i in range(300))'
ctl a import organisation many.csv >/dev/null
ctl a sync >/dev/null
holds "b: is told in several answers" '"requests":3' "$(ctl b --json sync)"
is "b: has all of them" 300 "$(ctl b --json list organisation --limit 1000 | grep -c Atelier)"
holds "b: and is at rest" '"requests":1' "$(ctl b --json sync)"

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
holds "a device is not the authority" "server" "$(ctl a erase "$person" --reason "asked by the person")"
"$server" --dir srv erase "$person" >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null
ctl c sync >/dev/null
is "what was ready for new laptops is gone" "lock" "$(ls srv/snapshots)"
rm -rf yesterday yesterday.accounts yesterday.files
for name in Bennis Selma Kanariville Lausanne Zurich Genève salma@exemple.org; do
  is "nobody holds $name" "" "$(grep -rla -- "$name" a.db* b.db* c.db* srv)"
done
holds "every device has confirmed" "confirm: 0" "$("$server" --dir srv status)"

# A curriculum vitae of 20 MB over a link that is cut three times on the way up, and three times on the way down.
coproc link { exec python3 "$link_program" "$port"; }
read -r through <&"${link[0]}"
tell_link() {
  echo "$*" >&"${link[1]}"
  read -r said <&"${link[0]}"
  echo "# $said"
}
said() { echo "$said" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
# up_to WHAT MOST GOT
up_to() {
  if [ "$3" -le "$2" ]; then is "$1" "" ""; else is "$1" "at most $2" "$3"; fi
}
echo 'mot de passe amina' | ctl d enroll "https://127.0.0.1:$through" --user amina --ca srv/dev-ca.pem >/dev/null
echo 'mot de passe chafik' | ctl e enroll "https://127.0.0.1:$through" --user chafik --ca srv/dev-ca.pem >/dev/null
size=$((20 * 1024 * 1024)) chunk=$((256 * 1024))
head -c "$size" /dev/urandom >cv.pdf
ctl d new person family_name=Tazi given_name=Omar >/dev/null
ctl d sync >/dev/null
omar=$(ctl d --json list person | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["ref"])')
ctl d attach "$omar" cv.pdf >/dev/null
holds "a file waits to be sent" "\"files_to_send\":1,\"bytes_to_send\":$size" "$(ctl d --json sync-status)"
tell_link cut 3 $((size / 10)) $((size * 9 / 10))
holds "it arrives though the link was cut" "Files sent: 1" "$(ctl d sync)"
tell_link count
is "up: three cuts" 3 "$(said cuts)"
# Of each cut a chunk, and what TLS and HTTP add: 1 KiB to a chunk.
up_to "up: of each cut a chunk at most is sent again" $((size + 3 * chunk + 83 * 1024 + 40000)) "$(said up)"
up_to "up: requests" 83 "$(grep -c 'method=PUT endpoint=/v1/blobs/{sha}/{n} status=200' log)"
holds "nothing waits" '"files_to_send":0' "$(ctl d --json sync-status)"
ctl e sync >/dev/null
holds "a large file is not fetched unasked" '"files_elsewhere":1' "$(ctl e --json sync-status)"
tell_link cut 3 $((size / 10)) $((size * 9 / 10))
holds "it is fetched though the link was cut" "fetched: 1" "$(ctl e sync --all-files)"
tell_link count
is "down: three cuts" 3 "$(said cuts)"
up_to "down: of each cut a chunk at most is sent again" $((size + 3 * chunk + 100000)) "$(said down)"
is "it is the same file" "$(sha256sum <cv.pdf)" "$(cat e.db.files/??/* | sha256sum)"
holds "e is whole" "whole" "$(ctl e check)"
for file in srv/hub.db.files/*/* e.db.files/*/*; do
  is "a content is its owner's alone" 600 "$(stat -c %a "$file")"
done

# Killed in the middle of it, both ways: it goes on where it was.
head -c "$size" /dev/urandom >cv2.pdf
sent=$(grep -c 'method=PUT' log)
ctl d attach "$omar" cv2.pdf >/dev/null
ctl d sync >/dev/null &
sender=$!
sleep 0.4
kill -9 "$(pgrep -P "$sender")" 2>/dev/null
wait "$sender" 2>/dev/null
echo "# chunks before it was killed: $(($(grep -c 'method=PUT' log) - sent))"
ctl d sync >/dev/null
up_to "it did not begin anew" 81 $(($(grep -c 'method=PUT' log) - sent))
holds "the sender that was killed went on" '"files_to_send":0' "$(ctl d --json sync-status)"
ctl e sync --all-files >/dev/null &
receiver=$!
sleep 0.4
kill -9 "$(pgrep -P "$receiver")" 2>/dev/null
wait "$receiver" 2>/dev/null
ctl e sync --all-files >/dev/null
is "both have both" "$(cat d.db.files/??/* | sha256sum)" "$(cat e.db.files/??/* | sha256sum)"

# What the backup holds comes back with it, even where the folder was lost.
"$server" --dir srv backup today >/dev/null
kill "$pid"
wait "$pid"
rm -rf srv/hub.db.files
"$server" --dir srv restore today >/dev/null
is "the backup holds the files" 2 "$(find srv/hub.db.files -type f | wc -l)"
rm -rf srv/hub.db.files
serve "$port"
ctl d sync >/dev/null
is "what the server lost is sent again" 2 "$(find srv/hub.db.files -type f | wc -l)"

# He is erased: not a byte of his files is left.
"$server" --dir srv erase "$omar" >/dev/null
is "the server keeps no file of his" 0 "$(find srv/hub.db.files -type f | wc -l)"
ctl d sync >/dev/null
ctl e sync >/dev/null
for store in d e; do
  is "$store keeps no file of his" 0 "$(find $store.db.files -type f | wc -l)"
done
"$server" --dir srv restore today >/dev/null 2>&1 # it is serving
kill "$pid"
wait "$pid"
"$server" --dir srv restore today >/dev/null
is "nor does a backup bring them back" 0 "$(find srv/hub.db.files -type f | wc -l)"
rm -rf today today.accounts today.files
is "nobody holds his name" "" "$(grep -rla -- Tazi d.db* e.db* srv)"
serve "$port"

# A laptop is lost: what the server knows goes from it, what was typed on it stays.
ctl a new person family_name=Zerhouni >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null
holds "a laptop has a person" "ZERHOUNI" "$(ctl b list person)"
ctl b new person family_name=Nonenvoye >/dev/null
device=$("$server" --dir srv device list | awk '/brahim/ { print $1; exit }')
"$server" --dir srv device revoke "$device" >/dev/null
said=$(ctl b sync)
holds "a device that was shut out is told so" "withdrawn" "$said"
holds "first, before anything goes" "are being removed" "$(head -1 <<< "$said")"
holds "then that it went" "were removed" "$said"
is "what the server knows is gone from it" "" "$(grep -la Zerhouni b.db*)"
holds "what was not sent is there" "NONENVOYE" "$(ctl b list person)"

for store in a b c; do
  holds "$store is whole" "whole" "$(ctl $store check)"
done
is "secrets are their owner's alone" "600 600" "$(stat -c %a a.db.secrets b.db.secrets | xargs)"
is "the log names nobody" "" "$(grep -E 'amina|brahim|chafik|Bennis|Tazi|cv' log)"
echo "1..$n"
exit ${failed:-0}
