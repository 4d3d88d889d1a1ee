/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The popover at the foot of the sidebar: what it says of the sync, its height, and the focus in it. No server answers
 * here; what the agent tells is written into its status. */
#include "config.h"

#include "kaf-display.h"

#include "net/kaf-erasure-text.h"
#include "net/kaf-net-error.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-language.h"
#include "ui/app/kaf-store-status.h"
#include "ui/app/kaf-window-private.h"
#include "ui/sync/kaf-sync-panel.h"
#include "ui/sync/kaf-sync-text.h"

/* The store belongs to a server. */
static KafWindow *
open_joined (const char *name)
{
  KafWindow *window = kaf_display_open (name);
  KafStore *store = kaf_window_get_store (window);

  kaf_display_become (store, "agent");
  kaf_store_announce (store, NULL);
  return window;
}

static KafStoreStatus *
get_status (KafWindow *window)
{
  return KAF_STORE_STATUS (kaf_display_find (GTK_WIDGET (window), KAF_TYPE_STORE_STATUS));
}

static gboolean
says (KafWindow *window, const char *title)
{
  KafStoreStatus *status = get_status (window);

  return status != NULL && g_strcmp0 (kaf_store_status_get_title (status), title) == 0;
}

/* The button that says @label, under @widget; NULL when none shows. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = find_button (child, label);

      if (button != NULL)
        return button;
    }
  return NULL;
}

static gboolean
is_focused (KafWindow *window, GtkWidget *widget)
{
  return widget != NULL && gtk_root_get_focus (GTK_ROOT (window)) == widget;
}

/* Whether the bottom of @widget is inside of what the popover has for its content, its shadow and tail left out. */
static gboolean
ends_within (GtkWidget *widget, GtkWidget *popover)
{
  GtkWidget *inside = gtk_widget_get_parent (gtk_popover_get_child (GTK_POPOVER (popover)));
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, inside, &bounds) &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (inside);
}

/* Opened by the keyboard, its button has the focus; closed, what had it before has it again. */
static void
test_focus (void)
{
  KafWindow *window = kaf_display_open ("sync-panel-focus.db");
  GActionGroup *actions = G_ACTION_GROUP (window);
  GtkWidget *status;
  GtkWidget *popover;
  GtkWidget *before;
  GtkWidget *button;

  KAF_WAIT (says (window, "This computer only"));
  KAF_WAIT (g_action_group_get_action_enabled (actions, "join"));
  status = GTK_WIDGET (get_status (window));
  before = GTK_WIDGET (kaf_display_find (GTK_WIDGET (window), GTK_TYPE_TOGGLE_BUTTON));
  before = before != NULL ? before : kaf_display_find (GTK_WIDGET (window), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (before));
  before = gtk_root_get_focus (GTK_ROOT (window));
  g_action_group_activate_action (actions, "show-sync", NULL);
  popover = kaf_display_find (status, GTK_TYPE_POPOVER);
  button = find_button (popover, "Connect to a Server…");
  KAF_WAIT (is_focused (window, button));
  /* What came of the store since has made it higher. */
  KAF_WAIT (kaf_display_shows (popover, "Nothing was written yet"));
  KAF_WAIT (ends_within (button, popover));
  /* There is no other. */
  gtk_widget_child_focus (popover, GTK_DIR_TAB_FORWARD);
  g_assert_true (is_focused (window, button));

  kaf_store_status_popdown (KAF_STORE_STATUS (status));
  KAF_WAIT (is_focused (window, before));

  window = open_joined ("sync-panel-focus-2.db");
  KAF_WAIT (!g_action_group_get_action_enabled (G_ACTION_GROUP (window), "join"));
}

/* Whether a button of the popover that can be pressed has the focus in that phase, which the agent may have told
 * otherwise meanwhile. */
static gboolean
focuses (KafWindow *window, GtkWidget *popover, KafSyncPhase phase)
{
  KafSyncStatus *status = (KafSyncStatus *) kaf_sync_agent_get_status (window->agent);
  GtkWidget *focus;

  if (status->phase != phase)
    {
      status->phase = phase;
      g_signal_emit_by_name (window->agent, "changed");
    }
  focus = gtk_root_get_focus (GTK_ROOT (window));
  return GTK_IS_BUTTON (focus) && gtk_widget_get_mapped (focus) &&
         gtk_widget_is_sensitive (focus) && gtk_widget_is_ancestor (focus, popover);
}

/* Whatever the panel has to say, its last button is not cut off; the focus is never lost to a button that goes. */
static void
test_height (void)
{
  KafWindow *window = open_joined ("sync-panel-height.db");
  KafSyncStatus *status;
  GtkWidget *popover;

  KAF_WAIT (says (window, "Not all is sent yet"));
  status = (KafSyncStatus *) kaf_sync_agent_get_status (window->agent);
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-sync", NULL);
  popover = kaf_display_find (GTK_WIDGET (get_status (window)), GTK_TYPE_POPOVER);
  for (int code = 0; code <= KAF_NET_ERROR_FILE_SPOILED; code++)
    {
      g_clear_error (&status->error);
      status->error = g_error_new_literal (KAF_NET_ERROR, code, "technical text");
      KAF_WAIT (focuses (window, popover, KAF_SYNC_PHASE_SYNCING));
      KAF_WAIT (focuses (window, popover, KAF_SYNC_PHASE_NEEDS_SIGN_IN));
      KAF_WAIT (ends_within (find_button (popover, "Synchronise Now"), popover));
      g_assert_cmpint (gtk_widget_get_height (popover), <,
                       gtk_widget_get_height (GTK_WIDGET (window)));
    }
}

/* An account that was disabled is told so, and not that it has no role. */
static void
test_disabled (void)
{
  GtkWidget *panel = g_object_ref_sink (kaf_sync_panel_new ());
  KafSyncStatus status = { .phase = KAF_SYNC_PHASE_BLOCKED, .url = (char *) KAF_DISPLAY_NOBODY };

  status.error = g_error_new_literal (KAF_NET_ERROR, KAF_NET_ERROR_DISABLED, "technical text");
  kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
  g_assert_true (kaf_display_shows (panel, "Your account was disabled."));
  g_assert_true (kaf_display_shows (panel, "What you entered is kept."));
  g_clear_error (&status.error);
  g_object_unref (panel);
}

/* What was moved is told until something is moved again, whatever was looked at or failed since. */
static void
test_last (void)
{
  static const struct
  {
    KafSyncReport report;
    gboolean well;
    const char *told; /* NULL: nothing yet */
  } exchanges[] = {
    { { 0 }, FALSE, NULL },
    { { 0 }, TRUE, "Sent: 0 · received: 0" },
    { { .n_sent = 2, .n_received = 1 }, TRUE, "Sent: 2 · received: 1" },
    { { 0 }, TRUE, "Sent: 2 · received: 1" },
    { { 0 }, FALSE, "Sent: 2 · received: 1" },
    { { .n_received = 5 }, TRUE, "Sent: 0 · received: 5" },
    { { .n_received = 3, .regranted = TRUE, .n_before = 7, .n_after = 3 },
      TRUE,
      "Your rights have changed: records on this device before: 7 · now: 3" },
    /* Cut off behind what had gone already. */
    { { .n_sent = 3 }, FALSE, "Sent: 3 · received: 0" },
  };
  GtkWidget *panel = g_object_ref_sink (kaf_sync_panel_new ());
  KafSyncStatus status = { .phase = KAF_SYNC_PHASE_IDLE, .url = (char *) KAF_DISPLAY_NOBODY };

  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++)
    {
      status.report = exchanges[i].report;
      status.has_report = TRUE;
      status.has_last |= kaf_sync_report_keep (&status.last, &status.report, exchanges[i].well);
      kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
      g_assert_cmpint (kaf_display_shows (panel, "Sent:"), ==, exchanges[i].told != NULL);
      if (exchanges[i].told != NULL)
        g_assert_true (kaf_display_shows (panel, exchanges[i].told));
    }
  g_object_unref (panel);
}

/* How much went with what was erased is told once by a toast, and as long as the program runs by the panel. */
static void
test_gone (void)
{
  KafWindow *window = open_joined ("sync-panel-gone.db");
  KafSyncStatus *status;
  static const char *const texts[] = {
    "1 edit concerned a record that was erased since: it was not kept",
    "2 edits concerned records that were erased since: they were not kept",
    "3 edits concerned records that were erased since: they were not kept",
  };

  KAF_WAIT (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "sync"));
  status = (KafSyncStatus *) kaf_sync_agent_get_status (window->agent);
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-sync", NULL);
  g_assert_false (kaf_display_shows (GTK_WIDGET (get_status (window)), "erased since"));
  status->n_gone = 1;
  g_signal_emit_by_name (window->agent, "changed");
  g_assert_cmpstr (adw_toast_get_title (kaf_display_get_toast (window)), ==, texts[0]);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (get_status (window)), texts[0]));
  status->n_gone = 3;
  g_signal_emit_by_name (window->agent, "changed");
  KAF_WAIT (g_strcmp0 (adw_toast_get_title (kaf_display_get_toast (window)), texts[1]) == 0);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (get_status (window)), texts[2]));
  adw_toast_dismiss (kaf_display_get_toast (window));
  KAF_WAIT (kaf_display_get_toast (window) == NULL);
  g_signal_emit_by_name (window->agent, "changed");
  g_assert_null (kaf_display_get_toast (window));
}

/* That rights are others is told by a toast once. */
static void
test_rights (void)
{
  KafWindow *window = open_joined ("sync-panel-rights.db");
  KafSyncStatus *status;
  static const char text[] = "Your rights have changed: records on this device before: 7 · now: 3";

  KAF_WAIT (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "sync"));
  status = (KafSyncStatus *) kaf_sync_agent_get_status (window->agent);
  g_clear_pointer (&status->role, g_free);
  status->last = (KafSyncReport){ .n_received = 3, .regranted = TRUE, .n_before = 7, .n_after = 3 };
  status->n_regranted = 1;
  g_signal_emit_by_name (window->agent, "changed");
  g_assert_cmpstr (adw_toast_get_title (kaf_display_get_toast (window)), ==, text);
  adw_toast_dismiss (kaf_display_get_toast (window));
  KAF_WAIT (kaf_display_get_toast (window) == NULL);
  g_signal_emit_by_name (window->agent, "changed");
  g_assert_null (kaf_display_get_toast (window));
}

/* Who answers for a place is told that something waits for him there, and taken to it. */
static void
test_aside (void)
{
  KafWindow *window = open_joined ("sync-panel-aside.db");
  static const char text[] = "2 changes to decide on";

  kaf_display_become (kaf_window_get_store (window), "manager");
  KAF_WAIT (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "sync"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-sync", NULL);
  g_assert_false (kaf_display_shows (GTK_WIDGET (get_status (window)), text));
  kaf_sync_agent_note_aside (window->agent, 2);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (get_status (window)), text));
  /* Who answers for none any more is told nothing of it. */
  kaf_display_become (kaf_window_get_store (window), "agent");
  kaf_store_announce (kaf_window_get_store (window), NULL);
  KAF_WAIT (!kaf_display_shows (GTK_WIDGET (get_status (window)), text));
}

/* Attempts that fail in the window itself leave what is told. */
static void
test_failed (void)
{
  KafWindow *window = open_joined ("sync-panel-failed.db");
  GActionGroup *actions = G_ACTION_GROUP (window);
  KafSyncStatus *status;

  KAF_WAIT (g_action_group_get_action_enabled (actions, "sync"));
  status = (KafSyncStatus *) kaf_sync_agent_get_status (window->agent);
  status->last = (KafSyncReport){ .n_sent = 2 };
  status->has_last = TRUE;
  g_action_group_activate_action (actions, "show-sync", NULL);
  g_action_group_activate_action (actions, "sync", NULL);
  KAF_WAIT (says (window, "Sign in again"));
  g_assert_true (kaf_display_shows (GTK_WIDGET (get_status (window)), "Sent: 2 · received: 0"));
}

/* A device that was shut out: it is told so once, nothing goes by itself, and it can sign in again. */
static void
test_withdrawn (void)
{
  GtkWidget *panel = g_object_ref_sink (kaf_sync_panel_new ());
  KafSyncStatus status = { .phase = KAF_SYNC_PHASE_BLOCKED,
                           .url = (char *) KAF_DISPLAY_NOBODY,
                           .synced_at = 1,
                           .n_waiting = 3 };
  g_auto (KafSyncLine) line = { NULL };

  status.error = g_error_new_literal (KAF_NET_ERROR, KAF_NET_ERROR_REVOKED, "technical text");
  kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
  g_assert_true (kaf_display_shows (panel, "Ask your administrator"));
  g_assert_nonnull (find_button (panel, "Sign In…"));

  status.lease = (KafLeaseReport){ KAF_LEASE_ENDED, 3, 10, TRUE, .revoked = TRUE };
  kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
  g_assert_true (kaf_display_shows (panel, "sign in again to send it"));
  g_assert_false (kaf_display_shows (panel, "are removed from this computer"));
  g_assert_false (kaf_display_shows (panel, "by itself"));
  g_assert_true (kaf_display_shows (panel, "What you do is kept here."));
  g_assert_nonnull (find_button (panel, "Sign In…"));
  line = kaf_sync_text_line (&status, KAF_LANG_EN);
  g_assert_cmpstr (line.title, ==, "Device withdrawn from the server");

  status.error->code = KAF_NET_ERROR_OFFLINE;
  status.phase = KAF_SYNC_PHASE_OFFLINE;
  kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
  g_assert_false (kaf_display_shows (panel, "sent later"));

  g_clear_error (&status.error);
  status.phase = KAF_SYNC_PHASE_IDLE;
  kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
  g_assert_nonnull (find_button (panel, "Sign In…"));
  status.lease.revoked = status.lease.removed = FALSE;
  kaf_sync_panel_set_status (KAF_SYNC_PANEL (panel), &status);
  g_assert_null (find_button (panel, "Sign In…"));
  g_assert_true (kaf_display_shows (panel, "by itself"));
  g_object_unref (panel);
}

/* Words that the fields of the sign-in and the inbox have too. */
static void
test_words (void)
{
  const KafField *state = kaf_entity_find_field (kaf_registry_find ("conflict"), "state");
  const KafChoice *choice = state->choices;
  g_autoptr (GError) error =
      g_error_new_literal (KAF_NET_ERROR, KAF_NET_ERROR_CREDENTIALS, "technical text");
  g_autofree char *devices = NULL;
  g_autofree char *explained = NULL;

  kaf_language_apply ("fr");
  devices = kaf_erasure_text_receipts (&(KafErasureCount){ 1, 4, 0 }, KAF_LANG_FR);
  explained = kaf_net_explain (error);
  g_assert_cmpstr (devices, ==, "1 appareil sur 5");
  g_assert_true (g_str_has_prefix (explained, "Le compte ou le mot de passe est incorrect."));
  while (!g_str_equal (choice->code, "settled"))
    choice++;
  g_assert_cmpstr (g_dgettext (GETTEXT_PACKAGE, choice->label), ==, "Tranché");
  kaf_language_apply ("en");
}

/* A window that goes with its popover open leaves GDK with the events of a surface that is gone. */
static void
close_panels (void)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (all, i);
      GtkWidget *status = kaf_display_find (window, KAF_TYPE_STORE_STATUS);
      GtkWidget *popover = status != NULL ? kaf_display_find (status, GTK_TYPE_POPOVER) : NULL;

      if (popover == NULL)
        continue;
      gtk_popover_popdown (GTK_POPOVER (popover));
      KAF_WAIT (!gtk_widget_get_mapped (popover));
    }
}

int
main (int argc, char **argv)
{
  int status;

  kaf_display_init (&argc, &argv, "en");
  /* The first: what gettext has looked up once it does not look up again, in whatever language. */
  g_test_add_func ("/sync-panel/words", test_words);
  g_test_add_func ("/sync-panel/focus", test_focus);
  g_test_add_func ("/sync-panel/height", test_height);
  g_test_add_func ("/sync-panel/disabled", test_disabled);
  g_test_add_func ("/sync-panel/last", test_last);
  g_test_add_func ("/sync-panel/failed", test_failed);
  g_test_add_func ("/sync-panel/gone", test_gone);
  g_test_add_func ("/sync-panel/rights", test_rights);
  g_test_add_func ("/sync-panel/aside", test_aside);
  g_test_add_func ("/sync-panel/withdrawn", test_withdrawn);
  status = g_test_run ();
  close_panels ();
  return kaf_display_finish (status);
}
