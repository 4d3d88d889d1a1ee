/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What committees and other meetings decided: by whom, by when, how far it is. The sheet of decisions may be sent round
 * and come back: who does them fills in the state, the day and the result. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet-group.h"
#include "report/kaf-sheet-query.h"
#include "schema/kaf-registry.h"

/* Meetings are all of them unless decisions are narrowed: then those that took one. */
static KafQuery *
query_meetings (const KafQuery *decisions)
{
  const KafEntity *meeting = kaf_registry_find ("meeting");
  const KafEntity *decision = kaf_query_get_entity (decisions);
  const KafLink link = { KAF_LINK_BELONGING, decision,
                         kaf_entity_find_field (decision, "meeting") };
  KafQuery *query = kaf_query_new (meeting);
  KafNode *related;

  kaf_query_set_sort (query, "held_on", TRUE);
  if (!kaf_query_has_conditions (decisions))
    return query;
  related = kaf_node_new_related (&link, KAF_HOW_SOME, 1);
  kaf_node_add (related, kaf_query_get_tree (decisions));
  kaf_query_add_node (query, related);
  return query;
}

static gboolean
make (KafBook *book, GError **error)
{
  static const KafSheetPath decisions[] = {
    { "ref", .width = 15 },
    { "title", N_ ("Decision"), .width = 46 },
    { "meeting", .width = 30 },
    { "owner", .width = 20, .flags = KAF_SHEET_MISSING },
    { "organisation", .width = 24 },
    { "due_on", .flags = KAF_SHEET_LATE | KAF_SHEET_SOON, .unless = "done_on" },
    { "state", .width = 13, .flags = KAF_SHEET_ASKED },
    { "done_on", .width = 13, .flags = KAF_SHEET_ASKED },
    { "result", .width = 40, .flags = KAF_SHEET_ASKED },
    { NULL },
  };
  static const KafSheetPath meetings[] = {
    { "held_on", .flags = KAF_SHEET_MISSING },
    { "title", N_ ("Meeting"), .width = 44 },
    { "kind", .width = 22 },
    { "state", .width = 12 },
    { "chair", .width = 24 },
    { "convened_by", .width = 28 },
    { "approved_on", .width = 14, .flags = KAF_SHEET_MISSING },
    { "ref" },
    { NULL },
  };
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autoptr (KafQuery) sorted = kaf_query_copy (basis->query);
  g_autoptr (KafQuery) held = query_meetings (basis->query);
  const KafSheetSpec list = {
    "decisions", kaf_book_word (book, "Decisions"),
    kaf_book_word (book, "State, day and result are to be filled in where a decision was "
                         "carried out.")
  };

  kaf_query_set_sort (sorted, "due_on", FALSE);
  return kaf_sheet_add_query (book, &list, sorted, decisions, error) != NULL &&
         kaf_sheet_add_groups (book, "decisions_by_state", kaf_book_word (book, "By state"),
                               basis->query, "state", error) &&
         kaf_sheet_add_groups (book, "decisions_by_organisation",
                               kaf_book_word (book, "By organisation"), basis->query,
                               "organisation", error) &&
         kaf_sheet_add_query (
             book,
             &(KafSheetSpec){ "meetings", kaf_book_word (book, "Meetings"),
                              kaf_book_word (book, "The latest first; minutes that nobody approved "
                                                   "yet show as missing") },
             held, meetings, error) != NULL;
}

const KafWorkbook kaf_book_committee = {
  .name = "committee",
  .label = N_ ("Follow-up of decisions"),
  .summary = N_ ("Decisions, who carries them out and by when; meetings"),
  .keywords = N_ ("committees, meetings, decisions"),
  .entity = "decision",
  .make = make,
};
