#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Letters, orders and conventions as kafaatctl prints them: test-letters.py PATH_OF_KAFAATCTL [TEST…]."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

BINARY = None


class Letters(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-letters-")
        self.store = os.path.join(self.folder.name, "office.db")
        self.call("sample")

    def tearDown(self):
        self.folder.cleanup()

    def call(self, *words):
        done = subprocess.run([BINARY, "--store", self.store, *words], capture_output=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stderr.decode()}")
        return done.stdout.decode()

    def rows(self, *words):
        return [json.loads(line) for line in self.call("--json", *words).splitlines()]

    def print(self, document, ref, lang, *options):
        """The text of each page, its blanks made one."""
        path = os.path.join(self.folder.name, "out.pdf")
        self.call("print", document, ref, path, "--lang", lang, *options)
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, timeout=120)
        return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]

    def test_mission_order(self):
        self.call("new", "person", "family_name=Seulement", "given_name=Pressenti")
        asked = next(row["ref"] for row in self.rows("list", "person") if "Seulement" in json.dumps(row))
        self.call("new", "mission_expert", "mission=MIS-2026-0001", f"person={asked}", "answer=listed")
        pages = self.print("mission-order", "MIS-2026-0001", "fr")
        # Two are retained; those who were only asked have none.
        self.assertEqual(len(pages), 2)
        self.assertIn("EX-2025-01", pages[0])
        self.assertIn("Ordre de mission", pages[1])
        self.assertEqual(len(self.print("mission-order", "MIS-2026-0001", "fr+ar")), 4)

    def test_own_text(self):
        self.call("new", "text_template", "kind=mission_order", "title_fr=Ordre", "body_fr=Mission {mission.reference} de {expert.name}.")
        page = self.print("mission-order", "MIS-2026-0001", "fr")[0]
        self.assertIn("Mission MIS-2026-0001 de EXEMPLE", page)
        self.assertNotIn("Il est ordonné", page)

    def test_request_letter(self):
        pages = self.print("request-letter", "MIS-2026-0001", "fr")
        self.assertGreater(len(pages), 2)
        self.assertTrue(any("Exemple Contact 1" in page for page in pages))

    def test_attestation(self):
        pages = self.print("attestation", "MIS-2026-0001", "fr")
        self.assertTrue(any("Exemple Participant A a pris part" in page for page in pages))
        self.assertEqual(sum("Attestation de participation" in page for page in pages), len(pages))
        # Who was never there is attested nothing.
        self.call("new", "participant", "mission=MIS-2026-0001", "name=Jamais Venu")
        self.assertEqual(self.print("attestation", "MIS-2026-0001", "fr"), pages)

    def test_covering_note(self):
        page = self.print("covering-note", "MIS-2026-0001", "fr")[0]
        self.assertIn("pv-exemple-etape-6.txt", page)
        self.assertIn("Reçu le", page)

    def test_convention(self):
        self.call("new", "convention_article", "convention=CON-2026-0001", "number=1", "title_fr=Objet", "text_fr=Cadre général.")
        page = self.print("convention", "CON-2026-0001", "fr")[0]
        for text in ("Convention-cadre", "Article 1 : Objet", "Cadre général.", "EL OUAFI Nezha", "24 juin 2020", "Engagements"):
            self.assertIn(text, page)
        # The parties stand in the convention's order.
        self.assertLess(page.index("EL OUAFI"), page.index("TRICHA"))
        # Both languages stand beside each other, on pages of their own or not.
        both = " ".join(self.print("convention", "CON-2026-0001", "fr+ar"))
        self.assertIn("Engagements", both)
        self.assertIn("MRE Academy", both)

    def test_names_of_the_day(self):
        house = next(row["ref"] for row in self.rows("list", "organisation") if row["fields"]["name_fr"].startswith("Office de la formation"))
        self.call("new", "organisation_name", f"organisation={house}", "name=Nom de demain", "language=fr", "valid_from=2026-01-01")
        self.assertNotIn("Nom de demain", self.print("convention", "CON-2026-0001", "fr")[0])
        # What is signed later bears the new name.
        self.call("set", "CON-2026-0001", "signed_on=2026-03-01")
        self.assertIn("Nom de demain", self.print("convention", "CON-2026-0001", "fr")[0])


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
