/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-group.h"

#include <string.h>

#include "base/kaf-discard.h"
#include "base/kaf-utf8.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"

/* Bytes; no id of ours has more than 40. */
#define ID_MAX 200

/* Operations. */
#define LARGE 100

/* Before anything looks closer: what a device sends must not cost more than it is worth. */
static gboolean
is_measured (const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  if (strlen (kaf_operation_get_id (op)) > ID_MAX)
    return FALSE;
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    if (kaf_field_is_many (&entity->fields[i]) &&
        (kaf_set_length (kaf_record_get_at (op->before, i)) > KAF_SET_MAX ||
         kaf_set_length (kaf_record_get_at (op->after, i)) > KAF_SET_MAX))
      return FALSE;
  return TRUE;
}

/* Text that no program of ours writes: what a terminal would obey. @clean: as it would have been kept. */
static gboolean
has_controls (const KafField *field, const char *value, const char *clean)
{
  return (field->kind == KAF_KIND_TEXT || field->kind == KAF_KIND_LONG_TEXT) &&
         !kaf_field_is_many (field) && kaf_text_has_controls (value) &&
         g_strcmp0 (value, clean) != 0;
}

static const char *
find_wrong (const KafOperation *op, const KafRecord *standing)
{
  const KafEntity *entity = kaf_operation_get_entity (op);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *value = kaf_record_get_at (op->after, i);
      g_autofree char *clean = NULL;

      if (kaf_operation_writes (op, i, standing) && value != NULL &&
          (!kaf_value_check (&entity->fields[i], value, &clean, NULL) ||
           has_controls (&entity->fields[i], value, clean)))
        return kaf_operation_name_field (op, i);
    }
  return NULL;
}

void
kaf_hub_values_judge (KafHubValues *self, const KafOperation *op, const KafRecord *standing)
{
  self->measured = is_measured (op);
  self->wrong = self->measured ? find_wrong (op, standing) : NULL;
}

static void
read_operations (KafHubGroup *self)
{
  GPtrArray *operations =
      kaf_operation_parse (self->group->payload, strlen (self->group->payload), NULL);

  self->operations = operations;
  self->values = operations != NULL ? g_new0 (KafHubValues, operations->len) : NULL;
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    kaf_hub_values_judge (&self->values[i], g_ptr_array_index (operations, i), NULL);
}

KafHubGroup *
kaf_hub_group_read (const char *line, gsize size, gint64 after)
{
  KafHubGroup *self = g_new0 (KafHubGroup, 1);
  g_autoptr (GError) local = NULL;
  g_autoptr (KafOpGroup) group = kaf_op_group_parse (line, size, &local);

  if (group == NULL)
    g_set_error_literal (&self->error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST, local->message);
  else if (group->schema > KAF_SCHEMA_VERSION)
    g_set_error (&self->error, KAF_HUB_ERROR, KAF_HUB_ERROR_VERSION, "schema %" G_GINT64_FORMAT,
                 group->schema);
  else
    {
      self->group = g_steal_pointer (&group);
      if (self->group->dseq > after)
        read_operations (self);
    }
  return self;
}

void
kaf_hub_group_free (KafHubGroup *self)
{
  g_clear_pointer (&self->group, kaf_op_group_free);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  g_free (self->values);
  g_clear_error (&self->error);
  g_free (self);
}

void
kaf_hub_group_discard (KafHubGroup *self)
{
  if (self->operations != NULL && self->operations->len >= LARGE)
    kaf_discard (self, (GDestroyNotify) kaf_hub_group_free);
  else
    kaf_hub_group_free (self);
}
