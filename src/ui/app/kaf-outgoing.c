/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-outgoing.h"

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
  KafOutgoingKind kind;
  char *name;  /* nullable: proposed for the file */
  GFile *file; /* nullable: not chosen yet */
  gpointer data;
  GDestroyNotify data_free;
  char *reason; /* nullable */
  gboolean no_names;
  KafOutgoingLook look;
  guint limit; /* persons above whom a reason is needed */
  KafOutgoingRun run;
} Outgoing;

static void
outgoing_free (Outgoing *self)
{
  g_object_unref (self->window);
  g_free (self->name);
  g_clear_object (&self->file);
  self->data_free (self->data);
  g_free (self->reason);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outgoing, outgoing_free)

static void go_on (Outgoing *self);

static void
begin_run (Outgoing *self, KafDatabase *db)
{
  self->limit = kaf_disclosure_limit (db);
  self->run = (KafOutgoingRun){ .reason = self->reason,
                                .no_names = self->no_names,
                                .lang = kaf_application_get_lang () };
}

/* Why */

static void
on_reason (KafReasonAnswer answer, const char *reason, gpointer data)
{
  g_autoptr (Outgoing) self = data;

  if (answer == KAF_REASON_CANCELLED)
    return;
  self->no_names = answer == KAF_REASON_WITHOUT_NAMES;
  self->reason = g_strdup (reason);
  go_on (g_steal_pointer (&self));
}

static void
ask_reason (Outgoing *self)
{
  g_autofree char *number = kaf_number_format (self->run.n_persons, kaf_application_get_lang ());
  g_autofree char *body = g_strdup_printf (self->kind.names, number, (int) self->limit);

  kaf_reason_dialog_ask (GTK_WINDOW (self->window), self->kind.why, body,
                         _ ("For whom, and what for"), self->kind.go, self->kind.without_names,
                         on_reason, self);
}

/* Writing */

static gpointer
run_write (KafDatabase *db,
           KafProgressFunc progress,
           gpointer progress_data,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Outgoing *self = data;

  begin_run (self, db);
  self->run.progress = progress;
  self->run.progress_data = progress_data;
  return self->kind.write (db, self->file, &self->run, self->data, cancellable, error) ? self
                                                                                       : NULL;
}

static void
tell_done (Outgoing *self)
{
  g_autofree char *number = kaf_number_format (self->run.n, kaf_application_get_lang ());
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = kaf_bidi_isolate (base);
  g_autofree char *text = self->kind.tell (&self->run, number, name);

  kaf_window_toast_file (self->window, text, self->file);
  if (self->kind.done != NULL)
    self->kind.done (self->window, self->data);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Outgoing) self = data;
  g_autoptr (GError) error = NULL;

  if (kaf_progress_window_finish (result, &error) != NULL)
    tell_done (self);
  else if (g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED) &&
           self->reason == NULL && !self->no_names)
    ask_reason (g_steal_pointer (&self));
  else
    kaf_window_report_error (self->window, self->kind.failed, error);
}

/* Where to */

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Outgoing) self = data;

  self->file = kaf_file_chooser_finish (result, NULL);
  if (self->file != NULL)
    go_on (g_steal_pointer (&self));
}

static void
ask_file (Outgoing *self)
{
  const KafOutgoingKind *kind = &self->kind;
  GtkWindow *window = GTK_WINDOW (self->window);

  if (kind->formats[0].ending != NULL)
    kaf_file_chooser_save_as_async (window, kind->where, kind->accept, self->name, kind->formats,
                                    NULL, on_file, self);
  else
    kaf_file_chooser_save_async (window, kind->where, kind->accept, self->name, NULL, on_file,
                                 self);
}

/* Once nothing more is to be asked but the place. Takes @self over. */
static void
go_on (Outgoing *self)
{
  KafStore *store = kaf_window_get_store (self->window);
  g_autoptr (Outgoing) over = NULL;

  /* The store may have been closed while a question stood. */
  if (store == NULL)
    over = self;
  else if (self->kind.send != NULL)
    {
      over = self;
      self->kind.send (self->window, self->reason, self->data);
    }
  else if (self->file == NULL)
    ask_file (self);
  else
    /* A reason is written as a disclosure before the file is: that takes the lane that writes. */
    kaf_progress_window_run (GTK_WINDOW (self->window), store, self->kind.doing,
                             self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_BACKGROUND, run_write,
                             self, NULL, NULL, on_written, self);
}

/* Looking ahead */

static gpointer
run_look (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Outgoing *self = data;

  begin_run (self, db);
  self->look = self->kind.look (db, &self->run, self->data, error);
  return self->look != KAF_OUTGOING_REFUSED ? self : NULL;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Outgoing) self = data;
  g_autoptr (GError) error = NULL;

  if (kaf_store_run_finish (KAF_STORE (source), result, &error) == NULL)
    kaf_window_report_error (self->window, self->kind.failed, error);
  else if (self->look == KAF_OUTGOING_EMPTY)
    kaf_window_toast (self->window, self->kind.empty);
  else if (self->look == KAF_OUTGOING_NEEDS_REASON)
    ask_reason (g_steal_pointer (&self));
  else
    go_on (g_steal_pointer (&self));
}

void
kaf_outgoing_start (KafWindow *window,
                    const KafOutgoingKind *kind,
                    const char *name,
                    GFile *file,
                    gpointer data,
                    GDestroyNotify data_free)
{
  g_autoptr (Outgoing) self = g_new0 (Outgoing, 1);
  KafStore *store = kaf_window_get_store (window);

  self->window = g_object_ref (window);
  self->kind = *kind;
  self->name = g_strdup (name);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->data = data;
  self->data_free = data_free;
  if (store == NULL)
    return;
  if (kind->look != NULL)
    kaf_store_run_async (store, KAF_LANE_READ, run_look, self, NULL, NULL, NULL, on_looked, self);
  else
    go_on (self);
  g_steal_pointer (&self);
}
