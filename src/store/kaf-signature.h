/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signed, as it reads on the day: the person, the office that she held, the name that her organisation bore. */
#pragma once

#include "rules/convention/kaf-convention.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *person;       /* name; nullable: her record is not here */
  char *office;       /* nullable */
  char *organisation; /* its name on that day; nullable */
  gboolean in_office; /* nothing says that the mandate did not hold that day */
} KafSignature;

/* @day: of the signature; unknown: that of @signatory, or today's names. Texts are in @lang where they are written
 * in it. (transfer full) */
KafSignature *
kaf_signature_read (KafDatabase *db, const KafSignatory *signatory, KafDay day, KafLang lang);
void kaf_signature_free (KafSignature *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSignature, kaf_signature_free)

/* "Nezha El Ouafi, ministre déléguée… (Ministère…)": what is known of it, each part isolated. (transfer full) */
char *kaf_signature_describe (const KafSignature *self, KafLang lang);

/* The name that an organisation bore on @day in @lang; the present one where no dated name is recorded for it, or
 * @day is unknown. NULL: there is no such organisation. (transfer full) */
char *kaf_read_name_on (KafDatabase *db, const char *organisation, KafDay day, KafLang lang);

G_END_DECLS
