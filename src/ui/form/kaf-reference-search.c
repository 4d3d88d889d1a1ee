/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reference can be chosen from, as a person types: read on the worker.
 *
 * A list is short (countries, domains, occupations) and is read whole at each question: it costs
 * under a millisecond and is never stale. */
#include "config.h"

#include "ui/form/kaf-reference-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-fold.h"
#include "schema/kaf-registry.h"
#include "store/kaf-office-holders.h"
#include "ui/app/kaf-application.h"

typedef struct
{
  const KafEntity *target;
  char *within; /* nullable */
  char *text;
  guint limit;
  KafLang lang;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->text);
  g_free (search->within);
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

static gboolean
search_mandates (KafDatabase *db, Search *search, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) holders = kaf_office_holders_find (db, search->text, search->within,
                                                           search->lang, search->limit, error);

  if (holders == NULL)
    return FALSE;
  for (guint i = 0; i < holders->len; i++)
    {
      const KafOfficeHolder *one = g_ptr_array_index (holders, i);
      const char *note = NULL;

      if (search->within != NULL && !one->of_party)
        note = _ ("of no party of the convention");
      else if (search->within != NULL && !one->in_office)
        note = _ ("not in office on the day of the signature");
      add_item (found, one->mandate, one->title, note);
    }
  return TRUE;
}

/* Ahead of the other organisations: who has committed itself is a party. */
static void
add_parties (KafDatabase *db, Search *search, GPtrArray *found)
{
  g_autoptr (GPtrArray) parties = kaf_convention_parties (db, search->within);
  g_auto (GStrv) words = kaf_fold_words (search->text);

  for (guint i = 0; i < parties->len; i++)
    {
      const char *id = g_ptr_array_index (parties, i);
      g_autofree char *title = kaf_read_title (db, "organisation", id, search->lang);
      if (title != NULL && holds_words (title, (const char *const *) words))
        add_item (found, id, title, _ ("party of the convention"));
    }
}

static gboolean
search_within (KafDatabase *db, Search *search, GPtrArray *found, GError **error)
{
  g_autoptr (GPtrArray) others =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_reference_item_free);

  add_parties (db, search, found);
  if (!search_records (db, search, others, error))
    return FALSE;
  for (guint i = 0, n = found->len; i < others->len && found->len < search->limit; i++)
    {
      const KafReferenceItem *item = g_ptr_array_index (others, i);
      gboolean twice = FALSE;

      for (guint j = 0; j < n && !twice; j++)
        twice = strcmp (((KafReferenceItem *) g_ptr_array_index (found, j))->id, item->id) == 0;
      if (!twice)
        add_item (found, item->id, item->title, item->subtitle);
    }
  return TRUE;
}

static gboolean
search_target (KafDatabase *db, Search *search, GPtrArray *found, GError **error)
{
  if (kaf_entity_has (search->target, KAF_ENTITY_LIST))
    return search_list (db, search, found, error);
  if (strcmp (search->target->id, "mandate") == 0)
    return search_mandates (db, search, found, error);
  if (search->within != NULL && strcmp (search->target->id, "organisation") == 0)
    return search_within (db, search, found, error);
  return search_records (db, search, found, error);
}

static gpointer
search_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_reference_item_free);

  return search_target (db, search, found, error) ? g_steal_pointer (&found) : NULL;
}

void
kaf_reference_search_async (KafStore *store,
                            const KafEntity *target,
                            const char *within,
                            const char *text,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Search *search = g_new0 (Search, 1);

  search->target = target;
  search->within = g_strdup (within);
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
