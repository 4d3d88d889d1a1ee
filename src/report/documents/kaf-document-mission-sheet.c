/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mission on one page. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/documents/kaf-documents.h"
#include "report/kaf-document-part.h"

/* What stands on the page, in its order. */
static const char *const fields[] = {
  "programme", "lead",       "facilitator", "followed_by", "territory",
  "place_",    "starts_on",  "ends_on",     "mode",        "participants_planned",
  "ceiling",   "objective_", "audience_",   NULL
};

static const KafPartColumn experts[] = {
  { "person", NULL, 3 }, { "network", NULL, 2 }, { "answer", NULL, 0 }, { NULL }
};
static const KafPartColumn items[] = {
  { "held_on", NULL, 0 },
  { "half", NULL, 0 },
  { "subject_", N_ ("Subject"), 4 },
  { "trainer", NULL, 2 },
  { NULL },
};
static const KafPartTable parts[] = {
  { "mission_expert", "mission", NULL, NULL, experts },
  { "programme_item", "mission", "held_on", NULL, items },
};

static void
add_field (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, const char *name)
{
  gboolean text = g_str_has_suffix (name, "_");
  /* Whichever language it is told in, it is called the same. */
  g_autofree char *field = g_strconcat (name, text ? "fr" : NULL, NULL);
  g_autofree char *stem = text ? g_strndup (name, strlen (name) - 1) : NULL;
  g_autofree char *value = text ? g_strdup (kaf_document_text (context, record, stem))
                                : kaf_document_value (context, record, field);
  const KafField *kind = kaf_entity_find_field (kaf_record_get_entity (record), field);

  /* One page: what is not known takes no line of it. */
  if (value != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, kind->label), value);
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (KafRecord) record = kaf_document_read (context, "mission", id, error);
  g_autofree char *title = NULL;

  if (record == NULL)
    return FALSE;
  title = kaf_document_title (context, "mission", id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (record));
  kaf_doc_set_date (doc, context->day);
  kaf_doc_set_name (doc, title);
  kaf_doc_set_paper (doc, 210, 297, 16);
  kaf_doc_title (doc, kaf_doc_word (doc, "Mission sheet"));
  kaf_doc_subtitle (doc, title);
  for (guint i = 0; fields[i] != NULL; i++)
    add_field (doc, context, record, fields[i]);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!kaf_document_part (doc, context, &parts[i], id, NULL, error))
      return FALSE;
  return TRUE;
}

const KafDocument kaf_document_mission_sheet = {
  .name = "mission-sheet",
  .label = N_ ("Mission sheet"),
  .entity = "mission",
  .both = KAF_BOTH_SIDES,
  .build = build,
};
