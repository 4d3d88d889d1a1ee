/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/import/kaf-import-keeper.h"

#include "exchange/kaf-import-decisions.h"
#include "store/kaf-drafts.h"
#include "ui/form/kaf-draft-keeper.h"

struct _KafImportKeeper
{
  GObject parent_instance;

  KafDraftKeeper *draft;
  char *decided; /* as it was last looked at; NULL: nothing */
};

G_DEFINE_FINAL_TYPE (KafImportKeeper, kaf_import_keeper, G_TYPE_OBJECT)

static void
on_collect (KafDraftKeeper *draft, GHashTable *typed, KafImportKeeper *self)
{
  if (self->decided != NULL)
    g_hash_table_insert (typed, g_strdup (KAF_DRAFT_DECISIONS), g_strdup (self->decided));
}

static void
kaf_import_keeper_dispose (GObject *object)
{
  KafImportKeeper *self = KAF_IMPORT_KEEPER (object);

  if (self->draft != NULL)
    kaf_draft_keeper_flush (self->draft);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (kaf_import_keeper_parent_class)->dispose (object);
}

static void
kaf_import_keeper_finalize (GObject *object)
{
  g_free (KAF_IMPORT_KEEPER (object)->decided);
  G_OBJECT_CLASS (kaf_import_keeper_parent_class)->finalize (object);
}

static void
kaf_import_keeper_class_init (KafImportKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_import_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_import_keeper_finalize;
}

static void
kaf_import_keeper_init (KafImportKeeper *self)
{
}

KafImportKeeper *
kaf_import_keeper_new (KafStore *store, const char *slot, const KafImportPlan *plan)
{
  KafImportKeeper *self = g_object_new (KAF_TYPE_IMPORT_KEEPER, NULL);

  self->draft = kaf_draft_keeper_new (store, kaf_import_plan_get_map (plan)->entity, slot);
  g_signal_connect_object (self->draft, "collect", G_CALLBACK (on_collect), self, 0);
  self->decided = kaf_import_decisions_write (plan);
  return self;
}

void
kaf_import_keeper_look (KafImportKeeper *self, const KafImportPlan *plan)
{
  g_autofree char *decided = kaf_import_decisions_write (plan);

  if (g_strcmp0 (decided, self->decided) == 0)
    return;
  g_free (self->decided);
  self->decided = g_steal_pointer (&decided);
  if (self->decided != NULL)
    kaf_draft_keeper_touch (self->draft);
  else
    kaf_draft_keeper_drop (self->draft);
}

void
kaf_import_keeper_flush (KafImportKeeper *self)
{
  kaf_draft_keeper_flush (self->draft);
}

void
kaf_import_keeper_drop (KafImportKeeper *self)
{
  g_clear_pointer (&self->decided, g_free);
  kaf_draft_keeper_drop (self->draft);
}
