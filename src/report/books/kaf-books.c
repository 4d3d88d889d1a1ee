/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/books/kaf-books.h"

#include "store/kaf-page.h"

/* Rows read at a time. */
#define LOT 500

GHashTable *
kaf_books_read_ids (KafDatabase *db, const KafQuery *query, GError **error)
{
  static const char *const none[] = { NULL };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) places = kaf_page_places (db, query, error);

  for (guint i = 0; places != NULL && i < places->len; i += LOT)
    {
      g_autoptr (GPtrArray) rows =
          kaf_page_rows (db, kaf_query_get_entity (query), &g_array_index (places, guint32, i),
                         MIN (LOT, places->len - i), none, KAF_LANG_EN, error);

      if (rows == NULL)
        return NULL;
      for (guint r = 0; r < rows->len; r++)
        if (rows->pdata[r] != NULL)
          g_hash_table_add (ids, g_strdup (((const KafRow *) rows->pdata[r])->id));
    }
  return places != NULL ? g_steal_pointer (&ids) : NULL;
}

KafQuery *
kaf_books_query_of (const KafEntity *entity,
                    const char *field,
                    const KafBookBasis *basis,
                    GError **error)
{
  KafQuery *query = kaf_query_new (entity);
  KafLink link = { .kind = KAF_LINK_REFERENCE,
                   .entity = kaf_query_get_entity (basis->query),
                   .field = kaf_entity_find_field (entity, field) };
  g_autoptr (KafNode) related = NULL;

  if (!kaf_query_has_conditions (basis->query))
    return query;
  related = kaf_node_new_related (&link, KAF_HOW_SOME, 1);
  kaf_node_add (related, kaf_query_get_tree (basis->query));
  kaf_query_add_node (query, g_steal_pointer (&related));
  return query;
}
