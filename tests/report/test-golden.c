/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mission file of the sample data as a picture, against one that was looked at. Fonts differ a little between
 * builds of their library: so much is let pass. test-golden --remake writes them anew. */
#include "config.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <string.h>

#include "base/kaf-id.h"
#include "exchange/kaf-sample.h"
#include "kaf-fixture.h"
#include "report/kaf-document.h"
#include "schema/kaf-registry.h"

#define DOTS_AN_INCH 50
#define PAGES 2
/* Mean difference of a dot, of 255. A word moved by a line differs by more; other smoothing by less. */
#define MOST 1.5

static gboolean remake;

static cairo_surface_t *
draw (KafPages *pages, guint n)
{
  double width, height;
  double scale = DOTS_AN_INCH / 72.0;
  cairo_surface_t *surface;
  cairo_t *cr;

  kaf_pages_size (pages, n, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * scale),
                                        (int) (height * scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  kaf_pages_draw (pages, n, cr);
  cairo_destroy (cr);
  return surface;
}

static double
compare (cairo_surface_t *one, cairo_surface_t *two)
{
  int width = cairo_image_surface_get_width (one);
  int height = cairo_image_surface_get_height (one);
  guint64 sum = 0;

  g_assert_cmpint (width, ==, cairo_image_surface_get_width (two));
  g_assert_cmpint (height, ==, cairo_image_surface_get_height (two));
  cairo_surface_flush (one);
  for (int y = 0; y < height; y++)
    {
      const guint8 *a =
          cairo_image_surface_get_data (one) + y * cairo_image_surface_get_stride (one);
      const guint8 *b =
          cairo_image_surface_get_data (two) + y * cairo_image_surface_get_stride (two);

      for (int x = 0; x < width; x++)
        sum += (guint64) ABS ((int) a[x * 4 + 1] - (int) b[x * 4 + 1]);
    }
  return (double) sum / width / height;
}

static KafPages *
make (KafFixture *fixture, KafPaperLangs langs)
{
  g_autofree char *id = kaf_id_from_content ("sample", "mission", "mission-exemple-urgence", NULL);
  const KafSubject subject = { .entity = kaf_registry_find ("mission"), .id = id };
  const KafDocumentOptions options = { .langs = langs };
  g_autoptr (GError) error = NULL;
  KafPages *pages = kaf_document_make (fixture->db, kaf_document_find ("mission-file"), &subject,
                                       &options, NULL, &error);

  g_assert_no_error (error);
  return pages;
}

static void
check_page (KafPages *pages, guint n, const char *lang)
{
  g_autofree char *name = g_strdup_printf ("mission-file-%s-%u.png", lang, n + 1);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  cairo_surface_t *drawn = draw (pages, n);
  cairo_surface_t *golden;

  if (remake)
    g_assert_cmpint (cairo_surface_write_to_png (drawn, path), ==, CAIRO_STATUS_SUCCESS);
  golden = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (golden), ==, CAIRO_STATUS_SUCCESS);
  g_test_message ("%s differs by %.2f", name, compare (drawn, golden));
  g_assert_cmpfloat (compare (drawn, golden), <, MOST);
  cairo_surface_destroy (golden);
  cairo_surface_destroy (drawn);
}

static void
test_golden (void)
{
  g_autoptr (KafFixture) fixture = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_sample_load (fixture->db, 0, 7, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      static const KafPaperLangs langs[] = { KAF_PAPER_FR, KAF_PAPER_AR, KAF_PAPER_BOTH };
      static const char *const names[] = { "fr", "ar", "both" };
      g_autoptr (KafPages) pages = make (fixture, langs[i]);

      g_assert_true (kaf_pages_is_sample (pages));
      for (guint n = 0; n < PAGES; n++)
        check_page (pages, n, names[i]);
    }
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    remake |= strcmp (argv[i], "--remake") == 0;
  if (remake)
    argc = 1;
  g_test_init (&argc, &argv, NULL);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("KAF_LOCALEDIR"));
  g_test_add_func ("/golden/mission-file", test_golden);
  return g_test_run ();
}
