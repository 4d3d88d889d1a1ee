/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogues, whole and damaged, and the words that are asked of them. */
#include "config.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <string.h>

#include "base/kaf-catalogue.h"
#include "base/kaf-words.h"

#define HEADER 28

typedef struct
{
  const char *source, *translation; /* '|' stands for NUL */
} Entry;

/* In ascending order, as msgfmt writes them. */
static const Entry french[] = {
  { "", "Content-Type: text/plain; charset=UTF-8\n" },
  { "%u day|%u days", "%u jour|%u jours" },
  { "Mission", "Mission" },
  { "Yes", "Oui" },
  { "step\004open", "en cours" },
};

static const Entry arabic[] = {
  { "%u day|%u days", "لا يوم|يوم|يومان|%u أيام|%u يوما|%u يوم" },
  { "Yes", "نعم" },
};

static void
append_u32 (GByteArray *bytes, guint32 value, gboolean swapped)
{
  value = swapped ? GUINT32_SWAP_LE_BE (value) : value;
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
append_texts (GByteArray *bytes,
              GByteArray *texts,
              gboolean swapped,
              const Entry *entries,
              guint n,
              gboolean sources)
{
  for (guint i = 0; i < n; i++)
    {
      const char *text = sources ? entries[i].source : entries[i].translation;
      g_autofree char *copy = g_strdup (text);

      append_u32 (bytes, (guint32) strlen (text), swapped);
      append_u32 (bytes, HEADER + 16 * n + texts->len, swapped);
      g_strdelimit (copy, "|", '\n');
      for (char *p = copy; *p != '\0'; p++)
        if (text[p - copy] == '|')
          *p = '\0';
      g_byte_array_append (texts, (const guint8 *) copy, (guint) strlen (text) + 1);
    }
}

static GBytes *
make_file (const Entry *entries, guint n, gboolean swapped)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GByteArray) texts = g_byte_array_new ();
  const guint32 head[] = { 0x950412de, 0, n, HEADER, HEADER + 8 * n, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    append_u32 (bytes, head[i], swapped);
  append_texts (bytes, texts, swapped, entries, n, TRUE);
  append_texts (bytes, texts, swapped, entries, n, FALSE);
  g_byte_array_append (bytes, texts->data, texts->len);
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_find (void)
{
  for (guint swapped = 0; swapped < 2; swapped++)
    {
      g_autoptr (GBytes) bytes = make_file (french, G_N_ELEMENTS (french), swapped);
      g_autoptr (GError) error = NULL;
      g_autoptr (KafCatalogue) catalogue = kaf_catalogue_new (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kaf_catalogue_find (catalogue, "Yes", 0), ==, "Oui");
      g_assert_cmpstr (kaf_catalogue_find (catalogue, "step\004open", 0), ==, "en cours");
      g_assert_cmpstr (kaf_catalogue_find (catalogue, "%u day", 1), ==, "%u jours");
      g_assert_null (kaf_catalogue_find (catalogue, "%u day", 2));
      g_assert_null (kaf_catalogue_find (catalogue, "No", 0));
      g_assert_null (kaf_catalogue_find (catalogue, "open", 0));
    }
}

/* One that is cut anywhere is refused, and none is read beyond its end: the bytes are copied, so that a sanitizer
 * sees it. */
static void
test_cut (void)
{
  g_autoptr (GBytes) bytes = make_file (french, G_N_ELEMENTS (french), FALSE);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (kaf_catalogue_new (part, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    }
}

/* Whatever a byte is changed to, it is refused, or read without going astray. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) bytes = make_file (french, G_N_ELEMENTS (french), FALSE);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  static const guint8 values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };

  for (gsize i = 0; i < size; i++)
    for (guint v = 0; v < G_N_ELEMENTS (values); v++)
      {
        g_autofree guint8 *copy = g_memdup2 (data, size);
        g_autoptr (GBytes) damaged = NULL;
        g_autoptr (KafCatalogue) catalogue = NULL;

        copy[i] = values[v];
        damaged = g_bytes_new (copy, size);
        catalogue = kaf_catalogue_new (damaged, NULL);
        for (guint k = 0; catalogue != NULL && k < G_N_ELEMENTS (french); k++)
          for (guint form = 0; form < 8; form++)
            kaf_catalogue_find (catalogue, french[k].source, form);
      }
}

static void
test_order (void)
{
  static const Entry wrong[] = { { "Yes", "Oui" }, { "Mission", "Mission" } };
  g_autoptr (GBytes) bytes = make_file (wrong, G_N_ELEMENTS (wrong), FALSE);

  g_assert_null (kaf_catalogue_new (bytes, NULL));
}

static void
write_catalogue (const char *folder, const char *lang, const Entry *entries, guint n)
{
  g_autofree char *inner = g_build_filename (folder, lang, "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (inner, GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (GBytes) bytes = make_file (entries, n, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
}

static void
test_words (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kafaat-words-XXXXXX", NULL);
  static const struct
  {
    gulong n;
    const char *text;
  } days[] = {
    { 0, "لا يوم" },   { 1, "يوم" },      { 2, "يومان" },    { 3, "%u أيام" },   { 10, "%u أيام" },
    { 11, "%u يوما" }, { 99, "%u يوما" }, { 100, "%u يوم" }, { 103, "%u أيام" }, { 111, "%u يوما" },
  };

  /* Without a catalogue, words are those of the source; with one said later, they are its. */
  bindtextdomain (GETTEXT_PACKAGE, "/nonexistent");
  g_assert_cmpstr (kaf_words_get (KAF_LANG_FR, "Yes"), ==, "Yes");
  write_catalogue (folder, "fr", french, G_N_ELEMENTS (french));
  write_catalogue (folder, "ar", arabic, G_N_ELEMENTS (arabic));
  bindtextdomain (GETTEXT_PACKAGE, folder);

  g_assert_cmpstr (kaf_words_get (KAF_LANG_FR, "Yes"), ==, "Oui");
  g_assert_cmpstr (kaf_words_get (KAF_LANG_AR, "Yes"), ==, "نعم");
  g_assert_cmpstr (kaf_words_get (KAF_LANG_EN, "Yes"), ==, "Yes");
  g_assert_cmpstr (kaf_words_get (KAF_LANG_FR, ""), ==, "");
  g_assert_cmpstr (kaf_words_get (KAF_LANG_AR, "Mission"), ==, "Mission");
  g_assert_cmpstr (kaf_words_context (KAF_LANG_FR, "step", "open"), ==, "en cours");
  g_assert_cmpstr (kaf_words_context (KAF_LANG_FR, "mission", "open"), ==, "open");
  g_assert_cmpstr (kaf_words_plural (KAF_LANG_FR, "%u day", "%u days", 0), ==, "%u jour");
  g_assert_cmpstr (kaf_words_plural (KAF_LANG_FR, "%u day", "%u days", 2), ==, "%u jours");
  g_assert_cmpstr (kaf_words_plural (KAF_LANG_EN, "%u day", "%u days", 0), ==, "%u days");
  g_assert_cmpstr (kaf_words_plural (KAF_LANG_FR, "%u hour", "%u hours", 1), ==, "%u hour");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpstr (kaf_words_plural (KAF_LANG_AR, "%u day", "%u days", days[i].n), ==,
                     days[i].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/find", test_find);
  g_test_add_func ("/words/cut", test_cut);
  g_test_add_func ("/words/damaged", test_damaged);
  g_test_add_func ("/words/order", test_order);
  g_test_add_func ("/words/languages", test_words);
  return g_test_run ();
}
