/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-budget-cell.h"

#include "ui/compat/kaf-tooltip.h"

struct _KafBudgetCell
{
  GtkWidget parent_instance;

  GtkWidget *label;
  GtkWidget *entry; /* NULL: it is not being written */
  gboolean figure;
  gboolean ending;
  char *says;
  const char *style; /* static; nullable */
};

G_DEFINE_FINAL_TYPE (KafBudgetCell, kaf_budget_cell, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_WRITTEN,
  SIGNAL_GIVEN_UP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* GTK mirrors the alignment of a label: the last digit is at the right in both directions. */
static void
align (KafBudgetCell *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float place = self->figure ? (rtl ? 0 : 1) : 0;

  gtk_label_set_xalign (GTK_LABEL (self->label), place);
  if (self->entry != NULL)
    gtk_editable_set_alignment (GTK_EDITABLE (self->entry), place);
}

static void
kaf_budget_cell_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  GTK_WIDGET_CLASS (kaf_budget_cell_parent_class)->direction_changed (widget, before);
  align (KAF_BUDGET_CELL (widget));
}

static void
kaf_budget_cell_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kaf_budget_cell_parent_class)->root (widget);
  align (KAF_BUDGET_CELL (widget));
}

static void
kaf_budget_cell_dispose (GObject *object)
{
  KafBudgetCell *self = KAF_BUDGET_CELL (object);

  self->ending = TRUE;
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_budget_cell_parent_class)->dispose (object);
}

static void
kaf_budget_cell_finalize (GObject *object)
{
  g_free (KAF_BUDGET_CELL (object)->says);
  G_OBJECT_CLASS (kaf_budget_cell_parent_class)->finalize (object);
}

static void
kaf_budget_cell_class_init (KafBudgetCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_budget_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_budget_cell_finalize;
  widget_class->direction_changed = kaf_budget_cell_direction_changed;
  widget_class->root = kaf_budget_cell_root;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "budgetcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_GIVEN_UP] =
      g_signal_new ("given-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_budget_cell_init (KafBudgetCell *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
kaf_budget_cell_new (gboolean figure, int least)
{
  KafBudgetCell *self = g_object_new (KAF_TYPE_BUDGET_CELL, NULL);

  self->figure = figure;
  gtk_label_set_width_chars (GTK_LABEL (self->label), least);
  if (figure)
    {
      gtk_widget_add_css_class (self->label, "numeric");
      /* A figure is never cut. */
      gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_NONE);
    }
  align (self);
  return GTK_WIDGET (self);
}

void
kaf_budget_cell_set (KafBudgetCell *self, const char *text, const char *label, const char *style)
{
  g_return_if_fail (KAF_IS_BUDGET_CELL (self));

  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = g_intern_string (style);
  if (self->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->style);
  g_free (self->says);
  self->says = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  kaf_tooltip_set (GTK_WIDGET (self), self->figure ? NULL : text);
}

const char *
kaf_budget_cell_get_text (KafBudgetCell *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_CELL (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

const char *
kaf_budget_cell_get_label (KafBudgetCell *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_CELL (self), NULL);

  return self->says;
}

/* Writing */

static void
emit_written (KafBudgetCell *self, int step)
{
  if (self->entry != NULL && !self->ending)
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0, step);
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KafBudgetCell *self)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Down:
      emit_written (self, 2);
      return TRUE;
    case GDK_KEY_Tab:
      emit_written (self, 1);
      return TRUE;
    case GDK_KEY_ISO_Left_Tab:
      emit_written (self, -1);
      return TRUE;
    case GDK_KEY_Escape:
      g_signal_emit (self, signals[SIGNAL_GIVEN_UP], 0);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Nothing typed is lost: who clicks elsewhere keeps it. */
static void
on_focus_left (GtkEventControllerFocus *focus, KafBudgetCell *self)
{
  emit_written (self, 0);
}

void
kaf_budget_cell_begin (KafBudgetCell *self, const char *text, gboolean chosen)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (KAF_IS_BUDGET_CELL (self));

  if (self->entry != NULL)
    return;
  self->entry = gtk_text_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->label, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "written");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (self->entry, focus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->says, -1);
  align (self);
  gtk_widget_grab_focus (self->entry);
  if (chosen)
    gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  else
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

gboolean
kaf_budget_cell_is_written (KafBudgetCell *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_CELL (self), FALSE);

  return self->entry != NULL;
}

const char *
kaf_budget_cell_get_typed (KafBudgetCell *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_CELL (self), NULL);

  return self->entry != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->entry)) : NULL;
}

void
kaf_budget_cell_set_typed (KafBudgetCell *self, const char *typed)
{
  g_return_if_fail (KAF_IS_BUDGET_CELL (self));

  if (self->entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
}

void
kaf_budget_cell_end (KafBudgetCell *self)
{
  g_return_if_fail (KAF_IS_BUDGET_CELL (self));

  if (self->entry == NULL || self->ending)
    return;
  self->ending = TRUE;
  if (gtk_widget_has_focus (self->entry))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (self->entry);
  self->entry = NULL;
  self->ending = FALSE;
  gtk_widget_set_child_visible (self->label, TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "written");
  kaf_budget_cell_set_wrong (self, NULL);
}

void
kaf_budget_cell_set_wrong (KafBudgetCell *self, const char *sentence)
{
  g_return_if_fail (KAF_IS_BUDGET_CELL (self));

  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
  if (self->entry == NULL)
    return;
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
}
