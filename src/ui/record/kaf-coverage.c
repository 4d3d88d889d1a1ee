/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every figure is the count of the query that its list then shows: the two cannot disagree. */
#include "config.h"

#include "ui/record/kaf-coverage.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"

/* Modules and conventions of one programme that are looked at. */
#define LIMIT 2000

static void
row_free (gpointer data)
{
  KafCoverageRow *row = data;

  for (guint i = 0; i < KAF_COVERAGE_N; i++)
    g_clear_pointer (&row->queries[i], kaf_query_unref);
  g_free (row->domain);
  g_free (row->title);
  g_free (row);
}

void
kaf_coverage_free (KafCoverage *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->target_of);
  g_free (self);
}

static KafQuery *
query_new (const char *entity,
           const char *path,
           const char *value,
           const char *domain_path,
           const char *domain)
{
  const char *values[] = { value, NULL };
  const char *domains[] = { domain, NULL };
  KafQuery *query = kaf_query_new (kaf_registry_find (entity));

  if (path != NULL)
    kaf_query_set_condition (query, path, KAF_OP_ANY_OF, values);
  if (domain_path != NULL)
    kaf_query_set_condition (query, domain_path, KAF_OP_ANY_OF, domains);
  return query;
}

/* The ids of what a query finds, NULL-terminated. */
static GPtrArray *
read_ids (KafDatabase *db, const KafQuery *query, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) rows =
      kaf_page_read (db, query, none, KAF_LANG_EN, 0, LIMIT, NULL, NULL, error);
  GPtrArray *ids;

  if (rows == NULL)
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      g_ptr_array_add (ids, g_strdup (((KafRow *) g_ptr_array_index (rows, i))->id));
  return ids;
}

/* NULL for no id: such a condition would be none at all. */
static KafQuery *
query_of_ids (const char *entity, const char *path, GPtrArray *ids)
{
  KafQuery *query;

  if (ids->len == 0)
    return NULL;
  g_ptr_array_add (ids, NULL);
  query = kaf_query_new (kaf_registry_find (entity));
  kaf_query_set_condition (query, path, KAF_OP_ANY_OF, (const char *const *) ids->pdata);
  g_ptr_array_set_size (ids, ids->len - 1);
  return query;
}

/* The networks among the parties of the programme's conventions. */
static GPtrArray *
read_networks (KafDatabase *db, const char *programme, GError **error)
{
  static const char *const columns[] = { "parties", NULL };
  g_autoptr (KafQuery) query = query_new ("convention", "programme", programme, NULL, NULL);
  g_autoptr (GPtrArray) rows =
      kaf_page_read (db, query, columns, KAF_LANG_EN, 0, LIMIT, NULL, NULL, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *networks;

  if (rows == NULL)
    return NULL;
  networks = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GPtrArray) parties = kaf_set_parse (row != NULL ? row->raw[0] : NULL);

      for (guint j = 0; j < parties->len; j++)
        {
          const char *id = ((KafElement *) g_ptr_array_index (parties, j))->value;

          if (g_hash_table_add (seen, g_strdup (id)) &&
              kaf_read_exists (db, kaf_registry_find ("network"), id))
            g_ptr_array_add (networks, g_strdup (id));
        }
    }
  return networks;
}

static gboolean
fill_row (KafCoverageRow *row,
          KafDatabase *db,
          const char *programme,
          GPtrArray *networks,
          GError **error)
{
  g_autoptr (GPtrArray) modules = NULL;

  row->queries[KAF_COVERAGE_MODULES] =
      query_new ("training_module", "programme", programme, "domain", row->domain);
  row->queries[KAF_COVERAGE_CONVENTIONS] =
      query_new ("convention", "programme", programme, "domains", row->domain);
  modules = read_ids (db, row->queries[KAF_COVERAGE_MODULES], error);
  if (modules == NULL)
    return FALSE;
  row->queries[KAF_COVERAGE_SESSIONS] = query_of_ids ("training_session", "module", modules);
  row->queries[KAF_COVERAGE_EXPERTS] = query_of_ids ("expert", "membership.network", networks);
  if (row->queries[KAF_COVERAGE_EXPERTS] != NULL)
    {
      const char *domains[] = { row->domain, NULL };

      kaf_query_set_condition (row->queries[KAF_COVERAGE_EXPERTS], "domains", KAF_OP_ANY_OF,
                               domains);
    }
  for (guint i = 0; i < KAF_COVERAGE_N; i++)
    {
      row->counts[i] = row->queries[i] != NULL ? kaf_page_count (db, row->queries[i], error) : 0;
      if (row->counts[i] < 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_trainees (KafCoverage *self, KafDatabase *db, const char *programme, GError **error)
{
  static const char *const columns[] = { "present", NULL };
  g_autoptr (KafQuery) modules_query =
      query_new ("training_module", "programme", programme, NULL, NULL);
  g_autoptr (GPtrArray) modules = read_ids (db, modules_query, error);
  g_autoptr (KafQuery) query =
      modules != NULL ? query_of_ids ("training_session", "module", modules) : NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (query == NULL)
    return modules != NULL;
  rows = kaf_page_read (db, query, columns, KAF_LANG_EN, 0, G_MAXINT, NULL, NULL, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (row == NULL || row->raw[0] == NULL)
        continue;
      self->present += g_ascii_strtoll (row->raw[0], NULL, 10);
      self->n_sessions++;
    }
  return rows != NULL;
}

KafCoverage *
kaf_coverage_read (KafDatabase *db, const char *programme, KafLang lang, GError **error)
{
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("programme"), programme, error);
  g_autoptr (GPtrArray) networks = record != NULL ? read_networks (db, programme, error) : NULL;
  g_autoptr (KafCoverage) self = g_new0 (KafCoverage, 1);
  g_autoptr (GPtrArray) domains = NULL;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  if (networks == NULL || !count_trainees (self, db, programme, error))
    return NULL;
  if (kaf_record_get (record, "target") != NULL)
    self->target = g_ascii_strtoll (kaf_record_get (record, "target"), NULL, 10);
  self->target_of = g_strdup (kaf_record_get (record, "target_of"));
  domains = kaf_set_parse (kaf_record_get (record, "domains"));
  for (guint i = 0; i < domains->len; i++)
    {
      KafCoverageRow *row = g_new0 (KafCoverageRow, 1);

      g_ptr_array_add (self->rows, row);
      row->domain = g_strdup (((KafElement *) g_ptr_array_index (domains, i))->value);
      row->title = kaf_read_title (db, "domain", row->domain, lang);
      if (!fill_row (row, db, programme, networks, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}
