#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exported vCards, read back by another program's reader: test-vcard.py PATH_OF_KAFAATCTL [TEST…]."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest

import vobject

BINARY = None
HEADLINE = "Directrice des soins ; urgences, réanimation\\bloc, formatrice agréée par le ministère de la santé et de la protection sociale"


class Vcard(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-vcard-")
        self.store = os.path.join(self.folder.name, "office.db")
        self.salma = self.new("expert", family_name="Bennis", given_name="Salma", family_name_ar="بنيس", given_name_ar="سلمى",
                              emails="salma@example.org\nbennis@example.net", phones="+4989123456\n+212612345678", country="DE", city="Munich",
                              address="Lindenstraße 4,\n2. Stock", employer="Klinikum; Süd", headline_fr=HEADLINE, languages="fr\nde\nar",
                              preferred_language="fr", links="https://example.org/a;b", notes="secret")
        self.other = self.new("expert", family_name_ar="الوافي")

    def tearDown(self):
        self.folder.cleanup()

    def path(self, name="out.vcf"):
        return os.path.join(self.folder.name, name)

    def call(self, *words, status=0):
        done = subprocess.run([BINARY, "--store", self.store, *words], capture_output=True, check=False, timeout=120)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def new(self, entity, **fields):
        made = self.call("--json", "new", entity, *(f"{name}={value}" for name, value in fields.items()))
        return json.loads(made)["id"]

    def export(self, *options):
        self.call("--lang", "fr", "export", "expert", self.path(), *options)
        with open(self.path(), "rb") as file:
            return file.read()

    def card(self, raw, person):
        """As the other program reads it."""
        cards = {one.uid.value: one for one in vobject.readComponents(raw.decode())}
        return cards["urn:uuid:" + person]

    def test_lines(self):
        raw = self.export()
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o600)
        self.assertTrue(raw.endswith(b"END:VCARD\r\n"))
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        for line in raw.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode()
        self.assertNotIn(b"secret", raw)
        self.assertIn(b"\r\n ", raw)

    def test_card(self):
        raw = self.export()
        self.assertEqual(len(list(vobject.readComponents(raw.decode()))), 2)
        card = self.card(raw, self.salma)
        self.assertEqual(card.version.value, "4.0")
        names = {one.params["LANGUAGE"][0]: one for one in card.contents["n"]}
        self.assertEqual({one.params["ALTID"][0] for one in card.contents["n"] + card.contents["fn"]}, {"1"})
        self.assertEqual((names["fr"].value.family, names["fr"].value.given), ("Bennis", "Salma"))
        self.assertEqual((names["ar"].value.family, names["ar"].value.given), ("بنيس", "سلمى"))
        self.assertEqual(sorted(one.value for one in card.contents["fn"]), sorted(["Salma Bennis", "سلمى بنيس"]))
        self.assertEqual([one.value for one in card.contents["tel"]], ["tel:+4989123456", "tel:+212612345678"])
        self.assertEqual([one.value for one in card.contents["email"]], ["salma@example.org", "bennis@example.net"])
        self.assertEqual(card.org.value, ["Klinikum; Süd"])
        self.assertEqual(card.title.value, HEADLINE)
        address = card.adr.value
        self.assertEqual((address.street, address.city, address.country), ("Lindenstraße 4,\n2. Stock", "Munich", "Allemagne"))
        self.assertEqual(card.url.value, "https://example.org/a;b")
        self.assertEqual([one.value for one in card.contents["lang"]], ["fr", "de", "ar"])
        self.assertRegex(card.rev.value, r"^\d{8}T\d{6}Z$")
        self.assertEqual(self.card(raw, self.other).fn.value, "الوافي")

    def test_old(self):
        card = self.card(self.export("--vcard3"), self.salma)
        self.assertEqual((card.version.value, card.fn.value, card.n.value.family), ("3.0", "Salma Bennis", "Bennis"))
        self.assertEqual((card.nickname.value, card.tel.value, card.tel.type_param), ("سلمى بنيس", "+4989123456", "VOICE"))
        card.validate()
        self.card(self.export("--vcard3"), self.other).validate()

    def test_query(self):
        raw = self.export("--where", "city=Munich")
        self.assertEqual(len(list(vobject.readComponents(raw.decode()))), 1)
        self.call("export", "organisation", self.path("org.vcf"), status=2)
        self.assertFalse(os.path.exists(self.path("org.vcf")))

    def test_role(self):
        """Whoever reads aggregates alone gets no card."""
        with sqlite3.connect(self.store) as db:
            db.executemany("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", (("sync-url", "https://hub.example"), ("sync-role", "direction")))
        self.call("export", "expert", self.path(), status=2)
        self.assertFalse(os.path.exists(self.path()))

    def test_disclosure(self):
        self.call("new", "setting", "key=export.persons-without-reason", "value=1", "valid_from=2020-01-01")
        self.call("export", "expert", self.path(), status=2)
        self.assertIn("--reason", self.err)
        self.assertFalse(os.path.exists(self.path()))
        self.export("--reason", "Invitation")
        logged = [json.loads(line)["fields"] for line in self.call("--json", "list", "disclosure").splitlines()]
        self.assertEqual([(one["act"], one["reason"], one["n_persons"]) for one in logged], [("export", "Invitation", 2)])


def main():
    global BINARY
    BINARY = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])


if __name__ == "__main__":
    main()
