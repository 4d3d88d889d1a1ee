/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to do, on the home page: what is late, what the sync and the forms wait for, what comes, and what the data
 * lack. */
#pragma once

#include "ui/app/kaf-home-data.h"
#include "ui/app/kaf-home-part.h"

G_BEGIN_DECLS

/* @part: a list. @rest: nullable, not counted yet. */
void kaf_home_todo_fill (KafHomePart *part, const KafHomeStart *start, const KafHomeRest *rest);

G_END_DECLS
