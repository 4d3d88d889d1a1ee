/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record to read and to mend in place: who or what it is, its facts, what belongs to it. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"
#include "ui/model/kaf-paged-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_RECORD_PAGE (kaf_record_page_get_type ())
G_DECLARE_FINAL_TYPE (KafRecordPage, kaf_record_page, KAF, RECORD_PAGE, GtkBox)

/* @entity: the section that the record is opened in (expert, organisation, network…).
 * Reading starts at once; the page shows when it is read. */
GtkWidget *kaf_record_page_new (KafStore *store, const KafEntity *entity, const char *id);

/* Keeps the place in a list: "12 of 1 799", next and previous. @list: nullable. */
void kaf_record_page_set_list (KafRecordPage *self, KafPagedList *list, guint position);

/* A page that was left rests, and can then show another record of the same entity. FALSE: its record
 * was erased; nothing of it may stay. */
gboolean kaf_record_page_rest (KafRecordPage *self);
void kaf_record_page_open (KafRecordPage *self, const char *id);

const KafEntity *kaf_record_page_get_entity (KafRecordPage *self);

/* The record shown or being read. */
const char *kaf_record_page_get_id (KafRecordPage *self);

/* Nothing is being read: what shows is the record of kaf_record_page_get_id(). */
gboolean kaf_record_page_is_settled (KafRecordPage *self);

G_END_DECLS
