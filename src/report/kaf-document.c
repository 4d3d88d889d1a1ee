/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-document.h"

#include "base/kaf-date.h"
#include "base/kaf-fold.h"
#include "report/kaf-layout.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-said.h"
#include "schema/kaf-value.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"
#include "store/kaf-samples.h"
#include "store/kaf-signature.h"
#include "store/kaf-store-error.h"

/* More records than a document can be about are a list. */
#define RELATED_MOST 5000

/* The context as this file knows it. */
typedef struct
{
  KafDocumentContext context;
  const KafRole *role;
  GHashTable *persons; /* ids of those that are named */
  KafDoc *doc;         /* nullable: being written */
  gboolean sample, for_nobody;
} Making;

KafPaperLangs
kaf_paper_langs_parse (const char *text)
{
  if (g_strcmp0 (text, "fr") == 0)
    return KAF_PAPER_FR;
  if (g_strcmp0 (text, "ar") == 0)
    return KAF_PAPER_AR;
  if (g_strcmp0 (text, "fr+ar") == 0 || g_strcmp0 (text, "ar+fr") == 0)
    return KAF_PAPER_BOTH;
  return 0;
}

/* A context alone owns what in a making is on the stack. */
KafDocumentContext *
kaf_document_context_new (KafDatabase *db, KafLang lang, const char *day)
{
  static const KafDocumentOptions none = { 0 };
  Making *self = g_new0 (Making, 1);

  self->role = kaf_permit_read (db);
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context.db = db;
  self->context.lang = lang;
  self->context.options = &none;
  self->context.day = day != NULL
                          ? g_strdup (day)
                          : kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  self->context.letterhead = kaf_letterhead_read (db, self->context.day);
  return &self->context;
}

void
kaf_document_context_free (KafDocumentContext *context)
{
  Making *self = (Making *) context;

  g_hash_table_unref (self->persons);
  kaf_letterhead_free ((KafLetterhead *) context->letterhead);
  g_free ((char *) context->day);
  g_free (self);
}

/* For build functions */

static void
use (Making *self, const KafEntity *kind, const char *id, gboolean names)
{
  if (names)
    g_hash_table_add (self->persons, g_strdup (id));
  if (!self->sample)
    self->sample = kaf_samples_has (self->context.db, kind, id);
}

void
kaf_document_uses (KafDocumentContext *context, const char *entity, const char *id)
{
  const KafEntity *kind = kaf_registry_find (entity);

  if (kind != NULL && id != NULL && *id != '\0')
    use ((Making *) context, kind, id, kaf_disclosure_names_persons (kind));
}

/* Somebody invited who is a person of the reference is counted as that person, not twice. */
static gboolean
is_one_more (const KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  return kaf_disclosure_names_persons (entity) &&
         (kaf_entity_find_field (entity, "person") == NULL ||
          kaf_record_get (record, "person") == NULL);
}

void
kaf_document_for_nobody (KafDocumentContext *context)
{
  ((Making *) context)->for_nobody = TRUE;
}

KafRecord *
kaf_document_read (KafDocumentContext *context, const char *entity, const char *id, GError **error)
{
  KafRecord *record = kaf_read_record (context->db, kaf_registry_find (entity), id, error);

  if (record != NULL)
    use ((Making *) context, kaf_registry_find (entity), id, is_one_more (record));
  return record;
}

/* Which reference names a record that has no title: of an expert of a mission the person, not the mission. */
static const KafField *
find_naming_field (const KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafField *found = NULL;

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (field->kind != KAF_KIND_REFERENCE || kaf_record_get (record, field->id) == NULL)
        continue;
      if (g_str_equal (field->target, "person"))
        return field;
      if (found == NULL || found == entity->fields)
        found = field;
    }
  return found;
}

static char *
get_tied_title (KafDocumentContext *context, const KafEntity *entity, const char *id)
{
  g_autoptr (KafRecord) record = kaf_read_record (context->db, entity, id, NULL);
  const KafField *field = record != NULL ? find_naming_field (record) : NULL;

  return field != NULL
             ? kaf_document_title (context, field->target, kaf_record_get (record, field->id))
             : NULL;
}

/* (transfer full) (nullable) */
static char *
find_title_then (const KafDocumentContext *context, const char *entity, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", entity, id);

  return context->titles != NULL ? g_strdup (g_hash_table_lookup (context->titles, key)) : NULL;
}

/* @record holds a text in the other language alone. */
static void
tell_untranslated (KafDocumentContext *context, const KafRecord *record, const KafField *field)
{
  const char *entity = kaf_record_get_entity (record)->id, *id = kaf_record_get_id (record);
  gboolean subject = g_strcmp0 (id, context->subject.id) == 0;
  g_autofree char *of = subject ? NULL : kaf_read_title (context->db, entity, id, context->lang);

  if (((Making *) context)->doc != NULL && field != NULL)
    kaf_doc_add_untranslated (((Making *) context)->doc, field->label, entity, id, of);
}

/* Whether @title is what the other language calls it: names of persons are in one script or in both. */
static void
check_title (KafDocumentContext *context, const KafEntity *kind, const char *id, const char *title)
{
  const KafEntity *root = kaf_entity_get_root (kind);
  gboolean arabic = context->lang == KAF_LANG_AR;
  const char *const *names = arabic ? root->title_ar : root->title;
  g_autoptr (KafRecord) record = NULL;

  if (((Making *) context)->doc == NULL || root->title_ar == NULL || title == NULL ||
      kaf_disclosure_names_persons (root) || kaf_text_is_arabic (title) == arabic)
    return;
  record = kaf_read_record (context->db, root, id, NULL);
  if (record != NULL && kaf_record_get (record, names[0]) == NULL)
    tell_untranslated (context, record, kaf_entity_find_field (root, names[0]));
}

/* An organisation is called as it was on the day of the paper. */
char *
kaf_document_title (KafDocumentContext *context, const char *entity, const char *id)
{
  const KafEntity *kind = kaf_registry_find (entity);
  g_autofree char *tied = NULL;
  char *name = NULL;

  if (kind == NULL || id == NULL || *id == '\0')
    return NULL;
  kaf_document_uses (context, entity, id);
  name = find_title_then (context, entity, id);
  if (name != NULL)
    return name;
  if (g_str_equal (kaf_entity_get_root (kind)->id, "organisation"))
    name = kaf_read_name_on (context->db, id, kaf_day_parse (context->day), context->lang);
  if (name == NULL)
    name = kaf_read_title (context->db, entity, id, context->lang);
  check_title (context, kind, id, name);
  if (kind->title != NULL || kaf_entity_get_root (kind)->title != NULL)
    return name;
  /* Read even when it is called by what it says: whoever that names is counted. */
  tied = get_tied_title (context, kind, id);
  return name != NULL ? name : g_steal_pointer (&tied);
}

static char *
get_title (const char *entity, const char *id, KafLang lang, gpointer data)
{
  return kaf_document_title (data, entity, id);
}

char *
kaf_document_value (KafDocumentContext *context, const KafRecord *record, const char *field)
{
  Making *self = (Making *) context;
  const KafField *kind = kaf_entity_find_field (kaf_record_get_entity (record), field);

  g_return_val_if_fail (kind != NULL, NULL);

  if (self->role != NULL && !kaf_role_can_read (self->role, kind))
    return NULL;
  return kaf_value_format (kind, kaf_record_get (record, field), context->lang, get_title, context);
}

char *
kaf_document_said (KafDocumentContext *context, const KafRecord *claim)
{
  Making *self = (Making *) context;
  const KafField *said = kaf_entity_find_field (kaf_record_get_entity (claim), "said");
  const char *root = kaf_record_get (claim, "organisation") != NULL ? "organisation" : "person";

  if (kaf_record_get (claim, "about") == NULL ||
      (self->role != NULL && !kaf_role_can_read (self->role, said)))
    return NULL;
  return kaf_said_format (kaf_registry_find (root), kaf_record_get (claim, "about"),
                          kaf_record_get (claim, "said"), context->lang, get_title, context);
}

/* NULL: @record has no such field. */
static const KafField *
find_side (const KafRecord *record, const char *field, guint side)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *name = g_strconcat (field, side == 0 ? "_fr" : "_ar", NULL);
  const KafField *found = kaf_entity_find_field (entity, name);

  return found != NULL || side == 1 ? found : kaf_entity_find_field (entity, field);
}

const char *
kaf_document_text (KafDocumentContext *context, const KafRecord *record, const char *field)
{
  guint side = kaf_letterhead_side (context->lang);
  const KafField *asked = find_side (record, field, side);
  const KafField *other = find_side (record, field, 1 - side);
  const char *text = asked != NULL ? kaf_record_get (record, asked->id) : NULL;

  if (text != NULL || other == NULL)
    return text;
  text = kaf_record_get (record, other->id);
  if (text != NULL)
    tell_untranslated (context, record, asked);
  return text;
}

char *
kaf_document_date (const KafDocumentContext *context, const char *iso)
{
  return iso != NULL ? kaf_date_format (iso, context->lang, KAF_DATE_LONG) : NULL;
}

GPtrArray *
kaf_document_related (KafDocumentContext *context,
                      const char *entity,
                      const char *field,
                      const char *owner,
                      const char *order,
                      GError **error)
{
  static const char *const columns[] = { "title", NULL };
  const KafEntity *kind = kaf_registry_find (entity);
  const KafRelatedQuery query = {
    .field = field, .owner_id = owner, .order = order, .limit = RELATED_MOST
  };
  g_autoptr (GPtrArray) rows =
      kaf_page_related_by (context->db, kind, &query, columns, context->lang, error);
  g_autoptr (GPtrArray) records = NULL;

  if (rows == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      KafRecord *record = kaf_document_read (
          context, entity, ((const KafRow *) g_ptr_array_index (rows, i))->id, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

/* Making */

static KafDoc *
build (Making *self, const KafDocument *document, KafLang lang, GError **error)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (lang);

  self->context.lang = lang;
  self->doc = doc;
  if (g_cancellable_set_error_if_cancelled (self->context.cancellable, error) ||
      !document->build (doc, &self->context, error))
    return NULL;
  return g_steal_pointer (&doc);
}

/* Arabic first, but French where both stand side by side; and the others' order where they turn out not to. */
static KafPages *
lay_out (const KafDocument *document,
         KafDoc *french,
         KafDoc *arabic,
         const KafLayoutInfo *info,
         GError **error)
{
  const KafDoc *sides[] = { french, arabic };
  const KafDoc *pages[] = { arabic, french };
  g_autoptr (KafPages) laid = NULL;
  gboolean sided = FALSE;

  if (french == NULL || arabic == NULL)
    return kaf_layout_run (french != NULL ? &sides[0] : &sides[1], 1, FALSE, info, NULL, error);
  if (document->both == KAF_BOTH_SIDES)
    {
      laid = kaf_layout_run (sides, 2, TRUE, info, &sided, error);
      if (laid == NULL || sided)
        return g_steal_pointer (&laid);
    }
  return kaf_layout_run (pages, 2, FALSE, info, NULL, error);
}

/* What the register of disclosures keeps of which it was. */
static char *
make_filter (const KafDocument *document, const KafSubject *subject)
{
  g_autofree char *query = subject->query != NULL ? kaf_query_to_json (subject->query) : NULL;

  if (query != NULL)
    return g_steal_pointer (&query);
  return g_strdup_printf ("%s %s", document->name, subject->id != NULL ? subject->id : "");
}

static gboolean
build_all (Making *self,
           const KafDocument *document,
           KafPaperLangs langs,
           KafDoc **french,
           KafDoc **arabic,
           GError **error)
{
  if ((langs & KAF_PAPER_FR) != 0)
    *french = build (self, document, KAF_LANG_FR, error);
  if ((langs & KAF_PAPER_FR) != 0 && *french == NULL)
    return FALSE;
  if ((langs & KAF_PAPER_AR) != 0)
    *arabic = build (self, document, KAF_LANG_AR, error);
  return (langs & KAF_PAPER_AR) == 0 || *arabic != NULL;
}

/* Whether there is what the document is about: a paper of a deleted record would be signed like any other. */
static gboolean
check_subject (KafDatabase *db,
               const KafDocument *document,
               const KafSubject *subject,
               GError **error)
{
  if (document->takes != KAF_TAKES_RECORD || document->of_deleted || subject->id == NULL ||
      kaf_read_exists (db, subject->entity, subject->id))
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no such %s",
               subject->entity->id);
  return FALSE;
}

static gboolean
check_told (const KafDocument *document, const KafRole *role, GError **error)
{
  const KafEntity *untold = kaf_document_find_untold (document, role);
  g_autofree char *text = untold != NULL ? kaf_permit_describe_untold (role, untold) : NULL;

  if (text != NULL)
    g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN, text);
  return text == NULL;
}

KafPages *
kaf_document_make (KafDatabase *db,
                   const KafDocument *document,
                   const KafSubject *subject,
                   const KafDocumentOptions *options,
                   GCancellable *cancellable,
                   GError **error)
{
  static const KafDocumentOptions none = { 0 };
  gint64 now = kaf_clock_now (kaf_database_get_clock (db));
  g_autofree char *today = kaf_date_from_time (now);
  const char *day = options != NULL && options->day != NULL ? options->day : today;
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *filter = make_filter (document, subject);
  g_autoptr (KafLetterhead) letterhead = NULL;
  g_autoptr (KafDoc) french = NULL;
  g_autoptr (KafDoc) arabic = NULL;
  Making making = { .persons = persons };
  KafPaperLangs langs;
  gboolean entered, built;

  options = options != NULL ? options : &none;
  langs = options->langs != 0 ? options->langs : KAF_PAPER_FR;
  /* The window's lanes read as of one moment already; kafaatctl does not. */
  entered = kaf_database_enter_read (db);
  letterhead = kaf_letterhead_read (db, day);
  making.role = kaf_permit_read (db);
  making.context = (KafDocumentContext){ .db = db,
                                         .subject = *subject,
                                         .options = options,
                                         .day = day,
                                         .letterhead = letterhead,
                                         .cancellable = cancellable };
  built = kaf_permit_check_records (db, error) && check_told (document, making.role, error) &&
          check_subject (db, document, subject, error) &&
          build_all (&making, document, langs, &french, &arabic, error);
  kaf_database_leave_read (db, entered);
  if (!built)
    return NULL;
  return lay_out (
      document, french, arabic,
      &(KafLayoutInfo){
          .letterhead = options->no_letterhead ? NULL : letterhead,
          .day = day,
          .made = now,
          .author = options->author != NULL ? options->author : kaf_database_get_author (db),
          .entity = subject->query != NULL ? kaf_query_get_entity (subject->query)->id
                                           : subject->entity->id,
          .filter = filter,
          .n_persons = g_hash_table_size (persons),
          .sample = making.sample,
          .for_nobody = making.for_nobody,
          .cancellable = cancellable,
      },
      error);
}
