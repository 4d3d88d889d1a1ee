/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something leaves the window: why, where it is known that many persons are named; where to; a bar that can be stopped;
 * why, where that came out on the way; then a toast that opens it, or why it failed. Each door says what it writes. */
#pragma once

#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-file-chooser.h"

G_BEGIN_DECLS

/* Of formats to choose from. */
#define KAF_OUTGOING_FORMATS_MOST 4

/* What is done, on a worker. */
typedef struct
{
  const char *reason; /* nullable: what was typed */
  gboolean no_names;  /* rather than give a reason */
  KafLang lang;       /* of the interface */
  KafProgressFunc progress;
  gpointer progress_data;
  gint64 n;         /* (out) of what the toast counts */
  gint64 n_persons; /* (out) that are named; also where a reason is needed */
} KafOutgoingRun;

typedef enum
{
  KAF_OUTGOING_REFUSED, /* with an error */
  KAF_OUTGOING_EMPTY,
  KAF_OUTGOING_NEEDS_REASON,
  KAF_OUTGOING_READY,
} KafOutgoingLook;

/* Sentences are translated. */
typedef struct
{
  /* Its reason */
  const char *why;        /* "Why Is This List Given Out?" */
  const char *names;      /* "The list holds %s persons. Above %d, …" */
  const char *go;         /* "Export…" */
  gboolean without_names; /* that is offered instead */

  /* Its place */
  const char *where;                                    /* "Save the Workbook" */
  const char *accept;                                   /* "Save" */
  KafFileFormat formats[KAF_OUTGOING_FORMATS_MOST + 1]; /* none: there is but one */

  /* Its way */
  const char *doing;  /* "Making the workbook" */
  const char *failed; /* "The workbook was not made" */
  const char *empty;  /* nullable: "The list is empty: there is nothing to export" */

  /* On a worker, before anything is asked: sets n_persons. Nullable: what it names is known once it is made. */
  KafOutgoingLook (*look) (KafDatabase *db, KafOutgoingRun *run, gpointer data, GError **error);

  /* On a worker: whole or not at all. KAF_STORE_ERROR_REFUSED: a reason is needed. */
  gboolean (*write) (KafDatabase *db,
                     GFile *file,
                     KafOutgoingRun *run,
                     gpointer data,
                     GCancellable *cancellable,
                     GError **error);

  /* Takes the place of place and writing, for what becomes no file. @reason: nullable. */
  void (*send) (KafWindow *window, const char *reason, gpointer data);

  /* What the toast says. @number: run->n as it is written; @name: of the file. (transfer full) */
  char *(*tell) (const KafOutgoingRun *run, const char *number, const char *name);

  /* Nullable: what else is to be said. */
  void (*done) (KafWindow *window, gpointer data);
} KafOutgoingKind;

/* @file: nullable: asked for, as @name, which is then needed. @data is freed by @data_free when it is over, however it
 * ends. Does nothing in a window without a store. */
void kaf_outgoing_start (KafWindow *window,
                         const KafOutgoingKind *kind,
                         const char *name,
                         GFile *file,
                         gpointer data,
                         GDestroyNotify data_free);

G_END_DECLS
