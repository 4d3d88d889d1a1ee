/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group comes back from its line as it was, and nothing else does. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-operation.h"

#define PAYLOAD                                                                                    \
  "[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"x\"},{\"o\":\"restore\",\"e\":\"person\",\"i\":\"é\"}]"

static KafOpGroup *
make_group (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  KafOpGroup *group = g_new0 (KafOpGroup, 1);
  gsize size = sizeof group->payload_hash;

  group->device = G_GUINT64_CONSTANT (0x00ff00000000abcd);
  group->dseq = 12;
  group->batch = g_strdup ("0192-batch");
  group->at = G_GINT64_CONSTANT (1790000000000000);
  group->author = g_strdup ("N. \"Alaoui\"\n\\ نورة");
  group->clock = kaf_hlc_make (1790000000000, 4, group->device);
  group->schema = 3;
  group->n_ops = 2;
  group->saw = 99;
  memset (group->prev_hash, 0xa5, sizeof group->prev_hash);
  memset (group->salt, 0x5a, sizeof group->salt);
  group->payload = g_strdup (PAYLOAD);
  g_checksum_update (checksum, group->salt, sizeof group->salt);
  g_checksum_update (checksum, (const guchar *) group->payload, strlen (group->payload));
  g_checksum_get_digest (checksum, group->payload_hash, &size);
  return group;
}

static char *
make_line (void)
{
  g_autoptr (KafOpGroup) group = make_group ();
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_op_group_print (group, line);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
test_round (void)
{
  g_autoptr (KafOpGroup) group = make_group ();
  g_autofree char *line = make_line ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KafOpGroup) read = kaf_op_group_parse (line, strlen (line), &error);

  g_assert_no_error (error);
  g_assert_cmphex (read->device, ==, group->device);
  g_assert_cmpint (read->dseq, ==, 12);
  g_assert_cmpstr (read->batch, ==, group->batch);
  g_assert_cmpint (read->at, ==, group->at);
  g_assert_cmpstr (read->author, ==, group->author);
  g_assert_cmpint (kaf_hlc_compare (&read->clock, &group->clock), ==, 0);
  g_assert_cmpint (read->schema, ==, 3);
  g_assert_cmpuint (read->n_ops, ==, 2);
  g_assert_cmpint (read->saw, ==, 99);
  g_assert_cmpmem (read->prev_hash, 32, group->prev_hash, 32);
  g_assert_cmpmem (read->payload_hash, 32, group->payload_hash, 32);
  g_assert_cmpmem (read->salt, 16, group->salt, 16);
  g_assert_cmpstr (read->payload, ==, PAYLOAD);
  g_assert_cmpuint (strchr (line, '\n') - line, ==, strlen (line) - 1);
}

/* The line with one text in place of another. */
static KafOpGroup *
read_changed (const char *from, const char *to, GError **error)
{
  g_autofree char *line = make_line ();
  g_autoptr (GString) changed = g_string_new (line);

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  return kaf_op_group_parse (changed->str, changed->len, error);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *from, *to;
    int code;
  } cases[] = {
    { "\"dseq\":12", "\"dseq\":0", KAF_SYNC_ERROR_MEMBER },
    { "\"dseq\":12", "\"dseq\":\"12\"", KAF_SYNC_ERROR_MEMBER },
    { "\"dseq\":12", "\"dseq\":12345678901234567890", KAF_SYNC_ERROR_NUMBER },
    { "\"dseq\":12,", "", KAF_SYNC_ERROR_MEMBER },
    { "\"dseq\":12", "\"dseq\":12,\"dseq\":12", KAF_SYNC_ERROR_DUPLICATE_KEY },
    { "00ff00000000abcd", "00ff00000000abc", KAF_SYNC_ERROR_MEMBER },
    { "00ff00000000abcd", "00FF00000000abcd", KAF_SYNC_ERROR_MEMBER },
    { "00ff00000000abcd", "00ff00000000abcg", KAF_SYNC_ERROR_MEMBER },
    { "0192-batch", "", KAF_SYNC_ERROR_MEMBER },
    { "\"0192-batch\"", "null", KAF_SYNC_ERROR_MEMBER },
    { "\"n\":2", "\"n\":3", KAF_SYNC_ERROR_MEMBER },
    { "\"n\":2", "\"n\":501", KAF_SYNC_ERROR_MEMBER },
    { "\"i\":\"x\"", "\"i\":\"y\"", KAF_SYNC_ERROR_MEMBER },
    { "\"i\":\"x\"", "\"i\":\"\\u0000\"", KAF_SYNC_ERROR_STRING },
    { "[{\"o\"", "[[[[[[[[[[[[[[[[[[{\"o\"", KAF_SYNC_ERROR_TOO_DEEP },
    { "\"saw\":99", "\"saw\":-1", KAF_SYNC_ERROR_MEMBER },
    { "}\n", "\n", KAF_SYNC_ERROR_GRAMMAR },
    { "{\"device\"", "[{\"device\"", KAF_SYNC_ERROR_GRAMMAR },
    { "\"dev", "\"\\u0064ev", KAF_SYNC_ERROR_MEMBER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].from);
      g_assert_null (read_changed (cases[i].from, cases[i].to, &error));
      g_assert_error (error, KAF_SYNC_ERROR, cases[i].code);
    }
}

/* What a newer peer says more, blanks, and no author. */
static void
test_borne (void)
{
  g_autoptr (KafOpGroup) more =
      read_changed ("\"n\":2", "\"n\" : 2 ,\"new\":{\"a\":[{}],\"b\":{}}", NULL);
  g_autoptr (KafOpGroup) nobody = read_changed ("\"N. \\\"Alaoui\\\"\\n\\\\ نورة\"", "null", NULL);

  g_assert_nonnull (more);
  g_assert_cmpstr (more->payload, ==, PAYLOAD);
  g_assert_nonnull (nobody);
  g_assert_null (nobody->author);
}

/* No byte may change without being noticed, or without changing what is read. */
static void
test_mutations (void)
{
  g_autoptr (KafRandom) random = kaf_random_new_seeded (3);
  g_autofree char *line = make_line ();
  gsize size = strlen (line);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *changed = g_strdup (line);
      gsize at = kaf_random_below (random, size);
      g_autoptr (KafOpGroup) group = NULL;

      changed[at] = (char) kaf_random_below (random, 256);
      group = kaf_op_group_parse (changed, size, NULL);
      if (group != NULL)
        g_assert_cmpstr (group->payload, ==, PAYLOAD);
    }
}

/* Names of what an author was not told, as many as a payload has room for, are read once each. */
static void
test_many_unseen (void)
{
  g_autoptr (GString) text = g_string_new ("[{\"o\":\"update\",\"e\":\"person\",\"i\":\"x\","
                                           "\"f\":{\"notes\":[null,\"a\"]},\"u\":[\"notes\"");
  g_autoptr (GPtrArray) operations = NULL;
  gint64 start;

  for (guint i = 0; i < 400000; i++)
    g_string_append (text, i % 2 == 0 ? ",\"notes\"" : ",\"none\"");
  g_string_append (text, "]}]");
  g_assert_cmpuint (text->len, <, KAF_OP_GROUP_MAX_BYTES);
  start = g_get_monotonic_time ();
  operations = kaf_operation_parse (text->str, text->len, NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  g_assert_nonnull (operations);
  g_assert_cmpuint (((KafOperation *) g_ptr_array_index (operations, 0))->unseen->len, ==, 1);
}

static void
assert_unseen (const KafOperation *op, guint at, const char *entity, const char *field)
{
  const KafUnseen *one = &g_array_index (op->unseen, KafUnseen, at);

  g_assert_cmpstr (one->entity->id, ==, entity);
  g_assert_cmpstr (one->entity->fields[one->field].id, ==, field);
  g_assert_true (kaf_operation_is_unseen (op, one->entity, one->field));
}

/* What goes with a record was not told by the fields of a facet either. Names that are none here are left out. */
static void
test_unseen_facet (void)
{
  static const char text[] = "[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"x\","
                             "\"u\":[\"notes\",\"expert.years\"]}]";
  static const char more[] =
      "[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"x\",\"u\":[\"notes\",\"network.label\",\"none.years\","
      "\"person.notes\",\"expert.\",\".years\",\"expert.years\",\"expert.none\",\"expert.years\"]}]";
  static const char wrong[] =
      "[{\"o\":\"delete\",\"e\":\"person\",\"i\":\"x\",\"u\":[\"notes\",7]}]";
  g_autoptr (GPtrArray) operations = kaf_operation_parse (more, strlen (more), NULL);
  g_autoptr (GString) printed = g_string_new ("[");
  g_autoptr (GError) error = NULL;
  const KafOperation *op;

  g_assert_nonnull (operations);
  op = g_ptr_array_index (operations, 0);
  g_assert_cmpuint (op->unseen->len, ==, 2);
  assert_unseen (op, 0, "person", "notes");
  assert_unseen (op, 1, "expert", "years");
  kaf_operation_print (op->kind, NULL, op->after, NULL, op->unseen, printed);
  g_string_append_c (printed, ']');
  g_assert_cmpstr (printed->str, ==, text);
  g_assert_null (kaf_operation_parse (wrong, strlen (wrong), &error));
  g_assert_error (error, KAF_SYNC_ERROR, KAF_SYNC_ERROR_MEMBER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/op-group/round", test_round);
  g_test_add_func ("/op-group/refused", test_refused);
  g_test_add_func ("/op-group/borne", test_borne);
  g_test_add_func ("/op-group/mutations", test_mutations);
  g_test_add_func ("/op-group/many-unseen", test_many_unseen);
  g_test_add_func ("/op-group/unseen-facet", test_unseen_facet);
  return g_test_run ();
}
