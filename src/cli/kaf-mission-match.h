/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl mission match: experts for a mission or a need, with reasons, and why not another. */
#pragma once

#include "cli/kaf-cli.h"

G_BEGIN_DECLS

/* @limit 0: as many as the window shows; @why: a person by reference or id; nullable. */
KafExit kaf_mission_cli_match (KafCli *cli, const char *ref, int limit, const char *why);

G_END_DECLS
