/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has to do with a need, what it answers for, and what was found lacking. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice kinds[] = {
  { "authority", N_ ("Local authority"), NULL },
  { "elected", N_ ("Elected council"), NULL },
  { "service", N_ ("Deconcentrated service"), NULL },
  { "institution", N_ ("Training or care institution"), NULL },
  { "association", N_ ("Association"), NULL },
  { "professionals", N_ ("Professionals"), NULL },
  { "inhabitants", N_ ("Inhabitants"), NULL },
  { "funder", N_ ("Funder"), NULL },
  { "network", N_ ("Network"), NULL },
  { NULL },
};

static const KafChoice attitudes[] = {
  { "unknown", N_ ("Not known yet"), NULL },
  { "favourable", N_ ("Favourable"), "success" },
  { "reserved", N_ ("Reserved"), "warning" },
  { "opposed", N_ ("Opposed"), "error" },
  { NULL },
};

static const KafSection sections[] = {
  { "stakeholder", N_ ("Stakeholder") },
  { "duty", N_ ("Duty and gap") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "need",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Need"),
    .section = "stakeholder",
    .since = 4,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "need",
    .list_width = 24 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "stakeholder",
    .since = 4,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "organisation",
    .list_width = 24 },
  { .id = "name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name, when it is no organisation of the reference"),
    .section = "stakeholder",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 20 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "stakeholder",
    .since = 4,
    .flags = KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 16 },
  { .id = "duty_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Duty"),
    .section = "duty",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 24 },
  { .id = "duty_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Duty in Arabic"),
    .section = "duty",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "gap_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Gap found"),
    .section = "duty",
    .since = 4,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 24 },
  { .id = "gap_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Gap in Arabic"),
    .section = "duty",
    .since = 4,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "attitude",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Attitude"),
    .section = "duty",
    .since = 4,
    .choices = attitudes,
    .list_width = 12 },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "name", NULL };

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (get ("organisation", data) != NULL || get ("name", data) != NULL)
    return TRUE;
  *field = "organisation";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                       N_ ("Say who it is: an organisation, or a name."));
  return FALSE;
}

const KafEntity kaf_entity_stakeholder = {
  .id = "stakeholder",
  .label = N_ ("Stakeholder"),
  .plural = N_ ("Stakeholders"),
  .since = 4,
  .fields = fields,
  .sections = sections,
  .title = title,
  .validate = validate,
};
