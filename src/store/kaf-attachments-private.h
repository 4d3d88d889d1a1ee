/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kaf-attachments.h"
#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* FILE.files, beside the store. (transfer full) */
char *kaf_attachments_folder (KafDatabase *db);

/* Where the content of that hash lies, there or not. (transfer full) */
char *kaf_attachments_path (KafDatabase *db, const char *sha256);

G_END_DECLS
