/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reference can be chosen from, as a person types: read on the worker.
 *
 * A list is short (countries, domains, occupations) and is read whole at each question: it costs
 * under a millisecond and is never stale. */
#include "config.h"

#include "ui/form/kaf-reference-search.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"

typedef struct
{
  const KafEntity *target;
  char *text;
  guint limit;
  KafLang lang;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_free (search);
}

void
kaf_reference_item_free (KafReferenceItem *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

static void
add_item (GPtrArray *items, const char *id, const char *title, const char *subtitle)
{
  KafReferenceItem *item = g_new0 (KafReferenceItem, 1);

  item->id = g_strdup (id);
  item->title = g_strdup (title);
  item->subtitle = g_strdup (subtitle);
  g_ptr_array_add (items, item);
}

/* Every word typed begins a word of the title. */
static gboolean
holds_words (const char *title, const char *const *words)
{
  g_auto (GStrv) own = kaf_fold_words (title);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; own[j] != NULL && !found; j++)
        found = g_str_has_prefix (own[j], words[i]);
      if (!found)
        return FALSE;
    }

  return TRUE;
}

static const char *
find_title (GPtrArray *items, const char *code)
{
  for (guint i = 0; code != NULL && i < items->len; i++)
    {
      KafListItem *item = g_ptr_array_index (items, i);

      if (strcmp (item->code, code) == 0)
        return item->title;
    }
  return NULL;
}

static gboolean
search_list (KafDatabase *db, Search *search, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) items = kaf_read_list (db, search->target->id, search->lang, error);
  g_auto (GStrv) words = NULL;

  if (items == NULL)
    return FALSE;

  words = kaf_fold_words (search->text);
  for (guint i = 0; i < items->len && found->len < search->limit; i++)
    {
      KafListItem *item = g_ptr_array_index (items, i);

      if (!item->retired && (holds_words (item->title, (const char *const *) words) ||
                             holds_words (item->others, (const char *const *) words) ||
                             g_ascii_strcasecmp (item->code, search->text) == 0))
        add_item (found, item->code, item->title, find_title (items, item->parent));
    }
  return TRUE;
}

static const char *
row_title (const KafRow *row, KafLang lang)
{
  const char *first = lang == KAF_LANG_AR ? row->title_ar : row->title;
  const char *second = lang == KAF_LANG_AR ? row->title : row->title_ar;

  return first != NULL && *first != '\0' ? first : second != NULL ? second : row->ref;
}

static gboolean
search_records (KafDatabase *db, Search *search, GPtrArray *found, GError **error)
{
  static const char *const columns[] = { "ref", NULL };
  g_autoptr (GPtrArray) rows = NULL;
  gboolean blank = search->text[strspn (search->text, " \t")] == '\0';

  if (blank)
    {
      g_autoptr (KafQuery) query = kaf_query_new (search->target);

      rows = kaf_page_read (db, query, columns, search->lang, 0, search->limit, NULL, NULL, error);
    }
  else
    rows = kaf_search_everywhere (db, search->text, search->target, search->lang, search->limit,
                                  error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);
      const char *context = row->n_cells > 0 ? row->cells[0] : NULL;

      add_item (found, row->id, row_title (row, search->lang), context);
    }
  return TRUE;
}

static gpointer
search_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_reference_item_free);
  gboolean done = kaf_entity_has (search->target, KAF_ENTITY_LIST)
                      ? search_list (db, search, found, error)
                      : search_records (db, search, found, error);

  return done ? g_steal_pointer (&found) : NULL;
}

void
kaf_reference_search_async (KafStore *store,
                            const KafEntity *target,
                            const char *text,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Search *search = g_new0 (Search, 1);

  search->target = target;
  search->text = g_strdup (text != NULL ? text : "");
  search->limit = limit;
  search->lang = kaf_application_get_lang ();
  kaf_store_run_async (store, KAF_LANE_READ, search_job, search, search_free,
                       (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
kaf_reference_search_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
