/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is compared of a person, or of an organisation, which has other fields: the record of a store, the row of a file and the form being filled in are all brought
 * to this before the engine sees them. Values are kept in the form of kaf-match-value.h, each once; what says nothing
 * is left out, and what is left out counts nothing. */
#pragma once

#include "match/kaf-match-organisation.h"
#include "match/kaf-name-key.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_MATCH_GIVEN_NAME,
  KAF_MATCH_FAMILY_NAME,
  KAF_MATCH_EMAIL,
  KAF_MATCH_PHONE,
  KAF_MATCH_IDENTIFIER,
  KAF_MATCH_BIRTH,
  KAF_MATCH_CITY,
  KAF_MATCH_EMPLOYER,
  KAF_MATCH_COUNTRY,
  KAF_MATCH_DOMAIN,
  KAF_MATCH_NETWORK,
  KAF_MATCH_BODY, /* what an organisation or a network is called; of no person */
  KAF_MATCH_GENDER,
  KAF_N_MATCH_FIELDS,
} KafMatchField;

/* "given_name"…: as the columns of kafaatctl match are called. */
const char *kaf_match_field_id (KafMatchField field);

/* A value, in the one form and as it was written. */
typedef struct
{
  char *value;
  char *written; /* may be @value itself */
} KafMatchValue;

/* No longer than what is in them: a GPtrArray has room for sixteen, and a store has a hundred thousand persons with ten
 * fields each. */
typedef struct
{
  guint len;
  KafMatchValue at[];
} KafMatchValues;

/* One spelling of her name. A name written in one piece gives one of these for each place where it may be cut. */
typedef struct
{
  char *given, *family;         /* as written; nullable, never both */
  KafSpokenName *given_spoken;  /* NULL with given */
  KafSpokenName *family_spoken; /* NULL with family */
  char *given_key, *family_key; /* by which their rarity is counted; nullable */
  gboolean arabic;
  gboolean cut; /* out of one piece: which is which is a guess */
} KafMatchName;

/* Spellings of one person; further ones say little more. */
#define KAF_MATCH_SPELLINGS_MAX 12

/* g_ptr_array_index() reads it. */
typedef struct
{
  guint len; /* ≤ KAF_MATCH_SPELLINGS_MAX */
  KafMatchName *pdata[];
} KafMatchNames;

typedef struct
{
  char *id;                                   /* the caller's */
  KafMatchNames *names;                       /* never NULL */
  KafMatchValues *values[KAF_N_MATCH_FIELDS]; /* NULL: none. Not for names. */
  gboolean pooled;                            /* the texts are not hers (kaf-match-pool.h) */
} KafMatchPerson;

KafMatchPerson *kaf_match_person_new (const char *id);
void kaf_match_person_free (KafMatchPerson *self);

/* Either nullable. Several spellings, in either script, are several calls. */
void kaf_match_person_add_name (KafMatchPerson *self, const char *given, const char *family);

/* A name in one piece, in any order: "BOUTJDIR M.". */
void kaf_match_person_add_whole_name (KafMatchPerson *self, const char *name);

/* Any field but names; @text: as it was written, nullable. FALSE: it says nothing. */
gboolean kaf_match_person_add (KafMatchPerson *self, KafMatchField field, const char *text);

/* The same for cities and employers that are known by several names; @aliases nullable. */
gboolean kaf_match_person_add_known (KafMatchPerson *self,
                                     KafMatchField field,
                                     const char *text,
                                     const KafMatchAliases *aliases);

/* The first value of a field, NULL for none. (transfer none) */
const char *kaf_match_person_get (const KafMatchPerson *self, KafMatchField field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafMatchPerson, kaf_match_person_free)

G_END_DECLS
