/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letter that calls to a meeting, with its agenda: one for each who is called, or one that names all. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "report/documents/kaf-meeting-parts.h"

/* Lines to write the agenda of a meeting that has none yet. */
#define BLANK_POINTS 5

static void
add_agenda (KafDoc *doc, KafDocumentContext *context, const GPtrArray *items)
{
  const KafDocColumn columns[] = {
    { kaf_doc_word (doc, N_ ("No.")), 0, KAF_DOC_CENTRE },
    { kaf_doc_word (doc, N_ ("Point of the agenda")), 5, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Presented by")), 2, KAF_DOC_START },
    { kaf_doc_word (doc, N_ ("Minutes it takes")), 0, KAF_DOC_END },
    { NULL },
  };

  kaf_doc_heading (doc, 2, kaf_doc_word (doc, N_ ("Agenda")));
  kaf_doc_table (doc, columns);
  for (guint i = 0; i < items->len; i++)
    {
      const KafRecord *item = g_ptr_array_index (items, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *speaker = kaf_document_value (context, item, "speaker");
      g_autofree char *minutes = kaf_document_value (context, item, "duration");

      kaf_doc_row (doc, (const char *[]){ number, kaf_document_text (context, item, "title"),
                                          speaker, minutes });
    }
  if (items->len > 0)
    return;
  kaf_doc_rows_blank (doc, BLANK_POINTS, 0, TRUE);
  kaf_doc_add_blank (doc, N_ ("Agenda"), "meeting", context->subject.id, NULL);
}

static void
add_addressee (KafDoc *doc, KafDocumentContext *context, const KafRecord *attendee)
{
  g_autofree char *name = kaf_meeting_attendee (context, attendee);
  g_autofree char *function = kaf_document_value (context, attendee, "function");
  g_autofree char *organisation = kaf_document_value (context, attendee, "organisation");
  g_autofree char *to = name != NULL ? kaf_doc_print (doc, N_ ("To: %s"), name) : NULL;

  kaf_doc_end (doc, to);
  kaf_doc_end (doc, function);
  if (g_strcmp0 (organisation, name) != 0)
    kaf_doc_end (doc, organisation);
  kaf_doc_space (doc, 4);
}

static void
add_signature (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting)
{
  g_autofree char *caller = kaf_document_value (context, meeting, "convened_by");
  g_autofree char *chair = kaf_document_value (context, meeting, "chair");
  const KafDocSigner signers[] = {
    { caller != NULL ? caller : kaf_doc_word (doc, N_ ("Called by")), chair, NULL, TRUE },
    { NULL },
  };

  if (caller == NULL)
    kaf_doc_add_blank (doc, kaf_template_find (NULL, "meeting.convened_by")->label, "meeting",
                       context->subject.id, NULL);
  if (chair == NULL)
    kaf_doc_add_blank (doc, kaf_template_find (NULL, "meeting.chair")->label, "meeting",
                       context->subject.id, NULL);
  kaf_doc_signatures (doc, signers);
}

/* @attendee NULL: to all. */
static gboolean
add_letter (KafDoc *doc,
            KafDocumentContext *context,
            const KafRecord *meeting,
            const GPtrArray *items,
            const KafRecord *attendee,
            GError **error)
{
  g_autofree char *name = attendee != NULL ? kaf_meeting_person (context, attendee) : NULL;
  const char *person = attendee != NULL ? kaf_record_get (attendee, "person") : NULL;
  const KafTextsAbout about = {
    .meeting = context->subject.id,
    .person = person,
    .name = person == NULL ? name : NULL,
    .organisation = attendee != NULL ? kaf_record_get (attendee, "organisation") : NULL,
  };

  if (attendee != NULL)
    add_addressee (doc, context, attendee);
  if (!kaf_letter_text (doc, context, "summons", &about, error))
    return FALSE;
  kaf_doc_space (doc, 3);
  kaf_meeting_where (doc, context, meeting);
  add_agenda (doc, context, items);
  add_signature (doc, context, meeting);
  return TRUE;
}

/* What each letter tells. */
typedef struct
{
  const KafRecord *meeting;
  const GPtrArray *items;
} Told;

static gboolean
write_letter (KafLetters *letters, KafRecord *attendee, GError **error)
{
  const Told *told = letters->data;

  kaf_letters_begin (letters);
  return add_letter (letters->doc, letters->context, told->meeting, told->items, attendee, error);
}

static const KafDocumentOne ones[] = { { "meeting_attendee", "meeting", .order = "position" },
                                       { NULL } };

static gboolean
build_each (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) meeting = kaf_meeting_begin (doc, context, error);
  g_autoptr (GPtrArray) items = meeting != NULL ? kaf_meeting_agenda (context, error) : NULL;
  const Told told = { meeting, items };
  KafLetters letters = { doc, context, &told };

  if (items == NULL || !kaf_letters_write (&letters, ones, write_letter, error))
    return FALSE;
  return letters.n > 0 || add_letter (doc, context, meeting, items, NULL, error);
}

static gboolean
build_all (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (KafRecord) meeting = kaf_meeting_begin (doc, context, error);
  g_autoptr (GPtrArray) items = meeting != NULL ? kaf_meeting_agenda (context, error) : NULL;
  g_autoptr (GPtrArray) called = items != NULL ? kaf_meeting_attendees (context, error) : NULL;

  if (called == NULL || !add_letter (doc, context, meeting, items, NULL, error))
    return FALSE;
  if (called->len > 0)
    kaf_doc_heading (doc, 2, kaf_doc_word (doc, N_ ("Addressees")));
  for (guint i = 0; i < called->len; i++)
    {
      const KafRecord *attendee = g_ptr_array_index (called, i);
      g_autofree char *name = kaf_meeting_attendee (context, attendee);
      g_autofree char *organisation = kaf_document_value (context, attendee, "organisation");
      g_autofree char *line = organisation != NULL && g_strcmp0 (organisation, name) != 0
                                  ? g_strdup_printf ("%s — %s", name, organisation)
                                  : g_strdup (name);

      kaf_doc_item (doc, line);
    }
  return TRUE;
}

const KafDocument kaf_document_summons = {
  .name = "summons",
  .label = N_ ("Summons, one each"),
  .entity = "meeting",
  .both = KAF_BOTH_PAGES,
  .ones = ones,
  .build = build_each,
};

const KafDocument kaf_document_summons_all = {
  .name = "summons-all",
  .label = N_ ("Summons, one for all"),
  .entity = "meeting",
  .both = KAF_BOTH_PAGES,
  .build = build_all,
};
