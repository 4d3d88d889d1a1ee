/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All is read as of one moment, then the reason is asked for, then it is written. */
#include "config.h"

#include "report/kaf-dossier.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/kaf-words.h"
#include "report/books/kaf-books.h"
#include "report/documents/kaf-documents.h"
#include "report/kaf-parcel.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-mission-files.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"

/* What making a PDF or a workbook counts for in the progress, in bytes of annexes. */
#define WEIGHT (1024 * 1024)

typedef struct
{
  KafDatabase *db;
  const char *mission;
  const KafDossierOptions *options;
  KafDossier *made;
  GCancellable *cancellable;
  char *ref;
  KafLang lang; /* that its files are called in */
  KafParcel *parcel;
  KafPages *pages; /* the mission's file */
  KafBook *book;
  char *book_name, *title;
  KafQuery *query;
  GPtrArray *files; /* of KafMissionFile */
  GPtrArray *entries, *missing;
  GHashTable *contents; /* sha256 → of those that lie in it */
  gint64 done, total;
} Dossier;

static void
dossier_clear (Dossier *self)
{
  g_clear_pointer (&self->pages, kaf_pages_unref);
  g_clear_pointer (&self->book, kaf_book_free);
  g_clear_pointer (&self->parcel, kaf_parcel_free);
  g_clear_pointer (&self->query, kaf_query_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->contents, g_hash_table_unref);
  g_free (self->ref);
  g_free (self->book_name);
  g_free (self->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dossier, dossier_clear)

void
kaf_dossier_clear (KafDossier *self)
{
  g_clear_pointer (&self->missing, g_ptr_array_unref);
}

static void
entry_free (gpointer data)
{
  KafDossierEntry *self = data;

  g_free (self->path);
  g_free (self->attachment);
  g_free (self);
}

static void
add_entry (GPtrArray *to, const char *path, const char *label, const char *attachment, gint64 size)
{
  KafDossierEntry *entry = g_new0 (KafDossierEntry, 1);

  *entry = (KafDossierEntry){ g_strdup (path), label, g_strdup (attachment), size };
  g_ptr_array_add (to, entry);
}

static void
advance (Dossier *self, gint64 by)
{
  self->done += by;
  if (self->options->progress != NULL)
    self->options->progress (self->done, self->total, self->options->progress_data);
}

static const char *
word (const Dossier *self, const char *msgid)
{
  return kaf_words_get (self->lang, msgid);
}

/* "1 Dossier de mission MIS-2026-0001.pdf" (transfer full) */
static char *
name_file (Dossier *self, guint number, const char *msgid, const char *ending)
{
  g_autofree char *name =
      g_strdup_printf ("%u %s %s%s", number, word (self, msgid), self->ref, ending);

  return kaf_parcel_name (self->parcel, NULL, name);
}

/* Reading */

static gboolean
fill_book (Dossier *self, GError **error)
{
  const char *const ids[] = { self->mission, NULL };
  const KafBookBasis basis = { .db = self->db,
                               .lang = self->lang,
                               .title = word (self, N_ ("Figures of the mission")),
                               .keywords = self->ref,
                               .query = self->query,
                               .subject = self->title,
                               .cancellable = self->cancellable };
  g_autoptr (GFile) place = NULL;

  kaf_query_set_condition (self->query, "id", KAF_OP_ANY_OF, ids);
  self->book_name = name_file (self, 2, N_ ("Figures of the mission"), ".xlsx");
  place = kaf_parcel_place (self->parcel, self->book_name, error);
  self->book = place != NULL ? kaf_book_new (&basis, place, error) : NULL;
  return self->book != NULL && kaf_book_mission_make (self->book, self->mission, error);
}

static gboolean
count_participants (Dossier *self, guint *n, GError **error)
{
  const char *const ids[] = { self->mission, NULL };
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("participant"));
  gint64 count;

  kaf_query_set_condition (query, "mission", KAF_OP_ANY_OF, ids);
  count = kaf_page_count (self->db, query, error);
  *n = (guint) MAX (count, 0);
  return count >= 0;
}

static gboolean
read_all (Dossier *self, GError **error)
{
  const KafSubject subject = { .entity = kaf_registry_find ("mission"), .id = self->mission };
  const KafDocumentOptions paper = { .langs = self->options->langs };
  guint n_participants = 0;

  self->pages = kaf_document_make (self->db, &kaf_document_mission_file, &subject, &paper,
                                   self->cancellable, error);
  if (self->pages == NULL || !count_participants (self, &n_participants, error))
    return FALSE;
  self->made->n_persons = kaf_pages_get_n_persons (self->pages) + n_participants;
  self->files = kaf_mission_files_read (self->db, self->mission, self->lang, error);
  if (self->files == NULL)
    return FALSE;
  self->total = 3 * WEIGHT;
  for (guint i = 0; i < self->files->len; i++)
    {
      const KafMissionFile *file = g_ptr_array_index (self->files, i);

      self->total += file->path != NULL ? file->size : 0;
    }
  return fill_book (self, error);
}

static gboolean
justify (Dossier *self, GError **error)
{
  g_autofree char *filter = g_strdup_printf ("mission-dossier %s", self->mission);
  const KafDisclosure disclosure = { .act = "export",
                                     .entity = "mission",
                                     .n_persons = self->made->n_persons,
                                     .filter = filter,
                                     .reason = self->options->reason,
                                     .recipient = self->options->recipient };

  return kaf_disclosure_justify (self->db, &disclosure, self->cancellable, error);
}

/* Writing */

/* What was written to @place under @name. */
static gboolean
take_in (Dossier *self, const char *name, const char *label, GFile *place, GError **error)
{
  GStatBuf info = { 0 };

  g_stat (g_file_peek_path (place), &info);
  add_entry (self->entries, name, label, NULL, info.st_size);
  advance (self, WEIGHT);
  self->made->n_files++;
  return kaf_parcel_add (self->parcel, name, self->cancellable, error);
}

static gboolean
add_pages (Dossier *self, KafPages *pages, const char *name, const char *label, GError **error)
{
  g_autoptr (GFile) place = kaf_parcel_place (self->parcel, name, error);

  return place != NULL &&
         kaf_pages_write_pdf (pages, self->db, place, NULL, NULL, self->cancellable, error) &&
         take_in (self, name, label, place, error);
}

static gboolean
add_book (Dossier *self, GError **error)
{
  g_autoptr (GFile) place = NULL;

  if (!kaf_book_save (self->book, error))
    return FALSE;
  place = kaf_parcel_place (self->parcel, self->book_name, error);
  return place != NULL &&
         take_in (self, self->book_name, N_ ("Figures of the mission"), place, error);
}

static void
on_copied (gint64 done, gint64 total, gpointer data)
{
  Dossier *self = data;

  if (self->options->progress != NULL)
    self->options->progress (self->done + done, self->total, self->options->progress_data);
}

static gboolean
add_annex (Dossier *self, const KafMissionFile *file, GError **error)
{
  g_autofree char *name = NULL;
  const char *there = g_hash_table_lookup (self->contents, file->sha256);

  if (there != NULL)
    {
      add_entry (self->entries, there, NULL, file->attachment, file->size);
      advance (self, file->size);
      return TRUE;
    }
  name = kaf_parcel_name (self->parcel, word (self, N_ ("Annexes")), file->name);
  if (!kaf_parcel_copy (self->parcel, name, file->path, on_copied, self, self->cancellable, error))
    return FALSE;
  add_entry (self->entries, name, NULL, file->attachment, file->size);
  advance (self, file->size);
  self->made->n_files++;
  self->made->n_annexes++;
  g_hash_table_insert (self->contents, g_strdup (file->sha256), g_steal_pointer (&name));
  return TRUE;
}

static gboolean
add_annexes (Dossier *self, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const KafMissionFile *file = g_ptr_array_index (self->files, i);

      if (file->path == NULL)
        {
          add_entry (self->missing, file->name, NULL, file->attachment, file->size);
          g_ptr_array_add (self->made->missing, g_strdup (file->name));
        }
      else if (!add_annex (self, file, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_contents (Dossier *self, GError **error)
{
  const KafDossierContents contents = { self->entries, self->missing };
  const KafSubject subject = { .entity = kaf_registry_find ("mission"), .id = self->mission };
  const KafDocumentOptions paper = { .langs = self->options->langs, .told = &contents };
  g_autofree char *name = name_file (self, 0, N_ ("Contents"), ".pdf");
  g_autoptr (KafPages) pages = kaf_document_make (self->db, &kaf_document_contents, &subject,
                                                  &paper, self->cancellable, error);

  return pages != NULL && add_pages (self, pages, name, kaf_document_contents.label, error);
}

static gboolean
write_all (Dossier *self, GError **error)
{
  g_autofree char *name = name_file (self, 1, kaf_document_mission_file.label, ".pdf");

  return justify (self, error) &&
         add_pages (self, self->pages, name, kaf_document_mission_file.label, error) &&
         add_book (self, error) && add_annexes (self, error) && add_contents (self, error) &&
         kaf_parcel_settle (self->parcel, error);
}

gboolean
kaf_dossier_write (KafDatabase *db,
                   const char *mission,
                   GFile *target,
                   const KafDossierOptions *options,
                   KafDossier *made,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Dossier) self = { db, mission, options, made, cancellable };
  g_autoptr (KafRecord) record =
      kaf_read_record (db, kaf_registry_find ("mission"), mission, error);
  gboolean entered, read;

  if (record == NULL)
    return FALSE;
  self.ref = g_strdup (kaf_record_get_ref (record));
  self.lang = options->langs == KAF_PAPER_AR ? KAF_LANG_AR : KAF_LANG_FR;
  self.title = kaf_read_title (db, "mission", mission, options->lang);
  self.query = kaf_query_new (kaf_registry_find ("mission"));
  self.entries = g_ptr_array_new_with_free_func (entry_free);
  self.missing = g_ptr_array_new_with_free_func (entry_free);
  self.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  made->missing = g_ptr_array_new_with_free_func (g_free);
  self.parcel = kaf_parcel_begin (db, target, error);
  if (self.parcel == NULL)
    return FALSE;
  entered = kaf_database_enter_read (db);
  read = read_all (&self, error);
  kaf_database_leave_read (db, entered);
  return read && write_all (&self, error);
}
