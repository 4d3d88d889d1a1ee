/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-each-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-file-name.h"
#include "ui/app/kaf-outgoing.h"
#include "ui/print/kaf-parcel-words.h"

static gboolean
write_each (KafDatabase *db,
            GFile *target,
            KafOutgoingRun *run,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const KafPrintJob *job = data;
  const KafSubject subject = { .entity = job->entity, .id = job->id };
  const KafDocumentOptions paper = kaf_print_job_get_options (job);
  const KafEachOptions options = { .reason = run->reason,
                                   .lang = run->lang,
                                   .progress = run->progress,
                                   .progress_data = run->progress_data };
  guint n_files = 0, n_persons = 0;
  gboolean done = kaf_addressees_print (db, job->document, &subject, &paper, target, &options,
                                        &n_files, &n_persons, cancellable, error);

  run->n = n_files;
  run->n_persons = n_persons;
  return done;
}

static void
free_job (gpointer data)
{
  kaf_print_job_free (data);
}

void
kaf_each_out (KafWindow *window, const KafPrintJob *job, const KafPrintMade *made, GFile *folder)
{
  const char *reference = kaf_pages_get_reference (made->pages);
  g_autofree char *called = g_strjoin (" ", _ (made->document->label), reference, NULL);
  g_autofree char *name = kaf_file_name_make (called);
  KafOutgoingKind kind = kaf_parcel_kind ();
  KafPrintJob *own;

  g_return_if_fail (KAF_IS_WINDOW (window));

  kind.where = _ ("Folder of the Files");
  kind.doing = _ ("Making a file for each");
  kind.failed = _ ("The files were not made");
  kind.write = write_each;
  own = kaf_print_job_copy (job);
  own->document = made->document;
  kaf_outgoing_start (window, &kind, name, folder, own, free_job);
}
