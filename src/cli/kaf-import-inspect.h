/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a table from elsewhere holds, told before anything is imported. */
#pragma once

#include "cli/kaf-cli.h"

G_BEGIN_DECLS

/* @entity: the one whose fields are proposed for the columns. @sheet (nullable): by its name. */
KafExit
kaf_import_inspect (KafCli *cli, const KafEntity *entity, const char *path, const char *sheet);

G_END_DECLS
