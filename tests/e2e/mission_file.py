# SPDX-License-Identifier: GPL-3.0-or-later
"""The mission of the journeys: what it is called, and what kafaatctl finds of it in the store."""

import json
import os
import subprocess

from conventions import CONTROL, check
from kaf_driver import LABEL

TITLE, TITLE_AR = "Plaies et brûlures, Tiznit", "الجروح والحروق بتيزنيت"
NEED, NEED_AR = "Soigner les brûlures au centre de santé", "علاج الحروق بالمركز الصحي"
EXPERT, EXPERT_AR = "EXEMPLE Amina", "أمينة مثال"
CONVENTION, CONVENTION_AR = "Convention d’exemple", "اتفاقية نموذجية"


class Mission:
    """The mission as it stands in the store."""

    def __init__(self, desk):
        self.desk = desk
        self.id = next(one["id"] for one in self.list("mission") if one["fields"].get("title_fr") == TITLE)

    def list(self, entity):
        return [json.loads(line) for line in self.desk.ctl("--json", "list", entity).splitlines()]

    def of(self, entity):
        return [one for one in self.list(entity) if one["fields"].get("mission") == self.id]

    def left(self):
        """The steps that were left, in order."""
        return [one["fields"]["step"] for one in self.of("mission_act") if one["fields"]["kind"] == "leave"]

    def failing(self, step):
        """The codes of what keeps the step, or is to be given a reason."""
        found = [json.loads(line) for line in self.desk_check(step).splitlines()]
        return [one["code"] for one in found if one.get("state") == "fails"]

    def desk_check(self, step):
        """It ends with 1 when something fails."""
        return subprocess.run([os.environ["KAFAATCTL"], "--store", self.desk.store, "--json", "mission", "check", self.id,
                               str(step)], env=self.desk.environment, stdout=subprocess.PIPE, text=True,
                              timeout=60).stdout


def go_on(desk, keys, mission, step):
    """Ctrl+Enter leaves the step, and shows the next."""
    keys.press("Return", CONTROL)
    desk.find(LABEL, part=f"{step + 1} · ")
    check(f"step {step} is left by Ctrl+Enter", mission.left()[-1:] == [step])
