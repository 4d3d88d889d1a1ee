# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window as an assistive tool does: through the accessibility tree, by roles, names and actions.

    with Desk("fr") as desk:
        desk.start()
        desk.press(desk.word("Add an Expert"))

What is waited for is polled until a deadline; what does not come fails with the tree that was there instead. Names
come from the built catalogue by their English text (Desk.word), so that a journey is written once for all languages.
Traps of GTK 4.8: only WINDOW coordinates are right; getText wants the count; a key goes to the focus, wherever that is."""

import contextlib
import gettext
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import gi
import pyatspi
from pyatspi import Accessibility

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version must be settled first)

PATIENCE = float(os.environ.get("KAF_E2E_PATIENCE", "20"))  # s, until something waited for is given up
PAUSE = 0.05                                                # s, between two looks
MOST_CHILDREN = 400                                         # of one node; a journey's stores are small

ENTRY = "text"
PUSH = "push button"
ROW = "table row"


class Missing(Exception):
    """Something that was waited for did not come."""


def wait(what, look):
    """The first true value of @look; Missing, with @what and the last trouble, when the deadline passes."""
    deadline, trouble = time.monotonic() + PATIENCE, None
    while True:
        try:
            value = look()
            if value:
                return value
        except (GLib.Error, AttributeError, NotImplementedError, LookupError) as error:
            trouble = error  # a node went away while it was looked at
        if time.monotonic() > deadline:
            raise Missing(f"{what} (after {PATIENCE:g} s{f', {trouble}' if trouble else ''})")
        time.sleep(PAUSE)


def children(node):
    for index in range(min(node.childCount, MOST_CHILDREN)):
        child = node.getChildAtIndex(index)
        if child is not None:
            yield child


def walk(node):
    """@node and all below it that are laid out, in reading order."""
    todo = [node]
    while todo:
        node = todo.pop()
        try:
            node.clearCache()
            yield node
            todo.extend(reversed(list(children(node))))
        except GLib.Error:
            continue


def extents(node):
    """The place of @node in its window: x, y, width, height in pixels."""
    box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    return box.x, box.y, box.width, box.height


def is_laid_out(node):
    try:
        return min(extents(node)[2:]) > 0
    except (NotImplementedError, GLib.Error):
        return False


def has_state(node, state):
    return node.getState().contains(state)


def actions(node):
    """The names of the actions of @node, "click" and those of its action groups."""
    try:
        action = node.queryAction()
        return [action.getName(index) for index in range(action.nActions)]
    except (NotImplementedError, GLib.Error):
        return []


def act(node, name="click"):
    """Does the action @name of @node; LookupError when it has none such."""
    action = node.queryAction()
    action.doAction(actions(node).index(name) if name in actions(node) else _no_action(node, name))


def _no_action(node, name):
    raise LookupError(f"{node.getRoleName()} “{node.name}” has no action {name}, but {actions(node)}")


def text_of(node):
    """What an entry holds."""
    text = node.queryText()
    return text.getText(0, text.characterCount)


def describe(node, depth=0):
    """The tree below @node as lines, for the eyes of the one who reads a failure."""
    node.clearCache()
    line = "  " * depth + f"{node.getRoleName()} “{node.name}”"
    with contextlib.suppress(NotImplementedError, GLib.Error):
        line += " " + ",".join(str(part) for part in extents(node))
    if actions(node):
        line += " " + " ".join(actions(node))
    with contextlib.suppress(NotImplementedError, GLib.Error):
        line += f" = {text_of(node)[:60]!r}"
    lines = [line]
    for child in children(node):
        lines += describe(child, depth + 1)
    return lines
