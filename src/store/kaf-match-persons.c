/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two passes side by side in the order of the rows: one value a person, and the sets. */
#include "config.h"

#include "store/kaf-match-persons.h"

#include <string.h>

#include "schema/kaf-set.h"
#include "store/kaf-database-private.h"

#define ROWS_SQL                                                                                   \
  "SELECT p.rid, h.id, p.family_name, p.given_name, p.family_name_ar, p.given_name_ar,"            \
  " p.birth_year, p.city, p.country, e.employer FROM person p JOIN head h ON h.rid = p.rid"        \
  " LEFT JOIN expert e ON e.rid = p.rid AND e.deleted_at IS NULL"                                  \
  " WHERE p.deleted_at IS NULL ORDER BY p.rid"

#define SETS_SQL                                                                                   \
  "SELECT rid, field, value FROM person_set WHERE removed IS NULL"                                 \
  " AND field IN ('aliases', 'emails', 'phones', 'links') ORDER BY rid"

#define DOMAINS_SQL                                                                                \
  "SELECT rid, 'domains', value FROM expert_set WHERE removed IS NULL"                             \
  " AND field = 'domains' ORDER BY rid"

static const struct
{
  const char *id;
  KafMatchField field;
} sets[] = {
  { "emails", KAF_MATCH_EMAIL },
  { "phones", KAF_MATCH_PHONE },
  { "links", KAF_MATCH_IDENTIFIER },
  { "domains", KAF_MATCH_DOMAIN },
};

static void
add_element (KafMatchPerson *person,
             const char *field,
             const char *value,
             const KafMatchAliases *aliases)
{
  if (field == NULL || value == NULL)
    return;
  if (g_str_equal (field, "aliases"))
    kaf_match_person_add_whole_name (person, value);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (g_str_equal (sets[i].id, field))
      kaf_match_person_add_known (person, sets[i].field, value, aliases);
}

static void
add_scalars (KafMatchPerson *person, const char *const *values, const KafMatchAliases *aliases)
{
  static const KafMatchField fields[] = { KAF_MATCH_BIRTH, KAF_MATCH_CITY, KAF_MATCH_COUNTRY,
                                          KAF_MATCH_EMPLOYER };

  kaf_match_person_add_name (person, values[1], values[0]);
  kaf_match_person_add_name (person, values[3], values[2]);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    kaf_match_person_add_known (person, fields[i], values[4 + i], aliases);
}

/* ---- All of a store ---- */

/* A pass over a table of sets, which stands at a row that is still to be taken. */
typedef struct
{
  KafStatement *statement;
  gboolean at_row;
} Pass;

static gboolean
pass_step (KafDatabase *db, Pass *pass, GError **error)
{
  GError *local = NULL;

  pass->at_row = kaf_database_step (db, pass->statement, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
take_elements (KafDatabase *db,
               Pass *pass,
               gint64 rid,
               KafMatchPerson *person,
               const KafMatchAliases *aliases,
               GError **error)
{
  while (pass->at_row && sqlite3_column_int64 (pass->statement, 0) <= rid)
    {
      if (sqlite3_column_int64 (pass->statement, 0) == rid)
        add_element (person, kaf_statement_text (pass->statement, 1),
                     kaf_statement_text (pass->statement, 2), aliases);
      if (!pass_step (db, pass, error))
        return FALSE;
    }
  return TRUE;
}

static KafMatchPerson *
read_person (KafDatabase *db,
             KafStatement *rows,
             Pass *passes,
             guint n_passes,
             const KafMatchAliases *aliases,
             GError **error)
{
  g_autoptr (KafMatchPerson) person = kaf_match_person_new (kaf_statement_text (rows, 1));
  gint64 rid = sqlite3_column_int64 (rows, 0);
  const char *values[8];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = kaf_statement_text (rows, 2 + (int) i);
  add_scalars (person, values, aliases);
  for (guint i = 0; i < n_passes; i++)
    if (!take_elements (db, &passes[i], rid, person, aliases, error))
      return NULL;
  return g_steal_pointer (&person);
}

gboolean
kaf_match_persons_read (KafDatabase *db,
                        const KafMatchAliases *aliases,
                        KafMatchTake take,
                        gpointer data,
                        GError **error)
{
  GError *local = NULL;
  gint64 total = kaf_database_get_int (db, "SELECT live FROM tally WHERE entity = 'person'", NULL);
  g_autoptr (KafStatement) rows = kaf_database_prepare (db, ROWS_SQL, error);
  g_autoptr (KafStatement) elements = kaf_database_prepare (db, SETS_SQL, error);
  g_autoptr (KafStatement) domains = kaf_database_prepare (db, DOMAINS_SQL, error);
  Pass passes[] = { { elements, FALSE }, { domains, FALSE } };

  if (rows == NULL || elements == NULL || domains == NULL || !pass_step (db, &passes[0], error) ||
      !pass_step (db, &passes[1], error))
    return FALSE;
  for (guint done = 1; kaf_database_step (db, rows, &local); done++)
    {
      KafMatchPerson *person =
          read_person (db, rows, passes, G_N_ELEMENTS (passes), aliases, error);

      if (person == NULL)
        return FALSE;
      if (!take (person, done, (guint) MAX (total, done), data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
          return FALSE;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* ---- One ---- */

static void
add_set (KafMatchPerson *person,
         const KafRecord *record,
         const char *field,
         const KafMatchAliases *aliases)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (kaf_record_get (record, field));

  for (guint i = 0; i < elements->len; i++)
    add_element (person, field, ((KafElement *) g_ptr_array_index (elements, i))->value, aliases);
}

KafMatchPerson *
kaf_match_person_from_records (const char *id,
                               const KafRecord *person,
                               const KafRecord *expert,
                               const KafMatchAliases *aliases)
{
  static const char *const of_person[] = { "family_name",   "given_name", "family_name_ar",
                                           "given_name_ar", "birth_year", "city",
                                           "country" };
  static const char *const sets_of_person[] = { "aliases", "emails", "phones", "links" };
  KafMatchPerson *self = kaf_match_person_new (id);
  const char *values[8];

  for (guint i = 0; i < G_N_ELEMENTS (of_person); i++)
    values[i] = kaf_record_get (person, of_person[i]);
  values[7] = expert != NULL ? kaf_record_get (expert, "employer") : NULL;
  add_scalars (self, values, aliases);
  for (guint i = 0; i < G_N_ELEMENTS (sets_of_person); i++)
    add_set (self, person, sets_of_person[i], aliases);
  if (expert != NULL)
    add_set (self, expert, "domains", aliases);
  return self;
}
