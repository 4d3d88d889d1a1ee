/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dossier of a mission, given out whole: its file as a PDF, a workbook of its figures, its annexes, and a list of
 * what is in it and of what is not on this device; as a folder or a ZIP (kaf-parcel). */
#pragma once

#include "report/kaf-document.h"

G_BEGIN_DECLS

typedef struct
{
  KafPaperLangs langs;      /* of what is printed; 0: French. The workbook speaks the interface's */
  KafLang lang;             /* of the interface */
  const char *reason;       /* nullable: why, for the register of disclosures */
  const char *recipient;    /* nullable: for whom */
  KafProgressFunc progress; /* nullable; in bytes, by and large */
  gpointer progress_data;
} KafDossierOptions;

/* What became of it. */
typedef struct
{
  guint n_files, n_annexes; /* all that lie in it; of them those that were attached */
  guint n_persons;          /* that are named in file and workbook */
  GPtrArray *missing; /* (element-type utf8): names of files whose content is not here; nullable */
} KafDossier;
void kaf_dossier_clear (KafDossier *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafDossier, kaf_dossier_clear)

/* Of @mission (an id), to @target: whole or not at all; what names persons is put down as a disclosure before. @made
 * (out, zeroed): its n_persons is known also when a reason is needed. Errors: KAF_STORE_ERROR_REFUSED (a reason is
 * needed), those of kaf_document_make() and kaf_parcel_begin(), G_IO_ERROR (CANCELLED too). */
gboolean kaf_dossier_write (KafDatabase *db,
                            const char *mission,
                            GFile *target,
                            const KafDossierOptions *options,
                            KafDossier *made,
                            GCancellable *cancellable,
                            GError **error);

/* What its list of contents tells. */
typedef struct
{
  char *path;        /* within it; of what is missing, the name of the file */
  const char *label; /* N_(); NULL: an annex */
  char *attachment;  /* id of an annex */
  gint64 size;       /* bytes */
} KafDossierEntry;

typedef struct
{
  GPtrArray *entries; /* (element-type KafDossierEntry) */
  GPtrArray *missing; /* (element-type KafDossierEntry) */
} KafDossierContents;

G_END_DECLS
