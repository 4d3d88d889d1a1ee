#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mission through its ten steps by the verbs of kafaatctl alone: test-mission.py PATH_OF_KAFAATCTL [TEST…].

What must be refused is refused with a sentence, and the file says afterwards what it said before. Persons are invented."""

import datetime
import json
import os
import subprocess
import sys
import tempfile
import unittest

BINARY = None
TODAY = datetime.date.today()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


class Mission(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kafaatctl-mission-")
        self.path = os.path.join(self.folder.name, "office.db")
        self.scan = os.path.join(self.folder.name, "decision.pdf")
        with open(self.scan, "wb") as stream:
            stream.write(b"%PDF-1.4 essai")

    def tearDown(self):
        self.folder.cleanup()

    def call(self, *words, status=0, lang=None):
        words = (("--lang", lang) if lang else ()) + words
        done = subprocess.run([BINARY, "--store", self.path, *words], capture_output=True, check=False, timeout=120)
        self.err = done.stderr.decode()
        self.assertEqual(done.returncode, status, f"{words}\n{done.stdout.decode()}\n{self.err}")
        return done.stdout.decode()

    def json(self, *words, status=0):
        return [json.loads(line) for line in self.call("--json", *words, status=status).splitlines()]

    def new(self, entity, **fields):
        return self.json("new", entity, *(f"{name}={value}" for name, value in fields.items()))[0]["id"]

    def part(self, entity, **fields):
        return self.new(entity, mission=self.id, **fields)

    def change(self, record, **fields):
        self.call("set", record, *(f"{name}={value}" for name, value in fields.items()))

    def start(self, title="Soins infirmiers"):
        made = self.json("mission", "new", f"title_fr={title}")[0]
        self.ref, self.id = made["ref"], made["id"]
        self.assertRegex(self.ref, r"^MIS-\d{4}-\d{4}$")

    def show(self):
        return self.json("mission", "show", self.ref)[0]

    def where(self):
        found = self.show()
        return found["step"], found["state"]

    def act(self, kind, *words, status=0):
        return self.call("mission", kind, self.ref, *words, status=status)

    def failing(self, kind="blocks"):
        checks = [json.loads(line) for line in self.run_check().splitlines()]
        return {one["code"]: one for one in checks if one["state"] == "fails" and one["kind"] == kind}

    def run_check(self):
        done = subprocess.run([BINARY, "--store", self.path, "--json", "mission", "check", self.ref], capture_output=True,
                              check=False, timeout=120)
        self.assertIn(done.returncode, (0, 1))
        return done.stdout.decode()

    def refuse(self, kind, *words, says=None):
        before = self.show()
        self.act(kind, *words, status=2)
        self.assertTrue(self.err.startswith("kafaatctl: "), self.err)
        if says:
            self.assertIn(says, self.err)
        self.assertEqual(self.show(), before)

    def acknowledge(self):
        for code in self.failing("warns"):
            self.act("acknowledge", code, "--reason", "Essai: accepté")

    def leave(self, step, *gates, paper=False):
        """Refused while @gates are shut; they are open now but for the warnings, which get a reason."""
        self.assertEqual(self.where(), (step, "open"))
        self.assertEqual(self.failing(), {})
        if self.failing("warns"):
            self.refuse("leave", *(self.paper() if paper else ()), says="reason")
            self.acknowledge()
        self.act("leave", *(self.paper() if paper else ()))

    def blocked(self, *codes, paper=False):
        found = self.failing()
        for code in codes:
            self.assertIn(code, found)
            self.assertTrue(found[code]["findings"][0]["sentence"])
        self.refuse("leave", *(self.paper() if paper else ()))

    def paper(self):
        return ("--paper-name", "Amina Berrada", "--paper-function", "Directrice", "--paper-on", day(0), "--scan", self.scan)

    # The steps

    def needs(self):
        self.blocked("need-missing")
        self.authority = self.new("organisation", name_fr="Caïdat d'essai", kind="local_authority")
        self.hospital = self.new("organisation", name_fr="Hôpital d'essai", kind="public_establishment")
        need = self.new("need", title_fr="Plaies chroniques", audience_fr="Infirmiers", daily_practice="1", domains="health",
                        territory="MA-TIZ", stated_on=day(-20), confirmed_on=day(-20))
        self.part("mission_need", need=need)
        self.stakeholders = [self.new("stakeholder", need=need, organisation=self.authority, kind="authority", duty_fr="Autoriser"),
                             self.new("stakeholder", need=need, organisation=self.hospital, duty_fr="Accueillir")]
        self.leave(1)

    def awareness(self):
        self.blocked("authority-not-informed", "need-nobody-reached")
        self.refuse("acknowledge", "authority-not-informed", "--reason", "Essai", says="blocks")
        self.refuse("override", "authority-not-informed", "--reason", "Essai")
        for organisation, stakeholder in zip((self.authority, self.hospital), self.stakeholders):
            self.part("contact", organisation=organisation, stakeholder=stakeholder, held_on=day(-15), channel="meeting",
                      subject="Sensibilisation", by_whom="essai", purpose="awareness", attitude="favourable")
        self.leave(2)

    def linking(self):
        self.blocked("expert-none-interested")
        self.person = self.json("new", "expert", "family_name=Essaidi", "given_name=Nadia", "country=FR",
                                "languages=fr:C2|ar:native", f"confirmed_on={day(-30)}")[0]["id"]
        self.new("consent", person=self.person, purpose="mission", given_on=day(-30))
        self.expert = self.part("mission_expert", person=self.person, answer="interested", contacted_on=day(-14),
                                answered_on=day(-13), window_from=day(20), window_to=day(60))
        self.leave(3)

    def programme(self):
        self.blocked("programme-without-objective", "programme-without-session", "programme-without-dates")
        self.change(self.ref, objective_fr="Mieux soigner", audience_fr="Infirmiers", place_fr="Tiznit", starts_on=day(30),
                    ends_on=day(31), mode="onsite", territory="MA-TIZ", languages="fr", participants_planned="2")
        self.result = self.part("mission_result", text_fr="Infirmiers formés", target="2")
        self.room = self.part("mission_room", name="Salle 1", places="20")
        self.sessions = [self.part("programme_item", subject_fr=f"Pansements {n}", subject_ar="الضمادات", held_on=day(30 + n),
                                   half="am", theory_minutes="60", practice_minutes="120", trainer=self.expert, room=self.room,
                                   language="fr") for n in range(2)]
        self.leave(4)

    def feasibility(self):
        self.line = self.part("budget_line", label_fr="Hôtel", category="lodging", quantity="2", unit_price="450 MAD")
        self.blocked("line-without-payer")
        self.convention = self.new("convention", title_fr="Cadre d'essai", kind="framework", signed_on=day(-300),
                                   effective_on=day(-300), ends_on=day(900), parties=f"{self.hospital}|{self.authority}")
        self.change(self.line, payer=self.hospital, basis=self.convention)
        # An amount below zero would take away what passes the ceiling, or the ceiling itself.
        for record, field in ((self.line, "unit_price"), (self.line, "spent"), (self.ref, "ceiling")):
            self.call("set", record, f"{field}=-9 MAD", status=2)
            self.assertIn("zero or more", self.err)
        # A ceiling that is passed blocks, and a manager may override it: that prints.
        self.change(self.ref, ceiling="800 MAD", local_resources="Salle prêtée")
        gate = [code for code in self.failing() if "ceiling" in code]
        self.assertEqual(len(gate), 1)
        self.refuse("override", gate[0], says="reason")
        self.act("override", gate[0], "--reason", "Essai: dépassement admis")
        kept = [one for one in self.show()["acts"] if one["kind"] == "override"]
        self.assertEqual((kept[0]["code"], kept[0]["reason"]), (gate[0], "Essai: dépassement admis"))
        self.leave(5)

    def validation(self):
        self.blocked("expert-without-agreement", paper=True)
        for organisation, role in ((self.hospital, "host"), (self.authority, "authority")):
            self.part("mission_party", organisation=organisation, role=role, asked_on=day(-9), answer="agrees", answered_on=day(-8),
                      contact_name="Sana Idrissi", contact_phone="+212600000001")
        self.change(self.expert, agreed_on=day(-8), answer="retained", answered_on=day(-8), arrives_on=day(29),
                    arrives_at="09:00")
        self.assertEqual(set(self.failing()), {"approver-edited"})
        self.acknowledge()
        self.refuse("leave", says="edited")
        self.refuse("leave", "--paper-name", "Amina Berrada", says="function")
        self.refuse("leave", "--paper-name", "Amina Berrada", "--paper-function", "Directrice", "--paper-on", "2026-02-30",
                    "--scan", self.scan)
        self.act("leave", *self.paper())
        kept = self.show()["acts"][-1]
        self.assertEqual((kept["kind"], kept["step"], kept["paper_name"]), ("leave", 6, "Amina Berrada"))

    def lapse(self):
        """Another session after the approval opens step 6 again; taken back, it holds."""
        self.assertEqual(self.where(), (7, "open"))
        self.part("programme_item", subject_fr="En plus", held_on=day(31), half="pm", trainer=self.expert, theory_minutes="30",
                  practice_minutes="60", room=self.room, language="fr")
        found = self.show()
        self.assertTrue(found["approval_lapsed"])
        self.assertEqual(found["step"], 6)
        self.assertEqual([one["ref"] for one in self.json("list", "mission", "--where", "step=6")], [self.ref])
        self.call("undo")
        self.assertEqual(self.where(), (7, "open"))

    def ties(self):
        self.blocked("expert-without-cv")
        self.call("attach", self.person, self.scan, "--field", "cv")
        # The convention is named on the file: until then, the gate may be overridden.
        if self.failing():
            self.part("mission_convention", convention=self.convention)
        self.change(self.expert, order_number="12/2026", order_on=day(-1))
        self.leave(7)

    def delivery(self):
        self.blocked("session-not-settled")
        people = self.people = [self.part("participant", name=name) for name in ("Brahim Tazi", "Hind Amrani")]
        for session in self.sessions:
            self.change(session, state="held")
        self.blocked("attendance-missing")
        for session in self.sessions:
            for person in people:
                self.new("attendance", session=session, participant=person, presence="present")
        self.part("booking", kind="lodging", label="Hôtel", state="settled")
        self.act("incident", "--reason", "Coupure de courant le premier jour")
        # What changes now is a deviation, and reopens nothing.
        self.change(self.ref, place_fr="Tiznit, hôpital")
        found = self.show()
        self.assertTrue(found["deviates"])
        self.assertEqual(found["step"], 8)
        self.refuse("deviation", says="reason")
        self.act("deviation", "--reason", "Salle de l'hôpital préférée")
        self.assertFalse(self.show()["deviates"])
        self.leave(8)

    def appropriation(self):
        self.blocked("material-missing", "follow-up-missing")
        self.part("material", title_fr="Fiches", form="paper", rights="free", copies="20", handed_on=day(0), handed_to=self.hospital)
        pair = self.part("pair", expert=self.expert, participant=self.people[0], purpose="Pansements")
        self.part("follow_up", label_fr="Visite", kind="visit", owner_name="Sana Idrissi", due_on=day(80), pair=pair)
        # What was said with a person is hers.
        self.part("contact", person=self.person, held_on=day(-1), channel="call", subject="Nadia prolonge son séjour")
        self.leave(9)

    def evaluation(self):
        self.blocked("budget-open")
        for role in ("trainee", "trainee", "expert", "host", "authority", "funder", "facilitator"):
            self.part("evaluation", role=role, answered_on=day(0), content_score="4", relevance_score="5", trainer_score="5",
                      organisation_score="3", again_score="5")
        self.change(self.result, reached="2")
        self.change(self.ref, budget_closed_on=day(0))
        self.change(self.line, committed="900 MAD", spent="900 MAD", settled_on=day(0))
        self.leave(10)
        self.assertEqual(self.where(), (10, "closed"))

    def test_ten_steps(self):
        self.start()
        self.needs()
        self.awareness()
        self.linking()
        self.programme()
        self.feasibility()
        self.validation()
        self.lapse()
        self.ties()
        self.delivery()
        self.appropriation()
        self.evaluation()
        self.closed()

    def closed(self):
        self.refuse("leave")
        self.refuse("hold", "--reason", "Essai")
        self.assertEqual(self.json("list", "mission", "--where", "state=closed")[0]["ref"], self.ref)
        self.assertEqual(self.json("mission", "board"), [])
        self.assertEqual(self.json("mission", "board", "--over")[0]["ref"], self.ref)
        self.assertEqual(self.json("check-rules", "--entity", "mission"), [])
        self.refuse("reopen", "10", says="reason")
        self.refuse("reopen", "8", "--reason", "Essai")
        self.act("reopen", "10", "--reason", "Une réponse est arrivée")
        self.assertEqual(self.where(), (10, "open"))
        archive = json.loads(self.json("show", self.show()["acts"][-1]["id"])[0]["fields"]["archive"])
        self.assertEqual(len(archive["parts"]["programme_item"]), 2)
        self.assertEqual(len(archive["parts"]["pair"]), 1)
        for name in ("Brahim", "Hind", "Nadia", "Essaidi"):
            self.assertNotIn(name, json.dumps(archive))
        self.erased()
        self.assertEqual(self.call("check").strip(), self.call("check").strip())

    def erased(self):
        """Who is erased stays in the file under a pseudonym, and in no other way; what is kept is said in words."""
        said = self.call("erase", self.person, "--reason", "Demande de la personne")
        self.assertIn("• Expert of a mission\n", said)
        self.assertNotIn("09:00", said)
        self.assertEqual(self.where(), (10, "open"))
        self.assertEqual(self.show()["deviates"], False)
        with open(self.path, "rb") as stream:
            kept = stream.read()
        for name in ("Nadia", "Essaidi"):
            self.assertNotIn(name.encode(), kept)

    def test_hold_and_abandon(self):
        self.start()
        self.refuse("hold", says="reason")
        self.act("hold", "--reason", "Budget attendu")
        self.assertEqual(self.where(), (1, "on_hold"))
        self.refuse("leave")
        self.act("resume")
        self.refuse("resume")
        self.act("abandon", "--reason", "Plus de besoin")
        self.assertEqual(self.where(), (1, "abandoned"))
        # Nothing of this is undone: neither by the undo nor by hand.
        self.call("undo")
        self.assertEqual(self.where(), (1, "abandoned"))
        self.call("delete", self.show()["acts"][0]["id"], status=2)
        self.act("resume", "--reason", "Le besoin revient")
        self.assertEqual(self.where(), (1, "open"))

    def test_reopen(self):
        self.start()
        self.needs()
        self.awareness()
        self.refuse("reopen", says="which step")
        self.refuse("reopen", "3", "--reason", "Essai")
        self.act("reopen", "1", "--reason", "Un besoin oublié")
        found = self.show()
        self.assertEqual((found["step"], found["steps"][1]["recheck"]), (1, True))
        self.act("leave")
        self.assertEqual(self.where(), (2, "open"))

    def test_words(self):
        self.start()
        self.call("mission", status=2)
        self.call("mission", "leave", status=2)
        self.call("mission", "leave", "MIS-1999-0001", status=2)
        self.call("mission", "leave", self.ref, "11", status=2)
        self.call("mission", "override", self.ref, status=2)
        self.call("mission", "acknowledge", self.ref, "no-such-check", status=2)
        self.call("mission", "fly", self.ref, status=2)
        rules = self.json("mission", "rules")
        self.assertGreater(len(rules), 60)
        self.assertEqual({one["step"] for one in rules}, set(range(1, 11)))
        self.assertEqual({one["step"] for one in self.json("mission", "rules", "5")}, {5})
        self.assertIn("besoin", self.call("mission", "check", self.ref, status=1, lang="fr").lower())
        self.assertIn("الحاج", self.call("mission", "check", self.ref, status=1, lang="ar"))
        for lang in ("fr", "ar"):
            self.call("mission", "leave", self.ref, status=2, lang=lang)
            self.assertNotIn("Something", self.err)
            self.assertNotIn("mission answers", self.err)
            self.call("mission", "show", self.ref, lang=lang)
            self.call("mission", "board", lang=lang)
        self.assertEqual(self.json("mission", "board", "--where", "territory=MA-TIZ"), [])
        self.assertEqual(self.json("mission", "board")[0]["step"], 1)


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main(verbosity=2)
