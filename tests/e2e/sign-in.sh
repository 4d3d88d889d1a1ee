#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a person is told who cannot sign in or synchronise: each case has its own sentence, by a real server
# with real certificates.
# Usage: sign-in.sh KAFAATCTL KAFAAT_SERVER
# shellcheck source=tests/e2e/common.sh
. "$(dirname "$0")/common.sh"

enroll() { # enroll STORE PASSWORD [AUTHORITY]
  echo "$2" | ctl "$1" enroll "$url" --user amina --ca "${3:-ca}.pem"
}

certified() { # certified CERTIFICATE: serves with it, at the port of before
  stop
  serve "${port:-0}" --tls-cert "$1.pem" --tls-key "$1.key"
  url=https://127.0.0.1:$port
}

stop() {
  [ -z "$pid" ] && return
  kill "$pid"
  wait "$pid" 2>/dev/null
  pid=
}

authority() { # authority NAME
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" \
    -subj "/CN=$1" -days 3650 2>/dev/null
}

certificate() { # certificate NAME SUBJECT-ALTERNATIVE START END [AUTHORITY [-selfsign]]
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" \
    -subj "/CN=$1" -addext "subjectAltName=$2" 2>/dev/null
  openssl ca -batch -config ca.cnf -cert "${5:-ca}.pem" -keyfile "${5:-ca}.key" -in "$1.csr" -out "$1.pem" -notext \
    -startdate "$3" -enddate "$4" ${6:+-selfsign -extensions authority} 2>>openssl.log
}

cat >ca.cnf <<'CNF'
[ca]
default_ca = own
[own]
database = index.txt
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = CA:TRUE
CNF
: >index.txt
authority ca
authority other
year=$(date +%Y)
certificate good IP:127.0.0.1 "$((year - 1))0101000000Z" "$((year + 1))0101000000Z"
certificate expired IP:127.0.0.1 "$((year - 3))0101000000Z" "$((year - 2))0101000000Z"
certificate early IP:127.0.0.1 "$((year + 1))0101000000Z" "$((year + 2))0101000000Z"
certificate unborn-ca DNS:authority "$((year + 1))0101000000Z" "$((year + 2))0101000000Z" unborn-ca -selfsign
certificate unborn IP:127.0.0.1 "$((year + 1))0101000000Z" "$((year + 2))0101000000Z" unborn-ca
certificate elsewhere DNS:server.example.org "$((year - 1))0101000000Z" "$((year + 1))0101000000Z"

"$server" --dir srv init >/dev/null
echo 'mot de passe amina' | "$server" --dir srv user add amina --password-stdin >/dev/null

url=https://127.0.0.1:9
holds "nobody answers" "cannot be reached" "$(enroll a 'mot de passe amina')"
certified expired
holds "an expired certificate" "has expired" "$(enroll a 'mot de passe amina')"
certified early
holds "a clock that is behind" "is behind" "$(enroll a 'mot de passe amina')"
certified unborn
holds "a clock of fifty years ago, before the authority itself" "is behind" "$(enroll a 'mot de passe amina' unborn-ca)"
certified elsewhere
holds "the certificate of another server" "of another server" "$(enroll a 'mot de passe amina')"
certified good
holds "an authority that is not known" "authority that vouches" \
  "$(echo 'mot de passe amina' | ctl a enroll "$url" --user amina --ca other.pem)"
holds "an account without a role" "has no role yet" "$(enroll a 'mot de passe amina')"
"$server" --dir srv grant amina agent national >/dev/null
holds "a wrong password" "password is not right" "$(enroll a 'pas celui-ci')"
holds "the right one" "belongs to $url now" "$(enroll a 'mot de passe amina')"

holds "its own certificate, pinned, does without an authority" "belongs to $url now" "$(enroll e 'mot de passe amina' good)"
holds "and vouches for no other" "cannot be verified" "$(enroll f 'mot de passe amina' elsewhere)"

# A server that does not know yet what this program writes.
ctl a new person family_name=Bennis >/dev/null
sqlite3 a.db "UPDATE op_group SET schema = 99 WHERE seq = (SELECT max (seq) FROM op_group)"
holds "a server that is too old" "older than this program" "$(ctl a sync)"

enroll b 'mot de passe amina' >/dev/null
holds "a sync" "received" "$(ctl b sync)"
for device in $("$server" --dir srv device list | grep -o '[0-9a-f]\{16\}'); do
  "$server" --dir srv device revoke "$device" >/dev/null
done
holds "a device that was shut out" "was withdrawn" "$(ctl b sync)"

for _ in $(seq 12); do
  enroll c 'pas celui-ci' >last
done
holds "too many tries" "Too many tries" "$(cat last)"

# One that speaks no protocol of this program any more: what that answers, alone.
stop
cat >newer.py <<'PY'
import http.server
import ssl
import sys


class Newer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"error":"obsolete"}'
        self.send_response(426)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Newer)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("good.pem", "good.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
print("ready", flush=True)
server.serve_forever()
PY
coproc newer { exec python3 newer.py "$port"; }
pid=$newer_PID
read -r _ <&"${newer[0]}"
holds "a server that is too new" "Update Kafaat" "$(ctl b sync)"
holds "also where one signs in" "Update Kafaat" "$(enroll d 'mot de passe amina')"

stop
holds "a server that is down" "cannot be reached" "$(ctl b sync)"

echo "1..$n"
exit $failed
