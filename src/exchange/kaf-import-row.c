/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed, a row is one text after the other, each with its zero: a letter says what it is, of a value two digits say which
 * field it is of. An empty text ends them. */
#include "config.h"

#include "exchange/kaf-import-row.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER 'n'
#define NAMED 'r'
#define FAULT 'f'
#define FAULT_COLUMN 'c'
#define PART 'p' /* and those after it: a value of each part */

/* Of the letter and of the field. */
#define HEAD 3
#define FIELDS_MAX 256

void
kaf_import_row_clear (KafImportRow *self)
{
  for (guint i = 0; i < KAF_IMPORT_PARTS; i++)
    g_clear_pointer (&self->parts[i], kaf_record_unref);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->named, g_free);
  g_clear_pointer (&self->fault, g_free);
}

static void
add (GString *packed, char letter, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_c (packed, letter);
  g_string_append_len (packed, text, (gssize) strlen (text) + 1);
}

static void
add_part (GString *packed, const KafRecord *record, char letter)
{
  guint n = kaf_entity_n_fields (kaf_record_get_entity (record));

  g_assert (n <= FIELDS_MAX);
  for (guint i = 0; i < n; i++)
    {
      const char *value = kaf_record_get_at (record, i);

      if (!kaf_record_holds_at (record, i))
        continue;
      g_string_append_printf (packed, "%c%02x", letter, i);
      if (value != NULL)
        g_string_append (packed, value);
      g_string_append_c (packed, '\0');
    }
}

char *
kaf_import_row_pack (const KafImportRow *self)
{
  g_autoptr (GString) packed = g_string_new (NULL);
  g_autofree char *column = g_strdup_printf ("%d", self->fault_column);

  add (packed, NUMBER, self->number);
  add (packed, NAMED, self->named);
  add (packed, FAULT, self->fault);
  if (self->fault_column >= 0)
    add (packed, FAULT_COLUMN, column);
  for (guint part = 0; part < KAF_IMPORT_PARTS && self->parts[part] != NULL; part++)
    add_part (packed, self->parts[part], (char) (PART + part));
  return g_memdup2 (packed->str, packed->len + 1);
}

static void
take_value (KafImportRow *self, const char *text)
{
  guint field =
      (guint) g_ascii_xdigit_value (text[1]) << 4 | (guint) g_ascii_xdigit_value (text[2]);

  kaf_record_set_at (self->parts[text[0] - PART], field, text[HEAD] != '\0' ? text + HEAD : NULL);
}

void
kaf_import_row_unpack (KafImportRow *self, const KafEntity *entity, const char *packed)
{
  const KafEntity *root = kaf_entity_get_root (entity);

  *self = (KafImportRow){ .fault_column = -1 };
  self->parts[0] = kaf_record_new (root, NULL);
  if (root != entity)
    self->parts[1] = kaf_record_new (entity, NULL);
  for (const char *text = packed; *text != '\0'; text += strlen (text) + 1)
    switch (*text)
      {
      case NUMBER:
        self->number = g_strdup (text + 1);
        break;
      case NAMED:
        self->named = g_strdup (text + 1);
        break;
      case FAULT:
        self->fault = g_strdup (text + 1);
        break;
      case FAULT_COLUMN:
        self->fault_column = atoi (text + 1);
        break;
      default:
        take_value (self, text);
        break;
      }
}
