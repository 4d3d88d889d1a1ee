/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks whose language is not that of the interface, and such as nobody waits for any more. */
#include "config.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "exchange/kaf-sample.h"
#include "kaf-fixture.h"
#include "kaf-report-fixture.h"
#include "report/kaf-document.h"
#include "report/kaf-list-file.h"
#include "report/kaf-query-columns.h"
#include "report/kaf-workbook.h"
#include "schema/kaf-registry.h"

/* Enough for rows to be read on one thread and written on another, and for a list to be a large one. */
#define PERSONS 6000
#define REASON "A test of workbooks"

static KafFixture *
fixture_with_sample (guint persons)
{
  KafFixture *fixture = kaf_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (kaf_sample_load (fixture->db, persons, 7, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return fixture;
}

/* What gettext() found before is looked for again once the locale was another. */
static void
speak (KafLang lang)
{
  g_setenv ("LANGUAGE", kaf_lang_code (lang), TRUE);
  setlocale (LC_MESSAGES, "C");
  setlocale (LC_MESSAGES, "C.UTF-8");
}

static GFile *
file_in (KafFixture *fixture, const char *name)
{
  return g_file_new_build_filename (fixture->folder, name, NULL);
}

static GBytes *
make (KafFixture *fixture, const KafWorkbook *workbook, KafLang lang, KafLang spoken)
{
  const KafWorkbookOptions options = { .lang = lang };
  g_autoptr (GFile) file = file_in (fixture, "book.xlsx");
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length;

  speak (spoken);
  g_assert_true (kaf_workbook_make (fixture->db, workbook, file, &options, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_load_contents (file, NULL, &content, &length, NULL, NULL));
  return g_bytes_new_take (content, length);
}

/* To the last byte the same, whatever the interface speaks; and another in another language. */
static void
test_language (void)
{
  g_autoptr (KafFixture) fixture = fixture_with_sample (0);
  guint n;
  const KafWorkbook *const *all = kaf_workbooks (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) french = make (fixture, all[i], KAF_LANG_FR, KAF_LANG_FR);
      g_autoptr (GBytes) arabic = make (fixture, all[i], KAF_LANG_AR, KAF_LANG_AR);
      g_autoptr (GBytes) french_too = make (fixture, all[i], KAF_LANG_FR, KAF_LANG_AR);
      g_autoptr (GBytes) arabic_too = make (fixture, all[i], KAF_LANG_AR, KAF_LANG_FR);

      g_test_message ("%s", all[i]->name);
      g_assert_false (g_bytes_equal (french, arabic));
      g_assert_true (g_bytes_equal (french, french_too));
      g_assert_true (g_bytes_equal (arabic, arabic_too));
    }
  speak (KAF_LANG_EN);
}

typedef struct
{
  GCancellable *cancellable;
  gint64 after; /* rows */
} Impatience;

static void
on_progress (gint64 done, gint64 total, gpointer data)
{
  Impatience *self = data;

  if (done >= self->after)
    g_cancellable_cancel (self->cancellable);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_kept (KafFixture *fixture, GFile *file, guint n_files, guint n_open)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_load_contents (file, NULL, &content, NULL, NULL, NULL));
  g_assert_cmpstr (content, ==, "kept");
  g_assert_cmpuint (count_files (fixture->folder), ==, n_files);
  /* What libxlsxwriter wrote rows to has no name, and lies there as long as it is open. */
  g_assert_cmpuint (count_files ("/proc/self/fd"), ==, n_open);
}

/* Turned away from in the middle of the rows: neither a file nor a scrap of one is left, and what was there stays. */
static void
test_cancel (void)
{
  g_autoptr (KafFixture) fixture = fixture_with_sample (PERSONS);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (GFile) file = file_in (fixture, "kept.xlsx");
  guint n_files, n_open;

  g_assert_true (g_file_replace_contents (file, "kept", 4, NULL, FALSE, 0, NULL, NULL, NULL));
  n_files = count_files (fixture->folder);
  n_open = count_files ("/proc/self/fd");
  for (gint64 after = 0; after <= 4000; after += 2000)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GCancellable) of_list = g_cancellable_new ();
      Impatience impatience = { cancellable, after };
      Impatience with_list = { of_list, after };
      const KafWorkbookOptions book = {
        .lang = KAF_LANG_FR, .reason = REASON, .progress = on_progress, .progress_data = &impatience
      };
      const KafListFileOptions list = {
        .lang = KAF_LANG_FR, .reason = REASON, .progress = on_progress, .progress_data = &with_list
      };
      g_autoptr (GError) error = NULL;

      if (after == 0)
        g_cancellable_cancel (cancellable);
      g_assert_false (kaf_workbook_make (fixture->db, kaf_workbook_find ("experts"), file, &book,
                                         cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      assert_kept (fixture, file, n_files, n_open);
      g_assert_false (kaf_list_file_write (fixture->db, query, file, KAF_LIST_FILE_XLSX, &list,
                                           of_list, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_kept (fixture, file, n_files, n_open);
    }
}

/* @data: GArray of guint32, what was taken. */
static gboolean
take_row (const KafRow *row,
          G_GNUC_UNUSED const KafQueryColumns *columns,
          gpointer data,
          G_GNUC_UNUSED GError **error)
{
  g_array_append_val ((GArray *) data, row->rid);
  return TRUE;
}

/* Read in lots of which each is larger than the one before: every row comes once, in the order of the query. */
static void
test_rows (void)
{
  static const char *const paths[] = { "title", NULL };
  g_autoptr (KafFixture) fixture = fixture_with_sample (PERSONS);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQueryColumns) columns =
      kaf_query_columns_new_list (fixture->db, kaf_query_get_entity (query), paths, KAF_LANG_FR);
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) places = kaf_page_places (fixture->db, query, &error);

  g_assert_true (kaf_query_columns_read (columns, fixture->db, query, KAF_LANG_FR, take_row, taken,
                                         NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (places->len, >=, PERSONS);
  g_assert_cmpmem (taken->data, taken->len * sizeof (guint32), places->data,
                   places->len * sizeof (guint32));
}

/* On paper too, what is no field, as the availability of a person, has the head that it has on the screen. */
static void
test_heads_on_paper (void)
{
  static const char *const paths[] = { "title", "availability", "membership.network", NULL };
  g_autoptr (KafFixture) fixture = fixture_with_sample (0);
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const KafSubject subject = { .query = query, .columns = paths };
  const KafDocumentOptions options = { .langs = KAF_PAPER_FR };
  g_autoptr (GError) error = NULL;
  g_autoptr (KafPages) pages =
      kaf_document_make (fixture->db, kaf_document_find ("list"), &subject, &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kaf_report_find (pages, "Disponibilité"), ==, 0);
  g_assert_cmpuint (kaf_report_find (pages, "Réseau"), ==, 0);
}

/* Nothing is made of what the role is never told: it would say "none". */
static void
test_untold (void)
{
  static const struct
  {
    const char *name;
    gboolean document;
    gboolean partner, officer;
  } cases[] = {
    { "budget", FALSE, FALSE, TRUE },          { "evaluation", FALSE, FALSE, TRUE },
    { "project-holders", FALSE, FALSE, TRUE }, { "committee", FALSE, FALSE, TRUE },
    { "missions", FALSE, TRUE, TRUE },         { "experts", FALSE, TRUE, TRUE },
    { "mission-file", TRUE, FALSE, TRUE },     { "handover-receipt", TRUE, FALSE, TRUE },
    { "mission-sheet", TRUE, TRUE, TRUE },     { "attestation", TRUE, TRUE, TRUE },
  };
  const KafRole *roles[] = { kaf_role_find ("partner"), kaf_role_find ("regional-officer") };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (roles); j++)
      {
        gboolean told = j == 0 ? cases[i].partner : cases[i].officer;

        g_test_message ("%s, %s", cases[i].name, roles[j]->id);
        g_assert_true (
            (cases[i].document
                 ? kaf_document_find_untold (kaf_document_find (cases[i].name), roles[j]) == NULL
                 : kaf_workbook_allows (kaf_workbook_find (cases[i].name), roles[j])) == told);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("KAF_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/workbook/language", test_language);
  g_test_add_func ("/workbook/cancel", test_cancel);
  g_test_add_func ("/workbook/rows", test_rows);
  g_test_add_func ("/workbook/heads-on-paper", test_heads_on_paper);
  g_test_add_func ("/workbook/untold", test_untold);
  return g_test_run ();
}
