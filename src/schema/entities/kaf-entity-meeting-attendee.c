/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is called to a meeting, and whether they came: a person of the reference, or a name on the sheet. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"

static const KafChoice presences[] = {
  { "invited", N_ ("Invited"), NULL },
  { "present", N_ ("Present"), "success" },
  { "represented", N_ ("Represented"), "accent" },
  { "excused", N_ ("Excused"), NULL },
  { "absent", N_ ("Absent"), "warning" },
  { NULL },
};

static const KafSection sections[] = {
  { "attendee", N_ ("Attendee") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "meeting",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Meeting"),
    .section = "attendee",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "meeting",
    .list_width = 28 },
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "attendee",
    .since = 6,
    .flags = KAF_FIELD_INDEX,
    .target = "person",
    .list_width = 20 },
  { .id = "name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name"),
    .hint = N_ ("Of somebody who is not in the reference."),
    .section = "attendee",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY,
    .flags = KAF_FIELD_NAME,
    .list_width = 20 },
  { .id = "name_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Name in Arabic"),
    .section = "attendee",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC },
  { .id = "function",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Function"),
    .section = "attendee",
    .since = 6,
    .list_width = 18 },
  { .id = "organisation",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Organisation"),
    .section = "attendee",
    .since = 6,
    .flags = KAF_FIELD_INDEX,
    .target = "organisation",
    .list_width = 20 },
  { .id = "presence",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Presence"),
    .section = "attendee",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER,
    .initial = "invited",
    .choices = presences,
    .list_width = 12 },
  { .id = "represented_by",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Represented by"),
    .section = "attendee",
    .since = 6,
    .klass = KAF_CLASS_IDENTITY,
    .shown_if = "presence=represented" },
  KAF_POSITION_FIELD (6),
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "name", NULL };
static const char *const title_ar[] = { "name_ar", NULL };

/* An organisation may be called whose delegate nobody knows yet. */
static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  if (get ("person", data) != NULL || get ("name", data) != NULL || get ("name_ar", data) != NULL ||
      get ("organisation", data) != NULL)
    return TRUE;
  *field = "person";
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED,
                       N_ ("Say who is called: a person, a name or an organisation."));
  return FALSE;
}

const KafEntity kaf_entity_meeting_attendee = {
  .id = "meeting_attendee",
  .label = N_ ("Attendee"),
  .plural = N_ ("Attendees"),
  .since = 6,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
