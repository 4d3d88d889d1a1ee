/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-skew.h"

gint64
kaf_skew_measure (gint64 device_ms, gint64 hub_ms)
{
  gint64 skew;

  /* What a hostile device says may be any number. */
  if (__builtin_sub_overflow (device_ms, hub_ms, &skew))
    return device_ms > hub_ms ? G_MAXINT64 : G_MININT64;
  return skew >= -KAF_SKEW_BORNE && skew <= KAF_SKEW_BORNE ? 0 : skew;
}

KafHlc
kaf_skew_settle (const KafHlc *proposed, gint64 skew, gint64 hub_ms, const KafHlc *last)
{
  guint64 device = kaf_hlc_get_device (proposed);
  gint64 ms;
  KafHlc settled;

  if (__builtin_sub_overflow (kaf_hlc_get_ms (proposed), skew, &ms))
    ms = skew < 0 ? G_MAXINT64 : 0;
  ms = CLAMP (ms, 0, hub_ms + KAF_SKEW_AHEAD);
  settled = kaf_hlc_make (ms, kaf_hlc_get_counter (proposed), device);
  if (last != NULL && kaf_hlc_compare (&settled, last) <= 0)
    settled = kaf_hlc_tick (last, ms * 1000, device);
  return settled;
}

gint64
kaf_skew_settle_time (gint64 proposed, gint64 skew, gint64 hub_ms)
{
  gint64 shift, time;

  if (__builtin_mul_overflow (skew, 1000, &shift) ||
      __builtin_sub_overflow (proposed, shift, &time))
    time = skew < 0 ? G_MAXINT64 : 1;
  return CLAMP (time, 1, (hub_ms + KAF_SKEW_AHEAD) * 1000);
}
