/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What most step views are: parts of a mission and fields of it, one under the other, told together. */
#pragma once

#include "ui/mission/kaf-mission-fields.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/mission/kaf-part-list.h"

G_BEGIN_DECLS

#define KAF_TYPE_STEP_FORM (kaf_step_form_get_type ())
G_DECLARE_FINAL_TYPE (KafStepForm, kaf_step_form, KAF, STEP_FORM, GtkBox)

/* With @tabs, what follows a kaf_step_form_add_tab() stands under that tab. */
GtkWidget *kaf_step_form_new (KafMissionPage *page, gboolean tabs);
KafMissionPage *kaf_step_form_get_page (KafStepForm *self);

void kaf_step_form_add_tab (KafStepForm *self, const char *id, const char *title);
GtkWidget *kaf_step_form_add_parts (KafStepForm *self, const KafPartSpec *spec);
GtkWidget *kaf_step_form_add_fields (KafStepForm *self,
                                     const char *title,
                                     const char *const *start,
                                     const char *const *end);

/* Anything else; @show and @lead as those of KafMissionStepView, nullable. @entity: nullable; what is written in it, and
 * who may not write that is shown it as in a mission that may not be written. */
typedef void (*KafStepShow) (GtkWidget *widget, const KafMissionData *data, gboolean writable);
typedef gboolean (*KafStepLead) (GtkWidget *widget,
                                 const char *entity,
                                 const char *id,
                                 const char *field);
void kaf_step_form_add (
    KafStepForm *self, GtkWidget *widget, const char *entity, KafStepShow show, KafStepLead lead);

/* Two lists side by side where there is room. */
void kaf_step_form_add_pair (KafStepForm *self, const KafPartSpec *start, const KafPartSpec *end);

void kaf_step_form_show_tab (KafStepForm *self, const char *id);

/* For the table of a view. */
void kaf_step_form_show (GtkWidget *form, const KafMissionData *data, gboolean writable);
gboolean
kaf_step_form_lead (GtkWidget *form, const char *entity, const char *id, const char *field);

G_END_DECLS
