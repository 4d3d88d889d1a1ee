/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-read-frame.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-error-text.h"

struct _KafReadFrame
{
  GtkBox parent_instance;

  char *retry;
  gboolean failed;
  GtkWidget *banner;
  GtkWidget *stack;
  GtkWidget *content;
  GtkWidget *problem; /* made when first needed */
  GtkWidget *button;
  char *heading;
};

G_DEFINE_FINAL_TYPE (KafReadFrame, kaf_read_frame, GTK_TYPE_BOX)

static void
kaf_read_frame_finalize (GObject *object)
{
  KafReadFrame *self = KAF_READ_FRAME (object);

  g_free (self->retry);
  g_free (self->heading);
  G_OBJECT_CLASS (kaf_read_frame_parent_class)->finalize (object);
}

static void
kaf_read_frame_class_init (KafReadFrameClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_read_frame_finalize;
}

static void
kaf_read_frame_init (KafReadFrame *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->banner = kaf_banner_new ();
  kaf_banner_set_style (KAF_BANNER (self->banner), "warning");
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self), self->banner);
  gtk_box_append (GTK_BOX (self), self->stack);
}

/**
 * kaf_read_frame_new:
 * @content: what shows when all is well
 * @heading: "The calendar could not be read", translated
 * @retry: name of the action, of a widget above, that reads again
 *
 * Returns: (transfer floating): the frame
 */
GtkWidget *
kaf_read_frame_new (GtkWidget *content, const char *heading, const char *retry)
{
  KafReadFrame *self = g_object_new (KAF_TYPE_READ_FRAME, NULL);

  self->content = content;
  self->heading = g_strdup (heading);
  self->retry = g_strdup (retry);
  gtk_stack_add_child (GTK_STACK (self->stack), content);
  kaf_banner_add_button (KAF_BANNER (self->banner), _ ("Try Again"), retry);
  return GTK_WIDGET (self);
}

static void
make_problem (KafReadFrame *self)
{
  if (self->problem != NULL)
    return;
  self->button = gtk_button_new_with_label (_ ("Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), self->retry);
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_add_css_class (self->button, "suggested-action");
  self->problem = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->problem), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->problem), self->heading);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->problem), self->button);
  gtk_stack_add_child (GTK_STACK (self->stack), self->problem);
}

static char *
explain (const GError *error)
{
  g_autoptr (GError) unknown = NULL;

  if (error != NULL)
    return kaf_error_text (error);
  unknown = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "");
  return kaf_error_text (unknown);
}

/**
 * kaf_read_frame_fail:
 * @self: a frame
 * @error: (nullable): why the reading failed
 * @shown: the content holds what was read before; it then stays in sight
 */
void
kaf_read_frame_fail (KafReadFrame *self, const GError *error, gboolean shown)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  g_return_if_fail (KAF_IS_READ_FRAME (self));

  self->failed = TRUE;
  text = explain (error);
  if (shown)
    {
      /* Translators: %s are sentences that say what to do. */
      line = g_strdup_printf (_ ("What shows here may be out of date. %s"), text);
      kaf_banner_set_title (KAF_BANNER (self->banner), line);
      gtk_stack_set_visible_child (GTK_STACK (self->stack), self->content);
    }
  else
    {
      make_problem (self);
      adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), text);
      gtk_stack_set_visible_child (GTK_STACK (self->stack), self->problem);
      /* Nothing else is left to do here. */
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        gtk_widget_grab_focus (self->button);
    }
  kaf_banner_set_revealed (KAF_BANNER (self->banner), shown);
}

/**
 * kaf_read_frame_clear:
 * @self: a frame
 *
 * The content shows, and nothing else.
 */
void
kaf_read_frame_clear (KafReadFrame *self)
{
  g_return_if_fail (KAF_IS_READ_FRAME (self));

  self->failed = FALSE;
  kaf_banner_set_revealed (KAF_BANNER (self->banner), FALSE);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->content);
}

/**
 * kaf_read_frame_has_failed:
 * @self: a frame
 *
 * Returns: %TRUE when the last reading failed
 */
gboolean
kaf_read_frame_has_failed (KafReadFrame *self)
{
  g_return_val_if_fail (KAF_IS_READ_FRAME (self), FALSE);
  return self->failed;
}
