/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/kaf-attachments.h"
#include "store/kaf-database-private.h"

G_BEGIN_DECLS

/* FILE.files, beside the store. (transfer full) */
char *kaf_attachments_folder (KafDatabase *db);

/* A content on its way from the hub, in that folder: this and its hash. */
#define KAF_ATTACHMENTS_PART "part-"
char *kaf_attachments_part_path (KafDatabase *db, const char *sha256); /* (transfer full) */

/* Gives the file @temporary, whose content has that hash, its place. Within a transaction. */
gboolean
kaf_attachments_settle (KafDatabase *db, const char *temporary, const char *sha256, GError **error);

/* Where the content of that hash lies, there or not. (transfer full) */
char *kaf_attachments_path (KafDatabase *db, const char *sha256);

/* Whether the attachment came from a hub, or its content is there: it may be missing here. */
gboolean kaf_attachments_is_elsewhere (KafDatabase *db, const char *attachment_id);

/* Whether an attachment names the content of that hash; TRUE where that could not be read. */
gboolean kaf_attachments_is_named (KafDatabase *db, const char *sha256);

/* Removes the content of that hash unless an attachment names it. Takes the store's write lock:
 * not within a transaction. */
gboolean kaf_attachments_drop_unnamed (KafDatabase *db, const char *sha256, GError **error);

/* Removes copies that were cut short a day ago or more, and parts of which nothing came for a week. */
void kaf_attachments_drop_stale (KafDatabase *db);

G_END_DECLS
