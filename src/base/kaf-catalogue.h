/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of translations as gettext writes them (.mo), looked up by the text of the source. All of it is checked when
 * it is read: one that is cut short or damaged is refused whole. Never changed; read from any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KafCatalogue KafCatalogue;

/* @bytes is kept. NULL with G_FILE_ERROR_INVAL. */
KafCatalogue *kaf_catalogue_new (GBytes *bytes, GError **error);
KafCatalogue *kaf_catalogue_load (const char *path, GError **error);
void kaf_catalogue_free (KafCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafCatalogue, kaf_catalogue_free)

/* The translation of @key ("CONTEXT\4TEXT" of one with a context), its form @form where it has several. NULL: there is
 * none. (transfer none) */
const char *kaf_catalogue_find (const KafCatalogue *self, const char *key, guint form);

G_END_DECLS
