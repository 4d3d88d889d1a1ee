/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents that Kafaat prints. Each is one file in report/documents/ that ends with a KafDocument, and one line in
 * the catalogue. Its build function is called once per language, reads records through its context and writes blocks;
 * kaf_document_make() puts pages together. */
#pragma once

#include "record/kaf-query.h"
#include "report/kaf-doc.h"
#include "report/kaf-letterhead.h"
#include "report/kaf-pages.h"
#include "schema/kaf-role.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_PAPER_FR = 1 << 0,
  KAF_PAPER_AR = 1 << 1,
  KAF_PAPER_BOTH = KAF_PAPER_FR | KAF_PAPER_AR,
} KafPaperLangs;

/* "fr", "ar", "fr+ar" ("ar+fr"): 0 for anything else. */
KafPaperLangs kaf_paper_langs_parse (const char *text);

/* How a document stands in both languages. */
typedef enum
{
  KAF_BOTH_PAGES, /* all of it in Arabic, then all of it in French */
  KAF_BOTH_SIDES, /* side by side: both builds write the same blocks in the same order */
} KafBoth;

/* What is printed: a record, or what a query finds. */
typedef struct
{
  const KafEntity *entity; /* of the record; NULL: the query's */
  const char *id;          /* nullable */
  const KafQuery *query;   /* nullable */
  const char *const
      *columns; /* of a list, paths as kaf_page_read() takes them; NULL: the schema's */
} KafSubject;

/* More blank rows are a mistake of whoever asks. */
#define KAF_DOCUMENT_BLANK_MOST 200

typedef struct
{
  KafPaperLangs langs; /* 0: French */
  const char *day; /* ISO date of the paper: names, offices and settings of that day; NULL: today */
  const char *author; /* nullable: the store's */
  gboolean blank;     /* an evaluation form, a sign-in sheet to be filled by hand */
  guint n_blank;      /* so many blank rows, at most KAF_DOCUMENT_BLANK_MOST; 0: as it has them */
  const char *one;    /* nullable: id of the one (expert, participant) it is for; NULL: each */
  gboolean no_letterhead;
  gconstpointer
      told; /* nullable: what a document that is in no catalogue tells beside its record */
  const char *signer,
      *function; /* who signs this one, and as what, in whatever language it is; NULL or "": as set */
} KafDocumentOptions;

/* What a build function is given. */
typedef struct _KafDocumentContext KafDocumentContext;
struct _KafDocumentContext
{
  KafDatabase *db; /* as of one moment: nothing may be written */
  KafLang lang;    /* of the document that is written */
  KafSubject subject;
  const KafDocumentOptions *options; /* never NULL */
  const char *day;                   /* ISO date, never NULL */
  const KafLetterhead *letterhead;
  GCancellable *cancellable; /* nullable */
  GHashTable *
      titles; /* nullable: what records were called then, by "ENTITY\nID": before what they are called now */
};

/* What a document makes of KafDocumentOptions beside languages, day and letterhead: what is asked before printing it. */
typedef enum
{
  KAF_ASKS_BLANK = 1 << 0, /* blank: may be printed to be filled in by hand */
  KAF_ASKS_ROWS = 1 << 1,  /* n_blank */
  KAF_ASKS_SIGNER = 1 << 2,
} KafDocumentAsks;

/* Each record of @entity whose @field is the subject gets its own, and one may be chosen: a participant's badge. */
typedef struct
{
  const char *entity, *field;
  const char *only, *value; /* nullable: of those alone whose field @only holds @value */
  const char *order;        /* nullable: field that they are ordered by; NULL: newest first */
} KafDocumentOne;

typedef struct
{
  const char *name;   /* "mission-order": of the command line, never changed */
  const char *label;  /* N_(): "Mission order" */
  const char *entity; /* id of what it is about; NULL: of any record or query, see takes */
  enum
  {
    KAF_TAKES_RECORD,
    KAF_TAKES_QUERY,
    KAF_TAKES_ERASED, /* the id of a record that is no more: nothing offers it but its name */
  } takes;
  KafBoth both;
  gboolean of_deleted; /* also of a deleted record, which is kept until it is erased */
  KafDocumentAsks asks;
  const KafDocumentOne *ones; /* nullable: up to one without entity */
  const char *which;          /* N_(), nullable: what those are, where they are nobody: "Version" */
  const char *const *
      of; /* nullable: kinds of records that it is made of: for nobody who is not told one of them */
  /* nullable: whether the record may have it, where that hangs on more than its entity: a kind of convention */
  gboolean (*suits) (KafDatabase *db, const char *id);
  gboolean (*build) (KafDoc *doc, KafDocumentContext *context, GError **error);
} KafDocument;

/* All, in the order of menus; NULL-terminated. */
const KafDocument *const *kaf_documents (void);
const KafDocument *kaf_document_find (const char *name);

/* What of a document the role is not told; NULL: nothing, or that role is not known. */
const KafEntity *kaf_document_find_untold (const KafDocument *self, const KafRole *role);

/* Those about a record of @entity (a facet's owner's too) that the role of who works here may have, the general ones last.
 * @id (nullable): that suit it. Asks
 * the store only for those that say `suits`. (element-type KafDocument) (transfer container) */
GPtrArray *kaf_documents_for (KafDatabase *db, const KafEntity *entity, const char *id);

/* Reads all as of one moment. @options: nullable.
 * Errors: KAF_STORE_ERROR (NOT_FOUND: also a deleted record, but for of_deleted), those of reading, G_IO_ERROR_CANCELLED. (transfer full) */
KafPages *kaf_document_make (KafDatabase *db,
                             const KafDocument *document,
                             const KafSubject *subject,
                             const KafDocumentOptions *options,
                             GCancellable *cancellable,
                             GError **error);

/* A context without a document: to read values as a paper of @day (nullable: today) would say them. @db must stay, and
 * nothing is counted. (transfer full) */
KafDocumentContext *kaf_document_context_new (KafDatabase *db, KafLang lang, const char *day);
void kaf_document_context_free (KafDocumentContext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDocumentContext, kaf_document_context_free)

/* For build functions. What they read by these is counted (persons named), looked at (a sample prints SPECIMEN), shown
 * in the document's language, and left out when the role of who prints may not see it. */

/* NULL with an error when there is none. (transfer full) */
KafRecord *
kaf_document_read (KafDocumentContext *context, const char *entity, const char *id, GError **error);
/* A field as a person reads it; NULL: unknown, or not to be seen. (transfer full) (nullable) */
char *kaf_document_value (KafDocumentContext *context, const KafRecord *record, const char *field);

/* What a claim says of several fields, a line each; NULL: nothing, or the role may not read it. (transfer full) */
char *kaf_document_said (KafDocumentContext *context, const KafRecord *claim);
/* Text of FIELD_fr (FIELD, where that is what it is called) or FIELD_ar by the language, or the other where that one is
 * empty, which is told. (transfer none) (nullable) */
const char *
kaf_document_text (KafDocumentContext *context, const KafRecord *record, const char *field);
/* The title of a record: an organisation's name on the day of the paper. (transfer full) (nullable) */
char *kaf_document_title (KafDocumentContext *context, const char *entity, const char *id);
/* "24 novembre 2026". NULL gives NULL. (transfer full) */
char *kaf_document_date (const KafDocumentContext *context, const char *iso);
/* Live records of @entity whose @field is @owner, in the order of @order (nullable: newest first).
 * (element-type KafRecord) (transfer full) (nullable: with an error) */
GPtrArray *kaf_document_related (KafDocumentContext *context,
                                 const char *entity,
                                 const char *field,
                                 const char *owner,
                                 const char *order,
                                 GError **error);
/* Says that there is nobody whom it is for: it says so, and is no paper to be given to anybody. */
void kaf_document_for_nobody (KafDocumentContext *context);
/* Says that a record stands in it that was read by other means. @id nullable. */
void kaf_document_uses (KafDocumentContext *context, const char *entity, const char *id);

G_END_DECLS
