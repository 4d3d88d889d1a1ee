/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that speak with the hub share. */
#pragma once

#include "net/kaf-remote.h"
#include "net/kaf-soup.h"

G_BEGIN_DECLS

/* @access: token, nullable. (transfer full) */
SoupMessage *kaf_remote_make_message (
    KafRemote *self, const char *method, const char *path, const char *access, GError **error);

/* (transfer full) */
GInputStream *
kaf_remote_send (KafRemote *self, SoupMessage *message, GCancellable *cancellable, GError **error);

GBytes *kaf_remote_read_answer (GInputStream *stream, GCancellable *cancellable, GError **error);

/* @local: (transfer full) of the library, what stopped a request before there was an answer. @message: nullable;
 * tells what is wrong with a certificate. */
void kaf_remote_translate (SoupMessage *message, GError *local, GError **error);

/* Sets @error from an answer that refuses. */
void kaf_remote_refuse (guint status, GBytes *answer, GError **error);

G_END_DECLS
