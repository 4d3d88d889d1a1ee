/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-dialog-header.h"
#include "ui/holder/kaf-holder-dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-window.h"
#include "ui/mission/kaf-field-dialog.h"

#define OVERRIDE_DAYS 90 /* that a decision is proposed for */

static const char *const contact_fields[] = { "held_on",     "channel", "outcome", "subject",
                                              "referred_to", "answer",  NULL };
static const char *const next_fields[] = { "next_action", "next_on", NULL };
static const char *const stage_fields[] = { "stage", "reached_on", "reason", NULL };
static const char *const tier_fields[] = { "tier", "reason", "decided_on", "until", NULL };
static const char *const relay_fields[] = { "subject_fr", "post",    "organisation", "segment",
                                            "sent_on",    "by_whom", "answer_by",    NULL };

typedef struct
{
  GtkWidget *page; /* weak */
  char *done;
  gboolean permanent; /* an entry that stays: nothing to undo */
} Open;

static void
open_free (gpointer data, GClosure *closure)
{
  Open *open = data;

  g_clear_weak_pointer (&open->page);
  g_free (open->done);
  g_free (open);
}

static void
on_saved (KafFieldDialog *dialog, KafReceipt *receipt, gpointer data)
{
  Open *open = data;
  GtkRoot *root = open->page != NULL ? gtk_widget_get_root (open->page) : NULL;

  if (!KAF_IS_WINDOW (root) || receipt->batch == NULL)
    return;
  if (open->permanent)
    kaf_window_toast (KAF_WINDOW (root), open->done);
  else
    kaf_window_toast_undo (KAF_WINDOW (root), open->done, receipt);
}

static GtkWidget *
dialog_new (
    GtkWidget *page, KafStore *store, const char *title, KafRecord *record, const char *done)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *dialog = kaf_field_dialog_new (store, title, record);
  Open *open = g_new0 (Open, 1);

  g_set_weak_pointer (&open->page, page);
  open->done = g_strdup (done);
  open->permanent = kaf_entity_has (kaf_record_get_entity (record), KAF_ENTITY_APPEND_ONLY);
  g_signal_connect_data (dialog, "saved", G_CALLBACK (on_saved), open, open_free, 0);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  return dialog;
}

/* @field: what a person types first. */
static GtkWidget *
show (GtkWidget *dialog, const char *field)
{
  gtk_window_present (GTK_WINDOW (dialog));
  kaf_field_row_focus (kaf_field_dialog_find_row (KAF_FIELD_DIALOG (dialog), field));
  return dialog;
}

/* Contacts */

typedef struct
{
  GtkWidget *projects; /* nullable */
  gboolean may_plan;   /* the user's role writes projects */
  GtkWidget *done;     /* nullable: the action that was planned is done */
  GPtrArray *ids;      /* (element-type utf8): of the projects, as the row has them after "none" */
  GPtrArray *planned;  /* (element-type utf8), by project: its next action; NULL: none */
  GArray *due;         /* (element-type gboolean), by project: it is of today or before */
} Contact;

static void
contact_free (gpointer data)
{
  Contact *self = data;

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->planned);
  g_array_unref (self->due);
  g_free (self);
}

/* Place among the projects, -1: none. */
static int
chosen_project (const Contact *self)
{
  if (self->projects == NULL)
    return self->ids->len == 1 ? 0 : -1;
  return (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->projects)) - 1;
}

static GtkSwitch *
done_switch (const Contact *self)
{
  return GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (self->done)));
}

/* The project takes over what follows, so that lists and the to-do have it; what was planned goes when it is done. */
static void
plan_next (const Contact *self, int place, KafRecord *contact, KafChangeSet *set)
{
  g_autoptr (KafRecord) project =
      kaf_record_new (kaf_registry_find ("project"), g_ptr_array_index (self->ids, place));
  const char *action = kaf_record_get (contact, "next_action");
  const char *on = kaf_record_get (contact, "next_on");
  gboolean done = self->done != NULL && gtk_widget_get_visible (self->done) &&
                  gtk_switch_get_active (done_switch (self));

  if (!self->may_plan || (action == NULL && on == NULL && !done))
    return;
  kaf_record_set (project, "next_action", action);
  kaf_record_set (project, "next_on", on);
  kaf_change_set_update (set, project);
}

static void
on_collect_contact (KafFieldDialog *dialog, KafRecord *contact, KafChangeSet *set, Contact *self)
{
  int place = chosen_project (self);

  if (place < 0)
    return;
  kaf_record_set (contact, "project", g_ptr_array_index (self->ids, place));
  plan_next (self, place, contact, set);
}

static void
update_planned (Contact *self)
{
  int place = chosen_project (self);
  const char *planned = place >= 0 ? g_ptr_array_index (self->planned, place) : NULL;

  if (self->done == NULL)
    return;
  gtk_widget_set_visible (gtk_widget_get_parent (self->done), planned != NULL);
  gtk_widget_set_visible (self->done, planned != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->done), planned != NULL ? planned : "");
  gtk_switch_set_active (done_switch (self),
                         planned != NULL && g_array_index (self->due, gboolean, place));
}

static void
on_project_chosen (GtkWidget *row, GParamSpec *pspec, KafFieldDialog *dialog)
{
  update_planned (g_object_get_data (G_OBJECT (dialog), "kaf-contact"));
  kaf_field_dialog_touch (dialog);
}

static GtkWidget *
projects_row_new (const KafHolderView *view, int project)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, C_ ("project", "None"));
  for (guint i = 0; i < view->projects->len; i++)
    gtk_string_list_append (
        names, ((const KafHolderProjectView *) g_ptr_array_index (view->projects, i))->title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Project"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) (project + 1));
  return row;
}

static GtkWidget *
done_row_new (void)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *done = gtk_switch_new ();

  gtk_widget_set_valign (done, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("What was planned is done"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), done);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), done);
  return row;
}

static Contact *
contact_new (KafStore *store, const KafHolderView *view)
{
  Contact *self = g_new0 (Contact, 1);

  self->may_plan = kaf_store_may_write (store, kaf_registry_find ("project"));
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->planned = g_ptr_array_new_with_free_func (g_free);
  self->due = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < view->projects->len; i++)
    {
      const KafHolderProjectView *project = g_ptr_array_index (view->projects, i);

      g_ptr_array_add (self->ids, g_strdup (kaf_record_get_id (project->record)));
      g_ptr_array_add (self->planned, g_strdup (project->next_text));
      g_array_append_val (self->due, project->next_is_due);
    }
  return self;
}

/* The new entry begins as the one that it corrects, and says so. */
static void
begin_correction (KafRecord *record, const KafRecord *before)
{
  static const char *const taken[] = { "held_on",     "channel", "outcome", "referred_to", "answer",
                                       "next_action", "next_on", "project", "organisation" };
  const char *subject = kaf_record_get (before, "subject");
  g_autofree char *said = g_strdup_printf (_ ("Correction: %s"), subject != NULL ? subject : "");

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    kaf_record_set (record, taken[i], kaf_record_get (before, taken[i]));
  kaf_record_set (record, "subject", said);
}

static void
add_projects (KafFieldDialog *dialog, Contact *self, const KafHolderView *view, int project)
{
  if (view->projects->len > 1)
    {
      self->projects = projects_row_new (view, project);
      kaf_field_dialog_add (dialog, kaf_dialog_rows_new (self->projects));
      g_signal_connect (self->projects, "notify::selected", G_CALLBACK (on_project_chosen), dialog);
    }
  if (view->projects->len > 0 && self->may_plan)
    {
      self->done = done_row_new ();
      kaf_field_dialog_add (dialog, kaf_dialog_rows_new (self->done));
    }
  update_planned (self);
}

GtkWidget *
kaf_holder_dialog_contact (GtkWidget *page,
                           KafStore *store,
                           const KafHolderView *view,
                           int project,
                           const KafRecord *before)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("contact"), NULL);
  Contact *self = contact_new (store, view);
  GtkWidget *dialog;

  kaf_record_begin (record);
  kaf_record_set (record, "person", view->id);
  kaf_record_set (record, "held_on", view->today);
  kaf_record_set (record, "channel", "call");
  kaf_record_set (record, "by_whom", view->me);
  if (before != NULL)
    begin_correction (record, before);
  if (before != NULL && view->projects->len > 0)
    project = kaf_holder_view_find (view, kaf_record_get (before, "project"));
  dialog = dialog_new (page, store,
                       before != NULL ? _ ("Correct an Entry of the Log") : _ ("Note a Contact"),
                       record, _ ("The contact was noted"));
  g_object_set_data_full (G_OBJECT (dialog), "kaf-contact", self, contact_free);
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), contact_fields);
  add_projects (KAF_FIELD_DIALOG (dialog), self, view, project);
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), next_fields);
  if (before != NULL)
    kaf_field_dialog_say (KAF_FIELD_DIALOG (dialog),
                          _ ("The entry of before stays in the log; this one is added to it."),
                          NULL);
  g_signal_connect (dialog, "collect", G_CALLBACK (on_collect_contact), self);
  return show (dialog, "subject");
}

/* Stages */

GtkWidget *
kaf_holder_dialog_stage (
    GtkWidget *page, KafStore *store, const KafHolderView *view, int project, const char *stage)
{
  const KafHolderProjectView *changed = g_ptr_array_index (view->projects, project);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("project_stage"), NULL);
  GtkWidget *dialog;

  kaf_record_begin (record);
  kaf_record_set (record, "project", kaf_record_get_id (changed->record));
  kaf_record_set (record, "stage", stage);
  kaf_record_set (record, "reached_on", view->today);
  dialog = dialog_new (page, store, _ ("Change the Stage"), record, _ ("The stage was changed"));
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), stage_fields);
  if (stage != NULL && kaf_stage_bar_find (stage) >= 0 &&
      kaf_stage_bar_find (stage) < changed->place)
    kaf_field_dialog_say (
        KAF_FIELD_DIALOG (dialog),
        _ ("This stage lies behind the present one: the project goes back to it."), "warning");
  return show (dialog, stage != NULL ? "reached_on" : "stage");
}

/* Tiers and relays */

GtkWidget *
kaf_holder_dialog_tier (GtkWidget *page, KafStore *store, const KafHolderView *view)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("tier_override"), NULL);
  g_autofree char *until = kaf_date_add_days (view->today, OVERRIDE_DAYS);
  GtkWidget *dialog;

  kaf_record_begin (record);
  kaf_record_set (record, "person", view->id);
  kaf_record_set (record, "decided_on", view->today);
  kaf_record_set (record, "until", until);
  dialog = dialog_new (page, store, _ ("Decide the Tier"), record, _ ("The tier was decided"));
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), tier_fields);
  kaf_field_dialog_say (
      KAF_FIELD_DIALOG (dialog),
      _ ("The decision goes before the score until that day, and stands in the history."), NULL);
  return show (dialog, "tier");
}

GtkWidget *
kaf_holder_dialog_relay (GtkWidget *page, KafStore *store, KafRecord *preset)
{
  GtkWidget *dialog;

  dialog = dialog_new (page, store, _ ("Pass On to a Relay"), preset, _ ("The relay was saved"));
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), relay_fields);
  return show (dialog, "subject_fr");
}

/* One field */

typedef struct
{
  GtkWidget *page;
  KafStore *store;
  char *field;
} Wanted;

/* With the field asked for first. (transfer container) */
static GPtrArray *
unit_fields (const KafEntity *entity, const char *id)
{
  const KafField *field = kaf_entity_find_field (entity, id);
  GPtrArray *fields = g_ptr_array_new ();

  g_ptr_array_add (fields, (gpointer) field->id);
  for (const KafField *other = entity->fields; field->unit != NULL && other->id != NULL; other++)
    if (other != field && g_strcmp0 (other->unit, field->unit) == 0 &&
        !kaf_field_has (other, KAF_FIELD_HIDDEN))
      g_ptr_array_add (fields, (gpointer) other->id);
  g_ptr_array_add (fields, NULL);
  return fields;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Wanted *wanted = data;
  g_autoptr (GtkWidget) page = wanted->page;
  g_autoptr (KafStore) store = wanted->store;
  g_autofree char *field = wanted->field;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecord) record = kaf_store_load_finish (KAF_STORE (source), result, &error);
  g_autoptr (GPtrArray) fields = NULL;
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *dialog;

  if (!KAF_IS_WINDOW (root))
    return;
  if (record == NULL)
    {
      kaf_window_report_error (KAF_WINDOW (root), NULL, error);
      return;
    }
  fields = unit_fields (kaf_record_get_entity (record), field);
  dialog = dialog_new (page, store, _ ("Answer"), record, _ ("The answer was saved"));
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), (const char *const *) fields->pdata);
  show (dialog, field);
}

void
kaf_holder_dialog_field (
    GtkWidget *page, KafStore *store, const char *entity, const char *id, const char *field)
{
  const KafEntity *of = kaf_registry_find (entity);
  Wanted *wanted;

  g_return_if_fail (of != NULL && kaf_entity_find_field (of, field) != NULL);

  wanted = g_new0 (Wanted, 1);
  wanted->page = g_object_ref (page);
  wanted->store = g_object_ref (store);
  wanted->field = g_strdup (field);
  kaf_store_load_async (store, of, id, NULL, on_loaded, wanted);
}
