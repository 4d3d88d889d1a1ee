/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-authors.h"

void
kaf_hub_authors_clear (KafHubAuthors *self)
{
  g_clear_pointer (&self->others, g_hash_table_unref);
}

static gboolean
is_others (const KafHubAuthors *self, const KafMark *mark)
{
  return self->others != NULL && g_hash_table_contains (self->others, &mark->seq);
}

static void
note_others (KafHubAuthors *self, const KafMark *mark)
{
  if (self->others == NULL)
    self->others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_add (self->others, g_memdup2 (&mark->seq, sizeof mark->seq));
}

gboolean
kaf_hub_authors_wrote (KafHubAuthors *self, const KafMark *mark, GError **error)
{
  g_autofree char *author = NULL;
  gint64 at;

  if (mark->seq == 0 || mark->device == 0 || is_others (self, mark) ||
      !self->storage->klass->read_author (self->storage, mark->seq, &author, &at, error))
    return FALSE;
  if (g_strcmp0 (author, self->who) == 0)
    return TRUE;
  note_others (self, mark);
  return FALSE;
}
