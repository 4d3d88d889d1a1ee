#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Project holders by the verbs of kafaatctl: score, segment, count-2030: test-holders.py PATH_OF_KAFAATCTL [TEST…].

The days are those of the machine; persons are invented."""

import contextlib
import csv
import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest

BINARY = None
TODAY = datetime.date.today()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


class Store(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaatctl-holders-")
        self.path = os.path.join(self.folder.name, "office.db")

    def tearDown(self):
        self.folder.cleanup()

    def file(self, name, text=None):
        path = os.path.join(self.folder.name, name)
        if text is not None:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text)
        return path

    def call(self, *words, status=0):
        done = subprocess.run([BINARY, "--store", self.path, *words], capture_output=True, check=False, timeout=120)
        self.err = done.stderr.decode()
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{self.err}")
        return done.stdout.decode()

    def json(self, *words, status=0):
        return [json.loads(line) for line in self.call("--json", *words, status=status).splitlines()]

    def new(self, entity, **fields):
        return self.json("new", entity, *(f"{name}={value}" for name, value in fields.items()))[0]["id"]

    def holder(self, name, **project):
        person = self.new("project_holder", family_name=name, registered_on=day(-10))
        if project:
            self.new("project", person=person, title_fr="Projet", **project)
        return person

    def score(self, person, *words):
        return self.json("score", person, *words)[0]


class Score(Store):
    def test_one_is_explained(self):
        person = self.holder("Alami", jobs=60)
        found = self.score(person)
        self.assertEqual((found["tier"], found["rules"], found["decided"]), ("b", 0, False))
        jobs = next(one for one in found["criteria"] if one["fact"] == "jobs")
        self.assertEqual((jobs["known"], jobs["points"], jobs["sentence"]), (True, 25, "60 jobs planned"))
        land = next(one for one in found["criteria"] if one["fact"] == "land")
        self.assertEqual((land["known"], land["low"], land["high"]), (False, 3, 15))
        self.assertNotIn("points", land)
        potential = found["potential"]
        self.assertLess(potential["low"], potential["expected"])
        self.assertLess(potential["expected"], potential["high"])

    def test_as_of_a_day(self):
        person = self.holder("Alami", jobs=60)
        self.new("contact", person=person, held_on=day(-5), channel="visit", subject="x", outcome="interested")
        now, before = self.score(person), self.score(person, "--as-of", day(-6))
        self.assertGreater(now["engagement"]["low"], before["engagement"]["low"])
        self.assertEqual(before["as_of"], day(-6))

    def test_all_of_them(self):
        self.holder("Alami", jobs=60)
        self.holder("Bennis")
        self.assertEqual(len(self.json("score")), 2)
        self.assertIn("ALAMI", self.call("score"))

    def test_simulation_writes_nothing(self):
        person = self.holder("Alami", jobs=2)
        other = self.holder("Bennis", jobs=1)
        rules = json.loads(self.call("score", "--rules"))
        rules["criteria"] = [{"axis": "potential", "fact": "jobs", "bands": [[2, 90]]}]
        path = self.file("rules.json", json.dumps(rules))
        lines = self.json("score", "--simulate", path)
        counts = next(one for one in lines if one["kind"] == "counts")
        changes = [one for one in lines if one["kind"] == "change"]
        self.assertEqual((counts["holders"], counts["changes"]), (2, 1))
        self.assertEqual((counts["b"]["before"], counts["b"]["after"]), (0, 1))
        self.assertEqual([(one["id"], one["before"], one["after"]) for one in changes], [(person, "d", "b")])
        self.assertEqual(changes[0]["reasons"][0], {"axis": "potential", "fact": "jobs", "from": 8, "to": 90})
        self.assertIn("D → B", self.call("score", "--simulate", path))
        self.assertEqual((self.score(person)["tier"], self.score(other)["tier"]), ("d", "d"))

    def test_rules_that_nobody_can_read(self):
        self.holder("Alami")
        self.call("score", "--simulate", self.file("none.json"), status=2)
        self.call("score", "--simulate", self.file("bad.json", '{"criteria": [{"fact": "religion"}]}'), status=2)
        self.assertTrue(self.err)

    def test_override_holds_until_its_day(self):
        person = self.holder("Alami")
        self.new("tier_override", person=person, tier="a", reason="x", decided_on=day(-2), until=day(1))
        self.assertEqual((self.score(person)["tier"], self.score(person)["decided"]), ("a", True))
        self.assertEqual(self.score(person, "--as-of", day(1))["tier"], "a")
        self.assertEqual(self.score(person, "--as-of", day(2))["tier"], "d")

    def test_review_records_once(self):
        self.holder("Alami")
        self.call("score", "--review")
        self.assertEqual(len(self.json("list", "tier_record")), 1)
        self.call("score", "--review")
        self.assertEqual(len(self.json("list", "tier_record")), 1)


class Segment(Store):
    def setUp(self):
        super().setUp()
        self.found = [self.new("expert", family_name=name, country="DE", domains="health") for name in ("Alami", "Bennis")]
        self.new("expert", family_name="Chraibi", country="FR", domains="health")

    def make(self):
        return self.call("segment", "new", "expert", "Santé", "--where", "country=DE", "--where", "domains=health").strip()

    def members(self, ref, *words):
        return {one["id"] for one in self.json("segment", "members", ref, *words)}

    def test_made_counted_and_told(self):
        ref = self.make()
        self.assertRegex(ref, r"^SEG-\d{4}-\d{4}$")
        self.assertEqual(self.call("segment", "count", ref).strip(), "2")
        self.assertEqual(self.call("segment", "count", "expert", "--where", "country=FR").strip(), "1")
        told = self.json("segment", "show", ref)[0]
        self.assertEqual((told["entity"], told["count"], told["lists"]), ("expert", 2, 0))
        self.assertIn("Germany", told["conditions"])
        self.assertEqual(self.members(ref), set(self.found))
        self.assertEqual([one["ref"] for one in self.json("segment", "list")], [ref])

    def test_by_its_conditions(self):
        told = self.json("segment", "show", self.make())[0]
        again = self.call("segment", "new", "Le même", "--query", told["query"]).strip()
        self.assertEqual(self.members(again), set(self.found))
        self.call("segment", "new", "Autre", "--query", '{"entity": "nothing"}', status=2)

    def test_frozen_and_compared(self):
        ref = self.make()
        self.call("segment", "freeze", ref, "--note", "Novembre")
        self.call("set", self.found[0], "country=FR")
        comes = self.new("expert", family_name="Daoudi", country="DE", domains="cardiology")
        self.assertEqual(self.members(ref), {self.found[1], comes})
        self.assertEqual(self.members(ref, "--list", day(0)), set(self.found))
        change = self.json("segment", "diff", ref)[0]
        self.assertEqual(change, {"then": 2, "now": 2, "came": 1, "left": 1, "gone": 0})
        self.call("segment", "members", ref, "--list", day(-1), status=2)

    def test_exported(self):
        ref, path = self.make(), self.file("out.csv")
        self.call("segment", "export", ref, path)
        with open(path, encoding="utf-8", newline="") as stream:
            self.assertEqual({row["id"] for row in csv.DictReader(stream)}, set(self.found))
        self.call("segment", "export", ref, status=2)
        self.call("segment", "dance", ref, status=2)


class Count(Store):
    def person(self, name, verified, declared, **fields):
        return self.new("expert", family_name=name, status="verified", verified_on=verified, declared_on=declared, **fields)

    def count(self, *words):
        found = self.json("count-2030", *words)[0]
        return found["identified"], found["engaged"], found["mobilised"]

    def test_at_any_day(self):
        first = self.person("Alami", day(-100), day(-90), country="DE")
        self.person("Bennis", day(-10), day(-50), country="FR")
        self.new("person", family_name="Chraibi", status="prospect", country="FR")
        self.assertEqual(self.count(), (2, 0, 0))
        self.assertEqual(self.count("--at", day(-90)), (1, 0, 0))
        self.assertEqual(self.count("--at", day(-91)), (0, 0, 0))
        self.call("set", first, f"signed_up_on={day(-3)}")
        self.assertEqual(self.count(), (2, 1, 0))
        self.assertEqual(self.count("--at", day(-4)), (2, 0, 0))
        self.call("count-2030", "--at", "tomorrow", status=2)

    def test_by_country(self):
        self.person("Alami", day(-100), day(-90), country="DE")
        self.person("Bennis", day(-10), day(-50), country="FR")
        cells = {one["code"]: one["identified"] for one in self.json("count-2030", "--by", "country")[1:]}
        self.assertEqual(cells, {"DE": 1, "FR": 1})
        self.call("count-2030", "--by", "religion", status=2)

    def test_totals_alone(self):
        """Who sees totals alone is told of no fewer than five, nor what would tell them."""
        for country, persons in (("FR", 9), ("DE", 6), ("ES", 3)):
            for i in range(persons):
                self.person(f"Alami{i}", day(-100), day(-90), country=country)
        with contextlib.closing(sqlite3.connect(self.path)) as db, db:
            db.executemany("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)",
                           (("sync-url", "https://hub.example"), ("sync-role", "direction")))
        told = [(one.get("code"), one["identified"], one["engaged"]) for one in self.json("count-2030", "--by", "country")]
        self.assertEqual(told, [(None, 18, None), ("FR", 9, None), (None, 9, None)])
        self.assertIn("< 5", self.call("count-2030", "--by", "country"))
        self.assertIn("< 5", self.call("count-2030", "--series"))

    def test_a_closed_month_stands(self):
        before = TODAY.replace(day=1) - datetime.timedelta(days=1)
        person = self.person("Alami", before.replace(day=1).isoformat(), before.replace(day=1).isoformat())
        month = before.strftime("%Y-%m")
        self.call("count-2030", "--close", month)
        self.call("set", person, "status=prospect", "verified_on=", "declared_on=")
        self.assertEqual(self.count(), (0, 0, 0))
        found = self.json("count-2030", "--at", before.isoformat())[0]
        self.assertEqual((found["identified"], found["closed"]), (1, True))
        self.call("count-2030", "--close", TODAY.strftime("%Y-%m"), status=2)

    def test_definitions(self):
        self.person("Alami", day(-100), day(-90))
        self.assertEqual([one["stage"] for one in self.json("count-2030", "--definitions")],
                         ["identified", "engaged", "mobilised"])


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
