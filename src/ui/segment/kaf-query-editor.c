/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widgets are made anew from the tree whenever its shape changes; a value is written into its node by its row. What
 * was before each change is kept whole, so that a step back is the tree of then. */
#include "config.h"

#include "ui/segment/kaf-query-editor.h"

#include <glib/gi18n-lib.h>

#include "store/kaf-query-text.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/record/kaf-wrap.h"
#include "ui/segment/kaf-askable.h"
#include "ui/segment/kaf-condition-row.h"
#include "ui/segment/kaf-pick-button.h"

#define UNDO_MAX 200

struct _KafQueryEditor
{
  GtkBox parent_instance;

  KafStore *store;
  guint role_reads;
  KafLang lang;
  KafQuery *query; /* text and order; its conditions are those of the root */
  KafNode *root;
  KafNode *last; /* the root as it was after the last change */
  GPtrArray *undo, *redo;
  const KafNode *typing; /* whose value was typed last: the next key is the same step */
  GHashTable *rows;      /* KafNode → KafConditionRow */
  GtkWidget *body;
};

G_DEFINE_FINAL_TYPE (KafQueryEditor, kaf_query_editor, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One group at hand, for its buttons. */
typedef struct
{
  KafQueryEditor *editor;
  KafNode *node, *parent;
  const KafEntity *inner; /* of whose records its children ask */
  GPtrArray *links;
} Group;

static void
group_free (gpointer data)
{
  Group *self = data;

  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_free (self);
}

static void rebuild (KafQueryEditor *self, const KafNode *enter);
static GtkWidget *new_group (
    KafQueryEditor *self, KafNode *node, KafNode *parent, const KafEntity *entity, guint depth);

/* Steps */

static void
update_actions (KafQueryEditor *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "query.undo", self->undo->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "query.redo", self->redo->len > 0);
}

/* The tree is another one now. @typing: nullable, the node that keys are typed for. */
static void
note_change (KafQueryEditor *self, const KafNode *typing)
{
  if (typing == NULL || typing != self->typing)
    {
      g_ptr_array_add (self->undo, g_steal_pointer (&self->last));
      if (self->undo->len > UNDO_MAX)
        g_ptr_array_remove_index (self->undo, 0);
    }
  g_clear_pointer (&self->last, kaf_node_free);
  self->last = kaf_node_copy (self->root);
  self->typing = typing;
  g_ptr_array_set_size (self->redo, 0);
  update_actions (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
step (KafQueryEditor *self, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0)
    return;
  g_ptr_array_add (to, g_steal_pointer (&self->last));
  g_clear_pointer (&self->root, kaf_node_free);
  self->root = g_ptr_array_steal_index (from, from->len - 1);
  self->last = kaf_node_copy (self->root);
  rebuild (self, NULL);
  update_actions (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (KAF_QUERY_EDITOR (widget), KAF_QUERY_EDITOR (widget)->undo,
        KAF_QUERY_EDITOR (widget)->redo);
}

static void
on_redo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (KAF_QUERY_EDITOR (widget), KAF_QUERY_EDITOR (widget)->redo,
        KAF_QUERY_EDITOR (widget)->undo);
}

static KafNode *
add_node (KafQueryEditor *self, KafNode *group, KafNode *node)
{
  kaf_node_add (group != NULL ? group : self->root, node);
  rebuild (self, node);
  note_change (self, NULL);
  return node;
}

KafNode *
kaf_query_editor_add_condition (KafQueryEditor *self, KafNode *group)
{
  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self), NULL);

  return add_node (self, group, kaf_node_new_condition (NULL, KAF_OP_ANY_OF, NULL));
}

KafNode *
kaf_query_editor_add_group (KafQueryEditor *self, KafNode *group, KafNodeKind kind)
{
  KafNode *node;

  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self), NULL);

  node = kaf_node_new_group (kind);
  kaf_node_add (node, kaf_node_new_condition (NULL, KAF_OP_ANY_OF, NULL));
  return add_node (self, group, node);
}

KafNode *
kaf_query_editor_add_related (KafQueryEditor *self, KafNode *group, const KafLink *link)
{
  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self), NULL);

  return add_node (self, group, kaf_node_new_related (link, KAF_HOW_SOME, 1));
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kaf_query_editor_add_condition (KAF_QUERY_EDITOR (widget), NULL);
}

static void
add_condition_cb (GtkButton *button, Group *group)
{
  kaf_query_editor_add_condition (group->editor, group->node);
}

static void
add_group_cb (GtkButton *button, Group *group)
{
  kaf_query_editor_add_group (group->editor, group->node, KAF_NODE_ANY);
}

static void
add_related_cb (KafPickButton *button, guint index, Group *group)
{
  kaf_query_editor_add_related (group->editor, group->node,
                                g_ptr_array_index (group->links, index));
}

static void
remove_node (KafQueryEditor *self, KafNode *parent, KafNode *node)
{
  /* The row at whose button the focus was is gone: it goes to the one in its place. */
  guint at = 0;

  g_ptr_array_find (parent->children, node, &at);
  g_ptr_array_remove (parent->children, node);
  rebuild (self, parent->children->len > 0
                     ? g_ptr_array_index (parent->children, MIN (at, parent->children->len - 1))
                     : NULL);
  note_change (self, NULL);
}

static void
remove_group_cb (GtkButton *button, Group *group)
{
  remove_node (group->editor, group->parent, group->node);
}

static void
remove_row_cb (KafConditionRow *row, Group *group)
{
  remove_node (group->editor, group->node, kaf_condition_row_get_node (row));
}

static void
row_changed_cb (KafConditionRow *row, gboolean typed, KafQueryEditor *self)
{
  note_change (self, typed ? kaf_condition_row_get_node (row) : NULL);
}

static void
kind_cb (GtkDropDown *drop_down, GParamSpec *spec, Group *group)
{
  group->node->kind = (KafNodeKind) gtk_drop_down_get_selected (drop_down);
  note_change (group->editor, NULL);
}

static void
how_cb (GtkDropDown *drop_down, GParamSpec *spec, Group *group)
{
  GtkWidget *number = g_object_get_data (G_OBJECT (drop_down), "number");

  group->node->how = (KafHow) gtk_drop_down_get_selected (drop_down);
  gtk_widget_set_visible (number, group->node->how == KAF_HOW_AT_LEAST);
  note_change (group->editor, NULL);
}

static void
number_cb (GtkSpinButton *spin, Group *group)
{
  group->node->at_least = (guint) gtk_spin_button_get_value_as_int (spin);
  note_change (group->editor, group->node);
}

/* Making */

static GtkWidget *
new_choice (const char *const *words, guint chosen, const char *name)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return choice;
}

static void
add_kind (Group *group, GtkWidget *head)
{
  const char *const kinds[] = { _ ("All of these conditions"),
                                _ ("At least one of these conditions"),
                                _ ("None of these conditions"), NULL };
  GtkWidget *choice = new_choice (kinds, group->node->kind, _ ("How the conditions hold"));

  g_signal_connect (choice, "notify::selected", G_CALLBACK (kind_cb), group);
  kaf_wrap_append (KAF_WRAP (head), choice);
}

static void
add_how (Group *group, GtkWidget *head)
{
  const char *const hows[] = { C_ ("related", "at least one"), C_ ("related", "none"),
                               C_ ("related", "at least:"), NULL };
  g_autofree char *name = kaf_link_describe (&group->node->link, kaf_application_get_lang ());
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *choice = new_choice (hows, group->node->how, name);
  GtkWidget *number = gtk_spin_button_new_with_range (1, 9999, 1);

  gtk_widget_add_css_class (label, "heading");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (number), group->node->at_least);
  gtk_accessible_update_property (GTK_ACCESSIBLE (number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How many"), -1);
  gtk_widget_set_visible (number, group->node->how == KAF_HOW_AT_LEAST);
  g_object_set_data (G_OBJECT (choice), "number", number);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (how_cb), group);
  g_signal_connect (number, "value-changed", G_CALLBACK (number_cb), group);
  kaf_wrap_append (KAF_WRAP (head), label);
  kaf_wrap_append (KAF_WRAP (head), choice);
  kaf_wrap_append (KAF_WRAP (head), number);
}

static GtkWidget *
new_head (Group *group)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *wrap = kaf_wrap_new (6, 6);
  GtkWidget *cross;

  gtk_widget_set_hexpand (wrap, TRUE);
  if (group->node->kind == KAF_NODE_RELATED)
    add_how (group, wrap);
  else
    add_kind (group, wrap);
  gtk_box_append (GTK_BOX (head), wrap);
  if (group->parent == NULL)
    return head;

  cross = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (cross, "flat");
  gtk_widget_add_css_class (cross, "circular");
  gtk_widget_set_valign (cross, GTK_ALIGN_START);
  kaf_tooltip_set (cross, _ ("Remove the Group"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cross), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove the Group"), -1);
  g_signal_connect (cross, "clicked", G_CALLBACK (remove_group_cb), group);
  gtk_box_append (GTK_BOX (head), cross);
  return head;
}

static GtkWidget *
new_add_button (const char *label, GCallback callback, Group *group)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect (button, "clicked", callback, group);
  return button;
}

static void
add_links (Group *group, GtkWidget *wrap)
{
  static const char *const groups[] = { N_ ("What belongs to it"), N_ ("What it refers to"),
                                        N_ ("What it is besides") };
  GtkWidget *button;

  group->links = kaf_askable_links (group->inner, group->editor->role_reads);
  if (group->links->len == 0)
    return;
  button = kaf_pick_button_new (_ ("Related Records"), "list-add-symbolic");
  for (guint i = 0; i < group->links->len; i++)
    {
      const KafLink *link = g_ptr_array_index (group->links, i);
      g_autofree char *name = kaf_link_describe (link, kaf_application_get_lang ());

      kaf_pick_button_add (KAF_PICK_BUTTON (button), _ (groups[link->kind]), name);
    }
  g_signal_connect (button, "picked", G_CALLBACK (add_related_cb), group);
  kaf_wrap_append (KAF_WRAP (wrap), button);
}

/* No deeper than what may be kept. */
static GtkWidget *
new_foot (Group *group, guint depth)
{
  GtkWidget *wrap = kaf_wrap_new (0, 0);

  kaf_wrap_append (KAF_WRAP (wrap), new_add_button (C_ ("conditions", "Condition"),
                                                    G_CALLBACK (add_condition_cb), group));
  if (depth + 2 < KAF_NODE_DEPTH_MAX)
    {
      kaf_wrap_append (KAF_WRAP (wrap), new_add_button (C_ ("conditions", "Group"),
                                                        G_CALLBACK (add_group_cb), group));
      add_links (group, wrap);
    }
  return wrap;
}

static GtkWidget *
new_row (KafQueryEditor *self, Group *group, KafNode *node)
{
  GtkWidget *row =
      kaf_condition_row_new (self->store, group->inner, node, self->role_reads, self->lang);

  g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, 0);
  g_signal_connect (row, "remove", G_CALLBACK (remove_row_cb), group);
  g_hash_table_insert (self->rows, node, row);
  return row;
}

/* @entity: of the records that the group stands among. */
static GtkWidget *
new_group (
    KafQueryEditor *self, KafNode *node, KafNode *parent, const KafEntity *entity, guint depth)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Group *group = g_new0 (Group, 1);

  *group = (Group){ self, node, parent, kaf_node_get_inner (node, entity), NULL };
  g_object_set_data_full (G_OBJECT (box), "group", group, group_free);

  gtk_widget_add_css_class (box, "kaf-query-group");
  if (parent != NULL)
    gtk_widget_add_css_class (box, "card");
  gtk_box_append (GTK_BOX (box), new_head (group));
  for (guint i = 0; i < node->children->len; i++)
    {
      KafNode *child = g_ptr_array_index (node->children, i);

      gtk_box_append (GTK_BOX (box), child->kind == KAF_NODE_CONDITION
                                         ? new_row (self, group, child)
                                         : new_group (self, child, node, group->inner, depth + 1));
    }
  gtk_box_append (GTK_BOX (box), new_foot (group, depth));
  return box;
}

/* Nodes go before the widgets that were made for them are gone for good. */
static void
let_rows_go (KafQueryEditor *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    kaf_condition_row_let_go (row);
  g_hash_table_remove_all (self->rows);
}

static void
rebuild (KafQueryEditor *self, const KafNode *enter)
{
  GtkWidget *row;

  self->typing = NULL;
  let_rows_go (self);
  if (self->body != NULL)
    gtk_box_remove (GTK_BOX (self), self->body);
  self->body = new_group (self, self->root, NULL, kaf_query_get_entity (self->query), 0);
  gtk_box_append (GTK_BOX (self), self->body);
  while (enter != NULL && enter->kind != KAF_NODE_CONDITION)
    enter = enter->children->len > 0 ? g_ptr_array_index (enter->children, 0) : NULL;
  row = enter != NULL ? g_hash_table_lookup (self->rows, enter) : NULL;
  if (row != NULL)
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
kaf_query_editor_dispose (GObject *object)
{
  KafQueryEditor *self = KAF_QUERY_EDITOR (object);

  let_rows_go (self);
  if (self->body != NULL)
    gtk_box_remove (GTK_BOX (self), self->body);
  self->body = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_query_editor_parent_class)->dispose (object);
}

static void
kaf_query_editor_finalize (GObject *object)
{
  KafQueryEditor *self = KAF_QUERY_EDITOR (object);

  g_clear_pointer (&self->query, kaf_query_unref);
  g_clear_pointer (&self->root, kaf_node_free);
  g_clear_pointer (&self->last, kaf_node_free);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (kaf_query_editor_parent_class)->finalize (object);
}

static void
kaf_query_editor_class_init (KafQueryEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_query_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_query_editor_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "query.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "query.redo", NULL, on_redo);
  gtk_widget_class_install_action (widget_class, "query.add", NULL, on_add);
}

/* Before an entry takes the keys for itself. */
static void
add_keys (KafQueryEditor *self)
{
  static const struct
  {
    const char *keys, *action;
  } bindings[] = {
    { "<Control>z", "query.undo" },
    { "<Control><Shift>z", "query.redo" },
    { "<Control>Return", "query.add" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (bindings[i].keys),
                          gtk_named_action_new (bindings[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
kaf_query_editor_init (KafQueryEditor *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_node_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_node_free);
  self->rows = g_hash_table_new (NULL, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  add_keys (self);
}

GtkWidget *
kaf_query_editor_new (KafStore *store, guint role_reads, KafLang lang)
{
  KafQueryEditor *self = g_object_new (KAF_TYPE_QUERY_EDITOR, NULL);

  self->store = g_object_ref (store);
  self->role_reads = role_reads;
  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_query_editor_set_query (KafQueryEditor *self, const KafQuery *query)
{
  KafQuery *copy;

  g_return_if_fail (KAF_IS_QUERY_EDITOR (self));

  copy = kaf_query_copy (query);
  g_clear_pointer (&self->query, kaf_query_unref);
  self->query = copy;
  g_clear_pointer (&self->root, kaf_node_free);
  g_clear_pointer (&self->last, kaf_node_free);
  self->root = kaf_query_get_tree (query);
  self->last = kaf_node_copy (self->root);
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  rebuild (self, NULL);
  update_actions (self);
}

/* What is whole of a node; NULL when nothing is. (transfer full) */
static KafNode *
prune (const KafEntity *entity, const KafNode *node, guint *left_out)
{
  KafNode *copy;

  if (node->kind == KAF_NODE_CONDITION)
    {
      if (kaf_condition_is_whole (entity, node->condition))
        return kaf_node_copy (node);
      (*left_out)++;
      return NULL;
    }
  copy = node->kind == KAF_NODE_RELATED
             ? kaf_node_new_related (&node->link, node->how, node->at_least)
             : kaf_node_new_group (node->kind);
  for (guint i = 0; i < node->children->len; i++)
    {
      KafNode *child = prune (kaf_node_get_inner (node, entity),
                              g_ptr_array_index (node->children, i), left_out);

      if (child != NULL)
        kaf_node_add (copy, child);
    }
  return copy;
}

KafQuery *
kaf_query_editor_get_query (KafQueryEditor *self, guint *left_out)
{
  g_autoptr (KafNode) tree = NULL;
  KafQuery *query;
  guint n = 0;

  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self) && self->query != NULL, NULL);

  tree = prune (kaf_query_get_entity (self->query), self->root, &n);
  query = kaf_query_copy (self->query);
  kaf_query_set_tree (query, tree);
  if (left_out != NULL)
    *left_out = n;
  return query;
}

const KafNode *
kaf_query_editor_get_root (KafQueryEditor *self)
{
  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self), NULL);

  return self->root;
}

static const KafNode *
find_left_out (const KafEntity *entity, const KafNode *node)
{
  const KafNode *found = NULL;

  if (node->kind == KAF_NODE_CONDITION)
    return kaf_condition_is_whole (entity, node->condition) ? NULL : node;
  for (guint i = 0; found == NULL && i < node->children->len; i++)
    found =
        find_left_out (kaf_node_get_inner (node, entity), g_ptr_array_index (node->children, i));
  return found;
}

gboolean
kaf_query_editor_enter_left_out (KafQueryEditor *self)
{
  const KafNode *node;
  GtkWidget *row;

  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self), FALSE);

  node = find_left_out (kaf_query_get_entity (self->query), self->root);
  row = node != NULL ? g_hash_table_lookup (self->rows, node) : NULL;
  if (row != NULL)
    kaf_condition_row_enter (KAF_CONDITION_ROW (row));
  return row != NULL;
}

GtkWidget *
kaf_query_editor_find_row (KafQueryEditor *self, const KafNode *node)
{
  g_return_val_if_fail (KAF_IS_QUERY_EDITOR (self), NULL);

  return g_hash_table_lookup (self->rows, node);
}
