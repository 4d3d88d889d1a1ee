/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/documents/kaf-meeting-parts.h"

#include <glib/gi18n-lib.h>

KafRecord *
kaf_meeting_begin (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  KafRecord *meeting = kaf_document_read (context, "meeting", context->subject.id, error);
  g_autofree char *title = NULL;

  if (meeting == NULL)
    return NULL;
  title = kaf_document_title (context, "meeting", context->subject.id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (meeting));
  kaf_doc_set_date (doc, context->day);
  kaf_doc_set_name (doc, title);
  return meeting;
}

static void
add_value (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, const char *name)
{
  const KafField *field = kaf_entity_find_field (kaf_record_get_entity (record), name);
  g_autofree char *value = kaf_document_value (context, record, name);

  /* Both languages have the same rows. */
  if (value != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, field->label), value);
}

static void
add_hours (KafDoc *doc, const KafRecord *meeting)
{
  const char *from = kaf_record_get (meeting, "starts_at");
  const char *to = kaf_record_get (meeting, "ends_at");
  g_autofree char *span =
      from != NULL && to != NULL ? kaf_doc_print (doc, N_ ("from %s to %s"), from, to) : NULL;

  if (from != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Hours")), span != NULL ? span : from);
}

void
kaf_meeting_where (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting)
{
  g_autofree char *day = kaf_document_date (context, kaf_record_get (meeting, "held_on"));
  const char *place = kaf_document_text (context, meeting, "place");

  kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("On")), day);
  add_hours (doc, meeting);
  if (place != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Place")), place);
  add_value (doc, context, meeting, "mode");
  add_value (doc, context, meeting, "link");
}

void
kaf_meeting_pairs (KafDoc *doc, KafDocumentContext *context, const KafRecord *meeting)
{
  const char *purpose = kaf_document_text (context, meeting, "purpose");
  static const char *const after[] = { "mission", "programme", "convention", "convened_by",
                                       "chair" };

  add_value (doc, context, meeting, "kind");
  kaf_meeting_where (doc, context, meeting);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    add_value (doc, context, meeting, after[i]);
  if (purpose != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, N_ ("Purpose")), purpose);
}

char *
kaf_meeting_name (KafDocumentContext *context, const KafRecord *record, const char *field)
{
  g_autofree char *arabic = g_strconcat (field, "_ar", NULL);
  g_autofree char *latin_name = kaf_document_value (context, record, field);
  g_autofree char *arabic_name = kaf_document_value (context, record, arabic);

  if (arabic_name != NULL && (context->lang == KAF_LANG_AR || latin_name == NULL))
    return g_steal_pointer (&arabic_name);
  return g_steal_pointer (&latin_name);
}

char *
kaf_meeting_person (KafDocumentContext *context, const KafRecord *attendee)
{
  char *name = kaf_document_value (context, attendee, "person");

  return name != NULL ? name : kaf_meeting_name (context, attendee, "name");
}

char *
kaf_meeting_attendee (KafDocumentContext *context, const KafRecord *attendee)
{
  char *name = kaf_meeting_person (context, attendee);

  return name != NULL ? name : kaf_document_value (context, attendee, "organisation");
}

GPtrArray *
kaf_meeting_attendees (KafDocumentContext *context, GError **error)
{
  return kaf_document_related (context, "meeting_attendee", "meeting", context->subject.id,
                               "position", error);
}

GPtrArray *
kaf_meeting_agenda (KafDocumentContext *context, GError **error)
{
  return kaf_document_related (context, "agenda_item", "meeting", context->subject.id, "position",
                               error);
}
