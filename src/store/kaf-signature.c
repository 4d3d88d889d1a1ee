/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-signature.h"

#include <string.h>

#include "base/kaf-bidi.h"
#include "store/kaf-database-private.h"
#include "store/kaf-read.h"

static const char *const languages[] = {
  [KAF_LANG_FR] = "fr", [KAF_LANG_AR] = "ar", [KAF_LANG_EN] = "en"
};

static gboolean
holds (KafDay from, KafDay to, KafDay day)
{
  return (from == KAF_DAY_UNKNOWN || from <= day) && (to == KAF_DAY_UNKNOWN || to >= day);
}

/* Of several that held on the day, the one that began last. */
static char *
find_dated_name (KafDatabase *db, const char *organisation, KafDay day, const char *language)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            "SELECT name, valid_from, valid_to FROM organisation_name"
                            " WHERE organisation = ? AND language = ? AND deleted_at IS NULL",
                            NULL);
  g_autofree char *name = NULL;
  KafDay latest = KAF_DAY_UNKNOWN;

  if (statement == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, organisation);
  kaf_statement_bind_text (statement, 2, language);
  while (kaf_database_step (db, statement, NULL))
    {
      KafDay from = kaf_day_parse (kaf_statement_text (statement, 1));
      KafDay to = kaf_day_parse_end (kaf_statement_text (statement, 2));

      if (!holds (from, to, day) || (name != NULL && from < latest))
        continue;
      g_free (name);
      name = g_strdup (kaf_statement_text (statement, 0));
      latest = from;
    }
  return g_steal_pointer (&name);
}

char *
kaf_read_name_on (KafDatabase *db, const char *organisation, KafDay day, KafLang lang)
{
  char *name = NULL;

  if (organisation == NULL)
    return NULL;
  if (day != KAF_DAY_UNKNOWN)
    name = find_dated_name (db, organisation, day, languages[lang]);
  /* In English an organisation is called by its French name. */
  if (name == NULL && day != KAF_DAY_UNKNOWN && lang == KAF_LANG_EN)
    name = find_dated_name (db, organisation, day, languages[KAF_LANG_FR]);
  return name != NULL ? name : kaf_read_title (db, "organisation", organisation, lang);
}

static char *
read_office (KafDatabase *db, const char *mandate, KafLang lang)
{
  g_autoptr (KafStatement) statement =
      kaf_database_prepare (db,
                            "SELECT m.office, m.office_ar FROM head h"
                            " JOIN mandate m ON m.rid = h.rid"
                            " WHERE h.id = ? AND h.entity = 'mandate'",
                            NULL);
  const char *latin, *arabic;

  if (statement == NULL || mandate == NULL)
    return NULL;
  kaf_statement_bind_text (statement, 1, mandate);
  if (!kaf_database_step (db, statement, NULL))
    return NULL;
  latin = kaf_statement_text (statement, 0);
  arabic = kaf_statement_text (statement, 1);
  if (lang == KAF_LANG_AR)
    return g_strdup (arabic != NULL ? arabic : latin);
  return g_strdup (latin != NULL ? latin : arabic);
}

KafSignature *
kaf_signature_read (KafDatabase *db, const KafSignatory *signatory, KafDay day, KafLang lang)
{
  KafSignature *self = g_new0 (KafSignature, 1);

  if (signatory->signed_on != KAF_DAY_UNKNOWN)
    day = signatory->signed_on;
  self->person =
      signatory->person != NULL ? kaf_read_title (db, "person", signatory->person, lang) : NULL;
  self->office = read_office (db, signatory->mandate, lang);
  self->organisation = kaf_read_name_on (db, signatory->organisation, day, lang);
  self->in_office = signatory->organisation != NULL && day != KAF_DAY_UNKNOWN &&
                    holds (signatory->from, signatory->to, day);
  return self;
}

void
kaf_signature_free (KafSignature *self)
{
  g_free (self->person);
  g_free (self->office);
  g_free (self->organisation);
  g_free (self);
}

static void
append (GString *text, const char *before, const char *part, const char *after)
{
  g_autofree char *isolated = part != NULL ? kaf_bidi_isolate (part) : NULL;

  if (isolated != NULL)
    g_string_append_printf (text, "%s%s%s", text->len > 0 ? before : "", isolated, after);
}

char *
kaf_signature_describe (const KafSignature *self, KafLang lang)
{
  GString *text = g_string_new (NULL);

  append (text, "", self->person, "");
  append (text, lang == KAF_LANG_AR ? "، " : ", ", self->office, "");
  append (text, " (", self->organisation, text->len > 0 ? ")" : "");
  return g_string_free (text, FALSE);
}
