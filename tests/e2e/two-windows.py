#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two windows, each on a store of its own, and a real server, through the accessibility tree: two-windows.py LANGUAGE SERVER.

An expert is entered in one and comes to the other. Without a network both edit her, different fields, then the same one;
both sync, show the same record and the conflict; it is settled in one, and the other hears of it. Her curriculum vitae of 20 MB is
attached in one and fetched by the other, over a link that is cut three times each way. She is erased on the server, and no byte of her
is left with either."""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys

from gi.repository import Gio

from journey import attach, check
from kaf_driver import ITEM, LABEL, PUSH, ROW, Desk, Missing, wait

PASSWORD = "mot de passe long"
FAMILY, GIVEN = "Tazroualti", "Ghizlane"
WRITTEN = "TAZROUALTI"
PHONE, PHONE_PARTS = "+49 151 23456789", "+49 151"
NEW_PHONE, NEW_PHONE_PARTS = "+49 160 98765432", "+49 160"
EMAIL, NEW_EMAIL = "g.tazroualti@example.org", "ghizlane@tazroualti.example"
SIZE = 20 * 1024 * 1024
EMPLOYERS = ("Institut Un", "Institut Deux", "Institut Trois")


class Server:
    def __init__(self, program, folder):
        self.program, self.dir, self.port = program, os.path.join(folder, "srv"), 0
        self.process = None

    def call(self, *words, given=""):
        return subprocess.run([self.program, "--dir", self.dir, *words], input=given, stdout=subprocess.PIPE, text=True, check=True).stdout

    def start(self):
        self.process = subprocess.Popen([self.program, "--dir", self.dir, "serve", "--dev-tls", "--listen", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process.stdout.close()
            self.process = None


class Link:
    """All bytes between the laptops and the server go by it (link.py)."""

    def __init__(self, port):
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "link.py")
        self.process = subprocess.Popen([sys.executable, path, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def tell(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


class SessionBus:
    """A laptop has one of its own: on one, the program would be the same for both. The tree is read on that of the first."""

    def __init__(self, desk):
        self.process = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        desk.environment["DBUS_SESSION_BUS_ADDRESS"] = self.process.stdout.readline().strip()
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        desk.environment["AT_SPI_BUS_ADDRESS"] = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                                                   Gio.DBusCallFlags.NONE, 10000, None).unpack()[0]

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def enroll(desk, server, user, link):
    server.call("user", "add", user, "--password-stdin", given=PASSWORD + "\n")
    server.call("grant", user, "manager", "national")
    subprocess.run([os.environ["KAFAATCTL"], "--store", desk.store, "enroll", f"https://127.0.0.1:{link.port}", "--user", user,
                    "--ca", os.path.join(server.dir, "dev-ca.pem")], env=desk.environment, input=PASSWORD + "\n", text=True,
                   stdout=subprocess.DEVNULL, check=True, timeout=60)
    desk.start("--section", "expert")


def enter(desk):
    desk.do("win.new")
    for name, text in (("Family name", FAMILY), ("Given name", GIVEN), ("Phone", PHONE), ("E-mail", EMAIL), ("Employer", EMPLOYERS[0])):
        desk.fill(desk.word(name), text)
    desk.do("form.save")
    desk.find(LABEL, desk.word("%s saved", "record") % desk.word("Expert"))


def sync_until(desk, what, look):
    """Asks for a sync; then waits, since the window may be in the middle of one of its own."""
    desk.do("win.sync")
    wait(what, look)


def has(desk, name, part):
    return next(desk.look(ITEM, part=f"{desk.word(name)}: {part}"), None)


def open_record(desk):
    """By the mouse: the window that came last lies over the other."""
    desk.mouse(desk.find(ROW, part=WRITTEN), clicks=2)
    desk.find(ITEM, part=EMAIL)


def edit(desk, name, text, shown=None):
    desk.press(desk.word("Edit: %s") % desk.word(name))
    desk.fill(desk.word(name), text)
    desk.press(desk.word("Save"))
    desk.find(ITEM, part=f"{desk.word(name)}: {shown or text}")


def edit_apart(desks, server):
    server.stop()
    edit(desks[0], "Phone", NEW_PHONE, NEW_PHONE_PARTS)
    edit(desks[1], "E-mail", NEW_EMAIL)
    for desk, employer in zip(desks, EMPLOYERS[1:]):
        edit(desk, "Employer", employer)
    print("ok without a network both edit her", flush=True)
    server.start()


def meet(desks):
    """The later of the two employers stands, in both windows; who wrote it is told of the conflict by his own sync."""
    one, other = desks
    sync_until(one, "nothing to send", lambda: '"waiting":0' in one.ctl("--json", "sync-status", check=False))
    sync_until(other, "the phone of the first", lambda: has(other, "Phone", NEW_PHONE_PARTS))
    sync_until(one, "the e-mail of the second", lambda: has(one, "E-mail", NEW_EMAIL))
    for desk in desks:
        wait("the employer that stands", lambda desk=desk: has(desk, "Employer", EMPLOYERS[2]))
        check("both edits of different fields stand", has(desk, "Phone", NEW_PHONE_PARTS) and has(desk, "E-mail", NEW_EMAIL))


def settle(desks):
    one, other = desks
    for desk in desks:
        desk.do("win.show-conflicts")
        desk.find(PUSH, part=EMPLOYERS[1])
        desk.find(PUSH, part=EMPLOYERS[2])
    print("ok both windows show the conflict", flush=True)
    one.find(PUSH, part=EMPLOYERS[1], action="click").act()
    one.wait_gone(PUSH, part=EMPLOYERS[2])
    sync_until(one, "nothing to send", lambda: '"waiting":0' in one.ctl("--json", "sync-status", check=False))
    sync_until(other, "the conflict gone", lambda: not any(other.look(PUSH, part=EMPLOYERS[2])))
    for desk in desks:
        desk.do("win.back")
        wait("the employer that was chosen", lambda desk=desk: has(desk, "Employer", EMPLOYERS[1]))
    print("ok settled in one window, and the other shows it", flush=True)


def find_content(store, digest):
    """Where a store, or the hub, has a content."""
    path = os.path.join(store + ".files", digest[:2], digest)
    return os.path.exists(path) and os.path.getsize(path) == SIZE and path


def send_file(desks, server, link):
    """Goes up by itself, however often it is cut; the other is told of the file, and fetches so large a one when asked."""
    one, other = desks
    content = f"Curriculum vitae de {GIVEN} {FAMILY}\n".encode()
    content += os.urandom(SIZE - len(content))
    digest = hashlib.sha256(content).hexdigest()
    link.tell("cut", 3, SIZE // 10, SIZE * 9 // 10)
    letter = attach(one, content)
    sync_until(one, "the file at the server", lambda: find_content(os.path.join(server.dir, "hub.db"), digest))
    check(f"the link was cut three times: {link.tell('count')}", link.tell("count")["cuts"] == 3)
    wait("no file to send", lambda: '"files_to_send":0' in one.ctl("--json", "sync-status", check=False))
    sync_until(other, "the file in the list", lambda: next(other.look(ITEM, part="cv-ghizlane.pdf"), None))
    check("so large a file is not fetched unasked", not find_content(other.store, digest))
    link.tell("cut", 3, SIZE // 10, SIZE * 9 // 10)
    other.ctl("sync", "--all-files")
    check(f"nor do three cuts keep it from the other: {link.tell('count')}",
          link.tell("count")["cuts"] == 3 and find_content(other.store, digest))
    with open(find_content(other.store, digest), "rb") as stream:
        check("it is the same file", stream.read() == content)
    os.unlink(letter)  # her own, which no program knows
    return digest


def files_with(folders, text):
    for folder in folders:
        for base, _, names in os.walk(folder):
            for name in names:
                with contextlib.suppress(OSError), open(os.path.join(base, name), "rb") as stream:
                    if text.encode() in stream.read():
                        yield os.path.join(base, name)


def erase(desks, server, digest):
    reference = desks[0].ctl("--json", "find", FAMILY)
    check("she is found before", FAMILY.upper() in reference)
    server.call("erase", next(line for line in desks[0].ctl("list", "person").split() if line.startswith("PER-")))
    for desk in desks:
        sync_until(desk, "nobody found", lambda desk=desk: desk.ctl("--json", "find", FAMILY) == "")
        wait("her page gone", lambda desk=desk: not any(desk.look(ITEM, part=EMPLOYERS[1])))
    wait("the receipts", lambda: "confirm: 0" in server.call("status"))
    for store in (os.path.join(server.dir, "hub.db"), *(desk.store for desk in desks)):
        check("her file is gone", not find_content(store, digest))
    folders = [server.dir, *(desk.folder.name for desk in desks)]
    for text in (FAMILY, WRITTEN, NEW_EMAIL, EMAIL, NEW_PHONE.replace(" ", ""), *EMPLOYERS):
        found = list(files_with(folders, text))
        check(f"no file holds {text}: {found}", not found)


def main():
    language, program = sys.argv[1:3]
    with Desk(language) as one, Desk(language) as other:
        server = Server(program, one.folder.name + "-server")
        bus, link = SessionBus(other), None
        os.mkdir(os.path.dirname(server.dir))
        try:
            server.call("init")
            server.start()
            link = Link(server.port)
            for desk, user in ((one, "amina"), (other, "brahim")):
                enroll(desk, server, user, link)
            enter(one)
            sync_until(one, "nothing to send", lambda: '"waiting":0' in one.ctl("--json", "sync-status", check=False))
            sync_until(other, "her in the list", lambda: next(other.look(ROW, part=WRITTEN), None))
            print("ok an expert who is entered in one window comes to the other", flush=True)
            open_record(other)
            edit_apart((one, other), server)
            meet((one, other))
            settle((one, other))
            erase((one, other), server, send_file((one, other), server, link))
            for desk in (one, other):
                check("kafaatctl check finds nothing", desk.ctl("--json", "check") == "")
                desk.quit()
        except (Missing, subprocess.SubprocessError):
            for desk in (one, other):
                if desk.program is not None and desk.program.poll() is None:
                    desk.tell_failure()
            raise
        finally:
            server.stop()
            bus.stop()
            if link is not None:
                link.stop()
            subprocess.run(["rm", "-rf", os.path.dirname(server.dir)], check=False)


if __name__ == "__main__":
    main()
