/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When things were first seen, for the measurements: with KAF_TRACE=1 in the environment, lines
 * "kaf-trace: NAME µs" (monotonic clock) on the standard error stream. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Tells "first-frame", then "home-ready" and "rows-painted" at the first frame that shows the home
 * page with all its figures and a list with its rows. Nothing without KAF_TRACE. */
void kaf_trace_watch (KafWindow *window);

G_END_DECLS
