/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document before any page: what it says, block by block, in one language. Whoever writes one says no position and no
 * font; kaf-layout makes pages of it. All text is copied, plain (no markup), in logical order; NULL and "" are nothing:
 * an empty paragraph leaves no trace, an empty value shows as a dash. Figures, phones and references inside Arabic are
 * put in order by the layout. Lengths are millimetres.
 *
 *     kaf_doc_title (doc, kaf_doc_word (doc, "Mission order"));
 *     kaf_doc_pair (doc, kaf_doc_word (doc, "Place"), place);
 *     kaf_doc_table (doc, columns);
 *     kaf_doc_row (doc, (const char *[]){ "1", name, sum });
 *     kaf_doc_signatures (doc, signers);
 */
#pragma once

#include "base/kaf-words.h"
#include "report/kaf-blank.h"

G_BEGIN_DECLS

typedef struct _KafDoc KafDoc;

KafDoc *kaf_doc_new (KafLang lang);
void kaf_doc_free (KafDoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDoc, kaf_doc_free)

KafLang kaf_doc_get_lang (const KafDoc *self);

/* Words of the program in the document's language, as kaf_words_get() and its like. (transfer none) */
const char *kaf_doc_word (const KafDoc *self, const char *msgid);
const char *kaf_doc_word_in (const KafDoc *self, const char *context, const char *msgid);
/* The sentence of the catalogue for @format, filled in. (transfer full) */
char *kaf_doc_print (const KafDoc *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *kaf_doc_print_plural (const KafDoc *self, const char *one, const char *many, gulong n, ...);

/* What concerns the whole; the last word counts. */

/* Its name, in the running head, in the file and in the window. Without one: that of kaf_doc_title(). */
void kaf_doc_set_name (KafDoc *self, const char *name);
/* Reference and day of the paper, under the letterhead: "MIS-2026-0042"; the ISO date of its signature. */
void kaf_doc_set_reference (KafDoc *self, const char *reference);
void kaf_doc_set_date (KafDoc *self, const char *iso);
/* DRAFT across each page: it is not final yet. */
void kaf_doc_set_provisional (KafDoc *self, gboolean provisional);
/* A4 upright with margins of 20 mm unless said otherwise. */
void kaf_doc_set_landscape (KafDoc *self);
void kaf_doc_set_paper (KafDoc *self, double width, double height, double margin);
/* Without letterhead, running head and foot: an envelope, a badge. */
void kaf_doc_set_bare (KafDoc *self);
/* Without a letterhead alone: a list of the house's own. */
void kaf_doc_set_plain (KafDoc *self);

/* A value is missing (kaf_blank_new()): it is told before the paper goes out. */
void kaf_doc_add_blank (
    KafDoc *self, const char *label, const char *entity, const char *id, const char *of);
/* A text stands in the other language of papers: it is not given in the document's. */
void kaf_doc_add_untranslated (
    KafDoc *self, const char *label, const char *entity, const char *id, const char *of);

/* Text */

void kaf_doc_title (KafDoc *self, const char *text);
void kaf_doc_subtitle (KafDoc *self, const char *text);
/* @level: 1 to 3. Stays with what follows; 1 and 2 stand in the outline of the file. */
void kaf_doc_heading (KafDoc *self, guint level, const char *text);
/* One paragraph per line of @text. */
void kaf_doc_paragraph (KafDoc *self, const char *text);
/* The same, from edge to edge on both sides: articles of a convention. */
void kaf_doc_article (KafDoc *self, const char *text);
/* In the middle, bold: « a été convenu ce qui suit ». */
void kaf_doc_centre (KafDoc *self, const char *text);
/* At the end of the line: a place and a date, the one to whom a letter goes. */
void kaf_doc_end (KafDoc *self, const char *text);
void kaf_doc_note (KafDoc *self, const char *text); /* small and grey */
void kaf_doc_warn (KafDoc *self, const char *text); /* between bars: an override, a missing part */
void kaf_doc_item (KafDoc *self, const char *text); /* with a bullet */
/* Numbered on from the last one; whatever else is written begins anew with 1. */
void kaf_doc_step (KafDoc *self, const char *text);
/* A box, ticked or not, and what it stands for. */
void kaf_doc_check (KafDoc *self, const char *text, gboolean ticked);

/* Label and value; those that follow one another are aligned as two columns. */
void kaf_doc_pair (KafDoc *self, const char *label, const char *value);

/* Tables */

typedef enum
{
  KAF_DOC_START,
  KAF_DOC_END, /* figures */
  KAF_DOC_CENTRE,
} KafDocAlign;

/* A table ends with a column whose head is NULL. */
typedef struct
{
  const char *head;  /* in the document's language */
  double share;      /* of the width, against the others'; 0: as wide as what stands in it */
  KafDocAlign align; /* of cells and head */
} KafDocColumn;

void kaf_doc_table (KafDoc *self, const KafDocColumn *columns);
/* As many cells as columns, each nullable. Begins no table: one must have been. */
void kaf_doc_row (KafDoc *self, const char *const *cells);
void kaf_doc_row_total (KafDoc *self, const char *const *cells); /* bold, under a line */
/* With a bar before it: something is missing here. */
void kaf_doc_row_marked (KafDoc *self, const char *const *cells);
/* Over the whole width, bold; stays with the row that follows. */
void kaf_doc_row_group (KafDoc *self, const char *text);
/* Empty rows to write in by hand, @height each; 0: 9 mm. With @numbered their first cells count on from the rows so far. */
void kaf_doc_rows_blank (KafDoc *self, guint n, double height, gboolean numbered);

/* To be written on */

typedef struct
{
  const char *caption;  /* who signs as what: "For the Ministry"; NULL ends the list */
  const char *name;     /* nullable */
  const char *function; /* nullable */
  gboolean stamp;       /* room and word for a stamp */
} KafDocSigner;

/* Boxes side by side, three to a row, never parted from one another. */
void kaf_doc_signatures (KafDoc *self, const KafDocSigner *signers);
void kaf_doc_lines (KafDoc *self, guint n); /* ruled, to write on */
/* A question with its answer from 1 to 5 as five circles; 0: none is filled. */
void kaf_doc_scale (KafDoc *self, const char *question, guint answer);

/* Else */

/* PNG, @width wide at most; 0: as large as it is at 150 dots an inch. What is no PNG is left out. */
void kaf_doc_image (KafDoc *self, GBytes *png, double width, KafDocAlign align);
void kaf_doc_space (KafDoc *self, double height);
void kaf_doc_rule (KafDoc *self); /* a thin line over the width */
/* From here to kaf_doc_keep_end(), nothing is parted by a page that can stand on one. */
void kaf_doc_keep_begin (KafDoc *self);
void kaf_doc_keep_end (KafDoc *self);
void kaf_doc_page_break (KafDoc *self);
/* What follows is another copy, for somebody else: on a page of its own, with the letterhead, and counted from 1. */
void kaf_doc_new_paper (KafDoc *self);
/* What follows begins this far from the start of the line; 0 ends it. */
void kaf_doc_indent (KafDoc *self, double width);
/* What follows stands in @n columns of one width, filled one after the other; 1 ends it. */
void kaf_doc_columns (KafDoc *self, guint n);

G_END_DECLS
