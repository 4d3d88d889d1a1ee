/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-agenda-meetings.h"

#include "store/kaf-database-private.h"
#include "store/kaf-read.h"

/* Rows are looked up by subqueries: for a join, SQLite 3.40 reads all heads into a Bloom filter first. */
#define ID_OF(rid) "(SELECT id FROM head WHERE rid = " rid ")"

typedef struct
{
  KafDatabase *db;
  KafDay today;
  KafLang lang;
  GPtrArray *items;
} Agenda;

typedef void (*TakeFunc) (Agenda *self, KafStatement *row);

/* The text in the language asked for, or in the other; two columns from @column on, French first. */
static char *
get_words (const Agenda *self, KafStatement *row, int column)
{
  const char *french = kaf_statement_text (row, column);
  const char *arabic = kaf_statement_text (row, column + 1);
  const char *words = self->lang == KAF_LANG_AR ? arabic : french;

  if (words == NULL)
    words = self->lang == KAF_LANG_AR ? french : arabic;
  return g_strdup (words);
}

static KafAgendaItem *
add_item (Agenda *self, KafAgendaKind kind, const char *entity, KafStatement *row)
{
  KafAgendaItem *item = g_new0 (KafAgendaItem, 1);

  item->kind = kind;
  item->entity = entity;
  item->id = g_strdup (kaf_statement_text (row, 0));
  item->ref = g_strdup (kaf_statement_text (row, 1));
  item->from = item->to = kaf_day_parse (kaf_statement_text (row, 2));
  item->title = get_words (self, row, 4);
  g_ptr_array_add (self->items, item);
  return item;
}

static KafAgendaState
find_state (const Agenda *self, const KafAgendaItem *item, const char *state, const char *done)
{
  if (g_strcmp0 (state, done) == 0)
    return KAF_AGENDA_DONE;
  if (g_strcmp0 (state, "cancelled") == 0 || g_strcmp0 (state, "dropped") == 0)
    return KAF_AGENDA_OFF;
  return item->from < self->today ? KAF_AGENDA_LATE : KAF_AGENDA_OPEN;
}

static void
take_meeting (Agenda *self, KafStatement *row)
{
  KafAgendaItem *item = add_item (self, KAF_AGENDA_MEETING, "meeting", row);

  item->state = find_state (self, item, kaf_statement_text (row, 3), "held");
  item->where = get_words (self, row, 6);
  item->starts_at = g_strdup (kaf_statement_text (row, 8));
  item->ends_at = g_strdup (kaf_statement_text (row, 9));
}

static void
take_decision (Agenda *self, KafStatement *row)
{
  KafAgendaItem *item = add_item (self, KAF_AGENDA_DUE, "decision", row);

  item->state = find_state (self, item, kaf_statement_text (row, 3), "done");
  item->where = kaf_read_title (self->db, "meeting", kaf_statement_text (row, 6), self->lang);
  item->person_name = g_strdup (kaf_statement_text (row, 7));
}

static gboolean
read_rows (Agenda *self,
           const char *sql,
           const char *from,
           const char *until,
           TakeFunc take,
           GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, from);
  kaf_statement_bind_text (statement, 2, until);
  while (kaf_database_step (self->db, statement, &local))
    take (self, statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_agenda_add_meetings (KafDatabase *db,
                         KafDay from,
                         KafDay until,
                         KafDay today,
                         KafLang lang,
                         GPtrArray *items,
                         GError **error)
{
  g_autofree char *first = kaf_day_to_iso (from);
  g_autofree char *last = kaf_day_to_iso (until);
  Agenda self = { db, today, lang, items };

  return read_rows (&self,
                    "SELECT " ID_OF (
                        "m.rid") ", m.ref, m.held_on, m.state, m.title_fr, m.title_ar,"
                                 " m.place_fr, m.place_ar, m.starts_at, m.ends_at FROM meeting m"
                                 " WHERE m.deleted_at IS NULL AND m.held_on BETWEEN ?1 AND ?2",
                    first, last, take_meeting, error) &&
         read_rows (
             &self,
             "SELECT " ID_OF ("d.rid") ", d.ref, d.due_on, d.state, d.text_fr, d.text_ar,"
                                       " d.meeting, d.owner FROM decision d"
                                       " WHERE d.deleted_at IS NULL AND d.due_on BETWEEN ?1 AND ?2",
             first, last, take_decision, error);
}
