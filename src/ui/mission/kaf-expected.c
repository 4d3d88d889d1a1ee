/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-expected.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-mission-words.h"

#define LINKING 3
#define MEANS 5
#define APPROVAL 6

static void
expected_free (gpointer data)
{
  KafExpected *self = data;

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->id);
  g_free (self);
}

/* @title: with a %s for who, or without. @since: the day on which it was asked for, or unknown. */
static void
add (GPtrArray *list,
     const KafMissionData *data,
     const char *title,
     const KafRow *row,
     const char *who,
     KafDay since)
{
  KafExpected *self = g_new0 (KafExpected, 1);
  g_autofree char *name = kaf_bidi_isolate (who != NULL ? who : "—");
  g_autoptr (GString) line = g_string_new (title);

  g_string_replace (line, "%s", name, 1);
  self->title = kaf_bidi_line (line->str);
  if (since != KAF_DAY_UNKNOWN)
    {
      g_autofree char *ago = kaf_mission_ago (data, since);

      /* Translators: %s is "4 days ago" or "today". */
      self->subtitle = g_strdup_printf (_ ("asked %s"), ago);
    }
  self->entity = row->entity->id;
  self->id = g_strdup (row->id);
  g_ptr_array_add (list, self);
}

static gboolean
is_asked (const KafRow *row, const char *asked, const char *answered)
{
  return kaf_mission_data_raw (row, asked) != NULL && kaf_mission_data_raw (row, answered) == NULL;
}

static void
add_answers (GPtrArray *list,
             const KafMissionData *data,
             const char *entity,
             const char *asked,
             const char *answered,
             const char *who,
             const char *title)
{
  GPtrArray *rows = kaf_mission_data_rows (data, entity);

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (is_asked (row, asked, answered))
        add (list, data, title, row, who != NULL ? kaf_mission_data_text (row, who) : NULL,
             kaf_day_parse (kaf_mission_data_raw (row, asked)));
    }
}

static void
add_experts (GPtrArray *list, const KafMissionData *data, guint step)
{
  GPtrArray *rows = kaf_mission_data_rows (data, "mission_expert");

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      const char *answer = kaf_mission_data_raw (row, "answer");
      const char *person = kaf_mission_data_text (row, "person");

      if (step == LINKING && g_strcmp0 (answer, "contacted") == 0)
        add (list, data, _ ("%s: an answer"), row, person,
             kaf_day_parse (kaf_mission_data_raw (row, "contacted_on")));
      else if (step == APPROVAL && g_strcmp0 (answer, "retained") == 0 &&
               kaf_mission_data_raw (row, "agreed_on") == NULL)
        add (list, data, _ ("%s: agreement to the programme"), row, person,
             kaf_day_parse (kaf_mission_data_raw (row, "answered_on")));
    }
}

static void
add_equipment (GPtrArray *list, const KafMissionData *data)
{
  GPtrArray *rows = kaf_mission_data_rows (data, "equipment");

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (kaf_mission_data_raw (row, "state"), "asked") == 0)
        add (list, data, _ ("Equipment: %s"), row, kaf_mission_data_words (data, row, "label"),
             kaf_day_parse (kaf_mission_data_raw (row, "needed_on")));
    }
}

static void
add_confirmation (GPtrArray *list, const KafMissionData *data, guint step)
{
  KafExpected *self;

  if (!data->life.pending[step])
    return;
  self = g_new0 (KafExpected, 1);
  self->title = g_strdup (_ ("The server: confirmation that the step was left"));
  self->subtitle = g_strdup (_ ("with the next synchronisation"));
  g_ptr_array_add (list, self);
}

GPtrArray *
kaf_expected_list (const KafMissionData *data, guint step)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (expected_free);

  add_confirmation (list, data, step);
  if (step == LINKING || step == APPROVAL)
    add_experts (list, data, step);
  if (step == LINKING)
    add_answers (list, data, "candidate_request", "asked_on", "answered_on", NULL,
                 _ ("Request for candidates: an answer"));
  if (step == MEANS)
    add_equipment (list, data);
  if (step == APPROVAL)
    add_answers (list, data, "mission_party", "asked_on", "answer", "organisation",
                 _ ("%s: agreement"));
  return list;
}
