#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every verb of kafaatctl through the real binary: test-kafaatctl.py PATH_OF_KAFAATCTL [TEST…]."""

import csv
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest

BINARY = None


class Store(unittest.TestCase):
    """A store of its own for each test."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaatctl-")
        self.path = os.path.join(self.folder.name, "office.db")

    def tearDown(self):
        self.folder.cleanup()

    def file(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())
        return path

    def call(self, *words, status=0, env=None, store=None):
        done = subprocess.run([BINARY, "--store", store or self.path, *words], capture_output=True, check=False, timeout=120,
                              env={**os.environ, **(env or {})})
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, status, f"{words}\n{out}\n{err}")
        self.err = err
        return out

    def json(self, *words, status=0):
        return [json.loads(line) for line in self.call("--json", *words, status=status).splitlines()]

    def one(self, *words):
        found = self.json(*words)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def expert(self, **fields):
        words = {"family_name": "Bennis", "given_name": "Salma", **fields}
        return self.one("new", "expert", *(f"{name}={value}" for name, value in words.items()))

    def load(self, entity, text, *options, status=0):
        """Imports a text; gives the faults and the summary."""
        lines = self.json("import", entity, self.file("in.csv", text), *options, status=status)
        return lines[:-1], lines[-1]

    def refuse(self, entity, text, line, field=None, words=()):
        before = self.json("list", "person") if os.path.exists(self.path) else []
        faults, summary = self.load(entity, text, status=2)
        self.assertEqual((faults[0]["line"], faults[0]["field"]), (line, field), faults)
        for word in words:
            self.assertIn(word, faults[0]["error"])
        self.assertEqual(summary["errors"], len(faults))
        self.assertIsNone(summary["batch"])
        self.assertEqual(self.json("list", "person"), before)
        return faults


class Records(Store):
    def test_new_and_show(self):
        made = self.expert(family_name_ar="بنيس", given_name_ar="سلمى", country="FR", city="Lyon", phones="+33612345678",
                           languages="fr:C2|ar:native", domains="health|ai", years="12")
        self.assertRegex(made["ref"], r"^EXP-\d{4}-0001$")
        self.assertEqual((made["entity"], made["title"], made["title_ar"]), ("expert", "BENNIS Salma", "سلمى بنيس"))
        self.assertEqual(made["fields"]["languages"], ["fr:C2", "ar:native"])
        self.assertEqual(made["fields"]["domains"], ["health", "ai"])
        self.assertEqual(made["fields"]["years"], 12)
        self.assertEqual(self.one("show", made["ref"])["id"], made["id"])
        self.assertEqual(self.one("show", made["ref"].lower())["id"], made["id"])
        self.assertEqual(self.one("show", made["id"])["fields"], made["fields"])
        text = self.call("show", made["ref"])
        self.assertIn("Bennis", text)
        self.assertIn("Lyon", text)
        self.assertEqual(self.one("show", "FR")["entity"], "country")
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode) & 0o077, 0)

    def test_new_facet_of_one_who_is_there(self):
        person = self.one("new", "person", "family_name=Bartout", "given_name=Driss")
        self.assertTrue(person["ref"].startswith("PER-"))
        expert = self.one("new", "expert", f"id={person['ref']}", "domains=ai")
        self.assertEqual(expert["id"], person["id"])
        self.assertEqual(expert["fields"]["family_name"], "Bartout")

    def test_references(self):
        body = self.one("new", "organisation", "name_fr=Réseau d’essai", "kind=network")
        self.one("new", "network", f"id={body['ref']}", "basis=thematic")
        expert = self.expert()
        member = self.one("new", "membership", f"person={expert['ref']}", f"network={body['ref']}", "valid_from=2020")
        self.assertEqual(member["fields"]["person"], expert["id"])
        self.assertEqual(member["fields"]["network"], body["id"])
        self.call("new", "membership", f"person={expert['ref']}", "network=RES-1999-0001", status=2)
        self.assertIn("network", self.err)

    def test_wrong_values(self):
        for word, part in (("emails=salma", "emails"), ("birth_year=12", "birth_year"), ("country=XX", "country"),
                           ("confirmed_on=32/13/2020", "confirmed_on"), ("languages=fr:Z9", "languages"), ("nothing=1", "nothing"),
                           ("nothing", "FIELD=VALUE")):
            self.call("new", "person", "family_name=A", word, status=2)
            self.assertIn(part, self.err)
        self.call("new", "person", "family_name=A", "phones=0612345678", "country=FR", status=2)
        self.call("new", "person", "city=Lyon", status=2)
        self.call("new", "nothing", "a=b", status=2)
        self.assertEqual(self.json("list", "person"), [])

    def test_set_history_undo_redo(self):
        ref = self.expert(city="Lyon")["ref"]
        changed = self.one("set", ref, "city=Agadir", "domains=ai", "phones=+212 5 28 00 00 00")
        self.assertEqual(changed["fields"]["phones"], ["+212528000000"])
        self.assertIn("unchanged", self.call("set", ref, "city=Agadir"))
        items = self.json("history", ref)
        city = next(item for item in items if item["field"] == "city" and item["kind"] == "update")
        self.assertEqual((city["before"], city["after"]), ("Lyon", "Agadir"))
        self.assertIn("Lyon → Agadir", self.call("history", ref))
        self.one("undo")
        self.assertEqual(self.one("show", ref)["fields"]["city"], "Lyon")
        self.assertNotIn("domains", self.one("show", ref)["fields"])
        self.one("redo")
        self.assertEqual(self.one("show", ref)["fields"]["city"], "Agadir")
        self.one("undo", city["batch"])
        self.assertEqual(self.one("show", ref)["fields"]["city"], "Lyon")
        self.one("set", ref, "city=")
        self.assertNotIn("city", self.one("show", ref)["fields"])
        self.call("set", ref, "emails=x", status=2)
        self.call("set", "EXP-1999-0001", "city=x", status=2)

    def test_nothing_to_undo(self):
        self.call("import", "person", self.file("in.csv", "family_name\n"))
        self.call("undo", status=1)
        self.call("redo", status=1)
        self.call("undo", "00000000-0000-7000-8000-000000000000", status=1)

    def test_delete(self):
        ref = self.one("new", "person", "family_name=Abhir")["ref"]
        self.call("delete", ref)
        self.assertEqual(self.json("list", "person"), [])
        self.assertEqual(self.json("find", "Abhir"), [])
        self.assertIsNotNone(self.one("show", ref)["deleted_at"])
        self.call("undo")
        self.assertEqual(len(self.json("list", "person")), 1)
        self.call("delete", "PER-1999-0001", status=2)

    def test_erase(self):
        ref = self.expert(city="Tiznit", emails="salma@exemple.org")["ref"]
        self.call("erase", ref, status=2)
        self.call("erase", ref, "--reason", "  ", status=2)
        self.call("erase", ref, "--reason", "demande de la personne")
        self.call("show", ref, status=2)
        self.assertEqual(self.json("find", "Bennis"), [])
        self.one("undo")
        self.call("show", ref, status=2)
        self.call("check")

    def test_erased_stays_away(self):
        made = self.expert()
        self.call("erase", made["ref"], "--reason", "demande de la personne")
        text = f"id,family_name\n{made['id']},Bennis\n"
        self.call("import", "person", self.file("in.csv", text), status=2)
        self.call("new", "person", f"id={made['id']}", "family_name=Bennis", status=2)
        self.call("sample")
        ref = self.json("list", "expert", "--limit", "1")[0]["ref"]
        self.call("erase", ref, "--reason", "demande de la personne")
        self.call("sample")
        self.call("show", ref, status=2)
        self.call("check")

    def test_attach(self):
        made = self.expert()
        paper = self.file("cv é.pdf", os.urandom(300000))
        attachment = self.one("attach", made["ref"], paper, "--field", "cv")
        self.assertEqual(self.one("show", made["ref"])["fields"]["cv"], attachment["id"])
        self.assertEqual(self.one("show", attachment["id"])["fields"]["size"], 300000)
        self.call("attach", made["ref"], paper, "--field", "city", status=2)
        self.call("attach", made["ref"], paper + ".not", status=2)
        self.call("check")

    def test_check_rules(self):
        self.call("sample")
        found = self.json("check-rules", "--day", "2026-11-28", status=1)
        terms = [one for one in found if one["code"] == "term-unknown"]
        self.assertEqual(len(terms), 6)  # the framework of 2020 and its five specific conventions state none
        self.assertEqual({one["urgency"] for one in terms}, {"mild"})
        self.assertEqual({one["entity"] for one in terms}, {"convention"})
        ranks = ["late", "week", "month", "later", "undated", "mild"]
        order = [ranks.index(one["urgency"]) for one in found]
        self.assertEqual(order, sorted(order))
        for one in found:
            self.assertTrue(one["sentence"] and one["advice"] and one["title"], one)
            self.call("show", one["id"])

        networks = self.json("check-rules", "--entity", "network", "--day", "2026-11-28", status=1)
        self.assertEqual({one["code"] for one in networks}, {"network-never-contacted"})
        own = self.json("check-rules", terms[0]["id"], "--day", "2026-11-28", status=1)
        self.assertIn(terms[0], own)
        self.assertLess(len(own), len(found))
        self.assertIn("inconnue", self.call("--lang", "fr", "check-rules", terms[0]["id"], status=1))
        self.assertIn("غير معروفة", self.call("--lang", "ar", "check-rules", terms[0]["id"], status=1))

        late = self.one("new", "commitment", f"convention={terms[0]['id']}", f"party={networks[0]['id']}",
                        "text_fr=Désigner un expert", "due_on=2024-02-29", "followed_by=Bureau 3")
        code = {"2024-02-29": "commitment-due-soon", "2024-03-01": "commitment-overdue"}
        for day, expected in code.items():
            one = [one for one in self.json("check-rules", late["id"], "--day", day, status=1)
                   if one["entity"] == "commitment"]
            self.assertEqual([(one["code"], one["due"], one["followed_by"]) for one in one],
                             [(expected, "2024-02-29", "Bureau 3")])
        self.assertEqual(self.json("check-rules", "--entity", "person"), [])

    def test_check_rules_role(self):
        """What the role may not mend is counted; --all lists it, and says so."""
        self.call("sample")
        found = self.json("check-rules", "--day", "2026-11-28", status=1)
        self.assertTrue(all(one["yours"] for one in found))
        with sqlite3.connect(self.path) as db:
            db.executemany("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)", (("sync-url", "https://hub.example"), ("sync-role", "regional-officer")))
        own = self.json("check-rules", "--day", "2026-11-28", status=1)
        self.assertNotIn("term-unknown", {one["code"] for one in own})
        self.assertIn("network-never-contacted", {one["code"] for one in own})
        every = self.json("check-rules", "--all", "--day", "2026-11-28", status=1)
        self.assertEqual([one["id"] for one in every], [one["id"] for one in found])
        self.assertEqual([one for one in every if one["yours"]], own)
        self.assertIn(f"{len(found) - len(own)} findings wait for another role", self.call("check-rules", "--day", "2026-11-28", status=1))
        self.assertNotIn("findings wait", self.call("check-rules", "--all", "--day", "2026-11-28", status=1))
        self.assertIn("It waits for another role", self.call("check-rules", "--all", "--day", "2026-11-28", status=1))
        with sqlite3.connect(self.path) as db:
            db.execute("UPDATE local SET value = 'protection-officer' WHERE key = 'sync-role'")
        self.assertIn("wait for another role", self.call("check-rules", "--day", "2026-11-28"))

    def test_check_rules_usage(self):
        rules = self.json("check-rules", "--list")
        self.assertEqual(len(rules), len({rule["code"] for rule in rules}))
        self.assertIn("convention-lapsing", {rule["code"] for rule in rules})
        self.call("sample")
        self.call("check-rules", "--day", "2026-02-30", status=2)
        self.call("check-rules", "--entity", "nothing", status=2)
        self.call("check-rules", "NOT-2026-0001", status=2)

    def test_check_finds(self):
        made = self.expert()
        self.one("attach", made["ref"], self.file("cv.pdf", b"content"), "--field", "cv")
        self.assertIn("whole", self.call("check"))
        for folder, _, names in os.walk(self.path + ".files"):
            for name in names:
                os.chmod(os.path.join(folder, name), 0o600)
                with open(os.path.join(folder, name), "wb") as stream:
                    stream.write(b"another")
        findings = self.json("check", status=1)
        self.assertGreaterEqual(len(findings), 1)


class Lists(Store):
    def setUp(self):
        super().setUp()
        self.expert(country="FR", city="Lyon", domains="health|ai", confirmed_on="2025-01-10", years="5")
        self.expert(family_name="Kaddar", given_name="Samir", country="DE", domains="ai", confirmed_on="2026-02-10",
                    family_name_ar="قدار", given_name_ar="سمير", phones="+49 30 1234567")
        self.expert(family_name="Amrani", given_name="Nadia", country="FR", domains="law", years="30")

    def names(self, *words):
        return [row["title"].split()[0].capitalize() for row in self.json("list", "expert", *words)]

    def test_list(self):
        self.assertEqual(self.names(), ["Amrani", "Bennis", "Kaddar"])
        self.assertEqual(self.names("--sort", "-title"), ["Kaddar", "Bennis", "Amrani"])
        self.assertEqual(self.names("--limit", "2"), ["Amrani", "Bennis"])
        self.assertEqual(self.names("--where", "country=FR"), ["Amrani", "Bennis"])
        self.assertEqual(self.names("--where", "country=FR", "--where", "domains=ai"), ["Bennis"])
        self.assertEqual(self.names("--where", "domains=law|health"), ["Amrani", "Bennis"])
        self.assertEqual(self.names("--where", "country!=FR"), ["Kaddar"])
        self.assertEqual(self.names("--where", "city="), ["Amrani", "Kaddar"])
        self.assertEqual(self.names("--where", "city!="), ["Bennis"])
        self.assertEqual(self.names("--where", "confirmed_on>=01/01/2026"), ["Kaddar"])
        self.assertEqual(self.names("--where", "years<=10"), ["Bennis"])
        self.assertEqual(self.names("--where", "city~lyo"), ["Bennis"])
        self.assertEqual(self.names("--sort", "years")[:2], ["Bennis", "Amrani"])
        row = self.json("list", "expert", "--limit", "1", "--columns", "country,domains")[0]
        self.assertEqual(row["fields"], {"country": "FR", "domains": ["law"]})

    def test_list_wrong(self):
        for words in (("--where", "nothing=1"), ("--where", "country"), ("--where", "country=XX"), ("--sort", "nothing"),
                      ("--columns", "nothing"), ("--limit", "x")):
            self.call("list", "expert", *words, status=2)
        self.call("list", status=2)
        self.call("list", "nothing", status=2)

    def test_human_columns(self):
        lines = self.call("list", "expert", "--columns", "country").splitlines()
        self.assertEqual(len(lines), 4)
        place = lines[0].index("Title")
        self.assertTrue(all(line[place - 1] == " " and line[place] != " " for line in lines))

    def test_controls(self):
        """What others wrote moves no cursor and renames no window; a program is told it as it is."""
        evil = "Al\x1b]0;owned\x07\x1b[2J\x9b31m\x7fami"
        ref = self.expert(family_name="Alami", city="Lyon")["ref"]
        store = sqlite3.connect(self.path)
        with store:
            store.execute("UPDATE person SET family_name = ?1, city = ?1 WHERE city = 'Lyon'", (evil,))
        store.close()
        self.call("set", ref, "given_name=" + evil)
        for words, told in ((("show", ref), "stdout"), (("list", "expert", "--columns", "city"), "stdout"),
                            (("history", ref), "stdout"), (("find", ref), "stdout"), (("schema", evil), "stderr")):
            out = self.call(*words, status=0 if told == "stdout" else 2) + self.err
            # What was typed here was made a blank as it was kept; what came otherwise is marked.
            self.assertIn(" 31m" if words[0] == "history" else "\ufffd31m", out.lower())
            self.assertNotRegex(out, "[\x00-\x08\x0b-\x1f\x7f-\x9f]")
        self.assertEqual(self.one("show", ref)["fields"]["city"], evil)

    def test_find(self):
        found = self.json("find", "قدار")[0]
        self.assertEqual(set(found), {"entity", "id", "ref", "title", "title_ar", "fields", "match"})
        self.assertEqual((found["entity"], found["title"]), ("expert", "KADDAR Samir"))
        for text in ("kaddar", "samir kad", "030 1234567", "+4930", found["ref"], "Samir  KADDAR", "سمير"):
            self.assertEqual([row["id"] for row in self.json("find", text)][:1], [found["id"]], text)
        self.assertEqual(self.json("find", "zzzz"), [])
        self.assertEqual(len(self.json("find", "a", "--entity", "expert", "--limit", "1")), 1)
        self.assertEqual(self.json("find", "kaddar", "--entity", "organisation"), [])
        self.assertIn("KADDAR Samir", self.call("find", "kaddar"))
        self.call("find", status=2)
        self.call("find", "x", "--entity", "nothing", status=2)


class Import(Store):
    def test_create_then_nothing(self):
        text = ("family_name,given_name,country,languages,domains,emails\n"
                "Bennis,Salma,FR,fr:C2|ar:C1,health|ai,salma@exemple.org\n"
                "Kaddar,Samir,DE,,,\n")
        _, summary = self.load("expert", text)
        self.assertEqual((summary["rows"], summary["created"], summary["unchanged"]), (2, 2, 0))
        self.assertIsNotNone(summary["batch"])
        self.assertEqual(len(self.json("list", "expert")), 2)
        self.assertEqual(len(self.json("list", "person")), 2)
        path = os.path.join(self.folder.name, "out.csv")
        self.call("export", "expert", path)
        with open(path, "rb") as stream:
            exported = stream.read()
        _, summary = self.load("expert", exported)
        self.assertEqual((summary["created"], summary["updated"], summary["unchanged"]), (0, 0, 2))
        self.assertIsNone(summary["batch"])
        self.call("undo")
        self.assertEqual(self.json("list", "person"), [])

    def test_match(self):
        made = self.expert(emails="salma@exemple.org", city="Lyon")
        for header, value in (("id", made["id"]), ("ref", made["ref"])):
            _, summary = self.load("expert", f"{header},city\n{value},{header} ville\n")
            self.assertEqual((summary["created"], summary["updated"]), (0, 1))
            self.assertEqual(self.one("show", made["ref"])["fields"]["city"], header + " ville")
        _, summary = self.load("expert", "emails,city\nsalma@EXEMPLE.org,Agadir\n", "--key", "emails")
        self.assertEqual((summary["created"], summary["updated"]), (0, 1))
        _, summary = self.load("expert", "external_source,external_id,family_name\nbase,7,Abhir\n")
        self.assertEqual(summary["created"], 1)
        _, summary = self.load("expert", "external_source,external_id,family_name\nbase,7,Abhir\n")
        self.assertEqual((summary["created"], summary["unchanged"]), (0, 1))
        _, summary = self.load("expert", "external_source,external_id,family_name\nbase,7,El Abhir\nbase,8,Autre\n")
        self.assertEqual((summary["created"], summary["updated"]), (1, 1))
        self.assertEqual(self.one("show", "base:7")["title"], "EL ABHIR")
        self.expert(family_name="Autre", emails="salma@exemple.org")
        faults, _ = self.load("expert", "emails,city\nsalma@exemple.org,Oujda\n", "--key", "emails", status=2)
        self.assertEqual((faults[0]["line"], faults[0]["field"]), (2, "emails"))
        self.load("expert", "city\nOujda\n", "--key", "emails", status=2)
        self.call("import", "expert", self.file("in.csv", "city\nOujda\n"), "--key", "nothing", status=2)
        self.assertIn("no field “nothing”: “kafaatctl schema expert”", self.err)

    def test_key_of_the_line_before(self):
        text = "family_name,emails\nAbhir,a@exemple.org\nAbhir,a@exemple.org\nAutre,b@exemple.org\n"
        for entity in ("person", "expert"):
            _, summary = self.load(entity, text, "--key", "emails")
            self.assertEqual((summary["rows"], summary["unchanged"]), (3, 1))
        self.assertEqual(len(self.json("list", "person")), 2)

    def test_two_lines_of_one_record(self):
        made = self.expert(emails="s@exemple.org", external_source="base", external_id="1")
        ref = made["ref"]
        for column, name, options in (("id", made["id"], ()), ("ref", ref, ()), ("emails", "s@exemple.org", ("--key", "emails")),
                                      ("external_source,external_id", "base,1", ())):
            for entity in ("person", "expert"):
                text = f"{column},city\n{name},Lyon\n"
                for other in ("Oujda", "-"):
                    faults, summary = self.load(entity, text + f"{name},{other}\n", *options, status=2)
                    self.assertEqual([(fault["line"], fault["field"]) for fault in faults], [(3, None)])
                    self.assertIn("Line 3 names the record of line 2", faults[0]["error"])
                    self.assertIsNone(summary["batch"])
                    self.assertNotIn("city", self.one("show", ref)["fields"])
                _, summary = self.load(entity, text + text.splitlines()[1] + f"\n{name},\n", *options)
                self.assertEqual((summary["updated"], summary["unchanged"]), (1, 2))
                self.call("undo")
        faults, _ = self.load("expert", f"id,ref,city,domains\n,{ref},Lyon,\n{made['id']},,,ai\n", status=2)
        self.assertEqual(faults[0]["line"], 3)

    def test_two_lines_of_one_new_record(self):
        head = "external_source,external_id,family_name,city\n"
        faults = self.refuse("person", head + "b,1,Abhir,Lyon\nb,2,Autre,\nb,1,Abhir,Oujda\nb,2,Autre,Fès\n", 4)
        self.assertEqual([fault["line"] for fault in faults], [4, 5])
        self.assertIn("line 3", faults[1]["error"])
        new = "00000000-0000-7000-8000-000000000001"
        self.refuse("person", f"id,family_name\n{new},Abhir\n{new},Autre\n", 3)
        self.refuse("domain", "code,name_fr\nhydrogen,Un\nhydrogen,Deux\n", 3)
        text = head + "b,1,Abhir,Lyon\nb,1,Abhir,Lyon\n"
        self.assertEqual(self.load("person", text)[1]["created"], 1)
        self.assertEqual(self.load("person", text)[1]["unchanged"], 2)

    def test_two_lines_that_refer_further_down(self):
        head = "external_source,external_id,kind,name_fr,parent\n"
        one, two, other = "b,1,ministry,Un,b:2\n", "b,2,ministry,Deux,\n", "b,1,ministry,Un,b:3\n"
        three = "b,3,ministry,Trois,\n"
        for text, line in ((one + other + two + three, 3), (one + two + three + other, 5), (one + "b,1,ministry,Un,-\n" + two, 3)):
            faults, _ = self.load("organisation", head + text, "--dry-run", status=2)
            self.assertEqual([fault["line"] for fault in faults], [line])
        for text in (one + one + two, one + two + one):
            _, summary = self.load("organisation", head + text, "--dry-run")
            self.assertEqual((summary["created"], summary["errors"]), (2, 0))

    def test_id_and_ref_of_two_records(self):
        one, two = (self.expert(family_name=name) for name in ("Abhir", "Autre"))
        for entity, text in (("person", "city\n{},{},Lyon\n"), ("expert", "domains\n{},{},ai\n")):
            text = "id,ref," + text.format(one["id"], two["ref"])
            faults, summary = self.load(entity, text, status=2)
            self.assertEqual([(fault["line"], fault["field"]) for fault in faults], [(2, "ref")])
            self.assertIn("different records", faults[0]["error"])
        person = self.one("new", "person", "family_name=Tiers")
        self.load("expert", f"id,ref\n{person['id']},{two['ref']}\n", status=2)
        _, summary = self.load("expert", f"id,ref,family_name\n{one['id']},{two['ref']},Abhir\n")
        self.assertEqual(summary["unchanged"], 1)
        _, summary = self.load("expert", f"id,ref,city\n{one['id']},{one['ref']},Lyon\n{two['id']},EXP-1999-0001,Fès\n")
        self.assertEqual(summary["updated"], 2)

    def test_person_becomes_expert(self):
        person = self.one("new", "person", "family_name=Abhir")
        _, summary = self.load("expert", f"ref,domains\n{person['ref']},ai\n")
        self.assertEqual(summary["created"], 1)
        self.assertEqual(len(self.json("list", "person")), 1)
        self.assertEqual(self.json("list", "expert")[0]["id"], person["id"])

    def test_cells(self):
        made = self.expert(city="Lyon", notes="ancienne")
        self.load("expert", f"ref,city,notes,headline_fr\n{made['ref']},,-,'=1+1\n")
        fields = self.one("show", made["ref"])["fields"]
        self.assertEqual((fields["city"], fields.get("notes"), fields["headline_fr"]), ("Lyon", None, "=1+1"))

    def test_cells_of_nothing_that_text_keeps(self):
        _, summary = self.load("person", 'family_name,aliases\nA,"\x7f"\nB,\x7f|Salwa\n')
        self.assertEqual(summary["created"], 2)
        self.assertEqual([row["fields"].get("aliases") for row in self.json("list", "person")], [None, ["Salwa"]])
        self.assertNotIn("aliases", self.one("new", "person", "family_name=C", "aliases=\x7f")["fields"])
        self.assertEqual(self.err, "")

    def test_rows_that_refer_to_each_other(self):
        text = ("external_source,external_id,kind,name_fr,parent\n"
                "b,1,ministry,Un,\n"
                "b,2,ministry,Deux,b:1\n"
                "b,3,ministry,Trois,ext:4\n"
                "b,4,ministry,Quatre,ext:2\n")
        _, summary = self.load("organisation", text)
        self.assertEqual(summary["created"], 4)
        parents = {row["title"]: row["fields"].get("parent") for row in self.json("list", "organisation")}
        self.assertEqual(parents["Trois"], self.one("show", "b:4")["id"])
        self.assertEqual(parents["Deux"], self.one("show", "b:1")["id"])
        _, summary = self.load("organisation", text)
        self.assertEqual((summary["unchanged"], summary["batch"]), (4, None))
        faults, _ = self.load("organisation", text.replace("ext:4", "ext:9"), status=2)
        self.assertEqual([(fault["line"], fault["field"]) for fault in faults], [(4, "parent")])

    def test_dry_run(self):
        _, summary = self.load("person", "family_name\nAbhir\n", "--dry-run")
        self.assertEqual((summary["created"], summary["dry_run"], summary["batch"]), (1, True, None))
        self.assertEqual(self.json("list", "person"), [])
        self.call("undo", status=1)

    def test_all_or_nothing(self):
        text = ("family_name,birth_year,emails,country,phones\n"
                "Bon,1970,,FR,\n"
                "Mauvais,12,pas-une-adresse,FR,\n"
                ",,,ZZ,0612\n"
                "Bon aussi,1980,,,\n")
        faults = self.refuse("person", text, 3, "birth_year")
        self.assertEqual([(fault["line"], fault["field"]) for fault in faults],
                         [(3, "birth_year"), (3, "emails"), (4, "country"), (4, "phones")])
        self.assertIn("in.csv:3: birth_year: ", self.call("import", "person", os.path.join(self.folder.name, "in.csv"), status=2))

    def test_a_name_is_missing(self):
        self.refuse("person", "city\nLyon\n", 2, "family_name")

    def test_unknown_column(self):
        faults = self.refuse("person", "family_name,prenom,ville\nA,B,C\n", 1, "prenom")
        self.assertEqual(len(faults), 2)

    def test_deleted(self):
        ref = self.one("new", "person", "family_name=Abhir")["ref"]
        self.call("delete", ref)
        self.refuse("person", f"ref,city\n{ref},Lyon\n", 2, "ref", ["deleted"])

    def test_bad_files(self):
        good = "family_name,city\nAbhir,Lyon\n"
        for text, line, words in (
                (good.encode() + b"Benn\xc3,x\n", 3, ["UTF-8"]),
                (good.encode() + "الوافي,x\n".encode("cp1256"), 3, ["Windows-1256", "UTF-8"]),
                (good.encode() + "Lefèvre,x\n".encode("cp1252"), 3, ["Windows-1252", "UTF-8"]),
                (good.encode("utf-16"), 1, ["UTF-16"]),
                (good.encode() + b"A\0,x\n", 3, ["zero byte"]),
                (good + "B," + "x" * 10_000_000 + "\n", 3, ["1 MiB"]),
                (good + 'B,"Lyon\nC,x\n', 3, ["quotation mark"]),
                (good + 'B,"Lyon"x\n', 3, ["quotation mark"]),
                (good + 'B,Ly"on\n', 3, ["quotation mark"]),
                (good + "B,Lyon,France\n", 3, ["fields"]),
                ("", 1, ["empty"])):
            before = self.json("list", "person") if os.path.exists(self.path) else []
            faults, summary = self.load("person", text, status=2)
            self.assertEqual(faults[0]["line"], line, faults)
            for word in words:
                self.assertIn(word, faults[0]["error"])
            self.assertIsNone(summary["batch"])
            self.assertEqual(self.json("list", "person"), before)
        self.refuse("person", "family_name,city,city\nA,B,C\n", 1, "city")
        self.refuse("person", "family_name,,city\nA,B,C\n", 1)
        self.call("import", "person", os.path.join(self.folder.name, "none.csv"), status=2)
        self.call("check")

    def test_read_rightly(self):
        for i, text in enumerate((b"\xef\xbb\xbffamily_name,city\nA,L\n", b"family_name;city\r\nA;L\r\n", b"family_name\tcity\rA\tL",
                                  b'family_name,city\n"A","L"\n')):
            self.path = os.path.join(self.folder.name, f"{i}.db")
            _, summary = self.load("person", text)
            self.assertEqual(summary["created"], 1)
            self.assertEqual(self.json("list", "person")[0]["fields"], {"family_name": "A", "city": "L", "status": "prospect"})

    def test_lists(self):
        _, summary = self.load("domain", "code,name_fr,name_ar\nhydrogen,Hydrogène,الهيدروجين\nhealth,Santé publique,\n")
        self.assertEqual((summary["created"], summary["updated"]), (1, 1))
        self.assertEqual(self.one("show", "hydrogen")["fields"]["name_fr"], "Hydrogène")


class Export(Store):
    def read(self, path):
        with open(path, encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(io.StringIO(stream.read(), newline="")))

    def test_round_trip(self):
        made = self.expert(notes="ligne 1\nligne, \"2\"", headline_fr="=HYPERLINK(1)", phones="+212528000000|+33612345678",
                           aliases="-x|y\\|z", city="Agadir", family_name_ar="بنيس", links="https://exemple.org/a?b=c")
        path = os.path.join(self.folder.name, "out.csv")
        self.assertEqual(self.one("export", "expert", path)["rows"], 1)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        row = self.read(path)[0]
        self.assertEqual((row["ref"], row["headline_fr"], row["aliases"]), (made["ref"], "'=HYPERLINK(1)", "'-x|y\\|z"))
        with open(path, "rb") as stream:
            text = stream.read()
        self.assertIn(b"\r\n", text)
        _, summary = self.load("expert", text)
        self.assertEqual(summary["unchanged"], 1)
        self.path = os.path.join(self.folder.name, "other.db")
        _, summary = self.load("expert", text)
        self.assertEqual(summary["created"], 1)
        self.assertEqual(self.one("show", made["id"])["fields"], made["fields"])
        self.assertEqual(self.one("show", made["ref"])["id"], made["id"])
        self.path = os.path.join(self.folder.name, "third.db")
        self.assertEqual(self.expert(family_name="Autre")["ref"], made["ref"])
        _, summary = self.load("expert", text)
        self.assertEqual(self.one("show", made["id"])["ref"], made["ref"][:-1] + "2")

    def test_choice(self):
        self.expert(country="FR")
        self.expert(family_name="Kaddar", country="DE")
        path = os.path.join(self.folder.name, "out.csv")
        self.call("export", "expert", path, "--where", "country=DE", "--columns", "ref,family_name", "--mark")
        self.assertEqual([list(row) for row in self.read(path)], [["ref", "family_name"]])
        self.assertEqual(self.read(path)[0]["family_name"], "Kaddar")
        with open(path, "rb") as stream:
            self.assertEqual(stream.read(3), b"\xef\xbb\xbf")
        self.call("export", "expert", path, "--columns", "ref,nothing", status=2)
        self.assertIn("no field “nothing”: “kafaatctl schema expert”", self.err)
        self.call("export", "expert", path, "--columns", "id,ref,title_ar,updated_at,country.name_fr")
        self.call("export", "expert", os.path.join(self.folder.name, "no", "out.csv"), status=2)

    def test_leaves_the_store_alone(self):
        made = self.expert()
        self.one("attach", made["ref"], self.file("cv.pdf", b"content"), "--field", "cv")
        gone = self.one("new", "person", "family_name=Abhir")["ref"]
        self.call("erase", gone, "--reason", "demande de la personne")
        files = [os.path.join(folder, name) for folder, _, names in os.walk(self.path + ".files") for name in names]
        self.assertEqual(len(files), 1)
        os.symlink(self.path, os.path.join(self.folder.name, "link.db"))
        os.link(self.path, os.path.join(self.folder.name, "hard.csv"))
        os.symlink(self.path + ".erased", os.path.join(self.folder.name, "soft.csv"))
        os.symlink("office.db-wal", os.path.join(self.folder.name, "wal.csv"))
        os.mkdir(os.path.join(self.folder.name, "folder"))
        taken = [self.path + ending for ending in ("", "-wal", "-shm", "-journal", ".erased", ".files", ".backup-v1-20260101")]
        taken += [os.path.join(self.folder.name, *words) for words in
                  (("link.db",), ("hard.csv",), ("soft.csv",), ("wal.csv",), ("folder", "..", "office.db"))]
        taken += [*files, os.path.join(self.path + ".files", "new.csv")]
        before = {path: self.content(path) for path in taken}
        for store in (self.path, os.path.join(self.folder.name, "link.db")):
            self.path = store
            for path in taken:
                self.call("export", "person", path, "--reason", "essai de sortie", status=2)
                self.assertIn("folder" if path.endswith(".files") else "own data", self.err)
        self.assertEqual({path: self.content(path) for path in taken}, before)
        self.assertEqual(self.json("list", "disclosure"), [])
        self.call("check")
        self.call("export", "person", self.path + ".csv")

    def content(self, path):
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as stream:
            return stream.read() if stat.S_ISREG(os.stat(path).st_mode) else None

    def test_only_to_a_file(self):
        self.expert()
        pipe, folder, out, link, ring = (os.path.join(self.folder.name, name) for name in ("pipe", "folder", "out.csv", "link", "ring"))
        os.mkfifo(pipe)
        os.mkdir(folder)
        os.symlink(pipe, link)
        os.symlink("ring", ring)
        for path, words in ((pipe, "device or a pipe"), (link, "device or a pipe"), (folder, "This is a folder"),
                            (os.path.join(folder, "no", "out.csv"), "The folder does not exist"),
                            (os.path.join(pipe, "out.csv"), "The folder does not exist"), (ring, "")):
            self.call("export", "expert", path, "--reason", "essai de sortie", status=2)
            self.assertIn(words, self.err)
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))
        self.assertEqual((os.listdir(folder), self.json("list", "disclosure")), ([], []))

        os.remove(link)
        os.symlink(os.path.join("folder", "far.csv"), link)
        for _ in range(2):
            self.call("export", "expert", link)
            self.assertTrue(os.path.islink(link))
            self.assertEqual(len(self.read(os.path.join(folder, "far.csv"))), 1)
        self.call("export", "expert", out)
        self.call("export", "expert", out)
        self.assertEqual(os.listdir(folder), ["far.csv"])

    def test_reason(self):
        self.call("import", "person", self.file("in.csv", "family_name\n" + "".join(f"Nom{i}\n" for i in range(101))))
        path = os.path.join(self.folder.name, "out.csv")
        self.call("export", "person", path, status=2)
        self.assertIn("--reason", self.err)
        self.assertFalse(os.path.exists(path))
        for nothing in (" ", "\u00a0\u200f"):
            self.call("export", "person", path, "--reason", nothing, status=2)
        for short in ("ok", ". . . . . . . . .", "\u0637\u0644\u0628"):
            self.call("export", "person", path, "--reason", short, status=2)
            self.assertIn("as a sentence", self.err)
        ref = self.one("new", "person", "family_name=Court")["ref"]
        self.call("erase", ref, "--reason", "ok", status=2)
        self.assertIn("as a sentence", self.err)
        self.call("delete", ref)
        self.assertEqual(self.json("list", "disclosure"), [])
        self.call("export", "person", path, "--reason", "comité de pilotage")
        self.assertEqual(len(self.read(path)), 101)
        logged = self.json("list", "disclosure")
        self.assertEqual(len(logged), 1)
        self.assertEqual((logged[0]["fields"]["n_persons"], logged[0]["fields"]["reason"]), (101, "comité de pilotage"))
        self.assertEqual([name for name in os.listdir(self.folder.name) if name.startswith(".")], [])
        self.call("export", "country", path)


class Sample(Store):
    def test_conventions(self):
        """What the schema gives every entity holds for the later ones: there and back by CSV, found, undone."""
        self.call("sample")
        other = os.path.join(self.folder.name, "other.db")
        for entity in "organisation", "person", "mandate", "programme", "convention", "signatory", "commitment":
            path, again = (os.path.join(self.folder.name, entity + end) for end in (".csv", "-again.csv"))
            self.call("export", entity, path)
            self.call("import", entity, path, store=other)
            self.call("export", entity, again, store=other)
            with open(path, encoding="utf-8") as one, open(again, encoding="utf-8") as two:
                self.assertEqual(sorted(one), sorted(two))
        found = self.json("find", "الاتفاقية الخاصة")
        self.assertEqual(len(found), 5)
        tree = self.one("show", "sample:con-amcn")["tree"]
        self.assertEqual(len(tree), 1)
        self.assertEqual((tree[0]["term"], tree[0]["state"], len(tree[0]["children"])), ("unknown", "in_force", 5))
        self.assertEqual([one["in_office"] for one in tree[0]["signatories"]], [True, True])
        # The ministry bore that name on the day of the signature; it bears another now.
        self.assertTrue(tree[0]["signatories"][0]["organisation"].startswith("Ministère délégué"))
        self.one("new", "convention", "title_fr=Avenant", "kind=amendment", "parent=sample:con-amcn",
                 "signed_on=2024-06-18", "changes=end", "ends_on=2030-06-30")
        child = next(one for one in self.one("show", "sample:con-cadre")["tree"][0]["children"]
                     if one["title"].endswith("AMCN"))
        self.assertEqual((child["term"], child["until"], child["term_by"]),
                         ("stated", "2030-06-30", child["children"][0]["ref"]))
        self.one("set", "sample:con-c3m", "ends_on=2030-06-23")
        self.call("undo")
        self.assertNotIn("ends_on", self.one("show", "sample:con-c3m")["fields"])
        self.call("new", "convention", "title_fr=Avenant", "kind=amendment", status=2)
        self.call("new", "convention", "title_fr=X", "kind=framework", "signed_on=2020-01-02", "ends_on=2020-01-01",
                  status=2)
        self.call("set", "sample:con-cadre", "parent=sample:con-c3m", status=2)

    def test_sample(self):
        facts = self.one("sample")
        self.assertGreater(facts["created"], 30)
        self.assertEqual(self.one("sample")["created"], 0)
        self.assertEqual(len(self.json("list", "network")), 5)
        self.assertEqual({row["fields"]["title_fr"].split(",")[1].strip() for row in self.json("list", "mission")}, {"Tiznit"})
        unpaid = [one for one in self.json("check-rules", "--day", "2026-11-28", status=1) if one["entity"] == "budget_line"]
        self.assertEqual([one["code"] for one in unpaid], ["line-without-payer"])
        self.assertTrue(any(row["title_ar"] == "نزهة الوافي" for row in self.json("find", "El Ouafi")))
        # A whole reference comes first, though "mis" is also a part of names.
        self.assertEqual(self.json("find", self.json("list", "mission")[1]["ref"].lower())[0]["entity"], "mission")
        self.assertTrue(self.one("show", "sample:c3m")["fields"]["sample"])
        self.one("set", "sample:el-ouafi", "city=Rabat")
        self.one("sample", "--experts", "120", "--seed", "3")
        self.assertEqual(self.one("show", "sample:el-ouafi")["fields"]["city"], "Rabat")
        experts = self.json("list", "expert")
        self.assertGreaterEqual(len(experts), 120)
        self.assertEqual(self.one("sample", "--experts", "120", "--seed", "3")["created"], 0)
        self.one("sample", "--experts", "130", "--seed", "3")
        self.assertEqual(len(self.json("list", "expert")), len(experts) + 10)
        self.assertGreater(len(self.json("list", "membership")), 10)
        self.assertGreater(len(self.json("list", "availability")), 10)
        self.call("check")
        self.call("sample", "--experts", "-1", status=2)

    def test_same_everywhere(self):
        ids = []
        for name in ("a.db", "b.db"):
            self.path = os.path.join(self.folder.name, name)
            self.one("sample", "--experts", "20")
            ids.append(sorted(row["id"] for kind in ("person", "membership", "organisation") for row in self.json("list", kind)))
        self.assertEqual(ids[0], ids[1])


class Rest(Store):
    def test_schema(self):
        rows = self.json("schema")
        classes = {(row["entity"], row["field"]): row["class"] for row in rows}
        self.assertEqual(classes["person", "emails"], "contact")
        self.assertEqual(classes["person", "notes"], "private")
        self.assertTrue({"person", "expert", "organisation", "network"} <= {row["entity"] for row in rows})
        self.assertEqual({row["entity"] for row in self.json("schema", "expert")}, {"expert"})
        self.assertIn("family_name", self.call("schema", "person"))
        self.call("schema", "nothing", status=2)

    def test_drafts(self):
        self.expert()
        self.assertEqual(self.json("drafts"), [])

    def test_bench(self):
        self.one("sample", "--experts", "50")
        lines = self.json("bench", "search", "--n", "5")
        self.assertEqual([line.get("letters") for line in lines], [*range(1, 11), None])
        self.assertTrue(all(line["p50_ms"] <= line["p99_ms"] <= line["max_ms"] for line in lines))
        for what in ("open", "commit", "import"):
            self.assertGreater(len(self.json("bench", what, "--n", "5")), 0)
        self.call("bench", "nothing", status=2)
        self.assertEqual([name for name in os.listdir(self.folder.name) if name.startswith(".")], [])

    def test_usage(self):
        self.call(status=2)
        self.call("nothing", status=2)
        self.call("show", status=2)
        self.call("--nothing", "show", "x", status=2)
        self.call("show", "--nothing", "x", status=2)
        self.call("--lang", "xx", "show", "x", status=2)
        self.assertIn("import", self.call("--help"))
        self.assertIn("--dry-run", self.call("import", "--help"))
        self.assertRegex(self.call("--version"), r"^kafaatctl \d")

    def test_no_store(self):
        self.call("list", "person", status=2)
        self.assertIn(self.path, self.err)
        self.assertFalse(os.path.exists(self.path))
        self.file("office.db", b"not a store at all" * 100)
        self.call("list", "person", status=2)
        with open(self.path, "rb") as stream:
            self.assertTrue(stream.read().startswith(b"not a store"))

    def test_default_store(self):
        home = os.path.join(self.folder.name, "home")
        done = subprocess.run([BINARY, "new", "person", "family_name=Abhir"], capture_output=True, check=False,
                              env={**os.environ, "XDG_DATA_HOME": home})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.exists(os.path.join(home, "kafaat", "kafaat.db")))
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(home, "kafaat")).st_mode), 0o700)

    def test_any_locale(self):
        ref = self.expert(family_name="الوافي")["ref"]
        for env in ({"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX", "LANGUAGE": ""}):
            self.assertIn("الوافي", self.call("find", "الوافي", env=env))
            self.assertIn("الوافي", self.call("show", ref, "--lang", "ar", env=env))


def main():
    global BINARY
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
