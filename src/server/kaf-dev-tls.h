/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate for this machine alone, for development and for the tests: DIR/dev-cert.pem for
 * localhost, signed by DIR/dev-ca.pem, which a client is told to trust. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes what is missing, and a new certificate when it is nearly over; never another authority than the one that is there.
 * @now: seconds since 1970, UTC. @cert and @key: PEM, (out) (transfer full). Errors: G_IO_ERROR_INVALID_DATA, in words,
 * when the authority is damaged, or not valid @now; G_IO_ERROR. */
gboolean kaf_dev_tls_ensure (const char *dir, gint64 now, char **cert, char **key, GError **error);

G_END_DECLS
