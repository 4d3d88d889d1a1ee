/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dry run comes first and its report is what the person decides on; the import itself is all or
 * nothing, one batch, and the toast that ends it takes it back. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "exchange/kaf-import.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-import-window.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-file-chooser.h"

/* Errors listed; the file is mended and looked at again long before more are of use. */
#define ERRORS_SHOWN 200

struct _KafImportWindow
{
  AdwWindow parent_instance;

  KafWindow *window;
  KafStore *store;
  GFile *file;
  GPtrArray *entities; /* of const KafEntity */
  gboolean ready;      /* the last look found something to write and no error */
  guint look;          /* number of the last look, to drop those overtaken */

  GtkWidget *entity_row;
  GtkWidget *file_row;
  GtkWidget *results;
  GtkWidget *summary;
  GtkWidget *errors;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KafImportWindow, kaf_import_window, ADW_TYPE_WINDOW)

static const char *const importable[] = { "expert",  "organisation", "network",
                                          "person",  "membership",   "mandate",
                                          "contact", "availability", "organisation_name",
                                          "domain",  "occupation" };

/* A job on a worker: what to read, as what. */
typedef struct
{
  const KafEntity *entity;
  GFile *file;
  gboolean dry_run;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->file);
  g_free (job);
}

static gpointer
run_import (KafDatabase *db,
            KafProgressFunc progress,
            gpointer progress_data,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  Job *job = data;
  const KafImportOptions options = { .dry_run = job->dry_run,
                                     .progress = progress,
                                     .progress_data = progress_data };
  KafImportReport *report = NULL;

  if (!kaf_import_run (db, job->entity, job->file, &options, cancellable, &report, error))
    return NULL;
  return report;
}

static Job *
make_job (KafImportWindow *self, gboolean dry_run)
{
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self->entity_row));
  Job *job = g_new0 (Job, 1);

  job->entity = g_ptr_array_index (self->entities, MIN (place, self->entities->len - 1));
  job->file = g_object_ref (self->file);
  job->dry_run = dry_run;
  return job;
}

static GtkWidget *
make_error_row (const KafImportFault *fault)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *sentence = g_markup_escape_text (fault->sentence, -1);
  g_autofree char *line = kaf_number_format (fault->line, kaf_application_get_lang ());
  g_autofree char *field = fault->field != NULL ? kaf_bidi_ltr (fault->field) : NULL;
  g_autofree char *where = NULL;

  if (field != NULL)
    /* Translators: a line of the file and the name of a column */
    where = g_strdup_printf (_ ("Line %s, column %s"), line, field);
  else
    where = g_strdup_printf (_ ("Line %s"), line);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fault->sentence);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  return row;
}

static void
clear_errors (KafImportWindow *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->errors)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->errors), row);
}

static void
show_result (KafImportWindow *self, const char *icon, const char *title, const char *text)
{
  g_autofree char *description = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->summary), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->summary), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->summary), description);
  gtk_widget_set_visible (self->results, TRUE);
}

static void
show_report (KafImportWindow *self, const KafImportReport *report)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *created = kaf_number_format (report->n_created, lang);
  g_autofree char *updated = kaf_number_format (report->n_updated, lang);
  g_autofree char *unchanged = kaf_number_format (report->n_unchanged, lang);
  g_autofree char *faults = kaf_number_format (report->n_faults, lang);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  clear_errors (self);
  for (guint i = 0; i < report->faults->len && i < ERRORS_SHOWN; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->errors),
                         make_error_row (g_ptr_array_index (report->faults, i)));
  gtk_widget_set_visible (self->errors, report->faults->len > 0);
  self->ready = report->n_faults == 0 && report->n_created + report->n_updated > 0;

  text = g_strdup_printf (_ ("New: %s · changed: %s · already there: %s"), created, updated,
                          unchanged);
  if (report->n_faults > 0)
    {
      title = g_strdup_printf (
          ngettext ("%s error to correct", "%s errors to correct", report->n_faults), faults);
      /* Without a picture: the errors are what is to be seen. */
      show_result (self, NULL, title,
                   _ ("Nothing is written while a line is wrong. Correct the file, then choose it "
                      "again."));
    }
  else if (self->ready)
    show_result (self, "object-select-symbolic", _ ("The file can be imported"), text);
  else
    show_result (self, "object-select-symbolic", _ ("Everything is already there"), text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", self->ready);
}

typedef struct
{
  KafImportWindow *window;
  guint look;
} Look;

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Look *look = user_data;
  g_autoptr (KafImportWindow) self = look->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafImportReport) report = kaf_progress_window_finish (result, &error);
  g_autofree char *heading = NULL;
  g_autofree char *text = NULL;

  if (look->look != self->look || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (report != NULL)
    {
      show_report (self, report);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  heading = kaf_error_heading (error);
  text = kaf_error_text (error);
  gtk_widget_set_visible (self->errors, FALSE);
  show_result (self, "dialog-error-symbolic", heading, text);
}

static void
look_at_file (KafImportWindow *self)
{
  Look *look;

  self->ready = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", FALSE);
  if (self->file == NULL)
    return;
  look = g_new0 (Look, 1);
  look->window = g_object_ref (self);
  look->look = ++self->look;
  /* A dry run writes and takes back: it needs the lane that writes. */
  kaf_progress_window_run (GTK_WINDOW (self), self->store, _ ("Looking at the file"),
                           KAF_LANE_WRITE, run_import, make_job (self, TRUE), job_free,
                           (GDestroyNotify) kaf_import_report_free, on_looked, look);
}

static void
tell_imported (KafImportWindow *self, const KafImportReport *report)
{
  guint n = report->n_created + report->n_updated;
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s record imported", "%s records imported", n), number);

  if (report->receipt == NULL)
    return;
  kaf_store_announce (self->store, report->receipt);
  kaf_window_toast_undo (self->window, text, report->receipt);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafImportReport) report = kaf_progress_window_finish (result, &error);

  if (report != NULL && report->n_faults == 0)
    {
      /* Told even when this window was closed meanwhile: it is written. */
      tell_imported (self, report);
      if (!g_cancellable_is_cancelled (self->cancellable))
        gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (report != NULL && !g_cancellable_is_cancelled (self->cancellable))
    show_report (self, report);
  else
    kaf_window_report_error (self->window, _ ("Nothing was imported"), error);
}

static void
on_run (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportWindow *self = KAF_IMPORT_WINDOW (widget);

  kaf_progress_window_run (GTK_WINDOW (self), self->store, _ ("Importing"), KAF_LANE_WRITE,
                           run_import, make_job (self, FALSE), job_free,
                           (GDestroyNotify) kaf_import_report_free, on_imported,
                           g_object_ref (self));
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportWindow) self = user_data;
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, NULL);

  if (file != NULL && !g_cancellable_is_cancelled (self->cancellable))
    kaf_import_window_set_file (self, file);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafImportWindow *self = KAF_IMPORT_WINDOW (widget);

  kaf_file_chooser_open_async (GTK_WINDOW (self), _ ("Choose a File to Import"), _ ("Choose"),
                               "*.csv", _ ("CSV files"), self->cancellable, on_chosen,
                               g_object_ref (self));
}

static void
kaf_import_window_dispose (GObject *object)
{
  KafImportWindow *self = KAF_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->entity_row != NULL)
    g_signal_handlers_disconnect_by_data (self->entity_row, self);
  self->entity_row = NULL;
  G_OBJECT_CLASS (kaf_import_window_parent_class)->dispose (object);
}

static void
kaf_import_window_finalize (GObject *object)
{
  KafImportWindow *self = KAF_IMPORT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->store);
  g_clear_object (&self->window);
  g_ptr_array_unref (self->entities);
  G_OBJECT_CLASS (kaf_import_window_parent_class)->finalize (object);
}

static void
kaf_import_window_class_init (KafImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_import_window_finalize;
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "import.run", NULL, on_run);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "import.run",
                                       NULL);
}

static GtkWidget *
make_choices (KafImportWindow *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose…"));

  for (gsize i = 0; i < G_N_ELEMENTS (importable); i++)
    {
      const KafEntity *entity = kaf_registry_find (importable[i]);

      if (entity == NULL)
        continue;
      g_ptr_array_add (self->entities, (gpointer) entity);
      gtk_string_list_append (names, g_dgettext (GETTEXT_PACKAGE, entity->plural));
    }
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("The first line of the file names the fields, as in a file that Kafaat exported. Nothing "
         "is written before you see what it would do."));
  self->entity_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entity_row), _ ("Each line is"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->entity_row), G_LIST_MODEL (names));

  self->file_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), _ ("File"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), _ ("None chosen"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.choose");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a File to Import"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->file_row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->file_row), button);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entity_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->file_row);
  return group;
}

static void
kaf_import_window_init (KafImportWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->cancellable = g_cancellable_new ();
  self->entities = g_ptr_array_new ();
  gtk_box_append (GTK_BOX (page), make_choices (self));

  self->summary = adw_status_page_new ();
  gtk_widget_add_css_class (self->summary, "compact");
  self->errors = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->errors), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->errors, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->errors), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Errors"), -1);
  self->results = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (self->results, FALSE);
  gtk_box_append (GTK_BOX (self->results), self->summary);
  gtk_box_append (GTK_BOX (self->results), self->errors);
  gtk_box_append (GTK_BOX (page), self->results);

  gtk_widget_add_css_class (page, "kaf-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), page);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  /* A status page can shrink to its picture: above the errors it keeps its words. */
  gtk_scrollable_set_vscroll_policy (
      GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))),
      GTK_SCROLL_NATURAL);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box),
                  kaf_dialog_header_new ("window.close", _ ("Import"), "import.run", NULL));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);

  gtk_window_set_title (GTK_WINDOW (self), _ ("Import"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 540);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", FALSE);
}

GtkWidget *
kaf_import_window_new (KafWindow *parent, KafStore *store, const KafEntity *entity)
{
  KafImportWindow *self = g_object_new (KAF_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  guint place;

  self->window = g_object_ref (parent);
  self->store = g_object_ref (store);
  if (g_ptr_array_find (self->entities, entity, &place))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->entity_row), place);
  g_signal_connect_swapped (self->entity_row, "notify::selected", G_CALLBACK (look_at_file), self);
  /* Not on Cancel, where it would begin. */
  gtk_widget_grab_focus (self->file_row);
  return GTK_WIDGET (self);
}

void
kaf_import_window_set_file (KafImportWindow *self, GFile *file)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (KAF_IS_IMPORT_WINDOW (self));

  g_set_object (&self->file, file);
  base = g_file_get_basename (file);
  name = kaf_bidi_isolate (base);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), name);
  look_at_file (self);
}

gboolean
kaf_import_window_is_ready (KafImportWindow *self)
{
  g_return_val_if_fail (KAF_IS_IMPORT_WINDOW (self), FALSE);
  return self->ready;
}
