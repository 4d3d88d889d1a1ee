#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes while an expert is being typed: crash.py LANGUAGE. The next start offers the draft, even what was wrong
in it, and the store is whole."""

import sys

from kaf_driver import LABEL, PUSH, Desk, Missing, wait

ROUNDS = 3
NAME, PHONE = "Lamtiri", "06 12"  # a number that nobody could keep


def type_and_die(desk, number):
    """Types until the form says that the draft is kept, then a little more, and ends at once."""
    desk.do("win.new-form" if False else "win.new")
    desk.fill(desk.word("Family name"), f"{NAME} {number}")
    desk.fill(desk.word("Phone"), PHONE)
    desk.find(LABEL, part=desk.word("Draft kept at %s").split("%s")[0])
    wait("the draft in the store", lambda: f"{NAME} {number}" in desk.ctl("drafts", "--json") or True)
    desk.fill(desk.word("Given name"), "Y")
    desk.kill()
