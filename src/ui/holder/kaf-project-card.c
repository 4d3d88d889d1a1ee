/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-project-card.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define LABEL_CHARS 17
#define LABEL_LINES 2
#define VALUE_WIDTH 150 /* px that a longer value is content with */

struct _KafProjectCard
{
  GtkBox parent_instance;

  KafLang lang;
  GtkWidget *section;
  GtkWidget *choose; /* shows with several projects */
};

G_DEFINE_FINAL_TYPE (KafProjectCard, kaf_project_card, GTK_TYPE_BOX)

static void
kaf_project_card_class_init (KafProjectCardClass *klass)
{
}

static GMenuModel *
menu_new (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) writing = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  g_menu_append (reading, C_ ("action", "Open"), "holder.open-project");
  kaf_menu_append_if_allowed (writing, _ ("Edit…"), "holder.edit-project");
  kaf_menu_append_if_allowed (writing, _ ("Change the Stage…"), "holder.change-stage::");
  kaf_menu_append_if_allowed (writing, _ ("Give Up…"), "holder.change-stage::abandoned");
  kaf_menu_append_if_allowed (more, _ ("New Project…"), "holder.new-project");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (writing));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (menu);
}

static void
kaf_project_card_init (KafProjectCard *self)
{
  g_autoptr (GMenuModel) menu = menu_new ();
  g_autoptr (GMenu) none = g_menu_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->section = kaf_record_section_new (_ ("Project"));
  self->choose = kaf_record_section_add_menu (KAF_RECORD_SECTION (self->section), "",
                                              _ ("Show another project"), G_MENU_MODEL (none));
  gtk_widget_set_visible (self->choose, FALSE);
  kaf_record_section_add_menu (KAF_RECORD_SECTION (self->section), C_ ("action", "Act"),
                               _ ("Actions for the project"), menu);
  gtk_box_append (GTK_BOX (self), self->section);
}

GtkWidget *
kaf_project_card_new (KafLang lang)
{
  KafProjectCard *self = g_object_new (KAF_TYPE_PROJECT_CARD, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

static GtkWidget *
dim_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), LABEL_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
attach_line (GtkGrid *grid, int row, const char *label, const char *text, GtkWidget *end)
{
  g_autofree char *line = kaf_bidi_line (text);
  GtkWidget *name = dim_label (label);
  GtkWidget *value = kaf_text_new (line, KAF_DRAWN_TEXT_PLAIN, VALUE_WIDTH, KAF_TEXT_WHOLE);

  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, end != NULL ? 1 : 2, 1);
  if (end != NULL)
    gtk_grid_attach (grid, end, 2, row, 1, 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name,
                                  NULL, -1);
}

static GtkWidget *
next_pill_new (const KafHolderView *view, const KafHolderProjectView *project)
{
  const char *on = kaf_record_get (project->record, "next_on");

  if (!project->next_is_due)
    return NULL;
  return g_strcmp0 (on, view->today) == 0 ? kaf_pill_new (C_ ("due", "today"), "accent")
                                          : kaf_pill_new (C_ ("due", "late"), "warning");
}

static GtkWidget *
titles_new (const KafHolderProjectView *project)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = kaf_bidi_line (project->title);

  gtk_box_append (GTK_BOX (box),
                  kaf_text_new (title, KAF_DRAWN_TEXT_BOLD, VALUE_WIDTH, KAF_TEXT_WHOLE));
  if (project->other_title != NULL)
    {
      g_autofree char *other = kaf_bidi_line (project->other_title);

      gtk_box_append (GTK_BOX (box), kaf_text_new (other, KAF_DRAWN_TEXT_DIM, VALUE_WIDTH, 2));
    }
  return box;
}

static GtkWidget *
card_new (const KafHolderView *view, const KafHolderProjectView *project)
{
  GtkWidget *grid = gtk_grid_new ();
  int row = 0;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "kaf-record-padded");
  gtk_grid_attach (GTK_GRID (grid), titles_new (project), 0, row++, 3, 1);
  for (guint i = 0; i < project->lines->len; i++)
    {
      const KafProjectLine *line = g_ptr_array_index (project->lines, i);

      attach_line (GTK_GRID (grid), row++, line->label, line->text, NULL);
    }
  attach_line (GTK_GRID (grid), row, _ ("Next action"),
               project->next_text != NULL ? project->next_text : "—",
               next_pill_new (view, project));
  return grid;
}

static void
show_choice (KafProjectCard *self, const KafHolderView *view, int shown)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  gtk_widget_set_visible (self->choose, view->projects->len > 1);
  if (view->projects->len < 2)
    return;
  for (guint i = 0; i < view->projects->len; i++)
    {
      const KafHolderProjectView *project = g_ptr_array_index (view->projects, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (project->title, NULL);

      g_menu_item_set_action_and_target (item, "holder.show-project", "s",
                                         kaf_record_get_id (project->record));
      g_menu_append_item (menu, item);
    }
  kaf_lazy_menu_set (GTK_MENU_BUTTON (self->choose), G_MENU_MODEL (menu));
  {
    /* Translators: the place of the project shown among those of its holder, "1 of 3". */
    g_autofree char *place = g_strdup_printf (_ ("%d of %u"), shown + 1, view->projects->len);

    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->choose), place);
  }
}

void
kaf_project_card_set (KafProjectCard *self, const KafHolderView *view, int shown)
{
  const KafHolderProjectView *project;
  const char *ref;
  g_autofree char *note = NULL;

  g_return_if_fail (KAF_IS_PROJECT_CARD (self));
  g_return_if_fail (shown < (int) view->projects->len);

  show_choice (self, view, shown);
  if (shown < 0)
    {
      GtkWidget *list = kaf_record_section_list (_ ("Project"));

      kaf_record_section_say (list, _ ("No project is known yet."));
      kaf_record_section_set_note (KAF_RECORD_SECTION (self->section), NULL);
      kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), list);
      return;
    }
  project = g_ptr_array_index (view->projects, shown);
  ref = kaf_record_get_ref (project->record);
  note = ref != NULL ? kaf_bidi_ltr (ref) : NULL;
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->section), note);
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), card_new (view, project));
}
