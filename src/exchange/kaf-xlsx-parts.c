/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Source: ECMA-376 part 1, 18.4 (shared strings) and 18.8 (styles). */
#include "config.h"

#include "exchange/kaf-xlsx-parts.h"

#include <string.h>

#include "base/kaf-utf8.h"
#include "exchange/kaf-xml-pull.h"

/* Memory for shared texts: 100 000 persons take some 10 MiB. */
#define TEXTS_MAX (256 * 1024 * 1024)
#define TEXTS_N_MAX (16 * 1024 * 1024)
#define STYLES_MAX 65536

static int
hex4 (const char *p)
{
  int value = 0;

  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (p[i]);
    }
  return value;
}

void
kaf_xlsx_unescape (const char *text, GString *out)
{
  g_string_truncate (out, 0);
  while (*text != '\0')
    {
      int c = text[0] == '_' && text[1] == 'x' ? hex4 (text + 2) : -1;

      if (c >= 0 && text[6] == '_')
        {
          /* A carriage return goes before a line end that is there as well. */
          if (c != 0 && c != '\r' && g_unichar_validate ((gunichar) c))
            g_string_append_unichar (out, (gunichar) c);
          text += 7;
        }
      else
        g_string_append_c (out, *text++);
    }
}

/* Shared texts */

static KafXlsxTexts *
texts_new (void)
{
  KafXlsxTexts *self = g_new0 (KafXlsxTexts, 1);

  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  return self;
}

void
kaf_xlsx_texts_free (KafXlsxTexts *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_free (self);
}

const char *
kaf_xlsx_texts_get (const KafXlsxTexts *self, guint64 index)
{
  return self != NULL && index < self->starts->len
             ? self->text->str + g_array_index (self->starts, gsize, index)
             : NULL;
}

static gboolean
texts_add (KafXlsxTexts *self, const GString *raw, GString *plain, GError **error)
{
  gsize start = self->text->len;

  kaf_xlsx_unescape (raw->str, plain);
  if (plain->len > KAF_TABLE_CELL_MAX || start + plain->len > TEXTS_MAX ||
      self->starts->len >= TEXTS_N_MAX)
    {
      g_set_error_literal (error, KAF_TABLE_ERROR, KAF_TABLE_ERROR_TEXTS,
                           "too many shared texts for memory");
      return FALSE;
    }
  g_array_append_val (self->starts, start);
  g_string_append_len (self->text, plain->str, (gssize) plain->len);
  g_string_append_c (self->text, '\0');
  return TRUE;
}

KafXlsxTexts *
kaf_xlsx_texts_read (KafUnzip *zip, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafXmlPull) xml = kaf_xml_pull_new (zip, name, error);
  g_autoptr (KafXlsxTexts) self = texts_new ();
  g_autoptr (GString) raw = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean in_text = FALSE;
  guint spoken = 0; /* depth in how a text is said aloud (rPh), which is not the text */
  int type;

  if (xml == NULL)
    return NULL;
  while ((type = kaf_xml_pull_next (xml, cancellable, error)) > 0)
    {
      gboolean start = type == XML_READER_TYPE_ELEMENT;

      if (start && kaf_xml_pull_is (xml, "si"))
        {
          g_string_truncate (raw, 0);
          if (kaf_xml_pull_is_empty (xml) && !texts_add (self, raw, plain, error))
            return NULL;
        }
      else if (start && !kaf_xml_pull_is_empty (xml) && kaf_xml_pull_is (xml, "rPh"))
        spoken++;
      else if (start && kaf_xml_pull_is (xml, "t"))
        in_text = !kaf_xml_pull_is_empty (xml);
      else if (type == XML_READER_TYPE_END_ELEMENT && kaf_xml_pull_is (xml, "t"))
        in_text = FALSE;
      else if (type == XML_READER_TYPE_END_ELEMENT && kaf_xml_pull_is (xml, "rPh"))
        spoken -= spoken > 0;
      else if (type == XML_READER_TYPE_END_ELEMENT && kaf_xml_pull_is (xml, "si"))
        {
          if (!texts_add (self, raw, plain, error))
            return NULL;
        }
      else if (in_text && spoken == 0 && raw->len <= KAF_TABLE_CELL_MAX)
        g_string_append (raw, kaf_xml_pull_text (xml));
    }
  return type == 0 ? g_steal_pointer (&self) : NULL;
}

/* Styles */

static guint
get_number (KafXmlPull *xml, const char *name)
{
  g_autofree char *text = kaf_xml_pull_get (xml, name);

  return text != NULL ? (guint) MIN (g_ascii_strtoull (text, NULL, 10), G_MAXINT) : 0;
}

static KafTableShown
look_up (GHashTable *codes, guint id)
{
  gpointer shown;

  if (g_hash_table_lookup_extended (codes, GUINT_TO_POINTER (id), NULL, &shown))
    return (KafTableShown) GPOINTER_TO_UINT (shown);
  return kaf_table_shown_from_builtin (id);
}

GArray *
kaf_xlsx_styles_read (KafUnzip *zip, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafXmlPull) xml = kaf_xml_pull_new (zip, name, error);
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (KafTableShown));
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  gboolean in_cells = FALSE;
  int type;

  if (xml == NULL)
    return NULL;
  while ((type = kaf_xml_pull_next (xml, cancellable, error)) > 0)
    {
      if (kaf_xml_pull_is (xml, "cellXfs"))
        in_cells = type == XML_READER_TYPE_ELEMENT && !kaf_xml_pull_is_empty (xml);
      if (type != XML_READER_TYPE_ELEMENT || styles->len >= STYLES_MAX ||
          g_hash_table_size (codes) >= STYLES_MAX)
        continue;
      if (kaf_xml_pull_is (xml, "numFmt"))
        {
          g_autofree char *code = kaf_xml_pull_get (xml, "formatCode");

          if (code != NULL)
            g_hash_table_insert (codes, GUINT_TO_POINTER (get_number (xml, "numFmtId")),
                                 GUINT_TO_POINTER (kaf_table_shown_from_code (code)));
        }
      else if (in_cells && kaf_xml_pull_is (xml, "xf"))
        {
          KafTableShown shown = look_up (codes, get_number (xml, "numFmtId"));

          g_array_append_val (styles, shown);
        }
    }
  return type == 0 ? g_steal_pointer (&styles) : NULL;
}
