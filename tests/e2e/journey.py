#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first day with Kafaat, through the accessibility tree: journey.py LANGUAGE.

From the empty state to an expert who is entered, found by the other script, corrected, given a file and found again
after the program was closed. Every text of the window is looked up in the catalogue of the language."""

import csv
import json
import os
import sys

from kaf_driver import ALERT, ENTRY, ITEM, LABEL, PUSH, ROW, SEARCH, Desk, Missing, wait

FAMILY, GIVEN = "Bouzekraoui", "Ghizlane"
FAMILY_AR, GIVEN_AR = "بوزكراوي", "غزلان"
WRITTEN = "BOUZEKRAOUI"  # as lists have it
PHONE_TYPED, PHONE, PHONE_PARTS = "0151 23456789", "+4915123456789", "+49 151"
NEW_PHONE_TYPED, NEW_PHONE, NEW_PHONE_PARTS = "+49 160 98765432", "+4916098765432", "+49 160"
EMAIL = "g.bouzekraoui@example.org"
CHOOSER = "GtkFileChooserWidget"
COUNTRY, DOMAIN = "DE", "aeronautics-space"


def check(what, truth):
    if not truth:
        raise Missing(what)
    print(f"ok {what}", flush=True)


def reference(listing, code, language):
    """The name of an entry of a reference list."""
    with open(os.path.join(os.environ["KAF_PKGDATADIR"], "reference", listing + ".tsv"), encoding="utf-8") as lines:
        return next(row["name_" + language] for row in csv.DictReader(lines, delimiter="\t") if row["code"] == code)


def is_mirrored(desk):
    """Whether the sections stand at the right of the window."""
    frame = desk.frames()[0]
    x, _, width, _ = desk.find("list", desk.word("Sections")).extents()
    return x + width / 2 > frame.extents()[2] / 2


def begin(desk, language):
    """An empty store offers the sample data."""
    desk.start()
    desk.press(desk.word("Try With the Sample Data"))
    desk.find(LABEL, desk.word("Sample data loaded"))
    check("the window is mirrored in Arabic, and only there", is_mirrored(desk) == (language == "ar"))
    wait("experts counted", lambda: next(desk.look(ITEM, part=desk.word("Experts") + ", 3"), None))
    print("ok the sample data is loaded from the empty state")


def pick(desk, text):
    """Chooses in the picker that is open the first of what is found for @text."""
    entry = desk.find(SEARCH)
    entry.fill(text)
    desk.find(ITEM, part=text)
    desk.key("Return")
    desk.wait_gone(SEARCH)


def create(desk, language):
    """An expert, by the form; the number lacks its country, and the correction is offered."""
    desk.press(desk.word("New expert"))
    desk.fill(desk.word("Family name"), FAMILY)
    desk.fill(desk.word("Given name"), GIVEN)
    desk.fill(desk.word("Family name in Arabic"), FAMILY_AR)
    desk.fill(desk.word("Given name in Arabic"), GIVEN_AR)
    desk.find(ITEM, desk.word("Country of residence")).act("reference.choose")
    pick(desk, reference("countries", COUNTRY, language))
    desk.fill(desk.word("Phone"), PHONE_TYPED)
    desk.fill(desk.word("E-mail"), EMAIL)
    desk.press(desk.word("Add: %s") % desk.word("Domains"))
    pick(desk, reference("domains", DOMAIN, language))
    desk.do("form.save")
    desk.find(PUSH, part=PHONE_PARTS).act()
    wait("a phone corrected by its button", lambda: PHONE_PARTS in desk.read(desk.word("Phone")))
    desk.do("form.save")
    desk.find(LABEL, desk.word("%s saved", "record") % desk.word("Expert"))
    desk.find(ITEM, part=PHONE_PARTS)
    print("ok an expert is entered by the form")
    desk.do("record.back")


def search(desk, text):
    """Types into the search of the list; the row of the expert."""
    desk.fill(desk.word("Search the list"), text, role=SEARCH)
    row = desk.find(ROW, part=WRITTEN)
    wait("one row", lambda: len([row for row in desk.tree().walk() if row.role == ROW and row.name]) == 1)
    check(f"found by {text}, in both scripts", FAMILY_AR in row.name)
    return row


def find_by_other_script(desk, language):
    row = next(desk.look(ITEM, part=desk.word("Experts") + ", "))
    desk.mouse(row)
    search(desk, FAMILY_AR if language == "fr" else FAMILY)
    open_first(desk)


def open_first(desk):
    desk.do("win.search")
    desk.key("Return")
    desk.find(ITEM, part=EMAIL)


def correct(desk):
    """The phone, in its place; then the change is taken back by the toast, and made again."""
    phone = desk.word("Phone")
    desk.press(desk.word("Edit: %s") % phone)
    desk.fill(phone, NEW_PHONE_TYPED)
    desk.press(desk.word("Save"))
    desk.find(ITEM, part=f"{phone}: {NEW_PHONE_PARTS}")
    print("ok the phone is changed in its place")
    toast = desk.find(LABEL, desk.word("The change was saved"))
    while toast.role != "filler" or not list(desk.look(PUSH, desk.word("Undo"), within=toast)):
        toast = toast.parent
    next(desk.look(PUSH, desk.word("Undo"), within=toast)).act()
    desk.find(ITEM, part=f"{phone}: {PHONE_PARTS}")
    print("ok the toast brings the old number back")
    desk.do("win.redo")
    desk.find(ITEM, part=f"{phone}: {NEW_PHONE_PARTS}")
    desk.find(ITEM, part=desk.word("redo"))
    print("ok and the change is made again; the history tells")


def attach(desk, content=b"%PDF-1.4\n" + b"0" * 50000):
    """A curriculum vitae, through the file chooser."""
    path = os.path.join(desk.folder.name, "cv-ghizlane.pdf")
    with open(path, "wb") as stream:
        stream.write(content)
    desk.do("record.attach")
    desk.find("filler", CHOOSER)
    desk.key("slash")  # shows the entry for a path
    wait("an entry for the path", lambda: next(desk.look(ENTRY, within=desk.find("filler", CHOOSER)), None)).fill(path)
    desk.press(desk.word("Attach"))
    desk.find(ITEM, part="cv-ghizlane.pdf")
    print("ok a file is attached")
    return path


def meet_duplicate(desk):
    """The same number again in a new form: the hint comes, and what was typed is kept."""
    desk.do("win.new")
    desk.fill(desk.word("Family name"), FAMILY)
    desk.fill(desk.word("Phone"), NEW_PHONE_TYPED)
    desk.find(LABEL, desk.word("This person may already be known"))
    desk.find(PUSH, part=WRITTEN)
    print("ok a person who is known is recognised")
    desk.do("form.cancel")
    desk.find(LABEL, desk.word("What you typed is kept as a draft"))
    desk.quit()


def come_back(desk):
    """After a new start all of it is there."""
    desk.start("--section", "expert")
    desk.find(LABEL, desk.words.plural("A draft was kept", "Several drafts were kept", 1))
    search(desk, "1609 8765432")
    open_first(desk)
    desk.find(ITEM, part=f"{desk.word('Phone')}: {NEW_PHONE_PARTS}")
    desk.find(ITEM, part=EMAIL)
    desk.find(ITEM, part="cv-ghizlane.pdf")
    print("ok everything is found after a new start")
    desk.do("record.back")
    desk.do("win.new")
    desk.find(ALERT, part=desk.word("A draft of %s was kept.").split("%s")[0])
    desk.press(desk.word("Resume"))
    wait("the draft's number", lambda: desk.read(desk.word("Phone")) != "")
    check("the draft is offered and resumed", desk.read(desk.word("Family name")) == FAMILY)
    desk.press(desk.word("Cancel"))
    desk.quit()


def ask_the_other_program(desk):
    """kafaatctl on the same store."""
    check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")
    for text in (FAMILY_AR, FAMILY, NEW_PHONE):
        found = [json.loads(line) for line in desk.ctl("--json", "find", text).splitlines()]
        check(f"kafaatctl finds her by {text}", found and FAMILY_AR in found[0]["title_ar"])
    check("her CV is in the store", "cv-ghizlane.pdf" in desk.ctl("list", "attachment"))


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        begin(desk, language)
        create(desk, language)
        find_by_other_script(desk, language)
        correct(desk)
        attach(desk)
        meet_duplicate(desk)
        come_back(desk)
        ask_the_other_program(desk)


if __name__ == "__main__":
    main()
