/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-findings-kept.h"

#include <string.h>

#include "base/kaf-id.h"
#include "store/kaf-findings-news.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-missions.h"
#include "store/kaf-sync-state.h"
#include "store/kaf-touched.h"

typedef struct
{
  KafFindings *whole;  /* sorted */
  gint64 stamp[2];     /* what was written by then: by others, by this connection */
  gint64 touched;      /* the last entry that was taken in */
  char *who;           /* for whom it was looked: user, rights, whether all is here */
  gint64 unsent;       /* kaf_missions_read_unsent() */
  GHashTable *pending; /* ids of missions with an act that waits for the hub */
  guint n_renewed;
  /* What conventions were on that day. */
  KafConventions *conventions;
  KafStanding **standings;
  GHashTable *mandates;
} Kept;

/* One part of what is found: by what its findings are known, and who finds them. Missions have their ids. */
typedef struct
{
  KafNews news;
  const char *source;
  gboolean (*run) (KafRun *self, GError **error);
} Part;

static gboolean
run_acts (KafRun *self, GError **error)
{
  return kaf_run_read_mandates (self, NULL, error) && kaf_run_all_conventions (self, TRUE, error);
}

static gboolean
run_bodies (KafRun *self, GError **error)
{
  return kaf_run_bodies (self, NULL, error);
}

static gboolean
run_programmes (KafRun *self, GError **error)
{
  return kaf_run_programmes (self, NULL, error);
}

static gboolean
run_holders (KafRun *self, GError **error)
{
  return kaf_run_holders (self, NULL, error);
}

static gboolean
run_meetings (KafRun *self, GError **error)
{
  return kaf_run_meetings (self, NULL, error);
}

static gboolean
wants_any (G_GNUC_UNUSED const char *entity, G_GNUC_UNUSED gpointer data)
{
  return TRUE;
}

static gboolean
run_deleted (KafRun *self, GError **error)
{
  return kaf_run_deleted (self, wants_any, NULL, error);
}

/* In this order: what stands on conventions after them. */
static const Part parts[] = {
  { KAF_NEWS_ACTS, "-acts", run_acts },
  { KAF_NEWS_BODIES, "-bodies", run_bodies },
  { KAF_NEWS_PROGRAMMES, "-programmes", run_programmes },
  { KAF_NEWS_HOLDERS, "-holders", run_holders },
  { KAF_NEWS_MEETINGS, "-meetings", run_meetings },
  { KAF_NEWS_DELETED, "-deleted", run_deleted },
};

/* Conventions go from what is kept to the run, and back. */
static void
lend (Kept *kept, KafRun *run)
{
  kaf_run_forget_conventions (run);
  run->conventions = g_steal_pointer (&kept->conventions);
  run->standings = g_steal_pointer (&kept->standings);
  run->mandates = g_steal_pointer (&kept->mandates);
}

static void
give_back (Kept *kept, KafRun *run)
{
  kept->conventions = g_steal_pointer (&run->conventions);
  kept->standings = g_steal_pointer (&run->standings);
  kept->mandates = g_steal_pointer (&run->mandates);
}

static void
free_kept (Kept *kept)
{
  KafRun conventions = { 0 };

  lend (kept, &conventions);
  kaf_run_forget_conventions (&conventions);
  g_clear_pointer (&kept->whole, kaf_findings_unref);
  g_clear_pointer (&kept->pending, g_hash_table_unref);
  g_free (kept->who);
  g_free (kept);
}

void
kaf_findings_forget (KafDatabase *db)
{
  Kept *kept = g_steal_pointer (&db->findings);

  if (kept != NULL)
    free_kept (kept);
}

guint
kaf_findings_count_renewed (KafDatabase *db)
{
  return db->findings != NULL ? ((Kept *) db->findings)->n_renewed : 0;
}

/* What is so for all of them */

static void
read_stamp (KafDatabase *db, gint64 stamp[2])
{
  stamp[0] = kaf_database_get_data_version (db);
  stamp[1] = sqlite3_total_changes (db->sql);
}

const KafConventions *
kaf_findings_get_acts (KafDatabase *db, KafDay day, KafStanding *const **standings)
{
  const Kept *kept = db->findings;
  gint64 stamp[2];

  if (kept == NULL || kept->whole == NULL || kept->whole->day != day)
    return NULL;
  read_stamp (db, stamp);
  if (memcmp (stamp, kept->stamp, sizeof stamp) != 0)
    return NULL;
  *standings = kept->standings;
  return kept->conventions;
}

static char *
read_who (KafDatabase *db)
{
  const KafRole *role = kaf_mission_read_role (db);

  return g_strdup_printf ("%s %d %s", role != NULL ? role->id : "", kaf_sync_is_part (db),
                          kaf_database_get_author (db));
}

static gboolean
is_of_today (const Kept *kept, const KafRun *run)
{
  return kept->whole->day == run->findings->day &&
         memcmp (&kept->whole->thresholds, &run->findings->thresholds,
                 sizeof run->findings->thresholds) == 0;
}

/* Acts that waited for the hub and do not any more may stand elsewhere in their order. */
static gboolean
add_confirmed (KafRun *run,
               const Kept *kept,
               gint64 unsent,
               KafNews *news,
               GHashTable *missions,
               GError **error)
{
  GHashTableIter iter;
  gpointer id;

  if (unsent == kept->unsent || kept->unsent == G_MAXINT64)
    return TRUE;
  if (unsent < kept->unsent)
    *news = KAF_NEWS_ALL;
  g_hash_table_iter_init (&iter, kept->pending);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!kaf_news_add_mission (run->db, missions, id, error))
      return FALSE;
  return TRUE;
}

/* Running parts again */

/* A JSON array. */
static char *
print_rows (GHashTable *missions)
{
  GString *rows = g_string_new ("[]");
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, missions);
  while (g_hash_table_iter_next (&iter, NULL, &rid))
    kaf_rows_add (rows, *(gint64 *) rid);
  return g_string_free (rows, FALSE);
}

static gboolean
run_missions (KafRun *run, KafNews news, GHashTable *missions, GHashTable *pending, GError **error)
{
  g_autofree char *rows = NULL;

  if ((news & KAF_NEWS_MISSIONS) != 0)
    return kaf_run_some_missions (run, NULL, pending, error);
  if (g_hash_table_size (missions) == 0)
    return TRUE;
  rows = print_rows (missions);
  return kaf_run_some_missions (run, rows, pending, error);
}

static gboolean
run_part (KafRun *run, const Part *part, GError **error)
{
  guint first = run->findings->list->len;

  if (!part->run (run, error))
    return FALSE;
  for (guint i = first; i < run->findings->list->len; i++)
    ((KafFinding *) run->findings->list->pdata[i])->source = part->source;
  return TRUE;
}

static gboolean
run_commitments (KafRun *run, KafNews news, GHashTable *roots, GError **error)
{
  if ((news & KAF_NEWS_COMMITMENTS) != 0)
    return kaf_run_commitments (run, NULL, error);
  return g_hash_table_size (roots) == 0 || kaf_run_commitments (run, roots, error);
}

/* What is run again. */
typedef struct
{
  KafNews news;
  GHashTable *missions;    /* id → row */
  GHashTable *conventions; /* ids of those touched */
  GHashTable *roots;       /* ids of trees of conventions, for their commitments */
} Renewed;

static gboolean
add_root (const KafConventions *conventions, const char *id, GHashTable *roots)
{
  const KafConvention *act = conventions != NULL ? kaf_conventions_find (conventions, id) : NULL;

  return act != NULL && g_hash_table_add (roots, g_strdup (kaf_run_find_root (act)));
}

/* The acts of a tree that is looked at may stand in another one by @to. */
static gboolean
follow_acts (const KafConventions *from, const KafConventions *to, GHashTable *roots)
{
  gboolean more = FALSE;

  for (guint i = 0; from != NULL && i < from->acts->len; i++)
    {
      const KafConvention *act = g_ptr_array_index (from->acts, i);

      if (g_hash_table_contains (roots, kaf_run_find_root (act)))
        more |= add_root (to, act->id, roots);
    }
  return more;
}

typedef struct
{
  const KafConventions *before;
  GHashTable *roots;
  gboolean more;
} Following;

/* A commitment may stand in the place of one of another tree, as far as its act counts. */
static void
follow_replaced (KafRun *run, KafStatement *row, gpointer data)
{
  Following *self = data;
  const char *id = kaf_statement_text (row, 0);
  const KafConvention *act = id != NULL ? kaf_conventions_find (run->conventions, id) : NULL;

  if (act == NULL || !g_hash_table_contains (self->roots, kaf_run_find_root (act)))
    return;
  if (kaf_statement_text (row, 1) == NULL)
    return;
  self->more |= add_root (run->conventions, kaf_statement_text (row, 1), self->roots);
  self->more |= add_root (self->before, kaf_statement_text (row, 1), self->roots);
}

/* Once acts were read again: the trees in which those that were touched stood and stand, and what hangs on them. */
static gboolean
widen_roots (KafRun *run, const Kept *kept, const Renewed *renewed, GError **error)
{
  Following self = { kept->conventions, renewed->roots, FALSE };
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, renewed->conventions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_root (run->conventions, id, renewed->roots);
  do
    {
      self.more = follow_acts (kept->conventions, run->conventions, renewed->roots);
      self.more |= follow_acts (run->conventions, kept->conventions, renewed->roots);
      if (!kaf_run_rows (run,
                         "SELECT c.convention, (SELECT r.convention FROM commitment r WHERE r.rid ="
                         " (SELECT rid FROM head WHERE id = c.replaces AND entity = 'commitment'))"
                         " FROM commitment c WHERE c.replaces IS NOT NULL",
                         NULL, follow_replaced, &self, error))
        return FALSE;
    }
  while (self.more);
  return TRUE;
}

static gboolean
run_news (
    KafRun *run, const Kept *kept, const Renewed *renewed, GHashTable *pending, GError **error)
{
  gboolean widens =
      (renewed->news & KAF_NEWS_ACTS) != 0 && (renewed->news & KAF_NEWS_COMMITMENTS) == 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((renewed->news & parts[i].news) != 0 && !run_part (run, &parts[i], error))
      return FALSE;
  return (!widens || widen_roots (run, kept, renewed, error)) &&
         run_commitments (run, renewed->news, renewed->roots, error) &&
         run_missions (run, renewed->news, renewed->missions, pending, error);
}

/* Whether a finding of before stays. */
static gboolean
stays (const KafFinding *finding, gpointer data)
{
  const Renewed *renewed = data;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (finding->source == parts[i].source || g_str_equal (finding->source, parts[i].source))
      return (renewed->news & parts[i].news) == 0;
  if (g_str_has_prefix (finding->source, KAF_RUN_TREE))
    return (renewed->news & KAF_NEWS_COMMITMENTS) == 0 &&
           !g_hash_table_contains (renewed->roots, finding->source + strlen (KAF_RUN_TREE));
  return (renewed->news & KAF_NEWS_MISSIONS) == 0 &&
         !g_hash_table_contains (renewed->missions, finding->source);
}

/* The ids that wait still; those of missions looked at again are told anew. */
static gboolean
is_looked_at (gpointer id, G_GNUC_UNUSED gpointer value, gpointer data)
{
  const Renewed *renewed = data;

  return (renewed->news & KAF_NEWS_MISSIONS) != 0 || g_hash_table_contains (renewed->missions, id);
}

static void
take_pending (Kept *kept, GHashTable *pending, const Renewed *renewed)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_foreach_remove (kept->pending, is_looked_at, (gpointer) renewed);
  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (kept->pending, g_strdup (id));
}

static gboolean
renew (KafRun *run, Kept *kept, const Renewed *renewed, GError **error)
{
  g_autoptr (GHashTable) pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean borrows = (renewed->news & KAF_NEWS_ACTS) == 0;
  gboolean done;

  if (borrows)
    lend (kept, run);
  done = run_news (run, kept, renewed, pending, error);
  if (borrows || done)
    {
      if (!borrows)
        {
          KafRun old = { 0 };

          lend (kept, &old);
          kaf_run_forget_conventions (&old);
        }
      give_back (kept, run);
    }
  if (!done)
    return FALSE;
  if (kept->whole != NULL)
    kaf_findings_take_over (run->findings, kept->whole, stays, (gpointer) renewed);
  else
    kaf_findings_sort (run->findings);
  take_pending (kept, pending, renewed);
  kept->n_renewed =
      (renewed->news & KAF_NEWS_MISSIONS) != 0 ? G_MAXUINT : g_hash_table_size (renewed->missions);
  g_clear_pointer (&kept->whole, kaf_findings_unref);
  kept->whole = kaf_findings_ref (run->findings);
  return TRUE;
}

static Kept *
new_kept (void)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kept->unsent = G_MAXINT64;
  return kept;
}

/* The trees in which they stand; one that nobody knows, while acts are not read again: all. */
static void
add_roots (const Kept *kept, Renewed *renewed)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, renewed->conventions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if ((kept->conventions == NULL || kaf_conventions_find (kept->conventions, id) == NULL) &&
        (renewed->news & KAF_NEWS_ACTS) == 0)
      renewed->news |= KAF_NEWS_COMMITMENTS;
    else
      add_root (kept->conventions, id, renewed->roots);
}

/* From what was written since then. */
static gboolean
bring_up_to_date (KafRun *run, GError **error)
{
  g_autoptr (GHashTable) missions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) conventions =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *who = read_who (run->db);
  gint64 unsent = kaf_missions_read_unsent (run->db);
  Kept *kept = run->db->findings;
  gboolean is_whole = FALSE;
  KafNews news = 0;
  Renewed renewed = { 0, missions, conventions, roots };
  gint64 last = kaf_touched_last (run->db, kept->touched, &is_whole, error);

  if (last < 0)
    return FALSE;
  if (kept->whole == NULL || !is_whole || !is_of_today (kept, run) ||
      g_strcmp0 (kept->who, who) != 0)
    news = KAF_NEWS_ALL;
  else if (!kaf_news_read (run->db, kept->touched, &news, missions, conventions, error) ||
           !add_confirmed (run, kept, unsent, &news, missions, error))
    return FALSE;
  renewed.news = news;
  if (kept->whole != NULL)
    add_roots (kept, &renewed);
  if ((renewed.news != 0 || g_hash_table_size (missions) > 0) &&
      !renew (run, kept, &renewed, error))
    return FALSE;
  kept->touched = last;
  kept->unsent = unsent;
  g_free (kept->who);
  kept->who = g_steal_pointer (&who);
  return TRUE;
}

gboolean
kaf_run_kept (KafRun *self, GError **error)
{
  KafDatabase *db = self->db;
  gint64 stamp[2];
  Kept *kept;

  if (db->findings == NULL)
    db->findings = new_kept ();
  kept = db->findings;
  read_stamp (db, stamp);
  if (kept->whole == NULL || memcmp (stamp, kept->stamp, sizeof stamp) != 0 ||
      !is_of_today (kept, self))
    {
      if (!bring_up_to_date (self, error))
        return FALSE;
      read_stamp (db, kept->stamp);
    }
  kaf_findings_unref (self->findings);
  self->findings = kaf_findings_ref (kept->whole);
  return TRUE;
}

/* Checking */

static gboolean
is_same_arg (const KafArg *one, const KafArg *two)
{
  return one->kind == two->kind && g_strcmp0 (one->entity, two->entity) == 0 &&
         g_strcmp0 (one->id, two->id) == 0 && one->rid == two->rid && one->number == two->number;
}

static gboolean
is_same (const KafFinding *one, const KafFinding *two)
{
  for (guint i = 0; i < KAF_FINDING_ARGS; i++)
    if (!is_same_arg (&one->args[i], &two->args[i]))
      return FALSE;
  return one->rule == two->rule && g_strcmp0 (one->id, two->id) == 0 && one->rid == two->rid &&
         g_strcmp0 (one->of_entity, two->of_entity) == 0 && g_strcmp0 (one->of, two->of) == 0 &&
         one->due == two->due && g_strcmp0 (one->who, two->who) == 0 &&
         g_strcmp0 (one->person, two->person) == 0 && one->urgency == two->urgency &&
         g_strcmp0 (one->source, two->source) == 0;
}

static guint
count_differences (const KafFindings *one, const KafFindings *two)
{
  guint n = one->list->len > two->list->len ? one->list->len - two->list->len
                                            : two->list->len - one->list->len;

  for (guint i = 0; i < MIN (one->list->len, two->list->len); i++)
    n += !is_same (one->list->pdata[i], two->list->pdata[i]);
  for (guint i = 0; i < KAF_N_URGENCIES; i++)
    n += one->counts[i] != two->counts[i];
  return n;
}

/* What is kept, of the day that it is of. (transfer full) */
static KafFindings *
read_kept (KafDatabase *db, KafDay day, GError **error)
{
  g_autofree char *today = kaf_day_to_iso (day);
  KafThresholds thresholds = kaf_findings_read_thresholds (db, today);
  KafRun run = {
    .db = db,
    .findings = kaf_findings_new (day, &thresholds),
    .today = today,
    .mandates =
        g_hash_table_new_full (kaf_id_hash, g_str_equal, NULL, (GDestroyNotify) kaf_mandate_free),
  };

  if (!kaf_run_kept (&run, error))
    g_clear_pointer (&run.findings, kaf_findings_unref);
  kaf_run_forget_conventions (&run);
  return run.findings;
}

gboolean
kaf_findings_check (KafDatabase *db, guint *n, GError **error)
{
  const Kept *kept = db->findings;
  gboolean entered = kaf_database_enter_read (db);
  g_autoptr (KafFindings) lately = NULL;
  g_autoptr (KafFindings) whole = NULL;
  guint n_renewed = 0;

  *n = 0;
  if (kept != NULL && kept->whole != NULL)
    {
      lately = read_kept (db, kept->whole->day, error);
      n_renewed = kaf_findings_count_renewed (db);
    }
  if (lately != NULL)
    {
      kaf_findings_forget (db);
      whole = read_kept (db, lately->day, error);
    }
  kaf_database_leave_read (db, entered);
  if (whole == NULL)
    return lately == NULL && (error == NULL || *error == NULL);
  *n = count_differences (lately, whole);
  ((Kept *) db->findings)->n_renewed = n_renewed;
  return TRUE;
}
