/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Count → reason when many persons are named → file → progress → toast. */
#include "config.h"

#include "ui/app/kaf-workbook-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-file-name.h"
#include "base/kaf-number.h"
#include "base/kaf-words.h"
#include "store/kaf-disclosure.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/app/kaf-reason-dialog.h"
#include "ui/compat/kaf-file-chooser.h"

/* One on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  const KafWorkbook *workbook;
  KafLang lang;
  GFile *file;  /* nullable: not chosen yet */
  char *reason; /* nullable */
} Out;

static void
out_free (Out *self)
{
  g_object_unref (self->window);
  g_clear_object (&self->file);
  g_free (self->reason);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Out, out_free)

static gpointer
run_make (KafDatabase *db,
          KafProgressFunc progress,
          gpointer progress_data,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Out *self = data;
  const KafWorkbookOptions options = {
    .lang = self->lang, .reason = self->reason, .progress = progress, .progress_data = progress_data
  };

  return kaf_workbook_make (db, self->workbook, self->file, &options, cancellable, error) ? self
                                                                                          : NULL;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Out) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = kaf_bidi_isolate (base);
  g_autofree char *text = NULL;

  if (kaf_progress_window_finish (result, &error) == NULL)
    {
      kaf_window_report_error (self->window, _ ("The workbook was not made"), error);
      return;
    }
  /* Translators: the name of a file */
  text = g_strdup_printf (_ ("Workbook written to %s"), name);
  kaf_window_toast_file (self->window, text, self->file);
}

static void
make (Out *self)
{
  KafStore *store = kaf_window_get_store (self->window);

  if (store == NULL)
    {
      out_free (self);
      return;
    }
  /* A reason is written as a disclosure before the file is: that takes the lane that writes. */
  kaf_progress_window_run (GTK_WINDOW (self->window), store, _ ("Making the workbook"),
                           self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_BACKGROUND, run_make,
                           self, NULL, NULL, on_made, self);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Out) self = data;

  self->file = kaf_file_chooser_finish (result, NULL);
  if (self->file != NULL)
    make (g_steal_pointer (&self));
}

/* "Experts 2026-11-28.xlsx": the same is made again and again. */
static char *
propose_name (const Out *self)
{
  g_autofree char *day = kaf_date_from_time (g_get_real_time ());
  g_autofree char *name =
      g_strdup_printf ("%s %s.xlsx", kaf_words_get (self->lang, self->workbook->label), day);

  return kaf_file_name_make (name);
}

static void
go_on (Out *self)
{
  g_autofree char *name = NULL;

  if (self->file != NULL)
    {
      make (self);
      return;
    }
  name = propose_name (self);
  kaf_file_chooser_save_async (GTK_WINDOW (self->window), _ ("Save the Workbook"),
                               C_ ("button", "Save"), name, NULL, on_file, self);
}

static void
on_reason (KafReasonAnswer answer, const char *reason, gpointer data)
{
  Out *self = data;

  if (answer != KAF_REASON_GIVEN)
    {
      out_free (self);
      return;
    }
  self->reason = g_strdup (reason);
  go_on (self);
}

static void
ask_reason (Out *self, gint64 n_persons, guint limit)
{
  g_autofree char *number = kaf_number_format (n_persons, kaf_application_get_lang ());
  g_autofree char *body = g_strdup_printf (
      /* Translators: how many persons are named, and above how many a reason is asked. */
      _ ("The workbook names %s persons. Above %d, the law asks for a reason: it is kept with your "
         "name in the register of disclosures."),
      number, (int) limit);

  kaf_reason_dialog_ask (GTK_WINDOW (self->window), _ ("Why Is This Workbook Given Out?"), body,
                         _ ("Export…"), FALSE, on_reason, self);
}

/* What has to be known before asking anything. */
typedef struct
{
  gint64 n_persons;
  gboolean needs_reason;
  guint limit; /* persons above which one is needed */
} Prospect;

static gpointer
look_ahead (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) own = NULL;
  Prospect prospect = { 0 };

  prospect.needs_reason = kaf_workbook_needs_reason (db, data, NULL, &prospect.n_persons, &own);
  prospect.limit = kaf_disclosure_limit (db);
  if (own != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
  return g_memdup2 (&prospect, sizeof prospect);
}

static void
on_looked_ahead (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Out) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree Prospect *prospect = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (prospect == NULL)
    kaf_window_report_error (self->window, _ ("The workbook was not made"), error);
  else if (prospect->needs_reason)
    ask_reason (g_steal_pointer (&self), prospect->n_persons, prospect->limit);
  else
    go_on (g_steal_pointer (&self));
}

void
kaf_workbook_out (KafWindow *window, const KafWorkbook *workbook, KafLang lang, GFile *file)
{
  Out *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (workbook != NULL);
  g_return_if_fail (kaf_window_get_store (window) != NULL);

  self = g_new0 (Out, 1);
  self->window = g_object_ref (window);
  self->workbook = workbook;
  self->lang = lang;
  self->file = file != NULL ? g_object_ref (file) : NULL;
  kaf_store_run_async (kaf_window_get_store (window), KAF_LANE_READ, look_ahead,
                       (gpointer) workbook, NULL, g_free, NULL, on_looked_ahead, self);
}
