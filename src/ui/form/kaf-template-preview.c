/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/form/kaf-template-preview.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-words.h"
#include "schema/kaf-template.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/form/kaf-editor-direction.h"
#include "ui/form/kaf-reference-editor.h"
#include "ui/form/kaf-template-filling.h"
#include "ui/record/kaf-columns.h"

#define COLUMNS_FROM 700 /* px, as the texts above it */
#define GAP 18
#define N_SIDES 2
#define REST 150 /* ms; keys that follow one another make one filling */

/* What a record is chosen from. */
static const KafField fields[] = {
  { .id = "mission", .kind = KAF_KIND_REFERENCE, .label = N_ ("Mission"), .target = "mission" },
  { .id = "meeting", .kind = KAF_KIND_REFERENCE, .label = N_ ("Meeting"), .target = "meeting" },
  { .id = "convention",
    .kind = KAF_KIND_REFERENCE,
    .label = N_ ("Convention"),
    .target = "convention" },
};

struct _KafTemplatePreview
{
  GtkBox parent_instance;

  KafStore *store;
  const KafField *field;     /* of the record; NULL: no kind is known */
  char *typed[2 * N_SIDES];  /* title and text of each side; nullable */
  guint timer;               /* until it is filled from the record, or 0 */
  GCancellable *cancellable; /* nullable: nothing is being filled */
  GtkWidget *heading;
  GtkWidget *chooser; /* list of the one row */
  GtkWidget *editor;  /* nullable: as field */
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
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
show_example (GtkWidget *label, KafLang lang, const char *text)
{
  g_autofree char *filled = kaf_template_fill (text, get_example, &lang, NULL);

  show_text (label, filled);
}

/* From a record */

/* (transfer full) (nullable: none is chosen) */
static char *
dup_chosen (KafTemplatePreview *self)
{
  g_autofree char *id =
      self->editor != NULL ? kaf_editor_get_typed (KAF_EDITOR (self->editor)) : NULL;

  return id != NULL && *id != '\0' ? g_steal_pointer (&id) : NULL;
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTemplatePreview) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) filled = kaf_template_filling_finish (KAF_STORE (source), result, &error);

  /* Something else was asked for meanwhile, or the form is gone. */
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (filled == NULL)
    {
      g_autofree char *text = kaf_error_text (error);

      show_text (self->titles[0], NULL);
      show_text (self->bodies[0], text);
      return;
    }
  for (guint side = 0; side < N_SIDES; side++)
    {
      show_text (self->titles[side], filled[2 * side]);
      show_text (self->bodies[side], filled[2 * side + 1]);
    }
}

static void
stop_filling (KafTemplatePreview *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
on_timer (gpointer data)
{
  KafTemplatePreview *self = data;
  g_autofree char *id = dup_chosen (self);

  self->timer = 0;
  if (id == NULL)
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  kaf_template_filling_async (self->store, self->field->target, id,
                              (const char *const *) self->typed, self->cancellable, on_filled,
                              g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
show_all (KafTemplatePreview *self)
{
  static const KafLang langs[N_SIDES] = { KAF_LANG_FR, KAF_LANG_AR };
  g_autofree char *id = dup_chosen (self);

  stop_filling (self);
  gtk_label_set_text (GTK_LABEL (self->heading), id != NULL ? _ ("Preview with the record chosen")
                                                            : _ ("Preview with examples"));
  if (id != NULL)
    {
      self->timer = g_timeout_add (REST, on_timer, self);
      return;
    }
  for (guint side = 0; side < N_SIDES; side++)
    {
      show_example (self->titles[side], langs[side], self->typed[2 * side]);
      show_example (self->bodies[side], langs[side], self->typed[2 * side + 1]);
    }
}

static const KafField *
find_field (const char *kind)
{
  const char *entity = kaf_template_filling_entity (kind);

  for (guint i = 0; entity != NULL && i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].target, entity) == 0)
      return &fields[i];
  return NULL;
}

void
kaf_template_preview_set_kind (KafTemplatePreview *self, const char *kind)
{
  const KafField *field = find_field (kind);

  g_return_if_fail (KAF_IS_TEMPLATE_PREVIEW (self));

  if (field == self->field)
    return;
  if (self->editor != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->chooser), self->editor);
  self->field = field;
  self->editor = field != NULL ? kaf_reference_editor_new (field, self->store) : NULL;
  gtk_widget_set_visible (self->chooser, field != NULL);
  if (field != NULL)
    {
      g_autofree char *title = g_strdup_printf (_ ("Filled in from: %s"), _ (field->label));

      kaf_editor_set_title (KAF_EDITOR (self->editor), title);
      gtk_list_box_append (GTK_LIST_BOX (self->chooser), self->editor);
      g_signal_connect_object (self->editor, "edited", G_CALLBACK (show_all), self,
                               G_CONNECT_SWAPPED);
    }
  show_all (self);
}

void
kaf_template_preview_show (KafTemplatePreview *self,
                           KafLang lang,
                           const char *title,
                           const char *body)
{
  guint side = find_side (lang);

  g_return_if_fail (KAF_IS_TEMPLATE_PREVIEW (self));

  g_free (self->typed[2 * side]);
  g_free (self->typed[2 * side + 1]);
  self->typed[2 * side] = g_strdup (title);
  self->typed[2 * side + 1] = g_strdup (body);
  show_all (self);
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
kaf_template_preview_dispose (GObject *object)
{
  KafTemplatePreview *self = KAF_TEMPLATE_PREVIEW (object);

  stop_filling (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_template_preview_parent_class)->dispose (object);
}

static void
kaf_template_preview_finalize (GObject *object)
{
  KafTemplatePreview *self = KAF_TEMPLATE_PREVIEW (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->typed); i++)
    g_free (self->typed[i]);
  G_OBJECT_CLASS (kaf_template_preview_parent_class)->finalize (object);
}

static void
kaf_template_preview_class_init (KafTemplatePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_template_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_template_preview_finalize;
}

static void
kaf_template_preview_init (KafTemplatePreview *self)
{
  GtkWidget *start = make_side (self, 0);
  GtkWidget *end = make_side (self, 1);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->heading = gtk_label_new (_ ("Preview with examples"));
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_box_append (GTK_BOX (self), self->heading);
  self->chooser = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->chooser), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->chooser, "boxed-list");
  gtk_widget_set_visible (self->chooser, FALSE);
  gtk_box_append (GTK_BOX (self), self->chooser);
  gtk_box_append (GTK_BOX (self), kaf_columns_new (start, end, COLUMNS_FROM, 50, GAP));
}

GtkWidget *
kaf_template_preview_new (KafStore *store)
{
  KafTemplatePreview *self = g_object_new (KAF_TYPE_TEMPLATE_PREVIEW, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
