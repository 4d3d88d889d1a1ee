/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-quarantine.h"

#include <string.h>

#include "base/kaf-id.h"
#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "server/kaf-hub-acts.h"
#include "server/kaf-hub-intake.h"
#include "server/kaf-hub-own.h"
#include "server/kaf-hub-steady.h"
#include "sync/kaf-json.h"

/* Bytes of what is told at once: an edit has some, and the next are told once those are settled. */
#define TOLD_MAX (4 * 1024 * 1024)

/* Of what was settled, in one exchange: all stands on one line, and a client reads none that is too long. */
#define SETTLED_MAX 1000

/* Records that are held while one looks. */
#define LOOKED_AT_MAX 1000

/* Under "settled.DEVICE.NUMBER": "DSEQ AT\tENTITY\tID\tSTATE\tBY\tREASON". AT: ms since 1970 UTC; missing in what an older
 * version noted. */
#define N_CELLS 6

/* ms */
#define KEPT (KAF_HUB_SETTLED_DAYS * G_GINT64_CONSTANT (24) * 3600 * 1000)

typedef struct
{
  guint64 device;
  gint64 dseq, first, at;
  char *author;
  guint place; /* of its first operation among those that the verdict names */
  const KafEntity *root;
  char *id;
  GPtrArray *operations; /* (element-type KafOperation), not owned: of group */
  GPtrArray *group;      /* (element-type KafOperation): all that the group brought */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *self = data;

  g_free (self->author);
  g_free (self->id);
  g_ptr_array_unref (self->operations);
  g_ptr_array_unref (self->group);
  g_free (self);
}

/* What is settled */

static char *
make_settled_key (guint64 device, gint64 dseq, const char *entity, const char *id)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x\t%" G_GINT64_FORMAT "\t%s\t%s", device, dseq,
                          entity, id);
}

char *
kaf_hub_quarantine_name_settled (const char *text)
{
  g_auto (GStrv) cells = g_strsplit (text, "\t", N_CELLS);

  return g_strv_length (cells) == N_CELLS ? g_strdup (cells[2]) : NULL;
}

/* Set of such keys. */
static GHashTable *
read_settled (KafHubStorage *storage, GError **error)
{
  g_autoptr (GPtrArray) list = storage->klass->list_meta (storage, KAF_HUB_SETTLED, error);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const KafHubMeta *one = g_ptr_array_index (list, i);
      g_auto (GStrv) cells = g_strsplit (one->value, "\t", N_CELLS);
      guint64 device = g_ascii_strtoull (one->key + strlen (KAF_HUB_SETTLED), NULL, 16);

      if (g_strv_length (cells) == N_CELLS)
        g_hash_table_add (keys, make_settled_key (device, g_ascii_strtoll (cells[0], NULL, 10),
                                                  cells[1], cells[2]));
    }
  return list != NULL ? g_steal_pointer (&keys) : NULL;
}

GPtrArray *
kaf_hub_quarantine_list_settled (KafHubStorage *storage,
                                 guint64 device,
                                 gint64 after,
                                 GError **error)
{
  g_autofree char *prefix = g_strdup_printf (KAF_HUB_SETTLED "%016" G_GINT64_MODIFIER "x.", device);
  g_autoptr (GPtrArray) list = storage->klass->list_meta (storage, prefix, error);
  g_autoptr (GPtrArray) settled =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_settled_free);

  for (guint i = 0; list != NULL && i < list->len && settled->len < SETTLED_MAX; i++)
    {
      const KafHubMeta *one = g_ptr_array_index (list, i);
      g_auto (GStrv) cells = g_strsplit (one->value, "\t", N_CELLS);
      gint64 number = g_ascii_strtoll (one->key + strlen (prefix), NULL, 10);

      if (number > after && g_strv_length (cells) == N_CELLS)
        g_ptr_array_add (settled, kaf_settled_new (number, g_ascii_strtoll (cells[0], NULL, 10),
                                                   cells[1], cells[2], cells[3], cells[4],
                                                   *cells[5] != '\0' ? cells[5] : NULL));
    }
  return list != NULL ? g_steal_pointer (&settled) : NULL;
}

/* Whether the note says that the record was taken over. */
static gboolean
says_taken (const KafHubMeta *note, const KafEntity *entity, const char *id, gint64 *dseq)
{
  g_auto (GStrv) cells = NULL;

  if (strstr (note->value, id) == NULL)
    return FALSE;
  cells = g_strsplit (note->value, "\t", N_CELLS);
  *dseq = g_ascii_strtoll (cells[0], NULL, 10);
  return g_strv_length (cells) == N_CELLS && g_str_equal (cells[1], entity->id) &&
         g_str_equal (cells[2], id) && g_str_equal (cells[3], KAF_REFUSED_TAKEN);
}

/* Whether the user wrote that group. */
static gboolean
is_author (KafHubStorage *storage,
           const char *user,
           guint64 device,
           gint64 dseq,
           gboolean *is,
           GError **error)
{
  g_auto (KafHubReceipt) receipt = { 0 };
  g_autofree char *author = NULL;
  gint64 at;

  if (!storage->klass->read_receipt (storage, device, dseq, &receipt, error) ||
      !storage->klass->read_author (storage, receipt.first, &author, &at, error))
    return FALSE;
  *is = receipt.verdict != NULL && g_strcmp0 (author, user) == 0;
  return TRUE;
}

gboolean
kaf_hub_quarantine_was_taken (KafHubStorage *storage,
                              const KafHubSession *session,
                              const KafEntity *entity,
                              const char *id,
                              gboolean *taken,
                              GError **error)
{
  g_autoptr (GPtrArray) list = storage->klass->list_meta (storage, KAF_HUB_SETTLED, error);

  *taken = FALSE;
  for (guint i = 0; list != NULL && !*taken && i < list->len; i++)
    {
      const KafHubMeta *one = g_ptr_array_index (list, i);
      guint64 device = g_ascii_strtoull (one->key + strlen (KAF_HUB_SETTLED), NULL, 16);
      gint64 dseq;

      if (says_taken (one, entity, id, &dseq) &&
          !is_author (storage, session->user, device, dseq, taken, error))
        return FALSE;
    }
  return list != NULL;
}

static gboolean
note_settled (KafHubStorage *storage,
              const KafHubSession *session,
              const Edit *edit,
              const KafHubSettlement *settlement,
              gint64 now,
              gint64 *seq,
              GError **error)
{
  gint64 at = kaf_hub_steady_at_least (storage, now * 1000) / 1000;

  for (guint i = 0; i < edit->operations->len; i++)
    {
      const KafOperation *op = g_ptr_array_index (edit->operations, i);
      const char *reason = settlement->reason != NULL ? settlement->reason : "";
      /* In the order of the numbers, as keys are listed. */
      g_autofree char *key = g_strdup_printf (
          KAF_HUB_SETTLED "%016" G_GINT64_MODIFIER "x.%018" G_GINT64_FORMAT, edit->device, ++*seq);
      g_autofree char *text = g_strdup_printf (
          "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s", edit->dseq, at,
          kaf_operation_get_entity (op)->id, kaf_operation_get_id (op),
          settlement->take ? KAF_REFUSED_TAKEN : KAF_REFUSED_ASIDE, session->user,
          settlement->take ? "" : reason);

      if (!storage->klass->set_meta (storage, key, text, error))
        return FALSE;
    }
  return TRUE;
}

/* In the verdict on the group of @cells, that what was refused for its scope is settled. */
static gboolean
keep_in_verdict (KafHubStorage *storage, guint64 device, char **cells, GError **error)
{
  gint64 dseq = g_ascii_strtoll (cells[0], NULL, 10);
  g_auto (KafHubReceipt) receipt = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autofree char *waits = g_strdup_printf ("%s\t%s\t" KAF_REFUSED_SCOPE, cells[1], cells[2]);
  g_autofree char *verdict = NULL;

  if (!storage->klass->read_receipt (storage, device, dseq, &receipt, error))
    return FALSE;
  lines = g_strsplit (receipt.verdict != NULL ? receipt.verdict : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], waits) && strchr ("\t", lines[i][strlen (waits)]) != NULL)
      {
        g_free (lines[i]);
        lines[i] = g_strdup_printf ("%s\t%s\t%s\t", cells[1], cells[2], cells[3]);
      }
  verdict = g_strjoinv ("\n", lines);
  return receipt.verdict == NULL ||
         storage->klass->set_verdict (storage, device, dseq, verdict, error);
}

/* @went (out): it is not there any more. */
static gboolean
prune_one (
    KafHubStorage *storage, const KafHubMeta *note, gint64 due, gboolean *went, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (note->value, "\t", N_CELLS);
  gboolean whole = g_strv_length (cells) == N_CELLS;
  const char *at = whole ? strchr (cells[0], ' ') : NULL;
  guint64 device = g_ascii_strtoull (note->key + strlen (KAF_HUB_SETTLED), NULL, 16);

  *went = !whole || (at != NULL && due - g_ascii_strtoll (at, NULL, 10) > KEPT);
  if (*went)
    return (!whole || keep_in_verdict (storage, device, cells, error)) &&
           storage->klass->set_meta (storage, note->key, NULL, error);
  if (at == NULL)
    {
      const char *rest = strchr (note->value, '\t');
      g_autofree char *dated = g_strdup_printf ("%s %" G_GINT64_FORMAT "%s", cells[0], due, rest);

      return storage->klass->set_meta (storage, note->key, dated, error);
    }
  return TRUE;
}

gboolean
kaf_hub_quarantine_prune (KafHubStorage *storage, gint64 due, guint *n, GError **error)
{
  g_autoptr (GPtrArray) list = storage->klass->list_meta (storage, KAF_HUB_SETTLED, error);

  *n = 0;
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      gboolean went;

      if (!prune_one (storage, g_ptr_array_index (list, i), due, &went, error))
        return FALSE;
      *n += went;
    }
  return list != NULL;
}

/* What waits */

/* Of one group, of which something waits; it may steal of them. @enough (out): no other is asked for. */
typedef gboolean (*EditsFunc) (GPtrArray *edits, gpointer data, gboolean *enough, GError **error);

/* What waits is as much as anybody likes to write: no more than one group of it is held. */
typedef struct
{
  GHashTable *settled;
  GPtrArray *edits; /* of the group under way */
  EditsFunc func;
  gpointer data;
  gboolean enough;
} Finding;

/* Whether the verdict's line names the operation. @cells: "ENTITY", "ID", "WHY" and, where it is about one, "FIELD". */
static gboolean
is_named (char **cells, const KafOperation *op)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  int field;

  if (!g_str_equal (cells[0], entity->id) || !g_str_equal (cells[1], kaf_operation_get_id (op)))
    return FALSE;
  if (cells[3] == NULL || *cells[3] == '\0')
    return TRUE;
  field = kaf_entity_field_index (entity, cells[3]);
  return field >= 0 && kaf_operation_tells (op->after, (guint) field);
}

static Edit *
find_edit (GPtrArray *edits, const KafEntity *root, const char *id)
{
  for (guint i = 0; i < edits->len; i++)
    {
      Edit *one = g_ptr_array_index (edits, i);

      if (one->root == root && g_str_equal (one->id, id))
        return one;
    }
  return NULL;
}

static Edit *
add_edit (Finding *self, const KafHubRefusedGroup *group, guint place, const KafOperation *op)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->device = group->device;
  edit->dseq = group->dseq;
  edit->first = group->first;
  edit->at = group->at;
  edit->author = g_strdup (group->author);
  edit->place = place;
  edit->root = kaf_entity_get_root (kaf_operation_get_entity (op));
  edit->id = g_strdup (kaf_operation_get_id (op));
  edit->operations = g_ptr_array_new ();
  g_ptr_array_add (self->edits, edit);
  return edit;
}

/* Of one line of the verdict what it refused, unless somebody has settled that. */
static void
add_named (Finding *self,
           const KafHubRefusedGroup *group,
           GPtrArray *operations,
           char **cells,
           guint place)
{
  g_autofree char *key = make_settled_key (group->device, group->dseq, cells[0], cells[1]);

  if (g_hash_table_contains (self->settled, key))
    return;
  for (guint i = 0; i < operations->len; i++)
    {
      KafOperation *op = g_ptr_array_index (operations, i);
      Edit *edit;

      if (!is_named (cells, op))
        continue;
      edit = find_edit (self->edits, kaf_entity_get_root (kaf_operation_get_entity (op)),
                        kaf_operation_get_id (op));
      if (edit == NULL)
        {
          edit = add_edit (self, group, place, op);
          edit->group = g_ptr_array_ref (operations);
        }
      if (!g_ptr_array_find (edit->operations, op, NULL))
        g_ptr_array_add (edit->operations, op);
    }
}

/* What was stripped of somebody who was erased is not there any more. */
static gboolean
add_group (const KafHubRefusedGroup *group, gpointer data, GError **error)
{
  Finding *self = data;
  g_autoptr (GPtrArray) operations =
      group->payload != NULL && !self->enough
          ? kaf_operation_parse (group->payload, strlen (group->payload), NULL)
          : NULL;
  g_auto (GStrv) lines = g_strsplit (group->verdict, "\n", -1);
  gboolean done;

  for (guint i = 1; operations != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 4);

      if (g_strv_length (cells) >= 3 && g_str_equal (cells[2], KAF_REFUSED_SCOPE))
        add_named (self, group, operations, cells, i - 1);
    }
  done = self->edits->len == 0 || self->func (self->edits, self->data, &self->enough, error);
  g_ptr_array_set_size (self->edits, 0);
  return done;
}

/* @first: of one group alone; 0: of all. */
static gboolean
each_waiting (KafHubStorage *storage, gint64 first, EditsFunc func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (edit_free);
  g_autoptr (GHashTable) settled = read_settled (storage, error);
  Finding self = { settled, edits, func, data, FALSE };

  return settled != NULL &&
         storage->klass->read_refused (storage, first, KAF_REFUSED_SCOPE, add_group, &self, error);
}

static gboolean
count (GPtrArray *edits, gpointer data, gboolean *enough, GError **error)
{
  *(gint64 *) data += edits->len;
  return TRUE;
}

gboolean
kaf_hub_quarantine_count (KafHubStorage *storage, gint64 *n, GError **error)
{
  *n = 0;
  return each_waiting (storage, 0, count, n, error);
}

/* Where it lies */

/* One session looking at what waits. */
typedef struct
{
  KafHubStorage *storage;
  const KafHubSession *session;
  KafHubGrants *grants;
  GHashTable *records;
  KafHubScopes scopes;
} Look;

static void
look_begin (Look *self, KafHubStorage *storage, const KafHubSession *session)
{
  self->storage = storage;
  self->session = session;
  self->grants = kaf_hub_grants_new (session);
  self->records =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kaf_hub_record_free);
  kaf_hub_scopes_init (&self->scopes, storage, self->records);
}

static void
look_clear (Look *self)
{
  kaf_hub_scopes_clear (&self->scopes);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->grants, kaf_hub_grants_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* Whether the edit makes the record, and not a facet of one that is not there. */
static gboolean
makes_record (const Edit *edit)
{
  for (guint i = 0; i < edit->operations->len; i++)
    {
      const KafOperation *op = g_ptr_array_index (edit->operations, i);

      if (op->kind == KAF_CHANGE_CREATE && kaf_operation_get_entity (op) == edit->root)
        return TRUE;
    }
  return FALSE;
}

/* @record (out) (transfer none): as it stands; NULL: it is not there. @reached (out): whether it lies, or would lie once its
 * author had made it, where the session answers: what is his own for having made it is not who looks at it's. */
static gboolean
look_at (Look *self, const Edit *edit, KafHubRecord **record, gboolean *reached, GError **error)
{
  g_autofree char *key = kaf_entity_make_key (edit->root, edit->id);
  const KafHubSession author = { .device = edit->device,
                                 .user = edit->author,
                                 .role = self->session->role,
                                 .grant = self->session->grant };
  const KafHubRights rights = {
    .session = &author, .grants = self->grants, .scopes = &self->scopes, .operations = edit->group
  };
  KafHubStanding standing;
  GError *local = NULL;

  *reached = FALSE;
  *record = kaf_hub_scopes_find (&self->scopes, key, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (*record == NULL && !makes_record (edit))
    return TRUE;
  if (*record == NULL)
    return kaf_hub_rights_find_place (&rights, g_ptr_array_index (edit->operations, 0), reached,
                                      error);
  kaf_hub_grants_look (self->grants, edit->root, (*record)->scopes, &standing);
  *reached = standing.now;
  return TRUE;
}

/* Telling */

/* FALSE too for what is not there, and when it cannot be read. */
static gboolean
sees_record (Look *self, const KafEntity *entity, const char *id)
{
  const KafEntity *root = entity != NULL ? kaf_entity_get_root (entity) : NULL;
  g_autofree char *key = root != NULL ? kaf_entity_make_key (root, id) : NULL;
  KafHubRecord *record = key != NULL ? kaf_hub_scopes_find (&self->scopes, key, NULL) : NULL;
  KafHubStanding standing = { FALSE };

  if (record != NULL)
    kaf_hub_grants_look (self->grants, root, record->scopes, &standing);
  return standing.now;
}

/* Whether what the field names, if it names records, is there for the session to see. */
static gboolean
sees_named (Look *self, const KafRecord *made, guint field)
{
  const KafField *one = &kaf_record_get_entity (made)->fields[field];
  const char *value = kaf_record_get_at (made, field);
  const KafEntity *target = kaf_registry_find (one->target);
  g_autoptr (GPtrArray) elements = NULL;
  gboolean sees = TRUE;

  if (value == NULL)
    return TRUE;
  if (g_str_equal (one->id, "owner"))
    return sees_record (self, kaf_registry_find (kaf_record_get (made, "owner_entity")), value);
  if (target == NULL)
    return TRUE;
  if (!kaf_field_is_many (one))
    return sees_record (self, target, value);
  elements = kaf_set_parse (value);
  for (guint i = 0; sees && i < elements->len; i++)
    sees = sees_record (self, target, ((KafElement *) g_ptr_array_index (elements, i))->value);
  return sees;
}

/* Whether the session is told the field, of what stands and of what the edit would make of it. */
static gboolean
may_read (Look *self, const KafOperation *op, const KafRecord *standing, guint field)
{
  const KafEntity *entity = kaf_operation_get_entity (op);
  g_autoptr (KafRecord) made = kaf_record_new (entity, kaf_operation_get_id (op));

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    kaf_record_set_at (made, i,
                       kaf_record_holds_at (op->after, i) ? kaf_record_get_at (op->after, i)
                       : standing != NULL                 ? kaf_record_get_at (standing, i)
                                                          : NULL);
  return kaf_told_can_read (self->grants->reads, made, field) && sees_named (self, made, field) &&
         (standing == NULL ||
          kaf_told_can_read (self->grants->reads, (KafRecord *) standing, field));
}

static gboolean
is_written (const KafOperation *op, guint field, const KafRecord *standing)
{
  return kaf_operation_writes (op, field, standing) &&
         (op->kind != KAF_CHANGE_CREATE || kaf_record_get_at (op->after, field) != NULL);
}

/* Fields of the edit that the session does not read. */
static guint
count_hidden (Look *self, const Edit *edit, KafHubRecord *record)
{
  guint n = 0;

  for (guint i = 0; i < edit->operations->len; i++)
    {
      const KafOperation *op = g_ptr_array_index (edit->operations, i);
      const KafEntity *entity = kaf_operation_get_entity (op);
      const KafHubPart *part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;
      const KafRecord *standing = part != NULL ? part->record : NULL;

      for (guint j = 0; entity->fields[j].id != NULL; j++)
        n += is_written (op, j, standing) && !may_read (self, op, standing, j);
    }
  return n;
}

static void
print_operation (Look *self, const KafOperation *op, KafHubRecord *record, GString *lines)
{
  static const char *const kinds[] = { [KAF_CHANGE_CREATE] = "create",
                                       [KAF_CHANGE_UPDATE] = "update",
                                       [KAF_CHANGE_DELETE] = "delete",
                                       [KAF_CHANGE_RESTORE] = "restore" };
  const KafEntity *entity = kaf_operation_get_entity (op);
  const KafHubPart *part = record != NULL ? kaf_hub_record_find (record, entity) : NULL;
  const KafRecord *standing = part != NULL ? part->record : NULL;
  gboolean first = TRUE;

  g_string_append_printf (lines, "{\"o\":\"%s\",\"e\":\"%s\",\"f\":{", kinds[op->kind], entity->id);
  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      if (!is_written (op, i, standing) || !may_read (self, op, standing, i))
        continue;
      kaf_json_append_name (lines, first, entity->fields[i].id);
      first = FALSE;
      g_string_append_c (lines, '[');
      kaf_json_append_string (lines, kaf_record_get_at (op->after, i));
      g_string_append_c (lines, ',');
      kaf_json_append_string (lines, standing != NULL ? kaf_record_get_at (standing, i) : NULL);
      g_string_append_c (lines, ']');
    }
  g_string_append (lines, "}}");
}

static const char *
find_ref (KafHubRecord *record)
{
  const char *ref = NULL;

  for (guint i = 0; record != NULL && ref == NULL && i < record->parts->len; i++)
    ref = kaf_record_get_ref (((const KafHubPart *) g_ptr_array_index (record->parts, i))->record);
  return ref;
}

static void
print_edit (Look *self, const Edit *edit, KafHubRecord *record, GString *lines)
{
  g_string_append_printf (lines, "{\"edit\":\"%" G_GINT64_FORMAT "-%u\"", edit->first, edit->place);
  kaf_json_append_name (lines, FALSE, "by");
  kaf_json_append_string (lines, edit->author);
  kaf_json_append_name (lines, FALSE, "at");
  kaf_json_append_integer (lines, edit->at / 1000);
  kaf_json_append_name (lines, FALSE, "entity");
  kaf_json_append_string (lines, edit->root->id);
  kaf_json_append_name (lines, FALSE, "id");
  kaf_json_append_string (lines, edit->id);
  kaf_json_append_name (lines, FALSE, "ref");
  kaf_json_append_string (lines, find_ref (record));
  g_string_append_printf (lines, ",\"hidden\":%u,\"ops\":[", count_hidden (self, edit, record));
  for (guint i = 0; i < edit->operations->len; i++)
    {
      if (i > 0)
        g_string_append_c (lines, ',');
      print_operation (self, g_ptr_array_index (edit->operations, i), record, lines);
    }
  g_string_append (lines, "]}\n");
}

static gint64
read_seq (KafHubStorage *storage, GError **error)
{
  g_autofree char *text = storage->klass->get_meta (storage, "seq", error);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

typedef struct
{
  Look look;
  guint limit, n; /* edits told at most, and found */
  GString *lines;
} Telling;

static gboolean
print_edits (GPtrArray *edits, gpointer data, gboolean *enough, GError **error)
{
  Telling *self = data;
  Look *look = &self->look;

  if (g_hash_table_size (look->records) >= LOOKED_AT_MAX)
    {
      KafHubStorage *storage = look->storage;
      const KafHubSession *session = look->session;

      look_clear (look);
      look_begin (look, storage, session);
    }
  for (guint i = 0; self->n <= self->limit && i < edits->len; i++)
    {
      const Edit *edit = g_ptr_array_index (edits, i);
      KafHubRecord *record;
      gboolean reached;

      if (!look_at (look, edit, &record, &reached, error))
        return FALSE;
      if (reached && ++self->n <= self->limit)
        print_edit (look, edit, record, self->lines);
      if (self->lines->len >= TOLD_MAX)
        self->limit = MIN (self->limit, self->n);
    }
  *enough = self->n > self->limit;
  return TRUE;
}

gboolean
kaf_hub_quarantine_print (KafHubStorage *storage,
                          const KafHubSession *session,
                          guint limit,
                          GString *lines,
                          GError **error)
{
  Telling self = { .limit = limit, .lines = lines };
  GError *local = NULL;
  gint64 seq = read_seq (storage, &local);

  look_begin (&self.look, storage, session);
  if (local == NULL && each_waiting (storage, 0, print_edits, &self, &local))
    g_string_append_printf (lines, "{\"seen\":%" G_GINT64_FORMAT ",\"more\":%s}\n", seq,
                            self.n > self.limit ? "true" : "false");
  look_clear (&self.look);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* Settling */

typedef struct
{
  guint64 place;
  Edit *edit;
} Named;

static gboolean
steal_named (GPtrArray *edits, gpointer data, gboolean *enough, GError **error)
{
  Named *self = data;

  for (guint i = 0; self->edit == NULL && i < edits->len; i++)
    if (((const Edit *) g_ptr_array_index (edits, i))->place == self->place)
      self->edit = g_ptr_array_steal_index (edits, i);
  return TRUE;
}

/* @name: FIRST-N. NULL without @error: nothing of that name waits. */
static Edit *
find_named (KafHubStorage *storage, const char *name, GError **error)
{
  char *dash = NULL;
  gint64 first = g_ascii_strtoll (name, &dash, 10);
  Named self = { 0, NULL };

  if (first <= 0 || *dash != '-' ||
      !g_ascii_string_to_unsigned (dash + 1, 10, 0, G_MAXUINT, &self.place, NULL))
    return NULL;
  each_waiting (storage, first, steal_named, &self, error);
  return self.edit;
}

/* It answers there, or hears no more than that there is nothing. */
static gboolean
find_reached (Look *look, const char *name, Edit **edit, KafHubRecord **record, GError **error)
{
  GError *local = NULL;
  gboolean reached = FALSE;

  *edit = find_named (look->storage, name, &local);
  if (local == NULL && *edit != NULL && look_at (look, *edit, record, &reached, &local) && reached)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, local);
  else
    g_set_error (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING, "no such edit");
  return FALSE;
}

static KafHubGroup *
make_group (const KafHubIntake *intake, const Edit *edit, gint64 seen)
{
  g_autoptr (GString) payload = g_string_new ("[");
  g_autofree char *batch = kaf_id_from_content ("settled", edit->author, edit->id, NULL);

  for (guint i = 0; i < edit->operations->len; i++)
    {
      if (i > 0)
        g_string_append_c (payload, ',');
      kaf_operation_print_again (g_ptr_array_index (edit->operations, i), payload);
    }
  g_string_append_c (payload, ']');
  return kaf_hub_own_make_group (intake, batch, payload->str, edit->operations->len, seen);
}

/* What came of it: the first thing that keeps it from being taken, if any does. */
static void
read_verdict (const KafHubIntake *intake, char **why, char **field)
{
  const KafVerdict *verdict = g_ptr_array_index (intake->verdicts, 0);
  const KafRefused *one = verdict->refused != NULL ? g_ptr_array_index (verdict->refused, 0) : NULL;

  if (one == NULL && !kaf_verdict_is_refusal (verdict->verdict) &&
      !g_str_equal (verdict->verdict, "gone"))
    return;
  *why = g_strdup (one != NULL ? one->why : KAF_REFUSED_MISSING);
  *field = one != NULL ? g_strdup (one->field) : NULL;
}

/* As an edit of the session's user, of what he has looked at. */
static gboolean
take (Look *look,
      KafRandom *random,
      const Edit *edit,
      const KafHubSettlement *settlement,
      gint64 now,
      char **why,
      char **field,
      GError **error)
{
  const KafHubSession own = { .device = KAF_HUB_OWN_DEVICE,
                              .user = look->session->user,
                              .role = look->session->role,
                              .grant = look->session->grant };
  g_auto (KafHubIntake) intake = {
    .storage = look->storage, .random = random, .session = &own, .grants = look->grants, .now = now
  };
  g_autoptr (KafHubGroup) group = NULL;
  gboolean next;

  if (!kaf_hub_intake_begin (&intake, error))
    return FALSE;
  group = make_group (&intake, edit, settlement->seen);
  if (group->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&group->error));
      return FALSE;
    }
  if (!kaf_hub_intake_group (&intake, group, &next, error))
    return FALSE;
  read_verdict (&intake, why, field);
  return *why == NULL &&
         note_settled (look->storage, look->session, edit, settlement, now, &intake.seq, error) &&
         kaf_hub_intake_finish (&intake, error);
}

static gboolean
set_aside (
    Look *look, const Edit *edit, const KafHubSettlement *settlement, gint64 now, GError **error)
{
  GError *local = NULL;
  gint64 seq = read_seq (look->storage, &local);
  g_autofree char *text = NULL;

  if (local == NULL &&
      note_settled (look->storage, look->session, edit, settlement, now, &seq, &local))
    {
      text = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
      if (look->storage->klass->set_meta (look->storage, "seq", text, &local))
        return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

/* What is somebody's word is not given by another; and nobody takes what he may not read. */
static const char *
judge (Look *look, const Edit *edit, KafHubRecord *record)
{
  for (guint i = 0; i < edit->operations->len; i++)
    if (kaf_hub_acts_concern (g_ptr_array_index (edit->operations, i)))
      return KAF_REFUSED_APPROVAL;
  return count_hidden (look, edit, record) > 0 ? KAF_REFUSED_RIGHT : NULL;
}

gboolean
kaf_hub_quarantine_settle (KafHubStorage *storage,
                           KafRandom *random,
                           const KafHubSession *session,
                           const KafHubSettlement *settlement,
                           gint64 now,
                           char **why,
                           char **field,
                           GError **error)
{
  g_auto (Look) look = { NULL };
  Edit *edit = NULL;
  KafHubRecord *record = NULL;
  gboolean done;

  *why = *field = NULL;
  look_begin (&look, storage, session);
  done = find_reached (&look, settlement->edit, &edit, &record, error);
  if (done && settlement->take)
    *why = g_strdup (judge (&look, edit, record));
  done = done && *why == NULL &&
         (settlement->take ? take (&look, random, edit, settlement, now, why, field, error)
                           : set_aside (&look, edit, settlement, now, error));
  g_clear_pointer (&edit, edit_free);
  return done;
}
