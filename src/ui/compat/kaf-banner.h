/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line above a page that stays until its cause is gone, with up to two buttons. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_BANNER (kaf_banner_get_type ())
G_DECLARE_FINAL_TYPE (KafBanner, kaf_banner, KAF, BANNER, GtkWidget)

/* Hidden until revealed. Properties: "title", "style" (NULL, "warning" or "error"), "revealed". */
GtkWidget *kaf_banner_new (void);

void kaf_banner_set_title (KafBanner *self, const char *title);
const char *kaf_banner_get_title (KafBanner *self);
void kaf_banner_set_style (KafBanner *self, const char *style);
void kaf_banner_set_revealed (KafBanner *self, gboolean revealed);
gboolean kaf_banner_get_revealed (KafBanner *self);

/* A button in front of the others already there. @action: detailed name, "form.resume". */
void kaf_banner_add_button (KafBanner *self, const char *label, const char *action);
void kaf_banner_remove_buttons (KafBanner *self);

G_END_DECLS
