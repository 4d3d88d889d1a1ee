#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is due this month, through the accessibility tree: due.py LANGUAGE.

A convention with a duty that is due today: it is seen on the home page, in the whole to-do and in the calendar, noted
as done, and taken back. Every text of the window is looked up in the catalogue of the language."""

import datetime
import json
import os
import sys
import zoneinfo

from kaf_driver import ITEM, LABEL, PUSH, Desk, Missing, wait

DUTY = {"fr": "Remettre le rapport de suivi", "ar": "تسليم تقرير التتبع"}
TITLE = {"fr": "Convention Tiznit", "ar": "اتفاقية تيزنيت"}


def check(what, truth):
    if not truth:
        raise Missing(what)
    print(f"ok {what}", flush=True)


def today_there():
    """The day in Morocco, which is what the program goes by."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("Africa/Casablanca")).date()


def fill(desk):
    """The papers, by the command line; the duty is followed by who works here."""
    def new(entity, **fields):
        words = [f"{name}={value}" for name, value in fields.items()]
        return json.loads(desk.ctl("--json", "new", entity, *words))["id"]

    os.makedirs(os.path.dirname(desk.store))
    today = today_there()
    party = new("organisation", name_fr="ACOMS", kind="association")
    convention = new("convention", title_fr=TITLE["fr"], title_ar=TITLE["ar"], kind="framework", parties=party,
                     signed_on="2024-01-15", ends_on=str(today + datetime.timedelta(20)))
    new("commitment", convention=convention, party=party, text_fr=DUTY["fr"], text_ar=DUTY["ar"], due_on=str(today))


def find_part(desk, role, *parts):
    """What shows with @role and all of @parts in its name."""
    return wait(f"{role} with {parts}", lambda: next(
        (node for node in desk.look(role) if all(part in node.name for part in parts)), None))


def see_at_home(desk, language):
    desk.start()
    find_part(desk, ITEM, DUTY[language])
    print("ok what is due today stands on the home page")
    find_part(desk, ITEM, TITLE[language])
    desk.find(LABEL, desk.word("Conventions lapsing"))
    print("ok the convention that lapses has its card")


def see_in_list(desk, language):
    desk.do("win.show-todo")
    find_part(desk, ITEM, DUTY[language])
    desk.press(desk.word("Note as Done"))
    desk.find(LABEL, desk.word("Noted as done today"))
    wait("no row of the duty", lambda: not any(DUTY[language] in node.name for node in desk.look(ITEM)))
    print("ok the duty is noted as done from the list")
    desk.do("win.undo")
    find_part(desk, ITEM, DUTY[language])
    print("ok and that is taken back")
    desk.do("win.back")


def see_in_calendar(desk, language):
    """The day says its entries; its list opens the record."""
    desk.do("win.show-calendar")
    cell = find_part(desk, "table cell", DUTY[language])
    check("the day says its date and what is due", str(today_there().year) in cell.name)
    find_part(desk, ITEM, DUTY[language])
    desk.key("Return")
    desk.find(PUSH, desk.word("Edit"))
    print("ok Enter opens what is due")


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        fill(desk)
        see_at_home(desk, language)
        see_in_list(desk, language)
        see_in_calendar(desk, language)
        desk.quit()


if __name__ == "__main__":
    main()
