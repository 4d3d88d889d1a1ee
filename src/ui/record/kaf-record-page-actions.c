/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions "record.*": what buttons, menus, keys and tests share. A write is never cancelled with
 * the page: it holds the page until it is done. */
#include "config.h"

#include "ui/app/kaf-window-commit.h"
#include "ui/compat/kaf-keys.h"
#include "ui/erasure/kaf-erasure-request.h"
#include "ui/record/kaf-record-page-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "ui/app/kaf-export.h"
#include "ui/papers/kaf-papers-window.h"
#include "ui/record/kaf-availability-plan.h"
#include "ui/record/kaf-erase-dialog.h"
#include "ui/record/kaf-history-window.h"

void
kaf_record_page_commit (KafRecordPage *self,
                        KafChangeSet *set,
                        const char *done,
                        const char *failed)
{
  kaf_window_commit (GTK_WIDGET (self), self->store, set, done, failed, NULL, NULL);
}

/* Rights */

gboolean
kaf_record_page_may_make (KafRecordPage *self, const char *entity)
{
  return kaf_record_page_is_open (self) &&
         kaf_store_may_make (self->store, kaf_registry_find (entity));
}

gboolean
kaf_record_page_may_attach (KafRecordPage *self)
{
  return kaf_record_page_is_open (self) && kaf_store_may_attach (self->store, self->data->root);
}

/* Whose page it is, by whatever facet it is shown. */
gboolean
kaf_record_page_may_confirm (KafRecordPage *self)
{
  const KafField *field =
      kaf_entity_find_field (kaf_entity_get_root (self->entity), "confirmed_on");

  return kaf_record_page_is_open (self) && field != NULL &&
         kaf_store_may_write_field (self->store, self->data->root, field);
}

/* Each act names another kind of records, and is offered where its row or button asked the same. */
static gboolean
may_write (KafRecordPage *self, const char *entity)
{
  return kaf_record_page_is_open (self) &&
         kaf_store_may_write (self->store, kaf_registry_find (entity));
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *window = kaf_record_page_get_window (user_data);

  if (window != NULL)
    kaf_window_back (window);
}

static void
on_previous (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_record_page_step (user_data, -1);
}

static void
on_next (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_record_page_step (user_data, 1);
}

static void
on_edit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);

  if (window != NULL)
    kaf_window_open_form (window, self->entity, self->id);
}

static void
copy_text (KafRecordPage *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  kaf_record_page_toast (self, _ ("Copied"));
}

static void
on_copy_text (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy_text (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_copy_ref (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  const char *ref =
      kaf_record_page_is_shown (self) ? kaf_record_get_ref (self->data->record) : NULL;

  if (ref != NULL)
    copy_text (self, ref);
}

static void
on_save_card (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);

  if (window != NULL && kaf_record_page_is_shown (self))
    kaf_export_card (window, self->entity, self->id, self->data->title);
}

static void
on_copy_phone (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  const char *phones =
      kaf_record_page_is_shown (self) ? kaf_record_data_get (self->data, "phones") : NULL;
  g_autofree char *first = phones != NULL ? kaf_set_first (phones) : NULL;

  if (first != NULL)
    copy_text (self, first);
  else
    kaf_record_page_toast (self, _ ("No phone number is known"));
}

static void
on_open_uri (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (user_data);

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                g_variant_get_string (parameter, NULL), GDK_CURRENT_TIME);
}

static void
on_confirm (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  g_autoptr (KafRecord) change = kaf_record_new (self->data->root, self->data->id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  kaf_record_set (change, "confirmed_on", self->data->today);
  kaf_change_set_update (set, change);
  kaf_record_page_commit (self, set, _ ("Confirmed today"), _ ("The record was not confirmed"));
}

/* What may stand on another record too: neither names, nor contact details, nor files. */
static gboolean
is_duplicated (const KafEntity *entity, const KafField *field)
{
  return kaf_field_get_class (field) == KAF_CLASS_PUBLIC &&
         !kaf_field_has (field, KAF_FIELD_HIDDEN) && !kaf_field_has (field, KAF_FIELD_NAME) &&
         field->kind != KAF_KIND_ATTACHMENT && field->kind != KAF_KIND_PHONE &&
         field->kind != KAF_KIND_EMAIL && strcmp (field->id, "confirmed_on") != 0;
}

static void
on_duplicate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);
  g_autoptr (KafRecord) preset = kaf_record_new (self->entity, NULL);

  for (const KafField *field = self->entity->fields; field->id != NULL; field++)
    {
      const char *value = kaf_record_get (self->data->record, field->id);

      if (value != NULL && is_duplicated (self->entity, field))
        kaf_record_set (preset, field->id, value);
    }
  if (window != NULL)
    kaf_window_open_form_with (window, preset);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  kaf_change_set_delete (set, self->entity, self->data->id);
  kaf_record_page_commit (self, set, _ ("The record was deleted"),
                          _ ("The record was not deleted"));
}

static void
on_restore (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafRecordData *data = self->data;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("restore");

  if (kaf_record_get_stamp (data->owner)->deleted_at != 0)
    kaf_change_set_restore (set, data->root, data->id);
  if (data->entity != data->root && kaf_record_get_stamp (data->record)->deleted_at != 0)
    kaf_change_set_restore (set, data->entity, data->id);
  kaf_record_page_commit (self, set, _ ("The record was restored"),
                          _ ("The record was not restored"));
}

static void
on_history (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (user_data);
  GtkWidget *window = kaf_history_window_new (self->store, self->data->root, self->data->id,
                                              self->data->title, self->lang);

  /* Its rows undo through the page. */
  gtk_widget_insert_action_group (window, "record", G_ACTION_GROUP (self->actions));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafRecordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_undo_finish (KAF_STORE (source), result, &error);
  KafWindow *window = kaf_record_page_get_window (self);

  if (receipt == NULL)
    kaf_record_page_report (self, _ ("The change was not undone"), error);
  else if (window != NULL)
    kaf_window_tell_taken_back (window, receipt, FALSE);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;

  kaf_store_undo_async (self->store, g_variant_get_string (parameter, NULL), NULL, on_undone,
                        g_object_ref (self));
}

static void
on_erased (KafEraseDialog *dialog, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);

  self->erased = TRUE;
  kaf_record_page_toast (self, _ ("The record was erased for good"));
  if (window != NULL)
    kaf_window_back (window);
}

/* Where there is a server it erases, by whose role orders it. FALSE: there is none. */
static gboolean
leave_to_server (KafRecordPage *self)
{
  KafWindow *window = kaf_record_page_get_window (self);
  KafSyncAgent *agent = window != NULL ? kaf_window_get_sync (window) : NULL;
  const KafSyncStatus *status = agent != NULL ? kaf_sync_agent_get_status (agent) : NULL;
  const char *ref = kaf_record_get_ref (self->data->owner);
  /* While something waits to be sent, the reference may be another record's at the server: the id is nobody else's. */
  const char *number =
      ref != NULL && status != NULL && status->n_waiting == 0 && status->n_held == 0
          ? ref
          : self->data->id;

  if (!kaf_store_may_erase (self->store))
    kaf_erasure_request_show (GTK_WINDOW (window), number);
  else if (status != NULL && status->url != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.order-erasure", "s", number);
  else
    return FALSE;
  return TRUE;
}

static void
on_erase (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (user_data);
  GtkWidget *dialog;

  if (leave_to_server (self))
    return;
  dialog = kaf_erase_dialog_new (self->store, self->data->root, self->data->id, self->data->title);

  g_signal_connect_object (dialog, "erased", G_CALLBACK (on_erased), self, 0);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  kaf_erase_dialog_show (KAF_ERASE_DIALOG (dialog));
}

/* Numbers of them are the server's alone; the window says who may not see any. */
static void
on_papers (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);
  KafSyncAgent *agent = window != NULL ? kaf_window_get_sync (window) : NULL;
  const KafSyncStatus *status = agent != NULL ? kaf_sync_agent_get_status (agent) : NULL;
  GtkWidget *papers = kaf_papers_window_new (self->store, status != NULL ? status->url : NULL,
                                             self->data->id, self->data->title);

  if (window != NULL)
    gtk_window_set_transient_for (GTK_WINDOW (papers), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (papers));
}

/* Another side of the same person. */
static void
on_register (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);
  const KafEntity *facet = kaf_registry_find (g_variant_get_string (parameter, NULL));
  g_autoptr (KafRecord) preset = NULL;

  if (window == NULL || facet == NULL || facet == self->entity)
    return;
  for (guint i = 0; i < self->data->facets->len; i++)
    if (g_ptr_array_index (self->data->facets, i) == facet)
      {
        kaf_window_open_record (window, facet, self->id, NULL, GTK_INVALID_LIST_POSITION);
        return;
      }
  preset = kaf_record_new (facet, self->id);
  kaf_window_open_form_with (window, preset);
}

static void
place_last (KafRecordPage *self, KafRecord *preset, const KafRelatedSpec *spec)
{
  int column = kaf_related_spec_column (spec, "position");
  g_autofree char *position = NULL;
  guint64 last = 0;

  for (guint i = 0; self->data != NULL && i < self->data->related->len; i++)
    {
      const KafRelatedRows *related = g_ptr_array_index (self->data->related, i);

      for (guint j = 0; related->spec == spec && j < related->rows->len; j++)
        {
          const char *place = ((KafRow *) g_ptr_array_index (related->rows, j))->raw[column];

          last = MAX (last, place != NULL ? g_ascii_strtoull (place, NULL, 10) : j + 1);
        }
    }
  position = g_strdup_printf ("%" G_GUINT64_FORMAT, last + 1);
  kaf_record_set (preset, "position", position);
}

/* What the table of the page says of a new one: how it begins, and what it has in common with this record. */
static void
begin_as_said (KafRecordPage *self, KafRecord *preset, const KafRelatedSpec *spec)
{
  const char *value = NULL;
  g_autofree char *field = spec != NULL ? kaf_related_split (spec->only, &value) : NULL;

  if (field != NULL)
    kaf_record_set (preset, field, value);
  for (guint i = 0; spec != NULL && spec->takes != NULL && spec->takes[i] != NULL; i++)
    if (self->data != NULL && kaf_record_data_get (self->data, spec->takes[i]) != NULL)
      kaf_record_set (preset, spec->takes[i], kaf_record_data_get (self->data, spec->takes[i]));
  if (spec != NULL && spec->moves)
    place_last (self, preset, spec);
}

/* "membership person", "convention parent kind=amendment": a new one that belongs to this record. */
static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);
  g_auto (GStrv) words = g_strsplit (g_variant_get_string (parameter, NULL), " ", 3);
  const KafEntity *entity = words[0] != NULL ? kaf_registry_find (words[0]) : NULL;
  const KafField *field =
      entity != NULL && words[1] != NULL ? kaf_entity_find_field (entity, words[1]) : NULL;
  g_autofree char *owner = NULL;
  g_autoptr (KafRecord) preset = NULL;

  if (field == NULL || !kaf_record_page_may_make (self, entity->id))
    return;
  /* With its defaults, in a window over the page. */
  if (self->holder != NULL && strcmp (entity->id, "relay") == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "holder.pass-on", NULL);
      return;
    }
  owner = kaf_field_is_many (field) ? kaf_set_add (NULL, self->id, NULL) : g_strdup (self->id);
  preset = kaf_record_new (entity, NULL);
  kaf_record_set (preset, field->id, owner);
  begin_as_said (self, preset, kaf_related_find (self->entity, entity->id, field->id, words[2]));
  if (kaf_entity_find_field (entity, "held_on") != NULL && self->data != NULL)
    kaf_record_set (preset, "held_on", self->data->today);
  if (window != NULL)
    kaf_window_open_form_with (window, preset);
}

/* Members of a network. */
static void
on_add_many (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);

  if (window != NULL && kaf_record_page_is_shown (self))
    kaf_window_choose_members (window, self->id, self->data->title);
}

static void
on_insert_articles (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_record_page_insert_articles (user_data);
}

typedef struct
{
  const KafEntity *entity;
  char *id;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->id);
  g_free (target);
}

/* A person opens as the expert that it is. */
static gpointer
resolve_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *wanted = data;
  Target *found = g_new0 (Target, 1);

  if (!kaf_read_resolve (db, wanted->id, wanted->entity->owner != NULL ? wanted->entity : NULL,
                         &found->entity, &found->id, error))
    {
      target_free (found);
      return NULL;
    }
  return found;
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafRecordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Target *target = kaf_store_run_finish (KAF_STORE (source), result, &error);
  KafWindow *window = kaf_record_page_get_window (self);

  if (target == NULL)
    {
      kaf_record_page_report (self, NULL, error);
      return;
    }
  if (window != NULL)
    kaf_window_open_record (window, target->entity, target->id, NULL, GTK_INVALID_LIST_POSITION);
  target_free (target);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  Target *target = g_new0 (Target, 1);
  const char *entity;

  g_variant_get (parameter, "(&ss)", &entity, &target->id);
  target->entity = kaf_registry_find (entity);
  if (target->entity == NULL)
    {
      target_free (target);
      return;
    }
  kaf_store_run_async (self->store, KAF_LANE_READ, resolve_job, target, target_free, target_free,
                       self->cancellable, on_resolved, g_object_ref (self));
}

static void
on_edit_related (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafWindow *window = kaf_record_page_get_window (user_data);
  const char *entity, *id;

  g_variant_get (parameter, "(&s&s)", &entity, &id);
  if (window != NULL && kaf_registry_find (entity) != NULL && may_write (user_data, entity))
    kaf_window_open_form (window, kaf_registry_find (entity), id);
}

static void
on_remove_related (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  const KafEntity *entity;
  const char *entity_id, *id;
  g_autofree char *done = NULL;

  g_variant_get (parameter, "(&s&s)", &entity_id, &id);
  entity = kaf_registry_find (entity_id);
  if (entity == NULL || !kaf_record_page_may_make (user_data, entity_id))
    return;
  kaf_change_set_delete (set, entity, id);
  /* Translators: %s is a kind of record, "Membership". */
  done = g_strdup_printf (_ ("Removed: %s"), _ (entity->label));
  kaf_record_page_commit (user_data, set, done, _ ("It was not removed"));
}

/* The list of the page that holds such records and has something turned by Space. */
static const KafRelatedToggle *
find_toggle (KafRecordPage *self, const char *entity)
{
  for (const KafRelatedGroup *group = kaf_related_groups (self->entity); group->id != NULL; group++)
    for (guint i = 0; group->specs[i] != NULL; i++)
      if (strcmp (group->specs[i]->entity, entity) == 0 && group->specs[i]->toggle != NULL)
        return group->specs[i]->toggle;
  return NULL;
}

static void
on_mark_related (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = NULL;
  const char *entity, *id, *value;
  const KafRelatedToggle *toggle;

  g_variant_get (parameter, "(&s&s&s)", &entity, &id, &value);
  toggle = find_toggle (self, entity);
  if (toggle == NULL || self->data == NULL || !may_write (self, entity))
    return;
  change = kaf_record_new (kaf_registry_find (entity), id);
  kaf_record_set (change, toggle->field, value);
  if (toggle->day != NULL)
    kaf_record_set (change, toggle->day,
                    strcmp (value, toggle->on) == 0 ? self->data->today : NULL);
  kaf_change_set_update (set, change);
  kaf_record_page_commit (self, set, _ ("Noted"), _ ("The change was not saved"));
}

/* In the order of the ids. */
static void
on_order_related (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autofree const char **ids = NULL;
  const KafEntity *entity;
  const char *entity_id;

  g_variant_get (parameter, "(&s^a&s)", &entity_id, &ids);
  entity = kaf_registry_find (entity_id);
  for (guint i = 0; entity != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (KafRecord) change = kaf_record_new (entity, ids[i]);
      g_autofree char *position = g_strdup_printf ("%u", i + 1);

      kaf_record_set (change, "position", position);
      kaf_change_set_update (set, change);
    }
  kaf_record_page_commit (user_data, set, _ ("Moved"), _ ("The change was not saved"));
}

static void
on_see_all (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);
  const char *section, *path;
  const char *values[] = { self->id, NULL };
  g_autoptr (KafQuery) query = NULL;

  g_variant_get (parameter, "(&s&s)", &section, &path);
  if (window == NULL || kaf_registry_find (section) == NULL)
    return;
  query = kaf_query_new (kaf_registry_find (section));
  kaf_query_set_condition (query, path, KAF_OP_ANY_OF, values);
  kaf_window_show_query (window, query);
}

static void
on_set_availability (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  const char *from, *to, *part, *kind;
  g_autoptr (KafChangeSet) set = NULL;

  g_variant_get (parameter, "(&s&s&s&s)", &from, &to, &part, &kind);
  if (!kaf_record_page_is_shown (self) || self->data->availability == NULL)
    return;
  set = kaf_availability_plan_change (self->data->availability, self->data->id, from, to, part,
                                      *kind != '\0' ? kind : NULL);
  if (kaf_change_set_get_size (set) > 0)
    kaf_record_page_commit (self, set, _ ("The availability was saved"),
                            _ ("The availability was not saved"));
}

/* Page Up and Page Down step, unless a person is typing or in a pop-up. */
static gboolean
on_step_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!gtk_widget_get_mapped (widget) || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
      (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return FALSE;
  return gtk_widget_activate_action_variant (widget, "record.step", args);
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_record_page_step (user_data, g_variant_get_int32 (parameter));
}

static gboolean
on_action_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, user_data, NULL);
}

static void
add_keys (KafRecordPage *self)
{
  GtkEventController *steps = gtk_shortcut_controller_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  /* Before the scrolled window takes them. */
  gtk_event_controller_set_propagation_phase (steps, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (steps), GTK_SHORTCUT_SCOPE_GLOBAL);
  kaf_keys_add (steps, GDK_KEY_Page_Up, 0, on_step_key, NULL, g_variant_new_int32 (-1));
  kaf_keys_add (steps, GDK_KEY_Page_Down, 0, on_step_key, NULL, g_variant_new_int32 (1));
  gtk_widget_add_controller (GTK_WIDGET (self), steps);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  kaf_keys_add (keys, GDK_KEY_F2, 0, on_action_key, "record.edit", NULL);
  kaf_keys_add (keys, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_action_key,
                "record.copy-phone", NULL);
  kaf_keys_add (keys, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_action_key, "record.papers",
                NULL);
  kaf_keys_add (keys, GDK_KEY_u, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_action_key,
                "record.insert-articles", NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
on_show_sources (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  kaf_record_page_show_sources (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_use_claim (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id, *field;

  g_variant_get (parameter, "(&s&s)", &id, &field);
  kaf_record_page_use_claim (user_data, id, field);
}

static const GActionEntry entries[] = {
  { "back", on_back },
  { "previous", on_previous },
  { "next", on_next },
  { "step", on_step, "i" },
  { "edit", on_edit },
  { "copy-text", on_copy_text, "s" },
  { "copy-ref", on_copy_ref },
  { "save-card", on_save_card },
  { "copy-phone", on_copy_phone },
  { "open-uri", on_open_uri, "s" },
  { "confirm", on_confirm },
  { "register", on_register, "s" },
  { "duplicate", on_duplicate },
  { "delete", on_delete },
  { "restore", on_restore },
  { "history", on_history },
  { "undo", on_undo, "s" },
  { "erase", on_erase },
  { "papers", on_papers },
  { "add", on_add, "s" },
  { "add-many", on_add_many },
  { "insert-articles", on_insert_articles },
  { "open", on_open, "(ss)" },
  { "edit-related", on_edit_related, "(ss)" },
  { "remove-related", on_remove_related, "(ss)" },
  { "mark-related", on_mark_related, "(sss)" },
  { "order-related", on_order_related, "(sas)" },
  { "see-all", on_see_all, "(ss)" },
  { "set-availability", on_set_availability, "(ssss)" },
  { "show-sources", on_show_sources, "s" },
  { "use-claim", on_use_claim, "(ss)" },
};

void
kaf_record_page_add_actions (KafRecordPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "record", G_ACTION_GROUP (self->actions));
  add_keys (self);
}

static void
enable (KafRecordPage *self, const char *const *names, gboolean enabled)
{
  for (; *names != NULL; names++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), *names);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}

/* The other side of the person: see page_menu_new(). */
static gboolean
may_register (KafRecordPage *self)
{
  gboolean holds = g_str_equal (self->entity->id, "project_holder");

  return kaf_record_page_may_make (self, holds ? "expert" : "project_holder");
}

void
kaf_record_page_update_actions (KafRecordPage *self)
{
  static const char *const reading[] = { "copy-ref", "save-card",    "copy-phone", "history",
                                         "see-all",  "show-sources", NULL };
  static const char *const writing[] = { "edit", "set-cv", "set-photo", "insert-articles", NULL };
  static const char *const confirming[] = { "confirm", NULL };
  static const char *const timing[] = { "set-availability", NULL };
  static const char *const filing[] = { "attach", "remove-file", "set-file-role", NULL };
  static const char *const believing[] = { "use-claim", NULL };
  static const char *const registering[] = { "register", NULL };
  /* Of such a record as a whole. */
  static const char *const making[] = { "duplicate", "delete", NULL };
  /* Each of another kind; the forms ask again. */
  static const char *const adding[] = {
    "add", "add-many", "edit-related", "remove-related", "mark-related", "order-related", NULL
  };
  static const char *const authority[] = { "undo", "erase", NULL };
  static const char *const papers[] = { "papers", NULL };
  static const char *const restoring[] = { "restore", NULL };
  static const char *const previous[] = { "previous", NULL };
  static const char *const next[] = { "next", NULL };
  gboolean read_only = self->store == NULL || kaf_store_is_read_only (self->store);
  gboolean placed = self->list != NULL && self->position != GTK_INVALID_LIST_POSITION;
  gint64 total = placed ? kaf_paged_list_get_total (self->list) : 0;

  enable (self, reading, kaf_record_page_is_shown (self));
  enable (self, writing, self->store != NULL && kaf_record_page_is_writable (self));
  enable (self, making,
          self->store != NULL && kaf_record_page_is_writable (self) &&
              kaf_store_may_make (self->store, self->entity));
  enable (self, confirming, self->store != NULL && kaf_record_page_may_confirm (self));
  enable (self, timing, self->store != NULL && kaf_record_page_may_make (self, "availability"));
  enable (self, filing, self->store != NULL && kaf_record_page_may_attach (self));
  enable (self, believing, self->store != NULL && kaf_record_page_may_make (self, "field_choice"));
  enable (self, registering, self->store != NULL && may_register (self));
  enable (self, adding, self->store != NULL && kaf_record_page_is_open (self));
  enable (self, authority, kaf_record_page_is_shown (self) && !read_only);
  enable (self, papers,
          kaf_record_page_is_shown (self) && strcmp (self->data->root->id, "person") == 0);
  enable (self, restoring,
          kaf_record_page_is_shown (self) && self->data->deleted && !read_only &&
              kaf_store_may_write (self->store, self->entity));
  enable (self, previous, placed && self->position > 0);
  enable (self, next, placed && (total < 0 || (gint64) self->position + 1 < total));
}
