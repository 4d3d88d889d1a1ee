/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a record's page: a heading line of 28 px, buttons at its end, a card beneath. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_RECORD_SECTION (kaf_record_section_get_type ())
G_DECLARE_FINAL_TYPE (KafRecordSection, kaf_record_section, KAF, RECORD_SECTION, GtkBox)

GtkWidget *kaf_record_section_new (const char *title);

/* A few dim words after the title; NULL: none. */
void kaf_record_section_set_note (KafRecordSection *self, const char *note);

/* A flat button at the end of the heading line. @description: what it does, for a screen
 * reader, since several sections have an "Add". (transfer none) */
GtkWidget *
kaf_record_section_add_button (KafRecordSection *self, const char *label, const char *description);

/* The same with a menu under it. (transfer none) */
GtkWidget *kaf_record_section_add_menu (KafRecordSection *self,
                                        const char *label,
                                        const char *description,
                                        GMenuModel *menu);

/* What stands under the heading; replaces what stood there. */
void kaf_record_section_set_child (KafRecordSection *self, GtkWidget *child);

/* Instead of rows: one dim sentence in the card. (transfer none, floating) */
GtkWidget *kaf_record_section_sentence (const char *text);

/* The card: a list box whose rows are not selected. (transfer none, floating) */
GtkWidget *kaf_record_section_list (const char *description);

/* A card for bars (ui/app/kaf-bar). (transfer none, floating) */
GtkWidget *kaf_record_section_bars (void);

/* Takes all rows out of such a list. */
void kaf_record_section_clear (GtkWidget *list);

/* Puts a sentence in such a list instead of rows. */
void kaf_record_section_say (GtkWidget *list, const char *text);

/* An icon button with its name for a screen reader and its tooltip. (transfer floating) */
GtkWidget *kaf_record_section_icon_button (const char *icon_name, const char *name);

/* A ⋮ button over a menu. (transfer floating) */
GtkWidget *kaf_record_section_menu_button (GMenuModel *menu, const char *name);

G_END_DECLS
