/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-check-panel.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/mission/kaf-expected.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

/* Findings of one check that are told one by one. */
#define FINDINGS_SHOWN 6

/* A heading with a count, and a card. */
typedef struct
{
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *count;
  GtkWidget *list;
} Group;

struct _KafCheckPanel
{
  GtkBox parent_instance;

  const KafMissionData *data;
  guint step;
  gboolean writable;
  Group gates, warnings, expected;
  GPtrArray *open; /* rows that wait for something, in order */
};

G_DEFINE_FINAL_TYPE (KafCheckPanel, kaf_check_panel, GTK_TYPE_BOX)

typedef struct
{
  const char *icon, *style, *word;
} Look;

static const Look met = { "object-select-symbolic", "success", N_ ("met") };
static const Look blocks = { "dialog-error-symbolic", "error", N_ ("blocks") };
static const Look warns = { "dialog-warning-symbolic", "warning", N_ ("to verify") };
static const Look settled_gate = { "object-select-symbolic", "dim-label", N_ ("overridden") };
static const Look settled = { "dialog-warning-symbolic", "dim-label", N_ ("justified") };
static const Look unknown = { "content-loading-symbolic", "dim-label", N_ ("unknown here") };

static GtkWidget *
row_new (const Look *look, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (look->icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", _ (look->word), title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (icon, look->style);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_add_css_class (row, "kaf-check");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (subtitle != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    subtitle, -1);
  return row;
}

static GtkWidget *
add_button (GtkWidget *row, const char *label, const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, about);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "kaf-check-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static const char *
sentence_of (const KafFinding *finding, const KafMissionRule *rule)
{
  return finding->sentence != NULL ? finding->sentence : _ (rule->label);
}

/* Enter on the row, or its button, leads to the fault. */
static void
set_mend (GtkActionable *widget, const KafMissionRule *rule, const KafFinding *finding)
{
  gtk_actionable_set_action_target (
      widget, "(sss)", rule->rule.entity != NULL ? rule->rule.entity : "",
      finding->id != NULL ? finding->id : "", rule->rule.field != NULL ? rule->rule.field : "");
  gtk_actionable_set_action_name (widget, "mission.mend");
}

static void
make_mendable (GtkWidget *row, const KafMissionRule *rule, const KafFinding *finding)
{
  if (finding->advice != NULL)
    kaf_tooltip_set (row, finding->advice);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  set_mend (GTK_ACTIONABLE (row), rule, finding);
}

static void
append (KafCheckPanel *self, Group *group, GtkWidget *row, gboolean waits)
{
  gtk_list_box_append (GTK_LIST_BOX (group->list), row);
  if (waits)
    g_ptr_array_add (self->open, row);
}

/* Who settled it, when and why. */
static char *
settled_by (KafCheckPanel *self, const KafAct *act)
{
  return act != NULL ? kaf_mission_act_detail (act, self->data->lang) : NULL;
}

/* A gate is counted, and has its sign, once: what else it found stands under it. */
static GtkWidget *
further_row_new (const char *line)
{
  GtkWidget *row = row_new (&blocks, line, NULL);

  gtk_widget_add_css_class (row, "kaf-further");
  return row;
}

static void
add_open_gate (KafCheckPanel *self, const KafCheck *check)
{
  const KafMissionRule *rule = check->rule;
  guint n = check->findings->len;
  const KafFinding *first = n > 0 ? g_ptr_array_index (check->findings, 0) : NULL;

  for (guint i = 0; i < MAX (MIN (n, FINDINGS_SHOWN), 1); i++)
    {
      const KafFinding *finding = i < n ? g_ptr_array_index (check->findings, i) : first;
      g_autofree char *line = finding != NULL ? kaf_bidi_line (sentence_of (finding, rule)) : NULL;
      GtkWidget *row = i == 0 ? row_new (&blocks, _ (rule->label), line) : further_row_new (line);

      if (finding != NULL)
        {
          /* Who may not write where it is mended still looks there. */
          make_mendable (row, rule, finding);
          if (kaf_mission_data_may_mend (self->data, rule))
            set_mend (GTK_ACTIONABLE (add_button (row, _ ("Mend"), line)), rule, finding);
        }
      append (self, &self->gates, row, TRUE);
    }
}

static void
add_more (KafCheckPanel *self, Group *group, const KafCheck *check)
{
  guint n = check->findings->len;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  GtkWidget *row;

  if (n <= FINDINGS_SHOWN)
    return;
  number = kaf_number_format (n - FINDINGS_SHOWN, self->data->lang);
  text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "and %s more", "and %s more", n - FINDINGS_SHOWN), number);
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (row, "dim-label");
  append (self, group, row, FALSE);
}

static void
add_gate (KafCheckPanel *self, const KafCheck *check)
{
  g_autofree char *by = NULL;

  switch (check->state)
    {
    case KAF_CHECK_FAILS:
      add_open_gate (self, check);
      add_more (self, &self->gates, check);
      break;
    case KAF_CHECK_SETTLED:
      by = settled_by (self, check->act);
      append (self, &self->gates, row_new (&settled_gate, _ (check->rule->label), by), FALSE);
      break;
    case KAF_CHECK_UNKNOWN:
      append (self, &self->gates,
              row_new (&unknown, _ (check->rule->label),
                       _ ("What it needs is not on this device: the server decides.")),
              FALSE);
      break;
    case KAF_CHECK_MET:
    default:
      append (self, &self->gates, row_new (&met, _ (check->rule->label), NULL), FALSE);
      break;
    }
}

static void
add_warning (KafCheckPanel *self, const KafCheck *check, const KafFinding *finding)
{
  const KafMissionRule *rule = check->rule;
  const KafAct *act =
      kaf_check_find_settlement (rule, finding, self->data->mission, &self->data->life);
  g_autofree char *line = kaf_bidi_line (sentence_of (finding, rule));
  g_autofree char *by = settled_by (self, act);
  GtkWidget *row = row_new (act != NULL ? &settled : &warns, line, by);

  make_mendable (row, rule, finding);
  if (act == NULL && self->writable && kaf_mission_data_may_act (self->data))
    {
      GtkWidget *button = add_button (row, _ ("Justify…"), line);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(iss)", (int) rule->step,
                                        rule->rule.code, finding->id != NULL ? finding->id : "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.justify");
    }
  append (self, &self->warnings, row, act == NULL);
}

static void
fill_checks (KafCheckPanel *self)
{
  GPtrArray *checks = self->data->checks[self->step];

  if (!kaf_mission_step_is_told (self->data->role, self->step))
    {
      append (self, &self->gates,
              row_new (&unknown, _ ("The checks of this step"),
                       _ ("They look at what your role is not shown.")),
              FALSE);
      return;
    }
  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (check->rule->rule.kind == KAF_FINDING_BLOCKS)
        add_gate (self, check);
      else if (check->state == KAF_CHECK_UNKNOWN)
        append (self, &self->warnings,
                row_new (&unknown, _ (check->rule->label),
                         _ ("What it needs is not on this device: the server decides.")),
                FALSE);
      else
        {
          for (guint j = 0; j < MIN (check->findings->len, FINDINGS_SHOWN); j++)
            add_warning (self, check, g_ptr_array_index (check->findings, j));
          add_more (self, &self->warnings, check);
        }
    }
}

static void
add_expected (KafCheckPanel *self, const KafExpected *expected)
{
  static const Look waits = { "content-loading-symbolic", "dim-label", N_ ("expected") };
  GtkWidget *row = row_new (&waits, expected->title, expected->subtitle);

  if (expected->entity != NULL && self->writable &&
      kaf_mission_data_may_make (self->data, "contact"))
    {
      GtkWidget *button =
          kaf_record_section_icon_button ("mail-send-symbolic", _ ("Note a Reminder"));

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", expected->entity,
                                        expected->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.remind");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  append (self, &self->expected, row, FALSE);
}

static guint
fill_expected (KafCheckPanel *self)
{
  g_autoptr (GPtrArray) all = kaf_expected_list (self->data, self->step);

  for (guint i = 0; i < all->len; i++)
    add_expected (self, g_ptr_array_index (all, i));
  return all->len;
}

static void
set_count (Group *group, guint n, const char *style)
{
  g_autofree char *number = g_strdup_printf ("%u", n);

  kaf_pill_set (KAF_PILL (group->count), n > 0 ? number : NULL, style);
}

static void
make_group (KafCheckPanel *self, Group *group, const char *title)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = group->title = gtk_label_new (title);

  group->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (heading, "kaf-section-heading");
  group->count = kaf_pill_new (NULL, NULL);
  gtk_box_append (GTK_BOX (heading), label);
  gtk_box_append (GTK_BOX (heading), group->count);
  group->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (group->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (group->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_box_append (GTK_BOX (group->box), heading);
  gtk_box_append (GTK_BOX (group->box), group->list);
  gtk_box_append (GTK_BOX (self), group->box);
}

static void
kaf_check_panel_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_CHECK_PANEL (object)->open);
  G_OBJECT_CLASS (kaf_check_panel_parent_class)->finalize (object);
}

static void
kaf_check_panel_class_init (KafCheckPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_check_panel_finalize;
}

static void
kaf_check_panel_init (KafCheckPanel *self)
{
  self->open = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-check-panel");
  make_group (self, &self->gates, _ ("What Blocks"));
  make_group (self, &self->warnings, _ ("To Verify"));
  make_group (self, &self->expected, _ ("Expected from Others"));
}

GtkWidget *
kaf_check_panel_new (void)
{
  return g_object_new (KAF_TYPE_CHECK_PANEL, NULL);
}

static int
find_focus (KafCheckPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < self->open->len; i++)
    if (focus == g_ptr_array_index (self->open, i) ||
        gtk_widget_is_ancestor (focus, g_ptr_array_index (self->open, i)))
      return (int) i;
  return -1;
}

void
kaf_check_panel_set (KafCheckPanel *self, const KafMissionData *data, guint step, gboolean writable)
{
  int focus;
  guint n_expected;

  g_return_if_fail (KAF_IS_CHECK_PANEL (self));
  g_return_if_fail (data != NULL);

  focus = find_focus (self);
  self->data = data;
  self->step = step;
  self->writable = writable;
  g_ptr_array_set_size (self->open, 0);
  kaf_record_section_clear (self->gates.list);
  kaf_record_section_clear (self->warnings.list);
  kaf_record_section_clear (self->expected.list);
  fill_checks (self);
  n_expected = fill_expected (self);
  gtk_label_set_text (GTK_LABEL (self->gates.title),
                      data->n_gates[step] > 0 ? _ ("What Blocks") : _ ("Conditions"));
  set_count (&self->gates, data->n_gates[step], "error");
  set_count (&self->warnings, data->n_warnings[step], "warning");
  gtk_widget_set_visible (self->warnings.box,
                          gtk_widget_get_first_child (self->warnings.list) != NULL);
  gtk_widget_set_visible (self->expected.box, n_expected > 0);
  if (focus >= 0 && self->open->len > 0)
    gtk_widget_grab_focus (
        g_ptr_array_index (self->open, MIN ((guint) focus, self->open->len - 1)));
}

gboolean
kaf_check_panel_next (KafCheckPanel *self)
{
  g_return_val_if_fail (KAF_IS_CHECK_PANEL (self), FALSE);

  if (self->open->len == 0)
    return FALSE;
  return gtk_widget_grab_focus (
      g_ptr_array_index (self->open, (guint) (find_focus (self) + 1) % self->open->len));
}

GPtrArray *
kaf_check_panel_get_open_rows (KafCheckPanel *self)
{
  g_return_val_if_fail (KAF_IS_CHECK_PANEL (self), NULL);
  return self->open;
}
