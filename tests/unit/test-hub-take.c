/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deletion takes what its author had seen, by what his role was told: the record as the hub keeps it, the operation as it
 * came, and what stands then. */
#include "config.h"

#include <string.h>

#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "sync/kaf-hub-take.h"

#define HERE G_GUINT64_CONSTANT (0x17)

/* Edits by another device: 1 (she), 3 (a note, which is gone again; and what the facet says), 5 (a name of hers more); and of
 * that set the last by this one. */
#define RECORD                                                                                     \
  "{\"m\":[[1,\"01a221c7c6ba00004e15dde7583a474e\"],[3,\"01a221c7c91e00004e15dde7583a474e\"],"     \
  "[5,\"01a221c7ca1e00004e15dde7583a474e\"],[6,\"01a221c7ca2e00000000000000000017\"]],"            \
  "\"p\":[{\"e\":\"person\",\"d\":[0,0],\"c\":[1,null,1,null],"                                    \
  "\"f\":{\"family_name\":\"Bennis\",\"notes\":[null,1]},"                                         \
  "\"s\":{\"aliases\":[3,[\"Ben\",null,2,[2]]]}},"                                                 \
  "{\"e\":\"expert\",\"d\":[0,0],\"c\":[1,null,1,null],"                                           \
  "\"f\":{\"headline_fr\":[\"Soins\",1]},\"s\":{}}]}"

/* And a note that this one wrote. */
#define RECORD_OF_HERE                                                                             \
  "{\"m\":[[1,\"01a221c7c6ba00004e15dde7583a474e\"],[3,\"01a221c7c91e00000000000000000017\"]],"    \
  "\"p\":[{\"e\":\"person\",\"d\":[0,0],\"c\":[1,null,1,null],"                                    \
  "\"f\":{\"family_name\":\"Bennis\",\"notes\":[\"Rappeler\",1]},\"s\":{}}]}"

#define DELETE(unseen) "[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"x\"" unseen "}]"

static gboolean
tells (guint reads, KafRecord *part, guint field)
{
  return (reads & kaf_field_get_class (&kaf_record_get_entity (part)->fields[field])) != 0;
}

/* Whether the record goes. */
static gboolean
goes_from (const char *stands, const char *payload, gint64 saw, guint reads)
{
  const KafEntity *person = kaf_registry_find ("person");
  const KafHubEdit edit = { 9,     { saw, HERE, { { 0 } } }, "brahim", 7, reads,
                            tells, KAF_SCHEMA_VERSION };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHubRecord) record =
      kaf_hub_record_parse (person, "x", 5, stands, strlen (stands), &error);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) conflicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_conflict_free);
  guint taken;
  gboolean gone;

  g_assert_no_error (error);
  operations = kaf_operation_parse (payload, strlen (payload), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (operations->len, ==, 1);
  taken = kaf_hub_take (record, g_ptr_array_index (operations, 0), &edit, conflicts);
  gone = kaf_record_get_stamp (kaf_hub_record_find (record, person)->record)->deleted_at > 0;
  /* Who is not obeyed is told, and so is who wrote. */
  g_assert_cmpuint (conflicts->len, ==, gone ? 0 : 1);
  g_assert_cmpuint (taken, ==,
                    gone ? KAF_HUB_TAKEN_CHANGED : KAF_HUB_TAKEN_CONFLICT | KAF_HUB_TAKEN_DIFFERS);
  return gone;
}

static gboolean
goes (const char *payload, gint64 saw, guint reads)
{
  return goes_from (RECORD, payload, saw, reads);
}

/* An older device says nothing of it: what came before the number that it had read was seen. */
static void
test_by_number (void)
{
  g_assert_true (goes (DELETE (""), 5, KAF_CLASS_ALL));
  g_assert_false (goes (DELETE (""), 4, KAF_CLASS_ALL));
  g_assert_false (goes (DELETE (""), 2, KAF_CLASS_ALL));
}

static void
test_unseen (void)
{
  g_assert_false (goes (DELETE (",\"u\":[\"notes\"]"), 5, KAF_CLASS_ALL));
  g_assert_false (goes (DELETE (",\"u\":[\"aliases\"]"), 5, KAF_CLASS_ALL));
  /* Nobody ever wrote there. */
  g_assert_true (goes (DELETE (",\"u\":[\"city\",\"emails\"]"), 5, KAF_CLASS_ALL));
}

static void
test_unseen_facet (void)
{
  g_assert_false (goes (DELETE (",\"u\":[\"expert.headline_fr\"]"), 5, KAF_CLASS_ALL));
  g_assert_true (goes (DELETE (",\"u\":[\"expert.employer\"]"), 5, KAF_CLASS_ALL));
  /* None of hers, or not known here. */
  g_assert_true (goes (DELETE (",\"u\":[\"headline_fr\",\"network.label\",\"expert.notes\"]"), 5,
                       KAF_CLASS_ALL));
  g_assert_true (
      goes (DELETE (",\"u\":[\"none.notes\",\".notes\",\"expert.\",\"\",\"person.notes\"]"), 5,
            KAF_CLASS_ALL));
}

/* What the device itself wrote its author knows, were he told it or not; the rest of the record is another's. */
static void
test_unseen_own (void)
{
  g_assert_true (goes_from (RECORD_OF_HERE, DELETE (",\"u\":[\"notes\"]"), 1, KAF_CLASS_ALL));
  g_assert_false (
      goes_from (RECORD_OF_HERE, DELETE (",\"u\":[\"notes\",\"family_name\"]"), 5, KAF_CLASS_ALL));
}

/* Whose role reads no notes now either could else never delete her. */
static void
test_never_told (void)
{
  guint reads = KAF_CLASS_ALL & ~KAF_CLASS_PRIVATE;

  g_assert_true (goes (DELETE (",\"u\":[\"notes\"]"), 5, reads));
  g_assert_false (goes (DELETE (",\"u\":[\"notes\",\"aliases\"]"), 5, reads));
  /* Meanwhile written all the same. */
  g_assert_false (goes (DELETE (",\"u\":[\"notes\"]"), 2, reads));
}

#define AT_LYON                                                                                    \
  "{\"m\":[[1,\"01a221c7c6ba00004e15dde7583a474e\"],[3,\"01a221c7c91e00004e15dde7583a474e\"]],"    \
  "\"p\":[{\"e\":\"person\",\"d\":[0,0],\"c\":[1,null,1,null],"                                    \
  "\"f\":{\"family_name\":\"Bennis\",\"city\":[\"Lyon\",0],\"address\":[%s,1]},\"s\":{}}]}"

/* Who knew no addresses writes another city. Returns how many are asked. */
static guint
move_by (guint schema, const char *address)
{
  static const char moves[] = "[{\"o\":\"update\",\"e\":\"person\",\"i\":\"x\","
                              "\"f\":{\"country\":[null,null],\"city\":[\"Lyon\",\"Agadir\"]}}]";
  const KafEntity *person = kaf_registry_find ("person");
  const KafHubEdit edit = {
    9, { 5, HERE, { { 0xff } } }, "brahim", 7, KAF_CLASS_ALL, tells, schema
  };
  g_autofree char *stands = g_strdup_printf (AT_LYON, address);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHubRecord) record =
      kaf_hub_record_parse (person, "x", 5, stands, strlen (stands), &error);
  g_autoptr (GPtrArray) operations = kaf_operation_parse (moves, strlen (moves), NULL);
  g_autoptr (GPtrArray) conflicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_conflict_free);
  KafRecord *now;

  g_assert_no_error (error);
  g_assert_true ((kaf_hub_take (record, g_ptr_array_index (operations, 0), &edit, conflicts) &
                  KAF_HUB_TAKEN_CHANGED) != 0);
  now = kaf_hub_record_find (record, person)->record;
  g_assert_cmpstr (kaf_record_get (now, "city"), ==, "Agadir");
  if (conflicts->len > 0)
    {
      const KafHubConflict *conflict = g_ptr_array_index (conflicts, 0);

      g_assert_cmpstr (conflict->other, ==,
                       "{\"country\":null,\"city\":\"Lyon\",\"address\":\"12, rue du Lac\"}");
      g_assert_null (kaf_record_get (now, "address"));
    }
  return conflicts->len;
}

/* An address is of the city that it stands with: who changes that by a program that has no addresses leaves none behind
 * unasked. */
static void
test_unit_of_older (void)
{
  g_assert_cmpuint (move_by (5, "\"12, rue du Lac\""), ==, 1);
  g_assert_cmpuint (move_by (5, "null"), ==, 0);
  /* By one that has them, it was not told for the unit's sake. */
  g_assert_cmpuint (move_by (KAF_SCHEMA_VERSION, "\"12, rue du Lac\""), ==, 0);
}

/* A facet that comes again, made before what was emptied there meanwhile, by one who had not seen it. */
static void
test_create_again (void)
{
  static const char stands[] =
      "{\"m\":[[1,\"01a221c7c6ba00004e15dde7583a474e\"],[3,\"01a221c7c91e00004e15dde7583a474e\"]],"
      "\"p\":[{\"e\":\"person\",\"d\":[0,0],\"c\":[1,null,1,null],\"f\":{\"family_name\":\"Bennis\"},\"s\":{}},"
      "{\"e\":\"expert\",\"d\":[0,0],\"c\":[1,null,1,null],\"f\":{\"headline_fr\":[null,1]},\"s\":{}}]}";
  static const char made[] = "[{\"o\":\"create\",\"e\":\"expert\",\"i\":\"x\","
                             "\"f\":{\"headline_fr\":\"Soins\",\"employer\":\"CHU\"}}]";
  const KafEntity *expert = kaf_registry_find ("expert");
  const KafHubEdit edit = {
    9, { .saw = 0, .device = HERE }, "brahim", 7, KAF_CLASS_ALL, tells, KAF_SCHEMA_VERSION
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHubRecord) record =
      kaf_hub_record_parse (kaf_registry_find ("person"), "x", 3, stands, strlen (stands), &error);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) conflicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_conflict_free);
  const KafHubConflict *conflict;
  KafRecord *now;

  g_assert_no_error (error);
  operations = kaf_operation_parse (made, strlen (made), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kaf_hub_take (record, g_ptr_array_index (operations, 0), &edit, conflicts), ==,
                    KAF_HUB_TAKEN_CHANGED | KAF_HUB_TAKEN_CONFLICT | KAF_HUB_TAKEN_DIFFERS);
  now = kaf_hub_record_find (record, expert)->record;
  g_assert_null (kaf_record_get (now, "headline_fr"));
  g_assert_cmpstr (kaf_record_get (now, "employer"), ==, "CHU");
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_false (conflict->won);
  g_assert_cmpstr (conflict->stands, ==, "{\"headline_fr\":null}");
  g_assert_cmpstr (conflict->other, ==, "{\"headline_fr\":\"Soins\"}");
}

/* What was edited of a record that another deleted is told to who may read all of it. */
static void
test_told (void)
{
  const KafEntity *entity = kaf_registry_find ("conflict");
  g_autoptr (KafRecord) conflict = kaf_record_new (entity, "k");
  guint stands = (guint) kaf_entity_field_index (entity, "stands");
  guint relay = KAF_CLASS_PUBLIC | KAF_CLASS_CONTACT | KAF_CLASS_IDENTITY;

  kaf_record_set (conflict, "owner", "x");
  kaf_record_set (conflict, "owner_entity", "person");
  kaf_record_set (conflict, "stands", "{\"city\":\"\\\"notes\\\":\"}");
  g_assert_true (kaf_told_can_read (relay, conflict, stands));
  g_assert_false (kaf_told_can_read (KAF_CLASS_PUBLIC, conflict, stands));
  kaf_record_set (conflict, "stands", "{\"city\":\"Berne\",\"notes\":null}");
  g_assert_false (kaf_told_can_read (relay, conflict, stands));
  g_assert_true (kaf_told_can_read (relay | KAF_CLASS_PRIVATE, conflict, stands));
  /* Of a facet as well: who reads nothing is told nothing. */
  kaf_record_set (conflict, "stands", "{\"expert.biography_fr\":\"Soins\"}");
  g_assert_true (kaf_told_can_read (KAF_CLASS_ALL, conflict, stands));
  g_assert_false (kaf_told_can_read (0, conflict, stands));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub-take/delete/by-number", test_by_number);
  g_test_add_func ("/hub-take/delete/unseen", test_unseen);
  g_test_add_func ("/hub-take/delete/unseen-facet", test_unseen_facet);
  g_test_add_func ("/hub-take/delete/unseen-own", test_unseen_own);
  g_test_add_func ("/hub-take/delete/never-told", test_never_told);
  g_test_add_func ("/hub-take/create-again", test_create_again);
  g_test_add_func ("/hub-take/told", test_told);
  g_test_add_func ("/hub-take/unit-of-older", test_unit_of_older);
  return g_test_run ();
}
