/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose paper a convention is: an amendment has from the convention that it amends the parties, and who signs for them,
 * as far as it does not say so itself. */
#pragma once

#include "report/kaf-document.h"
#include "rules/convention/kaf-convention.h"

G_BEGIN_DECLS

typedef struct
{
  KafConventions *all;
  const KafConvention *act;
  const KafConvention *amended; /* NULL: it amends none, or one that is not here */
  GPtrArray *parties;           /* (element-type utf8): ids; see kaf_convention_list_signing() */
} KafSigning;

/* Of the convention @id, on the paper's day. Errors: KAF_STORE_ERROR (NOT_FOUND). (transfer full) */
KafSigning *kaf_signing_read (KafDocumentContext *context, const char *id, GError **error);
void kaf_signing_free (KafSigning *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSigning, kaf_signing_free)

/* Gives @convention the parties of its paper in the place of its own, to be shown as those are. Of an amendment alone. */
void kaf_signing_complete (KafDocumentContext *context, KafRecord *convention);

/* The office by which @party (id) signed what is amended, the latest first, if it is held for certain on the paper's
 * day. (transfer none) (nullable: none) */
const char *
kaf_signing_find_mandate (const KafSigning *self, KafDocumentContext *context, const char *party);

/* Whether the mandate is held for certain on the paper's day. */
gboolean kaf_signing_is_held (const KafDocumentContext *context, const KafRecord *mandate);

G_END_DECLS
