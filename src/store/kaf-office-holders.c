/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-office-holders.h"

#include "base/kaf-day.h"
#include "base/kaf-fold.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"
#include "store/kaf-untitled.h"

/* Acts above one another; two devices can close a circle. */
#define MAX_DEPTH 8

void
kaf_office_holder_free (KafOfficeHolder *self)
{
  g_free (self->mandate);
  g_free (self->title);
  g_free (self);
}

static void
add_parties (GPtrArray *parties, const char *set)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (set);

  for (guint i = 0; i < elements->len; i++)
    {
      const char *id = ((KafElement *) g_ptr_array_index (elements, i))->value;

      if (!g_ptr_array_find_with_equal_func (parties, id, g_str_equal, NULL))
        g_ptr_array_add (parties, g_strdup (id));
    }
}

GPtrArray *
kaf_convention_parties (KafDatabase *db, const char *convention)
{
  GPtrArray *parties = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = g_strdup (convention);

  for (guint depth = 0; id != NULL && depth < MAX_DEPTH; depth++)
    {
      g_autoptr (KafRecord) act = kaf_read_record (db, kaf_registry_find ("convention"), id, NULL);

      if (act == NULL)
        break;
      add_parties (parties, kaf_record_get (act, "parties"));
      g_free (id);
      id = g_strdup (kaf_record_get (act, "parent"));
    }
  return parties;
}

static KafDay
read_day (KafDatabase *db, const char *convention)
{
  g_autoptr (KafRecord) act =
      convention != NULL ? kaf_read_record (db, kaf_registry_find ("convention"), convention, NULL)
                         : NULL;

  return act != NULL ? kaf_day_parse (kaf_record_get (act, "signed_on")) : KAF_DAY_UNKNOWN;
}

static gboolean
holds_words (const GString *own, const char *const *words)
{
  g_auto (GStrv) parts = kaf_fold_words (own->str);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; parts[j] != NULL && !found; j++)
        found = g_str_has_prefix (parts[j], words[i]);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/* Names in both scripts, so that either finds her. */
static void
append_columns (GString *text, KafStatement *row, int from, int until)
{
  for (int i = from; i < until; i++)
    {
      const char *part = kaf_statement_text (row, i);

      if (part != NULL)
        g_string_append_printf (text, " %s", part);
    }
}

typedef struct
{
  GPtrArray *parties;
  KafDay day;
} Signing;

static KafOfficeHolder *
holder_new (KafDatabase *db, KafStatement *row, const Signing *signing, KafLang lang)
{
  KafOfficeHolder *self = g_new0 (KafOfficeHolder, 1);
  KafDay from = kaf_day_parse (kaf_statement_text (row, 2));
  KafDay to = kaf_day_parse_end (kaf_statement_text (row, 3));
  const char *organisation = kaf_statement_text (row, 1);

  self->mandate = g_strdup (kaf_statement_text (row, 0));
  self->title = kaf_untitled_describe (db, kaf_registry_find ("mandate"), self->mandate, lang);
  self->of_party = organisation != NULL && g_ptr_array_find_with_equal_func (
                                               signing->parties, organisation, g_str_equal, NULL);
  self->in_office =
      signing->day == KAF_DAY_UNKNOWN || ((from == KAF_DAY_UNKNOWN || from <= signing->day) &&
                                          (to == KAF_DAY_UNKNOWN || to >= signing->day));
  return self;
}

static int
compare_holders (gconstpointer a, gconstpointer b)
{
  const KafOfficeHolder *x = *(KafOfficeHolder *const *) a;
  const KafOfficeHolder *y = *(KafOfficeHolder *const *) b;
  int rank_x = (x->of_party ? 0 : 2) + (x->in_office ? 0 : 1);
  int rank_y = (y->of_party ? 0 : 2) + (y->in_office ? 0 : 1);

  return rank_x != rank_y ? rank_x - rank_y : g_utf8_collate (x->title, y->title);
}

GPtrArray *
kaf_office_holders_find (KafDatabase *db,
                         const char *text,
                         const char *convention,
                         KafLang lang,
                         guint limit,
                         GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_office_holder_free);
  g_autoptr (GPtrArray) parties = kaf_convention_parties (db, convention);
  const Signing signing = { parties, read_day (db, convention) };
  g_auto (GStrv) words = kaf_fold_words (text);
  g_autoptr (GError) local = NULL;
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "SELECT h.id, m.organisation, m.valid_from, m.valid_to, m.office, m.office_ar, p.title,"
      " p.title_ar, o.title, o.title_ar, o.short FROM mandate m JOIN head h ON h.rid = m.rid"
      " JOIN head p ON p.id = m.person AND p.entity = 'person' AND p.deleted = 0"
      " JOIN head o ON o.id = m.organisation AND o.entity = 'organisation' AND o.deleted = 0"
      " WHERE m.deleted_at IS NULL",
      error);

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      g_autoptr (GString) own = g_string_new (NULL);

      append_columns (own, statement, 4, 11);
      if (holds_words (own, (const char *const *) words))
        g_ptr_array_add (found, holder_new (db, statement, &signing, lang));
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  g_ptr_array_sort (found, compare_holders);
  if (found->len > limit)
    g_ptr_array_remove_range (found, limit, found->len - limit);
  return g_steal_pointer (&found);
}
