/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page says of a record beyond its fields, computed by the rules: how a convention stands, until when and by
 * what; how a commitment stands; who signed, by the office of the day. Read on the worker. */
#pragma once

#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

/* Of the record of the page or of one that stands on it, by its id in KafRecordData.words. */
typedef struct
{
  char *name;        /* nullable: instead of the row's first text */
  char *pill;        /* nullable */
  const char *style; /* nullable, static */
  char *line; /* nullable: in the page's header, or before the other words of a row's second line */
} KafRecordWords;

/* Fills self->words. What cannot be read is left unsaid: the record itself shows all the same. */
void kaf_record_words_read (KafRecordData *self, KafDatabase *db, KafLang lang);

/* NULL: nothing is said of it. */
const KafRecordWords *kaf_record_words_find (const KafRecordData *self, const char *id);

G_END_DECLS
