/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub did not take is named on the device that wrote it, with what was typed, until its author lets
 * go of it; and what waits to be sent is counted by record. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"
#include "net/kaf-refusal-text.h"
#include "record/kaf-typed.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub.h"
#include "store/kaf-drafts.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-refusals.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

/* A store of one who may write little, and its hub. */
typedef struct
{
  char *folder;
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
  KafFixture *f;
} World;

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("kafaat-hub-XXXXXX", NULL);
  path = g_build_filename (self->folder, "hub.db", NULL);
  self->random = kaf_random_new_seeded (7);
  self->f = kaf_fixture_new_seeded (1);
  self->clock = kaf_clock_new_manual (kaf_clock_now (self->f->clock));
  self->hub = kaf_hub_open (path, TRUE, self->clock, self->random, &error);
  g_assert_no_error (error);
  kaf_sync_enroll (self->f->db, "https://hub.example", "amina", "agent",
                   kaf_sync_get_device (self->f->db), &error);
  g_assert_no_error (error);
  return self;
}

static void
world_free (World *self)
{
  kaf_hub_close (self->hub);
  kaf_fixture_assert_whole (self->f);
  kaf_fixture_free (self->f);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  kaf_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
ask (World *self, const char *role, GString *answer)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  KafHello hello;
  KafHubSession session = { kaf_sync_get_device (self->f->db), "amina", kaf_role_find (role),
                            "national" };

  kaf_clock_advance (self->f->clock, G_USEC_PER_SEC);
  kaf_clock_advance (self->clock, G_USEC_PER_SEC);
  g_assert_true (kaf_sync_state_read (self->f->db, &state, &error));
  hello = kaf_sync_state_greet (&state, kaf_clock_now (self->f->clock) / 1000);
  kaf_hello_print (&hello, body);
  g_assert_true (kaf_outbox_print (self->f->db, 1024 * 1024, body, &error));
  kaf_hub_exchange (self->hub, &session, body->str, body->len, answer, &error);
  g_assert_no_error (error);
}

/* Returns how many edits were not taken. */
static guint
sync_as (World *self, const char *role)
{
  KafInboxResult result;
  guint n = 0;

  do
    {
      g_autoptr (GString) answer = g_string_new (NULL);
      g_autoptr (KafReceipt) receipt = NULL;
      g_autoptr (GError) error = NULL;

      ask (self, role, answer);
      kaf_inbox_take (self->f->db, answer->str, answer->len, &result, &receipt, &error);
      g_assert_no_error (error);
      n += result.n_rejected;
    }
  while (result.more || result.n_acked > 0 || result.n_erased > 0);
  return n;
}

/* A person with a facet, whom the hub has. */
static char *
share (World *self)
{
  char *id =
      kaf_fixture_create (self->f, "person", NULL, "family_name", "Bennis", "city", "Fès", NULL);
  g_autofree char *facet = kaf_fixture_create (self->f, "expert", id, "headline_fr", "Soins", NULL);

  g_assert_cmpuint (sync_as (self, "agent"), ==, 0);
  return id;
}

static void
update (World *self, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (self->f, "person", id, field, value, NULL);

  g_assert_nonnull (receipt);
}

static GPtrArray *
list (World *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *refusals = kaf_refusals_read (self->f->db, 100, KAF_LANG_FR, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (refusals->len, ==, kaf_refusals_count (self->f->db, NULL));
  return refusals;
}

static const KafRefusal *
get (GPtrArray *refusals, guint i)
{
  g_assert_cmpuint (i, <, refusals->len);
  return g_ptr_array_index (refusals, i);
}

static void
assert_typed (const KafRefusal *refusal, guint i, const char *field, const char *value)
{
  const KafRefusedField *one;

  g_assert_cmpuint (i, <, refusal->fields->len);
  one = g_ptr_array_index (refusal->fields, i);
  g_assert_cmpstr (one->field->id, ==, field);
  g_assert_cmpstr (one->value, ==, value);
}

/* The row shows again what stands; what was typed is named, and stays through what follows. */
static void
test_named (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *stands = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  const KafRefusal *one;

  update (w, id, "family_name", "Alami");
  update (w, id, "city", "Rabat");
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 1);
  stands = kaf_fixture_get (w->f, "person", id, "family_name");
  g_assert_cmpstr (stands, ==, "Bennis");
  update (w, id, "city", "Salé");
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 0);

  refusals = list (w);
  g_assert_cmpuint (refusals->len, ==, 1);
  one = get (refusals, 0);
  g_assert_cmpstr (one->id, ==, id);
  g_assert_cmpstr (one->entity->id, ==, "person");
  g_assert_cmpstr (one->title, ==, "BENNIS");
  g_assert_cmpstr (one->why, ==, KAF_REFUSED_RIGHT);
  g_assert_cmpint (one->kind, ==, KAF_CHANGE_UPDATE);
  g_assert_true (one->exists);
  g_assert_cmpint (one->written, >, 0);
  g_assert_cmpint (one->refused, >=, one->written);
  g_assert_cmpuint (one->fields->len, ==, 1);
  assert_typed (one, 0, "family_name", "Alami");
}

/* Each kind of refusal has its reason: who may not make a person makes nothing that names her. */
static void
test_reasons (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *shared = share (w);
  g_autofree char *id = kaf_fixture_create (w->f, "person", NULL, "family_name", "Alami", NULL);
  g_autofree char *domain =
      kaf_fixture_create (w->f, "domain", "kanari", "code", "kanari", "name_fr", "Élevage", NULL);
  g_autofree char *facet = kaf_fixture_create (w->f, "expert", id, "domains", "kanari", NULL);
  g_autofree char *tie =
      kaf_fixture_create (w->f, "availability", NULL, "person", id, "valid_from", "2026-11-20",
                          "valid_to", "2026-11-20", "kind", "free", NULL);
  g_autoptr (GPtrArray) refusals = NULL;

  g_assert_cmpuint (sync_as (w, "partner"), ==, 3);
  refusals = list (w);
  g_assert_cmpuint (refusals->len, ==, 3);
  g_assert_cmpstr (get (refusals, 0)->entity->id, ==, "availability");
  g_assert_cmpstr (get (refusals, 0)->why, ==, KAF_REFUSED_NAMES);
  g_assert_cmpstr (get (refusals, 1)->entity->id, ==, "expert");
  g_assert_cmpstr (get (refusals, 1)->why, ==, KAF_REFUSED_MISSING);
  g_assert_cmpstr (get (refusals, 2)->entity->id, ==, "person");
  g_assert_cmpstr (get (refusals, 2)->why, ==, KAF_REFUSED_RIGHT);
  g_assert_cmpint (get (refusals, 2)->kind, ==, KAF_CHANGE_CREATE);
  assert_typed (get (refusals, 2), 0, "family_name", "Alami");
}

/* Of several fields that were typed at once, the one that was not taken is named. */
static void
test_field (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (GPtrArray) refusals = NULL;
  g_autofree char *told = NULL;

  kaf_record_set (change, "city", "Rabat");
  kaf_record_set (change, "given_name", "Salma");
  kaf_change_set_update (set, change);
  kaf_receipt_unref (kaf_commit (w->f->db, set, NULL, NULL, NULL));
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 1);
  refusals = list (w);
  g_assert_cmpuint (refusals->len, ==, 1);
  told = kaf_refusal_explain (get (refusals, 0));
  g_assert_true (g_str_has_suffix (told, "\nField: Given name"));
}

/* The answer is lost, and the verdict told again: one and the same, and no more once it was let go. */
static void
test_told_twice (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GString) lost = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  update (w, id, "family_name", "Alami");
  ask (w, "regional-officer", lost);
  ask (w, "regional-officer", again);
  g_assert_nonnull (strstr (again->str, "\"rejected\",[[\"person\","));
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 1);
  before = list (w);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_true (kaf_refusal_let_go (w->f->db, get (before, 0)->number, TRUE, NULL));
  g_assert_cmpuint (kaf_refusals_count (w->f->db, NULL), ==, 0);
  g_assert_true (kaf_refusal_let_go (w->f->db, get (before, 0)->number, FALSE, NULL));
  after = list (w);
  assert_typed (get (after, 0), 0, "family_name", "Alami");
  g_assert_false (kaf_refusal_let_go (w->f->db, 4711, TRUE, NULL));
}

static void
test_draft (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  const KafEntity *expert = kaf_registry_find ("expert");
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (KafDraft) draft = NULL;
  g_autoptr (GHashTable) typed = NULL;
  g_autoptr (GError) error = NULL;

  update (w, id, "family_name", "Alami");
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 1);
  refusals = list (w);

  /* What stands in a draft already is not written over. */
  g_assert_true (kaf_draft_save (w->f->db, expert, id, "{\"person.family_name\":\"Tazi\"}", NULL));
  g_assert_false (kaf_refusal_keep_draft (w->f->db, get (refusals, 0)->number, expert, &error));
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_EXISTS);
  g_assert_cmpuint (kaf_refusals_count (w->f->db, NULL), ==, 1);

  g_assert_true (kaf_draft_save (w->f->db, expert, id, "{\"headline_fr\":\"Arts\"}", NULL));
  g_assert_true (kaf_refusal_keep_draft (w->f->db, get (refusals, 0)->number, expert, NULL));
  /* Nothing is saved by that: it stays until the person lets go of it. */
  g_assert_cmpuint (kaf_refusals_count (w->f->db, NULL), ==, 1);
  draft = kaf_draft_load (w->f->db, expert, id);
  typed = kaf_typed_from_json (draft->fields);
  g_assert_cmpstr (g_hash_table_lookup (typed, "person.family_name"), ==, "Alami");
  g_assert_cmpstr (g_hash_table_lookup (typed, "headline_fr"), ==, "Arts");
}

/* A copy that becomes a device of its own still knows what the hub did not take of the other. */
static void
test_renumbered (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autoptr (GPtrArray) refusals = NULL;

  update (w, id, "family_name", "Alami");
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 1);
  g_assert_true (kaf_sync_enroll (w->f->db, "https://hub.example", "amina", "agent", 4711, NULL));
  refusals = list (w);
  assert_typed (get (refusals, 0), 0, "family_name", "Alami");
}

static gboolean
file_holds (const char *path, const char *suffix, const char *needle)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  g_autofree char *data = NULL;
  gsize size;

  return g_file_get_contents (name, &data, &size, NULL) &&
         memmem (data, size, needle, strlen (needle)) != NULL;
}

static void
test_erased (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  guint n;

  update (w, id, "family_name", "Canaryo");
  g_assert_cmpuint (sync_as (w, "regional-officer"), ==, 1);
  g_assert_true (file_holds (w->f->path, "", "Canaryo") ||
                 file_holds (w->f->path, "-wal", "Canaryo"));
  g_assert_true (kaf_hub_erase (w->hub, id, &n, NULL, NULL));
  sync_as (w, "regional-officer");
  g_assert_cmpuint (kaf_refusals_count (w->f->db, NULL), ==, 0);
  g_assert_false (file_holds (w->f->path, "", "Canaryo"));
  g_assert_false (file_holds (w->f->path, "-wal", "Canaryo"));
}

static void
test_waiting (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *id = share (w);
  g_autofree char *other = kaf_fixture_create (w->f, "person", NULL, "family_name", "Tazi", NULL);
  const KafEntity *person = kaf_registry_find ("person");
  g_autoptr (KafReceipt) receipt = NULL;

  g_assert_cmpuint (kaf_outbox_count (w->f->db, person, id), ==, 0);
  update (w, id, "city", "Rabat");
  receipt = kaf_fixture_update (w->f, "expert", id, "headline_fr", "Arts", NULL);
  g_assert_cmpuint (kaf_outbox_count (w->f->db, person, id), ==, 2);
  g_assert_cmpuint (kaf_outbox_count (w->f->db, person, other), ==, 1);
  sync_as (w, "agent");
  g_assert_cmpuint (kaf_outbox_count (w->f->db, person, id), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/refusals/named", test_named);
  g_test_add_func ("/refusals/reasons", test_reasons);
  g_test_add_func ("/refusals/field", test_field);
  g_test_add_func ("/refusals/told-twice", test_told_twice);
  g_test_add_func ("/refusals/draft", test_draft);
  g_test_add_func ("/refusals/renumbered", test_renumbered);
  g_test_add_func ("/refusals/erased", test_erased);
  g_test_add_func ("/refusals/waiting", test_waiting);
  return g_test_run ();
}
