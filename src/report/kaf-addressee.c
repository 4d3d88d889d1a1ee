/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-addressee.h"

#include "base/kaf-words.h"
#include "report/kaf-parcel.h"
#include "schema/kaf-registry.h"
#include "store/kaf-disclosure.h"
#include "store/kaf-page.h"
#include "store/kaf-read.h"

static void
addressee_free (gpointer data)
{
  KafAddressee *self = data;

  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

static gboolean
add_of (GPtrArray *all,
        KafDocumentContext *context,
        const KafDocumentOne *of,
        const char *id,
        guint most,
        GError **error)
{
  static const char *const none[] = { NULL };
  const KafEntity *entity = kaf_registry_find (of->entity);
  const KafRelatedQuery query = { .field = of->field,
                                  .owner_id = id,
                                  .only = of->only,
                                  .value = of->value,
                                  .order = of->order,
                                  .limit = most };
  g_autoptr (GPtrArray) rows =
      kaf_page_related_by (context->db, entity, &query, none, context->lang, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      KafAddressee *one = g_new0 (KafAddressee, 1);

      *one = (KafAddressee){ g_strdup (row->id), kaf_document_title (context, entity->id, row->id),
                             entity };
      g_ptr_array_add (all, one);
    }
  return rows != NULL;
}

GPtrArray *
kaf_addressees_read (KafDatabase *db,
                     const KafDocument *document,
                     const char *id,
                     guint most,
                     KafLang lang,
                     GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (addressee_free);
  /* As a paper names them: an expert of a mission is a person. */
  g_autoptr (KafDocumentContext) context = kaf_document_context_new (db, lang, NULL);

  for (const KafDocumentOne *of = document->ones; of != NULL && of->entity != NULL && id != NULL;
       of++)
    if (!add_of (all, context, of, id, most, error))
      return NULL;
  return g_steal_pointer (&all);
}

/* A file each */

/* More would be no work for one folder. */
#define PAPERS_MOST 5000

typedef struct
{
  KafDatabase *db;
  const KafDocument *document;
  const KafSubject *subject;
  const KafDocumentOptions *paper;
  const KafEachOptions *options;
  KafParcel *parcel;
  GCancellable *cancellable;
  guint n_files, n_named;
} Each;

/* Whether records of @entity are somebody: a participant is known by name alone. */
static gboolean
is_somebody (const KafEntity *entity)
{
  if (kaf_disclosure_is_about_persons (entity))
    return TRUE;
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_has (field, KAF_FIELD_NAME) && kaf_field_get_class (field) == KAF_CLASS_IDENTITY)
      return TRUE;
  return FALSE;
}

/* "Attestation MIS-2026-0001 El Ouafi Nezha.pdf" (transfer full) */
static char *
name_paper (Each *self, KafPages *pages, const KafAddressee *one)
{
  const char *reference = kaf_pages_get_reference (pages);
  g_autofree char *name =
      g_strjoin (" ", kaf_words_get (self->options->lang, self->document->label),
                 reference != NULL ? reference : "", one->title != NULL ? one->title : "", NULL);
  g_autofree char *file = g_strconcat (g_strstrip (name), ".pdf", NULL);

  return kaf_parcel_name (self->parcel, NULL, file);
}

static gboolean
print_one (Each *self, const KafAddressee *one, GError **error)
{
  KafDocumentOptions paper = *self->paper;
  g_autoptr (KafPages) pages = NULL;
  g_autoptr (GFile) place = NULL;
  g_autofree char *name = NULL;

  paper.one = one->id;
  pages =
      kaf_document_make (self->db, self->document, self->subject, &paper, self->cancellable, error);
  if (pages == NULL)
    return FALSE;
  if (kaf_pages_is_for_nobody (pages))
    return TRUE;
  name = name_paper (self, pages, one);
  place = kaf_parcel_place (self->parcel, name, error);
  self->n_files++;
  self->n_named += is_somebody (one->entity) ? 1 : 0;
  return place != NULL &&
         kaf_pages_write_pdf (pages, self->db, place, NULL, NULL, self->cancellable, error) &&
         kaf_parcel_add (self->parcel, name, self->cancellable, error);
}

/* As many as one file of all of them names, and no fewer than papers. */
static gboolean
count_persons (Each *self, guint *n_persons, GError **error)
{
  KafDocumentOptions paper = *self->paper;
  g_autoptr (KafPages) pages = NULL;

  paper.one = NULL;
  pages =
      kaf_document_make (self->db, self->document, self->subject, &paper, self->cancellable, error);
  if (pages != NULL)
    *n_persons = MAX (kaf_pages_get_n_persons (pages), self->n_named);
  return pages != NULL;
}

static gboolean
justify (Each *self, guint n_persons, GError **error)
{
  g_autofree char *filter = g_strdup_printf ("%s %s", self->document->name, self->subject->id);
  const KafDisclosure disclosure = { .act = "print",
                                     .entity = self->subject->entity->id,
                                     .n_persons = n_persons,
                                     .filter = filter,
                                     .reason = self->options->reason,
                                     .recipient = self->options->recipient };

  return kaf_disclosure_justify (self->db, &disclosure, self->cancellable, error);
}

static gboolean
print_all (Each *self, GPtrArray *all, guint *n_persons, GError **error)
{
  for (guint i = 0; i < all->len; i++)
    {
      if (!print_one (self, g_ptr_array_index (all, i), error))
        return FALSE;
      if (self->options->progress != NULL)
        self->options->progress (i + 1, all->len, self->options->progress_data);
    }
  if (self->n_files == 0)
    {
      g_set_error (error, KAF_STORE_ERROR, KAF_STORE_ERROR_NOTHING,
                   "there is nobody to print %s for", self->document->name);
      return FALSE;
    }
  /* Until it is named nothing has left. */
  return count_persons (self, n_persons, error) && justify (self, *n_persons, error) &&
         kaf_parcel_settle (self->parcel, error);
}

gboolean
kaf_addressees_print (KafDatabase *db,
                      const KafDocument *document,
                      const KafSubject *subject,
                      const KafDocumentOptions *paper,
                      GFile *target,
                      const KafEachOptions *options,
                      guint *n_files,
                      guint *n_persons,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (KafParcel) parcel = kaf_parcel_begin (db, target, error);
  g_autoptr (GPtrArray) all = NULL;
  Each self = { db, document, subject, paper, options, parcel, cancellable };
  gboolean done;

  if (parcel == NULL)
    return FALSE;
  all = kaf_addressees_read (db, document, subject->id, PAPERS_MOST, options->lang, error);
  done = all != NULL && print_all (&self, all, n_persons, error);
  *n_files = self.n_files;
  return done;
}
