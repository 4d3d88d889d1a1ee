/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of holder_now and project_now share: the day and the rules that lines are by, a line, and what was
 * touched. */
#pragma once

#include "store/kaf-holder-now.h"
#include "store/kaf-project-now.h"

G_BEGIN_DECLS

struct _KafHolderTouched
{
  GHashTable *persons, *projects; /* ids */
  gboolean all;                   /* something that all scores hang on: they are stale */
};

/* Adds an id (nullable) to @ids. */
void kaf_holder_touch (GHashTable *ids, const char *id);

typedef struct
{
  KafDatabase *db;
  KafDay day;
  char *iso;
  KafRulesInForce force;
} KafHolderToday;

gboolean kaf_holder_today_read (KafDatabase *db, KafHolderToday *self, GError **error);
void kaf_holder_today_clear (KafHolderToday *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafHolderToday, kaf_holder_today_clear)

/* As lines have it: '' for the default. */
const char *kaf_holder_today_rules (const KafHolderToday *self);

typedef struct
{
  gint64 rid;
  const char *id, *post;
  KafScore score;
  char tier;
  gboolean decided;
  const KafHolderProject *project; /* that counts; nullable */
  guint32 last_contact_on, next_on;
} KafHolderNowLine;

/* Lines of all of them, each with its tier by quota too. (element-type KafHolderNowLine) (transfer full) */
GArray *kaf_holder_now_fill (const KafHolderToday *today, const KafHolders *all);

/* The row of a record, and whether it is deleted. 0: it is not here. */
gint64
kaf_holder_now_find_row (KafDatabase *db, const char *entity, const char *id, gboolean *deleted);

gboolean
kaf_holder_now_delete_line (KafDatabase *db, const char *table, gint64 rid, GError **error);

/* Lines of projects, by id. */
gboolean kaf_project_now_write (const KafHolderToday *today, GHashTable *projects, GError **error);

/* Those that come to a stage on a day between that of the lines and today, whichever is later. */
gboolean kaf_project_now_move (const KafHolderToday *today, const char *last, GError **error);

/* Adds to @wrong the ids of projects whose line is not what follows from their changes. */
gboolean kaf_project_now_check (const KafHolderToday *today, GPtrArray *wrong, GError **error);

G_END_DECLS
