/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* Row, id, then by turns what fill_person() and fill_organisation() expect. */
static const char persons[] =
    "SELECT p.rid, h.id, p.country, p.given_name, p.family_name, p.given_name_ar, p.family_name_ar,"
    " p.city, p.birth_year, e.employer"
    " FROM person p CROSS JOIN head h ON h.rid = p.rid"
    " LEFT JOIN expert e ON e.rid = p.rid AND e.deleted_at IS NULL"
    " WHERE p.rid BETWEEN ?1 AND ?2 AND h.deleted = 0 ORDER BY p.rid";

static const char organisations[] =
    "SELECT o.rid, h.id, o.country, o.name_fr, o.name_ar, o.acronym, o.city, o.registration"
    " FROM organisation o CROSS JOIN head h ON h.rid = o.rid"
    " WHERE o.rid BETWEEN ?1 AND ?2 AND h.deleted = 0 ORDER BY o.rid";

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
                  "SELECT field, value FROM expert_set WHERE rid = ? AND field = 'domains'"
                  " AND removed IS NULL",
                  rid, error);
}

static gboolean
fill_person (const Reader *self, KafStatement *row, KafMatchPerson *person, GError **error)
{
  gint64 rid = sqlite3_column_int64 (row, 0);
  const char *text[10];

  for (int i = 1; i < (int) G_N_ELEMENTS (text); i++)
    text[i] = kaf_statement_text (row, i);
  kaf_match_person_add_name (person, text[3], text[4]);
  kaf_match_person_add_name (person, text[5], text[6]);
  add (self, person, KAF_MATCH_COUNTRY, text[2]);
  add (self, person, KAF_MATCH_CITY, text[7]);
  add (self, person, KAF_MATCH_BIRTH, text[8]);
  add (self, person, KAF_MATCH_EMPLOYER, text[9]);
  return add_set (self, person,
                  "SELECT field, value FROM person_set WHERE rid = ? AND removed IS NULL", rid,
                  error) &&
         add_domains (self, person, rid, error) && add_networks (self, person, text[1], error);
}

static gboolean
fill_organisation (const Reader *self, KafStatement *row, KafMatchPerson *person, GError **error)
{
  gint64 rid = sqlite3_column_int64 (row, 0);
  const char *id = kaf_statement_text (row, 1);

  add (self, person, KAF_MATCH_COUNTRY, kaf_statement_text (row, 2));
  for (int i = 3; i <= 5; i++)
    add (self, person, KAF_MATCH_BODY, kaf_statement_text (row, i));
  add (self, person, KAF_MATCH_CITY, kaf_statement_text (row, 6));
  add (self, person, KAF_MATCH_IDENTIFIER, kaf_statement_text (row, 7));
  return add_set (self, person,
                  "SELECT field, value FROM organisation_set WHERE rid = ? AND removed IS NULL",
                  rid, error) &&
         add_named (self, person, KAF_MATCH_BODY,
                    "SELECT name, acronym FROM organisation_name WHERE organisation = ?"
                    " AND deleted_at IS NULL",
                    id, error);
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
  gboolean is_person = entity == kaf_registry_find ("person");
  Reader self = { db, kaf_match_reader_get_aliases (db) };
  g_autoptr (KafStatement) row =
      kaf_database_prepare (db, is_person ? persons : organisations, error);
  GError *local = NULL;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, from);
  sqlite3_bind_int64 (row, 2, to);
  while (kaf_database_step (db, row, &local))
    {
      g_autoptr (KafMatchPerson) person = kaf_match_person_new (kaf_statement_text (row, 1));
      const char *place = kaf_statement_text (row, 2);

      if (!(is_person ? fill_person : fill_organisation) (&self, row, person, error) ||
          !take (sqlite3_column_int64 (row, 0), g_steal_pointer (&person),
                 place != NULL ? place : "", data, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
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
