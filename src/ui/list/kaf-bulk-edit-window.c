/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One KafFieldRow a field that makes sense for many records: not names, nor phones and addresses,
 * which belong to one; and that the user's role may write. The common values are read by a worker, in slices. */
#include "config.h"

#include "ui/list/kaf-bulk-edit-window.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-set.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/form/kaf-field-row.h"
#include "ui/list/kaf-list-bulk.h"

#define SLICE 500
/* From so many records on, how far the work has come is told in numbers. */
#define TELL_FROM 500

struct _KafBulkEditWindow
{
  AdwWindow parent_instance;

  KafStore *store;
  const KafEntity *entity;
  GArray *rids;
  KafLang lang;
  GCancellable *cancellable;

  GPtrArray *rows; /* KafFieldRow, borrowed from the page */
  GtkWidget *page;
  GtkWidget *apply;
  GtkWidget *progress;
  GtkWidget *progress_text;
  guint progress_id;
  int done; /* records written so far; atomic */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (KafBulkEditWindow, kaf_bulk_edit_window, ADW_TYPE_WINDOW)

enum
{
  LOADED,
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What all the chosen records have in common, by field. */
typedef struct
{
  guint n;
  char **raw, **text;
  gboolean *mixed;
} Common;

static void
common_free (gpointer data)
{
  Common *common = data;

  for (guint i = 0; i < common->n; i++)
    {
      g_free (common->raw[i]);
      g_free (common->text[i]);
    }
  g_free (common->raw);
  g_free (common->text);
  g_free (common->mixed);
  g_free (common);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Common, common_free)

typedef struct
{
  const KafEntity *entity;
  GArray *rids;
  GPtrArray *fields; /* const KafField */
  KafLang lang;
} CommonJob;

static void
common_job_free (gpointer data)
{
  CommonJob *job = data;

  g_array_unref (job->rids);
  g_ptr_array_unref (job->fields);
  g_free (job);
}

static void
merge_row (Common *common, GPtrArray *fields, const KafRow *row, gboolean first)
{
  for (guint i = 0; i < common->n; i++)
    {
      const KafField *field = g_ptr_array_index (fields, i);
      gboolean same;

      if (common->mixed[i])
        continue;
      if (first)
        {
          common->raw[i] = g_strdup (row->raw[i]);
          common->text[i] = g_strdup (row->cells[i]);
          continue;
        }
      same = kaf_field_is_many (field) ? kaf_set_equal (common->raw[i], row->raw[i])
                                       : g_strcmp0 (common->raw[i], row->raw[i]) == 0;
      common->mixed[i] = !same;
    }
}

static gpointer
common_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  CommonJob *job = data;
  g_autoptr (Common) common = g_new0 (Common, 1);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  gboolean first = TRUE;

  for (guint i = 0; i < job->fields->len; i++)
    g_ptr_array_add (columns, (gpointer) ((const KafField *) job->fields->pdata[i])->id);
  g_ptr_array_add (columns, NULL);
  common->n = job->fields->len;
  common->raw = g_new0 (char *, common->n + 1);
  common->text = g_new0 (char *, common->n + 1);
  common->mixed = g_new0 (gboolean, common->n + 1);

  for (guint at = 0; at < job->rids->len; at += SLICE)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      rows = kaf_page_rows (db, job->entity, &g_array_index (job->rids, guint32, at),
                            MIN (SLICE, job->rids->len - at), (const char *const *) columns->pdata,
                            job->lang, error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL)
          {
            merge_row (common, job->fields, g_ptr_array_index (rows, i), first);
            first = FALSE;
          }
    }

  return g_steal_pointer (&common);
}

static void
common_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBulkEditWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Common) common = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (common == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      /* Typed while the values were on their way: that stands. */
      if (kaf_field_row_is_touched (row))
        continue;
      if (common->mixed[i])
        kaf_field_row_set_mixed (row, TRUE);
      else
        kaf_field_row_set_value (row, common->raw[i], NULL);
    }
  g_signal_emit (self, signals[LOADED], 0);
}

/* The values to write, by field; NULL: unknown. */
typedef struct
{
  const KafEntity *entity;
  GPtrArray *fields;
  GPtrArray *values;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_ptr_array_unref (edit->fields);
  g_ptr_array_unref (edit->values);
  g_free (edit);
}

static void
add_update (KafChangeSet *set, const KafEntity *entity, const char *id, Edit *edit)
{
  g_autoptr (KafRecord) record = kaf_record_new (entity, id);

  for (guint i = 0; i < edit->fields->len; i++)
    {
      const KafField *field = g_ptr_array_index (edit->fields, i);

      if (kaf_entity_find_field (entity, field->id) == field)
        kaf_record_set (record, field->id, g_ptr_array_index (edit->values, i));
    }
  if (kaf_record_count_held (record) > 0)
    kaf_change_set_update (set, record);
}

static gboolean
add_edit (KafDatabase *db, KafChangeSet *set, const KafRow *row, gpointer data, GError **error)
{
  Edit *edit = data;
  const KafEntity *root = kaf_entity_get_root (edit->entity);

  add_update (set, edit->entity, row->id, edit);
  if (root != edit->entity)
    add_update (set, root, row->id, edit);

  return TRUE;
}

static void
show_progress (KafBulkEditWindow *self)
{
  int done = g_atomic_int_get (&self->done);
  g_autofree char *part = kaf_number_format (done, self->lang);
  g_autofree char *all = kaf_number_format (self->rids->len, self->lang);
  g_autofree char *text = g_strdup_printf (C_ ("count", "%s of %s"), part, all);

  gtk_label_set_label (GTK_LABEL (self->progress_text), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 (double) done / (double) MAX (self->rids->len, 1));
}

static gboolean
progress_cb (gpointer data)
{
  show_progress (data);

  return G_SOURCE_CONTINUE;
}

static void
set_busy (KafBulkEditWindow *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->page, !busy);
  gtk_widget_set_sensitive (self->apply, !busy);
  gtk_widget_set_visible (self->progress, busy);
  gtk_widget_set_visible (self->progress_text, busy && self->rids->len >= TELL_FROM);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  if (busy)
    {
      g_atomic_int_set (&self->done, 0);
      show_progress (self);
      self->progress_id = g_timeout_add (100, progress_cb, self);
    }
}

static void
tell_failed (KafBulkEditWindow *self, GtkWindow *parent, const GError *error)
{
  const char *text = _ ("The records were not changed");

  if (!KAF_IS_WINDOW (parent))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kaf_window_toast (KAF_WINDOW (parent), text);
  else
    kaf_window_report_error (KAF_WINDOW (parent), text, error);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBulkEditWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_list_bulk_run_finish (KAF_STORE (source), result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (self->page == NULL)
    return;
  set_busy (self, FALSE);
  if (receipt == NULL)
    {
      tell_failed (self, parent, error);
      if (g_cancellable_is_cancelled (self->cancellable))
        gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  if (KAF_IS_WINDOW (parent) && receipt->batch != NULL)
    {
      g_autofree char *number = kaf_number_format (self->rids->len, self->lang);
      g_autofree char *text = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%s record changed", "%s records changed", self->rids->len),
          number);

      kaf_window_toast_undo (KAF_WINDOW (parent), text, receipt);
    }
  g_signal_emit (self, signals[APPLIED], 0, receipt);
  gtk_window_close (GTK_WINDOW (self));
}

void
kaf_bulk_edit_window_apply (KafBulkEditWindow *self)
{
  Edit *edit;
  KafFieldRow *wrong = NULL;

  g_return_if_fail (KAF_IS_BULK_EDIT_WINDOW (self));

  edit = g_new0 (Edit, 1);
  edit->entity = self->entity;
  edit->fields = g_ptr_array_new ();
  edit->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      char *canonical = NULL;

      if (!kaf_field_row_is_touched (row))
        continue;
      if (!kaf_field_row_check (row, &canonical) && wrong == NULL)
        wrong = row;
      g_ptr_array_add (edit->fields, (gpointer) kaf_field_row_get_field (row));
      g_ptr_array_add (edit->values, canonical);
    }

  if (wrong != NULL || edit->fields->len == 0)
    {
      edit_free (edit);
      if (wrong != NULL)
        kaf_field_row_focus (wrong);
      else
        gtk_window_close (GTK_WINDOW (self));
      return;
    }

  set_busy (self, TRUE);
  kaf_list_bulk_run_async (self->store, self->entity, self->rids, NULL, "bulk-edit", add_edit, edit,
                           edit_free, &self->done, self->cancellable, applied_cb,
                           g_object_ref (self));
}

static gboolean
suits_many (const KafField *field)
{
  if (kaf_field_has (field, KAF_FIELD_HIDDEN) || kaf_field_has (field, KAF_FIELD_NAME) ||
      kaf_field_has (field, KAF_FIELD_REQUIRED))
    return FALSE;

  switch (field->kind)
    {
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
    case KAF_KIND_BOOLEAN:
    case KAF_KIND_INTEGER:
      return TRUE;
    case KAF_KIND_TEXT:
      return field->unit != NULL;
    default:
      return FALSE;
    }
}

static void
add_fields (KafBulkEditWindow *self, const KafEntity *entity, const KafSection *section)
{
  GtkWidget *group = NULL;
  GtkWidget *row = NULL;
  gboolean is_first = TRUE;

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      if (g_strcmp0 (field->section, section->id) != 0 || !suits_many (field) ||
          !kaf_store_may_write_field (self->store, entity, field))
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (section->label));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page),
                                    ADW_PREFERENCES_GROUP (group));
        }
      row = kaf_field_row_new (field, self->store);
      gtk_widget_add_css_class (row, "kaf-joined");
      if (is_first)
        gtk_widget_add_css_class (row, "kaf-first");
      is_first = FALSE;
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (row != NULL)
    gtk_widget_add_css_class (row, "kaf-last");
}

static void
add_entity (KafBulkEditWindow *self, const KafEntity *entity)
{
  for (const KafSection *section = entity->sections; section->id != NULL; section++)
    add_fields (self, entity, section);
}

static void
read_common (KafBulkEditWindow *self)
{
  CommonJob *job = g_new0 (CommonJob, 1);

  job->entity = self->entity;
  job->rids = g_array_copy (self->rids);
  job->lang = self->lang;
  job->fields = g_ptr_array_new ();
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (job->fields,
                     (gpointer) kaf_field_row_get_field (g_ptr_array_index (self->rows, i)));
  kaf_store_run_async (self->store, KAF_LANE_READ, common_job, job, common_job_free, common_free,
                       self->cancellable, common_cb, g_object_ref (self));
}

static void
kaf_bulk_edit_window_dispose (GObject *object)
{
  KafBulkEditWindow *self = KAF_BULK_EDIT_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  self->page = NULL;

  G_OBJECT_CLASS (kaf_bulk_edit_window_parent_class)->dispose (object);
}

static void
kaf_bulk_edit_window_finalize (GObject *object)
{
  KafBulkEditWindow *self = KAF_BULK_EDIT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rids, g_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (kaf_bulk_edit_window_parent_class)->finalize (object);
}

/* While records are written, closing stops that: nothing is changed then, and the window goes when
 * the work has stopped. */
static gboolean
kaf_bulk_edit_window_close_request (GtkWindow *window)
{
  KafBulkEditWindow *self = KAF_BULK_EDIT_WINDOW (window);

  if (!self->busy)
    return GTK_WINDOW_CLASS (kaf_bulk_edit_window_parent_class)->close_request (window);

  g_cancellable_cancel (self->cancellable);

  return TRUE;
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  kaf_bulk_edit_window_apply (KAF_BULK_EDIT_WINDOW (widget));
}

static void
kaf_bulk_edit_window_class_init (KafBulkEditWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_bulk_edit_window_dispose;
  object_class->finalize = kaf_bulk_edit_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = kaf_bulk_edit_window_close_request;
  gtk_widget_class_install_action (widget_class, "bulk.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "bulk.apply",
                                       NULL);

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, KAF_TYPE_RECEIPT);
}

static void
kaf_bulk_edit_window_init (KafBulkEditWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header =
      kaf_dialog_header_new ("window.close", _ ("Apply"), "bulk.apply", &self->apply);

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();

  self->progress = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->progress, "osd");
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  self->progress_text = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->progress_text, "caption");
  gtk_widget_add_css_class (self->progress_text, "numeric");
  gtk_widget_set_margin_top (self->progress_text, 6);
  gtk_widget_set_visible (self->progress_text, FALSE);
  self->page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (self->page, TRUE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), self->progress);
  gtk_box_append (GTK_BOX (content), self->progress_text);
  gtk_box_append (GTK_BOX (content), self->page);
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
}

/* @rids: of the chosen rows; a copy is taken. */
GtkWidget *
kaf_bulk_edit_window_new (KafStore *store, const KafEntity *entity, GArray *rids, KafLang lang)
{
  KafBulkEditWindow *self = g_object_new (KAF_TYPE_BULK_EDIT_WINDOW, NULL);
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *number = kaf_number_format (rids->len, lang);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Edit %s record", "Edit %s records", rids->len), number);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->rids = g_array_copy (rids);
  self->lang = lang;
  gtk_window_set_title (GTK_WINDOW (self), title);

  if (root != entity)
    add_entity (self, root);
  add_entity (self, entity);
  read_common (self);
  /* Not on Cancel, where it would begin. */
  if (self->rows->len > 0)
    kaf_field_row_focus (g_ptr_array_index (self->rows, 0));

  return GTK_WIDGET (self);
}

GtkWidget *
kaf_bulk_edit_window_get_row (KafBulkEditWindow *self, const char *field)
{
  g_return_val_if_fail (KAF_IS_BULK_EDIT_WINDOW (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (kaf_field_row_get_field (g_ptr_array_index (self->rows, i))->id, field))
      return g_ptr_array_index (self->rows, i);

  return NULL;
}
