/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results reach the pages between frames, never within one: what is settled when a frame ends was
 * painted by it. So the pages need not know that they are watched. */
#include "config.h"

#include "ui/app/kaf-trace.h"

#include "ui/app/kaf-home-page.h"
#include "ui/list/kaf-list-page.h"

static void
tell (GObject *clock, const char *name)
{
  if (g_object_get_data (clock, name) != NULL)
    return;

  g_object_set_data (clock, name, GINT_TO_POINTER (TRUE));
  g_printerr ("kaf-trace: %s %" G_GINT64_FORMAT "\n", name, g_get_monotonic_time ());
}

static gboolean
has_rows (KafListPage *page)
{
  KafPagedList *list = kaf_list_page_get_list (page);

  return !kaf_paged_list_is_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
}

static void
on_after_paint (GObject *clock, KafWindow *window)
{
  GtkWidget *page = kaf_window_get_page (window);

  tell (clock, "first-frame");
  if (KAF_IS_HOME_PAGE (page) && kaf_home_page_is_settled (KAF_HOME_PAGE (page)))
    tell (clock, "home-ready");
  if (KAF_IS_LIST_PAGE (page) && has_rows (KAF_LIST_PAGE (page)))
    tell (clock, "rows-painted");
}

static void
on_realize (GtkWidget *window)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_after_paint), window, 0);
}

void
kaf_trace_watch (KafWindow *window)
{
  g_return_if_fail (KAF_IS_WINDOW (window));

  if (g_getenv ("KAF_TRACE") != NULL)
    g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}
