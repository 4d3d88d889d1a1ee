/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order of changes across devices whose clocks disagree (Kulkarni and others, “Logical Physical
 * Clocks”, 2014): the wall clock where it can be trusted, a counter where it stands still or has
 * gone back, the device where all else is equal. A stamp never falls below one already seen. */

#include "config.h"

#include "base/kaf-hlc.h"

#include <string.h>

#define MAX_MS ((G_GINT64_CONSTANT (1) << 48) - 1)
#define MAX_COUNTER G_MAXUINT16

static const KafHlc zero;

/**
 * kaf_hlc_make:
 * @ms: ms since 1970 UTC, cut to 0 … 2⁴⁸ − 1
 * @counter: the counter within that millisecond
 * @device: who stamps
 *
 * Returns: the stamp
 */
KafHlc
kaf_hlc_make (gint64 ms, guint16 counter, guint64 device)
{
  KafHlc hlc;

  ms = CLAMP (ms, 0, MAX_MS);
  for (guint i = 0; i < 6; i++)
    hlc.bytes[i] = (guint8) (ms >> (40 - 8 * i));
  hlc.bytes[6] = (guint8) (counter >> 8);
  hlc.bytes[7] = (guint8) counter;
  for (guint i = 0; i < 8; i++)
    hlc.bytes[8 + i] = (guint8) (device >> (56 - 8 * i));
  return hlc;
}

/* The stamp after (ms, counter); a full counter borrows the next millisecond. */
static KafHlc
hlc_after (gint64 ms, guint counter, guint64 device)
{
  if (counter >= MAX_COUNTER)
    return kaf_hlc_make (ms + 1, 0, device);
  return kaf_hlc_make (ms, (guint16) (counter + 1), device);
}

/**
 * kaf_hlc_tick:
 * @last: (nullable): the greatest stamp that this device has given or received
 * @now_us: the wall clock, µs since 1970 UTC
 * @device: this device
 *
 * Returns: the stamp of a change made here, greater than @last
 */
KafHlc
kaf_hlc_tick (const KafHlc *last, gint64 now_us, guint64 device)
{
  return kaf_hlc_receive (last, NULL, now_us, device);
}

/**
 * kaf_hlc_receive:
 * @last: (nullable): the greatest stamp that this device has given or received
 * @remote: (nullable): the stamp of a change that arrives
 * @now_us: the wall clock, µs since 1970 UTC
 * @device: this device
 *
 * How far @remote may run ahead of the wall clock is for the caller to judge.
 *
 * Returns: a stamp of this device greater than both
 */
KafHlc
kaf_hlc_receive (const KafHlc *last, const KafHlc *remote, gint64 now_us, guint64 device)
{
  gint64 now_ms = CLAMP (now_us / 1000, 0, MAX_MS);
  gint64 ms = 0;
  guint counter = 0;

  if (last == NULL)
    last = &zero;
  if (remote == NULL)
    remote = &zero;

  ms = MAX (kaf_hlc_get_ms (last), kaf_hlc_get_ms (remote));
  if (now_ms > ms)
    return kaf_hlc_make (now_ms, 0, device);
  if (kaf_hlc_get_ms (last) == ms)
    counter = kaf_hlc_get_counter (last);
  if (kaf_hlc_get_ms (remote) == ms)
    counter = MAX (counter, kaf_hlc_get_counter (remote));
  return hlc_after (ms, counter, device);
}

/**
 * kaf_hlc_compare:
 * @a: a stamp
 * @b: a stamp
 *
 * Returns: less than, equal to or greater than 0, as memcmp()
 */
int
kaf_hlc_compare (const KafHlc *a, const KafHlc *b)
{
  return memcmp (a->bytes, b->bytes, KAF_HLC_SIZE);
}

/**
 * kaf_hlc_is_zero:
 * @hlc: a stamp
 *
 * Returns: %TRUE for the stamp before all others, which stands for "never"
 */
gboolean
kaf_hlc_is_zero (const KafHlc *hlc)
{
  return kaf_hlc_compare (hlc, &zero) == 0;
}

/**
 * kaf_hlc_get_ms:
 * @hlc: a stamp
 *
 * Returns: ms since 1970 UTC
 */
gint64
kaf_hlc_get_ms (const KafHlc *hlc)
{
  gint64 ms = 0;

  for (guint i = 0; i < 6; i++)
    ms = ms << 8 | hlc->bytes[i];
  return ms;
}

/**
 * kaf_hlc_get_counter:
 * @hlc: a stamp
 *
 * Returns: the counter within the millisecond
 */
guint16
kaf_hlc_get_counter (const KafHlc *hlc)
{
  return (guint16) (hlc->bytes[6] << 8 | hlc->bytes[7]);
}

/**
 * kaf_hlc_get_device:
 * @hlc: a stamp
 *
 * Returns: the device that gave it
 */
guint64
kaf_hlc_get_device (const KafHlc *hlc)
{
  guint64 device = 0;

  for (guint i = 8; i < KAF_HLC_SIZE; i++)
    device = device << 8 | hlc->bytes[i];
  return device;
}

/**
 * kaf_hlc_to_hex:
 * @hlc: a stamp
 * @out: (out caller-allocates): 32 lower-case digits and a closing zero
 */
void
kaf_hlc_to_hex (const KafHlc *hlc, char out[KAF_HLC_HEX_SIZE])
{
  static const char hex[] = "0123456789abcdef";

  for (guint i = 0; i < KAF_HLC_SIZE; i++)
    {
      out[2 * i] = hex[hlc->bytes[i] >> 4];
      out[2 * i + 1] = hex[hlc->bytes[i] & 15];
    }
  out[2 * KAF_HLC_SIZE] = 0;
}

/**
 * kaf_hlc_from_hex:
 * @hex: (nullable): a text
 * @out: (out): the stamp, untouched when the text is none
 *
 * Returns: %TRUE when @hex is exactly 32 lower-case hexadecimal digits
 */
gboolean
kaf_hlc_from_hex (const char *hex, KafHlc *out)
{
  KafHlc hlc;

  if (hex == NULL || strlen (hex) != 2 * KAF_HLC_SIZE)
    return FALSE;
  for (guint i = 0; i < 2 * KAF_HLC_SIZE; i++)
    if (!g_ascii_isdigit (hex[i]) && !(hex[i] >= 'a' && hex[i] <= 'f'))
      return FALSE;
  for (guint i = 0; i < KAF_HLC_SIZE; i++)
    hlc.bytes[i] =
        (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  *out = hlc;
  return TRUE;
}
