/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-erase.h"

#include "server/kaf-hub-blobs.h"

#include <string.h>

#include "schema/kaf-registry.h"
#include "server/kaf-hub-hold.h"
#include "server/kaf-hub-scopes.h"

/* Records that belong to others, found on one walk over all. */
typedef struct
{
  GPtrArray *victims; /* of KafErased */
  guint n_before;     /* of them, those whose belongings are looked for */
  gboolean added;
} Walk;

static gboolean
is_victim (GPtrArray *victims, const KafEntity *root, const char *id)
{
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);

      if (one->root == root && g_str_equal (one->id, id))
        return TRUE;
    }
  return FALSE;
}

/* Whether the part names a victim that it belongs to. */
static gboolean
belongs (GPtrArray *victims, const KafHubPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (part->record);
  const KafEntity *owner;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const KafEntity *target = kaf_registry_find (field->target);
      const char *id = kaf_record_get_at (part->record, i);

      if (kaf_field_has (field, KAF_FIELD_PARENT) && id != NULL && target != NULL &&
          is_victim (victims, kaf_entity_get_root (target), id))
        return TRUE;
    }
  if (kaf_entity_find_field (entity, "owner_entity") == NULL)
    return FALSE;
  owner = kaf_registry_find (kaf_record_get (part->record, "owner_entity"));
  return owner != NULL && kaf_record_get (part->record, "owner") != NULL &&
         is_victim (victims, kaf_entity_get_root (owner), kaf_record_get (part->record, "owner"));
}

static gboolean
look_at (KafHubRecord *record, gpointer data, GError **error)
{
  Walk *self = data;

  for (guint i = 0; i < record->parts->len; i++)
    if (belongs (self->victims, g_ptr_array_index (record->parts, i)) &&
        !is_victim (self->victims, record->root, record->id))
      {
        g_ptr_array_add (self->victims, kaf_erased_new (0, record->root, record->id));
        self->added = TRUE;
      }
  return TRUE;
}

/* What belongs to a victim is one, as far as it goes: a mandate's scan. */
static gboolean
find_belongings (KafHubStorage *storage, GPtrArray *victims, GError **error)
{
  Walk walk = { victims, 0, TRUE };

  while (walk.added)
    {
      walk.added = FALSE;
      if (!storage->klass->read_feed (storage, 0, NULL, NULL, look_at, &walk, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail (GError *local, GError **error)
{
  g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_IO, "ledger: %s", local->message);
  g_error_free (local);
  return FALSE;
}

static gboolean
enter_ledger (const char *ledger, GPtrArray *victims, gint64 at, GError **error)
{
  g_autofree char *before = NULL;
  g_autoptr (GString) text = NULL;
  GError *local = NULL;

  if (!g_file_get_contents (ledger, &before, NULL, &local) &&
      !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return fail (local, error);
  g_clear_error (&local);
  text = g_string_new (before);
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);

      g_string_append_printf (text, "%s\t%s\t%" G_GINT64_FORMAT "\n", one->root->id, one->id, at);
    }
  return g_file_set_contents_full (ledger, text->str, text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &local) ||
         fail (local, error);
}

/* Who stood in a scope by what is erased now, a member of a network, stands there no more. */
static gboolean
erase_victims (KafHubStorage *storage, GPtrArray *victims, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) tied = kaf_hub_scopes_find_tied (storage, victims, error);

  return tied != NULL && kaf_hub_blobs_note_erased (storage, victims, error) &&
         storage->klass->erase (storage, victims, at, error) &&
         kaf_hub_scopes_settle_tied (storage, tied, error);
}

gboolean
kaf_hub_erase_record (KafHubStorage *storage,
                      KafRandom *random,
                      const char *ledger,
                      const KafEntity *root,
                      const char *id,
                      gint64 at,
                      GPtrArray *victims,
                      GPtrArray *kept,
                      GError **error)
{
  g_ptr_array_add (victims, kaf_erased_new (0, root, id));
  return kaf_hub_hold_keep (storage, random, root, id, at, kept, error) &&
         find_belongings (storage, victims, error) && enter_ledger (ledger, victims, at, error) &&
         erase_victims (storage, victims, at, error);
}

gboolean
kaf_hub_erase_replay (
    KafHubStorage *storage, KafRandom *random, const char *ledger, gint64 at, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) victims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_auto (GStrv) lines = NULL;
  GError *local = NULL;

  if (!g_file_get_contents (ledger, &text, NULL, &local))
    {
      gboolean none = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT);

      if (!none)
        return fail (local, error);
      g_error_free (local);
      return TRUE;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      const KafEntity *root = cells[0] != NULL ? kaf_registry_find (cells[0]) : NULL;
      gboolean erased;

      if (root == NULL || cells[1] == NULL)
        continue;
      if (!storage->klass->is_erased (storage, root->id, cells[1], &erased, error))
        return FALSE;
      if (!erased)
        g_ptr_array_add (victims, kaf_erased_new (0, root, cells[1]));
    }
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);

      if (!kaf_hub_hold_keep (storage, random, one->root, one->id, at, NULL, error))
        return FALSE;
    }
  return victims->len == 0 ||
         (find_belongings (storage, victims, error) && erase_victims (storage, victims, at, error));
}
