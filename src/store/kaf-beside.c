/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-beside.h"

#include "store/kaf-commitment-now.h"
#include "store/kaf-expert-now.h"
#include "store/kaf-holder-now.h"
#include "store/kaf-mission-now.h"
#include "store/kaf-suspects.h"
#include "store/kaf-target-now.h"
#include "store/kaf-touched.h"

struct _KafBeside
{
  GHashTable *missions;    /* ids */
  GHashTable *commitments; /* ids */
  GHashTable *experts;     /* ids of persons */
  KafHolderTouched *holders;
  KafTargetTouched *counted;
};

const KafBesideCheck kaf_beside_checks[] = {
  { "mission", kaf_mission_now_check }, { "commitment", kaf_commitment_now_check },
  { "holder", kaf_holder_now_check },   { "target", kaf_target_now_check },
  { "expert", kaf_expert_now_check },   { NULL },
};

KafBeside *
kaf_beside_new (void)
{
  KafBeside *self = g_new0 (KafBeside, 1);

  self->missions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->commitments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->experts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->holders = kaf_holder_touched_new ();
  self->counted = kaf_target_touched_new ();
  return self;
}

void
kaf_beside_free (KafBeside *self)
{
  g_hash_table_unref (self->missions);
  g_hash_table_unref (self->commitments);
  g_hash_table_unref (self->experts);
  kaf_holder_touched_free (self->holders);
  kaf_target_touched_free (self->counted);
  g_free (self);
}

void
kaf_beside_note (KafBeside *self, KafDatabase *db, KafRecord *record, gboolean fate)
{
  kaf_target_now_note (db, self->counted, record, fate);
  /* What sources say comes by the hundred thousand, and nobody but the count asks for it. */
  if (g_str_equal (kaf_record_get_entity (record)->id, "source_claim"))
    return;
  kaf_mission_now_note (db, self->missions, record);
  kaf_commitment_now_note (db, self->commitments, record);
  kaf_holder_now_note (db, self->holders, record);
  kaf_expert_now_note (db, self->experts, record, fate);
}

void
kaf_beside_note_before (KafBeside *self, KafDatabase *db, KafRecord *before, KafRecord *change)
{
  kaf_mission_now_note (db, self->missions, before);
  kaf_commitment_now_note (db, self->commitments, before);
  kaf_target_now_note_before (db, self->counted, before);
  kaf_holder_now_note (db, self->holders, before);
  kaf_expert_now_note_before (db, self->experts, before);
  kaf_touched_note_left (db, before, change);
}

static void
add_id (GHashTable *ids, char *id)
{
  if (id != NULL)
    g_hash_table_add (ids, id);
}

void
kaf_beside_note_row (KafBeside *self, KafDatabase *db, const KafEntity *root, gint64 rid)
{
  KafHolderTouched *holders = kaf_holder_now_find (db, root, rid);

  add_id (self->missions, kaf_mission_now_find (db, root, rid));
  add_id (self->commitments, kaf_commitment_now_find (db, root, rid));
  add_id (self->counted->persons, kaf_target_now_find (db, root, rid));
  add_id (self->experts, kaf_expert_now_find (db, root, rid));
  if (holders != NULL)
    {
      kaf_holder_touched_free (self->holders);
      self->holders = holders;
    }
}

gboolean
kaf_beside_forget_row (KafDatabase *db, const KafEntity *root, gint64 rid, GError **error)
{
  return kaf_mission_now_forget (db, root, rid, error) &&
         kaf_commitment_now_forget (db, root, rid, error) &&
         kaf_target_now_forget (db, root, rid, error) &&
         kaf_holder_now_forget (db, root, rid, error) &&
         kaf_expert_now_forget (db, root, rid, error) && kaf_suspects_forget (db, rid, error);
}

/* Whom the count takes for mobilised hangs on where missions stand: they come first. */
gboolean
kaf_beside_write (KafBeside *self, KafDatabase *db, GError **error)
{
  return kaf_mission_now_write_all (db, self->missions, error) &&
         kaf_commitment_now_write_all (db, self->commitments, error) &&
         kaf_holder_now_write_all (db, self->holders, error) &&
         kaf_expert_now_write_all (db, self->experts, error) &&
         kaf_target_now_write_all (db, self->counted, error);
}

void
kaf_beside_add_ddl (GPtrArray *statements)
{
  const char *const *const tables[] = { kaf_mission_now_ddl, kaf_commitment_now_ddl,
                                        kaf_target_now_ddl, kaf_holder_now_ddl,
                                        kaf_expert_now_ddl };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const char *const *one = tables[i]; *one != NULL; one++)
      g_ptr_array_add (statements, g_strdup (*one));
  g_ptr_array_add (statements, g_strdup (kaf_touched_ddl));
}
