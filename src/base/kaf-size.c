/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sizes of files as people read them. Like the names of months, units are data of their language and
 * not strings of the interface; GLib's own sizes follow the locale of the process. */

#include "config.h"

#include "base/kaf-number.h"
#include "base/kaf-size.h"

#define NBSP "\u00A0"
#define STEP 1000 /* decimal, as file managers count */

static const char *const units[][5] = {
  { "bytes", "kB", "MB", "GB", "TB" },
  { "octets", "Ko", "Mo", "Go", "To" },
  { "بايت", "كيلوبايت", "ميغابايت", "جيغابايت", "تيرابايت" },
};

static const char *const one_byte[] = { "byte", "octet", "بايت" };

/**
 * kaf_size_format:
 * @bytes: a size
 * @lang: who reads it
 *
 * Returns: (transfer full): "421 Ko", "1,8 Mo": one decimal below ten, none where it is zero; number
 *   and unit parted by a no-break space
 */
char *
kaf_size_format (guint64 bytes, KafLang lang)
{
  g_autofree char *number = NULL;
  guint64 scale = 1, tenths;
  guint unit = 0;

  /* What rounds up to 1000 is 1 of the next unit. */
  while (unit + 1 < G_N_ELEMENTS (units[0]) && bytes >= scale * STEP - scale / 2)
    {
      scale *= STEP;
      unit++;
    }
  if (unit == 0)
    {
      number = kaf_number_format ((gint64) bytes, lang);
      return g_strconcat (number, NBSP, bytes == 1 ? one_byte[lang] : units[lang][0], NULL);
    }
  tenths = bytes / (scale / 10) + (bytes % (scale / 10) >= scale / 20 ? 1 : 0);
  if (tenths < 100 && tenths % 10 != 0)
    return g_strdup_printf ("%u%s%u" NBSP "%s", (guint) tenths / 10,
                            lang == KAF_LANG_EN ? "." : ",", (guint) tenths % 10,
                            units[lang][unit]);
  number =
      kaf_number_format ((gint64) (bytes / scale + (bytes % scale >= scale / 2 ? 1 : 0)), lang);
  return g_strconcat (number, NBSP, units[lang][unit], NULL);
}
