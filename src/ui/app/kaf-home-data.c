/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each figure comes with the query that it counts, so that the list that opens shows just that.
 *
 * What was counted last is kept on this device with a stamp of what it was counted from. It holds counts,
 * values of lists, places of rows and ids, and no name: a person who is erased leaves nothing in it. */
#include "config.h"

#include "base/kaf-date.h"
#include "rules/quality/kaf-quality.h"
#include "schema/kaf-registry.h"
#include "store/kaf-permit.h"
#include "store/kaf-suspects-list.h"
#include "store/kaf-sync-state.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-home-data.h"

#define RECENT 4
#define WAITING 6
#define BARS 8

/* The key among what is kept on this device, and the parts of its text, which is a key file. */
#define KEPT "home"
#define KEPT_GROUP "home"
#define KEPT_LANG "lang"
#define KEPT_STAMP "stamp"
#define KEPT_COUNTS "counts"
#define KEPT_RECENT "recent"
#define KEPT_COUNTRIES "country"
#define KEPT_DOMAINS "domains"

static const char *const recent_columns[] = { "updated_at", NULL };

void
kaf_home_start_free (KafHomeStart *self)
{
  g_free (self->today);
  g_free (self->author);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->kept, kaf_home_rest_free);
  g_free (self->stamp);
  g_free (self);
}

void
kaf_home_rest_free (KafHomeRest *self)
{
  for (gsize i = 0; i < KAF_HOME_N_COUNTS; i++)
    g_clear_pointer (&self->counts[i].query, kaf_query_unref);
  g_clear_pointer (&self->todo, kaf_todo_free);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  g_clear_pointer (&self->countries, g_ptr_array_unref);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  g_free (self->stamp);
  g_free (self);
}

static char *
read_today (KafDatabase *db)
{
  return kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
}

/* What is counted changes with the batches and, since "a year ago" moves, with the day. The totals
 * tell what comes without a batch of its own. */
static char *
read_stamp (KafDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) batches = kaf_read_batches (db, 1, error);
  g_autofree char *today = read_today (db);
  const KafBatchInfo *last;

  if (batches == NULL)
    return NULL;
  last = batches->len > 0 ? g_ptr_array_index (batches, 0) : NULL;
  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, today,
                          last != NULL ? last->batch : "-", last != NULL ? last->when : 0,
                          kaf_page_total (db, kaf_registry_find ("expert")));
}

static KafQuery *make_query (const KafEntity *entity, KafHomeCountKind kind, KafDay today);

static KafDay
read_day (KafDatabase *db)
{
  return kaf_day_from_time (kaf_clock_now (kaf_database_get_clock (db)));
}

/* Keeping */

static void
write_groups (GKeyFile *file, const char *prefix, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *key = g_strdup_printf ("%s-%u", prefix, i);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, group->count);
      const char *parts[] = { count, group->value, group->text != NULL ? group->text : "" };

      /* Alone, the count is of the records whose value is unknown. */
      g_key_file_set_string_list (file, KEPT_GROUP, key, parts, group->value != NULL ? 3 : 1);
    }
}

static GPtrArray *
parse_groups (GKeyFile *file, const char *prefix)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_group_free);

  for (guint i = 0; i < BARS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s-%u", prefix, i);
      gsize n = 0;
      g_auto (GStrv) parts = g_key_file_get_string_list (file, KEPT_GROUP, key, &n, NULL);
      KafGroup *group;

      if (parts == NULL)
        break;
      if (n != 1 && n != 3)
        return NULL;
      group = g_new0 (KafGroup, 1);
      group->count = g_ascii_strtoll (parts[0], NULL, 10);
      if (n == 3)
        {
          group->value = g_strdup (parts[1]);
          group->text = *parts[2] != '\0' ? g_strdup (parts[2]) : NULL;
        }
      g_ptr_array_add (groups, group);
    }
  return g_steal_pointer (&groups);
}

char *
kaf_home_rest_to_text (const KafHomeRest *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  int counts[KAF_HOME_N_COUNTS];
  g_autofree int *recent = g_new0 (int, self->recent->len + 1);

  for (gsize i = 0; i < KAF_HOME_N_COUNTS; i++)
    counts[i] = (int) self->counts[i].n;
  for (guint i = 0; i < self->recent->len; i++)
    recent[i] = (int) ((const KafRow *) g_ptr_array_index (self->recent, i))->rid;

  g_key_file_set_integer (file, KEPT_GROUP, KEPT_LANG, self->lang);
  g_key_file_set_string (file, KEPT_GROUP, KEPT_STAMP, self->stamp);
  g_key_file_set_integer_list (file, KEPT_GROUP, KEPT_COUNTS, counts, KAF_HOME_N_COUNTS);
  g_key_file_set_integer_list (file, KEPT_GROUP, KEPT_RECENT, recent, self->recent->len);
  kaf_todo_keep (self->todo, file, KEPT_GROUP);
  write_groups (file, KEPT_COUNTRIES, self->countries);
  write_groups (file, KEPT_DOMAINS, self->domains);
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
parse_recent (KafHomeRest *self, KafDatabase *db, GKeyFile *file)
{
  gsize n = 0;
  g_autofree int *places = g_key_file_get_integer_list (file, KEPT_GROUP, KEPT_RECENT, &n, NULL);
  guint32 rids[RECENT];

  n = MIN (n, RECENT);
  for (gsize i = 0; i < n; i++)
    rids[i] = (guint32) places[i];
  self->recent =
      kaf_page_rows (db, kaf_registry_find ("expert"), rids, n, recent_columns, self->lang, NULL);
  if (self->recent == NULL)
    return FALSE;
  for (guint i = self->recent->len; i > 0; i--)
    if (g_ptr_array_index (self->recent, i - 1) == NULL)
      g_ptr_array_remove_index (self->recent, i - 1);
  return TRUE;
}

KafHomeRest *
kaf_home_rest_from_text (KafDatabase *db, const char *text, KafLang lang)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (KafHomeRest) self = g_new0 (KafHomeRest, 1);
  g_autofree int *counts = NULL;
  gsize n = 0;

  if (!g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL))
    return NULL;
  /* In another language, the texts of the bars would be wrong. */
  self->lang = g_key_file_get_integer (file, KEPT_GROUP, KEPT_LANG, NULL);
  if (self->lang != lang)
    return NULL;
  self->stamp = g_key_file_get_string (file, KEPT_GROUP, KEPT_STAMP, NULL);
  counts = g_key_file_get_integer_list (file, KEPT_GROUP, KEPT_COUNTS, &n, NULL);
  if (self->stamp == NULL || n != KAF_HOME_N_COUNTS)
    return NULL;
  for (int kind = 0; kind < KAF_HOME_N_COUNTS; kind++)
    {
      self->counts[kind].n = MAX (counts[kind], 0);
      self->counts[kind].query = make_query (kaf_registry_find ("expert"), kind, read_day (db));
    }
  self->todo = kaf_todo_take (db, file, KEPT_GROUP, lang);
  self->countries = parse_groups (file, KEPT_COUNTRIES);
  self->domains = parse_groups (file, KEPT_DOMAINS);
  if (self->todo == NULL || self->countries == NULL || self->domains == NULL ||
      !parse_recent (self, db, file))
    return NULL;
  return g_steal_pointer (&self);
}

gpointer
kaf_home_keep (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_local_set (db, KEPT, data, error);
  return NULL;
}

/* Reading */

static gboolean
read_sync (KafDatabase *db, KafHomeStart *start, GError **error)
{
  g_auto (KafSyncState) state = { 0 };

  if (!kaf_sync_is_enrolled (db))
    return TRUE;
  if (!kaf_sync_state_read (db, &state, error))
    return FALSE;
  start->n_conflicts = state.n_conflicts;
  start->n_rejected = state.n_rejected;
  return TRUE;
}

/* By the field of a person that each count misses. */
static void
note_mended (KafHomeStart *self, const KafRole *role)
{
  static const char *const fields[KAF_HOME_N_WAITING] = {
    [KAF_HOME_OLD] = "confirmed_on",
    [KAF_HOME_NEVER] = "confirmed_on",
    [KAF_HOME_NO_ARABIC] = "family_name_ar",
    [KAF_HOME_NO_LATIN] = "family_name",
  };
  const KafEntity *person = kaf_registry_find ("person");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    self->mends[i] =
        kaf_permit_allows_field (role, person, kaf_entity_find_field (person, fields[i]));
}

gpointer
kaf_home_read_start (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafHomeStart) start = g_new0 (KafHomeStart, 1);
  g_autofree char *kept = NULL;

  start->totals = kaf_permit_totals_alone (kaf_permit_read (db));
  note_mended (start, kaf_permit_read (db));
  start->drafts = kaf_draft_list_forms (db, error);
  if (start->drafts == NULL || !read_sync (db, start, error))
    return NULL;
  start->n_experts = kaf_page_total (db, kaf_registry_find ("expert"));
  start->n_organisations = kaf_page_total (db, kaf_registry_find ("organisation"));
  start->n_networks = kaf_page_total (db, kaf_registry_find ("network"));
  if (kaf_permit_allows (kaf_permit_read (db), kaf_registry_find ("judgement")))
    start->n_suspects = kaf_suspects_count_shown (db, KAF_SUSPECTS_WAITING, NULL);
  start->today = read_today (db);
  start->author = kaf_local_get (db, "author");
  start->stamp = read_stamp (db, error);
  if (start->stamp == NULL)
    return NULL;
  kept = kaf_local_get (db, KEPT);
  if (kept != NULL && !start->totals)
    start->kept = kaf_home_rest_from_text (db, kept, kaf_application_get_lang ());
  return g_steal_pointer (&start);
}

static KafQuery *
make_query (const KafEntity *entity, KafHomeCountKind kind, KafDay today)
{
  static const KafQualityMeasure measures[KAF_HOME_N_COUNTS] = {
    [KAF_HOME_OLD] = KAF_QUALITY_OLD,
    [KAF_HOME_NEVER] = KAF_QUALITY_NEVER,
    [KAF_HOME_NO_ARABIC] = KAF_QUALITY_NO_ARABIC,
    [KAF_HOME_NO_LATIN] = KAF_QUALITY_NO_LATIN,
    [KAF_HOME_UNVERIFIED] = KAF_QUALITY_UNVERIFIED,
    [KAF_HOME_NO_CONTACT] = KAF_QUALITY_NO_CONTACT,
    [KAF_HOME_NO_CONSENT] = KAF_QUALITY_NO_CONSENT,
    [KAF_HOME_BOTH_SCRIPTS] = KAF_QUALITY_BOTH_SCRIPTS,
  };
  g_autoptr (KafQuery) all = kaf_query_new (entity);
  KafQuery *query = kaf_quality_list (all, measures[kind], today);

  if (kind == KAF_HOME_OLD)
    kaf_query_set_sort (query, "confirmed_on", FALSE);
  return query;
}

static gboolean
read_counts (KafDatabase *db, const KafEntity *entity, KafHomeRest *rest, GError **error)
{
  const KafQuery *queries[KAF_HOME_N_COUNTS];
  gint64 counts[KAF_HOME_N_COUNTS];

  for (int kind = 0; kind < KAF_HOME_N_COUNTS; kind++)
    queries[kind] = rest->counts[kind].query = make_query (entity, kind, read_day (db));
  if (!kaf_page_counts (db, queries, KAF_HOME_N_COUNTS, counts, error))
    return FALSE;
  for (int kind = 0; kind < KAF_HOME_N_COUNTS; kind++)
    rest->counts[kind].n = counts[kind];
  return TRUE;
}

gpointer
kaf_home_read_rest (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("expert");
  KafLang lang = kaf_application_get_lang ();
  g_autoptr (KafHomeRest) rest = g_new0 (KafHomeRest, 1);
  g_autoptr (KafQuery) all = kaf_query_new (entity);
  g_autoptr (KafQuery) recent = kaf_query_new (entity);
  const KafTodoQuery todo = { .who = kaf_database_get_author (db),
                              .or_nobody = TRUE,
                              .limit = WAITING,
                              .lapsing = TRUE,
                              .lang = lang };

  rest->lang = lang;
  rest->stamp = read_stamp (db, error);
  if (rest->stamp == NULL || !read_counts (db, entity, rest, error))
    return NULL;

  rest->todo = kaf_todo_read (db, &todo, cancellable, error);
  if (rest->todo == NULL)
    return NULL;
  kaf_query_set_sort (recent, "updated_at", TRUE);
  rest->recent = kaf_page_read (db, recent, recent_columns, lang, 0, RECENT, NULL, NULL, error);
  if (rest->recent == NULL)
    return NULL;
  rest->countries = kaf_page_groups (db, all, "country", lang, BARS, error);
  if (rest->countries == NULL)
    return NULL;
  rest->domains = kaf_page_groups (db, all, "domains", lang, BARS, error);
  if (rest->domains == NULL)
    return NULL;
  return g_steal_pointer (&rest);
}
