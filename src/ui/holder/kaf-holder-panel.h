/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of a project holder has beyond that of a person: the stages of her project and how she is scored in the
 * first column; the project and the log of accompaniment in the second. The panel is the part in the first column, and
 * owns the rest.
 *
 * Actions "holder.…": note-contact, correct (s: contact), show-contact (s), change-stage (s: code, or empty), open-project,
 * edit-project, new-project, show-project (s), decide-tier, answer (s: ENTITY.FIELD), pass-on, simulate. */
#pragma once

#include <gtk/gtk.h>

#include "ui/holder/kaf-holder-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_HOLDER_PANEL (kaf_holder_panel_get_type ())
G_DECLARE_FINAL_TYPE (KafHolderPanel, kaf_holder_panel, KAF, HOLDER_PANEL, GtkBox)

/* @page: the page that the panel stands on: its actions are put there. */
GtkWidget *kaf_holder_panel_new (KafStore *store, KafLang lang, GtkWidget *page);

/* The part for the second column. (transfer none) */
GtkWidget *kaf_holder_panel_get_end (KafHolderPanel *self);

/* Reads what belongs to the holder of that id. @writable: something may be added. */
void kaf_holder_panel_set_id (KafHolderPanel *self, const char *id, gboolean writable);

/* What shows; NULL until it was read. For tests. */
const KafHolderView *kaf_holder_panel_get_view (KafHolderPanel *self);
int kaf_holder_panel_get_shown (KafHolderPanel *self);

G_END_DECLS
