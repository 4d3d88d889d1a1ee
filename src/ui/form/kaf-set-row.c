/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries one under the other. There is always one, be it empty: the first phone is typed without
 * asking for a row first. */
#include "config.h"

#include "ui/form/kaf-set-row.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-set.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-entry-editor.h"

struct _KafSetRow
{
  GtkWidget parent_instance;

  const KafField *field;
  KafField element; /* the field of one element */
  char *title;
  GtkWidget *list;
  GPtrArray *entries; /* KafEntryEditor */
  int wrong;          /* place of the element that could not be read, or -1 */
};

static void kaf_set_row_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafSetRow,
                               kaf_set_row,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR, kaf_set_row_iface_init))

static guint
index_of (KafSetRow *self, gpointer entry)
{
  guint index = 0;

  g_ptr_array_find (self->entries, entry, &index);
  return index;
}

/* An empty line is room enough for one more: the keyboard passes over the button. */
static void
update_add (KafSetRow *self)
{
  GtkWidget *last = g_ptr_array_index (self->entries, self->entries->len - 1);
  g_autofree char *typed = kaf_editor_get_typed (KAF_EDITOR (last));

  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (last), "kaf-add"),
                            *g_strstrip (typed) != '\0');
}

static void
on_entry_edited (KafSetRow *self)
{
  update_add (self);
  kaf_editor_emit_edited (KAF_EDITOR (self));
}

static void
update_titles (KafSetRow *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      KafEditor *entry = g_ptr_array_index (self->entries, i);
      /* Translators: a further value of the same field, "Phone (2)". */
      g_autofree char *title =
          i == 0 ? g_strdup (self->title) : g_strdup_printf (_ ("%s (%u)"), self->title, i + 1);
      GtkWidget *raise = g_object_get_data (G_OBJECT (entry), "kaf-raise");
      GtkWidget *remove = g_object_get_data (G_OBJECT (entry), "kaf-remove");
      GtkWidget *add = g_object_get_data (G_OBJECT (entry), "kaf-add");

      kaf_editor_set_title (entry, title);
      gtk_widget_set_visible (raise, i > 0);
      gtk_widget_set_visible (remove, self->entries->len > 1);
      gtk_widget_set_visible (add, i + 1 == self->entries->len);
    }
  update_add (self);
}

static void
on_raise_clicked (KafSetRow *self, GtkWidget *button)
{
  kaf_set_row_raise (self,
                     index_of (self, gtk_widget_get_ancestor (button, KAF_TYPE_ENTRY_EDITOR)));
}

static void
on_remove_clicked (KafSetRow *self, GtkWidget *button)
{
  kaf_set_row_remove (self,
                      index_of (self, gtk_widget_get_ancestor (button, KAF_TYPE_ENTRY_EDITOR)));
}

static void
on_add_clicked (KafSetRow *self)
{
  kaf_set_row_add (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->entries, self->entries->len - 1));
}

static GtkWidget *
add_button (KafSetRow *self, GtkWidget *entry, const char *key, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), button);
  g_object_set_data (G_OBJECT (entry), key, button);
  return button;
}

static GtkWidget *
append_entry (KafSetRow *self)
{
  GtkWidget *entry = kaf_entry_editor_new (&self->element);
  GtkWidget *button;

  button = add_button (self, entry, "kaf-raise", "go-up-symbolic", _ ("Make it the first"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_raise_clicked), self,
                           G_CONNECT_SWAPPED);
  button = add_button (self, entry, "kaf-remove", "edit-delete-symbolic", _ ("Remove"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self,
                           G_CONNECT_SWAPPED);
  button = add_button (self, entry, "kaf-add", "list-add-symbolic", _ ("Add another"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_add_clicked), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (entry, "edited", G_CALLBACK (on_entry_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "entered", G_CALLBACK (kaf_editor_emit_entered), self,
                           G_CONNECT_SWAPPED);

  gtk_list_box_append (GTK_LIST_BOX (self->list), entry);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

static void
clear (KafSetRow *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), g_ptr_array_index (self->entries, i));
  g_ptr_array_set_size (self->entries, 0);
  self->wrong = -1;
}

static void
kaf_set_row_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafSetRow *self = KAF_SET_ROW (editor);
  g_autoptr (GPtrArray) elements = kaf_set_parse (canonical);

  clear (self);
  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);

      kaf_editor_show (KAF_EDITOR (append_entry (self)), element->value, NULL);
    }
  if (elements->len == 0)
    append_entry (self);
  update_titles (self);
}

/* What is typed is kept line by line, wrong lines and all. */
static char *
kaf_set_row_get_typed (KafEditor *editor)
{
  KafSetRow *self = KAF_SET_ROW (editor);
  GString *set = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      g_autofree char *typed = kaf_editor_get_typed (g_ptr_array_index (self->entries, i));

      if (*g_strstrip (typed) == '\0')
        continue;
      if (set->len > 0)
        g_string_append_c (set, '\n');
      g_string_append (set, typed);
    }
  return g_string_free (set, FALSE);
}

static void
kaf_set_row_set_typed (KafEditor *editor, const char *typed)
{
  KafSetRow *self = KAF_SET_ROW (editor);
  g_auto (GStrv) lines = g_strsplit (typed, "\n", -1);

  clear (self);
  for (guint i = 0; lines[i] != NULL; i++)
    kaf_editor_set_typed (KAF_EDITOR (append_entry (self)), lines[i]);
  if (self->entries->len == 0)
    append_entry (self);
  update_titles (self);
}

static void
kaf_set_row_set_title (KafEditor *editor, const char *title)
{
  KafSetRow *self = KAF_SET_ROW (editor);

  g_free (self->title);
  self->title = g_strdup (title);
  update_titles (self);
}

/* Element by element, so that the error stands at the one that is wrong. */
static gboolean
kaf_set_row_read (KafEditor *editor,
                  const KafField *field,
                  const KafValueContext *context,
                  char **canonical,
                  char **suggestion,
                  GError **error)
{
  KafSetRow *self = KAF_SET_ROW (editor);
  g_autofree char *set = NULL;

  self->wrong = -1;
  *canonical = NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      KafEditor *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *value = NULL;
      char *longer;

      if (!kaf_editor_read (entry, &self->element, context, &value, suggestion, error))
        {
          self->wrong = i;
          return FALSE;
        }
      if (value == NULL)
        continue;
      longer = kaf_set_add (set, value, NULL);
      g_free (set);
      set = longer;
    }

  *canonical = g_steal_pointer (&set);
  return TRUE;
}

static void
kaf_set_row_correct (KafEditor *editor, const char *suggestion)
{
  KafSetRow *self = KAF_SET_ROW (editor);
  guint at = MAX (self->wrong, 0);

  kaf_editor_show (g_ptr_array_index (self->entries, at), suggestion, NULL);
}

/* Only when each entry still stands for one element: an empty one may be about to be filled. */
static void
kaf_set_row_tidy (KafEditor *editor, const char *canonical)
{
  KafSetRow *self = KAF_SET_ROW (editor);
  g_autoptr (GPtrArray) elements = kaf_set_parse (canonical);

  if (elements->len != self->entries->len)
    return;

  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);

      kaf_editor_tidy (g_ptr_array_index (self->entries, i), element->value);
    }
}

static GtkWidget *
kaf_set_row_get_focus (KafEditor *editor)
{
  KafSetRow *self = KAF_SET_ROW (editor);

  return kaf_editor_get_focus (g_ptr_array_index (self->entries, MAX (self->wrong, 0)));
}

static void
kaf_set_row_set_wrong (KafEditor *editor, gboolean wrong)
{
  KafSetRow *self = KAF_SET_ROW (editor);

  for (guint i = 0; i < self->entries->len; i++)
    kaf_editor_set_wrong (g_ptr_array_index (self->entries, i),
                          wrong && (int) i == MAX (self->wrong, 0));
}

static void
kaf_set_row_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_set_row_show;
  iface->get_typed = kaf_set_row_get_typed;
  iface->set_typed = kaf_set_row_set_typed;
  iface->set_title = kaf_set_row_set_title;
  iface->read = kaf_set_row_read;
  iface->correct = kaf_set_row_correct;
  iface->tidy = kaf_set_row_tidy;
  iface->get_focus = kaf_set_row_get_focus;
  iface->set_wrong = kaf_set_row_set_wrong;
}

static void
kaf_set_row_dispose (GObject *object)
{
  KafSetRow *self = KAF_SET_ROW (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_set_row_parent_class)->dispose (object);
}

static void
kaf_set_row_finalize (GObject *object)
{
  g_free (KAF_SET_ROW (object)->title);
  G_OBJECT_CLASS (kaf_set_row_parent_class)->finalize (object);
}

static void
kaf_set_row_class_init (KafSetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_set_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_set_row_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kaf_set_row_init (KafSetRow *self)
{
  self->wrong = -1;
  self->title = g_strdup ("");
  self->entries = g_ptr_array_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_set_row_new (const KafField *field)
{
  KafSetRow *self = g_object_new (KAF_TYPE_SET_ROW, NULL);

  self->field = field;
  self->element = *field;
  self->element.flags &= ~(KAF_FIELD_MANY | KAF_FIELD_REQUIRED);
  append_entry (self);
  update_titles (self);
  return GTK_WIDGET (self);
}

guint
kaf_set_row_get_n_elements (KafSetRow *self)
{
  g_return_val_if_fail (KAF_IS_SET_ROW (self), 0);

  return self->entries->len;
}

GtkWidget *
kaf_set_row_get_entry (KafSetRow *self, guint index)
{
  g_return_val_if_fail (KAF_IS_SET_ROW (self), NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return g_ptr_array_index (self->entries, index);
}

void
kaf_set_row_add (KafSetRow *self)
{
  g_return_if_fail (KAF_IS_SET_ROW (self));

  append_entry (self);
  update_titles (self);
}

void
kaf_set_row_remove (KafSetRow *self, guint index)
{
  GtkWidget *entry;

  g_return_if_fail (KAF_IS_SET_ROW (self));
  g_return_if_fail (index < self->entries->len);

  entry = g_ptr_array_index (self->entries, index);
  g_ptr_array_remove_index (self->entries, index);
  gtk_list_box_remove (GTK_LIST_BOX (self->list), entry);
  if (self->entries->len == 0)
    append_entry (self);
  self->wrong = -1;
  update_titles (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->entries, index > 0 ? index - 1 : 0));
  kaf_editor_emit_edited (KAF_EDITOR (self));
}

void
kaf_set_row_raise (KafSetRow *self, guint index)
{
  g_autoptr (GtkWidget) entry = NULL;

  g_return_if_fail (KAF_IS_SET_ROW (self));
  g_return_if_fail (index < self->entries->len);

  entry = g_object_ref (g_ptr_array_index (self->entries, index));
  g_ptr_array_remove_index (self->entries, index);
  gtk_list_box_remove (GTK_LIST_BOX (self->list), entry);
  g_ptr_array_insert (self->entries, 0, entry);
  gtk_list_box_prepend (GTK_LIST_BOX (self->list), entry);
  self->wrong = -1;
  update_titles (self);
  gtk_widget_grab_focus (entry);
  kaf_editor_emit_edited (KAF_EDITOR (self));
}
