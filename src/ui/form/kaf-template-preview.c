/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/form/kaf-template-preview.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-words.h"
#include "schema/kaf-template.h"
#include "ui/form/kaf-editor-direction.h"
#include "ui/record/kaf-columns.h"

#define COLUMNS_FROM 700 /* px, as the texts above it */
#define GAP 18
#define N_SIDES 2

struct _KafTemplatePreview
{
  GtkBox parent_instance;

  GtkWidget *titles[N_SIDES];
  GtkWidget *bodies[N_SIDES];
};

G_DEFINE_FINAL_TYPE (KafTemplatePreview, kaf_template_preview, GTK_TYPE_BOX)

static guint
find_side (KafLang lang)
{
  return lang == KAF_LANG_AR ? 1 : 0;
}

static char *
get_example (const char *name, gpointer data)
{
  const KafTemplateName *known = kaf_template_find (NULL, name);
  const KafLang *lang = data;

  return known != NULL ? g_strdup (kaf_words_get (*lang, known->example)) : NULL;
}

static void
show_filled (GtkWidget *label, KafLang lang, const char *text)
{
  g_autofree char *filled = kaf_template_fill (text, get_example, &lang, NULL);

  gtk_label_set_text (GTK_LABEL (label), filled != NULL ? filled : "");
  gtk_widget_set_visible (label, filled != NULL && *filled != '\0');
}

void
kaf_template_preview_show (KafTemplatePreview *self,
                           KafLang lang,
                           const char *title,
                           const char *body)
{
  g_return_if_fail (KAF_IS_TEMPLATE_PREVIEW (self));

  show_filled (self->titles[find_side (lang)], lang, title);
  show_filled (self->bodies[find_side (lang)], lang, body);
}

const char *
kaf_template_preview_get_text (KafTemplatePreview *self, KafLang lang)
{
  g_return_val_if_fail (KAF_IS_TEMPLATE_PREVIEW (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->bodies[find_side (lang)]));
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static GtkWidget *
make_side (KafTemplatePreview *self, guint side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->titles[side] = make_label ("heading");
  self->bodies[side] = make_label (NULL);
  gtk_box_append (GTK_BOX (box), self->titles[side]);
  gtk_box_append (GTK_BOX (box), self->bodies[side]);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "kaf-template-preview");
  kaf_editor_direction_set (box, side == 1 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  return box;
}

static void
kaf_template_preview_class_init (KafTemplatePreviewClass *klass)
{
}

static void
kaf_template_preview_init (KafTemplatePreview *self)
{
  GtkWidget *heading = gtk_label_new (_ ("Preview with examples"));
  GtkWidget *start = make_side (self, 0);
  GtkWidget *end = make_side (self, 1);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), kaf_columns_new (start, end, COLUMNS_FROM, 50, GAP));
}

GtkWidget *
kaf_template_preview_new (void)
{
  return g_object_new (KAF_TYPE_TEMPLATE_PREVIEW, NULL);
}
