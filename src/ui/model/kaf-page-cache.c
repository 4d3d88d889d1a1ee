/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least recently used pages go first. Used from one thread. */
#include "config.h"

#include "ui/model/kaf-page-cache.h"

typedef struct
{
  guint number;
  guint64 used;
  GPtrArray *rows;
} Page;

struct _KafPageCache
{
  guint size, max;
  guint64 clock;
  GHashTable *pages; /* number → Page */
};

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->rows);
  g_free (page);
}

static Page *
find (KafPageCache *self, guint number)
{
  return g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
}

KafPageCache *
kaf_page_cache_new (guint page_size, guint max_pages)
{
  KafPageCache *self = g_new0 (KafPageCache, 1);

  self->size = page_size;
  self->max = max_pages;
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);

  return self;
}

void
kaf_page_cache_free (KafPageCache *self)
{
  g_hash_table_unref (self->pages);
  g_free (self);
}

void
kaf_page_cache_clear (KafPageCache *self)
{
  g_hash_table_remove_all (self->pages);
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  const Page *pa = *(Page *const *) a;
  const Page *pb = *(Page *const *) b;

  return pa->used < pb->used ? 1 : pa->used > pb->used ? -1 : 0;
}

/* Keeps the @n_pages used last. */
static void
trim (KafPageCache *self, guint n_pages)
{
  g_autoptr (GPtrArray) pages = NULL;
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_size (self->pages) <= n_pages)
    return;

  pages = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (pages, value);

  g_ptr_array_sort (pages, compare_use);
  for (guint i = n_pages; i < pages->len; i++)
    {
      guint number = ((Page *) g_ptr_array_index (pages, i))->number;

      g_hash_table_remove (self->pages, GUINT_TO_POINTER (number));
    }
}

/* @rows: (transfer full), with kaf_row_unref() as free function. */
void
kaf_page_cache_put (KafPageCache *self, guint number, GPtrArray *rows)
{
  Page *page = g_new0 (Page, 1);

  page->number = number;
  page->rows = rows;
  page->used = ++self->clock;
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
  trim (self, self->max);
}

gboolean
kaf_page_cache_has (KafPageCache *self, guint number)
{
  return find (self, number) != NULL;
}

/* @use: counts as a use of the page. (transfer none) (nullable) */
KafRow *
kaf_page_cache_get (KafPageCache *self, guint position, gboolean use)
{
  Page *page = find (self, position / self->size);
  guint at = position % self->size;

  if (page == NULL)
    return NULL;
  if (use)
    page->used = ++self->clock;

  return at < page->rows->len ? g_ptr_array_index (page->rows, at) : NULL;
}

/* The position of a record, or G_MAXUINT. */
guint
kaf_page_cache_find_id (KafPageCache *self, const char *id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Page *page = value;

      for (guint i = 0; i < page->rows->len; i++)
        {
          KafRow *row = g_ptr_array_index (page->rows, i);

          if (row != NULL && g_str_equal (row->id, id))
            return page->number * self->size + i;
        }
    }

  return G_MAXUINT;
}

/* Forgets all pages but the @n_pages used last. Returns the numbers of their rows.
 * (element-type guint32) (transfer full) */
GArray *
kaf_page_cache_keep_hot (KafPageCache *self, guint n_pages)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (guint32));
  GHashTableIter iter;
  gpointer value;

  trim (self, n_pages);
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *rows = ((Page *) value)->rows;

      for (guint i = 0; i < rows->len; i++)
        {
          KafRow *row = g_ptr_array_index (rows, i);

          if (row != NULL)
            g_array_append_val (rids, row->rid);
        }
    }

  return rids;
}

/* Puts rows read again in place of the same rows, wherever they stand. Returns the numbers of the
 * pages that hold any. (element-type guint) (transfer full) */
GArray *
kaf_page_cache_replace (KafPageCache *self, GPtrArray *rows)
{
  GArray *touched = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) by_rid = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);

      if (row != NULL)
        g_hash_table_insert (by_rid, GUINT_TO_POINTER (row->rid), row);
    }

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Page *page = value;

      for (guint i = 0; i < page->rows->len; i++)
        {
          KafRow *old = g_ptr_array_index (page->rows, i);
          KafRow *row =
              old != NULL ? g_hash_table_lookup (by_rid, GUINT_TO_POINTER (old->rid)) : NULL;

          if (row == NULL)
            continue;
          page->rows->pdata[i] = kaf_row_ref (row);
          kaf_row_unref (old);
        }
      g_array_append_val (touched, page->number);
    }

  return touched;
}

/* Whether @rows are those of @places from @first on. */
gboolean
kaf_page_agrees (GPtrArray *rows, guint first, GArray *places)
{
  for (guint i = 0; i < rows->len; i++)
    {
      KafRow *row = g_ptr_array_index (rows, i);

      if (first + i >= places->len)
        return FALSE;
      if (row != NULL && row->rid != g_array_index (places, guint32, first + i))
        return FALSE;
    }

  return TRUE;
}

/* Forgets the pages whose rows no longer stand where they stood, and returns their numbers.
 * (element-type guint) (transfer full) */
GArray *
kaf_page_cache_drop_wrong (KafPageCache *self, GArray *places)
{
  GArray *dropped = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Page *page = value;
      guint first = page->number * self->size;
      guint there = first < places->len ? MIN (self->size, places->len - first) : 0;

      if (page->rows->len == there && kaf_page_agrees (page->rows, first, places))
        continue;
      g_array_append_val (dropped, page->number);
      g_hash_table_iter_remove (&iter);
    }

  return dropped;
}
