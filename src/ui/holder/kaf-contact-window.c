/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-contact-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-record-facts.h"

#define VALUE_WIDTH 220 /* px */

static const char *const fields[] = { "held_on", "channel", "by_whom",     "outcome", "referred_to",
                                      "project", "answer",  "next_action", "next_on", NULL };

typedef struct
{
  char *subject;
  GPtrArray *lines; /* (element-type utf8): label, text, label… */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->subject);
  g_ptr_array_unref (entry->lines);
  g_free (entry);
}

typedef struct
{
  char *id;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  const KafEntity *contact = kaf_registry_find ("contact");
  g_autoptr (KafRecord) record = kaf_read_record (db, contact, request->id, error);
  Entry *entry;

  if (record == NULL)
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->subject = g_strdup (kaf_record_get (record, "subject"));
  entry->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      const KafField *field = kaf_entity_find_field (contact, fields[i]);
      const char *value = kaf_record_get (record, fields[i]);

      if (value == NULL)
        continue;
      g_ptr_array_add (entry->lines, g_strdup (g_dgettext (GETTEXT_PACKAGE, field->label)));
      g_ptr_array_add (entry->lines, kaf_record_facts_format (db, field, value, request->lang));
    }
  return entry;
}

typedef struct
{
  GtkWidget *page;
  char *id;
} Shown;

static void
shown_free (gpointer data, GClosure *closure)
{
  Shown *shown = data;

  g_object_unref (shown->page);
  g_free (shown->id);
  g_free (shown);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Shown *shown = data;

  if (strcmp (response, "correct") == 0)
    gtk_widget_activate_action (shown->page, "holder.correct", "s", shown->id);
}

static GtkWidget *
lines_new (const Entry *entry)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i + 1 < entry->lines->len; i += 2)
    {
      const char *text = g_ptr_array_index (entry->lines, i + 1);
      g_autofree char *line = kaf_bidi_line (text != NULL ? text : "—");
      GtkWidget *label = gtk_label_new (g_ptr_array_index (entry->lines, i));
      GtkWidget *value = kaf_text_new (line, KAF_DRAWN_TEXT_PLAIN, VALUE_WIDTH, KAF_TEXT_WHOLE);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_hexpand (value, TRUE);
      gtk_grid_attach (GTK_GRID (grid), label, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, 1, (int) i, 1, 1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                      label, NULL, -1);
    }
  return grid;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Shown *shown = data;
  g_autoptr (GError) error = NULL;
  Entry *entry = kaf_store_run_finish (KAF_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (shown->page);
  GtkWidget *dialog;

  if (entry == NULL || !GTK_IS_WINDOW (root))
    {
      if (KAF_IS_WINDOW (root))
        kaf_window_report_error (KAF_WINDOW (root), NULL, error);
      g_clear_pointer (&entry, entry_free);
      shown_free (shown, NULL);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (root), entry->subject, NULL);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), lines_new (entry));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "correct", _ ("_Correct…"),
                                    "close", _ ("_Close"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), shown, shown_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  entry_free (entry);
}

void
kaf_contact_window_show (GtkWidget *page, KafStore *store, const char *id, KafLang lang)
{
  Request *request = g_new0 (Request, 1);
  Shown *shown = g_new0 (Shown, 1);

  request->id = g_strdup (id);
  request->lang = lang;
  shown->page = g_object_ref (page);
  shown->id = g_strdup (id);
  kaf_store_run_async (store, KAF_LANE_READ, read_job, request, request_free, entry_free, NULL,
                       on_read, shown);
}
