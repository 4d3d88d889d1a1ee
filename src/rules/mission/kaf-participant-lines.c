/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/mission/kaf-participant-lines.h"

#include <string.h>

#include "base/kaf-fold.h"

#define N_PARTS 3

void
kaf_participant_line_free (KafParticipantLine *self)
{
  g_free (self->name);
  g_free (self->function);
  g_free (self->establishment);
  g_free (self);
}

static char **
split (const char *line)
{
  static const char *const separators[] = { "\t", ";", "؛" };
  g_autoptr (GString) commas = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (strstr (line, separators[i]) != NULL)
      return g_strsplit (line, separators[i], N_PARTS);
  commas = g_string_new (line);
  g_string_replace (commas, "،", ",", 0);
  return g_strsplit (commas->str, ",", N_PARTS);
}

/* (transfer full) (nullable) */
static char *
take (char **parts, guint n, guint i)
{
  g_autofree char *text = i < n ? g_strstrip (g_strdup (parts[i])) : NULL;

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static KafParticipantLine *
parse_line (const char *line)
{
  g_auto (GStrv) parts = split (line);
  guint n = g_strv_length (parts);
  KafParticipantLine *self;
  char *name = take (parts, n, 0);

  if (name == NULL)
    return NULL;
  self = g_new0 (KafParticipantLine, 1);
  self->name = name;
  self->function = take (parts, n, 1);
  self->establishment = take (parts, n, 2);
  return self;
}

static gboolean
reads_alike (const char *a, const char *b)
{
  g_autofree char *folded_a = kaf_fold (a != NULL ? a : "");
  g_autofree char *folded_b = kaf_fold (b != NULL ? b : "");

  return g_str_equal (folded_a, folded_b);
}

gboolean
kaf_participant_line_is (const KafParticipantLine *self,
                         const char *name,
                         const char *function,
                         const char *establishment)
{
  return reads_alike (self->name, name) && reads_alike (self->function, function) &&
         reads_alike (self->establishment, establishment);
}

static gboolean
is_among (GPtrArray *lines, const KafParticipantLine *one)
{
  for (guint i = 0; i < lines->len; i++)
    if (kaf_participant_line_is (g_ptr_array_index (lines, i), one->name, one->function,
                                 one->establishment))
      return TRUE;
  return FALSE;
}

GPtrArray *
kaf_participant_lines_parse (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_participant_line_free);
  g_auto (GStrv) raw = NULL;

  if (text == NULL)
    return lines;
  raw = g_strsplit_set (text, "\r\n", -1);
  for (guint i = 0; raw[i] != NULL; i++)
    {
      KafParticipantLine *one = parse_line (raw[i]);

      if (one != NULL && !is_among (lines, one))
        g_ptr_array_add (lines, one);
      else if (one != NULL)
        kaf_participant_line_free (one);
    }
  return lines;
}
