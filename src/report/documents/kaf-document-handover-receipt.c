/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handover receipt: which materials of a mission were given to whom, with which rights; who gives and who receives sign. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "schema/kaf-registry.h"

static const char *
get (const KafRecord *record, const char *field)
{
  return kaf_record_get (record, field);
}

static void
add_row (KafDoc *doc, KafDocumentContext *context, const KafRecord *one, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *form = kaf_document_value (context, one, "form");
  g_autofree char *rights = kaf_document_value (context, one, "rights");
  g_autofree char *copies = kaf_document_value (context, one, "copies");
  g_autofree char *day = kaf_document_value (context, one, "handed_on");
  g_autofree char *to = get (one, "handed_to") != NULL
                            ? kaf_document_title (context, "organisation", get (one, "handed_to"))
                            : NULL;
  const char *const cells[] = {
    number, kaf_document_text (context, one, "title"), form, copies, rights, to, day,
  };

  kaf_doc_row (doc, cells);
}

/* What was handed over; returns how many. */
static guint
write_materials (KafDoc *doc, KafDocumentContext *context, GPtrArray *materials)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word_in (doc, "number of a line", "No."), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Material"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "Form"), 2, KAF_DOC_START },
    { kaf_doc_word (doc, "Copies"), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Rights"), 2.5, KAF_DOC_START },
    { kaf_doc_word (doc, "Handed to"), 2.5, KAF_DOC_START },
    { kaf_doc_word (doc, "On"), 0, KAF_DOC_START },
    { NULL },
  };
  guint n = 0;

  kaf_doc_table (doc, columns);
  for (guint i = 0; i < materials->len; i++)
    if (get (materials->pdata[i], "refused_reason") == NULL)
      add_row (doc, context, materials->pdata[i], ++n);
  if (n == 0)
    kaf_doc_rows_blank (doc, 5, 0, TRUE);
  return n;
}

static void
write_refusals (KafDoc *doc, KafDocumentContext *context, GPtrArray *materials)
{
  gboolean any = FALSE;

  for (guint i = 0; i < materials->len; i++)
    {
      const KafRecord *one = materials->pdata[i];
      g_autofree char *line = NULL;

      if (get (one, "refused_reason") == NULL)
        continue;
      if (!any)
        kaf_doc_heading (doc, 2, kaf_doc_word (doc, "Not handed over"));
      any = TRUE;
      line = g_strdup_printf ("%s: %s", kaf_document_text (context, one, "title"),
                              get (one, "refused_reason"));
      kaf_doc_item (doc, line);
    }
}

/* Whoever receives all of it is named; several write their names. */
static gboolean
write_text (KafDoc *doc, KafDocumentContext *context, GPtrArray *materials, GError **error)
{
  KafTextsAbout about = { .mission = context->subject.id };

  for (guint i = 0; i < materials->len; i++)
    {
      const char *to = get (materials->pdata[i], "handed_to");

      if (to == NULL || get (materials->pdata[i], "refused_reason") != NULL)
        continue;
      if (about.organisation != NULL && !g_str_equal (about.organisation, to))
        {
          about.organisation = NULL;
          break;
        }
      about.organisation = to;
    }
  return kaf_letter_text (doc, context, "handover_receipt", &about, error);
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (KafRecord) mission = kaf_document_read (context, "mission", id, error);
  g_autoptr (GPtrArray) materials = NULL;
  const KafDocSigner signers[] = {
    { kaf_doc_word (doc, "Who hands over"), NULL, NULL, FALSE },
    { kaf_doc_word (doc, "Who receives"), NULL, NULL, TRUE },
    { NULL },
  };

  if (mission == NULL)
    return FALSE;
  materials = kaf_document_related (context, "material", "mission", id, "handed_on", error);
  if (materials == NULL)
    return FALSE;
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  if (!write_text (doc, context, materials, error))
    return FALSE;
  kaf_doc_space (doc, 3);
  write_materials (doc, context, materials);
  write_refusals (doc, context, materials);
  kaf_doc_space (doc, 6);
  kaf_doc_signatures (doc, signers);
  return TRUE;
}

static const char *const of[] = { "material", NULL };

const KafDocument kaf_document_handover_receipt = {
  .name = "handover-receipt",
  .label = N_ ("Handover receipt"),
  .entity = "mission",
  .of = of,
  .build = build,
};
