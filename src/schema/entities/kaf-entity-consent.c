/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agreement given by a person for a purpose (law 09-08, article 4). */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice purposes[] = {
  { "sharing", N_ ("Sharing with partners"), NULL },
  { "mailing", N_ ("Electronic mailings"), NULL },
  { "publication", N_ ("Publication of the profile"), NULL },
  { "mission", N_ ("Use in a mission"), NULL },
  { NULL },
};

static const KafChoice means[] = {
  { "form", N_ ("Signed form"), NULL },
  { "email", N_ ("E-mail"), NULL },
  { "letter", N_ ("Letter"), NULL },
  { "oral", N_ ("Orally, noted"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "consent", N_ ("Consent") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "person",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Person"),
    .section = "consent",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX | KAF_FIELD_PARENT,
    .target = "person" },
  { .id = "purpose",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Purpose"),
    .section = "consent",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX,
    .choices = purposes,
    .list_width = 24 },
  { .id = "given_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Given on"),
    .section = "consent",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 12 },
  { .id = "means",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("How"),
    .section = "consent",
    .since = 1,
    .choices = means,
    .list_width = 12 },
  { .id = "proof",
    .kind = KAF_KIND_ATTACHMENT,
    .label = N_ ("Proof"),
    .section = "consent",
    .since = 1,
    .target = "attachment" },
  { .id = "withdrawn_on",
    .kind = KAF_KIND_DATE,
    .label = N_ ("Withdrawn on"),
    .section = "consent",
    .since = 1,
    .list_width = 12 },
  { NULL },
};

const KafEntity kaf_entity_consent = {
  .id = "consent",
  .label = N_ ("Consent"),
  .plural = N_ ("Consents"),
  .since = 1,
  .fields = fields,
  .sections = sections,
};
