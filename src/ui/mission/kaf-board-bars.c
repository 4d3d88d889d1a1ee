/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-board-bars.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/mission/kaf-board-text.h"
#include "ui/record/kaf-record-section.h"

struct _KafBoardBars
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable; /* of the reading under way */
  gboolean stale;
  GtkWidget *section; /* nullable: nothing was to be shown yet */
  GtkWidget *bars[KAF_MISSION_STEPS + 1];
};

G_DEFINE_FINAL_TYPE (KafBoardBars, kaf_board_bars, GTK_TYPE_BOX)

static void
make_bars (KafBoardBars *self)
{
  GtkWidget *card = kaf_record_section_bars ();

  self->section = kaf_record_section_new (_ ("Missions by step"));
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      self->bars[step] = kaf_bar_new ();
      gtk_box_append (GTK_BOX (card), self->bars[step]);
    }
  gtk_box_append (GTK_BOX (self->section), card);
  gtk_box_append (GTK_BOX (self), self->section);
}

static void
set_bar (KafBoardBars *self, guint step, const KafBoardStep *found, guint max)
{
  static const char *const going[] = { "open", "on_hold", NULL };
  KafLang lang = kaf_application_get_lang ();
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("mission"));
  g_autofree char *number = g_strdup_printf ("%u", step);
  g_autofree char *label = g_strdup_printf ("%s · %s", number, kaf_board_step_name (step));
  g_autofree char *count = kaf_number_format (found->n, lang);
  g_autofree char *late = kaf_number_format (found->n_late, lang);
  g_autofree char *text =
      found->n_late > 0 ? g_strdup_printf (_ ("%s, %s of them late"), count, late) : NULL;
  g_autofree char *json = NULL;

  kaf_query_set_condition (query, "step", KAF_OP_ANY_OF, (const char *const[]){ number, NULL });
  kaf_query_set_condition (query, "state", KAF_OP_ANY_OF, going);
  json = kaf_query_to_json (query);
  kaf_bar_set (KAF_BAR (self->bars[step]), label, count, found->n, max, "win.show-query",
               g_variant_new_string (json));
  kaf_bar_set_part (KAF_BAR (self->bars[step]), found->n_late, max, text);
}

static void
show (KafBoardBars *self, const KafBoard *board)
{
  guint max = 1;

  gtk_widget_set_visible (GTK_WIDGET (self), board->n > 0);
  if (board->n == 0)
    return;
  if (self->section == NULL)
    make_bars (self);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    max = MAX (max, board->steps[step].n);
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    set_bar (self, step, &board->steps[step], max);
}

static gpointer
read_board (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafBoardQuery query = { .cards = 1 };

  return kaf_board_read (db, &query, cancellable, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafBoardBars) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafBoard) board = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->store == NULL || (error != NULL && error->domain == G_IO_ERROR))
    return;
  if (board != NULL)
    show (self, board);
  else
    g_warning ("Counting the missions failed: %s", error != NULL ? error->message : "no result");
}

static void
refresh (KafBoardBars *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->stale = FALSE;
  if (self->store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, read_board, NULL, NULL,
                       (GDestroyNotify) kaf_board_free, self->cancellable, on_read,
                       g_object_ref (self));
}

/* It may be hidden for having nothing to show: its column tells whether anybody looks. */
static void
on_changed (KafBoardBars *self)
{
  GtkWidget *column = gtk_widget_get_parent (GTK_WIDGET (self));

  if (column != NULL && gtk_widget_get_mapped (column))
    refresh (self);
  else
    self->stale = TRUE;
}

static void
on_column_mapped (KafBoardBars *self)
{
  if (self->stale)
    refresh (self);
}

static void
kaf_board_bars_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kaf_board_bars_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_parent (widget), "map", G_CALLBACK (on_column_mapped),
                           widget, G_CONNECT_SWAPPED);
}

static void
kaf_board_bars_dispose (GObject *object)
{
  kaf_board_bars_set_store (KAF_BOARD_BARS (object), NULL);
  G_OBJECT_CLASS (kaf_board_bars_parent_class)->dispose (object);
}

static void
kaf_board_bars_class_init (KafBoardBarsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_board_bars_dispose;
  GTK_WIDGET_CLASS (klass)->root = kaf_board_bars_root;
}

static void
kaf_board_bars_init (KafBoardBars *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kaf_board_bars_new (void)
{
  return g_object_new (KAF_TYPE_BOARD_BARS, NULL);
}

void
kaf_board_bars_set_store (KafBoardBars *self, KafStore *store)
{
  g_return_if_fail (KAF_IS_BOARD_BARS (self));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store != NULL)
    g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  if (store == NULL)
    refresh (self);
  else
    on_changed (self);
}
