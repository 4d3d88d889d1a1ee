/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three passes: the rows are read, each is looked for among those who are there, and what is there is put beside what the
 * row says. Between them a row is packed: a record of its own would be twenty times as large. */
#include "config.h"

#include "exchange/kaf-import-plan-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-set.h"
#include "store/kaf-source-claims.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

/* Thousandths of the work after which each part is done. */
#define ROWS_READ 250
#define STORE_READ 400
#define ROWS_FOUND 850
#define DONE 1000

#define ASK_EVERY 128

G_DEFINE_QUARK (kaf_import_plan_error_quark, kaf_import_plan_error)

static const char *const outcome_ids[] = { "new", "changed", "same", "duplicate", "refused" };

const char *
kaf_import_outcome_id (KafImportOutcome outcome)
{
  return outcome_ids[outcome];
}

static void
row_free (gpointer data)
{
  KafImportPlanRow *row = data;

  g_free (row->id);
  g_free (row->title);
  g_free (row->source_number);
  g_free (row->sentence);
  g_clear_pointer (&row->mended, g_hash_table_unref);
  g_free (row->cells);
  g_free (row->said);
  g_free (row);
}

static void
word_free (gpointer data)
{
  g_free (((KafImportWord *) data)->text);
  g_free (data);
}

KafImportPlan *
kaf_import_plan_ref (KafImportPlan *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_import_plan_free (KafImportPlan *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->unknown);
  kaf_import_match_free (self->match);
  kaf_import_cells_free (self->cells);
  kaf_import_map_free (self->map);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_hash_table_unref (self->first);
  g_free (self->today);
  g_free (self);
}

const KafImportMap *
kaf_import_plan_get_map (const KafImportPlan *self)
{
  return self->map;
}

guint
kaf_import_plan_get_n (const KafImportPlan *self)
{
  return self->rows->len;
}

static KafImportPlanRow *
get_row (const KafImportPlan *self, guint place)
{
  return g_ptr_array_index (self->rows, place);
}

const KafImportPlanRow *
kaf_import_plan_get (const KafImportPlan *self, guint place)
{
  return place < self->rows->len ? get_row (self, place) : NULL;
}

guint
kaf_import_plan_count (const KafImportPlan *self, KafImportOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += get_row (self, i)->outcome == outcome;
  return n;
}

guint
kaf_import_plan_count_written (const KafImportPlan *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += !get_row (self, i)->left_out && !get_row (self, i)->idle &&
         get_row (self, i)->outcome != KAF_IMPORT_REFUSED;
  return n;
}

const char *
kaf_import_plan_get_header (const KafImportPlan *self, guint column)
{
  return column < self->headers->len ? g_ptr_array_index (self->headers, column) : "";
}

const GPtrArray *
kaf_import_plan_get_unknown (const KafImportPlan *self)
{
  return self->unknown;
}

void
kaf_import_plan_leave_out (KafImportPlan *self, guint place, gboolean left_out)
{
  get_row (self, place)->left_out = left_out;
}

void
kaf_import_plan_decide (KafImportPlan *self, guint place, KafImportDecision decision)
{
  g_return_if_fail (get_row (self, place)->outcome == KAF_IMPORT_DUPLICATE);

  get_row (self, place)->decision = decision;
}

void
kaf_import_plan_refuse (KafImportPlan *self, guint place, char *sentence, int column)
{
  KafImportPlanRow *row = get_row (self, place);

  row->outcome = KAF_IMPORT_REFUSED;
  g_free (row->sentence);
  row->sentence = sentence;
  row->fault_column = column;
  g_clear_pointer (&row->id, g_free);
  row->of_row = -1;
}

/* ---- Cells ---- */

static char
type_letter (KafTableCellType type)
{
  return (char) ('a' + type);
}

GArray *
kaf_import_plan_list_cells (const KafImportPlan *self, guint place)
{
  const KafImportPlanRow *row = get_row (self, place);
  GArray *cells = g_array_sized_new (FALSE, FALSE, sizeof (KafTableCell), row->n_cells);
  const char *at = row->cells;

  for (guint i = 0; i < row->n_cells; i++)
    {
      KafTableCell cell = { (KafTableCellType) (*at - 'a'), at + 1 };

      g_array_append_val (cells, cell);
      at += strlen (at) + 1;
    }
  return cells;
}

static char *
pack (const KafTableCell *cells, guint n, gsize *size)
{
  g_autoptr (GString) packed = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (packed, type_letter (cells[i].type));
      g_string_append_len (packed, cells[i].text, (gssize) strlen (cells[i].text) + 1);
    }
  *size = packed->len + 1;
  return g_memdup2 (packed->str, packed->len + 1);
}

static KafImportCells *
get_cells (KafImportPlan *self, KafDatabase *db)
{
  if (self->cells_db != db)
    {
      kaf_import_cells_free (self->cells);
      self->cells = kaf_import_cells_new (db, self->map);
      self->cells_db = db;
    }
  return self->cells;
}

gboolean
kaf_import_plan_read (
    KafImportPlan *self, KafDatabase *db, guint place, KafImportRow *row, GError **error)
{
  const char *said = get_row (self, place)->said;
  g_autoptr (GArray) list = NULL;

  if (said != NULL)
    {
      kaf_import_row_unpack (row, self->map->entity, said);
      return TRUE;
    }
  list = kaf_import_plan_list_cells (self, place);
  return kaf_import_cells_read (get_cells (self, db), (const KafTableCell *) (gpointer) list->data,
                                list->len, row, error);
}

/* ---- Judging ---- */

/* What a row says, in one number: it stands for the one that the source does not give. */
static char *
make_number (const KafImportRow *row)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *hash = NULL;

  for (guint part = 0; part < KAF_IMPORT_PARTS && row->parts[part] != NULL; part++)
    {
      const KafField *fields = kaf_record_get_entity (row->parts[part])->fields;

      for (guint i = 0; fields[i].id != NULL; i++)
        if (kaf_record_get_at (row->parts[part], i) != NULL)
          {
            g_checksum_update (sum, (const guchar *) fields[i].id, -1);
            g_checksum_update (sum, (const guchar *) "\t", 1);
            g_checksum_update (sum, (const guchar *) kaf_record_get_at (row->parts[part], i), -1);
            g_checksum_update (sum, (const guchar *) "\n", 1);
          }
    }
  hash = g_strndup (g_checksum_get_string (sum), 20);
  return g_strconcat (KAF_SOURCE_ROW_PREFIX, hash, NULL);
}

static char *
make_title (const KafImportRow *row)
{
  g_autofree char *latin = kaf_record_title (row->parts[0], FALSE, FALSE);
  g_autofree char *arabic = kaf_record_title (row->parts[0], TRUE, FALSE);

  return g_strdup (*latin != '\0' ? latin : arabic);
}

/* Puts a row beside the record that it is about. */
static gboolean
compare (KafImportPlan *self, KafDatabase *db, guint place, KafImportRow *read, GError **error)
{
  KafImportPlanRow *row = get_row (self, place);
  g_auto (KafImportMerge) merge = { 0 };
  g_autoptr (GError) local = NULL;

  if (kaf_import_merge_make (db, self->map, self->role, read, row->id, row->source_number,
                             self->today, &merge, &local))
    {
      if (merge.unmade != NULL)
        {
          kaf_import_plan_refuse (self, place, kaf_permit_describe_new (self->role, merge.unmade),
                                  -1);
          return TRUE;
        }
      row->outcome = kaf_import_merge_changes (&merge) ? KAF_IMPORT_CHANGED : KAF_IMPORT_SAME;
      row->idle = row->outcome == KAF_IMPORT_SAME && merge.claims->len == 0;
      return TRUE;
    }
  if (g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    {
      kaf_import_plan_refuse (self, place,
                              g_strdup (_ ("This record was deleted: restore it first.")), -1);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The record that a row names by itself. FALSE: it names none, and is to be looked for. */
static gboolean
find_named (KafImportPlan *self, KafDatabase *db, guint place, const KafImportRow *read)
{
  KafImportPlanRow *row = get_row (self, place);
  const KafEntity *root = kaf_entity_get_root (self->map->entity);
  const char *known = g_hash_table_lookup (self->numbers, row->source_number);
  guint first;

  if (read->named != NULL)
    {
      if (!kaf_read_resolve (db, read->named, root, NULL, &row->id, NULL))
        kaf_import_plan_refuse (self, place, g_strdup (_ ("There is no record of this reference.")),
                                -1);
      return TRUE;
    }
  if (kaf_entity_has (root, KAF_ENTITY_LIST) && kaf_record_get (read->parts[0], "code") != NULL)
    kaf_read_resolve (db, kaf_record_get (read->parts[0], "code"), root, NULL, &row->id, NULL);
  if (row->id == NULL && known != NULL)
    row->id = g_strdup (known);
  if (row->id != NULL)
    return TRUE;
  first = GPOINTER_TO_UINT (g_hash_table_lookup (self->first, row->source_number));
  if (first == 0 || first == place + 1)
    return FALSE;
  row->of_row = (int) first - 1;
  return TRUE;
}

static void
take_found (KafImportPlan *self, guint place, KafImportFound *found)
{
  KafImportPlanRow *row = get_row (self, place);

  row->outcome = KAF_IMPORT_NEW;
  if (found->likelihood <= 0)
    return;
  row->likelihood = found->likelihood;
  row->joined = found->joins;
  row->id = g_steal_pointer (&found->id);
  row->of_row = found->row;
  row->outcome = found->joins ? KAF_IMPORT_CHANGED : KAF_IMPORT_DUPLICATE;
}

/* A row that is about a row before is about what that one is about. */
static void
follow_row (KafImportPlan *self, guint place)
{
  KafImportPlanRow *row = get_row (self, place);
  const KafImportPlanRow *other = row->of_row >= 0 ? get_row (self, (guint) row->of_row) : NULL;

  if (other == NULL)
    return;
  if (other->outcome == KAF_IMPORT_REFUSED)
    {
      row->of_row = -1;
      if (row->outcome != KAF_IMPORT_DUPLICATE)
        row->outcome = KAF_IMPORT_NEW;
    }
  else if (other->outcome == KAF_IMPORT_CHANGED || other->outcome == KAF_IMPORT_SAME)
    {
      row->id = g_strdup (other->id);
      row->of_row = other->id != NULL ? -1 : other->of_row;
    }
}

static gboolean
part_says_more (const KafRole *role, const KafRecord *record, const KafRecord *other)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafField *fields = entity->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      const char *value = kaf_record_get_at (record, i), *before = kaf_record_get_at (other, i);
      g_autoptr (GPtrArray) more =
          kaf_field_is_many (&fields[i]) ? kaf_set_difference (value, before) : NULL;

      if (kaf_permit_allows_field (role, entity, &fields[i]) &&
          (more != NULL ? more->len > 0 : value != NULL && g_strcmp0 (value, before) != 0))
        return TRUE;
    }
  return FALSE;
}

/* A row about one that a row before makes. */
static gboolean
compare_rows (
    KafImportPlan *self, KafDatabase *db, guint place, const KafImportRow *read, GError **error)
{
  KafImportPlanRow *row = get_row (self, place);
  g_auto (KafImportRow) other = { .fault_column = -1 };

  if (!kaf_import_plan_read (self, db, (guint) row->of_row, &other, error))
    return FALSE;
  row->outcome = KAF_IMPORT_SAME;
  for (guint part = 0; part < KAF_IMPORT_PARTS && read->parts[part] != NULL; part++)
    if (part_says_more (self->role, read->parts[part], other.parts[part]))
      row->outcome = KAF_IMPORT_CHANGED;
  row->idle = row->outcome == KAF_IMPORT_SAME;
  return TRUE;
}

static gboolean
settle_known (KafImportPlan *self, KafDatabase *db, guint place, GError **error)
{
  KafImportPlanRow *row = get_row (self, place);
  g_auto (KafImportRow) read = { .fault_column = -1 };

  g_clear_pointer (&row->sentence, g_free);
  if (!kaf_import_plan_read (self, db, place, &read, error))
    return FALSE;
  return row->id != NULL ? compare (self, db, place, &read, error)
                         : compare_rows (self, db, place, &read, error);
}

/* The last pass over a row: what it does. */
static gboolean
settle (KafImportPlan *self, KafDatabase *db, guint place, GError **error)
{
  KafImportPlanRow *row = get_row (self, place);

  if (row->outcome == KAF_IMPORT_REFUSED)
    return TRUE;
  follow_row (self, place);
  if (row->outcome == KAF_IMPORT_DUPLICATE && row->id == NULL && row->of_row < 0)
    row->outcome = KAF_IMPORT_NEW;
  if (row->outcome == KAF_IMPORT_CHANGED && (row->id != NULL || row->of_row >= 0))
    return settle_known (self, db, place, error);
  if (row->sentence != NULL)
    kaf_import_plan_refuse (self, place, g_steal_pointer (&row->sentence), -1);
  /* Whoever comes in as a record of its own is made. */
  else if (row->of_row < 0 && !kaf_permit_allows_new (self->role, self->map->entity))
    kaf_import_plan_refuse (self, place, kaf_permit_describe_new (self->role, self->map->entity),
                            -1);
  return TRUE;
}

/* What a row says by itself: read, numbered, named. TRUE in @open: it is to be looked for. */
static gboolean
begin_row (KafImportPlan *self,
           KafDatabase *db,
           guint place,
           KafImportRow *read,
           gboolean *open,
           GError **error)
{
  KafImportPlanRow *row = get_row (self, place);

  *open = FALSE;
  row->of_row = -1;
  row->fault_column = -1;
  row->said = kaf_import_row_pack (read);
  row->title = make_title (read);
  row->source_number = read->number != NULL ? g_strdup (read->number) : make_number (read);
  if (read->fault != NULL)
    {
      kaf_import_plan_refuse (self, place, g_strdup (read->fault), read->fault_column);
      return TRUE;
    }
  row->outcome = KAF_IMPORT_CHANGED;
  *open = !find_named (self, db, place, read);
  if (*open)
    row->outcome = KAF_IMPORT_NEW;
  /* Which counts only if nobody turns out to be there already. */
  if (row->outcome != KAF_IMPORT_REFUSED)
    row->sentence = kaf_import_cells_explain_missing (read);
  if (*open && !g_hash_table_contains (self->first, row->source_number))
    g_hash_table_insert (self->first, row->source_number, GUINT_TO_POINTER (place + 1));
  return TRUE;
}

/* ---- Making ---- */

typedef struct
{
  KafImportPlan *plan;
  KafDatabase *db;
  KafTableReader *reader;
  KafProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Making;

static void
tell (Making *self, guint from, guint to, double share)
{
  if (self->progress != NULL)
    self->progress (from + (gint64) ((to - from) * CLAMP (share, 0, 1)), DONE, self->progress_data);
}

static gboolean
tell_read (gpointer data, double share)
{
  Making *self = data;

  tell (self, ROWS_READ, STORE_READ, share);
  return !g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
tell_found (gpointer data, double share)
{
  Making *self = data;

  tell (self, STORE_READ, ROWS_FOUND, share);
  return !g_cancellable_is_cancelled (self->cancellable);
}

static void
take_one (gpointer data, guint number, KafImportFound *found)
{
  take_found (((Making *) data)->plan, number, found);
}

static gboolean
read_again (gpointer data, KafDatabase *db, guint number, KafImportRow *row, GError **error)
{
  return kaf_import_plan_read (data, db, number, row, error);
}

static gboolean
keep_row (Making *self, GError **error)
{
  KafImportPlanRow *row = g_new0 (KafImportPlanRow, 1);
  gsize size;

  g_ptr_array_add (self->plan->rows, row);
  row->number = kaf_table_reader_get_row (self->reader);
  row->n_cells = kaf_table_reader_get_n_cells (self->reader);
  row->cells = row->n_cells > 0
                   ? pack (kaf_table_reader_get_cell (self->reader, 0), row->n_cells, &size)
                   : g_strdup ("");
  self->plan->size += size;
  if (self->plan->size <= KAF_IMPORT_TEXT_MAX)
    return TRUE;
  g_set_error_literal (error, KAF_IMPORT_PLAN_ERROR, KAF_IMPORT_PLAN_ERROR_LARGE,
                       _ ("The table is too large to be looked at as a whole: part it into several "
                          "files."));
  return FALSE;
}

static gboolean
read_row (Making *self, GError **error)
{
  guint place = self->plan->rows->len;
  g_auto (KafImportRow) read = { .fault_column = -1 };
  gboolean open;

  if (!keep_row (self, error) ||
      !kaf_import_plan_read (self->plan, self->db, place, &read, error) ||
      !begin_row (self->plan, self->db, place, &read, &open, error))
    return FALSE;
  if (open)
    kaf_import_match_add (self->plan->match, self->db, place, &read);
  return TRUE;
}

static void
keep_headers (Making *self)
{
  for (guint i = 0; i < kaf_table_reader_get_n_cells (self->reader); i++)
    g_ptr_array_add (self->plan->headers,
                     g_strdup (kaf_table_reader_get_cell (self->reader, i)->text));
}

static gboolean
read_rows (Making *self, GError **error)
{
  gint64 size = MAX (kaf_table_reader_get_size (self->reader), 1);
  GError *local = NULL;
  gboolean header = self->plan->map->has_header;

  for (guint n = 0; kaf_table_reader_next (self->reader, self->cancellable, &local); n++)
    {
      if (header)
        keep_headers (self);
      else if (!read_row (self, error))
        return FALSE;
      header = FALSE;
      if (n % ASK_EVERY != 0)
        continue;
      tell (self, 0, ROWS_READ, (double) kaf_table_reader_get_position (self->reader) / size);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
settle_all (Making *self, GError **error)
{
  for (guint i = 0; i < self->plan->rows->len; i++)
    {
      if (!settle (self->plan, self->db, i, error))
        return FALSE;
      if (i % ASK_EVERY != 0)
        continue;
      tell (self, ROWS_FOUND, DONE, (double) i / self->plan->rows->len);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static void
keep_unknown (Making *self)
{
  GPtrArray *words = kaf_import_cells_get_unknown (get_cells (self->plan, self->db));

  for (guint i = 0; i < words->len; i++)
    {
      KafImportWord *word = g_memdup2 (g_ptr_array_index (words, i), sizeof *word);

      word->text = g_strdup (word->text);
      g_ptr_array_add (self->plan->unknown, word);
    }
}

static gboolean
is_mapped (const KafImportMap *map, GError **error)
{
  for (guint i = 0; i < map->columns->len; i++)
    if (kaf_import_map_get (map, i)->use != KAF_IMPORT_SKIP)
      return TRUE;
  g_set_error_literal (error, KAF_IMPORT_PLAN_ERROR, KAF_IMPORT_PLAN_ERROR_NOTHING,
                       _ ("No column is read: say what at least one of them holds."));
  return FALSE;
}

static gboolean
make (Making *self, GError **error)
{
  KafImportPlan *plan = self->plan;
  const KafEntity *root = kaf_entity_get_root (plan->map->entity);

  plan->match = kaf_import_match_new (plan->map->entity, read_again, plan);
  plan->numbers = kaf_source_claims_read_numbers (self->db, root, plan->map->source, error);
  if (plan->numbers == NULL || !read_rows (self, error))
    return FALSE;
  keep_unknown (self);
  return kaf_import_match_find_all (plan->match, self->db, take_one, tell_read, tell_found, self,
                                    error) &&
         settle_all (self, error);
}

KafImportPlan *
kaf_import_plan_make (KafDatabase *db,
                      KafTableReader *reader,
                      const KafImportMap *map,
                      KafProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (KafImportPlan) self = NULL;
  Making making = { .db = db,
                    .reader = reader,
                    .progress = progress,
                    .progress_data = progress_data,
                    .cancellable = cancellable };
  gboolean entered, made;

  g_return_val_if_fail (map->source != NULL, NULL);

  if (!is_mapped (map, error) ||
      !kaf_table_reader_choose (reader, kaf_table_reader_get_chosen (reader), cancellable, error))
    return NULL;
  self = g_new0 (KafImportPlan, 1);
  g_atomic_ref_count_init (&self->refs);
  self->map = kaf_import_map_copy (map);
  self->role = kaf_permit_read (db);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->unknown = g_ptr_array_new_with_free_func (word_free);
  self->first = g_hash_table_new (g_str_hash, g_str_equal);
  self->today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  making.plan = self;
  if (!kaf_import_match_prepare (db, map->entity, cancellable, error))
    return NULL;
  entered = kaf_database_enter_read (db);
  made = make (&making, error);
  kaf_database_leave_read (db, entered);
  return made ? g_steal_pointer (&self) : NULL;
}

/* ---- Mending ---- */

static void
replace_cell (KafImportPlan *self, guint place, guint column, const char *text)
{
  KafImportPlanRow *row = get_row (self, place);
  g_autoptr (GArray) cells = kaf_import_plan_list_cells (self, place);
  KafTableCell empty = { KAF_TABLE_CELL_EMPTY, "" };
  char *packed;
  gsize size;

  while (cells->len <= column)
    g_array_append_val (cells, empty);
  g_array_index (cells, KafTableCell, column) =
      (KafTableCell){ *text != '\0' ? KAF_TABLE_CELL_TEXT : KAF_TABLE_CELL_EMPTY, text };
  packed = pack ((const KafTableCell *) (gpointer) cells->data, cells->len, &size);
  g_free (row->cells);
  row->cells = packed;
  row->n_cells = cells->len;
  if (row->mended == NULL)
    row->mended = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (row->mended, GUINT_TO_POINTER (column), g_strdup (text));
}

static void
forget (KafImportPlan *self, guint place)
{
  KafImportPlanRow *row = get_row (self, place);

  if (row->source_number != NULL &&
      GPOINTER_TO_UINT (g_hash_table_lookup (self->first, row->source_number)) == place + 1)
    g_hash_table_remove (self->first, row->source_number);
  g_clear_pointer (&row->id, g_free);
  g_clear_pointer (&row->title, g_free);
  g_clear_pointer (&row->source_number, g_free);
  g_clear_pointer (&row->sentence, g_free);
  g_clear_pointer (&row->said, g_free);
  row->decision = KAF_IMPORT_LATER;
  row->joined = row->idle = FALSE;
  row->likelihood = 0;
}

gboolean
kaf_import_plan_set_cell (KafImportPlan *self,
                          KafDatabase *db,
                          guint place,
                          guint column,
                          const char *text,
                          GError **error)
{
  g_auto (KafImportRow) read = { .fault_column = -1 };
  g_auto (KafImportFound) found = { .row = -1 };
  gboolean open;

  g_return_val_if_fail (place < self->rows->len && column < self->map->columns->len, FALSE);

  replace_cell (self, place, column, text);
  forget (self, place);
  if (!kaf_import_plan_read (self, db, place, &read, error) ||
      !begin_row (self, db, place, &read, &open, error) ||
      (open && !kaf_import_match_find_row (self->match, db, place, &read, &found, error)))
    return FALSE;
  if (open)
    take_found (self, place, &found);
  return settle (self, db, place, error);
}
