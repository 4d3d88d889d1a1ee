#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kafaatctl match through the real binary, on files alone: test-match.py PATH_OF_KAFAATCTL [TEST…]."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

BINARY = None
PEOPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "match", "people.csv")


class Match(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaatctl-match-")

    def tearDown(self):
        self.folder.cleanup()

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        return path

    def call(self, *words, status=0):
        done = subprocess.run([BINARY, *words], capture_output=True, check=False, timeout=120)
        self.err = done.stderr.decode()
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{self.err}")
        return done.stdout.decode()

    def json(self, *words, status=0):
        return [json.loads(line) for line in self.call("--json", *words, status=status).splitlines()]

    def test_names(self):
        pairs = self.file("pairs.tsv", "Mohamed Boutjdir\tمحمد بوجدير\nHoucine\tHussein\n\nAhmed\tمحمد\n")
        rows = [line.split("\t") for line in self.call("match", "names", pairs).splitlines()]
        self.assertEqual([row[3] for row in rows], ["1", "1", "0"])
        self.assertGreater(float(rows[0][0]), .9)
        self.assertLess(float(rows[2][0]), .66)
        found = self.json("match", "names", pairs)
        self.assertEqual((found[0]["b"], found[0]["same_key"]), ("محمد بوجدير", True))
        self.call("match", "names", self.file("bad.tsv", "one alone\n"), status=2)
        self.assertIn("1", self.err)

    def test_dedupe(self):
        rows = self.file("rows.csv", "Nom;Prénom;Courriel;Ville\nBoutjdir;Mohamed;M.B1@example.org;Fès\n"
                                     "بوجدير;محمد;m.b1@EXAMPLE.org;فاس\nAlaoui;Mohamed;;Fès\nAlaoui;Mohamed;;Paris\n")
        found = self.json("match", "dedupe", rows, status=1)
        self.assertEqual([(one["a"], one["b"], one["band"], one["model"]) for one in found],
                         [("2", "3", "very-likely", 3), ("4", "5", "to-examine", 3)])
        self.assertEqual(found[0]["group"], 1)
        fields = {reason["field"]: reason["level"] for reason in found[0]["reasons"]}
        self.assertEqual((fields["email"], fields["city"]), ("same", "same"))
        line = self.call("--lang", "fr", "match", "dedupe", rows, status=1)
        self.assertIn("noms concordants en deux écritures", line)
        self.assertIn("même courriel", line)
        self.assertIn("نفس البريد الإلكتروني", self.call("--lang", "ar", "match", "dedupe", rows, status=1))
        self.assertEqual(self.call("match", "dedupe", self.file("one.csv", "nom\nAlaoui Mohamed\n")), "")

    def test_link(self):
        ours = self.file("a.csv", "id,Nom et prénom,Téléphone\nA1,BOUTJDIR Mohamed,06 61 23 45 67\nA2,Salma Bennis,\n")
        theirs = self.file("b.csv", "المرجع,الاسم الكامل,الهاتف\nB1,محمد بوجدير,+212661234567\nB2,سمير القدار,\n")
        found = self.json("match", "link", ours, theirs)
        self.assertEqual([(one["a"], one["b"]) for one in found], [("A1", "B1")])
        self.assertEqual(self.json("match", "link", ours, theirs, "--threshold", "0.999999999"), [])

    def test_map(self):
        rows = self.file("rows.csv", "k,x,y\nr1,Salma Bennis,salma.bennis7@example.org\n"
                                     "r2,S. BENNIS,Salma.Bennis7@example.org\n")
        found = self.json("match", "dedupe", rows, "--map", "id=k,name=x,email=y", status=1)
        self.assertEqual((found[0]["a"], found[0]["b"]), ("r1", "r2"))
        for map_, word in (("name=z", "z"), ("nom=x", "nom"), ("name", "name")):
            self.call("match", "dedupe", rows, "--map", map_, status=2)
            self.assertIn(word, self.err)
        self.call("match", "dedupe", rows, status=2)
        self.assertIn("--map", self.err)

    def test_people(self):
        """The made-up people of the fixture: what is called very likely is right, bar the rarest case."""
        found = self.json("match", "dedupe", PEOPLE, status=1)
        sure = [one["a"].split("-")[0] == one["b"].split("-")[0] for one in found if one["band"] == "very-likely"]
        self.assertGreater(len(sure), 80)
        self.assertGreater(sum(sure), .97 * len(sure))
        self.assertEqual(found, self.json("match", "dedupe", PEOPLE, status=1))

    def test_usage(self):
        for words in ((), ("names",), ("link", PEOPLE), ("dedupe", "/nowhere.csv"), ("guess", PEOPLE),
                      ("dedupe", PEOPLE, "--threshold", "2")):
            self.call("match", *words, status=2)
        self.assertIn("--threshold", self.call("match", "--help"))


def main():
    global BINARY
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
