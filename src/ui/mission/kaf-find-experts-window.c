/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-find-experts-window.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "store/kaf-candidates.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-reference-picker.h"
#include "ui/mission/kaf-candidate-rows.h"
#include "ui/mission/kaf-mission-page-private.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 720
#define HEIGHT 640

typedef struct
{
  KafMissionPage *page;
  GtkWidget *window; /* weak */
  GtkWidget *list, *add, *line;
  GtkWidget *why; /* list of who was asked about, the last first */
  GtkWidget *why_title;
  GCancellable *cancellable;
  KafCandidates *found; /* nullable: searched for */
  GPtrArray *checks;    /* (element-type GtkCheckButton), as the candidates */
} Finder;

static void
finder_free (gpointer data)
{
  Finder *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->page);
  g_clear_pointer (&self->found, kaf_candidates_free);
  g_ptr_array_unref (self->checks);
  g_free (self);
}

/* To the short list */

static void
add_listed (const Finder *self, KafChangeSet *set, const KafCandidate *candidate)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("mission_expert"), NULL);
  g_autofree char *score = g_strdup_printf ("%u", candidate->fit.from);
  g_autofree char *day = kaf_day_to_iso (self->found->day);
  g_autofree char *reasons = kaf_candidate_get_reasons (candidate);

  kaf_record_set (record, "mission", kaf_mission_page_get_id (self->page));
  kaf_record_set (record, "person", candidate->id);
  kaf_record_set (record, "network", candidate->network);
  kaf_record_set (record, "answer", "listed");
  kaf_record_set (record, "fit_score", score);
  kaf_record_set (record, "fit_on", day);
  kaf_record_set (record, "fit_reasons", reasons);
  kaf_change_set_create (set, record);
}

static guint
count_chosen (const Finder *self)
{
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (self->checks->pdata[i]);
  return n;
}

static void
on_add (GtkButton *button, gpointer user_data)
{
  Finder *self = user_data;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafMissionPage) page = g_object_ref (self->page);

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      add_listed (self, set, self->found->best->pdata[i]);
  gtk_window_close (GTK_WINDOW (self->window));
  kaf_mission_page_commit (page, set, _ ("Added to the short list"),
                           _ ("The short list was not changed"));
}

static void
on_toggled (GtkCheckButton *check, gpointer user_data)
{
  Finder *self = user_data;

  gtk_widget_set_sensitive (self->add,
                            count_chosen (self) > 0 &&
                                kaf_mission_page_may_make (self->page, "mission_expert"));
}

static void
on_request (GtkButton *button, gpointer user_data)
{
  Finder *self = user_data;
  g_autoptr (KafMissionPage) page = g_object_ref (self->page);

  gtk_window_close (GTK_WINDOW (self->window));
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.request-candidates", NULL);
}

/* Rows */

static GtkWidget *
plain_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

static void
add_candidate (Finder *self, const KafCandidate *candidate)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *line = kaf_candidate_line (candidate);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 candidate->name != NULL ? candidate->name : candidate->id);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), line);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  candidate->name != NULL ? candidate->name : candidate->id, -1);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  g_ptr_array_add (self->checks, check);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), check);
  kaf_candidate_rows_add (row, candidate, self->page->data->lang);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
add_others (Finder *self)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Why Not the Others"));
  for (KafFitOut out = KAF_FIT_IN + 1; out < KAF_N_FIT_OUT; out++)
    {
      g_autofree char *n = g_strdup_printf ("%u", self->found->n_out[out]);
      GtkWidget *line;

      if (self->found->n_out[out] == 0)
        continue;
      line = plain_row (kaf_fit_tell_out (out), NULL);
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), gtk_label_new (n));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* Step 1 has the needs, and adds one where there is none. */
static void
on_needs (GtkWidget *button, Finder *self)
{
  g_autoptr (KafMissionPage) page = g_object_ref (self->page);

  gtk_window_destroy (GTK_WINDOW (self->window));
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.show-step", "i", 1);
}

static void
offer_needs (Finder *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Show the Needs"));

  g_signal_connect (button, "clicked", G_CALLBACK (on_needs), self);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->list)), button);
  gtk_widget_grab_focus (button);
}

static void
show (Finder *self)
{
  const KafCandidates *found = self->found;
  g_autofree char *counts = g_strdup_printf (_ ("Considered: %1$u of %2$u experts."),
                                             found->n_considered, (guint) found->n_experts);
  g_autofree char *line = g_strdup_printf (
      "%s %s", counts,
      found->partial ? _ ("This device does not hold all experts: request candidates too.")
                     : _ ("Scores advise, you decide."));

  if (found->asks_nothing)
    {
      gtk_label_set_text (GTK_LABEL (self->line),
                          _ ("The mission and its needs name no domain and no occupation: say "
                             "which, so that experts can be found."));
      offer_needs (self);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->line), line);
  for (guint i = 0; i < found->best->len; i++)
    add_candidate (self, found->best->pdata[i]);
  add_others (self);
  gtk_widget_set_visible (self->list, TRUE);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  KafCandidates *found = kaf_store_find_candidates_finish (KAF_STORE (source), result, &error);
  Finder *self = user_data;

  /* The window is gone, and the finder with it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->found = found;
  if (found != NULL)
    {
      show (self);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->line), _ ("The experts could not be searched."));
  kaf_mission_page_report (self->page, _ ("The experts could not be searched."), error);
}

/* Why she is where she is */

typedef struct
{
  Finder *finder;
  char *id, *title;
} Question;

static void
answer (Finder *self, const Question *question, const KafCandidates *found)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *sentence = kaf_candidate_tell_why (found);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), sentence);
  if (found->why != NULL)
    kaf_candidate_rows_add (row, found->why, self->page->data->lang);
  gtk_list_box_prepend (GTK_LIST_BOX (self->why), row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gtk_widget_set_visible (self->why, TRUE);
  gtk_widget_set_visible (self->why_title, TRUE);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
on_why_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autofree char *id = question->id;
  g_autofree char *title = question->title;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafCandidates) found =
      kaf_store_find_candidates_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found != NULL)
    answer (question->finder, question, found);
  else
    kaf_mission_page_report (question->finder->page, _ ("The experts could not be searched."),
                             error);
}

static void
on_picked (KafReferencePicker *picker, const char *id, const char *title, gpointer user_data)
{
  Finder *self = user_data;
  Question *question = g_new0 (Question, 1);
  KafCandidatesQuery query = { .mission = kaf_mission_page_get_id (self->page),
                               .why = id,
                               .lang = self->page->data->lang };

  question->finder = self;
  question->id = g_strdup (id);
  question->title = g_strdup (title);
  gtk_popover_popdown (GTK_POPOVER (picker));
  kaf_store_find_candidates_async (kaf_mission_page_get_store (self->page), &query,
                                   self->cancellable, on_why_found, question);
}

static GtkWidget *
make_why_button (Finder *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *picker =
      kaf_reference_picker_new (kaf_mission_page_get_store (self->page), "person", _ ("Why Not…"));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Why Not…"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  kaf_tooltip_set (button, _ ("Name a person, and read why she is not in the list"));
  g_signal_connect (picker, "picked", G_CALLBACK (on_picked), self);
  return button;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static GtkWidget *
make_header (Finder *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *request = gtk_button_new_with_label (_ ("Request Candidates…"));

  self->add = gtk_button_new_with_mnemonic (_ ("_Add to the Short List"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  gtk_widget_set_sensitive (self->add, FALSE);
  g_signal_connect (self->add, "clicked", G_CALLBACK (on_add), self);
  g_signal_connect (request, "clicked", G_CALLBACK (on_request), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->add);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), request);
  return header;
}

static GtkWidget *
make_content (Finder *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->line = gtk_label_new (_ ("Searching…"));
  gtk_label_set_wrap (GTK_LABEL (self->line), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->line), 0);
  gtk_widget_add_css_class (self->line, "dim-label");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  self->why_title = gtk_label_new (_ ("Asked About"));
  gtk_label_set_xalign (GTK_LABEL (self->why_title), 0);
  gtk_widget_add_css_class (self->why_title, "heading");
  gtk_widget_set_visible (self->why_title, FALSE);
  self->why = kaf_record_section_list (_ ("Asked About"));
  gtk_widget_set_visible (self->why, FALSE);
  gtk_widget_add_css_class (inner, "kaf-page");
  gtk_box_append (GTK_BOX (inner), self->why_title);
  gtk_box_append (GTK_BOX (inner), self->why);
  gtk_widget_set_hexpand (self->line, TRUE);
  gtk_box_append (GTK_BOX (head), self->line);
  gtk_box_append (GTK_BOX (head), make_why_button (self));
  gtk_box_append (GTK_BOX (inner), head);
  gtk_box_append (GTK_BOX (inner), self->list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inner);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

GtkWidget *
kaf_find_experts_window_new (KafMissionPage *page)
{
  GtkWidget *window = adw_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Finder *self = g_new0 (Finder, 1);
  KafCandidatesQuery query = { .mission = kaf_mission_page_get_id (page),
                               .lang = page->data->lang };

  self->page = g_object_ref (page);
  self->window = window;
  self->cancellable = g_cancellable_new ();
  self->checks = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (window), "kaf-finder", self, finder_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Experts for the Mission"));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  adw_window_set_content (ADW_WINDOW (window), make_content (self));
  kaf_store_find_candidates_async (kaf_mission_page_get_store (page), &query, self->cancellable,
                                   on_found, self);
  return window;
}
