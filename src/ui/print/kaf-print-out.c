/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reason when many persons are named → file or printer → register → progress → toast. What is given up at the dialog of
 * the printer has not left: the register is kept between that dialog and the first page (kaf-print-operation). */
#include "config.h"

#include "ui/print/kaf-print-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-file-name.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/app/kaf-reason-dialog.h"
#include "ui/compat/kaf-file-chooser.h"
#include "ui/print/kaf-print-operation.h"

/* One on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  KafPages *pages;
  KafPrintOutKind kind;
  GFile *file;  /* nullable */
  char *reason; /* nullable */
} Out;

static void
out_free (Out *self)
{
  g_object_unref (self->window);
  kaf_pages_unref (self->pages);
  g_clear_object (&self->file);
  g_free (self->reason);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Out, out_free)

/* The register is written before anything leaves. */
static gpointer
run_save (KafDatabase *db,
          KafProgressFunc progress,
          gpointer progress_data,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  Out *self = data;

  if (kaf_pages_disclose (self->pages, db, self->reason, NULL, cancellable, error) &&
      kaf_pages_write_pdf (self->pages, db, self->file, progress, progress_data, cancellable,
                           error))
    return self;
  return NULL;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Out) self = data;
  g_autoptr (GError) error = NULL;
  guint n = kaf_pages_count (self->pages);
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = kaf_bidi_isolate (base);
  g_autofree char *text = NULL;

  if (kaf_progress_window_finish (result, &error) == NULL)
    {
      kaf_window_report_error (self->window, _ ("The PDF was not saved"), error);
      return;
    }
  /* Translators: a number of pages and the name of a file */
  text =
      g_strdup_printf (ngettext ("%s page saved in %s", "%s pages saved in %s", n), number, name);
  kaf_window_toast_file (self->window, text, self->file);
}

static void
save (Out *self)
{
  KafStore *store = kaf_window_get_store (self->window);

  if (store == NULL)
    {
      out_free (self);
      return;
    }
  kaf_progress_window_run (GTK_WINDOW (self->window), store, _ ("Saving the PDF"),
                           self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_BACKGROUND, run_save,
                           self, NULL, NULL, on_saved, self);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Out) self = data;

  self->file = kaf_file_chooser_finish (result, NULL);
  if (self->file != NULL)
    save (g_steal_pointer (&self));
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
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  Out *self = data;
  g_autoptr (GError) error = kaf_print_operation_dup_error (operation);

  if (error == NULL && result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    kaf_window_report_error (self->window, _ ("The document was not printed"), error);
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    kaf_window_toast (self->window, _ ("The document was sent to the printer"));
  out_free (self);
}

static void
print (Out *self, KafStore *store)
{
  g_autoptr (GtkPrintOperation) operation =
      kaf_print_operation_new (self->pages, store, self->reason);

  g_signal_connect (operation, "done", G_CALLBACK (on_printed), self);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (self->window), NULL);
}

static void
go_on (Out *self)
{
  KafStore *store = kaf_window_get_store (self->window);
  g_autofree char *name = NULL;

  if (store == NULL)
    out_free (self);
  else if (self->kind == KAF_PRINT_OUT_PRINTER)
    print (self, store);
  else if (self->file != NULL)
    save (self);
  else
    {
      name = propose_name (self->pages);
      kaf_file_chooser_save_async (GTK_WINDOW (self->window), _ ("Save as PDF"),
                                   C_ ("button", "Save"), name, NULL, on_file, self);
    }
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
ask_reason (Out *self, guint n_persons, guint limit)
{
  g_autofree char *number = kaf_number_format (n_persons, kaf_application_get_lang ());
  g_autofree char *body = g_strdup_printf (
      /* Translators: how many persons are named, and above how many a reason is asked. */
      _ ("The document names %s persons. Above %d, the law asks for a reason: it is kept with your "
         "name in the register of disclosures."),
      number, (int) limit);

  kaf_reason_dialog_ask (GTK_WINDOW (self->window), _ ("Why Is This Document Given Out?"), body,
                         self->kind == KAF_PRINT_OUT_PDF ? _ ("Save as PDF…") : _ ("Print…"), FALSE,
                         on_reason, self);
}

void
kaf_print_out (KafWindow *window, KafPages *pages, guint limit, KafPrintOutKind kind, GFile *file)
{
  Out *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (pages != NULL);

  self = g_new0 (Out, 1);
  self->window = g_object_ref (window);
  self->pages = kaf_pages_ref (pages);
  self->kind = kind;
  self->file = file != NULL ? g_object_ref (file) : NULL;
  if (kaf_pages_get_n_persons (pages) > limit)
    ask_reason (self, kaf_pages_get_n_persons (pages), limit);
  else
    go_on (self);
}
