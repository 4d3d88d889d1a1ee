/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/kaf-import-bodies.h"

#include "match/kaf-match-index.h"
#include "schema/kaf-registry.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-read.h"

struct _KafImportBodies
{
  KafDatabase *db;
  KafMatchIndex *index;
};

static gboolean
take (G_GNUC_UNUSED gint64 rid,
      KafMatchPerson *body,
      G_GNUC_UNUSED const char *place,
      gpointer data,
      G_GNUC_UNUSED GError **error)
{
  kaf_match_index_add (data, body);
  return TRUE;
}

KafImportBodies *
kaf_import_bodies_new (KafDatabase *db, GError **error)
{
  g_autoptr (KafImportBodies) self = g_new0 (KafImportBodies, 1);

  self->db = db;
  self->index = kaf_match_index_new ();
  if (!kaf_match_reader_walk (db, kaf_registry_find ("organisation"), 0, G_MAXINT64, take,
                              self->index, error))
    return NULL;
  kaf_match_index_seal (self->index);
  return g_steal_pointer (&self);
}

void
kaf_import_bodies_free (KafImportBodies *self)
{
  if (self == NULL)
    return;
  kaf_match_index_free (self->index);
  g_free (self);
}

static KafMatchLevel
compare (const KafImportBodies *self, const KafMatchPerson *asked, const KafMatchPerson *body)
{
  const KafMatchReason *reason;
  KafMatchScore score;

  kaf_match_weigh (kaf_match_model_default (), NULL,
                   kaf_match_prior (kaf_match_index_get_n (self->index)), asked, body, &score);
  reason = kaf_match_score_find (&score, KAF_MATCH_BODY);
  return reason != NULL ? reason->level : KAF_MATCH_MISSING;
}

const char *
kaf_import_bodies_find (KafImportBodies *self,
                        const KafEntity *entity,
                        const char *text,
                        gboolean *several)
{
  g_autoptr (KafMatchPerson) asked = kaf_match_person_new ("");
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint32));
  const char *found[] = { NULL, NULL }; /* called so; by the initials */
  guint n[] = { 0, 0 };

  kaf_match_person_add_known (asked, KAF_MATCH_BODY, text, kaf_match_reader_get_aliases (self->db));
  kaf_match_index_find (self->index, asked, places);
  for (guint i = 0; i < places->len; i++)
    {
      const KafMatchPerson *body =
          kaf_match_index_get (self->index, g_array_index (places, guint32, i));
      KafMatchLevel level = compare (self, asked, body);
      guint which = level == KAF_MATCH_SAME ? 0 : 1;

      if ((level != KAF_MATCH_SAME && level != KAF_MATCH_CLOSE) ||
          !kaf_read_exists (self->db, entity, body->id))
        continue;
      found[which] = body->id;
      n[which]++;
    }
  *several = n[0] > 1 || (n[0] == 0 && n[1] > 1);
  return *several ? NULL : n[0] == 1 ? found[0] : found[1];
}
