/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conventions for the rules. One tree is read whole. Of all of them, there is no time to: signatories and
 * commitments go through the rules as rows, each only as far as the state of its act asks for, and without ids. */
#include "config.h"

#include "store/kaf-findings-private.h"

#include <string.h>

#include "base/kaf-id.h"
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

typedef struct
{
  KafConvention *last_act; /* those of an act mostly lie together; nullable */
} Signatures;

static KafConvention *
find_act (const KafRun *self, Signatures *signatures, const char *id)
{
  if (id == NULL)
    return NULL;
  if (signatures->last_act == NULL || strcmp (signatures->last_act->id, id) != 0)
    signatures->last_act = kaf_conventions_find (self->conventions, id);
  return signatures->last_act;
}

/* The texts are those of the mandate, which lives as long as the acts: only the struct is theirs. */
static void
take_signatory (KafRun *self, KafStatement *row, gpointer data)
{
  KafConvention *act = find_act (self, data, kaf_statement_text (row, 1));
  const char *id = kaf_statement_text (row, 2);
  const KafMandate *mandate = id != NULL ? g_hash_table_lookup (self->mandates, id) : NULL;
  KafSignatory *one;

  if (act == NULL || act->signed_on == KAF_DAY_UNKNOWN)
    return;
  one = g_new0 (KafSignatory, 1);
  one->row = (guint32) sqlite3_column_int64 (row, 0);
  one->signed_on = kaf_run_get_day (row, 3);
  one->mandate = mandate != NULL ? mandate->id : NULL;
  one->organisation = mandate != NULL ? mandate->organisation : NULL;
  g_ptr_array_set_free_func (act->signatories, g_free);
  g_ptr_array_add (act->signatories, one);
}

/* All acts: commitments */

/* Of an act: what its commitments need to be judged. */
typedef struct _Frame Frame;
struct _Frame
{
  const KafConvention *act; /* whose commitments they are */
  Frame *amended;           /* of the one they belong to, with its amendments */
  KafBinding binding;
  GHashTable *busy;   /* organisations with something to do by it or its amendments; NULL: none */
  const char *root;   /* of the tree */
  const char *source; /* of what is found of it; NULL: nothing yet */
  gboolean wanted;    /* its tree is looked at */
  gboolean counts;    /* in force that day */
  gboolean has_any;
};

typedef struct
{
  const KafRun *run;
  Frame *frames;        /* of all acts, in their order */
  GHashTable *by_id;    /* id of an act → Frame */
  GHashTable *asked;    /* ids of the acts whose commitments are looked at */
  GHashTable *replaced; /* rows of those that another replaces */
  Frame *last_frame;    /* what stands in one act lies together; nullable */
  GHashTable *parties;  /* ids that come again and again */
  GStringChunk *texts;
} Pile;

static char *
keep_party (Pile *pile, const char *id)
{
  char *known = id != NULL ? g_hash_table_lookup (pile->parties, id) : NULL;

  if (known == NULL && id != NULL)
    {
      known = g_string_chunk_insert (pile->texts, id);
      g_hash_table_add (pile->parties, known);
    }
  return known;
}

static gboolean
brings_duties (const KafConvention *act, KafDay day)
{
  return act->kind != KAF_CONVENTION_AMENDMENT || ((act->changes & KAF_CHANGES_DUTIES) != 0 &&
                                                   MAX (act->signed_on, act->effective_on) <= day);
}

static void
fill_frame (const KafRun *self, Pile *pile, guint i, GHashTable *roots)
{
  KafConvention *act = g_ptr_array_index (self->conventions->acts, i);
  KafConventionState state = self->standings[i]->state;
  Frame *frame = &pile->frames[i];

  frame->act = act;
  frame->amended = g_hash_table_lookup (pile->by_id, kaf_convention_get_amended (act)->id);
  frame->root = kaf_run_find_root (act);
  frame->wanted = roots == NULL || g_hash_table_contains (roots, frame->root);
  frame->counts = (state == KAF_CONVENTION_SIGNED || state == KAF_CONVENTION_IN_FORCE) &&
                  brings_duties (act, self->findings->day);
  if (frame->counts && frame->wanted)
    frame->binding = kaf_convention_bind_as (act, self->standings[i]);
}

/* Of other acts no commitment says anything: they are over, or amendments that may not have any. */
static gboolean
is_asked (const Frame *frame)
{
  return frame->wanted && (frame->counts || frame->act->kind == KAF_CONVENTION_AMENDMENT);
}

/* All frames, for those of one tree may replace what another holds. @roots: see kaf_run_commitments(). */
static void
add_frames (KafRun *self, Pile *pile, GHashTable *roots)
{
  guint n = self->conventions->acts->len;

  pile->frames = g_new0 (Frame, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const KafConvention *act = g_ptr_array_index (self->conventions->acts, i);

      /* Copies that lie side by side: each commitment is compared with one. */
      g_hash_table_insert (pile->by_id, g_string_chunk_insert (pile->texts, act->id),
                           &pile->frames[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      const Frame *frame = &pile->frames[i];

      fill_frame (self, pile, i, roots);
      if (is_asked (frame))
        g_hash_table_add (pile->asked, frame->act->id);
    }
}

static void
take_replaced (KafRun *self, KafStatement *row, gpointer data)
{
  Pile *pile = data;
  const char *id = kaf_statement_text (row, 1);
  const Frame *frame = id != NULL ? g_hash_table_lookup (pile->by_id, id) : NULL;

  (void) self;
  if (frame != NULL && frame->counts)
    g_hash_table_add (pile->replaced, GUINT_TO_POINTER (sqlite3_column_int64 (row, 0)));
}

/* @party: kept. */
static void
mark_busy (Frame *frame, char *party)
{
  if (party == NULL)
    return;
  if (frame->busy == NULL)
    frame->busy = g_hash_table_new (kaf_id_hash, g_str_equal);
  g_hash_table_add (frame->busy, party);
}

static Frame *
find_frame (Pile *pile, const char *id)
{
  if (id == NULL)
    return NULL;
  if (pile->last_frame == NULL || strcmp (pile->last_frame->act->id, id) != 0)
    pile->last_frame = g_hash_table_lookup (pile->by_id, id);
  return pile->last_frame;
}

/* By which tree what was found from @first on is known. */
static void
mark (KafRun *self, guint first, Frame *frame)
{
  if (first == self->findings->list->len)
    return;
  if (frame->source == NULL)
    {
      g_autofree char *source = g_strconcat (KAF_RUN_TREE, frame->root, NULL);

      frame->source = kaf_findings_keep (self->findings, source);
    }
  for (guint i = first; i < self->findings->list->len; i++)
    ((KafFinding *) self->findings->list->pdata[i])->source = frame->source;
}

/* Filter of a convention: whether its commitments are looked at. */
static gboolean
is_of_asked (sqlite3_value **values, gpointer data)
{
  const char *id = (const char *) sqlite3_value_text (values[0]);
  const Frame *frame = find_frame (data, id);

  return frame != NULL && is_asked (frame);
}

static KafDay
get_day (sqlite3_value *value)
{
  return sqlite3_value_type (value) != SQLITE_NULL
             ? kaf_day_parse ((const char *) sqlite3_value_text (value))
             : KAF_DAY_UNKNOWN;
}

/* Filter of rid, act, party, waived_on, due_on: notes who has something to do, and wants what may be told. */
static gboolean
may_be_told (sqlite3_value **values, gpointer data)
{
  Pile *pile = data;
  const KafFindings *findings = pile->run->findings;
  gpointer row = GUINT_TO_POINTER (sqlite3_value_int64 (values[0]));
  Frame *frame = find_frame (pile, (const char *) sqlite3_value_text (values[1]));
  KafDay waived, open;

  if (frame == NULL)
    return FALSE;
  frame->has_any = TRUE;
  if (!frame->wanted || !frame->counts || g_hash_table_contains (pile->replaced, row))
    return FALSE;
  waived = get_day (values[3]);
  if (waived != KAF_DAY_UNKNOWN && waived <= findings->day)
    return FALSE;
  mark_busy (frame->amended, keep_party (pile, (const char *) sqlite3_value_text (values[2])));
  open = get_day (values[4]);
  return open != KAF_DAY_UNKNOWN && open <= findings->day + findings->thresholds.commitment_soon;
}

/* Columns: rid, act, party, due_on, responsible, followed_by; of what may be told. */
static void
take_commitment (KafRun *self, KafStatement *row, gpointer data)
{
  Frame *frame = find_frame (data, kaf_statement_text (row, 1));
  const KafCommitment one = { .row = (guint32) sqlite3_column_int64 (row, 0),
                              .party = (char *) kaf_statement_text (row, 2),
                              .responsible = (char *) kaf_statement_text (row, 4),
                              .followed_by = (char *) kaf_statement_text (row, 5) };
  guint first = self->findings->list->len;

  kaf_commitment_check (self->findings, &one, &frame->binding, kaf_run_get_day (row, 3),
                        frame->amended->act->id);
  mark (self, first, frame);
}

static void
check_act (KafRun *self, Pile *pile, guint i)
{
  Frame *frame = &pile->frames[i];
  const KafConvention *act = frame->act;
  const KafConvention *framework = kaf_convention_get_framework (act);
  const Frame *above = framework != NULL ? g_hash_table_lookup (pile->by_id, framework->id) : NULL;
  guint first = self->findings->list->len;

  if (frame->has_any)
    kaf_convention_check_unticked (self->findings, act, self->standings[i]);
  if (frame->counts && act->kind != KAF_CONVENTION_AMENDMENT)
    kaf_convention_check_idle_parties (self->findings, act, self->standings[i], frame->busy,
                                       above != NULL ? above->busy : NULL);
  mark (self, first, frame);
}

#define COMMITMENTS "SELECT n.rid, n.act, n.party, n.due_on, c.responsible, c.followed_by FROM "
#define MAY_BE_TOLD "kaf_wants (?2, n.rid, n.act, n.party, n.waived_on, n.due_on)"

/* Of all acts in one walk through all lines; of a @few each by its index. The commitment itself is read of what is told. */
static gboolean
read_commitments (KafRun *self, Pile *pile, gboolean few, GError **error)
{
  const KafRowFilter of_asked = { is_of_asked, pile };
  const KafRowFilter told = { may_be_told, pile };
  const KafRowFilter both[] = { of_asked, told, { NULL } };
  const KafRowFilter one[] = { told, { NULL } };
  GHashTableIter iter;
  gpointer act;

  if (!few)
    return kaf_run_filtered (self,
                             COMMITMENTS "commitment_now n CROSS JOIN commitment c ON c.rid = n.rid"
                                         " WHERE kaf_wants (?1, n.act) AND " MAY_BE_TOLD,
                             NULL, both, take_commitment, pile, error);
  g_hash_table_iter_init (&iter, pile->asked);
  while (g_hash_table_iter_next (&iter, &act, NULL))
    if (!kaf_run_filtered (self,
                           COMMITMENTS "commitment c CROSS JOIN commitment_now n ON n.rid = c.rid"
                                       " WHERE c.convention = ?1 AND " MAY_BE_TOLD,
                           act, one, take_commitment, pile, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_replaced (KafRun *self, Pile *pile, GError **error)
{
  return kaf_run_rows (self,
                       "SELECT (SELECT rid FROM head WHERE id = c.replaces"
                       " AND entity = 'commitment'), c.convention FROM commitment c"
                       " WHERE c.replaces IS NOT NULL AND c.deleted_at IS NULL",
                       NULL, take_replaced, pile, error);
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
    .run = self,
    .by_id = g_hash_table_new (kaf_id_hash, g_str_equal),
    .asked = g_hash_table_new (kaf_id_hash, g_str_equal),
    .replaced = g_hash_table_new (NULL, NULL),
    .parties = g_hash_table_new (kaf_id_hash, g_str_equal),
    .texts = g_string_chunk_new (65536),
  };
  gboolean done;

  add_frames (self, &pile, roots);
  done = read_replaced (self, &pile, error) && read_commitments (self, &pile, roots != NULL, error);
  for (guint i = 0; done && i < self->conventions->acts->len; i++)
    if (pile.frames[i].wanted)
      check_act (self, &pile, i);
  for (guint i = 0; i < self->conventions->acts->len; i++)
    g_clear_pointer (&pile.frames[i].busy, g_hash_table_unref);
  g_free (pile.frames);
  g_hash_table_unref (pile.by_id);
  g_hash_table_unref (pile.asked);
  g_hash_table_unref (pile.replaced);
  g_hash_table_unref (pile.parties);
  g_string_chunk_free (pile.texts);
  return done;
}

gboolean
kaf_run_all_conventions (KafRun *self, gboolean check, GError **error)
{
  Signatures signatures = { NULL };

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
                     NULL, take_signatory, &signatures, error))
    return FALSE;
  for (guint i = 0; i < self->conventions->acts->len; i++)
    kaf_convention_check (self->findings, g_ptr_array_index (self->conventions->acts, i),
                          self->standings[i], self->mandates);
  return TRUE;
}
