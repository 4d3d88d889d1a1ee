/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emits "changed" () when what would be written changes, and no job has the plan. A row is told by a job when it is chosen; the list shows
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

/* What is asked of a row, in the order in which it was asked: a job may have the plan when a key is pressed. */
typedef struct
{
  enum
  {
    TELL,
    MEND,
    LEAVE_OUT,
    DECIDE,
  } what;
  guint place;
  guint column;               /* of MEND */
  char *text;                 /* of MEND */
  KafImportDecision decision; /* of DECIDE */
} Wish;

struct _KafImportReview
{
  AdwBin parent_instance;

  KafStore *store;
  KafImportPlan *plan; /* borrowed */
  KafImportRows *rows;
  KafImportOutcome outcome;
  guint position; /* of the row that is told */
  Wish *wish;     /* that a job sees to; NULL: none has the plan */
  GQueue wishes;  /* that wait for it */
  gboolean stale; /* the rows are to be shown anew after it */
  GCancellable *cancellable;

  GtkWidget *chips;
  GtkWidget *list;
  GPtrArray *items; /* of GtkListItem: the rows that there are widgets for */
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
  { N_ ("Same rows"), NULL },  { N_ ("Likely duplicates"), "warning" },
  { N_ ("Refused"), "error" }, { N_ ("All rows"), NULL },
};

static void ask (KafImportReview *self, const Wish *wish);

static void
wish_free (gpointer data)
{
  g_free (((Wish *) data)->text);
  g_free (data);
}

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

  g_queue_clear_full (&self->wishes, wish_free);
  g_clear_pointer (&self->wish, wish_free);
  g_ptr_array_unref (self->items);
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

/* One stop of the Tab key and not two. */
static void
insert_button (GtkWidget *box, GtkWidget *button)
{
  gtk_flow_box_insert (GTK_FLOW_BOX (box), button, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
make_chips (KafImportReview *self)
{
  GtkWidget *first = NULL;

  self->chips = gtk_flow_box_new ();
  gtk_widget_add_css_class (self->chips, "kaf-import-chips");
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
      insert_button (self->chips, chip);
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
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, KafImportReview *self)
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
  gtk_widget_add_css_class (box, "kaf-import-row");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), pill);
  gtk_list_item_set_child (item, box);
  g_ptr_array_add (self->items, item);
}

static void
on_teardown (GtkSignalListItemFactory *factory, GtkListItem *item, KafImportReview *self)
{
  g_ptr_array_remove_fast (self->items, item);
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

/* Not while a job has the plan; it is done for all once it has not. */
static void
show_row (KafImportReview *self, GtkListItem *item)
{
  GtkWidget *number = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *title = gtk_widget_get_next_sibling (number);
  GtkWidget *pill = gtk_widget_get_next_sibling (title);
  GtkStringObject *object = gtk_list_item_get_item (item);
  guint place = (guint) g_ascii_strtoull (gtk_string_object_get_string (object), NULL, 10);
  const KafImportPlanRow *row =
      self->plan != NULL && self->wish == NULL ? kaf_import_plan_get (self->plan, place) : NULL;
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
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, KafImportReview *self)
{
  show_row (self, item);
}

static void
show_rows (KafImportReview *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      GtkListItem *item = self->items->pdata[i];

      if (gtk_list_item_get_item (item) != NULL)
        show_row (self, item);
    }
}

static void
on_selected (KafImportReview *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION || self->plan == NULL)
    return;
  self->position = position;
  ask (self, &(Wish){ .what = TELL });
}

/* Tab would go through all rows before it leaves the list. */
static gboolean
on_list_key (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType state,
             KafImportReview *self)
{
  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return gtk_widget_child_focus (self->details, GTK_DIR_TAB_FORWARD);
    case GDK_KEY_ISO_Left_Tab:
      return gtk_widget_child_focus (self->chips, GTK_DIR_TAB_BACKWARD);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
make_list (KafImportReview *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = kaf_import_rows_new ();
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected), self);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (on_teardown), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rows of the table"), -1);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_list_key), self, 0);
  gtk_widget_add_controller (self->list, keys);
}

/* ---- One row ---- */

static gboolean
has_row (KafImportReview *self)
{
  return self->plan != NULL &&
         self->position < g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

static gboolean
is_of (KafImportReview *self, const Wish *wish)
{
  return has_row (self) && kaf_import_rows_get_place (self->rows, self->position) == wish->place;
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
  insert_button (box, button);
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
          : said->says == KAF_IMPORT_SAYS_FORBIDDEN
              ? g_strdup_printf (
                    /* Translators: a value that a table gives */
                    _ ("not taken in: %s; your role on the server does not allow writing it"),
                    after)
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

/* By Enter, its button, or by going elsewhere. */
static void
on_mended (GtkWidget *entry, KafImportReview *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (g_strcmp0 (text, g_object_get_data (G_OBJECT (entry), "cell")) == 0)
    return;
  g_object_set_data_full (G_OBJECT (entry), "cell", g_strdup (text), g_free);
  kaf_import_review_mend (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "column")),
                          text);
}

static void
on_left (GtkEventController *controller, KafImportReview *self)
{
  on_mended (gtk_event_controller_get_widget (controller), self);
}

static GtkWidget *
new_cell (KafImportReview *self, const KafImportColumn *column, guint i, const char *text)
{
  GtkWidget *entry = adw_entry_row_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry),
                                 *column->header != '\0' ? column->header
                                 : column->field != NULL
                                     ? g_dgettext (GETTEXT_PACKAGE, column->field->label)
                                     : "");
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  g_object_set_data (G_OBJECT (entry), "column", GUINT_TO_POINTER (i));
  g_object_set_data_full (G_OBJECT (entry), "cell", g_strdup (text), g_free);
  g_signal_connect_object (entry, "apply", G_CALLBACK (on_mended), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_left), self, 0);
  gtk_widget_add_controller (entry, focus);
  return entry;
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

      if (column->use != KAF_IMPORT_SKIP)
        adw_expander_row_add_row (
            ADW_EXPANDER_ROW (expander),
            new_cell (self, column, i,
                      i < told->cells->len ? g_ptr_array_index (told->cells, i) : ""));
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
  gtk_box_append (GTK_BOX (self->details), group);
}

static void
show_told (KafImportReview *self, const KafImportTold *told)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, told->place);
  gboolean had_focus = gtk_widget_get_focus_child (self->details) != NULL;

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
  /* Of what was pressed there is nothing left; the next row is one key away. */
  if (had_focus)
    gtk_widget_grab_focus (self->list);
}

static void
show_answer (KafImportReview *self, const KafImportTold *told, const GError *error)
{
  g_autofree char *text = NULL;

  if (told != NULL)
    {
      show_told (self, told);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  text = kaf_error_text (error);
  clear_details (self);
  add_text (self, text, "error");
}

static void grant_next (KafImportReview *self);

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafImportReview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafImportTold) told = kaf_import_job_tell_finish (KAF_STORE (source), result, &error);

  Wish *wish = g_steal_pointer (&self->wish);
  gboolean shown;

  shown = is_of (self, wish);
  wish_free (wish);
  if (self->plan == NULL)
    return;
  if (self->stale)
    kaf_import_review_show (self, self->plan);
  count_chips (self);
  show_rows (self);
  if (shown && has_row (self))
    show_answer (self, told, error);
  g_signal_emit (self, signals[CHANGED], 0);
  grant_next (self);
}

/* What needs no job is done here, and then told. */
static void
grant (KafImportReview *self, Wish *wish)
{
  const KafImportPlanRow *row = kaf_import_plan_get (self->plan, wish->place);

  self->wish = wish;
  if (wish->what == LEAVE_OUT)
    kaf_import_plan_leave_out (self->plan, wish->place, !row->left_out);
  else if (wish->what == DECIDE && row->outcome == KAF_IMPORT_DUPLICATE)
    kaf_import_plan_decide (self->plan, wish->place, wish->decision);
  kaf_import_job_tell_async (self->store, self->plan, wish->place,
                             wish->what == MEND ? (int) wish->column : -1, wish->text,
                             self->cancellable, on_told, g_object_ref (self));
}

static void
grant_next (KafImportReview *self)
{
  Wish *wish = self->wish == NULL ? g_queue_pop_head (&self->wishes) : NULL;

  if (wish != NULL)
    grant (self, wish);
}

/* Of the row that is chosen. */
static void
ask (KafImportReview *self, const Wish *wish)
{
  Wish *copy;

  if (!has_row (self))
    return;
  copy = g_memdup2 (wish, sizeof *wish);
  copy->place = kaf_import_rows_get_place (self->rows, self->position);
  copy->text = g_strdup (wish->text);
  g_queue_push_tail (&self->wishes, copy);
  grant_next (self);
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
  self->items = g_ptr_array_new ();
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
  if (self->plan != plan)
    g_queue_clear_full (&self->wishes, wish_free);
  self->plan = plan;
  self->stale = FALSE;
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
  return self->wish != NULL || !g_queue_is_empty (&self->wishes);
}

void
kaf_import_review_filter (KafImportReview *self, KafImportOutcome outcome)
{
  self->outcome = outcome;
  self->stale = self->wish != NULL;
  if (self->plan != NULL && !self->stale)
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
  ask (self, &(Wish){ .what = LEAVE_OUT });
}

void
kaf_import_review_decide (KafImportReview *self, KafImportDecision decision)
{
  ask (self, &(Wish){ .what = DECIDE, .decision = decision });
}

void
kaf_import_review_mend (KafImportReview *self, guint column, const char *text)
{
  ask (self, &(Wish){ .what = MEND, .column = column, .text = (char *) text });
}
