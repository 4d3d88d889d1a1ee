/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In a window without room for ten names the strip scrolls sideways; the tile chosen is brought into view. */
#include "config.h"

#include "ui/mission/kaf-board-strip.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/mission/kaf-board-text.h"

typedef struct
{
  GtkWidget *button, *count, *late;
} Tile;

struct _KafBoardStrip
{
  GtkBox parent_instance;

  Tile tiles[KAF_MISSION_STEPS + 1]; /* from 1 */
  KafLang lang;
  gboolean quiet; /* a tile follows, and is not pressed */
};

enum
{
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafBoardStrip, kaf_board_strip, GTK_TYPE_BOX)

static guint
find_step (KafBoardStrip *self, GtkWidget *button)
{
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    if (self->tiles[step].button == button)
      return step;
  return 0;
}

static void
on_toggled (GtkToggleButton *button, KafBoardStrip *self)
{
  guint step = find_step (self, GTK_WIDGET (button));

  if (!self->quiet)
    g_signal_emit (self, signals[STEP], 0, gtk_toggle_button_get_active (button) ? step : 0);
}

static void
kaf_board_strip_class_init (KafBoardStripClass *klass)
{
  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, class);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_tile (KafBoardStrip *self, GtkWidget *row, guint step)
{
  Tile *tile = &self->tiles[step];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (kaf_board_step_name (step));
  g_autofree char *number = kaf_number_format (step, self->lang);

  gtk_widget_set_halign (figures, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (add_label (figures, number, "caption"), "dim-label");
  tile->count = add_label (figures, NULL, "title-3");
  gtk_widget_add_css_class (tile->count, "numeric");
  tile->late = add_label (figures, NULL, "kaf-board-late");
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "kaf-board-step-name");
  gtk_box_append (GTK_BOX (box), figures);
  gtk_box_append (GTK_BOX (box), name);

  tile->button = gtk_toggle_button_new ();
  gtk_widget_add_css_class (tile->button, "flat");
  gtk_widget_add_css_class (tile->button, "kaf-board-tile");
  gtk_widget_set_hexpand (tile->button, TRUE);
  gtk_button_set_child (GTK_BUTTON (tile->button), box);
  g_signal_connect (tile->button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (row), tile->button);
}

static void
kaf_board_strip_init (KafBoardStrip *self)
{
}

GtkWidget *
kaf_board_strip_new (KafLang lang)
{
  KafBoardStrip *self = g_object_new (KAF_TYPE_BOARD_STRIP, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  self->lang = lang;
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    add_tile (self, row, step);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), row);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (self), scrolled);
  return GTK_WIDGET (self);
}

static void
set_tile (KafBoardStrip *self, guint step, const KafBoardStep *found)
{
  Tile *tile = &self->tiles[step];
  g_autofree char *count = kaf_number_format (found->n, self->lang);
  g_autofree char *late = kaf_number_format (found->n_late, self->lang);
  g_autofree char *missions =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s mission", "%s missions", found->n), count);
  g_autofree char *all = found->n_late > 0
                             ? g_strdup_printf (_ ("%s, %s of them late"), missions, late)
                             : g_strdup (missions);
  g_autofree char *name =
      g_strdup_printf (_ ("Step %u, %s: %s"), step, kaf_board_step_name (step), all);

  gtk_label_set_label (GTK_LABEL (tile->count), count);
  gtk_label_set_label (GTK_LABEL (tile->late), late);
  gtk_widget_set_visible (tile->late, found->n_late > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

void
kaf_board_strip_set (KafBoardStrip *self, const KafBoard *board, guint step)
{
  g_return_if_fail (KAF_IS_BOARD_STRIP (self));

  self->quiet = TRUE;
  for (guint i = 1; i <= KAF_MISSION_STEPS; i++)
    {
      set_tile (self, i, &board->steps[i]);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tiles[i].button), i == step);
    }
  self->quiet = FALSE;
}

GtkWidget *
kaf_board_strip_get_tile (KafBoardStrip *self, guint step)
{
  g_return_val_if_fail (KAF_IS_BOARD_STRIP (self), NULL);
  g_return_val_if_fail (step >= 1 && step <= KAF_MISSION_STEPS, NULL);
  return self->tiles[step].button;
}
