/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-letterhead-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "report/kaf-layout.h"
#include "schema/kaf-registry.h"
#include "store/kaf-setting-write.h"

/* Of the miniature, mm. */
#define PICTURE_WIDTH 210
#define PICTURE_HEIGHT 74
#define PICTURE_MARGIN 20

static const guint8 png_mark[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

void
kaf_letterhead_change_free (gpointer change)
{
  KafLetterheadChange *self = change;

  g_free (self->key);
  g_free (self->value);
  g_clear_object (&self->logo);
  g_free (self);
}

gpointer
kaf_letterhead_load (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_letterhead_read (db, NULL);
}

static gboolean
is_png (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  guint8 head[sizeof png_mark];
  gsize n;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &n, cancellable, error))
    return FALSE;
  if (n == sizeof head && memcmp (head, png_mark, sizeof head) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a logo has to be a PNG");
  return FALSE;
}

/* The attachment belongs to the setting that names it. */
static KafReceipt *
save_logo (KafDatabase *db,
           const KafLetterheadChange *change,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *owner = NULL;
  g_autofree char *attachment = NULL;
  g_autoptr (KafReceipt) first = NULL;
  g_autoptr (KafReceipt) second = NULL;

  if (!is_png (change->logo, cancellable, error))
    return NULL;
  first = kaf_setting_write (db, change->key, NULL, &owner, error);
  if (first == NULL || owner == NULL)
    return NULL;
  second = kaf_attachment_add (db, kaf_registry_find ("setting"), owner, NULL, change->logo, NULL,
                               NULL, &attachment, cancellable, error);
  return second != NULL ? kaf_setting_write (db, change->key, attachment, NULL, error) : NULL;
}

gpointer
kaf_letterhead_save (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafLetterheadChange *change = data;

  return change->logo != NULL ? save_logo (db, change, cancellable, error)
                              : kaf_setting_write (db, change->key, change->value, NULL, error);
}

KafPages *
kaf_letterhead_picture (const KafLetterhead *letterhead, KafLang lang)
{
  g_autoptr (KafDoc) doc = kaf_doc_new (lang);
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());
  g_autofree char *line = kaf_letterhead_date_line (letterhead, lang, today);
  const KafDoc *docs[] = { doc };
  const KafLayoutInfo info = { .letterhead = letterhead, .day = today };

  kaf_doc_set_paper (doc, PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_MARGIN);
  kaf_doc_set_date (doc, today);
  kaf_doc_title (doc, kaf_doc_word (doc, "Record sheet"));
  return kaf_layout_run (docs, 1, FALSE, &info, NULL, NULL);
}
