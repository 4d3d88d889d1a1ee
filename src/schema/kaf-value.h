/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a person types to canonical text, and back to what a person reads. */
#pragma once

#include "base/kaf-lang.h"
#include "schema/kaf-entity.h"

G_BEGIN_DECLS

/* Gives the title of a record: an organisation's name, a country's. (transfer full) (nullable) */
typedef char *(*KafTitleFunc) (const char *entity, const char *id, KafLang lang, gpointer data);

typedef struct
{
  const char *country; /* nullable: ISO 3166-1 alpha-2, to propose a phone's country code */
} KafValueContext;

/* Normalises @text typed for @field. NULL or blank text gives TRUE and a NULL @canonical.
 * A set takes canonical set text and has each element normalised.
 * @suggestion (out, nullable) may come with an error: the corrected value to offer.
 * Errors: KAF_VALIDATION_ERROR. Whether a reference exists is the store's to say. */
gboolean kaf_value_parse (const KafField *field,
                          const char *text,
                          const KafValueContext *context,
                          char **canonical,
                          char **suggestion,
                          GError **error);

/* The levels of a language, NULL-terminated: A1 to C2 of the CEFR, then "native". */
const char *const *kaf_value_levels (void);

/* Whether @canonical is what kaf_value_parse() would give: the store's own check of what it is
 * handed. @clean (out, transfer full, nullable): the value to keep. */
gboolean
kaf_value_check (const KafField *field, const char *canonical, char **clean, GError **error);

/* What a person reads, e.g. "22/11/2026", "arabe (C2), français (C1)", "12 500,00 MAD".
 * References go through @title; without it the id shows. NULL gives NULL. (transfer full) */
char *kaf_value_format (
    const KafField *field, const char *canonical, KafLang lang, KafTitleFunc title, gpointer data);

/* The same of one element of a set, without what is said of it; of a field with one value, of that. (transfer full) */
char *kaf_value_format_element (
    const KafField *field, const char *value, KafLang lang, KafTitleFunc title, gpointer data);

/* Whether a person reads each value of @field as it is kept. */
gboolean kaf_value_is_plain (const KafField *field, KafLang lang);

/* What is said of one element of a set, behind it: " C2", " (mother tongue)". */
void kaf_value_append_detail (GString *text, const char *detail, KafLang lang);

/* The sentence to show under a field for an error of kaf_value_parse(), in the language of the
 * interface, saying what to do. (transfer full) */
char *kaf_value_explain (const KafField *field, const GError *error);

G_END_DECLS
