/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-row.h"

#include "ui/convention/kaf-split.h"
#include "ui/convention/kaf-validity-bar.h"
#include "ui/record/kaf-pill.h"

struct _KafConventionRow
{
  GtkBox parent_instance;

  GtkWidget *expander;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *kind;
  GtkWidget *pill;
  GtkWidget *bar;
  GSignalGroup *of_row; /* the GtkTreeListRow that it shows */
};

G_DEFINE_FINAL_TYPE (KafConventionRow, kaf_convention_row, GTK_TYPE_BOX)

/* What holds the focus is the list's widget around this one, which GTK 4.8 leaves without a name. */
static GtkAccessible *
get_focused (KafConventionRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  return parent != NULL ? GTK_ACCESSIBLE (parent) : NULL;
}

static void
tell_expanded (KafConventionRow *self)
{
  g_autoptr (GtkTreeListRow) row = g_signal_group_dup_target (self->of_row);
  GtkAccessible *focused = get_focused (self);

  if (focused == NULL || row == NULL)
    return;
  if (gtk_tree_list_row_is_expandable (row))
    gtk_accessible_update_state (focused, GTK_ACCESSIBLE_STATE_EXPANDED,
                                 gtk_tree_list_row_get_expanded (row), -1);
  else
    gtk_accessible_reset_state (focused, GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
kaf_convention_row_dispose (GObject *object)
{
  KafConventionRow *self = KAF_CONVENTION_ROW (object);

  g_clear_object (&self->of_row);
  G_OBJECT_CLASS (kaf_convention_row_parent_class)->dispose (object);
}

static void
kaf_convention_row_class_init (KafConventionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_convention_row_dispose;
}

static void
kaf_convention_row_init (KafConventionRow *self)
{
  self->of_row = g_signal_group_new (GTK_TYPE_TREE_LIST_ROW);
  g_signal_group_connect_swapped (self->of_row, "notify::expanded", G_CALLBACK (tell_expanded),
                                  self);
  g_signal_group_connect_swapped (self->of_row, "notify::children", G_CALLBACK (tell_expanded),
                                  self);
}

static GtkWidget *
make_text (KafConventionRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->icon = gtk_image_new ();
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (name), self->icon);
  gtk_box_append (GTK_BOX (name), self->title);
  self->expander = gtk_tree_expander_new ();
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (self->expander), name);
  gtk_widget_set_hexpand (self->expander, TRUE);
  gtk_box_append (GTK_BOX (box), self->expander);

  self->kind = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->kind), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->kind, "caption");
  gtk_widget_add_css_class (self->kind, "dim-label");
  gtk_box_append (GTK_BOX (box), self->kind);
  self->pill = kaf_pill_new (NULL, NULL);
  kaf_pill_set_whole (KAF_PILL (self->pill), TRUE);
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->pill);
  return box;
}

GtkWidget *
kaf_convention_row_new (KafTimeScale *scale)
{
  KafConventionRow *self = g_object_new (KAF_TYPE_CONVENTION_ROW, NULL);
  GtkWidget *text = make_text (self);
  GtkWidget *split;

  self->bar = kaf_validity_bar_new (scale);
  split = kaf_split_new (text, self->bar);
  gtk_widget_set_hexpand (split, TRUE);
  gtk_box_append (GTK_BOX (self), split);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-convention-row");
  return GTK_WIDGET (self);
}

void
kaf_convention_row_bind (KafConventionRow *self, GtkTreeListRow *row)
{
  static const char *const icons[] = { "application-certificate-symbolic",
                                       "text-x-generic-symbolic", "document-edit-symbolic" };
  g_autoptr (KafConventionItem) item = NULL;
  const KafConvention *act;
  const char *style = NULL;
  const char *state;
  g_autofree char *words = NULL;

  g_return_if_fail (KAF_IS_CONVENTION_ROW (self));

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (self->expander), row);
  g_signal_group_set_target (self->of_row, row);
  item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  kaf_validity_bar_set_item (KAF_VALIDITY_BAR (self->bar), item);
  if (item == NULL)
    return;
  act = kaf_convention_item_get_act (item);
  state = kaf_convention_item_get_state (item, &style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icons[act->kind]);
  gtk_label_set_text (GTK_LABEL (self->title), act->title != NULL ? act->title : "—");
  gtk_label_set_text (GTK_LABEL (self->kind), kaf_convention_item_get_kind (item));
  kaf_pill_set (KAF_PILL (self->pill), state, style);
  words = kaf_convention_item_describe (item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (get_focused (self) != NULL)
    gtk_accessible_update_property (get_focused (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  tell_expanded (self);
}
