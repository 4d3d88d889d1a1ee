/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-part-choice-row.h"

#include <glib/gi18n-lib.h>

#include "ui/mission/kaf-part-title.h"

static const char *const targets[] = { "mission_expert", "participant", "pair", "budget_line",
                                       NULL };

gboolean
kaf_part_choice_row_fits (const KafField *field)
{
  return field->kind == KAF_KIND_REFERENCE && field->target != NULL &&
         g_strv_contains (targets, field->target);
}

/* Who declined goes into no pair. */
static gboolean
is_offered (const KafMissionData *data, const KafRow *row, const char *chosen)
{
  const KafMissionExpert *expert;

  if (!g_str_equal (row->entity->id, "mission_expert") || g_strcmp0 (row->id, chosen) == 0)
    return TRUE;
  expert = kaf_mission_find_expert (data->mission, row->id);
  return expert != NULL && kaf_mission_expert_comes (expert);
}

GtkWidget *
kaf_part_choice_row_new (const KafMissionData *data, const KafField *field, const char *chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  GPtrArray *rows = kaf_mission_data_rows (data, field->target);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  g_autofree char *title = kaf_field_has (field, KAF_FIELD_REQUIRED)
                               ? g_strdup_printf (_ ("%s *"), _ (field->label))
                               : g_strdup (_ (field->label));

  gtk_string_list_append (choices, "—");
  g_ptr_array_add (ids, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *part = g_ptr_array_index (rows, i);
      g_autofree char *name = kaf_part_title (data, field->target, part->id);

      if (!is_offered (data, part, chosen))
        continue;
      gtk_string_list_append (choices, name != NULL ? name : "—");
      g_ptr_array_add (ids, g_strdup (part->id));
    }
  g_object_set_data (G_OBJECT (row), "kaf-field", (gpointer) field);
  g_object_set_data_full (G_OBJECT (row), "kaf-ids", ids, (GDestroyNotify) g_ptr_array_unref);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  kaf_part_choice_row_choose (row, chosen);
  return row;
}

const char *
kaf_part_choice_row_get (GtkWidget *row)
{
  GPtrArray *ids = g_object_get_data (G_OBJECT (row), "kaf-ids");
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected < ids->len ? g_ptr_array_index (ids, selected) : NULL;
}

const KafField *
kaf_part_choice_row_get_field (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "kaf-field");
}

gboolean
kaf_part_choice_row_choose (GtkWidget *row, const char *id)
{
  GPtrArray *ids = g_object_get_data (G_OBJECT (row), "kaf-ids");

  for (guint i = 0; i < ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (ids, i), id) == 0)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
        return TRUE;
      }
  return FALSE;
}
