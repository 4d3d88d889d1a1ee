/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the record: chosen or dropped, they come in one after the other on the worker; looked at,
 * they are private copies. */
#include "config.h"

#include "ui/record/kaf-record-page-private.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "store/kaf-copies.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/record/kaf-file-jobs.h"

/* The columns of a file in the page's data. */
enum
{
  FILE_NAME,
  FILE_HASH = 4,
};

typedef struct
{
  KafRecordPage *page;
  KafFileProgress *progress;
} Coming;

static void
on_attached (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Coming *coming = user_data;
  g_autoptr (KafRecordPage) self = coming->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_file_add_finish (KAF_STORE (source), result, &error);
  KafWindow *window = kaf_record_page_get_window (self);

  if (self->store != NULL)
    kaf_attachment_list_remove_progress (KAF_ATTACHMENT_LIST (self->attachments), coming->progress);
  kaf_file_progress_unref (coming->progress);
  self->n_files--;
  if (receipt == NULL)
    kaf_record_page_report (self, _ ("The file was not attached"), error);
  else if (window != NULL)
    kaf_window_toast_undo (window, _ ("The file was attached"), receipt);
}

static void
attach (KafRecordPage *self, GFile *file)
{
  Coming *coming = g_new0 (Coming, 1);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);

  if (self->attaching == NULL || g_cancellable_is_cancelled (self->attaching))
    {
      g_clear_object (&self->attaching);
      self->attaching = g_cancellable_new ();
    }
  self->n_files++;
  coming->page = g_object_ref (self);
  coming->progress = kaf_file_progress_new ();
  kaf_attachment_list_add_progress (KAF_ATTACHMENT_LIST (self->attachments), shown,
                                    coming->progress);
  kaf_file_add_async (self->store, self->entity, self->id, file, coming->progress, self->attaching,
                      on_attached, coming);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafRecordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, &error);

  if (file != NULL && kaf_record_page_may_attach (self))
    attach (self, file);
  else if (error != NULL)
    kaf_record_page_report (self, NULL, error);
}

static GtkWindow *
get_parent (KafRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_attach (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;

  kaf_file_chooser_open_async (get_parent (self), _ ("Attach a File"), _ ("Attach"), NULL, NULL,
                               self->cancellable, on_chosen, g_object_ref (self));
}

/* A URI, for a drop, for tests and for scripts. */
static void
on_attach_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  if (kaf_record_page_may_attach (user_data))
    attach (user_data, file);
}

static void
on_cancel_attach (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_cancellable_cancel (((KafRecordPage *) user_data)->attaching);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  KafRecordPage *self = user_data;

  if (!kaf_record_page_may_attach (self) || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  for (GSList *item = g_value_get_boxed (value); item != NULL; item = item->next)
    attach (self, item->data);
  return TRUE;
}

typedef struct
{
  KafRecordPage *page;
  gboolean to_clipboard;
  gboolean fetched; /* from the server, for it */
  GFile *target;    /* nullable */
  char *id;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->page);
  g_clear_object (&copy->target);
  g_free (copy->id);
  g_free (copy);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static Copy *
copy_new (KafRecordPage *self, GVariant *parameter)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->page = g_object_ref (self);
  copy->id = g_variant_dup_string (parameter, NULL);
  return copy;
}

static void
put_on_clipboard (KafRecordPage *self, GFile *file)
{
  GSList list = { file, NULL };
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &list);
  gdk_clipboard_set_value (gtk_widget_get_clipboard (GTK_WIDGET (self)), &value);
  kaf_record_page_toast (self, _ ("Copied"));
}

static void run_copy (Copy *copy);

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  KafRecordPage *self = copy->page;

  self->n_files--;
  if (kaf_blob_agent_fetch_finish (KAF_BLOB_AGENT (source), result, &error))
    {
      copy->fetched = TRUE;
      if (self->store != NULL)
        run_copy (g_steal_pointer (&copy));
    }
  else if (g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE))
    kaf_record_page_toast (self, _ ("The file is downloaded once the server can be reached"));
  else
    kaf_record_page_report (self, _ ("The file was not downloaded"), error);
}

/* Its content is not here: it is fetched, which shows in its row, and then @copy goes on. */
static void
fetch (Copy *copy)
{
  KafRecordPage *self = copy->page;

  self->n_files++;
  kaf_blob_agent_fetch_async (self->files, copy->id, on_fetched, copy);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = kaf_file_copy_finish (KAF_STORE (source), result, &error);
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  copy->page->n_files--;
  if (copy->page->store != NULL)
    kaf_record_page_watch_files (copy->page);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_ELSEWHERE) && !copy->fetched &&
      copy->page->files != NULL)
    fetch (g_steal_pointer (&copy));
  else if (file == NULL)
    kaf_record_page_report (
        copy->page,
        copy->target != NULL ? _ ("The file was not saved") : _ ("The file was not opened"), error);
  else if (copy->to_clipboard)
    put_on_clipboard (copy->page, file);
  else if (copy->target != NULL)
    kaf_record_page_toast (copy->page, _ ("The file was saved"));
  else
    gtk_show_uri (get_parent (copy->page), uri, GDK_CURRENT_TIME);
}

static void
run_copy (Copy *copy)
{
  copy->page->n_files++;
  kaf_file_copy_async (copy->page->store, copy->id, copy->target, copy->page->cancellable,
                       on_copied, copy);
}

static void
on_open_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  run_copy (copy_new (user_data, parameter));
}

static void
on_copy_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Copy *copy = copy_new (user_data, parameter);

  copy->to_clipboard = TRUE;
  run_copy (copy);
}

static void
on_target_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;

  copy->target = kaf_file_chooser_finish (result, &error);
  if (copy->target == NULL)
    kaf_record_page_report (copy->page, NULL, error);
  else if (copy->page->store != NULL)
    run_copy (g_steal_pointer (&copy));
}

static const char *
file_name (KafRecordPage *self, const char *id)
{
  for (guint i = 0; self->data != NULL && i < self->data->attachments->len; i++)
    {
      const KafRow *row = g_ptr_array_index (self->data->attachments, i);

      if (g_strcmp0 (row->id, id) == 0)
        return row->raw[FILE_NAME];
    }
  return NULL;
}

static void
on_save_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  Copy *copy = copy_new (self, parameter);

  kaf_file_chooser_save_async (get_parent (self), _ ("Save the File"), _ ("Save"),
                               file_name (self, copy->id), self->cancellable, on_target_chosen,
                               copy);
}

static void
on_cancel_fetch (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;

  if (self->files != NULL)
    kaf_blob_agent_give_up (self->files, g_variant_get_string (parameter, NULL));
}

static void
on_moved (KafBlobAgent *files, const char *sha256, KafRecordPage *self)
{
  for (guint i = 0; self->data != NULL && i < self->data->attachments->len; i++)
    {
      const KafRow *row = g_ptr_array_index (self->data->attachments, i);

      if (g_strcmp0 (row->raw[FILE_HASH], sha256) != 0)
        continue;
      kaf_record_page_reload (self);
      return;
    }
}

void
kaf_record_page_watch_files (KafRecordPage *self)
{
  KafWindow *window = kaf_record_page_get_window (self);
  KafBlobAgent *files = window != NULL ? kaf_window_get_files (window) : NULL;

  if (files == NULL || files == self->files)
    return;
  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_set_object (&self->files, files);
  g_signal_connect_object (files, "moved", G_CALLBACK (on_moved), self, 0);
  kaf_attachment_list_set_files (KAF_ATTACHMENT_LIST (self->attachments), files);
}

static void
set_reference (KafRecordPage *self, const KafEntity *entity, const char *field, GVariant *parameter)
{
  g_autoptr (KafRecord) change = kaf_record_new (entity, self->data->id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  if (kaf_entity_find_field (entity, field) == NULL)
    return;
  kaf_record_set (change, field, g_variant_get_string (parameter, NULL));
  kaf_change_set_update (set, change);
  kaf_record_page_commit (self, set, _ ("The change was saved"), _ ("The change was not saved"));
}

static void
on_set_cv (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;

  set_reference (self, self->entity, "cv", parameter);
}

static void
on_set_photo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;

  set_reference (self, self->data->root, "photo", parameter);
}

/* What refers to the file is cleared in the same change, so that undo brings both back. */
static void
clear_reference (KafRecordPage *self,
                 KafChangeSet *set,
                 const KafEntity *entity,
                 const char *field,
                 const char *id)
{
  g_autoptr (KafRecord) change = NULL;

  if (kaf_entity_find_field (entity, field) == NULL ||
      g_strcmp0 (kaf_record_data_get (self->data, field), id) != 0)
    return;
  change = kaf_record_new (entity, self->data->id);
  kaf_record_set (change, field, NULL);
  kaf_change_set_update (set, change);
}

static void
on_remove_file (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  KafRecordPage *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  clear_reference (self, set, self->data->entity, "cv", id);
  clear_reference (self, set, self->data->root, "photo", id);
  kaf_change_set_delete (set, kaf_registry_find ("attachment"), id);
  kaf_record_page_commit (self, set, _ ("The file was removed"), _ ("The file was not removed"));
}

/* A draft, the signed copy, evidence…; "": nothing in particular. */
static void
on_set_file_role (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id, *role;
  g_autoptr (KafRecord) change = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  g_variant_get (parameter, "(&s&s)", &id, &role);
  change = kaf_record_new (kaf_registry_find ("attachment"), id);
  kaf_record_set (change, "role", *role != '\0' ? role : NULL);
  kaf_change_set_update (set, change);
  kaf_record_page_commit (user_data, set, _ ("The file was marked"), _ ("The file was not marked"));
}

static const GActionEntry entries[] = {
  { "attach", on_attach },
  { "attach-file", on_attach_file, "s" },
  { "cancel-attach", on_cancel_attach },
  { "open-file", on_open_file, "s" },
  { "copy-file", on_copy_file, "s" },
  { "save-file", on_save_file, "s" },
  { "cancel-fetch", on_cancel_fetch, "s" },
  { "set-cv", on_set_cv, "s" },
  { "set-photo", on_set_photo, "s" },
  { "set-file-role", on_set_file_role, "(ss)" },
  { "remove-file", on_remove_file, "s" },
};

static void
forget_copies_at_the_end (void)
{
  static gboolean connected;
  GApplication *application = g_application_get_default ();

  if (connected || application == NULL)
    return;
  connected = TRUE;
  g_signal_connect (application, "shutdown", G_CALLBACK (kaf_copies_forget_own), NULL);
}

void
kaf_record_page_add_file_actions (KafRecordPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  forget_copies_at_the_end ();
}
