/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an exchange has brought that is more than numbers, as people read it. */
#pragma once

#include "base/kaf-lang.h"
#include "net/kaf-syncer.h"

G_BEGIN_DECLS

/* Of edits that were kept aside, and somebody has decided on. NULL: of none. (transfer full) */
char *kaf_sync_report_text_settled (guint n, KafLang lang);

/* That the user's rights are others now, and what that changed here. @role: id, of now; nullable. NULL: they are not.
 * (transfer full) */
char *kaf_sync_report_text_rights (const KafSyncReport *report, const char *role, KafLang lang);

G_END_DECLS
