/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stream of plausible Moroccan experts abroad who do not exist: for demonstrations, tests and
 * measures. The person of a given seed and index is always the same, whatever was drawn before. */
typedef struct _KafSynthetic KafSynthetic;

/* One person, as canonical field values (see schema/kaf-field.h). A set separates its elements by
 * '\n', a detail follows '\t'. What is unknown is NULL, or an empty string in a buffer. */
typedef struct
{
  guint64 index;           /* 0 for the first person of the stream */
  char id[37];             /* UUID; ids of one seed grow with the index */
  const char *family_name; /* nullable, as all names: one person in twenty has one script only */
  const char *given_name;
  const char *family_name_ar;
  const char *given_name_ar;
  const char *gender;        /* "f" or "m" */
  const char *birth_year;    /* nullable */
  const char *country;       /* ISO 3166-1 alpha-2 */
  const char *city;          /* in French */
  const char *territory;     /* nullable: a prefecture or province of territories.tsv */
  const char *nationalities; /* set of countries */
  char languages[48];        /* set of languages with CEFR level */
  char email[80];            /* at a domain kept for examples; unique in a stream */
  char phone[20];            /* E.164 or empty: blocks kept for fiction, or not in service */
  const char *status;        /* prospect, verified, active, dormant or opposed */
  const char *confirmed_on;  /* nullable: ISO date, before 22 November 2026 */
  const char *preferred_language;
  char domains[80];       /* set of one to three codes of domains.tsv, the narrowest first */
  const char *occupation; /* code of occupations.tsv */
  const char *headline_fr;
  const char *headline_ar;
  const char *years;     /* of experience, in digits */
  const char *degree;    /* in French */
  const char *employer;  /* in French, says that it is an example */
  const char *mode;      /* occasional or continuous */
  const char *interests; /* set */
} KafSyntheticPerson;

KafSynthetic *kaf_synthetic_new (guint64 seed);
void kaf_synthetic_free (KafSynthetic *self);

/* Fills @out with the next person. Its strings belong to @self, or to @out itself. */
void kaf_synthetic_next (KafSynthetic *self, KafSyntheticPerson *out);

/* Moves the stream: the next person will be that of @index (at most 2^40). */
void kaf_synthetic_seek (KafSynthetic *self, guint64 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSynthetic, kaf_synthetic_free)

G_END_DECLS
