/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/import/kaf-import-job.h"

#include "exchange/kaf-column-guess.h"
#include "exchange/kaf-import-decisions.h"
#include "ui/app/kaf-application.h"

KafImportOpening *
kaf_import_opening_copy (const KafImportOpening *self)
{
  KafImportOpening *copy = g_memdup2 (self, sizeof *self);

  g_object_ref (copy->file);
  copy->encoding = g_strdup (self->encoding);
  return copy;
}

void
kaf_import_opening_free (KafImportOpening *self)
{
  g_object_unref (self->file);
  g_free (self->encoding);
  g_free (self);
}

void
kaf_import_opened_free (KafImportOpened *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reader, kaf_table_reader_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  kaf_import_map_free (self->map);
  g_free (self->slot);
  g_free (self);
}

gpointer
kaf_import_job_open (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafImportOpening *opening = data;
  const KafTableOptions options = { opening->encoding, opening->separator };
  g_autoptr (KafImportOpened) opened = g_new0 (KafImportOpened, 1);

  opened->reader = kaf_table_reader_open (opening->file, &options, cancellable, error);
  if (opened->reader == NULL ||
      (opening->sheet >= 0 &&
       !kaf_table_reader_choose (opened->reader, (guint) opening->sheet, cancellable, error)))
    return NULL;
  opened->rows =
      kaf_table_reader_peek (opened->reader, KAF_COLUMN_GUESS_ROWS + 1, cancellable, error);
  if (opened->rows == NULL)
    return NULL;
  opened->slot = kaf_import_decisions_make_slot (opening->file, opened->reader, cancellable, error);
  if (opened->slot == NULL)
    return NULL;
  opened->map = kaf_import_map_new (opening->entity, opened->rows);
  opened->recalled = kaf_import_map_recall (opened->map, db);
  return g_steal_pointer (&opened);
}

/* ---- Telling ---- */

typedef struct
{
  KafImportPlan *plan;
  guint place;
  int column;
  char *text;
  KafLang lang;
} Asking;

static void
asking_free (gpointer data)
{
  kaf_import_plan_free (((Asking *) data)->plan);
  g_free (((Asking *) data)->text);
  g_free (data);
}

void
kaf_import_told_free (KafImportTold *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self->reasons);
  g_free (self->name);
  g_free (self->ref);
  g_free (self);
}

static gpointer
tell (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;
  g_autoptr (KafImportTold) told = g_new0 (KafImportTold, 1);
  g_autoptr (GArray) cells = NULL;

  if (asking->column >= 0 &&
      !kaf_import_plan_set_cell (asking->plan, db, asking->place, (guint) asking->column,
                                 asking->text, error))
    return NULL;
  told->place = asking->place;
  told->name =
      kaf_import_plan_name_record (asking->plan, db, asking->place, asking->lang, &told->ref);
  told->reasons = kaf_import_plan_tell (asking->plan, db, asking->place, asking->lang);
  if (kaf_import_plan_get (asking->plan, asking->place)->outcome != KAF_IMPORT_REFUSED)
    {
      told->said = kaf_import_plan_list_said (asking->plan, db, asking->place, asking->lang, error);
      if (told->said == NULL)
        return NULL;
    }
  cells = kaf_import_plan_list_cells (asking->plan, asking->place);
  told->cells = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (told->cells, g_strdup (g_array_index (cells, KafTableCell, i).text));
  return g_steal_pointer (&told);
}

void
kaf_import_job_tell_async (KafStore *store,
                           KafImportPlan *plan,
                           guint place,
                           int column,
                           const char *text,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Asking *asking = g_new0 (Asking, 1);

  *asking = (Asking){ kaf_import_plan_ref (plan), place, column, g_strdup (text),
                      kaf_application_get_lang () };
  kaf_store_run_async (store, KAF_LANE_WRITE, tell, asking, asking_free,
                       (GDestroyNotify) kaf_import_told_free, cancellable, callback, user_data);
}

KafImportTold *
kaf_import_job_tell_finish (KafStore *store, GAsyncResult *result, GError **error)
{
  return kaf_store_run_finish (store, result, error);
}
