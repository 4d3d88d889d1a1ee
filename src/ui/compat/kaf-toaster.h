/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Toasts of which the last word counts, and none of which goes away while it is still coming: libadwaita 1.2 frees a
 * toast once it has slid out, even where it is still sliding in, and then touches it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Takes @toast over, and shows it in the place of the one that shows, as soon as that has slid in. What is done to a
 * toast that slides in (its button, its cross, Escape) is done at once; it leaves when it has arrived. */
void kaf_toaster_show (AdwToastOverlay *overlay, AdwToast *toast);

/* The one that shows; NULL: none. (transfer none) */
AdwToast *kaf_toaster_get_shown (AdwToastOverlay *overlay);

G_END_DECLS
