/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ZIP archive of which nothing is trusted, read entry by entry as a stream.
 *
 * What an entry says of its own size is not believed: bytes are counted as they come out, and reading ends with
 * KAF_TABLE_ERROR_BOMB beyond a total, or beyond a ratio to what was packed. Nothing is ever written to the disk. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _KafUnzip KafUnzip;
typedef struct _KafUnzipEntry KafUnzipEntry;

/* Errors: KAF_TABLE_ERROR_BROKEN (also entries whose names lead out of the archive, or stand twice),
 * KAF_TABLE_ERROR_BOMB (too many entries), G_IO_ERROR. */
KafUnzip *kaf_unzip_open (GFile *file, GError **error);
void kaf_unzip_free (KafUnzip *self);

guint kaf_unzip_get_n (const KafUnzip *self);
const char *kaf_unzip_get_name (const KafUnzip *self, guint index);
/* Capitals and small letters are alike. */
gboolean kaf_unzip_has (const KafUnzip *self, const char *name);

/* NULL with KAF_TABLE_ERROR_BROKEN where there is no such entry; KAF_TABLE_ERROR_ENCRYPTED. */
KafUnzipEntry *kaf_unzip_begin (KafUnzip *self, const char *name, GError **error);
/* Bytes read; 0 at the end, -1 with an error. */
gssize kaf_unzip_read (KafUnzipEntry *entry, void *buffer, gsize size, GError **error);
/* Packed bytes that went into what was read, as far as the archive tells; grows to the size of the entry. */
gint64 kaf_unzip_get_position (const KafUnzipEntry *entry);
void kaf_unzip_end (KafUnzipEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafUnzip, kaf_unzip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafUnzipEntry, kaf_unzip_end)

G_END_DECLS
