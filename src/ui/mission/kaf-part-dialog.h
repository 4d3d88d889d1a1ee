/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window in which a part of a mission is written, with the fields that the step at hand asks for. */
#pragma once

#include "ui/mission/kaf-field-dialog.h"
#include "ui/mission/kaf-mission-page.h"

G_BEGIN_DECLS

/* The fields of an entity that step @step writes; NULL-terminated. NULL: it has no window, its form is a page. */
const char *const *kaf_part_dialog_fields (const char *entity, guint step);

/* @preset: what a new one begins with. */
void kaf_part_dialog_add (KafMissionPage *page, KafRecord *preset, guint step);

/* Reads the record first. */
void
kaf_part_dialog_edit (KafMissionPage *page, const KafEntity *entity, const char *id, guint step);

G_END_DECLS
