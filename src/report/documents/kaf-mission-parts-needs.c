/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Need × stakeholder × duty. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "report/documents/kaf-mission-parts.h"

static void
begin (KafDoc *doc)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, "Stakeholder"), 3, KAF_DOC_START },
    { kaf_doc_word (doc, "Kind"), 2, KAF_DOC_START },
    { kaf_doc_word (doc, "Duty"), 4, KAF_DOC_START },
    { kaf_doc_word (doc, "Gap found"), 3, KAF_DOC_START },
    { NULL },
  };

  kaf_doc_heading (doc, 3, kaf_doc_word (doc, "Needs and duties"));
  kaf_doc_table (doc, columns);
}

static void
add_stakeholder (KafDoc *doc, KafDocumentContext *context, const KafRecord *record)
{
  g_autofree char *organisation = kaf_document_value (context, record, "organisation");
  g_autofree char *name = kaf_document_value (context, record, "name");
  g_autofree char *kind = kaf_document_value (context, record, "kind");
  const char *duty = kaf_document_text (context, record, "duty");
  const char *gap = kaf_document_text (context, record, "gap");
  const char *const cells[] = { organisation != NULL ? organisation : name, kind,
                                duty != NULL ? duty : kaf_doc_word (doc, "no duty stated"), gap };

  if (duty == NULL || gap != NULL)
    kaf_doc_row_marked (doc, cells);
  else
    kaf_doc_row (doc, cells);
}

static void
add_need_name (KafDoc *doc, KafDocumentContext *context, const KafRecord *need)
{
  g_autofree char *title = kaf_document_title (context, "need", kaf_record_get_id (need));
  const char *audience = kaf_document_text (context, need, "audience");
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, title);
  kaf_bidi_append (line, audience != NULL ? audience : kaf_doc_word (doc, "audience not stated"));
  kaf_doc_row_group (doc, line->str);
}

/* What a need lacks is told of it as a whole: whether each of those named has a duty is not enough. */
static gboolean
add_need (KafDoc *doc, KafDocumentContext *context, const char *id, GError **error)
{
  g_autoptr (KafRecord) need = kaf_document_read (context, "need", id, error);
  g_autoptr (GPtrArray) all =
      need != NULL ? kaf_document_related (context, "stakeholder", "need", id, "ref", error) : NULL;

  if (all == NULL)
    return FALSE;
  add_need_name (doc, context, need);
  for (guint i = 0; i < all->len; i++)
    add_stakeholder (doc, context, g_ptr_array_index (all, i));
  if (all->len == 0)
    kaf_doc_row_marked (doc, (const char *[]){ kaf_doc_word (doc, "Nobody is named for this need."),
                                               NULL, NULL, NULL });
  return TRUE;
}

gboolean
kaf_mission_parts_needs (KafDoc *doc,
                         KafDocumentContext *context,
                         const KafMission *mission,
                         GError **error)
{
  if (mission->needs->len == 0)
    return TRUE;
  begin (doc);
  for (guint i = 0; i < mission->needs->len; i++)
    {
      const KafNeed *need = g_ptr_array_index (mission->needs, i);

      if (!add_need (doc, context, need->id, error))
        return FALSE;
    }
  kaf_doc_note (doc,
                kaf_doc_word (doc, "A bar before a line marks a gap: a duty that is not stated, "
                                   "or something found lacking."));
  return TRUE;
}
