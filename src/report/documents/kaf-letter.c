/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/documents/kaf-letter.h"

#include <glib/gi18n-lib.h>

#include "report/kaf-signing.h"

gboolean
kaf_letter_text (KafDoc *doc,
                 KafDocumentContext *context,
                 const char *kind,
                 const KafTextsAbout *about,
                 GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *filled_title = NULL;
  g_autofree char *filled_body = NULL;
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);

  if (!kaf_texts_get (context->db, kind, context->lang, &title, &body, error))
    return FALSE;
  filled_title = kaf_texts_fill (context, title, about, unknown);
  filled_body = kaf_texts_fill (context, body, about, unknown);
  kaf_texts_tell_blanks (context, doc, about, unknown);
  kaf_doc_title (doc, filled_title);
  kaf_doc_article (doc, filled_body);
  return TRUE;
}

static const char *
choose (const char *own, const char *set)
{
  const char *text = own != NULL && *own != '\0' ? own : set;

  return *text != '\0' ? text : NULL;
}

void
kaf_letter_end (KafDoc *doc, KafDocumentContext *context)
{
  const KafLetterhead *head = context->letterhead;
  guint side = kaf_letterhead_side (context->lang);
  g_autofree char *line = kaf_letterhead_date_line (head, context->lang, context->day);
  const char *service = head->service[side];
  const char *signer = choose (context->options->signer, head->signer[side]);
  /* The office set is that of the one set. */
  const char *function =
      choose (context->options->function, signer == head->signer[side] ? head->function[side] : "");
  const KafDocSigner signers[] = {
    { *service != '\0' ? service : kaf_doc_word (doc, "Issuing service"), signer, function, TRUE },
    { NULL },
  };

  if (signer == NULL)
    kaf_doc_add_blank (doc, N_ ("Who signs"), KAF_BLANK_LETTERHEAD, NULL, NULL);

  kaf_doc_keep_begin (doc);
  kaf_doc_space (doc, 6);
  kaf_doc_end (doc, line);
  kaf_doc_signatures (doc, signers);
  kaf_doc_keep_end (doc);
}

/* Who presides @organisation on the paper's day; NULL: nobody is known to. (transfer full) */
static KafRecord *
find_presiding (KafDocumentContext *context, const char *organisation, GError **error)
{
  g_autoptr (GPtrArray) mandates =
      kaf_document_related (context, "mandate", "organisation", organisation, NULL, error);

  for (guint i = 0; mandates != NULL && i < mandates->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (mandates, i);

      if (g_strcmp0 (kaf_record_get (one, "presides"), "1") == 0 &&
          kaf_signing_is_held (context, one))
        return kaf_record_ref (g_ptr_array_index (mandates, i));
    }
  return NULL;
}

KafLetterSigner *
kaf_letter_signer_new (KafDocumentContext *context,
                       const char *organisation,
                       const char *mandate,
                       GError **error)
{
  g_autoptr (KafLetterSigner) self = g_new0 (KafLetterSigner, 1);
  g_autoptr (GError) failed = NULL;
  g_autoptr (KafRecord) record = mandate != NULL
                                     ? kaf_document_read (context, "mandate", mandate, &failed)
                                     : find_presiding (context, organisation, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (record != NULL && organisation == NULL)
    organisation = kaf_record_get (record, "organisation");
  self->organisation = g_strdup (organisation);
  self->caption = kaf_document_title (context, "organisation", organisation);
  if (record == NULL)
    return g_steal_pointer (&self);
  self->function = g_strdup (kaf_document_text (context, record, "office"));
  self->name = kaf_document_value (context, record, "person");
  return g_steal_pointer (&self);
}

void
kaf_letter_signer_free (KafLetterSigner *self)
{
  g_free (self->organisation);
  g_free (self->caption);
  g_free (self->name);
  g_free (self->function);
  g_free (self);
}

void
kaf_letter_signatures (KafDoc *doc, const GPtrArray *signers)
{
  g_autofree KafDocSigner *boxes = g_new0 (KafDocSigner, signers->len + 1);

  for (guint i = 0; i < signers->len; i++)
    {
      const KafLetterSigner *one = g_ptr_array_index (signers, i);

      boxes[i] = (KafDocSigner){ one->caption != NULL ? one->caption : "", one->name, one->function,
                                 TRUE };
      if (one->name == NULL)
        kaf_doc_add_blank (doc, N_ ("Who signs"), "organisation", one->organisation, one->caption);
    }
  if (signers->len > 0)
    kaf_doc_signatures (doc, boxes);
}

void
kaf_letter_pairs (KafDoc *doc,
                  KafDocumentContext *context,
                  const KafRecord *record,
                  const char *const *fields)
{
  const KafEntity *entity = kaf_record_get_entity (record);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *value = kaf_document_value (context, record, fields[i]);

      if (value != NULL)
        kaf_doc_pair (doc, kaf_doc_word (doc, kaf_entity_find_field (entity, fields[i])->label),
                      value);
    }
}

/* Papers of their own */

/* By its record, or by who it is. */
static gboolean
is_for (const KafDocumentContext *context, const KafRecord *record)
{
  static const char *const who[] = { "person", "organisation" };
  const char *one = context->options->one;

  if (one == NULL || g_str_equal (one, kaf_record_get_id (record)))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    if (kaf_entity_find_field (kaf_record_get_entity (record), who[i]) != NULL)
      return g_strcmp0 (one, kaf_record_get (record, who[i])) == 0;
  return FALSE;
}

static gboolean
write_of (KafLetters *self, const KafDocumentOne *of, KafLetterFunc func, GError **error)
{
  g_autoptr (GPtrArray) records = kaf_document_related (
      self->context, of->entity, of->field, self->context->subject.id, of->order, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      KafRecord *one = g_ptr_array_index (records, i);

      if ((of->only == NULL || g_strcmp0 (kaf_record_get (one, of->only), of->value) == 0) &&
          is_for (self->context, one) && !func (self, one, error))
        return FALSE;
    }
  return records != NULL;
}

gboolean
kaf_letters_write (KafLetters *self, const KafDocumentOne *ones, KafLetterFunc func, GError **error)
{
  for (; ones->entity != NULL; ones++)
    if (!write_of (self, ones, func, error))
      return FALSE;
  if (self->n == 0)
    kaf_document_for_nobody (self->context);
  return TRUE;
}

void
kaf_letters_begin (KafLetters *self)
{
  if (self->n++ > 0)
    kaf_doc_new_paper (self->doc);
}
