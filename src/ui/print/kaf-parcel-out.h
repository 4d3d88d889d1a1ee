/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files leave the window together: a bar that can be stopped; when it turns out that a reason is due, it is asked for
 * and the same is done again with it; then how many there are is said. */
#pragma once

#include "store/kaf-attachments.h"
#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* What is done by one, on a worker. */
typedef struct
{
  const char *reason;       /* nullable: what was typed */
  KafLang lang;             /* of the interface */
  guint n_files, n_persons; /* (out) persons: also where a reason is needed */
  KafProgressFunc progress;
  gpointer progress_data;
} KafParcelRun;

typedef struct
{
  const char *doing;  /* translated: "Putting the dossier together" */
  const char *failed; /* translated: "The dossier was not given out" */
  gboolean (*write) (KafDatabase *db,
                     GFile *target,
                     KafParcelRun *run,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error);
  void (*done) (KafWindow *window, gpointer data); /* nullable: what else is to be said */
} KafParcelKind;

/* @data is freed by @data_free when it is over, however it ends. */
void kaf_parcel_out (KafWindow *window,
                     const KafParcelKind *kind,
                     GFile *target,
                     gpointer data,
                     GDestroyNotify data_free);

G_END_DECLS
