/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/app/kaf-window-commit.h"

G_BEGIN_DECLS

/* As kaf_window_commit(). @busy: the number of commits under way, a member of @view, counted up and down. */
void kaf_mission_commit (GtkWidget *view,
                         KafStore *store,
                         KafChangeSet *set,
                         const char *done,
                         const char *failed,
                         guint *busy);

G_END_DECLS
