/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-erase.h"

#include "server/kaf-hub-blobs.h"

#include <string.h>

#include "rules/kaf-hold.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-hold.h"
#include "server/kaf-hub-orders.h"
#include "server/kaf-hub-scopes.h"
#include "server/kaf-hub-unname.h"
#include "store/kaf-judge.h"

/* In the hub's meta, a line each: by what the erasures were ordered of which traces remain in the file. */
#define UNFINISHED "erase-unfinished"

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

/* What belongs to a victim is one, as far as it goes: a mandate's scan. */
static gboolean
find_belongings (KafHubStorage *storage, GPtrArray *victims, GError **error)
{
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);
      g_autoptr (GPtrArray) keys =
          storage->klass->read_children (storage, one->root, one->id, error);

      if (keys == NULL)
        return FALSE;
      for (guint j = 0; j < keys->len; j++)
        {
          g_auto (GStrv) words = g_strsplit (g_ptr_array_index (keys, j), "\t", 2);
          const KafEntity *root = kaf_registry_find (words[0]);

          if (root != NULL && words[1] != NULL && !is_victim (victims, root, words[1]))
            g_ptr_array_add (victims, kaf_erased_new (0, root, words[1]));
        }
    }
  return TRUE;
}

typedef struct
{
  KafHubStorage *storage;
  const KafEntity *root;
} Around;

/* What a judgement says, if @key names one. FALSE: it was not read. */
static gboolean
meet_judgement (const Around *around, const char *key, KafJudgementsWalk *walk, GError **error)
{
  g_autofree char *other = g_strconcat ("other_", around->root->id, NULL);
  g_auto (GStrv) words = g_strsplit (key, "\t", 2);
  const KafEntity *entity = kaf_registry_find ("judgement");
  g_autoptr (KafHubRecord) record = NULL;
  KafHubPart *part;
  KafJudgement judgement;

  if (!g_str_equal (words[0], entity->id) || words[1] == NULL)
    return TRUE;
  if (!around->storage->klass->read_record (around->storage, entity, words[1], &record, error))
    return FALSE;
  part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;
  if (part == NULL)
    return TRUE;
  judgement = (KafJudgement){ .id = words[1],
                              .a = kaf_record_get (part->record, around->root->id),
                              .b = kaf_record_get (part->record, other),
                              .verdict = kaf_judge_parse (kaf_record_get (part->record, "verdict")),
                              .revokes = kaf_record_get (part->record, "revokes") };
  kaf_judgements_walk_meet (walk, &judgement);
  return TRUE;
}

static gboolean
read_around (KafJudgementsWalk *walk, const char *id, gpointer data, GError **error)
{
  const Around *around = data;
  g_autoptr (GPtrArray) children =
      around->storage->klass->read_children (around->storage, around->root, id, error);

  for (guint i = 0; children != NULL && i < children->len; i++)
    if (!meet_judgement (around, g_ptr_array_index (children, i), walk, error))
      return FALSE;
  return children != NULL;
}

/* Records that were judged to be one with it go with it: she is erased, not one of the files on her. */
gboolean
kaf_hub_erase_find_members (KafHubStorage *storage,
                            const KafEntity *root,
                            const char *id,
                            GPtrArray *victims,
                            GError **error)
{
  Around around = { storage, root };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KafJudgements) judgements = NULL;
  g_autoptr (GPtrArray) members = NULL;

  g_hash_table_add (ids, g_strdup (id));
  judgements = kaf_judgements_gather (ids, read_around, &around, error);
  if (judgements == NULL)
    return FALSE;
  members = kaf_judgements_list_members (judgements, id);
  for (guint i = 0; i < members->len; i++)
    if (!is_victim (victims, root, g_ptr_array_index (members, i)))
      g_ptr_array_add (victims, kaf_erased_new (0, root, g_ptr_array_index (members, i)));
  return TRUE;
}

/* What the law keeps of them stays without them. */
static gboolean
keep_all (KafHubStorage *storage, GPtrArray *victims, gint64 at, GPtrArray *kept, GError **error)
{
  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);

      if (!kaf_hub_hold_keep (storage, one->root, one->id, at, kept, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail (GError *local, GError **error)
{
  g_set_error (error, KAF_HUB_ERROR,
               g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? KAF_HUB_ERROR_FULL
                                                                         : KAF_HUB_ERROR_IO,
               "ledger: %s", local->message);
  g_error_free (local);
  return FALSE;
}

char *
kaf_hub_erase_read_ledger (const char *ledger, GError **error)
{
  char *text = NULL;
  GError *local = NULL;

  if (g_file_get_contents (ledger, &text, NULL, &local))
    return text;
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_error_free (local);
      return g_strdup ("");
    }
  fail (local, error);
  return NULL;
}

static gboolean
write_ledger (const char *ledger, const char *text, GError **error)
{
  GError *local = NULL;

  return g_file_set_contents_full (ledger, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &local) ||
         fail (local, error);
}

gboolean
kaf_hub_erase_enter_lines (const char *ledger, const char *lines, GError **error)
{
  g_autofree char *before = kaf_hub_erase_read_ledger (ledger, error);
  g_autofree char *after = NULL;

  if (before == NULL)
    return FALSE;
  after = g_strconcat (before, lines, NULL);
  return write_ledger (ledger, after, error);
}

static char *
format_lines (GPtrArray *victims, gint64 at)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < victims->len; i++)
    {
      const KafErased *one = g_ptr_array_index (victims, i);

      g_string_append_printf (lines, "%s\t%s\t%" G_GINT64_FORMAT "\n", one->root->id, one->id, at);
    }
  return g_string_free (lines, FALSE);
}

static gboolean
enter_ledger (const char *ledger, GPtrArray *victims, gint64 at, GError **error)
{
  g_autofree char *lines = format_lines (victims, at);

  return kaf_hub_erase_enter_lines (ledger, lines, error);
}

gboolean
kaf_hub_erase_note_unfinished (KafHubStorage *storage, const char *name, GError **error)
{
  g_autofree char *before = storage->klass->get_meta (storage, UNFINISHED, NULL);
  g_autofree char *after = g_strconcat (before != NULL ? before : "", name, "\n", NULL);

  return storage->klass->set_meta (storage, UNFINISHED, after, error);
}

char *
kaf_hub_erase_find_unfinished (KafHubStorage *storage, GError **error)
{
  g_autofree char *names = storage->klass->get_meta (storage, UNFINISHED, error);

  return names != NULL && *names != '\0' ? g_steal_pointer (&names) : NULL;
}

gboolean
kaf_hub_erase_belongs (const KafOperation *op, GHashTable *ids)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  const char *owner;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      const KafField *field = &entity->fields[i];
      const KafEntity *target = kaf_registry_find (field->target);
      const char *id = kaf_record_get_at (op->after, i);

      if (id != NULL && target != NULL && kaf_field_has (field, KAF_FIELD_PARENT) &&
          kaf_hold_find_field (entity, kaf_entity_get_root (target)) != field &&
          g_hash_table_contains (ids, id))
        return TRUE;
    }
  owner = kaf_entity_find_field (entity, "owner_entity") != NULL
              ? kaf_record_get (op->after, "owner")
              : NULL;
  return owner != NULL && g_hash_table_contains (ids, owner);
}

gboolean
kaf_hub_erase_finish (KafHubStorage *storage, GError **error)
{
  return storage->klass->scrub (storage, error) &&
         storage->klass->set_meta (storage, UNFINISHED, "", error);
}

gboolean
kaf_hub_erase_names (const char *names, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (names != NULL ? names : "", "\n", -1);

  return *name != '\0' && g_strv_contains ((const char *const *) lines, name);
}

/* Who stood in a scope by what is erased now, a member of a network, stands there no more. */
static gboolean
erase_victims (
    KafHubStorage *storage, GPtrArray *victims, const char *name, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) tied = kaf_hub_scopes_find_tied (storage, victims, error);

  return tied != NULL && kaf_hub_unname (storage, victims, at, error) &&
         kaf_hub_blobs_note_erased (storage, victims, error) &&
         storage->klass->erase (storage, victims, at, error) &&
         kaf_hub_scopes_settle_tied (storage, tied, error) &&
         kaf_hub_erase_note_unfinished (storage, name, error);
}

gboolean
kaf_hub_erase_foresee (KafHubStorage *storage,
                       const KafEntity *root,
                       const char *id,
                       gint64 at,
                       GPtrArray *victims,
                       GPtrArray *kept,
                       GError **error)
{
  g_ptr_array_add (victims, kaf_erased_new (0, root, id));
  return kaf_hub_erase_find_members (storage, root, id, victims, error) &&
         keep_all (storage, victims, at, kept, error) && find_belongings (storage, victims, error);
}

gboolean
kaf_hub_erase_record (KafHubStorage *storage,
                      const char *ledger,
                      const KafEntity *root,
                      const char *id,
                      const char *name,
                      gint64 at,
                      GPtrArray *victims,
                      GPtrArray *kept,
                      GError **error)
{
  /* Before the commit: whatever happens next, what the ledger names is erased, when the server starts at the latest. Entered
   * behind it, a crash between the two would let a backup bring her back. Where nothing crashed and the commit failed, the
   * caller takes the lines out again: kaf_hub_erase_withdraw(). */
  return kaf_hub_erase_foresee (storage, root, id, at, victims, kept, error) &&
         enter_ledger (ledger, victims, at, error) &&
         erase_victims (storage, victims, name, at, error);
}

static gboolean
withdraw_lines (const char *ledger, GPtrArray *victims, gint64 at, GError **error)
{
  g_autofree char *text = kaf_hub_erase_read_ledger (ledger, error);
  g_autofree char *lines = format_lines (victims, at);

  if (text == NULL)
    return FALSE;
  /* Nothing was entered where the erasure failed before that. */
  if (*lines == '\0' || !g_str_has_suffix (text, lines))
    return TRUE;
  text[strlen (text) - strlen (lines)] = '\0';
  return write_ledger (ledger, text, error);
}

void
kaf_hub_erase_withdraw (const char *ledger, GPtrArray *victims, gint64 at)
{
  g_autoptr (GError) error = NULL;

  if (!withdraw_lines (ledger, victims, at, &error))
    g_warning ("an erasure that failed stays in the ledger, and is done when the server starts: %s",
               error->message);
}

/* What came in for them since they were entered, and before they went. */
static gboolean
enter_belongings (
    KafHubStorage *storage, const char *ledger, GPtrArray *victims, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) more = g_ptr_array_new ();
  guint n = victims->len;

  if (!find_belongings (storage, victims, error))
    return FALSE;
  for (guint i = n; i < victims->len; i++)
    g_ptr_array_add (more, g_ptr_array_index (victims, i));
  return more->len == 0 || enter_ledger (ledger, more, at, error);
}

/* Whom the ledger names; what else stands in it is passed over. (element-type KafErased) (transfer full) */
static GPtrArray *
list_entered (const char *ledger, GError **error)
{
  g_autofree char *text = kaf_hub_erase_read_ledger (ledger, error);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GPtrArray *entered = NULL;

  if (text == NULL)
    return NULL;
  entered = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      const KafEntity *root = cells[0] != NULL ? kaf_registry_find (cells[0]) : NULL;

      if (root != NULL && cells[1] != NULL)
        g_ptr_array_add (entered, kaf_erased_new (0, root, cells[1]));
    }
  return entered;
}

gboolean
kaf_hub_erase_replay (KafHubStorage *storage, const char *ledger, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) entered = list_entered (ledger, error);
  g_autoptr (GPtrArray) victims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_erased_free);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  if (entered == NULL)
    return FALSE;
  for (guint i = 0; i < entered->len; i++)
    {
      const KafErased *one = g_ptr_array_index (entered, i);
      gboolean erased;

      if (!storage->klass->is_erased (storage, one->root->id, one->id, &erased, error))
        return FALSE;
      if (!erased)
        g_ptr_array_add (victims, kaf_erased_new (0, one->root, one->id));
    }
  return victims->len == 0 ||
         (keep_all (storage, victims, at, kept, error) &&
          enter_belongings (storage, ledger, victims, at, error) &&
          erase_victims (storage, victims, KAF_HUB_ERASED_AGAIN, at, error) &&
          kaf_hub_orders_note_done (storage, KAF_HUB_ERASED_AGAIN, victims, kept, at, error));
}

static guint
hash_erased (gconstpointer data)
{
  const KafErased *one = data;

  return g_str_hash (one->id);
}

static gboolean
equal_erased (gconstpointer a, gconstpointer b)
{
  const KafErased *one = a, *other = b;

  return one->root == other->root && g_str_equal (one->id, other->id);
}

static gboolean
enter_missing (KafHubStorage *storage, const char *ledger, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) erased = storage->klass->read_erased (storage, 0, error);
  g_autoptr (GPtrArray) entered = erased != NULL ? list_entered (ledger, error) : NULL;
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (hash_erased, equal_erased);

  if (entered == NULL)
    return FALSE;
  for (guint i = 0; i < entered->len; i++)
    g_hash_table_add (known, g_ptr_array_index (entered, i));
  for (guint i = 0; i < erased->len; i++)
    if (!g_hash_table_contains (known, g_ptr_array_index (erased, i)))
      g_ptr_array_add (missing, g_ptr_array_index (erased, i));
  return missing->len == 0 || enter_ledger (ledger, missing, at, error);
}

void
kaf_hub_erase_enter_missing (KafHubStorage *storage, const char *ledger, gint64 at)
{
  g_autoptr (GError) error = NULL;

  if (!enter_missing (storage, ledger, at, &error))
    g_warning ("who was erased is not in the ledger yet: %s", error->message);
}
