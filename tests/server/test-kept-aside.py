#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was written where its author may not write any more, by the real programs:
test-kept-aside.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL [TEST…]."""

import glob
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import PASSWORD, Case, Server  # noqa: E402


class KeptAside(Case):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)
        self.server.call("init")
        self.server.start("--dev-tls", "--listen", "127.0.0.1:0")
        for user, role in (("amina", "agent"), ("rachid", "manager")):
            self.server.add(user, role)
            self.ctl(user, "enroll", f"https://127.0.0.1:{self.server.port}", "--user", user, "--ca",
                     os.path.join(self.server.dir, "dev-ca.pem"), given=PASSWORD + "\n")
        self.ref = json.loads(self.ctl("amina", "--json", "new", "person", "family_name=Tazi", "country=CH"))["id"]
        for user in ("amina", "rachid"):
            self.ctl(user, "sync")
        self.ctl("amina", "set", self.ref, "city=Berne")
        self.server.call("grant", "amina", "agent", "country:DE")
        self.ctl("amina", "sync", status=1)

    @classmethod
    def setUpClass(cls):
        """Each test has a server of its own."""

    def ctl(self, user, *words, given="", status=0):
        store = os.path.join(self.server.folder.name, user + ".db")
        done = subprocess.run([driver.CLIENT, "--store", store, *words], input=given.encode(), capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done.stdout.decode() + done.stderr.decode()

    def find(self):
        return json.loads(self.ctl("rachid", "--json", "quarantine", status=1))

    def state(self):
        """How many of her edits were not taken, and on how many that were kept aside somebody has decided."""
        store = os.path.join(self.server.folder.name, "amina.db")
        done = subprocess.run([driver.CLIENT, "--store", store, "--json", "sync-status"], capture_output=True,
                              check=False, timeout=60)
        state = json.loads(done.stdout)
        return state["rejected"], state["settled"]

    def refused(self):
        return json.loads(self.ctl("amina", "--json", "conflicts"))

    def test_taken(self):
        text = self.ctl("rachid", "quarantine", "list", status=1)
        for word in ("amina", "TAZI", "City", "Berne"):
            self.assertIn(word, text)
        edit = self.find()
        self.assertEqual((edit["by"], edit["record"], edit["kind"], edit["hidden"]), ("amina", self.ref, "update", 0))
        self.assertIn({"entity": "person", "field": "city", "written": "Berne", "stands": None}, edit["fields"])
        self.assertEqual(self.refused()["why"], "scope")
        # She knows what it was about, though she may see it no more.
        self.assertRegex(self.refused()["ref"], r"^PER-\d{4}-\d{4}$")
        listed = self.ctl("amina", "conflicts")
        self.assertIn(self.refused()["ref"], listed)
        self.assertNotIn(self.ref, listed)
        self.assertEqual(self.state(), (1, 0))
        self.ctl("rachid", "quarantine", "take", edit["edit"])
        self.ctl("rachid", "sync")
        self.assertIn("Berne", self.ctl("rachid", "show", self.ref))
        self.assertEqual(self.ctl("rachid", "--json", "quarantine"), "")
        self.assertIn("waits no longer", self.ctl("rachid", "quarantine", "take", edit["edit"], status=2))
        self.assertIn("1 edit that was kept aside has been decided on", self.ctl("amina", "sync"))
        self.assertNotIn("decided on", self.ctl("amina", "sync"))
        self.assertEqual((self.refused()["why"], self.refused()["about"]), ("taken", "rachid\t"))
        self.assertIn("Settled by", self.ctl("amina", "conflicts"))
        self.assertEqual(self.state(), (0, 1))
        self.ctl("amina", "conflicts", "let-go", str(self.refused()["refused"]))
        self.assertEqual(self.state(), (0, 0))

    def test_one_request(self):
        """Whether something waits is asked where something came or went, and else not: nothing to sync is one request."""
        asked = self.server.read_log().count("endpoint=/v1/quarantine")
        self.ctl("rachid", "sync")
        self.assertEqual(self.server.read_log().count("endpoint=/v1/quarantine"), asked)
        self.ctl("rachid", "new", "person", "family_name=Alami", "country=CH")
        self.assertIn("1 change of others waits", self.ctl("rachid", "sync"))
        self.assertEqual(self.server.read_log().count("endpoint=/v1/quarantine"), asked + 1)

    def test_set_aside(self):
        edit = self.find()["edit"]
        self.ctl("rachid", "quarantine", "refuse", edit, status=2)
        self.ctl("rachid", "quarantine", "refuse", edit, "--reason", "Elle vit à Genève")
        self.ctl("rachid", "sync")
        self.assertNotIn("Berne", self.ctl("rachid", "show", self.ref))
        self.ctl("amina", "sync")
        self.assertIn("Elle vit à Genève", self.ctl("amina", "conflicts"))

    def attach_aside(self):
        """She attaches a file where she may not any more."""
        path = os.path.join(self.server.folder.name, "cv.txt")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write("Kanarivita " * 100)
        self.server.call("grant", "amina", "agent", "national")
        self.ctl("amina", "sync")
        self.ctl("amina", "attach", self.ref, path)
        self.server.call("grant", "amina", "agent", "country:DE")
        self.assertIn("was not moved", self.ctl("amina", "sync", status=1))

    def take_file(self):
        edits = [json.loads(line) for line in self.ctl("rachid", "--json", "quarantine", status=1).splitlines()]
        edit = [edit for edit in edits if edit["entity"] == "attachment"][0]
        self.ctl("rachid", "quarantine", "take", edit["edit"])

    def test_file(self):
        """The content of a file whose row was kept aside goes up once that was taken, and reaches who took it."""
        self.attach_aside()
        self.take_file()
        self.assertIn("Files sent: 1", self.ctl("amina", "sync"))
        self.assertIn("fetched: 1", self.ctl("rachid", "sync"))
        self.assertNotIn("Kanarivita", self.ctl("amina", "show", self.ref, status=2))

    def test_file_of_a_copy(self):
        """Her laptop was put back to what it was before, and is another device since: the content is hers all the same. It is
        not somebody else's to bring."""
        self.attach_aside()
        for path in glob.glob(os.path.join(self.server.folder.name, "amina*")):
            for user in ("copy", "salma"):
                (shutil.copytree if os.path.isdir(path) else shutil.copy)(path, path.replace("/amina.db", f"/{user}.db"))
        self.ctl("amina", "new", "person", "family_name=Alami", "country=DE")
        self.ctl("amina", "sync")
        self.take_file()
        self.server.add("salma", "agent")
        self.server.call("grant", "salma", "agent", "country:DE")
        for user, name, sent in (("salma", "salma", False), ("copy", "amina", True)):
            self.ctl(user, "new", "person", "family_name=Idrissi", "country=DE")
            self.assertIn("copy of another", self.ctl(user, "sync", status=2))
            self.ctl(user, "enroll", f"https://127.0.0.1:{self.server.port}", "--user", name, "--ca",
                     os.path.join(self.server.dir, "dev-ca.pem"), given=PASSWORD + "\n")
            store = sqlite3.connect(os.path.join(self.server.folder.name, user + ".db"))
            with store:
                store.execute("UPDATE blob SET due = 0")
            store.close()
            self.assertEqual("Files sent: 1" in self.ctl(user, "sync", status=0 if sent else 1), sent, user)
        self.assertIn("fetched: 1", self.ctl("rachid", "sync"))

    def test_who_may(self):
        self.assertIn("manager", self.ctl("amina", "quarantine", status=2))
        self.assertIn("list", self.ctl("rachid", "quarantine", "take", "1-0", status=2))
        self.assertIn("Write", self.ctl("rachid", "quarantine", "look", status=2))


if __name__ == "__main__":
    driver.BINARY, driver.CLIENT = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
