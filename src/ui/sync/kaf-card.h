/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cards of the sync have in common (conflicts, edits that were not taken, changes kept aside, persons alike), and
 * the pages that list them. */
#pragma once

#include <gtk/gtk.h>

#include "base/kaf-lang.h"

G_BEGIN_DECLS

/* A text that wraps, at the end of @box. @text, @style: nullable. (transfer none) */
GtkWidget *kaf_card_add_label (GtkWidget *box, const char *text, const char *style);

/* A button at the end of @box, a KafWrap; spoken with @title (nullable), of what the card is about. @target: floating.
 * (transfer none) */
GtkWidget *kaf_card_add_button (
    GtkWidget *box, const char *label, const char *title, const char *action, GVariant *target);

/* "amina · 22/11/2026 14:31". @who, @when (as it is shown): nullable. (transfer full) */
char *kaf_card_print_author (const char *who, const char *when, KafLang lang);

/* A list of cards, by that name. */
GtkWidget *kaf_card_list_new (const char *name);

/* @box, which holds it, as a page that scrolls. */
GtkWidget *kaf_card_page_new (GtkWidget *box);

G_END_DECLS
