/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts that documents begin with: a manager's template (entity text_template) where there is one, else those that
 * come with the program (data/templates/texts.tsv). Their placeholders are those of schema/kaf-template. */
#pragma once

#include "record/kaf-change-set.h"
#include "report/kaf-document.h"
#include "schema/kaf-template.h"

G_BEGIN_DECLS

/* The text of @kind ("mission_order": a choice of text_template) in @lang (English: French), placeholders not filled: the
 * newest living template that is not retired and says it in that language, else the one shipped. Both are free of
 * nothing else than that: a title may be "". (transfer full).
 * Errors: KAF_STORE_ERROR; G_FILE_ERROR, when what was shipped is not there. */
gboolean kaf_texts_get (
    KafDatabase *db, const char *kind, KafLang lang, char **title, char **body, GError **error);

typedef struct
{
  guint number; /* from 1 */
  char *title;  /* never NULL */
  char *body;
} KafTextsArticle;

/* The usual articles of @kind ("article_framework", "article_specific", "article_amendment") in their order, numbered
 * from 1: those that managers keep, or, where there is none, those shipped. Their placeholders are not filled. An article
 * that is not written in @lang has empty texts, so that both languages have the same articles.
 * (element-type KafTextsArticle) (transfer full) */
GPtrArray *kaf_texts_articles (KafDatabase *db, const char *kind, KafLang lang, GError **error);

/* What a text is about: ids, each nullable. What one of them tells of another (the mission of a meeting, the person of a
 * mission's expert, the mission too) needs not be given. */
typedef struct
{
  const char *mission;
  const char *expert; /* of a mission_expert */
  const char *person; /* the one it is handed to or sent to */
  const char *name;   /* of one who has no record as a person: a participant */
  const char *organisation;
  const char *convention;
  const char *meeting;
} KafTextsAbout;

/* Fills @text from records as they stand on the paper's day, in the document's language; all that it reads is counted
 * as kaf_document_read() does. @unknown (nullable): kaf_template_fill(). NULL gives NULL. (transfer full) */
char *kaf_texts_fill (KafDocumentContext *context,
                      const char *text,
                      const KafTextsAbout *about,
                      GPtrArray *unknown);

/* Tells @doc of each of @names (element-type utf8; what kaf_texts_fill() found unknown) as a blank, with the record that
 * would say it. */
void kaf_texts_tell_blanks (KafDocumentContext *context,
                            KafDoc *doc,
                            const KafTextsAbout *about,
                            const GPtrArray *names);

/* Adds the usual articles of a convention's kind to @set as new records, in both languages, with what is known filled in
 * and KAF_TEMPLATE_BLANK elsewhere; numbered on from those that it has. Whose title stands in it already is left out.
 * @n (out): how many; @n_blanks (out): names without a value, over all.
 * Errors: those of reading; KAF_STORE_ERROR (NOT_FOUND). */
gboolean kaf_texts_add_articles (KafDatabase *db,
                                 const char *convention,
                                 KafChangeSet *set,
                                 guint *n,
                                 guint *n_blanks,
                                 GError **error);

G_END_DECLS
