/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the page of a meeting, and the meetings on the pages of what they are about. */
#include "config.h"

#include "ui/record/kaf-page-tables.h"

#include <glib/gi18n-lib.h>

/* An agenda and a list of who is called are read whole. */
#define LIMIT 500

/* Columns: title, speaker, duration, position. */
static char *
title_name (const KafRow *row)
{
  return g_strdup (row->title);
}

/* Columns: person, organisation, function, represented_by, presence, position. */
static char *
attendee_name (const KafRow *row)
{
  if (row->cells[0] != NULL && *row->cells[0] != '\0')
    return g_strdup (row->cells[0]);
  return g_strdup (row->title != NULL && *row->title != '\0' ? row->title : row->cells[1]);
}

static char *
presence_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_choice_pill ("meeting_attendee", "presence", kaf_page_raw (row, 4), style);
}

/* Columns: title, owner, organisation, due_on, done_on, state, position. */
static char *
decision_pill (const KafRow *row, const char *today, const char **style)
{
  const char *due = kaf_page_raw (row, 3);

  if (g_strcmp0 (kaf_page_raw (row, 5), "open") == 0 && due != NULL && g_strcmp0 (due, today) < 0)
    {
      *style = "warning";
      return g_strdup (C_ ("due date", "late"));
    }
  return kaf_page_choice_pill ("decision", "state", kaf_page_raw (row, 5), style);
}

/* Columns: title, held_on, place_fr, state. */
static char *
meeting_pill (const KafRow *row, const char *today, const char **style)
{
  return kaf_page_choice_pill ("meeting", "state", kaf_page_raw (row, 3), style);
}

static const char *const item_columns[] = { "title", "speaker", "duration", "position", NULL };
static const KafRelatedPart item_parts[] = {
  { "speaker", N_ ("by %s") },
  { "duration", N_ ("%s minutes") },
  { NULL },
};
static const char *const attendee_columns[] = {
  "person", "organisation", "function", "represented_by", "presence", "position", NULL
};
static const KafRelatedPart attendee_parts[] = {
  { "function", NULL },
  { "organisation", NULL },
  { "represented_by", N_ ("represented by %s") },
  { NULL },
};
static const char *const decision_columns[] = { "title",   "owner", "organisation", "due_on",
                                                "done_on", "state", "position",     NULL };
static const KafRelatedPart decision_parts[] = {
  { "owner", NULL },
  { "organisation", NULL },
  { "due_on", N_ ("due on %s") },
  { "done_on", N_ ("done on %s") },
  { NULL },
};
static const char *const meeting_columns[] = { "title", "held_on", "place_fr", "state", NULL };
static const KafRelatedPart meeting_parts[] = {
  { "held_on", NULL },
  { "place_fr", NULL },
  { NULL },
};

static const KafRelatedToggle presence = { "presence", "present", "absent", NULL, FALSE };
/* How far a decision is goes on being noted after the minutes are approved. */
static const KafRelatedToggle progress = { "state", "done", "open", "done_on", TRUE };

static const KafRelatedSpec items = { .entity = "agenda_item",
                                      .field = "meeting",
                                      .order = "position",
                                      .moves = TRUE,
                                      .closed_by = "approved_on",
                                      .icon = "view-list-symbolic",
                                      .columns = item_columns,
                                      .parts = item_parts,
                                      .name = title_name,
                                      .limit = LIMIT };
static const KafRelatedSpec attendees = { .entity = "meeting_attendee",
                                          .field = "meeting",
                                          .order = "position",
                                          .moves = TRUE,
                                          .toggle = &presence,
                                          .closed_by = "approved_on",
                                          .icon = "avatar-default-symbolic",
                                          .columns = attendee_columns,
                                          .parts = attendee_parts,
                                          .name = attendee_name,
                                          .pill = presence_pill,
                                          .limit = LIMIT };
static const KafRelatedSpec decisions = { .entity = "decision",
                                          .field = "meeting",
                                          .order = "position",
                                          .moves = TRUE,
                                          .toggle = &progress,
                                          .closed_by = "approved_on",
                                          .icon = "object-select-symbolic",
                                          .columns = decision_columns,
                                          .parts = decision_parts,
                                          .name = title_name,
                                          .pill = decision_pill,
                                          .limit = LIMIT };
const KafRelatedSpec kaf_page_programme_meetings = { .entity = "meeting",
                                                     .field = "programme",
                                                     .order = "held_on",
                                                     .icon = "chat-message-new-symbolic",
                                                     .columns = meeting_columns,
                                                     .parts = meeting_parts,
                                                     .name = title_name,
                                                     .pill = meeting_pill,
                                                     .limit = KAF_PAGE_LIMIT,
                                                     .list = "meeting",
                                                     .path = "programme" };
const KafRelatedSpec kaf_page_convention_meetings = { .entity = "meeting",
                                                      .field = "convention",
                                                      .order = "held_on",
                                                      .icon = "chat-message-new-symbolic",
                                                      .columns = meeting_columns,
                                                      .parts = meeting_parts,
                                                      .name = title_name,
                                                      .pill = meeting_pill,
                                                      .limit = KAF_PAGE_LIMIT,
                                                      .list = "meeting",
                                                      .path = "convention" };

static const KafRelatedSpec *const agenda[] = { &items, NULL };
static const KafRelatedSpec *const called[] = { &attendees, NULL };
static const KafRelatedSpec *const decided[] = { &decisions, NULL };

const KafRelatedGroup kaf_page_meeting_groups[] = {
  { "agenda", N_ ("Agenda"), N_ ("No point is on the agenda."), TRUE, agenda },
  { "decisions", N_ ("Decisions"), N_ ("Nothing is recorded as decided."), TRUE, decided },
  { "attendees", N_ ("Attendees"), N_ ("Nobody is called yet."), FALSE, called },
  { NULL },
};

static const char *const meeting_sections[] = { "meeting.meeting", NULL };
static const char *const place_sections[] = { "meeting.place", NULL };
static const char *const minutes_sections[] = { "meeting.minutes", NULL };
const KafFactGroup kaf_page_meeting_facts[] = {
  { N_ ("Meeting"), meeting_sections },
  { N_ ("Where and when"), place_sections },
  { N_ ("Minutes"), minutes_sections },
  { NULL },
};
