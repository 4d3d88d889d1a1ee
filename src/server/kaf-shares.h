/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something of which there is so much for all, and of which nobody takes more than his share: whoever holds what he took
 * for long keeps it from no other. Safe from any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafShares KafShares;

KafShares *kaf_shares_new (gsize all, gsize each);
void kaf_shares_free (KafShares *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafShares, kaf_shares_free)

/* FALSE: nothing was taken, since he has his share or all is taken. @who (nullable): NULL is one of many. */
gboolean kaf_shares_take (KafShares *self, const char *who, gsize n);

/* What was taken so. */
void kaf_shares_give_back (KafShares *self, const char *who, gsize n);

/* What an address counts as: of an IPv6 one its /64, which one household has. (transfer full) */
char *kaf_shares_name_address (const char *address);

G_END_DECLS
