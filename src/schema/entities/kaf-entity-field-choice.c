/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several records that are one lends its value to what is shown. The latest counts, until that field of one
 * of them is edited. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-entities.h"

#define ONE(field_id, field_label, entity)                                                         \
  {                                                                                                \
    .id = field_id, .kind = KAF_KIND_REFERENCE, .label = field_label, .section = "choice",         \
    .since = 7, .merge = KAF_MERGE_APPEND_ONLY, .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,       \
    .target = entity, .list_width = 24                                                             \
  }

#define WORD(field_id, field_label)                                                                \
  {                                                                                                \
    .id = field_id, .kind = KAF_KIND_TEXT, .label = field_label, .section = "choice", .since = 7,  \
    .merge = KAF_MERGE_APPEND_ONLY, .flags = KAF_FIELD_REQUIRED, .list_width = 16                  \
  }

static const KafSection sections[] = {
  { "choice", N_ ("Value chosen") },
  { NULL },
};

/* The second of a kind is whose value shows: it may be the first itself. */
static const KafField fields[] = {
  ONE ("person", N_ ("Person"), "person"),
  ONE ("other_person", N_ ("Value of"), "person"),
  ONE ("organisation", N_ ("Organisation"), "organisation"),
  ONE ("other_organisation", N_ ("Value of"), "organisation"),
  WORD ("part", N_ ("Part of the file")), /* id of the entity: a facet, or the record itself */
  WORD ("field", N_ ("Information")),
  /* A choice that was undone: another says so, and names the same records again. */
  { .id = "revokes",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Takes back"),
    .section = "choice",
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX,
    .target = "field_choice" },
  { NULL },
};

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  gboolean persons = get ("person", data) != NULL && get ("other_person", data) != NULL;
  gboolean organisations =
      get ("organisation", data) != NULL && get ("other_organisation", data) != NULL;

  if (persons != organisations)
    return TRUE;
  *field = "other_person";
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED, "two records of a kind");
  return FALSE;
}

const KafEntity kaf_entity_field_choice = {
  .id = "field_choice",
  .label = N_ ("Value chosen"),
  .plural = N_ ("Values chosen"),
  .since = 7,
  .flags = KAF_ENTITY_APPEND_ONLY | KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .validate = validate,
};
