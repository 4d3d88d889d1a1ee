/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket that clients come to. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  int fd;      /* -1 when it was handed on */
  char *path;  /* of a Unix socket, or NULL */
  char *where; /* for people: "127.0.0.1:8443", "[::1]:8443", "unix:/run/kafaat/socket" */
} KafListener;

/* @text: ADDRESS:PORT, an IPv6 address in brackets; port 0 chooses a free one. Errors: G_IO_ERROR. */
KafListener *kaf_listener_new_tcp (const char *text, GError **error);

/* A socket that nobody listens on any more is replaced. Those of the file's group may connect: a proxy. */
KafListener *kaf_listener_new_unix (const char *path, GError **error);

void kaf_listener_free (KafListener *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafListener, kaf_listener_free)

G_END_DECLS
