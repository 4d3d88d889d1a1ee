/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What letters and orders have in common: they begin with a text that a manager keeps, and end with who signs. */
#pragma once

#include "report/kaf-texts.h"

G_BEGIN_DECLS

/* Title and text of @kind ("mission_order") with the values of @about. What is not known is left to be filled in by
 * hand, and told as a blank. */
gboolean kaf_letter_text (KafDoc *doc,
                          KafDocumentContext *context,
                          const char *kind,
                          const KafTextsAbout *about,
                          GError **error);

/* Place and day of the paper, then a box for the service that issues it, with the name and office of who signs: what
 * was asked for this paper, else the settings'. A document that ends so asks KAF_ASKS_SIGNER. */
void kaf_letter_end (KafDoc *doc, KafDocumentContext *context);

/* Who signs for an organisation, with the names of the paper's day. */
typedef struct
{
  char *organisation;              /* id */
  char *caption, *name, *function; /* each nullable */
} KafLetterSigner;

/* @mandate: id; NULL: the office of who certainly presides @organisation on the paper's day, or nobody's.
 * (transfer full) (nullable: with an error) */
KafLetterSigner *kaf_letter_signer_new (KafDocumentContext *context,
                                        const char *organisation,
                                        const char *mandate,
                                        GError **error);
void kaf_letter_signer_free (KafLetterSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafLetterSigner, kaf_letter_signer_free)

/* Boxes for them, with room for a stamp. (element-type KafLetterSigner) */
void kaf_letter_signatures (KafDoc *doc, const GPtrArray *signers);

/* Label and value of those fields of @record (ends with NULL) that have one. */
void kaf_letter_pairs (KafDoc *doc,
                       KafDocumentContext *context,
                       const KafRecord *record,
                       const char *const *fields);

/* Papers of which each one has its own, a page or more each. */
typedef struct _KafLetters KafLetters;
typedef gboolean (*KafLetterFunc) (KafLetters *letters, KafRecord *one, GError **error);
struct _KafLetters
{
  KafDoc *doc;
  KafDocumentContext *context;
  gconstpointer data; /* of the function's; nullable */
  guint n;            /* written so far */
};

/* Calls @func with each record of @ones for whom the paper is; it begins a paper by kaf_letters_begin(), or leaves that
 * one out. Of none, the pages are for nobody (kaf_pages_is_for_nobody). */
gboolean kaf_letters_write (KafLetters *self,
                            const KafDocumentOne *ones,
                            KafLetterFunc func,
                            GError **error);
void kaf_letters_begin (KafLetters *self);

G_END_DECLS
