/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-rules-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "rules/holder/kaf-tiers.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"

#define WIDTH 1000
#define HEIGHT 680
#define SIDE_BY_SIDE 780 /* px */
#define KEEP_AFTER 500   /* ms after the last key */

struct _KafRulesWindow
{
  AdwWindow parent_instance;

  KafStore *store;
  KafLang lang;
  KafRulesState *state; /* NULL: not read yet */
  KafRulesSimulation *simulation;
  gboolean draft; /* the form holds something else than what is in force */
  guint keeping;  /* timer */
  GCancellable *cancellable;
  GSimpleActionGroup *actions;

  GtkWidget *title;
  GtkWidget *editor;
  GtkWidget *error;
  GtkWidget *results; /* box */
};

G_DEFINE_FINAL_TYPE (KafRulesWindow, kaf_rules_window, ADW_TYPE_WINDOW)

typedef struct
{
  KafScoreRules *rules; /* nullable */
  KafLang lang;
  KafStore *store;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->rules, kaf_score_rules_unref);
  g_object_unref (job->store);
  g_free (job);
}

/* A copy of the rules: the form goes on being typed in meanwhile. */
static Job *
job_new (KafRulesWindow *self, gboolean with_rules)
{
  Job *job = g_new0 (Job, 1);

  if (with_rules)
    job->rules =
        kaf_score_rules_copy (kaf_rules_editor_get_rules (KAF_RULES_EDITOR (self->editor)));
  job->lang = self->lang;
  job->store = g_object_ref (self->store);
  return job;
}

static void
say_error (KafRulesWindow *self, const GError *error)
{
  g_autofree char *text = error != NULL ? kaf_error_text (error) : NULL;

  gtk_label_set_text (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}

static void
enable (KafRulesWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

/* FALSE, with the sentence: they are no set of rules as they stand. */
static gboolean
check (KafRulesWindow *self)
{
  g_autoptr (GError) error = NULL;
  gboolean good =
      kaf_score_rules_check (kaf_rules_editor_get_rules (KAF_RULES_EDITOR (self->editor)), &error);

  say_error (self, error);
  return good;
}

static void
update (KafRulesWindow *self)
{
  g_autofree char *text = NULL;
  gboolean good = self->state != NULL && check (self);

  enable (self, "simulate", good);
  enable (self, "publish",
          good && self->draft && !kaf_store_is_read_only (self->store) &&
              kaf_store_may_write (self->store, kaf_registry_find ("rule_set")));
  enable (self, "revert", self->draft);
  if (self->state == NULL)
    return;
  if (self->state->number == 0)
    text = g_strdup (_ ("In force: those that come with the program"));
  else
    /* Translators: the number of a set of rules and a date. */
    text = g_strdup_printf (_ ("In force: number %d of %s"), self->state->number,
                            self->state->published_on);
  if (self->draft)
    {
      /* Translators: %s is "In force: number 4 of 02/09/2026". */
      g_autofree char *kept = g_strdup_printf (_ ("%s · this is a draft"), text);

      adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), kept);
    }
  else
    adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text);
}

/* The draft */

static gpointer
keep_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_rules_keep_draft (db, ((Job *) data)->rules, error);
  return NULL;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRulesWindow) self = data;
  g_autoptr (GError) error = NULL;

  kaf_store_run_finish (KAF_STORE (source), result, &error);
  if (error != NULL && self->editor != NULL)
    say_error (self, error);
}

static gboolean
keep (gpointer data)
{
  KafRulesWindow *self = data;

  self->keeping = 0;
  if (!kaf_store_is_read_only (self->store))
    kaf_store_run_async (self->store, KAF_LANE_WRITE, keep_job, job_new (self, self->draft),
                         job_free, NULL, NULL, on_kept, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
keep_soon (KafRulesWindow *self)
{
  g_clear_handle_id (&self->keeping, g_source_remove);
  self->keeping = g_timeout_add (KEEP_AFTER, keep, self);
}

static void
clear_results (KafRulesWindow *self, const char *sentence)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->results)) != NULL)
    gtk_box_remove (GTK_BOX (self->results), child);
  if (sentence != NULL)
    {
      GtkWidget *section = kaf_record_section_new (_ ("What they would do"));
      GtkWidget *list = kaf_record_section_list (_ ("What they would do"));

      kaf_record_section_say (list, sentence);
      kaf_record_section_set_child (KAF_RECORD_SECTION (section), list);
      gtk_box_append (GTK_BOX (self->results), section);
    }
}

static void
on_changed (KafRulesWindow *self)
{
  self->draft = TRUE;
  if (self->simulation != NULL)
    clear_results (self, _ ("The rules were changed since: simulate again."));
  g_clear_pointer (&self->simulation, kaf_rules_simulation_free);
  keep_soon (self);
  update (self);
}

/* The simulation */

static GtkWidget *
cell_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* From which tier, in rows, to which, in columns. */
static GtkWidget *
table_new (KafRulesWindow *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_attach (GTK_GRID (grid), cell_new (_ ("From ↓ to →"), "caption"), 0, 0, 1, 1);
  for (int i = 0; i < KAF_TIERS_N; i++)
    {
      gtk_grid_attach (GTK_GRID (grid), cell_new (kaf_tier_letter ((char) ('a' + i)), "heading"),
                       i + 1, 0, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), cell_new (kaf_tier_letter ((char) ('a' + i)), "heading"), 0,
                       i + 1, 1, 1);
      for (int j = 0; j < KAF_TIERS_N; j++)
        {
          guint n = self->simulation->cells[i][j];
          g_autofree char *number = kaf_number_format (n, self->lang);
          GtkWidget *cell = cell_new (number, i == j || n == 0 ? "dim-label" : "accent");
          /* Translators: a number of people and two tiers. */
          g_autofree char *name =
              g_strdup_printf (_ ("%s from %s to %s"), number, kaf_tier_letter ((char) ('a' + i)),
                               kaf_tier_letter ((char) ('a' + j)));

          gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          name, -1);
          gtk_grid_attach (GTK_GRID (grid), cell, j + 1, i + 1, 1, 1);
        }
    }
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "kaf-record-padded");
  return grid;
}

static GtkWidget *
move_new (const KafTierMove *move)
{
  GtkWidget *row = adw_action_row_new ();
  /* Translators: two tiers, "C → A": the first is left for the second. */
  g_autofree char *tiers = g_strdup_printf (_ ("%s → %s"), kaf_tier_letter (move->before),
                                            kaf_tier_letter (move->after));
  GtkWidget *cell = cell_new (tiers, "heading");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), move->name);
  if (move->why != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), move->why);
  gtk_widget_set_hexpand (cell, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), cell);
  return row;
}

static GtkWidget *
moves_new (const KafRulesSimulation *simulation)
{
  GtkWidget *list = kaf_record_section_list (_ ("Who would move"));

  gtk_widget_remove_css_class (list, "kaf-rows");
  for (guint i = 0; i < simulation->moves->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), move_new (g_ptr_array_index (simulation->moves, i)));
  if (simulation->moves->len == 0)
    kaf_record_section_say (list, _ ("Nobody would stand in another tier."));
  return list;
}

static void
show_simulation (KafRulesWindow *self)
{
  GtkWidget *table = kaf_record_section_new (_ ("What they would do"));
  GtkWidget *moves = kaf_record_section_new (_ ("Who would move"));
  g_autofree char *moved = kaf_number_format (self->simulation->n_moved, self->lang);
  g_autofree char *all = kaf_number_format (self->simulation->n, self->lang);
  /* Translators: numbers of people, "23 of 1 806 move". */
  g_autofree char *note = g_strdup_printf (_ ("%s of %s move"), moved, all);

  clear_results (self, NULL);
  kaf_record_section_set_note (KAF_RECORD_SECTION (table), note);
  kaf_record_section_set_child (KAF_RECORD_SECTION (table), table_new (self));
  if (self->simulation->n_moved > self->simulation->moves->len)
    {
      g_autofree char *shown = kaf_number_format (self->simulation->moves->len, self->lang);
      /* Translators: %s is a number: as many of a longer list show. */
      g_autofree char *first = g_strdup_printf (_ ("the first %s"), shown);

      kaf_record_section_set_note (KAF_RECORD_SECTION (moves), first);
    }
  kaf_record_section_set_child (KAF_RECORD_SECTION (moves), moves_new (self->simulation));
  gtk_box_append (GTK_BOX (self->results), table);
  gtk_box_append (GTK_BOX (self->results), moves);
}

static gpointer
simulate_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return kaf_rules_simulate (db, job->rules, job->lang, cancellable, error);
}

static void
on_simulated (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRulesWindow) self = data;
  g_autoptr (GError) error = NULL;
  KafRulesSimulation *simulation = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (self->editor == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&simulation, kaf_rules_simulation_free);
      return;
    }
  say_error (self, error);
  g_clear_pointer (&self->simulation, kaf_rules_simulation_free);
  self->simulation = simulation;
  if (simulation != NULL)
    show_simulation (self);
}

static void
on_simulate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRulesWindow *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, simulate_job, job_new (self, TRUE),
                       job_free, (GDestroyNotify) kaf_rules_simulation_free, self->cancellable,
                       on_simulated, g_object_ref (self));
}

/* Publication */

static gpointer
publish_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  KafReceipt *receipt = kaf_rules_publish (db, job->rules, error);

  if (receipt != NULL)
    kaf_store_announce (job->store, receipt);
  return receipt;
}

static void
on_published (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRulesWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (receipt == NULL)
    {
      update (self);
      say_error (self, error);
      return;
    }
  if (KAF_IS_WINDOW (parent))
    kaf_window_toast_undo (KAF_WINDOW (parent), _ ("The scoring rules were published"), receipt);
  self->draft = FALSE;
  gtk_window_close (GTK_WINDOW (self));
}

void
kaf_rules_window_publish_now (KafRulesWindow *self)
{
  g_return_if_fail (KAF_IS_RULES_WINDOW (self));

  g_clear_handle_id (&self->keeping, g_source_remove);
  enable (self, "publish", FALSE);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, publish_job, job_new (self, TRUE), job_free,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_published, g_object_ref (self));
}

static void
on_answered (KafRulesWindow *self, const char *response)
{
  if (strcmp (response, "publish") == 0)
    kaf_rules_window_publish_now (self);
}

static void
on_publish (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRulesWindow *self = data;
  GtkWidget *dialog;
  g_autofree char *body = NULL;

  if (self->simulation != NULL)
    {
      g_autofree char *moved = kaf_number_format (self->simulation->n_moved, self->lang);

      body = g_strdup_printf (ngettext ("%s project holder would stand in another tier.",
                                        "%s project holders would stand in another tier.",
                                        self->simulation->n_moved),
                              moved);
    }
  else
    body = g_strdup (_ ("They were not simulated as they stand: nobody has seen who would move."));
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Publish These Rules?"), NULL);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog), "%s %s", body,
      _ ("They count for everybody from today on. Undo takes them back; once others have them, "
         "the next version does."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "publish",
                                    _ ("_Publish"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "publish",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Back to those in force. */
static void
on_revert (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRulesWindow *self = data;

  kaf_rules_editor_set_rules (KAF_RULES_EDITOR (self->editor), self->state->in_force);
  self->draft = FALSE;
  g_clear_pointer (&self->simulation, kaf_rules_simulation_free);
  clear_results (self, _ ("Simulate to see who would stand in another tier, and why."));
  keep_soon (self);
  update (self);
}

/* Reading */

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_rules_state_read (db, ((Job *) data)->lang, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRulesWindow) self = data;
  g_autoptr (GError) error = NULL;
  KafRulesState *state = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (state == NULL)
    {
      say_error (self, error);
      return;
    }
  self->state = state;
  self->draft = state->draft != NULL;
  kaf_rules_editor_take_list (KAF_RULES_EDITOR (self->editor), "sector",
                              g_ptr_array_ref (state->sectors));
  kaf_rules_editor_take_list (KAF_RULES_EDITOR (self->editor), "territory",
                              g_ptr_array_ref (state->territories));
  kaf_rules_editor_set_rules (KAF_RULES_EDITOR (self->editor),
                              state->draft != NULL ? state->draft : state->in_force);
  gtk_widget_set_visible (self->editor, TRUE);
  update (self);
}

/* Making */

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

/* What was typed last is kept before the window goes. */
static gboolean
kaf_rules_window_close_request (GtkWindow *window)
{
  KafRulesWindow *self = KAF_RULES_WINDOW (window);

  if (self->keeping != 0)
    {
      g_clear_handle_id (&self->keeping, g_source_remove);
      keep (self);
    }
  return GTK_WINDOW_CLASS (kaf_rules_window_parent_class)->close_request (window);
}

static void
kaf_rules_window_dispose (GObject *object)
{
  KafRulesWindow *self = KAF_RULES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->keeping, g_source_remove);
  self->editor = NULL;
  G_OBJECT_CLASS (kaf_rules_window_parent_class)->dispose (object);
}

static void
kaf_rules_window_finalize (GObject *object)
{
  KafRulesWindow *self = KAF_RULES_WINDOW (object);

  g_clear_pointer (&self->state, kaf_rules_state_free);
  g_clear_pointer (&self->simulation, kaf_rules_simulation_free);
  g_clear_object (&self->actions);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_rules_window_parent_class)->finalize (object);
}

static void
kaf_rules_window_class_init (KafRulesWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_rules_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_rules_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = kaf_rules_window_close_request;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "rules-window.simulate", NULL);
}

static void
kaf_rules_window_init (KafRulesWindow *self)
{
  static const GActionEntry entries[] = {
    { "simulate", on_simulate },
    { "publish", on_publish },
    { "revert", on_revert },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "rules-window",
                                  G_ACTION_GROUP (self->actions));
}

static GtkWidget *
button_new (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
header_new (KafRulesWindow *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *publish = button_new (_ ("Publish…"), "rules-window.publish");

  self->title = adw_window_title_new (_ ("Scoring Rules"), "");
  gtk_widget_add_css_class (publish, "suggested-action");
  /* Whoever publishes none may still see whom others would move. */
  gtk_widget_set_visible (publish,
                          kaf_store_may_make (self->store, kaf_registry_find ("rule_set")));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar),
                             button_new (_ ("Simulate"), "rules-window.simulate"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar),
                             button_new (_ ("Discard the Draft"), "rules-window.revert"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), publish);
  return bar;
}

static GtkWidget *
body_new (KafRulesWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->error), 0);
  gtk_widget_add_css_class (self->error, "error");
  gtk_widget_add_css_class (self->error, "kaf-wraps");
  gtk_widget_set_visible (self->error, FALSE);
  self->editor = kaf_rules_editor_new (self->lang);
  gtk_widget_set_visible (self->editor, FALSE);
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  self->results = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  clear_results (self, _ ("Simulate to see who would stand in another tier, and why."));
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (box),
                  kaf_columns_new (self->editor, self->results, SIDE_BY_SIDE, 54, 18));
  gtk_widget_add_css_class (box, "kaf-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
kaf_rules_window_new (KafStore *store, KafLang lang)
{
  KafRulesWindow *self = g_object_new (KAF_TYPE_RULES_WINDOW, "title", _ ("Scoring Rules"), NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->store = g_object_ref (store);
  self->lang = lang;
  gtk_box_append (GTK_BOX (content), header_new (self));
  gtk_box_append (GTK_BOX (content), body_new (self));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  update (self);
  /* Behind the draft that a window before may still be keeping. */
  kaf_store_run_async (store, KAF_LANE_WRITE, read_job, job_new (self, FALSE), job_free,
                       (GDestroyNotify) kaf_rules_state_free, NULL, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}

KafRulesEditor *
kaf_rules_window_get_editor (KafRulesWindow *self)
{
  g_return_val_if_fail (KAF_IS_RULES_WINDOW (self), NULL);
  return self->state != NULL ? KAF_RULES_EDITOR (self->editor) : NULL;
}

const KafRulesSimulation *
kaf_rules_window_get_simulation (KafRulesWindow *self)
{
  g_return_val_if_fail (KAF_IS_RULES_WINDOW (self), NULL);
  return self->simulation;
}

gboolean
kaf_rules_window_is_draft (KafRulesWindow *self)
{
  g_return_val_if_fail (KAF_IS_RULES_WINDOW (self), FALSE);
  return self->draft;
}
