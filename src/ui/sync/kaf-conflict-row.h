/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conflict as a row: of which record and field, and the values to choose from. Its buttons are the
 * action "conflicts.settle" (ID, CHOICE, TEXT) of the page. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"
#include "store/kaf-conflicts.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONFLICT_ROW (kaf_conflict_row_get_type ())
G_DECLARE_FINAL_TYPE (KafConflictRow, kaf_conflict_row, KAF, CONFLICT_ROW, GtkListBoxRow)

/* What is chosen, in the order of the keys 1, 2 and 3. */
typedef enum
{
  KAF_CONFLICT_MINE,
  KAF_CONFLICT_THEIRS,
  KAF_CONFLICT_BEFORE,
  KAF_CONFLICT_N_CHOICES,
  KAF_CONFLICT_WRITTEN = KAF_CONFLICT_N_CHOICES, /* another value */
} KafConflictChoice;

/* @conflict: taken over. @writable: it may be settled. */
GtkWidget *kaf_conflict_row_new (KafConflict *conflict, gboolean writable, KafLang lang);

const KafConflict *kaf_conflict_row_get_conflict (KafConflictRow *self);

/* Whether it shows just that one. */
gboolean kaf_conflict_row_shows (KafConflictRow *self, const KafConflict *conflict);

/* Whether there is something to choose there, and what it stands for. */
gboolean
kaf_conflict_row_find (KafConflictRow *self, KafConflictChoice choice, KafOutcome *outcome);

/* Says what is wrong with the value that was written; NULL: nothing. */
void kaf_conflict_row_set_error (KafConflictRow *self, const char *text);

G_END_DECLS
