/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-parcel-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "store/kaf-disclosure.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/app/kaf-reason-dialog.h"

/* One on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  KafParcelKind kind;
  GFile *target;
  gpointer data;
  GDestroyNotify data_free;
  char *reason;
  guint limit; /* persons above whom a reason is needed */
  KafParcelRun run;
} Out;

static void write_out (Out *self);

static void
out_free (Out *self)
{
  g_object_unref (self->window);
  g_object_unref (self->target);
  self->data_free (self->data);
  g_free (self->reason);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Out, out_free)

static gpointer
run_write (KafDatabase *db,
           KafProgressFunc progress,
           gpointer progress_data,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Out *self = data;

  self->limit = kaf_disclosure_limit (db);
  self->run = (KafParcelRun){ .reason = self->reason,
                              .lang = kaf_application_get_lang (),
                              .progress = progress,
                              .progress_data = progress_data };
  return self->kind.write (db, self->target, &self->run, self->data, cancellable, error) ? self
                                                                                         : NULL;
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
  write_out (self);
}

static void
ask_reason (Out *self)
{
  g_autofree char *number = kaf_number_format (self->run.n_persons, kaf_application_get_lang ());
  g_autofree char *body = g_strdup_printf (
      /* Translators: how many persons are named, and above how many a reason is asked. */
      _ ("The document names %s persons. Above %d, the law asks for a reason: it is kept with your "
         "name in the register of disclosures."),
      number, (int) self->limit);

  kaf_reason_dialog_ask (GTK_WINDOW (self->window), _ ("Why Is This Document Given Out?"), body,
                         _ ("Give Out"), FALSE, on_reason, self);
}

static void
tell_done (Out *self)
{
  guint n = self->run.n_files;
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *base = g_file_get_basename (self->target);
  g_autofree char *name = kaf_bidi_isolate (base);
  /* Translators: a number of files and the name of a folder or archive */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s file put together in %s", "%s files put together in %s", n), number, name);

  kaf_window_toast (self->window, text);
  if (self->kind.done != NULL)
    self->kind.done (self->window, self->data);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Out) self = data;
  g_autoptr (GError) error = NULL;

  if (kaf_progress_window_finish (result, &error) != NULL)
    tell_done (self);
  else if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED) &&
           self->reason == NULL)
    ask_reason (g_steal_pointer (&self));
  else
    kaf_window_report_error (self->window, self->kind.failed, error);
}

static void
write_out (Out *self)
{
  KafStore *store = kaf_window_get_store (self->window);

  if (store == NULL)
    {
      out_free (self);
      return;
    }
  /* A reason is written as a disclosure before the files are: that takes the lane that writes. */
  kaf_progress_window_run (GTK_WINDOW (self->window), store, self->kind.doing,
                           self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_BACKGROUND, run_write,
                           self, NULL, NULL, on_written, self);
}

void
kaf_parcel_out (KafWindow *window,
                const KafParcelKind *kind,
                GFile *target,
                gpointer data,
                GDestroyNotify data_free)
{
  Out *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (G_IS_FILE (target));

  self = g_new0 (Out, 1);
  self->window = g_object_ref (window);
  self->kind = *kind;
  self->target = g_object_ref (target);
  self->data = data;
  self->data_free = data_free;
  write_out (self);
}
