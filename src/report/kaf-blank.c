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
kaf_blank_new (
    KafBlankKind kind, const char *label, const char *entity, const char *id, const char *of)
{
  KafBlank *self = g_new0 (KafBlank, 1);

  self->kind = kind;
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
  return one->kind == two->kind && g_str_equal (one->label, two->label) &&
         g_strcmp0 (one->id, two->id) == 0 &&
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

guint
kaf_blanks_count (const GPtrArray *blanks, KafBlankKind kind)
{
  guint n = 0;

  for (guint i = 0; i < blanks->len; i++)
    n += ((const KafBlank *) g_ptr_array_index (blanks, i))->kind == kind;
  return n;
}

/* Labels in the order of the paper, each once. */
static GPtrArray *
list_labels (const GPtrArray *blanks, KafBlankKind kind, KafLang lang)
{
  GPtrArray *labels = g_ptr_array_new ();

  for (guint i = 0; i < blanks->len; i++)
    {
      const KafBlank *blank = g_ptr_array_index (blanks, i);
      const char *label = kaf_words_get (lang, blank->label);

      if (blank->kind == kind &&
          !g_ptr_array_find_with_equal_func (labels, label, g_str_equal, NULL))
        g_ptr_array_add (labels, (gpointer) label);
    }
  return labels;
}

/* A format of how many and what they are called. */
static const char *
get_format (KafBlankKind kind, guint n, KafLang lang)
{
  switch (kind)
    {
    case KAF_BLANK_IN_FRENCH:
      /* Translators: how many, and what they are called: "Title in Arabic". */
      return kaf_words_plural (lang, "%1$s text is not given in Arabic and stands in French: %2$s",
                               "%1$s texts are not given in Arabic and stand in French: %2$s", n);
    case KAF_BLANK_IN_ARABIC:
      /* Translators: how many, and what they are called: "Title in French". */
      return kaf_words_plural (lang, "%1$s text is not given in French and stands in Arabic: %2$s",
                               "%1$s texts are not given in French and stand in Arabic: %2$s", n);
    case KAF_BLANK_EMPTY:
    default:
      /* Translators: how many, and what they are called. */
      return kaf_words_plural (lang, "%1$s field is blank: %2$s", "%1$s fields are blank: %2$s", n);
    }
}

/* (transfer full) */
static char *
tell_kind (const GPtrArray *blanks, KafBlankKind kind, guint n, KafLang lang)
{
  g_autoptr (GPtrArray) labels = list_labels (blanks, kind, lang);
  g_autofree char *count = kaf_number_format (n, lang);
  g_autoptr (GString) named = g_string_new (NULL);

  for (guint i = 0; i < MIN (labels->len, NAMED_MOST); i++)
    g_string_append_printf (named, "%s%s", i > 0 ? kaf_words_get (lang, ", ") : "",
                            (const char *) g_ptr_array_index (labels, i));
  if (labels->len > NAMED_MOST)
    g_string_append (named, "…");
  return g_strdup_printf (get_format (kind, n, lang), count, named->str);
}

char *
kaf_blanks_tell (const GPtrArray *blanks, KafLang lang)
{
  static const KafBlankKind kinds[] = { KAF_BLANK_EMPTY, KAF_BLANK_IN_FRENCH, KAF_BLANK_IN_ARABIC };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n = kaf_blanks_count (blanks, kinds[i]);
      g_autofree char *told = n > 0 ? tell_kind (blanks, kinds[i], n, lang) : NULL;

      if (told != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", told);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
