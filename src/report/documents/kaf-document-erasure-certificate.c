/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erasure certificate: that what this office held about somebody is no more. The program does not know any more who it
 * was: the name is written in by hand. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "report/documents/kaf-documents.h"
#include "store/kaf-commit.h"
#include "store/kaf-store-error.h"

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  gint64 when = kaf_erase_get_time (context->db, context->subject.id);
  g_autofree char *iso = when >= 0 ? kaf_date_from_time (when) : NULL;
  g_autofree char *day = kaf_document_date (context, iso);
  const KafDocSigner signers[] = {
    { kaf_doc_word (doc, "For the controller"), NULL, NULL, TRUE },
    { NULL },
  };

  if (when < 0)
    {
      g_set_error_literal (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND,
                           "nothing of that id was erased");
      return FALSE;
    }
  kaf_doc_title (doc, kaf_doc_word (doc, "Erasure certificate"));
  kaf_doc_heading (doc, 2, kaf_doc_word (doc, "Made out to"));
  kaf_doc_lines (doc, 2);
  kaf_doc_space (doc, 4);
  kaf_doc_paragraph (doc,
                     kaf_doc_word (doc, "Under law 09-08 on the protection of individuals with "
                                        "regard to the processing of personal data, this "
                                        "office certifies that the data that it held about "
                                        "you were erased from its base, from the copies that "
                                        "it keeps beside it, and from its history."));
  kaf_doc_pair (doc, kaf_doc_word (doc, "Number of the erased record"), context->subject.id);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Erased on"), day);
  kaf_doc_note (doc, kaf_doc_word (doc, "What had been exported or printed before is out of the "
                                        "reach of this office. Where the law has a file kept, it "
                                        "names you no more."));
  kaf_doc_space (doc, 6);
  kaf_doc_signatures (doc, signers);
  return TRUE;
}

const KafDocument kaf_document_erasure_certificate = {
  .name = "erasure-certificate",
  .label = N_ ("Erasure certificate"),
  .entity = "person",
  .takes = KAF_TAKES_ERASED,
  .build = build,
};
