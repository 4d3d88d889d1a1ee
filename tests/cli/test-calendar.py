#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The exported calendar, read back by another program's reader: test-calendar.py PATH_OF_KAFAATCTL [TEST…]."""

import datetime
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest

import icalendar

BINARY = None
LONG = "Remise des équipements de simulation, des supports de cours et des guides ; deux langues, trois volumes"
LONG_AR = "تسليم معدات المحاكاة، والوثائق البيداغوجية، والدلائل؛ بلغتين، في ثلاثة أجزاء، إلى مؤسسة التكوين بأكادير"


def day(text):
    return datetime.date.fromisoformat(text)


class Calendar(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-calendar-")
        self.store = os.path.join(self.folder.name, "office.db")
        self.fill()

    def tearDown(self):
        self.folder.cleanup()

    def path(self, name="out.ics"):
        return os.path.join(self.folder.name, name)

    def call(self, *words, status=0):
        done = subprocess.run([BINARY, "--store", self.store, *words], capture_output=True, check=False, timeout=120)
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        self.err = done.stderr.decode()
        return done.stdout.decode()

    def new(self, entity, **fields):
        made = self.call("--json", "new", entity, *(f"{name}={value}" for name, value in fields.items()))
        return json.loads(made)["id"]

    def fill(self):
        party = self.new("organisation", name_fr="Réseau", kind="association")
        trainer = self.new("expert", family_name="Bennis", given_name="Salma", family_name_ar="بنيس", given_name_ar="سلمى")
        programme = self.new("programme", title_fr="MRE Academy")
        self.module = module = self.new("training_module", programme=programme, title_fr="Soudage, niveau 2", title_ar="اللحام، المستوى 2")
        self.session = self.new("training_session", module=module, starts_on="2035-03-30", ends_on="2035-04-02",
                                place="Agadir; salle 3", trainer=trainer)
        convention = self.new("convention", title_fr="Convention", title_ar="اتفاقية", kind="framework", parties=party,
                              signed_on="2024-01-15", ends_on="2035-04-30")
        self.duty = self.new("commitment", convention=convention, party=party, text_fr=LONG, text_ar=LONG_AR,
                             due_on="2035-03-31", recurrence="monthly", responsible=trainer)
        self.convention = convention

    def export(self, *options, language="fr", name="out.ics"):
        """The entries by UID, and the bytes of the file."""
        self.call("--lang", language, "calendar", self.path(name), "--from", "2035-03-01", "--until", "2035-05-31", *options)
        with open(self.path(name), "rb") as stream:
            content = stream.read()
        calendar = icalendar.Calendar.from_ical(content)
        self.assertEqual(str(calendar["VERSION"]), "2.0")
        return {str(event["UID"]): event for event in calendar.walk("VEVENT")}, content

    def test_entries(self):
        for language, duty, session in (("fr", LONG, "Soudage, niveau 2"), ("ar", LONG_AR, "اللحام، المستوى 2")):
            events, _ = self.export(language=language)
            self.assertEqual(len(events), 4, list(events))
            event = events[f"session-{self.session}@kafaat"]
            self.assertEqual((event["DTSTART"].dt, event["DTEND"].dt), (day("2035-03-30"), day("2035-04-03")))
            self.assertIn(session, event["SUMMARY"])
            self.assertEqual(event["LOCATION"], "Agadir; salle 3")
            # The last days of two months, until the convention ends.
            for due in ("2035-03-31", "2035-04-30"):
                event = events[f"due-{self.duty}-{due}@kafaat"]
                self.assertEqual((event["DTSTART"].dt, event["DTEND"].dt), (day(due), day(due) + datetime.timedelta(1)))
                self.assertTrue(event["SUMMARY"].endswith(duty), event["SUMMARY"])
                alarm, = event.walk("VALARM")
                self.assertEqual(alarm["TRIGGER"].dt, datetime.timedelta(days=-7, hours=9))
            self.assertEqual(events[f"end-{self.convention}@kafaat"]["DTSTART"].dt, day("2035-04-30"))

    def test_form(self):
        """RFC 5545: CRLF alone, lines of at most 75 octets that are whole UTF-8, no mark of direction."""
        for language in ("fr", "ar"):
            _, content = self.export(language=language)
            self.assertEqual(content.count(b"\n"), content.count(b"\r\n"))
            self.assertTrue(content.endswith(b"END:VCALENDAR\r\n"))
            for line in content.split(b"\r\n"):
                self.assertLessEqual(len(line), 75, line)
                line.decode()
            for mark in "\u2066\u2067\u2068\u2069\u200e\u200f":
                self.assertNotIn(mark, content.decode())
            # All days are whole days: none has an hour, and so none a zone.
            self.assertNotIn(b"DTSTART:", content)
            self.assertNotIn(b"TZID", content)

    def test_last_day(self):
        """After 9999-12-31 no calendar can write a day: how long it lasts stands there instead."""
        session = self.new("training_session", module=self.module, starts_on="9999-12-30", ends_on="9999-12-31")
        self.call("calendar", self.path(), "--from", "9999-12-01")
        with open(self.path(), "rb") as stream:
            event = icalendar.Calendar.from_ical(stream.read()).walk("VEVENT")[-1]
        self.assertEqual(str(event["UID"]), f"session-{session}@kafaat")
        self.assertEqual(event["DTSTART"].dt, day("9999-12-30"))
        self.assertNotIn("DTEND", event)
        self.assertEqual(event["DURATION"].dt, datetime.timedelta(days=2))

    def test_another_reader(self):
        """Line by line, as RFC 5545 has it, and without a library."""
        _, content = self.export()
        lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
        summaries = [line.partition(":")[2].replace("\\,", ",").replace("\\;", ";") for line in lines
                     if line.startswith("SUMMARY")]
        self.assertTrue(any(summary.endswith(LONG) for summary in summaries), summaries)

    def test_same_entries_again(self):
        """What is exported again replaces what was: the UIDs stay, when a day moved too."""
        before, _ = self.export()
        self.call("set", self.session, "ends_on=2035-04-05")
        after, _ = self.export()
        self.assertEqual(set(before), set(after))
        self.assertEqual(after[f"session-{self.session}@kafaat"]["DTEND"].dt, day("2035-04-06"))

    def test_done(self):
        self.new("fulfilment", commitment=self.duty, done_on="2035-03-20")
        events, _ = self.export()
        event = events[f"due-{self.duty}-2035-03-31@kafaat"]
        self.assertTrue(event["SUMMARY"].startswith("✓"))
        self.assertEqual(event.walk("VALARM"), [])

    def test_names(self):
        """Persons are named or left out; a reason is logged before the file is written."""
        _, content = self.export("--no-names")
        self.assertNotIn("BENNIS".encode(), content)
        self.assertEqual(self.call("--json", "list", "disclosure"), "")
        _, content = self.export()
        self.assertIn("BENNIS".encode(), content)
        self.assertEqual(self.call("--json", "list", "disclosure"), "")
        self.export("--reason", "Réunion de suivi", "--recipient", "OFPPT")
        logged = json.loads(self.call("--json", "list", "disclosure"))
        shown = json.loads(self.call("--json", "show", logged["ref"]))["fields"]
        self.assertEqual((shown["reason"], shown["recipient"], shown["n_persons"], shown["filter"]),
                         ("Réunion de suivi", "OFPPT", 1, "2035-03-01/2035-05-31"))

    def test_many_names(self):
        """Above 100 persons there has to be a reason; without one nothing is written."""
        module = json.loads(self.call("--json", "list", "training_module"))["id"]
        for place in range(101):
            person = self.new("person", family_name=f"Alami{place}")
            self.new("training_session", module=module, starts_on="2035-03-05", trainer=person)
        self.call("calendar", self.path(), "--from", "2035-03-01", "--until", "2035-03-31", status=2)
        self.assertIn("--no-names", self.err)
        self.assertFalse(os.path.exists(self.path()))
        self.call("calendar", self.path(), "--from", "2035-03-01", "--until", "2035-03-31", "--no-names")
        self.call("calendar", self.path(), "--from", "2035-03-01", "--until", "2035-03-31", "--reason", "essai de sortie")

    def test_file(self):
        self.export()
        self.assertEqual(stat.S_IMODE(os.stat(self.path()).st_mode), 0o600)
        self.call("calendar", self.store, status=2)
        self.call("calendar", self.path("no/out.ics"), status=2)
        self.call("calendar", self.path(), "--from", "2035-03-01", "--until", "2035-02-01", status=2)
        self.call("calendar", self.path(), "--from", "never", status=2)
        empty = self.call("--json", "calendar", self.path("empty.ics"), "--from", "2020-01-01", "--until", "2020-01-31")
        self.assertEqual(json.loads(empty)["entries"], 0)
        with open(self.path("empty.ics"), "rb") as stream:
            self.assertEqual(icalendar.Calendar.from_ical(stream.read()).walk("VEVENT"), [])


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
