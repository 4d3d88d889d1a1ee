/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown against what follows from the rows as they came. Nothing is written. */
#include "config.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-judge.h"
#include "store/kaf-one-private.h"
#include "store/kaf-one-raw.h"
#include "store/kaf-read-private.h"

typedef struct
{
  KafDatabase *db;
  const KafEntity *root;
  GPtrArray *findings;
  GError *error;
} Check;

static void G_GNUC_PRINTF (2, 3) finding (Check *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->findings, g_strdup_vprintf (format, args));
  va_end (args);
}

/* The record as it came; NULL where there is none, or it was deleted. */
static KafRecord *
read_alive (Check *self, const KafEntity *part, const char *id)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KafRecord) record = kaf_one_read_raw (self->db, part, id, &local);

  if (record == NULL && !g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    {
      if (self->error == NULL)
        self->error = g_steal_pointer (&local);
      return NULL;
    }
  return record != NULL && kaf_record_get_stamp (record)->deleted_at == 0
             ? g_steal_pointer (&record)
             : NULL;
}

/* Who of them is shown: the smallest that is alive. */
static char *
find_shown (Check *self, GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (KafRecord) root = read_alive (self, self->root, g_ptr_array_index (members, i));

      if (root != NULL)
        return g_strdup (g_ptr_array_index (members, i));
    }
  return NULL;
}

static void
check_aliases (Check *self, GPtrArray *members, const char *shown)
{
  for (guint i = 0; i < members->len; i++)
    {
      const char *id = g_ptr_array_index (members, i);
      g_autofree char *is = kaf_one_find_alias (self->db, self->root, id);

      if (g_strcmp0 (is, g_strcmp0 (shown, id) != 0 ? shown : NULL) != 0)
        finding (self, "one: %s %s is shown as %s", self->root->id, id, is != NULL ? is : "itself");
    }
}

/* Their rows of one part, that of the shown one first. */
static GPtrArray *
read_alive_rows (Check *self, const KafEntity *part, GPtrArray *members, const char *shown)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  for (guint i = 0; i < members->len; i++)
    {
      const char *id = g_ptr_array_index (members, i);
      g_autoptr (KafRecord) root = read_alive (self, self->root, id);
      KafRecord *row = root != NULL ? read_alive (self, part, id) : NULL;

      if (row != NULL)
        g_ptr_array_insert (rows, g_str_equal (id, shown) ? 0 : -1, row);
    }
  return rows;
}

static void
check_part (Check *self, const KafEntity *part, GPtrArray *members, const char *shown)
{
  g_autoptr (GPtrArray) rows = read_alive_rows (self, part, members, shown);
  gint64 rid = kaf_database_find_rid (self->db, self->root, shown);
  g_autoptr (KafRecord) is = kaf_read_row (self->db, part, rid, shown, NULL);
  g_autoptr (KafRecord) wanted = NULL, differs = NULL;
  g_autoptr (KafOneSays) says = NULL;

  if (rows->len == 0 || self->error != NULL)
    return;
  says = kaf_one_says_read (self->db, self->root, members, &self->error);
  if (says == NULL)
    return;
  wanted = kaf_one_says_show (self->db, says, rows, shown, NULL);
  differs = is != NULL ? kaf_record_diff (is, wanted) : NULL;
  if (is == NULL || differs != NULL || kaf_record_get_stamp (is)->deleted_at != 0)
    finding (self, "one: the %s of %s does not show what follows from its records", part->id,
             shown);
}

static void
check_hidden (Check *self, GPtrArray *members, const char *shown)
{
  for (guint i = 0; i < members->len; i++)
    {
      const char *id = g_ptr_array_index (members, i);
      gint64 rid = kaf_database_find_rid (self->db, self->root, id);
      g_autoptr (KafRecord) row =
          rid > 0 && !g_str_equal (id, shown)
              ? kaf_read_scalars (self->db, self->root, rid, id, &self->error)
              : NULL;

      if (row != NULL && kaf_record_get_stamp (row)->deleted_at != KAF_ONE_HIDDEN)
        finding (self, "one: %s %s is shown by another and by itself", self->root->id, id);
    }
}

static void
check_group (Check *self, GPtrArray *members)
{
  g_autofree char *shown = find_shown (self, members);
  const KafEntity *facet;

  check_aliases (self, members, shown);
  if (shown == NULL)
    return;
  check_hidden (self, members, shown);
  check_part (self, self->root, members, shown);
  for (guint bit = 1; (facet = kaf_registry_find_facet (self->root, bit)) != NULL; bit <<= 1)
    check_part (self, facet, members, shown);
}

static void
check_root (Check *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (self->db, self->root, &self->error);
  g_autofree char *sql = g_strdup_printf (
      "SELECT \"%1$s\" FROM judgement WHERE \"%1$s\" IS NOT NULL AND ?1 IS NULL UNION"
      " SELECT \"other_%1$s\" FROM judgement WHERE \"other_%1$s\" IS NOT NULL UNION"
      " SELECT id FROM alias WHERE entity = '%1$s'",
      self->root->id);
  g_autoptr (GPtrArray) ids =
      judgements != NULL ? kaf_read_ids (self->db, sql, NULL, &self->error) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len && self->error == NULL; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (GPtrArray) members = kaf_judgements_list_members (judgements, id);

      if (g_hash_table_contains (seen, id))
        continue;
      for (guint j = 0; j < members->len; j++)
        g_hash_table_add (seen, g_strdup (g_ptr_array_index (members, j)));
      if (members->len > 1)
        check_group (self, members);
      else
        check_aliases (self, members, id);
    }
}

/* Nothing that is shown names who is shown by another. */
static void
check_ref (Check *self, const KafOneRef *ref)
{
  g_autofree char *sql =
      kaf_field_is_many (ref->field)
          ? g_strdup_printf ("SELECT h.id FROM \"%s_set\" s JOIN head h ON h.rid = s.rid WHERE"
                             " s.field = '%s' AND s.removed IS NULL AND h.deleted <> 2 AND ?1 IS"
                             " NULL AND s.value IN (SELECT id FROM alias)",
                             ref->entity->id, ref->field->id)
          : g_strdup_printf (
                "SELECT h.id FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE"
                " h.deleted <> 2 AND ?1 IS NULL AND e.\"%s\" IN (SELECT id FROM alias)",
                ref->entity->id, ref->field->id);
  g_autoptr (GPtrArray) ids = kaf_read_ids (self->db, sql, NULL, &self->error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    finding (self, "one: %s.%s of %s names who is shown by another", ref->entity->id,
             ref->field->id, (const char *) g_ptr_array_index (ids, i));
}

/* What is kept is kept of a row that is here, and only where the row shows something else. */
static void
check_kept (Check *self)
{
  g_autoptr (GPtrArray) rids =
      kaf_read_ids (self->db,
                    "SELECT DISTINCT r.rid FROM raw r WHERE ?1 IS NULL AND NOT EXISTS (SELECT 1"
                    " FROM head h WHERE h.rid = r.rid)",
                    NULL, &self->error);

  for (guint i = 0; rids != NULL && i < rids->len; i++)
    finding (self, "one: something is kept of row %s, which is not here",
             (const char *) g_ptr_array_index (rids, i));
}

GPtrArray *
kaf_one_check (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  Check self = { .db = db, .findings = findings };
  static const char *const roots[] = { "person", "organisation" };

  for (guint i = 0; i < G_N_ELEMENTS (roots) && self.error == NULL; i++)
    {
      self.root = kaf_registry_find (roots[i]);
      check_root (&self);
    }
  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL && self.error == NULL; ref++)
    check_ref (&self, ref);
  if (self.error == NULL)
    check_kept (&self);
  if (self.error == NULL)
    return g_steal_pointer (&findings);
  g_propagate_error (error, self.error);
  return NULL;
}
