/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shown in place of all pages when a store cannot be opened. It changes nothing by itself. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "store/kaf-store-error.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-store-problem-page.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-file-chooser.h"

struct _KafStoreProblemPage
{
  GtkBox parent_instance;

  char *path;
  GtkWidget *status;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (KafStoreProblemPage, kaf_store_problem_page, GTK_TYPE_BOX)

static const char *
icon_for (const GError *error)
{
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_LOCKED) ||
      g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_READ_ONLY))
    return "changes-prevent-symbolic";
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FULL))
    return "drive-harddisk-symbolic";
  return "dialog-warning-symbolic";
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafStoreProblemPage *self = KAF_STORE_PROBLEM_PAGE (widget);

  kaf_application_open_store (KAF_APPLICATION (g_application_get_default ()), self->path);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = kaf_file_chooser_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    kaf_application_open_store (KAF_APPLICATION (g_application_get_default ()), path);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafStoreProblemPage *self = KAF_STORE_PROBLEM_PAGE (widget);

  kaf_file_chooser_open_async (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Choose a Store"),
                               C_ ("action", "Open"), "*.db", _ ("Kafaat stores"),
                               self->cancellable, on_chosen, NULL);
}

static void
kaf_store_problem_page_dispose (GObject *object)
{
  KafStoreProblemPage *self = KAF_STORE_PROBLEM_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (kaf_store_problem_page_parent_class)->dispose (object);
}

static void
kaf_store_problem_page_finalize (GObject *object)
{
  KafStoreProblemPage *self = KAF_STORE_PROBLEM_PAGE (object);

  g_clear_object (&self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (kaf_store_problem_page_parent_class)->finalize (object);
}

static void
kaf_store_problem_page_class_init (KafStoreProblemPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_store_problem_page_dispose;
  object_class->finalize = kaf_store_problem_page_finalize;
  gtk_widget_class_install_action (widget_class, "problem.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "problem.choose", NULL, on_choose);
}

static GtkWidget *
make_button (const char *label, const char *action, const char *style)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (button, 240, -1);
  gtk_widget_add_css_class (button, "pill");
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  return button;
}

static void
kaf_store_problem_page_init (KafStoreProblemPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Kafaat"), NULL));
  gtk_box_append (GTK_BOX (self), header);

  gtk_box_append (GTK_BOX (buttons),
                  make_button (_ ("Try Again"), "problem.retry", "suggested-action"));
  gtk_box_append (GTK_BOX (buttons),
                  make_button (_ ("Choose Another Store…"), "problem.choose", NULL));
  gtk_box_append (GTK_BOX (buttons), make_button (_ ("Quit"), "app.quit", "flat"));

  self->status = adw_status_page_new ();
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), buttons);
  gtk_widget_set_vexpand (self->status, TRUE);
  gtk_box_append (GTK_BOX (self), self->status);
}

GtkWidget *
kaf_store_problem_page_new (const char *path, const GError *error)
{
  KafStoreProblemPage *self = g_object_new (KAF_TYPE_STORE_PROBLEM_PAGE, NULL);
  g_autofree char *heading = kaf_error_heading (error);
  g_autofree char *text = kaf_error_text (error);
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *isolated = kaf_bidi_ltr (shown);
  g_autofree char *plain = g_strdup_printf ("%s\n\n%s", text, isolated);
  g_autofree char *description = g_markup_escape_text (plain, -1);

  self->path = g_strdup (path);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), icon_for (error));
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), heading);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), description);
  return GTK_WIDGET (self);
}
