/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a convention or an amendment: parties, articles, commitments and signatures, with the names and offices
 * of the day of its signature. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "report/documents/kaf-documents.h"
#include "report/documents/kaf-letter.h"
#include "report/kaf-signing.h"
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

/* Adds one who signs for @organisation. @mandate: nullable: who presides it, or nobody. */
static gboolean
add_signer (KafDoc *doc,
            KafDocumentContext *context,
            GPtrArray *signers,
            const char *organisation,
            const char *mandate,
            gboolean delegated,
            GError **error)
{
  KafLetterSigner *one = kaf_letter_signer_new (context, organisation, mandate, error);

  if (one == NULL)
    return FALSE;
  if (delegated)
    {
      g_autofree char *function = g_steal_pointer (&one->function);

      one->function = g_strdup_printf ("%s (%s)", function != NULL ? function : "",
                                       kaf_doc_word (doc, "By delegation"));
      g_strstrip (one->function);
    }
  g_ptr_array_add (signers, one);
  return TRUE;
}

/* In the order of the parties: those whose signature for it is entered; else who signed what is amended for it, or who
 * presides it. */
static GPtrArray *
read_signers (KafDoc *doc, KafDocumentContext *context, const KafSigning *signing, GError **error)
{
  g_autoptr (GPtrArray) entered =
      kaf_document_related (context, "signatory", "convention", context->subject.id, NULL, error);
  g_autoptr (GPtrArray) signers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_letter_signer_free);

  for (guint i = 0; entered != NULL && i < signing->parties->len; i++)
    {
      const char *party = g_ptr_array_index (signing->parties, i);
      guint n = signers->len;

      for (guint k = 0; k < entered->len; k++)
        {
          const KafRecord *one = g_ptr_array_index (entered, k);
          const char *id = kaf_record_get (one, "mandate");
          gboolean delegated = g_strcmp0 (kaf_record_get (one, "by_delegation"), "1") == 0;
          g_autoptr (KafRecord) mandate = kaf_document_read (context, "mandate", id, error);

          if (mandate == NULL ||
              (g_strcmp0 (kaf_record_get (mandate, "organisation"), party) == 0 &&
               !add_signer (doc, context, signers, party, id, delegated, error)))
            return NULL;
        }
      if (signers->len == n &&
          !add_signer (doc, context, signers, party,
                       kaf_signing_find_mandate (signing, context, party), FALSE, error))
        return NULL;
    }
  return entered != NULL ? g_steal_pointer (&signers) : NULL;
}

/* Of the convention itself; @name: of a placeholder, for what it is called. */
static void
tell_blank (KafDoc *doc, const KafRecord *record, const char *name)
{
  kaf_doc_add_blank (doc, kaf_template_find (NULL, name)->label, "convention",
                     kaf_record_get_id (record), NULL);
}

static void
write_parties (KafDoc *doc, const KafRecord *record, const GPtrArray *signers)
{
  kaf_doc_centre (doc, kaf_doc_word (doc, "Between:"));
  for (guint i = 0; i < signers->len; i++)
    {
      const KafLetterSigner *one = g_ptr_array_index (signers, i);
      const char *name = one->name != NULL ? one->name : KAF_TEMPLATE_BLANK;
      g_autofree char *line =
          one->function == NULL
              ? kaf_doc_print (doc, N_ ("%s, represented by %s"), one->caption, name)
              : kaf_doc_print (doc, N_ ("%s, represented by %s, %s"), one->caption, name,
                               one->function);

      kaf_doc_item (doc, line);
    }
  if (signers->len == 0)
    {
      tell_blank (doc, record, "convention.parties");
      kaf_doc_item (doc, KAF_TEMPLATE_BLANK);
    }
  kaf_doc_centre (doc, kaf_doc_word (doc, "The parties have agreed as follows:"));
}

/* What an amendment changes */

/* "to the convention “…” (CON-2025-0001), signed on 12 May 2025" */
static void
write_amended (KafDoc *doc, KafDocumentContext *context, const KafConvention *amended)
{
  g_autofree char *title = kaf_document_title (context, "convention", amended->id);
  g_autofree char *iso = kaf_day_to_iso (amended->signed_on);
  g_autofree char *day = kaf_document_date (context, iso);
  g_autofree char *isolated = kaf_bidi_isolate (title != NULL ? title : "");
  g_autofree char *ref = kaf_bidi_ltr (amended->ref != NULL ? amended->ref : "");
  g_autofree char *text = kaf_doc_print (
      /* Translators: under the title of an amendment: the convention's title, reference and day. */
      doc, N_ ("to the convention “%1$s” (%2$s), signed on %3$s"), isolated, ref,
      day != NULL ? day : KAF_TEMPLATE_BLANK);

  if (day == NULL)
    kaf_doc_add_blank (doc, kaf_template_find (NULL, "convention.parent_signed_on")->label,
                       "convention", amended->id, title);
  kaf_doc_centre (doc, text);
}

static void
write_change (KafDoc *doc,
              KafDocumentContext *context,
              const KafRecord *record,
              const char *label,
              const char *field)
{
  g_autofree char *value = kaf_document_value (context, record, field);

  if (value == NULL)
    kaf_doc_add_blank (doc, label, "convention", kaf_record_get_id (record), NULL);
  kaf_doc_pair (doc, kaf_doc_word (doc, label), value != NULL ? value : KAF_TEMPLATE_BLANK);
}

static void
write_changes (KafDoc *doc, KafDocumentContext *context, const KafRecord *record)
{
  const char *changes = kaf_record_get (record, "changes");
  gboolean joins = kaf_record_get (record, "parties") != NULL;
  gboolean leaves = kaf_record_get (record, "parties_left") != NULL;
  gboolean open_ended = g_strcmp0 (kaf_record_get (record, "open_ended"), "1") == 0;

  write_change (doc, context, record, N_ ("What it changes"), "changes");
  if (kaf_set_contains (changes, "end"))
    write_change (doc, context, record,
                  open_ended ? N_ ("For an indefinite term") : N_ ("In force until"),
                  open_ended ? "open_ended" : "ends_on");
  if (kaf_set_contains (changes, "parties") && (joins || !leaves))
    write_change (doc, context, record, N_ ("Parties that join"), "parties");
  if (kaf_set_contains (changes, "parties") && leaves)
    write_change (doc, context, record, N_ ("Parties that leave"), "parties_left");
}

/* The usual articles are taken over with dots where nothing was known. */
static void
tell_article_blank (KafDoc *doc,
                    KafDocumentContext *context,
                    const KafRecord *article,
                    const char *head)
{
  const char *text = kaf_document_text (context, article, "text");

  if (text == NULL || strstr (text, KAF_TEMPLATE_BLANK) != NULL ||
      strstr (head, KAF_TEMPLATE_BLANK) != NULL)
    kaf_doc_add_blank (doc, N_ ("Text of an article"), "convention", context->subject.id, head);
}

/* Before anybody wrote an article: what it is about, and room for the others. */
static void
write_no_articles (KafDoc *doc, KafDocumentContext *context, const KafRecord *record)
{
  const char *object = kaf_document_text (context, record, "object");
  g_autofree char *first =
      kaf_doc_print (doc, N_ ("Article %s: %s"), "1", kaf_doc_word (doc, "Object"));
  g_autofree char *second = kaf_doc_print (doc, N_ ("Article %s"), "2");

  if (object == NULL)
    tell_blank (doc, record, "convention.object");
  kaf_doc_add_blank (doc, N_ ("Articles"), "convention", kaf_record_get_id (record), NULL);
  kaf_doc_heading (doc, 3, first);
  kaf_doc_article (doc, object != NULL ? object : KAF_TEMPLATE_BLANK);
  kaf_doc_heading (doc, 3, second);
  kaf_doc_article (doc, KAF_TEMPLATE_BLANK);
}

static gboolean
write_articles (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, GError **error)
{
  g_autoptr (GPtrArray) articles = kaf_document_related (
      context, "convention_article", "convention", context->subject.id, "number", error);

  if (articles != NULL && articles->len == 0)
    write_no_articles (doc, context, record);
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

static void
write_head (KafDoc *doc,
            KafDocumentContext *context,
            const KafRecord *record,
            const KafSigning *signing)
{
  g_autofree char *parent = kaf_document_value (context, record, "parent");
  g_autofree char *number = kaf_document_value (context, record, "number");

  if (signing->amended != NULL)
    write_amended (doc, context, signing->amended);
  if (number != NULL)
    kaf_doc_pair (doc, kaf_doc_word (doc, "Number on the paper"), number);
  /* What it amends stands above; that it does so by way of another amendment does not. */
  if (parent != NULL && (signing->amended == NULL || signing->act->parent != signing->amended))
    kaf_doc_pair (doc, kaf_doc_word (doc, "Within or amends"), parent);
  if (signing->act->kind == KAF_CONVENTION_AMENDMENT)
    write_changes (doc, context, record);
}

static void
write_end (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, GPtrArray *signers)
{
  g_autofree char *day = kaf_document_date (context, kaf_record_get (record, "signed_on"));
  const char *place = kaf_record_get (record, "place");
  g_autofree char *done =
      kaf_doc_print (doc, N_ ("Done at %s, on %s"), place != NULL ? place : KAF_TEMPLATE_BLANK,
                     day != NULL ? day : KAF_TEMPLATE_BLANK);

  if (place == NULL)
    tell_blank (doc, record, "convention.place");
  if (day == NULL)
    tell_blank (doc, record, "convention.signed_on");
  kaf_doc_keep_begin (doc);
  kaf_doc_space (doc, 6);
  kaf_doc_end (doc, done);
  kaf_letter_signatures (doc, signers);
  kaf_doc_keep_end (doc);
}

static gboolean
write_all (KafDoc *doc, KafDocumentContext *context, const KafRecord *record, GError **error)
{
  g_autoptr (KafSigning) signing = kaf_signing_read (context, kaf_record_get_id (record), error);
  g_autoptr (GPtrArray) signers =
      signing != NULL ? read_signers (doc, context, signing, error) : NULL;

  if (signers == NULL)
    return FALSE;
  write_head (doc, context, record, signing);
  write_parties (doc, record, signers);
  if (!write_articles (doc, context, record, error) || !write_commitments (doc, context, error))
    return FALSE;
  write_end (doc, context, record, signers);
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
