/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a start quick (ui/compat) changes nothing that is seen. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "kaf-display.h"

#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-sidebar-row.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-early-glyphs.h"
#include "ui/compat/kaf-label-width.h"
#include "ui/compat/kaf-tall.h"

#define PICTURE "KAF_TEST_PICTURE" /* where a process puts what it drew */

/* A child that notes what it is asked. */
#define PROBE_MINIMUM 70
#define PROBE_NATURAL 130
#define PROBE_AREA 6000 /* px²: the narrower, the higher */

#define TYPE_PROBE (probe_get_type ())
G_DECLARE_FINAL_TYPE (Probe, probe, TEST, PROBE, GtkWidget)

struct _Probe
{
  GtkWidget parent_instance;

  guint n_heights;
};

G_DEFINE_FINAL_TYPE (Probe, probe, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
probe_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
probe_measure (GtkWidget *widget,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural,
               int *minimum_baseline,
               int *natural_baseline)
{
  Probe *self = TEST_PROBE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PROBE_MINIMUM;
      *natural = PROBE_NATURAL;
      return;
    }
  self->n_heights++;
  *minimum = *natural = PROBE_AREA / (for_size > 0 ? for_size : PROBE_NATURAL);
}

static void
probe_class_init (ProbeClass *klass)
{
  GTK_WIDGET_CLASS (klass)->get_request_mode = probe_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = probe_measure;
}

static void
probe_init (Probe *self)
{
}

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, natural, NULL, NULL);
  return minimum;
}

static GtkWidget *
show (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  KAF_WAIT (gtk_widget_get_width (child) > 0);
  return window;
}

static void
test_tall (void)
{
  Probe *probe = g_object_new (TYPE_PROBE, NULL);
  GtkWidget *tall = kaf_tall_new (GTK_WIDGET (probe));
  GtkWidget *window;
  int natural;

  g_assert_cmpint (measure (tall, GTK_ORIENTATION_HORIZONTAL, -1, &natural), ==, PROBE_MINIMUM);
  g_assert_cmpint (natural, ==, PROBE_NATURAL);
  g_assert_cmpint (measure (tall, GTK_ORIENTATION_VERTICAL, 100, &natural), ==, 0);
  g_assert_cmpint (natural, ==, 0);
  g_assert_true (gtk_widget_get_vexpand (tall));

  window = show (tall, 300, 200);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (probe)), ==, gtk_widget_get_width (tall));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (probe)), ==, gtk_widget_get_height (tall));
  g_assert_cmpint (gtk_widget_get_height (tall), ==, 200);
  /* GTK asks by itself when it gives a widget its place: once, at the width that it has. */
  g_assert_cmpuint (probe->n_heights, <=, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* GTK asks a page in a stack how narrow it may be at the height that is there, and tries widths at which an Arabic word
 * falls apart. */
static void
test_label_width (void)
{
  GtkWidget *label =
      g_object_ref_sink (gtk_label_new ("نقل الكفاءات من مغاربة العالم إلى جهة سوس ماسة"));
  int natural;
  int natural_at_height;
  int least;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  kaf_label_width_start ();
  least = measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &natural);
  for (int height = 10; height < 500; height += 35)
    {
      g_assert_cmpint (measure (label, GTK_ORIENTATION_HORIZONTAL, height, &natural_at_height), ==,
                       least);
      g_assert_cmpint (natural_at_height, ==, natural);
    }
  /* Its height is still that of its width. */
  g_assert_cmpint (measure (label, GTK_ORIENTATION_VERTICAL, least, &natural), >,
                   measure (label, GTK_ORIENTATION_VERTICAL, 10 * least, &natural));
  g_object_unref (label);
}

static void
test_drawn_text (void)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (TYPE_PROBE, NULL));
  KafDrawnText text = { 0 };
  int width;

  g_assert_cmpstr (kaf_drawn_text_get (&text), ==, "");
  g_assert_cmpint (kaf_drawn_text_get_width (&text), ==, 0);
  g_assert_cmpint (kaf_drawn_text_get_baseline (&text), ==, -1);

  kaf_drawn_text_set (&text, widget, "One", KAF_DRAWN_TEXT_PLAIN, 1);
  kaf_drawn_text_set (&text, widget, "One and two", KAF_DRAWN_TEXT_PLAIN, 1);
  g_assert_null (text.layout);
  g_assert_cmpstr (kaf_drawn_text_get (&text), ==, "One and two");
  width = kaf_drawn_text_get_width (&text);
  g_assert_nonnull (text.layout);
  g_assert_cmpstr (kaf_drawn_text_get (&text), ==, "One and two");

  kaf_drawn_text_set (&text, widget, "One", KAF_DRAWN_TEXT_PLAIN, 1);
  g_assert_cmpint (kaf_drawn_text_get_width (&text), <, width);
  kaf_drawn_text_set (&text, widget, "One and two", KAF_DRAWN_TEXT_BOLD, 1);
  g_assert_cmpint (kaf_drawn_text_get_width (&text), >, width);
  /* Wrapped where there is room for no more. */
  kaf_drawn_text_set (&text, widget, "One and two", KAF_DRAWN_TEXT_PLAIN, 2);
  g_assert_cmpint (kaf_drawn_text_get_height (&text, width / 2), >,
                   kaf_drawn_text_get_height (&text, width));
  kaf_drawn_text_set (&text, widget, NULL, KAF_DRAWN_TEXT_PLAIN, 1);
  g_assert_cmpstr (kaf_drawn_text_get (&text), ==, "");
  g_assert_cmpint (kaf_drawn_text_get_height (&text, -1), ==, 0);
  g_object_unref (widget);
}

/* As wide as a label of that style, whose font is known only once it has a window. */
static void
test_drawn_text_font (void)
{
  static const struct
  {
    KafDrawnTextStyle style;
    const char *css_class;
  } styles[] = {
    { KAF_DRAWN_TEXT_PLAIN, "plain" },
    { KAF_DRAWN_TEXT_SMALL, "caption" },
    { KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_BOLD, "caption-heading" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      GtkWidget *label = gtk_label_new ("Networks of experts");
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      KafDrawnText text = { 0 };
      GtkWidget *window;
      int natural;

      gtk_widget_add_css_class (label, styles[i].css_class);
      gtk_box_append (GTK_BOX (box), label);
      kaf_drawn_text_set (&text, box, "Networks of experts", styles[i].style, 1);
      window = show (box, 300, 200);
      measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &natural);
      g_assert_cmpint (kaf_drawn_text_get_width (&text), ==, natural);
      kaf_drawn_text_clear (&text);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static gboolean
is_drawing (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *name = NULL;

      if (g_file_get_contents (path, &name, NULL, NULL) &&
          g_str_equal (g_strchomp (name), "glyphs"))
        return TRUE;
    }
  return FALSE;
}

/* Texts of a first page, in the fonts that are drawn early. */
static GtkWidget *
make_texts (void)
{
  static const char *const classes[] = { "plain", "caption", "caption-heading", "heading",
                                         "title-2" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      GtkWidget *label =
          gtk_label_new ("Réseaux d’experts : 12 %, Kafaat \330\247\331\204\331\203\331\201");

      gtk_widget_add_css_class (label, classes[i]);
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

static void
draw_picture (gboolean early)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GtkWidget *window;

  if (early)
    {
      kaf_early_glyphs_start (FALSE);
      KAF_WAIT (!is_drawing ());
    }
  window = show (make_texts (), 500, 300);
  paintable = gtk_widget_paintable_new (gtk_window_get_child (GTK_WINDOW (window)));
  KAF_WAIT (gdk_paintable_get_intrinsic_width (paintable) > 0);
  gdk_paintable_snapshot (paintable, snapshot, 500, 300);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, g_getenv (PICTURE)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_plain_picture (void)
{
  if (g_test_subprocess ())
    draw_picture (FALSE);
}

static void
test_early_picture (void)
{
  if (g_test_subprocess ())
    draw_picture (TRUE);
}

/* Letters are kept for a whole program: each picture is of a process of its own. */
static void
test_early_glyphs (void)
{
  static const char *const names[] = { "plain", "early" };
  char *contents[2] = { NULL };
  gsize sizes[2];

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = kaf_display_path (names[i]);
      g_autofree char *test = g_strdup_printf ("/start/early-glyphs/subprocess/%s", names[i]);

      g_setenv (PICTURE, path, TRUE);
      g_test_trap_subprocess (test, 0, 0);
      g_test_trap_assert_passed ();
      g_assert_true (g_file_get_contents (path, &contents[i], &sizes[i], NULL));
    }
  g_assert_cmpmem (contents[0], sizes[0], contents[1], sizes[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (contents[i]);
}

static void
check_borders (GskRenderNode *node, guint *n)
{
  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_BORDER_NODE:
      {
        const GdkRGBA *colors = gsk_border_node_get_colors (node);

        for (guint i = 1; i < 4; i++)
          g_assert_true (gdk_rgba_equal (&colors[0], &colors[i]));
        (*n)++;
        break;
      }
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        check_borders (gsk_container_node_get_child (node, i), n);
      break;
    case GSK_TRANSFORM_NODE:
      check_borders (gsk_transform_node_get_child (node), n);
      break;
    case GSK_CLIP_NODE:
      check_borders (gsk_clip_node_get_child (node), n);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      check_borders (gsk_rounded_clip_node_get_child (node), n);
      break;
    case GSK_OPACITY_NODE:
      check_borders (gsk_opacity_node_get_child (node), n);
      break;
    default:
      break;
    }
}

/* GTK draws a border of several colours as a mesh. */
static void
test_borders (void)
{
  KafWindow *window = kaf_display_open ("borders.db");
  g_autofree char *id =
      kaf_display_add_expert (kaf_window_get_store (window), "Alami", "Nora", NULL, NULL);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guint n = 0;

  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "Nora"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (GTK_WIDGET (window)),
                          gtk_widget_get_height (GTK_WIDGET (window)));
  node = gtk_snapshot_free_to_node (snapshot);
  check_borders (node, &n);
  g_assert_cmpuint (n, >=, 3);
}

static gpointer
do_nothing (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return g_strdup ("");
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autofree char *text = kaf_store_run_finish (KAF_STORE (source), result, NULL);

  *(gboolean *) done = text != NULL;
}

/* A page as a window of that height begins with it, not shown yet. */
static KafHomePage *
fill_home (KafStore *store, int height)
{
  GtkWidget *window = gtk_window_new ();
  KafHomePage *page = KAF_HOME_PAGE (kaf_home_page_new (NULL));

  gtk_window_set_default_size (GTK_WINDOW (window), 900, height);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  kaf_home_page_set_store (page, store);
  KAF_WAIT (kaf_home_page_is_filled (page));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "3 experts never confirmed"));
  return page;
}

/* What the first frame cannot show comes after it. */
static void
test_out_of_sight (void)
{
  static const char *const names[] = { "Alami", "Berrada", "Chraibi" };
  KafWindow *window = kaf_display_open ("sight.db");
  KafStore *store = kaf_window_get_store (window);
  KafHomePage *page;
  gboolean done = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (kaf_display_add_expert (store, names[i], "Nora", NULL, NULL));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (window), "3 experts never confirmed") &&
            kaf_home_page_is_settled (KAF_HOME_PAGE (kaf_window_get_page (window))));
  /* What was counted has been kept by then. */
  kaf_store_run_async (store, KAF_LANE_WRITE, do_nothing, NULL, NULL, g_free, NULL, on_done, &done);
  KAF_WAIT (done);

  page = fill_home (store, 2000);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Names in both scripts"));
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));

  page = fill_home (store, 300);
  g_assert_false (kaf_display_shows (GTK_WIDGET (page), "Names in both scripts"));
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page), "Names in both scripts"));
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
}

static void
test_sidebar_row (void)
{
  GtkWidget *row = g_object_ref_sink (kaf_sidebar_row_new ("go-home-symbolic", "Experts"));
  int least;
  int narrow;
  int wide;

  least = measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &narrow);
  g_assert_true (kaf_display_shows (row, "Experts"));
  g_assert_cmpint (least, <=, narrow);
  kaf_sidebar_row_set_count (KAF_SIDEBAR_ROW (row), "12 345");
  g_assert_true (kaf_display_shows (row, "Experts, 12 345"));
  measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &wide);
  g_assert_cmpint (wide, >, narrow);
  kaf_sidebar_row_set_count (KAF_SIDEBAR_ROW (row), NULL);
  g_assert_false (kaf_display_shows (row, "12 345"));
  measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &wide);
  g_assert_cmpint (wide, ==, narrow);
  g_object_unref (row);
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  adw_init ();
  g_test_add_func ("/start/tall", test_tall);
  g_test_add_func ("/start/label-width", test_label_width);
  g_test_add_func ("/start/drawn-text", test_drawn_text);
  g_test_add_func ("/start/drawn-text-font", test_drawn_text_font);
  g_test_add_func ("/start/early-glyphs", test_early_glyphs);
  g_test_add_func ("/start/early-glyphs/subprocess/plain", test_plain_picture);
  g_test_add_func ("/start/early-glyphs/subprocess/early", test_early_picture);
  g_test_add_func ("/start/borders", test_borders);
  g_test_add_func ("/start/out-of-sight", test_out_of_sight);
  g_test_add_func ("/start/sidebar-row", test_sidebar_row);
  return kaf_display_finish (g_test_run ());
}
