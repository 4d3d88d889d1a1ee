/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one source says of several fields of a record, as source_claim.said keeps it: a line each, FIELD=VALUE. A value
 * is canonical text, in which a line's end is written "\n", a tab "\t" and a backslash "\\". */
#pragma once

#include "schema/kaf-entity.h"
#include "schema/kaf-value.h"

G_BEGIN_DECLS

/* One line of it; @value is never NULL. */
typedef struct
{
  char *field;
  char *value;
} KafSaid;

/* Bytes that all of it takes at most: as many as a long text may have. */
#define KAF_SAID_MAX 32767

/* Adds a line to @said. FALSE: it would be longer than KAF_SAID_MAX then, and is as it was. */
gboolean kaf_said_add (GString *said, const char *field, const char *value);

/* The lines of @said (nullable), which may come from anywhere: what is no line of this kind is left out.
 * (element-type KafSaid) (transfer full) */
GPtrArray *kaf_said_parse (const char *said);

/* How many lines kaf_said_add() has made of it. */
guint kaf_said_count (const char *said);

/* The field that something said about a record of @root is about, or NULL. @holder (out): its entity; of facets, the
 * first that has it. */
const KafField *
kaf_said_find_field (const KafEntity *root, const char *name, const KafEntity **holder);

/* As a person reads it: by line, what the field is called and its value. (transfer full) */
char *kaf_said_format (const char *said, KafLang lang, KafTitleFunc title, gpointer data);

G_END_DECLS
