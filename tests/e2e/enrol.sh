#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A store that holds records signs in at a server: who looks like somebody there is told before anything is
# sent; a server of production takes no sample data.
# Usage: enrol.sh KAFAATCTL KAFAAT_SERVER
# shellcheck source=tests/e2e/common.sh
. "$(dirname "$0")/common.sh"

enroll() { # enroll STORE USER ARGUMENT…
  echo "mot de passe $2" | ctl "$1" enroll "$url" --user "$2" --ca srv/dev-ca.pem "${@:3}"
}

persons() { ctl "$1" --json list person | python3 -c 'import sys; print(sum(1 for line in sys.stdin if line.strip()))'; }

"$server" --dir srv init --production >/dev/null
holds "the status says what the server is" "production" "$("$server" --dir srv status)"
for user in amina brahim; do
  echo "mot de passe $user" | "$server" --dir srv user add $user --password-stdin >/dev/null
  "$server" --dir srv grant $user agent national >/dev/null
done
serve 0
url=https://127.0.0.1:$port

# What the server has.
enroll a amina >/dev/null
ctl a new expert family_name=Bennis given_name=Salma city=Genève emails=salma@exemple.org headline_fr=Soins >/dev/null
ctl a new expert family_name='El Ouafi' given_name=Nezha city=Lyon headline_fr=Arts >/dev/null
ctl a sync >/dev/null

# A store that has worked alone: two are known there, one is not.
ctl b new expert family_name=Benis given_name=Salma city=Genève emails=salma@exemple.org headline_fr=Infirmière >/dev/null
ctl b new expert family_name='El Wafi' given_name=Nezha headline_fr=Arts >/dev/null
ctl b new expert family_name=Tazi given_name=Omar headline_fr=Droit >/dev/null
got=$(enroll b brahim)
holds "the persons alike are counted" "2 of the 3 persons" "$got"
holds "and named beside those of the server" "PER-$(date +%Y)-0001" "$got"
holds "with the reason" "same e-mail address" "$got"
is "what the server has is here" 5 "$(persons b)"
ctl a sync >/dev/null
is "the server has nothing of it" 2 "$(persons a)"
holds "a sync sends nothing either" "nothing was sent" "$(ctl b sync)"
ctl a sync >/dev/null
is "still not" 2 "$(persons a)"

# Left for review: the others go.
holds "all but these are sent" "not taken: 0" "$(ctl b duplicates hold)"
ctl a sync >/dev/null
is "the one that nobody knows arrives" 3 "$(persons a)"
holds "two are held back" "2 persons are held back" "$(ctl b sync-status)"
benis=$(ctl b --json duplicates | python3 -c 'import json, sys; print([o["id"] for o in map(json.loads, sys.stdin) if "BENIS" in o["title"]][0])')
ctl b set "$benis" city=Bâle >/dev/null
ctl b new contact person="$benis" held_on=2026-11-20 channel=call subject=Rappel >/dev/null
holds "what is added to one held back waits with her" "not taken: 0" "$(ctl b sync)"
ctl a sync >/dev/null
is "an edit of one held back is not sent" 3 "$(persons a)"

# Another person after all: she is sent as she is now, with what belongs to her.
ctl b duplicates send "$benis" >/dev/null
holds "she is taken" "not taken: 0" "$(ctl b sync)"
ctl a sync >/dev/null
is "and arrives" 4 "$(persons a)"
holds "as she is now" "Bâle" "$(ctl a --json show "$benis")"
holds "as an expert" "Infirmière" "$(ctl a --json list expert)"
holds "with what was added" "Rappel" "$(ctl a --json list contact)"
is "the store is whole" 0 "$(ctl b check >/dev/null; echo $?)"
holds "one is left" "1 person is held back" "$(ctl b sync-status)"

# All of them as persons of their own, at once.
ctl c new person family_name=Bennis given_name=Salma emails=salma@exemple.org >/dev/null
holds "with keep they are sent" "not taken: 0" "$(enroll c brahim --duplicates keep)"
is "nobody is held back" 0 "$(ctl c --json sync-status | python3 -c 'import json, sys; print(json.load(sys.stdin)["held"])')"

# Sample data.
ctl d sample --experts 3 >/dev/null
ctl d new person family_name=Authentique >/dev/null
got=$(enroll d amina)
holds "a server of production refuses a store with sample data" "takes no sample data" "$got"
holds "and it belongs to nobody" "belongs to no server" "$(ctl d sync-status)"
holds "it is removed by one command" "sample records were removed" "$(ctl d sample --remove)"
is "the own records stay" 1 "$(persons d)"
is "the store is whole without it" 0 "$(ctl d check >/dev/null; echo $?)"
got=$(enroll d amina)
holds "then it is let in" "belongs to $url now" "$got"
holds "and all of it is taken" "not taken: 0" "$(ctl d sync)"

# A store that belongs to a server loads none. What is marked as sample data all the same is refused by name, and goes as easily.
holds "a store that belongs to a server loads none" "belongs to a server" "$(ctl d sample)"
"$server" --dir srv grant amina manager national >/dev/null
ctl d sync >/dev/null
ctl d new person family_name=Inventee sample=true >/dev/null
ctl d sync >/dev/null
holds "sample data that comes later is refused" '"why":"sample"' "$(ctl d --json conflicts)"
ctl d sample --remove >/dev/null
is "nothing of it is left" 0 "$(ctl d --json sync-status | python3 -c 'import json, sys; print(json.load(sys.stdin)["rejected"])')"

# A server to try things with takes it, and all that was decided on its missions.
kill "$pid"
wait "$pid" 2>/dev/null
rm -r srv
"$server" --dir srv init >/dev/null
echo "mot de passe amina" | "$server" --dir srv user add amina --password-stdin >/dev/null
"$server" --dir srv grant amina manager national >/dev/null
serve 0
url=https://127.0.0.1:$port
ctl e sample >/dev/null
holds "a server that is none of production takes sample data" "belongs to $url now" "$(enroll e amina)"
is "with every act of its missions" 0 "$(ctl e --json sync-status | python3 -c 'import json, sys; print(json.load(sys.stdin)["rejected"])')"
ctl e sync >/dev/null
enroll f amina >/dev/null
ctl f sync >/dev/null
is "another device has them" "$(tail -n +2 "$KAF_PKGDATADIR/sample/mission-acts.csv" | wc -l)" "$(ctl f --json list mission_act | wc -l)"

echo "1..$n"
exit $failed
