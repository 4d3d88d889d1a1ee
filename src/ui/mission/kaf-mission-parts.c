/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-parts.h"

#include <string.h>

static const char *const needs[] = { "title_fr",      "title_ar",       "statement_fr",
                                     "statement_ar",  "audience_fr",    "audience_ar",
                                     "audience_size", "daily_practice", "territory",
                                     "urgency",       "stated_by",      "stated_on",
                                     "confirmed_on",  "state",          NULL };
static const char *const mission_needs[] = { "need", NULL };
static const char *const stakeholders[] = {
  "need", "organisation", "name", "kind", "duty_fr", "duty_ar", "gap_fr", "gap_ar", "attitude", NULL
};
static const char *const contacts[] = { "held_on", "channel",     "organisation", "person",
                                        "subject", "stakeholder", "purpose",      "attitude",
                                        "reached", "answer",      "next_action",  "next_on",
                                        "by_whom", NULL };
static const char *const experts[] = { "person",       "network",    "answer",      "contacted_on",
                                       "answered_on",  "reason",     "window_from", "window_to",
                                       "window_part",  "fit_score",  "fit_on",      "fit_reasons",
                                       "agreed_on",    "arrives_on", "arrives_at",  "leaves_on",
                                       "order_number", "order_on",   NULL };
static const char *const requests[] = { "asked_on",    "wanted",      "criteria", "by",
                                        "answered_on", "answer_text", NULL };
static const char *const parties[] = { "organisation",  "role",          "asked_on",
                                       "answer",        "answered_on",   "hours",
                                       "relevance",     "contact_name",  "contact_function",
                                       "contact_phone", "contact_email", NULL };
static const char *const conventions[] = { "convention", NULL };
static const char *const rooms[] = { "name", "organisation", "places", NULL };
static const char *const results[] = { "text_fr", "text_ar", "indicator", "target",
                                       "reached", "comment", NULL };
static const char *const items[] = {
  "subject_fr",       "subject_ar", "held_on",        "half", "theory_minutes",
  "practice_minutes", "trainer",    "second_trainer", "room", "language",
  "position",         "state",      "state_reason",   NULL
};
static const char *const lines[] = { "label_fr",   "label_ar",   "category", "quantity",
                                     "unit_price", "payer",      "basis",    "committed",
                                     "spent",      "settled_on", "position", NULL };
static const char *const equipment[] = { "label_fr", "label_ar",  "quantity", "source",
                                         "provider", "condition", "state",    "needed_on",
                                         "remarks",  NULL };
static const char *const participants[] = { "name",          "name_ar",  "function",
                                            "establishment", "position", NULL };
static const char *const bookings[] = { "label",   "kind",    "expert", "starts_on",
                                        "ends_on", "book_by", "state",  "supplier",
                                        "number",  "line",    NULL };
static const char *const materials[] = { "title_fr",  "title_ar",       "form",
                                         "rights",    "copies",         "handed_on",
                                         "handed_to", "refused_reason", NULL };
static const char *const pairs[] = { "expert",  "participant", "purpose", "starts_on",
                                     "ends_on", "state",       NULL };
static const char *const follow_ups[] = { "label_fr", "kind",    "pair",    "owner_name",
                                          "due_on",   "done_on", "outcome", NULL };
static const char *const answers[] = {
  "role",           "answered_on",           "liked", "missing", "suggestion",
  "suggestion_use", "suggestion_use_reason", NULL
};

static const char *const meetings[] = { "held_on",  "starts_at", "kind", "place_fr",
                                        "place_ar", "state",     NULL };

const KafMissionPart kaf_mission_parts[] = {
  { "mission_need", "mission", 1, mission_needs, NULL },
  { "need", "id", 1, needs, NULL },
  { "stakeholder", "need", 1, stakeholders, NULL },
  { "contact", "mission", 2, contacts, NULL },
  { "meeting", "mission", 2, meetings, "held_on" },
  { "mission_expert", "mission", 3, experts, NULL },
  { "candidate_request", "mission", 3, requests, NULL },
  { "mission_result", "mission", 4, results, NULL },
  { "programme_item", "mission", 4, items, "held_on" },
  { "mission_room", "mission", 5, rooms, NULL },
  { "budget_line", "mission", 5, lines, "position" },
  { "equipment", "mission", 5, equipment, NULL },
  { "participant", "mission", 5, participants, "position" },
  { "mission_party", "mission", 6, parties, NULL },
  { "mission_convention", "mission", 7, conventions, NULL },
  { "booking", "mission", 8, bookings, "book_by" },
  { "material", "mission", 9, materials, NULL },
  { "pair", "mission", 9, pairs, NULL },
  { "follow_up", "mission", 9, follow_ups, "due_on" },
  { "evaluation", "mission", 10, answers, NULL },
  { NULL },
};

const KafMissionPart *
kaf_mission_part_find (const char *entity)
{
  for (const KafMissionPart *part = kaf_mission_parts; part->entity != NULL; part++)
    if (strcmp (part->entity, entity) == 0)
      return part;
  return NULL;
}

int
kaf_mission_part_column (const KafMissionPart *part, const char *column)
{
  for (int i = 0; part->columns[i] != NULL; i++)
    if (strcmp (part->columns[i], column) == 0)
      return i;
  return -1;
}
