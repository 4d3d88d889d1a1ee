/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/import/kaf-import-columns.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "store/kaf-read.h"
#include "ui/app/kaf-application.h"

#define SAMPLES 3

struct _KafImportColumns
{
  AdwBin parent_instance;

  KafImportMap *map; /* borrowed */
  GArray *targets;   /* KafImportTarget */
  GPtrArray *questions;
  GtkWidget *box;
  GtkWidget *columns, *words; /* groups; NULL until they are shown */
};

G_DEFINE_FINAL_TYPE (KafImportColumns, kaf_import_columns, ADW_TYPE_BIN)

void
kaf_import_question_free (gpointer data)
{
  KafImportQuestion *question = data;

  g_free (question->text);
  g_ptr_array_unref (question->codes);
  g_free (question);
}

static void
kaf_import_columns_finalize (GObject *object)
{
  KafImportColumns *self = KAF_IMPORT_COLUMNS (object);

  g_clear_pointer (&self->targets, g_array_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_import_columns_parent_class)->finalize (object);
}

static void
kaf_import_columns_class_init (KafImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_import_columns_finalize;
}

static void
kaf_import_columns_init (KafImportColumns *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "kaf-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

GtkWidget *
kaf_import_columns_new (void)
{
  return g_object_new (KAF_TYPE_IMPORT_COLUMNS, NULL);
}

/* A row that chooses one of @names, found by typing. */
static GtkWidget *
make_combo (const char *title, const char *subtitle, GtkStringList *names, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *escaped = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (escaped != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

/* ---- Columns ---- */

static void
on_target (GtkWidget *row, GParamSpec *pspec, KafImportColumns *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "column"));
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  const char *target = selected > 0 && selected <= self->targets->len
                           ? g_array_index (self->targets, KafImportTarget, selected - 1).id
                           : KAF_IMPORT_TARGET_SKIP;

  kaf_import_map_set_target (self->map, column, target, NULL);
}

/* What stands in the first cells that hold something. */
static char *
make_samples (const KafImportMap *map, const GPtrArray *rows, guint column)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = map->has_header; i < rows->len && n < SAMPLES; i++)
    {
      const KafTablePeek *row = g_ptr_array_index (rows, i);
      const char *value = column < row->n_cells ? row->cells[column].text : "";
      g_autofree char *isolated = kaf_bidi_isolate (value);

      if (*value == '\0')
        continue;
      g_string_append_printf (text, "%s%s", n > 0 ? " · " : "", isolated);
      n++;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
find_target (const KafImportColumns *self, guint column)
{
  const char *target = kaf_import_map_get_target (self->map, column);

  for (guint i = 0; i < self->targets->len; i++)
    if (g_str_equal (g_array_index (self->targets, KafImportTarget, i).id, target))
      return i + 1;
  return 0;
}

static GtkWidget *
make_column (KafImportColumns *self, guint column, const GPtrArray *rows, GtkStringList *names)
{
  const char *header = kaf_import_map_get (self->map, column)->header;
  g_autofree char *number = kaf_number_format (column + 1, kaf_application_get_lang ());
  g_autofree char *title =
      *header != '\0' ? kaf_bidi_isolate (header) : g_strdup_printf (_ ("Column %s"), number);
  g_autofree char *samples = make_samples (self->map, rows, column);
  GtkWidget *row = make_combo (title, samples, names, find_target (self, column));

  g_object_set_data (G_OBJECT (row), "column", GUINT_TO_POINTER (column));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_target), self, 0);
  return row;
}

static void
on_date_order (GtkWidget *row, GParamSpec *pspec, KafImportColumns *self)
{
  self->map->month_first = adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == 1;
}

/* Where the table does not tell how its dates are to be read. */
static GtkWidget *
make_date_order (KafImportColumns *self)
{
  g_autoptr (GtkStringList) orders = gtk_string_list_new (NULL);
  GtkWidget *row;

  gtk_string_list_append (orders, _ ("The day first: 31/12/1980"));
  gtk_string_list_append (orders, _ ("The month first: 12/31/1980"));
  row = make_combo (_ ("Dates in numbers"), _ ("The first rows can be read either way."), orders,
                    self->map->month_first);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_date_order), self, 0);
  return row;
}

static void
replace_group (KafImportColumns *self, GtkWidget **group, const char *title, const char *text)
{
  if (*group != NULL)
    gtk_box_remove (GTK_BOX (self->box), *group);
  *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (*group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (*group), text);
}

void
kaf_import_columns_show (KafImportColumns *self, KafImportMap *map, const GPtrArray *rows)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->map = map;
  g_clear_pointer (&self->targets, g_array_unref);
  self->targets = kaf_import_map_list_targets (map->entity);
  gtk_string_list_append (names, _ ("Not read"));
  for (guint i = 0; i < self->targets->len; i++)
    gtk_string_list_append (
        names,
        g_dgettext (GETTEXT_PACKAGE, g_array_index (self->targets, KafImportTarget, i).label));
  if (self->words != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->words);
  self->words = NULL;
  replace_group (self, &self->columns, _ ("Columns"),
                 _ ("What each column of the table holds. It is remembered for this source."));
  for (guint i = 0; i < map->columns->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->columns),
                               make_column (self, i, rows, names));
  if (kaf_import_map_read_dates (map, rows) == KAF_IMPORT_EITHER_FIRST)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->columns), make_date_order (self));
  gtk_box_append (GTK_BOX (self->box), self->columns);
}

/* ---- Words ---- */

static void
on_word (GtkWidget *row, GParamSpec *pspec, KafImportColumns *self)
{
  const KafImportQuestion *question = g_object_get_data (G_OBJECT (row), "question");
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  const char *code =
      selected == 0 ? NULL
      : selected == 1
          ? ""
          : ((const KafListItem *) g_ptr_array_index (question->codes, selected - 2))->code;

  kaf_import_map_translate (self->map, question->column, question->text, code);
}

static GtkWidget *
make_question (KafImportColumns *self, const KafImportQuestion *question)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *number = kaf_number_format (question->n, kaf_application_get_lang ());
  g_autofree char *rows = g_strdup_printf (ngettext ("%s row", "%s rows", question->n), number);
  g_autofree char *header =
      kaf_bidi_isolate (kaf_import_map_get (self->map, question->column)->header);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", header, rows);
  g_autofree char *title = kaf_bidi_isolate (question->text);
  GtkWidget *row;

  gtk_string_list_append (names, _ ("To be told"));
  gtk_string_list_append (names, _ ("Left out"));
  for (guint i = 0; i < question->codes->len; i++)
    {
      const KafListItem *item = g_ptr_array_index (question->codes, i);

      gtk_string_list_append (names, item->title != NULL ? item->title : item->code);
    }
  row = make_combo (title, subtitle, names, 0);
  g_object_set_data (G_OBJECT (row), "question", (gpointer) question);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_word), self, 0);
  return row;
}

void
kaf_import_columns_ask (KafImportColumns *self, GPtrArray *questions)
{
  replace_group (
      self, &self->words, _ ("Words of no list"),
      _ ("Say once what each stands for. Rows with a word that is not told are refused."));
  for (guint i = 0; i < questions->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->words),
                               make_question (self, g_ptr_array_index (questions, i)));
  gtk_box_prepend (GTK_BOX (self->box), self->words);
  /* The rows of the group before looked at those of before. */
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  self->questions = questions;
}
