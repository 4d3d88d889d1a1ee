/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window over many persons, by the keys that are pressed: how long from a letter in the search
 * entry until a frame with its rows is painted; from opening a record until its page is painted;
 * and what a frame takes while the list scrolls, during which this thread may read no file.
 *
 * Needs a display: build-aux/x-session bench-keys [keys] [records] [scrolling]. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "kaf-bench.h"
#include "schema/kaf-registry.h"
#include "store/kaf-page.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-language.h"
#include "ui/app/kaf-window.h"
#include "ui/list/kaf-list-page.h"
#include "ui/list/kaf-table.h"
#include "ui/record/kaf-record-page.h"

#define N_NAMES 40
#define LETTERS_MAX 6
#define N_RECORDS 40
#define N_SCROLLS 200

/* A person who types fast presses a key as often. */
#define KEY_PAUSE_MS 100

/* Keys that take longer are told one by one. */
#define SLOW_MS 100

/* Longer than anything may take; then the run is given up. */
#define DEADLINE_MS 20000

typedef struct
{
  KafWindow *window;
  KafListPage *page;
  KafPagedList *list;
  GdkFrameClock *clock;
  gint64 before, painted; /* ns: of the last frame */
  guint n_frames;
} Bench;

static void
before_paint_cb (GdkFrameClock *clock, Bench *self)
{
  self->before = kaf_bench_now ();
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *self)
{
  self->painted = kaf_bench_now ();
  self->n_frames++;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
turn (void)
{
  g_main_context_iteration (NULL, TRUE);
}

static void
rest (guint ms)
{
  gint64 end = kaf_bench_now () + (gint64) ms * 1000000;

  while (kaf_bench_now () < end)
    turn ();
}

typedef gboolean (*Condition) (Bench *self);

/* When the first frame was painted that began with @condition holding. What is asked for comes
 * between frames; a frame is asked for once it is there, lest nothing had to be drawn. */
static gint64
wait_painted (Bench *self, Condition condition, const char *what)
{
  gint64 deadline = kaf_bench_now () + (gint64) DEADLINE_MS * 1000000;
  guint n;

  while (!condition (self) && kaf_bench_now () < deadline)
    turn ();
  n = self->n_frames;
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
  while (self->n_frames == n && kaf_bench_now () < deadline)
    turn ();
  if (kaf_bench_now () < deadline)
    return self->painted;
  g_printerr ("waited in vain for %s\n", what);
  exit (1);
}

static gboolean
has_store (Bench *self)
{
  return kaf_window_get_store (self->window) != NULL;
}

static gboolean
has_rows (Bench *self)
{
  return !kaf_paged_list_is_loading (self->list) &&
         g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
}

static gboolean
has_answer (Bench *self)
{
  return !kaf_paged_list_is_loading (self->list);
}

static gboolean
shows_record (Bench *self)
{
  GtkWidget *page = kaf_window_get_page (self->window);

  return KAF_IS_RECORD_PAGE (page) && kaf_record_page_is_settled (KAF_RECORD_PAGE (page));
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Keys */

static gpointer
draw_names (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const no_columns[] = { NULL };
  const KafEntity *entity = kaf_registry_find ("expert");
  g_autoptr (KafQuery) query = kaf_query_new (entity);
  g_autoptr (GArray) places = kaf_page_places (db, query, error);
  g_autoptr (KafRandom) random = kaf_random_new_seeded (9);
  GArray *drawn = g_array_new (FALSE, FALSE, sizeof (guint32));
  GPtrArray *rows;

  for (guint i = 0; places != NULL && i < MAX (N_NAMES, N_RECORDS); i++)
    g_array_append_val (drawn,
                        g_array_index (places, guint32, kaf_random_below (random, places->len)));
  rows = kaf_page_rows (db, entity, (const guint32 *) drawn->data, drawn->len, no_columns,
                        KAF_LANG_FR, error);
  g_array_unref (drawn);
  return rows;
}

typedef struct
{
  GPtrArray *rows;
  gboolean done;
} Answer;

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->rows = kaf_store_run_finish (KAF_STORE (source), result, &error);
  kaf_bench_check (error);
  answer->done = TRUE;
}

/* (element-type KafRow) */
static GPtrArray *
draw_persons (Bench *self)
{
  Answer answer = { NULL };

  kaf_store_run_async (kaf_window_get_store (self->window), KAF_LANE_READ, draw_names, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, NULL, drawn_cb, &answer);
  while (!answer.done)
    turn ();
  return answer.rows;
}

static void
press (Bench *self, GtkEditable *entry, const char *letter, GArray *times)
{
  int at = -1;
  gint64 start = kaf_bench_now ();
  double ms;

  gtk_editable_insert_text (entry, letter, -1, &at);
  ms = (wait_painted (self, has_answer, "rows") - start) / 1e6;
  g_array_append_val (times, ms);
  if (ms > SLOW_MS)
    g_print ("# %.0f ms for \"%s\"\n", ms, gtk_editable_get_text (entry));
  rest (KEY_PAUSE_MS);
}

static void
type_name (Bench *self, GtkEditable *entry, const char *name, GArray *first, GArray *later)
{
  const char *p = name;

  for (guint i = 0; i < LETTERS_MAX && *p != '\0'; i++, p = g_utf8_next_char (p))
    {
      char letter[7] = "";

      letter[g_unichar_to_utf8 (g_utf8_get_char (p), letter)] = '\0';
      press (self, entry, letter, i == 0 ? first : later);
    }
  gtk_editable_set_text (entry, "");
  wait_painted (self, has_rows, "all rows");
  rest (KEY_PAUSE_MS);
}

static void
bench_keys (Bench *self, GPtrArray *persons, const char *number, double target)
{
  GtkWidget *entry = find_type (GTK_WIDGET (self->page), GTK_TYPE_SEARCH_ENTRY);
  g_autoptr (GArray) first = kaf_bench_times_new ();
  g_autoptr (GArray) later = kaf_bench_times_new ();
  g_autoptr (GArray) all = kaf_bench_times_new ();
  g_autofree char *p50 = g_strdup_printf ("key to painted rows %s, p50", number);
  g_autofree char *p95 = g_strdup_printf ("key to painted rows %s, p95", number);
  g_autofree char *one = g_strdup_printf ("first letter to painted rows %s, p50", number);
  g_autofree char *worst = g_strdup_printf ("key to painted rows %s, longest", number);

  for (guint i = 0; i < N_NAMES; i++)
    {
      const KafRow *row = g_ptr_array_index (persons, i);
      const char *name = i % 3 == 1 ? row->title_ar : row->title;

      if (name != NULL && *name != '\0')
        type_name (self, GTK_EDITABLE (entry), name, first, later);
    }
  g_array_append_vals (all, first->data, first->len);
  g_array_append_vals (all, later->data, later->len);
  kaf_bench_report (p50, kaf_bench_median (all), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report (p95, kaf_bench_quantile (all, 0.95), 0, "ms", KAF_BENCH_AT_MOST, target);
  kaf_bench_report (one, kaf_bench_median (first), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report (worst, kaf_bench_quantile (all, 1), 0, "ms", KAF_BENCH_TOLD, 0);
}

/* Records */

static void
bench_records (Bench *self, GPtrArray *persons, const char *number)
{
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autofree char *p50 = g_strdup_printf ("record page painted %s, p50", number);
  g_autofree char *p95 = g_strdup_printf ("record page painted %s, p95", number);

  for (guint i = 0; i < N_RECORDS; i++)
    {
      const KafRow *row = g_ptr_array_index (persons, i);
      gint64 start = kaf_bench_now ();
      double ms;

      kaf_window_open_record (self->window, kaf_registry_find ("expert"), row->id, self->list, i);
      ms = (wait_painted (self, shows_record, "a record") - start) / 1e6;
      g_array_append_val (times, ms);
      rest (KEY_PAUSE_MS);
      kaf_window_back (self->window);
      rest (KEY_PAUSE_MS);
    }
  kaf_bench_report (p50, kaf_bench_median (times), 0, "ms", KAF_BENCH_AT_MOST, 50);
  kaf_bench_report (p95, kaf_bench_quantile (times, 0.95), 0, "ms", KAF_BENCH_TOLD, 0);
}

/* Scrolling */

/* Bytes that this thread had read from the disk. */
static gint64
disk_bytes (void)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/thread-self/io", &text, NULL, NULL))
    return 0;
  at = strstr (text, "\nread_bytes: ");
  return at != NULL ? g_ascii_strtoll (at + 13, NULL, 10) : 0;
}

static void
bench_scrolling (Bench *self, const char *number)
{
  GtkWidget *table = find_type (GTK_WIDGET (self->page), KAF_TYPE_TABLE);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));
  g_autoptr (GArray) times = kaf_bench_times_new ();
  g_autofree char *p50 = g_strdup_printf ("frame while scrolling %s, p50", number);
  g_autofree char *p99 = g_strdup_printf ("frame while scrolling %s, p99", number);
  g_autofree char *read = g_strdup_printf ("read by the interface while scrolling %s", number);
  gint64 bytes = disk_bytes ();

  for (guint i = 0; i < N_SCROLLS; i++)
    {
      /* Rows by the wheel, then leaps by the slider. */
      double step = i < N_SCROLLS / 2 ? 90 : gtk_adjustment_get_upper (adjustment) / N_SCROLLS;
      guint n = self->n_frames;
      double ms;

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      while (self->n_frames == n)
        turn ();
      ms = (self->painted - self->before) / 1e6;
      g_array_append_val (times, ms);
    }
  kaf_bench_report (p50, kaf_bench_median (times), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report (p99, kaf_bench_quantile (times, 0.99), 0, "ms", KAF_BENCH_TOLD, 0);
  kaf_bench_report (read, (double) (disk_bytes () - bytes), 0, "bytes", KAF_BENCH_AT_MOST, 0);
}

static gboolean
is_asked (char **parts, const char *part)
{
  return *parts == NULL || g_strv_contains ((const char *const *) parts, part);
}

static void
bench (KafApplication *application, char **parts, guint n_persons, double key_target)
{
  g_autofree char *path = kaf_bench_store (n_persons);
  g_autofree char *number = kaf_bench_number (n_persons);
  g_autoptr (GPtrArray) persons = NULL;
  Bench self = { NULL };

  self.window = KAF_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  self.clock = gtk_widget_get_frame_clock (GTK_WIDGET (self.window));
  g_signal_connect (self.clock, "before-paint", G_CALLBACK (before_paint_cb), &self);
  g_signal_connect (self.clock, "after-paint", G_CALLBACK (after_paint_cb), &self);

  kaf_application_open_store (application, path);
  wait_painted (&self, has_store, "the store");
  kaf_window_show_section (self.window, "expert");
  self.page = KAF_LIST_PAGE (kaf_window_get_page (self.window));
  self.list = kaf_list_page_get_list (self.page);
  wait_painted (&self, has_rows, "the list");
  rest (1000);

  persons = draw_persons (&self);
  if (is_asked (parts, "keys"))
    bench_keys (&self, persons, number, key_target);
  if (is_asked (parts, "records"))
    bench_records (&self, persons, number);
  if (is_asked (parts, "scrolling"))
    bench_scrolling (&self, number);
  g_signal_handlers_disconnect_by_data (self.clock, &self);
}

int
main (int argc, char **argv)
{
  g_autoptr (KafApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  kaf_bench_init ("keys");
  kaf_language_apply ("fr");
  gtk_disable_setlocale ();
  g_timeout_add (2, wake_cb, NULL);
  application = kaf_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_application_register (G_APPLICATION (application), NULL, &error);
  kaf_bench_check (error);
  g_application_activate (G_APPLICATION (application));

  bench (application, argv + 1, 100000, 100);
  if (kaf_bench_is_large ())
    bench (application, argv + 1, 1000000, 150);
  status = kaf_bench_finish ();
  gtk_window_destroy (gtk_application_get_active_window (GTK_APPLICATION (application)));
  return status;
}
