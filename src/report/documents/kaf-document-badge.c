/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Badges (86 × 54 mm, one a page): of those who are called to a meeting; of the experts and participants of a mission. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"

#define WIDTH 86
#define HEIGHT 54
#define MARGIN 5

static void
set_paper (KafDoc *doc, const char *name)
{
  kaf_doc_set_paper (doc, WIDTH, HEIGHT, MARGIN);
  kaf_doc_set_bare (doc);
  kaf_doc_set_name (doc, name);
}

static const char *
get (const KafRecord *record, const char *field)
{
  return kaf_entity_find_field (kaf_record_get_entity (record), field) != NULL
             ? kaf_record_get (record, field)
             : NULL;
}

/* The name in the script of the badge; a person of the reference has both. (transfer full) */
static char *
name_of (KafDocumentContext *context, const KafRecord *one)
{
  const char *person = get (one, "person");
  const char *latin = get (one, "name"), *arabic = get (one, "name_ar");

  if (person != NULL)
    return kaf_document_title (context, "person", person);
  if (latin == NULL || (arabic != NULL && context->lang == KAF_LANG_AR))
    return g_strdup (arabic);
  return g_strdup (latin);
}

/* From where, and as what: an expert as one; a participant, or who is called to a meeting, as written. */
static gboolean
write_badge (KafLetters *letters, KafRecord *one, GError **error)
{
  KafDoc *doc = letters->doc;
  KafDocumentContext *context = letters->context;
  gboolean expert = g_str_equal (kaf_record_get_entity (one)->id, "mission_expert");
  const char *house = get (one, "organisation");
  g_autofree char *name = name_of (context, one);
  g_autofree char *of = house != NULL ? kaf_document_title (context, "organisation", house)
                                      : g_strdup (get (one, "establishment"));

  if (name == NULL)
    return TRUE;
  kaf_letters_begin (letters);
  kaf_doc_note (doc, letters->data);
  kaf_doc_space (doc, 4);
  kaf_doc_title (doc, name);
  kaf_doc_centre (doc, expert ? kaf_doc_word (doc, "Expert") : get (one, "function"));
  kaf_doc_centre (doc, of);
  return TRUE;
}

static gboolean
write_badges (KafDoc *doc,
              KafDocumentContext *context,
              const char *entity,
              const KafDocumentOne *ones,
              GError **error)
{
  g_autofree char *event = kaf_document_title (context, entity, context->subject.id);
  KafLetters letters = { doc, context, event };

  set_paper (doc, kaf_doc_word (doc, "Badges"));
  return kaf_letters_write (&letters, ones, write_badge, error);
}

static const KafDocumentOne of_mission[] = { { "mission_expert", "mission", "answer", "retained" },
                                             { "participant", "mission", .order = "position" },
                                             { NULL } };

static gboolean
build_mission (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  return write_badges (doc, context, "mission", of_mission, error);
}

static const KafDocumentOne of_meeting[] = { { "meeting_attendee", "meeting", .order = "position" },
                                             { NULL } };

static gboolean
build_meeting (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  return write_badges (doc, context, "meeting", of_meeting, error);
}

const KafDocument kaf_document_badges = {
  .name = "badges",
  .label = N_ ("Badges"),
  .entity = "mission",
  .ones = of_mission,
  .build = build_mission,
};

const KafDocument kaf_document_badges_meeting = {
  .name = "badges-meeting",
  .label = N_ ("Badges"),
  .entity = "meeting",
  .ones = of_meeting,
  .build = build_meeting,
};
