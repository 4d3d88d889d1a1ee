/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the value of a line comes from: what shows and why, and what each source says of it, most believed first. A
 * source that says something else has the button that takes it over, "record.use-claim" (ss: its id, the field). */
#pragma once

#include <gtk/gtk.h>

#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

/* @fields: (element-type KafField) of @entity. @writable: values may be taken over. (transfer floating) */
GtkWidget *kaf_sources_popover_new (const KafRecordData *data,
                                    const KafEntity *entity,
                                    const GPtrArray *fields,
                                    gboolean writable,
                                    KafLang lang);

/* "Consular list of Munich · Consular post · 12/03/2026 · high confidence". (transfer full) */
char *kaf_sources_describe (const KafClaim *claim, KafLang lang);

/* What is said of a claim in a pill: that it is shown, or says something else. @style (out): static, nullable. */
const char *kaf_sources_pill (const KafFieldClaims *of, const KafClaim *claim, const char **style);

G_END_DECLS
