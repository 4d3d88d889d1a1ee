/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made anew when results are others; otherwise they are told, so that what is being typed in another row stays. */
#include "config.h"

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-result-table.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "rules/mission/kaf-evaluation.h"
#include "ui/compat/kaf-text.h"
#include "ui/mission/kaf-part-list.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 130 /* px */
#define DIGITS 7

typedef struct
{
  char *id;
  char *kept; /* the figure as it is in the store, canonical; "" for none */
  GtkWidget *row, *title, *detail, *entry, *pill, *button;
} Line;

struct _KafResultTable
{
  GtkBox parent_instance;

  GtkWidget *section, *list;
  GPtrArray *lines; /* (element-type Line) */
};

G_DEFINE_FINAL_TYPE (KafResultTable, kaf_result_table, GTK_TYPE_BOX)

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->id);
  g_free (line->kept);
  g_free (line);
}

static void
kaf_result_table_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_RESULT_TABLE (object)->lines);
  G_OBJECT_CLASS (kaf_result_table_parent_class)->finalize (object);
}

static void
kaf_result_table_class_init (KafResultTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_result_table_finalize;
}

/* Writing */

/* What cannot be kept stays as it was typed, in red. */
static void
write_figure (Line *line)
{
  g_autofree char *typed =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (line->entry))));
  g_autofree char *canonical = NULL;
  gint64 value;

  gtk_widget_remove_css_class (line->entry, "error");
  if (*typed == '\0')
    canonical = g_strdup ("");
  else if (kaf_number_parse (typed, &value, NULL) && value >= 0 && value <= 1000000000)
    canonical = g_strdup_printf ("%" G_GINT64_FORMAT, value);
  else
    {
      gtk_widget_add_css_class (line->entry, "error");
      gtk_widget_error_bell (line->entry);
      return;
    }
  if (g_str_equal (canonical, line->kept))
    return;
  g_free (line->kept);
  line->kept = g_strdup (canonical);
  gtk_widget_activate_action (line->entry, "mission.set", "(ssss)", "mission_result", line->id,
                              "reached", canonical);
}

static void
on_left (GtkEventControllerFocus *focus, Line *line)
{
  write_figure (line);
}

/* Making */

static GtkWidget *
entry_new (Line *line)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), DIGITS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), DIGITS);
  gtk_editable_set_alignment (GTK_EDITABLE (entry),
                              gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? 0 : 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "—");
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (write_figure), line);
  g_signal_connect (focus, "leave", G_CALLBACK (on_left), line);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static Line *
line_new (const char *id)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  line->id = g_strdup (id);
  line->kept = g_strdup ("");
  line->title = kaf_text_new (NULL, KAF_DRAWN_TEXT_PLAIN, WIDTH, KAF_TEXT_WHOLE);
  line->detail =
      kaf_text_new (NULL, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, WIDTH, KAF_TEXT_WHOLE);
  line->entry = entry_new (line);
  line->pill = kaf_pill_new (NULL, NULL);
  kaf_pill_set_whole (KAF_PILL (line->pill), TRUE);
  line->button =
      kaf_record_section_icon_button ("document-edit-symbolic", _ ("Comment on the result"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line->button), "(ss)", "mission_result", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line->button), "mission.edit");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), line->title);
  gtk_box_append (GTK_BOX (texts), line->detail);
  gtk_widget_set_halign (line->pill, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (texts), line->pill);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), line->entry);
  gtk_box_append (GTK_BOX (box), line->button);
  line->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line->row), FALSE);
  gtk_widget_set_focusable (line->row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line->row), box);
  return line;
}

static const KafResult *
find_result (const KafMissionData *data, const char *id)
{
  for (guint i = 0; i < data->mission->results->len; i++)
    {
      const KafResult *result = g_ptr_array_index (data->mission->results, i);

      if (g_str_equal (result->id, id))
        return result;
    }
  return NULL;
}

static void
show_level (Line *line, const KafMissionData *data)
{
  const KafResult *result = find_result (data, line->id);
  int percent = result != NULL ? kaf_result_percent (result) : -1;
  g_autofree char *text = NULL;

  if (percent >= 0)
    /* Translators: how far a result was reached. */
    text = g_strdup_printf (_ ("%d %% reached"), percent);
  else if (result != NULL && result->reached < 0 && (result->target >= 0 || !result->commented))
    text = g_strdup (_ ("to be filled in"));
  kaf_pill_set (KAF_PILL (line->pill), text,
                percent >= 100 ? "success"
                : percent >= 0 ? "accent"
                               : "warning");
}

static void
show_line (Line *line, const KafMissionData *data, const KafRow *row, gboolean writable)
{
  const char *reached = kaf_mission_data_raw (row, "reached");
  const char *title = kaf_mission_data_words (data, row, "text");
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autofree char *name = g_strdup_printf (_ ("Reached: %s"), title != NULL ? title : "—");

  kaf_text_set (KAF_TEXT (line->title), title);
  kaf_bidi_append_format (detail, _ ("measured by %s"), kaf_mission_data_text (row, "indicator"));
  kaf_bidi_append_format (detail, _ ("expected: %s"), kaf_mission_data_text (row, "target"));
  kaf_bidi_append (detail, kaf_mission_data_text (row, "comment"));
  kaf_text_set (KAF_TEXT (line->detail), detail->str);
  gtk_widget_set_visible (line->detail, detail->len > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_editable_set_editable (GTK_EDITABLE (line->entry), writable);
  gtk_widget_set_visible (line->button, writable);
  if (reached == NULL)
    reached = "";
  /* What is being typed is not taken away by another change. */
  if (!g_str_equal (reached, line->kept) ||
      *gtk_editable_get_text (GTK_EDITABLE (line->entry)) == '\0')
    {
      g_free (line->kept);
      line->kept = g_strdup (reached);
      gtk_editable_set_text (GTK_EDITABLE (line->entry), reached);
    }
  show_level (line, data);
}

static gboolean
has_same (KafResultTable *self, GPtrArray *rows)
{
  if (rows->len != self->lines->len || rows->len == 0)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!g_str_equal (((const KafRow *) g_ptr_array_index (rows, i))->id,
                      ((const Line *) g_ptr_array_index (self->lines, i))->id))
      return FALSE;
  return TRUE;
}

static void
make_lines (KafResultTable *self, GPtrArray *rows)
{
  kaf_record_section_clear (self->list);
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      Line *line = line_new (((const KafRow *) g_ptr_array_index (rows, i))->id);

      g_ptr_array_add (self->lines, line);
      gtk_list_box_append (GTK_LIST_BOX (self->list), line->row);
    }
  if (rows->len == 0)
    kaf_record_section_say (self->list, _ ("No result was expected: they are said in step 4."));
}

void
kaf_result_table_set (KafResultTable *self, const KafMissionData *data, gboolean writable)
{
  GPtrArray *rows;

  g_return_if_fail (KAF_IS_RESULT_TABLE (self));

  rows = kaf_mission_data_rows (data, "mission_result");
  if (!has_same (self, rows))
    make_lines (self, rows);
  for (guint i = 0; i < rows->len; i++)
    show_line (g_ptr_array_index (self->lines, i), data, g_ptr_array_index (rows, i), writable);
}

static void
kaf_result_table_init (KafResultTable *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->section = kaf_record_section_new (_ ("Expected and Reached"));
  self->list = kaf_record_section_list (_ ("Expected and Reached"));
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), self->list);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), self->section);
}

GtkWidget *
kaf_result_table_new (void)
{
  return g_object_new (KAF_TYPE_RESULT_TABLE, NULL);
}

GtkWidget *
kaf_result_table_get_entry (KafResultTable *self, const char *id)
{
  g_return_val_if_fail (KAF_IS_RESULT_TABLE (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);

      if (g_strcmp0 (line->id, id) == 0)
        return line->entry;
    }
  return NULL;
}

gboolean
kaf_result_table_lead (KafResultTable *self, const char *id)
{
  GtkWidget *entry = kaf_result_table_get_entry (self, id);

  return entry != NULL && gtk_widget_grab_focus (entry);
}
