/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: what a person knew of what he typed over. */
#include "config.h"

#include <string.h>

#include "ui/form/kaf-follower-private.h"

#define MARK_LENGTH 16 /* hexadecimal digits of a mark */

char *
kaf_follower_mark_unit (const KafRecord *known, const KafField *unit)
{
  const KafEntity *entity = kaf_record_get_entity (known);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const char *value = kaf_record_get_at (known, i);

      if (kaf_known_unit (entity, &entity->fields[i]) != unit)
        continue;
      /* The zero byte that ends each keeps them apart. */
      g_checksum_update (sum, (const guchar *) (value != NULL ? value : ""),
                         value != NULL ? (gssize) strlen (value) + 1 : 1);
    }
  return g_strdup_printf ("%s.%s %.*s", entity->id, unit->id, MARK_LENGTH,
                          g_checksum_get_string (sum));
}

char *
kaf_follower_mark (KafFollower *self)
{
  g_autoptr (GString) marks = g_string_new (NULL);

  g_return_val_if_fail (KAF_IS_FOLLOWER (self), NULL);

  for (guint i = 0; i < self->followed->len; i++)
    {
      KafFollowed *followed = g_ptr_array_index (self->followed, i);
      const KafEntity *entity = kaf_record_get_entity (followed->known);

      for (const KafField *field = entity->fields; field->id != NULL; field++)
        if (kaf_known_unit (entity, field) == field &&
            kaf_followed_find_touched (followed, field) != NULL)
          {
            const KafFollowerLine *line = kaf_follower_find_line (self, entity, field);
            /* What was told and not answered is told again with the draft. */
            g_autofree char *mark = line != NULL && line->mine == NULL
                                        ? g_strdup (line->mark)
                                        : kaf_follower_mark_unit (followed->known, field);

            g_string_append_printf (marks, "%s%s", marks->len > 0 ? "\n" : "", mark);
          }
    }
  return marks->len > 0 ? g_string_free (g_steal_pointer (&marks), FALSE) : NULL;
}

/* The record with another value wherever a mark is not that of what is known: read again, the line comes of it. */
static KafRecord *
forget_marked (KafFollowed *followed, const char *const *marks)
{
  const KafEntity *entity = kaf_record_get_entity (followed->known);
  KafRecord *before = kaf_record_copy (followed->known);

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      g_autofree char *mark = kaf_follower_mark_unit (followed->known, field);
      gsize name = strlen (mark) - MARK_LENGTH;

      if (kaf_known_unit (entity, field) != field)
        continue;
      for (guint i = 0; marks[i] != NULL; i++)
        if (strncmp (marks[i], mark, name) == 0 && strcmp (marks[i], mark) != 0)
          kaf_record_set (before, field->id, marks[i]);
    }
  return before;
}

void
kaf_follower_recall (KafFollower *self, const char *mark)
{
  g_auto (GStrv) marks = NULL;

  g_return_if_fail (KAF_IS_FOLLOWER (self));

  if (mark == NULL)
    return;
  marks = g_strsplit (mark, "\n", -1);
  for (guint i = 0; i < self->followed->len; i++)
    {
      KafFollowed *followed = g_ptr_array_index (self->followed, i);
      g_autoptr (KafRecord) before = forget_marked (followed, (const char *const *) marks);

      kaf_followed_set (followed, before);
    }
  kaf_follower_read_again (self);
}
