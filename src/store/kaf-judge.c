/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-judge.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "store/kaf-one-private.h"
#include "store/kaf-read-private.h"

static const char *const codes[] = {
  [KAF_VERDICT_NONE] = NULL,
  [KAF_VERDICT_SAME] = "same",
  [KAF_VERDICT_DIFFERENT] = "different",
  [KAF_VERDICT_UNSURE] = "unsure",
  [KAF_VERDICT_REVOKE] = "revoke",
};

const char *
kaf_judge_code (KafJudgementVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (codes), NULL);
  return codes[verdict];
}

KafJudgementVerdict
kaf_judge_parse (const char *code)
{
  for (guint i = 1; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i], code))
      return (KafJudgementVerdict) i;
  return KAF_VERDICT_NONE;
}

static const KafEntity *
judgement_entity (void)
{
  return kaf_registry_find ("judgement");
}

/* "person" and "other_person". */
static void
set_pair (KafRecord *record, const KafEntity *root, const char *a, const char *b)
{
  g_autofree char *other = g_strconcat ("other_", root->id, NULL);

  kaf_record_set (record, root->id, a);
  kaf_record_set (record, other, b);
}

void
kaf_judge_add_choice (KafChangeSet *set,
                      const KafEntity *entity,
                      const char *id,
                      const KafFieldChoice *choice)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("field_choice"), NULL);

  set_pair (record, kaf_entity_get_root (entity), id, choice->of);
  kaf_record_set (record, "part", choice->part->id);
  kaf_record_set (record, "field", choice->field);
  kaf_change_set_create (set, record);
}

void
kaf_judge_add (KafChangeSet *set, const KafJudging *judging)
{
  g_autoptr (KafRecord) record = kaf_record_new (judgement_entity (), NULL);
  const KafEntity *root = kaf_entity_get_root (judging->entity);

  set_pair (record, root, judging->a, judging->b);
  kaf_record_set (record, "verdict", kaf_judge_code (judging->verdict));
  kaf_record_set (record, "reason", judging->reason);
  kaf_record_set (record, "engine", judging->engine);
  kaf_record_set (record, "evidence", judging->evidence);
  if (judging->likelihood >= 0)
    {
      g_autofree char *likelihood = g_strdup_printf ("%d", judging->likelihood);

      kaf_record_set (record, "likelihood", likelihood);
    }
  kaf_change_set_create (set, record);
  for (const KafFieldChoice *choice = judging->choices; choice != NULL && choice->field != NULL;
       choice++)
    kaf_judge_add_choice (set, root, judging->a, choice);
}

KafChangeSet *
kaf_judge (const KafJudging *judging)
{
  KafChangeSet *set = kaf_change_set_new ("judge");

  kaf_judge_add (set, judging);
  return set;
}

/* Of one that is about persons, or about organisations. */
static const KafEntity *
find_root (KafRecord *record)
{
  return kaf_registry_find (kaf_record_get (record, "person") != NULL ? "person" : "organisation");
}

static const char *
get_other (KafRecord *record, const KafEntity *root)
{
  return kaf_record_get (record,
                         g_str_equal (root->id, "person") ? "other_person" : "other_organisation");
}

/* Whether something takes back the record @id of @entity. */
static gboolean
is_revoked (KafDatabase *db, const KafEntity *entity, const char *id)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE revokes = ? LIMIT 1", entity->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, NULL);

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_step (db, statement, NULL);
}

/* What takes @record back, a judgement or a choice. */
static KafRecord *
make_revocation (KafRecord *record, const char *reason)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafEntity *root = find_root (record);
  KafRecord *revocation = kaf_record_new (entity, NULL);

  set_pair (revocation, root, kaf_record_get (record, root->id), get_other (record, root));
  kaf_record_set (revocation, "revokes", kaf_record_get_id (record));
  if (entity == judgement_entity ())
    {
      kaf_record_set (revocation, "verdict", kaf_judge_code (KAF_VERDICT_REVOKE));
      kaf_record_set (revocation, "reason", reason);
      return revocation;
    }
  kaf_record_set (revocation, "part", kaf_record_get (record, "part"));
  kaf_record_set (revocation, "field", kaf_record_get (record, "field"));
  return revocation;
}

gboolean
kaf_judge_revoke (
    KafDatabase *db, KafChangeSet *set, const char *id, const char *reason, GError **error)
{
  g_autoptr (KafRecord) record = kaf_read_record (db, judgement_entity (), id, error);
  g_autoptr (KafRecord) revocation = NULL;

  if (record == NULL)
    return FALSE;
  if (kaf_record_get (record, "revokes") != NULL || is_revoked (db, judgement_entity (), id))
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED,
                   "this judgement does not stand");
      return FALSE;
    }
  revocation = make_revocation (record, reason);
  kaf_change_set_create (set, revocation);
  return TRUE;
}

/* What stands of the same records and says the same, by the same author: @record, or what an undo said again in its
 * place. */
static KafRecord *
find_standing (KafDatabase *db, KafRecord *record)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  const KafEntity *root = find_root (record);
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id FROM \"%1$s\" j JOIN head h ON h.rid = j.rid WHERE j.\"%2$s\" = ? AND"
      " NOT EXISTS (SELECT 1 FROM \"%1$s\" x WHERE x.revokes = h.id) ORDER BY h.id",
      entity->id, root->id);
  g_autoptr (GPtrArray) ids = kaf_read_ids (db, sql, kaf_record_get (record, root->id), NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KafRecord) other = kaf_read_record (db, entity, g_ptr_array_index (ids, i), NULL);
      g_autoptr (KafRecord) differs = other != NULL ? kaf_record_diff (record, other) : NULL;

      if (other != NULL && differs == NULL &&
          g_strcmp0 (kaf_record_get_stamp (record)->created_by,
                     kaf_record_get_stamp (other)->created_by) == 0)
        return g_steal_pointer (&other);
    }
  return NULL;
}

KafRecord *
kaf_judge_turn_back (KafDatabase *db, const KafEntity *entity, const char *id)
{
  g_autoptr (KafRecord) record = kaf_read_record (db, entity, id, NULL);
  g_autoptr (KafRecord) standing = NULL, before = NULL;
  KafRecord *again;

  kaf_transaction_settle (db->transaction);
  if (record == NULL)
    return NULL;
  if (kaf_record_get (record, "revokes") == NULL)
    {
      standing = find_standing (db, record);
      return standing != NULL ? make_revocation (standing, NULL) : NULL;
    }
  before = kaf_read_record (db, entity, kaf_record_get (record, "revokes"), NULL);
  standing = before != NULL ? find_standing (db, before) : NULL;
  if (before == NULL || standing != NULL)
    return NULL;
  again = kaf_record_copy (before);
  kaf_record_set_id (again, NULL);
  return again;
}

/* What stands */

void
kaf_judged_free (KafJudged *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->a);
  g_free (self->b);
  g_free (self->reason);
  g_free (self->engine);
  g_free (self->evidence);
  g_free (self->author);
  g_free (self);
}

static KafJudged *
read_judged (KafRecord *record)
{
  const KafEntity *root = find_root (record);
  const char *likelihood = kaf_record_get (record, "likelihood");
  KafJudged *self = g_new0 (KafJudged, 1);

  self->id = g_strdup (kaf_record_get_id (record));
  self->entity = root;
  self->a = g_strdup (kaf_record_get (record, root->id));
  self->b = g_strdup (get_other (record, root));
  self->verdict = kaf_judge_parse (kaf_record_get (record, "verdict"));
  self->reason = g_strdup (kaf_record_get (record, "reason"));
  self->likelihood = likelihood != NULL ? (int) g_ascii_strtoll (likelihood, NULL, 10) : -1;
  self->engine = g_strdup (kaf_record_get (record, "engine"));
  self->evidence = g_strdup (kaf_record_get (record, "evidence"));
  self->author = g_strdup (kaf_record_get_stamp (record)->created_by);
  self->when = kaf_record_get_stamp (record)->created_at;
  return self;
}

/* Rows of judgements, with their ids; @where: more of the condition, with the parameter ?1. */
static gboolean
add_judged (KafDatabase *db,
            const KafEntity *root,
            const char *where,
            const char *bind,
            GPtrArray *all,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT j.rid, h.id FROM judgement j JOIN head h ON h.rid = j.rid WHERE j.\"%s\" IS NOT NULL"
      " AND j.revokes IS NULL AND NOT EXISTS (SELECT 1 FROM judgement x WHERE x.revokes = h.id)"
      " AND %s ORDER BY h.id DESC",
      root->id, where);
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, bind);
  while (local == NULL && kaf_database_step (db, statement, &local))
    {
      g_autoptr (KafRecord) record =
          kaf_read_row (db, judgement_entity (), sqlite3_column_int64 (statement, 0),
                        kaf_statement_text (statement, 1), &local);

      if (record != NULL)
        g_ptr_array_add (all, read_judged (record));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_judged (gconstpointer a, gconstpointer b)
{
  return -strcmp ((*(const KafJudged *const *) a)->id, (*(const KafJudged *const *) b)->id);
}

/* One that ties two of them is found by either. */
static void
drop_double (GPtrArray *sorted)
{
  for (guint i = sorted->len; i-- > 1;)
    if (g_str_equal (((KafJudged *) g_ptr_array_index (sorted, i))->id,
                     ((KafJudged *) g_ptr_array_index (sorted, i - 1))->id))
      g_ptr_array_remove_index (sorted, i);
}

GPtrArray *
kaf_judge_list (KafDatabase *db, const KafEntity *entity, const char *id, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_judged_free);
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (KafJudgements) judgements = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autofree char *where = NULL;

  if (id == NULL)
    return add_judged (db, root, "?1 IS NULL", NULL, all, error) ? g_steal_pointer (&all) : NULL;
  ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (ids, g_strdup (id));
  judgements = kaf_one_gather (db, root, ids, error);
  if (judgements == NULL)
    return NULL;
  members = kaf_judgements_list_members (judgements, id);
  where = g_strdup_printf ("(j.\"%1$s\" = ?1 OR j.\"other_%1$s\" = ?1)", root->id);
  for (guint i = 0; i < members->len; i++)
    if (!add_judged (db, root, where, g_ptr_array_index (members, i), all, error))
      return NULL;
  g_ptr_array_sort (all, compare_judged);
  drop_double (all);
  return g_steal_pointer (&all);
}

KafJudgements *
kaf_judge_read_all (KafDatabase *db, const KafEntity *entity, GError **error)
{
  const KafEntity *root = kaf_entity_get_root (entity);
  g_autofree char *sql = g_strdup_printf (
      /* CROSS: where nothing was judged yet, SQLite would rather walk over all heads. */
      "SELECT h.id, j.\"%1$s\", j.\"other_%1$s\", j.verdict, j.revokes FROM judgement j"
      " CROSS JOIN head h ON h.rid = j.rid WHERE j.\"%1$s\" IS NOT NULL",
      root->id);
  g_autoptr (KafJudgements) judgements = kaf_judgements_new ();
  g_autoptr (KafStatement) statement = kaf_database_prepare (db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (kaf_database_step (db, statement, &local))
    {
      const KafJudgement judgement = { .id = kaf_statement_text (statement, 0),
                                       .a = kaf_statement_text (statement, 1),
                                       .b = kaf_statement_text (statement, 2),
                                       .verdict =
                                           kaf_judge_parse (kaf_statement_text (statement, 3)),
                                       .revokes = kaf_statement_text (statement, 4) };

      kaf_judgements_add (judgements, &judgement);
    }
  if (local == NULL)
    return g_steal_pointer (&judgements);
  g_propagate_error (error, local);
  return NULL;
}

GPtrArray *
kaf_judge_list_contradictions (KafDatabase *db, const KafEntity *entity, GError **error)
{
  g_autoptr (KafJudgements) judgements = kaf_judge_read_all (db, entity, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_judged_free);
  g_autoptr (GArray) found = NULL;

  if (judgements == NULL)
    return NULL;
  found = kaf_judgements_list_contradictions (judgements);
  for (guint i = 0; i < found->len; i++)
    {
      const char *id = g_array_index (found, KafContradiction, i).judgement;
      g_autoptr (KafRecord) record = kaf_read_record (db, judgement_entity (), id, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (all, read_judged (record));
    }
  return g_steal_pointer (&all);
}

gboolean
kaf_judge_revoke_all (KafDatabase *db,
                      KafChangeSet *set,
                      const KafEntity *entity,
                      const char *a,
                      const char *b,
                      const char *reason,
                      GError **error)
{
  g_autoptr (GPtrArray) standing = kaf_judge_list (db, entity, a, error);
  gboolean any = FALSE;

  if (standing == NULL)
    return FALSE;
  for (guint i = 0; i < standing->len; i++)
    {
      const KafJudged *one = g_ptr_array_index (standing, i);

      if (!(g_str_equal (one->a, a) && g_str_equal (one->b, b)) &&
          !(g_str_equal (one->a, b) && g_str_equal (one->b, a)))
        continue;
      if (!kaf_judge_revoke (db, set, one->id, reason, error))
        return FALSE;
      any = TRUE;
    }
  if (!any)
    g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING, "nothing was judged of these");
  return any;
}

/* What was attached since */

void
kaf_attached_free (KafAttached *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self);
}

typedef struct
{
  KafDatabase *db;
  const KafEntity *root;
  const char *shown;
  gint64 since;
  GPtrArray *all;
} Attached;

static gboolean
add_attached (Attached *self, const KafOneRef *ref, GError **error)
{
  gboolean many = kaf_field_is_many (ref->field);
  g_autofree char *of_set =
      many ? g_strdup_printf ("e.rid IN (SELECT s.rid FROM \"%s_set\" s WHERE s.field = '%s' AND"
                              " s.value = ?1 AND s.removed IS NULL)",
                              ref->entity->id, ref->field->id)
           : g_strdup_printf ("e.\"%s\" = ?1", ref->field->id);
  /* What names another of her records was there before, or is that one's own. */
  g_autofree char *sql = g_strdup_printf (
      "SELECT h.id, e.created_at FROM \"%s\" e JOIN head h ON h.rid = e.rid WHERE %s AND"
      " e.created_at > ?2 AND e.deleted_at IS NULL AND h.deleted = 0 AND NOT EXISTS (SELECT 1 FROM"
      " raw r WHERE r.rid = e.rid AND r.entity = '%s' AND r.field = '%s')",
      ref->entity->id, of_set, ref->entity->id, ref->field->id);
  g_autoptr (KafStatement) statement = kaf_database_prepare (self->db, sql, error);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  kaf_statement_bind_text (statement, 1, self->shown);
  sqlite3_bind_int64 (statement, 2, self->since);
  while (kaf_database_step (self->db, statement, &local))
    {
      KafAttached *one = g_new0 (KafAttached, 1);

      one->entity = ref->entity;
      one->id = g_strdup (kaf_statement_text (statement, 0));
      one->field = ref->field;
      one->when = sqlite3_column_int64 (statement, 1);
      g_ptr_array_add (self->all, one);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static int
compare_attached (gconstpointer a, gconstpointer b)
{
  const KafAttached *x = *(const KafAttached *const *) a, *y = *(const KafAttached *const *) b;

  return x->when != y->when ? (x->when < y->when ? 1 : -1) : strcmp (x->id, y->id);
}

GPtrArray *
kaf_judge_list_attached (KafDatabase *db, const char *id, GError **error)
{
  g_autoptr (KafRecord) judgement = kaf_read_record (db, judgement_entity (), id, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_attached_free);
  g_autofree char *shown = NULL;
  Attached attached = { .db = db, .all = all };

  if (judgement == NULL)
    return NULL;
  attached.root = find_root (judgement);
  attached.shown = shown =
      kaf_one_get_shown (db, attached.root, kaf_record_get (judgement, attached.root->id));
  attached.since = kaf_record_get_stamp (judgement)->created_at;
  for (const KafOneRef *ref = kaf_one_refs (); ref->entity != NULL; ref++)
    if ((ref->root == attached.root || ref->root == NULL) && !add_attached (&attached, ref, error))
      return NULL;
  g_ptr_array_sort (all, compare_attached);
  return g_steal_pointer (&all);
}
