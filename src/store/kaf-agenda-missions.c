/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-agenda-missions.h"

#include "schema/kaf-registry.h"
#include "store/kaf-database-private.h"
#include "store/kaf-page.h"

typedef struct
{
  KafDay today;
  KafLang lang;
  GPtrArray *items;
} Agenda;

/* The text of two columns that are the same thing in French and in Arabic. (transfer full) */
static char *
dup_either (const Agenda *self, KafStatement *row, int column)
{
  const char *first = kaf_statement_text (row, self->lang == KAF_LANG_AR ? column + 1 : column);

  if (first == NULL)
    first = kaf_statement_text (row, self->lang == KAF_LANG_AR ? column : column + 1);
  return g_strdup (first);
}

static KafAgendaItem *
add_item (Agenda *self, KafAgendaKind kind, KafStatement *row)
{
  KafAgendaItem *item = g_new0 (KafAgendaItem, 1);

  item->kind = kind;
  item->entity = "mission";
  item->id = g_strdup (kaf_statement_text (row, 0));
  item->ref = g_strdup (kaf_statement_text (row, 1));
  item->from = kaf_day_parse (kaf_statement_text (row, 2));
  item->to = kaf_day_parse (kaf_statement_text (row, 3));
  item->who = g_strdup (kaf_statement_text (row, 4));
  item->title = dup_either (self, row, 5);
  item->where = dup_either (self, row, 7);
  if (item->to == KAF_DAY_UNKNOWN)
    item->to = item->from;
  g_ptr_array_add (self->items, item);
  return item;
}

static void
take_mission (Agenda *self, KafStatement *row)
{
  KafAgendaItem *item = add_item (self, KAF_AGENDA_MISSION, row);
  const char *state = kaf_statement_text (row, 9);

  item->state = KAF_AGENDA_OPEN;
  if (g_strcmp0 (state, "closed") == 0)
    item->state = KAF_AGENDA_DONE;
  else if (g_strcmp0 (state, "abandoned") == 0)
    item->state = KAF_AGENDA_OFF;
}

static void
take_session (Agenda *self, KafStatement *row)
{
  KafAgendaItem *item = add_item (self, KAF_AGENDA_SESSION, row);
  const char *state = kaf_statement_text (row, 9);

  if (g_strcmp0 (state, "held") == 0)
    item->state = KAF_AGENDA_DONE;
  else if (g_strcmp0 (state, "cancelled") == 0)
    item->state = KAF_AGENDA_OFF;
  else
    item->state = item->to < self->today ? KAF_AGENDA_LATE : KAF_AGENDA_OPEN;
}

static gboolean
read_items (KafDatabase *db,
            const char *sql,
            const char *const days[2],
            Agenda *self,
            void (*take) (Agenda *, KafStatement *),
            GError **error)
{
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, days[0]);
  kaf_statement_bind_text (statement, 2, days[1]);
  while (kaf_database_step (db, statement, &local))
    take (self, statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const KafAgendaItem *one = *(KafAgendaItem *const *) a;
  const KafAgendaItem *two = *(KafAgendaItem *const *) b;

  if (one->from != two->from)
    return one->from < two->from ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind == KAF_AGENDA_MISSION ? -1 : 1;
  return g_strcmp0 (one->title, two->title);
}

GPtrArray *
kaf_agenda_read_missions (KafDatabase *db,
                          KafDay from,
                          KafDay until,
                          KafDay today,
                          KafLang lang,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_agenda_item_free);
  Agenda self = { today, lang, items };
  g_autofree char *first = kaf_day_to_iso (from);
  g_autofree char *last = kaf_day_to_iso (until);
  const char *days[] = { first, last };

  g_return_val_if_fail (db != NULL, NULL);

  if (!read_items (db,
                   "SELECT h.id, m.ref, m.starts_on, m.ends_on, m.followed_by, m.title_fr,"
                   " m.title_ar, m.place_fr, m.place_ar, n.state"
                   " FROM mission m JOIN head h ON h.rid = m.rid"
                   " LEFT JOIN mission_now n ON n.rid = m.rid"
                   " WHERE m.deleted_at IS NULL AND m.starts_on <= ?2"
                   " AND coalesce (m.ends_on, m.starts_on) >= ?1",
                   days, &self, take_mission, error) ||
      !read_items (db,
                   "SELECT h.id, m.ref, i.held_on, i.held_on, m.followed_by, i.subject_fr,"
                   " i.subject_ar, m.title_fr, m.title_ar, i.state"
                   " FROM programme_item i JOIN head h ON h.id = i.mission"
                   " JOIN mission m ON m.rid = h.rid"
                   " WHERE i.deleted_at IS NULL AND m.deleted_at IS NULL"
                   " AND i.held_on BETWEEN ?1 AND ?2",
                   days, &self, take_session, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}

static gboolean
is_kept (KafDatabase *db, const KafAgendaItem *item, GHashTable *rids, const char *who)
{
  gint64 rid;

  if (who != NULL && g_strcmp0 (item->who, who) != 0)
    return FALSE;
  if (rids == NULL)
    return TRUE;
  rid = kaf_database_find_rid (db, kaf_registry_find ("mission"), item->id);
  return g_hash_table_contains (rids, GUINT_TO_POINTER ((guint) rid));
}

gboolean
kaf_agenda_keep_missions (
    KafDatabase *db, GPtrArray *items, const KafQuery *only, const char *who, GError **error)
{
  g_autoptr (GHashTable) rids = only != NULL ? g_hash_table_new (NULL, NULL) : NULL;
  g_autoptr (GArray) places = only != NULL ? kaf_page_places (db, only, error) : NULL;

  g_return_val_if_fail (items != NULL, FALSE);

  if (only != NULL && places == NULL)
    return FALSE;
  for (guint i = 0; places != NULL && i < places->len; i++)
    g_hash_table_add (rids, GUINT_TO_POINTER (g_array_index (places, guint32, i)));
  for (guint i = items->len; i > 0; i--)
    if (!is_kept (db, items->pdata[i - 1], rids, who))
      g_ptr_array_remove_index (items, i - 1);
  return TRUE;
}
