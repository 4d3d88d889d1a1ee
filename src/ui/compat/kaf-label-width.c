/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stack asks its page how narrow it may be at the height that is there. GTK then tries widths at which letters of one
 * Arabic word stand on lines of their own, finds that its least width was too little, and says so aloud. A text has the
 * height that its width needs; it is not asked the other way round. */
#include "config.h"

#include "ui/compat/kaf-label-width.h"

#include <gtk/gtk.h>

static void (*measure_label) (GtkWidget *, GtkOrientation, int, int *, int *, int *, int *);

static void
on_measure (GtkWidget *label,
            GtkOrientation orientation,
            int for_size,
            int *minimum,
            int *natural,
            int *minimum_baseline,
            int *natural_baseline)
{
  measure_label (label, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size,
                 minimum, natural, minimum_baseline, natural_baseline);
}

/* The class itself, and held for ever, as kaf_prompt_start() does. */
void
kaf_label_width_start (void)
{
  GtkWidgetClass *klass = g_type_class_ref (GTK_TYPE_LABEL);

  if (measure_label != NULL)
    return;
  measure_label = klass->measure;
  klass->measure = on_measure;
}
