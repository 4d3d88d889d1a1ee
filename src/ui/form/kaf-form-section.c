/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows stand against each other and read as one card. A row that is wrong, or that others changed, is a card by itself,
 * so that its sentence stands under it and not under its neighbour. */
#include "config.h"

#include "ui/form/kaf-form-section.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ui/form/kaf-editor-direction.h"

struct _KafFormSection
{
  AdwPreferencesGroup parent_instance;

  const KafEntity *entity;
  const KafSection *section;
  GPtrArray *rows; /* KafFieldRow */
};

G_DEFINE_FINAL_TYPE (KafFormSection, kaf_form_section, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_ERRORS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_wrong (KafFormSection *self, int index)
{
  return index >= 0 && index < (int) self->rows->len &&
         kaf_field_row_get_error (g_ptr_array_index (self->rows, index)) != NULL;
}

static gboolean
stands_alone (KafFormSection *self, int index)
{
  return is_wrong (self, index) ||
         (index >= 0 && index < (int) self->rows->len &&
          kaf_field_row_get_news (g_ptr_array_index (self->rows, index)) != NULL);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* The next row that shows, or -1. */
static int
neighbour (KafFormSection *self, int index, int step)
{
  for (index += step; index >= 0 && index < (int) self->rows->len; index += step)
    if (gtk_widget_get_visible (g_ptr_array_index (self->rows, index)))
      return index;
  return -1;
}

static void
update_cards (KafFormSection *self)
{
  for (int i = 0; i < (int) self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      gboolean alone = stands_alone (self, i);
      int before = neighbour (self, i, -1);
      int after = neighbour (self, i, 1);

      set_class (row, "kaf-first", before < 0 || alone || stands_alone (self, before));
      set_class (row, "kaf-last", after < 0 || alone || stands_alone (self, after));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), neighbour (self, -1, 1) >= 0);
}

static void
on_error_changed (KafFormSection *self)
{
  update_cards (self);
  g_signal_emit (self, signals[SIGNAL_ERRORS_CHANGED], 0);
}

static void
kaf_form_section_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_FORM_SECTION (object)->rows);
  G_OBJECT_CLASS (kaf_form_section_parent_class)->finalize (object);
}

static void
kaf_form_section_class_init (KafFormSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_form_section_finalize;

  signals[SIGNAL_ERRORS_CHANGED] =
      g_signal_new ("errors-changed", KAF_TYPE_FORM_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
kaf_form_section_init (KafFormSection *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-form-section");
}

static gboolean
stands_in (const KafField *field, const KafSection *section)
{
  return field->section != NULL && !kaf_field_has (field, KAF_FIELD_HIDDEN) &&
         strcmp (field->section, section->id) == 0;
}

static guint
count_fields (const KafEntity *entity, const KafSection *section)
{
  guint n = 0;

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (stands_in (field, section))
      n++;
  return n;
}

GtkWidget *
kaf_form_section_new (const KafEntity *entity, const KafSection *section, KafStore *store)
{
  KafFormSection *self;
  GtkWidget *box;

  if (count_fields (entity, section) == 0)
    return NULL;

  self = g_object_new (KAF_TYPE_FORM_SECTION, NULL);
  self->entity = entity;
  self->section = section;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ (section->label));

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      GtkWidget *row;

      if (!stands_in (field, section))
        continue;
      row = kaf_field_row_new (field, store);
      gtk_widget_add_css_class (row, "kaf-joined");
      g_signal_connect_object (row, "error-changed", G_CALLBACK (on_error_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "notify::visible", G_CALLBACK (update_cards), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), row);
      g_ptr_array_add (self->rows, row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), box);

  if (kaf_form_section_is_arabic (self))
    kaf_editor_direction_set (GTK_WIDGET (self), GTK_TEXT_DIR_RTL);
  update_cards (self);
  return GTK_WIDGET (self);
}

const KafEntity *
kaf_form_section_get_entity (KafFormSection *self)
{
  g_return_val_if_fail (KAF_IS_FORM_SECTION (self), NULL);

  return self->entity;
}

const char *
kaf_form_section_get_label (KafFormSection *self)
{
  g_return_val_if_fail (KAF_IS_FORM_SECTION (self), NULL);

  return _ (self->section->label);
}

GPtrArray *
kaf_form_section_get_rows (KafFormSection *self)
{
  g_return_val_if_fail (KAF_IS_FORM_SECTION (self), NULL);

  return self->rows;
}

guint
kaf_form_section_count_errors (KafFormSection *self)
{
  guint n = 0;

  g_return_val_if_fail (KAF_IS_FORM_SECTION (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    n += is_wrong (self, i) ? 1 : 0;
  return n;
}

gboolean
kaf_form_section_is_arabic (KafFormSection *self)
{
  g_return_val_if_fail (KAF_IS_FORM_SECTION (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    if (!kaf_field_has (kaf_field_row_get_field (g_ptr_array_index (self->rows, i)),
                        KAF_FIELD_ARABIC))
      return FALSE;
  return TRUE;
}
