/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Covering note: which files of a mission or a convention are sent; the one who receives them signs and sends it back. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"

#define BLANK_ROWS 5

/* Rows for what is kept; and empty ones, where nothing is or where they are asked for. */
static void
write_pieces (KafDoc *doc, KafDocumentContext *context, const GPtrArray *files)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, "No."), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Enclosed papers"), 5, KAF_DOC_START },
    { kaf_doc_word (doc, "Copies"), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "Remarks"), 3, KAF_DOC_START },
    { NULL },
  };
  guint n_blank = context->options->n_blank;

  kaf_doc_table (doc, columns);
  for (guint i = 0; i < files->len; i++)
    {
      const KafRecord *file = g_ptr_array_index (files, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *role = kaf_document_value (context, file, "role");
      const char *name = kaf_record_get (file, "file_name");
      const char *const cells[] = { number, name, "1", role != NULL ? role : "" };

      kaf_doc_row (doc, cells);
    }
  if (n_blank == 0 && files->len == 0)
    n_blank = BLANK_ROWS;
  if (n_blank > 0)
    kaf_doc_rows_blank (doc, n_blank, 0, TRUE);
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  const char *entity = context->subject.entity->id;
  gboolean mission = g_str_equal (entity, "mission");
  g_autoptr (KafRecord) record = kaf_document_read (context, entity, id, error);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *title = NULL;
  const KafTextsAbout about = { .mission = mission ? id : NULL, .convention = mission ? NULL : id };
  const KafDocSigner received[] = {
    { kaf_doc_word (doc, "Received on"), NULL, NULL, TRUE },
    { NULL },
  };

  if (record == NULL)
    return FALSE;
  files = kaf_document_related (context, "attachment", "owner", id, "file_name", error);
  if (files == NULL)
    return FALSE;
  title = kaf_document_title (context, entity, id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (record));
  kaf_doc_set_name (doc, kaf_doc_word (doc, "Covering note"));
  if (!kaf_letter_text (doc, context, "covering_note", &about, error))
    return FALSE;
  kaf_doc_pair (doc, kaf_doc_word (doc, kaf_record_get_entity (record)->label), title);
  write_pieces (doc, context, files);
  kaf_letter_end (doc, context);
  kaf_doc_signatures (doc, received);
  return TRUE;
}

const KafDocument kaf_document_covering_note = {
  .name = "covering-note",
  .label = N_ ("Covering note"),
  .entity = "mission",
  .asks = KAF_ASKS_ROWS | KAF_ASKS_SIGNER,
  .build = build,
};

const KafDocument kaf_document_covering_note_convention = {
  .name = "covering-note-convention",
  .label = N_ ("Covering note"),
  .entity = "convention",
  .asks = KAF_ASKS_ROWS | KAF_ASKS_SIGNER,
  .build = build,
};
