/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lists can be narrowed by, from the schema: fields marked so, of the entity and of its
 * owner, and of records that belong to it. */
#include "config.h"

#include "ui/list/kaf-filter.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "base/kaf-number.h"
#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"
#include "store/kaf-query-text.h"
#include "ui/app/kaf-application.h"

/* Titles that a chip spells out; the others are counted. */
#define SPELT 2
/* Records offered when a filter chooses among records (networks). */
#define MAX_RECORDS 500

static const struct
{
  const char *entity;
  const char *path;
} related[] = {
  { "expert", "membership.network" },
  { "expert", "availability.kind" },
};

static void
value_free (gpointer data)
{
  KafFilterValue *value = data;

  g_free (value->code);
  g_free (value->title);
  g_free (value->folded);
  g_free (value);
}

static void
filter_free (gpointer data)
{
  KafFilter *self = data;

  g_free (self->path);
  g_free (self->label);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/* @others: nullable, further names */
static void
add_value (GPtrArray *values, const char *code, const char *title, const char *others)
{
  KafFilterValue *value = g_new0 (KafFilterValue, 1);
  g_autofree char *names = NULL;

  value->code = g_strdup (code);
  value->title = g_strdup (title != NULL ? title : code);
  names = g_strjoin (" ", value->title, others, NULL);
  value->folded = kaf_fold (names);
  g_ptr_array_add (values, value);
}

static void
add_filter (GPtrArray *filters, const char *path, const char *label, const KafField *field)
{
  KafFilter *self = g_new0 (KafFilter, 1);

  self->path = g_strdup (path);
  self->label = g_strdup (label);
  self->field = field;
  if (field != NULL && field->choices != NULL)
    {
      self->values = g_ptr_array_new_with_free_func (value_free);
      for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
        add_value (self->values, choice->code, _ (choice->label), NULL);
    }
  g_ptr_array_add (filters, self);
}

static void
add_fields (GPtrArray *filters, const KafEntity *entity)
{
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_has (field, KAF_FIELD_FILTER))
      add_filter (filters, field->id, _ (field->label), field);
}

/* What follows from the records, and is filtered by like what stands in them. */
static void
add_derived (GPtrArray *filters, const KafEntity *entity)
{
  for (const KafField *field = kaf_derived_fields (entity); field != NULL && field->id != NULL;
       field++)
    if (kaf_field_has (field, KAF_FIELD_FILTER))
      add_filter (filters, field->id, _ (field->label), field);
}

GPtrArray *
kaf_filters_new (const KafEntity *entity)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func (filter_free);
  const KafEntity *root = kaf_entity_get_root (entity);

  add_derived (filters, entity);
  add_fields (filters, entity);
  if (root != entity)
    {
      add_fields (filters, root);
      add_derived (filters, root);
    }

  for (guint i = 0; i < G_N_ELEMENTS (related); i++)
    {
      const KafEntity *owner, *other;
      const KafField *field;

      if (!g_str_equal (related[i].entity, entity->id))
        continue;
      field = kaf_query_resolve (entity, related[i].path, &owner, &other);
      if (field != NULL)
        add_filter (filters, related[i].path,
                    field->kind == KAF_KIND_CHOICE ? _ (other->label) : _ (field->label), field);
    }

  return filters;
}

KafFilter *
kaf_filters_find (GPtrArray *filters, const char *path)
{
  for (guint i = 0; i < filters->len; i++)
    {
      KafFilter *self = g_ptr_array_index (filters, i);

      if (g_str_equal (self->path, path))
        return self;
    }

  return NULL;
}

KafFilter *
kaf_filters_ensure (GPtrArray *filters, const KafEntity *entity, const char *path)
{
  KafFilter *self = kaf_filters_find (filters, path);
  const KafEntity *owner, *other;
  const KafField *field;

  if (self != NULL)
    return self;

  field = kaf_query_resolve (entity, path, &owner, &other);
  add_filter (filters, path, field != NULL ? _ (field->label) : path, field);

  return g_ptr_array_index (filters, filters->len - 1);
}

GPtrArray *
kaf_filters_new_one (const KafEntity *entity, const char *path)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func (filter_free);

  kaf_filters_ensure (filters, entity, path);
  return filters;
}

gboolean
kaf_filter_has_values (const KafFilter *self)
{
  if (self->field == NULL)
    return FALSE;

  switch (self->field->kind)
    {
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
      return TRUE;
    default:
      return FALSE;
    }
}

typedef struct
{
  const KafEntity *target;
  KafLang lang;
} LoadJob;

static GPtrArray *
load_records (KafDatabase *db, const LoadJob *job, GError **error)
{
  static const char *const columns[] = { "acronym", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (KafQuery) query = kaf_query_new (job->target);
  g_autoptr (GPtrArray) rows = NULL;
  gboolean acronyms = kaf_entity_find_field (kaf_entity_get_root (job->target), "acronym") != NULL;
  GPtrArray *values;

  rows = kaf_page_read (db, query, acronyms ? columns : none, job->lang, 0, MAX_RECORDS, NULL, NULL,
                        error);
  if (rows == NULL)
    return NULL;

  values = g_ptr_array_new_with_free_func (value_free);
  for (guint i = 0; i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);
      const char *title = row->title;
      g_autofree char *names = g_strjoin (" ", title, row->title_ar, NULL);

      if (job->lang == KAF_LANG_AR && row->title_ar != NULL && row->title_ar[0] != '\0')
        title = row->title_ar;
      if (acronyms && row->n_cells > 0 && row->cells[0] != NULL)
        title = row->cells[0];
      add_value (values, row->id, title, names);
    }

  return values;
}

static gpointer
load_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const LoadJob *job = data;
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *values;

  if (!kaf_entity_has (job->target, KAF_ENTITY_LIST))
    return load_records (db, job, error);

  items = kaf_read_list (db, job->target->id, job->lang, error);
  if (items == NULL)
    return NULL;

  values = g_ptr_array_new_with_free_func (value_free);
  for (guint i = 0; i < items->len; i++)
    {
      const KafListItem *item = g_ptr_array_index (items, i);

      add_value (values, item->code, item->title, item->others);
    }

  return values;
}

void
kaf_filter_load_async (KafFilter *self,
                       KafStore *store,
                       KafLang lang,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  LoadJob *job = g_new0 (LoadJob, 1);

  g_return_if_fail (kaf_filter_has_values (self));

  job->target = kaf_registry_find (self->field->target);
  job->lang = lang;
  kaf_store_run_async (store, KAF_LANE_READ, load_job, job, g_free,
                       (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

gboolean
kaf_filter_load_finish (KafFilter *self, KafStore *store, GAsyncResult *result, GError **error)
{
  GPtrArray *values = kaf_store_run_finish (store, result, error);

  if (values == NULL)
    return FALSE;

  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values = values;

  return TRUE;
}

/* NULL when unknown or not loaded. (transfer none) */
const char *
kaf_filter_find_title (const KafFilter *self, const char *code)
{
  for (guint i = 0; self->values != NULL && i < self->values->len; i++)
    {
      const KafFilterValue *value = g_ptr_array_index (self->values, i);

      if (g_str_equal (value->code, code))
        return value->title;
    }

  return NULL;
}

static void
append_values (const KafFilter *self, GString *text, char **values, KafLang lang)
{
  guint n = values != NULL ? g_strv_length (values) : 0;

  for (guint i = 0; i < n && i < SPELT; i++)
    {
      const char *title = kaf_filter_find_title (self, values[i]);

      g_string_append_printf (text, "%s%s",
                              i == 0                ? ""
                              : lang == KAF_LANG_AR ? "، "
                                                    : ", ",
                              title != NULL ? title : "…");
    }
  if (n > SPELT)
    {
      g_autofree char *rest = kaf_number_format (n - SPELT, lang);

      g_string_append_printf (text, " + %s", rest);
    }
}

static char *
format_bound (const KafFilter *self, const char *value, KafLang lang)
{
  g_autofree char *text = NULL;

  if (self->field != NULL &&
      (self->field->kind == KAF_KIND_DATE || self->field->kind == KAF_KIND_PARTIAL_DATE))
    text = kaf_date_format (value, lang, KAF_DATE_SHORT);

  return kaf_bidi_isolate (text != NULL ? text : value);
}

static void
append_condition (const KafFilter *self, GString *text, const KafCondition *condition, KafLang lang)
{
  g_autofree char *bound = NULL;
  g_autofree char *phrase = NULL;

  switch (condition->op)
    {
    case KAF_OP_AT_LEAST:
      bound = format_bound (self, condition->values[0], lang);
      phrase = g_strdup_printf (C_ ("filter", "from %s"), bound);
      break;
    case KAF_OP_AT_MOST:
      bound = format_bound (self, condition->values[0], lang);
      phrase = g_strdup_printf (C_ ("filter", "until %s"), bound);
      break;
    case KAF_OP_SET:
      phrase = g_strdup (C_ ("filter", "known"));
      break;
    case KAF_OP_UNSET:
      phrase = g_strdup (C_ ("filter", "unknown"));
      break;
    case KAF_OP_LAST_DAYS:
    case KAF_OP_NEXT_DAYS:
    case KAF_OP_BEFORE_DAYS:
      phrase = kaf_query_days_text (condition, kaf_application_get_lang ());
      break;
    case KAF_OP_NONE_OF:
      g_string_append_printf (text, "%s ", C_ ("filter", "not"));
      append_values (self, text, condition->values, lang);
      return;
    default:
      append_values (self, text, condition->values, lang);
      return;
    }
  g_string_append (text, phrase);
}

char *
kaf_filter_describe (const KafFilter *self, const KafQuery *query, KafLang lang)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < kaf_query_get_n_conditions (query); i++)
    {
      const KafCondition *condition = kaf_query_get_condition (query, i);

      if (!g_str_equal (condition->path, self->path))
        continue;
      if (n++ > 0)
        g_string_append_c (text, ' ');
      append_condition (self, text, condition, lang);
    }
  if (n == 0)
    return NULL;

  /* Translators: a filter of a list, "Country: Germany, Switzerland" */
  return g_strdup_printf (C_ ("filter", "%s: %s"), self->label, text->str);
}

char *
kaf_filters_describe (GPtrArray *filters, const KafQuery *query, KafLang lang)
{
  GString *text = g_string_new (NULL);

  if (kaf_query_get_text (query) != NULL)
    {
      g_autofree char *quoted = kaf_bidi_isolate (kaf_query_get_text (query));

      g_string_append_printf (text, C_ ("filter", "“%s”"), quoted);
    }
  for (guint i = 0; i < filters->len; i++)
    {
      g_autofree char *one = kaf_filter_describe (g_ptr_array_index (filters, i), query, lang);

      if (one != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", one);
    }

  return g_string_free (text, FALSE);
}
