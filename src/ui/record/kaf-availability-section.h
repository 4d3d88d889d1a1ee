/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The availability of a person on its page: the grid, its legend, and the choice for a range.
 *
 * Uses the actions "record.set-availability" (ssss: from, to, part, state or "") and
 * "record.add" (s). */
#pragma once

#include <gtk/gtk.h>

#include "ui/record/kaf-availability-grid.h"
#include "ui/record/kaf-record-data.h"

G_BEGIN_DECLS

#define KAF_TYPE_AVAILABILITY_SECTION (kaf_availability_section_get_type ())
G_DECLARE_FINAL_TYPE (
    KafAvailabilitySection, kaf_availability_section, KAF, AVAILABILITY_SECTION, GtkBox)

GtkWidget *kaf_availability_section_new (KafLang lang);
void kaf_availability_section_set_data (KafAvailabilitySection *self,
                                        const KafRecordData *data,
                                        gboolean writable);
KafAvailabilityGrid *kaf_availability_section_get_grid (KafAvailabilitySection *self);

G_END_DECLS
