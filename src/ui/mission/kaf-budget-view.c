/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-budget-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "ui/mission/kaf-budget-shares.h"
#include "ui/mission/kaf-budget-text.h"
#include "ui/mission/kaf-cell-writer.h"
#include "ui/mission/kaf-mission-commit.h"
#include "ui/record/kaf-wrap.h"

struct _KafBudgetView
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  KafMission *mission;
  GHashTable *names;
  KafBudgetPhase phase;
  gboolean writable;

  GtkWidget *hint;
  GtkWidget *banner, *banner_line;
  char *banner_title;
  GtkWidget *writer;
  GtkWidget *problem;
  GtkWidget *table;
  GtkWidget *none;
  GtkWidget *add, *adjust;
  GtkWidget *shares;
  GtkWidget *dialog;  /* weak */
  GtkWidget *choices; /* weak */
  char *chosen_line;
  char *chosen_before; /* what stood there as the list came; nullable */
  KafBudgetKind chosen_kind;
  GCancellable *cancellable;
  guint busy;
};

G_DEFINE_FINAL_TYPE (KafBudgetView, kaf_budget_view, GTK_TYPE_BOX)

static const KafBudgetLine *
find_line (KafBudgetView *self, const char *id)
{
  for (guint i = 0; self->mission != NULL && i < self->mission->lines->len; i++)
    {
      const KafBudgetLine *line = g_ptr_array_index (self->mission->lines, i);

      if (g_strcmp0 (line->id, id) == 0)
        return line;
    }
  return NULL;
}

/* "": the line of the cursor. */
static const char *
resolve (KafBudgetView *self, const char *id)
{
  return *id != '\0' ? id : kaf_budget_table_get_line (KAF_BUDGET_TABLE (self->table));
}

/* Changes */

static void
on_change (KafBudgetView *self, KafRecord *change, KafRecord *shown)
{
  const KafBudgetLine *line = find_line (self, kaf_record_get_id (change));

  kaf_cell_writer_write (KAF_CELL_WRITER (self->writer), change, shown,
                         line != NULL ? line->label : NULL, _ ("Budget line changed"),
                         _ ("The budget line was not changed"));
}

static void
on_create (KafBudgetView *self, KafRecord *line)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  kaf_change_set_create (set, line);
  kaf_mission_commit (GTK_WIDGET (self), self->store, set, _ ("Budget line added"),
                      _ ("The budget line was not added"), &self->busy);
}

static void
remove_line (KafBudgetView *self, const char *id)
{
  const KafBudgetLine *line = find_line (self, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autofree char *label = NULL;
  g_autofree char *done = NULL;

  if (line == NULL || !self->writable || self->phase != KAF_BUDGET_PLANNED)
    return;
  label = kaf_bidi_isolate (line->label);
  done = g_strdup_printf (_ ("%s taken out of the budget"), label);
  kaf_change_set_delete (set, kaf_registry_find ("budget_line"), id);
  kaf_mission_commit (GTK_WIDGET (self), self->store, set, done,
                      _ ("The budget line was not taken out"), &self->busy);
}

/* @basis: "" leaves it as it is. */
static void
set_payer (KafBudgetView *self, const char *id, const char *payer, const char *basis)
{
  const KafBudgetLine *line = find_line (self, id);
  g_autoptr (KafRecord) change = NULL;
  g_autoptr (KafRecord) shown = NULL;

  if (line == NULL || !self->writable || self->phase != KAF_BUDGET_PLANNED)
    return;
  change = kaf_record_new (kaf_registry_find ("budget_line"), id);
  shown = kaf_record_copy (change);
  kaf_record_set (change, "payer", payer);
  kaf_record_set (shown, "payer", line->payer);
  if (*basis != '\0')
    {
      kaf_record_set (change, "basis", basis);
      kaf_record_set (shown, "basis", line->basis);
    }
  on_change (self, change, shown);
}

/* Lists under a cell */

static void
on_chosen (KafBudgetView *self, const char *id)
{
  static const char *const fields[] = {
    [KAF_BUDGET_CATEGORY] = "category", [KAF_BUDGET_PAYER] = "payer", [KAF_BUDGET_BASIS] = "basis"
  };
  const char *field = fields[self->chosen_kind];
  g_autoptr (KafRecord) change =
      kaf_record_new (kaf_registry_find ("budget_line"), self->chosen_line);
  g_autoptr (KafRecord) shown = kaf_record_copy (change);

  kaf_record_set (change, field, id);
  kaf_record_set (shown, field, self->chosen_before);
  on_change (self, change, shown);
}

static void
list_categories (KafBudgetChoices *choices, const KafBudgetLine *line)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("budget_line"), "category");

  for (guint i = 0; field->choices[i].code != NULL; i++)
    kaf_budget_choices_add (choices, field->choices[i].code, _ (field->choices[i].label), NULL,
                            line != NULL &&
                                g_strcmp0 (field->choices[i].code, line->category) == 0);
}

/* Who pays already, then who takes part. */
static void
list_payers (KafBudgetView *self, KafBudgetChoices *choices, const KafBudgetLine *line)
{
  KafBudgetGuess guess =
      line != NULL ? kaf_budget_guess_payer (self->mission, line) : (KafBudgetGuess){ 0 };
  const char *payer = line != NULL ? line->payer : NULL;

  for (guint i = 0; i < self->mission->lines->len; i++)
    {
      const KafBudgetLine *one = g_ptr_array_index (self->mission->lines, i);

      if (one->payer != NULL)
        kaf_budget_choices_add (choices, one->payer, kaf_budget_name (self->names, one->payer),
                                NULL,
                                g_strcmp0 (one->payer, payer != NULL ? payer : guess.payer) == 0);
    }
  for (guint i = 0; i < self->mission->parties->len; i++)
    {
      const KafMissionParty *party = g_ptr_array_index (self->mission->parties, i);

      if (party->organisation != NULL)
        kaf_budget_choices_add (choices, party->organisation,
                                kaf_budget_name (self->names, party->organisation), NULL, FALSE);
    }
  kaf_budget_choices_add (choices, "", _ ("Without payer"), NULL, FALSE);
  kaf_budget_choices_add_search (choices, self->store, "organisation", _ ("Another organisation…"));
}

static void
list_bases (KafBudgetView *self, KafBudgetChoices *choices, const KafBudgetLine *line)
{
  for (guint i = 0; i < self->mission->conventions->len; i++)
    {
      const KafMissionConvention *one = g_ptr_array_index (self->mission->conventions, i);

      if (one->act != NULL)
        kaf_budget_choices_add (choices, one->act->id, kaf_budget_name (self->names, one->act->id),
                                NULL, line != NULL && g_strcmp0 (line->basis, one->act->id) == 0);
    }
  for (guint i = 0; i < self->mission->lines->len; i++)
    {
      const KafBudgetLine *one = g_ptr_array_index (self->mission->lines, i);

      if (one->basis != NULL)
        kaf_budget_choices_add (choices, one->basis, kaf_budget_name (self->names, one->basis),
                                NULL, line != NULL && g_strcmp0 (line->basis, one->basis) == 0);
    }
  kaf_budget_choices_add (choices, "", _ ("Without basis"), NULL, FALSE);
  kaf_budget_choices_add_search (choices, self->store, "convention", _ ("Another convention…"));
}

static void
on_choose (KafBudgetView *self, const char *id, int kind, GtkWidget *cell)
{
  const KafBudgetLine *line = find_line (self, id);
  GtkWidget *choices = kaf_budget_choices_new (kind == KAF_BUDGET_CATEGORY ? _ ("Category")
                                               : kind == KAF_BUDGET_BASIS  ? _ ("Basis")
                                                                           : _ ("Payer"));

  g_free (self->chosen_line);
  self->chosen_line = g_strdup (id);
  self->chosen_kind = kind == KAF_BUDGET_CATEGORY || kind == KAF_BUDGET_BASIS ? (KafBudgetKind) kind
                                                                              : KAF_BUDGET_PAYER;
  g_free (self->chosen_before);
  self->chosen_before = g_strdup (line == NULL                               ? NULL
                                  : self->chosen_kind == KAF_BUDGET_CATEGORY ? line->category
                                  : self->chosen_kind == KAF_BUDGET_BASIS    ? line->basis
                                                                             : line->payer);
  if (self->chosen_kind == KAF_BUDGET_CATEGORY)
    list_categories (KAF_BUDGET_CHOICES (choices), line);
  else if (self->chosen_kind == KAF_BUDGET_BASIS)
    list_bases (self, KAF_BUDGET_CHOICES (choices), line);
  else
    list_payers (self, KAF_BUDGET_CHOICES (choices), line);
  g_signal_connect_object (choices, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->choices, choices);
  kaf_budget_choices_open (KAF_BUDGET_CHOICES (choices), cell);
}

/* Windows */

static void
on_saved (KafBudgetView *self, KafReceipt *receipt)
{
  kaf_window_tell_done (GTK_WIDGET (self), _ ("Budget line saved"), receipt);
}

static void
open_dialog (KafBudgetView *self, GtkWidget *dialog)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_set_weak_pointer (&self->dialog, dialog);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  kaf_field_dialog_begin (KAF_FIELD_DIALOG (dialog));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const plan[] = { "label_fr",   "label_ar", "category", "quantity",
                                      "unit_price", "payer",    "basis",    NULL };
  static const char *const spending[] = { "committed", "spent", "settled_on", NULL };
  g_autoptr (KafBudgetView) self = user_data;
  g_autoptr (KafRecord) record = kaf_store_load_finish (KAF_STORE (source), result, NULL);
  GtkWidget *dialog;

  self->busy--;
  if (record == NULL || self->dialog != NULL || self->phase == KAF_BUDGET_FROZEN)
    return;
  dialog = kaf_field_dialog_new (self->store, _ ("Budget line"), record);
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog),
                               self->phase == KAF_BUDGET_PLANNED ? plan : spending);
  open_dialog (self, dialog);
}

static void
edit_line (KafBudgetView *self, const char *id)
{
  if (find_line (self, id) == NULL || !self->writable || self->dialog != NULL)
    return;
  self->busy++;
  kaf_store_load_async (self->store, kaf_registry_find ("budget_line"), id, self->cancellable,
                        on_loaded, g_object_ref (self));
}

/* A line that was validated stays as it was: what changes is added to it, with its reason. */
static void
adjust_line (KafBudgetView *self, const char *id)
{
  static const char *const fields[] = { "amount", "reason", NULL };
  const KafBudgetLine *line = find_line (self, id);
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *label = NULL;
  g_autofree char *note = NULL;
  GtkWidget *dialog;

  if (line == NULL || !self->writable || self->dialog != NULL)
    return;
  record = kaf_record_new (kaf_registry_find ("budget_adjustment"), NULL);
  kaf_record_set (record, "line", id);
  dialog = kaf_field_dialog_new (self->store, _ ("Adjust a budget line"), record);
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), fields);
  label = kaf_bidi_isolate (line->label);
  note = g_strdup_printf (
      _ ("%s was validated and stays as it was. The amount is added to it; with a minus it is "
         "taken off."),
      label);
  kaf_field_dialog_say (KAF_FIELD_DIALOG (dialog), note, NULL);
  open_dialog (self, dialog);
}

static void
on_problem (KafBudgetView *self, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

/* Actions */

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KafBudgetView *self = KAF_BUDGET_VIEW (widget);

  /* The table may have been hidden: there was no line. */
  gtk_widget_set_visible (self->table, TRUE);
  gtk_widget_set_visible (self->none, FALSE);
  kaf_budget_table_add (KAF_BUDGET_TABLE (self->table));
}

static void
line_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KafBudgetView *self = KAF_BUDGET_VIEW (widget);
  g_autofree char *id = g_strdup (resolve (self, g_variant_get_string (parameter, NULL)));

  if (id == NULL)
    return;
  if (g_str_equal (name, "budget.remove"))
    remove_line (self, id);
  else if (g_str_equal (name, "budget.edit"))
    edit_line (self, id);
  else
    adjust_line (self, id);
}

static void
set_payer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id, *payer, *basis;

  g_variant_get (parameter, "(&s&s&s)", &id, &payer, &basis);
  set_payer (KAF_BUDGET_VIEW (widget), id, payer, basis);
}

static void
choose_payer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KafBudgetView *self = KAF_BUDGET_VIEW (widget);
  const KafBudgetLine *line = self->mission != NULL ? kaf_budget_find_unpaid (self->mission) : NULL;
  GtkWidget *cell;

  if (line == NULL)
    return;
  kaf_budget_table_focus (KAF_BUDGET_TABLE (self->table), line->id, KAF_BUDGET_UNPAID, NULL);
  cell = kaf_budget_table_find_cell (KAF_BUDGET_TABLE (self->table), line->id, KAF_BUDGET_UNPAID,
                                     NULL);
  if (cell != NULL)
    on_choose (self, line->id, KAF_BUDGET_PAYER, cell);
}

/* What is shown */

static GtkWidget *
line_new (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_banner_button (KafBudgetView *self, const char *text, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  /* A long name must not make a narrow window wider. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  kaf_wrap_append (KAF_WRAP (self->banner_line), button);
}

static void
add_banner_words (KafBudgetView *self, const char *title, const char *reason)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *first = line_new ("heading");
  GtkWidget *second = line_new ("kaf-wraps");

  gtk_widget_remove_css_class (first, "caption");
  gtk_label_set_text (GTK_LABEL (first), title);
  gtk_label_set_text (GTK_LABEL (second), reason);
  gtk_box_append (GTK_BOX (words), first);
  gtk_box_append (GTK_BOX (words), second);
  kaf_wrap_append (KAF_WRAP (self->banner_line), words);
}

/* Why step 5 cannot be left, and who would most plausibly pay. */
static char *
explain_unpaid (KafBudgetView *self, const KafBudgetGuess *guess)
{
  g_autofree char *payer = NULL;

  if (guess->payer == NULL)
    return g_strdup (_ ("Step 5 cannot be left."));
  payer = kaf_bidi_isolate (kaf_budget_name (self->names, guess->payer));
  return g_strdup_printf (ngettext ("Step 5 cannot be left. %s pays %u line already.",
                                    "Step 5 cannot be left. %s pays %u lines already.",
                                    guess->n_lines),
                          payer, guess->n_lines);
}

/* One line without payer shuts the gate of step 5: who would pay it, and the button that says so. */
static void
show_banner (KafBudgetView *self)
{
  const KafBudgetLine *line = kaf_budget_find_unpaid (self->mission);
  KafBudgetGuess guess;
  g_autofree char *label = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *payer = NULL;
  g_autofree char *button = NULL;
  g_autofree char *action = NULL;

  kaf_wrap_clear (KAF_WRAP (self->banner_line));
  gtk_widget_set_visible (self->banner, line != NULL);
  if (line == NULL)
    return;
  guess = kaf_budget_guess_payer (self->mission, line);
  label = kaf_bidi_isolate (line->label);
  g_free (self->banner_title);
  self->banner_title = g_strdup_printf (_ ("The line “%s” has no payer"), label);
  reason = explain_unpaid (self, &guess);
  add_banner_words (self, self->banner_title, reason);
  if (!self->writable || self->phase != KAF_BUDGET_PLANNED)
    return;
  if (guess.payer != NULL)
    {
      payer = kaf_bidi_isolate (kaf_budget_name (self->names, guess.payer));
      button = g_strdup_printf (_ ("Give it to %s"), payer);
      action = g_strdup_printf ("budget.set-payer(('%s','%s','%s'))", line->id, guess.payer,
                                line->basis == NULL && guess.basis != NULL ? guess.basis : "");
      add_banner_button (self, button, action);
    }
  add_banner_button (self, _ ("Choose a payer"), "budget.choose-payer");
}

static void
show_hint (KafBudgetView *self)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (self->mission);
  const char *home = kaf_budget_home (self->mission, budget);
  g_autofree char *text = NULL;

  if (self->phase == KAF_BUDGET_PLANNED && self->writable)
    text = g_strdup_printf (
        _ ("Amounts in %s. Type in a cell, F4 lists the payers, Ctrl+D repeats the cell above."),
        home);
  else if (self->phase == KAF_BUDGET_PLANNED)
    text = g_strdup_printf (_ ("Amounts in %s."), home);
  else if (self->phase == KAF_BUDGET_FROZEN)
    text = g_strdup_printf (
        _ ("Amounts in %s. Step 6 was left: lines stay as validated, “Adjust…” changes what they "
           "cost."),
        home);
  else
    text = g_strdup_printf (_ ("Amounts in %s. Write what is committed and spent, and when a line "
                               "was settled; “Adjust…” changes what it costs."),
                            home);
  gtk_label_set_text (GTK_LABEL (self->hint), text);
}

void
kaf_budget_view_set (KafBudgetView *self,
                     KafMission *mission,
                     GHashTable *names,
                     KafBudgetPhase phase,
                     gboolean writable)
{
  gboolean frozen = phase != KAF_BUDGET_PLANNED;

  g_return_if_fail (KAF_IS_BUDGET_VIEW (self));

  kaf_mission_ref (mission);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  self->mission = mission;
  if (names != NULL)
    g_hash_table_ref (names);
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = names;
  self->phase = phase;
  self->writable = writable;
  show_hint (self);
  show_banner (self);
  kaf_budget_table_set (KAF_BUDGET_TABLE (self->table), mission, names, phase, writable);
  kaf_budget_shares_set (KAF_BUDGET_SHARES (self->shares), mission, names);
  gtk_widget_set_visible (self->add, writable && !frozen);
  gtk_widget_set_visible (self->adjust, writable && frozen && mission->lines->len > 0);
  gtk_widget_set_visible (self->none,
                          kaf_budget_table_get_line (KAF_BUDGET_TABLE (self->table)) == NULL);
  gtk_widget_set_visible (self->table, !gtk_widget_get_visible (self->none));
  gtk_widget_set_visible (self->shares, mission->lines->len > 0);
}

/* The widget */

static void
kaf_budget_view_dispose (GObject *object)
{
  KafBudgetView *self = KAF_BUDGET_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    g_clear_weak_pointer (&self->dialog);
  if (self->choices != NULL)
    g_clear_weak_pointer (&self->choices);
  g_clear_object (&self->store);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  G_OBJECT_CLASS (kaf_budget_view_parent_class)->dispose (object);
}

static void
kaf_budget_view_finalize (GObject *object)
{
  KafBudgetView *self = KAF_BUDGET_VIEW (object);

  g_object_unref (self->cancellable);
  g_free (self->chosen_line);
  g_free (self->chosen_before);
  g_free (self->banner_title);
  G_OBJECT_CLASS (kaf_budget_view_parent_class)->finalize (object);
}

static void
kaf_budget_view_class_init (KafBudgetViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_budget_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_budget_view_finalize;
  gtk_widget_class_install_action (widget_class, "budget.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "budget.remove", "s", line_action);
  gtk_widget_class_install_action (widget_class, "budget.edit", "s", line_action);
  gtk_widget_class_install_action (widget_class, "budget.adjust", "s", line_action);
  gtk_widget_class_install_action (widget_class, "budget.set-payer", "(sss)", set_payer_action);
  gtk_widget_class_install_action (widget_class, "budget.choose-payer", NULL, choose_payer_action);
}

static void
kaf_budget_view_init (KafBudgetView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
button_new (const char *icon, const char *text, const char *name)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), text);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static GtkWidget *
banner_new (KafBudgetView *self)
{
  GtkWidget *banner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");

  self->banner_line = kaf_wrap_new (18, 6);
  gtk_widget_set_hexpand (self->banner_line, TRUE);
  gtk_widget_set_valign (self->banner_line, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, "error");
  gtk_box_append (GTK_BOX (banner), icon);
  gtk_box_append (GTK_BOX (banner), self->banner_line);
  gtk_widget_add_css_class (banner, "kaf-banner");
  gtk_widget_add_css_class (banner, "error");
  gtk_widget_add_css_class (banner, "kaf-budget-banner");
  return banner;
}

static void
connect_table (KafBudgetView *self)
{
  g_signal_connect_swapped (self->table, "change", G_CALLBACK (on_change), self);
  g_signal_connect_swapped (self->table, "create", G_CALLBACK (on_create), self);
  g_signal_connect_swapped (self->table, "remove-line", G_CALLBACK (remove_line), self);
  g_signal_connect_swapped (self->table, "choose", G_CALLBACK (on_choose), self);
  g_signal_connect_swapped (self->table, "edit-line", G_CALLBACK (edit_line), self);
  g_signal_connect_swapped (self->table, "adjust-line", G_CALLBACK (adjust_line), self);
  g_signal_connect_swapped (self->table, "problem", G_CALLBACK (on_problem), self);
}

GtkWidget *
kaf_budget_view_new (KafStore *store, KafLang lang)
{
  KafBudgetView *self = g_object_new (KAF_TYPE_BUDGET_VIEW, NULL);
  GtkBox *box = GTK_BOX (self);

  self->store = g_object_ref (store);
  self->lang = lang;
  self->hint = line_new ("dim-label");
  self->banner = banner_new (self);
  self->table = kaf_budget_table_new (lang);
  gtk_widget_add_css_class (self->table, "card");
  self->none = line_new ("dim-label");
  gtk_label_set_text (GTK_LABEL (self->none),
                      _ ("No budget line yet. Each line says what it costs and who pays it."));
  self->writer = kaf_cell_writer_new (store);
  self->problem = line_new ("error");
  gtk_widget_set_visible (self->problem, FALSE);
  self->add = button_new ("list-add-symbolic", C_ ("button", "Line"), _ ("New budget line"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "budget.add");
  self->adjust = button_new ("document-edit-symbolic", _ ("Adjust…"), _ ("Adjust the line chosen"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->adjust), "budget.adjust");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->adjust), "s", "");
  self->shares = kaf_budget_shares_new (lang);
  connect_table (self);
  gtk_box_append (box, self->hint);
  gtk_box_append (box, self->banner);
  gtk_box_append (box, self->none);
  gtk_box_append (box, self->table);
  gtk_box_append (box, self->problem);
  gtk_box_append (box, self->writer);
  gtk_box_append (box, self->add);
  gtk_box_append (box, self->adjust);
  gtk_box_append (box, self->shares);
  return GTK_WIDGET (self);
}

gboolean
kaf_budget_view_lead (KafBudgetView *self, const char *id, const char *field)
{
  const KafBudgetLine *line;
  KafBudgetKind kind = KAF_BUDGET_ITEM;

  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), FALSE);

  line = find_line (self, id);
  if (line == NULL)
    return FALSE;
  if (g_strcmp0 (field, "payer") == 0)
    kind = line->payer != NULL ? KAF_BUDGET_PAYER : KAF_BUDGET_UNPAID;
  else if (g_strcmp0 (field, "basis") == 0)
    kind = KAF_BUDGET_BASIS;
  else if (g_strcmp0 (field, "unit_price") == 0)
    kind = KAF_BUDGET_PRICE;
  else if (g_strcmp0 (field, "spent") == 0)
    kind = KAF_BUDGET_SPENDING;
  else if (g_strcmp0 (field, "settled_on") == 0)
    kind = KAF_BUDGET_SETTLED;
  return kaf_budget_table_focus (KAF_BUDGET_TABLE (self->table), id, kind, line->payer) ||
         kaf_budget_table_focus (KAF_BUDGET_TABLE (self->table), id, KAF_BUDGET_ITEM, NULL);
}

KafBudgetTable *
kaf_budget_view_get_table (KafBudgetView *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), NULL);

  return KAF_BUDGET_TABLE (self->table);
}

KafBudgetChoices *
kaf_budget_view_get_choices (KafBudgetView *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), NULL);

  return self->choices != NULL ? KAF_BUDGET_CHOICES (self->choices) : NULL;
}

KafFieldDialog *
kaf_budget_view_get_dialog (KafBudgetView *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), NULL);

  return self->dialog != NULL ? KAF_FIELD_DIALOG (self->dialog) : NULL;
}

const char *
kaf_budget_view_get_banner (KafBudgetView *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), NULL);

  return gtk_widget_get_visible (self->banner) ? self->banner_title : NULL;
}

const char *
kaf_budget_view_get_problem (KafBudgetView *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), NULL);

  return gtk_widget_get_visible (self->problem) ? gtk_label_get_text (GTK_LABEL (self->problem))
                                                : NULL;
}

gboolean
kaf_budget_view_is_settled (KafBudgetView *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_VIEW (self), FALSE);

  return self->busy == 0 && kaf_cell_writer_is_settled (KAF_CELL_WRITER (self->writer));
}
