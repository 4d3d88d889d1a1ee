/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-conventions.h"

#include <string.h>

#include "base/kaf-id.h"
#include "store/kaf-database-private.h"

/* The acts to read, as the tables `act (rid, id)`. Of one: up to what it stands within, and down again. */
#define ALL_ACTS                                                                                   \
  "WITH act (rid, id) AS (SELECT c.rid, h.id FROM convention c CROSS JOIN head h ON h.rid = c.rid" \
  " WHERE c.deleted_at IS NULL) "
/* Rows are looked up by subqueries: for a join, SQLite 3.40 reads all heads into a Bloom filter first. So it would read
 * all acts to find those below one, if it asked them whether they are deleted: their heads are asked, and a deleted one
 * is a row of nothing, which joins nothing. */
#define ROW_OF(id, entity) "(SELECT rid FROM head WHERE id = " id " AND entity = '" entity "')"
#define ID_OF(rid) "(SELECT id FROM head WHERE rid = " rid ")"
#define PARENT_OF(id)                                                                              \
  "(SELECT c.parent FROM convention c WHERE c.rid = " ROW_OF (                                     \
      id, "convention") " AND c.deleted_at IS NULL)"
#define LIVE_ROW_OF(id)                                                                            \
  "(SELECT rid FROM head WHERE id = " id " AND entity = 'convention' AND deleted = 0)"
#define ABOVE "SELECT " PARENT_OF ("a.id") " FROM above a WHERE a.id IS NOT NULL"
#define THESE                                                                                      \
  "SELECT " LIVE_ROW_OF ("a.id") ", a.id FROM above a WHERE " LIVE_ROW_OF ("a.id") " IS NOT NULL"
#define BELOW                                                                                      \
  "SELECT (SELECT rid FROM head WHERE rid = c.rid AND deleted = 0),"                               \
  " (SELECT id FROM head WHERE rid = c.rid AND deleted = 0)"                                       \
  " FROM act a CROSS JOIN convention c INDEXED BY convention__parent ON c.parent = a.id"
#define ONE_TREE                                                                                   \
  "WITH RECURSIVE above (id) AS (VALUES (?1) UNION " ABOVE "),"                                    \
  " act (rid, id) AS (" THESE " UNION " BELOW ") "

/* Of all commitments, those that may be due between two days, with those that stand in the place of another. */
#define MAY_BE_DUE                                                                                 \
  " AND (o.due_on BETWEEN ?1 AND ?2 OR o.replaces IS NOT NULL OR (o.due_on < ?1"                   \
  " AND o.recurrence IN ('monthly', 'quarterly', 'half_yearly', 'yearly')"                         \
  " AND (o.recurs_until IS NULL OR o.recurs_until >= ?1)))"

typedef struct
{
  char *value;
  int position;
} Element;

typedef struct
{
  KafDatabase *db;
  const char *of;
  const char *from, *until; /* ISO; NULL: commitments of any day */
  KafLang lang;
  GCancellable *cancellable;
  KafConventions *all;
  GHashTable *by_rid; /* row → KafConvention */
  gint64 last_rid;    /* whose elements are being read: they come together */
  KafConvention *last;
  char ***list;            /* of the last one; those of a list come together */
  GArray *elements;        /* (element-type Element): of that list, which has none of them yet */
  GHashTable *commitments; /* id → KafCommitment */
} Reading;

typedef void (*TakeRow) (Reading *self, KafStatement *row);

static KafDay
get_day (KafStatement *row, int column)
{
  return kaf_day_parse (kaf_statement_text (row, column));
}

static char *
dup_text (KafStatement *row, int column)
{
  return g_strdup (kaf_statement_text (row, column));
}

/* Of two columns, the one in the language. */
static char *
dup_title (const Reading *self, KafStatement *row, int column)
{
  const char *latin = kaf_statement_text (row, column);
  const char *arabic = kaf_statement_text (row, column + 1);

  if (self->lang == KAF_LANG_AR)
    return g_strdup (arabic != NULL ? arabic : latin);
  return g_strdup (latin != NULL ? latin : arabic);
}

static void
bind_span (const Reading *self, KafStatement *statement)
{
  if (sqlite3_bind_parameter_count (statement) < 2)
    return;
  kaf_statement_bind_text (statement, 1, self->from);
  kaf_statement_bind_text (statement, 2, self->until);
}

/* @all (nullable): the same rows of all acts, where there is a shorter way to them. */
static gboolean
read_rows (Reading *self, const char *sql, const char *all, TakeRow take, GError **error)
{
  gboolean shorter = self->of == NULL && all != NULL;
  g_autofree char *whole =
      shorter ? g_strdup (all) : g_strconcat (self->of != NULL ? ONE_TREE : ALL_ACTS, sql, NULL);
  g_autoptr (KafStatement) statement = NULL;
  g_autoptr (GError) local = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  statement = kaf_database_prepare (self->db, whole, error);
  if (statement == NULL)
    return FALSE;
  if (self->of != NULL)
    kaf_statement_bind_text (statement, 1, self->of);
  bind_span (self, statement);
  while (kaf_database_step (self->db, statement, &local))
    take (self, statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Acts */

static KafConventionKind
parse_kind (const char *code)
{
  if (g_strcmp0 (code, "amendment") == 0)
    return KAF_CONVENTION_AMENDMENT;
  return g_strcmp0 (code, "specific") == 0 ? KAF_CONVENTION_SPECIFIC : KAF_CONVENTION_FRAMEWORK;
}

static void
take_act (Reading *self, KafStatement *row)
{
  KafConvention *act = kaf_convention_new (kaf_statement_text (row, 1));

  act->ref = dup_text (row, 2);
  act->title = dup_title (self, row, 3);
  act->kind = parse_kind (kaf_statement_text (row, 5));
  act->parent_id = dup_text (row, 6);
  act->programme = dup_text (row, 7);
  act->negotiated_on = get_day (row, 8);
  act->signed_on = get_day (row, 9);
  act->effective_on = get_day (row, 10);
  act->ends_on = get_day (row, 11);
  act->terminated_on = get_day (row, 12);
  act->open_ended = sqlite3_column_int (row, 13) != 0;
  act->tacit_renewal = sqlite3_column_int (row, 14) != 0;
  act->renewal_months = (guint) MAX (sqlite3_column_int (row, 15), 0);
  act->notice_days = (guint) MAX (sqlite3_column_int (row, 16), 0);
  kaf_conventions_take (self->all, act);
  g_hash_table_insert (self->by_rid, GUINT_TO_POINTER (sqlite3_column_int64 (row, 0)), act);
}

static guint
parse_change (const char *code)
{
  static const struct
  {
    const char *code;
    guint change;
  } changes[] = { { "end", KAF_CHANGES_END },
                  { "parties", KAF_CHANGES_PARTIES },
                  { "duties", KAF_CHANGES_DUTIES },
                  { "object", KAF_CHANGES_OBJECT },
                  { "domains", KAF_CHANGES_DOMAINS } };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_strcmp0 (code, changes[i].code) == 0)
      return changes[i].change;
  return 0;
}

/* Hands over what came for the last list. */
static void
fill_list (Reading *self)
{
  guint n = self->elements->len;

  if (n == 0)
    return;
  *self->list = g_renew (char *, *self->list, n + 1);
  for (guint i = 0; i < n; i++)
    (*self->list)[i] = g_array_index (self->elements, Element, i).value;
  (*self->list)[n] = NULL;
  g_array_set_size (self->elements, 0);
}

/* Sorted here: a sorter of SQLite's for two elements costs more than reading them. */
static void
add_to (Reading *self, char ***list, const char *value, int position)
{
  const Element element = { g_strdup (value), position };
  guint at;

  if (list != self->list)
    fill_list (self);
  self->list = list;
  at = self->elements->len;
  while (at > 0 && g_array_index (self->elements, Element, at - 1).position > position)
    at--;
  if (at == self->elements->len)
    g_array_append_val (self->elements, element);
  else
    g_array_insert_val (self->elements, at, element);
}

static void
take_element (Reading *self, KafStatement *row)
{
  gint64 rid = sqlite3_column_int64 (row, 0);
  KafConvention *act = rid == self->last_rid
                           ? self->last
                           : g_hash_table_lookup (self->by_rid, GUINT_TO_POINTER (rid));
  const char *field = kaf_statement_text (row, 1);
  const char *value = kaf_statement_text (row, 2);
  int position = sqlite3_column_int (row, 3);

  self->last_rid = rid;
  self->last = act;
  if (act == NULL || value == NULL)
    return;
  if (g_str_equal (field, "changes"))
    act->changes |= parse_change (value);
  else if (g_str_equal (field, "parties"))
    add_to (self, &act->parties, value, position);
  else if (g_str_equal (field, "parties_left"))
    add_to (self, &act->parties_left, value, position);
  else if (g_str_equal (field, "domains"))
    add_to (self, &act->domains, value, position);
}

static void
take_signed_file (Reading *self, KafStatement *row)
{
  KafConvention *act = kaf_conventions_find (self->all, kaf_statement_text (row, 0));

  if (act != NULL)
    act->n_files_signed++;
}

#define ACTS                                                                                       \
  "SELECT c.rid, a.id, c.ref, c.title_fr, c.title_ar, c.kind, c.parent, c.programme,"              \
  " c.negotiated_on, c.signed_on, c.effective_on, c.ends_on, c.terminated_on, c.open_ended,"       \
  " c.tacit_renewal, c.renewal_months, c.notice_days"

static gboolean
read_acts (Reading *self, GError **error)
{
  return read_rows (self, ACTS " FROM act a CROSS JOIN convention c ON c.rid = a.rid",
                    ACTS " FROM convention c CROSS JOIN head a ON a.rid = c.rid"
                         " WHERE c.deleted_at IS NULL",
                    take_act, error) &&
         read_rows (self,
                    "SELECT s.rid, s.field, s.value, s.position FROM act a"
                    " CROSS JOIN convention_set s ON s.rid = a.rid"
                    " WHERE s.removed IS NULL ORDER BY s.rid, s.field",
                    "SELECT rid, field, value, position FROM convention_set WHERE removed IS NULL"
                    " ORDER BY rid, field",
                    take_element, error) &&
         read_rows (self,
                    "SELECT f.owner FROM act a CROSS JOIN attachment f ON f.owner = a.id"
                    " WHERE f.owner_entity = 'convention' AND f.role = 'signed'"
                    " AND f.deleted_at IS NULL",
                    "SELECT owner FROM attachment WHERE owner_entity = 'convention'"
                    " AND role = 'signed' AND deleted_at IS NULL",
                    take_signed_file, error);
}

/* Signatories */

static void
take_signatory (Reading *self, KafStatement *row)
{
  KafConvention *act = kaf_conventions_find (self->all, kaf_statement_text (row, 0));
  KafSignatory *one;

  if (act == NULL)
    return;
  one = g_new0 (KafSignatory, 1);
  one->id = dup_text (row, 1);
  one->mandate = dup_text (row, 2);
  one->signed_on = get_day (row, 3);
  one->organisation = dup_text (row, 4);
  one->person = dup_text (row, 5);
  one->from = get_day (row, 6);
  one->to = kaf_day_parse_end (kaf_statement_text (row, 7));
  g_ptr_array_add (act->signatories, one);
}

static gboolean
read_signatories (Reading *self, GError **error)
{
  return read_rows (
      self,
      "SELECT s.convention, " ID_OF (
          "s.rid") ", s.mandate, s.signed_on, m.organisation, m.person,"
                   " m.valid_from, m.valid_to FROM act a"
                   " CROSS JOIN signatory s ON s.convention = a.id"
                   " LEFT JOIN mandate m ON m.rid = " ROW_OF (
                       "s.mandate", "mandate") " AND m.deleted_at IS NULL"
                                               " WHERE s.deleted_at IS NULL ORDER BY s.rid",
      NULL, take_signatory, error);
}

/* Commitments */

static void
take_commitment (Reading *self, KafStatement *row)
{
  KafConvention *act = kaf_conventions_find (self->all, kaf_statement_text (row, 0));
  KafCommitment *one;

  if (act == NULL)
    return;
  one = kaf_commitment_new (kaf_statement_text (row, 1));
  one->convention_id = g_strdup (act->id);
  one->ref = dup_text (row, 2);
  one->text = dup_title (self, row, 3);
  one->party = dup_text (row, 5);
  one->replaces = dup_text (row, 6);
  one->responsible = dup_text (row, 7);
  one->followed_by = dup_text (row, 8);
  one->due_on = get_day (row, 9);
  one->recurs_until = get_day (row, 10);
  one->waived_on = get_day (row, 11);
  one->recurrence = kaf_recurrence_parse (kaf_statement_text (row, 12));
  one->quantity = (guint) MAX (sqlite3_column_int (row, 13), 0);
  g_ptr_array_add (act->commitments, one);
  g_hash_table_insert (self->commitments, one->id, one);
}

static void
take_fulfilment (Reading *self, KafStatement *row)
{
  KafCommitment *of = g_hash_table_lookup (self->commitments, kaf_statement_text (row, 0));
  KafFulfilment one = { .done_on = get_day (row, 1), .due_on = get_day (row, 2) };

  one.quantity = (guint) MAX (sqlite3_column_int (row, 3), 0);
  if (of != NULL)
    g_array_append_val (of->fulfilments, one);
}

#define COMMITMENTS                                                                                         \
  "SELECT a.id, " ID_OF (                                                                                   \
      "o.rid") ", o.ref, o.text_fr, o.text_ar, o.party, o.replaces, o.responsible,"                         \
               " o.followed_by, o.due_on, o.recurs_until, o.waived_on, o.recurrence, o.quantity FROM act a" \
               " CROSS JOIN commitment o ON o.convention = a.id WHERE o.deleted_at IS NULL"
#define FULFILMENTS                                                                                \
  "SELECT f.commitment, f.done_on, f.due_on, f.quantity FROM act a"                                \
  " CROSS JOIN commitment o ON o.convention = a.id"                                                \
  " CROSS JOIN fulfilment f ON f.commitment = " ID_OF ("o.rid") " WHERE f.deleted_at IS NULL"

static gboolean
read_commitments (Reading *self, GError **error)
{
  const char *commitments = COMMITMENTS " ORDER BY o.rid";
  const char *fulfilments = FULFILMENTS " ORDER BY f.done_on, f.rid";

  if (self->from != NULL)
    {
      commitments = COMMITMENTS MAY_BE_DUE " ORDER BY o.rid";
      fulfilments = FULFILMENTS MAY_BE_DUE " ORDER BY f.done_on, f.rid";
    }
  return read_rows (self, commitments, NULL, take_commitment, error) &&
         read_rows (self, fulfilments, NULL, take_fulfilment, error);
}

static gboolean
read_all (Reading *self, KafConventionsParts parts, GError **error)
{
  return read_acts (self, error) &&
         ((parts & KAF_CONVENTIONS_SIGNATORIES) == 0 || read_signatories (self, error)) &&
         ((parts & KAF_CONVENTIONS_COMMITMENTS) == 0 || read_commitments (self, error));
}

static KafConventions *
read_conventions (Reading *self, KafConventionsParts parts, GError **error)
{
  g_autoptr (KafConventions) all = kaf_conventions_new ();
  g_autoptr (GHashTable) by_rid = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) commitments = g_hash_table_new (kaf_id_hash, g_str_equal);
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (Element));
  gboolean entered = kaf_database_enter_read (self->db);
  gboolean done;

  self->all = all;
  self->by_rid = by_rid;
  self->commitments = commitments;
  self->elements = elements;
  done = read_all (self, parts, error);
  fill_list (self);
  kaf_database_leave_read (self->db, entered);
  if (!done)
    return NULL;
  kaf_conventions_tie (all);
  return g_steal_pointer (&all);
}

KafConventions *
kaf_conventions_read (KafDatabase *db,
                      const char *of,
                      KafConventionsParts parts,
                      KafLang lang,
                      GCancellable *cancellable,
                      GError **error)
{
  Reading self = { .db = db, .of = of, .lang = lang, .cancellable = cancellable };

  return read_conventions (&self, parts, error);
}

KafConventions *
kaf_conventions_read_due (KafDatabase *db,
                          KafDay from,
                          KafDay until,
                          KafLang lang,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *first = kaf_day_to_iso (from);
  g_autofree char *last = kaf_day_to_iso (until);
  Reading self = {
    .db = db, .from = first, .until = last, .lang = lang, .cancellable = cancellable
  };

  return read_conventions (&self, KAF_CONVENTIONS_COMMITMENTS, error);
}
