#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A device whose clock is wrong by days is told so as it enrols: test-enroll-clock.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL
[TEST…]. Between the two stands one that tells another time than the server does, which comes to the same."""

import http.client
import http.server
import json
import os
import ssl
import sys
import threading
import unittest

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import PASSWORD, Desks  # noqa: E402

TOLD = "The clock of this device is not that of the server"
DAY = 86_400_000


class Between(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        link = http.client.HTTPSConnection("127.0.0.1", self.server.real, context=self.server.trust)
        link.request("POST", self.path, body, {"Content-Type": self.headers["Content-Type"]})
        answer = link.getresponse()
        said = json.loads(answer.read())
        link.close()
        said["now"] += self.server.ahead
        body = json.dumps(said).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """It says nothing."""


class EnrollClock(Desks):
    def enroll(self, user, ahead):
        folder = self.server.dir
        ca = os.path.join(folder, "dev-ca.pem")
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        own.load_cert_chain(os.path.join(folder, "dev-cert.pem"), os.path.join(folder, "dev-key.pem"))
        between = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Between)
        self.addCleanup(between.server_close)
        between.socket = own.wrap_socket(between.socket, server_side=True)
        between.real = self.server.port
        between.trust = ssl.create_default_context(cafile=ca)
        between.ahead = ahead
        threading.Thread(target=between.serve_forever, daemon=True).start()
        self.addCleanup(between.shutdown)
        self.server.add(user, "agent")
        return self.ctl(user, "--lang=en", "enroll", f"https://127.0.0.1:{between.server_port}", "--user", user, "--ca", ca,
                        given=PASSWORD + "\n")

    def test_right(self):
        said = self.enroll("amina", 60_000)
        self.assertIn("belongs to", said)
        self.assertNotIn(TOLD, said)

    def test_behind(self):
        said = self.enroll("amina", 3 * DAY)
        self.assertIn("belongs to", said)
        self.assertIn(TOLD, said)

    def test_ahead(self):
        self.assertIn(TOLD, self.enroll("amina", -3 * DAY))


if __name__ == "__main__":
    driver.BINARY, driver.CLIENT = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
