/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP server: connections, limits, workers and the log of requests. */
#pragma once

#include "server/kaf-listener.h"
#include "server/kaf-service.h"

G_BEGIN_DECLS

typedef struct _KafServer KafServer;

/* Takes the socket of @listener over. @service outlives the server. @cert and @key: PEM; NULL for a Unix
 * socket, which speaks plain HTTP. Has libsodium ready. Errors: G_IO_ERROR. */
KafServer *kaf_server_start (
    KafService *service, KafListener *listener, const char *cert, const char *key, GError **error);

/* Takes nothing new, finishes what runs, and frees. */
void kaf_server_stop (KafServer *self);

G_END_DECLS
