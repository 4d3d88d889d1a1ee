/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may have signed: mandates as a person looks for them, those of the parties of a convention first. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *mandate;      /* its id */
  char *title;        /* as kaf_untitled_describe() has it */
  gboolean of_party;  /* of an organisation that is a party of the convention */
  gboolean in_office; /* nothing says that it did not hold on the day of the signature */
} KafOfficeHolder;
void kaf_office_holder_free (KafOfficeHolder *self);

/* At most @limit that hold every word of @text as the beginning of one of theirs: name in either script, office,
 * name or acronym of the organisation. @convention (nullable): its parties' office-holders of the day of its signature
 * come first, then other ones of its parties. (element-type KafOfficeHolder) (transfer full)
 * Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
GPtrArray *kaf_office_holders_find (KafDatabase *db,
                                    const char *text,
                                    const char *convention,
                                    KafLang lang,
                                    guint limit,
                                    GError **error);

/* The parties of a convention, in their order: those of the act, then those of what it stands within. An amendment
 * names only those that it adds. (element-type utf8) (transfer full) */
GPtrArray *kaf_convention_parties (KafDatabase *db, const char *convention);

G_END_DECLS
