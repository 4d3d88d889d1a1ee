/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One kind of identity paper of a person: whether the server holds a number of it, since when and by whom; the number
 * itself while it is shown. Its buttons do "papers.reveal", "papers.hide", "papers.enter" and "papers.remove" of what it
 * stands in, with the code of the kind. */
#pragma once

#include <adwaita.h>

#include "base/kaf-lang.h"
#include "net/kaf-papers.h"

G_BEGIN_DECLS

#define KAF_TYPE_PAPER_ROW (kaf_paper_row_get_type ())
G_DECLARE_FINAL_TYPE (KafPaperRow, kaf_paper_row, KAF, PAPER_ROW, AdwActionRow)

GtkWidget *kaf_paper_row_new (KafIdentityPaper kind, KafLang lang);

/* @held: nullable, there is none; @authorised: numbers are entered and revealed. What was shown is hidden. */
void kaf_paper_row_fill (KafPaperRow *self, const KafHeldPaper *held, gboolean authorised);

/* Shows the number until it is hidden, @seconds later at most; it can be selected, and is copied by nobody else. */
void kaf_paper_row_show_number (KafPaperRow *self, const char *number, guint seconds);
void kaf_paper_row_hide_number (KafPaperRow *self);

/* What shows; NULL: none does. For tests. */
const char *kaf_paper_row_get_number (KafPaperRow *self);

G_END_DECLS
