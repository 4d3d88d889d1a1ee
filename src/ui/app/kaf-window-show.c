/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first frame of a window costs the same whether it is empty or full. The store most often answers
 * while GTK still starts: the window then waits for its first page rather than being laid out and
 * painted twice, and is there, complete, sooner. */
#include "config.h"

#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-window-private.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-board-page.h"

/* A store that takes longer to answer has an empty window meanwhile. */
#define PATIENCE 200 /* ms */

static gboolean
is_answered (KafPagedList *list)
{
  return kaf_paged_list_get_query (list) != NULL && !kaf_paged_list_is_loading (list);
}

static gboolean
is_filled (KafWindow *self)
{
  GtkWidget *page = kaf_window_get_page (self);

  if (KAF_IS_HOME_PAGE (page))
    return kaf_home_page_is_filled (KAF_HOME_PAGE (page));
  return KAF_IS_LIST_PAGE (page) && is_answered (kaf_list_page_get_list (KAF_LIST_PAGE (page)));
}

static void
present (KafWindow *self)
{
  gtk_window_present (GTK_WINDOW (self));
  /* The arrows move in the rows or cards at once, and Return opens one: else it would press the first filter of the
   * board, and leave its user without missions. */
  if (KAF_IS_LIST_PAGE (kaf_window_get_page (self)) ||
      KAF_IS_BOARD_PAGE (kaf_window_get_page (self)))
    kaf_window_enter_page (self);
}

static gboolean
on_patience_over (gpointer data)
{
  KafWindow *self = data;

  self->patience = 0;
  present (self);
  return G_SOURCE_REMOVE;
}

void
kaf_window_show_now (KafWindow *self)
{
  if (self->patience == 0)
    return;
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->realizing, g_source_remove);
  present (self);
}

static void
on_filled (KafWindow *self)
{
  if (is_filled (self))
    kaf_window_show_now (self);
}

void
kaf_window_await_page (KafWindow *self)
{
  GtkWidget *page = kaf_window_get_page (self);

  if (self->patience == 0)
    return;
  if (KAF_IS_HOME_PAGE (page))
    g_signal_connect_object (page, "filled", G_CALLBACK (on_filled), self, G_CONNECT_SWAPPED);
  else if (KAF_IS_LIST_PAGE (page))
    g_signal_connect_object (kaf_list_page_get_list (KAF_LIST_PAGE (page)), "notify::loading",
                             G_CALLBACK (on_filled), self, G_CONNECT_SWAPPED);
}

static gboolean
on_idle (gpointer data)
{
  KafWindow *self = data;

  self->realizing = 0;
  gtk_widget_realize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
kaf_window_show_filled (KafWindow *self)
{
  g_return_if_fail (KAF_IS_WINDOW (self));

  /* The display gets ready meanwhile, and GTK measures the window. A store that has been opened by now comes
   * first: what the page waits for is read while that is done. */
  self->realizing = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
  self->patience = g_timeout_add (PATIENCE, on_patience_over, self);
  kaf_window_await_page (self);
}
