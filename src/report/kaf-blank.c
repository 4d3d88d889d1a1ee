/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-blank.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "base/kaf-words.h"

/* More of them are counted and not named. */
#define NAMED_MOST 6

KafBlank *
kaf_blank_new (const char *label, const char *entity, const char *id, const char *of)
{
  KafBlank *self = g_new0 (KafBlank, 1);

  self->label = label;
  self->entity = entity;
  self->id = g_strdup (id);
  self->of = g_strdup (of);
  return self;
}

void
kaf_blank_free (KafBlank *self)
{
  g_free (self->id);
  g_free (self->of);
  g_free (self);
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  const KafBlank *one = a, *two = b;

  /* What has no record is told apart by what it is called. */
  return g_str_equal (one->label, two->label) && g_strcmp0 (one->id, two->id) == 0 &&
         (one->id != NULL || g_strcmp0 (one->of, two->of) == 0);
}

void
kaf_blanks_add (GPtrArray *blanks, KafBlank *blank)
{
  if (g_ptr_array_find_with_equal_func (blanks, blank, is_same, NULL))
    kaf_blank_free (blank);
  else
    g_ptr_array_add (blanks, blank);
}

char *
kaf_blank_tell (const KafBlank *self, KafLang lang)
{
  const char *label = kaf_words_get (lang, self->label);
  g_autofree char *of = self->of != NULL ? kaf_bidi_isolate (self->of) : NULL;

  return of != NULL ? g_strdup_printf ("%s (%s)", label, of) : g_strdup (label);
}

/* Labels in the order of the paper, each once. */
static GPtrArray *
list_labels (const GPtrArray *blanks, KafLang lang)
{
  GPtrArray *labels = g_ptr_array_new ();

  for (guint i = 0; i < blanks->len; i++)
    {
      const KafBlank *blank = g_ptr_array_index (blanks, i);
      const char *label = kaf_words_get (lang, blank->label);

      if (!g_ptr_array_find_with_equal_func (labels, label, g_str_equal, NULL))
        g_ptr_array_add (labels, (gpointer) label);
    }
  return labels;
}

char *
kaf_blanks_tell (const GPtrArray *blanks, KafLang lang)
{
  g_autoptr (GPtrArray) labels = list_labels (blanks, lang);
  g_autofree char *count = kaf_number_format (blanks->len, lang);
  g_autoptr (GString) named = g_string_new (NULL);

  if (blanks->len == 0)
    return NULL;
  for (guint i = 0; i < MIN (labels->len, NAMED_MOST); i++)
    g_string_append_printf (named, "%s%s", i > 0 ? kaf_words_get (lang, ", ") : "",
                            (const char *) g_ptr_array_index (labels, i));
  if (labels->len > NAMED_MOST)
    g_string_append (named, "…");
  /* Translators: how many, and what they are called. */
  return g_strdup_printf (kaf_words_plural (lang, "%1$s field is blank: %2$s",
                                            "%1$s fields are blank: %2$s", blanks->len),
                          count, named->str);
}
