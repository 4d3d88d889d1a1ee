/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Project holders as the rules look at them, read out of a store: all in one pass a kind, or one alone. */
#pragma once

#include "base/kaf-day.h"
#include "rules/holder/kaf-holder.h"
#include "rules/holder/kaf-score.h"
#include "rules/holder/kaf-tiers.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  KafHolder facts;
  guint32 rid;
  const KafTierOverride *overrides; /* as they were decided, in no order */
  guint n_overrides;
} KafHolderLine;

/* The texts and lists of the lines live as long as it. */
typedef struct _KafHolders KafHolders;
struct _KafHolders
{
  KafDay as_of;
  GArray *lines; /* (element-type KafHolderLine), by row */

  /* Private */
  GArray *projects, *contacts, *overrides;
  GHashTable *by_id;   /* id → index + 1 */
  GHashTable *regions; /* code of a territory → that of its region */
  GStringChunk *texts;
};

/* What is known by @as_of: exchanges, changes of stage and decisions of later days are left out; what has no day is as it
 * is now. @id (nullable): that person alone; where she is no project holder, there is no line.
 * Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. (transfer full) */
KafHolders *kaf_holders_read (
    KafDatabase *db, const char *id, KafDay as_of, GCancellable *cancellable, GError **error);
void kaf_holders_free (KafHolders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHolders, kaf_holders_free)

guint kaf_holders_get_size (const KafHolders *self);
const KafHolderLine *kaf_holders_get (const KafHolders *self, guint i);

/* The rules that hold on a day: those published last by then (of the same day the greater number, then the greater id);
 * the default where none was. */
typedef struct
{
  KafScoreRules *rules;
  char *id;           /* of the rule_set; NULL: the default */
  guint number;       /* 0: the default */
  char *published_on; /* nullable */
} KafRulesInForce;
void kaf_rules_in_force_clear (KafRulesInForce *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafRulesInForce, kaf_rules_in_force_clear)

gboolean
kaf_rules_in_force_read (KafDatabase *db, KafDay day, KafRulesInForce *rules, GError **error);

G_END_DECLS
