/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of the window share: one program for the test, a store of its own for each case, and
 * conditions that are waited for with a deadline, never slept for. */
#pragma once

#include "store/kaf-store.h"
#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

#define KAF_DISPLAY_DEADLINE (20 * G_USEC_PER_SEC) /* µs; generous: sanitizers are slow */

/* Settles the language, makes the temporary folder, registers the program. @language: "en"… */
void kaf_display_init (int *argc, char ***argv, const char *language);

/* Removes the folder. Returns what g_test_run() gave. */
int kaf_display_finish (int status);

/* The program's window over a new, empty store named @name; opened. */
KafWindow *kaf_display_open (const char *name);

/* Path of a file of that name in the temporary folder. (transfer full) */
char *kaf_display_path (const char *name);

/* Lets the main loop run for one turn, at most a few ms. */
void kaf_display_turn (void);

#define KAF_WAIT(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 kaf_deadline = g_get_monotonic_time () + KAF_DISPLAY_DEADLINE;                          \
    while (!(condition) && g_get_monotonic_time () < kaf_deadline)                                 \
      kaf_display_turn ();                                                                         \
    if (!(condition))                                                                              \
      g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC,                            \
                           "waited in vain for: " #condition);                                     \
  }                                                                                                \
  G_STMT_END

/* Commits @set and waits; the receipt. */
KafReceipt *kaf_display_commit (KafStore *store, KafChangeSet *set);

/* Karim writes a field in another program, before this one's main loop runs again. */
void kaf_display_write_as_karim (
    KafStore *store, const char *entity, const char *id, const char *field, const char *value);

/* A person with that name who is an expert; her id. (transfer full) */
char *kaf_display_add_expert (KafStore *store,
                              const char *family,
                              const char *given,
                              const char *family_ar,
                              const char *given_ar);

/* Committed: above @persons, giving out needs a reason. */
void kaf_display_set_limit (KafStore *store, guint persons);

/* How many records of the entity of that id there are. */
gint64 kaf_display_count (KafStore *store, const char *entity);

/* Drafts of all kinds. (element-type KafDraft) (transfer full) */
GPtrArray *kaf_display_list_drafts (KafStore *store);

/* The toast that shows; NULL: none. (transfer none) */
AdwToast *kaf_display_get_toast (KafWindow *window);

/* The window of that type that stands over @window; NULL when there is none. */
GtkWindow *kaf_display_find_window (KafWindow *window, GType type);

/* What @job gives, of the lane that writes; it must not fail. */
gpointer kaf_display_run (KafStore *store, KafStoreJob job, gconstpointer data);

/* The store belongs to a server that does not answer, where its user has that role. */
#define KAF_DISPLAY_NOBODY "https://127.0.0.1:9"
void kaf_display_become (KafStore *store, const char *role);

/* The first descendant of @widget of that type, hidden ones left out; NULL when there is none. */
GtkWidget *kaf_display_find (GtkWidget *widget, GType type);

/* The first button of that label under @widget, a hidden one too; NULL when there is none. */
GtkWidget *kaf_display_find_button (GtkWidget *widget, const char *label);

/* Whether a label or inscription that shows under @widget has @text in it. */
gboolean kaf_display_shows (GtkWidget *widget, const char *text);

G_END_DECLS
