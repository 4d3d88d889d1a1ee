/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/compat/kaf-toaster.h"

#define KEY "kaf-toaster"
#define SLIDE 500 /* ms; the longest */
#define LINE 70   /* letters, about: longer sentences go on in a second line */

typedef struct
{
  AdwToastOverlay *overlay; /* whose data this is */
  AdwToast *shown;          /* nullable */
  AdwToast *next;           /* waits until the one that shows has gone; nullable */
  gint64 since;             /* µs by the clock of frames */
  guint sliding;            /* looks at each frame whether the slide is over; 0: it is */
  gboolean arrived;         /* it was at the last frame */
  gboolean is_leaving;      /* as soon as it has arrived */
} Toaster;

static void show_next (Toaster *self);

static void
toaster_free (gpointer data)
{
  Toaster *self = data;

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_object (&self->shown);
  g_clear_object (&self->next);
  g_free (self);
}

static Toaster *
get_toaster (AdwToastOverlay *overlay)
{
  Toaster *self = g_object_get_data (G_OBJECT (overlay), KEY);

  if (self == NULL)
    {
      self = g_new0 (Toaster, 1);
      self->overlay = overlay;
      g_object_set_data_full (G_OBJECT (overlay), KEY, self, toaster_free);
    }
  return self;
}

/* Frames and no timeout: a slide lasts longer where frames do. A frame calls the last that asked for it first, this
 * before the slide itself, so that only the next one can tell that it is over. */
static gboolean
on_frame (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  Toaster *self = data;

  if (!self->arrived)
    {
      self->arrived = gdk_frame_clock_get_frame_time (clock) - self->since >= SLIDE * 1000;
      return G_SOURCE_CONTINUE;
    }
  self->sliding = 0;
  /* It has been dismissed as far as the toast knows, which does nothing a second time. */
  if (self->is_leaving)
    g_signal_emit_by_name (self->shown, "dismissed");
  return G_SOURCE_REMOVE;
}

/* Before the overlay's own. One that is not on the screen does not slide. */
static void
on_dismissed (AdwToast *toast, Toaster *self)
{
  if (self->sliding == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self->overlay)))
    return;
  self->is_leaving = TRUE;
  g_signal_stop_emission_by_name (toast, "dismissed");
}

/* After the overlay's own. */
static void
on_gone (AdwToast *toast, Toaster *self)
{
  g_signal_handlers_disconnect_by_data (toast, self);
  g_clear_object (&self->shown);
  if (self->sliding != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->overlay), self->sliding);
  self->sliding = 0;
  if (self->next != NULL)
    show_next (self);
}

/* What libadwaita 1.2 cuts at the end of one line is read to its end. */
static gboolean
wrap_title (GtkWidget *widget, const char *title)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), title))
    {
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (widget), LINE);
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_last_child (widget); child != NULL;
       child = gtk_widget_get_prev_sibling (child))
    if (wrap_title (child, title))
      return TRUE;
  return FALSE;
}

static void
show_next (Toaster *self)
{
  GtkWidget *overlay = GTK_WIDGET (self->overlay);
  AdwToast *toast = g_steal_pointer (&self->next);

  self->shown = g_object_ref (toast);
  self->arrived = FALSE;
  self->is_leaving = FALSE;
  g_signal_connect (toast, "dismissed", G_CALLBACK (on_dismissed), self);
  adw_toast_overlay_add_toast (self->overlay, toast);
  if (adw_toast_get_title (toast) != NULL)
    wrap_title (gtk_widget_get_last_child (overlay), adw_toast_get_title (toast));
  g_signal_connect_after (toast, "dismissed", G_CALLBACK (on_gone), self);
  if (gtk_widget_get_mapped (overlay) && adw_get_enable_animations (overlay))
    {
      self->since = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (overlay));
      self->sliding = gtk_widget_add_tick_callback (overlay, on_frame, self, NULL);
    }
}

void
kaf_toaster_show (AdwToastOverlay *overlay, AdwToast *toast)
{
  Toaster *self;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  g_return_if_fail (ADW_IS_TOAST (toast));

  self = get_toaster (overlay);
  g_clear_object (&self->next);
  self->next = toast;
  if (self->shown != NULL)
    adw_toast_dismiss (self->shown);
  else
    show_next (self);
}

AdwToast *
kaf_toaster_get_shown (AdwToastOverlay *overlay)
{
  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (overlay), NULL);

  return get_toaster (overlay)->shown;
}
