#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of a consulate comes in, and who may be one is judged: reference.py LANGUAGE.

With the keyboard alone. A file of Windows-1256 is read in a wrong encoding and put right, what it would do is looked at
before anything is written, a row is left out, and what came in is taken back as one and brought in again. Then pairs
are the same, undone, the same again, different and put off; who was joined is shown once, and separated.

The letter in front of a number of the list tells what is to be found out about its row: tests/fixtures/consulate."""

import collections
import csv
import json
import os
import sys

from conventions import ALT, CONTROL, SYMBOLS, Keyboard, check
from journey import CHOOSER
from kaf_driver import ENTRY, LABEL, PUSH, ROW, SEARCH, Desk, wait

SYMBOLS.update({"2": 0x32, "Home": 0xff50, "d": 0x64, "i": 0x69, "l": 0x6c, "z": 0x7a})
SHIFT = 50
WINDOW = "filler"  # as windows of libadwaita are
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "consulate")
LIST, KNOWN = os.path.join(FOLDER, "liste.csv"), os.path.join(FOLDER, "known.csv")
ENCODINGS = ["UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "WINDOWS-1256"]  # as they are offered
ENCODING, WRONG = ENCODINGS[4], ENCODINGS[3]


class Truth:
    """What is in the list."""

    def __init__(self):
        with open(LIST, encoding=ENCODING, newline="") as stream:
            _, *self.rows = csv.reader(stream, delimiter=";")
        kinds = collections.Counter(row[0][0] for row in self.rows)
        self.new, self.by_email, self.likely, self.refused = (kinds[kind] for kind in "NELR")
        self.first = self.rows[0][2]
        # As a list has them, the family in front.
        self.likely_names = [" ".join(row[1].rsplit(" ", 1)[::-1]) for row in self.rows if row[0][0] == "L"]
        self.garbled = self.first.encode(ENCODING).decode(WRONG)


def count_experts(desk):
    return len(desk.ctl("--json", "list", "expert").splitlines())


def choose_encoding(desk, keys, name, shown):
    """From the list that the row opens; the file is read again at once."""
    keys.tab_to(desk.word("Encoding"))
    keys.press("Return")
    desk.find(LABEL, ENCODINGS[0])
    keys.press("Home")
    for _ in range(ENCODINGS.index(name)):
        keys.press("Down")
    keys.press("Return")
    desk.find(LABEL, shown)


def open_list(desk, keys, truth):
    keys.press("i", CONTROL)
    desk.find(WINDOW, desk.word("Import"))
    keys.press("Return")  # the choice of a file has the focus
    desk.find("filler", CHOOSER)
    desk.key("slash")  # shows the entry for a path
    wait("an entry for the path", lambda: next(desk.look(ENTRY, within=desk.find("filler", CHOOSER)), None)).fill(LIST)
    keys.press("Return")
    desk.find(LABEL, truth.first)
    print("ok the encoding of the list is recognised", flush=True)
    choose_encoding(desk, keys, WRONG, truth.garbled)
    check("in a wrong one no Arabic is left", not any(desk.look(LABEL, truth.first)))
    choose_encoding(desk, keys, ENCODING, truth.first)
    print("ok a wrong encoding shows, and is put right", flush=True)


def look_through(desk, keys, truth):
    """What it would do; nothing is written."""
    keys.press("Return", CONTROL)
    desk.find(LABEL, desk.word("What the columns are"))
    keys.press("Return", CONTROL)
    desk.find(LABEL, desk.word("What it would change"))
    counts = [("All rows", len(truth.rows)), ("New", truth.new), ("Changed rows", truth.by_email), ("Same rows", 0),
              ("Likely duplicates", truth.likely), ("Refused", truth.refused)]
    shown = [node.name for node in desk.look(PUSH)]
    check("new, changed, likely and refused rows are counted as they are",
          all(f"{desk.word(label)}  {n}" in shown for label, n in counts))
    check("nothing is written yet", count_experts(desk) == truth.by_email + truth.likely)


def leave_out(desk, keys, truth):
    """The first of the new rows."""
    keys.tab_to(f"{desk.word('New')}  {truth.new}")
    keys.press("space")
    keys.tab_to(desk.word("Rows of the table"))
    keys.press("Down")
    keys.press("space")
    desk.find(PUSH, desk.word("Leave Out"))
    keys.tab_to(desk.word("Leave Out"))
    keys.press("Return")
    desk.find(PUSH, desk.word("Take In"))
    print("ok a row is left out", flush=True)


def take_in(desk, keys, truth):
    """One batch, which is taken back as one and brought in again."""
    known = truth.by_email + truth.likely
    n = truth.new - 1 + known
    keys.press("Return", CONTROL)
    desk.find(LABEL, desk.words.plural("%s record imported", "%s records imported", n) % n)
    wait("all of it in the store", lambda: count_experts(desk) == n + truth.likely)
    keys.press("Escape")
    desk.wait_gone(WINDOW, desk.word("Import"))
    desk.find(PUSH, desk.word("Undo"))
    print(f"ok {n} records are imported, and taking them back is offered", flush=True)
    keys.press("z", CONTROL)
    desk.find(LABEL, part=desk.word("Import of %s records undone").split("%s")[0])
    wait("none of it in the store", lambda: count_experts(desk) == known)
    keys.press("z", CONTROL, SHIFT)
    desk.find(LABEL, part=desk.word("Import of %s records done again").split("%s")[0])
    wait("all of it again", lambda: count_experts(desk) == n + truth.likely)
    print("ok it is undone as one, and done again", flush=True)


def expect_pairs(desk, n):
    desk.find(LABEL, desk.word("%s of %s") % (1, n))


def judge(desk, keys, truth):
    """The name of the first that was joined."""
    n, experts = truth.likely, count_experts(desk)
    keys.press("d", CONTROL)
    expect_pairs(desk, n)
    name = next(node.name for node in desk.look(PUSH) if node.name in truth.likely_names)
    keys.press("s")
    expect_pairs(desk, n - 1)
    check("two that are the same are one", count_experts(desk) == experts - 1)
    keys.press("z", CONTROL)
    expect_pairs(desk, n)
    check("and two again when that is undone", count_experts(desk) == experts)
    keys.press("s")
    expect_pairs(desk, n - 1)
    keys.press("d")
    expect_pairs(desk, n - 2)
    keys.press("l")
    expect_pairs(desk, n - 3)
    check("who is different, or put off, stays two", count_experts(desk) == experts - 1)
    return name


def separate(desk, keys, name):
    """From the page of the one who is shown."""
    experts = count_experts(desk)
    keys.press("2", ALT)
    desk.fill(desk.word("Search the list"), name, role=SEARCH)
    wait("one row", lambda: len([row for row in desk.look(ROW) if row.name]) == 1)
    print(f"ok {name} is shown once", flush=True)
    desk.do("win.search")
    keys.press("Return")
    desk.find(LABEL, desk.words.plural("one with %u other record", "one with %u other records", 1).replace("%u", "1"))
    keys.tab_to(desk.word("Separate"))
    keys.press("Return")
    wait("two of them", lambda: count_experts(desk) == experts + 1)
    print("ok and separated on that page", flush=True)


def main():
    language = sys.argv[1]
    truth = Truth()
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Keyboard(desk)
        desk.ctl("import", "expert", KNOWN)
        desk.start("--section", "expert")
        desk.find(LABEL, str(truth.by_email + truth.likely))
        open_list(desk, keys, truth)
        look_through(desk, keys, truth)
        leave_out(desk, keys, truth)
        take_in(desk, keys, truth)
        separate(desk, keys, judge(desk, keys, truth))
        desk.quit()
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
