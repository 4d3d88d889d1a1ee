/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in the dossier of a mission, and what could not be put into it. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-size.h"
#include "report/documents/kaf-documents.h"
#include "report/kaf-dossier.h"

/* What it is, and of which record: "Signed copy — Convention with …". (transfer full) */
static char *
tell (KafDoc *doc, KafDocumentContext *context, const KafDossierEntry *entry)
{
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *role = NULL;
  g_autofree char *owner = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (entry->label != NULL)
    return g_strdup (kaf_doc_word (doc, entry->label));
  record = kaf_document_read (context, "attachment", entry->attachment, NULL);
  if (record == NULL)
    return NULL;
  role = kaf_document_value (context, record, "role");
  owner = kaf_document_title (context, kaf_record_get (record, "owner_entity"),
                              kaf_record_get (record, "owner"));
  kaf_bidi_append (line, role);
  kaf_bidi_append (line, owner);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
add_table (KafDoc *doc, KafDocumentContext *context, const GPtrArray *entries)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word_in (doc, "number of a line", "No."), 0, KAF_DOC_END },
    { kaf_doc_word (doc, "File name"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "What it is"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "Size"), 0, KAF_DOC_END },
    { NULL },
  };

  kaf_doc_table (doc, columns);
  for (guint i = 0; i < entries->len; i++)
    {
      const KafDossierEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *what = tell (doc, context, entry);
      g_autofree char *size = kaf_size_format ((guint64) entry->size, context->lang);

      kaf_doc_row (doc, (const char *[]){ number, entry->path, what, size });
    }
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const KafDossierContents *contents = context->options->told;
  g_autoptr (KafRecord) mission =
      kaf_document_read (context, "mission", context->subject.id, error);
  g_autofree char *title = NULL;

  if (mission == NULL)
    return FALSE;
  title = kaf_document_title (context, "mission", context->subject.id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (mission));
  kaf_doc_set_date (doc, context->day);
  kaf_doc_set_name (doc, title);
  kaf_doc_title (doc, kaf_doc_word (doc, "Contents of the dossier"));
  kaf_doc_subtitle (doc, title);
  add_table (doc, context, contents->entries);
  if (contents->missing->len == 0)
    return TRUE;
  kaf_doc_heading (doc, 2, kaf_doc_word (doc, "Missing files"));
  kaf_doc_warn (doc, kaf_doc_word (doc, "The content of these files was not on the device that "
                                        "made the dossier: ask for them there where they were "
                                        "attached."));
  add_table (doc, context, contents->missing);
  return TRUE;
}

const KafDocument kaf_document_contents = {
  .name = "mission-contents",
  .label = N_ ("Contents of the dossier"),
  .entity = "mission",
  .both = KAF_BOTH_SIDES,
  .build = build,
};
