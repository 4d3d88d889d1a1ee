/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks like an AdwActionRow by the same style classes, but is made of what it shows alone: the home page
 * is what every start waits for, and a template with all that such a row may have weighs on it. */
#include "config.h"

#include "ui/app/kaf-home-row.h"

#include "ui/record/kaf-pill.h"

struct _KafHomeRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *box;
  GtkWidget *lines;
  GtkWidget *title;
  GtkWidget *icon; /* these: NULL until wanted */
  GtkWidget *subtitle;
  GtkWidget *pill;
  GtkWidget *figure;
  GtkWidget *chevron;
};

G_DEFINE_FINAL_TYPE (KafHomeRow, kaf_home_row, GTK_TYPE_LIST_BOX_ROW)

static void
kaf_home_row_class_init (KafHomeRowClass *klass)
{
}

static GtkWidget *
make_line (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
kaf_home_row_init (KafHomeRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "header");

  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->lines, "title");
  gtk_widget_set_valign (self->lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->lines, TRUE);
  self->title = make_line ("title");
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->title), 2);
  /* Else GTK would lay the text out letter by letter, to find how narrow it can be. */
  gtk_label_set_width_chars (GTK_LABEL (self->title), 12);
  gtk_box_append (GTK_BOX (self->lines), self->title);
  gtk_box_append (GTK_BOX (self->box), self->lines);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-home-row");
}

GtkWidget *
kaf_home_row_new (void)
{
  return g_object_new (KAF_TYPE_HOME_ROW, NULL);
}

static void
set_icon (KafHomeRow *self, const char *icon)
{
  if (icon == NULL)
    {
      if (self->icon != NULL)
        gtk_box_remove (GTK_BOX (self->box), self->icon);
      self->icon = NULL;
      return;
    }
  if (self->icon == NULL)
    {
      self->icon = gtk_image_new ();
      gtk_widget_add_css_class (self->icon, "icon");
      gtk_box_prepend (GTK_BOX (self->box), self->icon);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
}

void
kaf_home_row_set_text (KafHomeRow *self, const char *icon, const char *title, const char *subtitle)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));
  g_return_if_fail (title != NULL);

  set_icon (self, icon);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  if (subtitle != NULL && self->subtitle == NULL)
    {
      self->subtitle = make_line ("caption");
      gtk_widget_add_css_class (self->subtitle, "dim-label");
      gtk_box_append (GTK_BOX (self->lines), self->subtitle);
    }
  if (self->subtitle != NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->subtitle), subtitle != NULL ? subtitle : "");
      gtk_widget_set_visible (self->subtitle, subtitle != NULL);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle != NULL ? subtitle : "", -1);
}

/* Before the chevron, which stays at the end. */
static void
add_end (KafHomeRow *self, GtkWidget *child)
{
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  gtk_box_insert_child_after (GTK_BOX (self->box), child, self->lines);
}

void
kaf_home_row_set_pill (KafHomeRow *self, const char *text, const char *style)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));

  if (self->pill != NULL)
    kaf_pill_set (KAF_PILL (self->pill), text, style);
  else if (text != NULL)
    {
      self->pill = kaf_pill_new (text, style);
      add_end (self, self->pill);
    }
}

void
kaf_home_row_set_figure (KafHomeRow *self, const char *text, gboolean dim)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));

  if (self->figure == NULL)
    {
      self->figure = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->figure, "numeric");
      if (dim)
        {
          gtk_widget_add_css_class (self->figure, "caption");
          gtk_widget_add_css_class (self->figure, "dim-label");
        }
      add_end (self, self->figure);
    }
  gtk_label_set_text (GTK_LABEL (self->figure), text != NULL ? text : "");
}

void
kaf_home_row_set_target (KafHomeRow *self, const char *action, GVariant *target)
{
  g_return_if_fail (KAF_IS_HOME_ROW (self));

  if (self->chevron == NULL)
    {
      self->chevron = gtk_image_new_from_icon_name ("go-next-symbolic");
      gtk_widget_add_css_class (self->chevron, "chevron");
      gtk_widget_set_valign (self->chevron, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->box), self->chevron);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
    }
  /* No action is ever seen with the target of another. */
  if (g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self)), action) != 0)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
}
