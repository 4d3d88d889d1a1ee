/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-authors.h"

void
kaf_hub_authors_clear (KafHubAuthors *self)
{
  g_clear_pointer (&self->devices, g_hash_table_unref);
}

/* FALSE: it was not asked for yet. */
static gboolean
is_known (KafHubAuthors *self, guint64 device, gboolean *own)
{
  gpointer found = NULL;
  gboolean known =
      self->devices != NULL && g_hash_table_lookup_extended (self->devices, &device, NULL, &found);

  *own = GPOINTER_TO_INT (found);
  return known;
}

static void
note (KafHubAuthors *self, guint64 device, gboolean own)
{
  if (self->devices == NULL)
    self->devices = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_insert (self->devices, g_memdup2 (&device, sizeof device), GINT_TO_POINTER (own));
}

gboolean
kaf_hub_authors_wrote (KafHubAuthors *self, const KafMark *mark, GError **error)
{
  g_autofree char *author = NULL;
  gboolean own;
  gint64 at;

  if (mark->seq == 0 || mark->device == 0)
    return FALSE;
  if (is_known (self, mark->device, &own))
    return own;
  if (!self->storage->klass->read_author (self->storage, mark->seq, &author, &at, error))
    return FALSE;
  own = g_strcmp0 (author, self->who) == 0;
  note (self, mark->device, own);
  return own;
}
