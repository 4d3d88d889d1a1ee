/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form is made anew when criteria or bands come or go; a number that is typed changes the set in place. */
#include "config.h"

#include "ui/holder/kaf-rules-editor.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "store/kaf-read.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/holder/kaf-rules-places.h"

#define HALF_LIFE_MOST 3650 /* days */
#define BAND_MOST 1e15
#define RELAY_STEP                                                                                 \
  10 /* the rules have it of ten, what is shown is of a hundred like the other scores */

struct _KafRulesEditor
{
  GtkBox parent_instance;

  KafLang lang;
  KafScoreRules *rules;
  GHashTable *lists; /* char * → GPtrArray of KafListItem */
  GSimpleActionGroup *actions;
  gboolean filling;
  guint open;      /* criterion whose rows show; G_MAXUINT: none */
  guint refilling; /* source that makes the rows anew; 0: none waits */
};

G_DEFINE_FINAL_TYPE (KafRulesEditor, kaf_rules_editor, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void fill (KafRulesEditor *self);

static void
changed (KafRulesEditor *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Made anew, from within one of its own widgets: not before that is done, and once for all that came together. */
static gboolean
refill (gpointer data)
{
  KafRulesEditor *self = data;

  self->refilling = 0;
  if (self->rules != NULL)
    fill (self);
  return G_SOURCE_REMOVE;
}

static void
rebuild (KafRulesEditor *self)
{
  if (self->refilling == 0)
    self->refilling =
        g_idle_add_full (G_PRIORITY_DEFAULT, refill, g_object_ref (self), g_object_unref);
  changed (self);
}

static KafScoreCriterion *
get_criterion (KafRulesEditor *self, guint place)
{
  return place < self->rules->criteria->len ? g_ptr_array_index (self->rules->criteria, place)
                                            : NULL;
}

/* Numbers: each row knows the place in the set that it writes to. */
typedef enum
{
  NUMBER_HALF_LIFE,
  NUMBER_POTENTIAL,
  NUMBER_ENGAGEMENT,
  NUMBER_RELAY,
  NUMBER_POINTS, /* of what decays, or of a single answer */
  NUMBER_MOST,
  NUMBER_ANSWERED,
  NUMBER_BAND_FROM,
  NUMBER_BAND_POINTS,
  NUMBER_CHOICE_POINTS,
} NumberKind;

typedef struct
{
  KafRulesEditor *editor;
  NumberKind kind;
  guint criterion, place;
} Number;

static void
write_number (KafScoreRules *rules,
              KafScoreCriterion *criterion,
              const Number *number,
              gint64 value)
{
  switch (number->kind)
    {
    case NUMBER_HALF_LIFE:
      rules->half_life = (guint) value;
      break;
    case NUMBER_POTENTIAL:
      rules->potential = (int) value;
      break;
    case NUMBER_ENGAGEMENT:
      rules->engagement = (int) value;
      break;
    case NUMBER_RELAY:
      rules->relay = (int) (value / RELAY_STEP);
      break;
    case NUMBER_POINTS:
      criterion->points = (int) value;
      break;
    case NUMBER_MOST:
      criterion->most = (int) value;
      break;
    case NUMBER_ANSWERED:
      criterion->answered = (guint) value;
      break;
    case NUMBER_BAND_FROM:
      g_array_index (criterion->bands, KafScoreBand, number->place).from = value;
      break;
    case NUMBER_BAND_POINTS:
      g_array_index (criterion->bands, KafScoreBand, number->place).points = (int) value;
      break;
    case NUMBER_CHOICE_POINTS:
    default:
      g_array_index (criterion->choices, KafScoreChoice, number->place).points = (int) value;
      break;
    }
}

static void
on_number (GtkSpinButton *spin, const Number *number)
{
  KafRulesEditor *self = number->editor;

  write_number (self->rules, get_criterion (self, number->criterion), number,
                (gint64) gtk_spin_button_get_value (spin));
  changed (self);
}

static void
number_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/* Whoever rolls through the rules does not mean to change the number that is under the pointer. */
static void
ignore_wheel (GtkWidget *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (one))
        gtk_event_controller_set_propagation_phase (one, GTK_PHASE_NONE);
    }
}

static GtkWidget *
spin_new (KafRulesEditor *self,
          NumberKind kind,
          guint criterion,
          guint place,
          double most,
          gint64 value,
          const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);
  Number *number = g_new0 (Number, 1);

  number->editor = self;
  number->kind = kind;
  number->criterion = criterion;
  number->place = place;
  ignore_wheel (spin);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), (double) value);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_data (spin, "value-changed", G_CALLBACK (on_number), number, number_free, 0);
  return spin;
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
number_row_new (KafRulesEditor *self,
                NumberKind kind,
                guint criterion,
                guint place,
                double most,
                gint64 value,
                const char *title,
                const char *subtitle)
{
  GtkWidget *row = row_new (title, subtitle);
  GtkWidget *spin = spin_new (self, kind, criterion, place, most, value, title);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  return row;
}

/* Words in both languages. */
typedef struct
{
  KafRulesEditor *editor;
  guint criterion;
  gsize offset; /* of the text in KafScoreCriterion */
} Word;

static void
on_word (GtkEditable *editable, const Word *word)
{
  KafScoreCriterion *criterion = get_criterion (word->editor, word->criterion);
  char **text = (char **) (gpointer) ((guint8 *) criterion + word->offset);
  const char *typed = gtk_editable_get_text (editable);

  g_free (*text);
  *text = *typed != '\0' ? g_strdup (typed) : NULL;
  changed (word->editor);
}

static GtkWidget *
word_row_new (KafRulesEditor *self, guint place, gsize offset, const char *title)
{
  KafScoreCriterion *criterion = get_criterion (self, place);
  const char *text = *(char **) (gpointer) ((guint8 *) criterion + offset);
  GtkWidget *row = adw_entry_row_new ();
  Word *word = g_new0 (Word, 1);

  word->editor = self;
  word->criterion = place;
  word->offset = offset;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_data (row, "changed", G_CALLBACK (on_word), word, number_free, 0);
  return row;
}

/* Criteria */

static GtkWidget *
icon_button_new (const char *icon, const char *name, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
band_row_new (KafRulesEditor *self, guint place, guint band)
{
  const KafScoreBand *value =
      &g_array_index (get_criterion (self, place)->bands, KafScoreBand, band);
  GtkWidget *row = row_new (C_ ("band", "From"), NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             spin_new (self, NUMBER_BAND_FROM, place, band, BAND_MOST, value->from,
                                       _ ("From which value on")));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (C_ ("band", "points")));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             spin_new (self, NUMBER_BAND_POINTS, place, band, KAF_SCORE_MAX,
                                       value->points, _ ("Points from that value on")));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             icon_button_new ("list-remove-symbolic", _ ("Remove this band"),
                                              "rules.remove-band",
                                              g_variant_new ("(uu)", place, band)));
  return row;
}

static GPtrArray *
get_list (KafRulesEditor *self, const KafScoreCriterion *criterion)
{
  const char *entity = kaf_score_fact_list (criterion->fact);

  return entity != NULL ? g_hash_table_lookup (self->lists, entity) : NULL;
}

static const char *
choice_word (KafRulesEditor *self, const KafScoreCriterion *criterion, const char *code)
{
  GPtrArray *list = get_list (self, criterion);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_str_equal (((KafListItem *) g_ptr_array_index (list, i))->code, code))
      return ((KafListItem *) g_ptr_array_index (list, i))->title;
  if (criterion->fact->kind == KAF_FACT_BOOLEAN)
    return g_str_equal (code, "yes") ? C_ ("answer", "Yes") : C_ ("answer", "No");
  for (const KafChoice *choice = kaf_score_fact_choices (criterion->fact);
       choice != NULL && choice->code != NULL; choice++)
    if (g_str_equal (choice->code, code))
      return g_dgettext (GETTEXT_PACKAGE, choice->label);
  return code;
}

/* A code that is not named brings no points: that is said as 0. */
static void
complete_choices (KafScoreCriterion *criterion)
{
  static const KafChoice answers[] = { { "yes", NULL, NULL }, { "no", NULL, NULL }, { NULL } };
  const KafChoice *all = NULL;

  /* Exchanges that all count alike go by one number. */
  if (criterion->fact->kind == KAF_FACT_DECAY && criterion->points > 0)
    return;
  all = criterion->fact->kind == KAF_FACT_BOOLEAN ? answers
                                                  : kaf_score_fact_choices (criterion->fact);

  for (; all != NULL && all->code != NULL; all++)
    {
      gboolean named = FALSE;

      for (guint i = 0; i < criterion->choices->len; i++)
        named = named ||
                g_str_equal (g_array_index (criterion->choices, KafScoreChoice, i).code, all->code);
      if (!named)
        kaf_score_criterion_set_choice (criterion, all->code, 0);
    }
}

/* Of a list one names the items that count: the others bring nothing. */
static GtkWidget *
more_choices_new (KafRulesEditor *self, guint place, GPtrArray *list)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const KafListItem *one = g_ptr_array_index (list, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (one->title, NULL);

      if (one->retired)
        continue;
      g_menu_item_set_action_and_target (item, "rules.add-choice", "(us)", place, one->code);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Add an Answer"));
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
add_choices (KafRulesEditor *self, AdwExpanderRow *expander, guint place)
{
  const KafScoreCriterion *criterion = get_criterion (self, place);
  GPtrArray *list = get_list (self, criterion);

  for (guint i = 0; i < criterion->choices->len; i++)
    {
      const KafScoreChoice *choice = &g_array_index (criterion->choices, KafScoreChoice, i);

      adw_expander_row_add_row (expander,
                                number_row_new (self, NUMBER_CHOICE_POINTS, place, i, KAF_SCORE_MAX,
                                                choice->points,
                                                choice_word (self, criterion, choice->code), NULL));
    }
  if (list != NULL)
    adw_expander_row_add_row (expander, more_choices_new (self, place, list));
}

static void
add_bands (KafRulesEditor *self, AdwExpanderRow *expander, guint place)
{
  const KafScoreCriterion *criterion = get_criterion (self, place);
  GtkWidget *add = gtk_button_new_with_label (_ ("Add a Band"));

  for (guint i = 0; i < criterion->bands->len; i++)
    adw_expander_row_add_row (expander, band_row_new (self, place, i));
  gtk_widget_add_css_class (add, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (add), "u", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "rules.add-band");
  adw_expander_row_add_row (expander, add);
}

static void
add_points (KafRulesEditor *self, AdwExpanderRow *expander, guint place)
{
  const KafScoreCriterion *criterion = get_criterion (self, place);

  if (criterion->fact->kind == KAF_FACT_NUMBER)
    add_bands (self, expander, place);
  if (criterion->fact->kind != KAF_FACT_NUMBER)
    add_choices (self, expander, place);
  if (criterion->fact->kind == KAF_FACT_DECAY && criterion->choices->len == 0)
    adw_expander_row_add_row (expander,
                              number_row_new (self, NUMBER_POINTS, place, 0, KAF_SCORE_MAX,
                                              criterion->points, _ ("Points on its day"),
                                              _ ("Half of them after each half-life")));
  if (criterion->fact->kind == KAF_FACT_DECAY && criterion->choices->len > 0)
    {
      adw_expander_row_add_row (expander,
                                number_row_new (self, NUMBER_MOST, place, 0, KAF_SCORE_MAX,
                                                criterion->most, _ ("Together at the most"), NULL));
      adw_expander_row_add_row (
          expander, number_row_new (self, NUMBER_ANSWERED, place, 0, 1000, criterion->answered,
                                    _ ("An answered one counts, in percent"), NULL));
    }
}

static void
on_expanded (GObject *row, GParamSpec *pspec, KafRulesEditor *self)
{
  guint place = GPOINTER_TO_UINT (g_object_get_data (row, "kaf-criterion"));

  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    self->open = place;
  else if (self->open == place)
    self->open = G_MAXUINT;
}

static GtkWidget *
criterion_new (KafRulesEditor *self, guint place)
{
  const KafScoreCriterion *criterion = get_criterion (self, place);
  GtkWidget *row = adw_expander_row_new ();
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (row);
  int low, high;
  g_autofree char *points = NULL;

  kaf_score_criterion_range (criterion, &low, &high);
  /* Translators: the fewest and the most points of a criterion, "0 to 30 points". */
  points = g_strdup_printf (_ ("%d to %d points"), low, high);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 kaf_score_criterion_label (criterion, self->lang));
  adw_expander_row_set_subtitle (expander, points);
  adw_expander_row_add_action (expander,
                               icon_button_new ("user-trash-symbolic", _ ("Remove the criterion"),
                                                "rules.remove", g_variant_new_uint32 (place)));
  add_points (self, expander, place);
  if (g_hash_table_contains (self->lists, "territory"))
    kaf_rules_places_add (expander, criterion, place,
                          g_hash_table_lookup (self->lists, "territory"));
  adw_expander_row_add_row (expander, word_row_new (self, place,
                                                    G_STRUCT_OFFSET (KafScoreCriterion, label_fr),
                                                    _ ("Name in French")));
  adw_expander_row_add_row (expander, word_row_new (self, place,
                                                    G_STRUCT_OFFSET (KafScoreCriterion, label_ar),
                                                    _ ("Name in Arabic")));
  if (criterion->fact->question != NULL)
    {
      adw_expander_row_add_row (
          expander, word_row_new (self, place, G_STRUCT_OFFSET (KafScoreCriterion, question_fr),
                                  _ ("Question in French")));
      adw_expander_row_add_row (
          expander, word_row_new (self, place, G_STRUCT_OFFSET (KafScoreCriterion, question_ar),
                                  _ ("Question in Arabic")));
    }
  g_object_set_data (G_OBJECT (row), "kaf-criterion", GUINT_TO_POINTER (place));
  adw_expander_row_set_expanded (expander, self->open == place);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  return row;
}

static GtkWidget *
add_button_new (KafAxis axis)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  guint n;
  const KafScoreFact *facts = kaf_score_facts (&n);

  for (guint i = 0; i < n; i++)
    if ((facts[i].axes & (1u << axis)) != 0)
      {
        g_autoptr (GMenuItem) item =
            g_menu_item_new (g_dgettext (GETTEXT_PACKAGE, facts[i].label), NULL);

        g_menu_item_set_action_and_target (item, "rules.add", "(us)", (guint) axis, facts[i].code);
        g_menu_append_item (menu, item);
      }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Add"));
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a criterion"), -1);
  return button;
}

static GtkWidget *
axis_new (KafRulesEditor *self, KafAxis axis)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), kaf_axis_name (axis));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add_button_new (axis));
  for (guint i = 0; i < self->rules->criteria->len; i++)
    if (get_criterion (self, i)->axis == axis)
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), criterion_new (self, i));
  return group;
}

/* Tiers */

static void
on_quota (GObject *row, GParamSpec *pspec, KafRulesEditor *self)
{
  gboolean quota = adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == 1;

  if (self->filling || quota == self->rules->quota)
    return;
  self->rules->quota = quota;
  rebuild (self);
}

static GtkWidget *
tiers_new (KafRulesEditor *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *by = adw_combo_row_new ();
  g_autoptr (GtkStringList) ways = gtk_string_list_new (NULL);
  GtkWidget *relay =
      number_row_new (self, NUMBER_RELAY, 0, 0, KAF_SCORE_MAX, self->rules->relay * RELAY_STEP,
                      _ ("Relay (apart)"), _ ("From that score on"));
  const char *what =
      self->rules->quota ? _ ("Percent of the holders of a post") : _ ("From that score on");

  gtk_string_list_append (ways, _ ("By threshold"));
  gtk_string_list_append (ways, _ ("By quota of each post"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Tiers"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (by), _ ("Cut"));
  adw_combo_row_set_model (ADW_COMBO_ROW (by), G_LIST_MODEL (ways));
  adw_combo_row_set_selected (ADW_COMBO_ROW (by), self->rules->quota ? 1 : 0);
  g_signal_connect (by, "notify::selected", G_CALLBACK (on_quota), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), by);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             number_row_new (self, NUMBER_POTENTIAL, 0, 0, KAF_SCORE_MAX,
                                             self->rules->potential, _ ("High potential"), what));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             number_row_new (self, NUMBER_ENGAGEMENT, 0, 0, KAF_SCORE_MAX,
                                             self->rules->engagement, _ ("High engagement"), what));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             number_row_new (self, NUMBER_HALF_LIFE, 0, 0, HALF_LIFE_MOST,
                                             self->rules->half_life, _ ("Half-life, in days"),
                                             _ ("After which an exchange counts half")));
  gtk_spin_button_set_increments (
      GTK_SPIN_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (relay))), RELAY_STEP,
      RELAY_STEP);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), relay);
  return group;
}

static void
fill (KafRulesEditor *self)
{
  GtkWidget *child;

  self->filling = TRUE;
  for (guint i = 0; i < self->rules->criteria->len; i++)
    complete_choices (get_criterion (self, i));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  gtk_box_append (GTK_BOX (self), tiers_new (self));
  for (int axis = 0; axis < KAF_N_AXES; axis++)
    gtk_box_append (GTK_BOX (self), axis_new (self, (KafAxis) axis));
  self->filling = FALSE;
}

/* Actions */

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guint axis;
  const char *fact;

  g_variant_get (parameter, "(u&s)", &axis, &fact);
  kaf_rules_editor_add_criterion (data, (KafAxis) axis, fact);
}

static void
on_add_choice (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guint place;
  const char *code;

  g_variant_get (parameter, "(u&s)", &place, &code);
  kaf_rules_editor_add_choice (data, place, code);
}

static void
on_add_place (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  guint place;
  const char *code;

  g_variant_get (parameter, "(u&s)", &place, &code);
  kaf_rules_editor_add_place (data, place, code);
}

static void
on_remove_place (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRulesEditor *self = data;
  guint place;
  const char *code;

  g_variant_get (parameter, "(u&s)", &place, &code);
  if (get_criterion (self, place) == NULL)
    return;
  kaf_rules_places_exclude (get_criterion (self, place), code);
  rebuild (self);
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_rules_editor_remove_criterion (data, g_variant_get_uint32 (parameter));
}

static void
on_add_band (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRulesEditor *self = data;
  KafScoreCriterion *criterion = get_criterion (self, g_variant_get_uint32 (parameter));
  const KafScoreBand *last;

  if (criterion == NULL)
    return;
  last = criterion->bands->len > 0
             ? &g_array_index (criterion->bands, KafScoreBand, criterion->bands->len - 1)
             : NULL;
  kaf_score_criterion_add_band (criterion, last != NULL ? last->from + 1 : 1,
                                last != NULL ? last->points : 0);
  rebuild (self);
}

static void
on_remove_band (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRulesEditor *self = data;
  KafScoreCriterion *criterion;
  guint place, band;

  g_variant_get (parameter, "(uu)", &place, &band);
  criterion = get_criterion (self, place);
  if (criterion == NULL || band >= criterion->bands->len)
    return;
  g_array_remove_index (criterion->bands, band);
  rebuild (self);
}

static void
kaf_rules_editor_dispose (GObject *object)
{
  KafRulesEditor *self = KAF_RULES_EDITOR (object);

  g_clear_pointer (&self->rules, kaf_score_rules_unref);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  G_OBJECT_CLASS (kaf_rules_editor_parent_class)->dispose (object);
}

static void
kaf_rules_editor_class_init (KafRulesEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_rules_editor_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_rules_editor_init (KafRulesEditor *self)
{
  static const GActionEntry entries[] = {
    { "add", on_add, "(us)" },
    { "remove", on_remove, "u" },
    { "add-choice", on_add_choice, "(us)" },
    { "add-place", on_add_place, "(us)" },
    { "remove-place", on_remove_place, "(us)" },
    { "add-band", on_add_band, "u" },
    { "remove-band", on_remove_band, "(uu)" },
  };

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  self->open = G_MAXUINT;
  self->lists =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "rules", G_ACTION_GROUP (self->actions));
}

GtkWidget *
kaf_rules_editor_new (KafLang lang)
{
  KafRulesEditor *self = g_object_new (KAF_TYPE_RULES_EDITOR, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_rules_editor_take_list (KafRulesEditor *self, const char *entity, GPtrArray *items)
{
  g_return_if_fail (KAF_IS_RULES_EDITOR (self));
  g_hash_table_insert (self->lists, g_strdup (entity), items);
}

void
kaf_rules_editor_set_rules (KafRulesEditor *self, const KafScoreRules *rules)
{
  g_return_if_fail (KAF_IS_RULES_EDITOR (self));

  g_clear_pointer (&self->rules, kaf_score_rules_unref);
  self->rules = kaf_score_rules_copy (rules);
  self->open = G_MAXUINT;
  fill (self);
}

const KafScoreRules *
kaf_rules_editor_get_rules (KafRulesEditor *self)
{
  g_return_val_if_fail (KAF_IS_RULES_EDITOR (self), NULL);
  return self->rules;
}

void
kaf_rules_editor_add_criterion (KafRulesEditor *self, KafAxis axis, const char *fact)
{
  const KafScoreFact *found = kaf_score_fact_find (fact);
  KafScoreCriterion *criterion;

  g_return_if_fail (KAF_IS_RULES_EDITOR (self));

  if (found == NULL || (found->axes & (1u << axis)) == 0)
    return;
  criterion = kaf_score_criterion_new (axis, found);
  if (found->kind == KAF_FACT_NUMBER)
    kaf_score_criterion_add_band (criterion, 1, 10);
  g_ptr_array_add (self->rules->criteria, criterion);
  self->open = self->rules->criteria->len - 1;
  rebuild (self);
}

void
kaf_rules_editor_add_choice (KafRulesEditor *self, guint criterion, const char *code)
{
  g_return_if_fail (KAF_IS_RULES_EDITOR (self));

  if (get_criterion (self, criterion) == NULL)
    return;
  kaf_score_criterion_set_choice (get_criterion (self, criterion), code, 10);
  self->open = criterion;
  rebuild (self);
}

void
kaf_rules_editor_add_place (KafRulesEditor *self, guint criterion, const char *code)
{
  g_return_if_fail (KAF_IS_RULES_EDITOR (self));

  if (get_criterion (self, criterion) == NULL)
    return;
  kaf_rules_places_include (get_criterion (self, criterion), code);
  self->open = criterion;
  rebuild (self);
}

void
kaf_rules_editor_remove_criterion (KafRulesEditor *self, guint criterion)
{
  g_return_if_fail (KAF_IS_RULES_EDITOR (self));

  if (criterion >= self->rules->criteria->len)
    return;
  g_ptr_array_remove_index (self->rules->criteria, criterion);
  self->open = G_MAXUINT;
  rebuild (self);
}

void
kaf_rules_editor_set_points (KafRulesEditor *self, guint criterion, guint band, int points)
{
  KafScoreCriterion *changed_one;

  g_return_if_fail (KAF_IS_RULES_EDITOR (self));

  changed_one = get_criterion (self, criterion);
  g_return_if_fail (changed_one != NULL);
  if (changed_one->bands->len > band)
    g_array_index (changed_one->bands, KafScoreBand, band).points = points;
  else if (changed_one->choices->len > band)
    g_array_index (changed_one->choices, KafScoreChoice, band).points = points;
  else
    changed_one->points = points;
  rebuild (self);
}
