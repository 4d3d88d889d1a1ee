/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers that say who somebody is, and what their numbers look like. Numbers are kept by the server alone (law 09-08:
 * they need a prior authorisation of the CNDP; domain §6, §7), and never in a record of the schema. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KAF_IDENTITY_PAPER_CIN, /* the Moroccan national identity card */
  KAF_IDENTITY_PAPER_PASSPORT,
  KAF_IDENTITY_PAPER_RESIDENCE,
  KAF_N_IDENTITY_PAPERS,
} KafIdentityPaper;

/* Bytes of the longest number. */
#define KAF_IDENTITY_NUMBER_MAX 9

/* As it travels and is kept: "cin"… */
const char *kaf_identity_paper_get_code (KafIdentityPaper kind);
/* FALSE: there is no such kind. @kind (out). */
gboolean kaf_identity_paper_find (const char *code, KafIdentityPaper *kind);

/* N_(): what it is called, and a sentence on what its numbers look like. */
const char *kaf_identity_paper_get_label (KafIdentityPaper kind);
const char *kaf_identity_paper_get_rule (KafIdentityPaper kind);

/* The number as it is kept, in capitals and without blanks, whatever the digits it was typed in. (transfer full)
 * (nullable) Errors: KAF_VALIDATION_ERROR_EMPTY, _SYNTAX; never with what was typed. */
char *kaf_identity_paper_normalise (KafIdentityPaper kind, const char *input, GError **error);

/* Whether a paper that is valid up to and with the day @until serves on the day @today (ISO dates). @until: nullable, no
 * end is known. */
gboolean kaf_identity_paper_serves (const char *until, const char *today);

G_END_DECLS
