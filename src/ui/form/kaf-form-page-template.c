/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the form of a template of texts has beyond others: both languages face each other, placeholders are inserted
 * from a menu, a wrong one is named under its text, and the whole is shown filled, from a record that is chosen or with examples. */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-template.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-form-page-private.h"
#include "ui/form/kaf-template-preview.h"

/* A placeholder that is being typed is not wrong yet. */
#define CHECK_AFTER 800 /* ms */

static const char *const texts[] = { "title_fr", "title_ar", "body_fr", "body_ar" };

static KafFieldRow *
find_text (KafFormPage *self, const char *field)
{
  return kaf_form_page_find_row (self, self->entity, field);
}

static char *
read_kind (KafFormPage *self)
{
  KafFieldRow *row = find_text (self, "kind");
  char *kind = NULL;

  return row != NULL && kaf_field_row_get_value (row, &kind, NULL) ? kind : NULL;
}

/* The menu */

static const char *
label_group (const char *prefix)
{
  const KafEntity *entity = kaf_registry_find (prefix);

  return entity != NULL ? _ (entity->label) : prefix;
}

static void
append_group (GMenu *menu, const char *prefix, GMenu *group)
{
  if (group != NULL)
    g_menu_append_submenu (menu, label_group (prefix), G_MENU_MODEL (group));
}

/* Those of the paper first, those of each record in a menu of its own. */
static GMenuModel *
make_menu (const char *kind)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GPtrArray) names = kaf_template_names (kind);
  g_autoptr (GMenu) group = NULL;
  g_autofree char *open = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const KafTemplateName *name = g_ptr_array_index (names, i);
      const char *dot = strchr (name->name, '.');
      g_autofree char *prefix = dot != NULL ? g_strndup (name->name, dot - name->name) : NULL;
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (name->label), NULL);

      if (g_strcmp0 (prefix, open) != 0)
        {
          append_group (menu, open, group);
          g_clear_object (&group);
          g_free (open);
          open = g_strdup (prefix);
          group = prefix != NULL ? g_menu_new () : NULL;
        }
      g_menu_item_set_action_and_target (item, "form.insert-placeholder", "s", name->name);
      g_menu_append_item (group != NULL ? group : menu, item);
    }
  append_group (menu, open, group);
  return G_MENU_MODEL (menu);
}

static void
update_menu (KafFormPage *self)
{
  g_autofree char *kind = read_kind (self);
  g_autoptr (GMenuModel) menu = make_menu (kind);

  kaf_lazy_menu_set (GTK_MENU_BUTTON (self->placeholders), menu);
  kaf_template_preview_set_kind (KAF_TEMPLATE_PREVIEW (self->preview), kind);
}

static void
on_placeholders (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafFormPage *self = data;

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->placeholders));
}

/* What is typed in, within the row. */
static GtkWidget *
find_typed_in (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget) || GTK_IS_TEXT (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_typed_in (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
insert_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));

      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
      gtk_text_buffer_insert_at_cursor (buffer, text, -1);
      gtk_text_buffer_end_user_action (buffer);
    }
  else
    {
      int position;

      gtk_editable_delete_selection (GTK_EDITABLE (widget));
      position = gtk_editable_get_position (GTK_EDITABLE (widget));
      gtk_editable_insert_text (GTK_EDITABLE (widget), text, -1, &position);
      gtk_editable_set_position (GTK_EDITABLE (widget), position);
    }
}

static void
on_insert (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafFormPage *self = data;
  g_autofree char *text = g_strdup_printf ("{%s}", g_variant_get_string (parameter, NULL));
  GtkWidget *row =
      self->typed_in != NULL ? self->typed_in : GTK_WIDGET (find_text (self, "body_fr"));
  GtkWidget *widget = row != NULL ? find_typed_in (row) : NULL;

  if (widget == NULL)
    return;
  insert_text (widget, text);
  gtk_widget_grab_focus (widget);
}

static GtkWidget *
make_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Insert a _Placeholder"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  kaf_tooltip_set (button, _ ("Insert what is filled in from the record (Ctrl+Shift+P)"));
  return button;
}

/* Checking and showing */

static void
check_texts (KafFormPage *self)
{
  g_autofree char *kind = read_kind (self);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      KafFieldRow *row = find_text (self, texts[i]);
      g_autofree char *typed = kaf_field_row_get_typed (row);
      g_autoptr (GError) error = NULL;

      if (!kaf_template_check (kind, typed, &error))
        kaf_field_row_set_error (row, error->message, NULL);
    }
}

static gboolean
on_check (gpointer data)
{
  KafFormPage *self = data;

  self->template_check = 0;
  check_texts (self);
  return G_SOURCE_REMOVE;
}

static void
show_texts (KafFormPage *self)
{
  static const KafLang langs[] = { KAF_LANG_FR, KAF_LANG_AR };

  for (guint i = 0; i < G_N_ELEMENTS (langs); i++)
    {
      g_autofree char *title = kaf_field_row_get_typed (find_text (self, texts[i]));
      g_autofree char *body = kaf_field_row_get_typed (find_text (self, texts[2 + i]));

      kaf_template_preview_show (KAF_TEMPLATE_PREVIEW (self->preview), langs[i], title, body);
    }
}

void
kaf_form_page_update_template (KafFormPage *self, const KafField *changed)
{
  if (self->preview == NULL)
    return;
  if (changed == NULL || strcmp (changed->id, "kind") == 0)
    update_menu (self);
  show_texts (self);
  g_clear_handle_id (&self->template_check, g_source_remove);
  self->template_check = g_timeout_add (CHECK_AFTER, on_check, self);
}

/* The row has looked at its own kind by then, and took the sentence away. */
static void
on_row_left (KafFormPage *self)
{
  check_texts (self);
}

static void
on_row_entered (KafFormPage *self, GtkEventController *controller)
{
  self->typed_in = gtk_event_controller_get_widget (controller);
}

static void
watch_text (KafFormPage *self, KafFieldRow *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (on_row_entered), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
  g_signal_connect_object (row, "left", G_CALLBACK (on_row_left), self, G_CONNECT_SWAPPED);
}

static const GActionEntry actions[] = {
  { "placeholders", on_placeholders },
  { "insert-placeholder", on_insert, "s" },
};

gboolean
kaf_form_page_build_template (KafFormPage *self, KafFormColumns *columns)
{
  if (strcmp (self->entity->id, "text_template") != 0)
    return FALSE;

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  self->placeholders = make_button ();
  self->preview = kaf_template_preview_new (self->store);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    watch_text (self, find_text (self, texts[i]));

  for (guint i = 0; i < self->sections->len; i++)
    {
      KafFormSection *section = g_ptr_array_index (self->sections, i);
      KafFormPlace place = kaf_form_section_is_arabic (section) ? KAF_FORM_END : KAF_FORM_START;

      if (i == 1)
        kaf_form_columns_append (columns, self->placeholders, KAF_FORM_SPAN);
      kaf_form_columns_append (columns, GTK_WIDGET (section), i == 0 ? KAF_FORM_SPAN : place);
    }
  kaf_form_columns_append (columns, self->preview, KAF_FORM_SPAN);
  return TRUE;
}
