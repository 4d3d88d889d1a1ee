/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each figure comes with the query that it counts, so that the list that opens shows just that. */
#include "config.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-home-data.h"

#define CONFIRM_AFTER_DAYS 365
#define RECENT 4
#define BARS 8

void
kaf_home_start_free (KafHomeStart *self)
{
  g_free (self->today);
  g_free (self->author);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_free (self);
}

void
kaf_home_rest_free (KafHomeRest *self)
{
  for (gsize i = 0; i < KAF_HOME_N_COUNTS; i++)
    g_clear_pointer (&self->counts[i].query, kaf_query_unref);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  g_clear_pointer (&self->countries, g_ptr_array_unref);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  g_free (self);
}

gpointer
kaf_home_read_start (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafHomeStart) start = g_new0 (KafHomeStart, 1);

  start->drafts = kaf_draft_list (db, error);
  if (start->drafts == NULL)
    return NULL;
  start->n_experts = kaf_page_total (db, kaf_registry_find ("expert"));
  start->n_organisations = kaf_page_total (db, kaf_registry_find ("organisation"));
  start->n_networks = kaf_page_total (db, kaf_registry_find ("network"));
  start->today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  start->author = kaf_local_get (db, "author");
  return g_steal_pointer (&start);
}

static KafQuery *
make_query (const KafEntity *entity, KafHomeCountKind kind, const char *limit)
{
  KafQuery *query = kaf_query_new (entity);

  switch (kind)
    {
    case KAF_HOME_OLD:
      kaf_query_set_condition (query, "confirmed_on", KAF_OP_AT_MOST,
                               (const char *const[]){ limit, NULL });
      kaf_query_set_sort (query, "confirmed_on", FALSE);
      break;
    case KAF_HOME_NEVER:
      kaf_query_set_condition (query, "confirmed_on", KAF_OP_UNSET, NULL);
      break;
    case KAF_HOME_NO_ARABIC:
      kaf_query_set_condition (query, "family_name", KAF_OP_SET, NULL);
      kaf_query_set_condition (query, "family_name_ar", KAF_OP_UNSET, NULL);
      break;
    case KAF_HOME_NO_LATIN:
      kaf_query_set_condition (query, "family_name_ar", KAF_OP_SET, NULL);
      kaf_query_set_condition (query, "family_name", KAF_OP_UNSET, NULL);
      break;
    case KAF_HOME_N_COUNTS:
    default:
      g_assert_not_reached ();
    }
  return query;
}

static gboolean
read_counts (KafDatabase *db,
             const KafEntity *entity,
             KafHomeRest *rest,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *limit = kaf_date_add_days (today, -CONFIRM_AFTER_DAYS);

  for (int kind = 0; kind < KAF_HOME_N_COUNTS; kind++)
    {
      KafHomeCount *count = &rest->counts[kind];

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      count->query = make_query (entity, kind, limit);
      count->n = kaf_page_count (db, count->query, error);
      if (count->n < 0)
        return FALSE;
    }
  return TRUE;
}

gpointer
kaf_home_read_rest (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "updated_at", NULL };
  const KafEntity *entity = kaf_registry_find ("expert");
  KafLang lang = kaf_application_get_lang ();
  g_autoptr (KafHomeRest) rest = g_new0 (KafHomeRest, 1);
  g_autoptr (KafQuery) all = kaf_query_new (entity);
  g_autoptr (KafQuery) recent = kaf_query_new (entity);

  if (!read_counts (db, entity, rest, cancellable, error))
    return NULL;

  kaf_query_set_sort (recent, "updated_at", TRUE);
  rest->recent = kaf_page_read (db, recent, columns, lang, 0, RECENT, NULL, NULL, error);
  if (rest->recent == NULL)
    return NULL;
  rest->countries = kaf_page_groups (db, all, "country", lang, BARS, error);
  if (rest->countries == NULL)
    return NULL;
  rest->domains = kaf_page_groups (db, all, "domains", lang, BARS, error);
  if (rest->domains == NULL)
    return NULL;
  return g_steal_pointer (&rest);
}
