/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-letterhead.h"

#include "base/kaf-date.h"
#include "base/kaf-words.h"
#include "store/kaf-attachments.h"
#include "store/kaf-read.h"
#include "store/kaf-settings.h"

/* A logo is a small picture: what is larger is no logo, and would be read whole. */
#define LOGO_BYTES_MOST (4 * 1024 * 1024)

guint
kaf_letterhead_side (KafLang lang)
{
  return lang == KAF_LANG_AR ? 1 : 0;
}

/* Lines are also written " | ", where a field takes one line. */
static char *
read_lines (KafDatabase *db, const char *name, guint side, const char *day)
{
  g_autofree char *key = g_strconcat (KAF_SETTING_DOCUMENT, name, side == 1 ? "-ar" : "-fr", NULL);
  g_autofree char *value = kaf_read_setting (db, key, day);
  g_autoptr (GString) text = g_string_new (value);

  g_string_replace (text, " | ", "\n", 0);
  return g_strdup (g_strstrip (text->str));
}

static GBytes *
read_logo (KafDatabase *db, const char *day)
{
  g_autofree char *id = kaf_read_setting (db, KAF_SETTING_DOCUMENT_LOGO, day);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (id == NULL || *id == '\0')
    return NULL;
  file = kaf_attachment_get_file (db, id, NULL);
  info = file != NULL ? g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                           G_FILE_QUERY_INFO_NONE, NULL, NULL)
                      : NULL;
  if (info == NULL || g_file_info_get_size (info) > LOGO_BYTES_MOST)
    return NULL;
  return g_file_load_bytes (file, NULL, NULL, NULL);
}

KafLetterhead *
kaf_letterhead_read (KafDatabase *db, const char *day)
{
  KafLetterhead *self = g_new0 (KafLetterhead, 1);

  for (guint side = 0; side < 2; side++)
    {
      self->state[side] = read_lines (db, "state", side, day);
      self->service[side] = read_lines (db, "service", side, day);
      self->place[side] = read_lines (db, "place", side, day);
      self->signer[side] = read_lines (db, "signer", side, day);
      self->function[side] = read_lines (db, "function", side, day);
    }
  self->logo = read_logo (db, day);
  return self;
}

void
kaf_letterhead_free (KafLetterhead *self)
{
  for (guint side = 0; side < 2; side++)
    {
      g_free (self->state[side]);
      g_free (self->service[side]);
      g_free (self->place[side]);
      g_free (self->signer[side]);
      g_free (self->function[side]);
    }
  g_clear_pointer (&self->logo, g_bytes_unref);
  g_free (self);
}

static char *
join_lines (const char *lines)
{
  g_autoptr (GString) line = g_string_new (lines);

  g_string_replace (line, "\n", " – ", 0);
  return line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

char *
kaf_letterhead_state_line (const KafLetterhead *self, KafLang lang)
{
  char *line = join_lines (self->state[kaf_letterhead_side (lang)]);

  return line != NULL ? line : g_strdup (kaf_words_get (lang, "Kingdom of Morocco"));
}

char *
kaf_letterhead_service_line (const KafLetterhead *self, KafLang lang)
{
  return join_lines (self->service[kaf_letterhead_side (lang)]);
}

char *
kaf_letterhead_date_line (const KafLetterhead *self, KafLang lang, const char *iso)
{
  g_autofree char *date = kaf_date_format (iso, lang, KAF_DATE_LONG);
  const char *place = self->place[kaf_letterhead_side (lang)];

  if (*place == '\0')
    return g_steal_pointer (&date);
  /* Translators: the place and the day of a letter: "Rabat, 24 November 2026". */
  return g_strdup_printf (kaf_words_context (lang, "letter", "%1$s, %2$s"), place, date);
}
