/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who made what of a field meanwhile, as a sentence. */
#pragma once

#include "store/kaf-known.h"

G_BEGIN_DECLS

/* "Changed by Karim, 17:43: Liège". (transfer full) */
char *kaf_news_format (const KafNews *news);

G_END_DECLS
