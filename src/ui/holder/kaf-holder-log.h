/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of accompaniment: what was exchanged with a person, the latest first. Only added to: an entry that is wrong
 * stands, and another corrects it. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_HOLDER_LOG (kaf_holder_log_get_type ())
G_DECLARE_FINAL_TYPE (KafHolderLog, kaf_holder_log, KAF, HOLDER_LOG, GtkBox)

/* Its heading has a button for "holder.note-contact"; a row opens "holder.show-contact" with the id. */
GtkWidget *kaf_holder_log_new (KafStore *store, KafLang lang);

/* Reads the log of @person. */
void kaf_holder_log_set_person (KafHolderLog *self, const char *person, gboolean writable);

/* Entries that show; for tests. */
guint kaf_holder_log_get_n_rows (KafHolderLog *self);

/* The icon of a way to be in touch. Static. */
const char *kaf_holder_log_icon (const char *channel);

G_END_DECLS
