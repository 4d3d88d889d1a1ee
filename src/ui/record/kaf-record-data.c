/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job reads the record, its owner, what belongs to it, its files and its last changes, so that
 * a page opens and steps in one round trip to the worker. */
#include "config.h"

#include "ui/record/kaf-record-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-commit.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-state.h"
#include "ui/record/kaf-record-facts.h"
#include "ui/record/kaf-record-words.h"

#define AVAILABILITY_LIMIT 500
#define ATTACHMENT_LIMIT 200

typedef struct
{
  const KafEntity *entity;
  char *id;
  KafQuery *query; /* nullable; a copy, since the list may change its own meanwhile */
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_clear_pointer (&request->query, kaf_query_unref);
  g_free (request);
}

static void
related_rows_free (gpointer data)
{
  KafRelatedRows *related = data;

  g_ptr_array_unref (related->rows);
  g_free (related);
}

void
kaf_record_data_free (KafRecordData *self)
{
  g_free (self->asked);
  g_free (self->id);
  g_clear_pointer (&self->record, kaf_record_unref);
  g_clear_pointer (&self->owner, kaf_record_unref);
  g_free (self->today);
  g_free (self->title);
  g_free (self->other_title);
  g_free (self->headline);
  g_free (self->confirmed);
  g_free (self->filter);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->related, g_ptr_array_unref);
  g_clear_pointer (&self->claims, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->facets, g_ptr_array_unref);
  g_clear_pointer (&self->availability, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self->contents);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_object (&self->photo);
  g_free (self);
}

/* What is not there because it was erased for ever is not to be looked for. */
static void
explain_missing (KafDatabase *db, const char *id, GError **error)
{
  if (error == NULL || !g_error_matches (*error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND) ||
      !kaf_erase_was_done (db, id))
    return;
  g_clear_error (error);
  g_set_error_literal (
      error, KAF_STORE_ERROR, KAF_STORE_ERROR_ERASED,
      kaf_sync_is_enrolled (db)
          ? _ ("This record was erased by order of the data-protection officer.")
          : _ ("This record was erased for good on this computer: nothing of it is left."));
}

static gboolean
read_records (KafRecordData *self, KafDatabase *db, GError **error)
{
  self->record = kaf_read_record (db, self->entity, self->asked, error);
  if (self->record == NULL)
    {
      explain_missing (db, self->asked, error);
      return FALSE;
    }
  self->id = g_strdup (kaf_record_get_id (self->record));
  if (self->root == self->entity)
    self->owner = kaf_record_ref (self->record);
  else
    self->owner = kaf_read_record (db, self->root, self->id, error);
  if (self->owner == NULL)
    return FALSE;

  self->deleted = kaf_record_get_stamp (self->record)->deleted_at != 0 ||
                  kaf_record_get_stamp (self->owner)->deleted_at != 0;
  return TRUE;
}

static void
make_titles (KafRecordData *self, KafDatabase *db, KafLang lang)
{
  g_autofree char *latin = kaf_record_title (self->owner, FALSE, TRUE);
  g_autofree char *arabic = kaf_record_title (self->owner, TRUE, TRUE);
  gboolean first_arabic = lang == KAF_LANG_AR ? *arabic != '\0' : *latin == '\0';

  self->title = g_strdup (first_arabic ? arabic : latin);
  self->other_title = g_strdup (first_arabic ? latin : arabic);
  if (*self->title == '\0')
    {
      const char *acronym = kaf_entity_find_field (self->root, "acronym") != NULL
                                ? kaf_record_get (self->owner, "acronym")
                                : NULL;

      g_free (self->title);
      self->title = acronym == NULL ? kaf_read_title (db, self->root->id, self->id, lang) : NULL;
    }
  if (self->title == NULL || *self->title == '\0')
    {
      const char *acronym = kaf_entity_find_field (self->root, "acronym") != NULL
                                ? kaf_record_get (self->owner, "acronym")
                                : NULL;

      g_free (self->title);
      self->title = g_strdup (acronym != NULL ? acronym : kaf_record_get_ref (self->record));
    }
  /* A brand is written alike in both. */
  if (*self->other_title == '\0' || strcmp (self->other_title, self->title) == 0)
    g_clear_pointer (&self->other_title, g_free);
}

static char *
format_field (KafRecordData *self, KafDatabase *db, const char *id, KafLang lang)
{
  const char *value = kaf_record_data_get (self, id);
  const KafField *field = kaf_entity_find_field (self->entity, id);

  if (value == NULL)
    return NULL;
  if (field == NULL)
    field = kaf_entity_find_field (self->root, id);
  return kaf_record_facts_format (db, field, value, lang);
}

static void
append_isolated (GString *line, const char *separator, const char *text)
{
  g_autofree char *isolated = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, separator);
  isolated = kaf_bidi_isolate (text);
  g_string_append (line, isolated);
}

/* "Head nurse, emergency care · Munich, Germany". */
static void
make_headline (KafRecordData *self, KafDatabase *db, KafLang lang)
{
  static const char *const what[][2] = { { "headline_fr", "headline_ar" },
                                         { "headline_ar", "headline_fr" },
                                         { "occupations", NULL },
                                         { "basis", NULL },
                                         { "kind", NULL } };
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *city = format_field (self, db, "city", lang);
  g_autofree char *country = format_field (self, db, "country", lang);
  const KafRecordWords *own = kaf_record_words_find (self, self->id);
  g_autofree char *words = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (what) && words == NULL; i++)
    words =
        format_field (self, db, what[i][lang == KAF_LANG_AR && what[i][1] != NULL ? 1 : 0], lang);
  append_isolated (line, " · ", words);
  append_isolated (line, " · ", city);
  if (own != NULL && own->line != NULL)
    append_isolated (line, " · ", own->line);
  append_isolated (line, city != NULL ? (lang == KAF_LANG_AR ? "، " : ", ") : " · ", country);
  if (line->len > 0)
    self->headline = g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
read_spec (
    KafRecordData *self, KafDatabase *db, const KafRelatedSpec *spec, KafLang lang, GError **error)
{
  const KafEntity *entity = kaf_registry_find (spec->entity);
  KafRelatedQuery by = {
    .field = spec->field, .owner_id = self->id, .order = spec->order, .limit = spec->limit
  };
  g_autofree char *only = kaf_related_split (spec->only, &by.value);
  KafRelatedRows *related;
  GPtrArray *rows;

  by.only = only;
  rows = kaf_page_related_by (db, entity, &by, spec->columns, lang, error);
  if (rows == NULL)
    return FALSE;
  related = g_new0 (KafRelatedRows, 1);
  related->spec = spec;
  related->rows = rows;
  related->total = -1;
  g_ptr_array_add (self->related, related);

  /* Counted only when there may be more: the count is made by an index, but is not free. */
  if (spec->list != NULL && rows->len == spec->limit)
    {
      const char *values[] = { self->id, NULL };
      g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (spec->list));

      kaf_query_set_condition (query, spec->path, KAF_OP_ANY_OF, values);
      related->total = kaf_page_count (db, query, NULL);
    }
  return TRUE;
}

static gboolean
read_related (KafRecordData *self, KafDatabase *db, KafLang lang, GError **error)
{
  self->related = g_ptr_array_new_with_free_func (related_rows_free);
  for (const KafRelatedGroup *group = kaf_related_groups (self->entity); group->id != NULL; group++)
    {
      for (guint i = 0; group->specs[i] != NULL; i++)
        {
          if (!read_spec (self, db, group->specs[i], lang, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Purpose and withdrawal stand where kaf-related-spec.c puts them. */
static void
find_consent (KafRecordData *self)
{
  for (guint i = 0; i < self->related->len; i++)
    {
      const KafRelatedRows *related = g_ptr_array_index (self->related, i);
      int purpose = kaf_related_spec_column (related->spec, "purpose");
      int withdrawn = kaf_related_spec_column (related->spec, "withdrawn_on");

      if (purpose < 0 || withdrawn < 0)
        continue;
      for (guint j = 0; j < related->rows->len; j++)
        {
          const KafRow *row = g_ptr_array_index (related->rows, j);

          if (g_strcmp0 (row->raw[purpose], "sharing") == 0 && row->raw[withdrawn] == NULL)
            self->shares = TRUE;
        }
    }
}

/* The column of the hash, among those of a file. */
#define FILE_HASH 4

static gboolean
read_lists (KafRecordData *self, KafDatabase *db, KafLang lang, GError **error)
{
  static const char *const periods[] = { "valid_from", "valid_to", "part", "kind",
                                         "remote",     "timezone", NULL };
  static const char *const files[] = { "file_name", "size", "media_type", "created_at",
                                       "sha256",    "role", NULL };
  const KafEntity *availability = kaf_registry_find ("availability");
  const KafEntity *attachment = kaf_registry_find ("attachment");

  if (strcmp (self->root->id, "person") == 0)
    {
      self->availability = kaf_page_related (db, availability, "person", self->id, periods, lang,
                                             AVAILABILITY_LIMIT, error);
      if (self->availability == NULL)
        return FALSE;
    }
  self->attachments =
      kaf_page_related (db, attachment, "owner", self->id, files, lang, ATTACHMENT_LIMIT, error);
  if (self->attachments == NULL)
    return FALSE;
  self->contents = g_new0 (KafBlobState, self->attachments->len + 1);
  for (guint i = 0; i < self->attachments->len; i++)
    self->contents[i] = kaf_blob_get_state (
        db, ((KafRow *) g_ptr_array_index (self->attachments, i))->raw[FILE_HASH]);
  self->history = kaf_read_history (db, self->root, self->id, KAF_RECORD_DATA_HISTORY, lang, error);
  return self->history != NULL;
}

static void
read_facets (KafRecordData *self, KafDatabase *db)
{
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  self->facets = g_ptr_array_new ();
  for (guint i = 0; i < n_entities; i++)
    {
      if (entities[i] != self->entity && g_strcmp0 (entities[i]->owner, self->root->id) == 0 &&
          kaf_read_exists (db, entities[i], self->id))
        g_ptr_array_add (self->facets, (gpointer) entities[i]);
    }
}

static void
read_photo (KafRecordData *self, KafDatabase *db)
{
  const char *photo = kaf_record_data_get (self, "photo");
  g_autoptr (GFile) file = photo != NULL ? kaf_attachment_get_file (db, photo, NULL) : NULL;

  /* A picture that cannot be read leaves the initials: nothing to tell. */
  if (file != NULL)
    self->photo = gdk_texture_new_from_file (file, NULL);
}

/* The list's filter in a few words: "santé, Allemagne". */
static char *
describe_query (KafDatabase *db, const KafQuery *query, KafLang lang)
{
  const char *comma = lang == KAF_LANG_AR ? "، " : ", ";
  g_autoptr (GString) words = g_string_new (NULL);

  append_isolated (words, comma, kaf_query_get_text (query));
  for (guint i = 0; i < kaf_query_get_n_conditions (query); i++)
    {
      const KafCondition *condition = kaf_query_get_condition (query, i);
      const KafEntity *owner, *related;
      const KafField *field =
          kaf_query_resolve (kaf_query_get_entity (query), condition->path, &owner, &related);

      if (field == NULL)
        continue;
      if (condition->op != KAF_OP_ANY_OF || condition->values == NULL)
        {
          append_isolated (words, comma, _ (field->label));
          continue;
        }
      for (guint j = 0; condition->values[j] != NULL; j++)
        {
          g_autofree char *single =
              kaf_field_is_many (field) ? kaf_set_add (NULL, condition->values[j], NULL) : NULL;
          g_autofree char *text = kaf_record_facts_format (
              db, field, single != NULL ? single : condition->values[j], lang);

          append_isolated (words, comma, text);
        }
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (KafRecordData) self = g_new0 (KafRecordData, 1);

  self->entity = request->entity;
  self->root = kaf_entity_get_root (request->entity);
  self->asked = g_strdup (request->id);
  self->today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  if (!read_records (self, db, error) || !read_related (self, db, request->lang, error) ||
      !read_lists (self, db, request->lang, error))
    return NULL;

  self->claims = kaf_claims_read (db, self->root, self->id, request->lang, error);
  if (self->claims == NULL)
    return NULL;
  read_facets (self, db);
  self->n_waiting = kaf_outbox_count (db, self->root, self->id);
  find_consent (self);
  kaf_record_words_read (self, db, request->lang);
  make_titles (self, db, request->lang);
  make_headline (self, db, request->lang);
  self->confirmed = format_field (self, db, "confirmed_on", request->lang);
  self->cards = kaf_record_facts_build (db, self->record, self->owner, request->lang);
  if (request->query != NULL)
    self->filter = describe_query (db, request->query, request->lang);
  read_photo (self, db);
  return g_steal_pointer (&self);
}

void
kaf_record_data_read_async (KafStore *store,
                            const KafEntity *entity,
                            const char *id,
                            const KafQuery *query,
                            KafLang lang,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->entity = entity;
  request->id = g_strdup (id);
  request->query = query != NULL ? kaf_query_copy (query) : NULL;
  request->lang = lang;
  kaf_store_run_async (store, KAF_LANE_READ, read_job, request, request_free,
                       (GDestroyNotify) kaf_record_data_free, cancellable, callback, user_data);
}

KafRecordData *
kaf_record_data_read_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}

const char *
kaf_record_data_get (const KafRecordData *self, const char *field)
{
  if (kaf_entity_find_field (self->entity, field) != NULL)
    return kaf_record_get (self->record, field);
  if (kaf_entity_find_field (self->root, field) != NULL)
    return kaf_record_get (self->owner, field);
  return NULL;
}
