/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value that a paper should have and has not: it stands as dots, or as nothing, to be filled in by hand; or it is a
 * text that nobody gave in the language of the paper, and stands in the other. Told before the paper goes out, with the
 * record where it can be mended. */
#pragma once

#include "base/kaf-lang.h"

G_BEGIN_DECLS

/* Instead of an entity: the head of papers and who signs them, in the preferences. */
#define KAF_BLANK_LETTERHEAD "letterhead"

typedef enum
{
  KAF_BLANK_EMPTY,
  KAF_BLANK_IN_FRENCH, /* on an Arabic paper */
  KAF_BLANK_IN_ARABIC, /* on a French one */
} KafBlankKind;

typedef struct
{
  KafBlankKind kind;
  const char *label;  /* N_(): "Expert: day of departure"; lives as long as the process */
  const char *entity; /* of the record to mend; KAF_BLANK_LETTERHEAD; NULL: none is known */
  char *id;           /* of that record; nullable */
  char *of;           /* what that record is called; nullable */
} KafBlank;

KafBlank *kaf_blank_new (
    KafBlankKind kind, const char *label, const char *entity, const char *id, const char *of);
void kaf_blank_free (KafBlank *self);

/* Takes @blank, unless @blanks (element-type KafBlank) has the same of the same record: both languages of a paper leave
 * it. (transfer full) */
void kaf_blanks_add (GPtrArray *blanks, KafBlank *blank);

/* "Expert: day of departure (EXEMPLE Amina)", in @lang. (transfer full) */
char *kaf_blank_tell (const KafBlank *self, KafLang lang);

guint kaf_blanks_count (const GPtrArray *blanks, KafBlankKind kind);

/* "3 fields are blank: …", and so for each kind, each label once, in @lang; NULL where none is. (transfer full)
 * (nullable) */
char *kaf_blanks_tell (const GPtrArray *blanks, KafLang lang);

G_END_DECLS
