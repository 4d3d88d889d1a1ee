/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of a project holder shows beyond a record's own: her projects with their stages, and how she is scored.
 * Read in one job on a worker, never changed after. */
#pragma once

#include "store/kaf-store.h"
#include "ui/holder/kaf-stage-bar.h"

G_BEGIN_DECLS

/* A line of a project's card. */
typedef struct
{
  const char *label; /* translated */
  char *text;
} KafProjectLine;

typedef struct
{
  KafRecord *record;
  char *title;                    /* in the language of the interface, or what there is */
  char *other_title;              /* nullable */
  char *stage;                    /* code; NULL: no dated change yet */
  char *since;                    /* ISO day of that change; nullable */
  char *reached[KAF_STAGE_BAR_N]; /* ISO days; NULL: not reached, or passed over */
  int place;            /* how far on the bar, -1: not yet; of one given up: where it stood */
  GPtrArray *lines;     /* (element-type KafProjectLine) */
  char *next_text;      /* next action and its day; nullable */
  gboolean next_is_due; /* today or before */
} KafHolderProjectView;

/* The stage of a project is that of its latest change; it is over when it was launched or given up. */
gboolean kaf_holder_project_is_over (const KafHolderProjectView *self);

typedef struct
{
  char *id; /* of the person */
  char *today;
  char *me;         /* who of us is here, as records name her */
  char *counsellor; /* nullable */
  GPtrArray
      *projects; /* (element-type KafHolderProjectView): under way first, then the newest first */
} KafHolderView;

void kaf_holder_view_free (KafHolderView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafHolderView, kaf_holder_view_free)

/* The place in projects of the one of that id; -1: none. */
int kaf_holder_view_find (const KafHolderView *self, const char *id);

/* @id: of the person. Errors: KAF_STORE_ERROR, NOT_FOUND among them. Run it on a worker. */
KafHolderView *kaf_holder_view_read (KafDatabase *db, const char *id, KafLang lang, GError **error);

void kaf_holder_view_read_async (KafStore *store,
                                 const char *id,
                                 KafLang lang,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
KafHolderView *kaf_holder_view_read_finish (KafStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
