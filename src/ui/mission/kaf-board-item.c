/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-board-item.h"

#include "ui/list/kaf-initials.h"
#include "ui/mission/kaf-board-text.h"
#include "ui/mission/kaf-step-segments.h"
#include "ui/record/kaf-pill.h"

#define INITIALS_SIZE 18

struct _KafBoardItem
{
  GtkButton parent_instance;

  char *id;
  guint step;
};

G_DEFINE_FINAL_TYPE (KafBoardItem, kaf_board_item, GTK_TYPE_BUTTON)

static void
kaf_board_item_finalize (GObject *object)
{
  g_free (KAF_BOARD_ITEM (object)->id);
  G_OBJECT_CLASS (kaf_board_item_parent_class)->finalize (object);
}

/* At once: GTK waits a quarter of a second to show the press, and a board that is laid out anew meanwhile (findings
 * came, the window grew) would drop the card together with the key. */
static void
kaf_board_item_activate (GtkButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
kaf_board_item_class_init (KafBoardItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_board_item_finalize;
  GTK_BUTTON_CLASS (klass)->activate = kaf_board_item_activate;
}

static void
kaf_board_item_init (KafBoardItem *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-board-item");
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, KAF_BOARD_ITEM_HEIGHT);
}

static GtkWidget *
make_label (const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

static GtkWidget *
make_line (const KafBoardCard *card, KafDay today, KafLang lang)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *place = make_label (card->place, "caption", "dim-label");
  const char *style;
  g_autofree char *tag = kaf_board_text_tag (card, today, &style);
  g_autofree char *days = kaf_board_text_days (card, today, lang);
  GtkWidget *when = gtk_label_new (days);

  gtk_widget_set_hexpand (place, TRUE);
  gtk_box_append (GTK_BOX (line), place);
  if (tag != NULL)
    {
      GtkWidget *pill = kaf_pill_new (tag, style);

      kaf_pill_set_whole (KAF_PILL (pill), TRUE);
      gtk_box_append (GTK_BOX (line), pill);
    }
  gtk_widget_add_css_class (when, "caption");
  gtk_widget_add_css_class (when, "dim-label");
  gtk_widget_add_css_class (when, "numeric");
  gtk_box_append (GTK_BOX (line), when);
  if (card->who != NULL)
    {
      GtkWidget *initials = kaf_initials_new (INITIALS_SIZE);

      kaf_initials_set_name (initials, card->who);
      gtk_widget_set_valign (initials, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (initials, "kaf-board-who");
      gtk_box_append (GTK_BOX (line), initials);
    }
  return line;
}

static KafStepperState
choose_state (const KafBoardCard *card, guint step)
{
  if (step < card->step || card->state == KAF_MISSION_CLOSED)
    return KAF_STEPPER_DONE;
  if (step > card->step)
    return KAF_STEPPER_TO_COME;
  return card->late ? KAF_STEPPER_RECHECK : KAF_STEPPER_OPEN;
}

static GtkWidget *
make_segments (const KafBoardCard *card, KafDay today)
{
  GtkWidget *segments = kaf_step_segments_new ();
  const char *style;
  g_autofree char *tag = kaf_board_text_tag (card, today, &style);
  gboolean blocked = tag != NULL && g_strcmp0 (style, "error") == 0;

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    kaf_step_segments_set (KAF_STEP_SEGMENTS (segments), step, choose_state (card, step),
                           blocked && step == card->step);
  return segments;
}

GtkWidget *
kaf_board_item_new (const KafBoardCard *card, KafDay today, KafLang lang)
{
  KafBoardItem *self = g_object_new (KAF_TYPE_BOARD_ITEM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = kaf_board_text_name (card, today, lang);
  GtkWidget *segments = make_segments (card, today);

  self->id = g_strdup (card->id);
  self->step = card->step;
  gtk_box_append (GTK_BOX (box), make_label (card->title, NULL, NULL));
  gtk_box_append (GTK_BOX (box), make_line (card, today, lang));
  gtk_widget_set_margin_top (segments, 3);
  gtk_box_append (GTK_BOX (box), segments);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", "mission", card->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-record");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const char *
kaf_board_item_get_id (KafBoardItem *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_ITEM (self), NULL);
  return self->id;
}

guint
kaf_board_item_get_step (KafBoardItem *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_ITEM (self), 0);
  return self->step;
}
