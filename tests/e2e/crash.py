#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes while an expert is being typed: crash.py LANGUAGE. Each time, the next start offers the draft, even
what was wrong in it, and the store is whole."""

import sys

from kaf_driver import ALERT, ITEM, LABEL, Desk, Missing, wait

ROUNDS = 3
NAME = "Lamtiri"
PHONE = "06 12"  # a number that no record could have


def is_kept(typed, family):
    return typed.get("person.family_name") == family and typed.get("person.phones") == PHONE


def type_and_die(desk, round_number):
    """Types, waits until the form says that the draft is kept, types on, and ends at once."""
    family = f"{NAME} {round_number}"
    desk.fill(desk.word("Family name"), family)
    desk.fill(desk.word("Phone"), PHONE)
    desk.find(LABEL, part=desk.word("Draft kept at %s").split("%s", maxsplit=1)[0])
    wait("the draft in the store", lambda: is_kept(desk.drafts().get("expert", {}), family))
    desk.fill(desk.word("Given name"), "Y")
    desk.kill()
    return family


def offered(desk, family):
    """The next start tells of the draft, and the form gives it back."""
    desk.start()
    desk.find(LABEL, desk.words.plural("A draft was kept", "Several drafts were kept", 1))
    desk.find(ITEM, part=desk.word("Draft: new record, %s") % desk.word("Expert"))
    desk.do("win.new")
    desk.find(ALERT, part=desk.word("A draft of %s was kept.").split("%s", maxsplit=1)[0])
    desk.press(desk.word("Resume"))
    wait("the name of the draft", lambda: desk.read(desk.word("Family name")) == family)
    if desk.read(desk.word("Phone")) != PHONE:
        raise Missing("the wrong number is not as it was typed")


def main():
    with Desk(sys.argv[1]) as desk:
        desk.ctl("sample")
        desk.start()
        desk.do("win.new")
        for round_number in range(1, ROUNDS + 1):
            family = type_and_die(desk, round_number)
            if desk.ctl("--json", "check") != "":
                raise Missing("kafaatctl check finds something")
            offered(desk, family)
            print(f"ok the draft of {family} is offered", flush=True)


if __name__ == "__main__":
    main()
