/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Networks, conventions and what the parties owe: as it stands on the day of the workbook. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "report/books/kaf-books.h"
#include "report/kaf-sheet-query.h"
#include "rules/convention/kaf-commitment-text.h"
#include "rules/convention/kaf-convention-text.h"
#include "schema/kaf-registry.h"
#include "store/kaf-conventions.h"
#include "store/kaf-findings.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"

/* A bar that has no end is drawn so far ahead. */
#define OPEN_MONTHS 24
#define SPANS_MAX 20

/* What the sheets share. */
typedef struct
{
  KafBook *book;
  const KafBookBasis *basis;
  KafThresholds limits;
  KafConventions *all;
  GHashTable *wanted; /* ids of those that the query finds */
} Reading;

static gboolean
add_networks (KafBook *book, GError **error)
{
  static const KafSheetPath paths[] = {
    { "title", .width = 40 },
    { "title_ar", .width = 30 },
    { "acronym" },
    { "basis" },
    { "countries", .width = 20 },
    { "domains", .width = 26 },
    { "founded", .width = 12 },
    { "size", .width = 10, .flags = KAF_SHEET_MISSING },
    { "size_date", .width = 12 },
    { "emails", .width = 28, .flags = KAF_SHEET_MISSING },
    { "label", .width = 16 },
    { "ref" },
    { NULL },
  };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("network"));

  return kaf_sheet_add_query (book,
                              &(KafSheetSpec){ "networks", kaf_book_word (book, "Networks"),
                                               kaf_book_word (book, "All networks") },
                              query, paths, error) != NULL;
}

static char *
join_parties (const Reading *self, const KafStanding *standing)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < standing->parties->len; i++)
    {
      const KafParty *party = &g_array_index (standing->parties, KafParty, i);
      g_autofree char *name = kaf_read_short_title (self->basis->db, "organisation",
                                                    party->organisation, self->basis->lang);

      g_string_append_printf (text, "%s%s",
                              i == 0                             ? ""
                              : self->basis->lang == KAF_LANG_AR ? "، "
                                                                 : ", ",
                              name != NULL ? name : "—");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
kind_label (KafLang lang, KafConventionKind kind)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("convention"), "kind");

  return kaf_words_get (lang, field->choices[kind].label);
}

static void
add_convention_columns (KafSheet *sheet)
{
  const KafSheetColumn columns[] = {
    { "title", kaf_sheet_word (sheet, "Convention"), KAF_SHEET_LONG_TEXT, 46 },
    { "kind", kaf_sheet_word (sheet, "Kind"), KAF_SHEET_TEXT, 16 },
    { "parties", kaf_sheet_word (sheet, "Parties"), KAF_SHEET_LONG_TEXT, 28 },
    { "state", kaf_sheet_word (sheet, "State"), KAF_SHEET_TEXT, 22 },
    { "signed_on", kaf_sheet_word (sheet, "Signed on"), KAF_SHEET_DAY, 12, KAF_SHEET_MISSING },
    { "from", kaf_sheet_word (sheet, "In force from"), KAF_SHEET_DAY, 12 },
    { "until", kaf_sheet_word (sheet, "Until"), KAF_SHEET_DAY, 12,
      KAF_SHEET_LATE | KAF_SHEET_SOON },
    { "term", kaf_sheet_word (sheet, "Term"), KAF_SHEET_LONG_TEXT, 30 },
    { "days_left", kaf_sheet_word (sheet, "Days left"), KAF_SHEET_INTEGER, 10 },
    { "copies", kaf_sheet_word (sheet, "Signed copies"), KAF_SHEET_INTEGER, 10 },
    { "ref", kaf_sheet_word (sheet, "Reference"), KAF_SHEET_TEXT, 16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
}

static void
add_convention (const Reading *self, KafSheet *sheet, const KafConvention *act)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (act, self->basis->day);
  g_autofree char *parties = join_parties (self, standing);
  g_autofree char *state = kaf_standing_describe_state (
      standing, self->basis->day, self->limits.lapse_first, self->basis->lang, NULL);
  g_autofree char *term = kaf_standing_describe_term (standing, act, self->basis->lang);
  guint days;

  kaf_sheet_add_text (sheet, act->title);
  kaf_sheet_add_text (sheet, kind_label (self->basis->lang, act->kind));
  kaf_sheet_add_text (sheet, parties);
  kaf_sheet_add_text (sheet, state);
  kaf_sheet_add_day (sheet, act->signed_on);
  kaf_sheet_add_day (sheet, standing->from);
  kaf_sheet_add_day (sheet, standing->until);
  kaf_sheet_add_text (sheet, term);
  if (kaf_standing_days_left (standing, self->basis->day, &days))
    kaf_sheet_add_number (sheet, days);
  else
    kaf_sheet_add_empty (sheet);
  kaf_sheet_add_number (sheet, act->n_files_signed);
  kaf_sheet_add_text (sheet, act->ref);
  kaf_sheet_end_row (sheet);
}

/* Those of the query, each framework with what stands within it. */
static void
add_tree (const Reading *self, KafSheet *sheet, const KafConvention *act, guint depth)
{
  if (depth > 8)
    return;
  if (g_hash_table_contains (self->wanted, act->id))
    add_convention (self, sheet, act);
  for (guint i = 0; i < act->children->len; i++)
    add_tree (self, sheet, g_ptr_array_index (act->children, i), depth + 1);
}

static void
add_conventions (const Reading *self)
{
  KafSheet *sheet = kaf_sheet_new (
      self->book, &(KafSheetSpec){ "conventions", kaf_book_word (self->book, "Conventions") });

  add_convention_columns (sheet);
  for (guint i = 0; i < self->all->roots->len; i++)
    add_tree (self, sheet, g_ptr_array_index (self->all->roots, i), 0);
}

/* Bars in time */

static void
add_span (const Reading *self, KafSheet *sheet, const KafConvention *act, KafDay *earliest)
{
  g_autoptr (KafStanding) standing = kaf_convention_stand (act, self->basis->day);
  g_autofree char *term = kaf_standing_describe_term (standing, act, self->basis->lang);
  KafDay until = standing->until;

  if (standing->from == KAF_DAY_UNKNOWN || act->kind == KAF_CONVENTION_AMENDMENT ||
      !g_hash_table_contains (self->wanted, act->id))
    return;
  if (until == KAF_DAY_UNKNOWN)
    until = kaf_day_add_months (MAX (standing->from, self->basis->day), OPEN_MONTHS);
  if (*earliest == KAF_DAY_UNKNOWN || standing->from < *earliest)
    *earliest = standing->from;
  kaf_sheet_add_text (sheet, act->title);
  kaf_sheet_add_day (sheet, standing->from);
  kaf_sheet_add_number (sheet, (gint64) until - standing->from + 1);
  kaf_sheet_add_text (sheet, term);
  kaf_sheet_end_row (sheet);
}

static void
add_spans (const Reading *self)
{
  static const int series[] = { 1, 2, -1 };
  KafSheet *sheet = kaf_sheet_new (
      self->book,
      &(KafSheetSpec){
          "validity", kaf_book_word (self->book, "Validity"),
          kaf_book_word (self->book,
                         "A convention without a known end is drawn two years ahead.") });
  KafDay earliest = KAF_DAY_UNKNOWN;

  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "title", kaf_book_word (self->book, "Convention"),
                                                  KAF_SHEET_TEXT, 50 });
  kaf_sheet_add_column (
      sheet,
      &(KafSheetColumn){ "from", kaf_book_word (self->book, "In force from"), KAF_SHEET_DAY, 13 });
  kaf_sheet_add_column (sheet,
                        &(KafSheetColumn){ "days", kaf_book_word (self->book, "Days of validity"),
                                           KAF_SHEET_INTEGER, 12 });
  kaf_sheet_add_column (sheet, &(KafSheetColumn){ "term", kaf_book_word (self->book, "Term"),
                                                  KAF_SHEET_LONG_TEXT, 40 });
  for (guint i = 0; i < self->all->acts->len; i++)
    add_span (self, sheet, g_ptr_array_index (self->all->acts, i), &earliest);
  kaf_sheet_add_chart (sheet,
                       &(KafSheetChart){ KAF_CHART_SPANS,
                                         kaf_book_word (self->book, "Validity of conventions"), 0,
                                         series, SPANS_MAX, .from = earliest });
}

/* Commitments */

static void
add_commitment (const Reading *self,
                KafSheet *sheet,
                const KafConvention *act,
                const KafCommitment *commitment)
{
  KafCommitmentStanding standing =
      kaf_commitment_stand (commitment, self->basis->day, self->limits.commitment_soon);
  g_autofree char *party =
      kaf_read_short_title (self->basis->db, "organisation", commitment->party, self->basis->lang);
  g_autofree char *state = kaf_commitment_describe_state (commitment, &standing, self->basis->day,
                                                          self->basis->lang, NULL);

  kaf_sheet_add_text (sheet, act->title);
  kaf_sheet_add_text (sheet, party);
  kaf_sheet_add_text (sheet, commitment->text);
  kaf_sheet_add_day (sheet, standing.due);
  kaf_sheet_add_text (sheet, state);
  if (standing.of > 0)
    {
      kaf_sheet_add_number (sheet, standing.done);
      kaf_sheet_add_number (sheet, standing.of);
    }
  else
    {
      kaf_sheet_add_empty (sheet);
      kaf_sheet_add_empty (sheet);
    }
  kaf_sheet_add_text (sheet, commitment->followed_by);
  kaf_sheet_add_text (sheet, commitment->ref);
  kaf_sheet_end_row (sheet);
}

static void
add_commitments (const Reading *self)
{
  const KafSheetColumn columns[] = {
    { "convention", kaf_book_word (self->book, "Convention"), KAF_SHEET_LONG_TEXT, 34 },
    { "party", kaf_book_word (self->book, "Party"), KAF_SHEET_TEXT, 18 },
    { "text", kaf_book_word (self->book, "Commitment"), KAF_SHEET_LONG_TEXT, 46 },
    { "due_on", kaf_book_word (self->book, "Due on"), KAF_SHEET_DAY, 12,
      KAF_SHEET_LATE | KAF_SHEET_SOON },
    { "state", kaf_book_word (self->book, "State"), KAF_SHEET_TEXT, 20 },
    { "done", kaf_book_word (self->book, "Done"), KAF_SHEET_INTEGER, 9 },
    { "of", kaf_book_word_in (self->book, "workbook", "Promised"), KAF_SHEET_INTEGER, 9 },
    { "followed_by", kaf_book_word (self->book, "Followed by"), KAF_SHEET_TEXT, 16,
      KAF_SHEET_MISSING },
    { "ref", kaf_book_word (self->book, "Reference"), KAF_SHEET_TEXT, 16 },
  };
  KafSheet *sheet = kaf_sheet_new (
      self->book, &(KafSheetSpec){ "commitments", kaf_book_word (self->book, "Commitments") });

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    kaf_sheet_add_column (sheet, &columns[i]);
  for (guint i = 0; i < self->all->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->all->acts, i);

      for (guint c = 0; g_hash_table_contains (self->wanted, act->id) && c < act->commitments->len;
           c++)
        add_commitment (self, sheet, act, g_ptr_array_index (act->commitments, c));
    }
}

static gboolean
make (KafBook *book, GError **error)
{
  const KafBookBasis *basis = kaf_book_get_basis (book);
  g_autofree char *day = kaf_day_to_iso (basis->day);
  g_autoptr (KafConventions) all = kaf_conventions_read (
      basis->db, NULL, KAF_CONVENTIONS_COMMITMENTS, basis->lang, basis->cancellable, error);
  g_autoptr (GHashTable) wanted =
      all != NULL ? kaf_books_read_ids (basis->db, basis->query, error) : NULL;
  const Reading reading = { book, basis, kaf_findings_read_thresholds (basis->db, day), all,
                            wanted };

  if (wanted == NULL)
    return FALSE;
  add_conventions (&reading);
  add_spans (&reading);
  add_commitments (&reading);
  return add_networks (book, error);
}

const KafWorkbook kaf_book_conventions = {
  .name = "conventions",
  .label = N_ ("Networks and conventions"),
  .summary = N_ ("Conventions, how long they hold, commitments; networks"),
  .keywords = N_ ("networks, conventions, commitments"),
  .entity = "convention",
  .make = make,
};
