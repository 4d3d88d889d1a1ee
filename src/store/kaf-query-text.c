/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-query-text.h"

#include "base/kaf-bidi.h"
#include "base/kaf-words.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-read-private.h"

/* Values that are spelt out; the others are counted. */
#define SPELT 4

typedef struct
{
  KafDatabase *db;
  KafLang lang;
} Teller;

static char *tell_node (const Teller *self, const KafEntity *entity, const KafNode *node);

char *
kaf_query_days_text (const KafCondition *condition, KafLang lang)
{
  guint days = (guint) g_ascii_strtoull (condition->values[0], NULL, 10);

  switch (condition->op)
    {
    case KAF_OP_LAST_DAYS:
      return g_strdup_printf (
          kaf_words_plural (lang, "in the last %u day", "in the last %u days", days), days);
    case KAF_OP_NEXT_DAYS:
      return g_strdup_printf (
          kaf_words_plural (lang, "in the next %u day", "in the next %u days", days), days);
    default:
      return g_strdup_printf (
          kaf_words_plural (lang, "more than %u day ago", "more than %u days ago", days), days);
    }
}

char *
kaf_link_describe (const KafLink *link, KafLang lang)
{
  switch (link->kind)
    {
    case KAF_LINK_BELONGING:
      return g_strdup (kaf_words_get (lang, link->entity->plural));
    case KAF_LINK_REFERENCE:
      return g_strdup (kaf_words_get (lang, link->field->label));
    case KAF_LINK_FACET:
    default:
      /* Translators: what a person is besides: "also Expert". */
      return g_strdup_printf (kaf_words_context (lang, "conditions", "also %s"),
                              kaf_words_get (lang, link->entity->label));
    }
}

static char *
tell_value (const Teller *self, const KafField *field, const char *value)
{
  g_autofree char *text =
      kaf_value_format (field, value, self->lang, kaf_read_title_func, self->db);

  return kaf_bidi_isolate (text != NULL ? text : "…");
}

static char *
tell_values (const Teller *self, const KafField *field, char **values)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_strv_length (values);

  for (guint i = 0; i < n && i < SPELT; i++)
    {
      g_autofree char *one = tell_value (self, field, values[i]);

      /* Translators: between the values of a condition: "Germany or France". */
      g_string_append_printf (
          text, "%s%s", i > 0 ? kaf_words_context (self->lang, "conditions", " or ") : "", one);
    }
  if (n > SPELT)
    g_string_append_printf (text, " + %u", n - SPELT);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
tell_chosen (const Teller *self, const KafCondition *condition)
{
  guint n = g_strv_length (condition->values);

  return condition->op == KAF_OP_NONE_OF
             ? g_strdup_printf (kaf_words_plural (self->lang, "not %u chosen record",
                                                  "not %u chosen records", n),
                                n)
             : g_strdup_printf (
                   kaf_words_plural (self->lang, "%u chosen record", "%u chosen records", n), n);
}

static char *
tell_condition (const Teller *self, const KafEntity *entity, const KafCondition *condition)
{
  const KafEntity *related;
  const KafField *field = kaf_query_resolve (entity, condition->path, NULL, &related);
  g_autofree char *label = NULL;
  g_autofree char *value = NULL;

  if (field == NULL)
    return g_strdup (condition->path);
  if (g_str_equal (field->id, "id"))
    return tell_chosen (self, condition);
  label = related != NULL ? g_strdup_printf ("%s (%s)", kaf_words_get (self->lang, field->label),
                                             kaf_words_get (self->lang, related->label))
                          : g_strdup (kaf_words_get (self->lang, field->label));
  if (condition->op == KAF_OP_SET)
    return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s is known"), label);
  if (condition->op == KAF_OP_UNSET)
    return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s is unknown"), label);
  value = kaf_op_is_relative (condition->op) ? kaf_query_days_text (condition, self->lang)
          : condition->op == KAF_OP_CONTAINS ? kaf_bidi_isolate (condition->values[0])
                                             : tell_values (self, field, condition->values);
  switch (condition->op)
    {
    case KAF_OP_ANY_OF:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s is %s"), label,
                              value);
    case KAF_OP_NONE_OF:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s is not %s"), label,
                              value);
    case KAF_OP_AT_LEAST:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s from %s"), label,
                              value);
    case KAF_OP_AT_MOST:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s up to %s"), label,
                              value);
    case KAF_OP_CONTAINS:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s contains “%s”"),
                              label, value);
    default:
      /* Translators: a date, then "in the last 90 days". */
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s %s"), label, value);
    }
}

static char *
tell_children (const Teller *self, const KafEntity *entity, const GPtrArray *nodes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *one = tell_node (self, entity, g_ptr_array_index (nodes, i));

      g_string_append_printf (text, "%s%s",
                              i > 0 ? kaf_words_context (self->lang, "conditions", "; ") : "", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
tell_related (const Teller *self, const KafNode *node)
{
  g_autofree char *name = kaf_link_describe (&node->link, self->lang);
  g_autofree char *inner = tell_children (self, node->link.entity, node->children);
  gboolean bare = node->children->len == 0;

  switch (node->how)
    {
    case KAF_HOW_NONE:
      return bare
                 ? g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s – none"), name)
                 : g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s – none (%s)"),
                                    name, inner);
    case KAF_HOW_AT_LEAST:
      return bare ? g_strdup_printf (
                        kaf_words_context (self->lang, "conditions", "%s – at least %u"), name,
                        node->at_least)
                  : g_strdup_printf (
                        kaf_words_context (self->lang, "conditions", "%s – at least %u (%s)"), name,
                        node->at_least, inner);
    case KAF_HOW_SOME:
    default:
      return bare ? g_strdup (name)
                  : g_strdup_printf (kaf_words_context (self->lang, "conditions", "%s (%s)"), name,
                                     inner);
    }
}

static char *
tell_node (const Teller *self, const KafEntity *entity, const KafNode *node)
{
  g_autofree char *inner = NULL;

  if (node->kind == KAF_NODE_CONDITION)
    return tell_condition (self, entity, node->condition);
  if (node->kind == KAF_NODE_RELATED)
    return tell_related (self, node);
  inner = tell_children (self, entity, node->children);
  switch (node->kind)
    {
    case KAF_NODE_ANY:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "at least one of: (%s)"),
                              inner);
    case KAF_NODE_NONE:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "none of: (%s)"), inner);
    default:
      return g_strdup_printf (kaf_words_context (self->lang, "conditions", "all of: (%s)"), inner);
    }
}

char *
kaf_query_describe (KafDatabase *db, const KafQuery *query, KafLang lang)
{
  const Teller self = { db, lang };
  const KafEntity *entity = kaf_query_get_entity (query);
  g_autoptr (KafNode) tree = kaf_query_get_tree (query);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *inner = NULL;

  if (kaf_query_get_text (query) != NULL)
    {
      g_autofree char *quoted = kaf_bidi_isolate (kaf_query_get_text (query));

      g_string_append_printf (text, kaf_words_context (lang, "filter", "“%s”"), quoted);
    }
  inner = tree->kind == KAF_NODE_ALL ? tell_children (&self, entity, tree->children)
                                     : tell_node (&self, entity, tree);
  if (*inner != '\0')
    g_string_append_printf (
        text, "%s%s", text->len > 0 ? kaf_words_context (lang, "conditions", "; ") : "", inner);
  if (text->len == 0)
    return g_strdup_printf (kaf_words_context (lang, "conditions", "%s: all of them"),
                            kaf_words_get (lang, entity->plural));
  /* Translators: "Project holders: country of residence is Germany; …" */
  return g_strdup_printf (kaf_words_context (lang, "conditions", "%s: %s"),
                          kaf_words_get (lang, entity->plural), text->str);
}
