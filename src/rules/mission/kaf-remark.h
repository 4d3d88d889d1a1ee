/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remarks of an evaluation: whether one seems to tell of somebody, or of somebody's health (law 09-08). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A title before a name in either script ("Mme Alaoui", "السيدة"), a number to call, an address, or a word of health
 * said of a person. It asks somebody to look, and decides nothing. NULL: no. */
gboolean kaf_remark_names_somebody (const char *text);

G_END_DECLS
