/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KafMissionPage share: kaf-mission-page.c reads and shows, kaf-mission-page-actions.c leads to
 * records and forms, kaf-mission-page-acts.c writes what moves the mission. */
#pragma once

#include "ui/app/kaf-window.h"
#include "ui/model/kaf-paged-list.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/mission/kaf-mission-step-view.h"

G_BEGIN_DECLS

struct _KafMissionPage
{
  GtkBox parent_instance;

  KafStore *store;
  char *id;
  guint step;           /* that shows; 0: the open one, once it is known */
  gboolean follow;      /* the next reading shows the step that is open then */
  KafMissionData *data; /* nullable: not read yet */
  GCancellable *cancellable;
  guint reading;
  guint writing;
  gboolean stale;     /* the store changed while the page did not show */
  gboolean leaving;   /* to leave the step is asked */
  gboolean typing;    /* … once what was being typed is written */
  GHashTable *typed;  /* "kind step code about" → reason that was typed and not written */
  GtkWidget *history; /* nullable: its window; weak */
  GtkWidget *dialog;  /* nullable: the act that is being asked about; weak */

  KafPagedList *list; /* nullable: opened from no list */
  guint position;     /* in it */

  GtkWidget *title; /* AdwWindowTitle */
  GtkWidget *turns; /* to the mission before, and the next */
  GtkWidget *pill;
  GtkWidget *banner;
  GtkWidget *stack; /* "reading", "mission", "problem" */
  GtkWidget *problem;
  GtkWidget *stepper;
  GtkWidget *body;
  GtkWidget *head; /* of the step: */
  GtkWidget *heading, *heading_other, *line;
  GtkWidget *views;                       /* stack, a child a step */
  GtkWidget *view[KAF_MISSION_STEPS + 1]; /* nullable: not shown yet */
  GtkWidget *panel;
  GtkWidget *panel_scrolled;
  GtkWidget *foot;
};

KafWindow *kaf_mission_page_get_window (KafMissionPage *self);
gboolean kaf_mission_page_is_writable (KafMissionPage *self);
/* The same, and the role of who works here writes records of @entity, or makes and takes out one. */
gboolean kaf_mission_page_may_write (KafMissionPage *self, const char *entity);
gboolean kaf_mission_page_may_make (KafMissionPage *self, const char *entity);
void kaf_mission_page_report (KafMissionPage *self, const char *what, const GError *error);
/* Shows another mission in its place, once it is read. */
void kaf_mission_page_turn (KafMissionPage *self, const char *id, guint position);
void kaf_mission_page_reload (KafMissionPage *self);
/* Leaves the step that shows, once what is being typed in it is written; or leads to what keeps it. */
void kaf_mission_page_leave_typed (KafMissionPage *self);

/* Enables what the mission and the store allow. */
void kaf_mission_page_update_actions (KafMissionPage *self);

void kaf_mission_page_install_actions (GtkWidgetClass *klass);
void kaf_mission_page_install_acts (GtkWidgetClass *klass);
void kaf_mission_page_add_keys (KafMissionPage *self);

G_END_DECLS
