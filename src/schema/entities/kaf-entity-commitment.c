/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a party of a convention is to do, once or again and again, and who answers for it.
 *
 * Its state is nowhere written: rules/convention reads it from what was done and from the day. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"
#include "schema/entities/kaf-common-rules.h"

static const KafChoice recurrences[] = {
  { "monthly", N_ ("Every month"), NULL },
  { "quarterly", N_ ("Every quarter"), NULL },
  { "half_yearly", N_ ("Every half-year"), NULL },
  { "yearly", N_ ("Every year"), NULL },
  { "each_mission", N_ ("At each mission"), NULL },
  { "each_session", N_ ("At each session"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "commitment", N_ ("Commitment") },
  { "due", N_ ("Due") },
  { "follow_up", N_ ("Follow-up") },
  { "waiver", N_ ("Lifted") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "convention",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Convention"),
    .section = "commitment",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT | KAF_FIELD_FILTER,
    .target = "convention",
    .list_width = 24 },
  { .id = "party",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Party"),
    .section = "commitment",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "organisation",
    .list_width = 18 },
  { .id = "text_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Commitment"),
    .section = "commitment",
    .since = 3,
    .flags = KAF_FIELD_NAME,
    .list_width = 40 },
  { .id = "text_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Commitment in Arabic"),
    .section = "commitment",
    .since = 3,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 36 },
  { .id = "replaces",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Replaces"),
    .hint = N_ ("The commitment that an amendment changes by this one."),
    .section = "commitment",
    .since = 3,
    .flags = KAF_FIELD_INDEX,
    .target = "commitment" },
  { .id = "due_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Due on"),
    .hint = N_ ("The first time, when it comes back."),
    .section = "due",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .unit = "due",
    .list_width = 12 },
  { .id = "recurrence",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Comes back"),
    .section = "due",
    .since = 3,
    .flags = KAF_FIELD_FILTER,
    .choices = recurrences,
    .unit = "due",
    .list_width = 14 },
  { .id = "recurs_until",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Until"),
    .section = "due",
    .since = 3,
    .unit = "due" },
  { .id = "quantity",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("How many"),
    .section = "due",
    .since = 3,
    .unit = "quantity",
    .min = 1,
    .max = 100000000 },
  { .id = "quantity_of",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Of what"),
    .hint = N_ ("What the number counts: trainees, modules, experts."),
    .section = "due",
    .since = 3,
    .unit = "quantity" },
  { .id = "responsible",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person responsible"),
    .section = "follow_up",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "person",
    .list_width = 20 },
  { .id = "followed_by",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Who of us follows it"),
    .section = "follow_up",
    .since = 3,
    .flags = KAF_FIELD_INDEX,
    .list_width = 16 },
  { .id = "waived_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Lifted on"),
    .section = "waiver",
    .since = 3,
    .unit = "waiver" },
  { .id = "waived_reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "waiver",
    .since = 3,
    .unit = "waiver" },
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "follow_up",
    .since = 3 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "text_fr", NULL };
static const char *const title_ar[] = { "text_ar", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  const char *again = get ("recurrence", data);
  gboolean by_calendar = again != NULL && !g_str_has_prefix (again, "each_");

  if (get ("text_fr", data) == NULL && get ("text_ar", data) == NULL)
    {
      *field = "text_fr";
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                           N_ ("Say what is to be done, in French or in Arabic."));
      return FALSE;
    }
  if (by_calendar && get ("due_on", data) == NULL)
    {
      *field = "due_on";
      g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                           N_ ("What comes back needs the day of its first time."));
      return FALSE;
    }
  return kaf_common_validate_order (get, data, "due_on", "recurs_until", field, error);
}

const KafEntity kaf_entity_commitment = {
  .id = "commitment",
  .prefix = "ENG",
  .label = N_ ("Commitment"),
  .plural = N_ ("Commitments"),
  .since = 3,
  .flags = KAF_ENTITY_SEARCHED | KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
