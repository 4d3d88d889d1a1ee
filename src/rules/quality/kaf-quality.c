/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/quality/kaf-quality.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  AGE,   /* confirmed between two bounds */
  UNSET, /* nothing is known in any of the fields */
  SET,   /* something is known in all of them */
} Kind;

typedef struct
{
  const char *id, *label;
  const char *asked; /* nullable */
  guint gain;
  Kind kind;
  int from, to;          /* months back; -1: without end */
  const char *fields[3]; /* paths; NULL-terminated */
} Measure;

#define CONFIRMED "confirmed_on"
#define CONFIRMATION N_ ("Confirmation")

static const Measure measures[KAF_QUALITY_N_MEASURES] = {
  [KAF_QUALITY_FRESH] = { "fresh", N_ ("Confirmed in the last 12 months"), NULL, 0, AGE, 0, 12 },
  [KAF_QUALITY_ONE_YEAR] = { "one_year", N_ ("One to two years ago"), CONFIRMATION, 1, AGE, 12,
                             24 },
  [KAF_QUALITY_TWO_YEARS] = { "two_years", N_ ("Two to three years ago"), CONFIRMATION, 2, AGE, 24,
                              36 },
  [KAF_QUALITY_STALE] = { "stale", N_ ("More than three years ago"), CONFIRMATION, 3, AGE, 36, -1 },
  [KAF_QUALITY_NEVER] = { "never",
                          N_ ("Never confirmed"),
                          CONFIRMATION,
                          3,
                          UNSET,
                          0,
                          0,
                          { CONFIRMED } },
  [KAF_QUALITY_OLD] = { "old", N_ ("Not confirmed for 12 months"), NULL, 0, AGE, 12, -1 },
  [KAF_QUALITY_UNVERIFIED] = { "unverified",
                               N_ ("Not verified"),
                               N_ ("Verification"),
                               1,
                               UNSET,
                               0,
                               0,
                               { "verified_on" } },
  [KAF_QUALITY_NO_CONTACT] = { "no_contact",
                               N_ ("Neither phone nor e-mail"),
                               N_ ("Phone or e-mail"),
                               2,
                               UNSET,
                               0,
                               0,
                               { "phones", "emails" } },
  [KAF_QUALITY_NO_COUNTRY] = { "no_country",
                               N_ ("Without country of residence"),
                               N_ ("Country of residence"),
                               1,
                               UNSET,
                               0,
                               0,
                               { "country" } },
  [KAF_QUALITY_NO_DOMAIN] = { "no_domain",
                              N_ ("Without domain"),
                              N_ ("Domains"),
                              2,
                              UNSET,
                              0,
                              0,
                              { "domains" } },
  [KAF_QUALITY_NO_LANGUAGE] = { "no_language",
                                N_ ("Without language"),
                                N_ ("Languages"),
                                1,
                                UNSET,
                                0,
                                0,
                                { "languages" } },
  [KAF_QUALITY_NO_LATIN] = { "no_latin",
                             N_ ("Without name in Latin script"),
                             N_ ("Name in Latin script"),
                             1,
                             UNSET,
                             0,
                             0,
                             { "family_name" } },
  [KAF_QUALITY_NO_ARABIC] = { "no_arabic",
                              N_ ("Without Arabic name"),
                              N_ ("Name in Arabic"),
                              1,
                              UNSET,
                              0,
                              0,
                              { "family_name_ar" } },
  [KAF_QUALITY_NO_CONSENT] = { "no_consent",
                               N_ ("Without consent on file"),
                               N_ ("Consent"),
                               2,
                               UNSET,
                               0,
                               0,
                               { "consent.given_on" } },
  [KAF_QUALITY_NO_CV] = { "no_cv",
                          N_ ("Without curriculum vitae"),
                          N_ ("Curriculum vitae"),
                          2,
                          UNSET,
                          0,
                          0,
                          { "cv" } },
  [KAF_QUALITY_BOTH_SCRIPTS] = { "both_scripts",
                                 N_ ("Names in both scripts"),
                                 NULL,
                                 0,
                                 SET,
                                 0,
                                 0,
                                 { "family_name", "family_name_ar" } },
};

const char *
kaf_quality_id (KafQualityMeasure measure)
{
  g_return_val_if_fail (measure < KAF_QUALITY_N_MEASURES, NULL);
  return measures[measure].id;
}

KafQualityMeasure
kaf_quality_parse (const char *id)
{
  for (guint i = 0; i < KAF_QUALITY_N_MEASURES; i++)
    if (g_strcmp0 (id, measures[i].id) == 0)
      return i;
  return KAF_QUALITY_N_MEASURES;
}

const char *
kaf_quality_label (KafQualityMeasure measure)
{
  g_return_val_if_fail (measure < KAF_QUALITY_N_MEASURES, NULL);
  return measures[measure].label;
}

const char *
kaf_quality_asked (KafQualityMeasure measure)
{
  g_return_val_if_fail (measure < KAF_QUALITY_N_MEASURES, NULL);
  return measures[measure].asked;
}

guint
kaf_quality_gain (KafQualityMeasure measure)
{
  g_return_val_if_fail (measure < KAF_QUALITY_N_MEASURES, 0);
  return measures[measure].gain;
}

gboolean
kaf_quality_concerns (const KafEntity *entity, KafQualityMeasure measure)
{
  g_return_val_if_fail (measure < KAF_QUALITY_N_MEASURES, FALSE);

  if (!g_str_equal (kaf_entity_get_root (entity)->id, "person"))
    return FALSE;
  for (const char *const *path = measures[measure].fields; *path != NULL; path++)
    if (kaf_query_resolve (entity, *path, NULL, NULL) == NULL)
      return FALSE;
  return TRUE;
}

/* Adds to what is asked already, as chips where there is room for them. @nodes: (transfer full) */
static KafQuery *
add_all (const KafQuery *of, KafNode *nodes)
{
  g_autoptr (KafNode) more = nodes;
  g_autoptr (KafNode) tree = kaf_query_get_tree (of);
  KafQuery *query = kaf_query_copy (of);

  if (tree->kind != KAF_NODE_ALL)
    {
      KafNode *all = kaf_node_new_group (KAF_NODE_ALL);

      kaf_node_add (all, g_steal_pointer (&tree));
      tree = all;
    }
  for (guint i = 0; i < more->children->len; i++)
    kaf_node_add (tree, kaf_node_copy (g_ptr_array_index (more->children, i)));
  kaf_query_set_tree (query, tree);
  return query;
}

static void
add_condition (KafNode *nodes, const char *path, KafOp op, const char *value)
{
  const char *values[] = { value, NULL };

  kaf_node_add (nodes, kaf_node_new_condition (path, op, value != NULL ? values : NULL));
}

/* Both days count with it. */
static void
add_age (KafNode *nodes, const Measure *measure, KafDay day)
{
  g_autofree char *least =
      measure->to < 0 ? NULL : kaf_day_to_iso (kaf_day_add_months (day, -measure->to) + 1);
  g_autofree char *most =
      measure->from == 0 ? NULL : kaf_day_to_iso (kaf_day_add_months (day, -measure->from));

  if (least != NULL)
    add_condition (nodes, CONFIRMED, KAF_OP_AT_LEAST, least);
  if (most != NULL)
    add_condition (nodes, CONFIRMED, KAF_OP_AT_MOST, most);
}

KafQuery *
kaf_quality_list (const KafQuery *of, KafQualityMeasure measure, KafDay day)
{
  KafNode *nodes;
  const Measure *self;

  g_return_val_if_fail (of != NULL && measure < KAF_QUALITY_N_MEASURES, NULL);

  self = &measures[measure];
  nodes = kaf_node_new_group (KAF_NODE_ALL);
  if (self->kind == AGE)
    add_age (nodes, self, day);
  for (const char *const *path = self->fields; *path != NULL; path++)
    add_condition (nodes, *path, self->kind == SET ? KAF_OP_SET : KAF_OP_UNSET, NULL);
  return add_all (of, nodes);
}

/* "A phone or an e-mail": one of several fields is enough. (transfer full) */
static KafNode *
any_known (const Measure *measure)
{
  KafNode *any = kaf_node_new_group (KAF_NODE_ANY);

  for (const char *const *path = measure->fields; *path != NULL; path++)
    add_condition (any, *path, KAF_OP_SET, NULL);
  return any;
}

KafQuery *
kaf_quality_known (const KafQuery *of, KafQualityMeasure measure)
{
  KafNode *nodes;

  g_return_val_if_fail (of != NULL, NULL);
  g_return_val_if_fail (measure >= KAF_QUALITY_FIRST_LACK && measure <= KAF_QUALITY_LAST_LACK,
                        NULL);

  nodes = kaf_node_new_group (KAF_NODE_ALL);
  if (measures[measure].fields[1] == NULL)
    add_condition (nodes, measures[measure].fields[0], KAF_OP_SET, NULL);
  else
    kaf_node_add (nodes, any_known (&measures[measure]));
  return add_all (of, nodes);
}

KafQuery *
kaf_quality_askable (const KafQuery *of)
{
  static const char *const out[] = { "opposed", "erased", NULL };
  KafNode *nodes;
  KafQuery *query;

  g_return_val_if_fail (of != NULL, NULL);

  nodes = kaf_node_new_group (KAF_NODE_ALL);
  kaf_node_add (nodes, kaf_node_new_condition ("status", KAF_OP_NONE_OF, out));
  kaf_node_add (nodes, any_known (&measures[KAF_QUALITY_NO_CONTACT]));
  query = add_all (of, nodes);
  kaf_query_set_sort (query, KAF_QUALITY_MISSING, TRUE);
  return query;
}

KafQuery *
kaf_quality_narrow (const KafQuery *of, const char *path, KafOp op, const char *value)
{
  KafNode *nodes;

  g_return_val_if_fail (of != NULL && path != NULL, NULL);

  nodes = kaf_node_new_group (KAF_NODE_ALL);
  add_condition (nodes, path, op, value);
  return add_all (of, nodes);
}
