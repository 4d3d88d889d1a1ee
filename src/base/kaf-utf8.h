/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gunichar kaf_utf8_next_slow (const char **p);

int kaf_char_digit (gunichar c);
gboolean kaf_char_is_blank (gunichar c);
gboolean kaf_char_is_ignorable (gunichar c);
gboolean kaf_char_is_arabic_letter (gunichar c);
/* Never a character: XML and PDF take none, though UTF-8 writes it. */
gboolean kaf_char_is_noncharacter (gunichar c);

char *kaf_text_tidy (const char *text);
/* Whether there is nothing to see; of NULL too. */
gboolean kaf_text_is_blank (const char *text);
/* U+0001 to U+001F, U+007F to U+009F. */
gboolean kaf_text_has_controls (const char *text);
/* Bytes of the control character that @text begins with; 0: it begins with none. */
gsize kaf_text_measure_control (const char *text);
/* As it may be kept on one line: each control character is a blank, and there is none around it. (transfer full) */
char *kaf_text_make_line (const char *text);
/* NULL where @text has no noncharacter: it may stand as it is. (transfer full) (nullable) */
char *kaf_text_drop_noncharacters (const char *text);

/* Reads the character at *p and moves past it; 0 at the end. Bytes that are not UTF-8 are skipped:
 * text reaches this library from imports, and one bad byte must not hide a name. */
static inline gunichar
kaf_utf8_next (const char **p)
{
  guchar c = (guchar) * *p;

  if (c == 0)
    return 0;
  if (c < 0x80)
    {
      (*p)++;
      return c;
    }
  return kaf_utf8_next_slow (p);
}

G_END_DECLS
