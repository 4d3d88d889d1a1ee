/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/papers/kaf-papers-window.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-reason.h"
#include "base/kaf-utf8.h"
#include "net/kaf-net-error.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/papers/kaf-paper-row.h"

#define WIDTH 520
/* With what is asked for: an answer that comes while the window is being shown does not make it grow on X11. */
#define HEIGHT 640

/* For how long a number shows. */
#define SHOWN_SECONDS 120

/* What is asked for under the list. */
typedef enum
{
  ASKS_NOTHING,
  ASKS_REASON,
  ASKS_NUMBER,
  ASKS_CONSENT, /* to a removal */
} Asks;

struct _KafPapersWindow
{
  AdwWindow parent_instance;

  KafStore *store;
  char *url, *person;
  GCancellable *cancellable; /* of what only looks */
  guint seconds;
  Asks asks;
  KafIdentityPaper kind; /* of what is asked for */
  guint reading;         /* lists that are under way */
  gboolean working;      /* something is done at the server */

  GtkWidget *note; /* paragraph: what is to be known before all */
  GtkWidget *spinner;
  GtkWidget *retry;
  GtkWidget *list;
  KafPaperRow *rows[KAF_N_IDENTITY_PAPERS];
  GtkWidget *asked;    /* box */
  GtkWidget *question; /* paragraph */
  GtkWidget *entries;  /* list of the three */
  GtkWidget *number, *until, *reason;
  GtkWidget *go;
  GtkWidget *error;
};

G_DEFINE_FINAL_TYPE (KafPapersWindow, kaf_papers_window, ADW_TYPE_WINDOW)

/* What was typed, without blanks around it. (transfer full) */
static char *
get_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
tell (KafPapersWindow *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}

static gboolean
may_go (KafPapersWindow *self)
{
  g_autofree char *text = NULL;

  if (self->working || self->asks == ASKS_NOTHING)
    return FALSE;
  if (self->asks == ASKS_CONSENT)
    return TRUE;
  text = get_text (self->asks == ASKS_REASON ? self->reason : self->number);
  return self->asks == ASKS_REASON ? kaf_reason_is_enough (text) : !kaf_text_is_blank (text);
}

static void
update (KafPapersWindow *self)
{
  static const char *const asking[] = { "papers.reveal", "papers.enter", "papers.remove" };
  gboolean busy = self->working || self->reading > 0;

  for (guint i = 0; i < G_N_ELEMENTS (asking); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), asking[i], !self->working);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.go", may_go (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.cancel", !self->working);
  /* An entry that is shut off while it has the focus would go on blinking. */
  if (self->working && gtk_widget_get_focus_child (self->asked) != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->entries, !self->working);
  gtk_widget_set_visible (self->spinner, busy);
  if (busy)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

/* Listing */

static void
say (KafPapersWindow *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->note), text);
}

static void
say_error (KafPapersWindow *self, KafNetError code)
{
  g_autoptr (GError) error = g_error_new_literal (KAF_NET_ERROR, code, "");
  g_autofree char *text = kaf_net_explain (error);

  say (self, text);
}

static void
show_list (KafPapersWindow *self, const KafPapers *papers)
{
  if (papers->authorised)
    say (self, _ ("The server alone keeps these numbers, under the authorisation of the CNDP. Each "
                  "time one is revealed, the register says by whom, whose it was and why."));
  else
    say_error (self, KAF_NET_ERROR_PAPERS_UNAUTHORISED);
  for (guint i = 0; i < KAF_N_IDENTITY_PAPERS; i++)
    kaf_paper_row_fill (self->rows[i], kaf_papers_find (papers, i), papers->authorised);
  gtk_widget_set_visible (self->list, TRUE);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafPapersWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafPapers) papers = kaf_papers_fetch_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;
  self->reading--;
  if (papers != NULL)
    show_list (self, papers);
  else if (!is_cancelled (error))
    {
      text = kaf_net_explain (error);
      say (self, text);
    }
  gtk_widget_set_visible (self->retry, papers == NULL);
  update (self);
}

static void
read_list (KafPapersWindow *self)
{
  if (self->url == NULL)
    return;
  self->reading++;
  gtk_widget_set_visible (self->retry, FALSE);
  update (self);
  kaf_papers_fetch_async (kaf_store_get_path (self->store), self->url, self->person,
                          self->cancellable, on_listed, g_object_ref (self));
}

static void
on_refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  read_list (KAF_PAPERS_WINDOW (widget));
}

/* Asking */

static void
ask_nothing (KafPapersWindow *self)
{
  self->asks = ASKS_NOTHING;
  gtk_editable_set_text (GTK_EDITABLE (self->number), "");
  gtk_editable_set_text (GTK_EDITABLE (self->until), "");
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  gtk_widget_set_visible (self->asked, FALSE);
  tell (self, NULL);
  update (self);
}

static const char *
find_question (Asks asks)
{
  switch (asks)
    {
    case ASKS_REASON:
      return _ ("Why is this number needed? The reason is written into the register.");
    case ASKS_NUMBER:
      return _ ("The number goes to the server alone. It serves up to the last day of validity, if "
                "you know it, and is removed after it.");
    case ASKS_CONSENT:
      return _ ("The number is removed from the server for ever. This cannot be undone.");
    case ASKS_NOTHING:
    default:
      return "";
    }
}

static const char *
find_verb (Asks asks)
{
  return asks == ASKS_REASON ? _ ("Reveal") : asks == ASKS_NUMBER ? _ ("Save") : _ ("Remove");
}

static void
ask_for (KafPapersWindow *self, Asks asks, const char *code)
{
  KafIdentityPaper kind;
  const char *label;
  g_autofree char *text = NULL;

  if (!kaf_identity_paper_find (code, &kind))
    return;
  if (self->asks != asks || self->kind != kind)
    ask_nothing (self);
  self->asks = asks;
  self->kind = kind;
  label = _ (kaf_identity_paper_get_label (kind));
  text = asks == ASKS_REASON ? g_strdup_printf ("%s\n%s %s", label, find_question (asks),
                                                _ (kaf_reason_get_rule ()))
                             : g_strdup_printf ("%s\n%s", label, find_question (asks));
  gtk_label_set_text (GTK_LABEL (self->question), text);
  gtk_widget_set_visible (self->entries, asks != ASKS_CONSENT);
  gtk_widget_set_visible (self->number, asks == ASKS_NUMBER);
  gtk_widget_set_visible (self->until, asks == ASKS_NUMBER);
  gtk_widget_set_visible (self->reason, asks == ASKS_REASON);
  gtk_button_set_label (GTK_BUTTON (self->go), find_verb (asks));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->go), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  find_verb (asks), -1);
  gtk_widget_remove_css_class (self->go,
                               asks == ASKS_CONSENT ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (self->go,
                            asks == ASKS_CONSENT ? "destructive-action" : "suggested-action");
  gtk_widget_set_visible (self->asked, TRUE);
  update (self);
  gtk_widget_grab_focus (asks == ASKS_REASON   ? self->reason
                         : asks == ASKS_NUMBER ? self->number
                                               : self->go);
}

static void
on_reveal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_for (KAF_PAPERS_WINDOW (widget), ASKS_REASON, g_variant_get_string (parameter, NULL));
}

static void
on_enter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_for (KAF_PAPERS_WINDOW (widget), ASKS_NUMBER, g_variant_get_string (parameter, NULL));
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_for (KAF_PAPERS_WINDOW (widget), ASKS_CONSENT, g_variant_get_string (parameter, NULL));
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask_nothing (KAF_PAPERS_WINDOW (widget));
}

static void
on_hide (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafPapersWindow *self = KAF_PAPERS_WINDOW (widget);
  KafIdentityPaper kind;

  if (kaf_identity_paper_find (g_variant_get_string (parameter, NULL), &kind))
    kaf_paper_row_hide_number (self->rows[kind]);
}

/* Doing it */

static void
begin (KafPapersWindow *self)
{
  self->working = TRUE;
  tell (self, NULL);
  update (self);
}

/* What was typed stays, to be tried again. FALSE: the window is gone, or it failed, which is told. */
static gboolean
end (KafPapersWindow *self, const GError *error)
{
  g_autofree char *text = NULL;

  self->working = FALSE;
  if (self->store == NULL)
    return FALSE;
  if (error == NULL)
    return TRUE;
  text = kaf_net_explain (error);
  tell (self, text);
  update (self);
  gtk_widget_grab_focus (self->asks == ASKS_REASON   ? self->reason
                         : self->asks == ASKS_NUMBER ? self->number
                                                     : self->go);
  return FALSE;
}

static void
on_revealed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafPapersWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  char *number = kaf_papers_reveal_finish (result, &error);

  if (end (self, error))
    {
      ask_nothing (self);
      kaf_paper_row_show_number (self->rows[self->kind], number, self->seconds);
    }
  kaf_papers_free_number (number);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafPapersWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  kaf_papers_set_finish (result, &error);
  if (!end (self, error))
    return;
  ask_nothing (self);
  read_list (self);
}

static void
set (KafPapersWindow *self, const char *number, const char *until)
{
  begin (self);
  kaf_papers_set_async (kaf_store_get_path (self->store), self->url, self->person, self->kind,
                        number, until, NULL, on_set, g_object_ref (self));
}

/* What can be said here is, before the server is asked. */
static void
save (KafPapersWindow *self)
{
  char *typed = get_text (self->number);
  char *number = kaf_identity_paper_normalise (self->kind, typed, NULL);
  g_autofree char *day = get_text (self->until);
  g_autofree char *until = *day != '\0' ? kaf_date_normalise (day, FALSE, NULL) : NULL;

  if (number == NULL)
    tell (self, _ (kaf_identity_paper_get_rule (self->kind)));
  else if (*day != '\0' && until == NULL)
    tell (self, _ ("Write the last day of validity as 24/12/2031, or leave it empty."));
  else
    set (self, number, until);
  if (number == NULL)
    gtk_widget_grab_focus (self->number);
  kaf_papers_free_number (typed);
  kaf_papers_free_number (number);
}

static void
reveal (KafPapersWindow *self)
{
  g_autofree char *reason = get_text (self->reason);

  begin (self);
  kaf_papers_reveal_async (kaf_store_get_path (self->store), self->url, self->person, self->kind,
                           reason, NULL, on_revealed, g_object_ref (self));
}

static void
on_go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafPapersWindow *self = KAF_PAPERS_WINDOW (widget);

  if (self->asks == ASKS_REASON)
    reveal (self);
  else if (self->asks == ASKS_NUMBER)
    save (self);
  else
    set (self, NULL, NULL);
}

static void
on_entered (KafPapersWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "papers.go", NULL);
}

/* What is under way is not taken back by leaving: what came of it is told first. */
static gboolean
on_close (GtkWindow *window, gpointer user_data)
{
  return KAF_PAPERS_WINDOW (window)->working;
}

/* First what is asked, then the window. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  KafPapersWindow *self = KAF_PAPERS_WINDOW (widget);

  if (self->asks != ASKS_NOTHING && !self->working)
    ask_nothing (self);
  else
    gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

static void
kaf_papers_window_dispose (GObject *object)
{
  KafPapersWindow *self = KAF_PAPERS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->person, g_free);
  G_OBJECT_CLASS (kaf_papers_window_parent_class)->dispose (object);
}

static void
kaf_papers_window_class_init (KafPapersWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_papers_window_dispose;
  gtk_widget_class_install_action (widget_class, "papers.reveal", "s", on_reveal);
  gtk_widget_class_install_action (widget_class, "papers.enter", "s", on_enter);
  gtk_widget_class_install_action (widget_class, "papers.remove", "s", on_remove);
  gtk_widget_class_install_action (widget_class, "papers.hide", "s", on_hide);
  gtk_widget_class_install_action (widget_class, "papers.go", NULL, on_go);
  gtk_widget_class_install_action (widget_class, "papers.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "papers.refresh", NULL, on_refresh);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "papers.refresh", NULL);
}

/* No input method learns what is typed there. */
static GtkWidget *
entry_new (KafPapersWindow *self, const char *title, gboolean hidden)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  if (hidden)
    adw_entry_row_set_input_hints (ADW_ENTRY_ROW (entry), GTK_INPUT_HINT_PRIVATE |
                                                              GTK_INPUT_HINT_NO_SPELLCHECK |
                                                              GTK_INPUT_HINT_NO_EMOJI);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (entry, "entry-activated", G_CALLBACK (on_entered), self);
  gtk_list_box_append (GTK_LIST_BOX (self->entries), entry);
  return entry;
}

static GtkWidget *
button_new (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static GtkWidget *
asked_new (KafPapersWindow *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->asked = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->question = kaf_dialog_paragraph_new ("", "body");
  self->entries = kaf_dialog_rows_new (NULL);
  self->number = entry_new (self, _ ("Number of the paper"), TRUE);
  self->until = entry_new (self, _ ("Last day of validity"), FALSE);
  self->reason = entry_new (self, _ ("Reason"), FALSE);
  self->go = button_new ("", "papers.go");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), button_new (_ ("Cancel"), "papers.cancel"));
  gtk_box_append (GTK_BOX (buttons), self->go);
  gtk_box_append (GTK_BOX (self->asked), self->question);
  gtk_box_append (GTK_BOX (self->asked), self->entries);
  gtk_box_append (GTK_BOX (self->asked), buttons);
  gtk_widget_set_visible (self->asked, FALSE);
  return self->asked;
}

static GtkWidget *
list_new (KafPapersWindow *self)
{
  self->list = kaf_dialog_rows_new (NULL);
  for (guint i = 0; i < KAF_N_IDENTITY_PAPERS; i++)
    {
      self->rows[i] = KAF_PAPER_ROW (kaf_paper_row_new (i, kaf_application_get_lang ()));
      gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (self->rows[i]));
    }
  gtk_widget_set_visible (self->list, FALSE);
  return self->list;
}

static void
fill_box (KafPapersWindow *self, GtkWidget *box)
{
  self->note = kaf_dialog_paragraph_new ("", "body");
  self->spinner = gtk_spinner_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The server is asked"), -1);
  self->retry = button_new (_ ("Try Again"), "papers.refresh");
  gtk_widget_set_halign (self->retry, GTK_ALIGN_START);
  gtk_widget_set_visible (self->retry, FALSE);
  self->error = kaf_dialog_paragraph_new ("", "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), self->retry);
  gtk_box_append (GTK_BOX (box), list_new (self));
  gtk_box_append (GTK_BOX (box), asked_new (self));
  gtk_box_append (GTK_BOX (box), self->error);
}

static void
kaf_papers_window_init (KafPapersWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->seconds = SHOWN_SECONDS;
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Identity Papers"));
  g_signal_connect (self, "close-request", G_CALLBACK (on_close), NULL);
}

GtkWidget *
kaf_papers_window_new (KafStore *store, const char *url, const char *person, const char *title)
{
  KafPapersWindow *self = g_object_new (KAF_TYPE_PAPERS_WINDOW, NULL);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *line = kaf_bidi_line (title);

  self->store = g_object_ref (store);
  /* Who may not see a number reads so here; the server, which would say the same, is not asked. */
  self->url = g_strdup (kaf_store_may_reveal (store) ? url : NULL);
  self->person = g_strdup (person);
  gtk_widget_add_css_class (box, "kaf-record-padded");
  gtk_box_append (GTK_BOX (box), kaf_dialog_paragraph_new (line, "heading"));
  fill_box (self, box);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  gtk_box_append (GTK_BOX (outer), header);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (outer), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, self->url != NULL ? HEIGHT : -1);
  adw_window_set_content (ADW_WINDOW (self), outer);
  if (url == NULL)
    say (self, _ ("Numbers of papers are kept by a server alone, and this store belongs to none: "
                  "there are none here, and none can be entered."));
  else if (self->url == NULL)
    say (self, _ ("Your role on the server sees no numbers of papers: a manager does."));
  else
    say (self, _ ("The server is asked which numbers it holds…"));
  update (self);
  read_list (self);
  return GTK_WIDGET (self);
}

/* For tests */

gboolean
kaf_papers_window_is_settled (KafPapersWindow *self)
{
  g_return_val_if_fail (KAF_IS_PAPERS_WINDOW (self), FALSE);

  return !self->working && self->reading == 0;
}

void
kaf_papers_window_type (KafPapersWindow *self,
                        const char *number,
                        const char *until,
                        const char *reason)
{
  g_return_if_fail (KAF_IS_PAPERS_WINDOW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->number), number != NULL ? number : "");
  gtk_editable_set_text (GTK_EDITABLE (self->until), until != NULL ? until : "");
  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason != NULL ? reason : "");
}

const char *
kaf_papers_window_get_typed (KafPapersWindow *self)
{
  g_return_val_if_fail (KAF_IS_PAPERS_WINDOW (self), "");

  return gtk_editable_get_text (
      GTK_EDITABLE (self->asks == ASKS_REASON ? self->reason : self->number));
}

const char *
kaf_papers_window_get_error (KafPapersWindow *self)
{
  g_return_val_if_fail (KAF_IS_PAPERS_WINDOW (self), "");

  return gtk_label_get_text (GTK_LABEL (self->error));
}

const char *
kaf_papers_window_get_number (KafPapersWindow *self, KafIdentityPaper kind)
{
  g_return_val_if_fail (KAF_IS_PAPERS_WINDOW (self), NULL);

  return kaf_paper_row_get_number (self->rows[kind]);
}

void
kaf_papers_window_set_seconds (KafPapersWindow *self, guint seconds)
{
  g_return_if_fail (KAF_IS_PAPERS_WINDOW (self));

  self->seconds = seconds;
}
