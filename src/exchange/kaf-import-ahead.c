/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread goes through the rows as the writer does, and comes upon the same ones. */
#include "config.h"

#include "exchange/kaf-import-ahead.h"

#include "base/kaf-belt.h"

/* Rows that are held ready. */
#define AHEAD 256

struct _KafImportAhead
{
  const KafImportPlan *plan;
  GThread *thread;
  KafBelt *belt; /* KafImportReady */
};

void
kaf_import_ready_clear (KafImportReady *self)
{
  kaf_import_row_clear (&self->read);
  g_clear_pointer (&self->claims, g_ptr_array_unref);
}

static void
ready_free (gpointer data)
{
  kaf_import_ready_clear (data);
  g_free (data);
}

/* The same before and while a row is written: of the rows to come nothing changes. */
static gboolean
is_read_ahead (const KafImportPlanRow *row)
{
  return row->said != NULL && !row->left_out && !row->idle &&
         (row->outcome == KAF_IMPORT_NEW || row->outcome == KAF_IMPORT_DUPLICATE);
}

/* As the store will want it. What is wrong is refused there. */
static void
clean (KafRecord *record)
{
  guint n = kaf_entity_n_fields (kaf_record_get_entity (record));

  for (guint i = 0; i < n; i++)
    if (kaf_record_holds_at (record, i))
      kaf_record_clean_at (record, i, NULL);
}

/* In one piece of memory each, as the writer would rather copy and free them. */
static void
pack (GPtrArray *claims)
{
  for (guint i = 0; i < claims->len; i++)
    {
      g_autoptr (KafRecord) claim = g_ptr_array_index (claims, i);

      clean (claim);
      g_ptr_array_index (claims, i) = kaf_record_copy (claim);
    }
}

static KafImportReady *
read_row (const KafImportPlan *plan, const KafImportPlanRow *row)
{
  KafImportReady *ready = g_new0 (KafImportReady, 1);

  kaf_import_row_unpack (&ready->read, plan->map->entity, row->said);
  ready->claims = kaf_import_merge_claim_all (plan->map, plan->role, &ready->read, NULL,
                                              row->source_number, plan->today);
  for (guint part = 0; part < KAF_IMPORT_PARTS && ready->read.parts[part] != NULL; part++)
    clean (ready->read.parts[part]);
  pack (ready->claims);
  return ready;
}

static gpointer
read_all (gpointer data)
{
  KafImportAhead *self = data;
  guint n = kaf_import_plan_get_n (self->plan);

  for (guint i = 0; i < n; i++)
    {
      const KafImportPlanRow *row = kaf_import_plan_get (self->plan, i);

      if (is_read_ahead (row) && !kaf_belt_put (self->belt, read_row (self->plan, row)))
        return NULL;
    }
  kaf_belt_end (self->belt);
  return NULL;
}

KafImportAhead *
kaf_import_ahead_new (const KafImportPlan *plan)
{
  KafImportAhead *self = g_new0 (KafImportAhead, 1);

  self->plan = plan;
  self->belt = kaf_belt_new (AHEAD, ready_free);
  self->thread = g_thread_new ("kaf-import", read_all, self);
  return self;
}

void
kaf_import_ahead_free (KafImportAhead *self)
{
  kaf_belt_stop (self->belt);
  g_thread_join (self->thread);
  kaf_belt_free (self->belt);
  g_free (self);
}

gboolean
kaf_import_ahead_take (KafImportAhead *self, guint place, KafImportReady *ready)
{
  g_autofree KafImportReady *next = NULL;

  if (!is_read_ahead (kaf_import_plan_get (self->plan, place)))
    return FALSE;
  next = kaf_belt_take (self->belt);
  g_return_val_if_fail (next != NULL, FALSE);
  *ready = *next;
  return TRUE;
}
