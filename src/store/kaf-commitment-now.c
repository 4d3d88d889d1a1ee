/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-commitment-now.h"

#include "rules/convention/kaf-commitment.h"
#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"

const char *const kaf_commitment_now_ddl[] = {
  "CREATE TABLE commitment_now (rid INTEGER PRIMARY KEY, act TEXT NOT NULL, party TEXT,"
  " waived_on TEXT, due_on TEXT)",
  NULL,
};

static gboolean
is_commitment (const KafEntity *entity)
{
  return g_str_equal (entity->id, "commitment");
}

/* Finding whose line it is */

char *
kaf_commitment_now_find (KafDatabase *db, const KafEntity *root, gint64 rid)
{
  g_autoptr (KafStatement) statement = NULL;

  if (!is_commitment (root) && !g_str_equal (root->id, "fulfilment"))
    return NULL;
  statement = kaf_database_prepare (db,
                                    is_commitment (root)
                                        ? "SELECT id FROM head WHERE rid = ?"
                                        : "SELECT commitment FROM fulfilment WHERE rid = ?",
                                    NULL);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rid);
  return kaf_database_step (db, statement, NULL) ? g_strdup (kaf_statement_text (statement, 0))
                                                 : NULL;
}

void
kaf_commitment_now_note (KafDatabase *db, GHashTable *touched, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);
  const char *named;
  char *commitment;

  if (is_commitment (entity))
    {
      g_hash_table_add (touched, g_strdup (id));
      return;
    }
  if (!g_str_equal (entity->id, "fulfilment"))
    return;
  named = kaf_record_get (record, "commitment");
  commitment = named != NULL
                   ? g_strdup (named)
                   : kaf_commitment_now_find (db, entity, kaf_database_find_rid (db, entity, id));
  if (commitment != NULL)
    g_hash_table_add (touched, commitment);
}

/* Reading what follows */

static gboolean
read_fulfilments (KafDatabase *db, KafCommitment *commitment, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db, "SELECT due_on, quantity FROM fulfilment WHERE commitment = ? AND deleted_at IS NULL",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, commitment->id);
  while (kaf_database_step (db, statement, &local))
    {
      KafFulfilment one = { .due_on = kaf_day_parse (kaf_statement_text (statement, 0)),
                            .quantity = (guint) MAX (sqlite3_column_int (statement, 1), 0) };

      g_array_append_val (commitment->fulfilments, one);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* *@commitment (out): as far as its line hangs on it; NULL: it is not here, deleted, or stands nowhere. */
static gboolean
read_commitment (KafDatabase *db, gint64 rid, KafCommitment **commitment, GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id, c.due_on, c.recurrence, c.recurs_until, c.quantity, c.convention, c.party,"
      " c.waived_on FROM commitment c CROSS JOIN head h ON h.rid = c.rid"
      " WHERE c.rid = ? AND c.deleted_at IS NULL AND c.convention IS NOT NULL",
      error);
  GError *local = NULL;

  *commitment = NULL;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  if (kaf_database_step (db, statement, &local))
    {
      KafCommitment *one = kaf_commitment_new (kaf_statement_text (statement, 0));

      one->due_on = kaf_day_parse (kaf_statement_text (statement, 1));
      one->recurrence = kaf_recurrence_parse (kaf_statement_text (statement, 2));
      one->recurs_until = kaf_day_parse (kaf_statement_text (statement, 3));
      one->quantity = (guint) MAX (sqlite3_column_int (statement, 4), 0);
      one->convention_id = g_strdup (kaf_statement_text (statement, 5));
      one->party = g_strdup (kaf_statement_text (statement, 6));
      one->waived_on = kaf_day_parse (kaf_statement_text (statement, 7));
      *commitment = one;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* The columns of a line after its rid. */
enum
{
  ACT,
  PARTY,
  WAIVED_ON,
  DUE_ON,
  N_COLUMNS,
};

typedef struct
{
  char *texts[N_COLUMNS]; /* nullable; without an act there is no line */
} Line;

static void
line_clear (Line *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->texts[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

/* @line: empty before; what it has to say. */
static gboolean
make_line (KafDatabase *db, gint64 rid, Line *line, GError **error)
{
  g_autoptr (KafCommitment) commitment = NULL;

  if (!read_commitment (db, rid, &commitment, error))
    return FALSE;
  if (commitment == NULL)
    return TRUE;
  line->texts[ACT] = g_steal_pointer (&commitment->convention_id);
  line->texts[PARTY] = g_steal_pointer (&commitment->party);
  line->texts[WAIVED_ON] = kaf_day_to_iso (commitment->waived_on);
  /* Without a date of its own, whatever was done of it leaves no day. */
  if (commitment->due_on == KAF_DAY_UNKNOWN)
    return TRUE;
  if (!read_fulfilments (db, commitment, error))
    return FALSE;
  line->texts[DUE_ON] = kaf_day_to_iso (kaf_commitment_get_open (commitment));
  return TRUE;
}

/* Writing */

static gboolean
delete_line (KafDatabase *db, gint64 rid, GError **error)
{
  return kaf_database_run_for (db, "DELETE FROM commitment_now WHERE rid = ?", rid, error);
}

static gboolean
write_line (KafDatabase *db, gint64 rid, GError **error)
{
  g_auto (Line) line = { { NULL } };
  KafStatement *statement;

  if (!make_line (db, rid, &line, error))
    return FALSE;
  if (line.texts[ACT] == NULL)
    return delete_line (db, rid, error);
  statement = kaf_database_prepare (
      db,
      "INSERT OR REPLACE INTO commitment_now (rid, act, party, waived_on, due_on)"
      " VALUES (?, ?, ?, ?, ?)",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rid);
  for (guint i = 0; i < N_COLUMNS; i++)
    kaf_statement_bind_text (statement, (int) i + 2, line.texts[i]);
  return kaf_database_run (db, statement, error);
}

gboolean
kaf_commitment_now_write_all (KafDatabase *db, GHashTable *touched, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("commitment");
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      gint64 rid = kaf_database_find_rid (db, entity, id);

      if (rid != 0 && !write_line (db, rid, error))
        return FALSE;
    }
  g_hash_table_remove_all (touched);
  return TRUE;
}

gboolean
kaf_commitment_now_forget (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  return !is_commitment (root) || delete_line (db, rid, error);
}

gboolean
kaf_commitment_now_rebuild (KafDatabase *db, GError **error)
{
  g_autoptr (KafStatement) statement = NULL;
  GError *local = NULL;

  if (!kaf_database_exec (db, "DELETE FROM commitment_now", error))
    return FALSE;
  statement = kaf_database_prepare (db, "SELECT rid FROM commitment", error);
  if (statement == NULL)
    return FALSE;
  while (local == NULL && kaf_database_step (db, statement, &local))
    write_line (db, sqlite3_column_int64 (statement, 0), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Checking */

/* A line of a commitment that is not here is told by its row. */
static char *
name_row (KafDatabase *db, gint64 rid)
{
  char *id = kaf_commitment_now_find (db, kaf_registry_find ("commitment"), rid);

  return id != NULL ? id : g_strdup_printf ("%" G_GINT64_FORMAT, rid);
}

static gboolean
says (const Line *line, KafStatement *row, int first)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_strcmp0 (line->texts[i], kaf_statement_text (row, first + (int) i)) != 0)
      return FALSE;
  return TRUE;
}

#define LINE "n.act, n.party, n.waived_on, n.due_on"

GPtrArray *
kaf_commitment_now_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT c.rid, " LINE " FROM commitment c LEFT JOIN commitment_now n ON n.rid = c.rid"
      " UNION ALL SELECT n.rid, " LINE " FROM commitment_now n"
      " WHERE NOT EXISTS (SELECT 1 FROM commitment c WHERE c.rid = n.rid)",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (local == NULL && kaf_database_step (db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);
      g_auto (Line) line = { { NULL } };

      if (make_line (db, rid, &line, &local) && !says (&line, statement, 1))
        g_ptr_array_add (wrong, name_row (db, rid));
    }
  if (local == NULL)
    return g_steal_pointer (&wrong);
  g_propagate_error (error, local);
  return NULL;
}
