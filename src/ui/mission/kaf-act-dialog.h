/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks what an act on the file of a mission needs: its reason, or who decided it on paper, then writes it. What was
 * typed stays until it is written.
 *
 * Signals: "written" (): it is in the store. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-field-row.h"
#include "ui/mission/kaf-mission-data.h"

G_BEGIN_DECLS

typedef struct
{
  KafActKind kind;
  guint step;
  char *code;                 /* of the check; nullable */
  char *about;                /* id of the record; nullable */
  const char *title, *accept; /* translated */
  char *body;                 /* a sentence; nullable */
  gboolean reason;            /* is asked for */
  gboolean on_paper;          /* decided by another: name, function, day, scan */
  gboolean drastic;
} KafActSpec;

void kaf_act_spec_clear (KafActSpec *self);

#define KAF_TYPE_ACT_DIALOG (kaf_act_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KafActDialog, kaf_act_dialog, KAF, ACT_DIALOG, AdwWindow)

/* Takes what @spec holds. @reason: nullable, what was typed before and not written. */
GtkWidget *kaf_act_dialog_new (KafStore *store,
                               const KafMissionData *data,
                               KafActSpec *spec,
                               const char *reason);

/* As if its button were pressed: checks, and writes. */
void kaf_act_dialog_accept (KafActDialog *self);

/* What is typed as the reason; NULL: none. (transfer full) */
char *kaf_act_dialog_get_typed (KafActDialog *self);

/* The row of a field of the act; NULL when it is not asked for. */
KafFieldRow *kaf_act_dialog_get_row (KafActDialog *self, const char *field);

G_END_DECLS
