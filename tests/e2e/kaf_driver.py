# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window as an assistive tool does: through the accessibility tree, by roles, names and actions.

    with Desk("fr") as desk:
        desk.start()
        desk.press(desk.word("Add an Expert"))

What is waited for is polled until a deadline; what does not come fails with the tree that was there instead. Names
come from the built catalogue by their English text (Desk.word), so that a journey is written once for all languages.

The tree is read over the bus, a whole level in one go, with what the program says of all its nodes at once: pyatspi,
which asks for one thing after the other and answers from a cache of its own, takes seconds for a form of 500 nodes and
shows what is no longer there. Its names of roles are used. Traps of GTK 4.8: only WINDOW coordinates are right; GetText wants the count, -1 gives nothing; an entry does
not take the focus from here; selecting a row does not activate it."""

import contextlib
import gettext
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  (the version must be settled first)

PATIENCE = float(os.environ.get("KAF_E2E_PATIENCE", "30"))  # s, until something waited for is given up
PAUSE = 0.05                                                # s, between two looks
WINDOW_COORDINATES = 1
KEY_BY_SYMBOL = 3
KEYS = {"Return": 0xff0d, "Escape": 0xff1b, "Down": 0xff54, "slash": 0x2f}

ENTRY, SEARCH, PUSH = "text", "entry", "push button"
FRAME, DIALOG, ALERT = "frame", "dialog", "alert"
LABEL, ROW, ITEM = "label", "table row", "list item"

# Nothing is looked for below these.
LEAVES = (LABEL, "scroll bar", "image", "separator")


class Missing(Exception):
    """Something that was waited for did not come."""


class NoAction(Missing):
    """A node has no action of that name, or it is disabled."""


class Gone(Exception):
    """A node went away while it was used."""


class Bus:
    """The bus of the assistive tools. Many questions at once: each answer has to go through the program's loop."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, 10000, None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags)

    def call(self, owner, path, interface, method, arguments=None):
        try:
            return self.connection.call_sync(owner, path, interface, method, arguments, None,
                                             Gio.DBusCallFlags.NONE, 10000, None)
        except GLib.Error as error:
            raise Gone(f"{method}: {error.message}") from error

    def ask(self, *question):
        return self.call(*question).unpack()

    def ask_all(self, questions):
        """The answers to @questions (owner, path, interface, method, arguments), None for one that failed."""
        answers = [None] * len(questions)
        left = len(questions)

        def note(connection, result, place):
            nonlocal left
            left -= 1
            with contextlib.suppress(GLib.Error):
                answers[place] = connection.call_finish(result).unpack()

        for place, question in enumerate(questions):
            self.connection.call(*question, None, Gio.DBusCallFlags.NONE, 10000, None, note, place)
        while left > 0:
            GLib.MainContext.default().iteration(True)
        return answers


class Node:
    """One thing of the tree, as it was when the tree was read."""

    def __init__(self, bus, owner, path, parent=None):
        self.bus, self.owner, self.path, self.parent = bus, owner, path, parent
        self.role, self.name, self.children = "", "", []
        self.focusable = True  # False: surely not

    def ask(self, interface, method, arguments=None):
        return self.bus.ask(self.owner, self.path, "org.a11y.atspi." + interface, method, arguments)

    def walk(self):
        """This and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def with_above(self):
        """This and what it stands in, outwards."""
        node = self
        while node is not None:
            yield node
            node = node.parent

    def above(self, *roles):
        """The nearest node above of one of @roles, or None."""
        node = self.parent
        while node is not None and node.role not in roles:
            node = node.parent
        return node

    def extents(self):
        """The place in the window: x, y, width, height in pixels."""
        return self.ask("Component", "GetExtents", GLib.Variant("(u)", (WINDOW_COORDINATES,)))[0]

    def actions(self):
        """The names of its actions, "click" and those of its action groups."""
        try:
            count = self.bus.ask(self.owner, self.path, "org.freedesktop.DBus.Properties", "Get",
                                 GLib.Variant("(ss)", ("org.a11y.atspi.Action", "NActions")))[0]
        except Gone:
            return []
        # GetActions would give translated names.
        answers = self.bus.ask_all([(self.owner, self.path, "org.a11y.atspi.Action", "GetName",
                                     GLib.Variant("(i)", (place,))) for place in range(count)])
        return [answer[0] if answer else "" for answer in answers]

    def act(self, name="click"):
        names = self.actions()
        if name not in names:
            raise NoAction(f"{self.role} “{self.name}” has no action {name}, but {names}")
        self.ask("Action", "DoAction", GLib.Variant("(i)", (names.index(name),)))

    def description(self):
        """What is said of it beside its name."""
        return plain_text(self.bus.ask(self.owner, self.path, "org.freedesktop.DBus.Properties", "Get",
                                       GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Description")))[0])

    def text(self):
        """What an entry holds."""
        count = self.bus.ask(self.owner, self.path, "org.freedesktop.DBus.Properties", "Get",
                             GLib.Variant("(ss)", ("org.a11y.atspi.Text", "CharacterCount")))[0]
        return plain_text(self.ask("Text", "GetText", GLib.Variant("(ii)", (0, count)))[0])

    def fill(self, text):
        self.ask("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def set_number(self, number):
        """Of a spin button."""
        self.bus.ask(self.owner, self.path, "org.freedesktop.DBus.Properties", "Set",
                     GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue", GLib.Variant("d", number))))

    def describe(self, depth=0):
        """This and what is below as lines, for the eyes of the one who reads a failure."""
        line = f"{'  ' * depth}{self.role} “{self.name}”"
        names = [] if self.role == LABEL else self.actions()
        if names:
            line += f" [{' '.join(names)}]"
        lines = [line]
        for child in self.children:
            lines += child.describe(depth + 1)
        return lines


def plain_text(text):
    """@text without marks of direction, its spaces all of one kind."""
    return re.sub("[\u200e\u200f\u2066-\u2069]", "", text.replace("\u00a0", " ").replace("\u202f", " "))


def clean(name):
    """A button without a label of its own is named by its mnemonic and by its label: “_Open Open”."""
    name = plain_text(name)
    plain = name.replace("_", "")
    middle = len(plain) // 2
    if len(plain) % 2 == 1 and plain[middle] == " " and plain[:middle] == plain[middle + 1:]:
        return plain[:middle]
    return name


def only_shown(nodes):
    """Those of @nodes that are laid out; a page that is hidden is not in the tree at all."""
    nodes = list(nodes)
    answers = nodes[0].bus.ask_all([(node.owner, node.path, "org.a11y.atspi.Component", "GetExtents",
                                     GLib.Variant("(u)", (WINDOW_COORDINATES,))) for node in nodes]) if nodes else []
    return [node for node, answer in zip(nodes, answers) if answer and min(answer[0][2:]) > 0]


def read_items(root):
    """What the program says of all it has: by path how many are below, name, role, and whether it takes the focus."""
    answer = root.bus.call(root.owner, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems").get_child_value(0)
    items = {}
    # Piece by piece: to unpack all of it takes five times as long.
    for place in range(answer.n_children()):
        item = answer.get_child_value(place)
        states = item.get_child_value(9).get_child_value(0).get_uint32()
        items[item.get_child_value(0).get_child_value(1).get_string()] = (
            item.get_child_value(4).get_int32(), item.get_child_value(6).get_string(),
            item.get_child_value(7).get_uint32(), bool(states >> int(Atspi.StateType.FOCUSABLE) & 1))
    return items


def fill_known(nodes, items):
    """Role and name of @nodes by @items; those that may have something below."""
    above = []
    for node in nodes:
        count, name, role, node.focusable = items[node.path]
        node.role, node.name = Atspi.role_get_name(Atspi.Role(role)), clean(name)
        if count > 0 or node.parent is None:
            above.append(node)
    return above


def fill_new(nodes):
    """The same of those that came since; each is asked."""
    answers = nodes[0].bus.ask_all([question for node in nodes for question in (
        (node.owner, node.path, "org.a11y.atspi.Accessible", "GetRole", None),
        (node.owner, node.path, "org.freedesktop.DBus.Properties", "Get",
         GLib.Variant("(ss)", ("org.a11y.atspi.Accessible", "Name"))))]) if nodes else []
    for place, node in enumerate(nodes):
        role, name = answers[2 * place:2 * place + 2]
        node.role = Atspi.role_get_name(Atspi.Role(role[0])) if role else ""
        node.name = clean(name[0]) if name else ""
    return nodes


def read_tree(root):
    """Reads all below @root, a level at a time. The program tells role, name and state of all nodes in one answer, of
    hidden ones as well; what shows, and in which order, each node has to say."""
    items = read_items(root)
    level = [root]
    while level:
        above = fill_known([node for node in level if node.path in items], items)
        above += fill_new([node for node in level if node.path not in items])
        above = [node for node in above if node.role not in LEAVES]
        answers = root.bus.ask_all([(node.owner, node.path, "org.a11y.atspi.Accessible", "GetChildren", None)
                                    for node in above])
        for node, answer in zip(above, answers):
            node.children = [Node(node.bus, owner, path, node) for owner, path in (answer[0] if answer else [])]
        level = [child for node in level for child in node.children]
    return root


def wait(what, look):
    """The first true value of @look; Missing, with @what, when the deadline passes."""
    deadline, trouble = time.monotonic() + PATIENCE, ""
    while True:
        try:
            value = look()
            if value:
                return value
        except Gone as error:
            trouble = f", {error}"
        if time.monotonic() > deadline:
            raise Missing(f"{what}: not there after {PATIENCE:g} s{trouble}")
        time.sleep(PAUSE)


class Words:
    """The texts of the window in the language of the journey, by their English text."""

    def __init__(self, language):
        self.catalogue = gettext.translation("kafaat", os.environ["KAF_LOCALEDIR"], [language])

    def get(self, text, context=None):
        return plain_text(self.catalogue.pgettext(context, text) if context else self.catalogue.gettext(text))

    def plural(self, one, many, number):
        return plain_text(self.catalogue.ngettext(one, many, number))


class Desk:
    """A computer of its own: a home folder that is thrown away, one store, and the program on it."""

    def __init__(self, language):
        self.words, self.bus = Words(language), Bus()
        self.folder = tempfile.TemporaryDirectory(prefix="kafaat-desk-")
        self.store = os.path.join(self.folder.name, "data", "kafaat", "kafaat.db")
        self.log = os.path.join(self.folder.name, "log")
        self.program = None
        self.environment = {**os.environ, "LANGUAGE": language, "LANG": "C.UTF-8", "HOME": self.folder.name,
                            "GSETTINGS_BACKEND": "memory"}
        for name in ("data", "config", "cache", "state"):
            self.environment[f"XDG_{name.upper()}_HOME"] = os.path.join(self.folder.name, name)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if error is not None and self.program is not None:
            self.tell_failure()
        self.kill()
        self.folder.cleanup()

    def tell_failure(self):
        try:
            print("\n".join(self.tree().describe()), file=sys.stderr)
        except (Missing, Gone) as error:
            print(f"no tree: {error}", file=sys.stderr)
            self.tell_threads()
        self.tell_log()

    def tell_threads(self):
        """Where the program stands that does not answer: what each thread waits for or has used, and the calls of the first."""
        process = self.program.pid
        with contextlib.suppress(OSError):
            for thread in sorted(os.listdir(f"/proc/{process}/task"), key=int):
                about = {}
                for name in ("stat", "wchan", "syscall"):
                    with contextlib.suppress(OSError), open(f"/proc/{process}/task/{thread}/{name}", encoding="utf-8") as text:
                        about[name] = text.read().strip()
                name, _, figures = about.get("stat", "").partition(") ")
                figures = figures.split()
                call = about.get("syscall", "").partition(" ")[0]
                print(f"{name}) {' '.join(figures[:1] + figures[11:13])} {about.get('wchan')} {call}", file=sys.stderr)
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            told = subprocess.run(["gdb", "-p", str(process), "-batch", "-nx", "-ex", "thread apply 1 bt 40"],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                  check=False, timeout=60).stdout.splitlines()
            print("\n".join([line for line in told if line.startswith("#")] or told[-5:]), file=sys.stderr)

    def tell_log(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            sys.stderr.write(log.read())

    def word(self, text, context=None):
        return self.words.get(text, context)

    # The program

    def start(self, *arguments):
        with open(self.log, "ab") as log:
            self.program = subprocess.Popen([os.environ["KAFAAT"], *arguments], env=self.environment, stdout=log,
                                            stderr=log)
        wait("the window", lambda: self.frames())

    def quit(self):
        """Closes the window as its user does, and waits until the program is gone; it must end well."""
        try:
            self.do("window.close")
        except Missing:
            # The window can be gone before its answer to the action leaves: that it ended well is all that counts.
            if self.program.poll() is None:
                raise
        status = self.program.wait(PATIENCE)
        if status != 0:
            self.tell_log()
        self.program = None
        if status != 0:
            raise Missing(f"the program ended with {status}")
        self.look_for_complaints()

    def kill(self):
        """Ends the program as a power cut does."""
        if self.program is not None:
            self.program.send_signal(signal.SIGKILL)
            self.program.wait()
            self.program = None

    def look_for_complaints(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            bad = [line for line in log if "-CRITICAL **" in line or "kafaat:" in line and "-WARNING **" in line]
        if bad:
            raise Missing("the program complained:\n" + "".join(bad))

    def ctl(self, *words, check=True):
        """Runs kafaatctl on the same store; its output. It must succeed, if @check."""
        return subprocess.run([os.environ["KAFAATCTL"], "--store", self.store, *words], env=self.environment,
                              stdout=subprocess.PIPE, text=True, check=check, timeout=120).stdout

    def drafts(self):
        """What was typed and not saved: by entity, the texts by field."""
        found = [json.loads(line) for line in self.ctl("--json", "drafts").splitlines()]
        return {draft["entity"]: draft["fields"] for draft in found}

    # The tree

    def application(self):
        """The program's root in the tree, or None when it is not there yet."""
        if self.program.poll() is not None:
            raise Missing(f"the program ended with {self.program.returncode}")
        children = self.bus.ask("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root",
                                "org.a11y.atspi.Accessible", "GetChildren")[0]
        for owner, path in children:
            with contextlib.suppress(Gone):
                pid = self.bus.ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                   "GetConnectionUnixProcessID", GLib.Variant("(s)", (owner,)))[0]
                if pid == self.program.pid:
                    return Node(self.bus, owner, path)
        return None

    def tree(self):
        root = self.application()
        if root is None:
            raise Gone("the program is not in the tree")
        return read_tree(root)

    def frames(self):
        """The windows, the main one first."""
        found = [node for node in self.tree().walk() if node.role in (FRAME, DIALOG)]
        return sorted(found, key=lambda node: "win.back" not in node.actions())

    def look(self, role, name=None, part=None, action=None, within=None):
        """What shows now with @role, of this @name or with @part in its name, that has @action, in reading order."""
        for node in only_shown(node for node in (within or self.tree()).walk() if node.role == role and
                               name in (None, node.name) and (part or "") in node.name):
            if action is None or action in node.actions():
                yield node

    def find(self, role, name=None, **how):
        """The first of what Desk.look gives, waited for."""
        return wait(f"{role} “{name or how.get('part') or ''}”", lambda: next(self.look(role, name, **how), None))

    def wait_gone(self, role, name=None, **how):
        wait(f"no {role} “{name or how.get('part') or ''}”", lambda: not any(self.look(role, name, **how)))

    # The hands

    def press(self, name):
        """Presses the button of this name."""
        self.find(PUSH, name, action="click").act()

    def do(self, action):
        """Does an action without parameter of the window or of the page that shows."""
        def done():
            for node in self.tree().walk():
                if node.role in (FRAME, "panel", "filler") and action in node.actions() and only_shown([node]):
                    try:
                        node.act(action)
                        return True
                    except NoAction:  # disabled since it was looked at: a sync of the window's own began
                        return False
            return False
        wait(f"action {action}", done)

    def fill(self, name, text, role=ENTRY):
        """Types into the entry of this name, in place of what it held."""
        node = self.find(role, name)
        node.fill(text)
        wait(f"“{name}” holding {text}", lambda: node.text() == text)

    def read(self, name, role=ENTRY):
        return self.find(role, name).text()

    def key(self, name):
        """Presses a key; it goes to what has the focus."""
        self.hand("GenerateKeyboardEvent", GLib.Variant("(isu)", (KEYS[name], "", KEY_BY_SYMBOL)))

    def hand(self, method, arguments):
        self.bus.ask("org.a11y.atspi.Registry", "/org/a11y/atspi/registry/deviceeventcontroller",
                     "org.a11y.atspi.DeviceEventController", method, arguments)

    def mouse(self, node, clicks=1):
        """Clicks in the middle of @node."""
        x, y, width, height = node.extents()
        self.hand("GenerateMouseEvent", GLib.Variant("(iis)", (x + width // 2, y + height // 2,
                                                               "b1d" if clicks == 2 else "b1c")))

    def point(self, x, y):
        """Moves the pointer, so that nothing is under it."""
        self.hand("GenerateMouseEvent", GLib.Variant("(iis)", (x, y, "abs")))
