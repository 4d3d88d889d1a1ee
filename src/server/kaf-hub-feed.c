/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record is told by its changes to who has it already, whole to whom it has entered the scope of since,
 * and is dropped by whom it has left. Where the grants are others than before, each record is looked at:
 * who may now see less of it drops it, and is told anew what he may see. */
#include "config.h"

#include "server/kaf-hub-feed.h"

#include <string.h>

#include "rules/kaf-told.h"
#include "schema/kaf-registry.h"

typedef enum
{
  TELL_NOTHING = 0,
  TELL_CHANGES = 1 << 0,
  TELL_WHOLE = 1 << 1,
  TELL_DROP = 1 << 2, /* before the others */
} Telling;

/* In a cursor. */
#define AS_USER '~'

/* More grants than this in the middle of a reading: what the device holds is anybody's guess. */
#define MAX_BEFORE 8

void
kaf_hub_feed_clear (KafHubFeed *self)
{
  g_clear_pointer (&self->before, g_ptr_array_unref);
  kaf_hub_authors_clear (&self->authors);
}

/* Where the device stands */

gboolean
kaf_hub_feed_is_of (const char *epoch, const char *cursor)
{
  return cursor != NULL && g_str_has_prefix (cursor, epoch) && cursor[strlen (epoch)] == '.';
}

/* "EPOCH.AFTER/GRANTS"; between two pages "EPOCH.AFTER.TOLD/GRANTS": a record that is still to be told may
 * hold fields that were written before those of the records already told. "EPOCH.0.TOLD~/GRANTS": by_user. Of another
 * epoch, or beyond what there is, the hub was restored: all is told again. */
static void
read_numbers (KafHubFeed *self, const char *epoch, const char *cursor, gint64 last)
{
  char *rest;

  self->after = self->told = 0;
  self->by_user = cursor != NULL || self->writes;
  if (!kaf_hub_feed_is_of (epoch, cursor))
    return;
  self->after = self->told = g_ascii_strtoll (cursor + strlen (epoch) + 1, &rest, 10);
  if (*rest == '.')
    self->told = g_ascii_strtoll (rest + 1, &rest, 10);
  self->by_user = *rest == AS_USER;
  if (self->after < 0 || self->told < self->after || self->told > last)
    self->after = self->told = 0;
}

static char *
make_key (const char *version)
{
  return g_strconcat ("grants.", version, NULL);
}

/* GRANTS: versions, joined by '+'. A cursor without any is of who knows what. */
static gboolean
read_versions (KafHubFeed *self, const char *cursor, GError **error)
{
  const char *slash = cursor != NULL ? strchr (cursor, '/') : NULL;
  g_auto (GStrv) versions = g_strsplit (slash != NULL ? slash + 1 : "", "+", MAX_BEFORE + 1);

  for (guint i = 0; cursor != NULL && versions[i] != NULL; i++)
    {
      g_autofree char *key = make_key (versions[i]);
      GError *local = NULL;
      g_autofree char *text = self->storage->klass->get_meta (self->storage, key, &local);

      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      g_ptr_array_add (self->before, kaf_hub_grants_parse (versions[i], text));
    }
  if (cursor != NULL && self->before->len == 0)
    g_ptr_array_add (self->before, kaf_hub_grants_parse ("", NULL));
  return TRUE;
}

static const KafHubGrants *
get_last (const KafHubFeed *self)
{
  return self->before->len > 0 ? g_ptr_array_index (self->before, self->before->len - 1) : NULL;
}

static gboolean
keep_grants (KafHubFeed *self, GError **error)
{
  g_autofree char *key = make_key (self->grants->version);
  GError *local = NULL;
  g_autofree char *kept = self->storage->klass->get_meta (self->storage, key, &local);

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return kept != NULL ||
         self->storage->klass->set_meta (self->storage, key, self->grants->text, error);
}

gboolean
kaf_hub_feed_begin (
    KafHubFeed *self, const char *epoch, const char *cursor, gint64 last, GError **error)
{
  const KafHubGrants *known;

  self->before = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_hub_grants_free);
  read_numbers (self, epoch, cursor, last);
  self->wrote |= self->told > self->after;
  self->is_new = cursor == NULL;
  self->authors = (KafHubAuthors){ .storage = self->storage, .who = self->session->user };
  if (!read_versions (self, cursor, error) || !keep_grants (self, error))
    return FALSE;
  known = get_last (self);
  if (known != NULL && g_str_equal (known->version, self->grants->version))
    return TRUE;
  /* Other grants than those of the page before, or of the last reading: from the beginning. */
  self->told = 0;
  g_ptr_array_add (self->before, kaf_hub_grants_parse (self->grants->version, self->grants->text));
  return TRUE;
}

char *
kaf_hub_feed_print_cursor (const KafHubFeed *self, const char *epoch, gint64 last)
{
  g_autoptr (GString) cursor = g_string_new (epoch);

  if (!self->stopped)
    {
      g_string_append_printf (cursor, ".%" G_GINT64_FORMAT "/%s", last, self->grants->version);
      return g_string_free (g_steal_pointer (&cursor), FALSE);
    }
  g_string_append_printf (cursor, ".%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, self->after,
                          self->told);
  if (self->by_user)
    g_string_append_c (cursor, AS_USER);
  for (guint i = 0; i < self->before->len; i++)
    g_string_append_printf (cursor, "%c%s", i == 0 ? '/' : '+',
                            ((KafHubGrants *) g_ptr_array_index (self->before, i))->version);
  return g_string_free (g_steal_pointer (&cursor), FALSE);
}

gboolean
kaf_hub_feed_is_settled (const KafHubFeed *self)
{
  return !self->is_new && self->after == self->told && self->before->len == 1 &&
         g_str_equal (get_last (self)->version, self->grants->version);
}

/* What to tell of a record */

/* Whether the device has the record for sure, as much of it as it may see now. */
static gboolean
holds_surely (const KafHubFeed *self, const KafEntity *root, const char *spans)
{
  for (guint i = 0; i < self->before->len; i++)
    {
      const KafHubGrants *grants = g_ptr_array_index (self->before, i);
      KafHubStanding standing;

      kaf_hub_grants_look (grants, root, spans, &standing);
      if (grants->role == NULL || !standing.now || standing.entered > self->after ||
          (self->grants->reads & ~grants->reads) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether it may have it; @more (out): and more of it than it may see now. */
static gboolean
may_hold (const KafHubFeed *self, const KafEntity *root, const char *spans, gboolean *more)
{
  gboolean may = FALSE;

  *more = FALSE;
  for (guint i = 0; i < self->before->len; i++)
    {
      const KafHubGrants *grants = g_ptr_array_index (self->before, i);
      KafHubStanding standing;

      kaf_hub_grants_look (grants, root, spans, &standing);
      /* A device that comes for the first time holds what it has just brought, and nothing else. */
      if (!standing.now &&
          (standing.left <= self->after || (self->is_new && standing.left < self->first)))
        continue;
      may = TRUE;
      *more |= (grants->reads & ~self->grants->reads) != 0;
    }
  return may;
}

static Telling
choose (const KafHubFeed *self, const KafEntity *root, const char *spans)
{
  KafHubStanding standing;
  gboolean more;

  kaf_hub_grants_look (self->grants, root, spans, &standing);
  /* The usual case: as before, and it sees everything. */
  if (self->before->len == 1 && standing.now && standing.entered <= self->after)
    return TELL_CHANGES;
  if (!standing.now)
    return may_hold (self, root, spans, &more) ? TELL_DROP : TELL_NOTHING;
  if (may_hold (self, root, spans, &more) && more)
    return TELL_DROP | TELL_WHOLE;
  return holds_surely (self, root, spans) ? TELL_CHANGES : TELL_WHOLE;
}

/* Whether the device made that edit. Who only reads made none: the hub's own marks are of no device either. */
static gboolean
is_from (const KafHubFeed *self, const KafMark *mark)
{
  return !self->session->only_reads && mark->device == self->session->device;
}

/* What the device itself made it has, and need not hear; unless it dropped it under other grants. */
static gboolean
is_own (const KafHubFeed *self, KafHubRecord *record)
{
  const KafHubPart *part = g_ptr_array_index (record->parts, 0);
  KafHubStanding standing;

  if (self->before->len > 1)
    return FALSE;
  kaf_hub_grants_look (self->grants, record->root, record->scopes, &standing);
  return is_from (self, &part->fate) && part->fate.seq == standing.entered;
}

/* Telling */

/* Whether the device is to hear of what was marked so. */
static gboolean
is_news (const KafHubFeed *self, const KafMark *mark)
{
  return mark->seq > self->after && !is_from (self, mark);
}

/* Copies to @part what the role may see of what changed; @only: by the edit of that number, 0: by any. FALSE: there is
 * nothing to tell. */
static gboolean
fill_part (
    const KafHubFeed *self, const KafHubPart *kept, gboolean whole, gint64 only, KafFeedPart *part)
{
  const KafEntity *entity = kaf_record_get_entity (kept->record);
  const KafStamp *stamp = kaf_record_get_stamp (kept->record);
  KafStamp *told = kaf_record_get_stamp (part->record);
  gboolean any = FALSE;

  for (guint i = 0; entity->fields[i].id != NULL; i++)
    {
      /* Who is told the whole learns too what was never written: he may have tried to. */
      if ((!whole && !is_news (self, &kept->marks[i])) ||
          (only != 0 && kept->marks[i].seq != only) ||
          !kaf_told_can_read (self->grants->reads, kept->record, i))
        continue;
      kaf_record_set_at (part->record, i, kaf_record_get_at (kept->record, i));
      any = TRUE;
    }
  part->tells_fate =
      whole || (is_news (self, &kept->fate) && (only == 0 || kept->fate.seq == only));
  *told = (KafStamp){ stamp->created_at, stamp->updated_at, stamp->deleted_at,
                      g_strdup (stamp->created_by), g_strdup (stamp->updated_by) };
  kaf_record_set_ref (part->record, kaf_record_get_ref (kept->record));
  part->aliases = g_ptr_array_ref (kept->aliases);
  return any || part->tells_fate;
}

/* Whether the device is to hear of anything in it: of a person that was edited most facets stand as they were. */
static gboolean
has_news (const KafHubFeed *self, const KafHubPart *kept)
{
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (kept->record));
  gboolean found = is_news (self, &kept->fate);

  for (guint i = 0; !found && i < n_fields; i++)
    found = is_news (self, &kept->marks[i]);
  return found;
}

static const KafMark *
get_mark (const KafHubPart *kept, guint i, guint n_fields)
{
  return i < n_fields ? &kept->marks[i] : &kept->fate;
}

/* A mark of each edit that the device is to hear of, in their order. (element-type KafMark) (transfer full) */
static GArray *
list_edits (const KafHubFeed *self, const KafHubPart *kept)
{
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (kept->record));
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (KafMark));

  for (guint i = 0; i <= n_fields; i++)
    {
      const KafMark *mark = get_mark (kept, i, n_fields);
      guint at = 0;

      if (!is_news (self, mark))
        continue;
      while (at < edits->len && g_array_index (edits, KafMark, at).seq < mark->seq)
        at++;
      if (at == edits->len || g_array_index (edits, KafMark, at).seq != mark->seq)
        g_array_insert_val (edits, at, *mark);
    }
  return edits;
}

/* The latest of all, the device's own too: whose it is, the stamp of the record says. */
static const KafMark *
find_latest (const KafHubPart *kept)
{
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (kept->record));
  const KafMark *latest = &kept->fate;

  for (guint i = 0; i < n_fields; i++)
    if (kept->marks[i].seq > latest->seq)
      latest = &kept->marks[i];
  return latest;
}

/* Whether others than who changed it last have written what the device is to hear of. */
static gboolean
is_by_others (const KafHubFeed *self, const KafHubPart *kept)
{
  guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (kept->record));
  const KafMark *latest = find_latest (kept);

  for (guint i = 0; i <= n_fields; i++)
    if (is_news (self, get_mark (kept, i, n_fields)) &&
        get_mark (kept, i, n_fields)->device != latest->device)
      return TRUE;
  return FALSE;
}

/* Whose edit that was, and when; the hub's own is as the record says. */
static void
name_author (KafHubFeed *self, const KafMark *edit, KafFeedPart *part)
{
  if (edit->device != 0)
    self->storage->klass->read_author (self->storage, edit->seq, &part->author, &part->written_at,
                                       NULL);
}

/* Each edit for itself, in their order: the history of the device names who wrote what. */
static void
add_edits (KafHubFeed *self, const KafHubPart *kept, KafFeedRow *row)
{
  g_autoptr (GArray) edits = list_edits (self, kept);
  gint64 latest = find_latest (kept)->seq;

  for (guint i = 0; i < edits->len; i++)
    {
      const KafMark *edit = &g_array_index (edits, KafMark, i);
      KafFeedPart *part = kaf_feed_row_add (row, kaf_record_get_entity (kept->record));

      if (!fill_part (self, kept, FALSE, edit->seq, part))
        g_ptr_array_remove_index (row->parts, row->parts->len - 1);
      else if (edit->seq != latest)
        name_author (self, edit, part);
    }
}

static void
print_row (KafHubFeed *self, KafHubRecord *record, gboolean whole, GString *out)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_new (record->root, record->id, whole);

  for (guint i = 0; i < record->parts->len; i++)
    {
      const KafHubPart *kept = g_ptr_array_index (record->parts, i);
      KafFeedPart *part;

      if (!whole && !has_news (self, kept))
        continue;
      if (!whole && is_by_others (self, kept))
        {
          add_edits (self, kept, row);
          continue;
        }
      part = kaf_feed_row_add (row, kaf_record_get_entity (kept->record));
      if (!fill_part (self, kept, whole, 0, part))
        g_ptr_array_remove_index (row->parts, row->parts->len - 1);
    }
  if (row->parts->len > 0)
    kaf_feed_row_print (row, out);
}

/* What one device is told most others are told as well: it is printed once */

static gboolean
is_named (const GArray *devices, guint64 device)
{
  for (guint i = 0; i < devices->len; i++)
    if (g_array_index (devices, guint64, i) == device)
      return TRUE;
  return FALSE;
}

static void
note_mark (const KafHubFeed *self, KafHubTold *told, const KafMark *mark)
{
  if (mark->seq <= self->after)
    {
      told->from = MAX (told->from, mark->seq);
      return;
    }
  told->until = MIN (told->until, mark->seq);
  if (!is_named (told->devices, mark->device))
    g_array_append_val (told->devices, mark->device);
}

static void
note_marks (const KafHubFeed *self, const KafHubRecord *record, KafHubTold *told)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const KafHubPart *part = g_ptr_array_index (record->parts, i);
      guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (part->record));

      note_mark (self, told, &part->fate);
      for (guint j = 0; j < n_fields; j++)
        note_mark (self, told, &part->marks[j]);
    }
}

static gboolean
wrote_any (const KafHubFeed *self, const KafHubTold *told)
{
  return !self->session->only_reads && is_named (told->devices, self->session->device);
}

static gboolean
may_repeat (const KafHubFeed *self, const KafHubTold *told, gboolean whole)
{
  return told != NULL && told->reads == self->grants->reads && told->whole == whole &&
         (whole ||
          (self->after >= told->from && self->after < told->until && !wrote_any (self, told)));
}

static void
tell (KafHubFeed *self, KafHubRecord *record, gboolean whole)
{
  g_autoptr (KafHubTold) told = NULL;

  if (may_repeat (self, record->told, whole))
    {
      g_string_append_len (self->answer, record->told->text->str, record->told->text->len);
      return;
    }
  told = kaf_hub_told_new (self->grants->reads, whole);
  if (!whole)
    note_marks (self, record, told);
  print_row (self, record, whole, told->text);
  g_string_append_len (self->answer, told->text->str, told->text->len);
  /* What its author is told is less than what others are. */
  if (!wrote_any (self, told))
    {
      g_clear_pointer (&record->told, kaf_hub_told_free);
      record->told = g_steal_pointer (&told);
    }
}

void
kaf_hub_feed_tell_whole (KafHubFeed *self, KafHubRecord *record)
{
  tell (self, record, TRUE);
}

void
kaf_hub_feed_tell_drop (KafHubFeed *self, const KafEntity *root, const char *id)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_new (root, id, FALSE);

  row->dropped = TRUE;
  kaf_feed_row_print (row, self->answer);
}

/* What a device wrote it may hold whatever its cursor says: the answer by which it would have known the
 * grants of that moment may be lost; and what it made and moved out of its scopes in one exchange never stood
 * there. That may be told on a later page. */
static gboolean
may_hold_own (const KafHubFeed *self)
{
  return self->by_user ||
         (self->writes && (self->after == 0 || self->before->len > 1 || self->wrote));
}

static gboolean
may_have_marked (KafHubFeed *self, const KafMark *mark, GError **error)
{
  return mark->seq > 0 && (is_from (self, mark) ||
                           (self->by_user && kaf_hub_authors_wrote (&self->authors, mark, error)));
}

/* Whether the device may have written something of the record. FALSE with @error, too. */
static gboolean
may_have_written (KafHubFeed *self, const KafHubRecord *record, GError **error)
{
  GError *local = NULL;
  gboolean found = FALSE;

  for (guint i = 0; !found && local == NULL && i < record->parts->len; i++)
    {
      const KafHubPart *part = g_ptr_array_index (record->parts, i);
      guint n_fields = kaf_entity_n_fields (kaf_record_get_entity (part->record));

      found = may_have_marked (self, &part->fate, &local);
      for (guint j = 0; !found && local == NULL && j < n_fields; j++)
        found = may_have_marked (self, &part->marks[j], &local);
    }
  if (local != NULL)
    g_propagate_error (error, local);
  return found;
}

/* The record is passed over for good: the next page begins behind it. */
static gboolean
skip (const KafEntity *root, gint64 seq, const char *spans, gpointer data)
{
  KafHubFeed *self = data;

  Telling telling = choose (self, root, spans);
  gboolean known = telling == TELL_CHANGES && seq <= self->after && !self->whole;

  if ((telling != TELL_NOTHING && !known) || may_hold_own (self))
    return FALSE;
  self->told = seq;
  return TRUE;
}

static gboolean
tell_next (KafHubRecord *record, gpointer data, GError **error)
{
  KafHubFeed *self = data;
  GError *local = NULL;
  Telling telling;

  if (self->answer->len > self->limit)
    {
      self->stopped = TRUE;
      return FALSE;
    }
  telling = choose (self, record->root, record->scopes);
  if (telling == TELL_NOTHING && may_hold_own (self) && may_have_written (self, record, &local))
    telling = TELL_DROP;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (telling & TELL_DROP)
    kaf_hub_feed_tell_drop (self, record->root, record->id);
  if (telling & (TELL_CHANGES | TELL_WHOLE))
    tell (self, record, self->whole || (telling & TELL_WHOLE && !is_own (self, record)));
  self->told = record->seq;
  return TRUE;
}

gboolean
kaf_hub_feed_tell (KafHubFeed *self, GHashTable *touched, GError **error)
{
  return self->storage->klass->read_feed (self->storage, self->told, touched, skip, tell_next, self,
                                          error);
}

gboolean
kaf_hub_feed_tell_again (KafHubFeed *self, GHashTable *resend, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, resend);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) words = g_strsplit (key, "\t", 2);
      const KafEntity *root = kaf_registry_find (words[0]);
      g_autoptr (KafHubRecord) record = NULL;
      KafHubStanding standing;

      if (root == NULL)
        continue;
      if (!self->storage->klass->read_record (self->storage, root, words[1], &record, error))
        return FALSE;
      if (record == NULL)
        continue;
      kaf_hub_grants_look (self->grants, root, record->scopes, &standing);
      if (standing.now)
        tell (self, record, TRUE);
    }
  return TRUE;
}
