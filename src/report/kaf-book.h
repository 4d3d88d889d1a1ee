/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook (XLSX) on its way to a file: its properties, its formats, its sheets (kaf-sheet.h).
 *
 * Each sheet begins with what it is: State and service, title, day and author, what was asked for. Sheets of an Arabic
 * workbook run from right to left. Pages are A4 landscape, as wide as the sheet. The file is readable by its owner only
 * and takes its name when it is whole; the store's own files are refused. */
#pragma once

#include "base/kaf-day.h"
#include "base/kaf-words.h"
#include "store/kaf-attachments.h"
#include "store/kaf-new-file.h"

G_BEGIN_DECLS

/* What a workbook is made from; texts and objects are not owned by it. */
typedef struct
{
  KafDatabase *db;
  KafLang lang;          /* that all of it is in */
  const char *title;     /* of the workbook: "Experts" */
  const char *keywords;  /* nullable; parted by commas */
  const KafQuery *query; /* nullable: which records; NULL: all, where that means something */
  const char *subject;   /* nullable: which those are, as a sentence; NULL: told from @query */
  KafDay day;            /* unknown: today */
  gboolean
      large; /* rows go to the disk as they come, and memory stays small: no cell is written twice */
  KafProgressFunc progress; /* nullable; in rows */
  gpointer progress_data;
  GCancellable *cancellable; /* nullable */
} KafBookBasis;

typedef struct _KafBook KafBook;

/* Begins the file. Errors: those of kaf_new_file_begin(). (transfer full) */
KafBook *kaf_book_new (const KafBookBasis *basis, GFile *file, GError **error);

/* Words of the program in the workbook's language, as kaf_words_get() and its like. (transfer none) */
const char *kaf_book_word (const KafBook *self, const char *msgid);
const char *kaf_book_word_in (const KafBook *self, const char *context, const char *msgid);

/* As given; its day is known, and so is its subject. */
const KafBookBasis *kaf_book_get_basis (const KafBook *self);

/* Writes all of it and names the file. Errors: G_IO_ERROR (CANCELLED too: then no file is left). */
gboolean kaf_book_save (KafBook *self, GError **error);

/* Whether somebody turned away: with G_IO_ERROR_CANCELLED. */
gboolean kaf_book_is_cancelled (KafBook *self, GError **error);

/* What is not saved is removed. */
void kaf_book_free (KafBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafBook, kaf_book_free)

G_END_DECLS
