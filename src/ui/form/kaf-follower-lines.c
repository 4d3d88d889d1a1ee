/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others made of a field that a person typed in, under its row. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/form/kaf-follower-private.h"
#include "ui/form/kaf-news-format.h"

void
kaf_follower_line_free (KafFollowerLine *self)
{
  g_free (self->sentence);
  g_free (self->mark);
  g_clear_pointer (&self->mine, g_hash_table_unref);
  g_free (self);
}

KafFollowerLine *
kaf_follower_find_line (KafFollower *self, const KafEntity *entity, const KafField *unit)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      KafFollowerLine *line = g_ptr_array_index (self->lines, i);

      if (line->entity == entity && line->field == unit)
        return line;
    }
  return NULL;
}

void
kaf_follower_drop_line (KafFollower *self, const KafEntity *entity, const KafField *unit)
{
  KafFollowerLine *line = kaf_follower_find_line (self, entity, unit);

  if (line == NULL)
    return;
  kaf_field_row_set_news (line->row, NULL, NULL);
  g_ptr_array_remove (self->lines, line);
}

/* @known: as it was before the news. */
void
kaf_follower_show_line (KafFollower *self,
                        const KafRecord *known,
                        KafFieldRow *row,
                        const KafNews *news)
{
  KafFollowerLine *before = kaf_follower_find_line (self, news->entity, news->field);
  KafFollowerLine *line = g_new0 (KafFollowerLine, 1);

  line->entity = news->entity;
  line->field = news->field;
  line->row = before != NULL ? before->row : row;
  line->sentence = kaf_news_format (news);
  line->mark = before != NULL && before->mine == NULL ? g_strdup (before->mark)
                                                      : kaf_follower_mark_unit (known, news->field);
  kaf_follower_drop_line (self, news->entity, news->field);
  g_ptr_array_add (self->lines, line);
  kaf_field_row_set_news (line->row, line->sentence, _ ("Take Theirs"));
}

static void
take_theirs (KafFollower *self, KafFollowerLine *line)
{
  KafFollowed *followed = kaf_follower_find (self, line->entity);
  g_autoptr (GString) typed = g_string_new (NULL);
  g_autofree char *value = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *shown = NULL;

  line->mine = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < followed->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (followed->rows, i);
      const KafField *field = kaf_field_row_get_field (row);

      if (!kaf_follower_is_of (line->entity, row, line->field))
        continue;
      if (kaf_field_row_is_touched (row))
        {
          char *mine = kaf_field_row_get_typed (row);

          if (*mine != '\0')
            g_string_append_printf (typed, "%s%s", typed->len > 0 ? " · " : "", mine);
          g_hash_table_insert (line->mine, row, mine);
        }
      kaf_field_row_set_value (row, kaf_record_get (followed->known, field->id), NULL);
    }
  value = kaf_bidi_isolate (typed->len > 0 ? typed->str : _ ("empty"));
  /* Translators: %s is what the person had typed. */
  sentence = g_strdup_printf (_ ("You had typed: %s"), value);
  shown = kaf_bidi_line (sentence);
  kaf_field_row_set_news (line->row, shown, _ ("Take Mine"));
}

static void
take_mine (KafFollowerLine *line)
{
  g_autoptr (GHashTable) mine = g_steal_pointer (&line->mine);
  GHashTableIter iter;
  gpointer row, typed;

  g_hash_table_iter_init (&iter, mine);
  while (g_hash_table_iter_next (&iter, &row, &typed))
    kaf_field_row_set_typed (row, typed);
  kaf_field_row_set_news (line->row, line->sentence, _ ("Take Theirs"));
}

static void
on_answered (KafFollower *self, KafFieldRow *row)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      KafFollowerLine *line = g_ptr_array_index (self->lines, i);

      if (line->row != row)
        continue;
      if (line->mine == NULL)
        take_theirs (self, line);
      else
        take_mine (line);
      kaf_field_row_focus (row);
      kaf_follower_emit_followed (self);
      return;
    }
}

/* Who took theirs and types on has let go of what was typed before. */
static void
on_row_changed (KafFollower *self, KafFieldRow *row)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const KafFollowerLine *line = g_ptr_array_index (self->lines, i);

      if (line->mine == NULL || !g_hash_table_contains (line->mine, row))
        continue;
      kaf_follower_drop_line (self, line->entity, line->field);
      return;
    }
}

void
kaf_follower_watch_row (KafFollower *self, KafFieldRow *row)
{
  g_signal_connect_object (row, "news-answered", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self, G_CONNECT_SWAPPED);
}

guint
kaf_follower_count_told (KafFollower *self)
{
  guint n = 0;

  g_return_val_if_fail (KAF_IS_FOLLOWER (self), 0);

  for (guint i = 0; i < self->lines->len; i++)
    n += ((KafFollowerLine *) g_ptr_array_index (self->lines, i))->mine == NULL ? 1 : 0;
  return n;
}

KafFieldRow *
kaf_follower_get_first_told (KafFollower *self)
{
  g_return_val_if_fail (KAF_IS_FOLLOWER (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const KafFollowerLine *line = g_ptr_array_index (self->lines, i);

      if (line->mine == NULL)
        return line->row;
    }
  return NULL;
}

gboolean
kaf_follower_tells (KafFollower *self, KafFieldRow *row)
{
  g_return_val_if_fail (KAF_IS_FOLLOWER (self), FALSE);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const KafFollowerLine *line = g_ptr_array_index (self->lines, i);

      if (line->mine == NULL && kaf_follower_is_of (line->entity, row, line->field))
        return TRUE;
    }
  return FALSE;
}
