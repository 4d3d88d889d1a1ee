/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions are read as cells are: references by ref or code, dates as people write them. */
#include "config.h"

#include "cli/kaf-cli-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/kaf-cell.h"

static const struct
{
  const char *sign;
  KafOp op;
} signs[] = {
  { "!=", KAF_OP_NONE_OF }, { ">=", KAF_OP_AT_LEAST }, { "<=", KAF_OP_AT_MOST },
  { "=", KAF_OP_ANY_OF },   { "~", KAF_OP_CONTAINS },
};

/* Splits at the first sign; *sign is its place in the table, or -1. */
static char *
split (const char *text, int *sign, const char **value)
{
  gsize length = strcspn (text, "!><=~");

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text + length, signs[i].sign))
      {
        *sign = (int) i;
        *value = text + length + strlen (signs[i].sign);
        return g_strndup (text, length);
      }
  *sign = -1;
  return NULL;
}

/* One value of the condition, canonical and without a set's detail. */
static char *
parse_value (KafCellReader *cells, const KafField *field, KafOp op, const char *text)
{
  g_autofree char *canonical = NULL;
  g_autofree char *suggestion = NULL;
  g_autoptr (GError) error = NULL;

  if (op == KAF_OP_CONTAINS)
    return g_strdup (text);
  if (!kaf_cell_reader_parse (cells, field, text, NULL, &canonical, &suggestion, &error))
    {
      kaf_cli_fail_error (field, suggestion, error);
      return NULL;
    }
  if (canonical == NULL)
    return g_strdup ("");
  canonical[strcspn (canonical, "\t\n")] = '\0';
  return g_steal_pointer (&canonical);
}

static gboolean
add_condition (KafQuery *query, KafCellReader *cells, const char *text)
{
  const KafField *field;
  const char *value = NULL;
  int sign;
  g_autofree char *path = split (text, &sign, &value);
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  field = sign >= 0 ? kaf_query_resolve (kaf_query_get_entity (query), path, NULL, NULL) : NULL;
  if (field == NULL)
    {
      if (sign < 0)
        kaf_cli_fail_printf (_ ("“%s” is no condition on a field: write FIELD=VALUE."), text);
      else
        kaf_cli_fail_printf (_ ("There is no field “%s”: “kafaatctl schema %s” lists them."), path,
                             kaf_query_get_entity (query)->id);
      return FALSE;
    }
  if (*value == '\0')
    {
      kaf_query_set_condition (query, path,
                               signs[sign].op == KAF_OP_NONE_OF ? KAF_OP_SET : KAF_OP_UNSET, NULL);
      return TRUE;
    }

  words = g_strsplit (value, "|", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *one = parse_value (cells, field, signs[sign].op, words[i]);

      if (one == NULL)
        return FALSE;
      g_strv_builder_add (values, one);
    }
  all = g_strv_builder_end (values);
  kaf_query_set_condition (query, path, signs[sign].op, (const char *const *) all);
  return TRUE;
}

static gboolean
set_sort (KafQuery *query, const char *sort)
{
  static const char *const others[] = { "title",      "title_ar",   "ref", "updated_at",
                                        "created_at", "created_by", NULL };
  gboolean descending = *sort == '-';

  sort += descending;
  if (!g_strv_contains (others, sort) &&
      kaf_query_resolve (kaf_query_get_entity (query), sort, NULL, NULL) == NULL)
    {
      kaf_cli_fail_printf (_ ("There is no field “%s” to sort by."), sort);
      return FALSE;
    }
  kaf_query_set_sort (query, sort, descending);
  return TRUE;
}

KafQuery *
kaf_cli_make_query (KafCli *cli, const KafEntity *entity, GStrv where, const char *sort)
{
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (KafCellReader) cells = kaf_cell_reader_new (cli->db);

  for (; where != NULL && *where != NULL; where++)
    if (!add_condition (query, cells, *where))
      return NULL;
  if (sort != NULL && !set_sort (query, sort))
    return NULL;
  return g_steal_pointer (&query);
}
