#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mission from its validation to its close, in the window: closing.py LANGUAGE.

The store holds what missions.py types in its five steps. Parties, their agreement and whom to call, the decision on
paper with its scan, mission order and conventions; a warning is given its reason; bookings, participants, attendance
half-day by half-day, what was spent; materials, a pair, a follow-up; answers by role with scores and words, what becomes
of a suggestion, results and the closing of costs. A step is opened again and left. Each is left by Ctrl+Enter; in the
end the board shows the mission as closed."""

import json
import os
import sys

from conventions import CONTROL, check, name_of
from kaf_driver import DIALOG, ENTRY, FRAME, ITEM, LABEL, PUSH, Desk, wait
from mission_file import EXPERT, EXPERT_AR, NEED, NEED_AR, TITLE, TITLE_AR, Mission, go_on
from mission_hands import CELL, MENU_ITEM, Hands

PERSON, WILAYA = "Exemple Participant", "Wilaya de la région Souss-Massa"
USEFUL = "Les gestes répétés"
FIRST, SECOND = "2026-10-12", "2026-10-13"


def new(desk, entity, *words):
    return json.loads(desk.ctl("--json", "new", entity, *words))["id"]


def prepare(desk):
    """What missions.py types, as from another desk."""
    need = new(desk, "need", f"title_fr={NEED}", f"title_ar={NEED_AR}", "audience_fr=Infirmiers des centres de santé",
               "territory=MA-TIZ", "domains=nursing", "daily_practice=1", "confirmed_on=2026-11-20")
    new(desk, "stakeholder", f"need={need}", "organisation=sample:wilaya-souss-massa", "duty_fr=Autoriser l’action",
        "kind=authority")
    desk.ctl("new", "mission", f"title_fr={TITLE}", f"title_ar={TITLE_AR}", f"message_ar={TITLE_AR}",
             "objective_fr=Soigner les brûlures simples", "objective_ar=علاج الحروق البسيطة", "audience_fr=Infirmiers",
             "audience_ar=ممرضون", "place_fr=Tiznit", "place_ar=تيزنيت", "territory=MA-TIZ", f"starts_on={FIRST}",
             f"ends_on={SECOND}", "mode=onsite", "participants_planned=2", "local_resources=Salle du centre",
             "lead=sample:cp-tiznit", "facilitator=sample:md")
    mission = Mission(desk)
    own = f"mission={mission.id}"
    new(desk, "mission_need", own, f"need={need}")
    new(desk, "contact", own, "organisation=sample:wilaya-souss-massa", "held_on=2026-08-03", "channel=meeting",
        "subject=Présentation", "purpose=awareness", "attitude=favourable")
    expert = new(desk, "mission_expert", own, "person=sample:exemple-amina", "network=sample:dmk", "answer=interested",
                 "contacted_on=2026-08-10", "answered_on=2026-08-12", "window_from=2026-10-10", "window_to=2026-10-15")
    new(desk, "mission_result", own, "text_fr=Infirmiers formés", "text_ar=ممرضون مكوَّنون", "target=2")
    room = new(desk, "mission_room", own, "name=Salle A", "places=20")
    for day in FIRST, SECOND:
        new(desk, "programme_item", own, "subject_fr=Brûlures", "subject_ar=الحروق", f"held_on={day}", "half=am",
            "theory_minutes=60", "practice_minutes=120", f"trainer={expert}", f"room={room}")
    new(desk, "budget_line", own, "label_fr=Billet", "category=travel", "quantity=1", "unit_price=9000 MAD",
        "payer=sample:md", "basis=sample:con-exemple-tiznit")
    new(desk, "mission_convention", own, "convention=sample:con-exemple-tiznit")
    for step in range(1, 6):
        for code in mission.failing(step):
            desk.ctl("mission", "acknowledge", mission.id, code, "--reason", "Vu avec les parties")
        desk.ctl("mission", "leave", mission.id)
    return mission


def open_card(desk, keys):
    title = keys.either(TITLE, TITLE_AR)
    card = desk.find(PUSH, part=title)
    check("the card of the mission stands at step 6", "6" in card.name)
    keys.tab_to(title)
    keys.press("Return")
    desk.find(LABEL, part="6 · ")


def field(mission, entity, name):
    """That field of the one record of the mission."""
    return mission.of(entity)[0]["fields"].get(name)


def add_party(desk, keys, organisation, role):
    word = desk.word
    keys.add("Parties", "Party to a mission")
    keys.choose(word("Organisation") + " *", name_of(desk, organisation))
    keys.pick(word("Part it takes"), word(role))


def decide_on_paper(desk, keys):
    """Name, function, day and scan, in the dialog that Ctrl+Enter opens."""
    word = desk.word
    paper = os.path.join(desk.folder.name, "pv.txt")
    with open(paper, "w", encoding="utf-8") as stream:
        stream.write("SPECIMEN")
    keys.press("Return", CONTROL)
    desk.find(DIALOG, word("Decided on Paper"))
    for name, text in ("Decided by", "Exemple Décision"), ("Function", "Chef"), ("Decided on", "25/09/2026"):
        keys.write(word(name), text)
    keys.enter(word("Choose a file: %s").split("%s", maxsplit=1)[0])
    keys.choose_file(paper, word("Choose"))
    desk.find(LABEL, part="pv.txt")


def agree(desk, keys, mission):
    """Step 6: two parties, one answers by the menu of its row; the expert; and the decision."""
    word = desk.word
    add_party(desk, keys, WILAYA, "Authority")
    keys.write(word("Agreement asked on"), "01/09/2026")
    keys.pick(word("Answer"), word("Agrees"))
    keys.write(word("Answered on"), "03/09/2026")
    keys.save("Party to a mission")
    add_party(desk, keys, "M&D", "Facilitator")
    keys.save("Party to a mission")
    keys.quick("M&D", "Agrees")
    wait("both agree", lambda: [one["fields"].get("answer") for one in mission.of("mission_party")] == ["agrees"] * 2)
    keys.edit(keys.either(EXPERT, EXPERT_AR), "Expert of a mission")
    keys.pick(word("Answer"), word("Retained"))
    for name, text in (("Agreed to the programme on", "04/09/2026"), ("Arrives on", "10/10/2026"),
                       ("Arrives at", "15:00")):
        keys.write(word(name), text)
    keys.save("Expert of a mission")
    wait("the decision alone open", lambda: mission.failing(6) == ["approver-edited"])
    decide_on_paper(desk, keys)
    go_on(desk, keys, mission, 6)
    act = next(one["fields"] for one in mission.of("mission_act") if one["fields"].get("paper_name"))
    check("the decision is kept with its scan", act["paper_on"] == "2026-09-25" and act.get("scan"))


def tie(desk, keys, mission):
    """Step 7: whom to call, the mission order, one more convention; a warning is given its reason."""
    word = desk.word
    for name in "M&D", name_of(desk, WILAYA):
        keys.edit(name, "Party to a mission")
        keys.write(word("Name"), "Exemple Contact")
        keys.write(word("Phone"), "+212 661 00 00 00")
        keys.save("Party to a mission")
    keys.edit(keys.either(EXPERT, EXPERT_AR), "Expert of a mission")
    keys.write(word("Number of the mission order"), "EX-1")
    keys.write(word("Mission order of"), "20/09/2026")
    keys.save("Expert of a mission")
    keys.add("Conventions", "Convention of a mission")
    keys.choose(word("Convention") + " *", keys.either("Convention spécifique DMK", "الاتفاقية الخاصة مع شبكة DMK"))
    keys.save("Convention of a mission")
    wait("two conventions", lambda: len(mission.of("mission_convention")) == 2)
    wait("a warning alone", lambda: mission.failing(7) == ["procedure-overdue"])
    keys.enter(word("Justify…"))
    desk.find(DIALOG, word("Justify"))
    keys.write(word("Reason"), "Vu avec la wilaya")
    keys.press("Return", CONTROL)
    desk.wait_gone(DIALOG)
    wait("the warning acknowledged", lambda: not mission.failing(7))
    go_on(desk, keys, mission, 7)


def book(desk, keys, mission):
    word = desk.word
    keys.tab(word("Bookings"))
    keys.add("Bookings", "Booking")
    keys.write(word("What"), "Hôtel, deux nuits")
    keys.pick(word("Kind") + " *", word("Lodging"))
    keys.pick(word("For"), keys.either(EXPERT, EXPERT_AR))
    keys.pick(word("State"), word("Booked"))
    keys.write(word("Booking number"), "H-77")
    keys.save("Booking")
    keys.quick("Hôtel, deux nuits", "Settled")
    wait("a booking settled", lambda: field(mission, "booking", "state") == "settled")


def attend(desk, keys, mission):
    """Two participants; the second day by its letters, the first at one stroke. What was attended was held."""
    word = desk.word
    keys.tab(word("Attendance"))
    for letter in "AB":
        keys.write(word("Add participants"), f"{PERSON} {letter}, Infirmier, Centre de santé")
        keys.press("Return")
        desk.find(CELL, part=f"{PERSON} {letter}")
    keys.tab_to_role(CELL, f"{PERSON} A")
    keys.press("p")
    keys.press("p")
    held = {one["id"]: one for one in mission.of("programme_item")}
    wait("one day held", lambda: sorted(one["fields"]["state"] for one in mission.of("programme_item")) ==
         ["held", "planned"])
    keys.press("Page_Up")
    desk.find(LABEL, part=keys.either("Lundi 12", "الاثنين 12"))
    keys.tab_to_role(CELL, PERSON)
    keys.press("asterisk")
    wait("both days held, and all present", lambda: not mission.failing(8))
    check("four are present", [one["fields"]["presence"] for one in mission.list("attendance")
                               if one["fields"]["session"] in held] == ["present"] * 4)


def spend(desk, keys, mission):
    keys.tab(desk.word("Spending"))
    keys.tab_to_role(CELL, "Billet")
    keys.press("End")
    keys.type("02/11/2026")
    keys.press("Return")
    wait("a line settled", lambda: field(mission, "budget_line", "settled_on"))
    keys.tab_to_role(CELL, "Billet")
    keys.press(keys.either("Left", "Right"))
    keys.type("9000")
    keys.press("Return")
    wait("its amount", lambda: field(mission, "budget_line", "spent"))


def deliver(desk, keys, mission):
    """Step 8."""
    for act in book, attend, spend:
        act(desk, keys, mission)
    go_on(desk, keys, mission, 8)


def pass_on(desk, keys, mission):
    """Step 9: what is handed over, who goes on with whom, and what is followed up."""
    word = desk.word
    keys.add("Materials", "Material handed over")
    keys.write(word("Title"), "Supports")
    keys.write(word("Title in Arabic"), "الوثائق")
    keys.pick(word("Form"), word("Digital and on paper"))
    keys.pick(word("Rights"), word("For the use of the establishment"))
    keys.write(word("Copies"), "12")
    keys.choose(word("Handed to"), name_of(desk, WILAYA))
    keys.save("Material handed over")
    keys.quick(keys.either("Supports", "الوثائق"), "Handed Over Today")
    wait("a material handed over", lambda: field(mission, "material", "handed_on"))
    keys.add("Pairs", "Pair")
    keys.pick(word("Expert abroad") + " *", keys.either(EXPERT, EXPERT_AR))
    keys.pick(word("Professional in Morocco") + " *", f"{PERSON} A")
    keys.write(word("Purpose"), "Échanges sur les cas")
    keys.save("Pair")
    keys.add("Follow-ups", "Follow-up of a mission")
    keys.write(word("What") + " *", "Appel à trois mois")
    keys.pick(word("Kind"), word("Call"))
    keys.write(word("Who does it"), "Exemple Contact")
    keys.write(word("Due on"), "10/12/2026")
    keys.save("Follow-up of a mission")
    wait("pair and follow-up", lambda: mission.of("pair") and not mission.failing(9))
    go_on(desk, keys, mission, 9)


def answer(desk, keys, mission, role, scores, words=None):
    """Scores by their figures, each leads to the next; Enter after the last line saves."""
    word = desk.word
    before = len(mission.of("evaluation"))
    keys.pick(word("Who answers"), word(role))
    keys.tab_until("the first question", lambda node: node.name.startswith(word("Content")))
    keys.type(scores)
    if words is not None:
        keys.write(word("What was useful"), words)
        keys.press("Return")
        keys.write(word("Suggestion"), words)
    keys.tab_until("the last line", lambda node: node.name == word("Suggestion"))
    keys.press("Return")
    wait(f"an answer: {role}", lambda: len(mission.of("evaluation")) == before + 1)
    found = next(one["fields"] for one in mission.of("evaluation") if one["fields"].get("liked") == words)
    check(f"the answer is kept with its scores: {role}", [str(found[name]) for name in (
        "content_score", "relevance_score", "trainer_score", "organisation_score", "again_score")] == list(scores))


def evaluate(desk, keys, mission):
    """Step 10, up to its leave."""
    word = desk.word
    answer(desk, keys, mission, "Trainee", "45545", USEFUL)
    for role in "Expert", "Authority", "Facilitator":
        answer(desk, keys, mission, role, "55455")
    keys.tab(word("Suggestions"))
    keys.quick(USEFUL, "Take Up")
    wait("the suggestion taken up", lambda: "suggestion-open" not in mission.failing(10))
    keys.tab(word("Results and Costs"))
    keys.tab_until("the result", lambda node: node.role == ENTRY and
                   keys.either("Infirmiers formés", "ممرضون مكوَّنون") in node.name)
    keys.type("2")
    keys.press("Return")
    wait("a result reached", lambda: field(mission, "mission_result", "reached"))
    keys.write(word("Budget closed on"), "03/11/2026")


def reopen(desk, keys, mission):
    """Step 9 is opened again, with a reason, and left; step 10 keeps what it holds."""
    word = desk.word
    keys.tab_until("step 9", lambda node: node.role == PUSH and node.name.startswith("9,"))
    keys.press("Return")
    desk.find(LABEL, part="9 · ")
    desk.press(word("More Acts on the File"))
    desk.find(MENU_ITEM, word("Reopen This Step…")).act()
    desk.find(DIALOG, word("Reopen the Step"))
    keys.write(word("Reason"), "Un support de plus")
    keys.press("Return", CONTROL)
    desk.wait_gone(DIALOG)
    wait("step 9 open again", lambda: [one["fields"]["step"] for one in mission.of("mission_act")
                                       if one["fields"]["kind"] == "reopen"] == [9])
    desk.find(PUSH, part=word("Leave Step %s") % 9)
    go_on(desk, keys, mission, 9)


def close(desk, keys, mission):
    evaluate(desk, keys, mission)
    reopen(desk, keys, mission)
    wait("nothing open", lambda: not mission.failing(10))
    keys.press("Return", CONTROL)
    wait("step 10 left", lambda: mission.left()[-1:] == [10])
    desk.quit()
    desk.start("--section", "mission")
    desk.press(desk.word("All but closed"))
    card = desk.find(PUSH, part=keys.either(TITLE, TITLE_AR))
    check("the board shows the mission as closed", desk.word("closed", "mission") in card.name)
    desk.quit()


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Hands(desk)
        desk.ctl("sample")
        mission = prepare(desk)
        desk.start("--section", "mission")
        open_card(desk, keys)
        for act in agree, tie, deliver, pass_on, close:
            act(desk, keys, mission)
        check("all steps were left, and one of them twice", mission.left() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10])
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
