/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a manager changes how project holders are scored: the rules as a form, beside it what they would do to whom.
 * Nothing counts before it is published; what was typed is kept on this device and survives a crash.
 *
 * Actions "rules-window.…": simulate, publish, revert. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"
#include "ui/holder/kaf-rules-data.h"
#include "ui/holder/kaf-rules-editor.h"

G_BEGIN_DECLS

#define KAF_TYPE_RULES_WINDOW (kaf_rules_window_get_type ())
G_DECLARE_FINAL_TYPE (KafRulesWindow, kaf_rules_window, KAF, RULES_WINDOW, AdwWindow)

GtkWidget *kaf_rules_window_new (KafStore *store, KafLang lang);

/* For tests. NULL until the rules were read; the last simulation, NULL: none of what stands there now. */
KafRulesEditor *kaf_rules_window_get_editor (KafRulesWindow *self);
const KafRulesSimulation *kaf_rules_window_get_simulation (KafRulesWindow *self);
/* What stands in the form is a draft. */
gboolean kaf_rules_window_is_draft (KafRulesWindow *self);
/* As the question's answer. */
void kaf_rules_window_publish_now (KafRulesWindow *self);

G_END_DECLS
