/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Those of whom each has a paper of her own in a document (KafDocumentOne); and their papers as a file each. */
#pragma once

#include "report/kaf-document.h"

G_BEGIN_DECLS

typedef struct
{
  char *
      id; /* of the record that the document names them by: a participant, an expert of the mission */
  char *title; /* nullable */
  const KafEntity *entity;
} KafAddressee;

/* Of the record @id, at most @most of each kind; empty where the document is of nobody's own.
 * (element-type KafAddressee) (transfer full) Errors: KAF_STORE_ERROR. */
GPtrArray *kaf_addressees_read (KafDatabase *db,
                                const KafDocument *document,
                                const char *id,
                                guint most,
                                KafLang lang,
                                GError **error);

typedef struct
{
  const char *reason;       /* nullable: why, for the register of disclosures */
  const char *recipient;    /* nullable: for whom */
  KafLang lang;             /* that files are called in */
  KafProgressFunc progress; /* nullable; in papers */
  gpointer progress_data;
} KafEachOptions;

/* Makes @document once for each addressee whom there is a paper for, and puts the PDFs together in @target (kaf-parcel).
 * @n_files, @n_persons: (out) papers; persons that are named, known also when a reason is needed. Errors:
 * KAF_STORE_ERROR_REFUSED (a reason is needed), _NOTHING (there is nobody), those of kaf_document_make() and
 * kaf_parcel_begin(), G_IO_ERROR (CANCELLED too). */
gboolean kaf_addressees_print (KafDatabase *db,
                               const KafDocument *document,
                               const KafSubject *subject,
                               const KafDocumentOptions *paper,
                               GFile *target,
                               const KafEachOptions *options,
                               guint *n_files,
                               guint *n_persons,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
