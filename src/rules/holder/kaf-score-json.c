/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of rules as text (see kaf-score.h for its form), and the one that stands where none was published. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "base/kaf-validation-error.h"
#include "record/kaf-json-in.h"
#include "rules/holder/kaf-score-rules.h"

#define SIZE_MAX_BYTES (256 * 1024)
#define DEPTH_MAX 8

/* What is none of them is by another program, which would score otherwise. */
static const char *const set_members[] = { "half_life", "tiers", "relay", "criteria", NULL };
static const char *const tier_members[] = { "by", "potential", "engagement", NULL };
static const char *const criterion_members[] = { "axis",   "fact",     "label", "question", "bands",
                                                 "points", "answered", "most",  "only",     NULL };

/* [p]: to be confirmed by the ministry. Each axis sums up to 100; a file of which
 * nothing is known is in the middle, and not high. Amounts in dirhams. No list of priority territories is
 * written down yet: none is guessed. */
static const char default_rules[] =
    "{\"half_life\":90,"
    "\"tiers\":{\"by\":\"threshold\",\"potential\":55,\"engagement\":50},"
    "\"relay\":6,"
    "\"criteria\":["
    "{\"axis\":\"potential\",\"fact\":\"jobs\",\"bands\":[[1,8],[5,15],[15,20],[50,25]]},"
    "{\"axis\":\"potential\",\"fact\":\"funded_share\",\"bands\":[[1,5],[20,12],[40,20],[70,25]]},"
    "{\"axis\":\"potential\",\"fact\":\"land\","
    "\"points\":{\"secured\":15,\"none_needed\":15,\"opinion\":8,\"sought\":3}},"
    "{\"axis\":\"potential\",\"fact\":\"market_studied\",\"points\":{\"yes\":10,\"no\":0}},"
    "{\"axis\":\"potential\",\"fact\":\"experience_years\",\"bands\":[[2,3],[5,7],[10,10]]},"
    "{\"axis\":\"potential\",\"fact\":\"stage\",\"points\":{\"idea\":0,\"study\":3,\"file\":7,"
    "\"finance\":10,\"licence\":10,\"launched\":5,\"abandoned\":0}},"
    "{\"axis\":\"potential\",\"fact\":\"amount\",\"bands\":[[500000,2],[2000000,5]]},"
    "{\"axis\":\"engagement\",\"fact\":\"contacts\",\"points\":{\"call\":12,\"message\":6,"
    "\"email\":6,\"meeting\":20,\"visit\":22,\"letter\":6,\"referral\":12},"
    "\"answered\":150,\"most\":50},"
    "{\"axis\":\"engagement\",\"fact\":\"file_completed\",\"points\":25},"
    "{\"axis\":\"engagement\",\"fact\":\"last_outcome\",\"points\":{\"interested\":10,"
    "\"documents\":10,\"answered\":6,\"call_back\":4,\"no_answer\":0,\"declined\":0}},"
    "{\"axis\":\"engagement\",\"fact\":\"next_action\",\"points\":{\"yes\":5,\"no\":0}},"
    "{\"axis\":\"engagement\",\"fact\":\"horizon\","
    "\"points\":{\"now\":10,\"soon\":5,\"later\":0}},"
    "{\"axis\":\"relay\",\"fact\":\"relay_willing\",\"points\":{\"yes\":30,\"no\":0}},"
    "{\"axis\":\"relay\",\"fact\":\"relay_reach\",\"bands\":[[10,10],[50,20],[200,30]]},"
    "{\"axis\":\"relay\",\"fact\":\"memberships\",\"bands\":[[1,10],[2,15]]},"
    "{\"axis\":\"relay\",\"fact\":\"mandates\",\"bands\":[[1,15]]},"
    "{\"axis\":\"relay\",\"fact\":\"brought\",\"bands\":[[1,5],[5,10]]}"
    "]}";

const KafScoreRules *
kaf_score_rules_default (void)
{
  static gsize once = 0;
  static KafScoreRules *rules = NULL;

  if (g_once_init_enter (&once))
    {
      rules = kaf_score_rules_parse (default_rules, NULL);
      g_assert (rules != NULL);
      g_once_init_leave (&once, 1);
    }
  return rules;
}

static gboolean
bad (GError **error, const char *sentence)
{
  g_set_error_literal (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE, sentence);
  return FALSE;
}

static JsonObject *
get_object (JsonObject *in, const char *name)
{
  JsonNode *node = json_object_get_member (in, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_string (JsonObject *in, const char *name)
{
  JsonNode *node = json_object_get_member (in, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
take_integer (JsonNode *node, gint64 *value)
{
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

/* What is missing stays as it is. What is out of the range of all that is allowed is made so that the check says so. */
static gboolean
get_integer (JsonObject *in, const char *name, int *value)
{
  JsonNode *node = json_object_get_member (in, name);
  gint64 number;

  if (node == NULL)
    return TRUE;
  if (!take_integer (node, &number))
    return FALSE;
  *value = (int) CLAMP (number, G_MININT, G_MAXINT);
  return TRUE;
}

static char *
dup_words (JsonObject *in, const char *name, const char *lang)
{
  JsonObject *words = get_object (in, name);
  const char *text = words != NULL ? get_string (words, lang) : NULL;

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
read_bands (JsonObject *in, KafScoreCriterion *criterion)
{
  JsonNode *node = json_object_get_member (in, "bands");
  JsonArray *bands =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node != NULL && bands == NULL)
    return FALSE;
  for (guint i = 0; bands != NULL && i < json_array_get_length (bands); i++)
    {
      JsonNode *element = json_array_get_element (bands, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
      gint64 from, points;

      if (pair == NULL || json_array_get_length (pair) != 2 ||
          !take_integer (json_array_get_element (pair, 0), &from) ||
          !take_integer (json_array_get_element (pair, 1), &points))
        return FALSE;
      kaf_score_criterion_add_band (criterion, from, (int) CLAMP (points, G_MININT, G_MAXINT));
    }
  return TRUE;
}

static gboolean
read_points (JsonObject *in, KafScoreCriterion *criterion)
{
  JsonNode *node = json_object_get_member (in, "points");
  JsonObject *points = get_object (in, "points");
  g_autoptr (GList) codes = NULL;

  if (points == NULL)
    return node == NULL || get_integer (in, "points", &criterion->points);
  codes = json_object_get_members (points);
  for (GList *code = codes; code != NULL; code = code->next)
    {
      gint64 number;

      if (!take_integer (json_object_get_member (points, code->data), &number))
        return FALSE;
      kaf_score_criterion_set_choice (criterion, code->data,
                                      (int) CLAMP (number, G_MININT, G_MAXINT));
    }
  return TRUE;
}

static gboolean
read_only (JsonObject *in, KafScoreCriterion *criterion)
{
  JsonNode *node = json_object_get_member (in, "only");
  JsonArray *codes =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (codes == NULL)
    return FALSE;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (codes); i++)
    {
      JsonNode *code = json_array_get_element (codes, i);

      if (json_node_get_value_type (code) != G_TYPE_STRING)
        return FALSE;
      g_strv_builder_add (builder, json_node_get_string (code));
    }
  if (json_array_get_length (codes) > 0)
    criterion->only = g_strv_builder_end (builder);
  return TRUE;
}

/* What is wrong is told by number where its fact is not known, else by the name of the fact. */
static KafScoreCriterion *
read_criterion (JsonNode *node, guint i, GError **error)
{
  JsonObject *in = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *code = in != NULL ? get_string (in, "fact") : NULL;
  const KafScoreFact *fact = kaf_score_fact_find (code);
  KafScoreCriterion *self;
  int answered;

  if (fact == NULL)
    {
      g_set_error (
          error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
          _ ("Criterion %1$u asks for “%2$s”, which is not among the facts that may count."), i + 1,
          code != NULL ? code : "");
      return NULL;
    }
  self = kaf_score_criterion_new (kaf_axis_from_id (get_string (in, "axis")), fact);
  answered = (int) self->answered;
  self->label_fr = dup_words (in, "label", "fr");
  self->label_ar = dup_words (in, "label", "ar");
  self->question_fr = dup_words (in, "question", "fr");
  self->question_ar = dup_words (in, "question", "ar");
  if (kaf_json_in_has_only (in, criterion_members) && read_bands (in, self) &&
      read_points (in, self) && read_only (in, self) && get_integer (in, "most", &self->most) &&
      get_integer (in, "answered", &answered))
    {
      self->answered = answered >= 0 ? (guint) answered : G_MAXUINT;
      return self;
    }
  kaf_score_criterion_free (self);
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE,
               _ ("Criterion %1$u, “%2$s”, is not written as rules are: export a set to see how."),
               i + 1, _ (fact->label));
  return NULL;
}

static gboolean
read_criteria (KafScoreRules *self, JsonObject *in, GError **error)
{
  JsonNode *node = json_object_get_member (in, "criteria");
  JsonArray *list =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      KafScoreCriterion *one = read_criterion (json_array_get_element (list, i), i, error);

      if (one == NULL)
        return FALSE;
      g_ptr_array_add (self->criteria, one);
    }
  return TRUE;
}

static gboolean
read_tiers (KafScoreRules *self, JsonObject *in, GError **error)
{
  JsonObject *tiers = get_object (in, "tiers");
  const char *by = tiers != NULL ? get_string (tiers, "by") : NULL;
  int half_life = (int) self->half_life;

  self->quota = g_strcmp0 (by, "quota") == 0;
  if (tiers == NULL || !kaf_json_in_has_only (tiers, tier_members) ||
      (!self->quota && g_strcmp0 (by, "threshold") != 0) ||
      !get_integer (tiers, "potential", &self->potential) ||
      !get_integer (tiers, "engagement", &self->engagement))
    return bad (error, _ ("Say whether tiers go by threshold or by quota, and their two limits."));
  if (!get_integer (in, "half_life", &half_life) || !get_integer (in, "relay", &self->relay))
    return bad (error, _ ("The half-life and the limit of a relay are whole numbers."));
  self->half_life = half_life > 0 ? (guint) half_life : 0;
  return TRUE;
}

KafScoreRules *
kaf_score_rules_parse (const char *json, GError **error)
{
  g_autoptr (KafScoreRules) self = g_new0 (KafScoreRules, 1);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_atomic_ref_count_init (&self->refs);
  self->criteria = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_score_criterion_free);
  self->half_life = 90;
  self->potential = self->engagement = 50;
  self->relay = 6;
  if (json != NULL && kaf_json_in_is_harmless (json, SIZE_MAX_BYTES, DEPTH_MAX, NULL))
    root = json_from_string (json, NULL);
  object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL || !kaf_json_in_has_only (object, set_members))
    {
      bad (error, _ ("This is no set of scoring rules: export one to see how it is written."));
      return NULL;
    }
  if (!read_tiers (self, object, error) || !read_criteria (self, object, error) ||
      !kaf_score_rules_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Writing */

static void
add_words (JsonBuilder *builder, const char *name, const char *french, const char *arabic)
{
  if (french == NULL && arabic == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  if (french != NULL)
    {
      json_builder_set_member_name (builder, "fr");
      json_builder_add_string_value (builder, french);
    }
  if (arabic != NULL)
    {
      json_builder_set_member_name (builder, "ar");
      json_builder_add_string_value (builder, arabic);
    }
  json_builder_end_object (builder);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_bands (JsonBuilder *builder, const GArray *bands)
{
  json_builder_set_member_name (builder, "bands");
  json_builder_begin_array (builder);
  for (guint i = 0; i < bands->len; i++)
    {
      const KafScoreBand *band = &g_array_index (bands, KafScoreBand, i);

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, band->from);
      json_builder_add_int_value (builder, band->points);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_choices (JsonBuilder *builder, const KafScoreCriterion *criterion)
{
  json_builder_set_member_name (builder, "points");
  json_builder_begin_object (builder);
  for (guint i = 0; i < criterion->choices->len; i++)
    {
      const KafScoreChoice *one = &g_array_index (criterion->choices, KafScoreChoice, i);

      add_integer (builder, one->code, one->points);
    }
  json_builder_end_object (builder);
  if (criterion->fact->kind != KAF_FACT_DECAY)
    return;
  add_integer (builder, "answered", criterion->answered);
  add_integer (builder, "most", criterion->most);
}

static void
add_criterion (JsonBuilder *builder, const KafScoreCriterion *criterion)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "axis");
  json_builder_add_string_value (builder, kaf_axis_id (criterion->axis));
  json_builder_set_member_name (builder, "fact");
  json_builder_add_string_value (builder, criterion->fact->code);
  add_words (builder, "label", criterion->label_fr, criterion->label_ar);
  add_words (builder, "question", criterion->question_fr, criterion->question_ar);
  if (criterion->fact->kind == KAF_FACT_NUMBER)
    add_bands (builder, criterion->bands);
  else if (criterion->choices->len > 0)
    add_choices (builder, criterion);
  else
    add_integer (builder, "points", criterion->points);
  if (criterion->only != NULL)
    {
      json_builder_set_member_name (builder, "only");
      json_builder_begin_array (builder);
      for (char **code = criterion->only; *code != NULL; code++)
        json_builder_add_string_value (builder, *code);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

char *
kaf_score_rules_to_json (const KafScoreRules *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_integer (builder, "half_life", self->half_life);
  json_builder_set_member_name (builder, "tiers");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "by");
  json_builder_add_string_value (builder, self->quota ? "quota" : "threshold");
  add_integer (builder, "potential", self->potential);
  add_integer (builder, "engagement", self->engagement);
  json_builder_end_object (builder);
  add_integer (builder, "relay", self->relay);
  json_builder_set_member_name (builder, "criteria");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->criteria->len; i++)
    add_criterion (builder, g_ptr_array_index (self->criteria, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}
