/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees what: a national agent and one who was granted a part, with a hub between their stores. */
#include "config.h"

#include <string.h>

#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub.h"
#include "store/kaf-attachments.h"
#include "store/kaf-inbox.h"
#include "store/kaf-outbox.h"
#include "store/kaf-sync-state.h"
#include "sync/kaf-exchange.h"

typedef struct
{
  char *folder;
  KafClock *clock;
  KafRandom *random;
  KafHub *hub;
  KafFixture *a, *b;
  const char *role, *grant; /* of b */
  const char *other_role;   /* of a, who sees everything */
  GString *heard;           /* all that b was ever answered */
} World;

static void
enroll (KafFixture *f, const char *user, const char *role)
{
  g_autoptr (GError) error = NULL;

  kaf_sync_enroll (f->db, "https://hub.example", user, role, kaf_sync_get_device (f->db), &error);
  g_assert_no_error (error);
}

static World *
world_new (const char *role, const char *grant)
{
  World *self = g_new0 (World, 1);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("kafaat-hub-XXXXXX", NULL);
  path = g_build_filename (self->folder, "hub.db", NULL);
  self->random = kaf_random_new_seeded (7);
  self->a = kaf_fixture_new_seeded (1);
  self->b = kaf_fixture_new_seeded (2);
  self->clock = kaf_clock_new_manual (kaf_clock_now (self->a->clock));
  self->hub = kaf_hub_open (path, TRUE, self->clock, self->random, &error);
  g_assert_no_error (error);
  enroll (self->a, "amina", "agent");
  enroll (self->b, "brahim", role);
  self->role = role;
  self->other_role = "agent";
  self->grant = grant;
  self->heard = g_string_new (NULL);
  return self;
}

static void
world_free (World *self)
{
  kaf_hub_close (self->hub);
  kaf_fixture_assert_whole (self->a);
  kaf_fixture_assert_whole (self->b);
  kaf_fixture_free (self->a);
  kaf_fixture_free (self->b);
  kaf_clock_unref (self->clock);
  kaf_random_unref (self->random);
  kaf_fixture_remove_folder (self->folder);
  g_string_free (self->heard, TRUE);
  g_free (self->folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
ask (World *self, KafFixture *f, GString *answer)
{
  g_auto (KafSyncState) state = { 0 };
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_b = f == self->b;
  KafHello hello;
  KafHubSession session = { .device = kaf_sync_get_device (f->db),
                            .user = is_b ? "brahim" : "amina",
                            .role = kaf_role_find (is_b ? self->role : self->other_role),
                            .grant = is_b ? self->grant : "national" };

  kaf_clock_advance (self->a->clock, G_USEC_PER_SEC);
  kaf_clock_advance (self->b->clock, G_USEC_PER_SEC);
  kaf_clock_advance (self->clock, G_USEC_PER_SEC);
  g_assert_true (kaf_sync_state_read (f->db, &state, &error));
  hello = kaf_sync_state_greet (&state, kaf_clock_now (f->clock) / 1000);
  kaf_hello_print (&hello, body);
  g_assert_true (kaf_outbox_print (f->db, 1024 * 1024, body, &error));
  kaf_hub_exchange (self->hub, &session, body->str, body->len, answer, &error);
  g_assert_no_error (error);
  if (is_b)
    g_string_append_len (self->heard, answer->str, answer->len);
}

static KafInboxResult
take (KafFixture *f, GString *answer)
{
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  KafInboxResult result;

  kaf_inbox_take (f->db, answer->str, answer->len, &result, &receipt, &error);
  g_assert_no_error (error);
  return result;
}

static KafInboxResult
sync_store (World *self, KafFixture *f)
{
  KafInboxResult sum = { 0 }, one;

  do
    {
      g_autoptr (GString) answer = g_string_new (NULL);

      ask (self, f, answer);
      one = take (f, answer);
      sum.n_records += one.n_records;
      sum.n_rejected += one.n_rejected;
      sum.n_dropped += one.n_dropped;
    }
  while (one.more || one.n_erased > 0 || one.n_acked > 0);
  return sum;
}

static gboolean
has (KafFixture *f, const char *entity, const char *id)
{
  return kaf_read_exists (f->db, kaf_registry_find (entity), id);
}

static void
update (KafFixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autoptr (KafReceipt) receipt = kaf_fixture_update (f, entity, id, field, value, NULL);

  g_assert_nonnull (receipt);
}

static gboolean
heard (World *self, const char *text)
{
  return strstr (self->heard->str, text) != NULL;
}

/* Whether any file of the folder holds @text, be it in free pages or the log. */
static gboolean
holds (const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR)
              ? holds (path, text)
              : g_file_get_contents (path, &bytes, &size, NULL) &&
                    memmem (bytes, size, text, strlen (text)))
        {
          g_test_message ("%s holds it", name);
          return TRUE;
        }
    }
  return FALSE;
}

static char *
make_person (KafFixture *f, const char *name, const char *country)
{
  return kaf_fixture_create (f, "person", NULL, "family_name", name, "country", country, NULL);
}

/* Names what the hub refused of the one group that b sends. */
static KafVerdict *
send_and_hear (World *self)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GPtrArray) verdicts = NULL;
  const char *text, *line;
  gsize size, length;
  gint64 expects;

  ask (self, self->b, answer);
  text = answer->str;
  size = answer->len;
  kaf_exchange_next (&text, &size, &length);
  line = kaf_exchange_next (&text, &size, &length);
  verdicts = kaf_verdicts_parse (line, length, &expects, NULL);
  g_assert_nonnull (verdicts);
  g_assert_cmpuint (verdicts->len, ==, 1);
  take (self->b, answer);
  return g_ptr_array_steal_index (verdicts, 0);
}

static void
assert_refused (const KafVerdict *verdict,
                const char *name,
                const char *entity,
                const char *id,
                const char *why,
                const char *field)
{
  const KafRefused *one;

  g_assert_cmpstr (verdict->verdict, ==, name);
  g_assert_nonnull (verdict->refused);
  g_assert_cmpuint (verdict->refused->len, ==, 1);
  one = g_ptr_array_index (verdict->refused, 0);
  g_assert_cmpstr (one->entity, ==, entity);
  if (id != NULL)
    g_assert_cmpstr (one->id, ==, id);
  g_assert_cmpstr (one->why, ==, why);
  g_assert_cmpstr (one->field, ==, field);
}

/* Tests */

static void
test_part (void)
{
  g_autoptr (World) w = world_new ("consular-relay", "country:CH");
  g_autofree char *swiss = make_person (w->a, "Bennis", "CH");
  g_autofree char *french = make_person (w->a, "Kanarihi", "FR");
  g_autofree char *contact =
      kaf_fixture_create (w->a, "contact", NULL, "person", swiss, "held_on", "2026-11-20",
                          "channel", "call", "subject", "Objet", NULL);
  g_autofree char *other =
      kaf_fixture_create (w->a, "contact", NULL, "person", french, "held_on", "2026-11-20",
                          "channel", "call", "subject", "Kanarithema", NULL);

  sync_store (w, w->a);
  g_assert_cmpuint (sync_store (w, w->b).n_dropped, ==, 0);
  g_assert_true (has (w->b, "person", swiss));
  g_assert_true (has (w->b, "contact", contact));
  g_assert_false (has (w->b, "person", french));
  g_assert_false (has (w->b, "contact", other));
  g_assert_false (heard (w, "Kanari"));
  g_assert_false (heard (w, french));

  /* Changes go both ways, each to those who may hear of them. */
  update (w->a, "person", french, "given_name", "Kanarivor");
  update (w->a, "person", swiss, "given_name", "Salma");
  update (w->b, "person", swiss, "city", "Berne");
  sync_store (w, w->a);
  sync_store (w, w->b);
  sync_store (w, w->a);
  g_assert_false (heard (w, "Kanari"));
  {
    g_autofree char *name = kaf_fixture_get (w->b, "person", swiss, "given_name");
    g_autofree char *city = kaf_fixture_get (w->a, "person", swiss, "city");

    g_assert_cmpstr (name, ==, "Salma");
    g_assert_cmpstr (city, ==, "Berne");
  }
}

/* In and out of the scope, with what belongs to her; what was dropped is in no file any more. */
static void
test_moves (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH");
  g_autofree char *id = make_person (w->a, "Kanarihi", "CH");
  g_autofree char *facet =
      kaf_fixture_create (w->a, "expert", id, "headline_fr", "Kanarikopf", NULL);
  g_autofree char *contact =
      kaf_fixture_create (w->a, "contact", NULL, "person", id, "held_on", "2026-11-20", "channel",
                          "call", "subject", "Kanarithema", NULL);
  g_autoptr (GPtrArray) found = NULL;
  KafInboxResult result;

  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->b, "person", id, "city", "Kanaristadt");
  sync_store (w, w->b);
  sync_store (w, w->a);
  g_assert_true (holds (w->b->folder, "Kanarithema"));

  update (w->a, "person", id, "country", "FR");
  sync_store (w, w->a);
  result = sync_store (w, w->b);
  g_assert_cmpuint (result.n_dropped, ==, 2);
  g_assert_false (has (w->b, "person", id));
  g_assert_false (has (w->b, "expert", id));
  g_assert_false (has (w->b, "contact", contact));
  found = kaf_fixture_search (w->b, "person", "kanarihi");
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_false (holds (w->b->folder, "Kanari"));
  g_assert_true (has (w->a, "person", id));

  /* Edited elsewhere meanwhile, she comes back whole. */
  update (w->a, "person", id, "given_name", "Salma");
  update (w->a, "person", id, "country", "CH");
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "contact", contact));
  {
    g_autofree char *name = kaf_fixture_get (w->b, "person", id, "given_name");
    g_autofree char *family = kaf_fixture_get (w->b, "person", id, "family_name");
    g_autofree char *head = kaf_fixture_get (w->b, "expert", id, "headline_fr");

    g_assert_cmpstr (name, ==, "Salma");
    g_assert_cmpstr (family, ==, "Kanarihi");
    g_assert_cmpstr (head, ==, "Kanarikopf");
  }
}

/* Who moves a record out himself loses it, and nothing of what he wrote. */
static void
test_moved_by_oneself (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH");
  g_autofree char *id = make_person (w->b, "Bennis", "CH");

  sync_store (w, w->b);
  sync_store (w, w->a);
  update (w->b, "person", id, "country", "FR");
  update (w->b, "person", id, "city", "Paris");
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  g_assert_false (has (w->b, "person", id));
  sync_store (w, w->a);
  {
    g_autofree char *city = kaf_fixture_get (w->a, "person", id, "city");

    g_assert_cmpstr (city, ==, "Paris");
  }
}

/* A network's partner sees its members for as long as they are. */
static void
test_members (void)
{
  g_autoptr (World) w = world_new ("partner", NULL);
  g_autofree char *network = kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau",
                                                 "kind", "network", "country", "DE", NULL);
  g_autofree char *facet = kaf_fixture_create (w->a, "network", network, "label", "R", NULL);
  g_autofree char *grant = g_strconcat ("organisation:", network, NULL);
  g_autofree char *member = make_person (w->a, "Bennis", "CH");
  g_autofree char *file = g_build_filename (w->a->folder, "cv.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autofree char *attachment = NULL;
  g_autofree char *membership = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafReceipt) gone = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  w->grant = grant;
  g_assert_true (g_file_set_contents (file, "CV", -1, NULL));
  receipt = kaf_attachment_add (w->a->db, kaf_registry_find ("person"), member, NULL, source, NULL,
                                NULL, &attachment, NULL, NULL);
  g_assert_nonnull (receipt);
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "network", network));
  g_assert_false (has (w->b, "person", member));
  g_assert_false (has (w->b, "attachment", attachment));

  membership =
      kaf_fixture_create (w->a, "membership", NULL, "person", member, "network", network, NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "membership", membership));
  g_assert_true (has (w->b, "person", member));
  g_assert_true (has (w->b, "attachment", attachment));

  kaf_change_set_delete (set, kaf_registry_find ("membership"), membership);
  gone = kaf_commit (w->a->db, set, NULL, NULL, NULL);
  sync_store (w, w->a);
  g_assert_cmpuint (sync_store (w, w->b).n_dropped, ==, 2);
  g_assert_false (has (w->b, "person", member));
  g_assert_false (has (w->b, "attachment", attachment));
}

/* Another grant: what it does not cover goes, what it covers comes; what was typed before goes up first,
 * and is kept aside. */
static void
test_other_grant (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH country:DE");
  g_autofree char *swiss = make_person (w->a, "Kanarihi", "CH");
  g_autofree char *german = make_person (w->a, "Dahmani", "DE");
  g_autofree char *french = make_person (w->a, "Filali", "FR");
  g_autofree char *contact =
      kaf_fixture_create (w->a, "contact", NULL, "person", swiss, "held_on", "2026-11-20",
                          "channel", "call", "subject", "Kanarithema", NULL);
  g_autoptr (KafVerdict) verdict = NULL;
  gint64 n_quarantined;

  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "person", german));
  g_assert_false (has (w->b, "person", french));

  update (w->b, "person", swiss, "city", "Lausanne");
  w->grant = "country:DE country:FR";
  verdict = send_and_hear (w);
  assert_refused (verdict, "quarantined", "person", swiss, KAF_REFUSED_SCOPE, NULL);
  sync_store (w, w->b);
  g_assert_false (has (w->b, "person", swiss));
  g_assert_false (has (w->b, "contact", contact));
  g_assert_true (has (w->b, "person", german));
  g_assert_true (has (w->b, "person", french));
  /* What nobody took is still in the journal here, and at the hub. */
  g_assert_false (holds (w->b->folder, "Kanarithema"));
  g_assert_true (holds (w->b->folder, "Lausanne"));
  kaf_hub_count_quarantine (w->hub, &n_quarantined, NULL);
  g_assert_cmpint (n_quarantined, ==, 1);
  sync_store (w, w->a);
  {
    g_autofree char *city = kaf_fixture_get (w->a, "person", swiss, "city");

    g_assert_cmpstr (city, ==, NULL);
  }

  /* And back. */
  w->grant = "country:CH";
  sync_store (w, w->b);
  g_assert_true (has (w->b, "person", swiss));
  g_assert_true (has (w->b, "contact", contact));
  g_assert_false (has (w->b, "person", german));
  g_assert_false (has (w->b, "person", french));
}

/* Withdrawn altogether: nothing stays but the lists. */
static void
test_withdrawn (void)
{
  g_autoptr (World) w = world_new ("agent", "national");
  g_autofree char *id = make_person (w->a, "Kanarihi", "CH");

  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "person", id));
  w->role = KAF_ROLE_NONE;
  w->grant = "";
  sync_store (w, w->b);
  g_assert_false (has (w->b, "person", id));
  g_assert_true (has (w->b, "country", "CH"));
  g_assert_false (holds (w->b->folder, "Kanari"));
}

/* Another role, which may not read private notes: the notes go, the person stays. */
static void
test_fewer_classes (void)
{
  g_autoptr (World) w = world_new ("agent", "national");
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  gsize before;

  update (w->a, "person", id, "notes", "Kanarizettel");
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (holds (w->b->folder, "Kanarizettel"));
  w->role = "partner";
  before = w->heard->len;
  sync_store (w, w->b);
  g_assert_true (has (w->b, "person", id));
  g_assert_false (holds (w->b->folder, "Kanarizettel"));
  g_assert_null (strstr (w->heard->str + before, "Kanarizettel"));
  w->role = "agent";
  sync_store (w, w->b);
  {
    g_autofree char *notes = kaf_fixture_get (w->b, "person", id, "notes");

    g_assert_cmpstr (notes, ==, "Kanarizettel");
  }
}

/* The grant changes in the middle of a reading of many pages, and again. */
static void
test_pages (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  static const char *const countries[] = { "CH", "FR", "DE" };
  static const char *const grants[] = { "country:FR", "country:DE", "country:CH country:DE" };

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("P%u", i);

      g_ptr_array_add (ids, make_person (w->a, name, countries[i % 3]));
    }
  sync_store (w, w->a);
  kaf_hub_set_page_size (w->hub, 1500);
  sync_store (w, w->b);
  for (guint i = 0; i < G_N_ELEMENTS (grants); i++)
    {
      g_autoptr (GString) answer = g_string_new (NULL);

      w->grant = grants[i];
      ask (w, w->b, answer);
      g_assert_true (take (w->b, answer).more);
    }
  sync_store (w, w->b);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpint (has (w->b, "person", g_ptr_array_index (ids, i)), ==, i % 3 != 1);
}

/* Typed while the answer that takes the record away is on its way: it is sent, kept aside, and stays here
 * until the record comes back. */
static void
test_typed_meanwhile (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH");
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (KafVerdict) verdict = NULL;
  g_auto (KafSyncState) state = { 0 };

  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->a, "person", id, "country", "FR");
  sync_store (w, w->a);
  ask (w, w->b, answer);
  update (w->b, "person", id, "given_name", "Lausannette");
  take (w->b, answer);
  g_assert_false (has (w->b, "person", id));
  kaf_sync_state_read (w->b->db, &state, NULL);
  g_assert_cmpuint (state.n_waiting, ==, 1);
  verdict = send_and_hear (w);
  assert_refused (verdict, "quarantined", "person", id, KAF_REFUSED_SCOPE, NULL);
  g_assert_true (holds (w->b->folder, "Lausannette"));

  /* Erased for ever, that goes too. */
  {
    g_autoptr (GError) error = NULL;
    guint n;

    kaf_hub_erase (w->hub, id, &n, NULL, &error);
    g_assert_no_error (error);
  }
  sync_store (w, w->b);
  g_assert_false (holds (w->b->folder, "Lausannette"));
}

/* The same, but she is back by the time that it is sent. */
static void
test_typed_and_back (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH");
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  g_autoptr (GString) answer = g_string_new (NULL);

  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->a, "person", id, "country", "FR");
  sync_store (w, w->a);
  ask (w, w->b, answer);
  update (w->b, "person", id, "given_name", "Salma");
  take (w->b, answer);
  update (w->a, "person", id, "country", "CH");
  sync_store (w, w->a);
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  {
    g_autofree char *name = kaf_fixture_get (w->b, "person", id, "given_name");

    g_assert_cmpstr (name, ==, "Salma");
  }
}

/* The role changes, and with it what of a person may be read: what is typed meanwhile still shows. */
static void
test_typed_and_told_anew (void)
{
  g_autoptr (World) w = world_new ("agent", "national");
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  g_autofree char *other = make_person (w->a, "Alami", "CH");
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *facet = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autofree char *language = NULL;
  g_autofree char *head = NULL;

  update (w->a, "person", id, "notes", "Kanarizettel");
  sync_store (w, w->a);
  sync_store (w, w->b);
  w->role = "consular-relay";
  ask (w, w->b, answer);
  update (w->b, "person", id, "preferred_language", "fr");
  facet = kaf_fixture_create (w->b, "expert", id, "headline_fr", "Soins", NULL);
  take (w->b, answer);
  g_assert_false (holds (w->b->folder, "Kanarizettel"));
  language = kaf_fixture_get (w->b, "person", id, "preferred_language");
  g_assert_cmpstr (language, ==, "fr");
  g_assert_true (has (w->b, "expert", id));
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  sync_store (w, w->a);
  head = kaf_fixture_get (w->a, "expert", id, "headline_fr");
  g_assert_cmpstr (head, ==, "Soins");
  g_assert_true (has (w->b, "expert", id));

  /* The same of a deletion, which the role may not do: it is said so, and she is back. */
  w->role = "agent";
  sync_store (w, w->b);
  w->role = "partner";
  g_string_truncate (answer, 0);
  ask (w, w->b, answer);
  kaf_change_set_delete (set, kaf_registry_find ("person"), other);
  receipt = kaf_commit (w->b->db, set, NULL, NULL, NULL);
  take (w->b, answer);
  g_assert_false (has (w->b, "person", other));
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 1);
  g_assert_true (has (w->b, "person", other));
}

static void
assert_both_kept (World *self, const char *id)
{
  g_auto (KafSyncState) state = { 0 };

  sync_store (self, self->b);
  sync_store (self, self->a);
  kaf_sync_state_read (self->a->db, &state, NULL);
  g_assert_cmpuint (state.n_conflicts, ==, 1);
  g_assert_true (holds (self->a->folder, "Ancienne"));
  g_assert_true (holds (self->a->folder, "Nouvelle"));
  {
    g_autofree char *notes = kaf_fixture_get (self->a, "person", id, "notes");

    g_assert_cmpstr (notes, ==, "Nouvelle");
  }
}

/* By the number that his device had read up to, a partner has seen notes that he was never told; an agent when they are
 * sent, he does not write over them unseen. What he was told of her he changes all the same. */
static void
test_written_blind (void)
{
  g_autoptr (World) w = world_new ("partner", "national");
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  g_autofree char *languages = NULL;

  update (w->a, "person", id, "notes", "Ancienne");
  update (w->a, "person", id, "languages", "ar\tC1\nfr\tB2");
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_fixture_be (w->b->db, "agent");
  kaf_receipt_unref (
      kaf_fixture_update (w->b, "person", id, "notes", "Nouvelle", "languages", "ar\tC1", NULL));
  w->role = "agent";
  assert_both_kept (w, id);
  languages = kaf_fixture_get (w->a, "person", id, "languages");
  g_assert_cmpstr (languages, ==, "ar\tC1");
}

/* An agent now, he has not been told them yet: that comes with a later page. */
static void
test_written_before_told (void)
{
  g_autoptr (World) w = world_new ("partner", "national");
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *id = NULL;

  for (guint i = 0; i < 30; i++)
    g_free (make_person (w->a, "Alami", "FR"));
  id = make_person (w->a, "Bennis", "CH");
  update (w->a, "person", id, "notes", "Ancienne");
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_hub_set_page_size (w->hub, 1500);
  w->role = "agent";
  ask (w, w->b, answer);
  g_assert_true (take (w->b, answer).more);
  update (w->b, "person", id, "notes", "Nouvelle");
  assert_both_kept (w, id);
}

/* With a score are told its reasons, of the same unit, and those he has not been told either. */
static void
test_unit_before_told (void)
{
  g_autoptr (World) w = world_new ("partner", "national");
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autofree char *person = NULL;
  g_autofree char *mission = kaf_fixture_create (w->a, "mission", NULL, "title_fr", "M", NULL);
  g_autofree char *listed = NULL;
  g_auto (KafSyncState) state = { 0 };

  for (guint i = 0; i < 30; i++)
    g_free (make_person (w->a, "Alami", "FR"));
  person = make_person (w->a, "Bennis", "CH");
  listed = kaf_fixture_create (w->a, "mission_expert", NULL, "mission", mission, "person", person,
                               "fit_score", "500", "fit_reasons", "Disponible", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  kaf_hub_set_page_size (w->hub, 1500);
  w->role = "agent";
  ask (w, w->b, answer);
  g_assert_true (take (w->b, answer).more);
  kaf_receipt_unref (kaf_fixture_update (w->b, "mission_expert", listed, "fit_score", "700", NULL));
  sync_store (w, w->b);
  sync_store (w, w->a);
  kaf_sync_state_read (w->a->db, &state, NULL);
  g_assert_cmpuint (state.n_conflicts, ==, 1);
  g_assert_true (holds (w->a->folder, "Disponible"));
}

/* What lies outside is not written, whatever trick is tried. */
static void
test_foreign (void)
{
  g_autoptr (World) w = world_new ("agent", NULL);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "Réseau", "kind", "network", NULL);
  g_autofree char *facet = kaf_fixture_create (w->a, "network", network, "label", "R", NULL);
  g_autofree char *grant = g_strconcat ("organisation:", network, NULL);
  g_autofree char *foreign = make_person (w->a, "Kanarihi", "FR");
  g_autofree char *here = NULL;
  g_autofree char *trick = NULL;
  g_autoptr (KafVerdict) verdict = NULL;
  g_autoptr (KafVerdict) second = NULL;

  w->grant = grant;
  sync_store (w, w->a);
  sync_store (w, w->b);

  /* The foreign id under a record of one's own, and a membership that would bring her in. */
  here = kaf_fixture_create (w->b, "person", foreign, "family_name", "Moi", NULL);
  verdict = send_and_hear (w);
  assert_refused (verdict, "quarantined", "person", foreign, KAF_REFUSED_SCOPE, NULL);
  trick =
      kaf_fixture_create (w->b, "membership", NULL, "person", foreign, "network", network, NULL);
  second = send_and_hear (w);
  assert_refused (second, "quarantined", "membership", NULL, KAF_REFUSED_SCOPE, "person");
  sync_store (w, w->b);
  g_assert_false (heard (w, "Kanari"));
}

static void
test_classes (void)
{
  g_autoptr (World) w = world_new ("regional-officer", "national");
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  g_autoptr (KafVerdict) verdict = NULL;
  g_autoptr (KafVerdict) second = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");

  sync_store (w, w->a);
  sync_store (w, w->b);
  update (w->b, "person", id, "given_name", "Autre");
  verdict = send_and_hear (w);
  assert_refused (verdict, "rejected", "person", id, KAF_REFUSED_RIGHT, "given_name");

  /* Who could not write a name does not make it go. */
  kaf_fixture_be (w->b->db, "agent");
  kaf_change_set_delete (set, kaf_registry_find ("person"), id);
  receipt = kaf_commit (w->b->db, set, NULL, NULL, NULL);
  g_assert_nonnull (receipt);
  second = send_and_hear (w);
  assert_refused (second, "rejected", "person", id, KAF_REFUSED_DELETE, "family_name");
  sync_store (w, w->a);
  g_assert_true (has (w->a, "person", id));
  g_assert_true (has (w->b, "person", id));
}

/* An expert of a domain, made by one who has that domain alone: the group is looked at as a whole. */
static void
test_sector (void)
{
  g_autoptr (World) w = world_new ("agent", "sector:health");
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autofree char *id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Autre", NULL);
  g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), "0190-p");
  g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), "0190-p");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  kaf_record_set (person, "family_name", "Bennis");
  kaf_record_set (expert, "domains", "health");
  kaf_change_set_create (set, person);
  kaf_change_set_create (set, expert);
  receipt = kaf_commit (w->b->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  sync_store (w, w->a);
  g_assert_true (has (w->a, "expert", "0190-p"));
  g_assert_true (has (w->b, "expert", "0190-p"));
  g_assert_false (has (w->b, "person", id));
  update (w->a, "expert", "0190-p", "domains", "ai");
  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_false (has (w->b, "person", "0190-p"));
}

/* A province's region has its persons; those who see no persons see none. */
static void
test_region_and_roles (void)
{
  g_autoptr (World) w = world_new ("regional-officer", "territory:MA-09");
  g_autofree char *id = kaf_fixture_create (w->a, "person", NULL, "family_name", "Kanarihi",
                                            "territory", "MA-AGD", NULL);
  g_autofree char *consent =
      kaf_fixture_create (w->a, "consent", NULL, "person", id, "purpose", "sharing", "given_on",
                          "2026-11-20", "means", "form", NULL);

  sync_store (w, w->a);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "person", id));

  w->role = "administrator";
  w->grant = "national";
  sync_store (w, w->b);
  g_assert_false (has (w->b, "person", id));
  g_assert_false (has (w->b, "consent", consent));
  g_assert_true (has (w->b, "territory", "MA-09"));

  w->role = "protection-officer";
  sync_store (w, w->b);
  g_assert_false (has (w->b, "person", id));
  g_assert_true (has (w->b, "consent", consent));
}

/* A convention is its parties', with what amends it and what stands in it; a framework is not those of the
 * conventions within it. */
static void
test_conventions (void)
{
  g_autoptr (World) w = world_new ("partner", NULL);
  g_autofree char *ministry =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "MRE", "kind", "ministry", NULL);
  g_autofree char *network =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "DMK", "kind", "network", NULL);
  g_autofree char *both = g_strconcat (ministry, "\n", network, NULL);
  g_autofree char *grant = g_strconcat ("organisation:", network, NULL);
  g_autofree char *frame = NULL, *specific = NULL, *amendment = NULL;
  g_autofree char *duty = NULL, *done = NULL, *article = NULL;

  w->other_role = "manager";
  w->grant = grant;
  enroll (w->a, "amina", "manager");
  frame = kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Kanaricadre", "kind",
                              "framework", "parties", ministry, NULL);
  specific = kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Spécifique", "kind",
                                 "specific", "parent", frame, "parties", both, NULL);
  amendment = kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Avenant", "kind",
                                  "amendment", "parent", specific, NULL);
  duty = kaf_fixture_create (w->a, "commitment", NULL, "convention", amendment, "party", network,
                             "text_fr", "Former", NULL);
  done = kaf_fixture_create (w->a, "fulfilment", NULL, "commitment", duty, "done_on", "2026-11-20",
                             NULL);
  article = kaf_fixture_create (w->a, "convention_article", NULL, "convention", frame, "number",
                                "1", NULL);
  g_assert_cmpuint (sync_store (w, w->a).n_rejected, ==, 0);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "convention", specific));
  g_assert_true (has (w->b, "convention", amendment));
  g_assert_true (has (w->b, "commitment", duty));
  g_assert_true (has (w->b, "fulfilment", done));
  g_assert_false (has (w->b, "convention", frame));
  g_assert_false (has (w->b, "convention_article", article));
  g_assert_false (heard (w, "Kanari"));

  /* The party leaves by a correction: all of it goes. */
  update (w->a, "convention", specific, "parties", ministry);
  sync_store (w, w->a);
  g_assert_cmpuint (sync_store (w, w->b).n_dropped, ==, 4);
  g_assert_false (has (w->b, "fulfilment", done));

  /* The ministry has the framework, and what is within it. */
  g_free (grant);
  grant = g_strconcat ("organisation:", ministry, NULL);
  w->grant = grant;
  sync_store (w, w->b);
  g_assert_true (has (w->b, "convention_article", article));
  g_assert_true (has (w->b, "fulfilment", done));
}

/* A convention engages the State: who does not approve writes none, though he was a manager when he last heard of the
 * hub; what was done of it, everybody notes. */
static void
test_conventions_by_managers (void)
{
  g_autoptr (World) w = world_new ("agent", "national");
  g_autofree char *body =
      kaf_fixture_create (w->a, "organisation", NULL, "name_fr", "MRE", "kind", "ministry", NULL);
  g_autofree char *act = NULL, *duty = NULL, *done = NULL;
  g_autofree char *file = g_build_filename (w->b->folder, "copy.txt", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autofree char *attachment = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (KafVerdict) verdict = NULL;
  g_autoptr (KafVerdict) second = NULL;

  w->other_role = "manager";
  enroll (w->a, "amina", "manager");
  act = kaf_fixture_create (w->a, "convention", NULL, "title_fr", "Cadre", "kind", "framework",
                            "parties", body, NULL);
  duty = kaf_fixture_create (w->a, "commitment", NULL, "convention", act, "party", body, "text_fr",
                             "Former", NULL);
  sync_store (w, w->a);
  sync_store (w, w->b);
  enroll (w->b, "brahim", "manager");
  update (w->b, "convention", act, "ends_on", "2030-01-01");
  verdict = send_and_hear (w);
  assert_refused (verdict, "rejected", "convention", act, KAF_REFUSED_RIGHT, NULL);
  g_assert_true (g_file_set_contents (file, "signed", -1, NULL));
  enroll (w->b, "brahim", "manager");
  receipt = kaf_attachment_add (w->b->db, kaf_registry_find ("convention"), act, NULL, source, NULL,
                                NULL, &attachment, NULL, NULL);
  g_assert_nonnull (receipt);
  second = send_and_hear (w);
  assert_refused (second, "rejected", "attachment", attachment, KAF_REFUSED_RIGHT, NULL);
  done = kaf_fixture_create (w->b, "fulfilment", NULL, "commitment", duty, "done_on", "2026-11-20",
                             NULL);
  g_assert_cmpuint (sync_store (w, w->b).n_rejected, ==, 0);
  sync_store (w, w->a);
  g_assert_true (has (w->a, "fulfilment", done));
}

/* A hub of before: scopes are found when it is opened. */
static void
test_reopened (void)
{
  g_autoptr (World) w = world_new ("agent", "country:CH");
  g_autofree char *path = g_build_filename (w->folder, "hub.db", NULL);
  g_autofree char *id = make_person (w->a, "Bennis", "CH");
  g_autoptr (GError) error = NULL;

  sync_store (w, w->a);
  kaf_hub_close (w->hub);
  w->hub = kaf_hub_open (path, FALSE, w->clock, w->random, &error);
  g_assert_no_error (error);
  sync_store (w, w->b);
  g_assert_true (has (w->b, "person", id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scopes/part", test_part);
  g_test_add_func ("/scopes/moves", test_moves);
  g_test_add_func ("/scopes/moved-by-oneself", test_moved_by_oneself);
  g_test_add_func ("/scopes/members", test_members);
  g_test_add_func ("/scopes/other-grant", test_other_grant);
  g_test_add_func ("/scopes/withdrawn", test_withdrawn);
  g_test_add_func ("/scopes/fewer-classes", test_fewer_classes);
  g_test_add_func ("/scopes/pages", test_pages);
  g_test_add_func ("/scopes/typed-meanwhile", test_typed_meanwhile);
  g_test_add_func ("/scopes/typed-and-back", test_typed_and_back);
  g_test_add_func ("/scopes/typed-and-told-anew", test_typed_and_told_anew);
  g_test_add_func ("/scopes/written-blind", test_written_blind);
  g_test_add_func ("/scopes/written-before-told", test_written_before_told);
  g_test_add_func ("/scopes/unit-before-told", test_unit_before_told);
  g_test_add_func ("/scopes/foreign", test_foreign);
  g_test_add_func ("/scopes/classes", test_classes);
  g_test_add_func ("/scopes/sector", test_sector);
  g_test_add_func ("/scopes/region-and-roles", test_region_and_roles);
  g_test_add_func ("/scopes/conventions", test_conventions);
  g_test_add_func ("/scopes/conventions-by-managers", test_conventions_by_managers);
  g_test_add_func ("/scopes/reopened", test_reopened);
  return g_test_run ();
}
