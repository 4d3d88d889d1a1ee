/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Persons to be matched, out of any CSV file: which column says what is found from its header in French, Arabic or
 * English, or told. */
#pragma once

#include <gio/gio.h>

#include "match/kaf-match-index.h"

G_BEGIN_DECLS

#define KAF_MATCH_FILE_ERROR (kaf_match_file_error_quark ())
GQuark kaf_match_file_error_quark (void);

typedef enum
{
  KAF_MATCH_FILE_ERROR_MAP, /* "field=column" is not written so, or no such field; the message names it */
  KAF_MATCH_FILE_ERROR_COLUMN, /* the file has no such column; the message names it */
  KAF_MATCH_FILE_ERROR_NAMES, /* no column says who it is: neither a name nor an address, phone or identifier */
} KafMatchFileError;

/* The fields that --map knows: those of kaf_match_field_id(), and "name" (in one piece), "given_name_ar",
 * "family_name_ar", "id" (of the row). NULL-terminated. (transfer none) */
const char *const *kaf_match_file_fields (void);

/* The field that a header means, NULL for none. (transfer none) */
const char *kaf_match_file_guess (const char *header);

/* The names that are known to be one (data/reference/aliases.tsv of the program). (transfer full) */
KafMatchAliases *kaf_match_file_aliases (void);

/* Reads all rows. @map (nullable): "field=column,field=column"; then no header is guessed. A row without an id has its
 * line for one. Errors: KAF_MATCH_FILE_ERROR, KAF_CSV_ERROR, G_IO_ERROR. (transfer full) */
KafMatchIndex *kaf_match_file_read (const char *path,
                                    const char *map,
                                    const KafMatchAliases *aliases,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
