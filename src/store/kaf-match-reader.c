/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements of sets come in passes beside that over the rows, in the same order. */
#include "config.h"

#include "store/kaf-match-reader.h"

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-suspects-private.h"

typedef struct
{
  KafDatabase *db;
  const KafMatchAliases *aliases;
} Reader;

/* The rows are those from ?1 to ?2, or the ones of a JSON list, ?1, in its order. */
#define IN_LIST(table, x) "json_each (?1) l CROSS JOIN " table " " x " ON " x ".rid = l.value"
#define IN_RANGE(x) " AND " x ".rid BETWEEN ?1 AND ?2 ORDER BY " x ".rid"

/* Row, id, then by turns what fill_person() and fill_organisation() expect. */
#define PERSONS(from, where)                                                                       \
  "SELECT p.rid, h.id, p.country, p.given_name, p.family_name, p.given_name_ar, p.family_name_ar," \
  " p.city, p.birth_year, e.employer, p.gender FROM " from " CROSS JOIN head h ON h.rid = p.rid"   \
  " LEFT JOIN expert e ON e.rid = p.rid AND e.deleted_at IS NULL WHERE h.deleted = 0" where

#define ORGANISATIONS(from, where)                                                                 \
  "SELECT o.rid, h.id, o.country, o.name_fr, o.name_ar, o.acronym, o.city, o.registration"         \
  " FROM " from " CROSS JOIN head h ON h.rid = o.rid WHERE h.deleted = 0" where

static void
add (const Reader *self, KafMatchPerson *person, KafMatchField field, const char *text)
{
  kaf_match_person_add_known (person, field, text, self->aliases);
}

/* What a many-valued field of either entity says. */
static void
add_element (const Reader *self, KafMatchPerson *person, const char *field, const char *value)
{
  if (g_str_equal (field, "emails"))
    add (self, person, KAF_MATCH_EMAIL, value);
  else if (g_str_equal (field, "phones"))
    add (self, person, KAF_MATCH_PHONE, value);
  else if (g_str_equal (field, "links"))
    add (self, person, KAF_MATCH_IDENTIFIER, value);
  else if (g_str_equal (field, "domains"))
    add (self, person, KAF_MATCH_DOMAIN, value);
  else if (g_str_equal (field, "aliases"))
    kaf_match_person_add_whole_name (person, value);
}

static gboolean
add_set (const Reader *self, KafMatchPerson *person, const char *sql, gint64 rid, GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, rid);
  while (kaf_database_step (self->db, row, &local))
    add_element (self, person, kaf_statement_text (row, 0), kaf_statement_text (row, 1));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* A pass over a table of sets, which stands at a row that is still to be taken. */
typedef struct
{
  KafStatement *statement;
  gboolean at_row;
} Pass;

static gboolean
pass_step (const Reader *self, Pass *pass, GError **error)
{
  GError *local = NULL;

  pass->at_row = kaf_database_step (self->db, pass->statement, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Which rows are read: those of a list, or from one to another. */
typedef struct
{
  const char *list; /* JSON; NULL: none */
  gint64 from, to;
} Rows;

static KafStatement *
prepare (const Reader *self, const char *sql, const Rows *rows, GError **error)
{
  KafStatement *statement = kaf_database_prepare (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  if (rows->list != NULL)
    kaf_statement_bind_text (statement, 1, rows->list);
  else
    {
      sqlite3_bind_int64 (statement, 1, rows->from);
      sqlite3_bind_int64 (statement, 2, rows->to);
    }
  return statement;
}

/* @sql: row, field and value of the elements of @rows, in the order of the rows. */
static gboolean
pass_open (const Reader *self, Pass *pass, const char *sql, const Rows *rows, GError **error)
{
  pass->statement = prepare (self, sql, rows, error);
  return pass->statement != NULL && pass_step (self, pass, error);
}

/* Up to @rid, its own too. */
static gboolean
pass_take (const Reader *self, Pass *pass, gint64 rid, KafMatchPerson *person, GError **error)
{
  while (pass->at_row && sqlite3_column_int64 (pass->statement, 0) <= rid)
    {
      if (sqlite3_column_int64 (pass->statement, 0) == rid)
        add_element (self, person, kaf_statement_text (pass->statement, 1),
                     kaf_statement_text (pass->statement, 2));
      if (!pass_step (self, pass, error))
        return FALSE;
    }
  return TRUE;
}

/* One text a row, of what names the record @id. */
static gboolean
add_named (const Reader *self,
           KafMatchPerson *person,
           KafMatchField field,
           const char *sql,
           const char *id,
           GError **error)
{
  g_autoptr (KafStatement) row = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  kaf_statement_bind_text (row, 1, id);
  while (kaf_database_step (self->db, row, &local))
    for (int i = 0; i < sqlite3_column_count (row); i++)
      add (self, person, field, kaf_statement_text (row, i));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
add_networks (const Reader *self, KafMatchPerson *person, const char *id, GError **error)
{
  return add_named (self, person, KAF_MATCH_NETWORK,
                    "SELECT h.title FROM membership m CROSS JOIN head h ON h.id = m.network"
                    " AND h.entity = 'organisation'"
                    " WHERE m.person = ? AND m.deleted_at IS NULL",
                    id, error);
}

static gboolean
add_domains (const Reader *self, KafMatchPerson *person, gint64 rid, GError **error)
{
  return add_set (self, person,
                  "SELECT field, value FROM expert_set WHERE rid = ? AND +field = 'domains'"
                  " AND removed IS NULL",
                  rid, error);
}

static gboolean
fill_person (const Reader *self, KafStatement *row, KafMatchPerson *person, GError **error)
{
  const char *text[11];

  for (int i = 1; i < (int) G_N_ELEMENTS (text); i++)
    text[i] = kaf_statement_text (row, i);
  kaf_match_person_add_name (person, text[3], text[4]);
  kaf_match_person_add_name (person, text[5], text[6]);
  add (self, person, KAF_MATCH_COUNTRY, text[2]);
  add (self, person, KAF_MATCH_CITY, text[7]);
  add (self, person, KAF_MATCH_BIRTH, text[8]);
  add (self, person, KAF_MATCH_EMPLOYER, text[9]);
  add (self, person, KAF_MATCH_GENDER, text[10]);
  return add_networks (self, person, text[1], error);
}

static gboolean
fill_organisation (const Reader *self, KafStatement *row, KafMatchPerson *person, GError **error)
{
  const char *id = kaf_statement_text (row, 1);

  add (self, person, KAF_MATCH_COUNTRY, kaf_statement_text (row, 2));
  for (int i = 3; i <= 5; i++)
    add (self, person, KAF_MATCH_BODY, kaf_statement_text (row, i));
  add (self, person, KAF_MATCH_CITY, kaf_statement_text (row, 6));
  add (self, person, KAF_MATCH_IDENTIFIER, kaf_statement_text (row, 7));
  return add_named (self, person, KAF_MATCH_BODY,
                    "SELECT name, acronym FROM organisation_name WHERE organisation = ?"
                    " AND deleted_at IS NULL",
                    id, error);
}

/* The + keeps SQLite from the index by field and value, which the statistics of a large store make look narrow: then one
 * person would cost a walk over what all have. */
#define SETS(table, which)                                                                         \
  {                                                                                                \
    "SELECT s.rid, s.field, s.value FROM " table " s"                                              \
    " WHERE s.rid BETWEEN ?1 AND ?2 AND s.removed IS NULL" which " ORDER BY s.rid",                \
        "SELECT s.rid, s.field, s.value FROM json_each (?1) l CROSS JOIN " table " s"              \
        " ON s.rid = l.value WHERE s.removed IS NULL" which                                        \
  }

/* Of a range, of a list. */
typedef const char *Ways[2];

static const Ways passes_of_person[] = {
  SETS ("person_set", " AND +s.field IN ('aliases', 'emails', 'phones', 'links')"),
  SETS ("expert_set", " AND +s.field = 'domains'"),
};
static const Ways passes_of_organisation[] = { SETS ("organisation_set", "") };

/* An entity that is compared. */
typedef struct
{
  Ways rows;
  const Ways *passes;
  guint n_passes;
  gboolean (*fill) (const Reader *self, KafStatement *row, KafMatchPerson *person, GError **error);
} Kind;

static const Kind kinds[] = {
  { { PERSONS ("person p", IN_RANGE ("p")), PERSONS (IN_LIST ("person", "p"), "") },
    passes_of_person,
    G_N_ELEMENTS (passes_of_person),
    fill_person },
  { { ORGANISATIONS ("organisation o", IN_RANGE ("o")),
      ORGANISATIONS (IN_LIST ("organisation", "o"), "") },
    passes_of_organisation,
    G_N_ELEMENTS (passes_of_organisation),
    fill_organisation },
};

static KafMatchPerson *
read_one (const Reader *self, const Kind *kind, KafStatement *row, Pass *passes, GError **error)
{
  g_autoptr (KafMatchPerson) person = kaf_match_person_new (kaf_statement_text (row, 1));
  gint64 rid = sqlite3_column_int64 (row, 0);

  if (!kind->fill (self, row, person, error))
    return NULL;
  for (guint i = 0; i < kind->n_passes; i++)
    if (!pass_take (self, &passes[i], rid, person, error))
      return NULL;
  return g_steal_pointer (&person);
}

static gboolean
walk (const Reader *self,
      const Kind *kind,
      KafStatement *row,
      Pass *passes,
      KafMatchTake take,
      gpointer data,
      GError **error)
{
  GError *local = NULL;

  while (kaf_database_step (self->db, row, &local))
    {
      KafMatchPerson *person = read_one (self, kind, row, passes, error);
      const char *place = kaf_statement_text (row, 2);

      if (person == NULL ||
          !take (sqlite3_column_int64 (row, 0), person, place != NULL ? place : "", data, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_rows (KafDatabase *db,
           const KafEntity *entity,
           const Rows *rows,
           KafMatchTake take,
           gpointer data,
           GError **error)
{
  const Kind *kind = &kinds[entity == kaf_registry_find ("person") ? 0 : 1];
  guint way = rows->list != NULL ? 1 : 0;
  Reader self = { db, kaf_match_reader_get_aliases (db) };
  g_autoptr (KafStatement) row = prepare (&self, kind->rows[way], rows, error);
  Pass passes[2] = { { NULL, FALSE }, { NULL, FALSE } };
  gboolean done = row != NULL;

  for (guint i = 0; done && i < kind->n_passes; i++)
    done = pass_open (&self, &passes[i], kind->passes[i][way], rows, error);
  done = done && walk (&self, kind, row, passes, take, data, error);
  for (guint i = 0; i < kind->n_passes; i++)
    g_clear_pointer (&passes[i].statement, kaf_statement_done);
  return done;
}

gboolean
kaf_match_reader_walk (KafDatabase *db,
                       const KafEntity *entity,
                       gint64 from,
                       gint64 to,
                       KafMatchTake take,
                       gpointer data,
                       GError **error)
{
  Rows rows = { NULL, from, to };

  return read_rows (db, entity, &rows, take, data, error);
}

gboolean
kaf_match_reader_walk_rows (KafDatabase *db,
                            const KafEntity *entity,
                            const GArray *rids,
                            KafMatchTake take,
                            gpointer data,
                            GError **error)
{
  g_autoptr (GString) list = g_string_new ("[]");
  Rows rows = { NULL };

  if (rids->len == 0)
    return TRUE;
  for (guint i = 0; i < rids->len; i++)
    kaf_rows_add (list, g_array_index (rids, gint64, i));
  rows.list = list->str;
  return read_rows (db, entity, &rows, take, data, error);
}

typedef struct
{
  KafMatchPerson *person;
  char *place;
} One;

static gboolean
take_one (G_GNUC_UNUSED gint64 rid,
          KafMatchPerson *person,
          const char *place,
          gpointer data,
          G_GNUC_UNUSED GError **error)
{
  One *one = data;

  one->person = person;
  one->place = g_strdup (place);
  return TRUE;
}

KafMatchPerson *
kaf_match_reader_read (
    KafDatabase *db, const KafEntity *entity, gint64 rid, char **place, GError **error)
{
  One one = { NULL };

  if (!kaf_match_reader_walk (db, entity, rid, rid, take_one, &one, error))
    g_clear_pointer (&one.person, kaf_match_person_free);
  if (place != NULL)
    *place = g_steal_pointer (&one.place);
  g_free (one.place);
  return one.person;
}

KafMatchPerson *
kaf_match_reader_read_id (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  gint64 rid = kaf_database_find_rid (db, entity, id);

  return rid != 0 ? kaf_match_reader_read (db, entity, rid, NULL, error) : NULL;
}

static void
add_typed (const Reader *self,
           KafMatchPerson *person,
           const KafRecord *record,
           const char *field,
           KafMatchField as)
{
  add (self, person, as, kaf_record_get (record, field));
}

static void
add_typed_sets (const Reader *self, KafMatchPerson *person, const KafRecord *record)
{
  static const char *const fields[] = { "emails", "phones", "links", "aliases" };
  const KafEntity *entity = kaf_record_get_entity (record);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GPtrArray) elements = NULL;

      if (kaf_entity_find_field (entity, fields[i]) == NULL)
        continue;
      elements = kaf_set_parse (kaf_record_get (record, fields[i]));
      for (guint j = 0; j < elements->len; j++)
        add_element (self, person, fields[i], ((KafElement *) elements->pdata[j])->value);
    }
}

/* What the form of the record does not hold: what is in the store of its facet and of its networks. */
static void
add_stored (const Reader *self, KafMatchPerson *person, const KafEntity *entity, const char *id)
{
  gint64 rid = id != NULL ? kaf_database_find_rid (self->db, entity, id) : 0;

  if (rid == 0)
    return;
  add_named (self, person, KAF_MATCH_EMPLOYER,
             "SELECT e.employer FROM head h CROSS JOIN expert e ON e.rid = h.rid"
             " WHERE h.id = ? AND h.entity = 'person' AND e.deleted_at IS NULL",
             id, NULL);
  add_domains (self, person, rid, NULL);
  add_networks (self, person, id, NULL);
}

KafMatchPerson *
kaf_match_reader_read_typed (KafDatabase *db, const KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const char *id = kaf_record_get_id (record);
  KafMatchPerson *person = kaf_match_person_new (id);
  Reader self = { db, kaf_match_reader_get_aliases (db) };

  add_typed (&self, person, record, "country", KAF_MATCH_COUNTRY);
  add_typed (&self, person, record, "city", KAF_MATCH_CITY);
  if (entity == kaf_registry_find ("person"))
    {
      kaf_match_person_add_name (person, kaf_record_get (record, "given_name"),
                                 kaf_record_get (record, "family_name"));
      kaf_match_person_add_name (person, kaf_record_get (record, "given_name_ar"),
                                 kaf_record_get (record, "family_name_ar"));
      add_typed (&self, person, record, "birth_year", KAF_MATCH_BIRTH);
      add_typed (&self, person, record, "gender", KAF_MATCH_GENDER);
      add_stored (&self, person, entity, id);
    }
  else
    {
      add_typed (&self, person, record, "name_fr", KAF_MATCH_BODY);
      add_typed (&self, person, record, "name_ar", KAF_MATCH_BODY);
      add_typed (&self, person, record, "acronym", KAF_MATCH_BODY);
      add_typed (&self, person, record, "registration", KAF_MATCH_IDENTIFIER);
    }
  add_typed_sets (&self, person, record);
  return person;
}
