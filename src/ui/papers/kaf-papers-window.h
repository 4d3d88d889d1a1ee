/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity papers of a person, whose numbers the server alone keeps: which it holds, by whom entered; a number against
 * a reason, for two minutes; entering, changing, removing one. Nothing that is typed or shown here is written on this
 * device: no draft, no log, nothing that is copied unasked. What was typed stays while the server does not answer.
 *
 * Actions: "papers.reveal", "papers.enter", "papers.remove" ask, with the code of the kind; "papers.go" does what is
 * asked, "papers.cancel" lets go of it; "papers.hide", with the code; "papers.refresh". */
#pragma once

#include <adwaita.h>

#include "net/kaf-papers.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_PAPERS_WINDOW (kaf_papers_window_get_type ())
G_DECLARE_FINAL_TYPE (KafPapersWindow, kaf_papers_window, KAF, PAPERS_WINDOW, AdwWindow)

/* @url: of the store's server; NULL: it has none, which the window says, as it says that a role may not. @person: id; @title: what she is called. */
GtkWidget *
kaf_papers_window_new (KafStore *store, const char *url, const char *person, const char *title);

/* For tests: whether nothing is under way; what is typed; what is said to be wrong ("": nothing); the number that shows of
 * a kind (NULL: none), and for how many seconds one does. */
gboolean kaf_papers_window_is_settled (KafPapersWindow *self);
void kaf_papers_window_type (KafPapersWindow *self,
                             const char *number,
                             const char *until,
                             const char *reason);
const char *kaf_papers_window_get_typed (KafPapersWindow *self);
const char *kaf_papers_window_get_error (KafPapersWindow *self);
const char *kaf_papers_window_get_number (KafPapersWindow *self, KafIdentityPaper kind);
void kaf_papers_window_set_seconds (KafPapersWindow *self, guint seconds);

G_END_DECLS
