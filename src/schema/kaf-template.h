/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that a manager keeps (entity text_template) with placeholders in them: "{mission.title}", "{day}". A name is
 * written the same in both languages, in English like the ids of fields; people choose it by its label. "{{" writes a
 * brace. Pure: who reads the values is report/kaf-texts. It stands here so that the entity itself refuses a text whose
 * placeholders are wrong, by whatever door it comes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;    /* "mission.title" */
  const char *label;   /* N_(): what it stands for */
  const char *example; /* N_(): one value, for a preview */
  guint kinds;         /* this file's own: which texts may have it */
} KafTemplateName;

/* What stands where a value is not known: to be filled in by hand. */
#define KAF_TEMPLATE_BLANK "………"

/* The placeholders that a text of @kind ("attestation": a choice of text_template) may have, in the order of menus.
 * NULL or a @kind that is none: all. (element-type KafTemplateName) (transfer container) */
GPtrArray *kaf_template_names (const char *kind);

/* Nullable; @kind as above. */
const KafTemplateName *kaf_template_find (const char *kind, const char *name);

/* The value of a placeholder, plain text; NULL: not known. (transfer full) */
typedef char *(*KafTemplateValueFunc) (const char *name, gpointer data);

/* @text with its values. Without a value stands KAF_TEMPLATE_BLANK, and the name is added to @unknown (element-type
 * utf8, owned; nullable), once each. A brace that opens nothing stays as it is. NULL gives NULL. (transfer full) */
char *
kaf_template_fill (const char *text, KafTemplateValueFunc value, gpointer data, GPtrArray *unknown);

/* FALSE with a sentence in the interface's language that names the first placeholder which is unknown to @kind, with
 * the known one nearest to it, or is not closed. NULL is right. Errors: KAF_VALIDATION_ERROR_RULE. */
gboolean kaf_template_check (const char *kind, const char *text, GError **error);

typedef enum
{
  KAF_TEMPLATE_TEXT, /* as it stands; of "{{", one of them */
  KAF_TEMPLATE_NAME, /* what stands between braces, without blanks around it */
  KAF_TEMPLATE_OPEN, /* a brace that nothing closes in its line */
} KafTemplatePartKind;

typedef struct
{
  KafTemplatePartKind kind;
  const char *start; /* what it means, in the text: not terminated */
  gsize length;      /* bytes */
  gsize from, to;    /* bytes of the text that it takes, braces included */
} KafTemplatePart;

/* Walks through @text from byte @at on, which it moves: FALSE at its end. */
gboolean kaf_template_next (const char *text, gsize *at, KafTemplatePart *part);

G_END_DECLS
