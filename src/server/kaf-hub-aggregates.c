/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell that kaf_few_hide() does not tell is left out. Tables of one entity count the same records, so that the
 * total of one tells nothing that another hides. */
#include "config.h"

#include "server/kaf-hub-aggregates.h"

#include "base/kaf-few.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "sync/kaf-json.h"

typedef struct
{
  const char *of;    /* whose records are counted */
  const char *part;  /* the entity of the field: itself, or what it is a facet of */
  const char *field; /* a choice, or a reference to a list */
} Kind;

static const Kind kinds[] = {
  { "expert", "person", "country" },          { "expert", "person", "territory" },
  { "expert", "person", "status" },           { "expert", "expert", "domains" },
  { "organisation", "organisation", "kind" }, { "organisation", "organisation", "country" },
};

typedef struct
{
  GHashTable *cells; /* code, "" for none → count */
  guint total;
} Table;

typedef struct
{
  const KafHubGrants *grants;
  Table tables[G_N_ELEMENTS (kinds)];
} Count;

/* Counting */

static void
add (Table *table, const char *code)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table->cells, code));

  g_hash_table_insert (table->cells, g_strdup (code), GUINT_TO_POINTER (n + 1));
}

static void
count_value (Table *table, const KafField *field, const char *value)
{
  g_autoptr (GPtrArray) elements = NULL;

  table->total++;
  if (value == NULL || !kaf_field_is_many (field))
    {
      add (table, value != NULL ? value : "");
      return;
    }
  elements = kaf_set_parse (value);
  for (guint i = 0; i < elements->len; i++)
    add (table, ((KafElement *) g_ptr_array_index (elements, i))->value);
}

static gboolean
lives (const KafHubPart *part)
{
  return part != NULL && kaf_record_get_stamp (part->record)->deleted_at == 0;
}

static gboolean
count_record (KafHubRecord *record, gpointer data, GError **error)
{
  Count *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const KafEntity *of = kaf_registry_find (kinds[i].of);
      const KafEntity *entity = kaf_registry_find (kinds[i].part);
      KafHubPart *part;

      if (kaf_entity_get_root (of) != record->root ||
          !lives (kaf_hub_record_find (record, record->root)) ||
          !lives (kaf_hub_record_find (record, of)))
        continue;
      part = kaf_hub_record_find (record, entity);
      count_value (&self->tables[i], kaf_entity_find_field (entity, kinds[i].field),
                   kaf_record_get (part->record, kinds[i].field));
    }
  return TRUE;
}

static gboolean
skip (const KafEntity *root, gint64 seq, const char *spans, gpointer data)
{
  Count *self = data;
  KafHubStanding standing;

  if (!g_str_equal (root->id, "person") && !g_str_equal (root->id, "organisation"))
    return TRUE;
  kaf_hub_grants_reach (self->grants, root, spans, &standing);
  return !standing.now;
}

/* Telling */

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
print_table (const Table *table, const Kind *kind, GString *json)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find (kind->part), kind->field);
  guint n = 0;
  g_autofree char **codes = (char **) g_hash_table_get_keys_as_array (table->cells, &n);
  g_autofree guint *counts = g_new0 (guint, n + 1);
  guint total = kaf_few_tell (table->total);
  gboolean first = TRUE;

  qsort (codes, n, sizeof *codes, compare);
  for (guint i = 0; i < n; i++)
    counts[i] = GPOINTER_TO_UINT (g_hash_table_lookup (table->cells, codes[i]));
  kaf_few_hide (counts, n, !kaf_field_is_many (field), counts);
  g_string_append_printf (json, "{\"of\":\"%s\",\"by\":\"%s\",\"total\":", kind->of, kind->field);
  if (kaf_few_is_told (total))
    g_string_append_printf (json, "%u", total);
  else
    g_string_append (json, "null");
  g_string_append (json, ",\"cells\":[");
  for (guint i = 0; i < n; i++)
    {
      if (!kaf_few_is_told (counts[i]))
        continue;
      g_string_append (json, first ? "[" : ",[");
      kaf_json_append_string (json, *codes[i] != '\0' ? codes[i] : NULL);
      g_string_append_printf (json, ",%u]", counts[i]);
      first = FALSE;
    }
  g_string_append (json, "]}");
}

gboolean
kaf_hub_aggregates_print (KafHubStorage *storage,
                          const KafHubGrants *grants,
                          GString *json,
                          GError **error)
{
  Count count = { .grants = grants };
  gboolean done;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    count.tables[i].cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  done = storage->klass->read_feed (storage, 0, NULL, skip, count_record, &count, error);
  if (done)
    g_string_append_printf (json, "{\"least\":%u,\"tables\":[", KAF_FEW_LEAST);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (done && i > 0)
        g_string_append_c (json, ',');
      if (done)
        print_table (&count.tables[i], &kinds[i], json);
      g_hash_table_unref (count.tables[i].cells);
    }
  if (done)
    g_string_append (json, "]}\n");
  return done;
}
