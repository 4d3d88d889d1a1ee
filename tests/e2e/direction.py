#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who sees totals alone: direction.py LANGUAGE.

On a store that holds records the role of the direction opens none of them: neither by the window, nor by kafaatctl,
nor in a file. The count of 2030 and the projects by stage stay, as figures."""

import os
import sqlite3
import subprocess
import sys

import openpyxl

from conventions import ALT, SYMBOLS, Keyboard, check
from kaf_driver import LABEL, PUSH, Desk, Missing, wait

SYMBOLS.update({"2": 0x32, "9": 0x39})
MISSION = "MIS-2026-0002"
REFUSED = (("list", "expert"), ("list", "mission"), ("show", MISSION), ("find", "Exemple"), ("export", "expert", "{}.csv"),
           ("print", "mission-file", MISSION, "{}.pdf"), ("print", "mission-order", MISSION, "{}.pdf"),
           ("report", "experts", "{}.xlsx"), ("report", "missions", "{}.xlsx"), ("report", "project-holders", "{}.xlsx"),
           ("history", MISSION), ("score", "POR-2026-0001"))


def become(desk, role):
    """As the hub told it last."""
    with sqlite3.connect(desk.store) as store:
        store.executemany("INSERT OR REPLACE INTO local (key, value) VALUES (?, ?)",
                          (("sync-url", "https://127.0.0.1:9"), ("sync-user", "wafae"), ("sync-role", role)))
    store.close()


def run(desk, *words):
    return subprocess.run([os.environ["KAFAATCTL"], "--store", desk.store, *words], env=desk.environment, timeout=120,
                          capture_output=True, text=True, check=False)


def ask_in_terminal(desk):
    base = os.path.join(desk.folder.name, "out")
    for words in REFUSED:
        done = run(desk, *[word.format(base) for word in words])
        if done.returncode == 0 or done.stdout or desk.word("Direction") not in done.stderr:
            raise Missing(f"{words}: {done.returncode} {done.stdout[:200]} {done.stderr[:200]}")
    check("kafaatctl opens no record, and says why", not any(name.startswith("out") for name in os.listdir(desk.folder.name)))
    check("it counts towards 2030", '"identified"' in desk.ctl("--json", "count-2030"))
    desk.ctl("report", "target-2030", base + ".xlsx")
    cells = [str(cell) for sheet in openpyxl.load_workbook(base + ".xlsx") for row in sheet.iter_rows(values_only=True)
             for cell in row if cell is not None]
    check("the workbook of 2030 is made, and names nobody", not any("EXEMPLE" in cell.upper() for cell in cells))


def look_at_home(desk):
    desk.find(LABEL, desk.word("Your Role Sees Totals Alone"))
    figure = desk.find(PUSH, part=desk.word("Identified"))
    check("the count of 2030 shows", "10" in figure.name)
    texts = [node.name for node in desk.tree().walk()]
    check("nobody is named on the home page", not any("EXEMPLE" in text.upper() for text in texts))
    sections = desk.find("list", desk.word("Sections")).children
    check("the sidebar has what is open", [node.name for node in sections if node.role == "list item"] ==
          [desk.word(word) for word in ("Home", "Goal 2030", "Projects by stage")])


def look_elsewhere(desk, keys):
    for key in ("2", "9"):
        keys.press(key, ALT)
        wait("the sentence in place of a list", lambda: [node for node in desk.look(LABEL, part=desk.word(
            "Records, their lists and their documents name people and stay closed to it. The count of 2030 and the "
            "projects by stage are open."))])
        check("nothing shows of any record", not any("EXEMPLE" in node.name.upper() for node in desk.tree().walk()))
    frame = desk.frames()[0]
    for action in ("win.search-everywhere", "win.export", "win.print", "win.show-todo", "win.show-calendar", "win.import"):
        if action in frame.actions():
            frame.act(action)
    check("nor by its actions", not any("EXEMPLE" in node.name.upper() for node in desk.tree().walk()))
    desk.press(desk.word("Projects by stage"))
    desk.find(LABEL, desk.word("Under way, by region"))
    check("the projects by stage are figures", not any("EXEMPLE" in node.name.upper() for node in desk.tree().walk()))


def main():
    language = sys.argv[1]
    with Desk(language) as desk:
        os.makedirs(os.path.dirname(desk.store), exist_ok=True)
        desk.ctl("sample")
        become(desk, "direction")
        ask_in_terminal(desk)
        desk.start("--section", "home")
        look_at_home(desk)
        look_elsewhere(desk, Keyboard(desk))
        desk.quit()


if __name__ == "__main__":
    main()
