/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kaf-window.c and kaf-window-actions.c share. */
#pragma once

#include "net/kaf-sync-agent.h"
#include "ui/app/kaf-navigation.h"
#include "ui/app/kaf-sidebar.h"
#include "ui/app/kaf-window.h"
#include "ui/holder/kaf-score-watch.h"

G_BEGIN_DECLS

struct _KafWindow
{
  AdwApplicationWindow parent_instance;

  KafStore *store;
  KafSyncAgent *agent;                /* of the store; nullable */
  KafScoreWatch *scores;              /* of the store; nullable */
  guint n_alike, n_gone, n_regranted; /* of its status, as it was last seen */
  GCancellable *cancellable;          /* of what runs for the present store */
  char *pending;                      /* section asked for while the store was being opened */
  guint patience;  /* timer: the window waits for its first page to show with it */
  guint realizing; /* idle source: the display is told of the window meanwhile */

  GtkWidget *toasts;
  guint n_undos;    /* undos and redos under way */
  guint undo_timer; /* until they count as long */
  gboolean undo_is_long;
  GtkWidget *banner;
  GtkWidget *leaflet;
  GtkWidget *sidebar;
  GtkWidget *content; /* stack of navigation and problem page */
  GtkWidget *navigation;
  GtkWidget *problem; /* nullable */
  GtkWidget *search;  /* popover, made on first use */
  GPtrArray *closing; /* forms still to be left; NULL: the window is not closing */
  gboolean may_close; /* nothing that was typed is lost by it, or that was agreed to */
  GtkWidget *spare;   /* record page that was left, for the next record; weak */
};

/* Has a window that waits show once the present page is filled; or at once. */
void kaf_window_await_page (KafWindow *self);
void kaf_window_show_now (KafWindow *self);

/* Adds the actions "win.*" and the keys that are not accelerators of the application. */
void kaf_window_add_actions (KafWindow *self);

/* Enables what the present page and the store allow. */
void kaf_window_update_actions (KafWindow *self);

/* Tells how many edits went with what was erased, where the status of the agent says more than when it was last told. */
void kaf_window_tell_gone (KafWindow *self);

/* And, by a toast once each time, that the user's rights are others. */
void kaf_window_tell_rights (KafWindow *self);

/* Whether the window may go at once. Else it closes by itself when what was typed is kept, or stays
 * when the user says so. */
gboolean kaf_window_may_close (KafWindow *self);

/* Shows @section; its first page when it is the present one already. */
void kaf_window_choose_section (KafWindow *self, const char *section);

/* Opens what is told of the sync, at the foot of the sidebar. */
void kaf_window_show_sync (KafWindow *self);

/* Opens the conflicts on top of the present page. */
void kaf_window_show_conflicts (KafWindow *self);

/* The same for persons who look like ones of the server. */
void kaf_window_show_duplicates (KafWindow *self);

/* The same for records that may be one. */
void kaf_window_review_duplicates (KafWindow *self);

/* Opens the calendar on top of the present page. */
void kaf_window_show_calendar (KafWindow *self);

/* The same for all that is to be done. */
void kaf_window_show_todo (KafWindow *self);

/* The same for what was asked of relays. */
void kaf_window_show_relays (KafWindow *self);

/* The same for what others wrote where they may not. */
void kaf_window_show_aside (KafWindow *self);

/* The same for what was erased, and for the order of one. @name: the number to begin with; NULL: none is ordered. */
void kaf_window_show_erasures (KafWindow *self, const char *name);

/* Has the program that the desktop gives to its kind open a file. */
void kaf_window_open_file (KafWindow *self, const char *uri);

/* Gives the focus to the present page, to the rows of a list. */
void kaf_window_enter_page (KafWindow *self);

/* The entity that new records, imports and exports are about: that of the present section. */
const KafEntity *kaf_window_get_entity (KafWindow *self);

/* The id of the section that holds records of @entity, or NULL. */
const char *kaf_window_find_section (const KafEntity *entity);

G_END_DECLS
