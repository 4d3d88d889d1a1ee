/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-panel.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-text.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-pill.h"

#define COLUMNS_FROM 760 /* px: narrower, one stands above the other */
#define START_PERCENT 58
#define GAP 18
#define FACT_LABEL_CHARS 14
#define FACT_VALUE_WIDTH 130 /* px that a longer value is content with: a narrow window holds it */

struct _KafConventionPanel
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *heading;
  GtkWidget *count;
  GtkWidget *add;
  GtkWidget *commitments;
  GtkWidget *none;
  GtkWidget *facts_heading;
  GtkWidget *facts;
  guint n_commitments;
};

G_DEFINE_FINAL_TYPE (KafConventionPanel, kaf_convention_panel, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *text, const char *css_class, int chars)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (chars > 0)
    {
      gtk_label_set_width_chars (GTK_LABEL (label), chars);
      gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
    }
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
let_wrap (GtkWidget *label, int lines)
{
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), lines);
}

/* Commitments */

static GtkWidget *
make_done_button (const char *id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("object-select-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "convention.fulfil");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  kaf_tooltip_set (button, _ ("Note What Was Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Note What Was Done"), -1);
  return button;
}

static void
name_row (GtkWidget *row, const KafCommitmentLine *line)
{
  const char *parts[] = { line->party, line->text, line->who, line->due, line->state };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *isolated = parts[i] != NULL ? kaf_bidi_isolate (parts[i]) : NULL;

      if (isolated != NULL)
        g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", isolated);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

/* Under the text: who is to do it, who answers for it, by when. */
static GtkWidget *
make_subtitle (const KafCommitmentLine *line)
{
  const char *parts[] = { line->party, line->who, line->due };
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *isolated = parts[i] != NULL ? kaf_bidi_isolate (parts[i]) : NULL;

      if (isolated != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", isolated);
    }
  label = make_label (text->str, "dim-label", 0);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static GtkWidget *
make_row (const KafCommitmentLine *line, gboolean writable)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *text = make_label (line->text, NULL, 0);
  GtkWidget *pill = kaf_pill_new (line->state, line->style);

  kaf_tooltip_set (text, line->text);
  gtk_box_append (GTK_BOX (texts), text);
  gtk_box_append (GTK_BOX (texts), make_subtitle (line));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  kaf_pill_set_whole (KAF_PILL (pill), TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), pill);
  if (writable)
    gtk_box_append (GTK_BOX (box), make_done_button (line->id));
  gtk_widget_add_css_class (box, "kaf-commitment");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "kaf-id", g_strdup (line->id), g_free);
  name_row (row, line);
  return row;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  const char *id = g_object_get_data (G_OBJECT (row), "kaf-id");

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), "convention.open", "(ss)", "commitment", id);
}

static void
clear (GtkWidget *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
}

static char *
describe_count (const KafConventionDetails *details)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (details->lines->len == 0)
    return g_strdup ("");
  g_string_append_printf (text, "%u", details->lines->len);
  if (details->n_overdue > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, ", of which %u late",
                                         ", of which %u late", details->n_overdue),
                            details->n_overdue);
  if (details->accumulated)
    g_string_append_printf (text, " · %s", _ ("with those of amendments"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_commitments (KafConventionPanel *self, const KafConventionDetails *details, gboolean writable)
{
  g_autofree char *count = describe_count (details);

  clear (self->commitments);
  for (guint i = 0; i < details->lines->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->commitments),
                         make_row (g_ptr_array_index (details->lines, i), writable));
  self->n_commitments = details->lines->len;
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_widget_set_visible (self->commitments, details->lines->len > 0);
  gtk_widget_set_visible (self->none, details->lines->len == 0);
  gtk_widget_set_visible (self->add, writable);
}

/* Facts */

static GtkWidget *
make_fact (const KafConventionFact *fact)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = make_label (fact->label, "dim-label", FACT_LABEL_CHARS);
  GtkWidget *value = kaf_text_new (fact->value, KAF_DRAWN_TEXT_PLAIN, FACT_VALUE_WIDTH, 3);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), fact->label, fact->value);

  /* A party may have a long name. */
  let_wrap (label, 5);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), value);
  gtk_widget_add_css_class (box, "kaf-commitment");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
show_facts (KafConventionPanel *self, const KafConventionDetails *details)
{
  clear (self->facts);
  for (guint i = 0; i < details->facts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->facts),
                         make_fact (g_ptr_array_index (details->facts, i)));
  gtk_label_set_text (GTK_LABEL (self->facts_heading), details->title);
  gtk_widget_set_visible (self->facts, details->facts->len > 0);
}

void
kaf_convention_panel_show (KafConventionPanel *self,
                           const KafConventionDetails *details,
                           gboolean writable)
{
  g_return_if_fail (KAF_IS_CONVENTION_PANEL (self));

  gtk_widget_set_visible (self->scrolled, details != NULL);
  if (details == NULL)
    {
      self->n_commitments = 0;
      return;
    }
  show_commitments (self, details, writable);
  show_facts (self, details);
}

guint
kaf_convention_panel_get_n_commitments (KafConventionPanel *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTION_PANEL (self), 0);
  return self->n_commitments;
}

/* The whole */

static GtkWidget *
make_heading (KafConventionPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->heading = make_label (_ ("Commitments"), "heading", 0);
  self->count = make_label (NULL, "dim-label", 0);
  gtk_widget_add_css_class (self->count, "caption");
  gtk_widget_set_hexpand (self->count, TRUE);
  self->add = gtk_button_new_with_mnemonic (_ ("_Add"));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "convention.add-commitment");
  gtk_box_append (GTK_BOX (box), self->heading);
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_box_append (GTK_BOX (box), self->add);
  gtk_widget_set_size_request (box, -1, 28);
  return box;
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
make_start (KafConventionPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), make_heading (self));
  self->commitments = make_list (_ ("Commitments"));
  g_signal_connect (self->commitments, "row-activated", G_CALLBACK (on_row_activated), NULL);
  self->none = make_label (_ ("No commitment is in force."), "dim-label", 0);
  gtk_box_append (GTK_BOX (box), self->commitments);
  gtk_box_append (GTK_BOX (box), self->none);
  return box;
}

static GtkWidget *
make_end (KafConventionPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->facts_heading = make_label (NULL, "heading", 0);
  let_wrap (self->facts_heading, 3);
  gtk_widget_set_size_request (self->facts_heading, -1, 28);
  self->facts = make_list (_ ("The chosen act"));
  gtk_box_append (GTK_BOX (box), self->facts_heading);
  gtk_box_append (GTK_BOX (box), self->facts);
  return box;
}

static void
kaf_convention_panel_dispose (GObject *object)
{
  g_clear_pointer (&KAF_CONVENTION_PANEL (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_convention_panel_parent_class)->dispose (object);
}

static void
kaf_convention_panel_class_init (KafConventionPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_convention_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_convention_panel_init (KafConventionPanel *self)
{
  GtkWidget *start = make_start (self);
  GtkWidget *columns = kaf_columns_new (start, make_end (self), COLUMNS_FROM, START_PERCENT, GAP);

  gtk_widget_add_css_class (columns, "kaf-page");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), columns);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_widget_set_visible (self->scrolled, FALSE);
}

GtkWidget *
kaf_convention_panel_new (void)
{
  return g_object_new (KAF_TYPE_CONVENTION_PANEL, NULL);
}

const char *
kaf_convention_panel_get_commitment (KafConventionPanel *self)
{
  GtkWidget *row;

  g_return_val_if_fail (KAF_IS_CONVENTION_PANEL (self), NULL);

  row = gtk_widget_get_focus_child (self->commitments);
  if (row == NULL)
    row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->commitments), 0));
  return row != NULL ? g_object_get_data (G_OBJECT (row), "kaf-id") : NULL;
}
