/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions of a programme, module by module, the latest first. Read behind the page. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_PROGRAMME_SESSIONS (kaf_programme_sessions_get_type ())
G_DECLARE_FINAL_TYPE (KafProgrammeSessions, kaf_programme_sessions, KAF, PROGRAMME_SESSIONS, GtkBox)

GtkWidget *kaf_programme_sessions_new (KafStore *store, KafLang lang);

/* Reads those of the programme again. */
void kaf_programme_sessions_set_id (KafProgrammeSessions *self, const char *id);

G_END_DECLS
