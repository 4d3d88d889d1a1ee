/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A convention with all that it stands within and all that stands in it, for "show". */
#pragma once

#include "cli/kaf-cli.h"

G_BEGIN_DECLS

/* Prints the tree of the framework that @id stands within: how each act stands today, who signed it, what its
 * parties are to do. FALSE with @error: it could not be read. */
gboolean kaf_convention_tree_print (KafCli *cli, const char *id, GError **error);

/* The same as the member "tree" of the object being built. */
gboolean
kaf_convention_tree_to_json (KafCli *cli, const char *id, JsonBuilder *builder, GError **error);

G_END_DECLS
