/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of operations: the line as it is, and the operations in a line whose hash is right. What is taken can be written
 * and taken again; of what is stripped, nothing of the record is left; and a record as the hub keeps it is the same
 * when it was written and read. The first byte chooses among the three. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "sync/kaf-hub-record.h"
#include "sync/kaf-op-group.h"
#include "sync/kaf-operation.h"
#include "sync/kaf-wire.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_line (const char *line, gsize size)
{
  g_autoptr (KafOpGroup) group = kaf_op_group_parse (line, size, NULL);
  g_autoptr (KafOpGroup) again = NULL;
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  if (group == NULL)
    return;
  kaf_op_group_print (group, first);
  again = kaf_op_group_parse (first->str, first->len, NULL);
  g_assert_nonnull (again);
  kaf_op_group_print (again, second);
  g_assert_true (g_string_equal (first, second));
}

static void
print_again (const KafOperation *op, GString *out)
{
  g_string_append_c (out, out->len > 1 ? ',' : '[');
  if (op->kind == KAF_CHANGE_UPDATE)
    kaf_operation_print (op->kind, op->before, op->after, NULL, op->unseen, out);
  else
    kaf_operation_print (op->kind, NULL, op->after, NULL, op->unseen, out);
}

/* What they say is said by what is written of them. */
static void
check_operations (GPtrArray *operations)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  g_autoptr (GPtrArray) again = NULL;

  if (operations->len == 0)
    return;
  for (guint i = 0; i < operations->len; i++)
    print_again (g_ptr_array_index (operations, i), first);
  g_string_append_c (first, ']');
  again = kaf_operation_parse (first->str, first->len, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, operations->len);
  for (guint i = 0; i < again->len; i++)
    print_again (g_ptr_array_index (again, i), second);
  g_string_append_c (second, ']');
  g_assert_true (g_string_equal (first, second));
}

static void
check_strip (const char *payload, const char *id)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *rest = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_hash_table_add (ids, (char *) id);
  rest = kaf_operation_strip (payload, ids);
  g_assert_true (kaf_wire_check (rest, strlen (rest), NULL));
  left = kaf_operation_parse (rest, strlen (rest), NULL);
  g_assert_nonnull (left);
  for (guint i = 0; i < left->len; i++)
    g_assert_cmpstr (kaf_operation_get_id (g_ptr_array_index (left, i)), !=, id);
}

static void
check_payload (const char *payload, gsize size)
{
  g_autoptr (GPtrArray) operations = kaf_operation_parse (payload, size, NULL);
  g_autofree char *text = g_strndup (payload, size);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *list;
  g_autoptr (GString) line = g_string_new (NULL);
  KafOpGroup group = {
    .device = 1, .dseq = 1, .batch = (char *) "b", .schema = 1, .payload = text
  };

  if (operations == NULL)
    return;
  check_operations (operations);
  if (operations->len > 0)
    {
      const char *id = kaf_operation_get_id (g_ptr_array_index (operations, 0));
      g_autoptr (GPtrArray) of_it = kaf_operation_parse_record (text, id, NULL);

      g_assert_nonnull (of_it);
      check_strip (text, id);
    }
  list = kaf_wire_parse (payload, size, parts, NULL);
  g_assert_nonnull (list);
  if (list->n == 0 || list->n > KAF_OP_GROUP_MAX_OPS)
    return;
  group.n_ops = list->n;
  kaf_op_group_hash_payload (group.salt, sizeof group.salt, text, group.payload_hash);
  kaf_op_group_print (&group, line);
  check_line (line->str, line->len);
}

static void
check_kept (const char *json, gsize size)
{
  const KafEntity *root = kaf_registry_find ("person");
  g_autoptr (KafHubRecord) record = kaf_hub_record_parse (root, "x", 1, json, size, NULL);
  g_autoptr (KafHubRecord) again = NULL;
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  if (record == NULL)
    return;
  kaf_hub_record_print (record, first);
  again = kaf_hub_record_parse (root, "x", 1, first->str, first->len, NULL);
  g_assert_nonnull (again);
  kaf_hub_record_print (again, second);
  g_assert_true (g_string_equal (first, second));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static void (*const checks[]) (const char *, gsize) = { check_line, check_payload, check_kept };

  if (size > 0)
    checks[data[0] % G_N_ELEMENTS (checks)]((const char *) data + 1, size - 1);
  return 0;
}
