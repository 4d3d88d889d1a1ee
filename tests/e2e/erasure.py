#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An erasure from the window of the data-protection officer to every device: erasure.py LANGUAGE SERVER.

An agent's laptop holds a person with a mandate; the officer's window knows nobody. By the number alone the officer sees
what an order would take and what the law keeps, orders it with a reason, and sees who has confirmed: the server at once,
this device, and the laptop once it synchronises. While the server is away nothing is ordered, and the number is kept."""

import importlib
import json
import os
import subprocess
import sys
import tempfile

from journey import check
from kaf_driver import ENTRY, LABEL, Desk, Missing, wait

two_windows = importlib.import_module("two-windows")
FAMILY, OFFICE, OFFICE_AR = "Tazroualti", "Trésorière", "أمينة المال"
REASON = "Demande écrite de Tazroualti"


class Laptop:
    """A store without a window."""

    def __init__(self, desk, folder, name):
        self.desk, self.store = desk, os.path.join(folder, name + ".db")

    def ctl(self, *words, given=""):
        return subprocess.run([os.environ["KAFAATCTL"], "--store", self.store, *words], env=self.desk.environment, input=given,
                              stdout=subprocess.PIPE, text=True, check=True, timeout=60).stdout


def enroll(program, server, user, role):
    server.call("user", "add", user, "--password-stdin", given=two_windows.PASSWORD + "\n")
    server.call("grant", user, role, "national")
    program("enroll", f"https://127.0.0.1:{server.port}", "--user", user, "--ca", os.path.join(server.dir, "dev-ca.pem"))


def fill(laptop):
    """The person's number at the server."""
    laptop.ctl("new", "expert", f"family_name={FAMILY}", "country=CH")
    laptop.ctl("new", "organisation", "name_fr=Réseau", "kind=network")
    laptop.ctl("sync")
    number = next(word for word in laptop.ctl("list", "person").split() if word.startswith("PER-"))
    place = next(word for word in laptop.ctl("list", "organisation").split() if word.startswith("ORG-"))
    laptop.ctl("new", "mandate", f"person={number}", f"organisation={place}", f"office={OFFICE}", f"office_ar={OFFICE_AR}",
               "valid_to=2027-06-30")
    laptop.ctl("sync")
    return number


def look_up(desk, number):
    desk.do("win.show-erasures")
    desk.press(desk.word("Order an Erasure"))
    desk.fill(desk.word("Number of the record"), number)
    desk.do("erasure.look")


def meet_nobody(desk, server, number):
    server.stop()
    look_up(desk, number)
    desk.find(LABEL, desk.word("The server cannot be reached: nothing was ordered. The number is kept in the list of erasures, "
                               "to be ordered from there once the server answers."))
    desk.key("Escape")
    desk.find(LABEL, number)
    print("ok without a server nothing is ordered, and the number is kept", flush=True)
    server.start()


def order(desk, language, number):
    desk.press(desk.word("Order the erasure of %s") % number)
    desk.find(LABEL, part=OFFICE_AR if language == "ar" else OFFICE)
    desk.find(LABEL, part="30/06/2037")
    check("nobody is named", not any(FAMILY.upper() in node.name.upper() for node in desk.tree().walk()))
    desk.fill(desk.word("Reason"), REASON)
    desk.do("erasure.order")
    desk.wait_gone(ENTRY, desk.word("Reason"))


def state(desk):
    return [device["state"] for device in json.loads(desk.ctl("--json", "erasures", check=False))["devices"]]


def follow(desk, language, laptop, number):
    """The officer's own device follows by itself."""
    wait("its own receipt", lambda: sorted(state(desk)) == ["awaited", "confirmed"])
    check("the number waits no longer", desk.word("To be ordered") not in [node.name for node in desk.look(LABEL)])
    desk.do("erasures.refresh")
    pill = desk.words.plural("%s device of %s", "%s devices of %s", 1) % ("1", "2")
    desk.find(LABEL, part=pill)
    print("ok one of two devices has confirmed", flush=True)
    laptop.ctl("set", number, "city=Bâle")
    said = laptop.ctl("sync")
    text = desk.words.plural("%s edit concerned a record that was erased since: it was not kept",
                             "%s edits concerned records that were erased since: they were not kept", 1)
    check("that an edit of her was not kept is told, and nothing of her", text.replace("%s", "1") in said and number not in said)
    desk.do("erasures.refresh")
    desk.find(LABEL, desk.word("On every device"))
    check("and now both", state(desk) == ["confirmed", "confirmed"])
    check("she is gone from the laptop", FAMILY.upper() not in laptop.ctl("list", "person").upper())
    check("her mandate is kept, of somebody of whom nothing is known", (OFFICE_AR if language == "ar" else OFFICE) in
          laptop.ctl("list", "mandate"))


def main():
    language, program = sys.argv[1:3]
    with Desk(language) as desk, tempfile.TemporaryDirectory(prefix="kafaat-erasure-") as folder:
        server, laptop = two_windows.Server(program, folder), Laptop(desk, folder, "laptop")
        try:
            server.call("init")
            server.start()
            enroll(lambda *words: laptop.ctl(*words, given=two_windows.PASSWORD + "\n"), server, "amina", "agent")
            os.makedirs(os.path.dirname(desk.store), exist_ok=True)
            officer = Laptop(desk, folder, "officer")
            officer.store = desk.store
            enroll(lambda *words: officer.ctl(*words, given=two_windows.PASSWORD + "\n"), server, "salwa", "protection-officer")
            number = fill(laptop)
            desk.start()
            desk.find(LABEL, desk.word("Your Role Sees No Records of People"))
            meet_nobody(desk, server, number)
            order(desk, language, number)
            follow(desk, language, laptop, number)
            desk.quit()
            for text in (FAMILY, FAMILY.upper(), REASON):
                found = list(two_windows.files_with([folder, desk.folder.name], text))
                check(f"no file holds {text}: {found}", not found)
        except (Missing, subprocess.SubprocessError):
            if desk.program is not None and desk.program.poll() is None:
                desk.tell_failure()
            raise
        finally:
            server.stop()


if __name__ == "__main__":
    main()
