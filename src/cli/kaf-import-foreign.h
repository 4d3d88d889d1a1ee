/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaatctl import of the table of another office: by a mapping, with a preview. */
#pragma once

#include "cli/kaf-cli.h"

G_BEGIN_DECLS

/* As the options say it; all nullable. */
typedef struct
{
  char **maps;      /* "COLUMN=FIELD,…", or files of a mapping */
  char **constants; /* "FIELD=VALUE" */
  char *source, *origin, *date, *confidence;
  char *sheet; /* name, or number from 1 */
  char *encoding, *separator;
  char *refused; /* where refused rows are saved */
  gboolean month_first, preview;
} KafImportForeign;

/* Whether anything of it was asked for: an import without is that of Kafaat's own tables. */
gboolean kaf_import_foreign_is_asked (const KafImportForeign *options);

KafExit kaf_import_foreign (KafCli *cli,
                            const KafEntity *entity,
                            const char *path,
                            const KafImportForeign *options);

void kaf_import_foreign_clear (KafImportForeign *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KafImportForeign, kaf_import_foreign_clear)

G_END_DECLS
