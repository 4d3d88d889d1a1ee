/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects of project holders by the stage that they have come to, and by region: how many, of how many holders, with
 * which jobs and amounts. The stage is the one that lists have (kaf-project-now.h). */
#pragma once

#include "base/kaf-few.h"
#include "rules/holder/kaf-holder.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

#define KAF_FUNNEL_STAGES (KAF_STAGE_ABANDONED + 1)

/* What is under way in a region: all but what was given up. */
typedef struct
{
  char *code, *title;          /* NULL: nobody said where */
  guint n_projects, n_holders; /* told or not (kaf-few.h): nothing else is of who has too few */
  gint64 jobs;
  gint64 amount; /* centimes of dirham; what is in another currency counts as converted, or not */
  guint n_unpriced;  /* projects whose amount in dirhams is not known */
  guint n_unstaffed; /* projects whose jobs are not known */
} KafFunnelRegion;

typedef struct
{
  guint stages[KAF_FUNNEL_STAGES]; /* by KafStage; KAF_STAGE_NONE: no change was noted */
  guint n;                         /* in all */
  GPtrArray *regions;              /* (element-type KafFunnelRegion), most projects first */
} KafFunnel;
/* Of nothing, to be filled: a region is its own. */
KafFunnel *kaf_funnel_new (void);
KafFunnelRegion *kaf_funnel_add_region (KafFunnel *self);
void kaf_funnel_free (KafFunnel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafFunnel, kaf_funnel_free)

/* @hide: small numbers are not told, for who sees totals alone. Errors: KAF_STORE_ERROR. */
KafFunnel *kaf_funnel_read (
    KafDatabase *db, KafLang lang, gboolean hide, GCancellable *cancellable, GError **error);

/* What a figure counts: the projects at a stage. (transfer full) */
KafQuery *kaf_funnel_list_stage (KafDatabase *db, KafStage stage, GError **error);

/* What is under way in a region (NULL: nobody said where): projects, or their holders. (transfer full) */
KafQuery *
kaf_funnel_list_region (KafDatabase *db, const char *code, gboolean holders, GError **error);

G_END_DECLS
