#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mission from the need to its means, in the window: missions.py LANGUAGE.

A need is written, with who answers for it, and a mission that answers it; then who was told, who comes, the half-days
(by keys, and one session dragged), the budget with who pays, equipment and convention; a gate is overridden. Each step
is left by Ctrl+Enter. closing.py has the others."""

import os
import sys

from conventions import ALT, CONTROL, check, name_of
from kaf_driver import DIALOG, ENTRY, FRAME, ITEM, LABEL, PUSH, SEARCH, Desk, wait
from mission_file import CONVENTION, CONVENTION_AR, EXPERT, EXPERT_AR, NEED, NEED_AR, TITLE, TITLE_AR, Mission, go_on
from mission_hands import CELL, MENU_ITEM, Hands


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


def tell(desk, keys, mission):
    """Step 2: the authority is told. What is typed counts when Ctrl+Enter is pressed over it."""
    word = desk.word
    keys.enter(word("Note a Contact…") + ": ")
    desk.find(FRAME, word("Exchange"))
    keys.pick(word("Channel") + " *", word("Meeting"))
    keys.write(word("About") + " *", "Présentation de l’action")
    keys.toggle(word("Favourable"))
    keys.save("Exchange")
    wait("the authority told", lambda: mission.failing(2) == ["message-without-arabic"])
    keys.write(word("Message in Arabic"), TITLE_AR)
    go_on(desk, keys, mission, 2)


def list_expert(desk, keys, mission):
    """Step 3: who comes."""
    word = desk.word
    keys.add("Short List", "Expert of a mission")
    keys.choose(word("Person") + " *", keys.either(EXPERT, EXPERT_AR), part=keys.either("Amina", "أمينة"))
    keys.choose(word("Through the network"), "DMK", part=keys.either("Allemagne", "ألمانيا"))
    keys.pick(word("Answer"), word("Interested"))
    for field, day in (("Contacted on", "10/08/2026"), ("Answered on", "12/08/2026"), ("Available from", "10/10/2026"),
                       ("Available until", "15/10/2026")):
        desk.fill(word(field), day)
    keys.save("Expert of a mission")
    wait("somebody comes", lambda: not mission.failing(3))
    go_on(desk, keys, mission, 3)


def write_session(desk, keys, room):
    """In the dialog of a half-day."""
    word = desk.word
    desk.find(FRAME, word("New session of the programme"))
    keys.write(word("Subject"), "Brûlures")
    desk.fill(word("Subject in Arabic"), "الحروق")
    keys.pick(word("Trainer"), keys.either(EXPERT, EXPERT_AR))
    keys.pick(word("Room"), room or word("Another room…"))
    if room is None:
        desk.fill(word("Name of the room"), "Salle A")
    desk.fill(word("Theory, in minutes"), "60")
    desk.fill(word("Practice, in minutes"), "120")
    keys.save("New session of the programme")


def halves(mission):
    return sorted((one["fields"]["held_on"][-2:], one["fields"]["half"]) for one in mission.of("programme_item"))


def plan(desk, keys, mission):
    """Step 4: what for, and the half-days: by arrows and Enter, one dragged by the mouse and brought back by M."""
    word = desk.word
    for field, text in (("Objective", "Soigner les brûlures simples"), ("Audience", "Infirmiers"),
                        ("Objective in Arabic", "علاج الحروق البسيطة"), ("Audience in Arabic", "ممرضون"),
                        ("First day", "12/10/2026"), ("Last day", "13/10/2026"), ("Place of the mission", "Tiznit"),
                        ("Place in Arabic", "تيزنيت")):
        keys.put(word(field), text)
    keys.tab(word("Half-Days"))
    keys.enter(keys.either("matin", "صباح"))
    write_session(desk, keys, None)
    wait("the first session", lambda: halves(mission) == [("12", "am")])
    keys.tab_to(keys.either("Brûlures", "الحروق"))
    keys.press(keys.either("Right", "Left"))
    keys.press("Return")
    write_session(desk, keys, "Salle A")
    wait("two sessions", lambda: halves(mission) == [("12", "am"), ("13", "am")])
    session = desk.find(CELL, part=keys.either("Mardi 13 octobre 2026, matin : Brûlures", "13 أكتوبر 2026، صباحا: الحروق"))
    free = desk.find(CELL, part=keys.either("Mardi 13 octobre 2026, après-midi", "13 أكتوبر 2026، بعد الزوال"))
    keys.drag(session, free)
    wait("the session dragged", lambda: halves(mission) == [("12", "am"), ("13", "pm")])
    desk.find(CELL, part=keys.either("Mardi 13 octobre 2026, après-midi : Brûlures", "13 أكتوبر 2026، بعد الزوال: الحروق"))
    keys.tab_to(keys.either("Mardi 13", "13 أكتوبر"))
    for key in ("m", "Up", "Return"):
        keys.press(key)
    wait("and moved back by keys", lambda: halves(mission) == [("12", "am"), ("13", "am")])
    keys.tab(word("Results"))
    keys.add("Expected Results", "Expected result")
    keys.write(word("Result"), "Infirmiers formés")
    desk.fill(word("Result in Arabic"), "ممرضون مكوَّنون")
    desk.fill(word("Expected figure"), "2")
    keys.save("Expected result")
    wait("a programme", lambda: not mission.failing(4))
    go_on(desk, keys, mission, 4)


def write_budget(desk, keys, mission):
    """One line: its name, its price, and who pays."""
    keys.tab(desk.word("Budget"))
    desk.find(PUSH, part=desk.word("New budget line")).act()
    keys.type("Billet")
    keys.press("Return")
    wait("a line", lambda: mission.of("budget_line"))
    desk.find(CELL, part="Billet")
    keys.tab_to_role(CELL, "Billet")
    keys.press("F4")
    keys.go_to(desk.word("Another organisation…"))
    keys.press("Return")
    payer = name_of(desk, "M&D")
    desk.find(SEARCH).fill(payer)
    desk.find(ITEM, part=payer)
    keys.press("Return")
    desk.wait_gone(SEARCH)
    wait("a payer", lambda: mission.of("budget_line")[0]["fields"].get("payer"))
    keys.tab_to_role(CELL, "Billet")
    keys.press("Home")
    for _ in range(3):
        keys.press(keys.either("Right", "Left"))
    keys.type("9000")
    keys.press("Return")
    wait("a price", lambda: mission.of("budget_line")[0]["fields"].get("unit_price"))


def find_means(desk, keys, mission):
    """Step 5: equipment, a convention, and a budget over its ceiling, which is overridden."""
    word = desk.word
    for field, text in (("Participants planned", "2"), ("Ceiling of the budget", "5000 MAD"),
                        ("Local resources looked for", "Salle du centre")):
        keys.put(word(field), text)
    write_budget(desk, keys, mission)
    keys.tab(word("Equipment"))
    keys.add("Equipment", "Equipment")
    keys.write(word("What"), "Mannequin")
    keys.pick(word("State"), word("Confirmed"))
    keys.save("Equipment")
    keys.tab(word("Draft Convention"))
    keys.add("Draft Convention", "Convention of a mission")
    keys.choose(word("Convention") + " *", keys.either(CONVENTION, CONVENTION_AR))
    keys.save("Convention of a mission")
    wait("the ceiling alone passed", lambda: mission.failing(5) == ["budget-over-ceiling"])
    desk.press(word("More Acts on the File"))
    desk.find(MENU_ITEM, part=word("Override “%s”…").split("%s", maxsplit=1)[0]).act()
    desk.find(DIALOG, word("Override a Gate"))
    desk.fill(word("Reason"), "Arrondi accepté")
    keys.press("Return", CONTROL)
    desk.wait_gone(DIALOG, word("Override a Gate"))
    wait("the gate overridden", lambda: not mission.failing(5))
    go_on(desk, keys, mission, 5)


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Hands(desk)
        desk.ctl("sample")
        desk.start("--section", "home")
        write_need(desk, keys)
        write_mission(desk, keys)
        choose_need(desk, keys)
        mission = Mission(desk)
        wait("the need of the mission", lambda: mission.of("mission_need") and not mission.failing(1))
        go_on(desk, keys, mission, 1)
        for act in tell, list_expert, plan, find_means:
            act(desk, keys, mission)
        desk.quit()
        check("five steps were left", mission.left() == [1, 2, 3, 4, 5])
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
