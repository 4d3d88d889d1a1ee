/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that says the whole set in its subtitle and unfolds into its elements, with a button that
 * opens the picker. Alt+↑ and Alt+↓ move an element. */
#include "config.h"

#include "ui/form/kaf-pick-set.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-set.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-reference-picker.h"
#include "ui/form/kaf-title-lookup.h"

typedef struct
{
  char *id;
  char *title;
  char *level; /* nullable; languages only */
} Item;

struct _KafPickSet
{
  AdwExpanderRow parent_instance;

  const KafField *field;
  KafStore *store;
  GPtrArray *items; /* Item */
  GPtrArray *rows;  /* AdwActionRow, one an item */
  GtkWidget *add;
  GtkWidget *picker;
  GCancellable *cancellable;
  gboolean showing;
};

static void kaf_pick_set_iface_init (KafEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KafPickSet,
                               kaf_pick_set,
                               ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (KAF_TYPE_EDITOR, kaf_pick_set_iface_init))

/* As kaf_value_levels() has them; the first is "not said". */
static const char *const levels[] = { NULL, "A1", "A2", "B1", "B2", "C1", "C2", "native" };

static void rebuild (KafPickSet *self);

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->id);
  g_free (item->title);
  g_free (item->level);
  g_free (item);
}

static const char *
level_label (const char *level)
{
  if (level == NULL)
    return _ ("level not said");
  return strcmp (level, "native") == 0 ? _ ("mother tongue") : level;
}

static void
update_subtitle (KafPickSet *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean expanded = adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self));

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);
      g_autofree char *title = kaf_bidi_isolate (item->title != NULL ? item->title : "…");

      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, title);
      if (item->level != NULL)
        {
          gboolean native = strcmp (item->level, "native") == 0;
          g_autofree char *level = kaf_bidi_isolate (level_label (item->level));

          g_string_append_printf (text, native ? " (%s)" : " %s", level);
        }
    }

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text->len > 0 ? text->str : "—");
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), self->items->len > 0);
  /* Allowing it unfolds the row as well. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), expanded && self->items->len > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text->str, -1);
}

static guint
index_of (KafPickSet *self, GtkWidget *inside)
{
  GtkWidget *row =
      ADW_IS_ACTION_ROW (inside) ? inside : gtk_widget_get_ancestor (inside, ADW_TYPE_ACTION_ROW);
  guint index = 0;

  g_ptr_array_find (self->rows, row, &index);
  return index;
}

static void
on_remove_clicked (KafPickSet *self, GtkWidget *button)
{
  kaf_pick_set_remove (self, index_of (self, button));
}

static void
on_raise_clicked (KafPickSet *self, GtkWidget *button)
{
  guint index = index_of (self, button);

  if (index > 0)
    kaf_pick_set_move (self, index, index - 1);
}

static void
on_level_selected (KafPickSet *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (!self->showing && selected < G_N_ELEMENTS (levels))
    kaf_pick_set_set_level (self, index_of (self, GTK_WIDGET (drop_down)), levels[selected]);
}

static gboolean
on_row_key (GtkEventControllerKey *keys,
            guint keyval,
            guint keycode,
            GdkModifierType state,
            KafPickSet *self)
{
  guint index = index_of (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)));

  if (keyval == GDK_KEY_Delete)
    {
      kaf_pick_set_remove (self, index);
      return TRUE;
    }
  if ((state & GDK_ALT_MASK) == 0)
    return FALSE;
  if (keyval == GDK_KEY_Up && index > 0)
    {
      kaf_pick_set_move (self, index, index - 1);
      return TRUE;
    }
  if (keyval == GDK_KEY_Down && index + 1 < self->items->len)
    {
      kaf_pick_set_move (self, index, index + 1);
      return TRUE;
    }
  return FALSE;
}

static void
add_button (
    GtkWidget *row, const char *icon, const char *name, GCallback callback, KafPickSet *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_level (KafPickSet *self, GtkWidget *row, const Item *item)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      gtk_string_list_append (labels, level_label (levels[i]));
      if (g_strcmp0 (levels[i], item->level) == 0)
        selected = i;
    }

  drop_down = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (drop_down, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Level"), -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (on_level_selected), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop_down);
}

static GtkWidget *
new_item_row (KafPickSet *self, const Item *item, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *line = kaf_bidi_line (item->title != NULL ? item->title : "…");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (index == 0 && self->items->len > 1 && self->field->kind == KAF_KIND_REFERENCE)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("main"));
  if (self->field->kind == KAF_KIND_LANGUAGE)
    add_level (self, row, item);
  if (index > 0)
    add_button (row, "go-up-symbolic", _ ("Move up"), G_CALLBACK (on_raise_clicked), self);
  add_button (row, "edit-delete-symbolic", _ ("Remove"), G_CALLBACK (on_remove_clicked), self);

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_row_key), self, 0);
  gtk_widget_add_controller (row, keys);
  return row;
}

static void
rebuild (KafPickSet *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *row = new_item_row (self, g_ptr_array_index (self->items, i), i);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
  update_subtitle (self);
  self->showing = FALSE;
}

static void
edited (KafPickSet *self)
{
  rebuild (self);
  kaf_editor_emit_edited (KAF_EDITOR (self));
}

static char *
kaf_pick_set_get_typed (KafEditor *editor)
{
  KafPickSet *self = KAF_PICK_SET (editor);
  GString *set = g_string_new (NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (i > 0)
        g_string_append_c (set, '\n');
      g_string_append (set, item->id);
      if (item->level != NULL)
        g_string_append_printf (set, "\t%s", item->level);
    }
  return g_string_free (set, FALSE);
}

static void
take_titles (KafPickSet *self, const char *const *titles)
{
  for (guint i = 0; i < self->items->len && titles[i] != NULL; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      g_free (item->title);
      item->title = g_strdup (titles[i]);
    }
  rebuild (self);
}

static void
on_titles (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafPickSet) self = data;
  g_auto (GStrv) titles = kaf_title_lookup_finish (KAF_STORE (source), result, NULL);

  if (titles != NULL && self->store != NULL)
    take_titles (self, (const char *const *) titles);
}

static void
kaf_pick_set_show (KafEditor *editor, const char *canonical, const char *text)
{
  KafPickSet *self = KAF_PICK_SET (editor);
  g_autoptr (GPtrArray) elements = kaf_set_parse (canonical);
  g_auto (GStrv) titles = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < elements->len; i++)
    {
      KafElement *element = g_ptr_array_index (elements, i);
      Item *item = g_new0 (Item, 1);

      item->id = g_strdup (element->value);
      item->level = g_strdup (element->detail);
      g_ptr_array_add (self->items, item);
    }

  if (titles != NULL)
    take_titles (self, (const char *const *) titles);
  else
    {
      rebuild (self);
      if (elements->len > 0)
        {
          self->cancellable = g_cancellable_new ();
          kaf_title_lookup_async (self->store, self->field->target, canonical, self->cancellable,
                                  on_titles, g_object_ref (self));
        }
    }
}

static void
kaf_pick_set_set_typed (KafEditor *editor, const char *typed)
{
  kaf_pick_set_show (editor, typed, NULL);
}

static void
kaf_pick_set_set_title (KafEditor *editor, const char *title)
{
  KafPickSet *self = KAF_PICK_SET (editor);
  /* Translators: a button beside the name of a field: "Add: Languages". */
  g_autofree char *add = g_strdup_printf (_ ("Add: %s"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  kaf_tooltip_set (self->add, add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, add,
                                  -1);
}

static GtkWidget *
kaf_pick_set_get_focus (KafEditor *editor)
{
  return KAF_PICK_SET (editor)->add;
}

static void
kaf_pick_set_iface_init (KafEditorInterface *iface)
{
  iface->show = kaf_pick_set_show;
  iface->get_typed = kaf_pick_set_get_typed;
  iface->set_typed = kaf_pick_set_set_typed;
  iface->set_title = kaf_pick_set_set_title;
  iface->get_focus = kaf_pick_set_get_focus;
}

static void
on_picked (KafPickSet *self, const char *id, const char *title)
{
  kaf_pick_set_add (self, id, title);
  gtk_widget_grab_focus (self->add);
}

static void
on_add_clicked (KafPickSet *self)
{
  g_autofree char *chosen = kaf_pick_set_get_typed (KAF_EDITOR (self));

  if (self->picker == NULL)
    {
      self->picker =
          kaf_reference_picker_new (self->store, self->field->target,
                                    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
      gtk_widget_set_parent (self->picker, GTK_WIDGET (self));
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked), self,
                               G_CONNECT_SWAPPED);
    }

  kaf_reference_picker_set_chosen (KAF_REFERENCE_PICKER (self->picker), chosen);
  gtk_popover_popup (GTK_POPOVER (self->picker));
}

/* With nothing to unfold, the row itself asks for a first value. */
static gboolean
on_key (KafPickSet *self, guint keyval)
{
  gboolean enter =
      keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space;

  if (!enter || self->items->len > 0 || gtk_widget_has_focus (self->add) ||
      (self->picker != NULL && gtk_widget_get_visible (self->picker)))
    return GDK_EVENT_PROPAGATE;
  on_add_clicked (self);
  return GDK_EVENT_STOP;
}

static void
kaf_pick_set_dispose (GObject *object)
{
  KafPickSet *self = KAF_PICK_SET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->picker, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_pick_set_parent_class)->dispose (object);
}

static void
kaf_pick_set_finalize (GObject *object)
{
  KafPickSet *self = KAF_PICK_SET (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (kaf_pick_set_parent_class)->finalize (object);
}

static void
kaf_pick_set_class_init (KafPickSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_pick_set_dispose;
  object_class->finalize = kaf_pick_set_finalize;
}

static void
kaf_pick_set_init (KafPickSet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->rows = g_ptr_array_new ();

  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add, "flat");
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add_clicked), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->add);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  kaf_editor_watch_focus (KAF_EDITOR (self));
}

GtkWidget *
kaf_pick_set_new (const KafField *field, KafStore *store)
{
  KafPickSet *self = g_object_new (KAF_TYPE_PICK_SET, NULL);

  self->field = field;
  self->store = store != NULL ? g_object_ref (store) : NULL;
  rebuild (self);
  return GTK_WIDGET (self);
}

void
kaf_pick_set_add (KafPickSet *self, const char *id, const char *title)
{
  Item *item;

  g_return_if_fail (KAF_IS_PICK_SET (self));

  for (guint i = 0; i < self->items->len; i++)
    {
      item = g_ptr_array_index (self->items, i);
      if (strcmp (item->id, id) == 0)
        return;
    }

  item = g_new0 (Item, 1);
  item->id = g_strdup (id);
  item->title = g_strdup (title);
  g_ptr_array_add (self->items, item);
  edited (self);
  /* A language without its level says little: its row is shown at once. */
  if (self->field->kind == KAF_KIND_LANGUAGE)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

void
kaf_pick_set_remove (KafPickSet *self, guint index)
{
  g_return_if_fail (KAF_IS_PICK_SET (self));
  g_return_if_fail (index < self->items->len);

  g_ptr_array_remove_index (self->items, index);
  edited (self);
  if (self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, MIN (index, self->rows->len - 1)));
  else
    gtk_widget_grab_focus (self->add);
}

void
kaf_pick_set_move (KafPickSet *self, guint from, guint to)
{
  Item *item;

  g_return_if_fail (KAF_IS_PICK_SET (self));
  g_return_if_fail (from < self->items->len && to < self->items->len);

  item = g_ptr_array_steal_index (self->items, from);
  g_ptr_array_insert (self->items, to, item);
  edited (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->rows, to));
}

void
kaf_pick_set_set_level (KafPickSet *self, guint index, const char *level)
{
  Item *item;

  g_return_if_fail (KAF_IS_PICK_SET (self));
  g_return_if_fail (index < self->items->len);

  item = g_ptr_array_index (self->items, index);
  if (g_strcmp0 (item->level, level) == 0)
    return;
  g_free (item->level);
  item->level = g_strdup (level);
  update_subtitle (self);
  kaf_editor_emit_edited (KAF_EDITOR (self));
}
