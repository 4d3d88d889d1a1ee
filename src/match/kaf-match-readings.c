/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person of one text each, as it was read: nothing is read here in a way of its own. */
#include "config.h"

#include "match/kaf-match-readings.h"

struct _KafMatchReadings
{
  const KafMatchAliases *aliases;
  GHashTable *texts[KAF_N_MATCH_FIELDS]; /* text → KafMatchPerson; NULL: none yet */
  guint n;
};

KafMatchReadings *
kaf_match_readings_new (const KafMatchAliases *aliases)
{
  KafMatchReadings *self = g_new0 (KafMatchReadings, 1);

  self->aliases = aliases;
  return self;
}

void
kaf_match_readings_free (KafMatchReadings *self)
{
  for (guint i = 0; i < KAF_N_MATCH_FIELDS; i++)
    g_clear_pointer (&self->texts[i], g_hash_table_unref);
  g_free (self);
}

static KafMatchPerson *
read_text (KafMatchReadings *self, KafMatchField field, const char *text)
{
  KafMatchPerson *person = kaf_match_person_new (NULL);

  if (field == KAF_MATCH_GIVEN_NAME)
    kaf_match_person_add_name (person, text, NULL);
  else if (field == KAF_MATCH_FAMILY_NAME)
    kaf_match_person_add_name (person, NULL, text);
  else
    kaf_match_person_add_known (person, field, text, self->aliases);
  return person;
}

/* @text alone in its column. */
static const KafMatchPerson *
find_text (KafMatchReadings *self, KafMatchField field, const char *text)
{
  GHashTable **texts = &self->texts[field];
  KafMatchPerson *known;

  if (*texts == NULL)
    *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                    (GDestroyNotify) kaf_match_person_free);
  known = g_hash_table_lookup (*texts, text);
  if (known != NULL)
    return known;
  known = read_text (self, field, text);
  g_hash_table_insert (*texts, g_strdup (text), known);
  self->n++;
  return known;
}

gboolean
kaf_match_readings_name (KafMatchReadings *self,
                         const char *given,
                         const char *family,
                         KafMatchName *name)
{
  const KafMatchPerson *first =
      given != NULL ? find_text (self, KAF_MATCH_GIVEN_NAME, given) : NULL;
  const KafMatchPerson *last =
      family != NULL ? find_text (self, KAF_MATCH_FAMILY_NAME, family) : NULL;
  const KafMatchName *one = NULL;

  *name = (KafMatchName){ .given = NULL };
  if (first != NULL && first->names->len > 0)
    {
      one = g_ptr_array_index (first->names, 0);
      name->given = one->given;
      name->given_spoken = one->given_spoken;
      name->given_key = one->given_key;
      name->arabic = one->arabic;
    }
  if (last != NULL && last->names->len > 0)
    {
      one = g_ptr_array_index (last->names, 0);
      name->family = one->family;
      name->family_spoken = one->family_spoken;
      name->family_key = one->family_key;
      name->arabic = one->arabic;
    }
  return one != NULL;
}

KafMatchValues *
kaf_match_readings_values (KafMatchReadings *self, KafMatchField field, const char *text)
{
  g_return_val_if_fail (field > KAF_MATCH_FAMILY_NAME && field < KAF_N_MATCH_FIELDS, NULL);

  return text != NULL ? find_text (self, field, text)->values[field] : NULL;
}

guint
kaf_match_readings_get_n (const KafMatchReadings *self)
{
  return self->n;
}
