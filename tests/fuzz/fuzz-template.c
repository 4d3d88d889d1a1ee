/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as a template: its parts cover it without a gap, what is filled is UTF-8, and a text that is right has
 * nothing but known placeholders. */

#include "config.h"

#include "schema/kaf-template.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Stops here, release build or not. */
#define CHECK(condition)                                                                           \
  do                                                                                               \
    {                                                                                              \
      if (!(condition))                                                                            \
        __builtin_trap ();                                                                         \
    }                                                                                              \
  while (0)

static char *
get_value (const char *name, gpointer data)
{
  return kaf_template_find (data, name) != NULL ? g_strdup ("x") : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static char kind[] = "attestation";
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *filled = kaf_template_fill (text, get_value, kind, unknown);
  KafTemplatePart part;
  gsize at = 0, before = 0;
  gboolean open = FALSE;

  while (kaf_template_next (text, &at, &part))
    {
      CHECK (part.from == before && part.to == at && at > before);
      CHECK (part.start >= text + part.from && part.start + part.length <= text + part.to);
      open |= part.kind == KAF_TEMPLATE_OPEN;
      before = at;
    }
  CHECK (at == strlen (text));
  CHECK (g_utf8_validate (filled, -1, NULL));
  CHECK (kaf_template_check (kind, text, &error) == (!open && unknown->len == 0));
  CHECK (error == NULL || g_utf8_validate (error->message, -1, NULL));
  return 0;
}
