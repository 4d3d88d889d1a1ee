/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-metrics.h"

#include <gio/gio.h>

/* One endpoint and status. */
typedef struct
{
  const char *endpoint;
  guint status;
  guint64 n;
} Outcome;

/* One endpoint. */
typedef struct
{
  const char *endpoint;
  guint64 n;
  gint64 duration_us;
} Duration;

struct _KafMetrics
{
  GMutex mutex;
  GArray *outcomes;  /* of Outcome: a few dozen at most */
  GArray *durations; /* of Duration */
  guint64 received, sent, passwords;
  guint64 compared, lacking, differing, dropped, unknown; /* records of devices */
};

KafMetrics *
kaf_metrics_new (void)
{
  KafMetrics *self = g_new0 (KafMetrics, 1);

  g_mutex_init (&self->mutex);
  self->outcomes = g_array_new (FALSE, TRUE, sizeof (Outcome));
  self->durations = g_array_new (FALSE, TRUE, sizeof (Duration));
  return self;
}

void
kaf_metrics_free (KafMetrics *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->outcomes);
  g_array_unref (self->durations);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Outcome *
get_outcome (KafMetrics *self, const char *endpoint, guint status)
{
  Outcome fresh = { endpoint, status, 0 };

  for (guint i = 0; i < self->outcomes->len; i++)
    {
      Outcome *outcome = &g_array_index (self->outcomes, Outcome, i);

      if (outcome->status == status && g_str_equal (outcome->endpoint, endpoint))
        return outcome;
    }
  g_array_append_val (self->outcomes, fresh);
  return &g_array_index (self->outcomes, Outcome, self->outcomes->len - 1);
}

static Duration *
get_duration (KafMetrics *self, const char *endpoint)
{
  Duration fresh = { endpoint, 0, 0 };

  for (guint i = 0; i < self->durations->len; i++)
    {
      Duration *duration = &g_array_index (self->durations, Duration, i);

      if (g_str_equal (duration->endpoint, endpoint))
        return duration;
    }
  g_array_append_val (self->durations, fresh);
  return &g_array_index (self->durations, Duration, self->durations->len - 1);
}

void
kaf_metrics_add_request (KafMetrics *self,
                         const char *endpoint,
                         guint status,
                         gsize received,
                         gsize sent,
                         gint64 duration_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Duration *duration = get_duration (self, endpoint);

  get_outcome (self, endpoint, status)->n++;
  duration->n++;
  duration->duration_us += duration_us;
  self->received += received;
  self->sent += sent;
}

void
kaf_metrics_add_password (KafMetrics *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->passwords++;
}

void
kaf_metrics_add_compared (KafMetrics *self,
                          guint n_compared,
                          guint n_lacking,
                          guint n_differing,
                          guint n_dropped,
                          guint n_unknown)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->compared += n_compared;
  self->lacking += n_lacking;
  self->differing += n_differing;
  self->dropped += n_dropped;
  self->unknown += n_unknown;
}

static void
write_head (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void
kaf_metrics_write_value (
    GString *text, const char *name, const char *type, const char *help, gint64 value)
{
  write_head (text, name, type, help);
  g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", name, value);
}

static void
write_mismatches (const KafMetrics *self, GString *text)
{
  static const char name[] = "kafaat_reconcile_mismatches_total";
  const struct
  {
    const char *what;
    guint64 n;
  } each[] = { { "lacking", self->lacking },
               { "differing", self->differing },
               { "dropped", self->dropped },
               { "unknown", self->unknown } };

  write_head (text, name, "counter", "Records that a device did not hold as it was told them.");
  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    g_string_append_printf (text, "%s{what=\"%s\"} %" G_GUINT64_FORMAT "\n", name, each[i].what,
                            each[i].n);
}

void
kaf_metrics_write (KafMetrics *self, GString *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  write_head (text, "kafaat_requests_total", "counter", "Requests by endpoint and status.");
  for (guint i = 0; i < self->outcomes->len; i++)
    {
      const Outcome *outcome = &g_array_index (self->outcomes, Outcome, i);

      g_string_append_printf (
          text, "kafaat_requests_total{endpoint=\"%s\",status=\"%u\"} %" G_GUINT64_FORMAT "\n",
          outcome->endpoint, outcome->status, outcome->n);
    }
  write_head (text, "kafaat_request_seconds", "summary", "Seconds that requests took.");
  for (guint i = 0; i < self->durations->len; i++)
    {
      const Duration *duration = &g_array_index (self->durations, Duration, i);

      g_ascii_formatd (seconds, sizeof seconds, "%.6f",
                       (double) duration->duration_us / G_USEC_PER_SEC);
      g_string_append_printf (text,
                              "kafaat_request_seconds_sum{endpoint=\"%s\"} %s\n"
                              "kafaat_request_seconds_count{endpoint=\"%s\"} %" G_GUINT64_FORMAT
                              "\n",
                              duration->endpoint, seconds, duration->endpoint, duration->n);
    }
  kaf_metrics_write_value (text, "kafaat_received_bytes_total", "counter",
                           "Bytes of bodies received.", self->received);
  kaf_metrics_write_value (text, "kafaat_sent_bytes_total", "counter", "Bytes of bodies sent.",
                           self->sent);
  kaf_metrics_write_value (text, "kafaat_password_hashes_total", "counter",
                           "Passwords that were hashed.", self->passwords);
  kaf_metrics_write_value (text, "kafaat_reconcile_records_total", "counter",
                           "Records that devices compared with the hub.", self->compared);
  write_mismatches (self, text);
}
