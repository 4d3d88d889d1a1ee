/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agreement between organisations: a framework, one specific to a network, an amendment of either.
 *
 * Its state is nowhere written: rules/convention reads it from the dates and acts here. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"
#include "schema/entities/kaf-common-rules.h"

static const KafChoice kinds[] = {
  { "framework", N_ ("Framework"), NULL },
  { "specific", N_ ("Specific"), NULL },
  { "amendment", N_ ("Amendment"), NULL },
  { NULL },
};

static const KafChoice changes[] = {
  { "end", N_ ("The term"), NULL },           { "parties", N_ ("The parties"), NULL },
  { "duties", N_ ("The commitments"), NULL }, { "object", N_ ("The object"), NULL },
  { "domains", N_ ("The domains"), NULL },    { NULL },
};

static const KafSection sections[] = {
  { "convention", N_ ("Convention") },
  { "convention_ar", N_ ("In Arabic") },
  { "parties", N_ ("Parties") },
  { "signature", N_ ("Signature and term") },
  { "end", N_ ("End before term") },
  { "content", N_ ("Content") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "convention",
    .since = 3,
    .flags = KAF_FIELD_NAME,
    .list_width = 36 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "convention_ar",
    .since = 3,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "convention",
    .since = 3,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 12 },
  { .id = "parent",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Within or amends"),
    .hint =
        N_ ("The framework of a specific convention; the convention that an amendment changes."),
    .section = "convention",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "convention",
    .list_width = 24 },
  { .id = "number",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Number on the paper"),
    .section = "convention",
    .since = 3,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 12 },
  { .id = "programme",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Programme"),
    .section = "convention",
    .since = 3,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "programme",
    .list_width = 16 },
  { .id = "changes",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("What it changes"),
    .hint = N_ ("For an amendment: only what is ticked here changes."),
    .section = "convention",
    .since = 3,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY,
    .choices = changes,
    .shown_if = "kind=amendment" },
  { .id = "parties",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Parties"),
    .hint = N_ ("Of an amendment: the parties that it adds."),
    .section = "parties",
    .since = 3,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER,
    .target = "organisation",
    .list_width = 24 },
  { .id = "parties_left",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Parties that leave"),
    .hint = N_ ("By an amendment alone."),
    .section = "parties",
    .since = 3,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY,
    .target = "organisation",
    .shown_if = "kind=amendment" },
  { .id = "negotiated_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("In negotiation since"),
    .section = "signature",
    .since = 3,
    .list_width = 12 },
  { .id = "signed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Signed on"),
    .section = "signature",
    .since = 3,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "place",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Signed at"),
    .section = "signature",
    .since = 3,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 16 },
  { .id = "effective_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("In force from"),
    .hint = N_ ("Empty: from its signature."),
    .section = "signature",
    .since = 3,
    .flags = KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "ends_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("In force until"),
    .section = "signature",
    .since = 3,
    .flags = KAF_FIELD_INDEX,
    .unit = "term",
    .list_width = 12 },
  { .id = "open_ended",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("For an indefinite term"),
    .hint = N_ (
        "Only where the paper says so; where it says nothing, leave both empty: the term is unknown."),
    .section = "signature",
    .since = 3,
    .unit = "term" },
  { .id = "tacit_renewal",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("Renewed tacitly"),
    .section = "signature",
    .since = 3,
    .unit = "term" },
  { .id = "renewal_months",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Renewed for, in months"),
    .section = "signature",
    .since = 3,
    .unit = "term",
    .min = 1,
    .max = 1200 },
  { .id = "notice_days",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Notice, in days"),
    .section = "signature",
    .since = 3,
    .unit = "term",
    .min = 0,
    .max = 3660 },
  { .id = "terminated_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Ended on"),
    .section = "end",
    .since = 3,
    .unit = "end" },
  { .id = "termination_reason",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Reason"),
    .section = "end",
    .since = 3,
    .unit = "end" },
  { .id = "object_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Object"),
    .section = "content",
    .since = 3,
    .flags = KAF_FIELD_SEARCH },
  { .id = "object_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Object in Arabic"),
    .section = "convention_ar",
    .since = 3,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "domains",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Domains"),
    .section = "content",
    .since = 3,
    .merge = KAF_MERGE_ADD_WINS,
    .flags = KAF_FIELD_MANY | KAF_FIELD_INDEX | KAF_FIELD_FILTER | KAF_FIELD_SEARCH,
    .target = "domain",
    .list_width = 20 },
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .hint = N_ ("Where these facts come from, when the paper itself is not at hand."),
    .section = "content",
    .since = 3 },
  { .id = "notes",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Notes"),
    .section = "content",
    .since = 3,
    .klass = KAF_CLASS_PRIVATE },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

static gboolean
fail (const char *where, const char **field, const char *sentence, GError **error)
{
  *field = where;
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE, sentence);
  return FALSE;
}

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  const char *kind = get ("kind", data);
  gboolean amends = g_strcmp0 (kind, "amendment") == 0;
  const char *open_ended = get ("open_ended", data);

  if (!kaf_common_validate_title (get, data, field, error))
    return FALSE;
  if (amends && get ("parent", data) == NULL)
    return fail ("parent", field, N_ ("Say which convention this amendment changes."), error);
  if (!amends && get ("parties_left", data) != NULL)
    return fail ("parties_left", field, N_ ("Only an amendment lets a party leave."), error);
  if (!amends && get ("changes", data) != NULL)
    return fail ("changes", field, N_ ("Only an amendment changes another convention."), error);
  if (get ("ends_on", data) != NULL && g_strcmp0 (open_ended, "1") == 0)
    return fail ("open_ended", field,
                 N_ ("It has an end or an indefinite term, not both: clear one of them."), error);
  if (!kaf_common_validate_order (get, data, "negotiated_on", "signed_on", field, error) ||
      !kaf_common_validate_order (get, data, "signed_on", "ends_on", field, error) ||
      !kaf_common_validate_order (get, data, "signed_on", "terminated_on", field, error))
    return FALSE;
  return kaf_common_validate_order (get, data, "effective_on", "ends_on", field, error);
}

const KafEntity kaf_entity_convention = {
  .id = "convention",
  .prefix = "CON",
  .label = N_ ("Convention"),
  .plural = N_ ("Conventions"),
  .since = 3,
  .flags = KAF_ENTITY_SEARCHED | KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
