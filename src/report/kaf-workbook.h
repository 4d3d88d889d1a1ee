/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbooks that Kafaat makes: a catalogue, one file each in books/. */
#pragma once

#include "report/kaf-book.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;     /* as asked for: "experts" */
  const char *label;    /* N_(): its title */
  const char *keywords; /* N_() */
  const char *entity;   /* whose records a query may narrow; NULL: it tells of everything */
  gboolean names;       /* it names the persons that the records are, or are about */
  gboolean totals;      /* figures alone: open to who sees nothing else */
  /* Fills @book. Errors: those of what it reads, G_IO_ERROR_CANCELLED. */
  gboolean (*make) (KafBook *book, GError **error);
} KafWorkbook;

/* All of them, in the order in which they are offered. Static. */
const KafWorkbook *const *kaf_workbooks (guint *n_workbooks);

/* NULL: there is none of that name. */
const KafWorkbook *kaf_workbook_find (const char *name);

/* Of which records it is made: @query, or all. (transfer full) (nullable): it has no entity. */
KafQuery *kaf_workbook_get_query (const KafWorkbook *self, const KafQuery *query);

typedef struct
{
  KafLang lang;
  KafDay day;               /* unknown: today */
  const KafQuery *query;    /* nullable; of the workbook's entity */
  const char *reason;       /* nullable: why, for the register of disclosures */
  const char *recipient;    /* nullable: for whom */
  KafProgressFunc progress; /* nullable; in rows */
  gpointer progress_data;
} KafWorkbookOptions;

/* Writes it to @file, readable by its owner only, whole or not at all; what names persons is put down as a disclosure
 * before. Errors: KAF_STORE_ERROR_REFUSED (a reason is needed), KAF_STORE_ERROR_FORBIDDEN (the query asks what the
 * role of this device may not read), those of kaf_book_new() and kaf_book_save(). */
gboolean kaf_workbook_make (KafDatabase *db,
                            const KafWorkbook *self,
                            GFile *file,
                            const KafWorkbookOptions *options,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
