/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The budget of a mission on two devices and the hub: what was validated stays, and amounts are amounts. */
#include "config.h"

#include <string.h>

#include "base/kaf-validation-error.h"
#include "kaf-file-pair.h"
#include "schema/kaf-registry.h"
#include "store/kaf-refusals.h"
#include "sync/kaf-exchange.h"

static void
assert_last_refusal (KafFixture *f, const char *id, const char *why)
{
  g_autoptr (GPtrArray) list = kaf_refusals_read (f->db, 20, KAF_LANG_FR, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const KafRefusal *one = g_ptr_array_index (list, i);

      found |= g_str_equal (one->id, id) && g_str_equal (one->why, why);
    }
  g_assert_true (found);
}

/* A line that step 6 validated stays, also when who writes had not heard of it. */
static void
test_validated (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *line = line_new (w->a, mission, "50000 MAD");
  g_autofree char *gone = line_new (w->a, mission, "70000 MAD");
  g_autofree char *approved = NULL;
  g_autofree char *late = NULL;
  g_autofree char *more = NULL;
  g_autofree char *reopened = NULL;

  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  sync_as (w, w->b, LEADER);
  approved = decide_on_paper (w->a, mission, last, "content", NULL);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);

  /* Brahim is away. */
  set_line (w->b, line, "unit_price", "90000 MAD");
  kaf_fixture_delete (w->b, "budget_line", gone);
  late = line_new (w->b, mission, "10000 MAD");
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 2);
  assert_last_refusal (w->b, line, KAF_REFUSED_VALIDATED);
  assert_last_refusal (w->b, gone, KAF_REFUSED_VALIDATED);
  kaf_fixture_assert_field (w->b, "budget_line", line, "unit_price", "50000 MAD");
  g_assert_true (has (w->b, "budget_line", gone));

  /* What is spent is written, adjustments are added, and a line of after the approval is none that it validated. */
  set_line (w->b, line, "spent", "45000 MAD");
  set_line (w->b, late, "unit_price", "20000 MAD");
  more = kaf_fixture_create (w->b, "budget_adjustment", NULL, "line", line, "amount", "-5000 MAD",
                             "reason", "Rabais", NULL);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  sync_as (w, w->a, "manager");
  g_assert_true (has (w->a, "budget_adjustment", more));
  kaf_fixture_assert_field (w->a, "budget_line", line, "spent", "45000 MAD");
  kaf_fixture_assert_field (w->a, "budget_line", late, "unit_price", "20000 MAD");

  /* Reopened, it is rewritten. */
  reopened = act (w->a, mission, "reopen", "5", approved);
  g_assert_cmpuint (sync_as (w, w->a, "manager").n_rejected, ==, 0);
  sync_as (w, w->b, LEADER);
  set_line (w->b, line, "unit_price", "90000 MAD");
  kaf_fixture_delete (w->b, "budget_line", gone);
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 0);
  sync_as (w, w->a, "manager");
  kaf_fixture_assert_field (w->a, "budget_line", line, "unit_price", "90000 MAD");
  g_assert_false (has (w->a, "budget_line", gone));
}

static void
assert_typed (KafFixture *f, guint at, const char *field, const char *value)
{
  g_autoptr (GPtrArray) list = kaf_refusals_read (f->db, 20, KAF_LANG_FR, NULL);
  const KafRefusal *one = g_ptr_array_index (list, at);
  const KafRefusedField *typed = g_ptr_array_index (one->fields, 0);

  g_assert_cmpstr (one->why, ==, KAF_REFUSED_VALIDATED);
  g_assert_cmpstr (one->about, ==, field);
  g_assert_cmpuint (one->fields->len, ==, 1);
  g_assert_cmpstr (typed->field->id, ==, field);
  g_assert_cmpstr (typed->value, ==, value);
}

/* Who has not heard of it changes the price and the number, and takes back the number: what he sends then says the old
 * number with his price, which it does not change. */
static void
test_validated_undone (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *line = line_new (w->a, mission, "50000 MAD");
  g_autofree char *approved = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *why = NULL;
  g_autoptr (KafReceipt) number = NULL;
  g_autoptr (KafReceipt) undone = NULL;

  sync_as (w, w->a, "manager");
  sync_as (w, w->b, LEADER);
  approved = decide_on_paper (w->a, mission, last, "content", NULL);
  sync_as (w, w->a, "manager");

  set_line (w->b, line, "unit_price", "90000 MAD");
  number = kaf_fixture_update (w->b, "budget_line", line, "quantity", "3", NULL);
  undone = kaf_undo (w->b->db, number->batch, NULL);
  g_assert_nonnull (undone);
  kaf_fixture_assert_field (w->b, "budget_line", line, "quantity", "2");
  g_assert_cmpuint (sync_as (w, w->b, LEADER).n_rejected, ==, 3);
  sync_as (w, w->a, "manager");
  for (guint i = 0; i < 2; i++)
    {
      kaf_fixture_assert_field (i == 0 ? w->a : w->b, "budget_line", line, "unit_price",
                                "50000 MAD");
      kaf_fixture_assert_field (i == 0 ? w->a : w->b, "budget_line", line, "quantity", "2");
    }
  assert_typed (w->b, 0, "quantity", "2");
  assert_typed (w->b, 1, "quantity", "3");
  assert_typed (w->b, 2, "unit_price", "90000 MAD");

  payload = g_strdup_printf ("[{\"o\":\"update\",\"e\":\"budget_line\",\"i\":\"%s\",\"f\":{"
                             "\"unit_price\":[\"90000 MAD\",\"90000 MAD\"]}}]",
                             line);
  why = say (w, 0x1000, LEADER, payload);
  g_assert_cmpstr (why, ==, KAF_REFUSED_VALIDATED);
}

/* @field NULL: it is not deleted. */
static void
assert_stays (
    KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("change");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), id);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  if (field != NULL)
    {
      kaf_record_set (record, field, value);
      kaf_change_set_update (set, record);
    }
  else
    kaf_change_set_delete (set, kaf_registry_find (entity), id);
  receipt = kaf_commit (f->db, set, NULL, NULL, &error);
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
}

static void
assert_other_currency (KafFixture *f, const char *line)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("adjust");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("budget_adjustment"), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };

  kaf_record_set (record, "line", line);
  kaf_record_set (record, "amount", "100 EUR");
  kaf_record_set (record, "reason", "Cours");
  kaf_change_set_create (set, record);
  receipt = kaf_commit (f->db, set, &fault, NULL, &error);
  g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
  g_assert_cmpstr (fault.field, ==, "amount");
}

/* The same where it is known: the store says no. */
static void
test_validated_here (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *last = NULL;
  g_autofree char *mission = begin (w, 6, &last);
  g_autofree char *line = line_new (w->a, mission, "50000 MAD");
  g_autofree char *approved = NULL;
  g_autofree char *late = NULL;
  g_autofree char *reopened = NULL;

  kaf_clock_advance (w->a->clock, G_USEC_PER_SEC);
  approved = decide_on_paper (w->a, mission, last, "content", NULL);
  kaf_clock_advance (w->a->clock, G_USEC_PER_SEC);
  late = line_new (w->a, mission, "10000 MAD");
  assert_stays (w->a, "budget_line", line, "quantity", "3");
  assert_stays (w->a, "budget_line", line, NULL, NULL);
  assert_other_currency (w->a, line);
  set_line (w->a, line, "committed", "45000 MAD");
  set_line (w->a, late, "quantity", "3");
  kaf_fixture_delete (w->a, "budget_line", late);
  reopened = act (w->a, mission, "reopen", "6", approved);
  set_line (w->a, line, "quantity", "3");
}

/* Sums that are none. The store takes none; but not every device is ours. */
static void
test_amounts (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *mission = begin (w, 1, NULL);
  g_autofree char *line = line_new (w->a, mission, "50000 MAD");
  const struct
  {
    const char *entity, *fields, *why; /* %s: the mission, or the line */
  } cases[] = {
#define LINE(amount)                                                                               \
  "\"mission\":\"%s\",\"label_fr\":\"x\",\"category\":\"meals\",\"quantity\":\"1\"," amount
#define MORE(amount) "\"line\":\"%s\",\"reason\":\"x\",\"amount\":\"" amount "\""
    { "budget_line", LINE ("\"unit_price\":\"-1 MAD\""), KAF_REFUSED_AMOUNT },
    { "budget_line", LINE ("\"spent\":\"-1 MAD\""), KAF_REFUSED_AMOUNT },
    { "budget_line", LINE ("\"unit_price\":\"1000000000000001 MAD\""), KAF_REFUSED_AMOUNT },
    { "budget_line", LINE ("\"unit_price\":\"1000000000000000 MAD\""), NULL },
    { "budget_line", LINE ("\"unit_price\":\"none\""), KAF_REFUSED_VALUE },
    { "budget_adjustment", MORE ("-1000000000000001 MAD"), KAF_REFUSED_AMOUNT },
    { "budget_adjustment", MORE ("100 EUR"), KAF_REFUSED_AMOUNT },
    { "budget_adjustment", MORE ("-100 MAD"), NULL },
  };

  sync_as (w, w->a, "manager");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_line = g_str_equal (cases[i].entity, "budget_line");
      g_auto (GStrv) halves = g_strsplit (cases[i].fields, "%s", 2);
      g_autofree char *payload = g_strdup_printf (
          "[{\"o\":\"create\",\"e\":\"%s\",\"i\":\"0190bbbb-0000-7000-8000-00000000000%u\",\"f\":"
          "{%s%s%s}}]",
          cases[i].entity, i, halves[0], is_line ? mission : line, halves[1]);
      g_autofree char *why = say (w, 0x1000 + i, LEADER, payload);

      g_assert_cmpstr (why, ==, cases[i].why);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mission-budget/validated", test_validated);
  g_test_add_func ("/mission-budget/validated-undone", test_validated_undone);
  g_test_add_func ("/mission-budget/validated-here", test_validated_here);
  g_test_add_func ("/mission-budget/amounts", test_amounts);
  return g_test_run ();
}
