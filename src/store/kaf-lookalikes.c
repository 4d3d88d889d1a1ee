/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons that resemble one being typed: same e-mail, same phone, or names alike in any script.
 * It warns and never decides. */
#include "config.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "match/kaf-name-key.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "schema/kaf-value.h"
#include "store/kaf-read-private.h"
#include "store/kaf-suspects-private.h"

/* Names at least this alike are worth a look. */
#define LIKE_FROM 0.80

/* So many candidates of one name are compared; beyond that the name alone says little. */
#define CANDIDATES 200

typedef struct
{
  KafDatabase *db;
  KafRecord *record;
  KafLang lang;
  char *name, *name_ar;
  GHashTable *found; /* rid → KafLookalike */
} Search;

void
kaf_lookalike_free (KafLookalike *self)
{
  g_free (self->id);
  g_free (self->ref);
  g_free (self->title);
  g_free (self->title_ar);
  g_free (self->summary);
  g_free (self);
}

static double
likeness (const char *a, const char *b)
{
  return a != NULL && b != NULL && *a != '\0' && *b != '\0' ? kaf_name_likeness (a, b) : 0;
}

char *
kaf_lookalike_summarise (KafDatabase *db, KafRecord *person, KafLang lang)
{
  static const char *const fields[] = { "city", "country", "status" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const KafField *field = kaf_entity_find_field (kaf_record_get_entity (person), fields[i]);
      g_autofree char *value = kaf_value_format (field, kaf_record_get (person, fields[i]), lang,
                                                 kaf_read_title_func, db);

      if (value != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The candidate at that row; NULL when it is the record itself or not like it at all. */
static KafLookalike *
candidate (Search *self, gint64 rid, const char *id, gboolean any_name)
{
  KafLookalike *one = g_hash_table_lookup (self->found, GINT_TO_POINTER (rid));
  g_autoptr (KafRecord) person = NULL;
  g_autofree char *title = NULL;
  g_autofree char *title_ar = NULL;
  double like;

  if (one != NULL || g_strcmp0 (id, kaf_record_get_id (self->record)) == 0)
    return one;
  person = kaf_read_row (self->db, kaf_registry_find ("person"), rid, id, NULL);
  if (person == NULL || kaf_record_get_stamp (person)->deleted_at > 0)
    return NULL;

  title = kaf_record_title (person, FALSE, TRUE);
  title_ar = kaf_record_title (person, TRUE, FALSE);
  like = MAX (MAX (likeness (self->name, title), likeness (self->name_ar, title_ar)),
              MAX (likeness (self->name, title_ar), likeness (self->name_ar, title)));
  if (!any_name && like < LIKE_FROM)
    return NULL;

  one = g_new0 (KafLookalike, 1);
  one->id = g_strdup (id);
  one->ref = g_strdup (kaf_record_get_ref (person));
  one->title = g_steal_pointer (&title);
  one->title_ar = g_steal_pointer (&title_ar);
  one->likeness = like;
  one->like_name = like >= LIKE_FROM;
  one->summary = kaf_lookalike_summarise (self->db, person, self->lang);
  g_hash_table_insert (self->found, GINT_TO_POINTER (rid), one);
  return one;
}

static void
find_same (Search *self, const char *field)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (kaf_record_get (self->record, field));

  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);
      g_autoptr (KafStatement) statement = kaf_database_prepare (
          self->db,
          "SELECT s.rid, h.id FROM person_set s JOIN head h ON h.rid = s.rid"
          " WHERE s.field = ? AND s.value = ? AND s.removed IS NULL AND h.deleted = 0 LIMIT 20",
          NULL);

      if (statement == NULL)
        return;
      kaf_statement_bind_text (statement, 1, field);
      kaf_statement_bind_text (statement, 2, element->value);
      while (kaf_database_step (self->db, statement, NULL))
        {
          KafLookalike *one = candidate (self, sqlite3_column_int64 (statement, 0),
                                         kaf_statement_text (statement, 1), TRUE);

          if (one != NULL && g_str_equal (field, "emails"))
            one->same_email = TRUE;
          else if (one != NULL)
            one->same_phone = TRUE;
        }
    }
}

/* "key : a AND key : b": persons whose names share a key with each word of this one's. */
static char *
name_expression (const char *name)
{
  g_auto (GStrv) words = kaf_fold_words (name);
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *key = kaf_name_key_word (words[i]);

      /* A single letter is no key that a record has. */
      if (strlen (key) < 2)
        continue;
      g_string_append_printf (sql, "%s({name} : \"%s\" OR {key} : \"%s\")",
                              sql->len > 0 ? " AND " : "", words[i], key);
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
find_named (Search *self, const char *name)
{
  g_autofree char *expression = name_expression (name);
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db,
                            "SELECT h.rid, h.id FROM search s JOIN head h ON h.rid = s.rowid"
                            " WHERE search MATCH ?1 AND h.entity = 'person' LIMIT ?2",
                            NULL);

  /* One word alone, a family name, is shared by too many to mean anything. */
  if (statement == NULL || strstr (expression, " AND ") == NULL)
    return;
  kaf_statement_bind_text (statement, 1, expression);
  sqlite3_bind_int (statement, 2, CANDIDATES);
  while (kaf_database_step (self->db, statement, NULL))
    candidate (self, sqlite3_column_int64 (statement, 0), kaf_statement_text (statement, 1), FALSE);
}

static double
weight (const KafLookalike *one)
{
  return one->same_email * 2 + one->same_phone * 2 + one->likeness;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const KafLookalike *x = *(KafLookalike *const *) a, *y = *(KafLookalike *const *) b;
  double difference = weight (y) - weight (x);

  if (difference != 0)
    return difference > 0 ? 1 : -1;
  return strcmp (x->id, y->id);
}

GPtrArray *
kaf_read_lookalikes (
    KafDatabase *db, const KafRecord *record, guint limit, KafLang lang, GError **error)
{
  Search self = { .db = db, .record = (KafRecord *) record, .lang = lang };
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_lookalike_free);
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (g_str_equal (kaf_record_get_entity (record)->id, "person"), list);

  self.name = kaf_record_title (record, FALSE, FALSE);
  self.name_ar = kaf_record_title (record, TRUE, FALSE);
  self.found = g_hash_table_new (NULL, NULL);
  find_same (&self, "emails");
  find_same (&self, "phones");
  if (*self.name != '\0')
    find_named (&self, self.name);
  if (*self.name_ar != '\0')
    find_named (&self, self.name_ar);

  g_hash_table_iter_init (&iter, self.found);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare);
  if (list->len > limit)
    g_ptr_array_set_size (list, limit);

  g_hash_table_unref (self.found);
  g_free (self.name);
  g_free (self.name_ar);
  return list;
}
