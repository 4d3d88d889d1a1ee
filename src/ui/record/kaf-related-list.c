/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heading stays while a person steps through records; only the rows are made anew. */
#include "config.h"

#include "ui/record/kaf-related-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/compat/kaf-chevron.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"
#include "ui/record/kaf-record-words.h"

#define DETAIL_WIDTH 130 /* px */

struct _KafRelatedList
{
  GtkBox parent_instance;

  const KafRelatedGroup *group;
  KafStore *store; /* asked what its user may write */
  GtkWidget *section;
  GtkWidget *add; /* a button, or a menu button when there are several kinds */
  GtkWidget *list;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (KafRelatedList, kaf_related_list, GTK_TYPE_BOX)

static void
kaf_related_list_dispose (GObject *object)
{
  g_clear_object (&KAF_RELATED_LIST (object)->store);

  G_OBJECT_CLASS (kaf_related_list_parent_class)->dispose (object);
}

static void on_move (GtkWidget *widget, const char *action, GVariant *parameter);

static void
kaf_related_list_class_init (KafRelatedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_related_list_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "related.move", "(si)", on_move);
}

static void
kaf_related_list_init (KafRelatedList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

/* What may be done to the rows of a list. */
typedef struct
{
  gboolean changes; /* edit, move */
  gboolean removes;
  gboolean toggles;
} Rights;

/* What has a reference of its own has a page, even where the general search leaves it out. */
static gboolean
has_page (const KafEntity *entity)
{
  return kaf_entity_has (entity, KAF_ENTITY_SEARCHED) || entity->prefix != NULL;
}

/* What a row leads to: the other end of a tie, or the record itself when it has its own page. */
static gboolean
row_target (const KafRelatedSpec *spec, const KafRow *row, const char **entity, const char **id)
{
  const KafEntity *listed = kaf_registry_find (spec->entity);
  const KafField *field = kaf_entity_find_field (listed, spec->columns[0]);

  if (has_page (listed))
    {
      *entity = spec->entity;
      *id = row->id;
      return TRUE;
    }
  if (field == NULL || field->kind != KAF_KIND_REFERENCE || row->raw[0] == NULL)
    return FALSE;
  *entity = field->target;
  *id = row->raw[0];
  return TRUE;
}

/* Every other value of what Space turns. */
static void
add_marks (GMenu *menu, const KafRelatedSpec *spec, const KafRow *row)
{
  const KafField *field =
      kaf_entity_find_field (kaf_registry_find (spec->entity), spec->toggle->field);
  int column = kaf_related_spec_column (spec, spec->toggle->field);
  g_autoptr (GMenu) section = g_menu_new ();

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (choice->label), NULL);

      if (g_strcmp0 (row->raw[column], choice->code) == 0)
        continue;
      g_menu_item_set_action_and_target (item, "record.mark-related", "(sss)", spec->entity,
                                         row->id, choice->code);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
add_moves (GMenu *menu, const KafRow *row)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuItem) up = g_menu_item_new (_ ("Move Up"), NULL);
  g_autoptr (GMenuItem) down = g_menu_item_new (_ ("Move Down"), NULL);

  g_menu_item_set_action_and_target (up, "related.move", "(si)", row->id, -1);
  g_menu_item_set_action_and_target (down, "related.move", "(si)", row->id, 1);
  g_menu_append_item (section, up);
  g_menu_append_item (section, down);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
row_menu (const KafRelatedSpec *spec, const KafRow *row, const Rights *rights)
{
  GMenu *menu = g_menu_new ();
  const KafEntity *listed = kaf_registry_find (spec->entity);
  gboolean own = has_page (listed);
  const char *entity, *id;

  if (row_target (spec, row, &entity, &id))
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (C_ ("action", "Open"), NULL);

      g_menu_item_set_action_and_target (item, "record.open", "(ss)", entity, id);
      g_menu_append_item (menu, item);
    }
  /* What has its own page is edited and deleted there; a log is only added to. */
  if (rights->changes && !own && !kaf_entity_has (listed, KAF_ENTITY_APPEND_ONLY))
    {
      g_autoptr (GMenuItem) edit = g_menu_item_new (_ ("Edit…"), NULL);
      g_autoptr (GMenuItem) remove = g_menu_item_new (_ ("Remove"), NULL);

      g_menu_item_set_action_and_target (edit, "record.edit-related", "(ss)", spec->entity,
                                         row->id);
      g_menu_item_set_action_and_target (remove, "record.remove-related", "(ss)", spec->entity,
                                         row->id);
      g_menu_append_item (menu, edit);
      if (rights->removes)
        g_menu_append_item (menu, remove);
    }
  if (rights->changes && spec->act != NULL && row->raw[0] != NULL)
    {
      g_autoptr (GMenuItem) act = g_menu_item_new (_ (spec->act_label), NULL);

      g_menu_item_set_action_and_target (act, spec->act, "(ss)", row->id, row->raw[0]);
      g_menu_append_item (menu, act);
    }
  if (rights->toggles)
    add_marks (menu, spec, row);
  if (rights->changes && spec->moves)
    add_moves (menu, row);
  return menu;
}

static GtkWidget *
line_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
detail_new (const char *text)
{
  return kaf_text_new (text, KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_DIM, DETAIL_WIDTH,
                       KAF_TEXT_WHOLE);
}

/* (transfer full) */
static char *
row_name (const KafRelatedSpec *spec, const KafRow *row)
{
  g_autofree char *name = spec->name != NULL ? spec->name (row) : NULL;

  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);
  if (spec->name == NULL && row->n_cells > 0 && row->cells[0] != NULL && *row->cells[0] != '\0')
    return g_strdup (row->cells[0]);
  return g_strdup (row->title != NULL ? row->title : _ (kaf_registry_find (spec->entity)->label));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  const char *entity = g_object_get_data (G_OBJECT (row), "kaf-entity");
  const char *id = g_object_get_data (G_OBJECT (row), "kaf-id");
  const char *action = g_object_get_data (G_OBJECT (row), "kaf-action");

  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), action, "(ss)", entity, id);
}

static void
set_activation (GtkWidget *row, const char *action, const char *entity, const char *id)
{
  g_object_set_data (G_OBJECT (row), "kaf-action", (gpointer) action);
  g_object_set_data_full (G_OBJECT (row), "kaf-entity", g_strdup (entity), g_free);
  g_object_set_data_full (G_OBJECT (row), "kaf-id", g_strdup (id), g_free);
}

static GtkWidget *
texts_new (const char *name, const char *subtitle)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), line_new (name));
  if (*subtitle != '\0')
    gtk_box_append (GTK_BOX (texts), detail_new (subtitle));
  return texts;
}

/* (transfer full) */
static char *
said_first (const KafRecordWords *words, const char *parts)
{
  if (words == NULL || words->line == NULL || *words->line == '\0')
    return g_strdup (parts);
  return *parts != '\0' ? g_strdup_printf ("%s · %s", words->line, parts) : g_strdup (words->line);
}

/* What the rules say of the record goes before what its fields say. */
static char *
pill_text (const KafRelatedSpec *spec,
           const KafRow *row,
           const KafRecordWords *words,
           const char *today,
           const char **style)
{
  if (words != NULL && words->pill != NULL)
    {
      *style = words->style;
      return g_strdup (words->pill);
    }
  return spec->pill != NULL ? spec->pill (row, today, style) : NULL;
}

static GtkWidget *
row_new (const KafRelatedSpec *spec,
         const KafRow *row,
         const KafRecordData *data,
         const Rights *rights)
{
  const KafRecordWords *words = kaf_record_words_find (data, row->id);
  g_autofree char *called =
      words != NULL && words->name != NULL ? g_strdup (words->name) : row_name (spec, row);
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (spec->icon);
  g_autofree char *parts = kaf_related_spec_subtitle (spec, row);
  g_autofree char *joined = said_first (words, parts);
  g_autofree char *subtitle = kaf_bidi_line (joined);
  g_autofree char *name =
      *subtitle != '\0' ? g_strdup_printf ("%s, %s", called, subtitle) : g_strdup (called);
  g_autofree char *more = g_strdup_printf (_ ("Actions for %s"), called);
  g_autoptr (GMenu) menu = row_menu (spec, row, rights);
  const char *entity, *id, *style = NULL;
  g_autofree char *pill = pill_text (spec, row, words, data->today, &style);

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts_new (called, subtitle));
  if (pill != NULL)
    {
      GtkWidget *state = kaf_pill_new (pill, style);

      /* The name next to it gives way. */
      kaf_pill_set_whole (KAF_PILL (state), TRUE);
      gtk_box_append (GTK_BOX (box), state);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    gtk_box_append (GTK_BOX (box), kaf_record_section_menu_button (G_MENU_MODEL (menu), more));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);

  if (row_target (spec, row, &entity, &id))
    set_activation (widget, "record.open", entity, id);
  else if (rights->changes &&
           !kaf_entity_has (kaf_registry_find (spec->entity), KAF_ENTITY_APPEND_ONLY))
    set_activation (widget, "record.edit-related", spec->entity, row->id);
  else
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), FALSE);
  g_object_set_data_full (G_OBJECT (widget), "kaf-row", kaf_row_ref ((KafRow *) row),
                          (GDestroyNotify) kaf_row_unref);
  g_object_set_data_full (G_OBJECT (widget), "kaf-rights", g_memdup2 (rights, sizeof *rights),
                          g_free);
  if (pill != NULL)
    {
      g_autofree char *said = g_strdup_printf ("%s, %s", name, pill);

      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, said,
                                      -1);
    }
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  return widget;
}

/* "See all 412": the list, filtered. */
static GtkWidget *
all_row_new (const KafRelatedRows *related, KafLang lang)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *number = related->total > 0 ? kaf_number_format (related->total, lang) : NULL;
  /* Translators: %s is a number of records. */
  g_autofree char *text =
      number != NULL ? g_strdup_printf (_ ("See all %s"), number) : g_strdup (_ ("See all"));
  GtkWidget *label = line_new (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), kaf_chevron_new ());
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  set_activation (row, "record.see-all", related->spec->list, related->spec->path);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static char *
add_target (const KafRelatedSpec *spec)
{
  return g_strdup_printf ("%s %s%s%s", spec->entity, spec->field, spec->only != NULL ? " " : "",
                          spec->only != NULL ? spec->only : "");
}

/* NULL @data: before the first record was read. */
static gboolean
stands_on (const KafRelatedSpec *spec, const KafRecordData *data)
{
  const char *value = NULL;
  g_autofree char *field = kaf_related_split (spec->of, &value);

  return field == NULL ||
         (data != NULL && g_strcmp0 (kaf_record_data_get (data, field), value) == 0);
}

static GMenuModel *
add_menu (KafRelatedList *self, const KafRecordData *data)
{
  const KafRelatedGroup *group = self->group;
  GMenu *menu = g_menu_new ();

  for (guint i = 0; group->specs[i] != NULL; i++)
    {
      const KafRelatedSpec *spec = group->specs[i];
      g_autofree char *target = add_target (spec);
      g_autoptr (GMenuItem) item = NULL;

      if (!stands_on (spec, data) ||
          !kaf_store_may_make (self->store, kaf_registry_find (spec->entity)))
        continue;
      item = g_menu_item_new (
          _ (spec->label != NULL ? spec->label : kaf_registry_find (spec->entity)->label), NULL);
      g_menu_item_set_action_and_target (item, "record.add", "s", target);
      g_menu_append_item (menu, item);
      if (spec->several != NULL)
        g_menu_append (menu, _ (spec->several), "record.add-many");
    }
  return G_MENU_MODEL (menu);
}

static GtkWidget *
add_button_new (KafRelatedList *self)
{
  /* Translators: %s is the heading of a part of the page, "Networks and mandates". */
  g_autofree char *name = g_strdup_printf (_ ("Add: %s"), _ (self->group->title));
  GtkWidget *button;

  if (self->group->specs[1] == NULL && self->group->specs[0]->several == NULL)
    {
      g_autofree char *target = add_target (self->group->specs[0]);

      button = kaf_record_section_add_button (KAF_RECORD_SECTION (self->section), _ ("Add"), name);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.add");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
    }
  else
    {
      g_autoptr (GMenuModel) menu = add_menu (self, NULL);

      button =
          kaf_record_section_add_menu (KAF_RECORD_SECTION (self->section), _ ("Add"), name, menu);
    }
  return button;
}

static const KafRow *
get_row (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "kaf-row");
}

static GtkWidget *
find_row (KafRelatedList *self, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (get_row (row) != NULL && strcmp (get_row (row)->id, id) == 0)
      return row;
  return NULL;
}

/* Id of the record of the row that has the focus: the rows are made anew with each reading. (transfer full) */
static char *
get_focused (KafRelatedList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row == NULL || gtk_widget_get_parent (row) != self->list || get_row (row) == NULL)
    return NULL;
  return g_strdup (get_row (row)->id);
}

/* What may be done, by the keys and the menus alike. */

/* The neighbours change places, and all are numbered: those that never had a place get one. */
static void
on_move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafRelatedList *self = KAF_RELATED_LIST (widget);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const char *id;
  int by, from = -1;

  g_variant_get (parameter, "(&si)", &id, &by);
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (get_row (row) != NULL)
      {
        if (strcmp (get_row (row)->id, id) == 0)
          from = (int) ids->len;
        g_ptr_array_add (ids, get_row (row)->id);
      }
  if (from < 0 || from + by < 0 || from + by >= (int) ids->len)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  g_ptr_array_insert (ids, from + by, g_ptr_array_steal_index (ids, from));
  gtk_widget_activate_action (widget, "record.order-related", "(s@as)",
                              self->group->specs[0]->entity,
                              g_variant_new_strv ((const char *const *) ids->pdata, ids->len));
}

static gboolean
toggle (KafRelatedList *self, const KafRelatedSpec *spec, const KafRow *row)
{
  int column = kaf_related_spec_column (spec, spec->toggle->field);
  gboolean on = g_strcmp0 (row->raw[column], spec->toggle->on) == 0;

  gtk_widget_activate_action (GTK_WIDGET (self), "record.mark-related", "(sss)", spec->entity,
                              row->id, on ? spec->toggle->off : spec->toggle->on);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        KafRelatedList *self)
{
  const KafRelatedSpec *spec = self->group->specs[0];
  g_autofree char *id = get_focused (self);
  GtkWidget *row = id != NULL ? find_row (self, id) : NULL;
  const Rights *rights = row != NULL ? g_object_get_data (G_OBJECT (row), "kaf-rights") : NULL;

  state &= GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK;
  if (rights == NULL)
    return GDK_EVENT_PROPAGATE;
  if (rights->toggles && state == 0 && (key == GDK_KEY_space || key == GDK_KEY_KP_Space))
    return toggle (self, spec, get_row (row));
  if (!rights->changes || !spec->moves || state != GDK_ALT_MASK ||
      (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "related.move", "(si)", id,
                              key == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

static void
add_keys (KafRelatedList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the row takes Space as Enter. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->list, keys);
}

GtkWidget *
kaf_related_list_new (const KafRelatedGroup *group, KafStore *store)
{
  KafRelatedList *self = g_object_new (KAF_TYPE_RELATED_LIST, NULL);

  self->group = group;
  self->store = g_object_ref (store);
  self->section = kaf_record_section_new (_ (group->title));
  self->list = kaf_record_section_list (_ (group->title));
  self->add = add_button_new (self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  add_keys (self);
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), self->list);
  gtk_box_append (GTK_BOX (self), self->section);
  return GTK_WIDGET (self);
}

/* NULL @data: before the first record was read. */
static gboolean
is_closed (const KafRelatedSpec *spec, const KafRecordData *data)
{
  return spec->closed_by != NULL && data != NULL &&
         kaf_record_data_get (data, spec->closed_by) != NULL;
}

static gboolean
may_add_any (KafRelatedList *self, const KafRecordData *data)
{
  for (guint i = 0; self->group->specs[i] != NULL; i++)
    if (kaf_store_may_make (self->store, kaf_registry_find (self->group->specs[i]->entity)) &&
        !is_closed (self->group->specs[i], data))
      return TRUE;
  return FALSE;
}

static void
add_rows (KafRelatedList *self,
          const KafRelatedRows *related,
          const KafRecordData *data,
          gboolean writable,
          KafLang lang)
{
  const KafRelatedSpec *spec = related->spec;
  gboolean allowed =
      writable && kaf_store_may_write (self->store, kaf_registry_find (spec->entity));
  gboolean closed = is_closed (spec, data);
  const Rights rights = {
    .changes = allowed && !closed,
    .removes =
        allowed && !closed && kaf_store_may_make (self->store, kaf_registry_find (spec->entity)),
    .toggles = allowed && spec->toggle != NULL && (!closed || spec->toggle->stays_open)
  };

  for (guint i = 0; i < related->rows->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         row_new (spec, g_ptr_array_index (related->rows, i), data, &rights));
  self->n_rows += related->rows->len;
  if (related->spec->list != NULL && related->rows->len == related->spec->limit)
    gtk_list_box_append (GTK_LIST_BOX (self->list), all_row_new (related, lang));
}

/* Of what the role is never told "nothing yet" would be untrue. */
static gboolean
knows_any (KafRelatedList *self)
{
  for (guint i = 0; self->group->specs[i] != NULL; i++)
    if (kaf_store_knows (self->store,
                         kaf_entity_get_root (kaf_registry_find (self->group->specs[i]->entity))))
      return TRUE;
  return FALSE;
}

void
kaf_related_list_set_data (KafRelatedList *self,
                           const KafRecordData *data,
                           gboolean writable,
                           KafLang lang)
{
  g_autofree char *focus = NULL;

  g_return_if_fail (KAF_IS_RELATED_LIST (self));

  focus = get_focused (self);
  gtk_widget_set_visible (GTK_WIDGET (self), knows_any (self));
  gtk_widget_set_visible (self->add, writable && may_add_any (self, data));
  if (GTK_IS_MENU_BUTTON (self->add))
    {
      g_autoptr (GMenuModel) menu = add_menu (self, data);

      kaf_lazy_menu_set (GTK_MENU_BUTTON (self->add), menu);
    }
  kaf_record_section_clear (self->list);
  self->n_rows = 0;
  for (guint i = 0; self->group->specs[i] != NULL; i++)
    {
      for (guint j = 0; j < data->related->len; j++)
        {
          const KafRelatedRows *related = g_ptr_array_index (data->related, j);

          if (related->spec == self->group->specs[i])
            add_rows (self, related, data, writable, lang);
        }
    }
  if (self->n_rows == 0)
    kaf_record_section_say (self->list, _ (self->group->empty));
  if (focus != NULL && find_row (self, focus) != NULL)
    gtk_widget_grab_focus (find_row (self, focus));
}

guint
kaf_related_list_get_n_rows (KafRelatedList *self)
{
  g_return_val_if_fail (KAF_IS_RELATED_LIST (self), 0);

  return self->n_rows;
}
