# SPDX-License-Identifier: GPL-3.0-or-later
"""What has the focus, as the program tells it: the tree is not looked at."""

import time

from kaf_driver import ENTRY, Gone, Node, clean
from gi.repository import Atspi, Gio, GLib

ACCESSIBLE = "org.a11y.atspi.Accessible"
STAYS, SHORT = 1, 0.002  # s, after which a key that moves nothing is taken for what it is; between two looks
ABOVE = 4                # nodes above that are known


class Focus:
    """Follows the focus from window to window; to be made before the program starts."""

    def __init__(self, bus):
        self.bus, self.place = bus, None
        bus.connection.signal_subscribe(None, "org.a11y.atspi.Event.Object", "StateChanged", None, "focused",
                                        Gio.DBusSignalFlags.NONE, self.note)
        bus.ask("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "RegisterEvent",
                GLib.Variant("(sass)", ("object:state-changed:focused", [], "")))

    def note(self, connection, owner, path, interface, signal, arguments):
        """The box of the text in a row says that it has no focus, when the focus comes to it and when it goes."""
        has = arguments.get_child_value(1).get_int32() == 1
        self.place = (owner, path) if has or (owner, path) != self.place else None

    def take_in(self):
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def node(self):
        """What has the focus, with its role and name, and those it stands in; None when nothing has."""
        self.take_in()
        place = self.place
        if place is None:
            return None
        try:
            node = self.read(*place)
            states = node.ask("Accessible", "GetState")[0][0]
        except Gone:
            return None
        if states >> int(Atspi.StateType.FOCUSED) & 1:
            return node
        return next((above for above in node.with_above() if above.role == ENTRY), None)

    def read(self, owner, path):
        node = Node(self.bus, owner, path)
        below = node
        self.tell(node)
        for _ in range(ABOVE):
            owner, path = self.bus.ask(below.owner, below.path, "org.freedesktop.DBus.Properties", "Get",
                                       GLib.Variant("(ss)", (ACCESSIBLE, "Parent")))[0]
            if path.endswith("/null"):
                break
            below.parent = Node(self.bus, owner, path)
            below = below.parent
            self.tell(below)
        return node

    def tell(self, node):
        """Its role and its name."""
        role, name = self.bus.ask_all([
            (node.owner, node.path, ACCESSIBLE, "GetRole", None),
            (node.owner, node.path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name")))])
        if role is None or name is None:
            raise Gone(node.path)
        node.role, node.name = Atspi.role_get_name(Atspi.Role(role[0])), clean(name[0])

    def wait_elsewhere(self, place):
        """Waits until something else than @place has the focus; not for ever."""
        deadline = time.monotonic() + STAYS
        self.take_in()
        while self.place in (None, place) and time.monotonic() < deadline:
            time.sleep(SHORT)
            self.take_in()
