/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQL finds for a tree of conditions is what reading every record and asking each condition of it finds: random
 * trees over random records. And what a role may not read cannot be asked. */
#include "config.h"

#include <string.h>

#include "base/kaf-date.h"
#include "kaf-fixture.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "store/kaf-database-private.h"
#include "store/kaf-page.h"
#include "store/kaf-permit.h"
#include "store/kaf-sync-state.h"

#define N_PERSONS 60
#define N_ORGANISATIONS 8
#define N_TREES 1500
#define DAY "2026-11-22"

typedef struct
{
  KafFixture *f;
  GRand *rand;
  GPtrArray *records; /* of KafRecord, the live ones */
  GPtrArray *persons; /* ids */
  GPtrArray *organisations;
} World;

static const char *const countries[] = { "DE", "FR", "CH", "CA" };
static const char *const territories[] = { "MA-09", "MA-TIZ", "MA-AGD", "MA-07", "MA-06" };
static const char *const domains[] = { "health", "health.cardio", "ai", "law" };

static const char *
pick (World *w, const char *const *from, guint n)
{
  return from[g_rand_int_range (w->rand, 0, (gint) n)];
}

#define PICK(w, table) pick ((w), (table), G_N_ELEMENTS (table))

static gboolean
chance (World *w, double p)
{
  return g_rand_double (w->rand) < p;
}

static char *
random_day (World *w)
{
  return kaf_date_add_days (DAY, g_rand_int_range (w->rand, -200, 60));
}

static KafRecord *
load (World *w, const char *entity, const char *id)
{
  g_autoptr (GError) error = NULL;
  KafRecord *record = kaf_read_record (w->f->db, kaf_registry_find (entity), id, &error);

  g_assert_no_error (error);
  return record;
}

/* Creates it; now and then deletes it again. */
static char *
add (World *w, KafRecord *record, gboolean may_go)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const KafEntity *entity = kaf_record_get_entity (record);
  char *id;

  kaf_change_set_create (set, record);
  receipt = kaf_commit (w->f->db, set, NULL, NULL, &error);
  g_assert_no_error (error);
  id = g_strdup (g_ptr_array_index (receipt->ids, 0));
  if (may_go && chance (w, 0.15))
    {
      g_autoptr (KafChangeSet) away = kaf_change_set_new ("delete");
      g_autoptr (KafReceipt) gone = NULL;

      kaf_change_set_delete (away, entity, id);
      gone = kaf_commit (w->f->db, away, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  else
    g_ptr_array_add (w->records, load (w, entity->id, id));
  return id;
}

static void
add_lists (World *w)
{
  static const struct
  {
    const char *entity, *code, *parent;
  } items[] = {
    { "territory", "MA-09", NULL },
    { "territory", "MA-TIZ", "MA-09" },
    { "territory", "MA-AGD", "MA-09" },
    { "territory", "MA-07", NULL },
    { "territory", "MA-06", NULL },
    { "domain", "health", NULL },
    { "domain", "health.cardio", "health" },
    { "domain", "ai", NULL },
    { "domain", "law", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      const KafEntity *entity = kaf_registry_find (items[i].entity);
      g_autoptr (KafRecord) record = NULL;
      g_autofree char *id = NULL;

      if (kaf_read_exists (w->f->db, entity, items[i].code))
        continue;
      record = kaf_record_new (entity, items[i].code);
      kaf_record_set (record, "code", items[i].code);
      kaf_record_set (record, "name_fr", items[i].code);
      if (items[i].parent != NULL)
        kaf_record_set (record, "parent", items[i].parent);
      id = add (w, record, FALSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("country"), countries[i]);
      g_autofree char *id = NULL;

      if (kaf_read_exists (w->f->db, kaf_registry_find ("country"), countries[i]))
        continue;
      kaf_record_set (record, "code", countries[i]);
      kaf_record_set (record, "name_fr", countries[i]);
      id = add (w, record, FALSE);
    }
}

static void
add_facets (World *w, const char *id)
{
  if (chance (w, 0.6))
    {
      g_autoptr (KafRecord) expert = kaf_record_new (kaf_registry_find ("expert"), id);
      g_autofree char *set = g_strjoin ("\n", PICK (w, domains), NULL);
      g_autofree char *years = g_strdup_printf ("%d", g_rand_int_range (w->rand, 0, 12));
      g_autofree char *done = NULL;

      if (chance (w, 0.8))
        kaf_record_set (expert, "domains", set);
      if (chance (w, 0.7))
        kaf_record_set (expert, "years", years);
      done = add (w, expert, FALSE);
    }
  if (chance (w, 0.5))
    {
      g_autoptr (KafRecord) holder = kaf_record_new (kaf_registry_find ("project_holder"), id);
      g_autofree char *day = random_day (w);
      g_autofree char *done = NULL;

      kaf_record_set (holder, "registered_on", day);
      if (chance (w, 0.5))
        kaf_record_set (holder, "relay_willing", chance (w, 0.5) ? "1" : "0");
      done = add (w, holder, FALSE);
    }
}

static void
add_related (World *w, const char *id)
{
  for (int i = g_rand_int_range (w->rand, 0, 4); i > 0; i--)
    {
      g_autoptr (KafRecord) contact = kaf_record_new (kaf_registry_find ("contact"), NULL);
      g_autofree char *day = random_day (w);
      g_autofree char *done = NULL;

      kaf_record_set (contact, "person", id);
      kaf_record_set (contact, "held_on", day);
      kaf_record_set (contact, "channel", chance (w, 0.5) ? "call" : "email");
      kaf_record_set (contact, "subject", "x");
      done = add (w, contact, FALSE);
    }
  for (int i = g_rand_int_range (w->rand, 0, 3); i > 0; i--)
    {
      g_autoptr (KafRecord) tie = kaf_record_new (kaf_registry_find ("membership"), NULL);
      g_autofree char *done = NULL;

      kaf_record_set (tie, "person", id);
      kaf_record_set (
          tie, "network",
          g_ptr_array_index (w->organisations, g_rand_int_range (w->rand, 0, N_ORGANISATIONS / 2)));
      done = add (w, tie, TRUE);
    }
  for (int i = g_rand_int_range (w->rand, 0, 3); i > 0; i--)
    {
      g_autoptr (KafRecord) project = kaf_record_new (kaf_registry_find ("project"), NULL);
      g_autofree char *amount = g_strdup_printf ("%d %s", g_rand_int_range (w->rand, 1, 9) * 10000,
                                                 chance (w, 0.8) ? "MAD" : "EUR");
      g_autofree char *done = NULL;

      kaf_record_set (project, "person", id);
      kaf_record_set (project, "title_fr", "P");
      if (chance (w, 0.7))
        kaf_record_set (project, "territory", PICK (w, territories));
      if (chance (w, 0.7) && g_str_has_suffix (amount, "MAD"))
        kaf_record_set (project, "amount", amount);
      if (chance (w, 0.4))
        kaf_record_set (
            project, "partners",
            g_ptr_array_index (w->organisations, g_rand_int_range (w->rand, 0, N_ORGANISATIONS)));
      done = add (w, project, TRUE);
    }
}

static void
add_organisations (World *w)
{
  for (guint i = 0; i < N_ORGANISATIONS; i++)
    {
      g_autoptr (KafRecord) organisation =
          kaf_record_new (kaf_registry_find ("organisation"), NULL);
      char *id;

      kaf_record_set (organisation, "name_fr", "Org");
      kaf_record_set (organisation, "kind", "network");
      if (chance (w, 0.6))
        kaf_record_set (organisation, "country", PICK (w, countries));
      if (i > 0 && chance (w, 0.4))
        kaf_record_set (organisation, "parent", g_ptr_array_index (w->organisations, 0));
      id = add (w, organisation, FALSE);
      if (i < N_ORGANISATIONS / 2 + 1)
        {
          g_autoptr (KafRecord) network = kaf_record_new (kaf_registry_find ("network"), id);
          g_autofree char *done = NULL;

          kaf_record_set (network, "domains", PICK (w, domains));
          done = add (w, network, FALSE);
        }
      g_ptr_array_add (w->organisations, id);
    }
}

static World *
world_new (guint32 seed)
{
  World *w = g_new0 (World, 1);

  w->f = kaf_fixture_new ();
  w->rand = g_rand_new_with_seed (seed);
  w->records = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  w->persons = g_ptr_array_new_with_free_func (g_free);
  w->organisations = g_ptr_array_new_with_free_func (g_free);
  add_lists (w);
  add_organisations (w);
  for (guint i = 0; i < N_PERSONS; i++)
    {
      g_autoptr (KafRecord) person = kaf_record_new (kaf_registry_find ("person"), NULL);
      g_autofree char *day = random_day (w);
      char *id;

      kaf_record_set (person, "family_name", i % 3 == 0 ? "Alami" : "Bennis");
      if (chance (w, 0.8))
        kaf_record_set (person, "country", PICK (w, countries));
      if (chance (w, 0.7))
        kaf_record_set (person, "territory", PICK (w, territories));
      if (chance (w, 0.7))
        kaf_record_set (person, "confirmed_on", day);
      id = add (w, person, FALSE);
      g_ptr_array_add (w->persons, id);
      add_facets (w, id);
      add_related (w, id);
    }
  return w;
}

static void
world_free (World *w)
{
  g_ptr_array_unref (w->records);
  g_ptr_array_unref (w->persons);
  g_ptr_array_unref (w->organisations);
  g_rand_free (w->rand);
  kaf_fixture_free (w->f);
  g_free (w);
}

/* Reading every record */

static KafRecord *
find (World *w, const KafEntity *entity, const char *id)
{
  for (guint i = 0; id != NULL && i < w->records->len; i++)
    {
      KafRecord *record = g_ptr_array_index (w->records, i);

      if (kaf_record_get_entity (record) == entity && g_str_equal (kaf_record_get_id (record), id))
        return record;
    }
  return NULL;
}

/* The code is that, or lies below it. */
static gboolean
is_below (World *w, const KafField *field, const char *code, const char *wanted)
{
  const KafEntity *target = kaf_registry_find (field->target);
  g_autofree char *at = g_strdup (code);

  while (at != NULL)
    {
      g_autoptr (KafRecord) item = NULL;
      char *up = NULL;

      if (g_str_equal (at, wanted))
        return TRUE;
      if (target == NULL || !kaf_entity_has (target, KAF_ENTITY_LIST) ||
          kaf_entity_find_field (target, "parent") == NULL)
        return FALSE;
      item = kaf_read_record (w->f->db, target, at, NULL);
      up = item != NULL ? g_strdup (kaf_record_get (item, "parent")) : NULL;
      g_free (at);
      at = up;
    }
  return FALSE;
}

static gboolean
is_any (World *w, const KafField *field, const char *value, char **wanted)
{
  g_autoptr (GPtrArray) elements = kaf_set_parse (value);

  for (guint i = 0; i < elements->len; i++)
    for (char **one = wanted; *one != NULL; one++)
      if (is_below (w, field, ((KafElement *) g_ptr_array_index (elements, i))->value, *one))
        return TRUE;
  return FALSE;
}

static gboolean
holds_value (World *w, const KafField *field, const char *value, const KafCondition *condition)
{
  const char *first = condition->values != NULL ? condition->values[0] : NULL;
  g_autofree char *bound = NULL;
  int days = 0;

  if (condition->op == KAF_OP_UNSET)
    return value == NULL;
  if (condition->op == KAF_OP_NONE_OF)
    return value == NULL || !is_any (w, field, value, condition->values);
  if (value == NULL)
    return FALSE;
  switch (condition->op)
    {
    case KAF_OP_ANY_OF:
      return is_any (w, field, value, condition->values);
    case KAF_OP_AT_LEAST:
    case KAF_OP_AT_MOST:
      if (field->kind == KAF_KIND_INTEGER || field->kind == KAF_KIND_MONEY)
        {
          gint64 a = g_ascii_strtoll (value, NULL, 10), b = g_ascii_strtoll (first, NULL, 10);

          if (field->kind == KAF_KIND_MONEY &&
              g_strcmp0 (strchr (value, ' '), strchr (first, ' ')) != 0)
            return FALSE;
          return condition->op == KAF_OP_AT_LEAST ? a >= b : a <= b;
        }
      return condition->op == KAF_OP_AT_LEAST ? strcmp (value, first) >= 0
                                              : strcmp (value, first) <= 0;
    case KAF_OP_CONTAINS:
      return strcasestr (value, first) != NULL;
    case KAF_OP_LAST_DAYS:
    case KAF_OP_NEXT_DAYS:
    case KAF_OP_BEFORE_DAYS:
      g_assert_true (kaf_date_days_between (DAY, value, &days));
      if (condition->op == KAF_OP_LAST_DAYS)
        return days <= 0 && -days <= atoi (first);
      if (condition->op == KAF_OP_NEXT_DAYS)
        return days >= 0 && days <= atoi (first);
      return -days > atoi (first);
    default:
      return TRUE;
    }
}

static gboolean holds (World *w, const KafEntity *entity, const char *id, const KafNode *node);

static gboolean
holds_all (World *w, const KafEntity *entity, const char *id, GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    if (!holds (w, entity, id, g_ptr_array_index (nodes, i)))
      return FALSE;
  return TRUE;
}

/* How many related records satisfy. */
static guint
count_related (World *w, const KafEntity *entity, const char *id, const KafNode *node)
{
  const KafEntity *other = node->link.entity;
  const KafField *field = node->link.field;
  guint n = 0;

  if (node->link.kind == KAF_LINK_FACET)
    return find (w, other, id) != NULL && holds_all (w, other, id, node->children);
  for (guint i = 0; i < w->records->len; i++)
    {
      KafRecord *record = g_ptr_array_index (w->records, i);
      KafRecord *own = record;
      const char *wanted = id;

      if (kaf_record_get_entity (record) != other)
        continue;
      if (node->link.kind == KAF_LINK_REFERENCE)
        {
          const KafEntity *holder = kaf_entity_find_field (entity, field->id) == field
                                        ? entity
                                        : kaf_entity_get_root (entity);
          own = find (w, holder, id);
          wanted = kaf_record_get_id (record);
        }
      if (own == NULL || kaf_record_get (own, field->id) == NULL)
        continue;
      {
        g_autoptr (GPtrArray) elements = kaf_set_parse (kaf_record_get (own, field->id));
        gboolean linked = FALSE;

        for (guint e = 0; e < elements->len; e++)
          linked |= g_str_equal (((KafElement *) g_ptr_array_index (elements, e))->value, wanted);
        n += linked && holds_all (w, other, kaf_record_get_id (record), node->children);
      }
    }
  return n;
}

static gboolean
holds (World *w, const KafEntity *entity, const char *id, const KafNode *node)
{
  gboolean any = FALSE;

  switch (node->kind)
    {
    case KAF_NODE_CONDITION:
      {
        const KafEntity *holder;
        const KafField *field = kaf_query_resolve (entity, node->condition->path, &holder, NULL);
        KafRecord *record = find (w, holder, id);

        return holds_value (w, field, record != NULL ? kaf_record_get (record, field->id) : NULL,
                            node->condition);
      }
    case KAF_NODE_RELATED:
      {
        guint n = count_related (w, entity, id, node);

        return node->how == KAF_HOW_NONE   ? n == 0
               : node->how == KAF_HOW_SOME ? n > 0
                                           : n >= node->at_least;
      }
    case KAF_NODE_ALL:
      return holds_all (w, entity, id, node->children);
    default:
      for (guint i = 0; i < node->children->len; i++)
        any |= holds (w, entity, id, g_ptr_array_index (node->children, i));
      return node->children->len == 0 || any == (node->kind == KAF_NODE_ANY);
    }
}

/* Random trees */

static const struct
{
  const char *entity, *path;
} asked[] = {
  { "person", "country" },
  { "person", "territory" },
  { "person", "confirmed_on" },
  { "person", "family_name" },
  { "expert", "domains" },
  { "expert", "years" },
  { "expert", "country" },
  { "expert", "territory" },
  { "project_holder", "registered_on" },
  { "project_holder", "relay_willing" },
  { "project_holder", "country" },
  { "contact", "held_on" },
  { "contact", "channel" },
  { "project", "territory" },
  { "project", "amount" },
  { "network", "domains" },
  { "network", "country" },
  { "organisation", "country" },
  { "membership", "role" },
  { "membership", "network" },
};

static const struct
{
  const char *entity;
  KafLinkKind kind;
  const char *name;
} ways[] = {
  { "person", KAF_LINK_BELONGING, "contact.person" },
  { "person", KAF_LINK_BELONGING, "membership.person" },
  { "person", KAF_LINK_BELONGING, "project.person" },
  { "person", KAF_LINK_FACET, "expert" },
  { "expert", KAF_LINK_BELONGING, "contact.person" },
  { "expert", KAF_LINK_BELONGING, "membership.person" },
  { "expert", KAF_LINK_FACET, "project_holder" },
  { "project_holder", KAF_LINK_BELONGING, "project.person" },
  { "project_holder", KAF_LINK_FACET, "expert" },
  { "membership", KAF_LINK_REFERENCE, "network" },
  { "membership", KAF_LINK_REFERENCE, "person" },
  { "project", KAF_LINK_REFERENCE, "partners" },
  { "project", KAF_LINK_REFERENCE, "person" },
  { "contact", KAF_LINK_REFERENCE, "person" },
  { "network", KAF_LINK_BELONGING, "membership.network" },
  { "organisation", KAF_LINK_BELONGING, "project.partners" },
  { "organisation", KAF_LINK_FACET, "network" },
  { "organisation", KAF_LINK_REFERENCE, "parent" },
  { "network", KAF_LINK_REFERENCE, "parent" },
};

static char *
random_value (World *w, const KafField *field, KafOp op)
{
  if (kaf_op_is_relative (op))
    return g_strdup_printf ("%d", g_rand_int_range (w->rand, 0, 150));
  if (field->kind == KAF_KIND_DATE)
    return random_day (w);
  if (field->kind == KAF_KIND_INTEGER)
    return g_strdup_printf ("%d", g_rand_int_range (w->rand, 0, 12));
  if (field->kind == KAF_KIND_MONEY)
    return g_strdup_printf ("%d %s", g_rand_int_range (w->rand, 1, 9) * 10000,
                            chance (w, 0.9) ? "MAD" : "EUR");
  if (field->kind == KAF_KIND_BOOLEAN)
    return g_strdup (chance (w, 0.5) ? "1" : "0");
  if (field->kind == KAF_KIND_CHOICE)
    return g_strdup (chance (w, 0.5) ? "call" : "email");
  if (g_strcmp0 (field->target, "country") == 0)
    return g_strdup (PICK (w, countries));
  if (g_strcmp0 (field->target, "territory") == 0)
    return g_strdup (PICK (w, territories));
  if (g_strcmp0 (field->target, "domain") == 0)
    return g_strdup (PICK (w, domains));
  if (field->kind == KAF_KIND_REFERENCE)
    return g_strdup (
        g_ptr_array_index (w->organisations, g_rand_int_range (w->rand, 0, N_ORGANISATIONS)));
  return g_strdup (chance (w, 0.5) ? "Alami" : "enn");
}

static KafNode *
random_condition (World *w, const KafEntity *entity)
{
  for (;;)
    {
      guint i = (guint) g_rand_int_range (w->rand, 0, G_N_ELEMENTS (asked));
      KafOp op = (KafOp) g_rand_int_range (w->rand, 0, KAF_N_OPS);
      const KafField *field;
      g_autofree char *one = NULL;
      g_autofree char *two = NULL;

      if (!g_str_equal (asked[i].entity, entity->id))
        continue;
      field = kaf_query_resolve (entity, asked[i].path, NULL, NULL);
      g_assert_nonnull (field);
      if (!kaf_op_suits (op, field))
        continue;
      one = random_value (w, field, op);
      two = op <= KAF_OP_NONE_OF && chance (w, 0.5) ? random_value (w, field, op) : NULL;
      return kaf_node_new_condition (
          asked[i].path, op,
          kaf_op_takes_values (op) ? (const char *const[]){ one, two, NULL } : NULL);
    }
}

static KafNode *
random_node (World *w, const KafEntity *entity, guint depth)
{
  KafNode *node = NULL;
  double what = g_rand_double (w->rand);

  if (depth == 0 || what < 0.35)
    return random_condition (w, entity);
  if (what < 0.65)
    {
      guint start = (guint) g_rand_int_range (w->rand, 0, G_N_ELEMENTS (ways));

      for (guint i = 0; node == NULL && i < G_N_ELEMENTS (ways); i++)
        {
          guint at = (start + i) % G_N_ELEMENTS (ways);
          KafLink link;

          if (!g_str_equal (ways[at].entity, entity->id))
            continue;
          g_assert_true (kaf_link_find (entity, ways[at].kind, ways[at].name, &link));
          node = kaf_node_new_related (&link, (KafHow) g_rand_int_range (w->rand, 0, 3),
                                       (guint) g_rand_int_range (w->rand, 1, 4));
        }
    }
  if (node == NULL)
    node = kaf_node_new_group ((KafNodeKind) g_rand_int_range (w->rand, 0, 3));
  for (int i = g_rand_int_range (w->rand, 0, 4); i > 0; i--)
    kaf_node_add (node, random_node (w, kaf_node_get_inner (node, entity), depth - 1));
  return node;
}

static guint
compare_one (World *w, const KafQuery *query)
{
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (KafNode) tree = kaf_query_get_tree (query);
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = kaf_query_to_json (query);
  guint n = 0;

  rows = kaf_page_read (w->f->db, query, none, KAF_LANG_FR, 0, 1000, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (g_hash_table_add (found, ((KafRow *) g_ptr_array_index (rows, i))->id));
  for (guint i = 0; i < w->records->len; i++)
    {
      KafRecord *record = g_ptr_array_index (w->records, i);
      const char *id = kaf_record_get_id (record);

      if (kaf_record_get_entity (record) != entity)
        continue;
      if (holds (w, entity, id, tree) != g_hash_table_contains (found, id))
        g_error ("%s: %s", g_hash_table_contains (found, id) ? "too many" : "missing", json);
      n += holds (w, entity, id, tree);
    }
  g_assert_cmpint (n, ==, rows->len);
  g_assert_cmpint (kaf_page_count (w->f->db, query, &error), ==, n);
  return n;
}

static void
test_brute_force (void)
{
  static const char *const entities[] = { "person", "expert", "project_holder", "network" };
  World *w = world_new (7);
  guint some = 0;

  for (guint i = 0; i < N_TREES; i++)
    {
      const KafEntity *entity = kaf_registry_find (PICK (w, entities));
      g_autoptr (KafNode) all = kaf_node_new_group (i % 4 == 0 ? KAF_NODE_NONE : KAF_NODE_ALL);
      g_autoptr (KafQuery) query = kaf_query_new (entity);
      g_autoptr (KafQuery) again = NULL;
      g_autofree char *json = NULL;
      g_autoptr (GError) error = NULL;
      guint n;

      for (int k = g_rand_int_range (w->rand, 1, 4); k > 0; k--)
        kaf_node_add (all, random_node (w, entity, 3));
      kaf_query_set_tree (query, all);
      kaf_query_set_day (query, kaf_day_parse (DAY));
      n = compare_one (w, query);
      some += n > 0 && n < N_PERSONS / 2;

      /* And it comes back the same out of its text. */
      json = kaf_query_to_json (query);
      again = kaf_query_from_json (json, &error);
      g_assert_no_error (error);
      g_assert_true (kaf_query_equal (query, again));
    }
  /* The trees tell records apart: most do not find all or nothing. */
  g_assert_cmpuint (some, >, N_TREES / 4);
  world_free (w);
}

/* A role that does not read a class cannot find out by counting. */
static void
test_forbidden (void)
{
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("person"));
  g_autoptr (KafNode) any = kaf_node_new_group (KAF_NODE_ANY);
  g_autoptr (GError) error = NULL;
  KafLink link;
  KafNode *contacts;

  g_assert_true (
      kaf_link_find (kaf_registry_find ("person"), KAF_LINK_BELONGING, "contact.person", &link));
  contacts = kaf_node_new_related (&link, KAF_HOW_SOME, 1);
  kaf_node_add (contacts, kaf_node_new_condition ("answer", KAF_OP_CONTAINS,
                                                  (const char *const[]){ "x", NULL }));
  kaf_node_add (any, contacts);
  kaf_query_set_tree (query, any);
  g_assert_cmpint (kaf_page_count (f->db, query, &error), ==, 0);
  g_assert_no_error (error);

  kaf_fixture_be (f->db, "partner");
  g_assert_cmpint (kaf_page_count (f->db, query, &error), ==, -1);
  g_assert_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_FORBIDDEN);
  g_assert_nonnull (strstr (error->message, "Answer"));
}

static int
give_up (G_GNUC_UNUSED void *data)
{
  return 1;
}

/* Who turned away while rows were read is told so: never fewer rows, and never one that is not there. */
static void
test_turned_away (void)
{
  static const char *const columns[] = { "city", NULL };
  g_autoptr (KafFixture) f = kaf_fixture_new ();
  const KafEntity *entity = kaf_registry_find ("person");
  g_autofree char *id = kaf_fixture_create (f, "person", NULL, "family_name", "Bennis", NULL);
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GArray) rids = kaf_page_places (f->db, query, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  sqlite3_progress_handler (f->db->sql, 1, give_up, NULL);
  rows = kaf_page_rows (f->db, entity, (const guint32 *) rids->data, rids->len, columns,
                        KAF_LANG_FR, &error);
  sqlite3_progress_handler (f->db->sql, 0, NULL, NULL);
  g_assert_null (rows);
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/brute-force", test_brute_force);
  g_test_add_func ("/query/forbidden", test_forbidden);
  g_test_add_func ("/query/turned-away", test_turned_away);
  return g_test_run ();
}
