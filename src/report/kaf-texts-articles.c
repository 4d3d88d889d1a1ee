/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The usual articles as records of a convention. */
#include "config.h"

#include <stdlib.h>

#include "report/kaf-texts.h"
#include "schema/kaf-registry.h"

#define N_SIDES 2

static const KafLang langs[N_SIDES] = { KAF_LANG_FR, KAF_LANG_AR };
static const char *const titles[N_SIDES] = { "title_fr", "title_ar" };
static const char *const texts[N_SIDES] = { "text_fr", "text_ar" };

typedef struct
{
  const char *convention;
  KafDocumentContext *contexts[N_SIDES];
  GPtrArray *articles[N_SIDES];
  GPtrArray *standing; /* of KafRecord */
  GPtrArray *blanks;
} Adding;

static void
adding_clear (Adding *self)
{
  for (guint i = 0; i < N_SIDES; i++)
    {
      g_clear_pointer (&self->articles[i], g_ptr_array_unref);
      g_clear_pointer (&self->contexts[i], kaf_document_context_free);
    }
  g_clear_pointer (&self->standing, g_ptr_array_unref);
  g_clear_pointer (&self->blanks, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Adding, adding_clear)

static gboolean
stands (const Adding *self, guint i)
{
  for (guint side = 0; side < N_SIDES; side++)
    {
      const KafTextsArticle *article = g_ptr_array_index (self->articles[side], i);

      for (guint j = 0; *article->title != '\0' && j < self->standing->len; j++)
        if (g_strcmp0 (kaf_record_get (g_ptr_array_index (self->standing, j), titles[side]),
                       article->title) == 0)
          return TRUE;
    }
  return FALSE;
}

static guint
find_last_number (const Adding *self)
{
  guint last = 0;

  for (guint i = 0; i < self->standing->len; i++)
    {
      const char *number = kaf_record_get (g_ptr_array_index (self->standing, i), "number");

      last = MAX (last, number != NULL ? (guint) atoi (number) : 0);
    }
  return last;
}

static KafRecord *
make_article (const Adding *self, guint i, guint number)
{
  const KafTextsAbout about = { .convention = self->convention };
  g_autofree char *place = g_strdup_printf ("%u", number);
  KafRecord *record = kaf_record_new (kaf_registry_find ("convention_article"), NULL);

  kaf_record_set (record, "convention", self->convention);
  kaf_record_set (record, "number", place);
  for (guint side = 0; side < N_SIDES; side++)
    {
      const KafTextsArticle *article = g_ptr_array_index (self->articles[side], i);
      g_autofree char *title =
          kaf_texts_fill (self->contexts[side], article->title, &about, self->blanks);
      g_autofree char *text =
          kaf_texts_fill (self->contexts[side], article->body, &about, self->blanks);

      kaf_record_set (record, titles[side], *title != '\0' ? title : NULL);
      kaf_record_set (record, texts[side], *text != '\0' ? text : NULL);
    }
  return record;
}

static gboolean
read_all (Adding *self, KafDatabase *db, GError **error)
{
  g_autoptr (KafRecord) convention = NULL;
  g_autofree char *kind = NULL;

  for (guint side = 0; side < N_SIDES; side++)
    self->contexts[side] = kaf_document_context_new (db, langs[side], NULL);
  convention = kaf_document_read (self->contexts[0], "convention", self->convention, error);
  if (convention == NULL)
    return FALSE;
  kind = g_strconcat ("article_", kaf_record_get (convention, "kind"), NULL);
  for (guint side = 0; side < N_SIDES; side++)
    if ((self->articles[side] = kaf_texts_articles (db, kind, langs[side], error)) == NULL)
      return FALSE;
  self->standing = kaf_document_related (self->contexts[0], "convention_article", "convention",
                                         self->convention, "number", error);
  self->blanks = g_ptr_array_new_with_free_func (g_free);
  return self->standing != NULL;
}

gboolean
kaf_texts_add_articles (KafDatabase *db,
                        const char *convention,
                        KafChangeSet *set,
                        guint *n,
                        guint *n_blanks,
                        GError **error)
{
  g_auto (Adding) self = { .convention = convention };
  guint last;

  *n = *n_blanks = 0;
  if (!read_all (&self, db, error))
    return FALSE;
  last = find_last_number (&self);
  for (guint i = 0; i < self.articles[0]->len; i++)
    {
      g_autoptr (KafRecord) record = NULL;

      if (stands (&self, i))
        continue;
      (*n)++;
      record = make_article (&self, i, last + *n);
      kaf_change_set_create (set, record);
    }
  *n_blanks = self.blanks->len;
  return TRUE;
}
