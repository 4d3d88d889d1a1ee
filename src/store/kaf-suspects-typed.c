/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there already like a person being typed: by the same engine, and in the same words, as everywhere. */
#include "config.h"

#include "match/kaf-match-words.h"
#include "schema/kaf-registry.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-suspects-private.h"

#define LEAST (KAF_SUSPECT_LEAST / 1000.)
#define LIKE_FROM 0.80 /* of names */

void
kaf_suspected_free (KafSuspected *self)
{
  g_clear_pointer (&self->like, kaf_lookalike_free);
  g_free (self->why);
  g_free (self);
}

static gboolean
is_same (const KafMatchScore *score, KafMatchField field)
{
  const KafMatchReason *reason = kaf_match_score_find (score, field);

  return reason != NULL && reason->level == KAF_MATCH_SAME;
}

static KafSuspected *
tell (KafDatabase *db, const KafEntity *entity, const KafLikely *likely, KafLang lang)
{
  g_autoptr (KafRecord) person = kaf_read_record (db, entity, likely->id, NULL);
  KafSuspected *one;

  if (person == NULL)
    return NULL;
  one = g_new0 (KafSuspected, 1);
  one->like = g_new0 (KafLookalike, 1);
  one->like->id = g_strdup (likely->id);
  one->like->ref = g_strdup (kaf_record_get_ref (person));
  one->like->title = kaf_record_title (person, FALSE, TRUE);
  one->like->title_ar = kaf_record_title (person, TRUE, FALSE);
  one->like->summary = kaf_lookalike_summarise (db, person, lang);
  one->like->same_email = is_same (&likely->score, KAF_MATCH_EMAIL);
  one->like->same_phone = is_same (&likely->score, KAF_MATCH_PHONE);
  one->like->likeness = MAX (likely->score.names, 0);
  one->like->like_name = one->like->likeness >= LIKE_FROM;
  one->why = kaf_match_tell (&likely->score, lang);
  one->probability = likely->score.probability;
  return one;
}

/* Where all were never looked at, who has the same e-mail, phone or key of the name: the keys of the engine are not
 * there yet. */
static GPtrArray *
find_by_name (KafDatabase *db, const KafRecord *person, guint limit, KafLang lang, GError **error)
{
  g_autoptr (GPtrArray) likes = kaf_read_lookalikes (db, person, limit, lang, error);
  GPtrArray *list;

  if (likes == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_suspected_free);
  g_ptr_array_set_free_func (likes, NULL);
  for (guint i = 0; i < likes->len; i++)
    {
      KafSuspected *one = g_new0 (KafSuspected, 1);

      one->like = likes->pdata[i];
      g_ptr_array_add (list, one);
    }
  return list;
}

GPtrArray *
kaf_suspects_find_typed (
    KafDatabase *db, const KafRecord *person, guint limit, KafLang lang, GError **error)
{
  const KafEntity *entity = kaf_registry_find ("person");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (KafMatchPerson) typed = NULL;
  KafSuspectsState state;

  g_return_val_if_fail (kaf_record_get_entity (person) == entity, NULL);

  if (!kaf_suspects_get_state (db, &state, error))
    return NULL;
  if (state == KAF_SUSPECTS_UNFINISHED)
    return find_by_name (db, person, limit, lang, error);
  typed = kaf_match_reader_read_typed (db, person);
  found = kaf_suspects_find (db, entity, typed, LEAST, limit, error);
  if (found == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_suspected_free);
  for (guint i = 0; i < found->len; i++)
    {
      KafSuspected *one = tell (db, entity, found->pdata[i], lang);

      if (one != NULL)
        g_ptr_array_add (list, one);
    }
  return g_steal_pointer (&list);
}
