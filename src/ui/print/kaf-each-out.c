/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-each-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-file-name.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/print/kaf-parcel-out.h"

/* One on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  KafPrintJob *job;
} Out;

static void
out_free (gpointer data)
{
  Out *self = data;

  g_object_unref (self->window);
  kaf_print_job_free (self->job);
  g_free (self);
}

static gboolean
write_each (KafDatabase *db,
            GFile *target,
            KafParcelRun *run,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const KafPrintJob *job = ((Out *) data)->job;
  const KafSubject subject = { .entity = job->entity, .id = job->id };
  const KafDocumentOptions paper = kaf_print_job_get_options (job);
  const KafEachOptions options = { .reason = run->reason,
                                   .lang = run->lang,
                                   .progress = run->progress,
                                   .progress_data = run->progress_data };

  return kaf_addressees_print (db, job->document, &subject, &paper, target, &options, &run->n_files,
                               &run->n_persons, cancellable, error);
}

/* Takes @self over. */
static void
give_out (Out *self, GFile *target)
{
  const KafParcelKind kind = { _ ("Making a file for each"), _ ("The files were not made"),
                               write_each, NULL };

  kaf_parcel_out (self->window, &kind, target, self, out_free);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) target = kaf_file_chooser_finish (result, NULL);

  if (target != NULL)
    give_out (data, target);
  else
    out_free (data);
}

void
kaf_each_out (KafWindow *window, const KafPrintJob *job, const KafPrintMade *made, GFile *folder)
{
  const char *reference = kaf_pages_get_reference (made->pages);
  g_autofree char *called = g_strjoin (" ", _ (made->document->label), reference, NULL);
  g_autofree char *name = kaf_file_name_make (called);
  Out *self;

  g_return_if_fail (KAF_IS_WINDOW (window));

  self = g_new0 (Out, 1);
  self->window = g_object_ref (window);
  self->job = kaf_print_job_copy (job);
  self->job->document = made->document;
  if (folder != NULL)
    give_out (self, folder);
  else
    kaf_file_chooser_save_async (GTK_WINDOW (window), _ ("Folder of the Files"),
                                 C_ ("button", "Save"), name, NULL, on_folder, self);
}
