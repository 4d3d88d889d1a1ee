/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remarks of an evaluation: whether one seems to tell of somebody, or of somebody's health (law 09-08). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A title before a name in either script ("Mme Alaoui", "السيدة"), a number to call, an address, or a word of health
 * said of a person. It asks somebody to look, and decides nothing. NULL: no. */
gboolean kaf_remark_names_somebody (const char *text);

/* The same, or one of the names of @names stands in it: of experts and participants of the mission, in either script
 * (NULL-terminated; nullable). A part of a name is enough, but for those that many have ("Ben", "عبد"); in Arabic also
 * behind what is written together with it ("وفاطمة"). */
gboolean kaf_remark_is_delicate (const char *text, const char *const *names);

G_END_DECLS
