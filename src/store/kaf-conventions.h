/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conventions read for the rules: a few columns of each act, with what hangs on it, tied together. */
#pragma once

#include "rules/convention/kaf-commitment.h"
#include "rules/convention/kaf-convention.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_CONVENTIONS_ACTS = 0,
  KAF_CONVENTIONS_SIGNATORIES = 1 << 0,
  KAF_CONVENTIONS_COMMITMENTS = 1 << 1, /* with what was done of them */
  KAF_CONVENTIONS_ALL = KAF_CONVENTIONS_SIGNATORIES | KAF_CONVENTIONS_COMMITMENTS,
} KafConventionsParts;

/* @of: the id of an act, for it with all above and below it; NULL: all acts. Titles are in @lang where they are
 * written in it. Deleted records are left out. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED between two
 * readings. */
KafConventions *kaf_conventions_read (KafDatabase *db,
                                      const char *of,
                                      KafConventionsParts parts,
                                      KafLang lang,
                                      GCancellable *cancellable,
                                      GError **error);

/* All acts, with those commitments alone that may be due between two days, both counted, and those that stand in the
 * place of another; with what was done of them. */
KafConventions *kaf_conventions_read_due (KafDatabase *db,
                                          KafDay from,
                                          KafDay until,
                                          KafLang lang,
                                          GCancellable *cancellable,
                                          GError **error);

G_END_DECLS
