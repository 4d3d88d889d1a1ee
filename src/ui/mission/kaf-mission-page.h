/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a mission: where it stands in its ten steps, the form of the step that shows, and whether that step can
 * be left. Any step can be shown and written in; one is open. */
#pragma once

#include <gtk/gtk.h>

#include "rules/mission/kaf-mission.h"
#include "store/kaf-store.h"
#include "ui/model/kaf-paged-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_MISSION_PAGE (kaf_mission_page_get_type ())
G_DECLARE_FINAL_TYPE (KafMissionPage, kaf_mission_page, KAF, MISSION_PAGE, GtkBox)

/* @step: to begin with; 0: the open one. Reading starts at once. */
GtkWidget *kaf_mission_page_new (KafStore *store, const char *id, guint step);

/* Where it was opened from: Page Up and Page Down lead to the missions before and after it. @list: nullable. */
void kaf_mission_page_set_list (KafMissionPage *self, KafPagedList *list, guint position);

const char *kaf_mission_page_get_id (KafMissionPage *self);
KafStore *kaf_mission_page_get_store (KafMissionPage *self);

/* The step that shows, 1…10; 0 while nothing was read. */
guint kaf_mission_page_get_step (KafMissionPage *self);
void kaf_mission_page_show_step (KafMissionPage *self, guint step);

/* To leave the open step is asked from elsewhere: once it is read, the button that leaves it has the focus or, where
 * something is in the way, the panel that says what. */
void kaf_mission_page_ask_leave (KafMissionPage *self);

/* Nothing is being read or written. */
gboolean kaf_mission_page_is_settled (KafMissionPage *self);

/* Commits, then says @done with a button to undo; @failed says what was not done. Both nullable: nothing is said
 * when it goes well. */
void kaf_mission_page_commit (KafMissionPage *self,
                              KafChangeSet *set,
                              const char *done,
                              const char *failed);

G_END_DECLS
