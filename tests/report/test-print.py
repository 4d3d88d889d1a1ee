#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kafaatctl print, its files read by other programs: test-print.py PATH_OF_KAFAATCTL [TEST…]."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile
from xml.etree import ElementTree

BINARY = None


def run(*words):
    return subprocess.run(words, capture_output=True, check=True, timeout=120).stdout.decode()


class Print(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.samples = tempfile.TemporaryDirectory(prefix="kafaat-print-")
        cls.store = os.path.join(cls.samples.name, "sample.db")
        subprocess.run([BINARY, "--store", cls.store, "sample"], capture_output=True, check=True, timeout=120)

    @classmethod
    def tearDownClass(cls):
        cls.samples.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-print-")

    def tearDown(self):
        self.folder.cleanup()

    def path(self, name="out.pdf"):
        return os.path.join(self.folder.name, name)

    def call(self, *words, status=0, store=None):
        done = subprocess.run([BINARY, "--store", store or self.store, *words], capture_output=True, check=False, timeout=120)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def print(self, document, ref, lang, *options):
        """The text of the file, by pages."""
        self.call("print", document, ref, self.path(), "--lang", lang, *options)
        return run("pdftotext", "-layout", self.path(), "-").split("\f")[:-1]

    def describe(self):
        root = json.loads(run("qpdf", "--json", self.path()))
        objects = root["qpdf"][1]
        catalogue = objects["obj:" + objects["trailer"]["value"]["/Root"]]["value"]
        preferences = catalogue["/ViewerPreferences"]
        return catalogue["/Lang"], preferences if isinstance(preferences, dict) else objects["obj:" + preferences]["value"]

    def test_mission_file(self):
        pages = self.print("mission-file", "MIS-2026-0001", "fr")
        whole = "\n".join(pages)
        info = run("pdfinfo", self.path())
        self.assertEqual(int(re.search(r"Pages:\s+(\d+)", info).group(1)), len(pages))
        self.assertIn("595.", re.search(r"Page size:.*", info).group(0))
        self.assertIn("Gestes infirmiers", re.search(r"Title:.*", info).group(0))
        for text in ("Dossier de mission", "90 000,00", "MAD", "MIS-2026-0001", "Royaume du Maroc", "10. Évaluation", "Annexes"):
            self.assertIn(text, whole.replace("\u00a0", " ").replace("\u202f", " "))
        # What stands across the page comes out in pieces.
        self.assertIn("ÉC", run("pdftotext", self.path(), "-").splitlines())
        self.assertRegex(pages[1], rf"2 / {len(pages)}\b")
        lang, preferences = self.describe()
        self.assertEqual((lang, preferences["/DisplayDocTitle"], preferences.get("/Direction")), ("u:fr-MA", True, None))
        fonts = run("pdffonts", self.path()).splitlines()[2:]
        self.assertTrue(fonts)
        for line in fonts:
            self.assertRegex(line, r"\byes\s+yes\s+\w+\s+\d+\s+\d+$")
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o600)
        run("qpdf", "--check", self.path())

    def test_mission_file_tells_together(self):
        """Needs with who answers for them; an evaluation by role, and nobody's own answer."""
        whole = "\n".join(self.print("mission-file", "MIS-2026-0001", "fr")).replace("\u00a0", " ").replace("\u202f", " ")
        for text in ("Besoins et responsabilités", "Conseil provincial de Tiznit", "Cofinancer l’action", "Pas de matériel"):
            self.assertIn(text, whole)
        self.assertNotRegex(whole, r"(?m)^\s*Bénéficiaire.*\d\d/\d\d/\d{4}")
        # Seven trainees have an average; of the others, so few answered that none is told.
        averages = whole[whole.index("Moyennes, de 1 à 5"):whole.index("Résultats au regard")]
        self.assertRegex(averages, r"Bénéficiaire de la\s+7\s+4,3\s+4,7\s+4,7\s+4,0\s+4,6")
        self.assertRegex(averages, r"Expert\s+2\s+—\s+—\s+—\s+—\s+—")
        self.assertRegex(whole, r"Infirmiers et infirmières formés\s+12\s+11\s+91 %")
        self.assertIn("Les ateliers sur mannequin", whole)
        # A remark that names somebody stays where it is.
        store = self.path("store.db")
        shutil.copy(self.store, store)
        mission = json.loads(self.call("--json", "show", "MIS-2026-0001", store=store))["id"]
        self.call("new", "evaluation", f"mission={mission}", "role=trainee", "liked=Mme Exemple Participant A explique bien.", store=store)
        self.call("print", "mission-file", "MIS-2026-0001", self.path(), "--lang", "fr", store=store)
        text = run("pdftotext", self.path(), "-")
        self.assertNotIn("explique bien", text)
        self.assertIn("1 observation n’est pas reproduite", text)

    def test_arabic(self):
        pages = self.print("mission-file", "MIS-2026-0001", "ar")
        lang, preferences = self.describe()
        self.assertEqual((lang, preferences["/Direction"]), ("u:ar-MA", "/R2L"))
        # Arabic itself is turned round by this reader: what is Latin and digits is not.
        self.assertIn("MIS-2026-0001", pages[0])
        self.assertIn("13/10/2025", pages[0])

    def test_both(self):
        french = len(self.print("mission-file", "MIS-2026-0001", "fr"))
        pages = self.print("mission-file", "MIS-2026-0001", "fr+ar")
        self.assertLess(len(pages), 2 * french)
        self.assertIn("Organisme pilote", pages[0])
        self.assertIn("13/10/2025", pages[0])
        lists = self.print("list", "expert", "fr+ar")
        # Arabic first, then French, numbered on.
        self.assertEqual(len(lists), 2)
        self.assertRegex(lists[0], r"1 ?/ ?2")
        self.assertIn("Domaines", lists[1])

    def test_others(self):
        self.assertIn("Fiche de mission", self.print("mission-sheet", "MIS-2026-0001", "fr")[0])
        self.assertEqual(len(self.print("mission-sheet", "MIS-2026-0001", "fr")), 1)
        self.assertIn("Munich", self.print("record-sheet", "EXP-2026-0002", "fr")[0])
        listed = self.print("list", "expert", "fr", "--columns", "ref,title", "--where", "country=DE")[0]
        self.assertIn("EXP-2026-0002", listed)
        self.assertNotIn("EXP-2026-0001", listed)

    def test_forms(self):
        form = self.print("evaluation-form", "MIS-2026-0001", "fr")
        self.assertEqual(len(form), 1)
        self.assertIn("De 1 (pas du tout) à 5 (tout à fait)", form[0])
        self.assertEqual(len(self.print("evaluation-form", "MIS-2026-0001", "ar")), 1)
        one = next(one for one in map(json.loads, self.call("--json", "list", "evaluation").splitlines()) if one["fields"].get("liked"))
        self.assertIn(one["fields"]["liked"][:20], " ".join(self.print("evaluation-answer", one["id"], "fr")).replace("\n", " "))
        receipt = self.print("handover-receipt", "MIS-2026-0001", "fr")[0]
        self.assertIn("Supports des séances", receipt)
        self.assertLess(receipt.index("Affiche"), receipt.index("Les droits appartiennent"))

    def test_envelopes_and_badges(self):
        store = self.path("office.db")
        person = json.loads(self.call("--json", "new", "person", "family_name=Bennis", "given_name=Salma", "country=DE",
                                      "city=Munich", "address=Lindenstraße 4", store=store))["ref"]
        self.call("print", "envelope", person, self.path(), "--lang", "fr", store=store)
        lines = [line.strip() for line in run("pdftotext", "-layout", self.path(), "-").splitlines() if line.strip()]
        self.assertEqual(lines[-4:], ["BENNIS Salma", "Lindenstraße 4", "Munich", "Allemagne"])
        self.assertIn("623.6", run("pdfinfo", self.path()).replace("623.62", "623.6"))
        badges = self.print("badges", "MIS-2026-0001", "fr")
        names = self.call("--json", "list", "participant").splitlines()
        self.assertTrue(any("EXEMPLE" in page for page in badges))
        self.assertGreaterEqual(len(badges), 10)
        self.assertGreaterEqual(len(names), 10)

    def test_access_and_erasure(self):
        store = self.path("office.db")
        made = json.loads(self.call("--json", "new", "person", "family_name=Bennis", "notes=À rappeler", store=store))
        self.call("new", "consent", f"person={made['id']}", "purpose=mailing", "given_on=2026-01-05", store=store)
        self.call("new", "source_claim", f"person={made['id']}", "about=city country", "said=Augsbourg\nDE", "source=Liste", store=store)
        self.call("new", "source_claim", f"person={made['id']}", "field=years", "value=12", "source=Annuaire", store=store)
        self.call("print", "access-answer", made["ref"], self.path(), "--lang", "fr", store=store)
        text = run("pdftotext", "-layout", self.path(), "-").replace("\u00a0", " ")
        for told in ("BENNIS", "À rappeler", "Consentement", "05/01/2026", "09-08", "Ville : Augsbourg", "Pays de résidence : Allemagne",
                     "Expérience (ans)"):
            self.assertIn(told, text)
        self.call("print", "erasure-certificate", made["id"], self.path("no.pdf"), status=2, store=store)
        self.call("erase", made["ref"], "--reason", "demande de la personne", store=store)
        self.call("print", "erasure-certificate", made["id"], self.path(), "--lang", "fr", store=store)
        text = run("pdftotext", "-layout", self.path(), "-")
        self.assertIn(made["id"], text)
        self.assertNotIn("ennis", text.lower())

    def test_each(self):
        """A file for each of whom there is an attestation, called after her, as many as pages of the merged one."""
        merged = self.print("attestation", "MIS-2026-0001", "fr")
        # Each is a paper of her own, with the letterhead and counted for itself.
        for page in merged:
            self.assertRegex(page, r"\b1 ?/ ?1\b")
            self.assertIn("Royaume du Maroc", page.replace("\u00a0", " "))
        folder = self.path("each")
        told = json.loads(self.call("--json", "print", "attestation", "MIS-2026-0001", "--lang", "fr", "--each", folder))
        names = sorted(os.listdir(folder))
        self.assertEqual((told["files"], len(names)), (len(merged), len(merged)))
        self.assertGreater(len(names), 5)
        self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode), 0o700)
        texts = set()
        for name in names:
            self.assertTrue(name.startswith("Attestation MIS-2026-0001 ") and name.endswith(".pdf"), name)
            text = run("pdftotext", os.path.join(folder, name), "-")
            self.assertEqual(text.count("\f"), 1)
            surname = name[len("Attestation MIS-2026-0001 "):-len(".pdf")].split()[0]
            self.assertIn(surname.lower(), text.lower())
            texts.add(text)
        self.assertEqual(len(texts), len(names))
        self.call("print", "attestation", "MIS-2026-0001", "--each", folder, status=2)
        self.call("print", "badges", "MIS-2026-0001", "--each", self.path("badges.zip"))
        with zipfile.ZipFile(self.path("badges.zip")) as archive:
            self.assertEqual(len(archive.namelist()), len(self.print("badges", "MIS-2026-0001", "fr")))
        self.call("print", "mission-file", "MIS-2026-0001", "--each", self.path("no"), status=2)
        self.call("print", "attestation", "MIS-2026-0002", "--each", self.path("nobody"), status=2)
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["badges.zip", "each", "out.pdf"])
        # Nobody saw her there: she gets none.
        store = self.path("office.db")
        shutil.copy(self.store, store)
        self.call("new", "participant", "mission=MIS-2026-0001", "name=Jamais Vue", store=store)
        self.call("print", "attestation", "MIS-2026-0001", "--lang", "fr", "--each", self.path("again"), store=store)
        self.assertEqual(sorted(os.listdir(self.path("again"))), names)

    def test_archived_step(self):
        """A step that was reopened prints as it stood, whatever was changed since."""
        store = self.path("office.db")
        shutil.copy(self.store, store)
        mission = "MIS-2026-0002"
        self.call("print", "mission-step", mission, self.path("none.pdf"), "--version", "1", status=2, store=store)
        item = json.loads(self.call("--json", "list", "programme_item", "--where", "mission=" + json.loads(
            self.call("--json", "show", mission, store=store))["id"], store=store).splitlines()[0])
        before = item["fields"]["subject_fr"]
        self.call("set", mission, "objective_fr=Former trente infirmiers", store=store)
        self.call("mission", "reopen", mission, "4", "--reason", "Le sujet a changé", store=store)
        self.call("set", item["id"], "subject_fr=Autre sujet", store=store)
        self.call("set", mission, "objective_fr=Former quarante infirmiers", store=store)
        self.call("set", item["fields"]["room"], "name=Amphithéâtre", store=store)
        for lang in ("fr", "ar", "fr+ar"):
            self.call("print", "mission-step", mission, self.path(), "--lang", lang, "--version", "1", store=store)
        self.call("print", "mission-step", mission, self.path(), "--lang", "fr", "--version", "1", store=store)
        text = run("pdftotext", "-layout", self.path(), "-")
        for word in ("Version archivée du", "rouverte par", "Le sujet a changé", "4. Programme", "Former trente infirmiers",
                     " ".join(before.split()[:2])):
            self.assertIn(word, " ".join(text.split()) if word.startswith("Former") else text)
        self.assertNotIn("Autre sujet", text)
        self.assertNotIn("quarante", text)
        # What it names is called as it was.
        self.assertIn("Salle A", text)
        self.assertNotIn("Amphithéâtre", text)
        self.call("print", "mission-step", mission, self.path("two.pdf"), "--version", "2", status=2, store=store)
        self.assertIn("Autre sujet", "".join(run("pdftotext", "-layout", self.now(mission, store), "-")))
        self.call("print", "mission-file", mission, self.path("x.pdf"), "--version", "1", status=2, store=store)

    def test_archived_checks(self):
        """How the checks of the step stood then, with the reason of who settled one; nobody's name in the archive."""
        store = self.path("office.db")
        shutil.copy(self.store, store)
        mission = "MIS-2026-0002"
        reason = "Consentement écrit recueilli"

        def table():
            self.call("print", "mission-step", mission, self.path(), "--lang", "fr", "--version", "1", store=store)
            return " ".join(run("pdftotext", "-layout", self.path(), "-").split())

        self.call("mission", "reopen", mission, "3", "--reason", "Un expert s’est désisté", store=store)
        act = json.loads(self.call("--json", "mission", "show", mission, store=store))["acts"][-1]["id"]
        archive = json.loads(json.loads(self.call("--json", "show", act, store=store))["fields"]["archive"])
        settled = [check for check in archive["checks"] if check[1] == "settled"]
        self.assertEqual([check[0] for check in settled], ["expert-country-unlisted"])
        self.assertIn(["expert-none-interested", "met"], archive["checks"])
        # The reason is the act's, where an erasure finds it.
        self.assertNotIn(reason, json.dumps(archive, ensure_ascii=False))
        self.assertNotIn("EXEMPLE", json.dumps(archive["checks"]))
        text = table()
        self.assertRegex(text, rf"Des données envoyées vers les pays listés justifié Motif : {reason}")
        self.assertRegex(text, r"Un expert intéressé, avec ses dates\s+remplie")
        # They are those of that day.
        for one in map(json.loads, self.call("--json", "list", "mission_expert", store=store).splitlines()):
            self.call("delete", one["id"], store=store)
        checks = self.call("--lang", "fr", "mission", "check", mission, "--all", store=store, status=1)
        self.assertRegex(checks, r"bloque\s+expert-none-interested")
        self.assertRegex(table(), r"Un expert intéressé, avec ses dates\s+remplie")
        # One that was frozen before checks were frozen too.
        del archive["checks"]
        with contextlib.closing(sqlite3.connect(store)) as db, db:
            db.execute("UPDATE mission_act SET archive = ? WHERE archive IS NOT NULL", (json.dumps(archive),))
        text = table()
        self.assertIn("archivée sans ses vérifications", text)
        self.assertNotIn("remplie", text)

    def now(self, mission, store):
        self.call("print", "mission-file", mission, self.path("now.pdf"), "--lang", "fr", store=store)
        return self.path("now.pdf")

    def test_summons(self):
        # Six are called: each has a letter of one page, which names nobody else.
        pages = self.print("summons", "REU-2026-0003", "fr")
        self.assertEqual(len(pages), 6)
        self.assertIn("Exemple Contact 2", pages[1])
        self.assertNotIn("Exemple Contact 3", pages[1])
        for text in ("Convocation", "5 novembre 2026", "10:00", "Salle et matériel", "Conseil provincial de Tiznit"):
            self.assertIn(text, pages[0])
        together = self.print("summons-all", "REU-2026-0003", "fr")
        self.assertEqual(len(together), 1)
        self.assertIn("Exemple Contact 3", together[0])
        self.assertEqual(len(self.print("summons", "REU-2026-0003", "fr+ar")), 12)

    def test_blanks_are_told(self):
        """What a paper leaves to be filled in by hand is said; --strict writes nothing then."""
        self.call("--lang", "fr", "print", "mission-order", "MIS-2026-0001", self.path())
        self.assertIn("1 champ est resté en blanc : Signataire", self.err)
        self.call("print", "mission-order", "MIS-2026-0001", self.path("no.pdf"), "--strict", status=2)
        self.assertFalse(os.path.exists(self.path("no.pdf")))
        self.call("print", "mission-order", "MIS-2026-0001", self.path(), "--strict", "--signer", "Exemple Signataire")
        self.assertEqual(self.err, "")
        self.assertIn("Exemple Signataire", run("pdftotext", self.path(), "-"))
        store = self.path("store.db")
        shutil.copy(self.store, store)
        expert = next(one for one in map(json.loads, self.call("--json", "list", "mission_expert", store=store).splitlines())
                      if one["fields"].get("order_number") == "EX-2025-01")
        self.call("set", expert["id"], "leaves_on=", "order_on=", store=store)
        for key, value in (("signer-fr", "Exemple Signataire"), ("function-fr", "Directrice")):
            self.call("new", "setting", f"key=document.{key}", f"value={value}", "valid_from=2020-01-01", store=store)
        self.call("--lang", "fr", "print", "mission-order", "MIS-2026-0001", self.path(), store=store)
        self.assertIn("2 champs sont restés en blanc : Expert : date de départ", self.err)
        self.assertIn("EXEMPLE Amina", self.err)
        self.assertIn("Directrice", run("pdftotext", self.path(), "-"))
        told = json.loads(self.call("--json", "print", "mission-order", "MIS-2026-0001", self.path(), store=store))["blanks"]
        self.assertEqual({one["id"] for one in told}, {expert["id"]})

    def test_amendment(self):
        """An amendment has its parties, and who signs for them, from what it amends; what is still missing is told."""
        store = self.path("store.db")
        shutil.copy(self.store, store)
        amended = next(one for one in map(json.loads, self.call("--json", "list", "convention", store=store).splitlines())
                       if "Tiznit" in one["title"])
        made = json.loads(self.call("--json", "new", "convention", "kind=amendment", f"parent={amended['id']}",
                                    "title_fr=Avenant no 1", "title_ar=الملحق رقم 1", store=store))

        def blanks(lang="fr"):
            told = json.loads(self.call("--json", "print", "convention", made["ref"], self.path(), "--lang", lang, store=store))["blanks"]
            return [one["label"] for one in told]

        self.assertEqual(blanks(), ["Ce qu’il modifie", "Convention : objet", "Articles", "Convention : lieu de signature",
                                    "Convention : date de signature", "Signataire"])
        self.assertEqual((len(blanks("ar")), len(blanks("fr+ar"))), (6, 6))
        self.call("print", "convention", made["ref"], self.path("no.pdf"), "--strict", status=2, store=store)
        self.assertFalse(os.path.exists(self.path("no.pdf")))
        blanks()
        text = " ".join(run("pdftotext", "-layout", self.path(), "-").split())
        for word in (amended["ref"], "signée le 12 mai 2025", "Conseil provincial de Tiznit, représenté(e) par EXEMPLE Saïd, Signataire",
                     "d’exemple de Tiznit, représenté(e) par …", "par BARTOUT Driss, Président", "Ce qu’il modifie …", "Article 2 …"):
            self.assertIn(word, text)
        # What it says itself counts before what it inherits.
        joins = next(one for one in map(json.loads, self.call("--json", "list", "organisation", store=store).splitlines())
                     if one["fields"].get("acronym") == "C3M" or "médicales" in one["title"])
        self.call("set", made["ref"], "changes=end|parties", f"parties={joins['id']}", "object_fr=Prolongation", "place=Rabat",
                  "signed_on=2026-11-20", store=store)
        self.assertEqual(blanks(), ["En vigueur jusqu’au", "Articles", "Signataire"])
        text = " ".join(run("pdftotext", "-layout", self.path(), "-").split())
        for word in ("La durée, Les parties", "Parties qui adhèrent " + joins["title"], "par KADDAR Samir", "Prolongation", "Fait à : Rabat, le 20 novembre 2026"):
            self.assertIn(word, text)
        # Whoever has handed over signs no more.
        mandate = next(one for one in map(json.loads, self.call("--json", "list", "mandate", store=store).splitlines())
                       if one["fields"].get("external_id") == "mandate-exemple-tiznit")
        self.call("set", mandate["id"], "valid_to=2026-10", store=store)
        self.assertEqual(len(blanks()), 4)
        self.assertNotIn("EXEMPLE Saïd", run("pdftotext", self.path(), "-"))
        self.call("new", "convention_article", f"convention={made['id']}", "number=1", "text_fr=Texte ………", store=store)
        self.assertEqual(blanks()[1], "Texte d’un article")

    def test_untranslated_is_told(self):
        """A text that nobody gave in the language of the paper stands in the other, and that is said; --strict minds it not."""
        store = self.path("store.db")
        made = json.loads(self.call("--json", "new", "convention", "kind=framework", "title_fr=Cadre", "object_fr=Former ensemble",
                                    store=store))

        def untranslated(lang):
            told = json.loads(self.call("--json", "--lang", "fr", "print", "convention", made["ref"], self.path(), "--lang", lang,
                                        store=store))["untranslated"]
            return [(one["label"], one["id"]) for one in told]

        self.assertEqual(untranslated("fr"), [])
        self.assertEqual(untranslated("ar"), [("Intitulé en arabe", made["id"]), ("Objet en arabe", made["id"])])
        self.call("--lang", "fr", "print", "convention", made["ref"], self.path(), "--lang", "ar", store=store)
        self.assertIn("2 textes ne sont pas rédigés en arabe et figurent en français : Intitulé en arabe, Objet en arabe", self.err)
        article = json.loads(self.call("--json", "new", "convention_article", f"convention={made['id']}", "number=1",
                                       "title_ar=مادة", "text_ar=نص المادة", store=store))
        self.assertEqual(untranslated("fr"), [("Intitulé", article["id"]), ("Texte", article["id"])])
        self.assertEqual(len(untranslated("fr+ar")), 3)
        self.call("print", "mission-order", "MIS-2026-0001", self.path(), "--strict", "--signer", "Exemple", "--lang", "ar")

    def test_framework_without_parties(self):
        """What is not known of a framework stands as dots, and is told."""
        store = self.path("store.db")
        made = json.loads(self.call("--json", "new", "convention", "kind=framework", "title_fr=Cadre", store=store))
        told = json.loads(self.call("--json", "print", "convention", made["ref"], self.path(), "--lang", "fr", store=store))["blanks"]
        self.assertEqual([one["label"] for one in told], ["Convention : parties", "Convention : objet", "Articles",
                                                          "Convention : lieu de signature", "Convention : date de signature"])
        self.assertEqual({one["id"] for one in told}, {made["id"]})

    def spoken(self, language, words):
        """Text and title of the file, as it comes out whatever the language of the interface; without the minute."""
        done = subprocess.run([BINARY, "--store", self.path("spoken.db"), "print", *words[:2], self.path("spoken.pdf"), *words[2:]],
                              capture_output=True, check=False, timeout=120, env=dict(os.environ, LANGUAGE=language))
        self.assertEqual(done.returncode, 0, f"{words}\n{done.stderr.decode()}")
        text = run("pdftotext", "-layout", self.path("spoken.pdf"), "-")
        title = re.search(r"Title:.*", run("pdfinfo", self.path("spoken.pdf"))).group(0)
        # The hour is another a minute later, and as wide as its digits: so is the room beside it.
        return re.sub(r" +", " ", re.sub(r"\d\d:\d\d", "", text)) + title

    def test_language_of_the_interface(self):
        """Each word of a paper is in the paper's language, whatever the window speaks."""
        store = self.path("spoken.db")
        shutil.copy(self.store, store)
        self.call("mission", "reopen", "MIS-2026-0002", "4", "--reason", "Le sujet a changé", store=store)
        gone = json.loads(self.call("--json", "new", "person", "family_name=Bennis", "country=FR", store=store))
        self.call("erase", gone["ref"], "--reason", "demande de la personne", store=store)
        lists = {}

        def first(entity):
            if entity not in lists:
                lists[entity] = [json.loads(line) for line in self.call("--json", "list", entity, store=store).splitlines()]
            return next((one.get("ref") or one["id"] for one in lists[entity] if one.get("ref") != "MIS-2026-0002"), None)

        told = []
        for one in map(json.loads, self.call("--json", "print", "--list", store=store).splitlines()):
            if one["name"] == "erasure-certificate":
                told.append((one["name"], gone["id"]))
            elif one["name"] == "mission-step":
                told.append((one["name"], "MIS-2026-0002"))
            elif one["name"] in ("list", "record-sheet"):
                # Those whose fields are said in words of the program: an office, a score, a state.
                for entity in ("signatory", "mandate", "project_holder", "convention", "commitment", "expert"):
                    told.append((one["name"], entity if one["name"] == "list" else first(entity), "--reason", "essai de sortie"))
            else:
                told.append((one["name"], first(one["entity"])))
        self.assertGreater(len(told), 30)
        for words in told:
            # One language alone would be that of the interface too: both are asked for.
            french, arabic, english = (self.spoken(one, (*words, "--lang", "fr+ar")) for one in ("fr", "ar", "C"))
            self.assertEqual(french, arabic, words)
            self.assertEqual(french, english, words)

    def test_minutes(self):
        whole = "\n".join(self.print("minutes", "REU-2026-0003", "fr"))
        for text in ("Procès-verbal", "Exemple Suppléant", "1. Salle et matériel", "Réserver la salle", "15/12/2026", "Secrétaire"):
            self.assertIn(text, whole)
        store = self.path("minutes.db")
        ref = json.loads(self.call("--json", "new", "meeting", "title_fr=Comité", "kind=steering", "held_on=2026-03-02", store=store))["ref"]
        # A draft until the minutes are approved.
        for draft, change in ((True, ()), (False, ("approved_on=2026-03-20",))):
            if change:
                self.call("set", ref, *change, store=store)
            self.call("print", "minutes", ref, self.path(), "--lang", "fr", store=store)
            lines = run("pdftotext", self.path(), "-").splitlines()
            self.assertEqual("20 mars 2026" in lines, not draft)
            # What stands across the page comes out in pieces: PR, OV, ISO…
            self.assertEqual("OV" in lines, draft)

    def test_sign_in_sheets(self):
        page = self.print("sign-in-sheet", "REU-2026-0003", "fr", "--rows", "3")[0]
        self.assertIn("Exemple Contact 4", page)
        self.assertRegex(page, r"(?m)^\s*9\s*$")
        self.assertNotRegex(page, r"(?m)^\s*10\s*$")
        pages = self.print("session-sign-in-sheets", "MIS-2026-0001", "fr")
        heads = [page for page in pages if "Sujet" in page]
        self.assertEqual(len(heads), 8)
        for page in heads:
            self.assertIn("Exemple Participant A", page)
            self.assertRegex(page, r"Formateur\s+EXEMPLE ")

    def test_noncharacters(self):
        """One name with what is no character does not keep a paper or a workbook from being made."""
        store = self.path("store.db")
        shutil.copy(self.store, store)
        ref = self.call("new", "person", "family_name=EXEMPLE\uffff", "given_name=\ufffeNom", "country=FR", store=store).split()[-1]
        self.call("print", "record-sheet", ref, self.path(), "--lang", "fr+ar", store=store)
        self.assertIn("EXEMPLE", run("pdftotext", self.path(), "-"))
        for name in ("list.xlsx", "list.ods"):
            self.call("export", "person", self.path(name), "--reason", "essai de sortie", store=store)
            with zipfile.ZipFile(self.path(name)) as made:
                texts = [ElementTree.fromstring(made.read(part)) for part in made.namelist() if part.endswith(".xml")]
            self.assertTrue(any("EXEMPLE" in text for root in texts for text in root.itertext()))

    def test_deleted(self):
        """Of a deleted record there is no paper to sign; what is kept of a person is told until it is erased."""
        store = self.path("store.db")
        shutil.copy(self.store, store)
        person = self.call("new", "person", "family_name=EXEMPLE", "given_name=Effacée", "country=FR", store=store).split()[-1]
        for ref in ("MIS-2026-0002", person):
            self.call("delete", ref, store=store)
        for document, ref in (("attestation", "MIS-2026-0002"), ("mission-order", "MIS-2026-0002"), ("record-sheet", person), ("envelope", person)):
            self.call("print", document, ref, self.path(), store=store, status=2)
            self.assertFalse(os.path.exists(self.path()))
        self.call("print", "access-answer", person, self.path(), store=store)

    def test_role(self):
        """Whoever reads aggregates alone exports no list, whatever the format; a partner reads names and no notes."""
        store = self.path("store.db")
        shutil.copy(self.store, store)
        for role, status in (("direction", 2), ("partner", 0)):
            with contextlib.closing(sqlite3.connect(store)) as db, db:
                db.executemany("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", (("sync-url", "https://hub.example"), ("sync-role", role)))
            for name in ("list.csv", "list.xlsx", "list.ods"):
                self.call("export", "participant", self.path(name), "--reason", "essai de sortie", store=store, status=status)
                self.assertEqual(os.path.exists(self.path(name)), status == 0)
        self.call("export", "person", self.path("persons.csv"), "--reason", "essai de sortie", store=store)
        with open(self.path("persons.csv"), encoding="utf-8") as made:
            head = made.readline().strip().split(",")
        self.assertIn("family_name", head)
        self.assertNotIn("notes", head)

    def test_list_of_documents(self):
        names = [json.loads(line)["name"] for line in self.call("--json", "print", "--list").splitlines()]
        for name in ("mission-file", "mission-sheet", "record-sheet", "list"):
            self.assertIn(name, names)

    def test_refused(self):
        for words in (("print", "nothing", "MIS-2026-0001", self.path()), ("print", "mission-file", "EXP-2026-0002", self.path()),
                      ("print", "mission-file", "MIS-1999-0001", self.path()), ("print", "mission-file"),
                      ("print", "mission-file", "MIS-2026-0001", self.path(), "--lang", "de"),
                      ("print", "list", "expert", self.path(), "--columns", "ref,nothing"),
                      ("print", "sign-in-sheet", "REU-2026-0003", self.path(), "--rows", "-1"),
                      ("print", "sign-in-sheet", "REU-2026-0003", self.path(), "--rows", "1000000")):
            self.call(*words, status=2)
            self.assertFalse(os.path.exists(self.path()))
        before = os.stat(self.store).st_ino
        self.call("print", "mission-file", "MIS-2026-0001", self.store, status=2)
        self.assertEqual(os.stat(self.store).st_ino, before)

    def test_disclosure(self):
        store = self.path("many.db")
        self.call("sample", "--experts", "120", store=store)
        self.call("--lang", "fr", "print", "list", "expert", self.path(), status=2, store=store)
        self.assertIn("--reason", self.err)
        self.assertFalse(os.path.exists(self.path()))
        self.call("print", "list", "expert", self.path(), "--reason", "réunion du comité", store=store)
        logged = [json.loads(line)["fields"] for line in self.call("--json", "list", "disclosure", store=store).splitlines()]
        self.assertEqual([(one["act"], one["reason"]) for one in logged], [("print", "réunion du comité")])
        self.assertGreater(int(logged[0]["n_persons"]), 100)
        # The limit is a setting.
        self.call("new", "setting", "key=export.persons-without-reason", "value=100000", "valid_from=2020-01-01", store=store)
        self.call("print", "list", "expert", self.path("free.pdf"), store=store)

    def test_participants_are_persons(self):
        """A participant is nobody of the reference, and still somebody of whom a paper or a file tells."""
        store = self.path("store.db")
        shutil.copy(self.store, store)
        n = len(self.call("--json", "list", "participant", store=store).splitlines())
        self.call("new", "setting", "key=export.persons-without-reason", f"value={n - 1}", "valid_from=2020-01-01", store=store)
        self.call("export", "participant", self.path("list.csv"), status=2, store=store)
        self.call("print", "list", "participant", self.path(), status=2, store=store)
        self.call("print", "mission-sheet", "MIS-2026-0001", self.path(), store=store)
        self.call("new", "setting", "key=export.persons-without-reason", "value=9", "valid_from=2020-01-02", store=store)
        # Badges of ten participants and the experts; the sheet of sessions names them too.
        for document in ("badges", "session-sign-in-sheets"):
            self.call("print", document, "MIS-2026-0001", self.path("no.pdf"), status=2, store=store)
            self.assertFalse(os.path.exists(self.path("no.pdf")))
        self.call("print", "badges", "MIS-2026-0001", self.path(), "--reason", "accueil des invités", store=store)
        logged = [json.loads(line)["fields"] for line in self.call("--json", "list", "disclosure", store=store).splitlines()]
        self.assertGreaterEqual(int(logged[0]["n_persons"]), 10)

    def test_letterhead(self):
        store = self.path("office.db")
        need = json.loads(self.call("--json", "new", "need", "title_fr=Besoin", store=store))["ref"]
        for key, value in (("service-fr", "Département | Direction"), ("place-fr", "Rabat")):
            self.call("new", "setting", f"key=document.{key}", f"value={value}", "valid_from=2020-01-01", store=store)
        self.call("print", "record-sheet", need, self.path(), "--lang", "fr", "--day", "24/11/2026", store=store)
        text = run("pdftotext", "-layout", self.path(), "-")
        self.assertIn("Direction", text)
        self.assertIn("Rabat, le 24 novembre 2026", text)
        self.assertNotIn("ÉC", run("pdftotext", self.path(), "-").splitlines())


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
