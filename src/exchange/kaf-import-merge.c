/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-import-merge.h"

#include <string.h>

#include "base/kaf-fold.h"
#include "rules/kaf-claim.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "schema/kaf-said.h"
#include "schema/kaf-set.h"
#include "store/kaf-one.h"
#include "store/kaf-permit.h"
#include "store/kaf-source-claims.h"

/* Bytes of a value that a claim keeps. */
#define CLAIM_MAX 8000

void
kaf_import_merge_clear (KafImportMerge *self)
{
  for (guint i = 0; i < KAF_IMPORT_PARTS; i++)
    {
      g_clear_pointer (&self->parts[i], kaf_record_unref);
      g_clear_pointer (&self->before[i], kaf_record_unref);
    }
  g_clear_pointer (&self->claims, g_ptr_array_unref);
}

gboolean
kaf_import_merge_changes (const KafImportMerge *self)
{
  return self->parts[0] != NULL || self->parts[1] != NULL;
}

/* ---- Claims ---- */

/* The value as a claim keeps it, or NULL for what no source is told of: what an office notes for itself. */
static char *
make_claim_text (const KafField *field, const char *canonical)
{
  char *text, *end;

  if (canonical == NULL || kaf_field_get_class (field) == KAF_CLASS_PRIVATE)
    return NULL;
  text = g_strdup (canonical);
  if (strlen (text) <= CLAIM_MAX)
    return text;
  *g_utf8_find_prev_char (text, text + CLAIM_MAX) = '\0';
  g_strchomp (text);
  /* Of a set, whole elements. */
  end = kaf_field_is_many (field) ? strrchr (text, '\n') : NULL;
  if (end != NULL)
    *end = '\0';
  return text;
}

/* What a row says, on its way into claims: one of what all may read who read claims, and one of what not all of them
 * may, so that it hides nothing else from them. */
typedef struct
{
  const KafImportMap *map;
  const KafRole *role;
  const KafEntity *root;
  const char *record, *number, *today;
  guint closed_classes; /* find_closed() */
  struct
  {
    GString *about, *said; /* both nullable */
  } open, closed;
  GPtrArray *claims; /* those that are made */
} Saying;

/* Classes of fields that not every role reads which reads what sources say. */
static guint
find_closed (void)
{
  const KafField *said = kaf_entity_find_field (kaf_registry_find ("source_claim"), "said");
  guint n, closed = 0;
  const KafRole *roles = kaf_roles (&n);

  for (guint i = 0; i < n; i++)
    if (kaf_role_can_read (&roles[i], said))
      closed |= KAF_CLASS_ALL & ~roles[i].reads;
  return closed;
}

static Saying
begin_saying (const KafImportMap *map,
              const KafRole *role,
              const char *record,
              const char *number,
              const char *today,
              GPtrArray *claims)
{
  return (Saying){ .map = map,
                   .role = role,
                   .root = kaf_entity_get_root (map->entity),
                   .record = record,
                   .number = number,
                   .today = today,
                   .closed_classes = find_closed (),
                   .claims = claims };
}

static void
make_claim (Saying *self, GString **about, GString **said)
{
  const KafImportMap *map = self->map;
  KafRecord *claim;

  if (*about == NULL)
    return;
  claim = kaf_record_new (kaf_registry_find ("source_claim"), NULL);
  kaf_record_set (claim, self->root->id, self->record);
  kaf_record_set (claim, "about", (*about)->str);
  kaf_record_set (claim, "said", (*said)->str);
  kaf_record_set (claim, "source", map->source);
  kaf_record_set (claim, "claimed_on", map->claimed_on != NULL ? map->claimed_on : self->today);
  kaf_record_set (claim, "confidence", map->confidence);
  kaf_record_set (claim, "origin", map->origin);
  kaf_record_set (claim, "external_source", map->source);
  kaf_record_set (claim, "external_id", self->number);
  g_ptr_array_add (self->claims, claim);
  g_string_free (g_steal_pointer (about), TRUE);
  g_string_free (g_steal_pointer (said), TRUE);
}

static void
say (Saying *self, const KafField *field, const char *text)
{
  gboolean closed = (kaf_field_get_class (field) & self->closed_classes) != 0;
  GString **about = closed ? &self->closed.about : &self->open.about;
  GString **said = closed ? &self->closed.said : &self->open.said;

  if (*about == NULL)
    {
      *about = g_string_new (NULL);
      *said = g_string_new (NULL);
    }
  if (kaf_said_add (*about, *said, field->id, text))
    return;
  make_claim (self, about, said);
  say (self, field, text);
}

static void
say_end (Saying *self)
{
  make_claim (self, &self->open.about, &self->open.said);
  make_claim (self, &self->closed.about, &self->closed.said);
}

/* Where sources are told apart, and who takes it in may note what they say. */
static gboolean
has_claims (const KafImportMap *map, const KafRole *role)
{
  const KafEntity *claim = kaf_registry_find ("source_claim");

  return map->source != NULL &&
         kaf_entity_find_field (claim, kaf_entity_get_root (map->entity)->id) != NULL &&
         kaf_permit_allows_field (role, claim, kaf_entity_find_field (claim, "said"));
}

static gboolean
is_said (const KafRecord *record, const KafField *field, guint index)
{
  return kaf_record_get_at (record, index) != NULL && !kaf_field_has (field, KAF_FIELD_HIDDEN);
}

GPtrArray *
kaf_import_merge_claim_all (const KafImportMap *map,
                            const KafRole *role,
                            const KafImportRow *row,
                            const char *id,
                            const char *number,
                            const char *today)
{
  GPtrArray *claims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  Saying saying = begin_saying (map, role, id, number, today, claims);

  for (guint part = 0;
       has_claims (map, role) && part < KAF_IMPORT_PARTS && row->parts[part] != NULL; part++)
    {
      const KafField *fields = kaf_record_get_entity (row->parts[part])->fields;

      for (guint i = 0; fields[i].id != NULL; i++)
        {
          g_autofree char *text =
              is_said (row->parts[part], &fields[i], i)
                  ? make_claim_text (&fields[i], kaf_record_get_at (row->parts[part], i))
                  : NULL;

          if (text != NULL)
            say (&saying, &fields[i], text);
        }
    }
  say_end (&saying);
  return claims;
}

/* ---- Fields ---- */

/* One row while it is put beside one record. */
typedef struct
{
  GPtrArray *claims; /* KafSourceClaim: what is said of the record so far */
  KafImportMerge *merge;
  Saying saying; /* of the row, and what of it is new */
} Merging;

/* What the source said of it before, in this row rather than in another about the same. */
static const KafSourceClaim *
find_own (const Merging *self, const char *field)
{
  const KafSourceClaim *own = NULL;

  for (guint i = self->claims->len; i-- > 0;)
    {
      const KafSourceClaim *claim = g_ptr_array_index (self->claims, i);

      if (g_strcmp0 (claim->field, field) != 0 ||
          g_strcmp0 (claim->source, self->saying.map->source) != 0)
        continue;
      if (g_strcmp0 (claim->external_id, self->saying.number) == 0)
        return claim;
      if (own == NULL)
        own = claim;
    }
  return own;
}

/* A list of no source is what the official who takes it in says. */
static guint
rank_of_list (const KafImportMap *map)
{
  return map->source == NULL && map->origin == NULL ? kaf_claim_rank_typed ()
                                                    : kaf_claim_rank (map->origin);
}

static gboolean
says (const KafSourceClaim *claim, const char *text)
{
  return g_strcmp0 (claim->value, text) == 0 || g_strcmp0 (claim->text, text) == 0;
}

/* Whether what stands is believed more than what this source says. */
static gboolean
is_believed_more (const Merging *self, const char *field, const char *standing)
{
  guint rank = G_MAXUINT;

  for (guint i = 0; i < self->claims->len; i++)
    {
      const KafSourceClaim *claim = g_ptr_array_index (self->claims, i);

      if (g_strcmp0 (claim->field, field) == 0 && says (claim, standing))
        rank = MIN (rank, kaf_claim_rank (claim->origin));
    }
  if (rank == G_MAXUINT)
    rank = kaf_claim_rank_typed ();
  return rank < rank_of_list (self->saying.map);
}

/* What the role may not write helps to find whom the row is about, and stays. */
static void
change (Merging *self, guint part, guint index, const KafRecord *said, const char *canonical)
{
  KafRecord **record = &self->merge->parts[part];
  const KafEntity *entity = kaf_record_get_entity (said);

  if (!kaf_permit_allows_field (self->saying.role, entity, &entity->fields[index]))
    return;
  if (*record == NULL)
    *record = kaf_record_new (entity, self->saying.record);
  kaf_record_set_at (*record, index, canonical);
}

static void
note_claim (Merging *self, const KafField *field, const char *text)
{
  if (text != NULL && has_claims (self->saying.map, self->saying.role))
    say (&self->saying, field, text);
}

static void
merge_set (Merging *self, guint part, guint index, const KafRecord *said, const char *standing)
{
  const char *value = kaf_record_get_at (said, index);
  g_autofree char *both =
      standing != NULL ? g_strconcat (standing, "\n", value, NULL) : g_strdup (value);
  g_autofree char *united = kaf_set_unite (both);

  if (!kaf_set_equal (united, standing))
    change (self, part, index, said, united);
}

static gboolean
sounds_same (const char *a, const char *b)
{
  g_autofree char *x = kaf_fold (a);
  g_autofree char *y = kaf_fold (b);

  return g_str_equal (g_strstrip (x), g_strstrip (y));
}

static void
merge_field (Merging *self, guint part, guint index, const KafRecord *said, gboolean *respelled)
{
  const KafField *field = &kaf_record_get_entity (said)->fields[index];
  const char *value = kaf_record_get_at (said, index);
  const char *standing = kaf_record_get_at (self->merge->before[part], index);
  const KafSourceClaim *own = find_own (self, field->id);
  g_autofree char *text = make_claim_text (field, value);
  g_autofree char *standing_text = make_claim_text (field, standing);

  if (own != NULL && says (own, text))
    return;
  note_claim (self, field, text);
  if (kaf_field_is_many (field))
    merge_set (self, part, index, said, standing);
  else if (standing == NULL)
    change (self, part, index, said, value);
  else if (g_str_equal (standing, value))
    return;
  /* Capitals and accents are no other spelling, and no reason to change one. */
  else if (kaf_field_has (field, KAF_FIELD_NAME) && own == NULL)
    *respelled |= !sounds_same (standing, value);
  else if (!is_believed_more (self, field->id, standing_text))
    change (self, part, index, said, value);
}

/* The name as the row has it, beside the one that stands. */
static void
add_spelling (Merging *self, const KafRecord *said)
{
  int index = kaf_entity_field_index (kaf_record_get_entity (said), "aliases");
  g_autofree char *latin = kaf_record_title (said, FALSE, FALSE);
  g_autofree char *arabic = kaf_record_title (said, TRUE, FALSE);
  const char *names[] = { latin, arabic };

  for (guint i = 0; index >= 0 && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *standing = kaf_record_title (self->merge->before[0], i == 1, FALSE);
      const char *so_far = self->merge->parts[0] != NULL &&
                                   kaf_record_holds_at (self->merge->parts[0], (guint) index)
                               ? kaf_record_get_at (self->merge->parts[0], (guint) index)
                               : kaf_record_get_at (self->merge->before[0], (guint) index);
      g_autofree char *more = NULL;

      if (*names[i] == '\0' || *standing == '\0' || sounds_same (names[i], standing) ||
          kaf_set_contains (so_far, names[i]))
        continue;
      more = kaf_set_add (so_far, names[i], NULL);
      change (self, 0, (guint) index, said, more);
    }
}

static gboolean
read_before (KafDatabase *db, const KafImportRow *row, Merging *self, guint part, GError **error)
{
  const KafEntity *entity = kaf_record_get_entity (row->parts[part]);
  g_autoptr (GError) local = NULL;
  /* What the source's own record says is compared, also where another is shown for it. */
  KafRecord *before = kaf_one_read_named (db, entity, self->saying.record, &local);

  if (before == NULL && part > 0 &&
      g_error_matches (local, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND))
    {
      g_autoptr (KafRecord) own = NULL;

      if (!kaf_permit_allows_new (self->saying.role, entity))
        {
          self->merge->unmade = entity;
          return TRUE;
        }
      own = kaf_permit_limit (self->saying.role, row->parts[part]);
      self->merge->parts[part] = kaf_record_copy (own);
      kaf_record_set_id (self->merge->parts[part], self->saying.record);
      return TRUE;
    }
  self->merge->before[part] = before;
  if (before == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (kaf_record_get_stamp (before)->deleted_at == 0)
    return TRUE;
  g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOT_FOUND, "the %s is deleted", entity->id);
  return FALSE;
}

static void
merge_part (Merging *self, const KafImportRow *row, guint part)
{
  const KafRecord *said = row->parts[part];
  const KafField *fields = kaf_record_get_entity (said)->fields;
  gboolean respelled = FALSE;

  for (guint i = 0; fields[i].id != NULL; i++)
    {
      if (!is_said (said, &fields[i], i))
        continue;
      if (self->merge->before[part] != NULL)
        merge_field (self, part, i, said, &respelled);
      else
        {
          g_autofree char *text = make_claim_text (&fields[i], kaf_record_get_at (said, i));

          note_claim (self, &fields[i], text);
        }
    }
  if (respelled)
    add_spelling (self, said);
}

gboolean
kaf_import_merge_make (KafDatabase *db,
                       const KafImportMap *map,
                       const KafRole *role,
                       const KafImportRow *row,
                       const char *id,
                       const char *number,
                       const char *today,
                       KafImportMerge *merge,
                       GError **error)
{
  const KafEntity *root = kaf_entity_get_root (map->entity);
  g_autofree char *shown = kaf_one_get_shown (db, root, id);
  g_autoptr (GPtrArray) claims = kaf_source_claims_read (db, root, shown, error);
  Merging self = { .claims = claims, .merge = merge };

  *merge = (KafImportMerge){ .claims = NULL };
  if (claims == NULL)
    return FALSE;
  merge->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_record_unref);
  self.saying = begin_saying (map, role, id, number, today, merge->claims);
  for (guint part = 0; part < KAF_IMPORT_PARTS && row->parts[part] != NULL; part++)
    {
      if (!read_before (db, row, &self, part, error))
        {
          say_end (&self.saying);
          return FALSE;
        }
      merge_part (&self, row, part);
    }
  say_end (&self.saying);
  return TRUE;
}
