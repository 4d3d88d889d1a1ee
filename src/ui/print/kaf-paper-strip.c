/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-paper-strip.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-style.h"
#include "ui/print/kaf-paper.h"

#define TRUE_SIZE (96 / 72.0) /* px a point */
#define GAP 18                /* px */
#define MARGIN 16
#define THUMBNAIL_WIDTH 88
#define THUMBNAIL_GAP 30 /* with the number */
#define STEP 40          /* of a key or the wheel */
#define ZOOM_LEAST 0.25
#define ZOOM_MOST 3.0

static const double steps[] = {
  0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3
};

struct _KafPaperStrip
{
  GtkWidget parent_instance;

  gboolean thumbnails;
  KafPages *pages;   /* nullable */
  GPtrArray *papers; /* of KafPaper, in sight; in no order */
  GArray *tops;      /* of double: where each page begins, px; one more at the end */
  double widest;     /* points */
  guint page;
  double zoom;                     /* asked for */
  double shown;                    /* of zoom: as it shows */
  double pinched;                  /* zoom as a pinch began */
  gboolean tells_page, tells_zoom; /* to be told of */
  guint telling;                   /* source, or 0 */
  int wanted;                      /* page to scroll to once there is a size, or -1 */
  GtkAdjustment *hadjustment, *vadjustment;
  PangoLayout *number;
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  PAGE,
  CHOSEN,
  ZOOMED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KafPaperStrip,
                               kaf_paper_strip,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* Places */

static guint
count (KafPaperStrip *self)
{
  return self->pages != NULL ? kaf_pages_count (self->pages) : 0;
}

static int
gap (KafPaperStrip *self)
{
  return self->thumbnails ? THUMBNAIL_GAP : GAP;
}

static double
top_of (KafPaperStrip *self, guint page)
{
  return g_array_index (self->tops, double, page);
}

/* px a point */
static double
scale_of (KafPaperStrip *self, guint page)
{
  double width, height;

  kaf_pages_size (self->pages, page, &width, &height);
  return self->thumbnails ? THUMBNAIL_WIDTH / width : self->shown * TRUE_SIZE;
}

static double
fitting_zoom (KafPaperStrip *self, int width, int height)
{
  double wide = (width - 2 * MARGIN) / (self->widest * TRUE_SIZE);
  double page_width, page_height, whole;

  if (self->zoom > 0)
    return self->zoom;
  if (self->zoom < 0)
    return CLAMP (wide, ZOOM_LEAST, 1.0);
  kaf_pages_size (self->pages, MIN (self->page, count (self) - 1), &page_width, &page_height);
  whole = (height - 2 * MARGIN) / (page_height * TRUE_SIZE);
  return CLAMP (MIN (wide, whole), ZOOM_LEAST, ZOOM_MOST);
}

static void
lay_out (KafPaperStrip *self)
{
  double y = MARGIN;

  g_array_set_size (self->tops, 0);
  for (guint i = 0; i < count (self); i++)
    {
      double width, height;

      kaf_pages_size (self->pages, i, &width, &height);
      g_array_append_val (self->tops, y);
      y += ceil (height * scale_of (self, i)) + gap (self);
    }
  y += self->thumbnails ? 0 : MARGIN - GAP;
  g_array_append_val (self->tops, y);
}

static guint
page_at (KafPaperStrip *self, double y)
{
  guint low = 0, high = count (self);

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (top_of (self, middle) <= y)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
place_of (KafPaperStrip *self, guint page, graphene_rect_t *place)
{
  double width, height, scale = scale_of (self, page);
  double room =
      MAX (gtk_widget_get_width (GTK_WIDGET (self)), gtk_adjustment_get_upper (self->hadjustment));

  kaf_pages_size (self->pages, page, &width, &height);
  width = round (width * scale);
  *place = GRAPHENE_RECT_INIT (
      (float) (round ((room - width) / 2) - round (gtk_adjustment_get_value (self->hadjustment))),
      (float) round (top_of (self, page) - gtk_adjustment_get_value (self->vadjustment)),
      (float) width, (float) round (height * scale));
}

/* Widgets */

static void
make_papers (KafPaperStrip *self, guint first, guint last)
{
  g_autofree gboolean *there = g_new0 (gboolean, last - first + 1);

  for (guint i = self->papers->len; i-- > 0;)
    {
      GtkWidget *paper = g_ptr_array_index (self->papers, i);
      guint page = kaf_paper_get_page (KAF_PAPER (paper));

      if (page >= first && page <= last)
        there[page - first] = TRUE;
      else
        {
          g_ptr_array_remove_index_fast (self->papers, i);
          gtk_widget_unparent (paper);
        }
    }
  for (guint page = first; page <= last; page++)
    if (!there[page - first])
      {
        GtkWidget *paper = kaf_paper_new (self->pages, page);

        gtk_widget_set_parent (paper, GTK_WIDGET (self));
        g_ptr_array_add (self->papers, paper);
      }
}

static void
clear_papers (KafPaperStrip *self)
{
  for (guint i = 0; i < self->papers->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->papers, i));
  g_ptr_array_set_size (self->papers, 0);
}

static void
allocate_papers (KafPaperStrip *self, int height)
{
  double y = gtk_adjustment_get_value (self->vadjustment);

  make_papers (self, page_at (self, y), page_at (self, y + height));
  for (guint i = 0; i < self->papers->len; i++)
    {
      GtkWidget *paper = g_ptr_array_index (self->papers, i);
      graphene_rect_t place;

      place_of (self, kaf_paper_get_page (KAF_PAPER (paper)), &place);
      gtk_widget_measure (paper, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (paper,
                                &(GtkAllocation){ (int) place.origin.x, (int) place.origin.y,
                                                  (int) place.size.width, (int) place.size.height },
                                -1);
    }
}

static gboolean
on_tell (gpointer data)
{
  KafPaperStrip *self = data;

  self->telling = 0;
  if (self->tells_page)
    g_signal_emit (self, signals[PAGE], 0);
  if (self->tells_zoom)
    g_signal_emit (self, signals[ZOOMED], 0);
  self->tells_page = self->tells_zoom = FALSE;
  return G_SOURCE_REMOVE;
}

/* Not within a layout: who hears it may change what is laid out. */
static void
tell (KafPaperStrip *self, gboolean *what)
{
  *what = TRUE;
  if (self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_HIGH, on_tell, self, NULL);
}

static void
become_page (KafPaperStrip *self, guint page)
{
  if (self->page == page)
    return;
  self->page = page;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  tell (self, &self->tells_page);
}

static void
configure (GtkAdjustment *adjustment, double value, double upper, double size)
{
  upper = MAX (upper, size);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - size), 0, upper, STEP, size * 0.9,
                            size);
}

/* A page stays where it is while its size changes: what is at the middle of the window stays there. */
static void
configure_both (KafPaperStrip *self, int width, int height)
{
  double old_total = gtk_adjustment_get_upper (self->vadjustment);
  double middle = gtk_adjustment_get_value (self->vadjustment) + height / 2.0;
  double total = top_of (self, count (self));
  double wide =
      self->thumbnails ? width : floor (self->widest * self->shown * TRUE_SIZE) + 2 * MARGIN;
  double old_wide = gtk_adjustment_get_upper (self->hadjustment);
  double value = gtk_adjustment_get_value (self->hadjustment);

  if (self->wanted >= 0)
    middle = top_of (self, MIN ((guint) self->wanted, count (self) - 1)) - MARGIN + height / 2.0;
  else if (old_total > height && fabs (old_total - total) > 0.5)
    middle *= total / old_total;
  /* No longer wanted once there was a real size to scroll in. */
  if (height > 1)
    self->wanted = -1;
  configure (self->vadjustment, middle - height / 2.0, total, height);
  configure (self->hadjustment,
             fabs (old_wide - wide) > 0.5 ? (MAX (wide, width) - width) / 2 : value, wide, width);
}

static void
kaf_paper_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (widget);
  double before = self->shown;

  if (self->hadjustment == NULL || self->vadjustment == NULL)
    return;
  if (count (self) == 0)
    {
      configure (self->vadjustment, 0, 0, height);
      configure (self->hadjustment, 0, 0, width);
      return;
    }
  if (!self->thumbnails)
    self->shown = fitting_zoom (self, width, height);
  lay_out (self);
  configure_both (self, width, height);
  allocate_papers (self, height);
  if (fabs (before - self->shown) > 0.001)
    tell (self, &self->tells_zoom);
}

static void
kaf_paper_strip_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (widget);

  *minimum = *natural = self->thumbnails ? THUMBNAIL_WIDTH + 2 * MARGIN : 120;
}

static void
on_scrolled (KafPaperStrip *self)
{
  if (count (self) > 0 && !self->thumbnails && self->wanted < 0 && self->tops->len > 0)
    {
      double height = gtk_adjustment_get_page_size (self->vadjustment);
      double y = gtk_adjustment_get_value (self->vadjustment);
      gboolean at_end = y + height >= gtk_adjustment_get_upper (self->vadjustment) - 1;

      /* The last page is one that can be reached, though it fills no window. */
      if (!at_end || page_at (self, y + height / 3) > self->page)
        become_page (self, page_at (self, y + height / 3));
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Drawing */

static void
draw_number (KafPaperStrip *self, GtkSnapshot *snapshot, guint page, const graphene_rect_t *place)
{
  g_autofree char *text = kaf_number_format (page + 1, kaf_application_get_lang ());
  GdkRGBA colour = kaf_style_get_color (GTK_WIDGET (self));
  int width, height;

  if (self->number == NULL)
    self->number = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->number, text, -1);
  pango_layout_get_pixel_size (self->number, &width, &height);
  if (page != self->page)
    colour.alpha *= kaf_style_get_dim ();
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (place->origin.x + (place->size.width - (float) width) / 2,
                                      place->origin.y + place->size.height + 4));
  gtk_snapshot_append_layout (snapshot, self->number, &colour);
  gtk_snapshot_restore (snapshot);
}

/* A line around each page, that of the present thumbnail in the accent's colour. */
static void
draw_edge (KafPaperStrip *self, GtkSnapshot *snapshot, guint page, const graphene_rect_t *place)
{
  gboolean present = self->thumbnails && page == self->page;
  GdkRGBA colour = present ? kaf_style_look_up_color (GTK_WIDGET (self), "accent_bg_color")
                           : (GdkRGBA){ 0, 0, 0, 0.2F };
  float width = present ? 3 : 1;
  graphene_rect_t outer = *place;
  GskRoundedRect edge;

  graphene_rect_inset (&outer, -width, -width);
  gsk_rounded_rect_init_from_rect (&edge, &outer, present ? 3 : 0);
  gtk_snapshot_append_border (snapshot, &edge, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
}

static void
kaf_paper_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (widget);

  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                               (float) gtk_widget_get_height (widget)));
  for (guint i = 0; i < self->papers->len; i++)
    {
      GtkWidget *paper = g_ptr_array_index (self->papers, i);
      guint page = kaf_paper_get_page (KAF_PAPER (paper));
      graphene_rect_t place;

      place_of (self, page, &place);
      draw_edge (self, snapshot, page, &place);
      gtk_widget_snapshot_child (widget, paper, snapshot);
      if (self->thumbnails)
        draw_number (self, snapshot, page, &place);
    }
  gtk_snapshot_pop (snapshot);
}

/* Input */

static void
choose (KafPaperStrip *self, guint page)
{
  if (page >= count (self))
    return;
  kaf_paper_strip_set_page (self, page);
  g_signal_emit (self, signals[CHOSEN], 0, page);
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, gpointer data)
{
  KafPaperStrip *self = data;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->thumbnails && count (self) > 0)
    choose (self, page_at (self, y + gtk_adjustment_get_value (self->vadjustment)));
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, gpointer data)
{
  KafPaperStrip *self = data;
  GtkScrollType scroll;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || count (self) == 0)
    return FALSE;
  if (self->thumbnails)
    {
      if (key == GDK_KEY_Down)
        choose (self, self->page + 1);
      else if (key == GDK_KEY_Up && self->page > 0)
        choose (self, self->page - 1);
      else
        return FALSE;
      return TRUE;
    }
  scroll = key == GDK_KEY_Down ? GTK_SCROLL_STEP_DOWN : GTK_SCROLL_STEP_UP;
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return FALSE;
  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) +
                                                   (scroll == GTK_SCROLL_STEP_DOWN ? STEP : -STEP));
  return TRUE;
}

static gboolean
on_wheel (GtkEventControllerScroll *scroll, double dx, double dy, gpointer data)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  if (dy != 0)
    kaf_paper_strip_step_zoom (data, dy < 0 ? 1 : -1);
  return TRUE;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  KAF_PAPER_STRIP (data)->pinched = KAF_PAPER_STRIP (data)->shown;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, gpointer data)
{
  KafPaperStrip *self = data;

  kaf_paper_strip_set_zoom (self, CLAMP (self->pinched * scale, ZOOM_LEAST, ZOOM_MOST));
}

/* Object */

static void
set_adjustment (KafPaperStrip *self, GtkAdjustment **where, GtkAdjustment *adjustment)
{
  if (*where != NULL)
    g_signal_handlers_disconnect_by_data (*where, self);
  g_clear_object (where);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  *where = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
kaf_paper_strip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (object);

  if (id == PROP_HADJUSTMENT)
    g_value_set_object (value, self->hadjustment);
  else if (id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->vadjustment);
  else
    g_value_set_enum (value, GTK_SCROLL_MINIMUM);
}

static void
kaf_paper_strip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (object);

  if (id == PROP_HADJUSTMENT)
    set_adjustment (self, &self->hadjustment, g_value_get_object (value));
  else if (id == PROP_VADJUSTMENT)
    set_adjustment (self, &self->vadjustment, g_value_get_object (value));
}

static void
kaf_paper_strip_dispose (GObject *object)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (object);

  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->hadjustment, self);
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->vadjustment, self);
  g_clear_handle_id (&self->telling, g_source_remove);
  clear_papers (self);
  g_clear_object (&self->number);
  g_clear_pointer (&self->pages, kaf_pages_unref);
  G_OBJECT_CLASS (kaf_paper_strip_parent_class)->dispose (object);
}

static void
kaf_paper_strip_finalize (GObject *object)
{
  KafPaperStrip *self = KAF_PAPER_STRIP (object);

  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_ptr_array_unref (self->papers);
  g_array_unref (self->tops);
  G_OBJECT_CLASS (kaf_paper_strip_parent_class)->finalize (object);
}

static void
kaf_paper_strip_class_init (KafPaperStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_paper_strip_dispose;
  object_class->finalize = kaf_paper_strip_finalize;
  object_class->get_property = kaf_paper_strip_get_property;
  object_class->set_property = kaf_paper_strip_set_property;
  widget_class->measure = kaf_paper_strip_measure;
  widget_class->size_allocate = kaf_paper_strip_size_allocate;
  widget_class->snapshot = kaf_paper_strip_snapshot;
  gtk_widget_class_set_css_name (widget_class, "paperstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[PAGE] = g_signal_new ("page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ZOOMED] = g_signal_new ("zoomed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_paper_strip_init (KafPaperStrip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->papers = g_ptr_array_new ();
  self->tops = g_array_new (FALSE, FALSE, sizeof (double));
  self->zoom = KAF_ZOOM_WIDTH;
  self->shown = 1;
  self->wanted = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
add_zoom_input (KafPaperStrip *self)
{
  GtkEventController *wheel = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (wheel, "scroll", G_CALLBACK (on_wheel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

GtkWidget *
kaf_paper_strip_new (gboolean thumbnails)
{
  KafPaperStrip *self = g_object_new (KAF_TYPE_PAPER_STRIP, NULL);

  self->thumbnails = thumbnails;
  if (!thumbnails)
    add_zoom_input (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  thumbnails ? _ ("All pages") : _ ("Pages"), -1);
  return GTK_WIDGET (self);
}

void
kaf_paper_strip_set_pages (KafPaperStrip *self, KafPages *pages)
{
  g_return_if_fail (KAF_IS_PAPER_STRIP (self));

  clear_papers (self);
  if (pages != NULL)
    kaf_pages_ref (pages);
  g_clear_pointer (&self->pages, kaf_pages_unref);
  self->pages = pages;
  self->widest = 1;
  for (guint i = 0; i < count (self); i++)
    {
      double width, height;

      kaf_pages_size (pages, i, &width, &height);
      self->widest = MAX (self->widest, width);
    }
  if (self->page >= count (self))
    become_page (self, MAX (count (self), 1) - 1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
kaf_paper_strip_get_page (KafPaperStrip *self)
{
  g_return_val_if_fail (KAF_IS_PAPER_STRIP (self), 0);
  return self->page;
}

/* Of the small ones, the chosen one is brought in sight; the others begin at the top. */
void
kaf_paper_strip_set_page (KafPaperStrip *self, guint page)
{
  double y, height;

  g_return_if_fail (KAF_IS_PAPER_STRIP (self));

  if (page >= count (self))
    return;
  become_page (self, page);
  if (self->tops->len <= page || self->vadjustment == NULL)
    {
      self->wanted = (int) page;
      return;
    }
  y = gtk_adjustment_get_value (self->vadjustment);
  height = gtk_adjustment_get_page_size (self->vadjustment);
  if (!self->thumbnails || top_of (self, page) - MARGIN < y)
    gtk_adjustment_set_value (self->vadjustment, top_of (self, page) - MARGIN);
  else if (top_of (self, page + 1) > y + height)
    gtk_adjustment_set_value (self->vadjustment, top_of (self, page + 1) - height);
  /* Whatever scrolling made of it: several of the last pages may be in sight at once. */
  become_page (self, page);
}

void
kaf_paper_strip_set_zoom (KafPaperStrip *self, double zoom)
{
  g_return_if_fail (KAF_IS_PAPER_STRIP (self));

  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_LEAST, ZOOM_MOST) : zoom;
  /* A whole page is looked at from its top. */
  if (zoom == KAF_ZOOM_WHOLE)
    self->wanted = (int) self->page;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

double
kaf_paper_strip_get_zoom (KafPaperStrip *self)
{
  g_return_val_if_fail (KAF_IS_PAPER_STRIP (self), 1);
  return self->zoom > 0 ? self->zoom : self->shown;
}

void
kaf_paper_strip_step_zoom (KafPaperStrip *self, int by)
{
  double zoom = kaf_paper_strip_get_zoom (self);

  if (by > 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        if (steps[i] > zoom + 0.01)
          {
            kaf_paper_strip_set_zoom (self, steps[i]);
            return;
          }
      return;
    }
  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    if (steps[i] < zoom - 0.01)
      {
        kaf_paper_strip_set_zoom (self, steps[i]);
        return;
      }
}

guint
kaf_paper_strip_get_n_papers (KafPaperStrip *self)
{
  g_return_val_if_fail (KAF_IS_PAPER_STRIP (self), 0);
  return self->papers->len;
}

gboolean
kaf_paper_strip_is_drawn (KafPaperStrip *self)
{
  g_return_val_if_fail (KAF_IS_PAPER_STRIP (self), FALSE);
  for (guint i = 0; i < self->papers->len; i++)
    if (!kaf_paper_is_drawn (g_ptr_array_index (self->papers, i)))
      return FALSE;
  return self->papers->len > 0;
}
