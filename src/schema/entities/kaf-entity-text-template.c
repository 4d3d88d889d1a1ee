/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that documents begin with, in both languages: {placeholders} are filled from the record. Kept by who approves. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "schema/entities/kaf-common-fields.h"
#include "schema/entities/kaf-common-rules.h"
#include "schema/entities/kaf-entities.h"
#include "schema/kaf-template.h"

static const KafChoice kinds[] = {
  { "summons", N_ ("Summons"), NULL },
  { "minutes", N_ ("Minutes"), NULL },
  { "attestation", N_ ("Attestation"), NULL },
  { "mission_order", N_ ("Mission order"), NULL },
  { "covering_note", N_ ("Covering note"), NULL },
  { "request_letter", N_ ("Letter of request"), NULL },
  { "handover_receipt", N_ ("Handover receipt"), NULL },
  { "article_framework", N_ ("Article of a framework convention"), NULL },
  { "article_specific", N_ ("Article of a specific convention"), NULL },
  { "article_amendment", N_ ("Article of an amendment"), NULL },
  { NULL },
};

static const KafSection sections[] = {
  { "template", N_ ("Template") },
  { "text", N_ ("Text") },
  { "text_ar", N_ ("In Arabic") },
  { NULL },
};

static const KafField fields[] = {
  { .id = "kind",
    .kind = KAF_KIND_CHOICE,
    .label = N_ ("Document"),
    .section = "template",
    .since = 6,
    .flags = KAF_FIELD_REQUIRED | KAF_FIELD_FILTER | KAF_FIELD_INDEX,
    .choices = kinds,
    .list_width = 26 },
  { .id = "title_fr",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title"),
    .section = "template",
    .since = 6,
    .flags = KAF_FIELD_NAME,
    .list_width = 30 },
  { .id = "title_ar",
    .kind = KAF_KIND_TEXT,
    .label = N_ ("Title in Arabic"),
    .section = "template",
    .since = 6,
    .flags = KAF_FIELD_NAME | KAF_FIELD_ARABIC,
    .list_width = 30 },
  { .id = "number",
    .kind = KAF_KIND_INTEGER,
    .label = N_ ("Order"),
    .hint = N_ ("Of articles: their place in the convention."),
    .section = "template",
    .since = 6,
    .list_width = 6,
    .min = 1,
    .max = 1000 },
  { .id = "retired",
    .kind = KAF_KIND_BOOLEAN,
    .label = N_ ("No longer used"),
    .section = "template",
    .since = 6,
    .flags = KAF_FIELD_FILTER },
  { .id = "body_fr",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Text in French"),
    .section = "text",
    .since = 6,
    .flags = KAF_FIELD_SEARCH },
  { .id = "body_ar",
    .kind = KAF_KIND_LONG_TEXT,
    .label = N_ ("Text in Arabic"),
    .section = "text_ar",
    .since = 6,
    .flags = KAF_FIELD_SEARCH | KAF_FIELD_ARABIC },
  KAF_ORIGIN_FIELDS,
  { NULL },
};

static const char *const title[] = { "title_fr", NULL };
static const char *const title_ar[] = { "title_ar", NULL };

/* The texts, titles too: a wrong placeholder would be printed. */
static gboolean
check_placeholders (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  static const char *const texts[] = { "title_fr", "title_ar", "body_fr", "body_ar" };
  const char *kind = get ("kind", data);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!kaf_template_check (kind, get (texts[i], data), error))
      {
        *field = texts[i];
        return FALSE;
      }
  return TRUE;
}

static gboolean
validate (KafGetFunc get, gpointer data, const char **field, GError **error)
{
  return kaf_common_validate_title (get, data, field, error) &&
         kaf_common_validate_either (get, data, "body_fr", "body_ar",
                                     N_ ("Write the text, in French or in Arabic."), field,
                                     error) &&
         check_placeholders (get, data, field, error);
}

const KafEntity kaf_entity_text_template = {
  .id = "text_template",
  .prefix = "MOD",
  .label = N_ ("Template of a text"),
  .plural = N_ ("Templates of texts"),
  .since = 6,
  .flags = KAF_ENTITY_APPROVED,
  .fields = fields,
  .sections = sections,
  .title = title,
  .title_ar = title_ar,
  .validate = validate,
};
