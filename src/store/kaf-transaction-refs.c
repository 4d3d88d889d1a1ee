/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The references that people know records by. */
#include "config.h"

#include "base/kaf-date.h"
#include "store/kaf-transaction-private.h"

gboolean
kaf_transaction_ref_is_free (KafTransaction *self, const char *ref)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db, "SELECT 1 FROM ref WHERE ref = ?", NULL);

  kaf_statement_bind_text (statement, 1, ref);
  return !kaf_database_step (self->db, statement, NULL);
}

/* Enters the reference; *taken (out) when it is another record's already. */
gboolean
kaf_transaction_enter_ref (
    KafTransaction *self, const char *ref, const KafEntity *entity, gint64 rid, gboolean *taken)
{
  KafStatement *statement = kaf_database_prepare (
      self->db, "INSERT OR IGNORE INTO ref (ref, entity, rid) VALUES (?, ?, ?)", &self->failure);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, ref);
  kaf_statement_bind_text (statement, 2, entity->id);
  sqlite3_bind_int64 (statement, 3, rid);
  if (!kaf_database_run (self->db, statement, &self->failure))
    return FALSE;
  *taken = sqlite3_changes (self->db->sql) == 0;
  return TRUE;
}

/* The last number given under @name. */
static guint
last_number (KafTransaction *self, const char *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->counters, name));
  g_autoptr (KafStatement) statement = NULL;

  if (number > 0)
    return number;
  statement =
      kaf_database_prepare (self->db, "SELECT value FROM counter WHERE name = ?", &self->failure);
  if (statement == NULL)
    return 0;
  kaf_statement_bind_text (statement, 1, name);
  return kaf_database_step (self->db, statement, &self->failure)
             ? sqlite3_column_int64 (statement, 0)
             : 0;
}

/* "EXP-2026": prefix and year in Morocco; of a device of a hub "L3FA2", until the hub gives the final
 * reference. */
static char *
make_counter (KafTransaction *self, const KafEntity *entity)
{
  if (self->enrolled)
    return g_strdup_printf ("L%04X", (guint) (self->db->device >> 48));
  if (self->year[0] == '\0')
    {
      g_autofree char *day = kaf_date_from_time (self->now);

      g_strlcpy (self->year, day, sizeof self->year);
    }
  return g_strdup_printf ("%s-%s", entity->prefix, self->year);
}

/* A number that came with an import is stepped over. */
gboolean
kaf_transaction_give_ref (KafTransaction *self, KafRecord *record, gint64 rid)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *name = NULL;
  gboolean taken = TRUE;
  guint number;

  if (entity->prefix == NULL)
    return TRUE;
  if (kaf_record_get_ref (record) != NULL)
    return kaf_transaction_enter_ref (self, kaf_record_get_ref (record), entity, rid, &taken);

  name = make_counter (self, entity);
  number = last_number (self, name);
  while (taken && self->failure == NULL)
    {
      g_autofree char *ref = g_strdup_printf (self->enrolled ? "%s-%u" : "%s-%04u", name, ++number);

      if (kaf_transaction_enter_ref (self, ref, entity, rid, &taken) && !taken)
        kaf_record_set_ref (record, ref);
    }
  g_hash_table_insert (self->counters, g_steal_pointer (&name), GUINT_TO_POINTER (number));
  return self->failure == NULL;
}
