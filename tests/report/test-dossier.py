#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier of a mission, taken apart by other programs: test-dossier.py PATH_OF_KAFAATCTL [TEST…]."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile

import openpyxl

BINARY = None
MISSION = "MIS-2026-0001"


def run(*words):
    return subprocess.run(words, capture_output=True, check=True, timeout=120).stdout.decode(errors="replace")


class Dossier(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="kafaat-dossier-")
        cls.store = os.path.join(cls.place.name, "sample.db")
        subprocess.run([BINARY, "--store", cls.store, "sample"], capture_output=True, check=True, timeout=120)
        cls.attach("one", "Note.txt", "La première")
        cls.attach("two", "NOTE.TXT", "La seconde")
        cls.attach("three", "محضر.txt", "محضر")
        cls.attach("four", "con.txt", "périphérique")
        cls.attach("five", "Parti.txt", "ce qui n'est plus là")
        session = json.loads(cls.ask("--json", "list", "programme_item", "--where", f"mission={cls.id_of(MISSION)}").splitlines()[0])
        cls.attach("six", "Support.txt", "d'une séance", of=session["id"])
        expert = json.loads(cls.ask("--json", "list", "expert").splitlines()[0])
        cls.attach("seven", "Passeport.txt", "d'une personne", of=expert["id"])
        with sqlite3.connect(cls.store) as db:
            (sha,) = db.execute("SELECT sha256 FROM attachment WHERE file_name = 'Parti.txt'").fetchone()
        os.remove(os.path.join(cls.store + ".files", sha[:2], sha))

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    @classmethod
    def ask(cls, *words):
        return subprocess.run([BINARY, "--store", cls.store, *words], capture_output=True, check=True, timeout=120).stdout.decode()

    @classmethod
    def id_of(cls, ref):
        return json.loads(cls.ask("--json", "show", ref))["id"]

    @classmethod
    def attach(cls, folder, name, text, of=MISSION):
        os.mkdir(os.path.join(cls.place.name, folder))
        path = os.path.join(cls.place.name, folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        cls.ask("attach", of, path)

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-dossier-")

    def tearDown(self):
        self.assertEqual([name for name in os.listdir(self.folder.name) if name.startswith(".")], [])
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def make(self, name, *options, status=0, lang="fr", store=None):
        done = subprocess.run([BINARY, "--store", store or self.store, "--json", "report", "mission-dossier", self.path(name), "--mission", MISSION,
                               "--lang", lang, *options], capture_output=True, check=False, timeout=120)
        self.assertEqual(done.returncode, status, done.stderr.decode())
        self.err = done.stderr.decode()
        return json.loads(done.stdout) if status == 0 else None

    def test_zip(self):
        told = self.make("out.zip")
        self.assertEqual(stat.S_IMODE(os.stat(self.path("out.zip")).st_mode), 0o600)
        run("unzip", "-t", self.path("out.zip"))
        with zipfile.ZipFile(self.path("out.zip")) as archive:
            self.assertIsNone(archive.testzip())
            names = archive.namelist()
            for info in archive.infolist():
                self.assertTrue(info.flag_bits & 0x800, info.filename)
            archive.extractall(self.path("all"))
        self.assertEqual(sorted(names), sorted([
            f"0 Sommaire {MISSION}.pdf", f"1 Dossier de mission {MISSION}.pdf", f"2 Chiffres de la mission {MISSION}.xlsx",
            "Annexes/pv-exemple-etape-6.txt", "Annexes/pv-exemple-etape-7.txt", "Annexes/registre-exemple-urgence.txt",
            "Annexes/Note.txt", "Annexes/NOTE (2).TXT", "Annexes/محضر.txt", "Annexes/_con.txt", "Annexes/Support.txt"]))
        self.assertEqual((told["files"], told["annexes"], told["missing"]), (11, 8, ["Parti.txt"]))
        with open(self.path("all/Annexes/NOTE (2).TXT"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "La seconde")
        contents = run("pdftotext", "-layout", self.path(f"all/0 Sommaire {MISSION}.pdf"), "-")
        for text in ("Annexes/Note.txt", "Parti.txt", "Pièces manquantes"):
            self.assertIn(text, contents)
        self.assertIn("Dossier de mission", run("pdftotext", self.path(f"all/1 Dossier de mission {MISSION}.pdf"), "-"))

    def test_workbook(self):
        self.make("out")
        book = openpyxl.load_workbook(self.path(f"out/2 Chiffres de la mission {MISSION}.xlsx"))
        listed = self.ask("--json", "list", "participant", "--where", f"mission={self.id_of(MISSION)}").splitlines()
        names = {json.loads(line)["fields"]["name"] for line in listed}
        sheet = book["Présence"]
        shown = {row[0].value for row in sheet.iter_rows() if row[0].value in names}
        self.assertEqual(shown, names)
        with sqlite3.connect(self.store) as db:
            (present,) = db.execute(
                "SELECT count(*) FROM attendance a JOIN head h ON h.id = a.session JOIN programme_item p ON p.rid = h.rid"
                " WHERE a.presence = 'present' AND a.deleted_at IS NULL AND p.mission = ?", (self.id_of(MISSION),)).fetchone()
        self.assertGreater(present, 0)
        self.assertEqual(sum(cell.value == "Présent" for row in sheet.iter_rows() for cell in row[1:] if row[0].value in names), present)
        trainers = {row[3].value for row in book["Sessions"].iter_rows() if row[1].value in ("Matin", "Après-midi")}
        self.assertIn("EXEMPLE Amina", trainers)
        with sqlite3.connect(self.store) as db:
            (spent,) = db.execute("SELECT sum(CAST(spent AS INTEGER)) FROM budget_line WHERE deleted_at IS NULL AND mission = ?",
                                  (self.id_of(MISSION),)).fetchone()
        sheet = book["Lignes de budget"]
        place = {cell.value: cell.column - 1 for row in sheet.iter_rows() for cell in row if cell.value == "Dépensé"}["Dépensé"]
        lines = [row[place].value for row in sheet.iter_rows() if row[0].value == MISSION]
        self.assertEqual(round(sum(value or 0 for value in lines) * 100), spent)

    def test_folder(self):
        self.make("out")
        for folder, _folders, files in os.walk(self.path("out")):
            self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode), 0o700)
            for name in files:
                self.assertEqual(stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode), 0o600)
        # What is there is not written over; an empty folder is.
        self.make("out", status=2)
        self.assertIn("pas vide", self.err)
        os.mkdir(self.path("empty"))
        self.make("empty")
        with open(self.path("file"), "w", encoding="utf-8"):
            pass
        self.make("file", status=2)

    def test_arabic(self):
        self.make("out.zip", lang="ar")
        with zipfile.ZipFile(self.path("out.zip")) as archive:
            self.assertIn(f"1 ملف المهمة {MISSION}.pdf", archive.namelist())

    def test_disclosure(self):
        store = self.path("few.db")
        with sqlite3.connect(self.store) as db:
            db.execute("VACUUM INTO ?", (store,))
        run(BINARY, "--store", store, "new", "setting", "key=export.persons-without-reason", "value=5", "valid_from=2020-01-01")
        self.make("out.zip", status=2, store=store)
        self.assertIn("--reason", self.err)
        self.assertFalse(os.path.exists(self.path("out.zip")))
        self.make("out.zip", "--reason", "Contrôle des comptes", "--recipient", "Cour des comptes", store=store)
        listed = [json.loads(line)["fields"] for line in run(BINARY, "--store", store, "--json", "list", "disclosure").splitlines()]
        self.assertIn(("export", "mission", "Contrôle des comptes"), [(one["act"], one["entity"], one["reason"]) for one in listed])

    def test_scraps(self):
        """What a killed program left is swept by who next writes into the folder; nothing else is."""
        old = time.time() - 2 * 86400
        swept = [".export-AbC123"]
        kept = [".export-AbC12", ".export-AbC1234", ".export-AbC12-", "export-AbC123", ".export-new123"]
        for name in swept + kept:
            with open(self.path(name), "w", encoding="utf-8"):
                pass
            if "new" not in name:
                os.utime(self.path(name), (old, old))
        os.makedirs(self.path(".export-folder/Annexes"))
        with open(self.path(".export-folder/Annexes/x"), "w", encoding="utf-8"):
            pass
        os.utime(self.path(".export-folder"), (old, old))
        os.symlink("/", self.path(".export-link12"))
        os.utime(self.path(".export-link12"), (old, old), follow_symlinks=False)
        self.make("out.zip", "--reason", "Essai du dossier")
        self.assertEqual(sorted(os.listdir(self.folder.name)), sorted(kept + [".export-link12", "out.zip"]))
        for name in kept + [".export-link12"]:
            os.remove(self.path(name))


def main():
    global BINARY
    BINARY = os.path.abspath(sys.argv[1])
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])


if __name__ == "__main__":
    main()
