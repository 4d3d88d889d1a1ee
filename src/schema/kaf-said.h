/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one source says of several fields of a record, as source_claim keeps it: in "about" the names of the fields, with
 * a blank between two, which may be told to more people than what is said of them; in "said" a line for each, in the same
 * order. A line is canonical text, in which a line's end is written "\n", a tab "\t" and a backslash "\\". */
#pragma once

#include "schema/kaf-entity.h"
#include "schema/kaf-value.h"

G_BEGIN_DECLS

typedef struct
{
  char *field;
  char *value; /* NULL: it is not told here */
} KafSaid;

/* Bytes that "about" and "said" take at most, as texts of their kinds do. */
#define KAF_SAID_ABOUT_MAX 1000
#define KAF_SAID_MAX 32767

/* Adds a field and what is said of it, which is not empty. FALSE: one of both would be too long, and they are as they
 * were. */
gboolean kaf_said_add (GString *about, GString *said, const char *field, const char *value);

/* Both (nullable) may come from anywhere. (element-type KafSaid) (transfer full) */
GPtrArray *kaf_said_parse (const char *about, const char *said);

/* How many fields "about" names. */
guint kaf_said_count (const char *about);

/* The field that something said about a record of @root is about, or NULL. @holder (out): its entity; of facets, the
 * first that has it. */
const KafField *
kaf_said_find_field (const KafEntity *root, const char *name, const KafEntity **holder);

/* The name of the field that is called @text in the language of the interface, of a person or else of an organisation:
 * "city" of “Ville”. A name, and what no field is called, come back as they are. (transfer none) */
const char *kaf_said_find_name (const char *text);

/* What the fields of "about", or the one of that name, are called; of a name that a person and an organisation have, as
 * it is called of a person. (transfer full) */
char *kaf_said_format_names (const char *about, KafLang lang);

/* As a person reads it: by line, what the field of @root is called and its value. (transfer full) */
char *kaf_said_format (const KafEntity *root,
                       const char *about,
                       const char *said,
                       KafLang lang,
                       KafTitleFunc title,
                       gpointer data);

G_END_DECLS
