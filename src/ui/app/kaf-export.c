/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-file-name.h"
#include "exchange/kaf-export.h"
#include "exchange/kaf-vcard.h"
#include "report/kaf-list-file.h"
#include "ui/app/kaf-export.h"
#include "ui/app/kaf-outgoing.h"

/* One on its way. */
typedef struct
{
  KafQuery *query;
  GStrv columns; /* nullable */
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  kaf_query_unref (self->query);
  g_strfreev (self->columns);
  g_free (self);
}

static KafOutgoingLook
look (KafDatabase *db, KafOutgoingRun *run, gpointer data, GError **error)
{
  const Export *self = data;
  GError *local = NULL;
  gboolean due = kaf_export_needs_reason (db, self->query, &run->n_persons, &local);

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return KAF_OUTGOING_REFUSED;
    }
  if (run->n_persons == 0)
    return KAF_OUTGOING_EMPTY;
  return due ? KAF_OUTGOING_NEEDS_REASON : KAF_OUTGOING_READY;
}

static gboolean
write_csv (const Export *self,
           KafDatabase *db,
           GFile *file,
           KafOutgoingRun *run,
           GCancellable *cancellable,
           GError **error)
{
  const KafExportOptions options = {
    .reason = run->reason,
    /* Spreadsheets take accents and Arabic for another encoding without the mark. */
    .mark = TRUE,
    .progress = run->progress,
    .progress_data = run->progress_data,
  };

  return kaf_export_run (db, self->query, file, &options, cancellable, &run->n, error);
}

static gboolean
write_list (KafDatabase *db,
            GFile *file,
            KafOutgoingRun *run,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Export *self = data;
  g_autofree char *name = g_file_get_basename (file);
  KafListFileFormat format = kaf_list_file_format (name);
  const KafListFileOptions options = { .columns = (const char *const *) self->columns,
                                       .lang = run->lang,
                                       .reason = run->reason,
                                       .progress = run->progress,
                                       .progress_data = run->progress_data };
  const KafVcardOptions card = { .lang = run->lang,
                                 .reason = run->reason,
                                 .progress = run->progress,
                                 .progress_data = run->progress_data };

  if (kaf_vcard_is_file (name))
    return kaf_vcard_export (db, self->query, file, &card, cancellable, &run->n, error);
  if (format == KAF_LIST_FILE_NONE)
    return write_csv (self, db, file, run, cancellable, error);
  return kaf_list_file_write (db, self->query, file, format, &options, cancellable, &run->n, error);
}

static char *
tell (const KafOutgoingRun *run, const char *number, const char *name)
{
  /* Translators: a number of records and the name of a file */
  return g_strdup_printf (ngettext ("%s record written to %s", "%s records written to %s", run->n),
                          number, name);
}

/* What both doors say; where to is their own. */
static KafOutgoingKind
kind_new (void)
{
  return (KafOutgoingKind){
    .why = _ ("Why Is This List Given Out?"),
    .names = _ ("The list holds %s persons. Above %d, the law asks for a reason: it is kept with "
                "your name in the register of disclosures."),
    .go = _ ("Export…"),
    .accept = C_ ("button", "Export"),
    .doing = _ ("Exporting the list"),
    .failed = _ ("The list was not exported"),
    .empty = _ ("The list is empty: there is nothing to export"),
    .look = look,
    .write = write_list,
    .tell = tell,
  };
}

static KafFileFormat
card_format (void)
{
  return (KafFileFormat){ ".vcf", _ ("vCards for an address book (.vcf)") };
}

void
kaf_export_query (KafWindow *window, KafQuery *query, const char *const *columns)
{
  KafOutgoingKind kind = kind_new ();
  const KafEntity *entity;
  g_autofree char *name = NULL;
  Export *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (query != NULL);

  entity = kaf_query_get_entity (query);
  kind.where = _ ("Export This List");
  kind.formats[0] = (KafFileFormat){ ".xlsx", _ ("Excel workbook (.xlsx)") };
  kind.formats[1] = (KafFileFormat){ ".ods", _ ("OpenDocument spreadsheet (.ods)") };
  kind.formats[2] = (KafFileFormat){ ".csv", _ ("CSV that an import takes back (.csv)") };
  if (kaf_vcard_suits (entity))
    kind.formats[3] = card_format ();
  name = g_strdup_printf ("%s.xlsx", g_dgettext (GETTEXT_PACKAGE, entity->plural));

  self = g_new0 (Export, 1);
  /* A copy: the list goes on being typed into while the file is written. */
  self->query = kaf_query_copy (query);
  self->columns = g_strdupv ((char **) columns);
  kaf_outgoing_start (window, &kind, name, NULL, self, export_free);
}

void
kaf_export_card (KafWindow *window, const KafEntity *entity, const char *id, const char *name)
{
  const char *const ids[] = { id, NULL };
  g_autofree char *safe = kaf_file_name_make (name != NULL ? name : id);
  g_autofree char *file_name = g_strconcat (safe, ".vcf", NULL);
  KafOutgoingKind kind = kind_new ();
  Export *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (entity != NULL && id != NULL);

  kind.where = _ ("Save as vCard");
  kind.formats[0] = card_format ();
  self = g_new0 (Export, 1);
  self->query = kaf_query_new (entity);
  kaf_query_set_condition (self->query, "id", KAF_OP_ANY_OF, ids);
  kaf_outgoing_start (window, &kind, file_name, NULL, self, export_free);
}
