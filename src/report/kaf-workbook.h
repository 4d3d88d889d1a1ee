/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbooks that Kafaat makes: a catalogue, one file each in books/. */
#pragma once

#include "report/kaf-book.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;     /* as asked for: "experts" */
  const char *label;    /* N_(): its title */
  const char *summary;  /* N_(): what stands in it, in half a sentence */
  const char *keywords; /* N_() */
  const char *entity;   /* whose records a query may narrow; NULL: it tells of everything */
  const char *source;   /* nullable: an entity that its maker has to know; NULL: @entity, if any */
  gboolean names;       /* it names the persons that the records are, or are about */
  gboolean totals;      /* figures alone: open to who sees nothing else */
  /* Fills @book. Errors: those of what it reads, G_IO_ERROR_CANCELLED. */
  gboolean (*make) (KafBook *book, GError **error);
} KafWorkbook;

/* All of them, in the order in which they are offered. Static. */
const KafWorkbook *const *kaf_workbooks (guint *n_workbooks);

/* NULL: there is none of that name. */
const KafWorkbook *kaf_workbook_find (const char *name);

/* Whether @role (nullable: everything) knows what the workbook tells of. */
gboolean kaf_workbook_allows (const KafWorkbook *self, const KafRole *role);

/* Of which records it is made: @query, or all. (transfer full) (nullable): it has no entity. */
KafQuery *kaf_workbook_get_query (const KafWorkbook *self, const KafQuery *query);

/* Whether it names so many persons that a reason is due. @n_persons: out, nullable: how many. FALSE may come with
 * @error: those of kaf_page_count(), KAF_STORE_ERROR_FORBIDDEN as of kaf_workbook_make(). */
gboolean kaf_workbook_needs_reason (KafDatabase *db,
                                    const KafWorkbook *self,
                                    const KafQuery *query,
                                    gint64 *n_persons,
                                    GError **error);

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
 * before. Errors: KAF_STORE_ERROR_REFUSED (a reason is needed), KAF_STORE_ERROR_FORBIDDEN (the role of this
 * device may not make it, or not read what the query asks), those of kaf_book_new() and kaf_book_save(). */
gboolean kaf_workbook_make (KafDatabase *db,
                            const KafWorkbook *self,
                            GFile *file,
                            const KafWorkbookOptions *options,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
