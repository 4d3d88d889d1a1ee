/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of lists and choices are ticked in the popover of the filter chips; days are counted in a spin button; what is
 * typed is read as in a form, and stays, marked, when it does not read. */
#include "config.h"

#include "ui/segment/kaf-condition-row.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "schema/kaf-value.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/list/kaf-filter-popover.h"
#include "ui/record/kaf-wrap.h"
#include "ui/segment/kaf-askable.h"
#include "ui/segment/kaf-pick-button.h"

#define DAYS_FIRST "90"

struct _KafConditionRow
{
  GtkBox parent_instance;

  KafStore *store;
  const KafEntity *entity;
  KafNode *node;
  guint role_reads;
  KafLang lang;
  GCancellable *cancellable;
  GPtrArray *fields;  /* of KafField, offered */
  GPtrArray *filters; /* one KafFilter, of the field; nullable */

  GtkWidget *wrap;
  GtkWidget *field;
  GtkWidget *op;    /* nullable */
  GtkWidget *value; /* nullable */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (KafConditionRow, kaf_condition_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void rebuild (KafConditionRow *self);
static void show_chosen (KafConditionRow *self);

static const KafField *
get_field (KafConditionRow *self)
{
  const char *path = self->node != NULL ? self->node->condition->path : NULL;

  return path != NULL ? kaf_query_resolve (self->entity, path, NULL, NULL) : NULL;
}

gboolean
kaf_condition_is_whole (const KafEntity *entity, const KafCondition *condition)
{
  return condition->path != NULL &&
         kaf_query_resolve (entity, condition->path, NULL, NULL) != NULL &&
         (!kaf_op_takes_values (condition->op) ||
          (condition->values != NULL && condition->values[0] != NULL));
}

static void
take_values (KafConditionRow *self, const char *const *values, gboolean typed)
{
  char **copy = g_strdupv ((char **) values);

  g_strfreev (self->node->condition->values);
  self->node->condition->values = copy;
  g_signal_emit (self, signals[CHANGED], 0, typed);
}

static const char *
first_value (KafConditionRow *self)
{
  char **values = self->node->condition->values;

  return values != NULL ? values[0] : NULL;
}

/* Values */

static void
label_value (KafConditionRow *self, GtkWidget *widget)
{
  const KafField *field = get_field (self);
  /* Translators: what a screen reader says of the value of a condition: "Value of Country". */
  g_autofree char *name = g_strdup_printf (_ ("Value of %s"), _ (field->label));

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static KafFilter *
get_filter (KafConditionRow *self)
{
  return self->filters != NULL ? g_ptr_array_index (self->filters, 0) : NULL;
}

static void
ticked_cb (KafConditionRow *self, const char *path, int op, GStrv values)
{
  if (self->node == NULL)
    return;
  take_values (self, values != NULL && values[0] != NULL ? (const char *const *) values : NULL,
               FALSE);
  show_chosen (self);
}

/* The filter lasts until its values are there, whatever the row shows by then. */
typedef struct
{
  KafConditionRow *row;
  GPtrArray *filters;
} Load;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Load *load = data;
  g_autoptr (KafConditionRow) self = load->row;
  g_autoptr (GPtrArray) filters = load->filters;
  g_autoptr (GError) error = NULL;

  if (kaf_filter_load_finish (g_ptr_array_index (filters, 0), KAF_STORE (source), result, &error))
    {
      if (self->node != NULL && self->filters == filters)
        show_chosen (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("values of a condition: %s", error->message);
}

static void
show_chosen (KafConditionRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char **values = self->node->condition->values;

  if (!GTK_IS_MENU_BUTTON (self->value))
    return;
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      const char *title = kaf_filter_find_title (get_filter (self), values[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? C_ ("conditions", " or ") : "",
                              title != NULL ? title : "…");
    }
  gtk_label_set_label (GTK_LABEL (gtk_menu_button_get_child (GTK_MENU_BUTTON (self->value))),
                       text->len > 0 ? text->str : _ ("Choose…"));
}

/* The popover knows only "one of": which values are ticked. */
static void
popover_shown_cb (KafConditionRow *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->value));
  g_autoptr (KafQuery) query = kaf_query_new (self->entity);

  kaf_query_set_condition (query, self->node->condition->path, KAF_OP_ANY_OF,
                           (const char *const *) self->node->condition->values);
  kaf_filter_popover_show_filter (KAF_FILTER_POPOVER (popover), get_filter (self), query);
}

static GtkWidget *
new_chooser (KafConditionRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *popover;

  self->filters = kaf_filters_new_one (self->entity, self->node->condition->path);
  popover = kaf_filter_popover_new (self->store, self->filters, self->lang);
  g_signal_connect_object (popover, "condition", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  /* Many values end in an ellipsis where there is little room. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  if (get_filter (self)->values == NULL)
    {
      Load *load = g_new (Load, 1);

      *load = (Load){ g_object_ref (self), g_ptr_array_ref (self->filters) };
      kaf_filter_load_async (get_filter (self), self->store, self->lang, self->cancellable,
                             loaded_cb, load);
    }
  return button;
}

static void
answer_cb (GtkDropDown *answer, GParamSpec *spec, KafConditionRow *self)
{
  if (!self->filling)
    take_values (
        self, (const char *const[]){ gtk_drop_down_get_selected (answer) == 0 ? "1" : "0", NULL },
        FALSE);
}

static GtkWidget *
new_answer (KafConditionRow *self)
{
  const char *const words[] = { _ ("Yes"), _ ("No"), NULL };
  GtkWidget *answer = gtk_drop_down_new_from_strings (words);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (answer), g_strcmp0 (first_value (self), "0") == 0);
  g_signal_connect (answer, "notify::selected", G_CALLBACK (answer_cb), self);
  return answer;
}

static void
days_cb (GtkSpinButton *spin, KafConditionRow *self)
{
  g_autofree char *days = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (spin));

  if (!self->filling)
    take_values (self, (const char *const[]){ days, NULL }, TRUE);
}

static GtkWidget *
new_days (KafConditionRow *self)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, KAF_OP_DAYS_MAX, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), g_ascii_strtod (first_value (self), NULL));
  g_signal_connect (spin, "value-changed", G_CALLBACK (days_cb), self);
  return spin;
}

/* Canonical; NULL when it does not read. (transfer full) */
static char *
read_typed (KafConditionRow *self, const char *text)
{
  const KafField *field = get_field (self);
  char *canonical = NULL;

  if (field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE)
    return kaf_date_normalise (text, TRUE, NULL);
  if (self->node->condition->op == KAF_OP_CONTAINS)
    return g_strdup (text);
  if (!kaf_value_parse (field, text, NULL, &canonical, NULL, NULL))
    return NULL;
  return canonical;
}

static void
typed_cb (GtkEditable *entry, KafConditionRow *self)
{
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *canonical = *text != '\0' ? read_typed (self, text) : NULL;

  if (self->filling)
    return;
  if (*text != '\0' && canonical == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  take_values (self, canonical != NULL ? (const char *const[]){ canonical, NULL } : NULL, TRUE);
}

static GtkWidget *
new_entry (KafConditionRow *self)
{
  const KafField *field = get_field (self);
  gboolean date = field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE;
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *text = NULL;

  if (first_value (self) != NULL)
    text = date ? kaf_date_format (first_value (self), self->lang, KAF_DATE_SHORT)
                : kaf_value_format (field, first_value (self), self->lang, NULL, NULL);
  if (date)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Day, month or year"));
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 14);
  g_signal_connect (entry, "changed", G_CALLBACK (typed_cb), self);
  return entry;
}

static GtkWidget *
new_value (KafConditionRow *self)
{
  const KafField *field = get_field (self);
  KafOp op = self->node->condition->op;

  if (!kaf_op_takes_values (op))
    return NULL;
  if (kaf_op_is_relative (op))
    return new_days (self);
  switch (field->kind)
    {
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
      return new_chooser (self);
    case KAF_KIND_BOOLEAN:
      return new_answer (self);
    default:
      return new_entry (self);
    }
}

/* Field and operator */

/* What a new operator begins with: nothing is asked that one did not see. */
static void
begin_values (KafConditionRow *self)
{
  const KafField *field = get_field (self);
  KafCondition *condition = self->node->condition;

  g_clear_pointer (&condition->values, g_strfreev);
  if (kaf_op_is_relative (condition->op))
    condition->values = g_strdupv ((char *[]){ (char *) DAYS_FIRST, NULL });
  else if (field->kind == KAF_KIND_BOOLEAN && kaf_op_takes_values (condition->op))
    condition->values = g_strdupv ((char *[]){ (char *) "1", NULL });
}

/* Values of one operator that stand under another too: "is" and "is not". */
static gboolean
keeps_values (KafOp a, KafOp b)
{
  return kaf_op_takes_values (a) && kaf_op_takes_values (b) &&
         kaf_op_is_relative (a) == kaf_op_is_relative (b);
}

void
kaf_condition_row_set_op (KafConditionRow *self, KafOp op)
{
  KafOp before = self->node->condition->op;

  g_return_if_fail (KAF_IS_CONDITION_ROW (self));

  if (before == op)
    return;
  self->node->condition->op = op;
  if (!keeps_values (before, op))
    begin_values (self);
  rebuild (self);
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

static void
op_cb (GtkDropDown *drop_down, GParamSpec *spec, KafConditionRow *self)
{
  const KafField *field = get_field (self);

  if (!self->filling && field != NULL)
    {
      kaf_condition_row_set_op (self,
                                kaf_askable_ops (field)[gtk_drop_down_get_selected (drop_down)]);
      kaf_condition_row_enter (self);
    }
}

static GtkWidget *
new_op (KafConditionRow *self)
{
  const KafField *field = get_field (self);
  const KafOp *ops = kaf_askable_ops (field);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  guint chosen = 0;

  for (guint i = 0; ops[i] != KAF_N_OPS; i++)
    {
      gtk_string_list_append (words, kaf_askable_op_label (field, ops[i]));
      if (ops[i] == self->node->condition->op)
        chosen = i;
    }
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Comparison"), -1);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (op_cb), self);
  return drop_down;
}

void
kaf_condition_row_set_field (KafConditionRow *self, const char *path)
{
  KafCondition *condition = self->node->condition;
  g_autofree char *old = condition->path;

  g_return_if_fail (KAF_IS_CONDITION_ROW (self));

  condition->path = g_strdup (path);
  condition->op = kaf_askable_ops (get_field (self))[0];
  begin_values (self);
  rebuild (self);
  g_signal_emit (self, signals[CHANGED], 0, FALSE);
}

static void
picked_cb (KafConditionRow *self, guint index)
{
  const KafField *field = g_ptr_array_index (self->fields, index);

  kaf_condition_row_set_field (self, field->id);
  kaf_condition_row_enter (self);
}

static void
remove_cb (KafConditionRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static GtkWidget *
new_field_button (KafConditionRow *self)
{
  const KafField *field = get_field (self);
  GtkWidget *button =
      kaf_pick_button_new (field != NULL ? _ (field->label) : _ ("Choose a field…"), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const KafField *offered = g_ptr_array_index (self->fields, i);
      g_autofree char *group = kaf_askable_group (self->entity, offered);

      kaf_pick_button_add (KAF_PICK_BUTTON (button), group, _ (offered->label));
    }
  g_signal_connect_object (button, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
rebuild (KafConditionRow *self)
{
  self->filling = TRUE;
  kaf_wrap_clear (KAF_WRAP (self->wrap));
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  self->op = self->value = NULL;
  self->field = new_field_button (self);
  kaf_wrap_append (KAF_WRAP (self->wrap), self->field);
  if (get_field (self) != NULL)
    {
      self->op = new_op (self);
      kaf_wrap_append (KAF_WRAP (self->wrap), self->op);
      self->value = new_value (self);
    }
  if (self->value != NULL)
    {
      label_value (self, self->value);
      kaf_wrap_append (KAF_WRAP (self->wrap), self->value);
      show_chosen (self);
    }
  self->filling = FALSE;
}

static void
kaf_condition_row_dispose (GObject *object)
{
  KafConditionRow *self = KAF_CONDITION_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_condition_row_parent_class)->dispose (object);
}

static void
kaf_condition_row_class_init (KafConditionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_condition_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_condition_row_init (KafConditionRow *self)
{
  GtkWidget *cross = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->wrap = kaf_wrap_new (6, 6);
  gtk_widget_set_hexpand (self->wrap, TRUE);
  gtk_widget_add_css_class (cross, "flat");
  gtk_widget_add_css_class (cross, "circular");
  gtk_widget_set_valign (cross, GTK_ALIGN_START);
  kaf_tooltip_set (cross, _ ("Remove the Condition"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cross), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove the Condition"), -1);
  g_signal_connect_swapped (cross, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self), self->wrap);
  gtk_box_append (GTK_BOX (self), cross);
}

GtkWidget *
kaf_condition_row_new (
    KafStore *store, const KafEntity *entity, KafNode *node, guint role_reads, KafLang lang)
{
  KafConditionRow *self = g_object_new (KAF_TYPE_CONDITION_ROW, NULL);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->node = node;
  self->role_reads = role_reads;
  self->lang = lang;
  self->fields = kaf_askable_fields (entity, role_reads);
  rebuild (self);
  return GTK_WIDGET (self);
}

void
kaf_condition_row_let_go (KafConditionRow *self)
{
  g_return_if_fail (KAF_IS_CONDITION_ROW (self));

  g_cancellable_cancel (self->cancellable);
  self->node = NULL;
}

KafNode *
kaf_condition_row_get_node (KafConditionRow *self)
{
  g_return_val_if_fail (KAF_IS_CONDITION_ROW (self), NULL);

  return self->node;
}

void
kaf_condition_row_set_values (KafConditionRow *self, const char *const *values)
{
  g_return_if_fail (KAF_IS_CONDITION_ROW (self));

  take_values (self, values, FALSE);
  rebuild (self);
}

void
kaf_condition_row_enter (KafConditionRow *self)
{
  g_return_if_fail (KAF_IS_CONDITION_ROW (self));

  if (get_field (self) == NULL)
    kaf_pick_button_open (KAF_PICK_BUTTON (self->field));
  else if (self->value != NULL)
    gtk_widget_child_focus (self->value, GTK_DIR_TAB_FORWARD);
}
