/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References found are kept by target and text, so that a file of 100 000 rows asks the store for
 * each country once. The memory is emptied when it grows past a bound. */
#include "config.h"

#include "exchange/kaf-cell.h"

#include <string.h>

#include "base/kaf-money.h"
#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-read.h"

#define KNOWN_MAX 50000
#define SOURCE_PREFIX "ext:"

struct _KafCellReader
{
  KafDatabase *db;
  GHashTable *known; /* "TARGET\tTEXT" → id */
};

KafCellReader *
kaf_cell_reader_new (KafDatabase *db)
{
  KafCellReader *self = g_new0 (KafCellReader, 1);

  self->db = db;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
kaf_cell_reader_free (KafCellReader *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->known);
  g_free (self);
}

static gboolean
is_reference (const KafField *field)
{
  return field->kind == KAF_KIND_REFERENCE || field->kind == KAF_KIND_LANGUAGE ||
         field->kind == KAF_KIND_ATTACHMENT;
}

/* The id that @text names, or NULL with an error. */
static const char *
resolve (KafCellReader *self,
         const KafField *field,
         const char *text,
         const char *source,
         GError **error)
{
  const KafEntity *target = kaf_registry_find (field->target);
  g_autofree char *named = g_str_has_prefix (text, SOURCE_PREFIX) && source != NULL
                               ? g_strdup_printf ("%s:%s", source, text + strlen (SOURCE_PREFIX))
                               : g_strdup (text);
  g_autofree char *key = g_strdup_printf ("%s\t%s", field->target, named);
  const char *known = g_hash_table_lookup (self->known, key);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = NULL;
  const KafEntity *found;

  if (known != NULL)
    return known;
  if (!kaf_read_resolve (self->db, named, target, &found, &id, &local_error))
    {
      if (!g_error_matches (local_error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE,
                     "no such record of %s", field->target);
      return NULL;
    }
  if (!kaf_read_exists (self->db, target, id))
    {
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE,
                   "record of %s is deleted", field->target);
      return NULL;
    }

  if (g_hash_table_size (self->known) >= KNOWN_MAX)
    g_hash_table_remove_all (self->known);
  known = id;
  g_hash_table_insert (self->known, g_steal_pointer (&key), g_steal_pointer (&id));
  return known;
}

/* @text with each reference turned into an id; NULL with an error. */
static char *
resolve_all (KafCellReader *self,
             const KafField *field,
             const char *text,
             const char *source,
             GError **error)
{
  g_autoptr (GPtrArray) elements = NULL;
  g_autofree char *set = NULL;

  if (!kaf_field_is_many (field))
    {
      g_autofree char *trimmed = g_strstrip (g_strdup (text));

      return g_strdup (resolve (self, field, trimmed, source, error));
    }

  elements = kaf_set_parse (text);
  for (guint i = 0; i < elements->len; i++)
    {
      const KafElement *element = g_ptr_array_index (elements, i);
      const char *id = resolve (self, field, element->value, source, error);
      g_autofree char *shorter = g_steal_pointer (&set);

      if (id == NULL)
        return NULL;
      set = kaf_set_add (shorter, id, element->detail);
    }
  return g_steal_pointer (&set);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n")] == '\0';
}

gboolean
kaf_cell_reader_parse (KafCellReader *self,
                       const KafField *field,
                       const char *text,
                       const KafCellContext *context,
                       char **canonical,
                       char **suggestion,
                       GError **error)
{
  KafValueContext value_context = { context != NULL ? context->country : NULL };
  g_autofree char *set = NULL;
  g_autofree char *resolved = NULL;

  *canonical = NULL;
  if (suggestion != NULL)
    *suggestion = NULL;
  if (is_blank (text))
    return TRUE;

  if (kaf_field_is_many (field))
    {
      text = set = kaf_set_from_csv (text, field->kind == KAF_KIND_LANGUAGE);
      if (text == NULL)
        return TRUE;
    }
  if (is_reference (field))
    {
      text = resolved =
          resolve_all (self, field, text, context != NULL ? context->source : NULL, error);
      if (text == NULL)
        return FALSE;
    }
  return kaf_value_parse (field, text, &value_context, canonical, suggestion, error);
}

static char *
format_money (const char *canonical)
{
  gint64 minor, unit = 1;
  char currency[4];
  guint digits;

  if (!kaf_money_split (canonical, &minor, currency))
    return g_strdup (canonical);

  digits = kaf_money_digits (currency);
  for (guint i = 0; i < digits; i++)
    unit *= 10;
  if (digits == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", minor, currency);
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT " %s", minor < 0 ? "-" : "",
                          ABS (minor) / unit, (int) digits, ABS (minor) % unit, currency);
}

char *
kaf_cell_format (const KafField *field, const char *canonical)
{
  if (canonical == NULL)
    return NULL;
  if (kaf_field_is_many (field))
    return kaf_set_to_csv (canonical);
  return field->kind == KAF_KIND_MONEY ? format_money (canonical) : g_strdup (canonical);
}
