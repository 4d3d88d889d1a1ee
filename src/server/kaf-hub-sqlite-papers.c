/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers in the hub's SQLite file. */
#include "config.h"

#include "server/kaf-hub-sqlite-private.h"

static KafSqlite *
get_db (KafHubStorage *self)
{
  return ((KafHubSqlite *) self)->db;
}

gboolean
kaf_hub_sqlite_write_paper (KafHubStorage *self, const KafHubPaper *paper, GError **error)
{
  KafSqliteRows *rows =
      kaf_sqlite_prepare (get_db (self),
                          "INSERT OR REPLACE INTO paper (person, kind, number, until, user, at)"
                          " VALUES (?, ?, ?, ?, ?, ?)",
                          error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, paper->person);
  kaf_sqlite_bind_text (rows, 2, kaf_identity_paper_get_code (paper->kind));
  kaf_sqlite_bind_text (rows, 3, paper->number);
  kaf_sqlite_bind_text (rows, 4, paper->until);
  kaf_sqlite_bind_text (rows, 5, paper->user);
  kaf_sqlite_bind_integer (rows, 6, paper->at);
  return kaf_sqlite_run (get_db (self), rows, error);
}

gboolean
kaf_hub_sqlite_drop_paper (KafHubStorage *self,
                           const char *person,
                           KafIdentityPaper kind,
                           GError **error)
{
  KafSqliteRows *rows =
      kaf_sqlite_prepare (get_db (self), "DELETE FROM paper WHERE person = ? AND kind = ?", error);

  if (rows == NULL)
    return FALSE;
  kaf_sqlite_bind_text (rows, 1, person);
  kaf_sqlite_bind_text (rows, 2, kaf_identity_paper_get_code (kind));
  return kaf_sqlite_run (get_db (self), rows, error);
}

/* NULL: of a kind that this program does not know. */
static KafHubPaper *
read_paper (KafSqliteRows *rows, const char *person)
{
  KafIdentityPaper kind;
  KafHubPaper *self;

  if (!kaf_identity_paper_find (kaf_sqlite_text (rows, 0), &kind))
    return NULL;
  self = g_new0 (KafHubPaper, 1);
  self->person = g_strdup (person);
  self->kind = kind;
  self->number = g_strdup (kaf_sqlite_text (rows, 1));
  self->until = g_strdup (kaf_sqlite_text (rows, 2));
  self->user = g_strdup (kaf_sqlite_text (rows, 3));
  self->at = kaf_sqlite_integer (rows, 4);
  return self;
}

GPtrArray *
kaf_hub_sqlite_read_papers (KafHubStorage *self, const char *person, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_paper_free);
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT kind, number, until, user, at FROM paper WHERE person = ?", error);
  gboolean found = TRUE;

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, person);
  while (found)
    {
      KafHubPaper *paper;

      if (!kaf_hub_sqlite_step_once (self, rows, &found, error))
        return NULL;
      paper = found ? read_paper (rows, person) : NULL;
      if (paper != NULL)
        g_ptr_array_add (list, paper);
    }
  return g_steal_pointer (&list);
}

GPtrArray *
kaf_hub_sqlite_list_papered (KafHubStorage *self, const char *after, guint limit, GError **error)
{
  g_autoptr (KafSqliteRows) rows = kaf_sqlite_prepare (
      get_db (self), "SELECT DISTINCT person FROM paper WHERE person > ? ORDER BY person LIMIT ?",
      error);

  if (rows == NULL)
    return NULL;
  kaf_sqlite_bind_text (rows, 1, after);
  kaf_sqlite_bind_integer (rows, 2, limit);
  return kaf_hub_sqlite_read_keys (self, rows, error);
}
