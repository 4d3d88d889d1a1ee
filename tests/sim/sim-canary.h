/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that belong to one record alone, and whether any file still has one of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* By the id of the record. (transfer full) */
char *sim_canary_latin (const char *id);
char *sim_canary_arabic (const char *id);
char *sim_canary_key (const char *id); /* what kaf_name_key() makes of both */
char *sim_canary_phone (const char *id);
char *sim_canary_mail (const char *id);

/* Files named so lie on another disk: a backup of which nobody here knows. */
#define SIM_CANARY_ELSEWHERE ".copy"

/* Those that are looked for. */
typedef struct _SimCanaries SimCanaries;
SimCanaries *sim_canaries_new (void);
void sim_canaries_free (SimCanaries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCanaries, sim_canaries_free)
void sim_canaries_add (SimCanaries *self, const char *id);

/* In the files of @folder whose names begin with @prefix, and in all of their folders, but for @without (nullable). What
 * and where; NULL: nothing is left. (transfer full) */
char *
sim_canaries_find (SimCanaries *self, const char *folder, const char *prefix, const char *without);

G_END_DECLS
