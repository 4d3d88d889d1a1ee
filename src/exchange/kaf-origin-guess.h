/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of source a list is of, by how the source or the file is called. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A code of source_claim.origin, to be proposed: "consulate" for “Consulat général à Lyon”; of a name that tells nothing
 * "administration", since what is imported is the list of another office. @name: nullable. (transfer none) */
const char *kaf_origin_guess (const char *name);

G_END_DECLS
