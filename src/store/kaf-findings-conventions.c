/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conventions for the rules. One tree is read whole. Of all of them, there is no time to: signatories and
 * commitments go through the rules as rows, each only as far as the state of its act asks for, and without ids. */
#include "config.h"

#include "store/kaf-findings-private.h"

#include <string.h>

#include "store/kaf-conventions.h"

static void
take_standings (KafRun *self)
{
  self->standings = g_new0 (KafStanding *, self->conventions->acts->len + 1);
  for (guint i = 0; i < self->conventions->acts->len; i++)
    self->standings[i] =
        kaf_convention_stand (g_ptr_array_index (self->conventions->acts, i), self->findings->day);
}

/* One tree */

static void
take_mandate (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  KafMandate *one = kaf_mandate_new (kaf_statement_text (row, 0), kaf_statement_text (row, 1),
                                     kaf_statement_text (row, 2));

  one->organisation = g_strdup (kaf_statement_text (row, 3));
  one->person = g_strdup (kaf_statement_text (row, 4));
  g_hash_table_replace (self->mandates, one->id, one);
}

static gboolean
read_mandates_of (KafRun *self, const KafConvention *act, GError **error)
{
  for (guint i = 0; i < act->signatories->len; i++)
    {
      const KafSignatory *one = g_ptr_array_index (act->signatories, i);

      if (one->mandate == NULL || g_hash_table_contains (self->mandates, one->mandate))
        continue;
      if (!kaf_run_rows (self,
                         "SELECT h.id, m.valid_from, m.valid_to, m.organisation, m.person"
                         " FROM head h CROSS JOIN mandate m ON m.rid = h.rid"
                         " WHERE h.id = ?1 AND h.entity = 'mandate' AND m.deleted_at IS NULL",
                         one->mandate, take_mandate, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* Moves the acts of @tree, tied as they are. */
static void
take_tree (KafRun *self, KafConventions *tree)
{
  g_ptr_array_set_free_func (tree->acts, NULL);
  for (guint i = 0; i < tree->acts->len; i++)
    kaf_conventions_take (self->conventions, g_ptr_array_index (tree->acts, i));
}

static gboolean
read_trees (KafRun *self, GPtrArray *ids, GError **error)
{
  self->conventions = kaf_conventions_new ();
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (KafConventions) tree = NULL;

      if (kaf_conventions_find (self->conventions, id) != NULL)
        continue;
      tree = kaf_conventions_read (self->db, id, KAF_CONVENTIONS_ALL, KAF_LANG_EN,
                                   self->cancellable, error);
      if (tree == NULL)
        return FALSE;
      take_tree (self, tree);
    }
  return TRUE;
}

gboolean
kaf_run_trees (KafRun *self, GPtrArray *ids, GError **error)
{
  if (!read_trees (self, ids, error))
    return FALSE;
  take_standings (self);
  for (guint i = 0; i < self->conventions->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->conventions->acts, i);

      if (!read_mandates_of (self, act, error))
        return FALSE;
      kaf_convention_check (self->findings, act, self->standings[i], self->mandates);
      kaf_convention_check_commitments (self->findings, act, self->standings[i]);
    }
  return TRUE;
}

/* All acts: signatories */

static void
take_signatory (KafRun *self, KafStatement *row, G_GNUC_UNUSED gpointer data)
{
  KafConvention *act = kaf_conventions_find (self->conventions, kaf_statement_text (row, 1));
  const KafMandate *mandate;
  KafSignatory *one;

  if (act == NULL || act->signed_on == KAF_DAY_UNKNOWN)
    return;
  one = g_new0 (KafSignatory, 1);
  one->row = (guint32) sqlite3_column_int64 (row, 0);
  one->mandate = g_strdup (kaf_statement_text (row, 2));
  one->signed_on = kaf_run_get_day (row, 3);
  mandate = one->mandate != NULL ? g_hash_table_lookup (self->mandates, one->mandate) : NULL;
  one->organisation = mandate != NULL ? g_strdup (mandate->organisation) : NULL;
  g_ptr_array_add (act->signatories, one);
}

/* All acts: commitments */

/* Of an act: what its commitments need to be judged. */
typedef struct
{
  const KafConvention *act;     /* whose commitments they are */
  const KafConvention *amended; /* which one they belong to, with its amendments */
  KafBinding binding;
  const char *root; /* of the tree */
  gboolean wanted;  /* its tree is looked at */
  gboolean counts;  /* in force that day */
  gboolean has_any;
} Frame;

typedef struct
{
  GHashTable *frames;   /* id of an act → Frame */
  GHashTable *busy;     /* amended act → set of organisations */
  GHashTable *replaced; /* row → the act that replaces it */
  GHashTable *waiting;  /* id → KafCommitment: late or soon due unless it was done */
  GPtrArray *open;      /* (element-type KafCommitment), owned; their texts are in @texts */
  GArray *nothing;      /* the fulfilments of those of which nothing was done */
  GStringChunk *texts;
  char *acts; /* ids of the acts of the trees looked at, a JSON array; NULL: of all */
} Pile;

static void
free_open (KafCommitment *one)
{
  g_array_unref (one->fulfilments);
  g_free (one);
}

/* Of a text that comes again and again. */
static char *
intern (Pile *pile, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (pile->texts, text) : NULL;
}

static gboolean
brings_duties (const KafConvention *act, KafDay day)
{
  return act->kind != KAF_CONVENTION_AMENDMENT || ((act->changes & KAF_CHANGES_DUTIES) != 0 &&
                                                   MAX (act->signed_on, act->effective_on) <= day);
}

/* All frames, for those of one tree may replace what another holds. @roots: see kaf_run_commitments(). */
static void
add_frames (KafRun *self, Pile *pile, GHashTable *roots)
{
  g_autoptr (GString) acts = g_string_new ("[");

  for (guint i = 0; i < self->conventions->acts->len; i++)
    {
      KafConvention *act = g_ptr_array_index (self->conventions->acts, i);
      KafConventionState state = self->standings[i]->state;
      Frame *frame = g_new0 (Frame, 1);

      frame->act = act;
      frame->amended = kaf_convention_get_amended (act);
      frame->root = kaf_run_find_root (act);
      frame->wanted = roots == NULL || g_hash_table_contains (roots, frame->root);
      frame->counts = (state == KAF_CONVENTION_SIGNED || state == KAF_CONVENTION_IN_FORCE) &&
                      brings_duties (act, self->findings->day);
      if (frame->counts && frame->wanted)
        frame->binding = kaf_convention_bind_as (act, self->standings[i]);
      if (roots != NULL && frame->wanted)
        g_string_append_printf (acts, "%s\"%s\"", acts->len > 1 ? "," : "", act->id);
      g_hash_table_insert (pile->frames, act->id, frame);
    }
  g_string_append_c (acts, ']');
  pile->acts = roots != NULL ? g_strdup (acts->str) : NULL;
}

static void
take_replaced (KafRun *self, KafStatement *row, gpointer data)
{
  Pile *pile = data;
  const Frame *frame = g_hash_table_lookup (pile->frames, kaf_statement_text (row, 1));

  (void) self;
  if (frame != NULL && frame->counts)
    g_hash_table_add (pile->replaced, GUINT_TO_POINTER (sqlite3_column_int64 (row, 0)));
}

static KafRecurrence
parse_recurrence (const char *code)
{
  if (code == NULL)
    return KAF_RECURRENCE_NONE;
  switch (code[0])
    {
    case 'm':
      return KAF_RECURRENCE_MONTHLY;
    case 'q':
      return KAF_RECURRENCE_QUARTERLY;
    case 'h':
      return KAF_RECURRENCE_HALF_YEARLY;
    case 'y':
      return KAF_RECURRENCE_YEARLY;
    default:
      return g_str_equal (code, "each_mission") ? KAF_RECURRENCE_EACH_MISSION
                                                : KAF_RECURRENCE_EACH_SESSION;
    }
}

static char *
keep (Pile *pile, const char *text)
{
  return text != NULL ? g_string_chunk_insert (pile->texts, text) : NULL;
}

/* @party: interned. */
static void
mark_busy (Pile *pile, const Frame *frame, char *party)
{
  GHashTable *set = g_hash_table_lookup (pile->busy, frame->amended);

  if (party == NULL)
    return;
  if (set == NULL)
    {
      set = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (pile->busy, (gpointer) frame->amended, set);
    }
  g_hash_table_add (set, party);
}

/* Columns: rid, convention, party, waived_on, due_on, recurs_until, recurrence, quantity, responsible, followed_by. */
static void
take_commitment (KafRun *self, KafStatement *row, gpointer data)
{
  Pile *pile = data;
  Frame *frame = g_hash_table_lookup (pile->frames, kaf_statement_text (row, 1));
  guint32 rid = (guint32) sqlite3_column_int64 (row, 0);
  const KafThresholds *thresholds = &self->findings->thresholds;
  KafDay waived, due;
  char *party;
  KafCommitment *one;

  if (frame != NULL)
    frame->has_any = TRUE;
  if (frame == NULL || !frame->wanted || !frame->counts ||
      g_hash_table_contains (pile->replaced, GUINT_TO_POINTER (rid)))
    return;
  waived = kaf_run_get_day (row, 3);
  if (waived != KAF_DAY_UNKNOWN && waived <= self->findings->day)
    return;
  party = intern (pile, kaf_statement_text (row, 2));
  mark_busy (pile, frame, party);
  due = kaf_run_get_day (row, 4);
  /* Nothing of it is due before its first day. */
  if (due == KAF_DAY_UNKNOWN || due > self->findings->day + thresholds->commitment_soon)
    return;
  one = g_new0 (KafCommitment, 1);
  one->fulfilments = g_array_ref (pile->nothing);
  one->row = rid;
  one->act = frame->act;
  one->party = party;
  one->due_on = due;
  one->recurs_until = kaf_run_get_day (row, 5);
  one->recurrence = parse_recurrence (kaf_statement_text (row, 6));
  one->quantity = (guint) MAX (sqlite3_column_int (row, 7), 0);
  one->responsible = keep (pile, kaf_statement_text (row, 8));
  one->followed_by = keep (pile, kaf_statement_text (row, 9));
  g_ptr_array_add (pile->open, one);
}

static void
take_fulfilment (KafRun *self, KafStatement *row, gpointer data)
{
  Pile *pile = data;
  KafCommitment *of = g_hash_table_lookup (pile->waiting, kaf_statement_text (row, 0));
  KafFulfilment one = { 0 };

  (void) self;
  if (of == NULL)
    return;
  one.done_on = kaf_run_get_day (row, 1);
  one.due_on = kaf_run_get_day (row, 2);
  one.quantity = (guint) MAX (sqlite3_column_int (row, 3), 0);
  if (of->fulfilments == pile->nothing)
    {
      g_array_unref (of->fulfilments);
      of->fulfilments = g_array_new (FALSE, FALSE, sizeof one);
    }
  g_array_append_val (of->fulfilments, one);
}

/* Fulfilments name their commitment by its id, which only those that may be open need. */
static gboolean
read_ids (KafRun *self, Pile *pile, GError **error)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (self->db, "SELECT id FROM head WHERE rid = ?", error);
  g_autoptr (GError) local = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < pile->open->len; i++)
    {
      KafCommitment *one = g_ptr_array_index (pile->open, i);

      sqlite3_bind_int64 (statement, 1, one->row);
      if (kaf_database_step (self->db, statement, &local))
        {
          one->id = keep (pile, kaf_statement_text (statement, 0));
          g_hash_table_insert (pile->waiting, one->id, one);
        }
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      sqlite3_reset (statement);
    }
  return TRUE;
}

/* By which tree what was found from @first on is known. */
static void
mark (KafRun *self, guint first, const char *root)
{
  g_autofree char *source = NULL;

  if (first == self->findings->list->len)
    return;
  source = g_strconcat (KAF_RUN_TREE, root, NULL);
  for (guint i = first; i < self->findings->list->len; i++)
    ((KafFinding *) self->findings->list->pdata[i])->source =
        kaf_findings_keep (self->findings, source);
}

static void
check_act (KafRun *self, Pile *pile, guint i)
{
  const KafConvention *act = g_ptr_array_index (self->conventions->acts, i);
  const Frame *frame = g_hash_table_lookup (pile->frames, act->id);
  const KafConvention *framework = kaf_convention_get_framework (act);
  guint first = self->findings->list->len;

  if (frame->has_any)
    kaf_convention_check_unticked (self->findings, act, self->standings[i]);
  if (frame->counts && act->kind != KAF_CONVENTION_AMENDMENT)
    kaf_convention_check_idle_parties (self->findings, act, self->standings[i],
                                       g_hash_table_lookup (pile->busy, act),
                                       g_hash_table_lookup (pile->busy, framework));
  mark (self, first, frame->root);
}

static void
check_commitments (KafRun *self, Pile *pile)
{
  for (guint i = 0; i < pile->open->len; i++)
    {
      const KafCommitment *one = g_ptr_array_index (pile->open, i);
      const Frame *frame = g_hash_table_lookup (pile->frames, one->act->id);
      guint first = self->findings->list->len;

      kaf_commitment_check (self->findings, one, &frame->binding, frame->amended->id);
      mark (self, first, frame->root);
    }
  for (guint i = 0; i < self->conventions->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->conventions->acts, i);

      if (((const Frame *) g_hash_table_lookup (pile->frames, act->id))->wanted)
        check_act (self, pile, i);
    }
}

#define COMMITMENTS                                                                                \
  "SELECT rid, convention, party, waived_on, due_on, recurs_until, recurrence, quantity,"          \
  " responsible, followed_by FROM commitment WHERE deleted_at IS NULL"
#define FULFILMENTS                                                                                \
  "SELECT commitment, done_on, due_on, quantity FROM fulfilment WHERE deleted_at IS NULL"

static gboolean
read_fulfilments (KafRun *self, Pile *pile, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  if (pile->acts == NULL)
    return kaf_run_rows (self, FULFILMENTS, NULL, take_fulfilment, pile, error);
  g_hash_table_iter_init (&iter, pile->waiting);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!kaf_run_rows (self, FULFILMENTS " AND commitment = ?1", id, take_fulfilment, pile, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_commitments (KafRun *self, Pile *pile, GError **error)
{
  return kaf_run_rows (self,
                       "SELECT (SELECT rid FROM head WHERE id = c.replaces"
                       " AND entity = 'commitment'), c.convention FROM commitment c"
                       " WHERE c.replaces IS NOT NULL AND c.deleted_at IS NULL",
                       NULL, take_replaced, pile, error) &&
         kaf_run_rows (self,
                       pile->acts != NULL ? COMMITMENTS
                           " AND convention IN (SELECT value FROM json_each (?1))"
                                          : COMMITMENTS,
                       pile->acts, take_commitment, pile, error) &&
         read_ids (self, pile, error) && read_fulfilments (self, pile, error);
}

const char *
kaf_run_find_root (const KafConvention *act)
{
  const KafConvention *amended = kaf_convention_get_amended (act);
  const KafConvention *framework = kaf_convention_get_framework (amended);

  return framework != NULL ? framework->id : amended->id;
}

gboolean
kaf_run_commitments (KafRun *self, GHashTable *roots, GError **error)
{
  Pile pile = {
    .frames = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free),
    .busy = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref),
    .replaced = g_hash_table_new (NULL, NULL),
    .waiting = g_hash_table_new (g_str_hash, g_str_equal),
    .open = g_ptr_array_new_with_free_func ((GDestroyNotify) free_open),
    .nothing = g_array_new (FALSE, FALSE, sizeof (KafFulfilment)),
    .texts = g_string_chunk_new (65536),
  };
  gboolean done;

  add_frames (self, &pile, roots);
  done = read_commitments (self, &pile, error);
  if (done)
    check_commitments (self, &pile);
  g_hash_table_unref (pile.busy);
  g_hash_table_unref (pile.waiting);
  g_hash_table_unref (pile.replaced);
  g_hash_table_unref (pile.frames);
  g_ptr_array_unref (pile.open);
  g_array_unref (pile.nothing);
  g_string_chunk_free (pile.texts);
  g_free (pile.acts);
  return done;
}

gboolean
kaf_run_all_conventions (KafRun *self, gboolean check, GError **error)
{
  self->conventions = kaf_conventions_read (self->db, NULL, KAF_CONVENTIONS_ACTS, KAF_LANG_EN,
                                            self->cancellable, error);
  if (self->conventions == NULL)
    return FALSE;
  take_standings (self);
  if (!check)
    return TRUE;
  if (!kaf_run_rows (self,
                     "SELECT rid, convention, mandate, signed_on FROM signatory"
                     " WHERE deleted_at IS NULL",
                     NULL, take_signatory, NULL, error))
    return FALSE;
  for (guint i = 0; i < self->conventions->acts->len; i++)
    kaf_convention_check (self->findings, g_ptr_array_index (self->conventions->acts, i),
                          self->standings[i], self->mandates);
  return TRUE;
}
