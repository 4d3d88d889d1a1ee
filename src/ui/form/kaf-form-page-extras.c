/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is entered with a new record because nobody registers the one without the other: a project holder with the first
 * project and the stage it is at, in one form, one batch, one undo; and where a new person has to live. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "ui/compat/kaf-banner.h"
#include "ui/form/kaf-form-page-private.h"

typedef struct
{
  const char *entity;
  const char *tie;         /* field that says what it belongs to */
  const char *sections[5]; /* NULL-terminated */
} Extra;

static const Extra holder_extras[KAF_FORM_EXTRAS] = {
  { "project", "person", { "project", "project_ar", "means", NULL } },
  { "project_stage", "project", { "stage", NULL } },
};

static void
hide_tie (KafFormSection *section, const char *tie)
{
  GPtrArray *rows = kaf_form_section_get_rows (section);

  for (guint i = 0; i < rows->len; i++)
    if (strcmp (kaf_field_row_get_field (g_ptr_array_index (rows, i))->id, tie) == 0)
      gtk_widget_set_visible (g_ptr_array_index (rows, i), FALSE);
}

void
kaf_form_page_add_extras (KafFormPage *self)
{
  if (strcmp (self->entity->id, "project_holder") != 0)
    return;
  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    {
      self->extras[i] = kaf_registry_find (holder_extras[i].entity);
      for (const KafSection *section = self->extras[i]->sections; section->id != NULL; section++)
        {
          GtkWidget *widget;

          if (!g_strv_contains (holder_extras[i].sections, section->id))
            continue;
          widget = kaf_form_section_new (self->extras[i], section, self->store);
          hide_tie (KAF_FORM_SECTION (widget), holder_extras[i].tie);
          g_ptr_array_add (self->sections, widget);
        }
    }
}

void
kaf_form_page_begin_record (KafFormPage *self, KafRecord *record)
{
  g_autofree char *today = NULL;

  if (self->id != NULL || strcmp (self->entity->id, "project_holder") != 0 ||
      kaf_record_get (record, "registered_on") != NULL)
    return;
  today = kaf_date_from_time (g_get_real_time ());
  kaf_record_set (record, "registered_on", today);
}

gboolean
kaf_form_page_is_extra (KafFormPage *self, const KafEntity *entity)
{
  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    if (self->extras[i] != NULL && self->extras[i] == entity)
      return TRUE;
  return FALSE;
}

typedef struct
{
  const KafEntity *entity;
  gboolean typed;
} Look;

static void
look_at_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  Look *look = data;

  if (entity == look->entity && kaf_field_row_is_touched (row))
    {
      g_autofree char *typed = kaf_field_row_get_typed (row);

      look->typed = look->typed || (typed != NULL && *typed != '\0');
    }
}

gboolean
kaf_form_page_has_extra (KafFormPage *self, const KafEntity *entity)
{
  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    {
      Look look = { self->extras[i], FALSE };

      /* A later one belongs to those before it. */
      if (look.entity == NULL)
        continue;
      kaf_form_page_for_each_row (self, look_at_row, &look);
      if (look.typed && (entity == self->extras[i] || entity == self->extras[0]))
        return TRUE;
    }
  return FALSE;
}

void
kaf_form_page_tie_extras (KafFormPage *self,
                          KafChangeSet *set,
                          KafRecord *const *extras,
                          const char *owner)
{
  g_autoptr (KafClock) clock = kaf_clock_new_system ();
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  g_autofree char *tied = g_strdup (owner);

  for (guint i = 0; i < KAF_FORM_EXTRAS; i++)
    {
      g_autofree char *id = NULL;

      if (self->extras[i] == NULL || !kaf_form_page_has_extra (self, self->extras[i]))
        continue;
      id = kaf_id_new (clock, random);
      kaf_record_set_id (extras[i], id);
      kaf_record_set (extras[i], holder_extras[i].tie, tied);
      kaf_change_set_create (set, extras[i]);
      g_free (tied);
      tied = g_steal_pointer (&id);
    }
}

const char *
kaf_form_page_propose_country (KafFormPage *self, const KafEntity *entity)
{
  char **countries = self->data->countries;

  return countries != NULL && g_strv_length (countries) == 1 && g_str_equal (entity->id, "person")
             ? countries[0]
             : NULL;
}

/* Whether a new person, as she is typed, is the user's: who has missions alone has the project holders whom he accompanies. */
static gboolean
awaits_mission (KafFormPage *self)
{
  KafFieldRow *row = kaf_form_page_find_row (self, NULL, "counsellor");
  g_autofree char *counsellor = NULL;

  if (self->data == NULL || !self->data->awaits)
    return FALSE;
  return row == NULL || !kaf_field_row_get_value (row, &counsellor, NULL) ||
         g_strcmp0 (counsellor, self->data->account) != 0;
}

void
kaf_form_page_tell_of_scope (KafFormPage *self, const char *country)
{
  char **countries = self->data != NULL ? self->data->countries : NULL;
  gboolean awaits = awaits_mission (self);
  gboolean outside =
      countries != NULL && (country == NULL || *country == '\0' ||
                            !g_strv_contains ((const char *const *) countries, country));
  g_autofree char *text = NULL;

  if (outside)
    {
      /* Translators: %s are names of countries. */
      text = g_strdup_printf (
          _ ("Your scope on the server covers those who live in: %s. The server keeps a person of "
             "another country aside, or of none, and others do not see the record: correct the "
             "country of residence, or leave the person to a colleague of that country."),
          self->data->in_countries);
      kaf_banner_set_title (KAF_BANNER (self->scope_banner), text);
    }
  if (awaits)
    kaf_banner_set_title (
        KAF_BANNER (self->scope_banner),
        _ ("Your scope on the server covers missions. The server keeps a person whom none of them "
           "names yet aside, and others do not see the record, until a manager takes it in."));
  kaf_banner_set_revealed (KAF_BANNER (self->scope_banner), outside || awaits);
}
