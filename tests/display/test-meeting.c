/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a meeting by its keys: presence, the order of the agenda, decisions done, and what approved minutes leave
 * to be done. */
#include "config.h"

#include "kaf-display.h"

#include "schema/kaf-registry.h"
#include "ui/record/kaf-record-page-private.h"
#include "ui/record/kaf-related-list.h"

typedef struct
{
  KafStore *store;
  KafRecordPage *page;
  char *meeting, *items[2], *first, *attendee, *decision;
} Fixture;

static char *
add (KafStore *store, const char *entity, const char *const *fields)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafReceipt) receipt = NULL;

  for (; *fields != NULL; fields += 2)
    kaf_record_set (record, fields[0], fields[1]);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
  return g_strdup (g_ptr_array_index (receipt->ids, 0));
}

#define ADD(store, entity, ...) add (store, entity, (const char *const[]){ __VA_ARGS__, NULL })

static void
set_up (Fixture *f, gconstpointer name)
{
  KafWindow *window = kaf_display_open (name);

  f->store = kaf_window_get_store (window);
  f->meeting = ADD (f->store, "meeting", "title_fr", "Comité", "kind", "steering", "held_on",
                    "2026-03-02", "state", "held");
  f->items[0] = ADD (f->store, "agenda_item", "meeting", f->meeting, "title_fr", "Bilan");
  f->items[1] = ADD (f->store, "agenda_item", "meeting", f->meeting, "title_fr", "Divers");
  f->first =
      ADD (f->store, "meeting_attendee", "meeting", f->meeting, "name", "Premier", "position", "1");
  f->attendee =
      ADD (f->store, "meeting_attendee", "meeting", f->meeting, "name", "Exemple", "position", "2");
  f->decision = ADD (f->store, "decision", "meeting", f->meeting, "text_fr", "Réserver");
  kaf_window_open_record (window, kaf_registry_find ("meeting"), f->meeting, NULL,
                          GTK_INVALID_LIST_POSITION);
  f->page = KAF_RECORD_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_record_page_is_settled (f->page) && f->page->data != NULL &&
            gtk_widget_get_visible (f->page->rests[0]));
}

static void
tear_down (Fixture *f, gconstpointer name)
{
  g_free (f->meeting);
  g_free (f->items[0]);
  g_free (f->items[1]);
  g_free (f->first);
  g_free (f->attendee);
  g_free (f->decision);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static char *
read_field (Fixture *f, const char *entity, const char *id, const char *field)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KafRecord) record = NULL;

  kaf_store_load_async (f->store, kaf_registry_find (entity), id, NULL, keep_result, &result);
  KAF_WAIT (result != NULL);
  record = kaf_store_load_finish (f->store, result, NULL);
  return g_strdup (kaf_record_get (record, field));
}

static gboolean
is_so (Fixture *f, const char *entity, const char *id, const char *field, const char *value)
{
  g_autofree char *now = read_field (f, entity, id, field);

  return g_strcmp0 (now, value) == 0;
}

/* The list box of a group: agenda, decisions, attendees. */
static GtkWidget *
find_list (Fixture *f, guint group)
{
  return kaf_display_find (g_ptr_array_index (f->page->related, group), GTK_TYPE_LIST_BOX);
}

static GtkWidget *
find_row (Fixture *f, guint group, int place)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (find_list (f, group)), place));
}

/* As if it were pressed in the row: the handler of the list sees it first. */
static gboolean
press (Fixture *f, guint group, int place, guint key, GdkModifierType state)
{
  GtkWidget *list = find_list (f, group);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list);
  gboolean taken = FALSE;

  gtk_widget_grab_focus (find_row (f, group, place));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (one) &&
          gtk_event_controller_get_propagation_phase (one) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (one, "key-pressed", key, 0, state, &taken);
    }
  return taken;
}

enum
{
  AGENDA,
  DECISIONS,
  ATTENDEES,
};

static void
test_presence (Fixture *f, gconstpointer name)
{
  GtkWidget *row = find_row (f, ATTENDEES, 1);

  g_assert_true (press (f, ATTENDEES, 1, GDK_KEY_space, 0));
  KAF_WAIT (is_so (f, "meeting_attendee", f->attendee, "presence", "present"));
  /* The rows are made anew, and the focus stays with whom it was. */
  KAF_WAIT (find_row (f, ATTENDEES, 1) != row);
  KAF_WAIT (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (f->page))) ==
            find_row (f, ATTENDEES, 1));
  g_assert_true (press (f, ATTENDEES, 1, GDK_KEY_space, 0));
  KAF_WAIT (is_so (f, "meeting_attendee", f->attendee, "presence", "absent"));
}

static void
test_order (Fixture *f, gconstpointer name)
{
  g_assert_true (kaf_display_shows (find_row (f, AGENDA, 0), "Bilan"));
  g_assert_true (press (f, AGENDA, 0, GDK_KEY_Down, GDK_ALT_MASK));
  KAF_WAIT (kaf_display_shows (find_row (f, AGENDA, 0), "Divers"));
  g_assert_true (is_so (f, "agenda_item", f->items[0], "position", "2"));
  g_assert_true (is_so (f, "agenda_item", f->items[1], "position", "1"));
  /* At the edge nothing moves. */
  g_assert_true (press (f, AGENDA, 0, GDK_KEY_Up, GDK_ALT_MASK));
  g_assert_true (kaf_display_shows (find_row (f, AGENDA, 0), "Divers"));
}

static void
test_approved (Fixture *f, gconstpointer name)
{
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("meeting"), f->meeting);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");

  kaf_record_set (change, "approved_on", "2026-03-20");
  kaf_change_set_update (set, change);
  kaf_receipt_unref (kaf_display_commit (f->store, set));
  KAF_WAIT (kaf_record_data_get (f->page->data, "approved_on") != NULL);
  g_assert_false (press (f, AGENDA, 0, GDK_KEY_Down, GDK_ALT_MASK));
  g_assert_false (press (f, ATTENDEES, 0, GDK_KEY_space, 0));

  g_assert_true (press (f, DECISIONS, 0, GDK_KEY_space, 0));
  KAF_WAIT (is_so (f, "decision", f->decision, "state", "done"));
  g_assert_true (is_so (f, "decision", f->decision, "done_on", f->page->data->today));
}

#define TEST(path, func) g_test_add (path, Fixture, path, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  kaf_display_init (&argc, &argv, "en");
  TEST ("/meeting/presence", test_presence);
  TEST ("/meeting/order", test_order);
  TEST ("/meeting/approved", test_approved);
  return kaf_display_finish (g_test_run ());
}
