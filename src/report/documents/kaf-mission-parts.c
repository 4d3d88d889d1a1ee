/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/documents/kaf-mission-parts.h"

#include <glib/gi18n-lib.h>

static const KafPartColumn contacts[] = {
  { "held_on", NULL, 0 },
  { "organisation", NULL, 2 },
  { "person", NULL, 2 },
  { "subject", NULL, 3 },
  { "answer", NULL, 3 },
  { "reached", NULL, 0 },
  { NULL },
};
static const KafPartColumn experts[] = {
  { "person", NULL, 3 },
  { "network", NULL, 2 },
  { "answer", NULL, 0 },
  { "agreed_on", NULL, 0 },
  { "arrives_on", NULL, 0 },
  { "leaves_on", NULL, 0 },
  { NULL },
};
static const KafPartColumn results[] = {
  { "text_", N_ ("Expected result"), 4 },
  { "indicator", NULL, 2 },
  { "target", NULL, 0 },
  { "reached", NULL, 0 },
  { NULL },
};
static const KafPartColumn items[] = {
  { "held_on", NULL, 0 },
  { "half", NULL, 0 },
  { "subject_", N_ ("Subject"), 4 },
  { "trainer", NULL, 2 },
  { "room", NULL, 1.5 },
  { "state", NULL, 0 },
  { NULL },
};
static const KafPartColumn rooms[] = {
  { "name", NULL, 2 }, { "organisation", NULL, 3 }, { "places", NULL, 0 }, { NULL }
};
static const KafPartColumn lines[] = {
  { "label_", N_ ("Item of expense"), 3 },
  { "category", NULL, 0 },
  { "quantity", NULL, 0 },
  { "unit_price", NULL, 0 },
  { "payer", NULL, 2 },
  { NULL },
};
static const KafPartColumn spending[] = {
  { "label_", N_ ("Item of expense"), 3 },
  { "payer", NULL, 2 },
  { "committed", NULL, 0 },
  { "spent", NULL, 0 },
  { "settled_on", NULL, 0 },
  { NULL },
};
static const KafPartColumn equipment[] = {
  { "label_", N_ ("Equipment"), 3 }, { "quantity", NULL, 0 },
  { "provider", NULL, 2 },           { "state", NULL, 0 },
  { "needed_on", NULL, 0 },          { NULL },
};
static const KafPartColumn parties[] = {
  { "organisation", NULL, 3 }, { "role", NULL, 0 },        { "asked_on", NULL, 0 },
  { "answer", NULL, 0 },       { "answered_on", NULL, 0 }, { NULL },
};
static const KafPartColumn coordination[] = {
  { "organisation", NULL, 3 },
  { "contact_name", NULL, 2 },
  { "contact_function", NULL, 2 },
  { "contact_phone", NULL, 0 },
  { NULL },
};
static const KafPartColumn conventions[] = { { "convention", NULL, 1 }, { NULL } };
static const KafPartColumn orders[] = {
  { "person", NULL, 3 }, { "order_number", NULL, 2 }, { "order_on", NULL, 0 }, { NULL }
};
static const KafPartColumn bookings[] = {
  { "label", NULL, 3 },
  { "kind", NULL, 0 },
  { "starts_on", NULL, 0 },
  { "ends_on", NULL, 0 },
  { "book_by", NULL, 0 },
  { "state", NULL, 0 },
  { NULL },
};
static const KafPartColumn materials[] = {
  { "title_", N_ ("Material"), 4 },
  { "form", NULL, 0 },
  { "rights", NULL, 2 },
  { "copies", NULL, 0 },
  { "handed_on", NULL, 0 },
  { "handed_to", NULL, 2 },
  { NULL },
};
static const KafPartColumn pairs[] = {
  { "expert", NULL, 2 },    { "participant", NULL, 2 }, { "purpose", NULL, 3 },
  { "starts_on", NULL, 0 }, { "state", NULL, 0 },       { NULL },
};
static const KafPartColumn follow_ups[] = {
  { "label_fr", N_ ("Follow-up"), 3 },
  { "kind", NULL, 0 },
  { "owner_name", NULL, 2 },
  { "due_on", NULL, 0 },
  { "done_on", NULL, 0 },
  { NULL },
};
static const KafPartTable step_1[] = { { NULL } };
static const KafPartTable step_2[] = { { "contact", "mission", "held_on", NULL, contacts },
                                       { NULL } };
static const KafPartTable step_3[] = { { "mission_expert", "mission", NULL, NULL, experts },
                                       { NULL } };
static const KafPartTable step_4[] = { { "mission_result", "mission", NULL, NULL, results },
                                       { "programme_item", "mission", "held_on", NULL, items },
                                       { NULL } };
static const KafPartTable step_5[] = { { "mission_room", "mission", NULL, NULL, rooms },
                                       { "budget_line", "mission", "position", NULL, lines },
                                       { "equipment", "mission", NULL, NULL, equipment },
                                       { NULL } };
static const KafPartTable step_6[] = { { "mission_party", "mission", NULL, NULL, parties },
                                       { NULL } };
static const KafPartTable step_7[] = {
  { "mission_convention", "mission", NULL, NULL, conventions },
  { "mission_party", "mission", NULL, N_ ("Coordination"), coordination },
  { "mission_expert", "mission", NULL, N_ ("Mission orders"), orders },
  { NULL }
};
static const KafPartTable step_8[] = { { "booking", "mission", "book_by", NULL, bookings },
                                       { "budget_line", "mission", "position", N_ ("Spending"),
                                         spending },
                                       { NULL } };
static const KafPartTable step_9[] = { { "material", "mission", NULL, NULL, materials },
                                       { "pair", "mission", NULL, NULL, pairs },
                                       { "follow_up", "mission", "due_on", NULL, follow_ups },
                                       { NULL } };
static const KafPartTable step_10[] = { { NULL } };

const KafPartTable *
kaf_mission_parts_of (guint step)
{
  static const KafPartTable *const steps[] = { step_1, step_2, step_3, step_4, step_5,
                                               step_6, step_7, step_8, step_9, step_10 };

  g_return_val_if_fail (step >= 1 && step <= G_N_ELEMENTS (steps), steps[0]);

  return steps[step - 1];
}

static void
add_field (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission, const char *field)
{
  const KafField *kind = kaf_entity_find_field (kaf_record_get_entity (mission), field);
  g_autofree char *value = kaf_document_value (context, mission, field);

  kaf_doc_pair (doc, kaf_doc_word (doc, kind->label), value);
}

void
kaf_mission_parts_cover (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission)
{
  static const char *const before[] = { "programme", "lead", "facilitator", "followed_by",
                                        "territory" };
  static const char *const after[] = { "starts_on", "ends_on", "mode", "participants_planned",
                                       "ceiling" };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    add_field (doc, context, mission, before[i]);
  kaf_doc_pair (doc, kaf_doc_word (doc, "Place"), kaf_document_text (context, mission, "place"));
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    add_field (doc, context, mission, after[i]);
}

void
kaf_mission_parts_texts (KafDoc *doc, KafDocumentContext *context, const KafRecord *mission)
{
  static const struct
  {
    const char *label, *field;
  } texts[] = {
    { N_ ("Objective"), "objective" },
    { N_ ("Audience"), "audience" },
    { N_ ("Method"), "method" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    kaf_doc_pair (doc, kaf_doc_word (doc, texts[i].label),
                  kaf_document_text (context, mission, texts[i].field));
}
