/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl duplicates list, duplicates judge: who of the store may be one, and what a person says of it. */
#pragma once

#include "cli/kaf-cli.h"

G_BEGIN_DECLS

/* The most to be won first. @entity: "person" or "organisation", nullable; @limit 0: all. Ends with KAF_EXIT_FINDING
 * when there are any. */
KafExit kaf_suspects_cli_list (KafCli *cli, const char *entity, int limit);

/* @verdict: same, different, unsure; or revoke, of all that was said of the two. @reason nullable. */
KafExit kaf_suspects_cli_judge (
    KafCli *cli, const char *a, const char *b, const char *verdict, const char *reason);

/* Says "same" of all pairs that are as likely as a manager has set. @entity: as above, nullable: person. */
KafExit kaf_suspects_cli_accept (KafCli *cli, const char *entity, const char *reason);

G_END_DECLS
