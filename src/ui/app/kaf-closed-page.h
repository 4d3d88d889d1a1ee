/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of an empty home, for whose role no record of a person comes to this device: what is theirs to do, and where
 * it is. */
#pragma once

#include <gtk/gtk.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

/* Whether the role of the user is such a one. */
gboolean kaf_closed_page_is_due (KafStore *store);

/* (transfer floating) */
GtkWidget *kaf_closed_page_new (KafStore *store);

G_END_DECLS
