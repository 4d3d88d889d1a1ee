/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for who works here: findings that his role mends and due dates, the most urgent first, and the conventions
 * that lapse, which are for all to know who are told of them.
 *
 * Kept between two starts as a text without names or titles: rules, ids, days. */
#pragma once

#include "store/kaf-agenda.h"
#include "store/kaf-findings.h"

G_BEGIN_DECLS

typedef struct
{
  const char *who;    /* nullable: what that one of us follows */
  gboolean or_nobody; /* with @who: and what nobody follows */
  guint limit;        /* of the findings; 0: all */
  gboolean lapsing;   /* read the conventions that lapse as well */
  KafLang lang;
} KafTodoQuery;

typedef struct
{
  KafFindings *findings; /* told */
  GPtrArray
      *lapsing;  /* (element-type KafAgendaItem): ends within the first term; NULL: not asked for */
  char **people; /* who of us follows something, in order */
  guint lapse_days; /* the first term */
  guint lapse_soon; /* the second */
} KafTodo;
void kaf_todo_free (KafTodo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafTodo, kaf_todo_free)

/* Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. (transfer full) */
KafTodo *kaf_todo_read (KafDatabase *db,
                        const KafTodoQuery *query,
                        GCancellable *cancellable,
                        GError **error);

/* Everything that is to be done: all but what is only worth knowing. */
guint kaf_todo_count (const KafTodo *self);

/* Into the group @group of @file, and out of it again with the titles of today; NULL: not understood. People are
 * not kept. */
void kaf_todo_keep (const KafTodo *self, GKeyFile *file, const char *group);
KafTodo *kaf_todo_take (KafDatabase *db, GKeyFile *file, const char *group, KafLang lang);

G_END_DECLS
