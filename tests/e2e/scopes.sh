#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a user was granted, by the real programs over HTTPS: a part of the records, another part, nothing; the
# order of a data-protection officer, and the totals of the direction.
# Usage: scopes.sh KAFAATCTL KAFAAT_SERVER
# shellcheck source=tests/e2e/common.sh
. "$(dirname "$0")/common.sh"

sees() { ctl "$1" list person | grep -ic "$2"; }

grant() { "$server" --dir srv grant "$@" >/dev/null; }

# ask USER METHOD PATH [BODY]: as a device of that user.
ask() {
  python3 - "$port" "$@" <<'PY'
import json, ssl, sys, time, urllib.error, urllib.request
port, user, method, path, *body = sys.argv[1:]
context = ssl.create_default_context(cafile="srv/dev-ca.pem")
def send(method, path, body=None, **headers):
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", body.encode() if body else None, headers, method=method)
    try:
        return urllib.request.urlopen(request, context=context).read().decode()
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read().decode()}"
words = {"user": user, "password": "mot de passe " + user, "device": user.encode().hex().zfill(16)[-16:], "name": "test", "now": int(time.time() * 1000)}
token = json.loads(send("POST", "/v1/enroll", json.dumps(words)))["access"]
print(send(method, path, *body, Authorization="Bearer " + token))
PY
}

"$server" --dir srv init >/dev/null
for user in amina brahim salwa wafae; do
  echo "mot de passe $user" | "$server" --dir srv user add $user --password-stdin >/dev/null
done
grant amina agent national
grant brahim consular-relay country:CH country:DE
grant salwa protection-officer national
grant wafae direction national
serve 0
url=https://127.0.0.1:$port
echo 'mot de passe amina' | ctl a enroll "$url" --user amina --ca srv/dev-ca.pem >/dev/null
echo 'mot de passe brahim' | ctl b enroll "$url" --user brahim --ca srv/dev-ca.pem >/dev/null

for line in Kanarihi:CH Dahmani:DE Filali:FR; do
  ctl a new person "family_name=${line%:*}" "country=${line#*:}" "notes=Kanarizettel" >/dev/null
done
ctl a sync >/dev/null
ctl b sync >/dev/null
is "what was granted is here" "1 1 0" "$(sees b Kanarihi) $(sees b Dahmani) $(sees b Filali)"
is "what the role does not read is not" "" "$(grep -la Kanarizettel b.db*)"

# Another grant: what was typed before goes up, and is kept aside.
found=$(ctl a --json find Kanarihi)
member() { echo "$found" | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())[sys.argv[1]])' "$1"; }
swiss=$(member ref) id=$(member id)
ctl b set "$swiss" city=Lausanne >/dev/null
grant brahim consular-relay country:DE country:FR
ctl b sync >/dev/null
is "another grant, another part" "0 1 1" "$(sees b Kanarihi) $(sees b Dahmani) $(sees b Filali)"
is "no byte of her is left" "" "$(grep -la Kanarihi b.db*)"
holds "the edit from outside is kept aside" "kept aside: 1" "$("$server" --dir srv status)"
holds "and counts as not taken" '"rejected":1' "$(ctl b --json sync-status)"
ctl a sync >/dev/null
is "nobody else has it" "0" "$(ctl a show "$swiss" | grep -c Lausanne)"

# She moves, and he hears of it.
ctl a set "$swiss" country=FR >/dev/null
ctl a sync >/dev/null
ctl b sync >/dev/null
is "who enters the scope comes" "1" "$(sees b Kanarihi)"

# Taken away: nothing stays.
grant --revoke brahim
holds "he is told, and what it means" "before: 3 · now: 0" "$(ctl b sync)"
is "once" "" "$(ctl b sync | grep 'rights have changed')"
is "withdrawn, nothing is left" "0 0 0" "$(sees b Kanarihi) $(sees b Dahmani) $(sees b Filali)"
is "in no file" "" "$(grep -laE 'Kanarihi|Dahmani|Filali' b.db*)"
holds "and nobody else is let in by that name" "no role" \
  "$(echo 'mot de passe brahim' | ctl c enroll "$url" --user brahim --ca srv/dev-ca.pem)"

# Totals, and no more than that.
hello=$'{"hello":1,"now":1}\n'
holds "the direction is told" '"cursor"' "$(ask wafae POST /v1/sync "$hello")"
is "of no record" "" "$(ask wafae POST /v1/sync "$hello" | grep -E '"e":"(person|organisation|contact|mission)"')"
holds "totals of 5 and more" '"total":null,"cells":[]' "$(ask wafae GET /v1/aggregates)"
holds "which are the direction's alone" "403" "$(ask salwa GET /v1/aggregates)"

# The order of a data-protection officer.
holds "an agent orders nothing" "403" "$(ask amina POST /v1/erase-orders "{\"id\":\"$id\",\"reason\":\"sa demande écrite\"}")"
echo 'mot de passe salwa' | ctl s enroll "$url" --user salwa --ca srv/dev-ca.pem >/dev/null
ctl s sync >/dev/null
is "the officer's device knows nobody" "0 0" "$(sees s Kanarihi) $(grep -la Kanarihi s.db* | wc -l)"
holds "nor does an agent by kafaatctl" "the data-protection officer does" "$(ctl a erase "$swiss" --reason "sa demande écrite")"
holds "what an order would take is told" "1 record. Nothing was ordered" "$(ctl s erase "$swiss" --look)"
is "and nothing happens" "1" "$(ctl a sync >/dev/null; sees a Kanarihi)"
holds "a number that is nobody's is told" "knows no record of this number" "$(ctl s erase PER-2026-9999 --reason "sa demande écrite")"
holds "an order is carried out" "was erased at the server" "$(ctl s erase "$swiss" --reason "sa demande écrite")"
receipts() { ctl s --json erasures | python3 -c 'import json, sys; print(*[device["state"] for device in json.load(sys.stdin)["devices"] if device["user"] in ("amina", "salwa") and device["synced"]])'; }
is "who has not confirmed is told" "awaited awaited" "$(receipts)"
ctl a sync >/dev/null
ctl s sync >/dev/null
is "and who has" "confirmed confirmed" "$(receipts)"
holds "again, it was erased before" "was erased before" "$(ctl s erase "$swiss" --reason "sa demande écrite")"
holds "an agent is told nothing of it" "does not see what was erased: the data-protection officer does" "$(ctl a erasures)"
is "on every device" "0" "$(sees a Kanarihi)"
is "in every file" "" "$(grep -rla Kanarihi a.db* srv)"

# A scope is granted by the reference that people know, and kept by the id that the server knows.
ctl a new organisation "name_fr=Sociation" kind=network >/dev/null
ctl a sync >/dev/null
found=$(ctl a --json find Sociation)
grant brahim partner "organisation:$(member ref)"
is "a scope is granted by its reference" "organisation:$(member id)" \
  "$("$server" --dir srv user list | awk -F'\t' '$1 == "brahim" { print $3 }')"
holds "and not of what there is not" "names no record" "$(grant brahim partner organisation:ORG-1999-0001 2>&1)"

for store in a b; do
  holds "$store is whole" "whole" "$(ctl $store check)"
done
is "the log names nobody" "" "$(grep -E 'amina|brahim|Kanari' log)"
echo "1..$n"
exit ${failed:-0}
