#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mission from the need to its close, in the window: missions.py LANGUAGE.

With the keyboard alone a need is written, with who answers for it, and a mission that answers it; step 1 is left. What
the others bring comes into the store as from their devices, and each step is left in the window, from the card on the
board; steps 6 and 7 are decided on paper. In the end the board shows the mission as closed."""

import json
import os
import subprocess
import sys

from conventions import ALT, CONTROL, SYMBOLS, Keyboard, check, name_of
from kaf_driver import FRAME, LABEL, PUSH, Desk, wait

SYMBOLS.update({"8": 0x38, "9": 0x39, "n": 0x6e, "o": 0x6f})
TITLE, TITLE_AR = "Plaies et brûlures, Tiznit", "الجروح والحروق بتيزنيت"
NEED, NEED_AR = "Soigner les brûlures au centre de santé", "علاج الحروق بالمركز الصحي"
FIRST, SECOND = "2026-10-12", "2026-10-13"


class Mission:
    """What comes from elsewhere: kafaatctl on the same store, while no window is open."""

    def __init__(self, desk):
        self.desk = desk
        self.id = next(one["id"] for one in self.list("mission") if one["fields"].get("title_fr") == TITLE)

    def list(self, entity):
        return [json.loads(line) for line in self.desk.ctl("--json", "list", entity).splitlines()]

    def of(self, entity):
        return [one for one in self.list(entity) if one["fields"].get("mission") == self.id]

    def new(self, entity, *words):
        return json.loads(self.desk.ctl("--json", "new", entity, f"mission={self.id}", *words))["id"]

    def set(self, *words, id=None):
        self.desk.ctl("set", id or self.id, *words)

    def left(self):
        """The steps that were left, in order."""
        return [one["fields"]["step"] for one in self.of("mission_act") if one["fields"]["kind"] == "leave"]

    def failing(self, step):
        found = [json.loads(line) for line in self.desk_check(step).splitlines()]
        return [one["code"] for one in found if one.get("state") == "fails"]

    def desk_check(self, step):
        """It ends with 1 when something fails."""
        return subprocess.run([os.environ["KAFAATCTL"], "--store", self.desk.store, "--json", "mission", "check", self.id,
                               str(step)], env=self.desk.environment, stdout=subprocess.PIPE, text=True,
                              timeout=60).stdout

    def acknowledge(self, code):
        self.desk.ctl("mission", "acknowledge", self.id, code, "--reason", "Vu avec les parties")

    def prepare(self):
        """Steps 2 to 5: who was told, who comes, the programme, the means."""
        stakeholder = next(one["id"] for one in self.list("stakeholder")
                           if one["fields"].get("duty_fr") == "Autoriser l’action")
        self.set(f"message_ar={TITLE_AR}", "lead=sample:cp-tiznit", "facilitator=sample:md")
        self.new("contact", "organisation=sample:wilaya-souss-massa", "held_on=2026-08-03", "channel=meeting",
                 "subject=Présentation", f"stakeholder={stakeholder}", "purpose=awareness", "attitude=favourable")
        self.expert = self.new("mission_expert", "person=sample:exemple-amina", "network=sample:dmk", "answer=interested",
                               "contacted_on=2026-08-10", "answered_on=2026-08-12", "window_from=2026-10-10",
                               "window_to=2026-10-15")
        self.set("objective_fr=Soigner les brûlures simples", "objective_ar=علاج الحروق البسيطة",
                 "audience_fr=Infirmiers", "audience_ar=ممرضون", "place_fr=Tiznit", "place_ar=تيزنيت",
                 "territory=MA-TIZ", f"starts_on={FIRST}", f"ends_on={SECOND}", "mode=onsite",
                 "participants_planned=2", "local_resources=Salle du centre")
        self.result = self.new("mission_result", "text_fr=Infirmiers formés", "text_ar=ممرضون مكوَّنون", "target=2")
        room = self.new("mission_room", "name=Salle A", "places=20")
        self.sessions = [self.new("programme_item", "subject_fr=Brûlures", "subject_ar=الحروق", f"held_on={day}", "half=am",
                                  "theory_minutes=60", "practice_minutes=120", f"trainer={self.expert}", f"room={room}")
                         for day in (FIRST, SECOND)]
        self.new("mission_convention", "convention=sample:con-exemple-tiznit")
        self.line = self.new("budget_line", "label_fr=Billet", "category=travel", "quantity=1", "unit_price=9000 MAD",
                             "payer=sample:md", "basis=sample:con-exemple-tiznit")

    def agree(self):
        """Steps 6 and 7, decided on paper."""
        for party, role in (("cp-tiznit", "lead"), ("md", "facilitator"), ("dmk", "network"),
                            ("wilaya-souss-massa", "authority")):
            self.new("mission_party", f"organisation=sample:{party}", f"role={role}", "asked_on=2026-09-01",
                     "answer=agrees", "answered_on=2026-09-03", "contact_name=Exemple Contact")
        self.set("answer=retained", "agreed_on=2026-09-04", "arrives_on=2026-10-10", "arrives_at=15:00",
                 "order_number=EX-1", "order_on=2026-09-20", id=self.expert)
        paper = os.path.join(self.desk.folder.name, "pv.txt")
        with open(paper, "w", encoding="utf-8") as stream:
            stream.write("SPECIMEN")
        for step in (6, 7):
            for code in self.failing(step):
                if code != "approver-edited":  # that is what the paper is for
                    self.acknowledge(code)
            self.desk.ctl("mission", "leave", self.id, "--paper-name", "Exemple Décision", "--paper-function", "Chef",
                          "--paper-on", "2026-09-25", "--scan", paper)

    def deliver(self):
        """Steps 8 to 10: who was there, what was handed over, what they thought of it."""
        people = [self.new("participant", f"name=Exemple Participant {letter}") for letter in "AB"]
        for session in self.sessions:
            self.set("state=held", id=session)
            for one in people:
                self.desk.ctl("new", "attendance", f"session={session}", f"participant={one}", "presence=present")
        self.new("material", "title_fr=Supports", "form=both", "handed_on=2026-10-14", "handed_to=sample:wilaya-souss-massa")
        pair = self.new("pair", f"expert={self.expert}", f"participant={people[0]}", "purpose=Échanges")
        self.new("follow_up", "label_fr=Appel", "kind=call", f"pair={pair}", "owner_name=Exemple Contact",
                 "due_on=2026-12-10")
        for role in ("trainee", "trainee", "expert", "host", "authority", "funder", "facilitator"):
            self.new("evaluation", f"role={role}", "answered_on=2026-10-20", "content_score=4", "relevance_score=5",
                     "trainer_score=5", "organisation_score=4", "again_score=5")
        self.set("reached=2", id=self.result)
        self.set("spent=9000 MAD", "settled_on=2026-11-02", id=self.line)
        self.set("budget_closed_on=2026-11-03")


def save(desk, keys, label):
    keys.press("s", CONTROL)
    desk.find(LABEL, desk.word("%s saved", "record") % desk.word(label))


def write_need(desk, keys):
    keys.press("8", ALT)
    desk.find("table row", part="Gestes" if desk.environment["LANGUAGE"] == "fr" else "الإسعافات")
    keys.press("n", CONTROL)
    desk.find(LABEL, desk.word("New need"))
    keys.write(desk.word("Title"), NEED)
    keys.write(desk.word("Audience"), "Infirmiers des centres de santé")
    keys.tab_to(desk.word("Touches daily practice"))
    keys.press("space")
    keys.write(desk.word("Title in Arabic"), NEED_AR)
    desk.fill(desk.word("Confirmed on"), "20/11/2026")
    save(desk, keys, "Need")
    keys.tab_to(desk.word("Add: %s") % desk.word("Stakeholders"))
    keys.press("Return")
    desk.find(LABEL, desk.word("New stakeholder"))
    keys.choose(desk.word("Organisation"), name_of(desk, "Wilaya de la région Souss-Massa"))
    keys.write(desk.word("Duty"), "Autoriser l’action")
    save(desk, keys, "Stakeholder")
    print("ok a need is written, with who answers for it, from the keyboard", flush=True)


def write_mission(desk, keys):
    keys.press("9", ALT)
    desk.find(PUSH, part=desk.word("Feasibility"))
    keys.press("n", CONTROL)
    desk.find(LABEL, desk.word("New mission"))
    keys.write(desk.word("Title"), TITLE)
    keys.write(desk.word("Title in Arabic"), TITLE_AR)
    save(desk, keys, "Mission")
    desk.find(PUSH, desk.word("Choose a Known Need…"))
    print("ok a mission is written, and its page shows step 1", flush=True)


def choose_need(desk, keys):
    keys.tab_to(desk.word("Choose a Known Need…"))
    keys.press("Return")
    desk.find(FRAME, desk.word("Need of a mission"))
    keys.choose(desk.word("Need") + " *", NEED if desk.environment["LANGUAGE"] == "fr" else NEED_AR)
    keys.tab_to(desk.word("Save"))
    keys.press("Return")


def leave(desk, keys, mission, step):
    """Ctrl+Enter on the page leaves the step that is open."""
    for code in mission.failing(step):
        print(f"# step {step}: {code} is given a reason", flush=True)
        mission.acknowledge(code)
    desk.start("--section", "mission")
    open_card(desk, keys, step)
    keys.press("Return", CONTROL)
    wait(f"step {step} left", lambda: str(step) in [str(one) for one in mission.left()])
    print(f"ok step {step} is left in the window", flush=True)
    desk.quit()


def open_card(desk, keys, step):
    title = TITLE if desk.environment["LANGUAGE"] == "fr" else TITLE_AR
    card = desk.find(PUSH, part=title)
    check(f"the card of the mission stands at step {step}", str(step) in card.name)
    keys.tab_to(title)
    keys.press("Return")
    desk.find(LABEL, title)


def close(desk, keys, mission):
    for step in (8, 9, 10):
        leave(desk, keys, mission, step)
    desk.start("--section", "mission")
    desk.press(desk.word("All but closed"))
    card = desk.find(PUSH, part=TITLE if desk.environment["LANGUAGE"] == "fr" else TITLE_AR)
    check("the board shows the mission as closed", desk.word("closed", "mission") in card.name)


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Keyboard(desk)
        desk.ctl("sample")
        desk.start("--section", "home")
        write_need(desk, keys)
        write_mission(desk, keys)
        choose_need(desk, keys)
        mission = Mission(desk)
        wait("the need of the mission", lambda: mission.of("mission_need"))
        desk.quit()
        leave(desk, keys, mission, 1)
        mission.prepare()
        for step in (2, 3, 4, 5):
            leave(desk, keys, mission, step)
        mission.agree()
        mission.deliver()
        close(desk, keys, mission)
        desk.quit()
        check("all ten steps were left", [int(step) for step in sorted(mission.left(), key=int)] == list(range(1, 11)))
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
