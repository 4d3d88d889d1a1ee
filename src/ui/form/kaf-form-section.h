/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A section of a form: its heading and a row for each of its fields.
 *
 * Signal: "errors-changed" () when a row became wrong or right. */
#pragma once

#include <adwaita.h>

#include "schema/kaf-entity.h"
#include "ui/form/kaf-field-row.h"

G_BEGIN_DECLS

#define KAF_TYPE_FORM_SECTION (kaf_form_section_get_type ())
G_DECLARE_FINAL_TYPE (KafFormSection, kaf_form_section, KAF, FORM_SECTION, AdwPreferencesGroup)

/* NULL when the section has no field that stands in a form. */
GtkWidget *
kaf_form_section_new (const KafEntity *entity, const KafSection *section, KafStore *store);

const KafEntity *kaf_form_section_get_entity (KafFormSection *self);
const char *kaf_form_section_get_label (KafFormSection *self);

/* (element-type KafFieldRow) (transfer none) */
GPtrArray *kaf_form_section_get_rows (KafFormSection *self);
guint kaf_form_section_count_errors (KafFormSection *self);

/* Every field is written in Arabic. */
gboolean kaf_form_section_is_arabic (KafFormSection *self);

G_END_DECLS
