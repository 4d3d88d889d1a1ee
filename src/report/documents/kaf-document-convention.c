/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a convention or an amendment: parties, articles, commitments and signatures, with the names and offices
 * of the day of its signature. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "schema/kaf-set.h"
#include "schema/kaf-template.h"

static const char *
title_of (KafDoc *doc, const char *kind)
{
  if (g_strcmp0 (kind, "specific") == 0)
    return kaf_doc_word (doc, "Specific convention");
  return g_strcmp0 (kind, "amendment") == 0 ? kaf_doc_word (doc, "Amendment")
                                            : kaf_doc_word (doc, "Framework convention");
}

/* Adds one who signs for @organisation. */
static gboolean
add_signer (KafDoc *doc,
            KafDocumentContext *context,
            GPtrArray *signers,
            const char *organisation,
            const KafRecord *signatory,
            GError **error)
{
  KafLetterSigner *one = kaf_letter_signer_new (
      context, organisation, signatory != NULL ? kaf_record_get (signatory, "mandate") : NULL,
      error);

  if (one == NULL)
    return FALSE;
  if (signatory != NULL && g_strcmp0 (kaf_record_get (signatory, "by_delegation"), "1") == 0)
    {
      g_autofree char *function = g_steal_pointer (&one->function);

      one->function = g_strdup_printf ("%s (%s)", function != NULL ? function : "",
                                       kaf_doc_word (doc, "By delegation"));
      g_strstrip (one->function);
    }
  g_ptr_array_add (signers, one);
  return TRUE;
}

/* In the order of the parties: those whose signature for it is entered, else who presides it. */
static GPtrArray *
read_signers (KafDoc *doc, KafDocumentContext *context, const GPtrArray *parties, GError **error)
{
  g_autoptr (GPtrArray) entered =
      kaf_document_related (context, "signatory", "convention", context->subject.id, NULL, error);
  g_autoptr (GPtrArray) signers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_letter_signer_free);

  for (guint i = 0; entered != NULL && i < parties->len; i++)
    {
      const char *party = ((const KafElement *) g_ptr_array_index (parties, i))->value;
      guint n = signers->len;

      for (guint k = 0; k < entered->len; k++)
        {
          const KafRecord *one = g_ptr_array_index (entered, k);
          g_autoptr (KafRecord) mandate =
              kaf_document_read (context, "mandate", kaf_record_get (one, "mandate"), error);

          if (mandate == NULL ||
              (g_strcmp0 (kaf_record_get (mandate, "organisation"), party) == 0 &&
               !add_signer (doc, context, signers, party, one, error)))
            return NULL;
        }
      if (signers->len == n && !add_signer (doc, context, signers, party, NULL, error))
        return NULL;
    }
  return entered != NULL ? g_steal_pointer (&signers) : NULL;
}

static void
write_parties (KafDoc *doc, const GPtrArray *signers)
{
  kaf_doc_centre (doc, kaf_doc_word (doc, "Between:"));
  for (guint i = 0; i < signers->len; i++)
    {
      const KafLetterSigner *one = g_ptr_array_index (signers, i);
      g_autofree char *line =
          one->name == NULL ? g_strdup (one->caption)
          : one->function == NULL
              ? kaf_doc_print (doc, N_ ("%s, represented by %s"), one->caption, one->name)
              : kaf_doc_print (doc, N_ ("%s, represented by %s, %s"), one->caption, one->name,
                               one->function);

      kaf_doc_item (doc, line);
    }
  kaf_doc_centre (doc, kaf_doc_word (doc, "The parties have agreed as follows:"));
}

/* The usual articles are taken over with dots where nothing was known. */
static void
tell_article_blank (KafDoc *doc,
                    KafDocumentContext *context,
                    const KafRecord *article,
                    const char *head)
{
  const char *text = kaf_document_text (context, article, "text");

  if (text == NULL || strstr (text, KAF_TEMPLATE_BLANK) != NULL)
    kaf_doc_add_blank (doc, N_ ("Text of an article"), "convention", context->subject.id, head);
}

static void
tell_blanks (KafDoc *doc, const KafRecord *record)
{
  static const struct
  {
    const char *field, *name;
  } asked[] = { { "place", "convention.place" }, { "signed_on", "convention.signed_on" } };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (kaf_record_get (record, asked[i].field) == NULL)
      kaf_doc_add_blank (doc, kaf_template_find (NULL, asked[i].name)->label, "convention",
                         kaf_record_get_id (record), NULL);
}

static gboolean
write_articles (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (GPtrArray) articles = kaf_document_related (
      context, "convention_article", "convention", context->subject.id, "number", error);

  for (guint i = 0; articles != NULL && i < articles->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (articles, i);
      const char *number = kaf_record_get (one, "number");
      const char *title = kaf_document_text (context, one, "title");
      g_autofree char *head = title != NULL
                                  ? kaf_doc_print (doc, N_ ("Article %s: %s"), number, title)
                                  : kaf_doc_print (doc, N_ ("Article %s"), number);

      tell_article_blank (doc, context, one, head);
      kaf_doc_heading (doc, 3, head);
      kaf_doc_article (doc, kaf_document_text (context, one, "text"));
    }
  return articles != NULL;
}

/* By party, as they were entered. */
static gboolean
write_commitments (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  g_autoptr (GPtrArray) all = kaf_document_related (context, "commitment", "convention",
                                                    context->subject.id, "party", error);
  const char *last = NULL;

  if (all != NULL && all->len > 0)
    kaf_doc_heading (doc, 2, kaf_doc_word (doc, "Commitments"));
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const KafRecord *one = g_ptr_array_index (all, i);
      const char *party = kaf_record_get (one, "party");
      g_autofree char *name = kaf_document_title (context, "organisation", party);
      g_autofree char *due = kaf_document_date (context, kaf_record_get (one, "due_on"));
      g_autofree char *often = kaf_document_value (context, one, "recurrence");
      g_autoptr (GString) line = g_string_new (kaf_document_text (context, one, "text"));

      if (due != NULL)
        g_string_append_printf (line, " (%s)", due);
      if (often != NULL)
        g_string_append_printf (line, " (%s)", often);
      if (i == 0 || g_strcmp0 (party, last) != 0)
        kaf_doc_heading (doc, 3, name);
      kaf_doc_item (doc, line->str);
      last = party;
    }
  return all != NULL;
}

static gboolean
write_all (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, GError **error)
{
  g_autoptr (GPtrArray) parties = kaf_set_parse (kaf_record_get (record, "parties"));
  g_autoptr (GPtrArray) signers = read_signers (doc, context, parties, error);
  g_autofree char *parent = kaf_document_value (context, record, "parent");
  g_autofree char *number = kaf_document_value (context, record, "number");
  g_autofree char *day = kaf_document_date (context, kaf_record_get (record, "signed_on"));
  const char *place = kaf_record_get (record, "place");
  g_autofree char *done =
      kaf_doc_print (doc, N_ ("Done at %s, on %s"), place != NULL ? place : KAF_TEMPLATE_BLANK,
                     day != NULL ? day : KAF_TEMPLATE_BLANK);

  if (signers == NULL)
    return FALSE;
  if (number != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, "Number on the paper"), number);
  if (parent != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, "Within or amends"), parent);
  tell_blanks (doc, record);
  write_parties (doc, signers);
  if (!write_articles (doc, context, error) || !write_commitments (doc, context, error))
    return FALSE;
  kaf_doc_keep_begin (doc);
  kaf_doc_space (doc, 6);
  kaf_doc_end (doc, done);
  kaf_letter_signatures (doc, signers);
  kaf_doc_keep_end (doc);
  return TRUE;
}

static gboolean
build (KafDoc *doc, KafDocumentContext *context, GError **error)
{
  const char *id = context->subject.id;
  const char *today = context->day;
  g_autoptr (KafRecord) record = kaf_document_read (context, "convention", id, error);
  g_autofree char *title = NULL;
  const char *day;
  gboolean written;

  if (record == NULL)
    return FALSE;
  day = kaf_record_get (record, "signed_on");
  /* It names its parties as they were called when they signed. */
  context->day = day != NULL ? day : today;
  title = kaf_document_title (context, "convention", id);
  kaf_doc_set_reference (doc, kaf_record_get_ref (record));
  kaf_doc_set_name (doc, title);
  kaf_doc_set_provisional (doc, day == NULL);
  if (day != NULL)
    kaf_doc_set_date (doc, day);
  kaf_doc_title (doc, title_of (doc, kaf_record_get (record, "kind")));
  kaf_doc_subtitle (doc, title);
  written = write_all (doc, context, record, error);
  context->day = today;
  return written;
}

const KafDocument kaf_document_convention = {
  .name = "convention",
  .label = N_ ("Text of the convention"),
  .entity = "convention",
  .both = KAF_BOTH_SIDES,
  .build = build,
};
