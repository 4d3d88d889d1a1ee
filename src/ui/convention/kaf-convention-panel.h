/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beneath the tree: the commitments in force of the chosen act, and what it is or changes.
 *
 * Uses the actions of the page: "convention.open" (ss: entity, id), "convention.add-commitment",
 * "convention.fulfil" (s: id of a commitment). */
#pragma once

#include <gtk/gtk.h>

#include "ui/convention/kaf-convention-details.h"

G_BEGIN_DECLS

#define KAF_TYPE_CONVENTION_PANEL (kaf_convention_panel_get_type ())
G_DECLARE_FINAL_TYPE (KafConventionPanel, kaf_convention_panel, KAF, CONVENTION_PANEL, GtkWidget)

GtkWidget *kaf_convention_panel_new (void);

/* @details: nullable, nothing is chosen then. @writable: whether anything can be added. */
void kaf_convention_panel_show (KafConventionPanel *self,
                                const KafConventionDetails *details,
                                gboolean writable);

/* The id of the commitment that has the focus, else of the first; NULL: there is none. */
const char *kaf_convention_panel_get_commitment (KafConventionPanel *self);

/* For tests: how many commitments it lists. */
guint kaf_convention_panel_get_n_commitments (KafConventionPanel *self);

G_END_DECLS
