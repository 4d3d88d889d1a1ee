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

/* Adds one figure of its own, without a label. */
void kaf_metrics_write_value (
    GString *text, const char *name, const char *type, const char *help, gint64 value);

void kaf_metrics_write (KafMetrics *self, GString *text);

G_END_DECLS
