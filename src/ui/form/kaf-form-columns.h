/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two columns where there is room, one where there is not. Children keep the order in which they
 * were added, which is the order of Tab: a part that spans both columns keeps those added after it
 * under those added before. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAF_TYPE_FORM_COLUMNS (kaf_form_columns_get_type ())
G_DECLARE_FINAL_TYPE (KafFormColumns, kaf_form_columns, KAF, FORM_COLUMNS, GtkWidget)

typedef enum
{
  KAF_FORM_START,
  KAF_FORM_END,
  KAF_FORM_SPAN,
} KafFormPlace;

GtkWidget *kaf_form_columns_new (void);
void kaf_form_columns_append (KafFormColumns *self, GtkWidget *child, KafFormPlace place);

G_END_DECLS
