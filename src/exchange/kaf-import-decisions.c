/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-import-decisions.h"

#include <string.h>

#include "exchange/kaf-import-plan-private.h"
#include "record/kaf-typed.h"
#include "store/kaf-drafts.h"

#define BUFFER_SIZE (64 * 1024)

/* ---- The file ---- */

static gboolean
sum_content (GFile *file, GChecksum *sum, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree guint8 *buffer = g_malloc (BUFFER_SIZE);
  gssize n;

  if (stream == NULL)
    return FALSE;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, BUFFER_SIZE, cancellable,
                                   error)) > 0)
    g_checksum_update (sum, buffer, n);
  return n == 0;
}

char *
kaf_import_decisions_make_slot (GFile *file,
                                const KafTableReader *reader,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *encoding = kaf_table_reader_get_encoding (reader);
  g_autofree char *reading = g_strdup_printf ("\n%s %d %u", encoding != NULL ? encoding : "",
                                              kaf_table_reader_get_separator (reader),
                                              kaf_table_reader_get_chosen (reader));

  if (!sum_content (file, sum, cancellable, error))
    return NULL;
  g_checksum_update (sum, (const guchar *) reading, -1);
  return g_strconcat (KAF_DRAFT_IMPORT, g_checksum_get_string (sum), NULL);
}

/* ---- Writing ---- */

/* The record that a row is about, or the row. */
static char *
name_target (const KafImportPlan *plan, const KafImportPlanRow *row)
{
  if (row->id != NULL)
    return g_strdup (row->id);
  if (row->of_row >= 0)
    return g_strdup_printf ("row:%u", kaf_import_plan_get (plan, (guint) row->of_row)->number);
  return g_strdup ("-");
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  return (int) GPOINTER_TO_UINT (a) - (int) GPOINTER_TO_UINT (b);
}

static void
write_cells (GString *lines, const KafImportPlanRow *row, const char *target)
{
  g_autoptr (GList) columns = g_list_sort (g_hash_table_get_keys (row->mended), compare_columns);

  for (GList *column = columns; column != NULL; column = column->next)
    {
      g_autofree char *text = g_strescape (g_hash_table_lookup (row->mended, column->data), NULL);

      g_string_append_printf (lines, "%u cell %s %u %s\n", row->number, target,
                              GPOINTER_TO_UINT (column->data), text);
    }
}

/* Cells first: what is judged is the row as it was mended. */
static void
write_row (GString *lines, const KafImportPlan *plan, const KafImportPlanRow *row)
{
  g_autofree char *target = name_target (plan, row);

  if (row->mended != NULL)
    write_cells (lines, row, target);
  if (row->left_out)
    g_string_append_printf (lines, "%u out %s\n", row->number, target);
  if (row->decision != KAF_IMPORT_LATER)
    g_string_append_printf (lines, "%u %s %s\n", row->number,
                            row->decision == KAF_IMPORT_THE_SAME ? "same" : "different", target);
}

char *
kaf_import_decisions_write (const KafImportPlan *plan)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < kaf_import_plan_get_n (plan); i++)
    {
      const KafImportPlanRow *row = kaf_import_plan_get (plan, i);

      if (row->mended != NULL || row->left_out || row->decision != KAF_IMPORT_LATER)
        write_row (lines, plan, row);
    }
  return lines->len > 0 ? g_string_free (g_steal_pointer (&lines), FALSE) : NULL;
}

/* ---- Reading ---- */

static gboolean
read_number (const char *text, guint *number)
{
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

/* FALSE without an error: it does not hold any more. */
static gboolean
apply_cell (KafImportPlan *plan, KafDatabase *db, guint place, char **words, GError **error)
{
  g_autofree char *text = NULL;
  guint column;

  if (!read_number (words[3], &column) || column >= plan->map->columns->len || words[4] == NULL)
    return FALSE;
  text = g_strcompress (words[4]);
  return g_utf8_validate (text, -1, NULL) &&
         kaf_import_plan_set_cell (plan, db, place, column, text, error);
}

static gboolean
apply_judgement (KafImportPlan *plan, guint place, KafImportDecision decision, const char *target)
{
  const KafImportPlanRow *row = kaf_import_plan_get (plan, place);
  g_autofree char *now = name_target (plan, row);

  if (row->outcome != KAF_IMPORT_DUPLICATE || !g_str_equal (now, target))
    return FALSE;
  kaf_import_plan_decide (plan, place, decision);
  return TRUE;
}

static gboolean
apply_line (KafImportPlan *plan, KafDatabase *db, GHashTable *places, char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 5);
  guint number, place;

  if (g_strv_length (words) < 3 || !read_number (words[0], &number))
    return FALSE;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (places, GUINT_TO_POINTER (number)));
  if (place-- == 0)
    return FALSE;
  if (g_str_equal (words[1], "cell"))
    return apply_cell (plan, db, place, words, error);
  if (g_str_equal (words[1], "same"))
    return apply_judgement (plan, place, KAF_IMPORT_THE_SAME, words[2]);
  if (g_str_equal (words[1], "different"))
    return apply_judgement (plan, place, KAF_IMPORT_DIFFERENT, words[2]);
  if (!g_str_equal (words[1], "out"))
    return FALSE;
  kaf_import_plan_leave_out (plan, place, TRUE);
  return TRUE;
}

gboolean
kaf_import_decisions_apply (
    KafImportPlan *plan, KafDatabase *db, const char *text, guint *n, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) local = NULL;

  *n = 0;
  for (guint i = 0; i < kaf_import_plan_get_n (plan); i++)
    g_hash_table_insert (places, GUINT_TO_POINTER (kaf_import_plan_get (plan, i)->number),
                         GUINT_TO_POINTER (i + 1));
  for (guint i = 0; lines[i] != NULL && local == NULL; i++)
    *n += apply_line (plan, db, places, lines[i], &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

char *
kaf_import_decisions_load (KafDatabase *db, const KafEntity *entity, const char *slot)
{
  gint64 from = kaf_clock_now (kaf_database_get_clock (db)) -
                KAF_IMPORT_DECISIONS_DAYS * 24 * G_TIME_SPAN_HOUR;
  g_autoptr (KafDraft) draft = NULL;
  g_autoptr (GHashTable) typed = NULL;

  kaf_draft_drop_imports (db, from, NULL);
  draft = kaf_draft_load (db, entity, slot);
  typed = draft != NULL ? kaf_typed_from_json (draft->fields) : NULL;
  return typed != NULL ? g_strdup (g_hash_table_lookup (typed, KAF_DRAFT_DECISIONS)) : NULL;
}
