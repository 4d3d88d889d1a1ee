/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-letterhead-data.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "report/kaf-layout.h"
#include "schema/kaf-registry.h"

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

/* Id of the setting of that key that begins today; NULL with or without an error. */
static char *
find (KafDatabase *db, const char *key, const char *today, GError **error)
{
  static const char *const columns[] = { "key", NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("setting"));
  g_autoptr (GPtrArray) rows = NULL;
  gint64 total, least;

  kaf_query_set_condition (query, "key", KAF_OP_ANY_OF, (const char *const[]){ key, NULL });
  kaf_query_set_condition (query, "valid_from", KAF_OP_AT_LEAST,
                           (const char *const[]){ today, NULL });
  kaf_query_set_condition (query, "valid_from", KAF_OP_AT_MOST,
                           (const char *const[]){ today, NULL });
  rows = kaf_page_read (db, query, columns, KAF_LANG_FR, 0, 1, &total, &least, error);
  return rows != NULL && rows->len > 0
             ? g_strdup (((const KafRow *) g_ptr_array_index (rows, 0))->id)
             : NULL;
}

/* @id (out): of the setting. */
static KafReceipt *
write_setting (KafDatabase *db, const char *key, const char *value, char **id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  g_autofree char *known = find (db, key, today, &failed);
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  KafReceipt *receipt;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  record = kaf_record_new (kaf_registry_find ("setting"), known);
  kaf_record_set (record, "value", value);
  if (known == NULL)
    {
      kaf_record_set (record, "key", key);
      kaf_record_set (record, "valid_from", today);
      kaf_change_set_create (set, record);
    }
  else
    kaf_change_set_update (set, record);
  receipt = kaf_commit (db, set, NULL, NULL, error);
  if (receipt != NULL && id != NULL)
    *id = known != NULL ? g_steal_pointer (&known) : find (db, key, today, NULL);
  return receipt;
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
  first = write_setting (db, change->key, NULL, &owner, error);
  if (first == NULL || owner == NULL)
    return NULL;
  second = kaf_attachment_add (db, kaf_registry_find ("setting"), owner, NULL, change->logo, NULL,
                               NULL, &attachment, cancellable, error);
  return second != NULL ? write_setting (db, change->key, attachment, NULL, error) : NULL;
}

gpointer
kaf_letterhead_save (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafLetterheadChange *change = data;

  return change->logo != NULL ? save_logo (db, change, cancellable, error)
                              : write_setting (db, change->key, change->value, NULL, error);
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
