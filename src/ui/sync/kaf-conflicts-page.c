/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read again when the store changes; rows that still show what is so stay, and keep the focus. */
#include "config.h"

#include "ui/sync/kaf-conflicts-page.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "base/kaf-validation-error.h"
#include "net/kaf-sync-report-text.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/sync/kaf-card.h"
#include "ui/sync/kaf-refusal-list.h"
#include "ui/sync/kaf-sync-text.h"

/* More than anybody settles before looking again. */
#define SHOWN_MOST 200

struct _KafConflictsPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  GtkWidget *title;
  GtkWidget *stack;
  GtkWidget *hint;
  GtkWidget *list;
  GtkWidget *place;   /* box of all that is listed */
  GtkWidget *refused; /* edits that the server did not take */
  gboolean read;      /* once at least */
  gboolean reading;
  gboolean again;
  guint n_settling;
};

G_DEFINE_FINAL_TYPE (KafConflictsPage, kaf_conflicts_page, GTK_TYPE_BOX)

static void refresh (KafConflictsPage *self);

/* Reading */

static gpointer
read_conflicts (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_conflicts_read (db, SHOWN_MOST, kaf_application_get_lang (), error);
}

static GtkListBoxRow *
get_row (KafConflictsPage *self, int place)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), place);
}

static int
find_focus (KafConflictsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, KAF_TYPE_CONFLICT_ROW) : NULL;

  /* A row that was taken out has the focus until the next turn. */
  if (row == NULL || gtk_widget_get_parent (row) != self->list)
    return -1;
  return gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

/* The row at @place shows @conflict, which is taken, from now on. */
static void
place_row (KafConflictsPage *self, int place, KafConflict *conflict)
{
  GtkListBoxRow *row = get_row (self, place);

  /* Those before it that are settled are gone. */
  while (row != NULL && !kaf_conflict_row_shows (KAF_CONFLICT_ROW (row), conflict))
    {
      GtkListBoxRow *next = get_row (self, place + 1);

      if (next == NULL || !kaf_conflict_row_shows (KAF_CONFLICT_ROW (next), conflict))
        break;
      gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
      row = next;
    }
  if (row != NULL && kaf_conflict_row_shows (KAF_CONFLICT_ROW (row), conflict))
    {
      kaf_conflict_free (conflict);
      return;
    }
  gtk_list_box_insert (GTK_LIST_BOX (self->list),
                       kaf_conflict_row_new (conflict, !kaf_store_is_read_only (self->store),
                                             kaf_application_get_lang ()),
                       place);
}

/* @count: (transfer full) (nullable): none. */
static void
add_count (GString *line, char *count)
{
  if (count != NULL)
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", count);
  g_free (count);
}

/* What there is of both kinds, or that there is nothing; nothing yet while one of them is being read. */
static void
choose_shown (KafConflictsPage *self)
{
  KafLang lang = kaf_application_get_lang ();
  int n_refused = MAX (0, kaf_refusal_list_get_n (KAF_REFUSAL_LIST (self->refused)));
  int n_settled = kaf_refusal_list_get_n_settled (KAF_REFUSAL_LIST (self->refused));
  int n = 0;
  g_autoptr (GString) subtitle = g_string_new (NULL);

  while (get_row (self, n) != NULL)
    n++;
  add_count (subtitle, n > 0 ? kaf_sync_text_conflicts (n, lang) : NULL);
  add_count (subtitle,
             n_refused > n_settled ? kaf_sync_text_rejected (n_refused - n_settled, lang) : NULL);
  add_count (subtitle,
             n_refused > 0 ? kaf_sync_report_text_settled ((guint) n_settled, lang) : NULL);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle->str);
  /* Who has come for the refused edits is not told of conflicts. */
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), n == 0 && n_refused > 0
                                                                  ? _ ("Not taken by the server")
                                                                  : _ ("Conflicts"));
  gtk_widget_set_visible (self->hint, n > 0);
  gtk_widget_set_visible (self->list, n > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n + n_refused > 0 ? "list"
                                                             : self->read      ? "empty"
                                                                               : "reading");
}

static void
show_conflicts (KafConflictsPage *self, GPtrArray *conflicts)
{
  int focus = find_focus (self);
  int n = (int) conflicts->len;
  gboolean first;
  GtkListBoxRow *row;

  for (int i = 0; i < n; i++)
    place_row (self, i, g_ptr_array_index (conflicts, i));
  while ((row = get_row (self, n)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_ptr_array_set_free_func (conflicts, NULL);
  first = !self->read;
  self->read = TRUE;
  choose_shown (self);
  /* The one that was settled is gone: the next is at its place. At first, the keys work at once. */
  if ((focus >= 0 || first) && find_focus (self) < 0 && n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (get_row (self, CLAMP (focus, 0, n - 1))));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafConflictsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (conflicts != NULL)
    show_conflicts (self, conflicts);
  else
    g_warning ("Reading the conflicts failed: %s", error != NULL ? error->message : "no result");
  if (self->again)
    refresh (self);
}

static void
refresh (KafConflictsPage *self)
{
  self->again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_conflicts, NULL, NULL,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                       g_object_ref (self));
}

/* Settling */

typedef struct
{
  KafConflictsPage *page; /* owned */
  char *id;
  KafOutcome outcome;
  char *text;
} Settle;

static void
settle_free (Settle *self)
{
  self->page->n_settling--;
  g_object_unref (self->page);
  g_free (self->id);
  g_free (self->text);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settle, settle_free)

static KafConflictRow *
find_row (KafConflictsPage *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (g_str_equal (kaf_conflict_row_get_conflict (KAF_CONFLICT_ROW (row))->id, id))
      return KAF_CONFLICT_ROW (row);
  return NULL;
}

static KafWindow *
get_window (KafConflictsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static void
tell_failure (Settle *settle, const GError *error)
{
  KafConflictRow *row = find_row (settle->page, settle->id);
  KafWindow *window = get_window (settle->page);
  g_autofree char *text = kaf_error_text (error);

  if (row != NULL && error->domain == KAF_VALIDATION_ERROR && settle->outcome == KAF_OUTCOME_NEW)
    kaf_conflict_row_set_error (row, text);
  else if (window != NULL)
    kaf_window_report_error (window, _ ("The conflict was not settled"), error);
  refresh (settle->page);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Settle) settle = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);
  KafWindow *window = get_window (settle->page);

  if (receipt == NULL)
    tell_failure (settle, error);
  else if (window != NULL)
    kaf_window_toast_undo (window, _ ("Conflict settled"), receipt);
}

static gpointer
make_set (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Settle *settle = data;

  return kaf_conflict_settle (db, settle->id, settle->outcome, settle->text, error);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Settle) settle = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafChangeSet) set = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (set == NULL)
    {
      if (error != NULL)
        tell_failure (settle, error);
      return;
    }
  kaf_store_commit_async (KAF_STORE (source), set, NULL, on_committed, settle);
  settle = NULL;
}

static void
on_settle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConflictsPage *self = KAF_CONFLICTS_PAGE (widget);
  const char *id;
  const char *text;
  guint choice;
  KafConflictRow *row;
  KafOutcome outcome;
  Settle *settle;

  g_variant_get (parameter, "(&su&s)", &id, &choice, &text);
  row = find_row (self, id);
  /* One after the other: the next may be about the same record. */
  if (row == NULL || self->n_settling > 0 || kaf_store_is_read_only (self->store) ||
      !kaf_conflict_row_find (row, choice, &outcome))
    return;
  settle = g_new0 (Settle, 1);
  settle->page = g_object_ref (self);
  settle->id = g_strdup (id);
  settle->outcome = outcome;
  settle->text = g_strdup (text);
  self->n_settling++;
  kaf_store_run_async (self->store, KAF_LANE_READ, make_set, settle, NULL,
                       (GDestroyNotify) kaf_change_set_unref, NULL, on_set, settle);
}

/* What people know the record by: a person is an expert, or whatever else it is first. */
static gpointer
find_entity (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;

  return kaf_read_resolve (db, data, NULL, &entity, &id, error) ? (gpointer) entity : NULL;
}

typedef struct
{
  KafConflictsPage *page; /* owned */
  const KafEntity *entity;
  char *id;
} Open;

static void
on_entity (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Open *open = data;
  g_autoptr (KafConflictsPage) self = open->page;
  g_autofree char *id = open->id;
  const KafEntity *entity = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  KafWindow *window = get_window (self);

  if (window != NULL)
    kaf_window_open_record (window, entity != NULL ? entity : open->entity, id, NULL,
                            GTK_INVALID_LIST_POSITION);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafConflictsPage *self = KAF_CONFLICTS_PAGE (widget);
  KafConflictRow *row = find_row (self, g_variant_get_string (parameter, NULL));
  const KafConflict *conflict = row != NULL ? kaf_conflict_row_get_conflict (row) : NULL;
  Open *open;

  if (conflict == NULL)
    return;
  open = g_new0 (Open, 1);
  open->page = g_object_ref (self);
  open->entity = conflict->entity;
  open->id = g_strdup (conflict->owner);
  kaf_store_run_async (self->store, KAF_LANE_READ, find_entity, g_strdup (conflict->owner), g_free,
                       NULL, self->cancellable, on_entity, open);
}

/* The keys 1, 2 and 3, where nothing is being typed. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        KafConflictsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkListBoxRow *row = get_row (self, find_focus (self));
  int choice = -1;

  if (row == NULL || GTK_IS_TEXT (gtk_root_get_focus (root)) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_3)
    choice = (int) (key - GDK_KEY_1);
  else if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_3)
    choice = (int) (key - GDK_KEY_KP_1);
  if (choice < 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "conflicts.settle", "(sus)",
                              kaf_conflict_row_get_conflict (KAF_CONFLICT_ROW (row))->id,
                              (guint) choice, "");
  return GDK_EVENT_STOP;
}

static void
kaf_conflicts_page_dispose (GObject *object)
{
  g_cancellable_cancel (KAF_CONFLICTS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (kaf_conflicts_page_parent_class)->dispose (object);
}

static void
kaf_conflicts_page_finalize (GObject *object)
{
  KafConflictsPage *self = KAF_CONFLICTS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_conflicts_page_parent_class)->finalize (object);
}

static void
kaf_conflicts_page_class_init (KafConflictsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_conflicts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_conflicts_page_finalize;
  gtk_widget_class_install_action (widget_class, "conflicts.settle", "(sus)", on_settle);
  gtk_widget_class_install_action (widget_class, "conflicts.open", "s", on_open);
}

static GtkWidget *
make_header (KafConflictsPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Conflicts"), &self->title);

  return header;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Conflict"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("When two persons change the same field without having seen one another, both values are "
         "kept and shown here for you to choose. So is what the server did not take."));
  return page;
}

static GtkWidget *
make_list (KafConflictsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *hint = gtk_label_new (_ (
      "Choose the value that is right: it is written at once, and can be undone. Keys 1, 2 and 3 "
      "choose, the arrows go to the next conflict."));
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "kaf-wraps");
  self->list = kaf_card_list_new (_ ("Conflicts"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->list, keys);

  self->hint = hint;
  self->place = box;
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), self->list);
  return kaf_card_page_new (box);
}

static void
kaf_conflicts_page_init (KafConflictsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self), self->stack);
}

GtkWidget *
kaf_conflicts_page_new (KafStore *store)
{
  KafConflictsPage *self = g_object_new (KAF_TYPE_CONFLICTS_PAGE, NULL);

  self->store = g_object_ref (store);
  self->refused = kaf_refusal_list_new (store);
  gtk_box_append (GTK_BOX (self->place), self->refused);
  g_signal_connect_object (self->refused, "read", G_CALLBACK (choose_shown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

int
kaf_conflicts_page_get_n (KafConflictsPage *self)
{
  int n = 0;

  g_return_val_if_fail (KAF_IS_CONFLICTS_PAGE (self), -1);
  if (!self->read || self->reading)
    return -1;
  while (get_row (self, n) != NULL)
    n++;
  return n;
}

KafConflictRow *
kaf_conflicts_page_get_row (KafConflictsPage *self, int place)
{
  g_return_val_if_fail (KAF_IS_CONFLICTS_PAGE (self), NULL);
  return KAF_CONFLICT_ROW (get_row (self, place));
}

KafRefusalList *
kaf_conflicts_page_get_refused (KafConflictsPage *self)
{
  g_return_val_if_fail (KAF_IS_CONFLICTS_PAGE (self), NULL);
  return KAF_REFUSAL_LIST (self->refused);
}
