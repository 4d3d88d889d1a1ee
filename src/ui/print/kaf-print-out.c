/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is given up at the dialog of the printer has not left: the register is kept between that dialog and the first page
 * (kaf-print-operation). */
#include "config.h"

#include "ui/print/kaf-print-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-file-name.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-permit.h"
#include "ui/app/kaf-outgoing.h"
#include "ui/print/kaf-print-operation.h"

static KafOutgoingLook
look (KafDatabase *db, KafOutgoingRun *run, gpointer data, GError **error)
{
  if (!kaf_permit_check_records (db, error))
    return KAF_OUTGOING_REFUSED;
  run->n_persons = kaf_pages_get_n_persons (data);
  return run->n_persons > kaf_disclosure_limit (db) ? KAF_OUTGOING_NEEDS_REASON
                                                    : KAF_OUTGOING_READY;
}

/* The register is written before anything leaves. */
static gboolean
write_pdf (KafDatabase *db,
           GFile *file,
           KafOutgoingRun *run,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  run->n = kaf_pages_count (data);
  return kaf_pages_disclose (data, db, run->reason, NULL, cancellable, error) &&
         kaf_pages_write_pdf (data, db, file, run->progress, run->progress_data, cancellable,
                              error);
}

static char *
tell (const KafOutgoingRun *run, const char *number, const char *name)
{
  /* Translators: a number of pages and the name of a file */
  return g_strdup_printf (ngettext ("%s page saved in %s", "%s pages saved in %s", run->n), number,
                          name);
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  g_autoptr (KafWindow) window = data;
  g_autoptr (GError) error = kaf_print_operation_dup_error (operation);

  if (error == NULL && result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    kaf_window_report_error (window, _ ("The document was not printed"), error);
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    kaf_window_toast (window, _ ("The document was sent to the printer"));
}

static void
print (KafWindow *window, const char *reason, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation =
      kaf_print_operation_new (data, kaf_window_get_store (window), reason);

  g_signal_connect (operation, "done", G_CALLBACK (on_printed), g_object_ref (window));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window),
                           NULL);
}

/* "MIS-2026-0042 Dossier de mission.pdf", without what files cannot be called. */
static char *
propose_name (KafPages *pages)
{
  const char *reference = kaf_pages_get_reference (pages);
  g_autofree char *name =
      g_strconcat (reference != NULL ? reference : "", reference != NULL ? " " : "",
                   kaf_pages_get_title (pages), ".pdf", NULL);

  return kaf_file_name_make (name);
}

static void
unref_pages (gpointer data)
{
  kaf_pages_unref (data);
}

void
kaf_print_out (KafWindow *window, KafPages *pages, KafPrintOutKind how, GFile *file)
{
  const KafOutgoingKind kind = {
    .why = _ ("Why Is This Document Given Out?"),
    /* Translators: how many persons are named, and above how many a reason is asked. */
    .names = _ ("The document names %s persons. Above %d, the law asks for a reason: it is kept "
                "with your name in the register of disclosures."),
    .go = how == KAF_PRINT_OUT_PDF ? _ ("Save as PDF…") : _ ("Print…"),
    .where = _ ("Save as PDF"),
    .accept = C_ ("button", "Save"),
    .doing = _ ("Saving the PDF"),
    .failed =
        how == KAF_PRINT_OUT_PDF ? _ ("The PDF was not saved") : _ ("The document was not printed"),
    .look = look,
    .write = write_pdf,
    .send = how == KAF_PRINT_OUT_PRINTER ? print : NULL,
    .tell = tell,
  };
  g_autofree char *name = NULL;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (pages != NULL);

  name = propose_name (pages);
  kaf_outgoing_start (window, &kind, name, file, kaf_pages_ref (pages), unref_pages);
}
