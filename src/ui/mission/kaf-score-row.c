/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-score-row.h"

#include <glib/gi18n-lib.h>

#define BEST 5

struct _KafScoreRow
{
  GtkBox parent_instance;

  char *question;
  GtkWidget *buttons[BEST + 1]; /* from 1 */
  int score;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (KafScoreRow, kaf_score_row, GTK_TYPE_BOX)

enum
{
  SIGNAL_SCORED,
  SIGNAL_PASSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
kaf_score_row_finalize (GObject *object)
{
  g_free (KAF_SCORE_ROW (object)->question);
  G_OBJECT_CLASS (kaf_score_row_parent_class)->finalize (object);
}

/* Tab passes over a box that takes the focus, and looks into it alone: there are buttons that do not. */
static gboolean
kaf_score_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);
}

static void
kaf_score_row_class_init (KafScoreRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_score_row_finalize;
  widget_class->focus = kaf_score_row_focus;
  gtk_widget_class_set_css_name (widget_class, "scorerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_SCORED] =
      g_signal_new ("scored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PASSED] =
      g_signal_new ("passed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
say (KafScoreRow *self)
{
  g_autofree char *text =
      self->score > 0
          /* Translators: a question of an evaluation, and its score out of five. */
          ? g_strdup_printf (_ ("%s: %d out of 5"), self->question, self->score)
          : g_strdup_printf (_ ("%s: no score"), self->question);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
kaf_score_row_set (KafScoreRow *self, int score)
{
  g_return_if_fail (KAF_IS_SCORE_ROW (self) && score >= 0 && score <= BEST);

  self->score = score;
  self->showing = TRUE;
  for (int i = 1; i <= BEST; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), i == score);
  self->showing = FALSE;
  say (self);
}

int
kaf_score_row_get (KafScoreRow *self)
{
  g_return_val_if_fail (KAF_IS_SCORE_ROW (self), 0);
  return self->score;
}

static void
give (KafScoreRow *self, int score)
{
  kaf_score_row_set (self, score);
  g_signal_emit (self, signals[SIGNAL_SCORED], 0);
}

/* The button of the score that is given takes it back. */
static void
on_toggled (GtkToggleButton *button, KafScoreRow *self)
{
  if (self->showing)
    return;
  for (int i = 1; i <= BEST; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      give (self, self->score == i ? 0 : i);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
kaf_score_row_press (KafScoreRow *self, int score)
{
  g_return_if_fail (KAF_IS_SCORE_ROW (self) && score >= 0 && score <= BEST);

  give (self, score);
  if (score > 0)
    g_signal_emit (self, signals[SIGNAL_PASSED], 0);
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KafScoreRow *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int digit = g_unichar_digit_value (gdk_keyval_to_unicode (keyval));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (digit >= 0 && digit <= BEST)
    {
      kaf_score_row_press (self, digit);
      return TRUE;
    }
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      give (self, CLAMP (self->score + ((keyval == GDK_KEY_Right) != rtl ? 1 : -1), 1, BEST));
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      give (self, 0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
kaf_score_row_init (KafScoreRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
kaf_score_row_new (const char *question)
{
  KafScoreRow *self = g_object_new (KAF_TYPE_SCORE_ROW, "spacing", 12, NULL);
  GtkWidget *label = gtk_label_new (question);
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->question = g_strdup (question);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (linked, "linked");
  gtk_widget_set_valign (linked, GTK_ALIGN_CENTER);
  for (int i = 1; i <= BEST; i++)
    {
      g_autofree char *figure = g_strdup_printf ("%d", i);
      g_autofree char *name = g_strdup_printf (_ ("%s: %d out of 5"), question, i);

      self->buttons[i] = gtk_toggle_button_new_with_label (figure);
      /* One stop of Tab a question. */
      gtk_widget_set_focusable (self->buttons[i], FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (GTK_BOX (linked), self->buttons[i]);
    }
  gtk_box_append (GTK_BOX (self), label);
  gtk_box_append (GTK_BOX (self), linked);
  say (self);
  return GTK_WIDGET (self);
}
