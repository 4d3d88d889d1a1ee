/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emits "changed" () when what would be written changes. A row is told by a job when it is chosen; the list shows
 * what the plan holds. */
#include "config.h"

#include "ui/import/kaf-import-review.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/import/kaf-import-rows.h"
#include "ui/record/kaf-pill.h"

struct _KafImportReview
{
  AdwBin parent_instance;

  KafStore *store;
  KafImportPlan *plan; /* borrowed */
  KafImportRows *rows;
  KafImportOutcome outcome;
  guint position; /* of the row that is told */
  gboolean busy;
  GCancellable *cancellable;

  GtkWidget *chips;
  GtkWidget *list;
  GtkSingleSelection *selection;
  GtkWidget *details; /* a box, filled anew for each row */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafImportReview, kaf_import_review, ADW_TYPE_BIN)

static const struct
{
  const char *label, *style;
} outcomes[KAF_N_IMPORT_OUTCOMES + 1] = {
  { N_ ("New"), "accent" },    { N_ ("Changed rows"), "accent" },
  { N_ ("The same"), NULL },   { N_ ("Likely duplicates"), "warning" },
  { N_ ("Refused"), "error" }, { N_ ("All rows"), NULL },
};

static void tell_row (KafImportReview *self, int column, const char *text);

static void
kaf_import_review_dispose (GObject *object)
{
  KafImportReview *self = KAF_IMPORT_REVIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  self->plan = NULL;
  G_OBJECT_CLASS (kaf_import_review_parent_class)->dispose (object);
}

static void
kaf_import_review_finalize (GObject *object)
{
  KafImportReview *self = KAF_IMPORT_REVIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->rows);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_import_review_parent_class)->finalize (object);
}

static void
kaf_import_review_class_init (KafImportReviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_import_review_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_import_review_finalize;
  signals[CHANGED] = g_signal_new ("changed", KAF_TYPE_IMPORT_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

/* ---- Chips ---- */

static void
on_chip (GtkToggleButton *chip, KafImportReview *self)
{
  guint outcome = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "outcome"));

  if (gtk_toggle_button_get_active (chip))
    kaf_import_review_filter (self, outcome);
}

static void
make_chips (KafImportReview *self)
{
  GtkWidget *first = NULL;

  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), KAF_N_IMPORT_OUTCOMES + 1);
  for (guint i = 0; i <= KAF_N_IMPORT_OUTCOMES; i++)
    {
      guint outcome = i == 0 ? KAF_N_IMPORT_OUTCOMES : i - 1;
      GtkWidget *chip = gtk_toggle_button_new ();

      if (first == NULL)
        first = chip;
      else
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (first));
      g_object_set_data (G_OBJECT (chip), "outcome", GUINT_TO_POINTER (outcome));
      g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip), self, 0);
      gtk_flow_box_insert (GTK_FLOW_BOX (self->chips), chip, -1);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
}

static GtkWidget *
get_chip (KafImportReview *self, guint index)
{
  GtkFlowBoxChild *child =
      gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->chips), (int) index);

  return gtk_flow_box_child_get_child (child);
}

static void
count_chips (KafImportReview *self)
{
  for (guint i = 0; i <= KAF_N_IMPORT_OUTCOMES; i++)
    {
      guint outcome = i == 0 ? KAF_N_IMPORT_OUTCOMES : i - 1;
      guint n = self->plan == NULL                 ? 0
                : outcome == KAF_N_IMPORT_OUTCOMES ? kaf_import_plan_get_n (self->plan)
                                                   : kaf_import_plan_count (self->plan, outcome);
      g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
      g_autofree char *label =
          g_strdup_printf ("%s  %s", g_dgettext (GETTEXT_PACKAGE, outcomes[outcome].label), number);
      GtkWidget *chip = get_chip (self, i);

      gtk_button_set_label (GTK_BUTTON (chip), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
}

/* ---- The list ---- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *title = gtk_inscription_new (NULL);
  GtkWidget *pill = kaf_pill_new ("", NULL);

  gtk_label_set_width_chars (GTK_LABEL (number), 5);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (title),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (title), 1);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_valign (title, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), pill);
  gtk_list_item_set_child (item, box);
}

static const char *
outcome_text (const KafImportPlanRow *row)
{
  if (row->left_out)
    return _ ("left out");
  switch (row->outcome)
    {
    case KAF_IMPORT_NEW:
      return _ ("new");
    case KAF_IMPORT_CHANGED:
      return _ ("changed");
    case KAF_IMPORT_SAME:
      return _ ("same");
    case KAF_IMPORT_DUPLICATE:
      return row->decision == KAF_IMPORT_THE_SAME    ? _ ("the same person")
             : row->decision == KAF_IMPORT_DIFFERENT ? _ ("somebody else")
                                                     : _ ("likely duplicate");
    case KAF_IMPORT_REFUSED:
    case KAF_N_IMPORT_OUTCOMES:
    default:
      return _ ("refused");
    }
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, KafImportReview *self)
{
  GtkWidget *number = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *title = gtk_widget_get_next_sibling (number);
  GtkWidget *pill = gtk_widget_get_next_sibling (title);
  GtkStringObject *object = gtk_list_item_get_item (item);
  guint place = (guint) g_ascii_strtoull (gtk_string_object_get_string (object), NULL, 10);
  const KafImportPlanRow *row =
      self->plan != NULL && !self->busy ? kaf_import_plan_get (self->plan, place) : NULL;
  gboolean rtl = gtk_widget_get_direction (title) == GTK_TEXT_DIR_RTL;
  g_autofree char *line = NULL;
  g_autofree char *isolated = NULL;
  g_autofree char *name = NULL;

  if (row == NULL)
    return;
  line = kaf_number_format (row->number, kaf_application_get_lang ());
  isolated = kaf_bidi_isolate (row->title != NULL ? row->title : "");
  /* All names begin at the same side, whatever their script. */
  name = g_strconcat (rtl ? "\u200f" : "\u200e", isolated, NULL);
  gtk_label_set_text (GTK_LABEL (number), line);
  gtk_inscription_set_text (GTK_INSCRIPTION (title), name);
  kaf_pill_set (KAF_PILL (pill), outcome_text (row),
                row->left_out ? NULL : outcomes[row->outcome].style);
}

static void
on_selected (KafImportReview *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION || self->plan == NULL)
    return;
  self->position = position;
  tell_row (self, -1, NULL);
}

static void
make_list (KafImportReview *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->rows = kaf_import_rows_new ();
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rows of the table"), -1);
}

/* ---- One row ---- */

static guint
get_place (KafImportReview *self)
{
  return kaf_import_rows_get_place (self->rows, self->position);
}

static gboolean
has_row (KafImportReview *self)
{
  return self->plan != NULL && !self->busy &&
         self->position < g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

static void
clear_details (KafImportReview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->details)) != NULL)
    gtk_box_remove (GTK_BOX (self->details), child);
}

static void
add_text (KafImportReview *self, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->details), label);
}

static void
add_button (GtkWidget *box, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_flow_box_insert (GTK_FLOW_BOX (box), button, -1);
}

static void
add_buttons (KafImportReview *self, const KafImportPlanRow *row)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  if (row->outcome == KAF_IMPORT_DUPLICATE)
    {
      add_button (box, _ ("The Same"), "import.judge", "same");
      add_button (box, _ ("Not the Same"), "import.judge", "different");
      add_button (box, _ ("Later"), "import.judge", "later");
    }
  if (row->outcome != KAF_IMPORT_REFUSED)
    add_button (box, row->left_out ? _ ("Take In") : _ ("Leave Out"), "import.leave-out", NULL);
  gtk_box_append (GTK_BOX (self->details), box);
}

static void
add_values (KafImportReview *self, const KafImportTold *told)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; told->said != NULL && i < told->said->len; i++)
    {
      const KafImportSaid *said = g_ptr_array_index (told->said, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *before = kaf_bidi_isolate (said->before != NULL ? said->before : "–");
      g_autofree char *after = kaf_bidi_isolate (said->after != NULL ? said->after : "–");
      g_autofree char *text =
          said->says == KAF_IMPORT_SAYS_NEW && told->name != NULL
              ? g_strdup_printf (_ ("%s → %s"), before, after)
          : said->says == KAF_IMPORT_SAYS_OTHER
              ? g_strdup_printf (_ ("stays %s; the table says %s"), before, after)
              : g_strdup (after);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     g_dgettext (GETTEXT_PACKAGE, said->field->label));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
      if (said->says == KAF_IMPORT_SAYS_NEW && told->name != NULL)
        gtk_widget_add_css_class (row, "kaf-import-changed");
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  gtk_box_append (GTK_BOX (self->details), group);
}

static void
on_mended (GtkWidget *entry, KafImportReview *self)
{
  kaf_import_review_mend (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "column")),
                          gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* The cells as the file has them: one that is refused is mended here. */
static void
add_cells (KafImportReview *self, const KafImportTold *told, gboolean open)
{
  const KafImportMap *map = kaf_import_plan_get_map (self->plan);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("Correct this row"));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), open);
  for (guint i = 0; i < map->columns->len; i++)
    {
      const KafImportColumn *column = kaf_import_map_get (map, i);
      GtkWidget *entry;

      if (column->use == KAF_IMPORT_SKIP)
        continue;
      entry = adw_entry_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry),
                                     *column->header != '\0' ? column->header
                                     : column->field != NULL
                                         ? g_dgettext (GETTEXT_PACKAGE, column->field->label)
                                         : "");
      gtk_editable_set_text (GTK_EDITABLE (entry),
                             i < told->cells->len ? g_ptr_array_index (told->cells, i) : "");
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
      g_object_set_data (G_OBJECT (entry), "column", GUINT_TO_POINTER (i));
      g_signal_connect_object (entry, "apply", G_CALLBACK (on_mended), self, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), entry);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
  gtk_box_append (GTK_BOX (self->details), group);
}

static void
show_told (KafImportReview *self, const KafImportTold *told)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, told->place);

  clear_details (self);
  add_text (self, row->title != NULL ? row->title : "", "title-4");
  if (row->sentence != NULL)
    add_text (self, row->sentence, "error");
  if (told->name != NULL)
    {
      g_autofree char *name = kaf_bidi_isolate (told->name);
      g_autofree char *ref = kaf_bidi_ltr (told->ref != NULL ? told->ref : "");
      g_autofree char *text = g_strdup_printf (
          row->outcome == KAF_IMPORT_DUPLICATE ? _ ("Likely %s (%s)") : _ ("About %s (%s)"), name,
          ref);

      add_text (self, text, NULL);
    }
  else if (row->of_row >= 0)
    {
      g_autofree char *number =
          kaf_number_format (kaf_import_plan_get (self->plan, (guint) row->of_row)->number,
                             kaf_application_get_lang ());
      g_autofree char *text = g_strdup_printf (_ ("Like row %s of the table"), number);

      add_text (self, text, NULL);
    }
  if (told->reasons != NULL)
    add_text (self, told->reasons, "dim-label");
  add_buttons (self, row);
  add_values (self, told);
  add_cells (self, told, row->outcome == KAF_IMPORT_REFUSED);
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportReview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafImportTold) told = kaf_import_job_tell_finish (KAF_STORE (source), result, &error);

  self->busy = FALSE;
  if (self->plan == NULL)
    return;
  count_chips (self);
  kaf_import_rows_touch (self->rows, self->position);
  if (told != NULL)
    show_told (self, told);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = kaf_error_text (error);

      clear_details (self);
      add_text (self, text, "error");
    }
  g_signal_emit (self, signals[CHANGED], 0);
  /* Another row was chosen meanwhile. */
  if (gtk_single_selection_get_selected (self->selection) != self->position)
    on_selected (self);
}

static void
tell_row (KafImportReview *self, int column, const char *text)
{
  if (!has_row (self))
    return;
  self->busy = TRUE;
  kaf_import_job_tell_async (self->store, self->plan, get_place (self), column, text,
                             self->cancellable, on_told, g_object_ref (self));
}

/* ---- The page ---- */

static GtkWidget *
make_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static void
kaf_import_review_init (KafImportReview *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);

  self->cancellable = g_cancellable_new ();
  self->outcome = KAF_N_IMPORT_OUTCOMES;
  self->position = GTK_INVALID_LIST_POSITION;
  make_list (self);
  make_chips (self);
  self->details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->details, "kaf-page");
  gtk_paned_set_start_child (GTK_PANED (paned), make_scrolled (self->list));
  gtk_paned_set_end_child (GTK_PANED (paned), make_scrolled (self->details));
  gtk_paned_set_position (GTK_PANED (paned), 240);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_widget_set_vexpand (paned, TRUE);
  gtk_box_append (GTK_BOX (page), self->chips);
  gtk_box_append (GTK_BOX (page), paned);
  adw_bin_set_child (ADW_BIN (self), page);
}

GtkWidget *
kaf_import_review_new (KafStore *store)
{
  KafImportReview *self = g_object_new (KAF_TYPE_IMPORT_REVIEW, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

void
kaf_import_review_show (KafImportReview *self, KafImportPlan *plan)
{
  self->plan = plan;
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  clear_details (self);
  if (plan != NULL)
    add_text (self, _ ("Choose a row to see what it changes."), "dim-label");
  kaf_import_rows_show (self->rows, plan, self->outcome);
  count_chips (self);
}

gboolean
kaf_import_review_is_busy (KafImportReview *self)
{
  return self->busy;
}

void
kaf_import_review_filter (KafImportReview *self, KafImportOutcome outcome)
{
  self->outcome = outcome;
  if (self->plan != NULL)
    kaf_import_review_show (self, self->plan);
}

guint
kaf_import_review_get_n_shown (KafImportReview *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

void
kaf_import_review_select (KafImportReview *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
}

void
kaf_import_review_leave_out (KafImportReview *self)
{
  const KafImportPlanRow *row;

  if (!has_row (self))
    return;
  row = kaf_import_plan_get (self->plan, get_place (self));
  kaf_import_plan_leave_out (self->plan, get_place (self), !row->left_out);
  tell_row (self, -1, NULL);
}

void
kaf_import_review_decide (KafImportReview *self, KafImportDecision decision)
{
  if (!has_row (self) ||
      kaf_import_plan_get (self->plan, get_place (self))->outcome != KAF_IMPORT_DUPLICATE)
    return;
  kaf_import_plan_decide (self->plan, get_place (self), decision);
  tell_row (self, -1, NULL);
}

void
kaf_import_review_mend (KafImportReview *self, guint column, const char *text)
{
  tell_row (self, (int) column, text);
}
