#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of papers, by the real programs over TLS: test-papers.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL [TEST…]."""

import glob
import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
import unittest

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import Desks  # noqa: E402

NUMBER = "KN483920"


class Nowhere(http.server.BaseHTTPRequestHandler):
    """A server of before knows no such place, and a proxy before it has a page of its own to say so; a disk is full."""

    PAGES = {"server": (404, "application/json", b'{"error":"not_found"}\n'),
             "proxy": (404, "text/html", b"<h1>404 Not Found</h1>"),
             "empty": (404, "text/html", b""),
             "full": (507, "application/json", b'{"error":"full"}\n')}
    page = None

    def do_POST(self):
        status, kind, body = self.PAGES[self.page]
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Papers(Desks):
    def setUp(self):
        super().setUp()
        for user, role in (("amina", "agent"), ("rachid", "manager"), ("salwa", "protection-officer")):
            self.join(user, role)
        self.person = json.loads(self.ctl("amina", "--json", "new", "person", "family_name=Tazi", "country=CH"))["id"]
        for user in ("amina", "rachid", "salwa"):
            self.ctl(user, "sync")

    def papers(self, *words, user="rachid", **more):
        return self.ctl(user, "papers", self.person, *words, **more)

    def authorise(self):
        for key, value in (("reference", "A-PO-2026/17"), ("day", "2026-03-03")):
            self.ctl("rachid", "new", "setting", f"key=cndp.identifiers-{key}", "valid_from=2026-01-01", f"value={value}")
        self.ctl("rachid", "sync")

    def assert_nowhere(self, text, but=()):
        """In none of the files of the server and of the devices, but of those whose names end so."""
        for path in glob.glob(self.server.folder.name + "/**", recursive=True):
            if os.path.isfile(path) and not path.endswith(tuple(but) or ("\0",)):
                with open(path, "rb") as stream:
                    self.assertNotIn(text.encode(), stream.read(), path)

    def test_way(self):
        self.assertIn("CNDP", self.papers("set", "cin", given=NUMBER + "\n", status=2))
        self.assertIn("CNDP", self.papers())
        self.authorise()
        self.assertIn("holds no number", self.papers("list"))
        self.assertIn("one or two letters", self.papers("set", "cin", given="12\n", status=2))
        self.papers("set", "cin", "--until", "2099-12-31", given="kn 483 920\n")
        text = self.papers("list")
        for word in ("cin", "rachid", "31/12/2099"):
            self.assertIn(word, text)
        self.assertNotIn(NUMBER, text)
        held = json.loads(self.ctl("rachid", "--json", "papers", self.person))
        self.assertEqual((held["kind"], held["until"], held["by"]), ("cin", "2099-12-31", "rachid"))
        self.assertIn("reason", self.papers("reveal", "cin", status=2))
        self.assertEqual(self.papers("reveal", "cin", "--reason", "Ordre de mission").strip(), NUMBER)
        self.assertIn("no such number", self.papers("reveal", "passport", "--reason", "Ordre de mission", status=2))

        # The hub alone has it, and the register says who saw it, on the device of who looks after it.
        for user in ("amina", "rachid", "salwa"):
            self.ctl(user, "sync")
        self.assert_nowhere(NUMBER, but=("hub.db", "hub.db-wal"))
        seen = [json.loads(line) for line in self.ctl("salwa", "--json", "list", "disclosure").splitlines()]
        self.assertEqual(len(seen), 1, seen)
        self.assertIn("Ordre de mission", json.dumps(seen, ensure_ascii=False))

        self.papers("remove", "cin")
        self.assert_nowhere(NUMBER)
        self.assertIn("no such number", self.papers("remove", "cin", status=2))

    def test_erased(self):
        self.authorise()
        self.papers("set", "passport", given="AB1234567\n")
        self.ctl("salwa", "erase", self.person, "--reason", "Sa demande écrite")
        self.assertIn("no such number", self.papers("reveal", "passport", "--reason", "Ordre de mission", status=2))
        self.assert_nowhere("AB1234567")

    def test_who_may(self):
        self.assertIn("manager", self.papers(user="amina", status=2))
        self.assertIn("manager", self.papers(user="salwa", status=2))
        self.assertIn("Write", self.papers("look", status=2))
        self.assertIn("Write", self.papers("set", "iban", given=NUMBER + "\n", status=2))
        self.assertIn("Write", self.papers("set", "cin", "--until", "demain", given=NUMBER + "\n", status=2))
        alone = os.path.join(self.server.folder.name, "alone.db")
        subprocess.run([driver.CLIENT, "--store", alone, "new", "person", "family_name=Tazi"], check=True,
                       capture_output=True)
        self.assertIn("belongs to none", self.ctl("alone", "papers", "Tazi", status=2))

    def test_offline(self):
        self.authorise()
        self.server.stop()
        self.assertIn("nothing was shown or changed", self.papers("list", status=2))

    def stand_in(self):
        """In the place of the server, at its address, one that does nothing."""
        self.server.stop()
        other = http.server.HTTPServer(("127.0.0.1", self.server.port), Nowhere)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*(os.path.join(self.server.dir, name) for name in ("dev-cert.pem", "dev-key.pem")))
        other.socket = context.wrap_socket(other.socket, server_side=True)
        threading.Thread(target=other.serve_forever, daemon=True).start()
        self.addCleanup(other.server_close)
        self.addCleanup(other.shutdown)

    def assert_told(self, sentence):
        for words in (("list",), ("remove", "cin"), ("reveal", "cin", "--reason", "Ordre de mission"), ("set", "cin")):
            text = self.papers(*words, given=NUMBER + "\n", status=2)
            self.assertIn(sentence, text, (Nowhere.page, words))
            self.assertNotIn(NUMBER, text)

    def test_older_server(self):
        """It keeps none, and that is told: not that this person has no number, nor that the server is away."""
        self.stand_in()
        for Nowhere.page in ("server", "proxy", "empty"):
            self.assert_told("older than this program")

    def test_full_server(self):
        self.stand_in()
        Nowhere.page = "full"
        self.assert_told("out of order at the moment: nothing was shown or changed")


if __name__ == "__main__":
    driver.BINARY, driver.CLIENT = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
