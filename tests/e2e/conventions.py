#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 2020 conventions entered from paper, with the keyboard alone: conventions.py LANGUAGE.

Every widget is reached by Tab and worked by its keys; what is written goes into the entry that has the focus. A
framework convention, who signed it, a specific one within it, an amendment that gives it an end; then who signed is
found again by the general search."""

import json
import os
import sys
import time

from kaf_driver import ENTRY, ITEM, KEY_BY_SYMBOL, LABEL, SEARCH, Desk, Missing, wait
from kaf_focus import Focus
from gi.repository import GLib

SYMBOLS = {"Tab": 0xff09, "Return": 0xff0d, "Escape": 0xff1b, "Down": 0xff54, "space": 0x20, "Left": 0xff51,
           "s": 0x73, "x": 0x78, "BackSpace": 0xff08, "k": 0x6b, "7": 0x37}
CONTROL, ALT = 37, 64   # key codes of evdev, as the X server has them
PRESS, RELEASE = 0, 1
PAUSE = 0.05            # s, for a key to do its work
SCREEN_HEIGHT = 768     # px, as build-aux/x-session makes it
FRAMEWORK, SPECIFIC, AMENDMENT = "Convention-cadre saisie du papier", "Convention C3M saisie du papier", "Avenant un"
FRAMEWORK_AR, SPECIFIC_AR = "اتفاقية إطار من الورق", "اتفاقية خاصة من الورق"
SIGNED, ENDS, AMENDED = "24/06/2020", "30/06/2040", "01/02/2023"


class Keyboard:
    """Keys, and what has the focus."""

    def __init__(self, desk):
        self.desk, self.focus = desk, Focus(desk.bus)

    def press(self, name, *modifiers, pause=PAUSE):
        for code in modifiers:
            self.desk.hand("GenerateKeyboardEvent", GLib.Variant("(isu)", (code, "", PRESS)))
        self.desk.hand("GenerateKeyboardEvent", GLib.Variant("(isu)", (SYMBOLS[name], "", KEY_BY_SYMBOL)))
        for code in modifiers:
            self.desk.hand("GenerateKeyboardEvent", GLib.Variant("(isu)", (code, "", RELEASE)))
        time.sleep(pause)

    def focused(self):
        """What has the focus, the innermost; None: nothing."""
        return self.focus.node()

    def go(self, key):
        """Presses @key, and waits until the focus is elsewhere."""
        place = self.focus.place
        self.press(key, pause=0)
        self.focus.wait_elsewhere(place)

    def see(self, node):
        """Waits until @node is on the screen, as a person does: a page scrolls to what has the focus with its next frame,
        and a list that was opened sooner would be placed beside the screen."""
        wait("what has the focus on the screen", lambda: 0 <= node.extents()[1] < SCREEN_HEIGHT)

    def tab_until(self, what, fits, limit=70):
        """Presses Tab until what has the focus @fits."""
        seen = []
        for _ in range(limit):
            node = self.focused()
            if node is not None and fits(node):
                self.see(node)
                return node
            seen.append(f"{node.role} “{node.name}”" if node else "nothing")
            self.go("Tab")
        raise Missing(f"{what} is not reached by Tab, but " + ", ".join(seen))

    def tab_to(self, name, limit=70):
        """Presses Tab until what has the focus, or what it stands in, has @name in its own."""
        return self.tab_until(f"“{name}”", lambda node: any(name in one.name for one in node.with_above()), limit)

    def write(self, name, text, limit=70):
        """Into the entry of that name."""
        entry = self.tab_until(f"“{name}”", lambda node: node.role == ENTRY and node.name == name, limit)
        entry.fill(text)
        wait(f"“{name}” holding {text}", lambda: entry.text() == text)

    def choose(self, name, text, part=None):
        """Opens the picker of a field and takes the first of what is found for @text."""
        self.tab_to(name)
        self.press("Return")
        entry = self.desk.find(SEARCH)
        entry.fill(text)
        self.desk.find(ITEM, part=part or text)
        self.press("Return")
        self.desk.wait_gone(SEARCH)


def check(what, truth):
    if not truth:
        raise Missing(what)
    print(f"ok {what}", flush=True)


def records(desk, entity):
    return [json.loads(line) for line in desk.ctl("--json", "list", entity).splitlines()]


def name_of(desk, text):
    """What the organisation of that acronym, or with that in its French name, is called in the language of the window."""
    fields = next(one["fields"] for one in records(desk, "organisation")
                  if one["fields"].get("acronym") == text or text in one["fields"].get("name_fr", ""))
    return fields["name_ar" if desk.environment["LANGUAGE"] == "ar" else "name_fr"]


def act(desk, title):
    return next(one for one in records(desk, "convention") if one["fields"].get("title_fr") == title)


def save(desk, keys, label):
    keys.press("s", CONTROL)
    desk.find(LABEL, desk.word("%s saved", "record") % desk.word(label))


def begin(desk, keys):
    desk.ctl("sample")
    desk.start("--section", "home")
    keys.press("7", ALT)
    desk.find("table row", part="MRE Academy")
    keys.press("Return")
    desk.find(LABEL, desk.word("Coverage of the domains"))
    print("ok the programme is opened from the keyboard, with what its domains have", flush=True)


def enter_framework(desk, keys):
    keys.tab_to(desk.word("Add: %s") % desk.word("Conventions"))
    keys.press("Return")
    desk.find(LABEL, desk.word("New convention"))
    keys.write(desk.word("Title"), FRAMEWORK)
    keys.tab_to(desk.word("Framework"))
    keys.press("space")
    keys.write(desk.word("Title in Arabic"), FRAMEWORK_AR)
    add = desk.word("Add: %s") % desk.word("Parties")
    keys.choose(add, name_of(desk, "Département des Marocains"))
    keys.choose(add, name_of(desk, "OFPPT"))
    keys.write(desk.word("Signed on"), SIGNED)
    keys.write(desk.word("Signed at"), "Rabat")
    save(desk, keys, "Convention")
    desk.find(ITEM, part=SIGNED)
    fields = act(desk, FRAMEWORK)["fields"]
    check("the framework convention is entered, within the programme",
          fields["kind"] == "framework" and fields.get("programme"))


def enter_signatory(desk, keys, office):
    keys.tab_to(desk.word("Add: %s") % desk.word("Signatories"))
    keys.press("Return")
    desk.find(LABEL, desk.word("New signatory"))
    # The office-holders of the parties come first: what is offered is looked at before anything is typed.
    keys.tab_to(desk.word("Office held"))
    keys.press("Return")
    first = wait("an office-holder", lambda: next(desk.look(ITEM, part=office), None))
    check("who held an office in the parties is offered, with office and year", "2020" in first.name)
    desk.find(SEARCH).fill("ouafi")
    wait("one office-holder", lambda: len(list(desk.look(ITEM, part=office))) == 1)
    keys.press("Return")
    desk.wait_gone(SEARCH)
    save(desk, keys, "Signatory")


def add_act(desk, keys, label):
    keys.tab_to(desk.word("Add: %s") % desk.word("Amendments and conventions within it"))
    keys.press("Return")
    # The first item has the focus already: that of a specific convention, on a framework's page.
    desk.find("menu item", desk.word(label))
    keys.press("Return")
    desk.find(LABEL, desk.word("New convention"))


def enter_specific(desk, keys):
    desk.find(ITEM, part=desk.word("Framework"))
    add_act(desk, keys, "Specific convention")
    keys.write(desk.word("Title"), SPECIFIC)
    keys.write(desk.word("Title in Arabic"), SPECIFIC_AR)
    keys.choose(desk.word("Add: %s") % desk.word("Parties"), name_of(desk, "C3M"))
    keys.write(desk.word("Signed on"), SIGNED)
    save(desk, keys, "Convention")
    fields, above = act(desk, SPECIFIC)["fields"], act(desk, FRAMEWORK)
    check("the specific convention stands within the framework and the programme",
          fields["kind"] == "specific" and fields["parent"] == above["id"] and
          fields["programme"] == above["fields"]["programme"])


def enter_amendment(desk, keys):
    add_act(desk, keys, "Amendment")
    keys.write(desk.word("Title"), AMENDMENT)
    keys.tab_to(desk.word("The term"))
    keys.press("space")
    keys.write(desk.word("Signed on"), AMENDED)
    keys.write(desk.word("In force until"), ENDS)
    save(desk, keys, "Convention")
    keys.press("Left", ALT)
    desk.find(LABEL, part=AMENDMENT)
    line = desk.find(LABEL, part=desk.word("until %s", "convention").split("%s")[0].strip())
    check("the convention says until when, and by which amendment", "2040" in line.name and AMENDMENT in line.name)


def find_who_signed(desk, keys, language, office):
    keys.press("k", CONTROL)
    entry = desk.find(ENTRY, desk.word("Search Everywhere"))
    entry.fill(FRAMEWORK if language == "fr" else FRAMEWORK_AR)
    desk.find(ITEM, part=FRAMEWORK if language == "fr" else FRAMEWORK_AR)
    keys.press("Return")
    desk.wait_gone(ENTRY, desk.word("Search Everywhere"))
    name = "OUAFI" if language == "fr" else "الوافي"
    row = desk.find(ITEM, part=name)
    check("who signed is found, by the office of that day", office in row.name)


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Keyboard(desk)
        office = "Ministre déléguée" if language == "fr" else "الوزيرة المنتدبة"
        begin(desk, keys)
        enter_framework(desk, keys)
        enter_signatory(desk, keys, office)
        enter_specific(desk, keys)
        enter_amendment(desk, keys)
        find_who_signed(desk, keys, language, office)
        desk.quit()
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
