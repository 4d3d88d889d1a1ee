/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which value shows, of several records that are one. It follows from what every device knows alike, so that two that
 * know the same show the same: what was chosen last; else who said it (kaf-claim: what was typed is believed
 * like an administration), when, and which record is the newest. Several values of a field all show. */
#include "config.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "rules/kaf-claim.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-one-private.h"
#include "store/kaf-read-private.h"
#include "store/kaf-source-claims.h"
#include "sync/kaf-field-clocks.h"

/* Who opposed is opposed, whatever another record says of her. */
#define STRICTEST "opposed"

typedef struct
{
  char *id, *of, *part, *field;
} Choice;

struct _KafOneSays
{
  const KafEntity *root;
  GPtrArray *claims;  /* KafSourceClaim */
  GPtrArray *choices; /* that stand, the latest last */
};

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_free (self->id);
  g_free (self->of);
  g_free (self->part);
  g_free (self->field);
  g_free (self);
}

void
kaf_one_says_free (KafOneSays *self)
{
  g_ptr_array_unref (self->claims);
  g_ptr_array_unref (self->choices);
  g_free (self);
}

static gboolean
read_claims (KafDatabase *db, KafOneSays *self, const char *member, GError **error)
{
  GPtrArray *claims = kaf_source_claims_read (db, self->root, member, error);

  if (claims == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (self->claims, claims);
  return TRUE;
}

static gboolean
read_choices (KafDatabase *db, KafOneSays *self, const char *member, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id, c.\"other_%1$s\", c.part, c.field FROM field_choice c JOIN head h ON h.rid ="
      " c.rid WHERE c.\"other_%1$s\" = ? AND c.revokes IS NULL AND NOT EXISTS (SELECT 1 FROM"
      " field_choice x WHERE x.revokes = h.id)",
      self->root->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, member);
  while (kaf_database_step (db, statement, &local))
    {
      Choice *choice = g_new0 (Choice, 1);

      choice->id = g_strdup (kaf_statement_text (statement, 0));
      choice->of = g_strdup (kaf_statement_text (statement, 1));
      choice->part = g_strdup (kaf_statement_text (statement, 2));
      choice->field = g_strdup (kaf_statement_text (statement, 3));
      g_ptr_array_add (self->choices, choice);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Choice *const *) a)->id, (*(const Choice *const *) b)->id);
}

KafOneSays *
kaf_one_says_read (KafDatabase *db, const KafEntity *root, GPtrArray *members, GError **error)
{
  g_autoptr (KafOneSays) self = g_new0 (KafOneSays, 1);

  self->root = root;
  self->claims = g_ptr_array_new_with_free_func (kaf_source_claim_free);
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  for (guint i = 0; i < members->len; i++)
    if (!read_claims (db, self, g_ptr_array_index (members, i), error) ||
        !read_choices (db, self, g_ptr_array_index (members, i), error))
      return NULL;
  g_ptr_array_sort (self->choices, compare_choices);
  return g_steal_pointer (&self);
}

/* How much a value weighs. */
typedef struct
{
  guint rank;
  char day[11];      /* "" unknown */
  gboolean is_dated; /* by who says it */
  gboolean is_said;  /* not merely what a record begins with */
  const char *id;
} Weight;

/* Of an id that says when it was drawn. */
static void
fill_day (Weight *self, const char *id)
{
  g_autofree char *text = NULL;
  g_autofree char *day = NULL;
  gint64 ms;

  self->day[0] = '\0';
  if (strlen (id) != KAF_ID_LENGTH || id[14] != '7')
    return;
  text = g_strdup_printf ("%.8s%.4s", id, id + 9);
  ms = g_ascii_strtoll (text, NULL, 16);
  day = kaf_date_from_time (ms * 1000);
  g_strlcpy (self->day, day, sizeof self->day);
}

static gboolean
is_about (const KafSourceClaim *claim, const KafEntity *part, const char *field)
{
  gsize length = strlen (part->id);

  return g_str_equal (claim->field, field) ||
         (strncmp (claim->field, part->id, length) == 0 && claim->field[length] == '.' &&
          g_str_equal (claim->field + length + 1, field));
}

static void
weigh (const KafOneSays *self, KafRecord *record, guint field, Weight *weight)
{
  const KafEntity *part = kaf_record_get_entity (record);
  const char *value = kaf_record_get_at (record, field);
  const KafSourceClaim *best = NULL;
  guint best_rank = G_MAXUINT;

  *weight = (Weight){ .rank = kaf_claim_rank_typed (),
                      .is_said = g_strcmp0 (value, part->fields[field].initial) != 0,
                      .id = kaf_record_get_id (record) };
  fill_day (weight, weight->id);
  for (guint i = 0; i < self->claims->len; i++)
    {
      const KafSourceClaim *claim = g_ptr_array_index (self->claims, i);
      guint rank;

      if (g_strcmp0 (claim->of, weight->id) != 0 ||
          !is_about (claim, part, part->fields[field].id) ||
          (claim->text != NULL && g_strcmp0 (claim->value, value) != 0))
        continue;
      rank = kaf_claim_rank (claim->origin);
      if (best != NULL &&
          (rank > best_rank ||
           (rank == best_rank && g_strcmp0 (claim->claimed_on, best->claimed_on) <= 0)))
        continue;
      best = claim;
      best_rank = rank;
    }
  if (best == NULL)
    return;
  weight->is_said = TRUE;
  weight->rank = best_rank;
  weight->is_dated = best->claimed_on != NULL;
  if (best->claimed_on != NULL)
    g_strlcpy (weight->day, best->claimed_on, sizeof weight->day);
}

/* > 0: @a shows. */
static int
compare_weights (const Weight *a, const Weight *b)
{
  if (a->is_said != b->is_said)
    return a->is_said ? 1 : -1;
  if (a->rank != b->rank)
    return a->rank < b->rank ? 1 : -1;
  if (strcmp (a->day, b->day) != 0)
    return strcmp (a->day, b->day);
  return strcmp (a->id, b->id);
}

/* Fields that show together: a place or an amount is not put together out of two records. */
static gboolean
is_with (const KafField *a, const KafField *b)
{
  return a == b || (a->unit != NULL && g_strcmp0 (a->unit, b->unit) == 0) ||
         (g_str_has_prefix (a->id, "external_") && g_str_has_prefix (b->id, "external_"));
}

static gboolean
has_value (KafRecord *record, guint field)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;

  for (guint i = 0; fields[i].id != NULL; i++)
    if (!kaf_field_is_many (&fields[i]) && is_with (&fields[field], &fields[i]) &&
        kaf_record_get_at (record, i) != NULL)
      return TRUE;
  return FALSE;
}

/* The weight of those of its fields that are filled: of the one that is believed most. */
static void
weigh_unit (const KafOneSays *self, KafRecord *record, guint field, Weight *weight)
{
  const KafField *fields = kaf_record_get_entity (record)->fields;
  gboolean any = FALSE;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      Weight one;

      if (kaf_field_is_many (&fields[i]) || !is_with (&fields[field], &fields[i]) ||
          kaf_record_get_at (record, i) == NULL)
        continue;
      weigh (self, record, i, &one);
      if (!any || compare_weights (&one, weight) > 0)
        *weight = one;
      any = TRUE;
    }
}

static KafRecord *
find_record (GPtrArray *records, const char *id)
{
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (kaf_record_get_id (g_ptr_array_index (records, i)), id))
      return g_ptr_array_index (records, i);
  return NULL;
}

/* Whose value was chosen last, of those that have one; NULL: nobody's. */
static KafRecord *
find_chosen (const KafOneSays *self, GPtrArray *records, guint field)
{
  const KafEntity *part = kaf_record_get_entity (g_ptr_array_index (records, 0));

  for (guint i = self->choices->len; i-- > 0;)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);
      const KafField *of = kaf_entity_find_field (part, choice->field);
      KafRecord *record = find_record (records, choice->of);

      if (g_str_equal (choice->part, part->id) && of != NULL &&
          is_with (&part->fields[field], of) && record != NULL && has_value (record, field))
        return record;
    }
  return NULL;
}

static KafRecord *
find_strictest (GPtrArray *records, guint field)
{
  const KafEntity *part = kaf_record_get_entity (g_ptr_array_index (records, 0));

  if (!g_str_equal (part->id, "person") || !g_str_equal (part->fields[field].id, "status"))
    return NULL;
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (kaf_record_get_at (g_ptr_array_index (records, i), field), STRICTEST) == 0)
      return g_ptr_array_index (records, i);
  return NULL;
}

/* The program's own marks are those of the record itself, where it has any. */
static KafRecord *
find_winner (const KafOneSays *self, GPtrArray *records, guint field)
{
  KafRecord *first = g_ptr_array_index (records, 0);
  const KafField *of = &kaf_record_get_entity (first)->fields[field];
  KafRecord *winner = find_strictest (records, field);
  Weight best = { 0 };

  if (winner == NULL && kaf_field_has (of, KAF_FIELD_HIDDEN) && has_value (first, field))
    winner = first;
  if (winner == NULL)
    winner = find_chosen (self, records, field);
  for (guint i = 0; winner == NULL && i < records->len; i++)
    {
      KafRecord *record = g_ptr_array_index (records, i);
      Weight weight = { 0 };

      if (!has_value (record, field))
        continue;
      weigh_unit (self, record, field, &weight);
      if (best.id == NULL || compare_weights (&weight, &best) > 0)
        best = weight;
    }
  return winner != NULL ? winner : best.id != NULL ? find_record (records, best.id) : first;
}

static char *
unite (GPtrArray *records, guint field)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) set = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GPtrArray) elements =
          kaf_set_parse (kaf_record_get_at (g_ptr_array_index (records, i), field));

      for (guint j = 0; j < elements->len; j++)
        {
          const KafElement *element = g_ptr_array_index (elements, j);

          if (!g_hash_table_add (seen, g_strdup (element->value)))
            continue;
          g_string_append_printf (set, "%s%s", set->len > 0 ? "\n" : "", element->value);
          if (element->detail != NULL)
            g_string_append_printf (set, "\t%s", element->detail);
        }
    }
  return set->len > 0 ? g_string_free (g_steal_pointer (&set), FALSE) : NULL;
}

static gboolean
differs (KafRecord *a, KafRecord *b, guint field)
{
  return kaf_record_get_at (a, field) != NULL &&
         g_strcmp0 (kaf_record_get_at (a, field), kaf_record_get_at (b, field)) != 0;
}

/* What @winner's value has to give way to, since a person typed it. */
static KafRecord *
find_typed (GPtrArray *records, KafRecord *winner, guint field, GHashTable *typed)
{
  const KafEntity *part = kaf_record_get_entity (winner);

  for (guint i = 0; i < records->len; i++)
    {
      KafRecord *record = g_ptr_array_index (records, i);
      g_autofree char *key = g_strdup_printf ("%s\t%s\t%s", kaf_record_get_id (record), part->id,
                                              part->fields[field].id);

      if (record != winner && g_hash_table_contains (typed, key) && differs (record, winner, field))
        return record;
    }
  return NULL;
}

static void
read_clock (KafDatabase *db, KafRecord *record, guint field, KafHlc *clock)
{
  const KafEntity *part = kaf_record_get_entity (record);
  g_autofree char *sql = g_strdup_printf ("SELECT clock FROM \"%s\" WHERE rid = ?", part->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  *clock = (KafHlc){ 0 };
  if (statement == NULL)
    return;
  sqlite3_bind_int64 (
      statement, 1,
      kaf_database_find_rid (db, kaf_entity_get_root (part), kaf_record_get_id (record)));
  if (kaf_database_step (db, statement, NULL))
    kaf_field_clocks_get (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0),
                          part->fields[field].id, clock);
}

/* When a field was written is known here alone: of values that are believed alike the one that was written last is
 * chosen, where the rule would show another. */
static KafRecord *
find_latest (
    KafDatabase *db, const KafOneSays *self, GPtrArray *records, KafRecord *winner, guint field)
{
  const KafField *of = &kaf_record_get_entity (winner)->fields[field];
  KafRecord *latest = NULL;
  Weight best = { 0 };
  KafHlc last, clock;

  if (kaf_field_has (of, KAF_FIELD_HIDDEN) || find_strictest (records, field) != NULL ||
      find_chosen (self, records, field) != NULL || !has_value (winner, field))
    return NULL;
  weigh_unit (self, winner, field, &best);
  read_clock (db, winner, field, &last);
  for (guint i = 0; i < records->len; i++)
    {
      KafRecord *record = g_ptr_array_index (records, i);
      Weight weight = { 0 };

      if (record == winner || !differs (record, winner, field))
        continue;
      weigh_unit (self, record, field, &weight);
      read_clock (db, record, field, &clock);
      if (weight.is_said != best.is_said || weight.rank != best.rank || weight.is_dated ||
          best.is_dated || kaf_hlc_compare (&clock, &last) <= 0)
        continue;
      last = clock;
      latest = record;
    }
  return latest;
}

static void
add_choice (const KafOneSays *self, KafRecord *record, guint field, GPtrArray *choices)
{
  const KafEntity *part = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);
  KafRecord *choice = kaf_record_new (kaf_registry_find ("field_choice"), NULL);
  g_autofree char *other = g_strconcat ("other_", self->root->id, NULL);

  kaf_record_set (choice, self->root->id, id);
  kaf_record_set (choice, other, id);
  kaf_record_set (choice, "part", part->id);
  kaf_record_set (choice, "field", part->fields[field].id);
  g_ptr_array_add (choices, choice);
}

KafRecord *
kaf_one_says_show (KafDatabase *db,
                   KafOneSays *self,
                   GPtrArray *records,
                   const char *shown,
                   const KafOneKnown *known)
{
  KafRecord *first = g_ptr_array_index (records, 0);
  const KafEntity *part = kaf_record_get_entity (first);
  g_autoptr (GPtrArray) mapped = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  KafRecord *record;

  for (guint i = 0; i < records->len; i++)
    {
      KafRecord *copy = kaf_record_copy (g_ptr_array_index (records, i));

      kaf_one_refs_map (db, copy, shown);
      g_ptr_array_add (mapped, copy);
    }
  record = kaf_record_copy (g_ptr_array_index (mapped, 0));
  kaf_record_set_id (record, shown);
  for (guint i = 0; part->fields[i].id != NULL; i++)
    {
      KafRecord *winner, *other;

      if (kaf_field_is_many (&part->fields[i]))
        {
          kaf_record_take_at (record, i, unite (mapped, i));
          continue;
        }
      winner = find_winner (self, mapped, i);
      other = known != NULL ? find_typed (mapped, winner, i, known->typed) : NULL;
      if (other == NULL && known != NULL && known->is_fresh)
        other = find_latest (db, self, mapped, winner, i);
      if (other != NULL)
        add_choice (self, other, i, known->choices);
      kaf_record_set_at (record, i, kaf_record_get_at (winner, i));
    }
  return record;
}

GHashTable *
kaf_one_says_end_consents (KafDatabase *db, const char *shown, GError **error)
{
  g_autoptr (GHashTable) ends = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      "WITH c AS (SELECT x.rid, x.purpose, x.given_on, x.withdrawn_on, coalesce ((SELECT r.value"
      " FROM raw r WHERE r.rid = x.rid AND r.entity = 'consent' AND r.field = 'person'), x.person)"
      " AS of FROM consent x WHERE x.person = ? AND x.deleted_at IS NULL)"
      " SELECT g.rid, max (w.withdrawn_on) FROM c g JOIN c w ON w.purpose = g.purpose AND w.of <>"
      " g.of WHERE g.withdrawn_on IS NULL AND w.withdrawn_on >= g.given_on GROUP BY g.rid",
      error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, shown);
  while (kaf_database_step (db, statement, &local))
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      g_hash_table_insert (ends, g_memdup2 (&rid, sizeof rid),
                           g_strdup (kaf_statement_text (statement, 1)));
    }
  if (local == NULL)
    return g_steal_pointer (&ends);
  g_propagate_error (error, local);
  return NULL;
}
