/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the rows of a list is what reading each record and telling each of its values tells: all records of the
 * sample and of synthetic persons, all fields, in each language; whatever the order of the rows, and whether they are
 * kept longer than those that were read with them. */
#include "config.h"

#include <string.h>

#include "exchange/kaf-sample.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-page.h"
#include "store/kaf-query-sql.h"
#include "store/kaf-read-private.h"

#define PERSONS 300

/* "x_ar" of "x" or "x_fr", where a list in Arabic shows that; nullable. */
static const char *
get_twin (const KafRecord *record, const KafField *field)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  g_autofree char *base = g_strdup (field->id);
  g_autofree char *name = NULL;

  if (field->kind != KAF_KIND_TEXT || kaf_field_is_many (field))
    return NULL;
  if (g_str_has_suffix (base, "_fr"))
    base[strlen (base) - 3] = '\0';
  name = g_strconcat (base, "_ar", NULL);
  return kaf_entity_find_field (entity, name) != NULL ? kaf_record_get (record, name) : NULL;
}

static void
check_cell (KafFixture *f,
            const KafRow *row,
            guint at,
            const KafRecord *record,
            const KafField *field,
            KafLang lang)
{
  const char *value = kaf_record_get (record, field->id);
  const char *twin = lang == KAF_LANG_AR ? get_twin (record, field) : NULL;
  g_autofree char *text =
      kaf_value_format (field, twin != NULL ? twin : value, lang, kaf_read_title_func, f->db);

  g_assert_cmpstr (row->raw[at], ==, value);
  g_assert_cmpstr (row->cells[at], ==, text);
}

static void
check_row (KafFixture *f,
           const KafEntity *entity,
           const KafRow *row,
           const char *const *columns,
           KafLang lang)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (KafRecord) own = kaf_read_record (f->db, entity, row->id, NULL);
  g_autoptr (KafRecord) owner = kaf_read_record (f->db, root, row->id, NULL);

  g_assert_nonnull (own);
  g_assert_cmpstr (row->ref, ==, kaf_record_get_ref (own));
  for (guint i = 0; columns[i] != NULL; i++)
    {
      const KafField *field = kaf_entity_find_field (entity, columns[i]);

      check_cell (f, row, i, field != NULL ? own : owner,
                  field != NULL ? field : kaf_entity_find_field (root, columns[i]), lang);
    }
}

static GStrv
list_fields (const KafEntity *entity)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const KafEntity *root = kaf_entity_get_root (entity);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    g_strv_builder_add (ids, field->id);
  for (const KafField *field = root->fields; root != entity && field->id != NULL; field++)
    if (kaf_entity_find_field (entity, field->id) == NULL)
      g_strv_builder_add (ids, field->id);
  return g_strv_builder_end (ids);
}

static void
check_entity (KafFixture *f, const KafEntity *entity, KafLang lang)
{
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_auto (GStrv) columns = list_fields (entity);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kaf_page_read (f->db, query, (const char *const *) columns, lang, 0,
                                              2 * PERSONS, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >, 0);
  for (guint i = 0; i < rows->len; i++)
    check_row (f, entity, g_ptr_array_index (rows, i), (const char *const *) columns, lang);
}

static KafFixture *
fixture_with_sample (void)
{
  KafFixture *f = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_sample_load (f->db, PERSONS, 7, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return f;
}

static void
test_cells (void)
{
  static const char *const entities[] = { "expert",  "project_holder", "organisation", "network",
                                          "mission", "convention",     "budget_line",  "meeting" };
  g_autoptr (KafFixture) f = fixture_with_sample ();

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    for (KafLang lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
      check_entity (f, kaf_registry_find (entities[i]), lang);
}

/* Asked for backwards, one of them twice and one that is not there; then one row alone is kept. */
static void
test_order (void)
{
  static const char *const columns[] = { "domains", "city", NULL };
  g_autoptr (KafFixture) f = fixture_with_sample ();
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GArray) places = kaf_page_places (f->db, query, NULL);
  g_autoptr (GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;
  g_autoptr (KafRow) kept = NULL;
  guint32 none = G_MAXUINT32;

  g_array_append_val (asked, none);
  g_array_append_val (asked, g_array_index (places, guint32, 0));
  for (guint i = places->len; i > 0; i--)
    g_array_append_val (asked, g_array_index (places, guint32, i - 1));
  rows = kaf_page_rows (f->db, entity, (const guint32 *) asked->data, asked->len, columns,
                        KAF_LANG_FR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, asked->len);
  g_assert_null (rows->pdata[0]);
  for (guint i = 1; i < rows->len; i++)
    g_assert_cmpuint (((KafRow *) rows->pdata[i])->rid, ==, g_array_index (asked, guint32, i));
  kept = kaf_row_ref (rows->pdata[1]);
  g_assert_true (kept != rows->pdata[rows->len - 1]);
  g_ptr_array_unref (rows);
  check_row (f, entity, kept, columns, KAF_LANG_FR);
}

/* By name, either way, in either script, a list is read as its index has it: nothing is sorted first. */
static void
test_by_name (void)
{
  static const char *const paths[] = { NULL, "title", "title_ar" };
  g_autoptr (KafFixture) f = fixture_with_sample ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
      g_autoptr (KafQuerySql) sql = NULL;
      g_autofree char *text = NULL;
      g_autoptr (KafStatement) statement = NULL;

      kaf_query_set_sort (query, paths[i / 2], i % 2 == 1);
      sql = kaf_query_sql_new (f->db, query, NULL);
      text = g_strdup_printf ("SELECT h.rid FROM %s WHERE %s ORDER BY %s", sql->from->str,
                              sql->where->str, sql->order->str);
      statement = kaf_query_sql_prepare (f->db, sql, text, NULL);
      g_assert_true (kaf_database_step (f->db, statement, NULL));
      g_assert_cmpint (sqlite3_stmt_status (statement, SQLITE_STMTSTATUS_SORT, 0), ==, 0);
    }
}

/* One that was deleted between the list and its rows is none; those around it are. */
static void
test_deleted (void)
{
  static const char *const columns[] = { "domains", "phones", "city", NULL };
  g_autoptr (KafFixture) f = fixture_with_sample ();
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GArray) places = kaf_page_places (f->db, query, NULL);
  g_autoptr (GPtrArray) before =
      kaf_page_rows (f->db, entity, (const guint32 *) places->data, 3, columns, KAF_LANG_FR, NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  kaf_change_set_delete (set, kaf_registry_find ("person"), ((KafRow *) before->pdata[1])->id);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  rows = kaf_page_rows (f->db, entity, (const guint32 *) places->data, 3, columns, KAF_LANG_FR,
                        &error);
  g_assert_no_error (error);
  g_assert_null (rows->pdata[1]);
  check_row (f, entity, rows->pdata[0], columns, KAF_LANG_FR);
  check_row (f, entity, rows->pdata[2], columns, KAF_LANG_FR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/page/cells", test_cells);
  g_test_add_func ("/page/order", test_order);
  g_test_add_func ("/page/by-name", test_by_name);
  g_test_add_func ("/page/deleted", test_deleted);
  return g_test_run ();
}
