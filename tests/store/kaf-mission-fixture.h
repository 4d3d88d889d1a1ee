/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missions for the tests of the store, and a mission as text. */
#pragma once

#include "kaf-fixture.h"
#include "rules/mission/kaf-mission.h"

/* One of each part hangs on it; persons are invented. (transfer full): its id. */
char *kaf_fixture_create_mission (KafFixture *self, const char *title);

/* An act as it stands in the file, whatever the rules say. (transfer full) */
char *kaf_fixture_create_act (KafFixture *self,
                              const char *mission,
                              const char *kind,
                              const char *step,
                              const char *after,
                              const char *content);

/* A line of the derived table: "STEP STATE", with " lapsed" where it is; NULL: there is none. (transfer full) */
char *kaf_fixture_where (KafFixture *self, const char *mission);

/* All that a loaded mission says, a part a line: two that are equal say the same. (transfer full) */
char *kaf_mission_dump (const KafMission *mission);
