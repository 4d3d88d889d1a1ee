/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-untitled.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read-private.h"

gboolean
kaf_untitled_is (const KafEntity *entity)
{
  return strcmp (entity->id, "mandate") == 0 || strcmp (entity->id, "training_session") == 0;
}

static const char *
known (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

char *
kaf_untitled_years (const char *from, const char *to)
{
  g_autofree char *first = known (from) != NULL ? g_strndup (from, 4) : NULL;
  g_autofree char *last = known (to) != NULL ? g_strndup (to, 4) : NULL;

  if (first != NULL && last != NULL)
    return strcmp (first, last) == 0 ? g_steal_pointer (&first)
                                     : g_strdup_printf ("%s–%s", first, last);
  if (first != NULL)
    return g_strdup_printf (C_ ("mandate", "from %s on"), first);
  return last != NULL ? g_strdup_printf (C_ ("mandate", "up to %s"), last) : NULL;
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
      kaf_untitled_years (kaf_statement_text (row, 4), kaf_statement_text (row, 5));
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

char *
kaf_untitled_describe (KafDatabase *db, const KafEntity *entity, const char *id, KafLang lang)
{
  gboolean mandate = strcmp (entity->id, "mandate") == 0;
  g_autoptr (KafStatement) statement = kaf_database_prepare (
      db,
      mandate ? "SELECT m.person, m.organisation, m.office, m.office_ar, m.valid_from, m.valid_to"
                " FROM head h JOIN mandate m ON m.rid = h.rid"
                " WHERE h.id = ? AND h.entity = 'mandate'"
              : "SELECT s.module, s.starts_on FROM head h JOIN training_session s ON s.rid = h.rid"
                " WHERE h.id = ? AND h.entity = 'training_session'",
      NULL);

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, id);
  if (!kaf_database_step (db, statement, NULL))
    return NULL;
  return mandate ? describe_mandate (db, statement, lang) : describe_session (db, statement, lang);
}
