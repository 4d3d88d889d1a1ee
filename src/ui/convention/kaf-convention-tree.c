/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-tree.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "ui/convention/kaf-convention-item.h"

/* So many acts come unfolded: amendments are seen at once. */
#define UNFOLDED_MOST 200

/* What a tree shows: shared by its rows, which ask for their children as they unfold. */
typedef struct
{
  gatomicrefcount refs;
  KafConventionData *data;
  GHashTable *shown; /* of KafConvention; NULL: all */
} Choice;

static void
choice_unref (gpointer data)
{
  Choice *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kaf_convention_data_unref (self->data);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_free (self);
}

static gboolean
has_words (const KafConventionEntry *entry, char **words)
{
  for (char **word = words; *word != NULL; word++)
    if (strstr (entry->folded, *word) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_lapsing (const KafConventionData *data, const KafStanding *standing)
{
  guint left;

  return kaf_standing_days_left (standing, data->today, &left) && left <= data->soon_days;
}

static gboolean
is_of_state (const KafConventionData *data, const KafStanding *standing, KafConventionsShown shown)
{
  switch (shown)
    {
    case KAF_CONVENTIONS_SHOW_IN_FORCE:
      return standing->state == KAF_CONVENTION_IN_FORCE;
    case KAF_CONVENTIONS_SHOW_LAPSING:
      return is_lapsing (data, standing);
    case KAF_CONVENTIONS_SHOW_UNKNOWN:
      return standing->state == KAF_CONVENTION_IN_FORCE && standing->term == KAF_TERM_UNKNOWN;
    case KAF_CONVENTIONS_SHOW_OVER:
      return standing->state == KAF_CONVENTION_ABANDONED ||
             standing->state == KAF_CONVENTION_EXPIRED ||
             standing->state == KAF_CONVENTION_TERMINATED;
    case KAF_CONVENTIONS_SHOW_PREPARED:
      return standing->state <= KAF_CONVENTION_NEGOTIATION;
    case KAF_CONVENTIONS_SHOW_ALL:
    case KAF_CONVENTIONS_N_SHOWN:
    default:
      return TRUE;
    }
}

static void
show_within (GHashTable *shown, const KafConvention *act)
{
  g_hash_table_add (shown, (gpointer) act);
  for (guint i = 0; i < act->children->len; i++)
    show_within (shown, g_ptr_array_index (act->children, i));
}

static void
choose (Choice *self, char **words, KafConventionsShown shown, KafConventionsCount *count)
{
  gboolean all = words[0] == NULL && shown == KAF_CONVENTIONS_SHOW_ALL;

  *count = (KafConventionsCount){ 0 };
  if (!all)
    self->shown = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->data->all->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->data->all->acts, i);
      const KafConventionEntry *entry = kaf_convention_data_get (self->data, act);

      count->n_lapsing += is_lapsing (self->data, entry->standing);
      if (!is_of_state (self->data, entry->standing, shown) ||
          (words[0] != NULL && !has_words (entry, words)))
        continue;
      count->n++;
      if (all)
        continue;
      /* What stands within a framework that is looked for; of a state, the acts of that state alone. */
      if (shown == KAF_CONVENTIONS_SHOW_ALL)
        show_within (self->shown, act);
      for (const KafConvention *above = act; above != NULL; above = above->parent)
        g_hash_table_add (self->shown, (gpointer) above);
    }
}

static GListModel *
make_items (Choice *self, GPtrArray *acts)
{
  GListStore *store = g_list_store_new (KAF_TYPE_CONVENTION_ITEM);

  for (guint i = 0; i < acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (acts, i);

      if (self->shown == NULL || g_hash_table_contains (self->shown, act))
        {
          g_autoptr (KafConventionItem) item = kaf_convention_item_new (self->data, act);

          g_list_store_append (store, item);
        }
    }
  return G_LIST_MODEL (store);
}

static GListModel *
make_children (gpointer item, gpointer data)
{
  Choice *self = data;
  const KafConvention *act = kaf_convention_item_get_act (item);
  g_autoptr (GListModel) children = NULL;

  /* Most have none, and each row is asked. */
  if (act->children->len == 0)
    return NULL;
  children = make_items (self, act->children);
  return g_list_model_get_n_items (children) > 0 ? g_steal_pointer (&children) : NULL;
}

/* From below: unfolding a row moves those after it. */
static void
unfold_roots (GtkTreeListModel *tree)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (tree)); i-- > 0;)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i);
      g_autoptr (KafConventionItem) item = gtk_tree_list_row_get_item (row);

      if (kaf_convention_item_get_act (item)->children->len > 0)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

GListModel *
kaf_convention_tree_new (KafConventionData *data,
                         const char *text,
                         KafConventionsShown shown,
                         KafConventionsCount *count)
{
  Choice *self = g_new0 (Choice, 1);
  g_autofree char *folded = text != NULL ? kaf_fold (text) : NULL;
  g_auto (GStrv) words = g_strsplit_set (folded != NULL ? g_strstrip (folded) : "", " ", -1);
  gboolean unfolded;
  GtkTreeListModel *tree;

  g_atomic_ref_count_init (&self->refs);
  self->data = kaf_convention_data_ref (data);
  choose (self, words, shown, count);
  unfolded = self->shown != NULL || data->all->acts->len <= UNFOLDED_MOST;
  tree = gtk_tree_list_model_new (make_items (self, data->all->roots), FALSE, unfolded,
                                  make_children, self, choice_unref);
  if (!unfolded)
    unfold_roots (tree);
  return G_LIST_MODEL (tree);
}
