/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letterhead as settings dated today, read and written on a worker. */
#pragma once

#include "report/kaf-letterhead.h"
#include "report/kaf-pages.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Of what is to be written; lines are parted by " | ". */
typedef struct
{
  char *key, *value; /* "document.service-fr" */
  GFile *logo;       /* nullable: a PNG, whose attachment becomes the value */
} KafLetterheadChange;
void kaf_letterhead_change_free (gpointer change);

/* KafStoreJobs. The first gives a KafLetterhead; the second, of a KafLetterheadChange, a KafReceipt of the last commit.
 * Errors: those of kaf_commit() and kaf_attachment_add(); G_IO_ERROR_INVALID_DATA for a logo that is no PNG. */
gpointer
kaf_letterhead_load (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);
gpointer
kaf_letterhead_save (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error);

/* The head of a paper as it would be with @letterhead. (transfer full) (nullable) */
KafPages *kaf_letterhead_picture (const KafLetterhead *letterhead, KafLang lang);

G_END_DECLS
