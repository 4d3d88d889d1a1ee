/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ZIP archive written from front to back into a file: entries stored or deflated, names in UTF-8.
 *
 * An OpenDocument file begins with an entry "mimetype" that is stored and has no extra field in its header, by which
 * other programs know it; the libraries at hand put such a field into every header. No entry, and no archive, passes
 * 4 GiB. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _KafZip KafZip;

/* @fd: open for writing, empty, seekable; stays the caller's. @when: stamp of the entries, µs since 1970, UTC. */
KafZip *kaf_zip_new (int fd, gint64 when);

/* The next entry; ends the one before it. @deflate FALSE: stored as it is. Errors: G_IO_ERROR. */
gboolean kaf_zip_begin (KafZip *self, const char *name, gboolean deflate, GError **error);
gboolean kaf_zip_write (KafZip *self, const void *data, gsize size, GError **error);

/* Ends the last entry and writes the directory. */
gboolean kaf_zip_finish (KafZip *self, GError **error);

/* An entry in one go. */
gboolean kaf_zip_add_text (
    KafZip *self, const char *name, const char *text, gboolean deflate, GError **error);

void kaf_zip_free (KafZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafZip, kaf_zip_free)

G_END_DECLS
