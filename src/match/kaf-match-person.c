/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-person.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "match/kaf-match-value.h"
#include "match/kaf-name-alphabet.h"

#define CUTS_MAX 4 /* of a name in one piece */

static const char *const field_ids[KAF_N_MATCH_FIELDS] = {
  "given_name", "family_name", "email",  "phone",   "identifier",   "birth_date", "city",
  "employer",   "country",     "domain", "network", "organisation", "gender",
};

const char *
kaf_match_field_id (KafMatchField field)
{
  return field_ids[field];
}

static void
name_free (KafMatchName *name, gboolean pooled)
{
  if (pooled)
    {
      g_free (name);
      return;
    }
  g_free (name->given);
  g_free (name->family);
  g_clear_pointer (&name->given_spoken, kaf_spoken_name_free);
  g_clear_pointer (&name->family_spoken, kaf_spoken_name_free);
  g_free (name->given_key);
  g_free (name->family_key);
  g_free (name);
}

static void
values_free (KafMatchValues *values, gboolean pooled)
{
  for (guint i = 0; values != NULL && !pooled && i < values->len; i++)
    {
      if (values->at[i].written != values->at[i].value)
        g_free (values->at[i].written);
      g_free (values->at[i].value);
    }
  g_free (values);
}

KafMatchPerson *
kaf_match_person_new (const char *id)
{
  KafMatchPerson *self = g_new0 (KafMatchPerson, 1);

  self->id = g_strdup (id);
  self->names = g_malloc0 (sizeof *self->names);
  return self;
}

void
kaf_match_person_free (KafMatchPerson *self)
{
  g_free (self->id);
  for (guint i = 0; i < self->names->len; i++)
    name_free (self->names->pdata[i], self->pooled);
  g_free (self->names);
  for (guint i = 0; i < KAF_N_MATCH_FIELDS; i++)
    values_free (self->values[i], self->pooled);
  g_free (self);
}

/* ---- Names ---- */

static gboolean
says_nothing (const char *text)
{
  return text == NULL || *text == '\0' || !g_utf8_validate (text, -1, NULL);
}

static gboolean
has_spelling (const KafMatchPerson *self, const char *given, const char *family)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      const KafMatchName *name = g_ptr_array_index (self->names, i);

      if (g_strcmp0 (name->given, given) == 0 && g_strcmp0 (name->family, family) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One side of the name; FALSE when nothing can be heard of it. @full: @text as it is meant, NULL: as it is written. */
static gboolean
read_side (const char *text, const char *full, char **written, KafSpokenName **spoken, char **key)
{
  const char *said = full != NULL ? full : text;
  g_autoptr (KafSpokenName) heard = kaf_spoken_name_new (said);
  g_auto (GStrv) keys = NULL;

  if (kaf_spoken_name_is_empty (heard))
    return FALSE;
  keys = kaf_name_key_query (said);
  *written = g_strdup (text);
  *spoken = g_steal_pointer (&heard);
  *key = keys[0] != NULL ? g_strjoinv (" ", keys) : NULL;
  return TRUE;
}

static void
add_spelling (KafMatchPerson *self, const char *given, const char *family, gboolean cut)
{
  g_autofree KafMatchName *name = NULL;
  g_autofree char *full = NULL;
  gboolean any = FALSE;

  if (self->names->len >= KAF_MATCH_SPELLINGS_MAX || has_spelling (self, given, family))
    return;
  name = g_new0 (KafMatchName, 1);
  if (!says_nothing (given))
    {
      full = kaf_match_given (given);
      any |= read_side (given, full, &name->given, &name->given_spoken, &name->given_key);
    }
  if (!says_nothing (family))
    any |= read_side (family, NULL, &name->family, &name->family_spoken, &name->family_key);
  if (!any)
    return;
  name->arabic = kaf_text_is_arabic (name->family != NULL ? name->family : name->given);
  name->cut = cut;
  self->names = g_realloc (self->names,
                           sizeof *self->names + (self->names->len + 1) * sizeof (KafMatchName *));
  self->names->pdata[self->names->len++] = g_steal_pointer (&name);
}

void
kaf_match_person_add_name (KafMatchPerson *self, const char *given, const char *family)
{
  g_autofree char *first = says_nothing (given) ? NULL : g_strstrip (g_strdup (given));
  g_autofree char *last = says_nothing (family) ? NULL : g_strstrip (g_strdup (family));

  add_spelling (self, first, last, FALSE);
}

/* Whether the word goes with the one after it, so that no name is cut between them. */
static gboolean
joins_next (const char *word)
{
  KafNameWord read[KAF_NAME_WORDS];
  guint n = kaf_name_read (word, read);

  return n > 0 && (read[n - 1].role == KAF_NAME_JOINS || read[n - 1].role == KAF_NAME_ARTICLE ||
                   read[n - 1].role == KAF_NAME_TITLE);
}

static char *
join (char **words, guint from, guint to)
{
  GString *out = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (out, "%s%s", i > from ? " " : "", words[i]);
  return g_string_free (out, FALSE);
}

void
kaf_match_person_add_whole_name (KafMatchPerson *self, const char *name)
{
  g_autofree char *text = says_nothing (name) ? NULL : g_strdup (name);
  g_auto (GStrv) words = NULL;
  const char *comma;
  guint n, cuts = 0;

  if (text == NULL)
    return;
  /* "Boutjdir, Mohamed" says itself which is which. */
  comma = strchr (text, ',');
  if (comma != NULL)
    {
      g_autofree char *family = g_strndup (text, (gsize) (comma - text));

      kaf_match_person_add_name (self, comma + 1, family);
      return;
    }
  words = g_strsplit_set (g_strstrip (text), " \t\n", -1);
  n = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        g_free (words[i]);
      else
        words[n++] = words[i];
    }
  words[n] = NULL;
  for (guint i = 1; i < n && cuts < CUTS_MAX; i++)
    {
      g_autofree char *given = NULL;
      g_autofree char *family = NULL;

      if (joins_next (words[i - 1]))
        continue;
      given = join (words, 0, i);
      family = join (words, i, n);
      add_spelling (self, given, family, n > 0);
      cuts++;
    }
  if (cuts == 0)
    add_spelling (self, NULL, text, TRUE);
}

/* ---- Values ---- */

/* Takes @value, nullable. */
static gboolean
add_value (KafMatchPerson *self, KafMatchField field, char *value, const char *written)
{
  KafMatchValues *values = self->values[field];
  guint n = values != NULL ? values->len : 0;

  if (value == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_str_equal (values->at[i].value, value))
      {
        g_free (value);
        return TRUE;
      }
  values = g_realloc (values, sizeof *values + (n + 1) * sizeof *values->at);
  values->at[n].value = value;
  values->at[n].written = g_str_equal (value, written) ? value : g_strdup (written);
  values->len = n + 1;
  self->values[field] = values;
  return TRUE;
}

static char *
make_value (KafMatchField field, const char *text)
{
  switch (field)
    {
    case KAF_MATCH_EMAIL:
      return kaf_match_email (text);
    case KAF_MATCH_PHONE:
      return kaf_match_phone (text);
    case KAF_MATCH_IDENTIFIER:
      return kaf_match_identifier (text);
    case KAF_MATCH_BIRTH:
      return kaf_match_birth (text);
    case KAF_MATCH_GENDER:
      return kaf_match_gender (text);
    case KAF_MATCH_COUNTRY:
    case KAF_MATCH_DOMAIN:
      return kaf_match_word (text);
    case KAF_MATCH_GIVEN_NAME:
    case KAF_MATCH_FAMILY_NAME:
    case KAF_MATCH_CITY:
    case KAF_MATCH_EMPLOYER:
    case KAF_MATCH_NETWORK:
    case KAF_MATCH_BODY:
    case KAF_N_MATCH_FIELDS:
    default:
      return NULL;
    }
}

/* An organisation is kept by its words and by the initials of them. */
static gboolean
add_organisation (KafMatchPerson *self,
                  KafMatchField field,
                  const char *text,
                  const KafMatchAliases *aliases)
{
  char *key = kaf_match_organisation_key (text, aliases);
  g_autofree char *initials = key != NULL ? kaf_match_organisation_initials (text) : NULL;

  if (initials != NULL)
    add_value (self, field, g_strconcat (KAF_MATCH_INITIALS, initials, NULL), text);
  return add_value (self, field, key, text);
}

gboolean
kaf_match_person_add_known (KafMatchPerson *self,
                            KafMatchField field,
                            const char *text,
                            const KafMatchAliases *aliases)
{
  g_return_val_if_fail (field > KAF_MATCH_FAMILY_NAME && field < KAF_N_MATCH_FIELDS, FALSE);

  if (says_nothing (text))
    return FALSE;
  if (field == KAF_MATCH_EMPLOYER || field == KAF_MATCH_NETWORK || field == KAF_MATCH_BODY)
    return add_organisation (self, field, text, aliases);
  if (field == KAF_MATCH_CITY)
    {
      const char *known = kaf_match_aliases_find (aliases, KAF_MATCH_ALIAS_CITY, text);

      return add_value (self, field, kaf_match_city (known != NULL ? known : text), text);
    }
  if (field == KAF_MATCH_COUNTRY)
    {
      const char *known = kaf_match_aliases_find (aliases, KAF_MATCH_ALIAS_COUNTRY, text);

      return add_value (self, field, kaf_match_word (known != NULL ? known : text), text);
    }
  return add_value (self, field, make_value (field, text), text);
}

gboolean
kaf_match_person_add (KafMatchPerson *self, KafMatchField field, const char *text)
{
  return kaf_match_person_add_known (self, field, text, NULL);
}

const char *
kaf_match_person_get (const KafMatchPerson *self, KafMatchField field)
{
  return self->values[field] != NULL ? self->values[field]->at[0].value : NULL;
}
