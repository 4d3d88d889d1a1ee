/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/segment/kaf-askable.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-derived.h"
#include "schema/kaf-registry.h"

static gboolean
is_askable (const KafField *field, guint role_reads)
{
  return !kaf_field_has (field, KAF_FIELD_HIDDEN) && field->kind != KAF_KIND_ATTACHMENT &&
         (kaf_field_get_class (field) & role_reads) != 0;
}

static void
add_fields (GPtrArray *fields, const KafField *field, guint role_reads)
{
  for (; field != NULL && field->id != NULL; field++)
    if (is_askable (field, role_reads))
      g_ptr_array_add (fields, (gpointer) field);
}

GPtrArray *
kaf_askable_fields (const KafEntity *entity, guint role_reads)
{
  GPtrArray *fields = g_ptr_array_new ();
  const KafEntity *root = kaf_entity_get_root (entity);

  add_fields (fields, kaf_derived_fields (entity), role_reads);
  add_fields (fields, entity->fields, role_reads);
  if (root != entity)
    add_fields (fields, root->fields, role_reads);
  return fields;
}

char *
kaf_askable_group (const KafEntity *entity, const KafField *field)
{
  const KafEntity *holder = entity;

  if (kaf_field_is_derived (field))
    return g_strdup (_ (entity->label));
  if (kaf_entity_find_field (entity, field->id) != field)
    holder = kaf_entity_get_root (entity);
  for (const KafSection *section = holder->sections; section != NULL && section->id != NULL;
       section++)
    if (g_strcmp0 (section->id, field->section) == 0)
      /* Translators: a kind of record, then a section of it: "Person – Contact details". */
      return g_strdup_printf (C_ ("conditions", "%s – %s"), _ (holder->label), _ (section->label));
  return g_strdup (_ (holder->label));
}

/* What the program keeps for itself tells nobody anything. */
static gboolean
is_of_office (const KafLink *link)
{
  return kaf_entity_has (link->entity, KAF_ENTITY_LOCAL_OFFICE) &&
         !g_str_equal (link->entity->id, "segment_member");
}

GPtrArray *
kaf_askable_links (const KafEntity *entity, guint role_reads)
{
  GPtrArray *links = kaf_links_of (entity);

  for (guint i = links->len; i-- > 0;)
    {
      const KafLink *link = g_ptr_array_index (links, i);

      if (is_of_office (link) ||
          (link->field != NULL && (kaf_field_get_class (link->field) & role_reads) == 0))
        g_ptr_array_remove_index (links, i);
    }
  return links;
}

const KafOp *
kaf_askable_ops (const KafField *field)
{
  static const KafOp choice[] = { KAF_OP_ANY_OF, KAF_OP_NONE_OF, KAF_OP_SET, KAF_OP_UNSET,
                                  KAF_N_OPS };
  static const KafOp date[] = { KAF_OP_LAST_DAYS, KAF_OP_BEFORE_DAYS, KAF_OP_NEXT_DAYS,
                                KAF_OP_AT_LEAST,  KAF_OP_AT_MOST,     KAF_OP_SET,
                                KAF_OP_UNSET,     KAF_N_OPS };
  static const KafOp number[] = { KAF_OP_AT_LEAST, KAF_OP_AT_MOST, KAF_OP_ANY_OF,
                                  KAF_OP_SET,      KAF_OP_UNSET,   KAF_N_OPS };
  static const KafOp text[] = { KAF_OP_CONTAINS, KAF_OP_ANY_OF, KAF_OP_SET, KAF_OP_UNSET,
                                KAF_N_OPS };

  switch (field->kind)
    {
    case KAF_KIND_CHOICE:
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_BOOLEAN:
      return choice;
    case KAF_KIND_DATE:
    case KAF_KIND_PARTIAL_DATE:
      return date;
    case KAF_KIND_INTEGER:
    case KAF_KIND_MONEY:
      return number;
    default:
      return text;
    }
}

const char *
kaf_askable_op_label (const KafField *field, KafOp op)
{
  gboolean date = field->kind == KAF_KIND_DATE || field->kind == KAF_KIND_PARTIAL_DATE;

  switch (op)
    {
    case KAF_OP_ANY_OF:
      return C_ ("operator", "is");
    case KAF_OP_NONE_OF:
      return C_ ("operator", "is not");
    case KAF_OP_AT_LEAST:
      return date ? C_ ("operator", "from") : C_ ("operator", "at least");
    case KAF_OP_AT_MOST:
      return date ? C_ ("operator", "until") : C_ ("operator", "at most");
    case KAF_OP_CONTAINS:
      return C_ ("operator", "contains");
    case KAF_OP_SET:
      return C_ ("operator", "is known");
    case KAF_OP_UNSET:
      return C_ ("operator", "is unknown");
    case KAF_OP_LAST_DAYS:
      return C_ ("operator", "in the last days:");
    case KAF_OP_NEXT_DAYS:
      return C_ ("operator", "in the next days:");
    default:
      return C_ ("operator", "more days ago than:");
    }
}
