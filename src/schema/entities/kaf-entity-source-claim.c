/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where values come from: what a source says of one field of a record, or, as a list of another office does, of several
 * that are as open as one another (schema/kaf-said.h). What it said is written once: what it says later is another claim. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice confidences[] = {
  { "high", N_ ("High"), "success" },
  { "medium", N_ ("Medium"), NULL },
  { "low", N_ ("Low"), "warning" },
  { NULL },
};

/* In the order in which they are believed, where several say otherwise. */
static const KafChoice origins[] = {
  { "declared", N_ ("Stated by the person"), NULL }, { "consulate", N_ ("Consular post"), NULL },
  { "administration", N_ ("Administration"), NULL }, { "network", N_ ("Network"), NULL },
  { "watch", N_ ("Watch of public sources"), NULL }, { NULL },
};

static const KafSection sections[] = {
  { "claim", N_ ("Source") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "claim",
    .since = 1,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person" },
  { .id = "field",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Information"),
    .hint = N_ ("As the form of the record calls it: City, Employer."),
    .section = "claim",
    .since = 1,
    .flags = KAF_FIELD_FIELDS,
    .shown_if = "about=",
    .list_width = 16 },
  { .id = "value",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Value"),
    .section = "claim",
    .since = 1,
    .klass = KAF_CLASS_PRIVATE,
    .flags = KAF_FIELD_POINT,
    .shown_if = "about=",
    .list_width = 20 },
  { .id = "source",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Source"),
    .section = "claim",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 20 },
  { .id = "claimed_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Date"),
    .section = "claim",
    .since = 1,
    .list_width = 12 },
  { .id = "confidence",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Confidence"),
    .section = "claim",
    .since = 1,
    .choices = confidences,
    .list_width = 10 },
  KAF_ORIGIN_FIELDS,
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "claim",
    .since = 7,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation" },
  { .id = "origin",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind of source"),
    .section = "claim",
    .since = 7,
    .choices = origins,
    .list_width = 14 },
  { .id = "about",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Information"),
    .since = 8,
    .merge = KAF_MERGE_APPEND_ONLY,
    .flags = KAF_FIELD_HIDDEN | KAF_FIELD_FIELDS },
  { .id = "said",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("What the source says"),
    .since = 8,
    .merge = KAF_MERGE_APPEND_ONLY,
    .klass = KAF_CLASS_PRIVATE,
    .flags = KAF_FIELD_HIDDEN },
  { NULL },
};

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if ((get ("person", data) != NULL) == (get ("organisation", data) != NULL))
    {
      *field = "person";
      g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                   "a person or an organisation");
      return FALSE;
    }
  if ((get ("field", data) != NULL) != (get ("about", data) != NULL))
    return TRUE;
  *field = "field";
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
               "an information, or several");
  return FALSE;
}

const KafEntity kaf_entity_source_claim = {
  .id = "source_claim",
  .label = N_ ("Source"),
  .plural = N_ ("Sources"),
  .since = 1,
  .fields = fields,
  .sections = sections,
  .validate = validate,
};
