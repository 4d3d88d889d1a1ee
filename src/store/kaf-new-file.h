/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is given out: made under a hidden name beside its place, readable by its owner only, and named when it is
 * whole. What was there before stays until then, and stays if it never is. */
#pragma once

#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct _KafNewFile KafNewFile;

/* Makes the hidden file, empty, and sweeps its folder (kaf-scraps). Errors: those of kaf_export_target_find(), G_IO_ERROR. (transfer full) */
KafNewFile *kaf_new_file_begin (KafDatabase *db, GFile *file, GError **error);

/* Where to write until it is settled: a path, and a descriptor of the same, open for writing, which stays this one's. */
const char *kaf_new_file_get_path (const KafNewFile *self);
int kaf_new_file_get_fd (const KafNewFile *self);

/* The folder that it lies in: for what else is to be made there. */
const char *kaf_new_file_get_folder (const KafNewFile *self);

/* Brings it to the disk and gives it its name. Errors: G_IO_ERROR. */
gboolean kaf_new_file_settle (KafNewFile *self, GError **error);

/* What was not settled is removed. */
void kaf_new_file_free (KafNewFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafNewFile, kaf_new_file_free)

G_END_DECLS
