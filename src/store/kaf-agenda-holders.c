/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-agenda-holders.h"

#include <glib/gi18n-lib.h>

#include "store/kaf-database-private.h"
#include "store/kaf-read.h"

/* Columns: id of the record to open, ref, day, who, person, title (or none), done. */
typedef struct
{
  const char *entity;
  const char *title; /* N_(): where the row has none */
  const char *sql;
} Part;

/* Rows are looked up by subqueries: for a join, SQLite 3.40 reads all heads into a Bloom filter first. */
#define ROW_OF(id) "(SELECT rid FROM head WHERE id = " id " AND entity = 'person')"
#define ID_OF(rid) "(SELECT id FROM head WHERE rid = " rid ")"
#define COUNSELLOR_OF(id)                                                                          \
  "(SELECT e.counsellor FROM project_holder e WHERE e.rid = " ROW_OF (id) ")"

static const Part parts[] = {
  { "project", N_ ("Next action"),
    "SELECT " ID_OF ("p.rid") ", p.ref, p.next_on, coalesce (p.counsellor, " COUNSELLOR_OF (
        "p.person") "), p.person, p.next_action, 0 FROM project p"
                    " WHERE p.deleted_at IS NULL AND p.next_on BETWEEN ?1 AND ?2"
                    " AND NOT EXISTS (SELECT 1 FROM project_now n WHERE n.rid = p.rid"
                    " AND n.stage IN ('launched', 'abandoned'))" },
  /* A later exchange stands in the place of what was to follow. */
  { "project_holder", N_ ("Next action"),
    "SELECT c.person, NULL, c.next_on, coalesce (" COUNSELLOR_OF (
        "c.person") ", c.by_whom), c.person, c.next_action, EXISTS (SELECT 1 FROM contact d"
                    " WHERE d.person = c.person AND d.deleted_at IS NULL AND d.held_on > c.held_on)"
                    " FROM contact c WHERE c.next_on BETWEEN ?1 AND ?2 AND c.deleted_at IS NULL"
                    " AND c.person IS NOT NULL AND EXISTS (SELECT 1 FROM holder_now n"
                    " WHERE n.rid = " ROW_OF ("c.person") ")" },
  { "relay", NULL,
    "SELECT " ID_OF ("r.rid") ", r.ref, r.answer_by, r.by_whom, r.person, r.subject_fr,"
                              " r.answer IS NOT NULL FROM relay r WHERE r.deleted_at IS NULL"
                              " AND r.answer_by BETWEEN ?1 AND ?2" },
  { "project_holder", N_ ("End of the tier that was decided"),
    "SELECT x.person, NULL, x.until, " COUNSELLOR_OF (
        "x.person") ", x.person, NULL, EXISTS (SELECT 1 FROM tier_override y"
                    " WHERE y.person = x.person AND y.deleted_at IS NULL"
                    " AND y.decided_on > x.decided_on) FROM tier_override x"
                    " WHERE x.deleted_at IS NULL AND x.tier IS NOT NULL"
                    " AND x.until BETWEEN ?1 AND ?2" },
};

static void
take_row (KafDatabase *db,
          const Part *part,
          KafStatement *row,
          KafDay today,
          KafLang lang,
          GPtrArray *items)
{
  KafAgendaItem *item = g_new0 (KafAgendaItem, 1);
  const char *title = kaf_statement_text (row, 5);

  item->kind = KAF_AGENDA_DUE;
  item->entity = part->entity;
  item->id = g_strdup (kaf_statement_text (row, 0));
  item->ref = g_strdup (kaf_statement_text (row, 1));
  item->from = item->to = kaf_day_parse (kaf_statement_text (row, 2));
  item->who = g_strdup (kaf_statement_text (row, 3));
  item->person = g_strdup (kaf_statement_text (row, 4));
  item->title = g_strdup (title != NULL || part->title == NULL ? title : _ (part->title));
  if (item->person != NULL)
    item->person_name = kaf_read_title (db, "person", item->person, lang);
  if (sqlite3_column_int (row, 6) != 0)
    item->state = KAF_AGENDA_DONE;
  else
    item->state = item->from < today ? KAF_AGENDA_LATE : KAF_AGENDA_OPEN;
  g_ptr_array_add (items, item);
}

gboolean
kaf_agenda_add_holders (KafDatabase *db,
                        KafDay from,
                        KafDay until,
                        KafDay today,
                        KafLang lang,
                        GPtrArray *items,
                        GError **error)
{
  g_autofree char *first = kaf_day_to_iso (from);
  g_autofree char *last = kaf_day_to_iso (until);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (KafStatement) statement = kaf_database_prepare (db, parts[i].sql, error);
      GError *local = NULL;

      if (statement == NULL)
        return FALSE;
      kaf_statement_bind_text (statement, 1, first);
      kaf_statement_bind_text (statement, 2, last);
      while (kaf_database_step (db, statement, &local))
        take_row (db, &parts[i], statement, today, lang, items);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
    }
  return TRUE;
}
