# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands on the page of a mission: its dialogs, menus, tabs and grids."""

import time

from conventions import CONTROL, PAUSE, SYMBOLS, Keyboard
from journey import CHOOSER
from kaf_driver import ENTRY, FRAME, ITEM, PUSH, Missing, plain_text, read_tree, wait
from kaf_focus import SHORT, STAYS
from gi.repository import GLib

SYMBOLS.update({"slash": 0x2f, "Up": 0xff52, "Right": 0xff53, "F4": 0xffc1, "Home": 0xff50, "End": 0xff57,
                "Page_Up": 0xff55, "asterisk": 0x2a,
                **{digit: 0x30 + int(digit) for digit in "012345689"}, **{letter: ord(letter) for letter in "mnopz"}})
COMBO, TAB, MENU_ITEM, CELL = "combo box", "page tab", "menu item", "table cell"
STEPS = 10  # places between which the pointer drags


def middle(node):
    x, y, width, height = node.extents()
    return x + width // 2, y + height // 2


class Hands(Keyboard):
    """What a person does with keys and mouse, by the names of things."""

    @property
    def french(self):
        return self.desk.environment["LANGUAGE"] == "fr"

    def word(self, text):
        return self.desk.word(text)

    def enter(self, name):
        """Tabs to what is called so, and Enter."""
        self.tab_to(name)
        self.press("Return")

    def pick(self, name, choice):
        """Opens the list of a choice, and goes down to @choice; where all choices stand side by side, comes to that."""
        def is_list(node):
            return any((one.role, one.name) == (COMBO, name) for one in node.with_above())

        node = self.tab_until(f"“{name}”", lambda node: is_list(node) or (node.role, node.name) == (PUSH, choice))
        if is_list(node):
            self.go("space")
            self.go_to(choice)
            self.go("Return")
        else:
            self.press("space")

    def read_focused(self):
        """What stands in what has the focus: a line of a list has it before it is filled."""
        deadline = time.monotonic() + STAYS
        while True:
            node = self.focused()
            names = [one.name for one in read_tree(node).walk() if one.name] if node is not None else []
            if names or time.monotonic() > deadline:
                return names
            time.sleep(SHORT)

    def go_to(self, text, key="Down", most=30):
        """Presses @key until what has the focus, or something in it, is called @text."""
        seen = []
        for _ in range(most):
            names = self.read_focused()
            if text in names:
                return
            seen.append(" ".join(names) or "nothing")
            self.go(key)
        raise Missing(f"“{text}” is not reached by {key}, but " + ", ".join(seen))

    def tab(self, name):
        """Shows that tab of the step."""
        self.desk.find(TAB, name, action="click").act()

    def toggle(self, name):
        self.tab_to(name)
        self.press("space")

    def either(self, french, arabic):
        return french if self.french else arabic

    def type(self, text):
        """Of letters and digits, key by key."""
        for letter in text:
            SYMBOLS[letter] = ord(letter)
            self.press(letter)

    def put(self, name, text):
        """A click into the entry, its text, and Tab: the page keeps it."""
        entry = self.desk.find(ENTRY, name)
        self.desk.mouse(entry)
        entry.fill(text)
        wait(f"“{name}” holding {text}", lambda: entry.text() == text)
        self.press("Tab")

    def tab_to_role(self, role, part):
        return self.tab_until(f"{role} “{part}”", lambda node: node.role == role and part in node.name)

    def drag(self, node, target):
        """Drags @node to @target, as a hand does: by and by."""
        (x, y), (to_x, to_y) = middle(node), middle(target)
        self.point(x, y, "abs")
        self.point(x, y, "b1p")
        for step in range(1, STEPS + 1):
            self.point(x + (to_x - x) * step // STEPS, y + (to_y - y) * step // STEPS, "abs")
            time.sleep(PAUSE)
        self.point(to_x, to_y, "b1r")

    def point(self, x, y, what):
        self.desk.hand("GenerateMouseEvent", GLib.Variant("(iis)", (x, y, what)))

    def choose_file(self, path, button):
        """In the window of files that is open, by its path."""
        self.desk.find("filler", CHOOSER)
        self.press("slash")
        entry = wait("an entry for the path", lambda: next(self.desk.look(ENTRY, within=self.desk.find("filler", CHOOSER)),
                                                          None))
        entry.fill(path)
        self.desk.press(button)
        self.desk.wait_gone("filler", CHOOSER)

    def add(self, section, title):
        """The button that adds to a part of the page; its dialog."""
        self.desk.press(self.word("Add: %s") % self.word(section))
        self.desk.find(FRAME, self.word(title))

    def edit(self, name, title):
        """Enter on the row of that name; its dialog."""
        self.tab_until(f"the row “{name}”", lambda node: node.role == ITEM and node.name.startswith(name + ","))
        self.press("Return")
        self.desk.find(FRAME, self.word(title))

    def quick(self, name, label):
        """An act of the menu of that row."""
        self.tab_to(plain_text(self.word("Actions for %s") % name))
        self.go("Return")
        self.go_to(self.word(label))
        self.press("Return")

    def save(self, title):
        """Ctrl+S in the dialog of that title."""
        self.press("s", CONTROL)
        self.desk.wait_gone(FRAME, self.word(title))
