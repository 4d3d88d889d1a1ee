/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a section of the sidebar opens: a page of its own, or the list of its entity. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* NULL: there is no such section. (transfer floating) */
GtkWidget *kaf_section_page_new (KafStore *store, const char *section);

G_END_DECLS
