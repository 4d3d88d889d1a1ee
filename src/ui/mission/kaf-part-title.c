/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-part-title.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"

const char *
kaf_part_participant_name (const KafMissionData *data, const KafRow *row)
{
  const char *arabic = kaf_mission_data_text (row, "name_ar");
  const char *latin = kaf_mission_data_text (row, "name");

  return (data->lang == KAF_LANG_AR && arabic != NULL) || latin == NULL ? arabic : latin;
}

static char *
pair_title (const KafMissionData *data, const KafRow *row)
{
  g_autofree char *expert = kaf_part_title_of (data, row, "expert");
  g_autofree char *participant = kaf_part_title_of (data, row, "participant");
  g_autofree char *one = kaf_bidi_isolate (expert != NULL ? expert : "—");
  g_autofree char *other = kaf_bidi_isolate (participant != NULL ? participant : "—");

  /* Translators: the two of a pair: an expert abroad and a professional in Morocco. */
  return g_strdup_printf (_ ("%s and %s"), one, other);
}

char *
kaf_part_title (const KafMissionData *data, const char *entity, const char *id)
{
  const KafRow *row = id != NULL ? kaf_mission_data_find_row (data, entity, id) : NULL;

  if (row == NULL)
    return NULL;
  if (g_str_equal (entity, "mission_expert"))
    {
      const char *name = kaf_mission_data_text (row, "person");

      return g_strdup (name != NULL ? name : _ ("Expert who is not on this device"));
    }
  if (g_str_equal (entity, "participant"))
    return g_strdup (kaf_part_participant_name (data, row));
  if (g_str_equal (entity, "pair"))
    return pair_title (data, row);
  if (g_str_equal (entity, "budget_line"))
    return g_strdup (kaf_mission_data_words (data, row, "label"));
  return g_strdup (row->title);
}

char *
kaf_part_title_of (const KafMissionData *data, const KafRow *row, const char *field)
{
  const KafField *found = kaf_entity_find_field (row->entity, field);

  return found != NULL ? kaf_part_title (data, found->target, kaf_mission_data_raw (row, field))
                       : NULL;
}
