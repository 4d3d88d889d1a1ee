/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of an exchange, one after the other, each made into something. Of a long text that is done on a thread of
 * its own, ahead of who uses what is made: to read a line and to write what it tells cost much the same. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafLineReader KafLineReader;

/* On whatever thread: what the line says, not NULL, which tells as well where it is no such line. @data is only read.
 * (transfer full) */
typedef gpointer (*KafLineFunc) (const char *line, gsize size, gconstpointer data);

/* @text and @data are to stay; @ahead: things that may wait, > 1; @free_thing: frees those that nobody took. */
KafLineReader *kaf_line_reader_new (const char *text,
                                    gsize size,
                                    guint ahead,
                                    KafLineFunc make,
                                    GDestroyNotify free_thing,
                                    gconstpointer data);
void kaf_line_reader_free (KafLineReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafLineReader, kaf_line_reader_free)

/* NULL: there is no other line. (transfer full) */
gpointer kaf_line_reader_next (KafLineReader *self);

/* Once there is no other line: whether something stands behind the last one, that has no end. */
gboolean kaf_line_reader_is_cut (const KafLineReader *self);

G_END_DECLS
