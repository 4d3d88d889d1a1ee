/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/import/kaf-import-source.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "exchange/kaf-charset.h"
#include "exchange/kaf-origin-guess.h"
#include "schema/kaf-registry.h"

/* Of the table, in sight: enough to see a wrong encoding. */
#define ROWS_SHOWN 6
#define COLUMNS_SHOWN 6

struct _KafImportSource
{
  AdwBin parent_instance;

  GFile *file;
  gboolean filling; /* rows are set to what was found: nothing was chosen */
  gboolean
      told_origin; /* a person said what kind of source it is, now or when such a list came before */

  GtkWidget *entity_row, *file_row;
  GtkWidget *reading; /* group of what follows */
  GtkWidget *encoding_row, *separator_row, *sheet_row;
  GtkWidget *told; /* group */
  GtkWidget *source_row, *origin_row, *confidence_row;
  GtkWidget *sample, *grid, *problem;
};

enum
{
  REOPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafImportSource, kaf_import_source, ADW_TYPE_BIN)

static const char *const importable[] = { "expert", "person", "organisation", "network" };
static const char separators[] = { ',', ';', '\t', '|' };

static void
kaf_import_source_dispose (GObject *object)
{
  KafImportSource *self = KAF_IMPORT_SOURCE (object);
  GtkWidget *rows[] = { self->entity_row, self->encoding_row, self->separator_row,
                        self->sheet_row,  self->source_row,   self->origin_row };

  for (guint i = 0; self->file_row != NULL && i < G_N_ELEMENTS (rows); i++)
    g_signal_handlers_disconnect_by_data (rows[i], self);
  self->file_row = NULL;
  g_clear_object (&self->file);
  G_OBJECT_CLASS (kaf_import_source_parent_class)->dispose (object);
}

static gboolean
kaf_import_source_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (KAF_IMPORT_SOURCE (widget)->file_row);
}

static void
kaf_import_source_class_init (KafImportSourceClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = kaf_import_source_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = kaf_import_source_dispose;
  signals[REOPEN] = g_signal_new ("reopen", KAF_TYPE_IMPORT_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_changed (KafImportSource *self)
{
  if (!self->filling && self->file != NULL)
    g_signal_emit (self, signals[REOPEN], 0);
}

static guint find_choice (const char *field_id, const char *code);

/* The kind follows from the name, until a person says it. */
static void
propose_origin (KafImportSource *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->source_row));
  g_autofree char *base = self->file != NULL ? g_file_get_basename (self->file) : NULL;
  gboolean filling = self->filling;

  if (self->told_origin)
    return;
  self->filling = TRUE;
  adw_combo_row_set_selected (
      ADW_COMBO_ROW (self->origin_row),
      find_choice ("origin", kaf_origin_guess (*typed != '\0' ? typed : base)));
  self->filling = filling;
}

static void
on_origin (KafImportSource *self)
{
  gboolean told = adw_combo_row_get_selected (ADW_COMBO_ROW (self->origin_row)) > 0;

  self->told_origin |= !self->filling;
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (self->origin_row),
      told ? "" : _ ("Without it, the list replaces nothing that was typed here"));
}

/* ---- Rows ---- */

static GtkWidget *
add_combo (KafImportSource *self, GtkWidget *group, const char *title, gboolean reopens)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  if (reopens)
    g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_changed), self);
  return row;
}

static GtkStringList *
get_names (GtkWidget *row)
{
  return GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (row)));
}

/* The choices of a field of claims, under "not told". */
static GtkWidget *
add_choices (KafImportSource *self, const char *field_id)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("source_claim"), field_id);
  GtkWidget *row = add_combo (self, self->told, g_dgettext (GETTEXT_PACKAGE, field->label), FALSE);

  gtk_string_list_append (get_names (row), _ ("Not told"));
  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    gtk_string_list_append (get_names (row), g_dgettext (GETTEXT_PACKAGE, choice->label));
  return row;
}

static GtkWidget *
make_file_group (KafImportSource *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose…"));

  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("A list of another office: CSV, Excel, OpenDocument or vCard. Nothing is written before you "
         "see what it would do."));
  self->entity_row = add_combo (self, group, _ ("Each line is"), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (importable); i++)
    gtk_string_list_append (
        get_names (self->entity_row),
        g_dgettext (GETTEXT_PACKAGE, kaf_registry_find (importable[i])->plural));
  self->file_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), C_ ("on a disk", "File"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), _ ("None chosen"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.choose");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a File to Import"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->file_row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->file_row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->file_row);
  return group;
}

static void
make_reading (KafImportSource *self)
{
  self->reading = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->reading),
                                   _ ("How the File Is Read"));
  self->encoding_row = add_combo (self, self->reading, _ ("Encoding"), TRUE);
  self->separator_row = add_combo (self, self->reading, _ ("Separator"), TRUE);
  self->sheet_row = add_combo (self, self->reading, _ ("Sheet"), TRUE);
  for (const char *const *name = kaf_charset_names (); *name != NULL; name++)
    gtk_string_list_append (get_names (self->encoding_row), *name);
  gtk_string_list_append (get_names (self->separator_row), _ ("Comma"));
  gtk_string_list_append (get_names (self->separator_row), _ ("Semicolon"));
  gtk_string_list_append (get_names (self->separator_row), _ ("Tab"));
  gtk_string_list_append (get_names (self->separator_row), _ ("Vertical bar"));
}

static void
make_told (KafImportSource *self)
{
  self->told = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->told), _ ("Who Says It"));
  self->source_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->source_row),
                                 _ ("Source, as it will be named beside each value"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->told), self->source_row);
  self->origin_row = add_choices (self, "origin");
  g_signal_connect_swapped (self->source_row, "changed", G_CALLBACK (propose_origin), self);
  g_signal_connect_swapped (self->origin_row, "notify::selected", G_CALLBACK (on_origin), self);
  self->confidence_row = add_choices (self, "confidence");
}

static void
make_sample (KafImportSource *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->sample = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->sample), _ ("First Rows"));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->grid);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->sample), scrolled);
}

static void
kaf_import_source_init (KafImportSource *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_box_append (GTK_BOX (box), make_file_group (self));
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  make_told (self);
  make_reading (self);
  make_sample (self);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->told);
  gtk_box_append (GTK_BOX (box), self->reading);
  gtk_box_append (GTK_BOX (box), self->sample);
  gtk_widget_add_css_class (box, "kaf-page");
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  kaf_import_source_show (self, NULL, NULL);
}

GtkWidget *
kaf_import_source_new (const KafEntity *entity)
{
  KafImportSource *self = g_object_new (KAF_TYPE_IMPORT_SOURCE, NULL);

  for (guint i = 0; entity != NULL && i < G_N_ELEMENTS (importable); i++)
    if (g_str_equal (importable[i], entity->id))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->entity_row), i);
  return GTK_WIDGET (self);
}

/* ---- What was found ---- */

void
kaf_import_source_set_file (KafImportSource *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = kaf_bidi_isolate (base);
  g_autofree char *escaped = g_markup_escape_text (name, -1);

  g_set_object (&self->file, file);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), escaped);
  /* What was chosen for the file before is not for this one. */
  self->told_origin = FALSE;
  gtk_widget_set_visible (self->reading, FALSE);
  on_changed (self);
}

KafImportOpening *
kaf_import_source_get_opening (KafImportSource *self)
{
  guint entity = adw_combo_row_get_selected (ADW_COMBO_ROW (self->entity_row));
  guint encoding = adw_combo_row_get_selected (ADW_COMBO_ROW (self->encoding_row));
  guint separator = adw_combo_row_get_selected (ADW_COMBO_ROW (self->separator_row));
  gboolean seen = gtk_widget_get_visible (self->reading);
  KafImportOpening *opening;

  if (self->file == NULL)
    return NULL;
  opening = g_new0 (KafImportOpening, 1);
  opening->file = g_object_ref (self->file);
  opening->entity = kaf_registry_find (importable[MIN (entity, G_N_ELEMENTS (importable) - 1)]);
  opening->sheet = -1;
  if (seen && gtk_widget_get_visible (self->encoding_row))
    {
      opening->encoding = g_strdup (kaf_charset_names ()[encoding]);
      opening->separator = separators[MIN (separator, G_N_ELEMENTS (separators) - 1)];
    }
  if (seen && gtk_widget_get_visible (self->sheet_row))
    opening->sheet = (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->sheet_row));
  return opening;
}

static void
show_reading (KafImportSource *self, const KafTableReader *reader)
{
  const char *encoding = kaf_table_reader_get_encoding (reader);
  char separator = kaf_table_reader_get_separator (reader);
  guint n_sheets = kaf_table_reader_get_n_sheets (reader);
  g_autoptr (GtkStringList) sheets = gtk_string_list_new (NULL);

  for (guint i = 0; encoding != NULL && kaf_charset_names ()[i] != NULL; i++)
    if (g_str_equal (kaf_charset_names ()[i], encoding))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->encoding_row), i);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i] == separator)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->separator_row), i);
  for (guint i = 0; i < n_sheets; i++)
    gtk_string_list_append (sheets, kaf_table_reader_get_sheet (reader, i)->name);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->sheet_row), G_LIST_MODEL (sheets));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->sheet_row),
                              kaf_table_reader_get_chosen (reader));
  gtk_widget_set_visible (self->encoding_row, separator != 0);
  gtk_widget_set_visible (self->separator_row, separator != 0);
  gtk_widget_set_visible (self->sheet_row, n_sheets > 1);
  gtk_widget_set_visible (self->reading, separator != 0 || n_sheets > 1);
}

static void
show_rows (KafImportSource *self, const GPtrArray *rows, gboolean header)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  for (guint i = 0; i < MIN (rows->len, ROWS_SHOWN); i++)
    {
      const KafTablePeek *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < MIN (row->n_cells, COLUMNS_SHOWN); j++)
        {
          GtkWidget *label = gtk_label_new (row->cells[j].text);

          gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
          gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
          gtk_label_set_xalign (GTK_LABEL (label), 0);
          if (i == 0 && header)
            gtk_widget_add_css_class (label, "heading");
          gtk_grid_attach (GTK_GRID (self->grid), label, (int) j, (int) i, 1, 1);
        }
    }
}

static guint
find_choice (const char *field_id, const char *code)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("source_claim"), field_id);

  for (guint i = 0; code != NULL && field->choices[i].code != NULL; i++)
    if (g_str_equal (field->choices[i].code, code))
      return i + 1;
  return 0;
}

/* A source that is remembered fills what nobody has typed yet. */
static void
show_told (KafImportSource *self, const KafImportMap *map, gboolean recalled)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->source_row));

  if (*typed != '\0')
    return;
  if (map->source != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->source_row), map->source);
  if (recalled && !self->told_origin)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->origin_row),
                                find_choice ("origin", map->origin));
  self->told_origin |= recalled;
  propose_origin (self);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->confidence_row),
                              find_choice ("confidence", map->confidence));
}

void
kaf_import_source_show (KafImportSource *self, const KafImportOpened *opened, const char *problem)
{
  self->filling = TRUE;
  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_widget_set_visible (self->told, opened != NULL);
  gtk_widget_set_visible (self->sample, opened != NULL);
  if (opened != NULL)
    {
      show_reading (self, opened->reader);
      show_rows (self, opened->rows, opened->map->has_header);
      show_told (self, opened->map, opened->recalled);
    }
  else if (problem == NULL)
    gtk_widget_set_visible (self->reading, FALSE);
  self->filling = FALSE;
}

static const char *
get_choice (GtkWidget *row, const char *field_id)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("source_claim"), field_id);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? field->choices[selected - 1].code
                                                               : NULL;
}

void
kaf_import_source_fill (KafImportSource *self, KafImportMap *map)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->source_row));
  g_autofree char *source = g_strstrip (g_strdup (typed));

  if (*source != '\0')
    kaf_import_map_set_text (&map->source, source);
  else if (map->source == NULL)
    map->source = g_file_get_basename (self->file);
  kaf_import_map_set_text (&map->origin, get_choice (self->origin_row, "origin"));
  kaf_import_map_set_text (&map->confidence, get_choice (self->confidence_row, "confidence"));
}

gboolean
kaf_import_source_may (KafStore *store)
{
  for (guint i = 0; i < G_N_ELEMENTS (importable); i++)
    if (kaf_store_may_write (store, kaf_registry_find (importable[i])))
      return TRUE;
  return FALSE;
}
