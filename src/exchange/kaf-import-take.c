/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan is written: every row is put beside the store as it is now, so that a plan which has become old does no harm,
 * and what is to be written goes through the one transaction. */
#include "config.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "exchange/kaf-csv-writer.h"
#include "exchange/kaf-explain.h"
#include "exchange/kaf-import-ahead.h"
#include "schema/kaf-said.h"
#include "store/kaf-judge.h"
#include "store/kaf-new-file.h"
#include "store/kaf-permit.h"
#include "store/kaf-suspects.h"

#define ASK_EVERY 64

typedef struct
{
  KafImportPlan *plan;
  KafDatabase *db;
  KafTransaction *transaction;
  KafImportTaken *taken;
  char **made; /* ids of what rows have made or joined, by place */
  KafImportAhead *ahead;
} Taking;

typedef enum
{
  TOOK,
  REFUSED, /* this row alone */
  FAILED,
} Took;

void
kaf_import_taken_free (KafImportTaken *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->receipt, kaf_receipt_unref);
  g_free (self);
}

/* What the store says against one record; the others may still be all right. */
static gboolean
is_about_record (const GError *error)
{
  return error->domain == KAF_VALIDATION_ERROR ||
         g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED) ||
         g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS) ||
         g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
}

static Took
refuse (Taking *self,
        guint place,
        const KafRecord *record,
        KafFault fault,
        GError *cause,
        GError **error)
{
  g_autoptr (GError) local = cause;
  const KafField *field = fault.field != NULL
                              ? kaf_entity_find_field (kaf_record_get_entity (record), fault.field)
                              : NULL;

  if (!is_about_record (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FAILED;
    }
  kaf_import_plan_refuse (self->plan, place, kaf_explain (field, NULL, local), -1);
  return REFUSED;
}

/* The first record of a row may be refused, and with it the row; what follows it has to go in. */
static Took
apply (Taking *self,
       guint place,
       gboolean first,
       KafChangeKind kind,
       KafRecord *record,
       char **id,
       GError **error)
{
  KafFault fault = { 0, NULL };
  GError *local = NULL;

  if (kaf_transaction_apply (self->transaction, kind, record, id, &fault, &local))
    return TOOK;
  if (first)
    return refuse (self, place, record, fault, local, error);
  g_propagate_error (error, local);
  return FAILED;
}

static Took
apply_claims (Taking *self, guint place, GPtrArray *claims, GError **error)
{
  for (guint i = 0; i < claims->len; i++)
    {
      KafRecord *claim = g_ptr_array_index (claims, i);

      if (apply (self, place, FALSE, KAF_CHANGE_CREATE, claim, NULL, error) == FAILED)
        return FAILED;
      self->taken->n_claims += kaf_said_count (kaf_record_get (claim, "about"));
    }
  return TOOK;
}

static Took
update (Taking *self, guint place, KafImportRow *read, const char *id, GError **error)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, place);
  g_auto (KafImportMerge) merge = { 0 };
  gboolean first = TRUE;
  GError *local = NULL;

  /* What an earlier row did to the record is to be seen. */
  kaf_transaction_settle (self->transaction);
  if (!kaf_import_merge_make (self->db, self->plan->map, self->plan->role, read, id,
                              row->source_number, self->plan->today, &merge, &local))
    return refuse (self, place, read->parts[0], (KafFault){ 0, NULL }, local, error);
  for (guint part = 0; part < KAF_IMPORT_PARTS; part++)
    {
      Took took;

      if (merge.parts[part] == NULL)
        continue;
      took = apply (self, place, first,
                    merge.before[part] != NULL ? KAF_CHANGE_UPDATE : KAF_CHANGE_CREATE,
                    merge.parts[part], NULL, error);
      if (took != TOOK)
        return took;
      first = FALSE;
    }
  self->taken->n_updated += kaf_import_merge_changes (&merge);
  self->taken->n_same += !kaf_import_merge_changes (&merge);
  return apply_claims (self, place, merge.claims, error);
}

/* @claims: nullable, if they are not made yet. */
static Took
apply_new_claims (Taking *self,
                  guint place,
                  const KafImportRow *read,
                  GPtrArray *claims,
                  const char *id,
                  GError **error)
{
  const KafImportPlan *plan = self->plan;
  const KafEntity *root = kaf_entity_get_root (plan->map->entity);
  g_autoptr (GPtrArray) made = NULL;

  if (claims == NULL)
    claims = made =
        kaf_import_merge_claim_all (plan->map, plan->role, read, NULL,
                                    kaf_import_plan_get (plan, place)->source_number, plan->today);
  for (guint i = 0; i < claims->len; i++)
    kaf_record_set (g_ptr_array_index (claims, i), root->id, id);
  return apply_claims (self, place, claims, error);
}

static Took
create (Taking *self, guint place, KafImportRow *read, GPtrArray *claims, char **id, GError **error)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, place);
  KafRecord *root = read->parts[0];

  if (kaf_entity_find_field (kaf_record_get_entity (root), "external_id") != NULL)
    {
      kaf_record_set (root, "external_source", self->plan->map->source);
      kaf_record_set (root, "external_id", row->source_number);
    }
  for (guint part = 0; part < KAF_IMPORT_PARTS && read->parts[part] != NULL; part++)
    {
      g_autoptr (KafRecord) own = kaf_permit_limit (self->plan->role, read->parts[part]);
      Took took;

      if (part > 0)
        kaf_record_set_id (own, *id);
      took = apply (self, place, part == 0, KAF_CHANGE_CREATE, own, part == 0 ? id : NULL, error);
      if (took != TOOK)
        return took;
    }
  self->taken->n_created++;
  return apply_new_claims (self, place, read, claims, *id, error);
}

/* What was said of a duplicate, with what spoke for it. */
static KafChangeSet *
make_judgement (
    Taking *self, guint place, const KafImportRow *read, const char *id, const char *other)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, place);
  g_autoptr (KafMatchPerson) a = NULL;
  g_autoptr (KafMatchPerson) b = NULL;
  g_autofree char *engine = NULL;
  g_autofree char *evidence = NULL;
  KafMatchScore score;
  KafJudging judging = { .entity = kaf_entity_get_root (self->plan->map->entity),
                         .a = id,
                         .b = other,
                         .verdict = row->decision == KAF_IMPORT_THE_SAME ? KAF_VERDICT_SAME
                                                                         : KAF_VERDICT_DIFFERENT,
                         .likelihood = (int) kaf_match_permille (row->likelihood) };

  if (kaf_import_match_weigh (self->plan->match, self->db, read, row->id, row->of_row, &a, &b,
                              &score))
    {
      judging.engine = engine = g_strdup_printf ("%u", score.version);
      judging.evidence = evidence = kaf_suspects_print_evidence (&score);
    }
  return kaf_judge (&judging);
}

/* The row came in as a record of its own, and stays what its source says: that it is one with another, or is not, is a
 * judgement like any, which can be taken back. */
static Took
judge (Taking *self, guint place, const KafImportRow *read, const char *id, GError **error)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, place);
  const char *other = row->id != NULL ? row->id : row->of_row >= 0 ? self->made[row->of_row] : NULL;
  g_autoptr (KafChangeSet) set = NULL;

  if (row->decision == KAF_IMPORT_LATER || other == NULL)
    return TOOK;
  set = make_judgement (self, place, read, id, other);
  return apply (self, place, FALSE, KAF_CHANGE_CREATE, kaf_change_set_get (set, 0)->record, NULL,
                error);
}

/* The record that the row is about, or NULL for a new one. */
static const char *
find_target (const Taking *self, const KafImportPlanRow *row)
{
  if (row->outcome != KAF_IMPORT_CHANGED && row->outcome != KAF_IMPORT_SAME)
    return NULL;
  return row->id != NULL ? row->id : row->of_row >= 0 ? self->made[row->of_row] : NULL;
}

static gboolean
take_row (Taking *self, guint place, GError **error)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, place);
  g_auto (KafImportReady) ready = { .read.fault_column = -1 };
  const char *target = find_target (self, row);
  g_autofree char *id = NULL;
  Took took;

  if (!kaf_import_ahead_take (self->ahead, place, &ready) &&
      !kaf_import_plan_read (self->plan, self->db, place, &ready.read, error))
    return FALSE;
  if (target != NULL)
    took = update (self, place, &ready.read, target, error);
  else
    took = create (self, place, &ready.read, ready.claims, &id, error);
  if (took == TOOK && id != NULL)
    took = judge (self, place, &ready.read, id, error);
  if (took == TOOK)
    self->made[place] = id != NULL ? g_steal_pointer (&id) : g_strdup (target);
  return took != FAILED;
}

static gboolean
take_all (Taking *self,
          KafProgressFunc progress,
          gpointer progress_data,
          GCancellable *cancellable,
          GError **error)
{
  guint n = kaf_import_plan_get_n (self->plan);

  for (guint i = 0; i < n; i++)
    {
      const KafImportPlanRow *row = kaf_import_plan_get (self->plan, i);

      if (i % ASK_EVERY == 0 && progress != NULL)
        progress (i, n, progress_data);
      if (i % ASK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (row->left_out || row->outcome == KAF_IMPORT_REFUSED)
        continue;
      if (row->idle)
        {
          self->taken->n_same++;
          self->made[i] = g_strdup (find_target (self, row));
        }
      else if (!take_row (self, i, error))
        return FALSE;
    }
  return TRUE;
}

KafImportTaken *
kaf_import_plan_take (KafImportPlan *self,
                      KafDatabase *db,
                      KafProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (KafImportTaken) taken = g_new0 (KafImportTaken, 1);
  Taking taking = { .plan = self, .db = db, .taken = taken };
  guint n = kaf_import_plan_get_n (self);
  gboolean done;

  taking.transaction = kaf_transaction_begin (db, "import", error);
  if (taking.transaction == NULL)
    return NULL;
  self->role = kaf_permit_read (db);
  taking.made = g_new0 (char *, n + 1);
  taking.ahead = kaf_import_ahead_new (self);
  done = take_all (&taking, progress, progress_data, cancellable, error);
  kaf_import_ahead_free (taking.ahead);
  for (guint i = 0; i < n; i++)
    g_free (taking.made[i]);
  g_free (taking.made);
  if (!done || taken->n_created + taken->n_updated + taken->n_claims == 0)
    {
      kaf_transaction_abort (taking.transaction);
      return done ? g_steal_pointer (&taken) : NULL;
    }
  taken->receipt = kaf_transaction_commit (taking.transaction, error);
  return taken->receipt != NULL ? g_steal_pointer (&taken) : NULL;
}

/* ---- What is refused ---- */

static gboolean
write_header (const KafImportPlan *self, KafCsvWriter *csv, guint n, GError **error)
{
  kaf_csv_writer_add (csv, _ ("Why it was refused"));
  kaf_csv_writer_add (csv, _ ("Row"));
  for (guint i = 0; i < n; i++)
    {
      const char *header = kaf_import_plan_get_header (self, i);
      g_autofree char *number = g_strdup_printf (_ ("Column %u"), i + 1);

      kaf_csv_writer_add (csv, *header != '\0' ? header : number);
    }
  return kaf_csv_writer_end_row (csv, NULL, error);
}

static gboolean
write_refused (const KafImportPlan *self, KafCsvWriter *csv, guint place, GError **error)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self, place);
  g_autoptr (GArray) cells = kaf_import_plan_list_cells (self, place);
  g_autofree char *number = g_strdup_printf ("%u", row->number);

  kaf_csv_writer_add (csv, row->sentence);
  kaf_csv_writer_add (csv, number);
  for (guint i = 0; i < cells->len; i++)
    kaf_csv_writer_add (csv, g_array_index (cells, KafTableCell, i).text);
  return kaf_csv_writer_end_row (csv, NULL, error);
}

gboolean
kaf_import_plan_save_refused (const KafImportPlan *self,
                              KafDatabase *db,
                              GFile *file,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (KafNewFile) made = kaf_new_file_begin (db, file, error);
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (KafCsvWriter) csv = NULL;
  guint n = self->map->columns->len;

  if (made == NULL)
    return FALSE;
  stream = g_unix_output_stream_new (kaf_new_file_get_fd (made), FALSE);
  csv = kaf_csv_writer_new (stream, ';', TRUE);
  if (!write_header (self, csv, n, error))
    return FALSE;
  for (guint i = 0; i < kaf_import_plan_get_n (self); i++)
    if (kaf_import_plan_get (self, i)->outcome == KAF_IMPORT_REFUSED &&
        (g_cancellable_set_error_if_cancelled (cancellable, error) ||
         !write_refused (self, csv, i, error)))
      return FALSE;
  return kaf_csv_writer_flush (csv, cancellable, error) && kaf_new_file_settle (made, error);
}
