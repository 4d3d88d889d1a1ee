/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-erasure-notes.h"

#include <string.h>

#include "store/kaf-drafts.h"

/* "WHEN\tNAME\n"… */
#define KEY "erasure-notes"

static void
note_free (gpointer data)
{
  KafErasureNote *self = data;

  g_free (self->name);
  g_free (self);
}

GPtrArray *
kaf_erasure_notes_read (KafDatabase *db)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (note_free);
  g_autofree char *text = kaf_local_get (db, KEY);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *tab = strchr (lines[i], '\t');
      KafErasureNote *note;

      if (tab == NULL || tab[1] == '\0')
        continue;
      note = g_new0 (KafErasureNote, 1);
      note->at = g_ascii_strtoll (lines[i], NULL, 10);
      note->name = g_strdup (tab + 1);
      g_ptr_array_add (list, note);
    }
  return list;
}

static gboolean
write_notes (KafDatabase *db, GPtrArray *list, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const KafErasureNote *note = g_ptr_array_index (list, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT "\t%s\n", note->at, note->name);
    }
  return kaf_local_set (db, KEY, text->str, error);
}

static gboolean
find (GPtrArray *list, const char *name, guint *at)
{
  for (*at = 0; *at < list->len; (*at)++)
    if (g_str_equal (((const KafErasureNote *) g_ptr_array_index (list, *at))->name, name))
      return TRUE;
  return FALSE;
}

gboolean
kaf_erasure_notes_add (KafDatabase *db, const char *name, GError **error)
{
  g_autoptr (GPtrArray) list = kaf_erasure_notes_read (db);
  g_autofree char *line = g_strdelimit (g_strdup (name), "\t\n", ' ');
  KafErasureNote *note;
  guint at;

  if (*g_strstrip (line) == '\0' || find (list, line, &at))
    return TRUE;
  note = g_new0 (KafErasureNote, 1);
  note->at = kaf_clock_now (kaf_database_get_clock (db));
  note->name = g_steal_pointer (&line);
  g_ptr_array_add (list, note);
  return write_notes (db, list, error);
}

gboolean
kaf_erasure_notes_remove (KafDatabase *db, const char *name, GError **error)
{
  g_autoptr (GPtrArray) list = kaf_erasure_notes_read (db);
  guint at;

  if (!find (list, name, &at))
    return TRUE;
  g_ptr_array_remove_index (list, at);
  return write_notes (db, list, error);
}
