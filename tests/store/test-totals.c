/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What who sees totals alone is shown: the figures that were counted over all records, in a store that holds none. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"
#include "store/kaf-store-error.h"
#include "store/kaf-sync-private.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-totals.h"

#define AXES ((1u << KAF_TARGET_N_AXES) - (1u << KAF_TARGET_BY_COUNTRY))

/* Experts who live in a country, members of a network. */
static void
create_experts (KafFixture *f, const char *country, const char *network, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id =
          kaf_fixture_create (f, "person", NULL, "family_name", "Kanari", "status", "verified",
                              "verified_on", "2026-01-10", "declared_on", "2026-01-05", "country",
                              country, "territory", "MA-TIZ", NULL);

      g_free (kaf_fixture_create (f, "expert", id, "signed_up_on", "2026-02-01", "domains",
                                  "health", "years", "3", NULL));
      g_free (kaf_fixture_create (f, "membership", NULL, "person", id, "network", network,
                                  "valid_from", "2025", NULL));
      g_free (kaf_fixture_create (f, "project_holder", id, "registered_on", "2026-02-01", NULL));
      g_free (kaf_fixture_create (f, "project", NULL, "person", id, "title_fr", "Kanari",
                                  "territory", "MA-TIZ", "jobs", "3", NULL));
    }
}

static KafFixture *
make_all (void)
{
  KafFixture *f = kaf_fixture_new_seeded (1);
  g_autofree char *network = kaf_fixture_create (f, "organisation", NULL, "name_fr", "Réseau",
                                                 "name_ar", "شبكة", "kind", "network", NULL);

  g_free (kaf_fixture_create (f, "network", network, "label", "R", NULL));
  create_experts (f, "CH", network, 7);
  create_experts (f, "FR", network, 6);
  create_experts (f, "DE", network, 2);
  return f;
}

/* The device of somebody of that role, which holds nothing. */
static KafFixture *
make_device (const char *role)
{
  KafFixture *f = kaf_fixture_new_seeded (2);

  g_assert_true (kaf_sync_enroll (f->db, "https://hub.example", "dina", role,
                                  kaf_sync_get_device (f->db), NULL));
  g_assert_true (kaf_sync_set_grants (f->db, role, "national", NULL));
  return f;
}

static void
assert_same_cells (const GPtrArray *a, const GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const KafTargetCell *one = g_ptr_array_index (a, i);
      gboolean found = FALSE;

      for (guint j = 0; !found && j < b->len; j++)
        {
          const KafTargetCell *other = g_ptr_array_index (b, j);

          found = one->kind == other->kind && g_strcmp0 (one->code, other->code) == 0 &&
                  g_strcmp0 (one->title, other->title) == 0 &&
                  memcmp (one->n, other->n, sizeof one->n) == 0;
        }
      g_assert_true (found);
    }
}

static void
assert_same_count (KafFixture *all, KafFixture *device, KafLang lang)
{
  const KafTargetQuery query = { .axes = AXES, .hide = TRUE, .lang = lang };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTargetCount) a = kaf_target_count (all->db, &query, NULL, &error);
  g_autoptr (KafTargetCount) b = kaf_target_count (device->db, &query, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (a->day, ==, b->day);
  g_assert_cmpuint (a->n[KAF_TARGET_IDENTIFIED], ==, 15);
  g_assert_cmpuint (a->path, ==, b->path);
  g_assert_cmpmem (a->n, sizeof a->n, b->n, sizeof b->n);
  g_assert_cmpmem (a->before, sizeof a->before, b->before, sizeof b->before);
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    assert_same_cells (a->cells[axis], b->cells[axis]);
}

static void
assert_same_funnel (KafFixture *all, KafFixture *device)
{
  g_autoptr (KafFunnel) a = kaf_funnel_read (all->db, KAF_LANG_FR, TRUE, NULL, NULL);
  g_autoptr (KafFunnel) b = kaf_funnel_read (device->db, KAF_LANG_FR, TRUE, NULL, NULL);
  const KafFunnelRegion *one, *other;

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpmem (a->stages, sizeof a->stages, b->stages, sizeof b->stages);
  g_assert_cmpuint (a->regions->len, ==, 1);
  g_assert_cmpuint (b->regions->len, ==, 1);
  one = a->regions->pdata[0];
  other = b->regions->pdata[0];
  g_assert_cmpstr (one->code, ==, other->code);
  g_assert_cmpstr (one->title, ==, other->title);
  g_assert_cmpuint (one->n_projects, ==, other->n_projects);
  g_assert_cmpint (one->jobs, ==, other->jobs);
  g_assert_cmpuint (one->n_unpriced, ==, other->n_unpriced);
}

/* All that was counted there stands here, in each language, and nobody's name. */
static void
test_kept (void)
{
  g_autoptr (KafFixture) all = make_all ();
  g_autoptr (KafFixture) device = make_device ("direction");
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) points = NULL;
  g_autoptr (GArray) there = NULL;
  gboolean changed;

  g_assert_true (kaf_totals_print (all->db, json, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (strstr (json->str, "Kanari"));
  g_assert_true (kaf_totals_keep (device->db, json->str, json->len, &changed, &error));
  g_assert_true (changed);
  for (guint lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
    assert_same_count (all, device, lang);
  assert_same_funnel (all, device);
  there = kaf_target_series (all->db, KAF_DAY_UNKNOWN, KAF_DAY_UNKNOWN, TRUE, &error);
  points = kaf_target_series (device->db, KAF_DAY_UNKNOWN, KAF_DAY_UNKNOWN, TRUE, &error);
  g_assert_cmpmem (there->data, there->len * sizeof (KafTargetPoint), points->data,
                   points->len * sizeof (KafTargetPoint));
  g_assert_true (kaf_totals_keep (device->db, json->str, json->len, &changed, &error));
  g_assert_false (changed);
}

/* A day of before has the figures of the last month that ended by then, and no parts. */
static void
test_before (void)
{
  g_autoptr (KafFixture) all = make_all ();
  g_autoptr (KafFixture) device = make_device ("direction");
  g_autoptr (GString) json = g_string_new (NULL);
  KafTargetQuery query = { .day = kaf_day_parse ("2026-02-10"), .axes = AXES, .hide = TRUE };
  g_autoptr (KafTargetCount) count = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed;

  g_assert_true (kaf_totals_print (all->db, json, NULL, NULL));
  g_assert_true (kaf_totals_keep (device->db, json->str, json->len, &changed, NULL));
  count = kaf_target_count (device->db, &query, NULL, NULL);
  g_assert_cmpint (count->day, ==, kaf_day_parse ("2026-01-31"));
  g_assert_cmpuint (count->n[0], ==, 15);
  g_assert_cmpuint (count->cells[KAF_TARGET_BY_COUNTRY]->len, ==, 0);
  query.day = kaf_day_parse ("1999-01-01");
  g_assert_null (kaf_target_count (device->db, &query, NULL, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
}

/* Before anything came nothing is shown, rather than that there is nobody; who sees records counts his own. */
static void
test_nothing (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{}",
    "{\"day\":\"2026-01-01\",\"n\":[1,2]}",
    "{\"day\":\"2026-01-01\",\"n\":[1,2,-3]}",
    "{\"day\":\"heute\",\"n\":[1,2,3],\"before\":[1,2,3],\"axes\":[[],[],[],[]],\"series\":[],"
    "\"projects\":[0],\"stages\":[0,0,0,0,0,0,0,0],\"regions\":[]}",
    "{\"day\":\"2026-01-01\",\"n\":[1,2,3],\"before\":[1,2,3],\"axes\":[[],[],[]],\"series\":[],"
    "\"projects\":[0],\"stages\":[0,0,0,0,0,0,0,0],\"regions\":[]}",
    "{\"day\":\"2026-01-01\",\"n\":[1,2,3],\"before\":[1,2,3],\"axes\":[[{\"kind\":0,\"n\":[1,2,3]}],"
    "[],[],[]],\"series\":[],\"projects\":[0],\"stages\":[0,0,0,0,0,0,0,0],\"regions\":[]}",
  };
  g_autoptr (KafFixture) device = make_device ("direction");
  g_autoptr (KafFixture) agent = make_device ("agent");
  const KafTargetQuery query = { .hide = TRUE };
  g_autoptr (KafTargetCount) own = kaf_target_count (agent->db, &query, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (own);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean changed;

      g_test_message ("%s", texts[i]);
      g_assert_false (kaf_totals_keep (device->db, texts[i], strlen (texts[i]), &changed, &error));
      g_clear_error (&error);
    }
  g_assert_null (kaf_target_count (device->db, &query, NULL, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (kaf_funnel_read (device->db, KAF_LANG_FR, TRUE, NULL, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/totals/kept", test_kept);
  g_test_add_func ("/totals/before", test_before);
  g_test_add_func ("/totals/nothing", test_nothing);
  return g_test_run ();
}
