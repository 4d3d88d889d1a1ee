/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-review.h"

#include "match/kaf-match-words.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-read-private.h"

static void
field_free (gpointer data)
{
  KafReviewField *self = data;

  g_free (self->a);
  g_free (self->b);
  g_free (self);
}

static void
reason_free (gpointer data)
{
  KafReviewReason *self = data;

  g_free (self->text);
  g_free (self);
}

void
kaf_review_free (KafReview *self)
{
  g_clear_pointer (&self->pair, kaf_suspect_free);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

/* Many a list writes its names in capitals: worth a choice, and not worth a warning. */
static gboolean
same_but_for_capitals (const KafField *field, const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return field->kind == KAF_KIND_TEXT && g_str_equal (folded_a, folded_b);
}

static void
add_field (KafReview *self,
           KafDatabase *db,
           const KafEntity *part,
           guint index,
           const KafRecord *a,
           const KafRecord *b,
           KafLang lang)
{
  const KafField *field = &part->fields[index];
  const char *value_a = a != NULL ? kaf_record_get_at (a, index) : NULL;
  const char *value_b = b != NULL ? kaf_record_get_at (b, index) : NULL;
  KafReviewField *one;

  if (kaf_field_has (field, KAF_FIELD_HIDDEN) || field->kind == KAF_KIND_ATTACHMENT ||
      (value_a == NULL && value_b == NULL))
    return;
  one = g_new0 (KafReviewField, 1);
  one->part = part;
  one->field = field;
  one->a =
      value_a != NULL ? kaf_value_format (field, value_a, lang, kaf_read_title_func, db) : NULL;
  one->b =
      value_b != NULL ? kaf_value_format (field, value_b, lang, kaf_read_title_func, db) : NULL;
  one->may_choose = value_a != NULL && value_b != NULL && !g_str_equal (value_a, value_b);
  one->differs = one->may_choose && !same_but_for_capitals (field, value_a, value_b);
  one->may_choose = one->may_choose && !kaf_field_is_many (field);
  g_ptr_array_add (self->fields, one);
}

/* What the root and its facets say. A facet that is not there says nothing. */
static void
add_fields (KafReview *self, KafDatabase *db, KafLang lang)
{
  guint n;
  const KafEntity *const *entities = kaf_registry_entities (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KafRecord) a = NULL;
      g_autoptr (KafRecord) b = NULL;

      if (kaf_entity_get_root (entities[i]) != self->pair->entity)
        continue;
      a = kaf_read_record (db, entities[i], self->pair->a, NULL);
      b = kaf_read_record (db, entities[i], self->pair->b, NULL);
      for (guint j = 0; (a != NULL || b != NULL) && entities[i]->fields[j].id != NULL; j++)
        add_field (self, db, entities[i], j, a, b, lang);
    }
}

static gboolean
add_reasons (KafReview *self, KafDatabase *db, KafLang lang, GError **error)
{
  g_autoptr (KafMatchPerson) a = NULL;
  g_autoptr (KafMatchPerson) b = NULL;
  KafMatchScore score;

  if (!kaf_suspects_weigh (db, self->pair->entity, self->pair->a, self->pair->b, &a, &b, &score,
                           error))
    return FALSE;
  for (guint i = 0; i < score.n_reasons; i++)
    {
      KafReviewReason *reason = g_new0 (KafReviewReason, 1);

      reason->speaks_for = kaf_match_speaks_for (&score.reasons[i]);
      reason->text = kaf_match_tell_reason (&score.reasons[i], lang);
      g_ptr_array_add (self->reasons, reason);
    }
  self->question = kaf_match_question (&score, lang);
  self->version = score.version;
  return TRUE;
}

static KafSuspect *
read_pair (
    KafDatabase *db, const KafSuspectsAsked *asked, guint place, KafLang lang, GError **error)
{
  g_autoptr (GArray) places = kaf_suspects_list_places (db, asked, place, 1, lang, error);
  g_autoptr (GPtrArray) lines =
      places != NULL ? kaf_suspects_list_lines (db, (const KafSuspectPlace *) places->data,
                                                places->len, lang, error)
                     : NULL;
  KafSuspectLine *line = lines != NULL && lines->len > 0 ? lines->pdata[0] : NULL;

  return line != NULL ? g_steal_pointer (&line->pair) : NULL;
}

KafReview *
kaf_review_read (
    KafDatabase *db, const KafSuspectsAsked *asked, guint place, KafLang lang, GError **error)
{
  g_autoptr (KafReview) self = g_new0 (KafReview, 1);
  GError *local = NULL;

  self->fields = g_ptr_array_new_with_free_func (field_free);
  self->reasons = g_ptr_array_new_with_free_func (reason_free);
  self->may_accept = kaf_suspects_may_accept (db);
  self->n = kaf_suspects_count_shown (db, asked->shown, &local);
  if (local == NULL && self->n > 0)
    {
      self->place = MIN (place, self->n - 1);
      self->pair = read_pair (db, asked, self->place, lang, &local);
    }
  if (self->pair != NULL)
    {
      self->band = kaf_match_band (self->pair->likelihood / 1000.);
      add_fields (self, db, lang);
      add_reasons (self, db, lang, &local);
    }
  if (local == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, local);
  return NULL;
}
