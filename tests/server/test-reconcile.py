#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that was spoiled is compared with the real kafaat-server: test-reconcile.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL [TEST…]."""

import json
import os
import sqlite3
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import PASSWORD, Case, Server  # noqa: E402

WEEK = 8 * 24 * 3600 * 1000000
FOUND = ("fetched_again", "renewed", "removed", "not_mended", "unknown_there")


class Reconcile(Case):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.server.call("init")
        self.server.start("--dev-tls", "--listen", "127.0.0.1:0")
        self.server.add("amina", "agent")
        self.store = os.path.join(self.server.folder.name, "amina.db")
        self.enroll("amina")
        for name in ("Tazi", "Alami", "Bennis"):
            self.ctl("new", "person", f"family_name={name}", "city=Rabat")
        self.ctl("sync")

    @classmethod
    def setUpClass(cls):
        """Each test has a server of its own."""

    def ctl(self, *words, given="", status=0):
        done = subprocess.run([driver.CLIENT, "--store", self.store, *words], input=given.encode(), capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done.stdout.decode()

    def enroll(self, user):
        self.ctl("enroll", f"https://127.0.0.1:{self.server.port}", "--user", user, "--ca",
                 os.path.join(self.server.dir, "dev-ca.pem"), given=PASSWORD + "\n")

    @staticmethod
    def count(report):
        return [report[name] for name in FOUND]

    def spoil(self, *statements):
        with sqlite3.connect(self.store) as db:
            for statement in statements:
                db.execute(statement)
        db.close()

    def verify(self, *words, status=0):
        return json.loads(self.ctl("--json", "sync", *words, status=status))

    def metric(self, what):
        return self.server.metric(f'kafaat_reconcile_mismatches_total{{what="{what}"}}')

    def test_nothing(self):
        self.assertIn("nothing differs", self.ctl("sync", "--verify"))
        report = self.verify("--verify")
        self.assertEqual(self.count(report), [0] * 5)
        self.assertGreater(report["compared"], 3)
        self.assertGreater(self.server.metric("kafaat_reconcile_records_total"), 3)
        self.assertEqual(self.metric("differing"), 0)
        self.assertNotIn("reconcile-mismatch", self.server.read_log())
        self.assertNotIn("compared", self.verify())

    def test_spoiled(self):
        self.spoil("UPDATE person SET city = 'Fes' WHERE family_name = 'Tazi'",
                   "DELETE FROM head WHERE rid = (SELECT rid FROM person WHERE family_name = 'Alami')")
        text = self.ctl("sync", "--verify", status=1)
        self.assertIn("fetched again: 1 · renewed: 1 · removed: 0", text)
        self.assertEqual((self.metric("differing"), self.metric("lacking"), self.metric("dropped")), (1, 1, 0))
        log = [line for line in self.server.read_log().splitlines() if "event=reconcile-mismatch" in line]
        self.assertEqual(len(log), 1)
        self.assertIn("lacking=1 differing=1 dropped=0 unknown=0", log[0])
        for secret in ("Tazi", "Fes", "Alami"):
            self.assertNotIn(secret, self.server.read_log())
        state = json.loads(self.ctl("--json", "sync-status"))
        self.assertEqual((state["mended"], state["not_mended"]), (2, 0))
        self.assertIn("nothing differs", self.ctl("sync", "--verify"))
        self.ctl("check")

    def test_by_itself(self):
        """Once a week, and once the server was restored."""
        self.spoil("UPDATE person SET city = 'Fes' WHERE family_name = 'Tazi'")
        self.assertNotIn("compared", self.verify())
        self.spoil(f"UPDATE local SET value = (CAST(substr(value, 1, 16) AS INTEGER) - {WEEK}) || substr(value, 17)"
                   " WHERE key = 'sync-compared'")
        self.assertEqual(self.verify(status=1)["renewed"], 1)
        self.assertNotIn("compared", self.verify())
        backup = os.path.join(self.server.folder.name, "backup.db")
        self.server.call("backup", backup)
        self.ctl("new", "person", "family_name=Drissi")
        self.ctl("sync")
        self.server.stop()
        self.server.call("restore", backup)
        self.server.start("--dev-tls", "--listen", f"127.0.0.1:{self.server.port}")
        self.assertEqual(self.verify()["compared"], self.verify("--verify")["compared"])

    def test_forgotten(self):
        """What a restored server has no more stays where others have it, and is told, until its author sends it again."""
        backup = os.path.join(self.server.folder.name, "backup.db")
        author, other = self.store, os.path.join(self.server.folder.name, "brahim.db")
        self.server.add("brahim", "agent")
        self.store = other
        self.enroll("brahim")
        self.server.call("backup", backup)
        self.store = author
        self.ctl("new", "person", "family_name=Drissi", "city=Rabat")
        self.ctl("sync")
        self.store = other
        self.ctl("sync")
        self.server.stop()
        self.server.call("restore", backup)
        self.server.start("--dev-tls", "--listen", f"127.0.0.1:{self.server.port}")
        self.assertEqual(self.count(self.verify(status=1)), [0, 0, 0, 0, 1])
        self.assertIn("Rabat", self.ctl("show", self.find("Drissi")))
        # Nobody can tell it anew; what the server has is found as ever.
        self.spoil("UPDATE person SET city = 'Fes' WHERE family_name IN ('Tazi', 'Drissi')")
        self.assertEqual(self.count(self.verify("--verify", status=1)), [0, 1, 0, 0, 1])
        self.assertIn("Rabat", self.ctl("show", self.find("Tazi")))
        self.assertIn("Fes", self.ctl("show", self.find("Drissi")))
        self.store = author
        self.ctl("sync")
        self.store = other
        self.ctl("sync")
        self.assertIn("Rabat", self.ctl("show", self.find("Drissi")))
        self.assertEqual(self.count(self.verify("--verify")), [0] * 5)

    def test_read_on(self):
        """Of an answer in pages, asked for one while the one before is taken, all is told: what was sent once does not wait
        again, and hides nothing."""
        own, other = self.store, os.path.join(self.server.folder.name, "brahim.db")
        table = os.path.join(self.server.folder.name, "many.csv")
        with open(table, "w", encoding="utf-8") as file:
            file.write("family_name,notes\n")
            file.writelines(f"Amrani{i},{'Rappeler ' * 3600}\n" for i in range(200))
        self.server.add("brahim", "agent")
        self.store = other
        self.enroll("brahim")
        self.ctl("new", "person", "family_name=Drissi", "city=Rabat")
        self.ctl("sync")
        self.store = own
        self.ctl("sync")
        self.ctl("set", self.find("Drissi"), "city=Fes")
        self.ctl("sync")
        self.store = other
        self.ctl("sync")
        self.ctl("import", "person", table)
        self.ctl("set", self.find("Drissi"), "city=Tanger")
        self.ctl("sync")
        self.store = own
        report = self.verify()
        self.assertGreater(report["requests"], 1)
        self.assertIn("Tanger", self.ctl("show", self.find("Drissi")))
        self.assertEqual(report["sent"], 0)

    def test_unsent(self):
        """What was typed stays."""
        self.ctl("set", self.find("Tazi"), "city=Tanger")
        self.spoil("UPDATE person SET given_name = 'X' WHERE family_name = 'Tazi'")
        self.assertEqual(self.verify("--verify", status=1)["renewed"], 1)
        self.assertIn("Tanger", self.ctl("show", self.find("Tazi")))

    def find(self, name):
        row = [line for line in self.ctl("--json", "list", "person").splitlines() if name.lower() in line.lower()]
        return json.loads(row[0])["ref"]


if __name__ == "__main__":
    driver.BINARY, driver.CLIENT = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
