#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the office, by the window: print.py LANGUAGE.

The file of a mission is previewed in both languages and saved as PDF; the list of experts is exported as it is seen.
Both are read back by other programs."""

import json
import os
import re
import subprocess
import sys

import openpyxl

from conventions import CONTROL, SYMBOLS, Keyboard, check
from journey import CHOOSER
from kaf_driver import ENTRY, LABEL, PUSH, Desk, wait

SYMBOLS.update({"e": 0x65, "p": 0x70, "s": 0x73})
SHIFT = 50  # key code
MISSION = "MIS-2026-0002"


def record(desk, ref, language):
    found = json.loads(desk.ctl("--json", "show", ref))
    return found["title_ar"] if language == "ar" else found["title"]


def choose_file(desk, path, button):
    chooser = desk.find("filler", CHOOSER)
    wait("an entry for the name", lambda: next(desk.look(ENTRY, within=chooser), None)).fill(path)
    desk.press(button)
    wait("the file", lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    desk.find(LABEL, part=os.path.basename(path))


def count_pages(desk):
    """Of what is previewed; 0: it is being made."""
    told = re.escape(desk.word("Page %s of %s")).replace("%s", r"(\d+)")
    found = [re.search(told, re.sub("[\u2066-\u2069]", "", node.name)) for node in desk.look(LABEL)]
    return max((int(one.group(2)) for one in found if one), default=0)


def preview(desk, keys, language):
    title = record(desk, MISSION, language)
    desk.find(PUSH, part=title)
    keys.tab_to(title)
    keys.press("Return")
    desk.find(LABEL, title)
    keys.press("p", CONTROL)
    one = wait("pages of one language", lambda: count_pages(desk))
    desk.press(desk.word("Both"))
    both = wait("pages of both languages", lambda: count_pages(desk) > one and count_pages(desk))
    path = os.path.join(desk.folder.name, "dossier.pdf")
    keys.press("s", CONTROL)
    choose_file(desk, path, desk.word("Save", "button"))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    pages = text.split("\f")[:-1]
    check("the PDF holds the mission in French", "Dossier de mission" in text and MISSION in pages[0])
    check(f"it has the {both} pages that were seen", len(pages) == both)
    language = subprocess.run(["qpdf", "--json", path], capture_output=True, check=True, timeout=60).stdout.decode()
    check("it says its language", '"/Lang"' in language)


def export(desk, keys, language):
    path = os.path.join(desk.folder.name, "experts.xlsx")
    name, other = ("title_ar", "title") if language == "ar" else ("title", "title_ar")
    experts = {one[name]: one[other] for one in map(json.loads, desk.ctl("--json", "list", "expert").splitlines())}
    shown = wait("the experts", lambda: [node.name for node in desk.look(LABEL) if node.name in experts])
    check("all of them show", sorted(shown) == sorted(experts))
    keys.press("e", CONTROL, SHIFT)
    choose_file(desk, path, desk.word("Export", "button"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = int(re.match(r"[A-Z]+(\d+)", sheet.auto_filter.ref).group(1))
    rows = list(sheet.iter_rows(min_row=head + 1, values_only=True))
    check("the workbook has them in the order of the list", [cells[0] for cells in rows] == shown)
    check("and their other names", all(experts[cells[0]] in cells for cells in rows))


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        keys = Keyboard(desk)
        desk.ctl("sample")
        desk.start("--section", "mission")
        preview(desk, keys, language)
        desk.quit()
        desk.start("--section", "expert")
        export(desk, keys, language)
        desk.quit()
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
