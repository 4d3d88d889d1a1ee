/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A meeting: to what it is called together, and what its minutes say. Approved minutes stay as they are. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice kinds[] = {
  { "awareness", N_ ("Awareness meeting"), NULL },
  { "coordination", N_ ("Coordination meeting"), NULL },
  { "validation", N_ ("Validation meeting"), NULL },
  { "commission", N_ ("Ministerial commission"), NULL },
  { "steering", N_ ("Steering committee"), NULL },
  { "technical", N_ ("Technical committee"), NULL },
  { "thematic", N_ ("Thematic committee"), NULL },
  { "workshop", N_ ("Workshop"), NULL },
  { "other", N_ ("Other meeting"), NULL },
  { NULL },
};

static const KafChoice modes[] = {
  { "onsite", N_ ("On site"), NULL },
  { "remote", N_ ("Remotely"), NULL },
  { "hybrid", N_ ("On site and remotely"), NULL },
  { NULL },
};

static const KafChoice states[] = {
  { "planned", N_ ("Planned"), NULL },
  { "held", N_ ("Held"), "success" },
  { "cancelled", N_ ("Cancelled"), "error" },
  { NULL },
};

static const KafSection sections[] = {
  { "meeting", N_ ("Meeting") },
  { "place", N_ ("Where and when") },
  { "minutes", N_ ("Minutes") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_NAME,
    .list_width = 34 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 34 },
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Kind"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .choices = kinds,
    .list_width = 18 },
  { .id = "state",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("State"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER | KAF_FIELD_INDEX,
    .initial = "planned",
    .choices = states,
    .list_width = 10 },
  { .id = "mission",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Mission"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "mission" },
  { .id = "programme",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Programme"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT | KAF_FIELD_FILTER,
    .target = "programme" },
  { .id = "convention",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Convention"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "convention" },
  { .id = "convened_by",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Called by"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation" },
  { .id = "chair",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Chaired by"),
    .section = "meeting",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY },
  { .id = "secretary",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Minutes taken by"),
    .section = "meeting",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY },
  { .id = "purpose_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Purpose"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_SEARCH },
  { .id = "purpose_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Purpose in Arabic"),
    .section = "meeting",
    .since = 6,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "held_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("On"),
    .section = "place",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .list_width = 12 },
  { .id = "starts_at",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Begins at"),
    .hint = N_ ("Hours and minutes, such as 09:30."),
    .section = "place",
    .since = 6,
    .unit = "time",
    .list_width = 8 },
  { .id = "ends_at",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Ends at"),
    .hint = N_ ("Hours and minutes, such as 09:30."),
    .section = "place",
    .since = 6,
    .unit = "time" },
  { .id = "mode",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Mode"),
    .section = "place",
    .since = 6,
    .choices = modes },
  { .id = "place_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Place"),
    .section = "place",
    .since = 6,
    .flags = KAF_FIELD_SEARCH,
    .list_width = 20 },
  { .id = "place_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Place in Arabic"),
    .section = "place",
    .since = 6,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  { .id = "link",
    .kind = KAF_KIND_URL,
    .label = N_ ("Link of the meeting"),
    .section = "place",
    .since = 6 },
  { .id = "minutes_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("What was said"),
    .section = "minutes",
    .since = 6 },
  { .id = "minutes_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("What was said, in Arabic"),
    .section = "minutes",
    .since = 6,
    .flags = KAF_FIELD_ARABIC },
  { .id = "approved_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Minutes approved on"),
    .section = "minutes",
    .since = 6,
    .flags = KAF_FIELD_INDEX,
    .unit = "approval" },
  { .id = "approved_by",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Minutes approved by"),
    .section = "minutes",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY,
    .unit = "approval" },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

static gboolean
check_time (KafGetFunc get, gpointer data, const char *name, const char **field, GError **error)
{
  const char *time = get (name, data);

  if (time == NULL || kaf_common_is_time (time))
    return TRUE;
  *field = name;
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("Write hours and minutes, such as 09:30."));
  return FALSE;
}

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  const char *starts = get ("starts_at", data);
  const char *ends = get ("ends_at", data);

  if (!kaf_common_validate_title (get, data, field, error) ||
      !check_time (get, data, "starts_at", field, error) ||
      !check_time (get, data, "ends_at", field, error))
    return FALSE;
  if (starts == NULL || ends == NULL || strcmp (starts, ends) <= 0)
    return TRUE;
  *field = "ends_at";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
                       N_ ("A meeting ends after it begins."));
  return FALSE;
}

const KafEntity kaf_entity_meeting = {
  .id = "meeting",
  .prefix = "REU",
  .label = N_ ("Meeting"),
  .plural = N_ ("Meetings"),
  .since = 6,
  .flags = KAF_ENTITY_SEARCHED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
