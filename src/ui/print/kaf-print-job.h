/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be printed, and as what: handed to a worker, which makes pages of it. A value: whoever changes something
 * copies it first. */
#pragma once

#include "report/kaf-addressee.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef struct
{
  const KafEntity *entity;     /* of the record, or of the query */
  char *id;                    /* of the record; NULL: a query */
  KafQuery *query;             /* nullable */
  GStrv columns;               /* of the query, as the list shows them; nullable */
  const KafDocument *document; /* NULL: the first that suits */
  KafPaperLangs langs;
  gboolean blank, no_letterhead;
  guint n_blank;
  char *one;               /* nullable */
  char *signer, *function; /* who signs, and as what; nullable: as set */
} KafPrintJob;

KafPrintJob *kaf_print_job_new_for_record (const KafEntity *entity, const char *id);
/* The query is copied: the list goes on being typed into. @columns: nullable. */
KafPrintJob *kaf_print_job_new_for_query (const KafQuery *query, const char *const *columns);
KafPrintJob *kaf_print_job_copy (const KafPrintJob *self);
void kaf_print_job_free (KafPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafPrintJob, kaf_print_job_free)

/* What is asked of the document; texts are those of @self. */
KafDocumentOptions kaf_print_job_get_options (const KafPrintJob *self);

/* The pages, and what the window tells and asks about them. */
typedef struct
{
  const KafDocument *document;
  KafPages *pages;
  GPtrArray
      *documents;  /* of const KafDocument: all that suit what is printed, @document among them */
  GPtrArray *ones; /* of KafAddressee; empty where the document is of nobody's own */
  char *one;       /* nullable: for which of them the pages are */
  guint limit;     /* persons above whom a reason is needed */
} KafPrintMade;
void kaf_print_made_free (KafPrintMade *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafPrintMade, kaf_print_made_free)

/* A KafStoreJob: @data is the job; gives a KafPrintMade. Errors: those of kaf_document_make(); NOT_FOUND where no
 * document suits. */
gpointer
kaf_print_job_run (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
