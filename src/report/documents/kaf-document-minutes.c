/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The minutes of a meeting: who came, what was said of each point, what was decided. A draft until they are approved. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "report/documents/kaf-meeting-parts.h"

/* The presence, and who came instead. (transfer full) */
static char *
tell_presence (KafDoc *doc, KafDocumentContext *context, const KafRecord *attendee)
{
  g_autofree char *other = kaf_document_value (context, attendee, "represented_by");

  return other != NULL ? kaf_doc_print (doc, N_ ("represented by %s"), other)
                       : kaf_document_value (context, attendee, "presence");
}

static gboolean
add_attendance (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (GPtrArray) called = kaf_meeting_attendees (context, error);
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, N_ ("Name")), 3, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Function")), 3, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Organisation")), 3, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Presence")), 2, KAF_DOC_START },
    { NULL },
  };

  if (called == NULL || called->len == 0)
    return called != NULL;
  kaf_doc_heading (doc, 2, kaf_doc_word (doc, N_ ("Attendance")));
  kaf_doc_table (doc, columns);
  for (guint i = 0; i < called->len; i++)
    {
      const KafRecord *attendee = g_ptr_array_index (called, i);
      g_autofree char *name = kaf_meeting_person (context, attendee);
      g_autofree char *function = kaf_document_value (context, attendee, "function");
      g_autofree char *organisation = kaf_document_value (context, attendee, "organisation");
      g_autofree char *presence = tell_presence (doc, context, attendee);

      kaf_doc_row (doc, (const char *[]){ name, function, organisation, presence });
    }
  return TRUE;
}

static gboolean
add_points (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting, GError **error)
{
  g_autoptr (GPtrArray) items = kaf_meeting_agenda (context, error);
  const char *minutes = kaf_document_text (context, meeting, "minutes");

  if (items == NULL)
    return FALSE;
  if (items->len > 0 || minutes != NULL)
    kaf_doc_heading (doc, 2, kaf_doc_word (doc, N_ ("What was said")));
  kaf_doc_paragraph (doc, minutes);
  for (guint i = 0; i < items->len; i++)
    {
      const KafRecord *item = g_ptr_array_index (items, i);
      const char *title = kaf_document_text (context, item, "title");
      g_autofree char *heading = g_strdup_printf ("%u. %s", i + 1, title != NULL ? title : "—");
      const char *said = kaf_document_text (context, item, "said");

      kaf_doc_heading (doc, 3, heading);
      if (said != NULL)
        kaf_doc_paragraph (doc, said);
      else
        kaf_doc_note (doc, kaf_doc_word (doc, N_ ("Nothing was recorded of this point.")));
    }
  return TRUE;
}

/* Who answers for it: a name, an organisation, or both. (transfer full) (nullable) */
static char *
tell_owner (KafDocumentContext *context, const KafRecord *decision)
{
  g_autofree char *owner = kaf_document_value (context, decision, "owner");
  g_autofree char *organisation = kaf_document_value (context, decision, "organisation");

  if (owner != NULL && organisation != NULL)
    return g_strdup_printf ("%s — %s", owner, organisation);
  return owner != NULL ? g_steal_pointer (&owner) : g_steal_pointer (&organisation);
}

static gboolean
add_decisions (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (GPtrArray) decisions =
      kaf_document_related (context, "decision", "meeting", context->subject.id, "position", error);
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, N_ ("No.")), 0, KAF_DOC_CENTRE },
    { kaf_doc_word (doc, N_ ("Decision")), 5, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Person responsible")), 3, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Due on")), 2, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("State")), 0, KAF_DOC_START },
    { NULL },
  };

  if (decisions == NULL || decisions->len == 0)
    return decisions != NULL;
  kaf_doc_heading (doc, 2, kaf_doc_word (doc, N_ ("Decisions")));
  kaf_doc_table (doc, columns);
  for (guint i = 0; i < decisions->len; i++)
    {
      const KafRecord *decision = g_ptr_array_index (decisions, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *owner = tell_owner (context, decision);
      g_autofree char *due = kaf_document_value (context, decision, "due_on");
      g_autofree char *state = kaf_document_value (context, decision, "state");

      kaf_doc_row (doc, (const char *[]){ number, kaf_document_text (context, decision, "text"),
                                          owner, due, state });
    }
  return TRUE;
}

static void
add_end (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting)
{
  g_autofree char *day = kaf_document_date (context, kaf_record_get (meeting, "approved_on"));
  g_autofree char *by = kaf_document_value (context, meeting, "approved_by");
  g_autofree char *chair = kaf_document_value (context, meeting, "chair");
  g_autofree char *secretary = kaf_document_value (context, meeting, "secretary");
  const KafDocSigner signers[] = {
    { kaf_doc_word (doc, N_ ("Chaired by")), chair, NULL, TRUE },
    { kaf_doc_word (doc, N_ ("Minutes taken by")), secretary, NULL, FALSE },
    { NULL },
  };

  if (day != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Minutes approved on")), day);
  if (by != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Minutes approved by")), by);
  kaf_doc_signatures (doc, signers);
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) meeting = kaf_meeting_begin (doc, context, error);
  const KafTextsAbout about = { .meeting = context->subject.id };

  if (meeting == NULL)
    return FALSE;
  kaf_doc_set_provisional (doc, kaf_record_get (meeting, "approved_on") == NULL);
  if (!kaf_letter_text (doc, context, "minutes", &about, error))
    return FALSE;
  kaf_doc_space (doc, 3);
  kaf_meeting_pairs (doc, context, meeting);
  if (!add_attendance (doc, context, error) || !add_points (doc, context, meeting, error) ||
      !add_decisions (doc, context, error))
    return FALSE;
  add_end (doc, context, meeting);
  return TRUE;
}

const KafDocument kaf_document_minutes = {
  .name = "minutes",
  .label = N_ ("Minutes"),
  .entity = "meeting",
  .both = KAF_BOTH_PAGES,
  .build = build,
};
