/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-commit.h"

static void
on_ended (GtkWidget *view, KafReceipt *receipt, gpointer busy)
{
  (*(guint *) busy)--;
}

void
kaf_mission_commit (GtkWidget *view,
                    KafStore *store,
                    KafChangeSet *set,
                    const char *done,
                    const char *failed,
                    guint *busy)
{
  (*busy)++;
  kaf_window_commit (view, store, set, done, failed, on_ended, busy);
}
