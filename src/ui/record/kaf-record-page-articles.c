/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The usual articles of a convention, put in as one batch: managers' templates of its kind, or those shipped. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/kaf-texts.h"
#include "schema/kaf-registry.h"
#include "ui/record/kaf-record-page-private.h"

typedef struct
{
  KafChangeSet *set;
  guint n, n_blanks;
} Articles;

static void
articles_free (gpointer data)
{
  Articles *articles = data;

  kaf_change_set_unref (articles->set);
  g_free (articles);
}

static gpointer
make_articles (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Articles *articles = g_new0 (Articles, 1);

  articles->set = kaf_change_set_new ("create");
  if (!kaf_texts_add_articles (db, data, articles->set, &articles->n, &articles->n_blanks, error))
    g_clear_pointer (&articles, articles_free);
  return articles;
}

static char *
describe (const Articles *articles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (
      text, ngettext ("%u article inserted", "%u articles inserted", articles->n), articles->n);
  if (articles->n_blanks > 0)
    g_string_append_printf (text,
                            ngettext ("; %u thing is not known yet: complete the blank",
                                      "; %u things are not known yet: complete the blanks",
                                      articles->n_blanks),
                            articles->n_blanks);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_articles_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafRecordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Articles *articles = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->inserting = FALSE;
  if (articles == NULL)
    {
      kaf_record_page_report (self, _ ("The articles were not inserted"), error);
      return;
    }
  if (articles->n == 0)
    kaf_record_page_toast (self, _ ("The usual articles are already there"));
  else
    {
      g_autofree char *done = describe (articles);

      kaf_record_page_commit (self, articles->set, done, _ ("The articles were not inserted"));
    }
  articles_free (articles);
}

void
kaf_record_page_insert_articles (KafRecordPage *self)
{
  /* A second press while the first is under way would insert them twice. */
  if (strcmp (self->entity->id, "convention") != 0 || self->inserting ||
      !kaf_record_page_is_writable (self))
    return;
  self->inserting = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, make_articles, g_strdup (self->id), g_free,
                       articles_free, self->cancellable, on_articles_made, g_object_ref (self));
}
