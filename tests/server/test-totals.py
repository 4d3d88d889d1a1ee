#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who sees totals alone, by the real programs over TLS: test-totals.py PATH_OF_KAFAAT_SERVER PATH_OF_KAFAATCTL [TEST…]."""

import json
import os
import sys
import unittest

sys.dont_write_bytecode = True
import kaf_server_driver as driver  # noqa: E402
from kaf_server_driver import Desks  # noqa: E402


class Totals(Desks):
    def setUp(self):
        super().setUp()
        for user, role in (("amina", "agent"), ("dina", "direction")):
            self.join(user, role)
            self.ctl(user, "sync")

    def make(self, n):
        for _ in range(n):
            self.ctl("amina", "new", "expert", "family_name=Tazi", "country=CH", "status=verified", "years=3",
                     "declared_on=2026-01-05", "verified_on=2026-01-10")
        self.ctl("amina", "sync")

    def rows(self, *words):
        return [json.loads(line) for line in self.ctl("dina", "--json", *words).splitlines()]

    def test_totals(self):
        # Nothing is said before the server has said it: not that there is nobody.
        self.assertIn("has not sent its totals yet", self.ctl("dina", "--lang=en", "count-2030", status=2))
        self.make(7)
        self.server.call("snapshot")
        self.ctl("dina", "sync")
        own = [json.loads(line) for line in self.ctl("amina", "--json", "count-2030").splitlines()]
        told = self.rows("count-2030", "--by", "country")
        self.assertEqual(told[0]["identified"], own[0]["identified"])
        self.assertEqual(told[0]["identified"], 7)
        self.assertEqual([row["code"] for row in told[1:]], ["CH"])
        self.assertEqual(self.rows("count-2030", "--series")[-1]["identified"], 7)
        self.assertEqual(self.ctl("dina", "list", "person", status=2).count("TAZI"), 0)

    def test_takes_away(self):
        # Who worked with records, and sees totals alone from now on, has none of them any more.
        self.make(6)
        self.join("samir", "agent")
        self.ctl("samir", "sync")
        self.assertEqual(self.ctl("samir", "list", "person").count("TAZI"), 6)
        self.server.call("grant", "samir", "direction", "national")
        self.server.call("snapshot")
        self.ctl("samir", "sync")
        self.server.call("grant", "samir", "agent", "country:FR")
        with open(os.path.join(self.server.folder.name, "samir.db"), "rb") as file:
            self.assertNotIn(b"Tazi", file.read())
        self.ctl("samir", "sync")
        self.assertEqual(self.ctl("samir", "list", "person").count("TAZI"), 0)
        self.assertEqual(self.ctl("samir", "check").count("Tazi"), 0)


if __name__ == "__main__":
    driver.BINARY, driver.CLIENT = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
