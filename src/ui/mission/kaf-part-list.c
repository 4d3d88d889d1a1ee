/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are made anew with each reading; the focus goes to the row that had it, by its record. */
#include "config.h"

#include "ui/mission/kaf-part-list.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-row-names.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define DETAIL_WIDTH 130 /* px */

struct _KafPartList
{
  GtkBox parent_instance;

  const KafPartSpec *spec;
  GtkWidget *section;
  GtkWidget *add; /* nullable */
  GtkWidget *list;
  guint n_rows;
  GtkSizeGroup *ends; /* menus, and what stands in their place; nullable: no row has a menu */
};

G_DEFINE_FINAL_TYPE (KafPartList, kaf_part_list, GTK_TYPE_BOX)

char *
kaf_part_name_expert (const KafMissionData *data, const KafRow *row)
{
  const char *name = kaf_mission_data_text (row, "person");

  return g_strdup (name != NULL ? name : _ ("Expert who is not on this device"));
}

char *
kaf_part_name_organisation (const KafMissionData *data, const KafRow *row)
{
  return g_strdup (kaf_mission_data_text (row, "organisation"));
}

gboolean
kaf_part_append_window (GString *line, const KafRow *row)
{
  const char *from = kaf_mission_data_text (row, "window_from");
  const char *to = kaf_mission_data_text (row, "window_to");

  if (from != NULL && to != NULL)
    {
      g_autofree char *first = kaf_bidi_isolate (from);
      g_autofree char *last = kaf_bidi_isolate (to);
      g_autofree char *words = g_strdup_printf (_ ("available from %s to %s"), first, last);

      kaf_bidi_append (line, words);
      return TRUE;
    }
  kaf_bidi_append_format (line, _ ("available from %s"), from);
  kaf_bidi_append_format (line, _ ("available until %s"), to);
  return from != NULL || to != NULL;
}

char *
kaf_part_choice (const KafRow *row, const char *field, const char **style)
{
  const char *code = kaf_mission_data_raw (row, field);
  const KafField *found = kaf_entity_find_field (row->entity, field);
  const KafChoice *choice =
      code != NULL && found != NULL ? kaf_field_find_choice (found, code) : NULL;

  *style = choice != NULL ? choice->style : NULL;
  return choice != NULL ? g_strdup (_ (choice->label)) : NULL;
}

static void
kaf_part_list_dispose (GObject *object)
{
  g_clear_object (&KAF_PART_LIST (object)->ends);
  G_OBJECT_CLASS (kaf_part_list_parent_class)->dispose (object);
}

static void
kaf_part_list_class_init (KafPartListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_part_list_dispose;
}

static void
kaf_part_list_init (KafPartList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

/* What is written once is read, not edited; so is what has a page that shows more. */
static gboolean
is_read (KafPartList *self)
{
  return self->spec->paged ||
         kaf_entity_has (kaf_registry_find (self->spec->entity), KAF_ENTITY_APPEND_ONLY);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  KafPartList *self = user_data;
  const char *id = g_object_get_data (G_OBJECT (row), "kaf-id");

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), is_read (self) ? "mission.open" : "mission.edit",
                                "(ss)", self->spec->entity, id);
}

GtkWidget *
kaf_part_list_new (const KafPartSpec *spec)
{
  KafPartList *self = g_object_new (KAF_TYPE_PART_LIST, NULL);
  const char *label = spec->add_label != NULL ? _ (spec->add_label) : _ ("Add");
  /* Translators: %s is the heading of a part of the page, "Networks and mandates". */
  g_autofree char *name = g_strdup_printf (_ ("Add: %s"), _ (spec->title));

  self->spec = spec;
  self->section = kaf_record_section_new (_ (spec->title));
  self->list = kaf_record_section_list (_ (spec->title));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  if (spec->add != NULL)
    {
      self->add = kaf_record_section_add_button (KAF_RECORD_SECTION (self->section), label, name);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", spec->add);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "mission.add");
    }
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), self->list);
  gtk_box_append (GTK_BOX (self), self->section);
  return GTK_WIDGET (self);
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *entity, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "(ss)", entity, id);
  g_menu_append_item (menu, item);
}

static void
add_quick (KafPartList *self, const KafMissionData *data, GMenu *menu, const KafRow *row)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (const KafPartQuick *quick = self->spec->quick; quick != NULL && quick->field != NULL;
       quick++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (quick->label), NULL);
      const char *now = kaf_mission_data_raw (row, quick->field);

      if (!kaf_mission_data_may_write_field (data, self->spec->entity, quick->field))
        continue;
      if (quick->value[0] == '\0' ? now != NULL : g_strcmp0 (now, quick->value) == 0)
        continue;
      g_menu_item_set_action_and_target (item, "mission.set-today", "(sssss)", self->spec->entity,
                                         row->id, quick->field, quick->value,
                                         quick->day != NULL ? quick->day : "");
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
make_menu (KafPartList *self, const KafMissionData *data, const KafRow *row, gboolean writable)
{
  const KafPartSpec *spec = self->spec;
  const KafField *field =
      spec->opens != NULL ? kaf_entity_find_field (row->entity, spec->opens) : NULL;
  const char *target = field != NULL ? kaf_mission_data_raw (row, spec->opens) : NULL;
  GMenu *menu = g_menu_new ();

  if (writable && spec->quick != NULL)
    add_quick (self, data, menu, row);
  if (target != NULL)
    add_item (menu, C_ ("action", "Open"), "mission.open", field->target, target);
  if (writable && !is_read (self))
    {
      add_item (menu, _ ("Edit…"), "mission.edit", spec->entity, row->id);
      if (kaf_mission_data_may_make (data, spec->entity))
        add_item (menu, _ ("Remove"), "mission.remove", spec->entity, row->id);
    }
  return menu;
}

/* What is mostly done to such a row, in one click. */
static GtkWidget *
make_act (KafPartList *self, const KafRow *row, const char *label, const char *name)
{
  const KafPartQuick *quick = self->spec->quick;
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *said = g_strdup_printf ("%s: %s", label, name);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sssss)", self->spec->entity, row->id,
                                    quick->field, quick->value,
                                    quick->day != NULL ? quick->day : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.set-today");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return button;
}

/* @target: of mission.add, "ENTITY field=value…". */
static gboolean
may_add (const KafMissionData *data, const char *target)
{
  g_auto (GStrv) words = g_strsplit (target, " ", 2);

  return kaf_mission_data_may_make (data, words[0]);
}

/* What is mostly written of such a row; NULL: nothing that the role of who works here writes. */
static GtkWidget *
make_adding (KafPartList *self, const KafMissionData *data, const KafRow *row, const char *name)
{
  g_autofree char *target = self->spec->adds (data, row);
  g_autofree char *said = g_strdup_printf ("%s: %s", _ (self->spec->adds_label), name);
  GtkWidget *button;

  if (!may_add (data, target))
    return NULL;
  button = gtk_button_new_with_label (_ (self->spec->adds_label));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.add");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return button;
}

static GtkWidget *
make_texts (const char *name, const char *detail)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), kaf_text_new (name, KAF_DRAWN_TEXT_PLAIN, DETAIL_WIDTH, 2));
  if (detail != NULL && *detail != '\0')
    gtk_box_append (GTK_BOX (texts),
                    kaf_text_new (detail, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, DETAIL_WIDTH,
                                  KAF_TEXT_WHOLE));
  return texts;
}

static char *
row_name (KafPartList *self, const KafMissionData *data, const KafRow *row)
{
  char *name = self->spec->name != NULL ? self->spec->name (data, row) : NULL;
  const char *first, *second;

  if (name != NULL)
    return name;
  if ((row->title == NULL || *row->title == '\0') &&
      (row->title_ar == NULL || *row->title_ar == '\0'))
    return g_strdup (_ (row->entity->label));
  kaf_row_names (row, data->lang, &first, &second);
  return g_strdup (first);
}

/* Pills stand below one another, whether a row has a menu or not. */
static void
add_end (KafPartList *self, GtkWidget *box, GMenuModel *menu, const char *name)
{
  GtkWidget *end;

  if (self->ends == NULL)
    return;
  end = g_menu_model_get_n_items (menu) > 0 ? kaf_record_section_menu_button (menu, name)
                                            : gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_size_group_add_widget (self->ends, end);
  gtk_box_append (GTK_BOX (box), end);
}

static gboolean
has_menus (KafPartList *self, const KafMissionData *data, const GPtrArray *rows, gboolean writable)
{
  gboolean edits = writable && kaf_mission_data_may_write (data, self->spec->entity);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GMenu) menu = make_menu (self, data, rows->pdata[i], edits);

      if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
make_row (KafPartList *self, const KafMissionData *data, const KafRow *row, gboolean writable)
{
  const KafPartSpec *spec = self->spec;
  gboolean edits = writable && kaf_mission_data_may_write (data, spec->entity);
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = row_name (self, data, row);
  g_autofree char *joined = spec->detail != NULL ? spec->detail (data, row) : NULL;
  g_autofree char *detail = joined != NULL ? kaf_bidi_line (joined) : NULL;
  const char *style = NULL;
  g_autofree char *pill = spec->pill != NULL ? spec->pill (data, row, &style) : NULL;
  g_autofree char *more = g_strdup_printf (_ ("Actions for %s"), name);
  g_autoptr (GMenu) menu = make_menu (self, data, row, edits);
  g_autoptr (GString) said = g_string_new (name);
  GtkWidget *adding;

  gtk_box_append (GTK_BOX (box), make_texts (name, detail));
  if (pill != NULL)
    {
      GtkWidget *state = kaf_pill_new (pill, style);

      kaf_pill_set_whole (KAF_PILL (state), TRUE);
      gtk_box_append (GTK_BOX (box), state);
      g_string_append_printf (said, ", %s", pill);
    }
  if (detail != NULL && *detail != '\0')
    g_string_append_printf (said, ", %s", detail);
  if (edits && spec->act != NULL && spec->act (data, row) != NULL &&
      kaf_mission_data_may_write_field (data, spec->entity, spec->quick->field))
    gtk_box_append (GTK_BOX (box), make_act (self, row, spec->act (data, row), name));
  adding = writable && spec->adds != NULL ? make_adding (self, data, row, name) : NULL;
  if (adding != NULL)
    gtk_box_append (GTK_BOX (box), adding);
  add_end (self, box, G_MENU_MODEL (menu), more);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  g_object_set_data_full (G_OBJECT (widget), "kaf-id", g_strdup (row->id), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), edits || is_read (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, said->str,
                                  -1);
  return widget;
}

static GtkWidget *
find_row (KafPartList *self, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL && id != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "kaf-id"), id) == 0)
      return row;
  return NULL;
}

static char *
get_focused (KafPartList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row == NULL || gtk_widget_get_parent (row) != self->list)
    return NULL;
  return g_strdup (g_object_get_data (G_OBJECT (row), "kaf-id"));
}

typedef struct
{
  const KafPartSpec *spec;
  const KafMissionData *data;
} Order;

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;

  return order->spec->compare (order->data, *(KafRow *const *) a, *(KafRow *const *) b);
}

/* (transfer container): glib's sort is stable. */
static GPtrArray *
sort_rows (KafPartList *self, const KafMissionData *data)
{
  GPtrArray *all = kaf_mission_data_rows (data, self->spec->entity);
  GPtrArray *rows = g_ptr_array_sized_new (all->len);
  Order order = { self->spec, data };

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (rows, g_ptr_array_index (all, i));
  if (self->spec->compare != NULL)
    g_ptr_array_sort_with_data (rows, compare_rows, &order);
  return rows;
}

void
kaf_part_list_set (KafPartList *self, const KafMissionData *data, gboolean writable)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *focus = NULL;
  g_autofree char *note = NULL;

  g_return_if_fail (KAF_IS_PART_LIST (self));

  gtk_widget_set_visible (GTK_WIDGET (self), self->spec->shows == NULL || self->spec->shows (data));
  rows = sort_rows (self, data);
  focus = get_focused (self);
  note = self->spec->note != NULL ? self->spec->note (data) : NULL;
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->section), note);
  kaf_record_section_clear (self->list);
  g_clear_object (&self->ends);
  if (has_menus (self, data, rows, writable))
    self->ends = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->n_rows = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (self->spec->stands != NULL && !self->spec->stands (data, row))
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, data, row, writable));
      self->n_rows++;
    }
  if (self->n_rows == 0)
    kaf_record_section_say (self->list, _ (self->spec->empty));
  if (self->add != NULL)
    gtk_widget_set_visible (self->add, writable && may_add (data, self->spec->add));
  if (focus != NULL && find_row (self, focus) != NULL)
    gtk_widget_grab_focus (find_row (self, focus));
}

gboolean
kaf_part_list_lead (KafPartList *self, const char *id)
{
  GtkWidget *row;

  g_return_val_if_fail (KAF_IS_PART_LIST (self), FALSE);

  if (id == NULL)
    return self->add != NULL && gtk_widget_grab_focus (self->add);
  row = find_row (self, id);
  return row != NULL && gtk_widget_grab_focus (row);
}

guint
kaf_part_list_get_n_rows (KafPartList *self)
{
  g_return_val_if_fail (KAF_IS_PART_LIST (self), 0);
  return self->n_rows;
}

const KafPartSpec *
kaf_part_list_get_spec (KafPartList *self)
{
  g_return_val_if_fail (KAF_IS_PART_LIST (self), NULL);
  return self->spec;
}
