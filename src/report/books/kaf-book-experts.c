/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experts: who they are, and how many by country, domain and network. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet-group.h"
#include "report/kaf-sheet-query.h"

static gboolean
make (KafBook *book, GError **error)
{
  static const KafSheetPath paths[] = {
    { "title" },
    { "title_ar" },
    { "headline_fr" },
    { "domains", .width = 26 },
    { "city" },
    { "country" },
    { "membership.network", .width = 18 },
    { "employer" },
    { "degree" },
    { "years" },
    { "languages", .width = 26 },
    { "mode" },
    { "availability", .width = 24 },
    { "emails", .width = 30, .flags = KAF_SHEET_MISSING },
    { "phones", .width = 20 },
    { "status" },
    { "confirmed_on", .flags = KAF_SHEET_MISSING },
    { "territory", .width = 22 },
    { "ref" },
    { NULL },
  };
  const KafQuery *query = kaf_book_get_basis (book)->query;
  const KafSheetSpec list = { "experts", kaf_book_word (book, "Experts") };

  return kaf_sheet_add_query (book, &list, query, paths, error) != NULL &&
         kaf_sheet_add_groups (book, "experts_by_country", kaf_book_word (book, "By country"),
                               query, "country", error) &&
         kaf_sheet_add_groups (book, "experts_by_domain", kaf_book_word (book, "By domain"), query,
                               "domains", error) &&
         kaf_sheet_add_groups (book, "experts_by_network", kaf_book_word (book, "By network"),
                               query, "membership.network", error);
}

const KafWorkbook kaf_book_experts = {
  .name = "experts",
  .label = N_ ("Experts"),
  .summary = N_ ("Who they are; how many by country, domain and network"),
  .keywords = N_ ("experts, skills, networks"),
  .entity = "expert",
  .names = TRUE,
  .make = make,
};
