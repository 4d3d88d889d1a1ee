/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that belongs to a record; its content lies beside the store under its hash. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-entities.h"

static const KafChoice roles[] = {
  { "draft", N_ ("Draft"), NULL },
  { "signed", N_ ("Signed copy"), NULL },
  { "evidence", N_ ("Evidence"), NULL },
  { "cv", N_ ("Curriculum vitae"), NULL },
  { "mission_order", N_ ("Mission order"), NULL },
  { "minutes", N_ ("Minutes"), NULL },
  { "sign_in", N_ ("Sign-in sheet"), NULL },
  { "summons", N_ ("Summons"), NULL },
  { "receipt", N_ ("Receipt"), NULL },
  { "report", N_ ("Report"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "file", N_ ("File") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "owner",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Record"),
    .section = "file",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX },
  { .id = "owner_entity",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Kind of record"),
    .section = "file",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_ENTITY },
  { .id = "file_name",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("File name"),
    .section = "file",
    .since = 1,
    .klass = KAF_CLASS_IDENTITY,
    .flags = KAF_FIELD_REQUIRED,
    .list_width = 30 },
  { .id = "media_type",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Type"),
    .section = "file",
    .since = 1,
    .list_width = 12 },
  { .id = "size",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Size"),
    .section = "file",
    .since = 1,
    .list_width = 10,
    .min = 0,
    .max = 1125899906842624 },
  { .id = "sha256",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Fingerprint"),
    .section = "file",
    .since = 1,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_INDEX },
  { .id = "role",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("What it is"),
    .section = "file",
    .since = 3,
    .choices = roles,
    .list_width = 14 },
  { NULL },
};

static const char *const title[] = { "file_name", NULL };

const KafEntity kaf_entity_attachment = {
  .id = "attachment",
  .label = N_ ("Attachment"),
  .plural = N_ ("Attachments"),
  .since = 1,
  .flags = KAF_ENTITY_LOCAL_OFFICE,
  .fields = fields,
  .sections = sections,
  .title = title,
};
