/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as the fields of two persons, one a line: nothing crashes, one form stays one form, a score is the same from
 * either side, and no reason points to nothing. */

#include "config.h"

#include "match/kaf-match-keys.h"
#include "match/kaf-match-value.h"
#include "match/kaf-match-words.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Stops here, release build or not. */
#define CHECK(condition)                                                                           \
  do                                                                                               \
    {                                                                                              \
      if (!(condition))                                                                            \
        __builtin_trap ();                                                                         \
    }                                                                                              \
  while (0)

/* The first byte of a line chooses the field. */
static void
add_line (KafMatchPerson *person, const char *line, const KafMatchAliases *aliases)
{
  guint field = (guint8) line[0] % (KAF_N_MATCH_FIELDS + 1);
  const char *text = line + 1;
  const char *cut = strchr (text, '|');
  g_autofree char *given = cut != NULL ? g_strndup (text, (gsize) (cut - text)) : NULL;

  if (field == KAF_N_MATCH_FIELDS)
    kaf_match_person_add_whole_name (person, text);
  else if (field > KAF_MATCH_FAMILY_NAME)
    kaf_match_person_add_known (person, field, text, aliases);
  else
    kaf_match_person_add_name (person, given, cut != NULL ? cut + 1 : text);
}

static void
check_stable (const char *text)
{
  g_autofree char *email = kaf_match_email (text);
  g_autofree char *again = kaf_match_email (email);
  g_autofree char *birth = kaf_match_birth (text);
  g_autofree char *birth_again = kaf_match_birth (birth);
  g_autofree char *phone = kaf_match_phone (text);
  g_autofree char *phone_again = kaf_match_phone (phone);

  CHECK (g_strcmp0 (email, again) == 0);
  CHECK (g_strcmp0 (birth, birth_again) == 0);
  CHECK (phone == NULL || strlen (phone) <= 9);
  CHECK (phone == NULL || phone_again == NULL || strcmp (phone, phone_again) == 0);
}

static void
check_score (const KafMatchPerson *a, const KafMatchPerson *b)
{
  KafMatchScore there, back;

  kaf_match_weigh (kaf_match_model_default (), NULL, 17, a, b, &there);
  kaf_match_weigh (kaf_match_model_default (), NULL, 17, b, a, &back);
  CHECK (isfinite (there.bits) && there.probability >= 0 && there.probability <= 1);
  CHECK (fabs (there.bits - back.bits) < 1e-6);
  CHECK (there.n_reasons == back.n_reasons);
  for (guint i = 0; i < there.n_reasons; i++)
    CHECK (there.reasons[i].a != NULL && there.reasons[i].b != NULL);
  for (KafLang lang = KAF_LANG_EN; lang <= KAF_LANG_AR; lang++)
    {
      g_autofree char *told = kaf_match_tell (&there, lang);

      CHECK (g_utf8_validate (told, -1, NULL));
    }
}

static void
check_keys (const KafMatchPerson *person)
{
  g_autoptr (GPtrArray) keys = kaf_match_keys (person);

  for (guint i = 0; i < keys->len; i++)
    CHECK (g_utf8_validate (keys->pdata[i], -1, NULL));
  for (guint i = 1; i < keys->len; i++)
    CHECK (strcmp (keys->pdata[i - 1], keys->pdata[i]) < 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (KafMatchPerson) a = kaf_match_person_new ("a");
  g_autoptr (KafMatchPerson) b = kaf_match_person_new ("b");
  g_autoptr (KafMatchAliases) aliases = kaf_match_aliases_new ();

  kaf_match_aliases_add (aliases, KAF_MATCH_ALIAS_ORGANISATION, "DMK", "Réseau des compétences");
  if (g_utf8_validate (text, -1, NULL))
    kaf_match_aliases_read (aliases, text);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      {
        add_line (i % 2 == 0 ? a : b, lines[i], aliases);
        check_stable (lines[i]);
      }
  check_keys (a);
  check_keys (b);
  check_score (a, b);
  check_score (a, a);
  return 0;
}
