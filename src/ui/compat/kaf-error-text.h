/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of an error: a translated sentence that says what to do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One or two whole sentences. (transfer full) */
char *kaf_error_text (const GError *error);

/* The same in a few words, for a heading: "This file is not a Kafaat store". (transfer full) */
char *kaf_error_heading (const GError *error);

G_END_DECLS
