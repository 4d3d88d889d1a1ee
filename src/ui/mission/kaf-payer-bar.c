/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-payer-bar.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-money.h"
#include "rules/mission/kaf-mission-budget.h"
#include "ui/compat/kaf-style.h"

#define BAR_HEIGHT 16
#define SWATCH 10
#define RADIUS 3
#define GAP 2
#define PALEST 0.25f
#define FALLBACK "MAD"

typedef struct
{
  gint64 total;
  gboolean unpaid;
  guint place; /* among the payers */
} Part;

struct _KafPayerBar
{
  GtkBox parent_instance;

  GtkWidget *bar;
  GtkWidget *legend; /* grid */
  GArray *parts;     /* (element-type Part) */
  gint64 total;
  guint n_payers;
};

G_DEFINE_FINAL_TYPE (KafPayerBar, kaf_payer_bar, GTK_TYPE_BOX)

/* Shades of one colour are parts of one whole. */
static GdkRGBA
part_colour (KafPayerBar *self, GtkWidget *widget, const Part *part)
{
  GdkRGBA colour;

  if (part->unpaid)
    return kaf_style_look_up_color (widget, "error_bg_color");
  colour = kaf_style_look_up_color (widget, "accent_bg_color");
  if (self->n_payers > 1)
    colour.alpha *= 1 - (1 - PALEST) * (float) part->place / (float) (self->n_payers - 1);
  return colour;
}

static void
set_source (cairo_t *cr, const GdkRGBA *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

static void
draw_bar (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  KafPayerBar *self = data;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  double x = 0;

  for (guint i = 0; i < self->parts->len && self->total > 0; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);
      double length = MAX ((double) part->total / (double) self->total * width, 0);
      GdkRGBA colour = part_colour (self, GTK_WIDGET (area), part);

      set_source (cr, &colour);
      cairo_rectangle (cr, rtl ? width - x - length : x, 0, MAX (length - GAP, 1), height);
      cairo_fill (cr);
      x += length;
    }
}

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  KafPayerBar *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "kaf-part"));
  GdkRGBA colour;

  if (index >= self->parts->len)
    return;
  colour = part_colour (self, GTK_WIDGET (area), &g_array_index (self->parts, Part, index));
  set_source (cr, &colour);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static void
kaf_payer_bar_finalize (GObject *object)
{
  g_array_unref (KAF_PAYER_BAR (object)->parts);
  G_OBJECT_CLASS (kaf_payer_bar_parent_class)->finalize (object);
}

static void
kaf_payer_bar_class_init (KafPayerBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_payer_bar_finalize;
}

static void
kaf_payer_bar_init (KafPayerBar *self)
{
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  self->bar = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bar), BAR_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bar), draw_bar, self, NULL);
  self->legend = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->legend), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->legend), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->legend), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->legend), 18);
  gtk_box_append (GTK_BOX (self), self->bar);
  gtk_box_append (GTK_BOX (self), self->legend);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-record-padded");
}

GtkWidget *
kaf_payer_bar_new (void)
{
  return g_object_new (KAF_TYPE_PAYER_BAR, NULL);
}

static char *
money (gint64 minor, const char *currency, KafLang lang)
{
  g_autofree char *canonical = kaf_money_make (minor, currency != NULL ? currency : FALLBACK);
  g_autofree char *text = kaf_money_format (canonical, lang);

  return kaf_bidi_isolate (text);
}

static GtkWidget *
make_entry (KafPayerBar *self, guint index, const char *name, const char *amount)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *swatch = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *figure = gtk_label_new (amount);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (swatch), "kaf-part", GUINT_TO_POINTER (index));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, self, NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (figure, "numeric");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), figure);
  return box;
}

static void
clear (KafPayerBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->legend), child);
  g_array_set_size (self->parts, 0);
  self->total = 0;
  self->n_payers = 0;
}

void
kaf_payer_bar_set (KafPayerBar *self, const KafMissionData *data)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (data->mission);
  const KafBudgetSum *sum = budget->sums->len > 0 ? g_ptr_array_index (budget->sums, 0) : NULL;

  g_return_if_fail (KAF_IS_PAYER_BAR (self));

  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), sum != NULL && sum->total > 0);
  for (guint i = 0; sum != NULL && i < sum->payers->len; i++)
    {
      const KafBudgetShare *share = &g_array_index (sum->payers, KafBudgetShare, i);
      const Part part = { share->total, share->of == NULL, self->n_payers };
      g_autofree char *amount = money (share->total, sum->currency, data->lang);

      g_array_append_val (self->parts, part);
      self->total += MAX (share->total, 0);
      if (share->of != NULL)
        self->n_payers++;
      gtk_flow_box_insert (GTK_FLOW_BOX (self->legend),
                           make_entry (self, i,
                                       share->of != NULL ? kaf_mission_data_name (data, share->of)
                                                         : _ ("Without payer"),
                                       amount),
                           -1);
    }
  gtk_widget_queue_draw (self->bar);
}

char *
kaf_payer_bar_total (const KafMissionData *data)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (data->mission);
  const KafBudgetSum *sum = budget->sums->len > 0 ? g_ptr_array_index (budget->sums, 0) : NULL;
  g_autofree char *total = NULL;
  g_autofree char *ceiling = NULL;

  if (sum == NULL)
    return NULL;
  total = money (sum->total, sum->currency, data->lang);
  if (data->mission->ceiling < 0)
    return g_steal_pointer (&total);
  ceiling = money (data->mission->ceiling, data->mission->currency, data->lang);
  /* Translators: an amount, and the ceiling that it may not pass. */
  return g_strdup_printf (_ ("%s of %s"), total, ceiling);
}
