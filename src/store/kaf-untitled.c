/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-untitled.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-words.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read-private.h"

static const char *
known (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

char *
kaf_untitled_years (const char *from, const char *to, KafLang lang)
{
  g_autofree char *first = known (from) != NULL ? g_strndup (from, 4) : NULL;
  g_autofree char *last = known (to) != NULL ? g_strndup (to, 4) : NULL;

  if (first != NULL && last != NULL)
    return strcmp (first, last) == 0 ? g_steal_pointer (&first)
                                     : g_strdup_printf ("%s–%s", first, last);
  if (first != NULL)
    return g_strdup_printf (kaf_words_context (lang, "mandate", "from %s on"), first);
  return last != NULL ? g_strdup_printf (kaf_words_context (lang, "mandate", "up to %s"), last)
                      : NULL;
}

static void
append (GString *text, const char *before, const char *part, const char *after)
{
  g_autofree char *isolated = known (part) != NULL ? kaf_bidi_isolate (part) : NULL;

  if (isolated != NULL)
    g_string_append_printf (text, "%s%s%s", text->len > 0 ? before : "", isolated, after);
}

/* Person, office (organisation), years. */
static char *
describe_mandate (KafDatabase *db, KafStatement *row, KafLang lang)
{
  const char *office = known (kaf_statement_text (row, 2));
  const char *office_ar = known (kaf_statement_text (row, 3));
  const char *comma = lang == KAF_LANG_AR ? "، " : ", ";
  g_autofree char *person = kaf_read_title (db, "person", kaf_statement_text (row, 0), lang);
  g_autofree char *organisation =
      kaf_read_short_title (db, "organisation", kaf_statement_text (row, 1), lang);
  g_autofree char *years =
      kaf_untitled_years (kaf_statement_text (row, 4), kaf_statement_text (row, 5), lang);
  GString *text = g_string_new (NULL);

  if ((lang == KAF_LANG_AR && office_ar != NULL) || office == NULL)
    office = office_ar;
  append (text, "", person, "");
  append (text, comma, office, "");
  append (text, " (", organisation, text->len > 0 ? ")" : "");
  append (text, comma, years, "");
  return g_string_free (text, FALSE);
}

/* Module · first day. */
static char *
describe_session (KafDatabase *db, KafStatement *row, KafLang lang)
{
  const char *day = known (kaf_statement_text (row, 1));
  g_autofree char *module =
      kaf_read_title (db, "training_module", kaf_statement_text (row, 0), lang);
  g_autofree char *date = day != NULL ? kaf_date_format (day, lang, KAF_DATE_SHORT) : NULL;
  GString *text = g_string_new (NULL);

  append (text, "", module, "");
  append (text, " · ", date, "");
  return g_string_free (text, FALSE);
}

/* An expert of a mission is called as the person is. */
static char *
describe_expert (KafDatabase *db, KafStatement *row, KafLang lang)
{
  return kaf_read_title (db, "person", kaf_statement_text (row, 0), lang);
}

/* Who is abroad · who is here. */
static char *
describe_pair (KafDatabase *db, KafStatement *row, KafLang lang)
{
  g_autofree char *expert =
      kaf_read_title (db, "mission_expert", kaf_statement_text (row, 0), lang);
  g_autofree char *here = kaf_read_title (db, "participant", kaf_statement_text (row, 1), lang);
  GString *text = g_string_new (NULL);

  append (text, "", expert, "");
  append (text, " · ", here, "");
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *entity;
  const char *columns; /* of its table, named t */
  char *(*describe) (KafDatabase *db, KafStatement *row, KafLang lang);
} untitled[] = {
  { "mandate", "t.person, t.organisation, t.office, t.office_ar, t.valid_from, t.valid_to",
    describe_mandate },
  { "training_session", "t.module, t.starts_on", describe_session },
  { "mission_expert", "t.person", describe_expert },
  { "pair", "t.expert, t.participant", describe_pair },
};

/* Its place in the table, or its length. */
static guint
find (const KafEntity *entity)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (untitled) && strcmp (untitled[i].entity, entity->id) != 0)
    i++;
  return i;
}

gboolean
kaf_untitled_is (const KafEntity *entity)
{
  return find (entity) < G_N_ELEMENTS (untitled);
}

char *
kaf_untitled_describe (KafDatabase *db, const KafEntity *entity, const char *id, KafLang lang)
{
  guint i = find (entity);
  g_autofree char *sql = NULL;
  g_autoptr (KafStatement) statement = NULL;

  g_return_val_if_fail (i < G_N_ELEMENTS (untitled), NULL);

  sql = g_strdup_printf ("SELECT %s FROM head h JOIN \"%s\" t ON t.rid = h.rid"
                         " WHERE h.id = ? AND h.entity = '%s'",
                         untitled[i].columns, entity->id, entity->id);
  statement = kaf_database_prepare (db, sql, NULL);
  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  return kaf_database_step (db, statement, NULL) ? untitled[i].describe (db, statement, lang)
                                                 : NULL;
}
