#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A facilitator takes a mission to the field, by the real programs over HTTPS: what is here and what is not, a link that
# is cut, a server that goes away in the middle, work without a network, and the way back.
# Usage: take.sh KAFAATCTL KAFAAT_SERVER; link.py stands beside it.
link_program=$(realpath "$(dirname "$0")/link.py")
# shellcheck source=tests/e2e/common.sh
. "$(dirname "$0")/common.sh"
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; [ -n "${link_PID:-}" ] && kill "$link_PID" 2>/dev/null; rm -rf "$folder"' EXIT

member() { python3 -c 'import json, sys; print(json.loads(sys.stdin.readline()).get(sys.argv[1]))' "$1"; }
new() {
  local store=$1
  shift
  ctl "$store" --json new "$@" | member id
}
tell_link() {
  echo "$*" >&"${link[1]}"
  read -r said <&"${link[0]}"
}
# Quick, so that the middle is met: no program is started.
said() { [[ $said =~ \"$1\":\ ([0-9]+) ]] && echo "${BASH_REMATCH[1]}"; }
# up_to WHAT MOST GOT
up_to() {
  if [ "$3" -le "$2" ]; then is "$1" "" ""; else is "$1" "at most $2" "$3"; fi
}
stop_server() {
  kill "$1" "$pid"
  wait "$pid" 2>/dev/null
  pid=
}

"$server" --dir srv init >/dev/null
for user in amina brahim; do
  echo "mot de passe $user" | "$server" --dir srv user add $user --password-stdin >/dev/null
done
"$server" --dir srv grant amina manager national >/dev/null
serve 0
echo 'mot de passe amina' | ctl a enroll "https://127.0.0.1:$port" --user amina --ca srv/dev-ca.pem >/dev/null

# The file of a mission, with what it needs: an expert and her curriculum vitae, a party, a convention; and somebody
# whom it does not need.
mission=$(new a mission "title_fr=Soins à Tiznit" territory=MA-TIZ starts_on=2026-12-07 ends_on=2026-12-08)
expert=$(new a person family_name=Kanarihi given_name=Nora country=CH)
new a person family_name=Vogelfrei >/dev/null
party=$(new a organisation kind=association name_fr=Kanariverein)
convention=$(new a convention title_fr=Kanarivertrag kind=specific)
new a mission_expert "mission=$mission" "person=$expert" >/dev/null
new a mission_party "mission=$mission" "organisation=$party" role=host >/dev/null
new a mission_convention "mission=$mission" "convention=$convention" >/dev/null
session=$(new a programme_item "mission=$mission" subject_fr=Gestes held_on=2026-12-07 half=am)
size=$((32 * 1024 * 1024)) chunk=$((256 * 1024))
head -c "$size" /dev/urandom >cv.pdf
echo "ordre de mission" >order.txt
ctl a attach "$expert" cv.pdf >/dev/null
ctl a attach "$mission" order.txt >/dev/null
ctl a sync >/dev/null
"$server" --dir srv grant brahim facilitator "mission:$mission" >/dev/null

# By a link of its own.
coproc link { exec python3 "$link_program" "$port"; }
read -r through <&"${link[0]}"
echo 'mot de passe brahim' | ctl b enroll "https://127.0.0.1:$through" --user brahim --ca srv/dev-ca.pem >/dev/null
ctl b sync >/dev/null
check=$(ctl b --json mission take "$mission" --check)
is "what is large does not come unasked" "1 $size" "$(member files_absent <<<"$check") $(member bytes_absent <<<"$check")"
holds "which is said by its name" "• cv.pdf" "$(ctl b mission take "$mission" --check)"

# The server goes away in the middle.
tell_link cut 1 $((size / 4)) $((size / 2))
ctl b mission take "$mission" >taken &
taker=$!
while kill -0 "$taker" 2>/dev/null; do
  tell_link count
  [[ $said == *'"cuts": 1'* ]] && break
done
stop_server -9
wait "$taker"
is "a server that goes away in the middle is told" 2 "$?"
holds "with what to do" "cannot be reached" "$(cat taken)"
holds "and what is missing" "• cv.pdf" "$(cat taken)"
tell_link count
first=$(said down)
echo "# before it went: $first of $size bytes"
up_to "it was in the middle" "$size" "$first"

# It comes back, by a link that is cut twice: what came before is not fetched again.
serve "$port"
tell_link cut 2 $((size / 8)) $((size / 2))
taken=$(ctl b mission take "$mission")
is "taken though the link was cut" 0 "$?"
holds "it says so" "it can be taken to the field" "$taken"
tell_link count
is "two cuts" 2 "$(said cuts)"
up_to "of each cut a chunk at most comes again" $((size + 4 * chunk + 200000)) $((first + $(said down)))
is "it is the same file" "$(sha256sum <cv.pdf)" "$(find b.db.files -type f -size +1M -exec cat {} + | sha256sum)"
is "the one who is not needed is not here" "" "$(grep -rla Vogelfrei b.db*)"

# Without a network.
stop_server -15
holds "nobody answers" "cannot be reached" "$(ctl b mission take "$mission")"
is "all is here" 0 "$(ctl b --json mission take "$mission" --check | member files_absent)"
for word in Kanarihi Kanariverein Kanarivertrag; do
  is "$word is here" 1 "$(ctl b find "$word" | grep -ci "$word")"
done
participant=$(new b participant "mission=$mission" "name=Exemple Participant")
ctl b new attendance "session=$session" "participant=$participant" presence=present >/dev/null
ctl b set "$session" state=held >/dev/null
echo "liste signée" >list.txt
ctl b attach "$mission" list.txt >/dev/null
is "what is written there waits" 1 "$(ctl b --json sync-status | member files_to_send)"
is "a file of one's own is here" 0 "$(ctl b --json mission take "$mission" --check | member files_absent)"
is "the others know nothing of it yet" 0 "$(ctl a list participant | grep -c Exemple)"

# Back.
serve "$port"
ctl b sync >/dev/null
is "all of it was sent" "0 0 0" \
  "$(ctl b --json sync-status | python3 -c 'import json, sys; s = json.load(sys.stdin); print(s["waiting"], s["rejected"], s["files_to_send"])')"
ctl a sync >/dev/null
is "the office sees who was there" 1 "$(ctl a list participant | grep -c Exemple)"
is "in which session" 1 "$(ctl a list attendance | grep -c Exemple)"
is "that it was held" held "$(ctl a --json show "$session" | python3 -c 'import json, sys; print(json.load(sys.stdin)["fields"].get("state"))')"
is "and the list that was signed" 1 "$(grep -rl "liste signée" a.db.files | wc -l)"

# Withdrawn, what was taken along goes; what is not here any more is not said to be.
"$server" --dir srv grant --revoke brahim >/dev/null
ctl b sync >/dev/null
is "no byte is left" "" "$(grep -rla Kanari b.db*)"
holds "and the mission is none of this device" "There is no record" "$(ctl b mission take "$mission" --check)"
for store in a b; do
  holds "$store is whole" "whole" "$(ctl $store check)"
done
is "the log names nobody" "" "$(grep -E 'amina|brahim|Kanari' log)"
echo "1..$n"
exit ${failed:-0}
