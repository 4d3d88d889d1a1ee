/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the commitments of a convention are, party by party, or those of a party, convention by convention: done,
 * due, overdue. Read behind the page; each bar opens the list of the commitments that it counts. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

typedef enum
{
  KAF_DUTIES_OVERDUE,
  KAF_DUTIES_SOON,
  KAF_DUTIES_OPEN, /* later, or without a date */
  KAF_DUTIES_DONE,
  KAF_DUTIES_N,
} KafDutiesState;

typedef struct
{
  char *title; /* of the party, or of the convention */
  char *key;   /* its id */
  GPtrArray *ids[KAF_DUTIES_N];
} KafDutyGroup;

typedef struct
{
  GPtrArray *ids[KAF_DUTIES_N]; /* (element-type utf8) of commitments */
  GPtrArray *groups; /* (element-type KafDutyGroup) in the order in which they were met */
} KafDutyProgress;

void kaf_duty_progress_free (KafDutyProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafDutyProgress, kaf_duty_progress_free)

/* @entity: "convention", or that of a party: "organisation", "network". What is lifted, replaced or lapsed counts
 * for nothing. Errors: KAF_STORE_ERROR, G_IO_ERROR_CANCELLED. */
KafDutyProgress *kaf_duty_progress_read (KafDatabase *db,
                                         const char *entity,
                                         const char *id,
                                         KafLang lang,
                                         GCancellable *cancellable,
                                         GError **error);

#define KAF_TYPE_DUTY_BARS (kaf_duty_bars_get_type ())
G_DECLARE_FINAL_TYPE (KafDutyBars, kaf_duty_bars, KAF, DUTY_BARS, GtkBox)

GtkWidget *kaf_duty_bars_new (KafStore *store, const char *entity, KafLang lang);

/* Reads those of the record again; hidden while there are none. */
void kaf_duty_bars_set_id (KafDutyBars *self, const char *id);

G_END_DECLS
