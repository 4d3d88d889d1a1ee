/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options --where and --sort: which records, in which order. */
#pragma once

#include "cli/kaf-cli.h"
#include "record/kaf-query.h"

G_BEGIN_DECLS

/* NULL when it was told what is wrong. @where (nullable): conditions, each of them to hold:
 *
 *   FIELD=A|B   one of the values    FIELD!=A|B  none of them
 *   FIELD=      unknown              FIELD!=     known
 *   FIELD>=A    at least             FIELD<=A    at most
 *   FIELD~TEXT  holds the text
 *
 * FIELD may be ENTITY.FIELD, of records that belong to the one sought. @sort (nullable): a path;
 * a minus before it turns the order round. */
KafQuery *kaf_cli_make_query (KafCli *cli, const KafEntity *entity, GStrv where, const char *sort);

G_END_DECLS
