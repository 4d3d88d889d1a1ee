/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/kaf-match-pool.h"

struct _KafMatchPool
{
  GStringChunk *texts;
  GHashTable *given, *family; /* as written → Side */
};

/* One side of a name. What is heard of it depends on which side it is: "Med" is Mohamed as a given name alone. */
typedef struct
{
  char *written;
  KafSpokenName *spoken;
  char *key;
} Side;

static void
side_free (Side *side)
{
  g_free (side->written);
  kaf_spoken_name_free (side->spoken);
  g_free (side->key);
  g_free (side);
}

static GHashTable *
new_sides (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) side_free);
}

KafMatchPool *
kaf_match_pool_new (void)
{
  KafMatchPool *self = g_new (KafMatchPool, 1);

  self->texts = g_string_chunk_new (65536);
  self->given = new_sides ();
  self->family = new_sides ();
  return self;
}

void
kaf_match_pool_free (KafMatchPool *self)
{
  g_string_chunk_free (self->texts);
  g_hash_table_unref (self->given);
  g_hash_table_unref (self->family);
  g_free (self);
}

static void
take_side (GHashTable *sides, char **written, KafSpokenName **spoken, char **key)
{
  Side *side = *written != NULL ? g_hash_table_lookup (sides, *written) : NULL;

  if (*written == NULL)
    return;
  if (side == NULL)
    {
      side = g_new (Side, 1);
      *side = (Side){ *written, *spoken, *key };
      g_hash_table_insert (sides, side->written, side);
      return;
    }
  g_free (*written);
  kaf_spoken_name_free (*spoken);
  g_free (*key);
  *written = side->written;
  *spoken = side->spoken;
  *key = side->key;
}

/* Addresses, numbers and dates are hardly ever had twice: to look whether they are would cost more than it saves. */
static gboolean
is_common (KafMatchField field)
{
  return field != KAF_MATCH_EMAIL && field != KAF_MATCH_PHONE && field != KAF_MATCH_IDENTIFIER &&
         field != KAF_MATCH_BIRTH;
}

static char *
take_text (KafMatchPool *self, KafMatchField field, char *text)
{
  char *kept = is_common (field) ? g_string_chunk_insert_const (self->texts, text)
                                 : g_string_chunk_insert (self->texts, text);

  g_free (text);
  return kept;
}

static void
take_values (KafMatchPool *self, KafMatchField field, KafMatchValues *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      KafMatchValue *one = &values->at[i];
      gboolean alone = one->written == one->value;

      one->value = take_text (self, field, one->value);
      one->written = alone ? one->value : take_text (self, field, one->written);
    }
}

void
kaf_match_pool_take (KafMatchPool *self, KafMatchPerson *person)
{
  g_return_if_fail (!person->pooled);

  for (guint i = 0; i < person->names->len; i++)
    {
      KafMatchName *name = person->names->pdata[i];

      take_side (self->given, &name->given, &name->given_spoken, &name->given_key);
      take_side (self->family, &name->family, &name->family_spoken, &name->family_key);
    }
  for (guint field = KAF_MATCH_EMAIL; field < KAF_N_MATCH_FIELDS; field++)
    if (person->values[field] != NULL)
      take_values (self, field, person->values[field]);
  person->pooled = TRUE;
}
