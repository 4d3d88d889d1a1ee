/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that lead to records and forms, and those that write a part of the mission. */
#include "config.h"

#include "ui/compat/kaf-keys.h"
#include "ui/mission/kaf-mission-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "ui/mission/kaf-act-list-window.h"
#include "ui/mission/kaf-attendance-sheet.h"
#include "ui/mission/kaf-check-panel.h"
#include "ui/mission/kaf-find-experts-window.h"
#include "ui/mission/kaf-mission-body.h"
#include "ui/mission/kaf-mission-parts.h"
#include "ui/mission/kaf-part-dialog.h"
#include "ui/mission/kaf-take-window.h"
#include "ui/print/kaf-dossier-out.h"
#include "ui/print/kaf-preview-page.h"

static void
on_show_step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  int step = g_variant_get_int32 (parameter);

  if (step >= 1 && step <= KAF_MISSION_STEPS)
    kaf_mission_page_show_step (KAF_MISSION_PAGE (widget), (guint) step);
}

/* Records */

/* "field=value" each; a value holds no blank. */
static void
fill_preset (KafRecord *preset, char **words)
{
  for (; *words != NULL; words++)
    {
      char *equals = strchr (*words, '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      if (kaf_entity_find_field (kaf_record_get_entity (preset), *words) != NULL)
        kaf_record_set (preset, *words, equals + 1);
    }
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);
  g_auto (GStrv) words = g_strsplit (g_variant_get_string (parameter, NULL), " ", -1);
  const KafEntity *entity = words[0] != NULL ? kaf_registry_find (words[0]) : NULL;
  g_autoptr (KafRecord) preset = NULL;

  if (entity == NULL || window == NULL || !kaf_mission_page_may_make (self, entity->id))
    return;
  preset = kaf_record_new (entity, NULL);
  if (kaf_entity_find_field (entity, "mission") != NULL)
    kaf_record_set (preset, "mission", self->id);
  if (kaf_entity_find_field (entity, "held_on") != NULL && self->data != NULL &&
      kaf_entity_has (entity, KAF_ENTITY_APPEND_ONLY))
    {
      g_autofree char *today = kaf_day_to_iso (self->data->context.day);

      kaf_record_set (preset, "held_on", today);
    }
  fill_preset (preset, words + 1);
  if (kaf_part_dialog_fields (entity->id, self->step) != NULL)
    kaf_part_dialog_add (self, preset, self->step);
  else
    kaf_window_open_form_with (window, preset);
}

static void
on_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);
  const char *entity_id, *id;
  const KafEntity *entity;

  g_variant_get (parameter, "(&s&s)", &entity_id, &id);
  entity = kaf_registry_find (entity_id);
  if (entity == NULL || window == NULL || !kaf_mission_page_may_write (self, entity_id))
    return;
  if (kaf_part_dialog_fields (entity_id, self->step) != NULL)
    kaf_part_dialog_edit (self, entity, id, self->step);
  else
    kaf_window_open_form (window, entity, id);
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  const char *entity_id, *id;
  const KafEntity *entity;
  g_autofree char *done = NULL;

  g_variant_get (parameter, "(&s&s)", &entity_id, &id);
  entity = kaf_registry_find (entity_id);
  if (entity == NULL || !kaf_mission_page_may_make (self, entity_id))
    return;
  kaf_change_set_delete (set, entity, id);
  /* Translators: %s is a kind of record, "Membership". */
  done = g_strdup_printf (_ ("Removed: %s"), _ (entity->label));
  kaf_mission_page_commit (self, set, done, _ ("It was not removed"));
}

/* A person opens as the expert that she is: there is no other page of hers. */
static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafWindow *window = kaf_mission_page_get_window (KAF_MISSION_PAGE (widget));
  const char *entity_id, *id;
  const KafEntity *entity;

  g_variant_get (parameter, "(&s&s)", &entity_id, &id);
  entity = kaf_registry_find (g_str_equal (entity_id, "person") ? "expert" : entity_id);
  if (window != NULL && entity != NULL)
    kaf_window_open_record (window, entity, id, NULL, GTK_INVALID_LIST_POSITION);
}

static void
on_set (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = NULL;
  const char *entity_id, *id, *field, *value;
  const KafEntity *entity;

  g_variant_get (parameter, "(&s&s&s&s)", &entity_id, &id, &field, &value);
  entity = kaf_registry_find (entity_id);
  if (entity == NULL || !kaf_mission_page_is_writable (self) ||
      !kaf_mission_data_may_write_field (self->data, entity_id, field))
    return;
  record = kaf_record_new (entity, id);
  kaf_record_set (record, field, value);
  kaf_change_set_update (set, record);
  kaf_mission_page_commit (self, set, NULL, _ ("The change was not saved"));
}

/* A field, and today in another that says when. */
static void
on_set_today (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = NULL;
  const char *entity_id, *id, *field, *value, *day;
  const KafEntity *entity;
  g_autofree char *today = NULL;

  g_variant_get (parameter, "(&s&s&s&s&s)", &entity_id, &id, &field, &value, &day);
  entity = kaf_registry_find (entity_id);
  if (entity == NULL || !kaf_mission_page_is_writable (self) ||
      !kaf_mission_data_may_write_field (self->data, entity_id, field))
    return;
  today = kaf_day_to_iso (self->data->context.day);
  record = kaf_record_new (entity, id);
  kaf_record_set (record, field, value);
  if (*day != '\0')
    kaf_record_set (record, day, today);
  kaf_change_set_update (set, record);
  kaf_mission_page_commit (self, set, _ ("Noted"), _ ("The change was not saved"));
}

static void
on_edit_mission (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);

  if (window != NULL)
    kaf_window_open_form (window, kaf_registry_find ("mission"), self->id);
}

/* Findings */

static gboolean
has_page (const KafEntity *entity)
{
  return kaf_entity_has (entity, KAF_ENTITY_SEARCHED) || entity->owner != NULL;
}

/* Where it can be put right when no row of the step's form is it. */
static void
mend_elsewhere (KafMissionPage *self, const KafEntity *entity, const char *id)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (*id != '\0' && has_page (entity) && strcmp (entity->id, "mission") != 0 &&
      !kaf_mission_page_may_write (self, entity->id))
    gtk_widget_activate_action (widget, "mission.open", "(ss)", entity->id, id);
  else if (!kaf_mission_page_may_write (self, entity->id))
    gtk_widget_error_bell (widget);
  else if (strcmp (entity->id, "mission") == 0)
    gtk_widget_activate_action (widget, "mission.edit-mission", NULL);
  else if (*id == '\0')
    gtk_widget_activate_action (widget, "mission.add", "s", entity->id);
  else if (has_page (entity) && strcmp (entity->id, "need") != 0)
    gtk_widget_activate_action (widget, "mission.open", "(ss)", entity->id, id);
  else
    gtk_widget_activate_action (widget, "mission.edit", "(ss)", entity->id, id);
}

/* The step whose form holds records of an entity; the one that shows, when it is the mission's own. */
static guint
step_of (KafMissionPage *self, const char *entity)
{
  const KafMissionPart *part = kaf_mission_part_find (entity);

  return part != NULL ? part->step : self->step;
}

static gboolean
lead (KafMissionPage *self, guint step, const char *entity, const char *id, const char *field)
{
  const KafMissionStepView *spec = kaf_mission_step_view_find (step);

  return spec != NULL && spec->lead != NULL && self->view[step] != NULL &&
         spec->lead (self->view[step], entity, *id != '\0' ? id : NULL,
                     *field != '\0' ? field : NULL);
}

static void
on_mend (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  const char *entity_id, *id, *field;
  const KafEntity *entity;
  guint step;

  g_variant_get (parameter, "(&s&s&s)", &entity_id, &id, &field);
  entity = kaf_registry_find (entity_id);
  if (entity == NULL || self->data == NULL)
    return;
  kaf_mission_body_show_checks (KAF_MISSION_BODY (self->body), FALSE);
  if (lead (self, self->step, entity_id, id, field))
    return;
  /* A session that step 6 finds fault with stands in step 4. */
  step = step_of (self, entity_id);
  if (step != self->step && kaf_mission_step_view_find (step) != NULL)
    {
      kaf_mission_page_show_step (self, step);
      if (lead (self, step, entity_id, id, field))
        return;
    }
  mend_elsewhere (self, entity, id);
}

static void
on_next_finding (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);

  kaf_mission_body_show_checks (KAF_MISSION_BODY (self->body), TRUE);
  if (!kaf_check_panel_next (KAF_CHECK_PANEL (self->panel)))
    gtk_widget_error_bell (widget);
}

/* A reminder is an exchange: it stands in the log with its day. */
static void
on_remind (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);
  const char *entity, *id;
  const KafRow *row;
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("contact"), NULL);
  g_autofree char *today = NULL;

  g_variant_get (parameter, "(&s&s)", &entity, &id);
  if (self->data == NULL || window == NULL)
    return;
  row = kaf_mission_data_find_row (self->data, entity, id);
  today = kaf_day_to_iso (self->data->context.day);
  kaf_record_set (preset, "mission", self->id);
  kaf_record_set (preset, "held_on", today);
  kaf_record_set (preset, "purpose", "coordination");
  kaf_record_set (preset, "subject", _ ("Reminder"));
  if (row != NULL)
    {
      kaf_record_set (preset, "organisation", kaf_mission_data_raw (row, "organisation"));
      kaf_record_set (preset, "person", kaf_mission_data_raw (row, "person"));
    }
  kaf_part_dialog_add (self, preset, self->step);
}

static void
on_history (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window;

  if (self->data == NULL)
    return;
  window = kaf_act_list_window_new (self->data, widget);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_set_weak_pointer (&self->history, window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_take (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);
  GtkWidget *taking;

  if (self->data == NULL || window == NULL)
    return;
  taking = kaf_take_window_new (self, kaf_window_get_sync (window));
  gtk_window_set_transient_for (GTK_WINDOW (taking), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (taking));
}

/* As it stood before that act reopened it. */
static void
on_print_version (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);
  KafPrintJob *job;

  if (self->data == NULL || window == NULL)
    return;
  job = kaf_print_job_new_for_record (kaf_registry_find ("mission"), self->id);
  job->document = kaf_document_find ("mission-step");
  job->one = g_variant_dup_string (parameter, NULL);
  kaf_window_push (window, kaf_preview_page_new (self->store, job));
}

static void
on_dossier (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);

  if (self->data != NULL && window != NULL)
    kaf_dossier_out (window, self->id, self->data->mission->ref);
}

static void
on_dossier_to (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  KafWindow *window = kaf_mission_page_get_window (self);
  g_autoptr (GFile) target = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  if (self->data != NULL && window != NULL)
    kaf_dossier_out_to (window, self->id, target);
}

static void
on_find_experts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window;

  if (self->data == NULL)
    return;
  window = kaf_find_experts_window_new (self);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_request_candidates (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  g_autofree char *today = NULL;
  g_autofree char *target = NULL;

  if (self->data == NULL)
    return;
  today = kaf_day_to_iso (self->data->context.day);
  target = g_strdup_printf ("candidate_request asked_on=%s", today);
  gtk_widget_activate_action (widget, "mission.add", "s", target);
}

/* Another mission of the list */

typedef struct
{
  KafMissionPage *page;
  guint position;
} Place;

static void
on_place_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Place *place = user_data;
  g_autoptr (KafMissionPage) self = place->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = kaf_paged_list_get_id_at_finish (KAF_PAGED_LIST (source), result, &error);

  self->reading--;
  if (self->store == NULL || (GObject *) self->list != source)
    return;
  if (id != NULL)
    kaf_mission_page_turn (self, id, place->position);
  else if (error != NULL)
    kaf_mission_page_report (self, NULL, error);
}

static void
on_turn (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  gint64 target = (gint64) self->position + g_variant_get_int32 (parameter);
  gint64 total;
  Place *place;

  if (self->list == NULL || self->position == GTK_INVALID_LIST_POSITION || self->reading > 0 ||
      self->writing > 0)
    return;
  total = kaf_paged_list_get_total (self->list);
  if (target < 0 || (total >= 0 && target >= total))
    {
      gtk_widget_error_bell (widget);
      return;
    }
  place = g_new0 (Place, 1);
  place->page = g_object_ref (self);
  place->position = (guint) target;
  self->reading++;
  kaf_paged_list_get_id_at_async (self->list, place->position, NULL, on_place_read, place);
}

void
kaf_mission_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "mission.show-step", "i", on_show_step);
  gtk_widget_class_install_action (klass, "mission.turn", "i", on_turn);
  gtk_widget_class_install_action (klass, "mission.add", "s", on_add);
  gtk_widget_class_install_action (klass, "mission.edit", "(ss)", on_edit);
  gtk_widget_class_install_action (klass, "mission.remove", "(ss)", on_remove);
  gtk_widget_class_install_action (klass, "mission.open", "(ss)", on_open);
  gtk_widget_class_install_action (klass, "mission.set", "(ssss)", on_set);
  gtk_widget_class_install_action (klass, "mission.set-today", "(sssss)", on_set_today);
  gtk_widget_class_install_action (klass, "mission.edit-mission", NULL, on_edit_mission);
  gtk_widget_class_install_action (klass, "mission.mend", "(sss)", on_mend);
  gtk_widget_class_install_action (klass, "mission.next-finding", NULL, on_next_finding);
  gtk_widget_class_install_action (klass, "mission.remind", "(ss)", on_remind);
  gtk_widget_class_install_action (klass, "mission.history", NULL, on_history);
  gtk_widget_class_install_action (klass, "mission.take", NULL, on_take);
  gtk_widget_class_install_action (klass, "mission.print-version", "s", on_print_version);
  gtk_widget_class_install_action (klass, "mission.dossier", NULL, on_dossier);
  gtk_widget_class_install_action (klass, "mission.dossier-to", "s", on_dossier_to);
  gtk_widget_class_install_action (klass, "mission.find-experts", NULL, on_find_experts);
  gtk_widget_class_install_action (klass, "mission.request-candidates", NULL,
                                   on_request_candidates);
}

/* Keys */

static gboolean
on_action_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, user_data, NULL);
}

static gboolean
on_leave_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  kaf_mission_page_leave_typed (KAF_MISSION_PAGE (widget));
  return TRUE;
}

static gboolean
on_step_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action_variant (widget, "mission.show-step", args);
}

/* What is written in, and the sheet whose columns they turn, keep these keys. */
static gboolean
on_turn_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!gtk_widget_get_mapped (widget) || KAF_MISSION_PAGE (widget)->list == NULL ||
      GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  if (focus != NULL && (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL ||
                        gtk_widget_get_ancestor (focus, KAF_TYPE_ATTENDANCE_SHEET) != NULL))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, "mission.turn", args);
}

void
kaf_mission_page_add_keys (KafMissionPage *self)
{
  GtkEventController *steps = gtk_shortcut_controller_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  /* Before tables and grids take them; F2 is theirs first. */
  gtk_event_controller_set_propagation_phase (steps, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (steps), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (int step = 1; step <= KAF_MISSION_STEPS; step++)
    kaf_keys_add (steps, (guint) (GDK_KEY_0 + step % 10), GDK_CONTROL_MASK, on_step_key, NULL,
                  g_variant_new_int32 (step));
  kaf_keys_add (steps, GDK_KEY_Page_Up, 0, on_turn_key, NULL, g_variant_new_int32 (-1));
  kaf_keys_add (steps, GDK_KEY_Page_Down, 0, on_turn_key, NULL, g_variant_new_int32 (1));
  kaf_keys_add (steps, GDK_KEY_F8, 0, on_action_key, "mission.next-finding", NULL);
  kaf_keys_add (steps, GDK_KEY_Return, GDK_CONTROL_MASK, on_leave_key, NULL, NULL);
  kaf_keys_add (steps, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_leave_key, NULL, NULL);
  kaf_keys_add (steps, GDK_KEY_b, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_action_key, "mission.take",
                NULL);
  kaf_keys_add (steps, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_action_key,
                "mission.dossier", NULL);
  kaf_keys_add (keys, GDK_KEY_F2, 0, on_action_key, "mission.edit-mission", NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), steps);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
