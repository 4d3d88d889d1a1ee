/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void kaf_name_key_append (GString *out, const char *name);
char *kaf_name_key (const char *name);
char *kaf_name_key_word (const char *word);
char **kaf_name_key_query (const char *typed);

double kaf_name_likeness (const char *a, const char *b);

/* A name that is read once and compared often. */
typedef struct _KafSpokenName KafSpokenName;

KafSpokenName *kaf_spoken_name_new (const char *name);
void kaf_spoken_name_free (KafSpokenName *self);
gboolean kaf_spoken_name_is_empty (const KafSpokenName *self);
gboolean kaf_spoken_name_is_initial (const KafSpokenName *self);
double kaf_spoken_name_likeness (const KafSpokenName *a, const KafSpokenName *b);
gboolean kaf_spoken_name_is_part (const KafSpokenName *a, const KafSpokenName *b);
gboolean kaf_spoken_name_is_counterpart (const KafSpokenName *a, const KafSpokenName *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafSpokenName, kaf_spoken_name_free)

G_END_DECLS
