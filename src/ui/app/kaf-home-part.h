/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of the home page: a heading with its rows or bars, or a sentence in their place. What it shows changes in
 * place, so that nothing flickers when the page is read again. */
#pragma once

#include "store/kaf-page.h"
#include "ui/app/kaf-home-row.h"

G_BEGIN_DECLS

/* All NULL until it is made, which its functions do the first time alone. */
typedef struct
{
  GtkWidget *section; /* KafRecordSection */
  GtkWidget *rows;
  GtkWidget *sentence;
} KafHomePart;

void kaf_home_part_make_list (KafHomePart *self, GtkWidget *column, const char *title);
void kaf_home_part_make_bars (KafHomePart *self, GtkWidget *column, const char *title);

/* The row of the list after @before (NULL: the first), made when there is none. */
KafHomeRow *kaf_home_part_next_row (KafHomePart *self, KafHomeRow *before);

/* Takes out the rows after @last (NULL: all); without any, @sentence (nullable) stands there. */
void kaf_home_part_end_rows (KafHomePart *self, KafHomeRow *last, const char *sentence);

/* Of a list, whatever its texts and width: its heading and its rows; px, 0 until it is made. */
int kaf_home_part_least_height (const KafHomePart *self);

/* @groups: KafGroup, of experts by the field at @path; each opens the list of those it counts. */
void kaf_home_part_show_bars (KafHomePart *self, const char *path, const GPtrArray *groups);

G_END_DECLS
