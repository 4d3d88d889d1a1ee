/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file is written at once when that needs no reason; when it does, the reason is asked for and the same is done
 * again with it. */
#include "config.h"

#include "ui/calendar/kaf-calendar-export.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "exchange/kaf-calendar.h"
#include "store/kaf-disclosure.h"
#include "ui/app/kaf-reason-dialog.h"
#include "ui/compat/kaf-file-chooser.h"

/* One export on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  GFile *file;
  KafDay from, until;
  char *reason;
  gboolean no_names;
  guint n_items, n_persons;
  guint limit; /* persons above which a reason is needed */
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->window);
  g_clear_object (&self->file);
  g_free (self->reason);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void write_file (Export *self);

static gpointer
run_export (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *self = data;
  const KafCalendarOptions options = {
    .from = self->from,
    .until = self->until,
    .lang = kaf_application_get_lang (),
    .no_names = self->no_names,
    .reason = self->reason,
  };

  self->limit = kaf_disclosure_limit (db);
  kaf_calendar_export (db, self->file, &options, cancellable, &self->n_items, &self->n_persons,
                       error);
  return NULL;
}

static void
on_reason (KafReasonAnswer answer, const char *reason, gpointer data)
{
  Export *self = data;

  if (answer == KAF_REASON_CANCELLED)
    {
      export_free (self);
      return;
    }
  self->no_names = answer == KAF_REASON_WITHOUT_NAMES;
  self->reason = g_strdup (reason);
  write_file (self);
}

static void
ask_reason (Export *self)
{
  g_autofree char *number = kaf_number_format (self->n_persons, kaf_application_get_lang ());
  g_autofree char *body = g_strdup_printf (
      _ ("The calendar names %s persons. Above %d, the law asks for a reason: it is kept with your "
         "name in the register of disclosures. You can also leave the names out."),
      number, (int) self->limit);

  kaf_reason_dialog_ask (GTK_WINDOW (self->window), _ ("Why Is This Calendar Given Out?"), body,
                         _ ("Export…"), TRUE, on_reason, self);
}

static void
tell_done (Export *self)
{
  g_autofree char *number = kaf_number_format (self->n_items, kaf_application_get_lang ());
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = kaf_bidi_isolate (base);
  /* Translators: a number of entries of the calendar and the name of a file */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s entry written to %s", "%s entries written to %s", self->n_items), number, name);

  kaf_window_toast (self->window, text);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED) && self->reason == NULL)
    ask_reason (g_steal_pointer (&self));
  else if (error != NULL)
    kaf_window_report_error (self->window, _ ("The calendar was not exported"), error);
  else
    tell_done (self);
}

static void
write_file (Export *self)
{
  KafStore *store = kaf_window_get_store (self->window);

  if (store == NULL)
    {
      export_free (self);
      return;
    }
  /* A reason is written as a disclosure before the file is: that takes the lane that writes. */
  kaf_store_run_async (store, self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_BACKGROUND,
                       run_export, self, NULL, NULL, NULL, on_written, self);
}

static Export *
export_new (KafWindow *window, KafDay from, KafDay until)
{
  Export *self = g_new0 (Export, 1);

  self->window = g_object_ref (window);
  self->from = from;
  self->until = until;
  return self;
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;

  self->file = kaf_file_chooser_finish (result, NULL);
  if (self->file != NULL)
    write_file (g_steal_pointer (&self));
}

void
kaf_calendar_export_file (KafWindow *window, KafDay from, KafDay until)
{
  g_autofree char *iso = kaf_day_to_iso (from);
  g_autofree char *name = g_strdup_printf ("%s-%.7s.ics", _ ("Calendar"), iso);

  g_return_if_fail (KAF_IS_WINDOW (window));

  kaf_file_chooser_save_async (GTK_WINDOW (window), _ ("Export the Calendar"),
                               C_ ("button", "Export"), name, NULL, on_file,
                               export_new (window, from, until));
}

void
kaf_calendar_export_to (KafWindow *window, GFile *file, KafDay from, KafDay until)
{
  Export *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (G_IS_FILE (file));

  self = export_new (window, from, until);
  self->file = g_object_ref (file);
  write_file (self);
}
