/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two indexes, of the store and of the rows, since both are asked by the same keys and never change once they are
 * sealed: rows are judged on all processors. */
#include "config.h"

#include "exchange/kaf-import-match.h"

#include "exchange/kaf-match-file.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-page.h"

/* An organisation called the same is likely the same, and no more than that. */
#define SAME_NAME 0.95

struct _KafImportMatch
{
  const KafEntity *root;
  KafMatchAliases *aliases;
  KafMatchIndex *store, *rows; /* NULL but for persons */
  GHashTable *places;          /* id → number in store + 1 */
  GHashTable *names;           /* key of an organisation's name → id; NULL but for these */
  GArray *numbers;             /* guint: of rows */
  GPtrArray *found;            /* const char*: of rows of organisations, in names; NULL: none */
};

typedef struct
{
  KafImportMatch *self;
  KafMatchGoOn go_on;
  gpointer data;
  guint total;
} Reading;

void
kaf_import_match_free (KafImportMatch *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->store, kaf_match_index_free);
  g_clear_pointer (&self->rows, kaf_match_index_free);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_array_unref (self->numbers);
  g_ptr_array_unref (self->found);
  kaf_match_aliases_free (self->aliases);
  g_free (self);
}

static gboolean
take_person (G_GNUC_UNUSED gint64 rid,
             KafMatchPerson *person,
             G_GNUC_UNUSED const char *place,
             gpointer data,
             GError **error)
{
  Reading *reading = data;
  guint number = kaf_match_index_add (reading->self->store, person);
  guint done = number + 1;

  g_hash_table_insert (reading->self->places, person->id, GUINT_TO_POINTER (done));
  if (reading->go_on == NULL || done % 64 != 0 ||
      reading->go_on (done, MAX (reading->total, done), reading->data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  return FALSE;
}

static void
add_name (KafImportMatch *self, const char *name, const char *id)
{
  char *key = name != NULL ? kaf_match_organisation_key (name, self->aliases) : NULL;

  if (key == NULL || g_hash_table_contains (self->names, key))
    g_free (key);
  else
    g_hash_table_insert (self->names, key, g_strdup (id));
}

static gboolean
read_organisations (KafImportMatch *self, KafDatabase *db, GError **error)
{
  static const char *const columns[] = { "name_fr", "name_ar", "acronym", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (self->root);
  g_autoptr (GPtrArray) rows =
      kaf_page_read (db, query, columns, KAF_LANG_EN, 0, G_MAXINT, NULL, NULL, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->n_cells; j++)
        add_name (self, row->cells[j], row->id);
    }
  return rows != NULL;
}

KafImportMatch *
kaf_import_match_new (
    KafDatabase *db, const KafEntity *entity, KafMatchGoOn go_on, gpointer data, GError **error)
{
  g_autoptr (KafImportMatch) self = g_new0 (KafImportMatch, 1);
  Reading reading = { self, go_on, data, 0 };

  self->root = kaf_entity_get_root (entity);
  self->aliases = kaf_match_file_aliases ();
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->found = g_ptr_array_new ();
  if (g_str_equal (self->root->id, "person"))
    {
      self->store = kaf_match_index_new ();
      self->rows = kaf_match_index_new ();
      self->places = g_hash_table_new (g_str_hash, g_str_equal);
      reading.total = (guint) kaf_page_total (db, self->root);
      if (!kaf_match_reader_walk (db, self->root, 0, G_MAXINT64, take_person, &reading, error))
        return NULL;
      kaf_match_index_seal (self->store);
    }
  else if (g_str_equal (self->root->id, "organisation"))
    {
      self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      if (!read_organisations (self, db, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

static const char *
find_organisation (const KafImportMatch *self, const KafImportRow *row)
{
  static const char *const fields[] = { "name_fr", "name_ar", "acronym" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *name = kaf_record_get (row->parts[0], fields[i]);
      g_autofree char *key = name != NULL ? kaf_match_organisation_key (name, self->aliases) : NULL;
      const char *id = key != NULL ? g_hash_table_lookup (self->names, key) : NULL;

      if (id != NULL)
        return id;
    }
  return NULL;
}

/* One of the fields by which persons are compared, as an entity has it. */
typedef struct
{
  const char *id;
  KafMatchField field;
} Compared;

static void
add_values (const KafImportMatch *self,
            KafMatchPerson *person,
            const KafRecord *record,
            const Compared *compared)
{
  for (; record != NULL && compared->id != NULL; compared++)
    {
      g_autoptr (GPtrArray) elements = kaf_set_parse (kaf_record_get (record, compared->id));

      for (guint i = 0; i < elements->len; i++)
        kaf_match_person_add_known (person, compared->field,
                                    ((KafElement *) g_ptr_array_index (elements, i))->value,
                                    self->aliases);
    }
}

static KafMatchPerson *
make_person (const KafImportMatch *self, const KafImportRow *row)
{
  static const Compared of_person[] = {
    { "birth_year", KAF_MATCH_BIRTH },
    { "city", KAF_MATCH_CITY },
    { "country", KAF_MATCH_COUNTRY },
    { "emails", KAF_MATCH_EMAIL },
    { "phones", KAF_MATCH_PHONE },
    { "links", KAF_MATCH_IDENTIFIER },
    { NULL },
  };
  static const Compared of_expert[] = {
    { "employer", KAF_MATCH_EMPLOYER },
    { "domains", KAF_MATCH_DOMAIN },
    { NULL },
  };
  const KafRecord *record = row->parts[0];
  KafMatchPerson *person = kaf_match_person_new ("");
  g_autoptr (GPtrArray) aliases = kaf_set_parse (kaf_record_get (record, "aliases"));

  kaf_match_person_add_name (person, kaf_record_get (record, "given_name"),
                             kaf_record_get (record, "family_name"));
  kaf_match_person_add_name (person, kaf_record_get (record, "given_name_ar"),
                             kaf_record_get (record, "family_name_ar"));
  for (guint i = 0; i < aliases->len; i++)
    kaf_match_person_add_whole_name (person,
                                     ((KafElement *) g_ptr_array_index (aliases, i))->value);
  add_values (self, person, record, of_person);
  add_values (self, person, row->parts[1], of_expert);
  return person;
}

void
kaf_import_match_add (KafImportMatch *self, guint number, const KafImportRow *row)
{
  if (self->rows == NULL && self->names == NULL)
    return;
  g_array_append_val (self->numbers, number);
  if (self->rows != NULL)
    kaf_match_index_add (self->rows, make_person (self, row));
  else
    g_ptr_array_add (self->found, (gpointer) find_organisation (self, row));
}

void
kaf_import_match_seal (KafImportMatch *self)
{
  if (self->rows != NULL)
    kaf_match_index_seal (self->rows);
}

guint
kaf_import_match_get_n (const KafImportMatch *self)
{
  return self->numbers->len;
}

guint
kaf_import_match_get_number (const KafImportMatch *self, guint place)
{
  return g_array_index (self->numbers, guint, place);
}

/* ---- Persons ---- */

typedef struct
{
  guint number; /* in its index */
  guint n_joins;
  KafMatchScore score; /* of the best: one that joins before one that does not */
  gboolean joins;
  gboolean any;
} Best;

static const KafMatchRarity *
get_rarity (const KafImportMatch *self)
{
  const KafMatchIndex *larger =
      kaf_match_index_get_n (self->rows) > kaf_match_index_get_n (self->store) ? self->rows
                                                                               : self->store;

  return kaf_match_index_get_rarity (larger);
}

static double
get_prior (const KafImportMatch *self)
{
  return kaf_match_prior (
      MAX (kaf_match_index_get_n (self->rows), kaf_match_index_get_n (self->store)));
}

/* The best of those in @index whose number is below @end. */
static void
find_best (const KafImportMatch *self,
           const KafMatchIndex *index,
           const KafMatchPerson *person,
           guint end,
           Best *best)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (guint32));

  *best = (Best){ 0 };
  kaf_match_index_find (index, person, candidates);
  for (guint i = 0; i < candidates->len; i++)
    {
      guint32 number = g_array_index (candidates, guint32, i);
      KafMatchScore score;
      gboolean joins;

      if (number >= end)
        break;
      kaf_match_weigh (kaf_match_model_default (), get_rarity (self), get_prior (self), person,
                       kaf_match_index_get (index, number), &score);
      joins = kaf_match_may_join (&score);
      best->n_joins += joins;
      if (best->any &&
          (best->joins > joins || (best->joins == joins && best->score.bits >= score.bits)))
        continue;
      best->any = TRUE;
      best->joins = joins;
      best->number = number;
      best->score = score;
    }
}

static void
find_person (const KafImportMatch *self,
             const KafMatchPerson *person,
             guint place,
             KafImportFound *found)
{
  Best known, before;

  *found = (KafImportFound){ .row = -1 };
  find_best (self, self->store, person, G_MAXUINT, &known);
  /* Two persons who both could be joined are for a person to tell apart. */
  if (known.any &&
      (known.joins || kaf_match_band (known.score.probability) >= KAF_MATCH_TO_EXAMINE))
    {
      found->joins = known.n_joins == 1;
      found->id = kaf_match_index_get (self->store, known.number)->id;
      found->likelihood = known.score.probability;
    }
  if (found->joins)
    return;
  find_best (self, self->rows, person, place, &before);
  if (before.any &&
      (before.n_joins == 1 || (kaf_match_band (before.score.probability) >= KAF_MATCH_TO_EXAMINE &&
                               before.score.probability > found->likelihood)))
    {
      found->joins = before.n_joins == 1;
      found->id = NULL;
      found->row = (int) kaf_import_match_get_number (self, before.number);
      found->likelihood = before.score.probability;
    }
}

void
kaf_import_match_find (const KafImportMatch *self, guint place, KafImportFound *found)
{
  const char *id;

  if (self->rows != NULL)
    {
      find_person (self, kaf_match_index_get (self->rows, place), place, found);
      return;
    }
  id = g_ptr_array_index (self->found, place);
  *found = (KafImportFound){ .id = id, .row = -1, .likelihood = id != NULL ? SAME_NAME : 0 };
}

void
kaf_import_match_find_row (const KafImportMatch *self,
                           guint number,
                           const KafImportRow *row,
                           KafImportFound *found)
{
  guint place = 0;

  *found = (KafImportFound){ .row = -1 };
  if (self->rows != NULL)
    {
      g_autoptr (KafMatchPerson) person = make_person (self, row);

      while (place < self->numbers->len && kaf_import_match_get_number (self, place) < number)
        place++;
      find_person (self, person, place, found);
    }
  else if (self->names != NULL)
    {
      found->id = find_organisation (self, row);
      found->likelihood = found->id != NULL ? SAME_NAME : 0;
    }
}

gboolean
kaf_import_match_weigh (const KafImportMatch *self,
                        const KafImportRow *row,
                        const char *id,
                        int other_row,
                        KafMatchPerson **kept,
                        KafMatchScore *score)
{
  const KafMatchPerson *other = NULL;

  *kept = NULL;
  if (self->store == NULL)
    return FALSE;
  if (id != NULL)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, id));

      other = place > 0 ? kaf_match_index_get (self->store, place - 1) : NULL;
    }
  for (guint i = 0; id == NULL && i < self->numbers->len && other == NULL; i++)
    if ((int) kaf_import_match_get_number (self, i) == other_row)
      other = kaf_match_index_get (self->rows, i);
  if (other == NULL)
    return FALSE;
  *kept = make_person (self, row);
  kaf_match_weigh (kaf_match_model_default (), get_rarity (self), get_prior (self), *kept, other,
                   score);
  return TRUE;
}
