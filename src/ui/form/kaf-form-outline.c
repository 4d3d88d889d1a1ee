/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a form beside it: how many errors each holds, and the way to each. */
#include "config.h"

#include "ui/form/kaf-form-outline.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KafFormSection *section; /* not owned: it outlives the outline's use of it */
  GtkWidget *row;
  GtkWidget *badge;
} Entry;

struct _KafFormOutline
{
  GtkBox parent_instance;

  GtkWidget *list;
  GtkWidget *footer;
  GPtrArray *entries;
};

G_DEFINE_FINAL_TYPE (KafFormOutline, kaf_form_outline, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_row_activated (KafFormOutline *self, GtkListBoxRow *row)
{
  Entry *entry = g_ptr_array_index (self->entries, gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, entry->section);
}

static void
kaf_form_outline_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_FORM_OUTLINE (object)->entries);
  G_OBJECT_CLASS (kaf_form_outline_parent_class)->finalize (object);
}

static void
kaf_form_outline_class_init (KafFormOutlineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_form_outline_finalize;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", KAF_TYPE_FORM_OUTLINE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, KAF_TYPE_FORM_SECTION);
}

static void
kaf_form_outline_init (KafFormOutline *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-outline");

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_set_vexpand (self->list, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sections of the form"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);

  self->footer = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->footer), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->footer), 0);
  gtk_widget_add_css_class (self->footer, "caption");
  gtk_widget_add_css_class (self->footer, "dim-label");
  gtk_widget_add_css_class (self->footer, "kaf-outline-footer");

  gtk_box_append (GTK_BOX (self), self->list);
  gtk_box_append (GTK_BOX (self), self->footer);
  kaf_form_outline_update (self);
}

GtkWidget *
kaf_form_outline_new (void)
{
  return g_object_new (KAF_TYPE_FORM_OUTLINE, NULL);
}

void
kaf_form_outline_append (KafFormOutline *self, KafFormSection *section)
{
  Entry *entry;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label;

  g_return_if_fail (KAF_IS_FORM_OUTLINE (self));

  label = gtk_label_new (kaf_form_section_get_label (section));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);

  entry = g_new0 (Entry, 1);
  entry->section = section;
  entry->badge = gtk_label_new (NULL);
  entry->row = gtk_list_box_row_new ();
  gtk_widget_add_css_class (entry->badge, "kaf-badge");
  gtk_widget_set_valign (entry->badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (entry->badge, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (entry->row), box);
  gtk_list_box_append (GTK_LIST_BOX (self->list), entry->row);
  g_object_bind_property (section, "visible", entry->row, "visible", G_BINDING_SYNC_CREATE);
  g_ptr_array_add (self->entries, entry);
}

void
kaf_form_outline_select (KafFormOutline *self, KafFormSection *section)
{
  g_return_if_fail (KAF_IS_FORM_OUTLINE (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->section == section)
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (entry->row));
    }
}

void
kaf_form_outline_update (KafFormOutline *self)
{
  guint total = 0;
  g_autofree char *errors = NULL;
  g_autofree char *footer = NULL;

  g_return_if_fail (KAF_IS_FORM_OUTLINE (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      guint n = kaf_form_section_count_errors (entry->section);
      g_autofree char *badge = g_strdup_printf ("%u", n);
      g_autofree char *told = n > 0
                                  ? g_strdup_printf (ngettext ("%s, %u error", "%s, %u errors", n),
                                                     kaf_form_section_get_label (entry->section), n)
                                  : g_strdup (kaf_form_section_get_label (entry->section));

      gtk_label_set_label (GTK_LABEL (entry->badge), badge);
      gtk_widget_set_visible (entry->badge, n > 0);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry->row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      told, -1);
      total += n;
    }

  if (total > 0)
    errors = g_strdup_printf (ngettext ("%u error to correct before saving.",
                                        "%u errors to correct before saving.", total),
                              total);
  footer = g_strdup_printf ("%s%s%s", errors != NULL ? errors : "", errors != NULL ? " " : "",
                            _ ("Ctrl+S saves, Esc keeps the draft."));
  gtk_label_set_label (GTK_LABEL (self->footer), footer);
}

const char *
kaf_form_outline_get_badge (KafFormOutline *self, guint index)
{
  Entry *entry;

  g_return_val_if_fail (KAF_IS_FORM_OUTLINE (self), NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  entry = g_ptr_array_index (self->entries, index);
  return gtk_widget_get_visible (entry->badge) ? gtk_label_get_label (GTK_LABEL (entry->badge))
                                               : NULL;
}
