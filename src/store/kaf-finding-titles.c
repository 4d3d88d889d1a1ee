/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-finding-titles.h"

#include <string.h>

#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "store/kaf-read-private.h"
#include "store/kaf-transaction-private.h"
#include "store/kaf-untitled.h"

typedef struct
{
  const KafEntity *entity; /* the root, of what heads have titles of */
  const char *id;
  const char *title; /* NULL: none */
} Called;

/* What is asked of an entity, once for each. */
typedef struct
{
  const char *name;        /* by where it lies */
  const KafEntity *entity; /* as of Called; NULL: unknown */
  gboolean in_heads;       /* heads have its titles; FALSE: lists, and what is called by its text */
  GPtrArray *wanted;       /* (element-type Called): to be read together */
  GString *ids;            /* JSON, of those */
} Kind;

struct _KafFindingTitles
{
  KafDatabase *db;
  KafFindings *findings;
  KafLang lang;
  GHashTable *called; /* set of Called, owned */
  GPtrArray *kinds;   /* (element-type Kind), owned: a few, the first of them asked for most */
};

static void
free_kind (gpointer data)
{
  Kind *kind = data;

  g_ptr_array_unref (kind->wanted);
  g_string_free (kind->ids, TRUE);
  g_free (kind);
}

static guint
hash_called (gconstpointer key)
{
  return kaf_id_hash (((const Called *) key)->id);
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  const Called *one = a, *two = b;

  return one->entity == two->entity && strcmp (one->id, two->id) == 0;
}

KafFindingTitles *
kaf_finding_titles_new (KafDatabase *db, KafFindings *findings, KafLang lang)
{
  KafFindingTitles *self = g_new0 (KafFindingTitles, 1);

  self->db = db;
  self->findings = findings;
  self->lang = lang;
  self->called = g_hash_table_new_full (hash_called, is_same, g_free, NULL);
  self->kinds = g_ptr_array_new_with_free_func (free_kind);
  return self;
}

void
kaf_finding_titles_free (KafFindingTitles *self)
{
  g_hash_table_unref (self->called);
  g_ptr_array_unref (self->kinds);
  g_free (self);
}

static Kind *
find_kind (KafFindingTitles *self, const char *name)
{
  Kind *kind;

  for (guint i = 0; i < self->kinds->len; i++)
    {
      kind = g_ptr_array_index (self->kinds, i);
      if (kind->name == name)
        return kind;
    }
  kind = g_new0 (Kind, 1);
  kind->name = name;
  kind->wanted = g_ptr_array_new ();
  kind->ids = g_string_new ("[");
  kind->entity = kaf_registry_find (name);
  kind->in_heads = kind->entity != NULL && !kaf_entity_has (kind->entity, KAF_ENTITY_LIST) &&
                   !kaf_untitled_is (kind->entity);
  if (kind->in_heads)
    kind->entity = kaf_entity_get_root (kind->entity);
  g_ptr_array_add (self->kinds, kind);
  return kind;
}

static Called *
find (const KafFindingTitles *self, const KafEntity *entity, const char *id)
{
  const Called key = { entity, id, NULL };

  return g_hash_table_lookup (self->called, &key);
}

/* @id lives as long as the findings. */
static Called *
add (KafFindingTitles *self, const KafEntity *entity, const char *id)
{
  Called *called = g_new (Called, 1);

  *called = (Called){ entity, id, NULL };
  g_hash_table_add (self->called, called);
  return called;
}

static void
set_title (KafFindingTitles *self, Called *called, const char *title)
{
  called->title =
      title != NULL && *title != '\0' ? kaf_findings_keep (self->findings, title) : NULL;
}

/* Rows whose ids nobody read */

static gboolean
is_row (const KafFinding *finding)
{
  return finding->id == NULL && finding->rid != 0;
}

/* Columns: rid, id, and what a title is chosen from; rows come in the order of the list. Gives the place after it. */
static guint
take_row (KafFindingTitles *self, KafStatement *row, guint at)
{
  const GPtrArray *list = self->findings->list;
  guint32 rid = (guint32) sqlite3_column_int64 (row, 0);

  for (; at < list->len; at++)
    {
      KafFinding *finding = g_ptr_array_index (list, at);
      const Kind *kind;
      Called *called;

      if (!is_row (finding) || finding->rid != rid)
        continue;
      finding->id = kaf_findings_keep (self->findings, kaf_statement_text (row, 1));
      kind = find_kind (self, finding->rule->entity);
      called = find (self, kind->entity, finding->id);
      if (called == NULL)
        called = add (self, kind->entity, finding->id);
      set_title (self, called, kaf_read_choose_title (row, 2, self->lang));
      return at + 1;
    }
  return at;
}

static gboolean
read_rows (KafFindingTitles *self, const char *rows, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db,
                            "SELECT h.rid, h.id, h.title, h.title_ar, h.short FROM json_each (?1) j"
                            " CROSS JOIN head h ON h.rid = j.value",
                            error);
  GError *local = NULL;
  guint at = 0;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, rows);
  while (kaf_database_step (self->db, statement, &local))
    at = take_row (self, statement, at);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static void
fill_args (KafFinding *finding)
{
  for (guint i = 0; i < KAF_FINDING_ARGS; i++)
    if (finding->args[i].kind == KAF_ARG_RECORD && finding->args[i].id == NULL)
      finding->args[i].id = finding->id;
}

gboolean
kaf_finding_titles_find_ids (KafFindingTitles *self, GError **error)
{
  const GPtrArray *list = self->findings->list;
  g_autoptr (GString) rows = g_string_new ("[]");

  for (guint i = 0; i < list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (list, i);

      if (is_row (finding))
        kaf_rows_add (rows, finding->rid);
    }
  if (rows->len > strlen ("[]") && !read_rows (self, rows->str, error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    fill_args (g_ptr_array_index (list, i));
  return TRUE;
}

/* Titles */

static void
want (KafFindingTitles *self, const char *name, const char *id)
{
  Kind *kind = name != NULL && id != NULL ? find_kind (self, name) : NULL;

  if (kind == NULL || !kind->in_heads || find (self, kind->entity, id) != NULL ||
      !kaf_id_is_uuid (id))
    return;
  g_string_append (kind->ids, kind->wanted->len > 0 ? ",\"" : "\"");
  g_string_append_len (kind->ids, id, KAF_ID_LENGTH);
  g_string_append_c (kind->ids, '"');
  g_ptr_array_add (kind->wanted, add (self, kind->entity, id));
}

static void
want_all (KafFindingTitles *self)
{
  for (guint i = 0; i < self->findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (self->findings->list, i);

      want (self, finding->rule->entity, finding->id);
      want (self, finding->of_entity, finding->of);
      want (self, "person", finding->person);
      for (guint j = 0; j < KAF_FINDING_ARGS; j++)
        if (finding->args[j].kind == KAF_ARG_RECORD)
          want (self, finding->args[j].entity, finding->args[j].id);
    }
}

static gboolean
read_wanted (KafFindingTitles *self, const Kind *kind, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db,
                            "SELECT j.key, h.title, h.title_ar, h.short FROM json_each (?1) j"
                            " CROSS JOIN head h ON h.id = j.value AND h.entity = ?2",
                            error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, kind->ids->str);
  kaf_statement_bind_text (statement, 2, kind->entity->id);
  while (kaf_database_step (self->db, statement, &local))
    set_title (self, g_ptr_array_index (kind->wanted, sqlite3_column_int (statement, 0)),
               kaf_read_choose_title (statement, 1, self->lang));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
kaf_finding_titles_read (KafFindingTitles *self, GError **error)
{
  kaf_transaction_settle (self->db->transaction);
  want_all (self);
  for (guint i = 0; i < self->kinds->len; i++)
    {
      Kind *kind = g_ptr_array_index (self->kinds, i);

      g_string_append_c (kind->ids, ']');
      if (kind->wanted->len > 0 && !read_wanted (self, kind, error))
        return FALSE;
    }
  return TRUE;
}

const char *
kaf_finding_titles_get (KafFindingTitles *self, const char *name, const char *id)
{
  const Kind *kind = find_kind (self, name);
  Called *called = kind->entity != NULL ? find (self, kind->entity, id) : NULL;

  if (called == NULL && kind->entity != NULL)
    {
      g_autofree char *title = kaf_read_short_title (self->db, name, id, self->lang);

      called = add (self, kind->entity, kaf_findings_keep (self->findings, id));
      set_title (self, called, title);
    }
  return called != NULL ? called->title : NULL;
}

char *
kaf_finding_titles_tell (KafFindingTitles *self, const char *name, const char *id, KafLang lang)
{
  const char *title = kaf_finding_titles_get (self, name, id);

  if (title != NULL || kaf_read_exists (self->db, kaf_registry_find (name), id))
    return g_strdup (title);
  return kaf_read_describe_absent (self->db, id, lang);
}
