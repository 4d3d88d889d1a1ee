/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export of a list, or of one record: count → reason when many persons → file → progress → toast. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-file-name.h"
#include "base/kaf-number.h"
#include "exchange/kaf-export.h"
#include "exchange/kaf-vcard.h"
#include "report/kaf-list-file.h"
#include "store/kaf-disclosure.h"
#include "ui/app/kaf-export.h"
#include "ui/app/kaf-progress-window.h"
#include "ui/app/kaf-reason-dialog.h"
#include "ui/compat/kaf-file-chooser.h"

/* One export on its way; freed by whichever step is the last. */
typedef struct
{
  KafWindow *window;
  KafQuery *query;
  GStrv columns; /* nullable */
  char *card;    /* nullable: the proposed name of a person's vCard */
  GFile *file;
  char *reason;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->window);
  kaf_query_unref (self->query);
  g_strfreev (self->columns);
  g_free (self->card);
  g_clear_object (&self->file);
  g_free (self->reason);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static gboolean
write_csv (const Export *self,
           KafDatabase *db,
           KafProgressFunc progress,
           gpointer progress_data,
           GCancellable *cancellable,
           gint64 *n,
           GError **error)
{
  const KafExportOptions options = {
    .reason = self->reason,
    /* Spreadsheets take accents and Arabic for another encoding without the mark. */
    .mark = TRUE,
    .progress = progress,
    .progress_data = progress_data,
  };

  return kaf_export_run (db, self->query, self->file, &options, cancellable, n, error);
}

static gpointer
run_export (KafDatabase *db,
            KafProgressFunc progress,
            gpointer progress_data,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Export *self = data;
  g_autofree char *name = g_file_get_basename (self->file);
  KafListFileFormat format = kaf_list_file_format (name);
  const KafListFileOptions options = { .columns = (const char *const *) self->columns,
                                       .lang = kaf_application_get_lang (),
                                       .reason = self->reason,
                                       .progress = progress,
                                       .progress_data = progress_data };
  const KafVcardOptions card = { .lang = options.lang,
                                 .reason = self->reason,
                                 .progress = progress,
                                 .progress_data = progress_data };
  gint64 n = 0;

  if (kaf_vcard_is_file (name))
    {
      if (!kaf_vcard_export (db, self->query, self->file, &card, cancellable, &n, error))
        return NULL;
    }
  else if (format == KAF_LIST_FILE_NONE
               ? !write_csv (self, db, progress, progress_data, cancellable, &n, error)
               : !kaf_list_file_write (db, self->query, self->file, format, &options, cancellable,
                                       &n, error))
    return NULL;
  return g_memdup2 (&n, sizeof n);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = kaf_progress_window_finish (result, &error);
  g_autofree char *number = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (n == NULL)
    {
      kaf_window_report_error (self->window, _ ("The list was not exported"), error);
      return;
    }
  number = kaf_number_format (*n, kaf_application_get_lang ());
  base = g_file_get_basename (self->file);
  name = kaf_bidi_isolate (base);
  /* Translators: a number of records and the name of a file */
  text = g_strdup_printf (ngettext ("%s record written to %s", "%s records written to %s", *n),
                          number, name);
  kaf_window_toast_file (self->window, text, self->file);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;
  KafStore *store = kaf_window_get_store (self->window);

  self->file = kaf_file_chooser_finish (result, NULL);
  if (self->file == NULL || store == NULL)
    return;
  /* A reason is written as a disclosure before the file is: that takes the lane that writes. */
  kaf_progress_window_run (GTK_WINDOW (self->window), store, _ ("Exporting the list"),
                           self->reason != NULL ? KAF_LANE_WRITE : KAF_LANE_BACKGROUND, run_export,
                           self, NULL, g_free, on_exported, self);
  g_steal_pointer (&self);
}

static void
ask_file (Export *self)
{
  const KafEntity *entity = kaf_query_get_entity (self->query);
  /* The last is for persons alone. */
  const KafFileFormat card[] = { { ".vcf", _ ("vCards for an address book (.vcf)") }, { NULL } };
  const KafFileFormat formats[] = {
    { ".xlsx", _ ("Excel workbook (.xlsx)") },
    { ".ods", _ ("OpenDocument spreadsheet (.ods)") },
    { ".csv", _ ("CSV that an import takes back (.csv)") },
    { kaf_vcard_suits (entity) ? ".vcf" : NULL, card[0].label },
    { NULL },
  };
  g_autofree char *name =
      self->card != NULL
          ? g_strdup (self->card)
          : g_strdup_printf ("%s.xlsx", g_dgettext (GETTEXT_PACKAGE, entity->plural));

  kaf_file_chooser_save_as_async (
      GTK_WINDOW (self->window), self->card != NULL ? _ ("Save as vCard") : _ ("Export This List"),
      C_ ("button", "Export"), name, self->card != NULL ? card : formats, NULL, on_file, self);
}

static void
on_reason (KafReasonAnswer answer, const char *reason, gpointer data)
{
  Export *self = data;

  if (answer != KAF_REASON_GIVEN)
    {
      export_free (self);
      return;
    }
  self->reason = g_strdup (reason);
  ask_file (self);
}

static void
ask_reason (Export *self, gint64 n, guint limit)
{
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *body = g_strdup_printf (
      _ ("The list holds %s persons. Above %d, the law asks for a reason: it is kept with your name "
         "in the register of disclosures."),
      number, (int) limit);

  kaf_reason_dialog_ask (GTK_WINDOW (self->window), _ ("Why Is This List Given Out?"), body,
                         _ ("Export…"), FALSE, on_reason, self);
}

/* What has to be known before asking anything. */
typedef struct
{
  gint64 n_rows;
  gboolean needs_reason;
  guint limit; /* persons above which one is needed */
} Prospect;

static gpointer
look_ahead (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) own = NULL;
  Prospect prospect = { 0 };

  prospect.needs_reason = kaf_export_needs_reason (db, data, &prospect.n_rows, &own);
  prospect.limit = kaf_disclosure_limit (db);
  if (own != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
  return g_memdup2 (&prospect, sizeof prospect);
}

static void
on_looked_ahead (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Prospect *prospect = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (prospect == NULL)
    kaf_window_report_error (self->window, _ ("The list was not exported"), error);
  else if (prospect->n_rows == 0)
    kaf_window_toast (self->window, _ ("The list is empty: there is nothing to export"));
  else if (prospect->needs_reason)
    ask_reason (g_steal_pointer (&self), prospect->n_rows, prospect->limit);
  else
    ask_file (g_steal_pointer (&self));
}

static void
start (Export *self)
{
  kaf_store_run_async (kaf_window_get_store (self->window), KAF_LANE_READ, look_ahead,
                       kaf_query_ref (self->query), (GDestroyNotify) kaf_query_unref, g_free, NULL,
                       on_looked_ahead, self);
}

void
kaf_export_query (KafWindow *window, KafQuery *query, const char *const *columns)
{
  Export *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (query != NULL);
  g_return_if_fail (kaf_window_get_store (window) != NULL);

  self = g_new0 (Export, 1);
  self->window = g_object_ref (window);
  /* A copy: the list goes on being typed into while the file is written. */
  self->query = kaf_query_copy (query);
  self->columns = g_strdupv ((char **) columns);
  start (self);
}

void
kaf_export_card (KafWindow *window, const KafEntity *entity, const char *id, const char *name)
{
  const char *const ids[] = { id, NULL };
  g_autofree char *safe = kaf_file_name_make (name != NULL ? name : id);
  Export *self;

  g_return_if_fail (KAF_IS_WINDOW (window));
  g_return_if_fail (entity != NULL && id != NULL);
  g_return_if_fail (kaf_window_get_store (window) != NULL);

  self = g_new0 (Export, 1);
  self->window = g_object_ref (window);
  self->query = kaf_query_new (entity);
  kaf_query_set_condition (self->query, "id", KAF_OP_ANY_OF, ids);
  self->card = g_strconcat (safe, ".vcf", NULL);
  start (self);
}
