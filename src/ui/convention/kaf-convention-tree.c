/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-tree.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "ui/convention/kaf-convention-items.h"

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
  return G_LIST_MODEL (kaf_convention_items_new (self->data, acts, self->shown));
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

/* Rows are made for those that have something within them, and for no others. */
static void
unfold_roots (GtkTreeListModel *tree)
{
  KafConventionItems *roots = KAF_CONVENTION_ITEMS (gtk_tree_list_model_get_model (tree));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (roots));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = NULL;

      if (kaf_convention_items_get_act (roots, i)->children->len == 0)
        continue;
      row = gtk_tree_list_model_get_child_row (tree, i);
      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

/* Those of @row, or of the tree. */
static void
walk (GtkTreeListModel *tree, GtkTreeListRow *row, KafConventionRowFunc func, gpointer data)
{
  GListModel *within =
      row != NULL ? gtk_tree_list_row_get_children (row) : gtk_tree_list_model_get_model (tree);

  for (guint i = 0; within != NULL && i < g_list_model_get_n_items (within); i++)
    {
      const KafConvention *act = kaf_convention_items_get_act (KAF_CONVENTION_ITEMS (within), i);
      g_autoptr (GtkTreeListRow) child = NULL;

      if (act->children->len == 0)
        continue;
      child = row != NULL ? gtk_tree_list_row_get_child_row (row, i)
                          : gtk_tree_list_model_get_child_row (tree, i);
      if (!gtk_tree_list_row_is_expandable (child))
        continue;
      func (child, act, data);
      if (gtk_tree_list_row_get_expanded (child))
        walk (tree, child, func, data);
    }
}

void
kaf_convention_tree_foreach (GListModel *tree, KafConventionRowFunc func, gpointer data)
{
  g_return_if_fail (GTK_IS_TREE_LIST_MODEL (tree));
  walk (GTK_TREE_LIST_MODEL (tree), NULL, func, data);
}

static gboolean
find_place (GListModel *within, const KafConvention *act, guint *place)
{
  for (*place = 0; *place < g_list_model_get_n_items (within); (*place)++)
    if (kaf_convention_items_get_act (KAF_CONVENTION_ITEMS (within), *place) == act)
      return TRUE;
  return FALSE;
}

static GtkTreeListRow *
find_row (GtkTreeListModel *tree, const KafConvention *act)
{
  g_autoptr (GtkTreeListRow) above = NULL;
  GListModel *within = NULL;
  guint place;

  if (find_place (gtk_tree_list_model_get_model (tree), act, &place))
    return gtk_tree_list_model_get_child_row (tree, place);
  if (act->parent != NULL)
    above = find_row (tree, act->parent);
  if (above != NULL)
    within = gtk_tree_list_row_get_children (above);
  return within != NULL && find_place (within, act, &place)
             ? gtk_tree_list_row_get_child_row (above, place)
             : NULL;
}

guint
kaf_convention_tree_find (GListModel *tree, const KafConvention *act)
{
  g_autoptr (GtkTreeListRow) row = NULL;

  g_return_val_if_fail (GTK_IS_TREE_LIST_MODEL (tree), GTK_INVALID_LIST_POSITION);

  row = act != NULL ? find_row (GTK_TREE_LIST_MODEL (tree), act) : NULL;
  return row != NULL ? gtk_tree_list_row_get_position (row) : GTK_INVALID_LIST_POSITION;
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
