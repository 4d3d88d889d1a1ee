/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry over a list of results. The focus stays in the entry while typing; arrows walk the list,
 * Enter takes the first result, Escape closes. */
#include "config.h"

#include "ui/form/kaf-reference-picker.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-set.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-list-walk.h"
#include "ui/form/kaf-field-row.h"
#include "ui/form/kaf-reference-search.h"

#define MAX_RESULTS 60

struct _KafReferencePicker
{
  GtkPopover parent_instance;

  KafStore *store;
  const KafEntity *target;
  char *chosen;
  char *within; /* nullable: id of a convention */
  char *asked;  /* the text whose results show */

  GtkWidget *stack;
  GtkWidget *entry;
  GtkWidget *scrolled;
  GtkWidget *list;
  GtkWidget *message;
  GtkWidget *maker;      /* the page that makes a new record, once asked for */
  GPtrArray *maker_rows; /* KafFieldRow */
  GPtrArray *results;    /* KafReferenceItem */
  GCancellable *cancellable;
  gboolean busy;
  gboolean wanted; /* the first of what is being looked for: Enter came before it */
};

G_DEFINE_FINAL_TYPE (KafReferencePicker, kaf_reference_picker, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
pick (KafReferencePicker *self, const char *id, const char *title)
{
  g_autofree char *own_id = g_strdup (id);
  g_autofree char *own_title = g_strdup (title);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, own_id, own_title);
}

static void
show_message (KafReferencePicker *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message, text != NULL && *text != '\0');
}

static GtkWidget *
new_result_row (KafReferencePicker *self, const KafReferenceItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *line = kaf_bidi_line (item->title);
  GtkWidget *title = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  if (item->subtitle != NULL && *item->subtitle != '\0')
    {
      GtkWidget *subtitle = gtk_label_new (item->subtitle);

      gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
      gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (subtitle, "caption");
      gtk_widget_add_css_class (subtitle, "dim-label");
      gtk_box_append (GTK_BOX (words), subtitle);
    }

  gtk_box_append (GTK_BOX (box), words);
  if (kaf_set_contains (self->chosen, item->id))
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, item->title,
                                  -1);
  /* The entry keeps the focus: arrows move the selection. */
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* Organisations and mandates are met while filling a form; anything else is made on its own page. */
static gboolean
can_make (KafReferencePicker *self)
{
  if (self->asked == NULL || kaf_store_is_read_only (self->store) ||
      !kaf_store_may_make (self->store, self->target))
    return FALSE;
  return strcmp (self->target->id, "mandate") == 0 ||
         (strcmp (self->target->id, "organisation") == 0 &&
          self->asked[strspn (self->asked, " ")] != '\0');
}

static void
append_make_row (KafReferencePicker *self)
{
  gboolean mandate = strcmp (self->target->id, "mandate") == 0;
  /* Translators: the last line of a list of results: makes an organisation of that name. */
  g_autofree char *text = mandate ? g_strdup (_ ("New mandate…"))
                                  : g_strdup_printf (_ ("New organisation “%s”…"), self->asked);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fill (KafReferencePicker *self, GPtrArray *results)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  g_clear_pointer (&self->results, g_ptr_array_unref);
  self->results = results;
  for (guint i = 0; i < results->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         new_result_row (self, g_ptr_array_index (results, i)));
  if (can_make (self))
    append_make_row (self);
  if (results->len > 0)
    kaf_list_walk (GTK_LIST_BOX (self->list), GTK_SCROLLED_WINDOW (self->scrolled), 1);

  if (results->len == 0)
    show_message (self, _ ("Nothing found. Try another spelling or fewer words."));
  else if (results->len == MAX_RESULTS)
    show_message (self, _ ("The first results are shown: type more to narrow the list."));
  else
    show_message (self, NULL);
}

static void
on_results (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafReferencePicker) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *results = kaf_reference_search_finish (KAF_STORE (source), result, &error);
  gboolean wanted;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    {
      g_clear_pointer (&results, g_ptr_array_unref);
      return;
    }

  self->busy = FALSE;
  wanted = self->wanted;
  self->wanted = FALSE;
  if (results != NULL)
    {
      fill (self, results);
      if (wanted && results->len > 0)
        kaf_reference_picker_activate (self, 0);
    }
  else
    {
      g_autofree char *text = kaf_error_text (error);

      show_message (self, text);
    }
}

static void
ask (KafReferencePicker *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->busy = TRUE;

  g_free (self->asked);
  self->asked = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  kaf_reference_search_async (self->store, self->target, self->within, self->asked, MAX_RESULTS,
                              self->cancellable, on_results, g_object_ref (self));
}

static void
on_search_changed (KafReferencePicker *self)
{
  /* The entry emits once by itself when it is made. */
  if (g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->entry))) == 0)
    return;
  self->wanted = FALSE;
  ask (self);
}

static void
on_map (KafReferencePicker *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->wanted = FALSE;
  ask (self);
  gtk_widget_grab_focus (self->entry);
}

/* The new record. */

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafReferencePicker) self = data;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, &fault, &error);
  KafFieldRow *row;

  if (self->maker_rows == NULL || self->maker_rows->len == 0)
    return;

  row = g_ptr_array_index (self->maker_rows, 0);
  if (receipt == NULL)
    {
      g_autofree char *text = kaf_error_text (error);

      kaf_field_row_set_error (row, text, NULL);
      return;
    }
  if (receipt->ids->len > 0)
    {
      gboolean named = kaf_field_row_get_field (row)->kind != KAF_KIND_REFERENCE;
      g_autofree char *title = named ? kaf_field_row_get_typed (row) : NULL;

      pick (self, g_ptr_array_index (receipt->ids, 0), title);
    }
}

static void
on_make_clicked (KafReferencePicker *self)
{
  g_autoptr (KafRecord) record = kaf_record_new (self->target, NULL);
  g_autoptr (KafChangeSet) set = NULL;

  for (guint i = 0; i < self->maker_rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->maker_rows, i);
      g_autofree char *canonical = NULL;

      if (!kaf_field_row_check (row, &canonical))
        {
          kaf_field_row_focus (row);
          return;
        }
      if (canonical != NULL)
        kaf_record_set (record, kaf_field_row_get_field (row)->id, canonical);
    }

  set = kaf_change_set_new ("create");
  kaf_change_set_create (set, record);
  kaf_store_commit_async (self->store, set, NULL, on_made, g_object_ref (self));
}

static gboolean
is_title_field (const KafEntity *entity, const KafField *field)
{
  for (const char *const *id = entity->title; id != NULL && *id != NULL; id++)
    if (strcmp (*id, field->id) == 0)
      return TRUE;
  for (const char *const *id = entity->title_ar; id != NULL && *id != NULL; id++)
    if (strcmp (*id, field->id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_asked (const KafEntity *entity, const KafField *field)
{
  return is_title_field (entity, field) || kaf_field_has (field, KAF_FIELD_REQUIRED) ||
         g_strcmp0 (field->unit, "validity") == 0;
}

/* Only what a record cannot do without: its names, the required fields, the period of a mandate. */
static void
build_maker (KafReferencePicker *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Create"));

  self->maker = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  for (const KafField *field = self->target->fields; field->id != NULL; field++)
    {
      GtkWidget *row;

      if (!is_asked (self->target, field))
        continue;
      row = kaf_field_row_new (field, self->store);
      gtk_box_append (GTK_BOX (self->maker), row);
      g_ptr_array_add (self->maker_rows, row);
    }

  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_make_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->maker), button);
  gtk_stack_add_named (GTK_STACK (self->stack), self->maker, "new");
}

static void
fill_maker_row (KafReferencePicker *self, KafFieldRow *row, gboolean first)
{
  gboolean named = first && kaf_field_row_get_field (row)->kind != KAF_KIND_REFERENCE;

  kaf_field_row_set_value (row, named ? self->asked : NULL, NULL);
  kaf_field_row_set_within (row, self->within);
}

static void
show_maker (KafReferencePicker *self)
{
  gboolean mandate = strcmp (self->target->id, "mandate") == 0;

  if (self->maker == NULL)
    build_maker (self);

  for (guint i = 0; i < self->maker_rows->len; i++)
    fill_maker_row (self, g_ptr_array_index (self->maker_rows, i), i == 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "new");
  kaf_field_row_focus (
      g_ptr_array_index (self->maker_rows, mandate ? 0 : self->maker_rows->len - 1));
}

static void
on_row_activated (KafReferencePicker *self, GtkListBoxRow *row)
{
  kaf_reference_picker_activate (self, gtk_list_box_row_get_index (row));
}

/* Also on the line that makes a new record, once an arrow has led there. */
/* Enter is for what was typed: neither for what still shows of an earlier text, nor for nothing. */
static void
on_entry_activated (KafReferencePicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (kaf_reference_picker_is_busy (self))
    {
      if (g_strcmp0 (self->asked, text) != 0)
        ask (self);
      self->wanted = *text != '\0';
    }
  else if (self->results != NULL && row != NULL)
    kaf_reference_picker_activate (self, gtk_list_box_row_get_index (row));
}

static gboolean
on_entry_key (KafReferencePicker *self, guint keyval)
{
  return kaf_list_walk_key (GTK_LIST_BOX (self->list), GTK_SCROLLED_WINDOW (self->scrolled),
                            keyval);
}

static void
kaf_reference_picker_dispose (GObject *object)
{
  KafReferencePicker *self = KAF_REFERENCE_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->list = NULL;
  g_clear_pointer (&self->maker_rows, g_ptr_array_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_reference_picker_parent_class)->dispose (object);
}

static void
kaf_reference_picker_finalize (GObject *object)
{
  KafReferencePicker *self = KAF_REFERENCE_PICKER (object);

  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->chosen);
  g_free (self->within);
  g_free (self->asked);
  G_OBJECT_CLASS (kaf_reference_picker_parent_class)->finalize (object);
}

static void
kaf_reference_picker_class_init (KafReferencePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_reference_picker_dispose;
  object_class->finalize = kaf_reference_picker_finalize;

  signals[SIGNAL_PICKED] =
      g_signal_new ("picked", KAF_TYPE_REFERENCE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
build_entry (KafReferencePicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "search-delay", 0, NULL);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (on_search_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_entry_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self,
                           G_CONNECT_SWAPPED);

  /* Before the entry itself, which would move its caret. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
}

static void
kaf_reference_picker_init (KafReferencePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->maker_rows = g_ptr_array_new ();
  build_entry (self);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "kaf-results");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Results"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scrolled, TRUE);

  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->message), 34);
  gtk_widget_add_css_class (self->message, "dim-label");
  gtk_widget_add_css_class (self->message, "caption");
  gtk_widget_set_visible (self->message, FALSE);

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->scrolled);
  gtk_widget_set_size_request (box, 300, 320);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), box, "list");
  gtk_popover_set_child (GTK_POPOVER (self), self->stack);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-picker");
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
}

GtkWidget *
kaf_reference_picker_new (KafStore *store, const char *target, const char *title)
{
  KafReferencePicker *self = g_object_new (KAF_TYPE_REFERENCE_PICKER, NULL);

  self->store = g_object_ref (store);
  self->target = kaf_registry_find (target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  return GTK_WIDGET (self);
}

void
kaf_reference_picker_set_chosen (KafReferencePicker *self, const char *set)
{
  g_return_if_fail (KAF_IS_REFERENCE_PICKER (self));

  g_free (self->chosen);
  self->chosen = g_strdup (set);
}

void
kaf_reference_picker_set_within (KafReferencePicker *self, const char *convention)
{
  g_autofree char *old = NULL;

  g_return_if_fail (KAF_IS_REFERENCE_PICKER (self));

  old = self->within;
  self->within = g_strdup (convention);
}

void
kaf_reference_picker_set_text (KafReferencePicker *self, const char *text)
{
  g_return_if_fail (KAF_IS_REFERENCE_PICKER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

guint
kaf_reference_picker_get_n_results (KafReferencePicker *self)
{
  g_return_val_if_fail (KAF_IS_REFERENCE_PICKER (self), 0);

  return self->results != NULL ? self->results->len : 0;
}

gboolean
kaf_reference_picker_is_busy (KafReferencePicker *self)
{
  g_return_val_if_fail (KAF_IS_REFERENCE_PICKER (self), FALSE);

  return self->busy || g_strcmp0 (self->asked, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

void
kaf_reference_picker_activate (KafReferencePicker *self, guint index)
{
  g_return_if_fail (KAF_IS_REFERENCE_PICKER (self));

  if (self->results != NULL && index < self->results->len)
    {
      KafReferenceItem *item = g_ptr_array_index (self->results, index);

      pick (self, item->id, item->title);
    }
  else
    show_maker (self);
}
