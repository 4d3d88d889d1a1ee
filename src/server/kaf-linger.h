/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections that were answered while their client was still sending. Closed at once, what it sends would be met by a
 * reset, which takes the answer from it before it is read: until it is through, or for a while, the rest is read and
 * dropped (RFC 9112, 9.6). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafLinger KafLinger;

/* Its work is done by whoever runs the loop of @context. */
KafLinger *kaf_linger_new (GMainContext *context);
void kaf_linger_free (KafLinger *self);

/* A copy of the connection @fd, whose own end is the caller's; nothing more is sent on it. Not more than a few at a time,
 * and fewer of one @address: beyond, it does nothing. From any thread. */
void kaf_linger_take (KafLinger *self, int fd, const char *address);

/* Closes those whose time is over; @now_us: monotonic. From the thread of the loop. */
void kaf_linger_tick (KafLinger *self, gint64 now_us);

G_END_DECLS
