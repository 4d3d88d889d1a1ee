#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The home page for who does not see it, and for who has no mouse: home.py LANGUAGE.

What is drawn there says its figures to a screen reader, and has them as a table; each figure opens the list that it
counts, as long as it says."""

import json
import os
import re
import sys

from conventions import ALT, SYMBOLS, Keyboard, check
from kaf_driver import LABEL, PUSH, ROW, Desk, plain_text, wait

SYMBOLS.update({"1": 0x31})
PLOT, TABLE = "image", "table"
STEPS = 10


def series(desk):
    """The points that stand for the years, as kafaatctl counts them."""
    days = [json.loads(line)["day"] for line in desk.ctl("--json", "count-2030", "--series").splitlines()]
    ends = [day for day, after in zip(days, days[1:] + [""]) if day[:4] != after[:4]]
    return [json.loads(desk.ctl("--json", "count-2030", "--at", day)) for day in ends]


def numbers(text):
    """Those of a line, without what parts thousands; a day gives its parts."""
    return [int(one.replace(" ", "").replace(".", "").replace(",", ""))
            for one in re.findall(r"\d{1,3}(?:[ .,]\d{3})+|\d+", plain_text(text))]


def figures(point):
    return [point["identified"], point["engaged"], point["mobilised"], point["path"]]


def hear_plot(desk):
    """What a screen reader gets of the plot: where it stands, and a line a year."""
    years = series(desk)
    plot = wait("the plot", lambda: next((node for node in desk.look(PLOT) if node.description()), None))
    lines = plot.description().splitlines()
    check(f"the plot says {len(years)} years", len(lines) == len(years))
    check("each with its figures", all(numbers(line)[-4:] == figures(year) for line, year in zip(lines, years)))
    check("its name says who is mobilised, and where the path stands",
          numbers(plot.name)[-2:] == figures(years[-1])[2:])


def read_table(desk):
    """The same as a table, by the keyboard."""
    years = series(desk)
    name = desk.word("Figures by Year")
    desk.keys.tab_to(name)
    desk.keys.press("space")
    table = desk.find(TABLE, name)
    rows = [node for node in table.walk() if node.role == ROW]
    cells = [[plain_text(cell.name) for cell in row.walk() if cell.role in ("row header", "table cell")]
             for row in rows]
    check("the table has a heading", cells[0][-1] == desk.word("Path", "plot"))
    check("and a row a year, of five cells", [len(row) for row in cells] == [5] * (len(years) + 1))
    check("that hold the figures", [[numbers(cell)[0] for cell in row[1:]] for row in cells[1:]] ==
          [figures(year) for year in years])
    desk.keys.press("Tab")
    desk.keys.press("Down")
    row = wait("a row with the focus", desk.keys.focused)
    check("its rows are walked through by the arrows, and say themselves whole", numbers(row.name)[-4:] in
          [figures(year) for year in years])


def count_list(desk):
    """How many records the list that shows says to have: “1 of 6”, or what stands in place of rows."""
    told = re.compile("^" + re.escape(desk.word("%s of %s", "count")).replace("%s", r"(\d+)") + "$")
    words = [node.name for node in desk.look(LABEL)]
    found = [told.match(word) for word in words]
    return next((int(one.group(1)) for one in found if one), 0 if desk.word("No Result") in words else None)


def expect(desk, name, n):
    """The list that opened has @n records; then the home page again."""
    wait(f"a list of {n} behind “{name}”", lambda: count_list(desk) == n)
    desk.keys.press("1", ALT)
    desk.find(LABEL, desk.word("Missions by step"))


def open_figures(desk):
    """Those of 2030, of the missions by step, of the experts by country and domain: “Identified, 10, +1 in 90 days”."""
    groups = [desk.word(one) for one in ("Missions by step", "Experts by country", "Experts by domain")]
    stages = [desk.word(one) for one in ("Identified", "Engaged", "Mobilised")]
    found = wait("the figures", lambda: [node.name for group in groups for node in desk.look(
        PUSH, part=", ", within=next(desk.look("panel", group)))])
    found += [node.name for node in desk.look(PUSH) if node.name.split(", ")[0] in stages]
    check("each step and each stage has its figure", len(found) > STEPS + len(stages))
    for name in found:
        desk.find(PUSH, name, action="click").act()
        expect(desk, name, numbers(name.split(", ", 1)[1])[0])
    print(f"ok {len(found)} figures open lists that have as many", flush=True)


def open_quality(desk):
    """By the keyboard: into the list by Tab, along it by the arrows. The first is a share of all experts."""
    title = desk.word("Quality of the data")
    rows = [(node.name, numbers(node.description())[0]) for node in desk.find("list", title).children]
    experts = len(desk.ctl("--json", "list", "expert").splitlines())
    for place, (name, n) in enumerate(rows):
        desk.keys.tab_to(rows[0][0])
        for _ in range(place):
            desk.keys.press("Down")
        desk.keys.press("Return")
        expect(desk, name, n if place > 0 else experts * n // 100)
    print(f"ok {len(rows)} figures of the quality open theirs by Enter", flush=True)


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        desk.keys = Keyboard(desk)
        desk.ctl("sample")
        desk.start("--section", "home")
        desk.find(LABEL, desk.word("Quality of the data"))
        hear_plot(desk)
        read_table(desk)
        open_figures(desk)
        open_quality(desk)
        desk.quit()
        check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")


if __name__ == "__main__":
    main()
