/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dossier of a mission leaves the window: in which language and form, where to, why where many persons are named,
 * with progress; then what is missing in it is said. */
#pragma once

#include "ui/app/kaf-window.h"

G_BEGIN_DECLS

/* Asks what has to be asked, then does it and says so. @mission: id. @ref: nullable. */
void kaf_dossier_out (KafWindow *window, const char *mission, const char *ref);

/* The same to @target, in the language of the interface. */
void kaf_dossier_out_to (KafWindow *window, const char *mission, GFile *target);

G_END_DECLS
