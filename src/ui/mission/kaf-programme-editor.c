/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-programme-editor.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "ui/mission/kaf-programme-text.h"

#define NOBODY "—"

/* What a dialog knows of its mission; lives with it. */
typedef struct
{
  KafFieldDialog *dialog; /* not owned */
  KafMission *mission;
  GHashTable *names;
  KafRecord *record;
  GPtrArray *experts; /* (element-type KafMissionExpert), not owned: who can be chosen */
  GtkWidget *trainer, *second, *room, *new_room;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  kaf_mission_unref (self->mission);
  g_clear_pointer (&self->names, g_hash_table_unref);
  kaf_record_unref (self->record);
  g_ptr_array_unref (self->experts);
  g_free (self);
}

static Editor *
get_editor (GtkWidget *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "kaf-programme-editor");
}

/* Choices */

/* The first line of the list is nobody. */
static const KafMissionExpert *
get_expert (Editor *self, GtkWidget *row)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected > 0 && selected <= self->experts->len
             ? g_ptr_array_index (self->experts, selected - 1)
             : NULL;
}

/* NULL: none, or a new one. */
static const KafRoom *
get_room (Editor *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->room));

  return selected > 0 && selected <= self->mission->rooms->len
             ? g_ptr_array_index (self->mission->rooms, selected - 1)
             : NULL;
}

static gboolean
wants_new_room (Editor *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->room)) == self->mission->rooms->len + 1;
}

/* Whoever declined is not offered; who trains this session already is, whatever she answered since. */
static void
list_experts (Editor *self)
{
  for (guint i = 0; i < self->mission->experts->len; i++)
    {
      KafMissionExpert *expert = g_ptr_array_index (self->mission->experts, i);
      gboolean out = g_strcmp0 (expert->answer, "declined") == 0 ||
                     g_strcmp0 (expert->answer, "discarded") == 0;

      if (!out || g_strcmp0 (expert->id, kaf_record_get (self->record, "trainer")) == 0 ||
          g_strcmp0 (expert->id, kaf_record_get (self->record, "second_trainer")) == 0)
        g_ptr_array_add (self->experts, expert);
    }
}

/* What speaks against it */

static KafItem
read_item (Editor *self)
{
  const KafMissionExpert *trainer = get_expert (self, self->trainer);
  const KafMissionExpert *second = get_expert (self, self->second);
  const KafRoom *room = get_room (self);
  g_autofree char *day = kaf_field_dialog_get_value (self->dialog, "held_on");
  g_autofree char *half = kaf_field_dialog_get_value (self->dialog, "half");

  return (KafItem){ .id = kaf_record_get_id (self->record),
                    .day = half != NULL ? kaf_day_parse (day) : KAF_DAY_UNKNOWN,
                    .afternoon = g_strcmp0 (half, "pm") == 0,
                    .trainer = trainer != NULL ? trainer->id : NULL,
                    .second_trainer = second != NULL ? second->id : NULL,
                    .room = room != NULL ? room->id : NULL };
}

static void
say_clash (Editor *self)
{
  KafItem item = read_item (self);
  const KafMissionExpert *free_one = NULL;
  g_autofree char *why = NULL;
  g_autofree char *all = NULL;
  KafClash clash;

  kaf_programme_clash (self->mission, &item, &clash);
  if (clash.reasons & (KAF_CLASH_TRAINER | KAF_CLASH_BUSY | KAF_CLASH_AGENDA))
    free_one = kaf_programme_find_free_trainer (self->mission, &item);
  why = kaf_programme_clash_text (self->mission, self->names, &clash);
  if (why != NULL && free_one != NULL)
    {
      g_autofree char *name =
          kaf_bidi_isolate (kaf_programme_trainer_name (self->mission, self->names, free_one->id));
      g_autofree char *other = g_strdup_printf (_ ("%s is free then."), name);

      all = g_strdup_printf (C_ ("clash and who is free", "%s. %s"), why, other);
    }
  kaf_field_dialog_say (self->dialog, all != NULL ? all : why,
                        clash.level == KAF_CLASH_FIRM ? "error" : "warning");
}

static void
on_chosen (Editor *self)
{
  gtk_widget_set_visible (self->new_room, wants_new_room (self));
  kaf_field_dialog_touch (self->dialog);
}

/* Saving */

/* A change to what stands there only. */
static void
put (Editor *self, KafRecord *change, const char *field, const char *value)
{
  if (g_strcmp0 (kaf_record_get (self->record, field), value) != 0)
    kaf_record_set (change, field, value);
}

static char *
add_room (Editor *self, KafChangeSet *set)
{
  g_autofree char *name =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->new_room))));
  g_autoptr (KafClock) clock = kaf_clock_new_system ();
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  g_autoptr (KafRecord) room = NULL;
  char *id;

  if (*name == '\0')
    return NULL;
  id = kaf_id_new (clock, random);
  room = kaf_record_new (kaf_registry_find ("mission_room"), id);
  kaf_record_set (room, "mission", self->mission->id);
  kaf_record_set (room, "name", name);
  kaf_change_set_create (set, room);
  return id;
}

static void
on_collect (KafFieldDialog *dialog, KafRecord *change, KafChangeSet *set, Editor *self)
{
  const KafMissionExpert *trainer = get_expert (self, self->trainer);
  const KafMissionExpert *second = get_expert (self, self->second);
  const KafRoom *room = get_room (self);
  g_autofree char *made = wants_new_room (self) ? add_room (self, set) : NULL;

  put (self, change, "trainer", trainer != NULL ? trainer->id : NULL);
  put (self, change, "second_trainer", second != NULL ? second->id : NULL);
  put (self, change, "room", made != NULL ? made : room != NULL ? room->id : NULL);
  /* Day and half-day are one value. */
  if (kaf_record_holds (change, "held_on") != kaf_record_holds (change, "half"))
    {
      g_autofree char *day = kaf_field_dialog_get_value (dialog, "held_on");
      g_autofree char *half = kaf_field_dialog_get_value (dialog, "half");

      kaf_record_set (change, "held_on", day);
      kaf_record_set (change, "half", half);
    }
}

/* Rows */

static GtkWidget *
combo_new (const char *title, GtkStringList *choices, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

static GtkWidget *
trainer_row_new (Editor *self, const char *title, const char *field)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  const char *chosen = kaf_record_get (self->record, field);
  guint selected = 0;

  gtk_string_list_append (choices, NOBODY);
  for (guint i = 0; i < self->experts->len; i++)
    {
      const KafMissionExpert *expert = g_ptr_array_index (self->experts, i);

      gtk_string_list_append (choices,
                              kaf_programme_trainer_name (self->mission, self->names, expert->id));
      if (g_strcmp0 (expert->id, chosen) == 0)
        selected = i + 1;
    }
  return combo_new (title, choices, selected);
}

static GtkWidget *
room_row_new (Editor *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  const char *chosen = kaf_record_get (self->record, "room");
  guint selected = 0;

  gtk_string_list_append (choices, NOBODY);
  for (guint i = 0; i < self->mission->rooms->len; i++)
    {
      const KafRoom *room = g_ptr_array_index (self->mission->rooms, i);

      gtk_string_list_append (choices, room->name);
      if (g_strcmp0 (room->id, chosen) == 0)
        selected = i + 1;
    }
  gtk_string_list_append (choices, _ ("Another room…"));
  return combo_new (_ ("Room"), choices, selected);
}

static GtkWidget *
choices_new (Editor *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *rows[4];

  self->trainer = trainer_row_new (self, _ ("Trainer"), "trainer");
  self->second = trainer_row_new (self, _ ("Second trainer"), "second_trainer");
  self->room = room_row_new (self);
  self->new_room = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->new_room), _ ("Name of the room"));
  gtk_widget_set_visible (self->new_room, FALSE);
  rows[0] = self->trainer;
  rows[1] = self->second;
  rows[2] = self->room;
  rows[3] = self->new_room;
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (list), rows[i]);
      g_signal_connect_swapped (rows[i], i < 3 ? "notify::selected" : "changed",
                                G_CALLBACK (on_chosen), self);
    }
  return list;
}

GtkWidget *
kaf_programme_editor_new (KafStore *store,
                          KafMission *mission,
                          GHashTable *names,
                          KafRecord *record)
{
  static const char *const subject[] = { "subject_fr", "subject_ar", NULL };
  static const char *const when[] = { "held_on",          "half",     "theory_minutes",
                                      "practice_minutes", "language", NULL };
  GtkWidget *dialog =
      kaf_field_dialog_new (store,
                            kaf_record_get_id (record) != NULL ? _ ("Session of the programme")
                                                               : _ ("New session of the programme"),
                            record);
  Editor *self = g_new0 (Editor, 1);

  self->dialog = KAF_FIELD_DIALOG (dialog);
  self->mission = kaf_mission_ref (mission);
  self->names = names != NULL ? g_hash_table_ref (names) : NULL;
  self->record = kaf_record_ref (record);
  self->experts = g_ptr_array_new ();
  list_experts (self);
  g_object_set_data_full (G_OBJECT (dialog), "kaf-programme-editor", self, editor_free);

  kaf_field_dialog_add_fields (self->dialog, subject);
  kaf_field_dialog_add (self->dialog, choices_new (self));
  kaf_field_dialog_add_fields (self->dialog, when);
  g_signal_connect (dialog, "collect", G_CALLBACK (on_collect), self);
  g_signal_connect_swapped (dialog, "edited", G_CALLBACK (say_clash), self);
  say_clash (self);
  return dialog;
}

gboolean
kaf_programme_editor_choose_trainer (GtkWidget *editor, const char *trainer)
{
  Editor *self = get_editor (editor);

  for (guint i = 0; i < self->experts->len; i++)
    {
      const KafMissionExpert *expert = g_ptr_array_index (self->experts, i);

      if (g_strcmp0 (expert->id, trainer) != 0)
        continue;
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->trainer), i + 1);
      return TRUE;
    }
  if (trainer == NULL)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->trainer), 0);
  return trainer == NULL;
}

gboolean
kaf_programme_editor_choose_room (GtkWidget *editor, const char *room, const char *new_name)
{
  Editor *self = get_editor (editor);
  guint n = self->mission->rooms->len;

  for (guint i = 0; i < n && room != NULL; i++)
    {
      const KafRoom *one = g_ptr_array_index (self->mission->rooms, i);

      if (g_strcmp0 (one->id, room) != 0)
        continue;
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->room), i + 1);
      return TRUE;
    }
  if (room != NULL)
    return FALSE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->room), new_name != NULL ? n + 1 : 0);
  if (new_name != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->new_room), new_name);
  return TRUE;
}
