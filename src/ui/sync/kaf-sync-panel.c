/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-sync-panel.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "net/kaf-erasure-text.h"
#include "net/kaf-lease-text.h"
#include "net/kaf-sync-report-text.h"
#include "schema/kaf-role.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/sync/kaf-sync-text.h"

#define PULSE 150 /* ms */
#define WIDTH_CHARS 40

struct _KafSyncPanel
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *problem; /* box */
  GtkWidget *sentence;
  GtkWidget *sign_in; /* button */
  GtkWidget *waiting, *files, *alike, *conflicts, *rejected, *aside, *gone, *rights, *settled,
      *compared, *brought, *server; /* rows */
  GtkWidget *progress;              /* box */
  GtkWidget *progress_label;
  GtkWidget *bar;
  GtkWidget *sync; /* button */
  guint pulse;
};

G_DEFINE_FINAL_TYPE (KafSyncPanel, kaf_sync_panel, GTK_TYPE_BOX)

static gboolean
on_pulse (gpointer data)
{
  KafSyncPanel *self = data;

  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  return G_SOURCE_CONTINUE;
}

static void
kaf_sync_panel_dispose (GObject *object)
{
  KafSyncPanel *self = KAF_SYNC_PANEL (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  G_OBJECT_CLASS (kaf_sync_panel_parent_class)->dispose (object);
}

static void
kaf_sync_panel_class_init (KafSyncPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_sync_panel_dispose;
}

/* @width: chars at least, of WIDTH_CHARS at most. */
static GtkWidget *
add_label (GtkWidget *box, int width, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), width);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static GtkWidget *
add_row (GtkWidget *list, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
add_rows (KafSyncPanel *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("State of the synchronisation"), -1);
  self->waiting = add_row (list, "go-up-symbolic");
  self->files = add_row (list, "mail-attachment-symbolic");
  self->alike = add_row (list, "system-users-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->alike),
                             make_button (C_ ("persons alike", "Compare"), "win.show-duplicates"));
  self->conflicts = add_row (list, "view-refresh-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->conflicts),
                             make_button (C_ ("conflicts", "Settle"), "win.show-conflicts"));
  self->rejected = add_row (list, "dialog-warning-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->rejected),
                             make_button (C_ ("rejected edits", "See"), "win.show-conflicts"));
  self->aside = add_row (list, "mail-unread-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->aside),
                             make_button (C_ ("changes kept aside", "See"), "win.show-aside"));
  self->gone = add_row (list, "dialog-information-symbolic");
  self->rights = add_row (list, "dialog-information-symbolic");
  self->settled = add_row (list, "mail-unread-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->settled),
                             make_button (C_ ("rejected edits", "See"), "win.show-conflicts"));
  self->compared = add_row (list, "dialog-warning-symbolic");
  self->brought = add_row (list, "emblem-ok-symbolic");
  self->server = add_row (list, "network-server-symbolic");
  gtk_box_append (GTK_BOX (self), list);
}

static void
add_problem (KafSyncPanel *self)
{
  self->problem = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->problem, "kaf-banner");
  gtk_widget_add_css_class (self->problem, "warning");
  gtk_widget_add_css_class (self->problem, "kaf-sync-problem");
  self->sentence = add_label (self->problem, WIDTH_CHARS, NULL);
  self->sign_in = make_button (_ ("Sign In…"), "win.sign-in");
  gtk_widget_set_halign (self->sign_in, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->problem), self->sign_in);
  gtk_box_append (GTK_BOX (self), self->problem);
}

static void
add_progress (KafSyncPanel *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->progress = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->progress_label = add_label (lines, WIDTH_CHARS / 2, "caption");
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  gtk_box_append (GTK_BOX (lines), self->bar);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->progress), lines);
  gtk_box_append (GTK_BOX (self->progress), make_button (_ ("Cancel"), "win.cancel-sync"));
  gtk_box_append (GTK_BOX (self), self->progress);
}

static void
kaf_sync_panel_init (KafSyncPanel *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  self->title = add_label (lines, WIDTH_CHARS, "heading");
  self->subtitle = add_label (lines, WIDTH_CHARS, "caption");
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_box_append (GTK_BOX (self), lines);
  add_problem (self);
  add_rows (self);
  add_progress (self);
  self->sync = make_button (_ ("Synchronise Now"), "win.sync");
  gtk_widget_set_halign (self->sync, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self), self->sync);
}

GtkWidget *
kaf_sync_panel_new (void)
{
  return g_object_new (KAF_TYPE_SYNC_PANEL, NULL);
}

static void
set_row (GtkWidget *row, char *title, const char *subtitle, gboolean visible)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (row, visible);
  g_free (title);
}

/* What is written here stays here until a person has done something. */
static gboolean
needs_person (const KafSyncStatus *status)
{
  return status->phase == KAF_SYNC_PHASE_NEEDS_SIGN_IN || status->phase == KAF_SYNC_PHASE_BLOCKED ||
         status->lease.revoked;
}

/* A line with the moment of the last exchange, or that there was none. (transfer full) */
static char *
describe_last (const KafSyncStatus *status, KafLang lang)
{
  g_autofree char *when =
      status->synced_at > 0 ? kaf_sync_text_moment (status->synced_at, lang) : NULL;

  if (needs_person (status))
    return when != NULL ? g_strdup_printf (_ ("Last exchange: %s. What you do is kept here."), when)
                        : g_strdup (_ ("There was no exchange yet. What you do is kept here."));
  return when != NULL ? g_strdup_printf (_ ("Last exchange: %s. What you do is kept here and sent "
                                            "by itself."),
                                         when)
                      : g_strdup (_ ("There was no exchange yet. What you do is kept here and sent "
                                     "by itself."));
}

static void
show_heading (KafSyncPanel *self, const KafSyncStatus *status, KafLang lang)
{
  g_auto (KafSyncLine) line = kaf_sync_text_line (status, lang);
  g_autofree char *since = NULL;
  g_autofree char *title = NULL;
  g_autofree char *last = describe_last (status, lang);

  if (status->phase == KAF_SYNC_PHASE_OFFLINE && status->offline_since > 0)
    {
      since = kaf_sync_text_moment (status->offline_since, lang);
      title = g_strdup_printf (_ ("Offline since %s"), since);
    }
  gtk_label_set_label (GTK_LABEL (self->title), title != NULL ? title : line.title);
  gtk_label_set_label (GTK_LABEL (self->subtitle), last);
}

static void
show_problem (KafSyncPanel *self, const KafSyncStatus *status)
{
  const GError *error = status->error;
  g_autofree char *sentence = NULL;
  g_autofree char *lease = NULL;
  gboolean running = status->phase == KAF_SYNC_PHASE_SYNCING;
  gboolean withdrawn = g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_REVOKED);

  /* The lease says all of it, once it knows; nothing would be sent if the server could be reached. */
  if (error != NULL &&
      !(status->lease.revoked &&
        (withdrawn || g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_OFFLINE))))
    sentence = error->domain == KAF_NET_ERROR ? kaf_net_explain (error) : kaf_error_text (error);
  else if (status->has_report && status->report.skew != 0)
    sentence = g_strdup (_ ("The clock of this computer is not that of the server: set its date "
                            "and time."));
  lease = kaf_lease_explain (&status->lease);
  if (lease != NULL)
    {
      char *both =
          sentence != NULL ? g_strdup_printf ("%s\n%s", sentence, lease) : g_strdup (lease);

      g_free (sentence);
      sentence = both;
    }
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL && !running);
  /* Being on the road is no fault. */
  if (status->phase == KAF_SYNC_PHASE_OFFLINE && lease == NULL)
    gtk_widget_remove_css_class (self->problem, "warning");
  else
    gtk_widget_add_css_class (self->problem, "warning");
  gtk_widget_set_visible (self->sign_in, status->phase == KAF_SYNC_PHASE_NEEDS_SIGN_IN ||
                                             withdrawn || status->lease.revoked);
}

/* What waits to be sent first: it is not safe yet. */
static void
show_files (KafSyncPanel *self, const KafBlobCounts *counts, KafLang lang)
{
  g_autofree char *send = counts->n_send > 0 ? kaf_sync_text_to_send (counts, lang) : NULL;
  g_autofree char *fetch = counts->n_fetch > 0 ? kaf_sync_text_to_fetch (counts, lang) : NULL;

  if (send != NULL)
    set_row (self->files, g_steal_pointer (&send), fetch, TRUE);
  else
    set_row (self->files, g_steal_pointer (&fetch), NULL, counts->n_fetch > 0);
}

static void
show_compared (KafSyncPanel *self, const KafSyncStatus *status, KafLang lang)
{
  g_autofree char *detail = NULL;
  char *title = kaf_sync_text_compared (status, lang, &detail);

  set_row (self->compared, title, detail, title != NULL);
}

static void
show_server (KafSyncPanel *self, const KafSyncStatus *status)
{
  g_autofree char *url = kaf_bidi_ltr (status->url != NULL ? status->url : "");
  g_autofree char *user = kaf_bidi_isolate (status->user != NULL ? status->user : "—");
  const KafRole *role = status->role != NULL ? kaf_role_find (status->role) : NULL;
  g_autofree char *who =
      role != NULL ? g_strdup_printf ("%s · %s", user, _ (role->label)) : g_strdup (user);

  set_row (self->server, g_steal_pointer (&url), who, TRUE);
}

static void
show_progress (KafSyncPanel *self, const KafSyncStatus *status, KafLang lang)
{
  gboolean syncing = status->phase == KAF_SYNC_PHASE_SYNCING;
  gboolean running = syncing || status->moves_files;
  gboolean comes = syncing && status->coming > 0;
  g_autofree char *text = comes              ? kaf_sync_text_coming (status, lang)
                          : status->compares ? g_strdup (_ ("Records are compared with the server"))
                          : syncing          ? kaf_sync_text_brought (&status->report, lang)
                                             : g_strdup (_ ("Files are being exchanged"));

  gtk_label_set_label (GTK_LABEL (self->progress_label), text);
  gtk_widget_set_visible (self->progress, running);
  gtk_widget_set_visible (self->sync, !syncing);
  if (comes)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                   MIN (1.0, (double) status->came / status->coming));
  if (running && !comes && self->pulse == 0)
    self->pulse = g_timeout_add (PULSE, on_pulse, self);
  else if (!running || comes)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

void
kaf_sync_panel_set_status (KafSyncPanel *self, const KafSyncStatus *status)
{
  KafLang lang = kaf_application_get_lang ();

  g_return_if_fail (KAF_IS_SYNC_PANEL (self));

  show_heading (self, status, lang);
  show_problem (self, status);
  set_row (self->waiting, kaf_sync_text_waiting (status->n_waiting, lang), NULL,
           status->n_waiting > 0);
  show_files (self, &status->files, lang);
  if (status->n_alike > 0)
    set_row (self->alike, kaf_sync_text_alike (status->n_alike, lang),
             _ ("Nothing is sent before you choose."), TRUE);
  else
    set_row (self->alike, kaf_sync_text_held (status->n_held, lang), NULL, status->n_held > 0);
  set_row (self->conflicts, kaf_sync_text_conflicts (status->n_conflicts, lang), NULL,
           status->n_conflicts > 0);
  set_row (self->rejected, kaf_sync_text_rejected (status->n_rejected, lang),
           _ ("What you typed is kept here; see why, and what can be done."),
           status->n_rejected > 0);
  set_row (self->aside, kaf_sync_text_aside (status->n_aside, lang),
           _ ("Written by others where they may not; the server keeps them aside."),
           status->n_aside > 0);
  set_row (self->gone, kaf_erasure_text_gone (status->n_gone, lang), NULL, status->n_gone > 0);
  set_row (self->rights, kaf_sync_report_text_rights (&status->last, status->role, lang), NULL,
           status->last.regranted);
  set_row (self->settled, kaf_sync_report_text_settled (status->n_settled, lang),
           _ ("See what became of it."), status->n_settled > 0);
  show_compared (self, status, lang);
  set_row (self->brought, g_strdup (_ ("Last exchange")), NULL, status->has_last);
  if (status->has_last)
    {
      g_autofree char *brought = kaf_sync_text_brought (&status->last, lang);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->brought), brought);
    }
  show_server (self, status);
  show_progress (self, status, lang);
}
