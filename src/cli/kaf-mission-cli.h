/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kafaatctl mission tells: where a mission stands, what its checks say, the board, the catalogue. */
#pragma once

#include "cli/kaf-cli.h"
#include "rules/mission/kaf-mission-checks.h"
#include "store/kaf-mission-settings.h"

G_BEGIN_DECLS

/* A mission with what the checks need. */
typedef struct
{
  KafMission *mission;
  KafMissionLife life;
  KafMissionSurroundings *around;
} KafMissionView;
void kaf_mission_view_clear (KafMissionView *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafMissionView, kaf_mission_view_clear)

/* FALSE when it was told that there is none. */
gboolean kaf_mission_view_read (KafCli *cli, const char *ref, KafMissionView *self);

KafExit kaf_mission_cli_show (KafCli *cli, const char *ref);

/* The checks of @step (0: the open one), or of @all steps; status 1 when something fails. */
KafExit kaf_mission_cli_check (KafCli *cli, const char *ref, guint step, gboolean all);

/* What fails in @step, on standard error. */
void kaf_mission_cli_tell_failing (KafCli *cli, const char *ref, guint step);

/* The table of the gates and warnings; of @step, 0: of all. Needs no store. */
KafExit kaf_mission_cli_rules (KafCli *cli, guint step);

/* @where: conditions as for "list". */
KafExit kaf_mission_cli_board (KafCli *cli, GStrv where, const char *whose, gboolean over, guint n);

G_END_DECLS
