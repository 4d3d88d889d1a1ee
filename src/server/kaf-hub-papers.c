/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-papers.h"

#include <sodium.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "base/kaf-utf8.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-erase.h"
#include "server/kaf-hub-intake.h"
#include "server/kaf-hub-orders.h"
#include "server/kaf-hub-own.h"
#include "store/kaf-settings.h"
#include "sync/kaf-json.h"

#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)
#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* In the hub's meta, by user: when numbers were revealed to him within the last hour, ms since 1970, by blanks. */
#define REVEALED "revealed."

/* Of the ledger: "paper-removed\tPERSON\tAT\tKIND"; AT, µs since 1970 UTC: what was entered up to then. */
#define REMOVED "paper-removed"

/* In the hub's meta: lines that the ledger is to get. It is another file, and gets none before the removal stands in this
 * one: a removal that failed would be done by the next start, and what was to stand in its place would be nowhere. */
#define OWED "papers-removed"

void
kaf_hub_paper_free (KafHubPaper *self)
{
  if (self == NULL)
    return;
  if (self->number != NULL)
    sodium_memzero (self->number, strlen (self->number));
  g_free (self->person);
  g_free (self->number);
  g_free (self->until);
  g_free (self->user);
  g_free (self);
}

/* The authorisation */

/* Of the setting @key what stands on the day, as kaf_read_setting() on a device. */
typedef struct
{
  const char *key;
  char *from, *id, *value; /* nullable: none yet */
} Setting;

static gboolean
comes_before (const Setting *self, const char *from, const char *id)
{
  int order = g_strcmp0 (self->from, from);

  return order < 0 || (order == 0 && g_strcmp0 (self->id, id) < 0);
}

static void
setting_clear (Setting *self)
{
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->value, g_free);
}

static void
meet_setting (Setting *self, const KafRecord *record, const char *today)
{
  const char *from = kaf_record_get (record, "valid_from");

  if (from == NULL || strcmp (from, today) > 0 ||
      g_strcmp0 (kaf_record_get (record, "key"), self->key) != 0 ||
      !comes_before (self, from, kaf_record_get_id (record)))
    return;
  setting_clear (self);
  self->from = g_strdup (from);
  self->id = g_strdup (kaf_record_get_id (record));
  self->value = g_strdup (kaf_record_get (record, "value"));
}

static gboolean
read_settings (
    KafHubStorage *storage, Setting *settings, guint n, const char *today, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("setting");
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = NULL;

  for (guint i = 0; i < n; i++)
    g_hash_table_add (keys, (gpointer) settings[i].key);
  ids = storage->klass->find_telling (storage, entity, keys, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KafHubRecord) record = NULL;
      KafHubPart *part;

      if (!storage->klass->read_record (storage, entity, g_ptr_array_index (ids, i), &record,
                                        error))
        return FALSE;
      part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;
      for (guint j = 0;
           part != NULL && kaf_record_get_stamp (part->record)->deleted_at == 0 && j < n; j++)
        meet_setting (&settings[j], part->record, today);
    }
  return ids != NULL;
}

/* Its reference and its day, which has come. */
static gboolean
read_authorised (KafHubStorage *storage, const char *today, gboolean *authorised, GError **error)
{
  Setting settings[] = { { .key = KAF_SETTING_IDENTIFIERS_REFERENCE },
                         { .key = KAF_SETTING_IDENTIFIERS_DAY } };
  gboolean done = read_settings (storage, settings, G_N_ELEMENTS (settings), today, error);
  const char *day = settings[1].value;

  *authorised = done && !kaf_text_is_blank (settings[0].value) && day != NULL &&
                kaf_date_is_valid (day, FALSE) && strcmp (day, today) <= 0;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    setting_clear (&settings[i]);
  return done;
}

/* The person */

/* NULL, without @error: she is not there, or a pseudonym stands in her place. */
static KafHubPart *
find_person (KafHubRecord *record)
{
  KafHubPart *part =
      record != NULL ? kaf_hub_record_find (record, kaf_registry_find ("person")) : NULL;

  return part != NULL && g_strcmp0 (kaf_record_get (part->record, "status"), "erased") != 0 ? part
                                                                                            : NULL;
}

/* Whether she is there for the session. @ref (out, nullable) (transfer full): what she is known by. */
static gboolean
look_at (const KafHubPapers *self,
         const KafHubGrants *grants,
         const char *id,
         gboolean *reached,
         char **ref,
         GError **error)
{
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (KafHubRecord) record = NULL;
  KafHubStanding standing = { FALSE };
  KafHubPart *part;

  *reached = FALSE;
  if (!self->storage->klass->read_record (self->storage, person, id, &record, error))
    return FALSE;
  if ((part = find_person (record)) == NULL)
    return TRUE;
  kaf_hub_grants_look (grants, person, record->scopes, &standing);
  *reached = standing.now && kaf_record_get_stamp (part->record)->deleted_at == 0;
  for (guint i = 0; *reached && ref != NULL && *ref == NULL && i < record->parts->len; i++)
    *ref = g_strdup (
        kaf_record_get_ref (((const KafHubPart *) g_ptr_array_index (record->parts, i))->record));
  return TRUE;
}

static gboolean
fail_missing (GError **error)
{
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "no such person or number");
  return FALSE;
}

/* Who is one with her, herself first, as far as the session reaches them; she must be. @ids: of char*, not owned of
 * @members. */
static gboolean
find_members (const KafHubPapers *self,
              const KafHubGrants *grants,
              const char *person,
              GPtrArray *ids,
              char **ref,
              GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  gboolean reached;

  if (!look_at (self, grants, person, &reached, ref, error))
    return FALSE;
  if (!reached)
    return fail_missing (error);
  g_ptr_array_add (members, kaf_erased_new (0, kaf_registry_find ("person"), person));
  if (!kaf_hub_erase_find_members (self->storage, kaf_registry_find ("person"), person, members,
                                   error))
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      const char *id = ((const KafErased *) g_ptr_array_index (members, i))->id;

      if (!look_at (self, grants, id, &reached, NULL, error))
        return FALSE;
      if (reached)
        g_ptr_array_add (ids, g_strdup (id));
    }
  return TRUE;
}

/* Their numbers that serve, of each kind the one that was entered last. @kinds: by kind; (transfer full) NULL: none. */
static gboolean
read_kinds (const KafHubPapers *self,
            GPtrArray *ids,
            const char *today,
            KafHubPaper **kinds,
            GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) papers =
          self->storage->klass->read_papers (self->storage, g_ptr_array_index (ids, i), error);

      if (papers == NULL)
        return FALSE;
      for (guint j = papers->len; j > 0; j--)
        {
          KafHubPaper *one = g_ptr_array_index (papers, j - 1);

          if (!kaf_identity_paper_serves (one->until, today) ||
              (kinds[one->kind] != NULL && kinds[one->kind]->at >= one->at))
            continue;
          kaf_hub_paper_free (kinds[one->kind]);
          kinds[one->kind] = g_ptr_array_steal_index (papers, j - 1);
        }
    }
  return TRUE;
}

/* Listing */

static void
print_paper (const KafHubPaper *self, gboolean first, GString *answer)
{
  g_string_append_printf (answer, "%s{\"kind\":\"%s\",\"until\":", first ? "" : ",",
                          kaf_identity_paper_get_code (self->kind));
  kaf_json_append_string (answer, self->until);
  g_string_append (answer, ",\"by\":");
  kaf_json_append_string (answer, self->user);
  g_string_append_printf (answer, ",\"at\":%" G_GINT64_FORMAT "}", self->at / 1000);
}

static void
print_list (KafHubPaper *const *kinds, gboolean authorised, GString *answer)
{
  gboolean first = TRUE;

  g_string_append_printf (answer, "{\"authorised\":%s,\"papers\":[", authorised ? "true" : "false");
  for (guint i = 0; i < KAF_N_IDENTITY_PAPERS; i++)
    if (kinds[i] != NULL)
      {
        print_paper (kinds[i], first, answer);
        first = FALSE;
      }
  g_string_append (answer, "]}\n");
}

/* The ledger */

/* Calls @each for the removals that the ledger has, or is to get. @at: µs since 1970 UTC. */
static gboolean
for_each_removed (KafHubStorage *storage,
                  const char *ledger,
                  gboolean (*each) (const char *id,
                                    gint64 at,
                                    KafIdentityPaper kind,
                                    gpointer data,
                                    GError **error),
                  gpointer data,
                  GError **error)
{
  g_autofree char *text = kaf_hub_erase_read_ledger (ledger, error);
  g_autofree char *owed = text != NULL ? storage->klass->get_meta (storage, OWED, NULL) : NULL;
  g_autofree char *both = g_strconcat (text != NULL ? text : "", owed, NULL);
  g_auto (GStrv) lines = g_strsplit (both, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      KafIdentityPaper kind;

      if (g_strv_length (cells) == 4 && g_str_equal (cells[0], REMOVED) &&
          kaf_identity_paper_find (cells[3], &kind) &&
          !each (cells[1], g_ascii_strtoll (cells[2], NULL, 10), kind, data, error))
        return FALSE;
    }
  return text != NULL;
}

static gboolean
owe (KafHubStorage *storage, const char *lines, GError **error)
{
  g_autofree char *before = storage->klass->get_meta (storage, OWED, NULL);
  g_autofree char *after = g_strconcat (before != NULL ? before : "", lines, NULL);

  return storage->klass->set_meta (storage, OWED, after, error);
}

gboolean
kaf_hub_papers_enter_owed (KafHubStorage *storage, const char *ledger, GError **error)
{
  g_autofree char *owed = storage->klass->get_meta (storage, OWED, NULL);

  return owed == NULL || *owed == '\0' ||
         (kaf_hub_erase_enter_lines (ledger, owed, error) &&
          storage->klass->set_meta (storage, OWED, "", error));
}

static gboolean
come_after (const char *id, gint64 at, KafIdentityPaper kind, gpointer data, GError **error)
{
  KafHubPaper *paper = data;

  if (kind == paper->kind && at >= paper->at && g_str_equal (id, paper->person))
    paper->at = at + 1;
  return TRUE;
}

/* Setting and removing */

/* Of all who are one with her, but what stands with @but (nullable). @gone (out): there was something of that kind. */
static gboolean
drop_kind (const KafHubPapers *self,
           GPtrArray *ids,
           KafIdentityPaper kind,
           const char *but,
           gboolean *gone,
           GError **error)
{
  const KafHubStorageClass *klass = self->storage->klass;
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (GPtrArray) papers = klass->read_papers (self->storage, id, error);
      gint64 at = 0;

      if (papers == NULL)
        return FALSE;
      /* A clock that was ahead may have entered it: a backup holds that time. */
      for (guint j = 0; j < papers->len; j++)
        {
          const KafHubPaper *one = g_ptr_array_index (papers, j);

          at = one->kind == kind ? MAX (self->now, one->at) : at;
        }
      if (at == 0)
        continue;
      *gone = TRUE;
      if (g_strcmp0 (id, but) == 0)
        continue;
      if (!klass->drop_paper (self->storage, id, kind, error))
        return FALSE;
      g_string_append_printf (lines, REMOVED "\t%s\t%" G_GINT64_FORMAT "\t%s\n", id, at,
                              kaf_identity_paper_get_code (kind));
    }
  return (lines->len == 0 || owe (self->storage, lines->str, error)) &&
         (!*gone || kaf_hub_erase_note_unfinished (self->storage, KAF_HUB_ERASED_AGAIN, error));
}

static gboolean
set (const KafHubPapers *self,
     const KafHubPapersAsk *ask,
     GPtrArray *ids,
     const char *today,
     KafHubPapersRefusal *refusal,
     gboolean *gone,
     GError **error)
{
  g_autoptr (KafHubPaper) paper = g_new0 (KafHubPaper, 1);

  paper->number = kaf_identity_paper_normalise (ask->kind, ask->number, NULL);
  if (paper->number == NULL)
    refusal->why = "number";
  else if (!kaf_identity_paper_serves (ask->until, today))
    refusal->why = "expired";
  if (refusal->why != NULL)
    return FALSE;
  paper->person = g_strdup (ask->person);
  paper->kind = ask->kind;
  paper->until = g_strdup (ask->until);
  paper->user = g_strdup (self->session->user);
  paper->at = self->now;
  /* Behind what was removed of it while the clock was ahead: that is what the ledger goes by. */
  return drop_kind (self, ids, ask->kind, ask->person, gone, error) &&
         for_each_removed (self->storage, self->ledger, come_after, paper, error) &&
         self->storage->klass->write_paper (self->storage, paper, error);
}

static gboolean
drop (const KafHubPapers *self,
      const KafHubPapersAsk *ask,
      GPtrArray *ids,
      gboolean *gone,
      GError **error)
{
  return drop_kind (self, ids, ask->kind, NULL, gone, error) && (*gone || fail_missing (error));
}

/* Revealing */

/* @wait (out): ms until one more may be; 0: it is counted. */
static gboolean
count_reveal (const KafHubPapers *self, gint64 *wait, GError **error)
{
  g_autofree char *key = g_strconcat (REVEALED, self->session->user, NULL);
  GError *local = NULL;
  g_autofree char *before = self->storage->klass->get_meta (self->storage, key, &local);
  g_auto (GStrv) times = g_strsplit (before != NULL ? before : "", " ", -1);
  g_autoptr (GString) after = g_string_new (NULL);
  gint64 now = self->now / 1000, first = now;
  guint n = 0;

  *wait = 0;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  for (guint i = 0; times[i] != NULL; i++)
    {
      gint64 at = g_ascii_strtoll (times[i], NULL, 10);

      /* What a clock that was ahead wrote counts for nothing. */
      if (at <= now - HOUR_MS || at > now)
        continue;
      g_string_append_printf (after, "%" G_GINT64_FORMAT " ", at);
      first = MIN (first, at);
      n++;
    }
  if (n >= KAF_HUB_REVEALS_AN_HOUR)
    {
      *wait = first + HOUR_MS - now;
      return TRUE;
    }
  g_string_append_printf (after, "%" G_GINT64_FORMAT, now);
  return self->storage->klass->set_meta (self->storage, key, after->str, error);
}

/* The register of disclosures gets it like what a device exports, in the name of the user. */
static gboolean
log_reveal (const KafHubPapers *self,
            const KafHubGrants *grants,
            const KafHubPapersAsk *ask,
            const char *ref,
            const char *today,
            GError **error)
{
  const KafHubSession own = { .device = KAF_HUB_OWN_DEVICE,
                              .user = self->session->user,
                              .role = self->session->role,
                              .grant = self->session->grant };
  g_auto (KafHubIntake) intake = { .storage = self->storage,
                                   .random = self->random,
                                   .session = &own,
                                   .grants = grants,
                                   .now = self->now / 1000 };
  g_autofree char *id = kaf_id_new (self->clock, self->random);
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("disclosure"), id);
  g_autofree char *what = g_strdup_printf ("%s %s", ref != NULL ? ref : ask->person,
                                           kaf_identity_paper_get_code (ask->kind));
  g_autoptr (GString) payload = g_string_new ("[");
  g_autoptr (KafHubGroup) group = NULL;
  const KafVerdict *verdict;
  gboolean next;

  kaf_record_set (record, "act", "reveal");
  kaf_record_set (record, "made_on", today);
  kaf_record_set (record, "entity", "person");
  kaf_record_set (record, "n_persons", "1");
  kaf_record_set (record, "filter", what);
  kaf_record_set (record, "reason", ask->reason);
  kaf_operation_print (KAF_CHANGE_CREATE, NULL, record, NULL, NULL, payload);
  g_string_append_c (payload, ']');
  if (!kaf_hub_intake_begin (&intake, error))
    return FALSE;
  group = kaf_hub_own_make_group (&intake, id, payload->str, 1, intake.seq);
  if (group->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&group->error));
      return FALSE;
    }
  if (!kaf_hub_intake_group (&intake, group, &next, error))
    return FALSE;
  /* What is not logged is not revealed. */
  verdict = g_ptr_array_index (intake.verdicts, 0);
  if (verdict->refused != NULL || kaf_verdict_is_refusal (verdict->verdict))
    {
      g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "a reveal was not logged: %s",
                   verdict->verdict);
      return FALSE;
    }
  return kaf_hub_intake_finish (&intake, error);
}

static gboolean
reveal (const KafHubPapers *self,
        const KafHubGrants *grants,
        const KafHubPapersAsk *ask,
        const KafHubPaper *paper,
        const char *ref,
        const char *today,
        GString *answer,
        KafHubPapersRefusal *refusal,
        GError **error)
{
  if (paper == NULL)
    return fail_missing (error);
  if (!count_reveal (self, &refusal->wait, error) || refusal->wait > 0 ||
      !log_reveal (self, grants, ask, ref, today, error))
    return FALSE;
  g_string_append_printf (
      answer, "{\"kind\":\"%s\",\"number\":", kaf_identity_paper_get_code (paper->kind));
  kaf_json_append_string (answer, paper->number);
  g_string_append (answer, ",\"until\":");
  kaf_json_append_string (answer, paper->until);
  g_string_append (answer, "}\n");
  return TRUE;
}

gboolean
kaf_hub_papers_carry_out (const KafHubPapers *self,
                          const KafHubPapersAsk *ask,
                          GString *answer,
                          KafHubPapersRefusal *refusal,
                          gboolean *gone,
                          GError **error)
{
  g_autoptr (KafHubGrants) grants = kaf_hub_grants_new (self->session);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *today = kaf_date_from_time (self->now);
  g_autofree char *ref = NULL;
  KafHubPaper *kinds[KAF_N_IDENTITY_PAPERS] = { NULL };
  gboolean authorised = FALSE, done;

  *refusal = (KafHubPapersRefusal){ NULL, 0 };
  *gone = FALSE;
  if (!find_members (self, grants, ask->person, ids, &ref, error) ||
      !read_authorised (self->storage, today, &authorised, error))
    return FALSE;
  /* What is there may be listed and removed without one. */
  if (!authorised && (ask->act == KAF_HUB_PAPERS_SET || ask->act == KAF_HUB_PAPERS_REVEAL))
    {
      refusal->why = "authorisation";
      return FALSE;
    }
  done = read_kinds (self, ids, today, kinds, error);
  if (done && ask->act == KAF_HUB_PAPERS_LIST)
    print_list (kinds, authorised, answer);
  else if (done && ask->act == KAF_HUB_PAPERS_REVEAL)
    done = reveal (self, grants, ask, kinds[ask->kind], ref, today, answer, refusal, error);
  else if (done)
    {
      done = ask->act == KAF_HUB_PAPERS_SET ? set (self, ask, ids, today, refusal, gone, error)
                                            : drop (self, ask, ids, gone, error);
      g_string_append (answer, done ? "{\"done\":true}\n" : "");
    }
  for (guint i = 0; i < KAF_N_IDENTITY_PAPERS; i++)
    kaf_hub_paper_free (kinds[i]);
  return done;
}

/* Cleaning */

/* Whether she has been deleted for so long that nobody takes it back, or is not here. */
static gboolean
is_gone (KafHubStorage *storage, const char *id, gint64 due, gboolean *gone, GError **error)
{
  g_autoptr (KafHubRecord) record = NULL;
  KafHubPart *part;
  gint64 deleted;

  if (!storage->klass->read_record (storage, kaf_registry_find ("person"), id, &record, error))
    return FALSE;
  part = find_person (record);
  deleted = part != NULL ? kaf_record_get_stamp (part->record)->deleted_at : 0;
  *gone = part == NULL || (deleted > 0 && deleted < due - KAF_HUB_PAPERS_DELETED_DAYS * DAY_US);
  return TRUE;
}

static gboolean
clean_person (KafHubStorage *storage, const char *id, gint64 due, gboolean *found, GError **error)
{
  g_autofree char *today = kaf_date_from_time (due);
  g_autoptr (GPtrArray) papers = storage->klass->read_papers (storage, id, error);
  gboolean gone;

  if (papers == NULL || !is_gone (storage, id, due, &gone, error))
    return FALSE;
  for (guint i = 0; i < papers->len; i++)
    {
      const KafHubPaper *one = g_ptr_array_index (papers, i);

      if (!gone && kaf_identity_paper_serves (one->until, today))
        continue;
      *found = TRUE;
      if (!storage->klass->drop_paper (storage, id, one->kind, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_hub_papers_clean (KafHubStorage *storage, gint64 due, char **after, guint limit, GError **error)
{
  g_autoptr (GPtrArray) ids = storage->klass->list_papered (storage, *after, limit, error);
  gboolean found = FALSE;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!clean_person (storage, g_ptr_array_index (ids, i), due, &found, error))
      return FALSE;
  if (ids == NULL ||
      (found && !kaf_hub_erase_note_unfinished (storage, KAF_HUB_ERASED_AGAIN, error)))
    return FALSE;
  g_free (*after);
  *after = ids->len > 0 ? g_strdup (g_ptr_array_index (ids, ids->len - 1)) : NULL;
  return TRUE;
}

/* After a restore */

typedef struct
{
  KafHubStorage *storage;
  gboolean found; /* something was removed */
} Replay;

/* What was entered again since stays. */
static gboolean
drop_again (const char *id, gint64 at, KafIdentityPaper kind, gpointer data, GError **error)
{
  Replay *replay = data;
  const KafHubStorageClass *klass = replay->storage->klass;
  g_autoptr (GPtrArray) papers = klass->read_papers (replay->storage, id, error);

  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      const KafHubPaper *one = g_ptr_array_index (papers, i);

      if (one->kind != kind || one->at > at)
        continue;
      replay->found = TRUE;
      if (!klass->drop_paper (replay->storage, id, kind, error))
        return FALSE;
    }
  return papers != NULL;
}

gboolean
kaf_hub_papers_replay (KafHubStorage *storage, const char *ledger, GError **error)
{
  Replay replay = { storage, FALSE };

  return kaf_hub_papers_enter_owed (storage, ledger, error) &&
         for_each_removed (storage, ledger, drop_again, &replay, error) &&
         (!replay.found || kaf_hub_erase_note_unfinished (storage, KAF_HUB_ERASED_AGAIN, error));
}
