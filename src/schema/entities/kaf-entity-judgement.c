/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody judged of two records: that they are one, that they are not, that it cannot be said yet. It is never
 * changed: to think better of it is a further one, that revokes it. What follows: match/kaf-judgements.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-entities.h"

#define ONE(field_id, field_label, entity)                                                         \
  {                                                                                                \
    .id = field_id, .kind = KAF_KIND_REFERENCE, .label = field_label, .section = "judgement",      \
    .since = 7, .merge = KAF_MERGE_APPEND_ONLY, .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,       \
    .target = entity, .list_width = 24                                                             \
  }

static const KafChoice verdicts[] = {
  { "same", N_ ("The same"), "success" },
  { "different", N_ ("Not the same"), "warning" },
  { "unsure", N_ ("To be seen later"), NULL },
  { "revoke", N_ ("Taken back"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "judgement", N_ ("Judgement") },
  { NULL },
};

static const KafField fields[] = {
  ONE ("person", N_ ("Person"), "person"),
  ONE ("other_person", N_ ("Other person"), "person"),
  ONE ("organisation", N_ ("Organisation"), "organisation"),
  ONE ("other_organisation", N_ ("Other organisation"), "organisation"),
  { .id = "verdict",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Judgement"),
    .section = "judgement",
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .choices = verdicts,
    .list_width = 14 },
  /* The records of the judgement that is taken back are named again: what concerns them is found by them. */
  { .id = "revokes",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Takes back"),
    .section = "judgement",
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_INDEX,
    .target = "judgement" },
  { .id = "reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "judgement",
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 30 },
  { .id = "likelihood",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Likelihood (‰)"),
    .section = "judgement",
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .list_width = 8,
    .max = 1000 },
  { .id = "engine",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Version of the comparison"),
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_HIDDEN },
  /* Codes of what spoke for and against, no values: what was true on that day, to be read later. */
  { .id = "evidence",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Evidence"),
    .since = 7,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_HIDDEN },
  { NULL },
};

static gboolean
are_two (const char *a, const char *b)
{
  return a != NULL && b != NULL && !g_str_equal (a, b);
}

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  gboolean persons = are_two (get ("person", data), get ("other_person", data));
  gboolean organisations = are_two (get ("organisation", data), get ("other_organisation", data));
  gboolean revokes = g_strcmp0 (get ("verdict", data), "revoke") == 0;

  if (persons == organisations)
    {
      *field = "other_person";
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                   "two records of a kind");
      return FALSE;
    }
  if (revokes != (get ("revokes", data) != NULL))
    {
      *field = "revokes";
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                   "what it takes back");
      return FALSE;
    }
  return TRUE;
}

const KafEntity kaf_entity_judgement = {
  .id = "judgement",
  .label = N_ ("Judgement"),
  .plural = N_ ("Judgements"),
  .since = 7,
  .flags = KAF_ENTITY_APPEND_ONLY | KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .validate = validate,
};
