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
write_badge (KafDoc *doc,
             gboolean first,
             const char *event,
             const char *name,
             const char *function,
             const char *house)
{
  if (!first)
    kaf_doc_page_break (doc);
  kaf_doc_note (doc, event);
  kaf_doc_space (doc, 4);
  kaf_doc_title (doc, name);
  kaf_doc_centre (doc, function);
  kaf_doc_centre (doc, house);
}

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

static gboolean
is_for (KafDocumentContext *context, const KafRecord *one)
{
  return kaf_letter_is_for (context, kaf_record_get_id (one), get (one, "person"));
}

static gboolean
build_meeting (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (GPtrArray) called =
      kaf_document_related (context, "meeting_attendee", "meeting", id, "position", error);
  g_autofree char *event = NULL;
  gboolean first = TRUE;

  if (called == NULL)
    return FALSE;
  event = kaf_document_title (context, "meeting", id);
  set_paper (doc, kaf_doc_word (doc, "Badges"));
  for (guint i = 0; i < called->len; i++)
    {
      const KafRecord *one = called->pdata[i];
      const char *house = kaf_record_get (one, "organisation");
      g_autofree char *name = name_of (context, one);
      g_autofree char *of =
          house != NULL ? kaf_document_title (context, "organisation", house) : NULL;

      if (name == NULL || !is_for (context, one))
        continue;
      write_badge (doc, first, event, name, kaf_record_get (one, "function"), of);
      first = FALSE;
    }
  return TRUE;
}

static gboolean
build_mission (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  g_autoptr (GPtrArray) experts =
      kaf_document_related (context, "mission_expert", "mission", id, NULL, error);
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *event = NULL;
  gboolean first = TRUE;

  if (experts == NULL)
    return FALSE;
  names = kaf_document_related (context, "participant", "mission", id, "position", error);
  if (names == NULL)
    return FALSE;
  event = kaf_document_title (context, "mission", id);
  set_paper (doc, kaf_doc_word (doc, "Badges"));
  for (guint i = 0; i < experts->len; i++)
    {
      const KafRecord *one = experts->pdata[i];
      g_autofree char *name = NULL;

      if (g_strcmp0 (kaf_record_get (one, "answer"), "retained") != 0 || !is_for (context, one))
        continue;
      name = name_of (context, one);
      write_badge (doc, first, event, name, kaf_doc_word (doc, "Expert"), NULL);
      first = FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    {
      const KafRecord *one = names->pdata[i];
      g_autofree char *name = NULL;

      if (!is_for (context, one))
        continue;
      name = name_of (context, one);
      write_badge (doc, first, event, name, kaf_record_get (one, "function"),
                   kaf_record_get (one, "establishment"));
      first = FALSE;
    }
  return TRUE;
}

static const KafDocumentOne of_mission[] = { { "mission_expert", "mission", "answer", "retained" },
                                             { "participant", "mission" },
                                             { NULL } };

const KafDocument kaf_document_badges = {
  .name = "badges",
  .label = N_ ("Badges"),
  .entity = "mission",
  .ones = of_mission,
  .build = build_mission,
};

static const KafDocumentOne of_meeting[] = { { "meeting_attendee", "meeting" }, { NULL } };

const KafDocument kaf_document_badges_meeting = {
  .name = "badges-meeting",
  .label = N_ ("Badges"),
  .entity = "meeting",
  .ones = of_meeting,
  .build = build_meeting,
};
