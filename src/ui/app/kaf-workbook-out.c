/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-workbook-out.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-file-name.h"
#include "base/kaf-words.h"
#include "ui/app/kaf-outgoing.h"

/* One on its way. */
typedef struct
{
  const KafWorkbook *workbook;
  KafLang lang;
} Out;

static KafOutgoingLook
look (KafDatabase *db, KafOutgoingRun *run, gpointer data, GError **error)
{
  const Out *self = data;
  GError *local = NULL;
  gboolean due = kaf_workbook_needs_reason (db, self->workbook, NULL, &run->n_persons, &local);

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return KAF_OUTGOING_REFUSED;
    }
  return due ? KAF_OUTGOING_NEEDS_REASON : KAF_OUTGOING_READY;
}

static gboolean
write_workbook (KafDatabase *db,
                GFile *file,
                KafOutgoingRun *run,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Out *self = data;
  const KafWorkbookOptions options = { .lang = self->lang,
                                       .reason = run->reason,
                                       .progress = run->progress,
                                       .progress_data = run->progress_data };

  return kaf_workbook_make (db, self->workbook, file, &options, cancellable, error);
}

static char *
tell (const KafOutgoingRun *run, const char *number, const char *name)
{
  /* Translators: the name of a file */
  return g_strdup_printf (_ ("Workbook written to %s"), name);
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

void
kaf_workbook_out (KafWindow *window, const KafWorkbook *workbook, KafLang lang, GFile *file)
{
  const KafOutgoingKind kind = {
    .why = _ ("Why Is This Workbook Given Out?"),
    /* Translators: how many persons are named, and above how many a reason is asked. */
    .names = _ ("The workbook names %s persons. Above %d, the law asks for a reason: it is kept "
                "with your name in the register of disclosures."),
    .go = _ ("Export…"),
    .where = _ ("Save the Workbook"),
    .accept = C_ ("button", "Save"),
    .doing = _ ("Making the workbook"),
    .failed = _ ("The workbook was not made"),
    .look = look,
    .write = write_workbook,
    .tell = tell,
  };
  const Out out = { workbook, lang };
  g_autofree char *name = NULL;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (workbook != NULL);

  name = propose_name (&out);
  kaf_outgoing_start (window, &kind, name, file, g_memdup2 (&out, sizeof out), g_free);
}
