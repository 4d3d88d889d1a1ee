/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label has one least width, whatever height there is for it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For all labels of the program; before the first window. */
void kaf_label_width_start (void);

G_END_DECLS
