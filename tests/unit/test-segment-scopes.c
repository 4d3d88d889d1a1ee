/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where segments stand: a private one with its owner, its lists and who is in them there too and nowhere else. */
#include "config.h"

#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"

typedef struct
{
  KafRecord *segment, *list, *member, *person;
} World;

static KafRecord *
look_up (const KafEntity *entity, const char *id, gpointer data)
{
  const World *w = data;
  KafRecord *const all[] = { w->segment, w->list, w->member, w->person };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (kaf_record_get_entity (all[i]) == entity && g_str_equal (kaf_record_get_id (all[i]), id))
      return all[i];
  return NULL;
}

static KafRecord *
make (const char *entity, const char *id)
{
  KafRecord *record = kaf_record_new (kaf_registry_find (entity), id);

  kaf_record_get_stamp (record)->created_by = g_strdup ("amina");
  return record;
}

static char *
scopes_of (World *w, KafRecord *record)
{
  const KafScopeSource source = { .lookup = look_up, .data = w };
  g_auto (GStrv) scopes = kaf_scope_of (record, &source);

  return g_strjoinv (" ", scopes);
}

static void
check (gboolean shared, const char *wanted)
{
  World w = { make ("segment", "s"), make ("segment_list", "l"), make ("segment_member", "m"),
              make ("person", "p") };
  KafRecord *const all[] = { w.segment, w.list, w.member };

  kaf_record_set (w.person, "country", "DE");
  kaf_record_set (w.segment, "shared", shared ? "1" : "0");
  kaf_record_set (w.list, "segment", "s");
  kaf_record_set (w.member, "list", "l");
  kaf_record_set (w.member, "person", "p");
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *scopes = scopes_of (&w, all[i]);

      g_assert_cmpstr (scopes, ==, wanted);
    }
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    kaf_record_unref (all[i]);
  kaf_record_unref (w.person);
}

static void
test_private (void)
{
  check (FALSE, "national user:amina");
}

static void
test_shared (void)
{
  check (TRUE, "national");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-scopes/private", test_private);
  g_test_add_func ("/segment-scopes/shared", test_shared);
  return g_test_run ();
}
