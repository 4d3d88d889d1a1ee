/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-texts.h"

#include <stdlib.h>

#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "store/kaf-store-error.h"

/* More templates of one kind are a mistake. */
#define TEMPLATES_MOST 1000

/* A template, kept or shipped; each nullable. */
typedef struct
{
  guint number; /* 0: none */
  char *title[2], *body[2];
} Template;

static void
template_free (Template *self)
{
  for (guint side = 0; side < 2; side++)
    {
      g_free (self->title[side]);
      g_free (self->body[side]);
    }
  g_free (self);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const Template *first = *(Template *const *) a, *second = *(Template *const *) b;
  guint one = first->number != 0 ? first->number : G_MAXUINT;
  guint other = second->number != 0 ? second->number : G_MAXUINT;

  return one < other ? -1 : one > other;
}

/* Those that managers keep, newest first. */
static GPtrArray *
read_kept (KafDatabase *db, const char *kind, GError **error)
{
  static const char *const columns[] = { "number",  "retired", "title_fr", "title_ar",
                                         "body_fr", "body_ar", NULL };
  const KafRelatedQuery query = { .field = "kind", .owner_id = kind, .limit = TEMPLATES_MOST };
  g_autoptr (GPtrArray) rows = kaf_page_related_by (db, kaf_registry_find ("text_template"), &query,
                                                    columns, KAF_LANG_FR, error);
  g_autoptr (GPtrArray) kept = NULL;

  if (rows == NULL)
    return NULL;
  kept = g_ptr_array_new_with_free_func ((GDestroyNotify) template_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      Template *entry;

      if (g_strcmp0 (row->raw[1], "1") == 0)
        continue;
      entry = g_new0 (Template, 1);
      entry->number = row->raw[0] != NULL ? (guint) atoi (row->raw[0]) : 0;
      for (guint side = 0; side < 2; side++)
        {
          entry->title[side] = g_strdup (row->raw[2 + side]);
          entry->body[side] = g_strdup (row->raw[4 + side]);
        }
      g_ptr_array_add (kept, entry);
    }
  return g_steal_pointer (&kept);
}

/* What came with the program: kind, number, title_fr, title_ar, body_fr, body_ar, lines parted by "\n". */
static GPtrArray *
read_shipped (const char *kind, GError **error)
{
  const char *data = g_getenv ("KAF_PKGDATADIR");
  g_autofree char *path =
      g_build_filename (data != NULL ? data : KAF_PKGDATADIR, "templates", "texts.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) shipped = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  shipped = g_ptr_array_new_with_free_func ((GDestroyNotify) template_free);
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      Template *entry;

      if (g_strv_length (cells) < 6 || !g_str_equal (cells[0], kind))
        continue;
      entry = g_new0 (Template, 1);
      entry->number = (guint) atoi (cells[1]);
      for (guint side = 0; side < 2; side++)
        {
          g_autoptr (GString) body = g_string_new (cells[4 + side]);

          g_string_replace (body, "\\n", "\n", 0);
          entry->title[side] = g_strdup (cells[2 + side]);
          entry->body[side] = g_strdup (body->str);
        }
      g_ptr_array_add (shipped, entry);
    }
  return g_steal_pointer (&shipped);
}

static gboolean
take_first (const GPtrArray *templates, guint side, char **title, char **body)
{
  for (guint i = 0; i < templates->len; i++)
    {
      const Template *entry = g_ptr_array_index (templates, i);

      if (entry->body[side] == NULL)
        continue;
      *title = g_strdup (entry->title[side] != NULL ? entry->title[side] : "");
      *body = g_strdup (entry->body[side]);
      return TRUE;
    }
  return FALSE;
}

gboolean
kaf_texts_get (
    KafDatabase *db, const char *kind, KafLang lang, char **title, char **body, GError **error)
{
  guint side = kaf_letterhead_side (lang);
  g_autoptr (GPtrArray) kept = read_kept (db, kind, error);
  g_autoptr (GPtrArray) shipped = NULL;

  *title = *body = NULL;
  if (kept == NULL)
    return FALSE;
  if (take_first (kept, side, title, body))
    return TRUE;
  shipped = read_shipped (kind, error);
  if (shipped == NULL)
    return FALSE;
  if (take_first (shipped, side, title, body))
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "no text of %s", kind);
  return FALSE;
}

static void
article_free (KafTextsArticle *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self);
}

GPtrArray *
kaf_texts_articles (KafDatabase *db, const char *kind, KafLang lang, GError **error)
{
  guint side = kaf_letterhead_side (lang);
  g_autoptr (GPtrArray) templates = read_kept (db, kind, error);
  GPtrArray *articles;

  if (templates != NULL && templates->len == 0)
    {
      g_ptr_array_unref (templates);
      templates = read_shipped (kind, error);
    }
  if (templates == NULL)
    return NULL;
  g_ptr_array_sort (templates, compare_numbers);
  articles = g_ptr_array_new_with_free_func ((GDestroyNotify) article_free);
  for (guint i = 0; i < templates->len; i++)
    {
      const Template *entry = g_ptr_array_index (templates, i);
      KafTextsArticle *article = g_new0 (KafTextsArticle, 1);

      article->number = i + 1;
      article->title = g_strdup (entry->title[side] != NULL ? entry->title[side] : "");
      article->body = g_strdup (entry->body[side] != NULL ? entry->body[side] : "");
      g_ptr_array_add (articles, article);
    }
  return articles;
}
