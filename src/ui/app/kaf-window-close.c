/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing the window: each form is left as with its Cancel, one after the other, and the window goes
 * once all of them may. */
#include "config.h"

#include "ui/app/kaf-window-private.h"
#include "ui/form/kaf-form-page.h"

static void leave_next (KafWindow *self);

static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafWindow) self = data;
  gboolean may_go = kaf_form_page_leave_finish (KAF_FORM_PAGE (source), result);

  /* The window was destroyed meanwhile. */
  if (self->closing == NULL)
    return;
  if (may_go)
    {
      g_ptr_array_remove_index (self->closing, 0);
      leave_next (self);
      return;
    }
  g_clear_pointer (&self->closing, g_ptr_array_unref);
  kaf_application_stay (KAF_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
leave_next (KafWindow *self)
{
  if (self->closing->len > 0)
    {
      kaf_form_page_leave_async (g_ptr_array_index (self->closing, 0), on_left,
                                 g_object_ref (self));
      return;
    }
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_unkept (gpointer page, gpointer forms)
{
  if (KAF_IS_FORM_PAGE (page) && (kaf_form_page_is_unkept (page) || kaf_form_page_is_saving (page)))
    g_ptr_array_add (forms, g_object_ref (page));
}

gboolean
kaf_window_may_close (KafWindow *self)
{
  if (self->may_close || self->closing != NULL)
    return self->may_close;

  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  kaf_navigation_foreach (KAF_NAVIGATION (self->navigation), add_unkept, self->closing);
  self->may_close = self->closing->len == 0;
  if (!self->may_close)
    leave_next (self);
  return self->may_close;
}
