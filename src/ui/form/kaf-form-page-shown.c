/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that stand only for some records (KafField.shown_if), and what pickers offer first. */
#include "config.h"

#include <string.h>

#include "ui/form/kaf-form-page-private.h"

static char *
row_value (KafFormPage *self, const char *field)
{
  KafFieldRow *row = kaf_form_page_find_row (self, self->entity, field);
  char *value = NULL;

  return row != NULL && kaf_field_row_get_value (row, &value, NULL) ? value : NULL;
}

/* By what the form has of the field; of one that has no row, what the record holds. (transfer full) (nullable) */
static char *
get_value (KafFormPage *self, const char *field)
{
  const KafRecord *before = kaf_form_page_get_before (self, self->entity);

  if (kaf_form_page_find_row (self, self->entity, field) != NULL)
    return row_value (self, field);
  return before != NULL ? g_strdup (kaf_record_get (before, field)) : NULL;
}

/* Whether the record is one for which a row stands. A condition on nothing, "said=", asks for an empty field. */
static gboolean
is_for (KafFormPage *self, const char *by, const char *wanted)
{
  g_autofree char *value = get_value (self, by);

  return *wanted == '\0' ? value == NULL : g_strcmp0 (value, wanted) == 0;
}

/* Whether the row stands for every record. That of a field which the user's role is not told stands for none: it would look
 * empty where it is not. */
static gboolean
is_always_shown (KafFormPage *self, const KafEntity *entity, const KafField *field)
{
  return kaf_store_reads_field (self->store, field) &&
         (field->shown_if == NULL || strchr (field->shown_if, '=') == NULL ||
          entity != self->entity);
}

static gboolean
is_due (KafFormPage *self, const KafField *field)
{
  const char *equals = field->shown_if != NULL ? strchr (field->shown_if, '=') : NULL;
  g_autofree char *by = NULL;

  if (equals == NULL || !kaf_store_reads_field (self->store, field))
    return FALSE;
  by = g_strndup (field->shown_if, equals - field->shown_if);
  return is_for (self, by, equals + 1);
}

/* What was entered is never hidden: it would be refused without being seen. */
static void
show_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  const KafField *field = kaf_field_row_get_field (row);
  g_autofree char *own = NULL;

  if (is_always_shown (self, entity, field))
    return;
  own = kaf_field_row_get_typed (row);
  gtk_widget_set_visible (GTK_WIDGET (row), is_due (self, field) || (own != NULL && *own != '\0'));
}

static void
set_within (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  kaf_field_row_set_within (row, data);
}

/* The convention that the record belongs to. */
static const KafField *
find_convention (KafFormPage *self)
{
  for (const KafField *field = self->entity->fields; field->id != NULL; field++)
    if (kaf_field_has (field, KAF_FIELD_PARENT) && !kaf_field_is_many (field) &&
        g_strcmp0 (field->target, "convention") == 0)
      return field;
  return NULL;
}

void
kaf_form_page_update_rows (KafFormPage *self, const KafField *changed)
{
  const KafField *within = find_convention (self);

  if (changed == NULL || changed->kind == KAF_KIND_CHOICE)
    kaf_form_page_for_each_row (self, show_row, NULL);
  if (within != NULL && (changed == NULL || changed == within))
    {
      g_autofree char *id = row_value (self, within->id);

      kaf_form_page_for_each_row (self, set_within, id);
    }
}
