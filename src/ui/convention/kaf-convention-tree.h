/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The acts as a tree: frameworks, specific conventions, amendments. What does not match is left out, but for what
 * leads to a match and what stands within one. */
#pragma once

#include <gtk/gtk.h>

#include "ui/convention/kaf-convention-data.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_CONVENTIONS_SHOW_ALL,
  KAF_CONVENTIONS_SHOW_IN_FORCE,
  KAF_CONVENTIONS_SHOW_LAPSING,
  KAF_CONVENTIONS_SHOW_UNKNOWN,  /* of unknown term */
  KAF_CONVENTIONS_SHOW_OVER,     /* expired or ended */
  KAF_CONVENTIONS_SHOW_PREPARED, /* drafts and in negotiation */
  KAF_CONVENTIONS_N_SHOWN,
} KafConventionsShown;

typedef struct
{
  guint n;         /* acts that match */
  guint n_lapsing; /* of all acts: those whose end is near */
} KafConventionsCount;

/* A GtkTreeListModel of KafConventionItem. @text: folded words, all of which a title, a party or a reference must
 * hold; NULL: all. A tree that is filtered comes unfolded, and so do frameworks. (transfer full) */
GListModel *kaf_convention_tree_new (KafConventionData *data,
                                     const char *text,
                                     KafConventionsShown shown,
                                     KafConventionsCount *count);

/* Each row that something stands within, from the top down; @func may fold and unfold it. Makes no row of others. */
typedef void (*KafConventionRowFunc) (GtkTreeListRow *row, const KafConvention *act, gpointer data);
void kaf_convention_tree_foreach (GListModel *tree, KafConventionRowFunc func, gpointer data);

/* Where the act stands among the rows; GTK_INVALID_LIST_POSITION: it is folded away, or not shown. @act: nullable. */
guint kaf_convention_tree_find (GListModel *tree, const KafConvention *act);

G_END_DECLS
