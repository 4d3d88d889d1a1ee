/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the store cannot be used, where it is, and what to do: try again, open another, leave. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_STORE_PROBLEM_PAGE (kaf_store_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (KafStoreProblemPage, kaf_store_problem_page, KAF, STORE_PROBLEM_PAGE, GtkBox)

/* Uses the actions problem.retry, problem.choose and app.quit. */
GtkWidget *kaf_store_problem_page_new (const char *path, const GError *error);

G_END_DECLS
