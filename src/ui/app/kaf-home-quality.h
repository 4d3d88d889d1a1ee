/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the home page that tells what the files lack. */
#pragma once

#include "ui/app/kaf-home-data.h"
#include "ui/app/kaf-home-part.h"

G_BEGIN_DECLS

/* Made at the end of @column the first time. */
void kaf_home_quality_fill (KafHomePart *part,
                            GtkWidget *column,
                            const KafHomeStart *start,
                            const KafHomeRest *rest);

G_END_DECLS
