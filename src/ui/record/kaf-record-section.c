/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame that all parts of a record's page share, and the small pieces they are made of. */
#include "config.h"

#include "ui/record/kaf-record-section.h"

#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/compat/kaf-text.h"

#define SENTENCE_WIDTH 130 /* px */

struct _KafRecordSection
{
  GtkBox parent_instance;

  GtkWidget *heading;
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *child; /* nullable */
};

G_DEFINE_FINAL_TYPE (KafRecordSection, kaf_record_section, GTK_TYPE_BOX)

static void
kaf_record_section_class_init (KafRecordSectionClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_record_section_init (KafRecordSection *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);

  self->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->heading, "kaf-section-heading");
  gtk_box_append (GTK_BOX (self), self->heading);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (self->heading), self->title);

  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->note, TRUE);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_box_append (GTK_BOX (self->heading), self->note);
}

/* Empty, it still keeps the buttons at the end; a screen reader would read the name of its type. */
static void
tell_note (KafRecordSection *self)
{
  gboolean empty = *gtk_label_get_text (GTK_LABEL (self->note)) == '\0';

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_STATE_HIDDEN, empty, -1);
}

GtkWidget *
kaf_record_section_new (const char *title)
{
  KafRecordSection *self = g_object_new (KAF_TYPE_RECORD_SECTION, NULL);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  tell_note (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

void
kaf_record_section_set_note (KafRecordSection *self, const char *note)
{
  g_return_if_fail (KAF_IS_RECORD_SECTION (self));

  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  tell_note (self);
}

static void
append_button (KafRecordSection *self, GtkWidget *button, const char *description)
{
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-section-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Over a menu, a tooltip would hide its first line. */
  if (!GTK_IS_MENU_BUTTON (button))
    kaf_tooltip_set (button, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description, -1);
  gtk_box_append (GTK_BOX (self->heading), button);
}

GtkWidget *
kaf_record_section_add_button (KafRecordSection *self, const char *label, const char *description)
{
  GtkWidget *button;

  g_return_val_if_fail (KAF_IS_RECORD_SECTION (self), NULL);

  button = gtk_button_new_with_label (label);
  append_button (self, button, description);
  return button;
}

GtkWidget *
kaf_record_section_add_menu (KafRecordSection *self,
                             const char *label,
                             const char *description,
                             GMenuModel *menu)
{
  GtkWidget *button;

  g_return_val_if_fail (KAF_IS_RECORD_SECTION (self), NULL);

  button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), menu);
  append_button (self, button, description);
  return button;
}

void
kaf_record_section_set_child (KafRecordSection *self, GtkWidget *child)
{
  g_return_if_fail (KAF_IS_RECORD_SECTION (self));

  if (child == self->child)
    return;
  if (self->child != NULL)
    gtk_box_remove (GTK_BOX (self), self->child);
  self->child = child;
  if (child != NULL)
    gtk_box_append (GTK_BOX (self), child);
}

GtkWidget *
kaf_record_section_sentence (const char *text)
{
  GtkWidget *sentence = kaf_text_new (text, KAF_DRAWN_TEXT_DIM, SENTENCE_WIDTH, KAF_TEXT_WHOLE);

  gtk_widget_add_css_class (sentence, "kaf-sentence");
  return sentence;
}

GtkWidget *
kaf_record_section_list (const char *description)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "kaf-rows");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
  return list;
}

GtkWidget *
kaf_record_section_bars (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-bars");
  return card;
}

void
kaf_record_section_clear (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

void
kaf_record_section_say (GtkWidget *list, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), kaf_record_section_sentence (text));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  /* There is nothing to do here: no stop of Tab. Unfocusable alone would hold Tab fast. */
  gtk_widget_set_can_focus (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

GtkWidget *
kaf_record_section_icon_button (const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

GtkWidget *
kaf_record_section_menu_button (GMenuModel *menu, const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}
