/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-aside-row.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "ui/record/kaf-wrap.h"
#include "ui/sync/kaf-card.h"

struct _KafAsideRow
{
  GtkListBoxRow parent_instance;

  char *name;
  GtkWidget *error;
};

G_DEFINE_FINAL_TYPE (KafAsideRow, kaf_aside_row, GTK_TYPE_LIST_BOX_ROW)

static void
add_author (GtkWidget *box, const KafAside *edit, KafLang lang)
{
  g_autofree char *when = kaf_time_format (edit->at, lang);
  g_autofree char *line = kaf_card_print_author (edit->by, when, lang);

  gtk_widget_add_css_class (kaf_card_add_label (box, line, "caption"), "dim-label");
}

static void
add_field (GtkWidget *lines, const KafAsideField *field)
{
  g_autofree char *value =
      field->value_text != NULL ? kaf_bidi_isolate (field->value_text) : g_strdup (_ ("empty"));
  g_autofree char *line = g_strdup_printf (_ ("%s: %s"), _ (field->field->label), value);

  gtk_label_set_selectable (GTK_LABEL (kaf_card_add_label (lines, line, NULL)), TRUE);
  if (field->stands_text != NULL)
    {
      g_autofree char *stands = kaf_bidi_isolate (field->stands_text);
      /* Translators: the value that a field holds at the moment, beside the one that somebody wrote */
      g_autofree char *now = g_strdup_printf (_ ("stands now: %s"), stands);

      gtk_widget_add_css_class (kaf_card_add_label (lines, now, "caption"), "dim-label");
    }
}

static void
add_values (GtkWidget *box, const KafAside *edit)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  guint n = 0;

  for (guint i = 0; i < edit->changes->len; i++)
    {
      const KafAsideChange *change = g_ptr_array_index (edit->changes, i);

      for (guint j = 0; j < change->fields->len; j++, n++)
        add_field (lines, g_ptr_array_index (change->fields, j));
    }
  gtk_widget_add_css_class (lines, "kaf-quote");
  gtk_widget_set_visible (lines, n > 0);
  gtk_box_append (GTK_BOX (box), lines);
  if (edit->n_hidden > 0)
    {
      g_autofree char *hidden = g_strdup_printf (
          ngettext ("It also writes %u field that your role does not read: somebody who reads all "
                    "of it takes it over.",
                    "It also writes %u fields that your role does not read: somebody who reads all "
                    "of it takes it over.",
                    edit->n_hidden),
          edit->n_hidden);

      kaf_card_add_label (box, hidden, NULL);
    }
}

static void
add_button (GtkWidget *box, const KafAside *edit, const char *label, const char *action)
{
  kaf_card_add_button (box, label, kaf_aside_get_title (edit), action,
                       g_variant_new_string (edit->name));
}

static void
add_buttons (GtkWidget *box, const KafAside *edit)
{
  GtkWidget *buttons = kaf_wrap_new (6, 6);

  if (edit->n_hidden == 0)
    add_button (buttons, edit, _ ("Take Over"), "aside.take");
  add_button (buttons, edit, _ ("Set Aside…"), "aside.refuse");
  if (edit->page != NULL)
    add_button (buttons, edit, _ ("Open the Record"), "aside.open");
  gtk_box_append (GTK_BOX (box), buttons);
}

static void
kaf_aside_row_finalize (GObject *object)
{
  g_free (KAF_ASIDE_ROW (object)->name);
  G_OBJECT_CLASS (kaf_aside_row_parent_class)->finalize (object);
}

static void
kaf_aside_row_class_init (KafAsideRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_aside_row_finalize;
}

static void
kaf_aside_row_init (KafAsideRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-conflict");
}

GtkWidget *
kaf_aside_row_new (const KafAside *edit, KafLang lang)
{
  KafAsideRow *self = g_object_new (KAF_TYPE_ASIDE_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title = kaf_bidi_isolate (kaf_aside_get_title (edit));
  g_autofree char *what = kaf_aside_name_edit (edit);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", kaf_aside_get_title (edit), what);

  self->name = g_strdup (edit->name);
  kaf_card_add_label (lines, title, "heading");
  gtk_widget_add_css_class (kaf_card_add_label (lines, what, NULL), "dim-label");
  add_author (lines, edit, lang);
  gtk_box_append (GTK_BOX (box), lines);
  add_values (box, edit);
  add_buttons (box, edit);
  self->error = kaf_card_add_label (box, NULL, "kaf-field-error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}

const char *
kaf_aside_row_get_name (KafAsideRow *self)
{
  g_return_val_if_fail (KAF_IS_ASIDE_ROW (self), NULL);
  return self->name;
}

void
kaf_aside_row_set_error (KafAsideRow *self, const char *text)
{
  g_return_if_fail (KAF_IS_ASIDE_ROW (self));

  gtk_label_set_label (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}
