/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Version 4.0 has the Latin and the Arabic name as two spellings of one (ALTID); version 3.0 knows no second spelling,
 * and has the Arabic one as a nickname. */
#include "config.h"

#include "exchange/kaf-vcard.h"

#include <gio/gunixoutputstream.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "exchange/kaf-vcard-writer.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-new-file.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"

/* Rows read at a time. */
#define LOT 500

/* What is read of a person; a facet that lacks a column leaves it out, and so does a role that may not read it. */
enum
{
  FAMILY,
  GIVEN,
  FAMILY_AR,
  GIVEN_AR,
  PHONES,
  EMAILS,
  LINKS,
  ADDRESS,
  CITY,
  COUNTRY,
  LANGUAGES,
  PREFERRED,
  EMPLOYER,
  HEADLINE_FR,
  HEADLINE_AR,
  UPDATED,
  N_COLUMNS
};

static const char *const columns[N_COLUMNS] = {
  [FAMILY] = "family_name",
  [GIVEN] = "given_name",
  [FAMILY_AR] = "family_name_ar",
  [GIVEN_AR] = "given_name_ar",
  [PHONES] = "phones",
  [EMAILS] = "emails",
  [LINKS] = "links",
  [ADDRESS] = "address",
  [CITY] = "city",
  [COUNTRY] = "country",
  [LANGUAGES] = "languages",
  [PREFERRED] = "preferred_language",
  [EMPLOYER] = "employer",
  [HEADLINE_FR] = "headline_fr",
  [HEADLINE_AR] = "headline_ar",
  [UPDATED] = "updated_at",
};

typedef struct
{
  const KafVcardOptions *options;
  const KafRow *row;
  const int *cells; /* of each column: its place in the row; -1: not read */
  GString *text;
} Card;

gboolean
kaf_vcard_is_file (const char *name)
{
  const char *ending = strrchr (name, '.');

  return ending != NULL && g_ascii_strcasecmp (ending, ".vcf") == 0;
}

gboolean
kaf_vcard_suits (const KafEntity *entity)
{
  return g_str_equal (kaf_entity_get_root (entity)->id, "person");
}

/* As the record has it. */
static const char *
get (const Card *self, guint column)
{
  return self->cells[column] >= 0 ? self->row->raw[self->cells[column]] : NULL;
}

/* As a person reads it. */
static const char *
get_shown (const Card *self, guint column)
{
  return self->cells[column] >= 0 ? self->row->cells[self->cells[column]] : NULL;
}

/* "Salma Bennis" (transfer full) (nullable) */
static char *
make_name (const char *given, const char *family)
{
  if (given == NULL || family == NULL)
    return g_strdup (given != NULL ? given : family);
  return g_strdup_printf ("%s %s", given, family);
}

/* @suffix: ";LANGUAGE=fr" */
static void
add_name (const Card *self, const char *suffix, const char *given, const char *family)
{
  g_autofree char *full = make_name (given, family);
  g_autofree char *fn = g_strconcat ("FN", suffix, NULL);
  g_autofree char *n = g_strconcat ("N", suffix, NULL);
  const char *const parts[] = { family, given, NULL, NULL, NULL };

  kaf_vcard_add_text (self->text, fn, full);
  kaf_vcard_add_parts (self->text, n, parts, G_N_ELEMENTS (parts));
}

static void
add_names (const Card *self)
{
  const char *given = get (self, GIVEN), *family = get (self, FAMILY);
  const char *given_ar = get (self, GIVEN_AR), *family_ar = get (self, FAMILY_AR);
  gboolean latin = given != NULL || family != NULL;
  gboolean arabic = given_ar != NULL || family_ar != NULL;

  if (self->options->old)
    {
      g_autofree char *nickname = latin && arabic ? make_name (given_ar, family_ar) : NULL;

      if (latin)
        add_name (self, "", given, family);
      else
        add_name (self, "", given_ar, family_ar);
      kaf_vcard_add_text (self->text, "NICKNAME", nickname);
      return;
    }
  if (latin)
    add_name (self, arabic ? ";ALTID=1;LANGUAGE=fr" : "", given, family);
  if (arabic)
    add_name (self, latin ? ";ALTID=1;LANGUAGE=ar" : ";LANGUAGE=ar", given_ar, family_ar);
}

/* A line for each value of a set; the first is preferred. @prefix: of the value. */
static void
add_set (const Card *self,
         guint column,
         const char *head,
         const char *head_old,
         const char *prefix,
         gboolean is_text)
{
  g_autoptr (GPtrArray) elements =
      get (self, column) != NULL ? kaf_set_parse (get (self, column)) : NULL;

  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      g_autofree char *named = self->options->old ? g_strdup (head_old)
                               : i == 0           ? g_strconcat (head, ";PREF=1", NULL)
                                                  : g_strdup (head);
      g_autofree char *value = g_strconcat (self->options->old ? "" : prefix, element->value, NULL);

      if (is_text)
        kaf_vcard_add_text (self->text, named, value);
      else
        kaf_vcard_add_plain (self->text, named, value);
    }
}

static void
add_address (const Card *self)
{
  const char *const parts[] = {
    NULL, NULL, get (self, ADDRESS), get (self, CITY), NULL, NULL, get_shown (self, COUNTRY),
  };

  kaf_vcard_add_parts (self->text, "ADR", parts, G_N_ELEMENTS (parts));
}

/* Version 3.0 knows no languages. The one that letters are written in comes first. */
static void
add_languages (const Card *self)
{
  const char *preferred = get (self, PREFERRED);
  g_autoptr (GPtrArray) elements =
      get (self, LANGUAGES) != NULL ? kaf_set_parse (get (self, LANGUAGES)) : NULL;

  if (self->options->old)
    return;
  kaf_vcard_add_plain (self->text, "LANG;PREF=1", preferred);
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);

      if (g_strcmp0 (element->value, preferred) != 0)
        kaf_vcard_add_plain (self->text, "LANG", element->value);
    }
}

static void
add_title (const Card *self)
{
  const char *first = get (self, self->options->lang == KAF_LANG_AR ? HEADLINE_AR : HEADLINE_FR);

  kaf_vcard_add_text (
      self->text, "TITLE",
      first != NULL ? first
                    : get (self, self->options->lang == KAF_LANG_AR ? HEADLINE_FR : HEADLINE_AR));
}

static void
add_revision (const Card *self)
{
  const char *raw = get (self, UPDATED);
  g_autoptr (GDateTime) when =
      raw != NULL ? g_date_time_new_from_unix_utc (g_ascii_strtoll (raw, NULL, 10) / G_USEC_PER_SEC)
                  : NULL;
  g_autofree char *text = when != NULL ? g_date_time_format (when, "%Y%m%dT%H%M%SZ") : NULL;

  kaf_vcard_add_plain (self->text, "REV", text);
}

static void
add_card (const Card *self)
{
  g_autofree char *uid = g_strconcat ("urn:uuid:", self->row->id, NULL);
  gboolean old = self->options->old;

  g_string_append (self->text, "BEGIN:VCARD\r\n");
  kaf_vcard_add_plain (self->text, "VERSION", old ? "3.0" : "4.0");
  kaf_vcard_add_plain (self->text, "PRODID", "-//Kafaat//Kafaat " KAF_VERSION "//FR");
  if (!old)
    kaf_vcard_add_plain (self->text, "KIND", "individual");
  kaf_vcard_add_plain (self->text, "UID", uid);
  add_names (self);
  kaf_vcard_add_text (self->text, "ORG", get (self, EMPLOYER));
  add_title (self);
  add_set (self, PHONES, "TEL;VALUE=uri", "TEL;TYPE=VOICE", "tel:", FALSE);
  add_set (self, EMAILS, "EMAIL", "EMAIL;TYPE=INTERNET", "", TRUE);
  add_address (self);
  add_set (self, LINKS, "URL", "URL", "", FALSE);
  add_languages (self);
  add_revision (self);
  g_string_append (self->text, "END:VCARD\r\n");
}

/* Which columns are read, and where they stand in a row. FALSE: not even a name may be. */
static gboolean
choose_columns (KafDatabase *db, const KafEntity *entity, GPtrArray *paths, int *cells)
{
  const KafRole *role = kaf_permit_read (db);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      cells[i] = -1;
      if ((i != UPDATED && kaf_query_resolve (entity, columns[i], NULL, NULL) == NULL) ||
          !kaf_permit_reads_column (role, entity, columns[i]))
        continue;
      cells[i] = (int) paths->len;
      g_ptr_array_add (paths, (gpointer) columns[i]);
    }
  g_ptr_array_add (paths, NULL);
  return cells[FAMILY] >= 0;
}

typedef struct
{
  KafDatabase *db;
  const KafQuery *query;
  const KafVcardOptions *options;
  GPtrArray *paths;
  int cells[N_COLUMNS];
  GArray *places;
  GOutputStream *stream;
  GCancellable *cancellable;
  gint64 n_rows;
} Export;

static gboolean
write_lot (Export *self, guint from, GError **error)
{
  guint n = MIN (LOT, self->places->len - from);
  g_autoptr (GPtrArray) rows = kaf_page_rows (
      self->db, kaf_query_get_entity (self->query), &g_array_index (self->places, guint32, from), n,
      (const char *const *) self->paths->pdata, self->options->lang, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (rows == NULL || g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i] != NULL)
      {
        add_card (&(Card){ self->options, rows->pdata[i], self->cells, text });
        self->n_rows++;
      }
  if (self->options->progress != NULL)
    self->options->progress (from + n, self->places->len, self->options->progress_data);
  return g_output_stream_write_all (self->stream, text->str, text->len, NULL, self->cancellable,
                                    error);
}

static gboolean
justify (const Export *self, GError **error)
{
  g_autofree char *filter = kaf_query_to_json (self->query);
  const KafDisclosure disclosure = { .act = "export",
                                     .entity = kaf_query_get_entity (self->query)->id,
                                     .n_persons = self->places->len,
                                     .filter = filter,
                                     .reason = self->options->reason,
                                     .recipient = self->options->recipient };

  return kaf_disclosure_justify (self->db, &disclosure, self->cancellable, error);
}

/* A folder that cannot be written to is told before a disclosure is logged. */
static gboolean
write_all (Export *self, GFile *file, GError **error)
{
  g_autoptr (KafNewFile) made = kaf_new_file_begin (self->db, file, error);
  g_autoptr (GOutputStream) stream = NULL;

  if (made == NULL || !justify (self, error))
    return FALSE;
  self->stream = stream = g_unix_output_stream_new (kaf_new_file_get_fd (made), FALSE);
  for (guint i = 0; i < self->places->len; i += LOT)
    if (!write_lot (self, i, error))
      return FALSE;
  return kaf_new_file_settle (made, error);
}

gboolean
kaf_vcard_export (KafDatabase *db,
                  const KafQuery *query,
                  GFile *file,
                  const KafVcardOptions *options,
                  GCancellable *cancellable,
                  gint64 *n_rows,
                  GError **error)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GArray) places = NULL;
  Export self = { db, query, options, paths, .cancellable = cancellable };

  if (!kaf_vcard_suits (entity))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE,
                   "records of %s are no persons", entity->id);
      return FALSE;
    }
  if (!kaf_permit_check_query (db, query, error))
    return FALSE;
  if (!choose_columns (db, entity, paths, self.cells))
    {
      g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN,
                           "no column of it may be read");
      return FALSE;
    }
  self.places = places = kaf_page_places (db, query, error);
  if (places == NULL || !write_all (&self, file, error))
    return FALSE;
  if (n_rows != NULL)
    *n_rows = self.n_rows;
  return TRUE;
}
