/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line becomes one record, or two of one id: a facet's line holds its owner's fields too. The
 * parts are the owner first, then the facet. Each line is read whole, so that all its faults are
 * told; then matched with a record; then written, unless something is wrong with it. */
#include "config.h"

#include "exchange/kaf-importer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-id.h"
#include "base/kaf-validation-error.h"
#include "exchange/kaf-cell.h"
#include "exchange/kaf-explain.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "store/kaf-one.h"
#include "store/kaf-permit.h"
#include "store/kaf-read.h"

#define PARTS_MAX 2
#define CLEAR "-"

typedef struct
{
  guint part;
  const KafField *field; /* NULL: id or ref */
  int index;             /* of the field in its entity */
} Column;

/* A reference to a line that was not read yet. */
typedef struct
{
  guint line;
  guint part;
  const KafField *field;
  char *text, *source;
  char *id;           /* of the record that refers; NULL: nothing is to be done */
  gboolean unchanged; /* the line was counted so */
} Pending;

struct _KafImporter
{
  KafImporterSetup setup;
  KafImportReport *report;
  KafCsvReader *csv; /* borrowed */
  KafCellReader *cells;
  const KafRole *role; /* that writes it; NULL: it may all */
  const KafEntity *parts[PARTS_MAX];
  guint n_parts;

  GArray *columns; /* of Column */
  int id_column, ref_column, source_column, number_column, country_column, key_column, code_column;
  KafQuery *by_key;
  GHashTable *lines; /* id of a record → the first line that is about it */

  /* The row at hand. */
  KafRecord *records[PARTS_MAX];
  gboolean bad;
  gboolean idle;       /* sample data about somebody who is not here any more: passed over */
  guint first_pending; /* those of the row start here */
  gboolean of_source;  /* the line at hand was found by its number in a source */
  GPtrArray *pending;  /* of Pending */
};

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_free (self->text);
  g_free (self->source);
  g_free (self->id);
  g_free (self);
}

KafImporter *
kaf_importer_new (const KafImporterSetup *setup, KafImportReport *report)
{
  KafImporter *self = g_new0 (KafImporter, 1);
  const KafEntity *root = kaf_entity_get_root (setup->entity);

  self->setup = *setup;
  self->report = report;
  self->cells = kaf_cell_reader_new (setup->db);
  self->role = setup->sample_from == NULL ? kaf_permit_read (setup->db) : NULL;
  self->parts[self->n_parts++] = root;
  if (root != setup->entity)
    self->parts[self->n_parts++] = setup->entity;
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kaf_importer_free (KafImporter *self)
{
  if (self == NULL)
    return;
  kaf_cell_reader_free (self->cells);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->pending);
  g_hash_table_unref (self->lines);
  g_clear_pointer (&self->by_key, kaf_query_unref);
  g_free (self);
}

/* Columns */

static int
find_column (KafImporter *self, const char *name)
{
  for (guint i = 0; name != NULL && i < kaf_csv_reader_get_n_columns (self->csv); i++)
    if (g_str_equal (kaf_csv_reader_get_column (self->csv, i), name))
      return (int) i;
  return -1;
}

static gboolean
add_column (KafImporter *self, const char *name)
{
  Column column = { 0, NULL, -1 };

  for (guint part = self->n_parts; part-- > 0 && column.index < 0;)
    {
      column.part = part;
      column.index = kaf_entity_field_index (self->parts[part], name);
    }
  if (column.index >= 0)
    column.field = &self->parts[column.part]->fields[column.index];
  g_array_append_val (self->columns, column);
  return column.field != NULL || g_str_equal (name, "id") || g_str_equal (name, "ref");
}

static void
set_key (KafImporter *self)
{
  const Column *column;

  self->key_column = find_column (self, self->setup.key);
  if (self->setup.key == NULL)
    return;
  if (self->key_column < 0)
    {
      kaf_import_report_add (self->report, 1, self->setup.key,
                             g_strdup (_ ("The file has no column for the key field.")));
      return;
    }
  column = &g_array_index (self->columns, Column, self->key_column);
  if (column->field == NULL)
    self->key_column = -1; /* id and ref are looked at anyhow */
  else
    self->by_key = kaf_query_new (self->parts[column->part]);
}

gboolean
kaf_importer_set_columns (KafImporter *self, KafCsvReader *csv)
{
  guint n_faults = self->report->n_faults;

  self->csv = csv;
  for (guint i = 0; i < kaf_csv_reader_get_n_columns (csv); i++)
    {
      const char *name = kaf_csv_reader_get_column (csv, i);

      if (!add_column (self, name))
        kaf_import_report_add (
            self->report, kaf_csv_reader_get_line (csv), name,
            g_strdup_printf (_ ("There is no field “%s”: correct the name of the column."), name));
    }
  self->id_column = find_column (self, "id");
  self->ref_column = find_column (self, "ref");
  self->source_column = find_column (self, "external_source");
  self->number_column = find_column (self, "external_id");
  self->country_column = find_column (self, "country");
  self->code_column =
      kaf_entity_has (self->setup.entity, KAF_ENTITY_LIST) ? find_column (self, "code") : -1;
  set_key (self);
  return self->report->n_faults == n_faults;
}

/* Reading a line */

static void
add_fault (KafImporter *self, const char *field, char *sentence)
{
  self->bad = TRUE;
  kaf_import_report_add (self->report, kaf_csv_reader_get_line (self->csv), field, sentence);
}

/* The cell's text, or NULL when it is blank or there is no such column. */
static const char *
get_cell (KafImporter *self, int column)
{
  const char *text = column >= 0 ? kaf_csv_reader_get (self->csv, column) : NULL;

  if (text == NULL || text[strspn (text, " \t\r\n")] == '\0')
    return NULL;
  return kaf_csv_unguard (text);
}

static const char *
get_source (KafImporter *self)
{
  const char *source = get_cell (self, self->source_column);

  return source != NULL ? source : self->setup.sample_from;
}

/* Whether the record may stand further down in the file. */
static gboolean
may_wait (KafImporter *self, const KafField *field, const GError *error)
{
  const KafEntity *target = field->target != NULL ? kaf_registry_find (field->target) : NULL;

  return g_error_matches (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE) &&
         !kaf_field_has (field, KAF_FIELD_REQUIRED) && target != NULL &&
         kaf_entity_get_root (target) == self->parts[0];
}

static void
add_pending (KafImporter *self, const Column *column, const char *text)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->line = kaf_csv_reader_get_line (self->csv);
  pending->part = column->part;
  pending->field = column->field;
  pending->text = g_strdup (text);
  pending->source = g_strdup (get_source (self));
  g_ptr_array_add (self->pending, pending);
}

static gboolean
read_cell (KafImporter *self, const Column *column, const char *raw, GError **error)
{
  KafCellContext context = { get_source (self), get_cell (self, self->country_column) };
  g_autofree char *canonical = NULL;
  g_autofree char *suggestion = NULL;
  g_autoptr (GError) local_error = NULL;

  if (g_str_equal (raw, CLEAR))
    {
      kaf_record_set_at (self->records[column->part], column->index, NULL);
      return TRUE;
    }
  if (kaf_cell_reader_parse (self->cells, column->field, kaf_csv_unguard (raw), &context,
                             &canonical, &suggestion, &local_error))
    {
      if (canonical != NULL)
        kaf_record_take_at (self->records[column->part], column->index,
                            g_steal_pointer (&canonical));
      return TRUE;
    }
  if (local_error->domain != KAF_VALIDATION_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->setup.sample_from != NULL && kaf_field_has (column->field, KAF_FIELD_REQUIRED) &&
      g_error_matches (local_error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REFERENCE))
    self->idle = TRUE;
  else if (may_wait (self, column->field, local_error))
    add_pending (self, column, kaf_csv_unguard (raw));
  else
    add_fault (self, column->field->id, kaf_explain (column->field, suggestion, local_error));
  return TRUE;
}

static gboolean
read_row (KafImporter *self, GError **error)
{
  self->first_pending = self->pending->len;
  self->of_source = FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);
      const char *raw = kaf_csv_reader_get (self->csv, i);

      if (column->field != NULL && raw != NULL && *raw != '\0' &&
          !read_cell (self, column, raw, error))
        return FALSE;
    }
  return TRUE;
}

/* Finding the record that a line belongs to */

typedef enum
{
  MATCH_NONE,  /* a new record */
  MATCH_FOUND, /* one that is there */
  MATCH_FAULT, /* told to the report */
} Match;

/* One that another is shown for is there as well: a line of its source goes to it. */
static Match
found_or_deleted (KafImporter *self, const char *column, const char *id)
{
  g_autoptr (KafRecord) record = kaf_one_read_named (self->setup.db, self->parts[0], id, NULL);

  if (record != NULL && kaf_record_get_stamp (record)->deleted_at == 0)
    return MATCH_FOUND;
  add_fault (self, column, g_strdup (_ ("This record was deleted: restore it first.")));
  return MATCH_FAULT;
}

static Match
match_named (KafImporter *self, const char *column, const char *text, char **id)
{
  if (kaf_read_resolve (self->setup.db, text, self->parts[0], NULL, id, NULL))
    return found_or_deleted (self, column, *id);

  add_fault (self, column, g_strdup (_ ("There is no record of this reference.")));
  return MATCH_FAULT;
}

static Match
match_id (KafImporter *self, const char *text, char **id)
{
  g_autoptr (KafRecord) record = NULL;

  if (!kaf_id_is_uuid (text))
    return match_named (self, "id", text, id);

  *id = g_strdup (text);
  if (kaf_read_exists (self->setup.db, self->parts[0], text))
    return MATCH_FOUND;
  record = kaf_read_record (self->setup.db, self->parts[0], text, NULL);
  return record == NULL ? MATCH_NONE : found_or_deleted (self, "id", text);
}

static Match
match_source (KafImporter *self, const char *number, char **id)
{
  const char *source = get_source (self);
  g_autofree char *text = source != NULL ? g_strdup_printf ("%s:%s", source, number) : NULL;

  if (text == NULL || !kaf_one_resolve_raw (self->setup.db, text, self->parts[0], NULL, id, NULL))
    return MATCH_NONE;
  self->of_source = TRUE;
  return found_or_deleted (self, "external_id", *id);
}

/* What the line is compared with: of a source, what came of it before, rather than what another record has it show. */
static KafRecord *
read_before (KafImporter *self, guint part, const char *id, GError **error)
{
  KafRecord *raw =
      self->of_source ? kaf_one_read_raw (self->setup.db, self->parts[part], id, NULL) : NULL;

  return raw != NULL ? raw : kaf_one_read_named (self->setup.db, self->parts[part], id, error);
}

static char **
element_values (const char *canonical)
{
  g_auto (GStrv) elements = g_strsplit (canonical, "\n", -1);

  for (char **element = elements; *element != NULL; element++)
    (*element)[strcspn (*element, "\t")] = '\0';
  return g_steal_pointer (&elements);
}

static Match
match_key (KafImporter *self, char **id, GError **error)
{
  static const char *const no_columns[] = { NULL };
  const Column *column = &g_array_index (self->columns, Column, self->key_column);
  const char *value = kaf_record_get_at (self->records[column->part], column->index);
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (GStrv) values = NULL;

  if (value == NULL)
    return MATCH_NONE;
  values = element_values (value);
  kaf_query_set_condition (self->by_key, column->field->id, KAF_OP_ANY_OF,
                           (const char *const *) values);
  /* The line before may be the one. */
  kaf_transaction_settle (self->setup.transaction);
  rows = kaf_page_read (self->setup.db, self->by_key, no_columns, KAF_LANG_EN, 0, 2, NULL, NULL,
                        error);
  if (rows == NULL)
    return MATCH_FAULT;
  if (rows->len > 1)
    {
      add_fault (self, column->field->id,
                 g_strdup (_ ("Several records have this value: say which with its reference.")));
      return MATCH_FAULT;
    }
  if (rows->len == 0)
    return MATCH_NONE;
  *id = g_strdup (((const KafRow *) g_ptr_array_index (rows, 0))->id);
  return MATCH_FOUND;
}

static Match
match_row (KafImporter *self, char **id, GError **error)
{
  const char *text;
  Match match = MATCH_NONE;

  if ((text = get_cell (self, self->id_column)) != NULL)
    match = match_id (self, text, id);
  if (match == MATCH_NONE && *id == NULL && (text = get_cell (self, self->ref_column)) != NULL)
    return match_named (self, "ref", text, id);
  if (match == MATCH_NONE && *id == NULL && (text = get_cell (self, self->code_column)) != NULL)
    match = kaf_read_resolve (self->setup.db, text, self->parts[0], NULL, id, NULL) ? MATCH_FOUND
                                                                                    : MATCH_NONE;
  if (match == MATCH_NONE && *id == NULL && (text = get_cell (self, self->number_column)) != NULL)
    match = match_source (self, text, id);
  if (match == MATCH_NONE && *id == NULL && self->key_column >= 0)
    match = match_key (self, id, error);
  return match;
}

/* The id of a line of the sample data: the one that it gives, else that of what identifies it, else from its number or,
 * without one, from all it says. */
static char *
make_sample_id (KafImporter *self)
{
  g_autoptr (GPtrArray) parts = NULL;
  const char *number = get_cell (self, self->number_column);
  const char *given = get_cell (self, self->id_column);
  const char *code = get_cell (self, self->code_column);
  char *id;

  if (code != NULL) /* an item of a list is its code */
    return g_strdup (code);
  id = given != NULL && kaf_id_is_uuid (given) ? g_strdup (given)
                                               : kaf_record_identify (self->records[0]);
  if (id != NULL)
    return id;
  parts = g_ptr_array_new ();
  g_ptr_array_add (parts, (gpointer) self->parts[0]->id);
  if (number != NULL)
    g_ptr_array_add (parts, (gpointer) number);
  for (guint i = 0; number == NULL && i < self->columns->len; i++)
    {
      const char *text = kaf_csv_reader_get (self->csv, i);

      g_ptr_array_add (parts, (gpointer) (text != NULL ? text : ""));
    }
  g_ptr_array_add (parts, NULL);
  return kaf_id_from_content_strv (self->setup.sample_from, (const char *const *) parts->pdata);
}

/* Writing */

typedef enum
{
  WRITE_NOTHING,
  WRITE_UPDATED,
  WRITE_CREATED,
  WRITE_FAULT,
  WRITE_FAILED, /* the work cannot go on */
} Write;

/* What the store says against one record; the others may still be all right. */
static gboolean
is_about_record (const GError *error)
{
  return error->domain == KAF_VALIDATION_ERROR ||
         g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED) ||
         g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS) ||
         g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND);
}

/* What the server would refuse of it later. */
static gboolean
add_forbidden (KafImporter *self, guint line, KafChangeKind kind, KafRecord *record)
{
  char *sentence = kaf_permit_explain (self->role, record, kind == KAF_CHANGE_CREATE);

  if (sentence == NULL)
    return FALSE;
  self->bad = TRUE;
  kaf_import_report_add (self->report, line, NULL, sentence);
  return TRUE;
}

static Write
apply (
    KafImporter *self, guint line, KafChangeKind kind, KafRecord *record, char **id, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafField *field;
  KafFault fault = { 0, NULL };
  g_autoptr (GError) local_error = NULL;

  if (add_forbidden (self, line, kind, record))
    return WRITE_FAULT;
  if (kaf_transaction_apply (self->setup.transaction, kind, record, id, &fault, &local_error))
    return kind == KAF_CHANGE_CREATE ? WRITE_CREATED : WRITE_UPDATED;
  if (!is_about_record (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return WRITE_FAILED;
    }
  /* Sample data that a person has deleted or erased does not come back. */
  if (self->setup.sample_from != NULL && local_error->domain == KAF_STORE_ERROR)
    return WRITE_NOTHING;

  field = fault.field != NULL ? kaf_entity_find_field (entity, fault.field) : NULL;
  self->bad = TRUE;
  kaf_import_report_add (self->report, line, fault.field, kaf_explain (field, NULL, local_error));
  return WRITE_FAULT;
}

static void
mark_sample (KafImporter *self, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  if (kaf_entity_find_field (entity, "sample") != NULL)
    kaf_record_set (record, "sample", "1");
  if (get_cell (self, self->number_column) != NULL &&
      kaf_entity_find_field (entity, "external_source") != NULL)
    kaf_record_set (record, "external_source", self->setup.sample_from);
}

/* The reference that a new record brings from the store it was exported from; NULL when it has
 * none of the kind, or another record here has it: the store then gives its own. */
static char *
get_own_ref (KafImporter *self, guint part)
{
  const char *prefix = self->parts[part]->prefix;
  const char *text = get_cell (self, self->ref_column);
  g_autofree char *pattern =
      prefix != NULL ? g_strdup_printf ("^%s-\\d{4}-\\d{4,9}$", prefix) : NULL;
  g_autofree char *holder = NULL;

  if (text == NULL || pattern == NULL || !g_regex_match_simple (pattern, text, 0, 0) ||
      kaf_read_resolve (self->setup.db, text, NULL, NULL, &holder, NULL))
    return NULL;
  return g_strdup (text);
}

/* Whether @line may change the record: another line, or the reference beside the id, may name it
 * too. A line that changes nothing does no harm, and lets the same file be imported again. */
static gboolean
is_first_line (KafImporter *self, guint line, const char *id)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, id));

  if (first == 0 || first == line)
    return TRUE;
  self->bad = TRUE;
  kaf_import_report_add (self->report, line, NULL,
                         g_strdup_printf (_ ("Line %1$u names the record of line %2$u: keep one of "
                                             "the two, or make them say the same."),
                                          line, first));
  return FALSE;
}

static gboolean
is_of_one_name (KafImporter *self, const char *id)
{
  const char *ref = get_cell (self, self->ref_column);
  g_autofree char *other = NULL;

  if (ref == NULL || get_cell (self, self->id_column) == NULL ||
      !kaf_read_resolve (self->setup.db, ref, self->parts[0], NULL, &other, NULL) ||
      g_str_equal (other, id))
    return TRUE;
  add_fault (self, "ref",
             g_strdup (_ ("The id and the reference name different records: correct one, or leave "
                          "it empty.")));
  return FALSE;
}

/* Writes a reference to a line that has been read by now; not @last: it may still come. */
static gboolean
settle (KafImporter *self, Pending *pending, gboolean last, GError **error)
{
  KafCellContext context = { pending->source, NULL };
  g_autofree char *id = NULL;
  g_autoptr (KafRecord) before = NULL;
  g_autoptr (KafRecord) after = NULL;
  g_autoptr (KafRecord) change = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *canonical = NULL;
  Write write;

  if (!kaf_cell_reader_parse (self->cells, pending->field, pending->text, &context, &canonical,
                              NULL, &local_error))
    {
      if (last && self->setup.sample_from == NULL)
        kaf_import_report_add (self->report, pending->line, pending->field->id,
                               kaf_explain (pending->field, NULL, local_error));
      return TRUE;
    }
  id = g_steal_pointer (&pending->id);
  before = kaf_one_read_named (self->setup.db, self->parts[pending->part], id, error);
  if (before == NULL)
    return FALSE;
  after = kaf_record_new (self->parts[pending->part], id);
  kaf_record_set (after, pending->field->id, canonical);
  change = kaf_record_diff (before, after);
  if (change == NULL || !is_first_line (self, pending->line, id))
    return TRUE;
  write = apply (self, pending->line, KAF_CHANGE_UPDATE, change, NULL, error);
  if (write == WRITE_UPDATED && pending->unchanged)
    {
      self->report->n_unchanged--;
      self->report->n_updated++;
    }
  return write != WRITE_FAILED;
}

/* Writes what an earlier line about the record left open, so far as it can be. @differs (out): the
 * row at hand says something of a field that is still open. */
static gboolean
settle_earlier (KafImporter *self, guint part, const char *id, gboolean *differs, GError **error)
{
  *differs = FALSE;
  for (guint i = 0; i < self->first_pending; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (g_strcmp0 (pending->id, id) != 0)
        continue;
      if (!settle (self, pending, FALSE, error))
        return FALSE;
      if (pending->id != NULL && pending->part == part &&
          kaf_record_holds (self->records[part], pending->field->id))
        *differs = TRUE;
    }
  return TRUE;
}

static Write
update_part (KafImporter *self, guint part, KafRecord *before, GError **error)
{
  const char *id = kaf_record_get_id (before);
  guint line = kaf_csv_reader_get_line (self->csv);
  g_autoptr (KafRecord) now = kaf_record_ref (before);
  g_autoptr (KafRecord) change = NULL;
  gboolean differs = FALSE;

  if (g_hash_table_contains (self->lines, id))
    {
      if (!settle_earlier (self, part, id, &differs, error))
        return WRITE_FAILED;
      kaf_record_unref (now);
      now = read_before (self, part, id, error);
      if (now == NULL)
        return WRITE_FAILED;
    }
  change = kaf_record_diff (now, self->records[part]);
  if (change == NULL && !differs)
    return WRITE_NOTHING;
  if (!is_first_line (self, line, id) || !is_of_one_name (self, id))
    return WRITE_FAULT;
  return apply (self, line, KAF_CHANGE_UPDATE, change, NULL, error);
}

static Write
write_part (KafImporter *self, guint part, char **id, gboolean known, GError **error)
{
  KafRecord *record = self->records[part];
  g_autoptr (KafRecord) before = NULL;
  g_autofree char *made = NULL;
  Write write;

  if (*id != NULL)
    kaf_record_set_id (record, *id);
  if (known)
    before = read_before (self, part, *id, NULL);
  if (before == NULL)
    {
      g_autofree char *ref = get_own_ref (self, part);

      if (known && self->setup.sample_from == NULL && !is_of_one_name (self, *id))
        return WRITE_FAULT;
      if (self->setup.sample_from != NULL)
        mark_sample (self, record);
      kaf_record_set_ref (record, ref);
      write = apply (self, kaf_csv_reader_get_line (self->csv), KAF_CHANGE_CREATE, record, &made,
                     error);
      if (*id == NULL)
        *id = g_steal_pointer (&made);
      return write;
    }

  if (self->setup.sample_from != NULL)
    return WRITE_NOTHING;
  if (kaf_record_get_stamp (before)->deleted_at != 0)
    {
      add_fault (self, NULL, g_strdup (_ ("This record was deleted: restore it first.")));
      return WRITE_FAULT;
    }
  return update_part (self, part, before, error);
}

/* What has to be known of the line once the file was read further. */
static void
remember_line (KafImporter *self, const char *id, Write write)
{
  for (guint i = self->first_pending; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      pending->id = g_strdup (id);
      pending->unchanged = write == WRITE_NOTHING;
    }
  if (self->setup.sample_from == NULL && !g_hash_table_contains (self->lines, id))
    g_hash_table_insert (self->lines, g_strdup (id),
                         GUINT_TO_POINTER (kaf_csv_reader_get_line (self->csv)));
}

static gboolean
write_row (KafImporter *self, char **id, gboolean known, GError **error)
{
  Write most = WRITE_NOTHING;

  for (guint part = 0; part < self->n_parts && most < WRITE_FAULT; part++)
    {
      Write write = write_part (self, part, id, known, error);

      most = MAX (most, write);
    }
  if (most == WRITE_FAILED)
    return FALSE;

  self->report->n_created += most == WRITE_CREATED;
  self->report->n_updated += most == WRITE_UPDATED;
  self->report->n_unchanged += most == WRITE_NOTHING;
  if (most < WRITE_FAULT && *id != NULL)
    remember_line (self, *id, most);
  else
    g_ptr_array_set_size (self->pending, self->first_pending);
  return TRUE;
}

static gboolean
take_row (KafImporter *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = NULL;
  Match match;

  self->bad = FALSE;
  self->idle = FALSE;
  if (!read_row (self, error))
    return FALSE;
  if (self->setup.sample_from != NULL)
    {
      id = make_sample_id (self);
      match = MATCH_FOUND; /* it may be: write_part() looks */
    }
  else
    match = match_row (self, &id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->bad || self->idle)
    {
      self->report->n_unchanged += !self->bad;
      g_ptr_array_set_size (self->pending, self->first_pending);
      return TRUE;
    }
  return write_row (self, &id, match == MATCH_FOUND, error);
}

gboolean
kaf_importer_take_row (KafImporter *self, GError **error)
{
  gboolean done;

  g_return_val_if_fail (self->csv != NULL, FALSE);

  self->report->n_rows++;
  for (guint part = 0; part < self->n_parts; part++)
    self->records[part] = kaf_record_new (self->parts[part], NULL);
  done = take_row (self, error);
  for (guint part = 0; part < self->n_parts; part++)
    g_clear_pointer (&self->records[part], kaf_record_unref);
  return done;
}

gboolean
kaf_importer_finish (KafImporter *self, GError **error)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (pending->id != NULL && !settle (self, pending, TRUE, error))
        return FALSE;
    }
  return TRUE;
}
