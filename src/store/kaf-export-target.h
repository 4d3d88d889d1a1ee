/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an export may be written: what must not be lost by it is refused before anything is done. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

/* The path of the file to write for @file, symbolic links followed to what they name; it need not
 * be there yet. (transfer full)
 * NULL with KAF_STORE_ERROR_OWN_FILE (the store or what lies beside it, by whatever name),
 * G_IO_ERROR_IS_DIRECTORY, G_IO_ERROR_NOT_REGULAR_FILE (a device, a pipe), G_IO_ERROR_NOT_DIRECTORY
 * (there is no such folder), G_IO_ERROR_NOT_SUPPORTED (not on this computer), other G_IO_ERROR. */
char *kaf_export_target_find (KafDatabase *db, GFile *file, GError **error);

/* The same of a folder that is to be made: it must not be there, or hold nothing.
 * NULL with G_IO_ERROR_NOT_EMPTY (something is in it), G_IO_ERROR_EXISTS (it is no folder), or as above. */
char *kaf_export_target_find_folder (KafDatabase *db, GFile *file, GError **error);

G_END_DECLS
