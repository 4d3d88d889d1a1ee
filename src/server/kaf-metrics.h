/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server counts, as Prometheus reads it. Safe from any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafMetrics KafMetrics;

KafMetrics *kaf_metrics_new (void);
void kaf_metrics_free (KafMetrics *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMetrics, kaf_metrics_free)

/* A request that came to its end. @endpoint: one of ours, static; @status: 0 when it was cut. */
void kaf_metrics_add_request (KafMetrics *self,
                              const char *endpoint,
                              guint status,
                              gsize received,
                              gsize sent,
                              gint64 duration_us);
void kaf_metrics_add_password (KafMetrics *self);

/* What devices that compared what they hold were told: records compared, and of them those that they lacked, had otherwise,
 * were not to have, or that the hub does not know. */
void kaf_metrics_add_compared (KafMetrics *self,
                               guint n_compared,
                               guint n_lacking,
                               guint n_differing,
                               guint n_dropped,
                               guint n_unknown);

/* Adds one figure of its own, without a label. */
void kaf_metrics_write_value (
    GString *text, const char *name, const char *type, const char *help, gint64 value);

void kaf_metrics_write (KafMetrics *self, GString *text);

G_END_DECLS
