/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lazy list over a store of 350 experts: what it tells, what it reads, what it keeps. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/model/kaf-paged-list.h"

#define N_EXPERTS 350

typedef struct
{
  guint n, removed, added;
} Told;

static const char *const columns[] = { "status", NULL };

static void
add_experts (KafStore *store)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("import");
  g_autoptr (KafReceipt) receipt = NULL;

  for (guint i = 0; i < N_EXPERTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("0190aaaa-0000-7000-8000-%012u", i);
      g_autofree char *family = g_strdup_printf ("Family%04u", i);
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), id);
      g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), id);

      kaf_record_set (person, "family_name", family);
      kaf_record_set (person, "given_name", i == 12 ? "Zoubida" : "Salma");
      kaf_change_set_create (set, person);
      kaf_change_set_create (set, expert);
    }
  receipt = kaf_display_commit (store, set);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Told *told)
{
  told->n++;
  told->removed += removed;
  told->added += added;
}

static KafPagedList *
open_list (const char *name, KafStore **store)
{
  KafWindow *window = kaf_display_open (name);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  KafPagedList *list;

  *store = kaf_window_get_store (window);
  add_experts (*store);
  list = kaf_paged_list_new (*store, columns, KAF_LANG_EN);
  kaf_paged_list_set_query (list, query);
  g_assert_true (kaf_paged_list_is_loading (list));
  KAF_WAIT (kaf_paged_list_get_total (list) == N_EXPERTS && kaf_paged_list_has_places (list));

  return list;
}

static void
test_reads_what_is_looked_at (void)
{
  KafStore *store;
  g_autoptr (KafPagedList) list = open_list ("pages.db", &store);
  Told told = { 0 };

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_EXPERTS);
  g_assert_cmpint (kaf_paged_list_get_unfiltered_total (list), ==, N_EXPERTS);
  g_assert_nonnull (kaf_paged_list_get_row (list, 0));

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &told);
  g_assert_null (kaf_paged_list_get_row (list, 320));
  KAF_WAIT (told.n > 0);
  /* The last page, and nothing but that, in place. */
  g_assert_cmpuint (told.n, ==, 1);
  g_assert_cmpuint (told.removed, ==, 50);
  g_assert_cmpuint (told.added, ==, 50);
  g_assert_cmpstr (kaf_paged_list_get_row (list, 320)->title, ==, "FAMILY0320 Salma");
  g_assert_cmpuint (kaf_paged_list_find (list, kaf_paged_list_get_row (list, 320)->id), ==, 320);
}

static void
test_new_query (void)
{
  KafStore *store;
  g_autoptr (KafPagedList) list = open_list ("query.db", &store);
  g_autoptr (KafQuery) query = kaf_query_copy (kaf_paged_list_get_query (list));
  Told told = { 0 };

  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), &told);
  /* Each cancels the one before; the old rows stay until the last one answers. */
  kaf_query_set_text (query, "z");
  kaf_paged_list_set_query (list, query);
  kaf_query_set_text (query, "zoub");
  kaf_paged_list_set_query (list, query);
  kaf_query_set_text (query, "zoubida");
  kaf_paged_list_set_query (list, query);
  g_assert_cmpuint (told.n, ==, 0);
  g_assert_nonnull (kaf_paged_list_get_row (list, 0));

  KAF_WAIT (!kaf_paged_list_is_loading (list));
  g_assert_cmpuint (told.n, ==, 2);
  g_assert_cmpuint (told.removed, ==, N_EXPERTS);
  g_assert_cmpuint (told.added, ==, 1);
  g_assert_cmpint (kaf_paged_list_get_total (list), ==, 1);
  g_assert_cmpint (kaf_paged_list_get_unfiltered_total (list), ==, N_EXPERTS);

  /* The same query again reads nothing. */
  kaf_paged_list_set_query (list, query);
  g_assert_false (kaf_paged_list_is_loading (list));
}

static void
test_store_changes (void)
{
  KafStore *store;
  g_autoptr (KafPagedList) list = open_list ("changes.db", &store);
  g_autofree char *second = g_strdup (kaf_paged_list_get_row (list, 1)->id);
  guint32 third = kaf_paged_list_get_rid (list, 2);
  g_autoptr (KafChangeSet) edit = kaf_change_set_new ("edit");
  g_autoptr (KafChangeSet) removal = kaf_change_set_new ("delete");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), second);
  g_autoptr (KafReceipt) a = NULL;
  g_autoptr (KafReceipt) b = NULL;

  kaf_record_set (record, "given_name", "Zineb");
  kaf_change_set_update (edit, record);
  a = kaf_display_commit (store, edit);
  KAF_WAIT (g_str_has_suffix (kaf_paged_list_get_row (list, 1)->title, "Zineb"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_EXPERTS);

  kaf_change_set_delete (removal, kaf_registry_find ("expert"), second);
  b = kaf_display_commit (store, removal);
  KAF_WAIT (g_list_model_get_n_items (G_LIST_MODEL (list)) == N_EXPERTS - 1);
  g_assert_cmpuint (kaf_paged_list_find_rid (list, third), ==, 1);
}

static void
got_id_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = kaf_paged_list_get_id_at_finish (KAF_PAGED_LIST (source), result, NULL);
}

static void
test_id_far_away (void)
{
  KafStore *store;
  g_autoptr (KafPagedList) list = open_list ("far.db", &store);
  g_autofree char *id = NULL;

  kaf_paged_list_get_id_at_async (list, 333, NULL, got_id_cb, &id);
  KAF_WAIT (id != NULL);
  g_assert_cmpstr (id, ==, "0190aaaa-0000-7000-8000-000000000333");
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/paged-list/reads-what-is-looked-at", test_reads_what_is_looked_at);
  g_test_add_func ("/paged-list/new-query", test_new_query);
  g_test_add_func ("/paged-list/store-changes", test_store_changes);
  g_test_add_func ("/paged-list/id-far-away", test_id_far_away);

  return kaf_display_finish (g_test_run ());
}
