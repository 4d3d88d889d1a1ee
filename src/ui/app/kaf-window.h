/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: sidebar of sections, pages, toasts, commands "win.*".
 *
 * A page is a vertical box with its own header bar; it reaches the window as
 * KAF_WINDOW (gtk_widget_get_root (page)) and asks it to open records, forms and sections, so that
 * no page knows another. */
#pragma once

#include <adwaita.h>

#include "net/kaf-sync-agent.h"
#include "store/kaf-store.h"
#include "ui/app/kaf-application.h"
#include "ui/model/kaf-paged-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_WINDOW (kaf_window_get_type ())
G_DECLARE_FINAL_TYPE (KafWindow, kaf_window, KAF, WINDOW, AdwApplicationWindow)

/* The frame alone, until kaf_window_set_store(). @section: to begin with; NULL: home. */
KafWindow *kaf_window_new (KafApplication *application, const char *section);

/* Shows the new window as soon as its first page is filled; empty, when that takes long. */
void kaf_window_show_filled (KafWindow *self);

KafStore *kaf_window_get_store (KafWindow *self); /* nullable */
void kaf_window_set_store (KafWindow *self, KafStore *store);

/* What moves the contents of files for the store; NULL where there is none. (transfer none) */
KafBlobAgent *kaf_window_get_files (KafWindow *self);

/* What exchanges records for the store; the same. */
KafSyncAgent *kaf_window_get_sync (KafWindow *self);

/* Shows why the store at @path cannot be used, and what can be done. */
void kaf_window_show_problem (KafWindow *self, const char *path, const GError *error);

/* @section: "home" or the id of an entity that has a section: "expert", "organisation",
 * "network", "convention", "programme". Pages opened in it before are kept and shown again. */
void kaf_window_show_section (KafWindow *self, const char *section);

/* Shows the section's list with that query. (transfer none) */
void kaf_window_show_query (KafWindow *self, KafQuery *query);

/* Shows @page on top of the present one. */
void kaf_window_push (KafWindow *self, GtkWidget *page);

/* @list: nullable, the list that the record stands in; @position: its place there, or
 * GTK_INVALID_LIST_POSITION. */
void kaf_window_open_record (
    KafWindow *self, const KafEntity *entity, const char *id, KafPagedList *list, guint position);

/* The file of a mission. @step: 1…10, to begin with; 0: the open one. */
void kaf_window_open_mission (KafWindow *self, const char *id, guint step);

/* @id NULL: a new record. */
void kaf_window_open_form (KafWindow *self, const KafEntity *entity, const char *id);

/* The form of the record @id, filled with what its draft holds. */
void kaf_window_open_draft (KafWindow *self, const KafEntity *entity, const char *id);

/* A new record with fields already filled. */
void kaf_window_open_form_with (KafWindow *self, KafRecord *preset);

/* A new network, which these persons join once it is saved. @members: ids, NULL-terminated. */
void kaf_window_open_network_form (KafWindow *self, const char *const *members);

/* The list of experts, on top of the present page, to choose who joins the network of that id and name. */
void kaf_window_choose_members (KafWindow *self, const char *network, const char *title);

/* Leaves the page for the one before, or the folded content for the sidebar. */
void kaf_window_back (KafWindow *self);

/* The page that shows, or NULL. */
GtkWidget *kaf_window_get_page (KafWindow *self);

void kaf_window_toast (KafWindow *self, const char *text);

/* With a button that undoes the receipt's batch. */
void kaf_window_toast_undo (KafWindow *self, const char *text, KafReceipt *receipt);

/* With a button for an action; @target: floating or NULL. */
void kaf_window_toast_button (
    KafWindow *self, const char *text, const char *label, const char *action, GVariant *target);

/* With a button that opens @file, which was written. */
void kaf_window_toast_file (KafWindow *self, const char *text, GFile *file);

/* What an undo, or a redo, did. */
void kaf_window_tell_taken_back (KafWindow *self, KafReceipt *receipt, gboolean redone);

/* A sentence that says what to do about @error; @what: "The record was not saved" or NULL.
 * Says nothing about G_IO_ERROR_CANCELLED. */
void kaf_window_report_error (KafWindow *self, const char *what, const GError *error);
/* The same of what is no error. Both translated. */
void kaf_window_report (KafWindow *self, const char *heading, const char *text);

G_END_DECLS
