/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-erasures.h"

#include <string.h>

#include "rules/kaf-hold.h"
#include "schema/kaf-registry.h"
#include "server/kaf-hub-orders.h"
#include "sync/kaf-json.h"

static void
add_text (GString *json, const char *name, const char *text)
{
  kaf_json_append_name (json, FALSE, name);
  kaf_json_append_string (json, text);
}

static void
add_integer (GString *json, const char *name, gint64 number)
{
  kaf_json_append_name (json, FALSE, name);
  kaf_json_append_integer (json, number);
}

/* What is kept */

/* What the kept record stands in: the mission, the organisation. NULL without @error: it is not here. */
static KafHubRecord *
find_file (KafHubStorage *storage, const KafRecord *kept, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (kept);
  KafHubRecord *record = NULL;

  for (const KafField *field = entity->fields; field->id != NULL; field++)
    {
      const KafEntity *target = kaf_registry_find (field->target);
      const KafEntity *root = target != NULL ? kaf_entity_get_root (target) : NULL;
      const char *id = kaf_record_get (kept, field->id);

      if (root == NULL || id == NULL || !kaf_field_has (field, KAF_FIELD_PARENT) ||
          kaf_hold_concerns (root))
        continue;
      if (!storage->klass->read_record (storage, root, id, &record, error) || record != NULL)
        return record;
    }
  return NULL;
}

/* The day on which the record is over, or what it stands in. NULL: it has none (yet). */
static const char *
find_end (const KafRecord *record)
{
  static const char *const names[] = { "valid_to", "ends_on" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kaf_entity_find_field (kaf_record_get_entity (record), names[i]) != NULL)
      return kaf_record_get (record, names[i]);
  return NULL;
}

/* @kept, @file: NULL where it is none of the officer's. */
static void
print_one_kept (
    const KafRole *role, const KafEntity *entity, KafRecord *kept, KafRecord *file, GString *lines)
{
  const char *end = kept != NULL ? find_end (kept) : NULL;

  if (end == NULL && file != NULL)
    end = find_end (file);
  g_string_append (lines, "{\"kept\":");
  kaf_json_append_string (lines, entity->id);
  add_text (lines, "id", kept != NULL ? kaf_record_get_id (kept) : NULL);
  add_text (lines, "name", kept != NULL ? kaf_hold_get_name (kept, KAF_LANG_FR, role) : NULL);
  add_text (lines, "name_ar", kept != NULL ? kaf_hold_get_name (kept, KAF_LANG_AR, role) : NULL);
  add_text (lines, "of", file != NULL ? kaf_record_get_ref (file) : NULL);
  add_text (lines, "ends", end);
  g_string_append (lines, "}\n");
}

/* Its head, where the record lies where the officer's orders reach; else NULL. */
static KafRecord *
find_reached (const KafHubGrants *grants, KafHubRecord *record, const KafEntity *entity)
{
  KafHubPart *part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;
  KafHubStanding standing;

  if (part == NULL)
    return NULL;
  kaf_hub_grants_reach (grants, record->root, record->scopes, &standing);
  return standing.now ? part->record : NULL;
}

gboolean
kaf_hub_erasures_print_kept (KafHubStorage *storage,
                             const KafHubGrants *grants,
                             GPtrArray *kept,
                             GString *lines,
                             GError **error)
{
  for (guint i = 0; i < kept->len; i++)
    {
      const KafRecord *record = g_ptr_array_index (kept, i);
      const KafEntity *entity = kaf_record_get_entity (record);
      g_autoptr (KafHubRecord) own = NULL;
      GError *local = NULL;
      g_autoptr (KafHubRecord) file = find_file (storage, record, &local);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      if (!storage->klass->read_record (storage, kaf_entity_get_root (entity),
                                        kaf_record_get_id (record), &own, error))
        return FALSE;
      print_one_kept (grants->role, entity, find_reached (grants, own, entity),
                      file != NULL ? find_reached (grants, file, file->root) : NULL, lines);
    }
  return TRUE;
}

/* Of those that were kept, by "ENTITY:ID" with blanks between them, the ones that are still there. */
static gboolean
print_still_kept (KafHubStorage *storage,
                  const KafHubGrants *grants,
                  const char *names,
                  GString *lines,
                  GError **error)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (words[i], ":", 2);
      const KafEntity *entity = cells[0] != NULL ? kaf_registry_find (cells[0]) : NULL;
      g_autoptr (KafHubRecord) record = NULL;
      KafHubPart *part;

      if (entity == NULL || cells[1] == NULL)
        continue;
      if (!storage->klass->read_record (storage, kaf_entity_get_root (entity), cells[1], &record,
                                        error))
        return FALSE;
      part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;
      if (part != NULL && kaf_record_get_stamp (part->record)->deleted_at == 0)
        g_ptr_array_add (kept, kaf_record_ref (part->record));
    }
  return kaf_hub_erasures_print_kept (storage, grants, kept, lines, error);
}

/* What would be erased */

gboolean
kaf_hub_erasures_print_foreseen (KafHubStorage *storage,
                                 GPtrArray *victims,
                                 GString *lines,
                                 GError **error)
{
  const KafErased *named = g_ptr_array_index (victims, 0);
  g_autoptr (KafHubRecord) record = NULL;
  g_autoptr (GString) as = g_string_new (NULL);
  const char *ref = NULL;
  gint64 made = 0, changed = 0;

  if (!storage->klass->read_record (storage, named->root, named->id, &record, error))
    return FALSE;
  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    {
      KafHubPart *part = g_ptr_array_index (record->parts, i);
      const KafStamp *stamp = kaf_record_get_stamp (part->record);

      if (kaf_record_get_entity (part->record) != named->root && stamp->deleted_at == 0)
        g_string_append_printf (as, "%s%s", as->len > 0 ? " " : "",
                                kaf_record_get_entity (part->record)->id);
      if (ref == NULL)
        ref = kaf_record_get_ref (part->record);
      made = made == 0 ? stamp->created_at : MIN (made, stamp->created_at);
      changed = MAX (changed, stamp->updated_at);
    }
  g_string_append (lines, "{\"erasure\":0");
  add_text (lines, "entity", named->root->id);
  add_text (lines, "id", named->id);
  add_text (lines, "ref", ref);
  add_text (lines, "as", as->str);
  add_integer (lines, "n", victims->len);
  add_integer (lines, "made", made / 1000);
  add_integer (lines, "changed", changed / 1000);
  g_string_append (lines, "}\n");
  return TRUE;
}

/* What was */

/* Who ordered it; NULL: it was at the server, or that is not known. (transfer full) */
static char *
find_orderer (KafHubStorage *storage, const char *moment)
{
  g_autofree char *key = g_strconcat (KAF_HUB_ORDERS, moment, NULL);
  g_autofree char *text = storage->klass->get_meta (storage, key, NULL);
  const char *tab = text != NULL ? strchr (text, '\t') : NULL;

  return tab != NULL ? g_strndup (text, (gsize) (tab - text)) : NULL;
}

/* @moment: TIME.NAME; @text: as kaf-hub-orders.c wrote it. */
static gboolean
print_one (KafHubStorage *storage,
           const KafHubGrants *grants,
           const char *user,
           const char *moment,
           const char *text,
           GArray *numbers,
           GString *lines,
           GError **error)
{
  g_auto (GStrv) cells = g_strsplit (text, "\t", 5);
  const char *name = strchr (moment, '.');
  gint64 number;

  if (name == NULL || g_strv_length (cells) < 5)
    return TRUE;
  number = g_ascii_strtoll (cells[3], NULL, 10);
  g_array_append_val (numbers, number);
  g_string_append_printf (lines, "{\"erasure\":%" G_GINT64_FORMAT,
                          g_ascii_strtoll (moment, NULL, 10) / 1000);
  add_text (lines, "by", user);
  add_text (lines, "name", name + 1);
  add_text (lines, "entity", cells[0]);
  add_text (lines, "id", cells[1]);
  add_integer (lines, "n", g_ascii_strtoll (cells[2], NULL, 10));
  add_integer (lines, "number", number);
  g_string_append (lines, "}\n");
  return print_still_kept (storage, grants, cells[4], lines, error);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

gboolean
kaf_hub_erasures_print (KafHubStorage *storage,
                        const KafHubSession *session,
                        const KafHubGrants *grants,
                        GArray *numbers,
                        GString *lines,
                        GError **error)
{
  g_autoptr (GPtrArray) list = storage->klass->list_meta (storage, KAF_HUB_ERASURES, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const KafHubMeta *one = g_ptr_array_index (list, i);
      const char *moment = one->key + strlen (KAF_HUB_ERASURES);
      g_autofree char *user = find_orderer (storage, moment);

      if ((grants->all || g_strcmp0 (user, session->user) == 0) &&
          !print_one (storage, grants, user, moment, one->value, numbers, lines, error))
        return FALSE;
    }
  g_array_sort (numbers, compare_numbers);
  return list != NULL;
}

/* One device, as its receipts are gone through, the first first. */
typedef struct
{
  guint64 id;
  GString *json;
  guint
      n_answered; /* of the erasures that are told, those of which it was told who confirmed them */
} Confirming;

/* A receipt that stands under DEVICE.NUMBER; of a device that is not among @of it is not told, nor one that answers none
 * of the erasures of @numbers which one before it did not. */
static void
print_receipt (const KafHubMeta *receipt, const GArray *numbers, GHashTable *of)
{
  char *end;
  guint64 device = g_ascii_strtoull (receipt->key + strlen (KAF_HUB_RECEIPTS), &end, 16);
  Confirming *one = *end == '.' ? g_hash_table_lookup (of, &device) : NULL;
  gint64 number = one != NULL ? g_ascii_strtoll (end + 1, NULL, 10) : 0;
  guint before = one != NULL ? one->n_answered : 0;

  if (one == NULL)
    return;
  while (one->n_answered < numbers->len &&
         g_array_index (numbers, gint64, one->n_answered) <= number)
    one->n_answered++;
  if (one->n_answered > before)
    g_string_append_printf (one->json, "%s[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]",
                            before == 0 ? "" : ",", number,
                            g_ascii_strtoll (receipt->value, NULL, 10) / 1000);
}

gboolean
kaf_hub_erasures_print_receipts (KafHubStorage *storage,
                                 const GArray *numbers,
                                 const guint64 *devices,
                                 guint n,
                                 GString **json,
                                 GError **error)
{
  g_autoptr (GHashTable) of = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_autoptr (GPtrArray) receipts = NULL;

  for (guint i = 0; i < n; i++)
    {
      KafHubDevice state;
      Confirming *one;

      if (!storage->klass->read_device (storage, devices[i], &state, error))
        return FALSE;
      g_string_append_printf (json[i], "\"erased\":%" G_GINT64_FORMAT ",\"receipts\":[",
                              state.erased);
      one = g_new (Confirming, 1);
      *one = (Confirming){ devices[i], json[i], 0 };
      g_hash_table_replace (of, &one->id, one);
    }
  receipts = storage->klass->list_meta (storage, KAF_HUB_RECEIPTS, error);
  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    print_receipt (g_ptr_array_index (receipts, i), numbers, of);
  for (guint i = 0; i < n; i++)
    g_string_append_c (json[i], ']');
  return receipts != NULL;
}
