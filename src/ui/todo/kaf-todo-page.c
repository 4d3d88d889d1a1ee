/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read on a worker, and again when the store changes; the list is then made anew, with the focus where it was. */
#include "config.h"

#include "ui/todo/kaf-todo-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/todo/kaf-todo-row.h"
#include "ui/todo/kaf-todo-text.h"

/* Rows at first, and more at a time. */
#define SHOWN 30

#define WHO_PREFIX "who:"

struct _KafTodoPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  KafTodo *todo; /* NULL: not read yet */
  char *choice;  /* "all", "mine", "who:NAME" */
  guint limit;
  guint reading;
  gboolean stale; /* the store changed while the page did not show */
  gboolean settling;

  GtkWidget *title;
  GtkWidget *choose;
  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (KafTodoPage, kaf_todo_page, GTK_TYPE_BOX)

static void refresh (KafTodoPage *self);

/* Reading */

typedef struct
{
  char *choice;
  guint limit;
  KafLang lang;
} Asked;

static void
asked_free (Asked *self)
{
  g_free (self->choice);
  g_free (self);
}

static gpointer
read_todo (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asked *asked = data;
  KafTodoQuery query = { .limit = asked->limit, .lang = asked->lang };

  if (g_str_equal (asked->choice, "mine"))
    query.who = kaf_database_get_author (db);
  else if (g_str_has_prefix (asked->choice, WHO_PREFIX))
    query.who = asked->choice + strlen (WHO_PREFIX);
  return kaf_todo_read (db, &query, cancellable, error);
}

/* Showing */

static int
find_focus (KafTodoPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, KAF_TYPE_TODO_ROW) : NULL;

  if (row == NULL || gtk_widget_get_parent (row) != self->list)
    return -1;
  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  KafTodoPage *self = data;
  KafUrgency urgency = kaf_todo_row_get_finding (KAF_TODO_ROW (row))->urgency;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (before != NULL && kaf_todo_row_get_finding (KAF_TODO_ROW (before))->urgency == urgency)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  number = kaf_number_format (self->todo->findings->counts[urgency], kaf_application_get_lang ());
  text = g_strdup_printf ("%s  %s", kaf_todo_text_group (urgency), number);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "kaf-todo-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
set_choice_label (KafTodoPage *self)
{
  g_autofree char *name = NULL;
  const char *label = _ ("Everybody’s");

  if (g_str_equal (self->choice, "mine"))
    label = _ ("Mine");
  else if (g_str_has_prefix (self->choice, WHO_PREFIX))
    label = name = kaf_bidi_isolate (self->choice + strlen (WHO_PREFIX));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->choose), label);
}

static void
fill_menu (KafTodoPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) people = g_menu_new ();

  g_menu_append (menu, _ ("Everybody’s"), "todo.show::all");
  g_menu_append (menu, _ ("Mine"), "todo.show::mine");
  for (guint i = 0; self->todo->people[i] != NULL; i++)
    {
      g_autofree char *target = g_strconcat (WHO_PREFIX, self->todo->people[i], NULL);
      g_autofree char *name = kaf_bidi_isolate (self->todo->people[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "todo.show", "s", target);
      g_menu_append_item (people, item);
    }
  g_menu_append_section (menu, _ ("Followed by"), G_MENU_MODEL (people));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->choose), G_MENU_MODEL (menu));
}

static void
show_rows (KafTodoPage *self)
{
  KafFindings *findings = self->todo->findings;
  gboolean writable = !kaf_store_is_read_only (self->store) &&
                      kaf_store_may_make (self->store, kaf_registry_find ("fulfilment"));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < findings->list->len; i++)
    gtk_list_box_append (
        GTK_LIST_BOX (self->list),
        kaf_todo_row_new (findings, g_ptr_array_index (findings->list, i), writable));
  gtk_widget_set_visible (self->more, findings->n_all > findings->list->len);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "todo.more",
                                 findings->n_all > findings->list->len);
}

static void
show_todo (KafTodoPage *self, gboolean first)
{
  int focus = find_focus (self);
  int n = (int) self->todo->findings->list->len;
  g_autofree char *count = kaf_todo_text_count (self->todo, kaf_application_get_lang ());

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), count != NULL ? count : "");
  set_choice_label (self);
  fill_menu (self);
  show_rows (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "list" : "empty");
  if ((focus >= 0 || first) && n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (
        gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), CLAMP (focus, 0, n - 1))));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTodoPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTodo) todo = kaf_store_run_finish (KAF_STORE (source), result, &error);
  gboolean first;

  self->reading--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (todo == NULL)
    {
      g_warning ("Reading the to-do failed: %s", error != NULL ? error->message : "no result");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->todo != NULL);
      return;
    }
  first = self->todo == NULL;
  g_clear_pointer (&self->todo, kaf_todo_free);
  self->todo = g_steal_pointer (&todo);
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  show_todo (self, first);
}

static void
stop_reading (KafTodoPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
refresh (KafTodoPage *self)
{
  Asked *asked = g_new0 (Asked, 1);

  stop_reading (self);
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  self->reading++;
  asked->choice = g_strdup (self->choice);
  asked->limit = self->limit;
  asked->lang = kaf_application_get_lang ();
  /* Where the home page reads it too: it is kept there, and what is looked at the first time keeps no list waiting. */
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, read_todo, asked,
                       (GDestroyNotify) asked_free, (GDestroyNotify) kaf_todo_free,
                       self->cancellable, on_read, g_object_ref (self));
}

static void
read_again (KafTodoPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafTodoPage *self)
{
  read_again (self);
}

/* Noting as done */

static void
on_done (GtkWidget *widget, KafReceipt *receipt, gpointer data)
{
  KAF_TODO_PAGE (widget)->settling = FALSE;
}

static const KafFinding *
find_commitment (KafTodoPage *self, const char *id)
{
  for (guint i = 0; self->todo != NULL && i < self->todo->findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (self->todo->findings->list, i);

      if (kaf_todo_is_commitment (finding) && g_str_equal (finding->id, id))
        return finding;
    }
  return NULL;
}

/* One after the other: the next may be about what is due after it. */
static void
note_done (KafTodoPage *self, const KafFinding *finding)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("fulfil");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("fulfilment"), NULL);
  g_autofree char *today = kaf_day_to_iso (self->todo->findings->day);
  g_autofree char *due = kaf_day_to_iso (finding->due);

  if (self->settling || kaf_store_is_read_only (self->store) ||
      !kaf_store_may_make (self->store, kaf_registry_find ("fulfilment")))
    return;
  self->settling = TRUE;
  kaf_record_set (record, "commitment", finding->id);
  kaf_record_set (record, "done_on", today);
  kaf_record_set (record, "due_on", due);
  kaf_change_set_create (set, record);
  kaf_window_commit (GTK_WIDGET (self), self->store, set, _ ("Noted as done today"),
                     _ ("It was not noted as done"), on_done, NULL);
}

static void
on_note_done (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafTodoPage *self = KAF_TODO_PAGE (widget);
  const KafFinding *finding = find_commitment (self, g_variant_get_string (parameter, NULL));

  if (finding != NULL)
    note_done (self, finding);
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        KafTodoPage *self)
{
  GtkListBoxRow *row =
      gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MAX (find_focus (self), 0));

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0 ||
      row == NULL)
    return GDK_EVENT_PROPAGATE;
  if (kaf_todo_is_commitment (kaf_todo_row_get_finding (KAF_TODO_ROW (row))))
    note_done (self, kaf_todo_row_get_finding (KAF_TODO_ROW (row)));
  return GDK_EVENT_STOP;
}

static void
on_show (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafTodoPage *self = KAF_TODO_PAGE (widget);

  g_free (self->choice);
  self->choice = g_variant_dup_string (parameter, NULL);
  self->limit = SHOWN;
  refresh (self);
}

static void
on_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (KAF_TODO_PAGE (widget)->choose));
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_TODO_PAGE (widget));
}

static void
on_more (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafTodoPage *self = KAF_TODO_PAGE (widget);

  self->limit += SHOWN;
  refresh (self);
}

static void
kaf_todo_page_map (GtkWidget *widget)
{
  KafTodoPage *self = KAF_TODO_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_todo_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_todo_page_dispose (GObject *object)
{
  KafTodoPage *self = KAF_TODO_PAGE (object);

  stop_reading (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_todo_page_parent_class)->dispose (object);
}

static void
kaf_todo_page_finalize (GObject *object)
{
  KafTodoPage *self = KAF_TODO_PAGE (object);

  g_clear_pointer (&self->todo, kaf_todo_free);
  g_free (self->choice);
  G_OBJECT_CLASS (kaf_todo_page_parent_class)->finalize (object);
}

static void
kaf_todo_page_class_init (KafTodoPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_todo_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_todo_page_finalize;
  widget_class->map = kaf_todo_page_map;
  gtk_widget_class_install_action (widget_class, "todo.show", "s", on_show);
  gtk_widget_class_install_action (widget_class, "todo.done", "s", on_note_done);
  gtk_widget_class_install_action (widget_class, "todo.more", NULL, on_more);
  gtk_widget_class_install_action (widget_class, "todo.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "todo.choose", NULL, on_choose);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "todo.more",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "todo.choose",
                                       NULL);
}

/* Making */

static GtkWidget *
make_header (KafTodoPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("To do"), &self->title);

  self->choose = gtk_menu_button_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Whose To-Do"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->choose);
  return header;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Waits"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("What is due by a convention, lapses or is to be put right shows here, the most urgent "
         "first. The menu above chooses whose."));
  return page;
}

static GtkWidget *
make_list (KafTodoPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), update_header, self, NULL);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("To do"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->list, keys);
  self->more = gtk_button_new_with_label (_ ("Show More"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->more), "todo.more");
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "pill");
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_widget_add_css_class (box, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
kaf_todo_page_init (KafTodoPage *self)
{
  self->choice = g_strdup ("all");
  self->limit = SHOWN;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  self->frame = kaf_read_frame_new (self->stack, _ ("The To-Do Could Not Be Read"), "todo.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
  set_choice_label (self);
}

GtkWidget *
kaf_todo_page_new (KafStore *store)
{
  KafTodoPage *self = g_object_new (KAF_TYPE_TODO_PAGE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (read_again), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_todo_page_is_settled (KafTodoPage *self)
{
  g_return_val_if_fail (KAF_IS_TODO_PAGE (self), FALSE);
  return self->reading == 0 && !self->stale && !self->settling &&
         (self->todo != NULL || kaf_read_frame_has_failed (KAF_READ_FRAME (self->frame)));
}

GtkListBox *
kaf_todo_page_get_list (KafTodoPage *self)
{
  g_return_val_if_fail (KAF_IS_TODO_PAGE (self), NULL);
  return GTK_LIST_BOX (self->list);
}
