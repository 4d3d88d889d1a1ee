/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-leave-foot.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/mission/kaf-mission-words.h"

/* Of somebody whose role this program does not know: nothing is decided. */
#define NO_ROLE "direction"

struct _KafLeaveFoot
{
  GtkBox parent_instance;

  GtkWidget *leave;
  GtkWidget *menu;
  GtkWidget *sentence;
};

G_DEFINE_FINAL_TYPE (KafLeaveFoot, kaf_leave_foot, GTK_TYPE_BOX)

const KafRole *
kaf_leave_role (const KafMissionData *data)
{
  return data->role != NULL ? data->role : kaf_role_find (NO_ROLE);
}

gboolean
kaf_leave_allowed (const KafMissionData *data, guint step, gboolean *on_paper, GError **error)
{
  KafAct act = { .kind = KAF_ACT_LEAVE,
                 .step = step,
                 .after = data->life.last != NULL ? data->life.last->id : NULL,
                 .content = data->mission->content,
                 .by = data->context.me };
  g_autoptr (GError) local = NULL;

  *on_paper = FALSE;
  if (kaf_mission_may_leave (data->mission, &act, kaf_leave_role (data), &data->context, &local))
    return TRUE;
  if (g_error_matches (local, KAF_RULE_ERROR, KAF_RULE_ERROR_ROLE) ||
      g_error_matches (local, KAF_RULE_ERROR, KAF_RULE_ERROR_EDITOR))
    {
      /* The same decided by another, whose name, function and signature come with it. */
      act.paper_name = act.paper_function = "-";
      act.paper_on = data->context.day;
      act.has_scan = TRUE;
      *on_paper = TRUE;
      return kaf_mission_may_leave (data->mission, &act, kaf_leave_role (data), &data->context,
                                    error);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
kaf_leave_foot_class_init (KafLeaveFootClass *klass)
{
}

static void
kaf_leave_foot_init (KafLeaveFoot *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-leave-foot");
  self->leave = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->leave), "mission.leave");
  gtk_widget_add_css_class (self->leave, "suggested-action");
  gtk_widget_set_hexpand (self->leave, TRUE);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->menu), GTK_ARROW_UP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More Acts on the File"), -1);
  self->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_widget_add_css_class (self->sentence, "caption");
  gtk_widget_add_css_class (self->sentence, "dim-label");
  gtk_box_append (GTK_BOX (line), self->leave);
  gtk_box_append (GTK_BOX (line), self->menu);
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->sentence);
}

GtkWidget *
kaf_leave_foot_new (void)
{
  return g_object_new (KAF_TYPE_LEAVE_FOOT, NULL);
}

static void
add_item (GMenu *menu, const char *label, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "mission.act", "s", target);
  g_menu_append_item (menu, item);
}

/* Of each gate that is shut and that a manager may open. */
static void
add_overrides (GMenu *menu, const KafMissionData *data, guint step)
{
  g_autoptr (GMenu) section = g_menu_new ();
  GPtrArray *checks = data->checks[step];

  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (check->rule->overridable && check->state == KAF_CHECK_FAILS)
        {
          g_autofree char *target = g_strdup_printf ("override %s", check->rule->rule.code);
          /* Translators: %s is what a gate asks for, "Ceiling not passed". */
          g_autofree char *label = g_strdup_printf (_ ("Override “%s”…"), _ (check->rule->label));

          add_item (section, label, target);
        }
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
add_moves (GMenu *menu, const KafMissionData *data, guint step)
{
  const KafMissionLife *life = &data->life;
  g_autoptr (GMenu) section = g_menu_new ();

  if (life->left[step])
    add_item (section, _ ("Reopen This Step…"), "reopen");
  if (life->left[7] && life->state == KAF_MISSION_OPEN)
    add_item (section, _ ("Record a Deviation…"), "deviation");
  if (life->state == KAF_MISSION_OPEN)
    add_item (section, _ ("Put on Hold…"), "hold");
  if (life->state == KAF_MISSION_ON_HOLD || life->state == KAF_MISSION_ABANDONED)
    add_item (section, _ ("Resume…"), "resume");
  if (life->state == KAF_MISSION_OPEN || life->state == KAF_MISSION_ON_HOLD)
    add_item (section, _ ("Abandon the Mission…"), "abandon");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
make_menu (const KafMissionData *data, guint step)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  if (kaf_mission_data_may_act (data))
    {
      if (step == data->life.step && data->life.state == KAF_MISSION_OPEN)
        add_overrides (menu, data, step);
      add_moves (menu, data, step);
    }
  g_menu_append (rest, _ ("History of the File"), "mission.history");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  return menu;
}

static gboolean
may_mend_any (const KafMissionData *data, guint step)
{
  GPtrArray *checks = data->checks[step];

  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (check->rule->rule.kind == KAF_FINDING_BLOCKS && check->state == KAF_CHECK_FAILS &&
          check->findings->len > 0 && kaf_mission_data_may_mend (data, check->rule))
        return TRUE;
    }
  return FALSE;
}

/* "Mend" is offered for what the role writes alone. */
static char *
tell_gates (const KafMissionData *data, guint step)
{
  guint n = data->n_gates[step];

  if (may_mend_any (data, step))
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u gate is still shut: “Mend” leads to what is missing.",
                     "%u gates are still shut: “Mend” leads to what is missing.", n),
        n);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u gate is still shut: what is missing is for others to write.",
                   "%u gates are still shut: what is missing is for others to write.", n),
      n);
}

static char *
why_not (const KafMissionData *data, guint step, const GError *error)
{
  guint n_warnings = data->n_warnings[step];
  g_autofree char *open = NULL;

  if (data->life.left[step] && data->life.pending[step])
    return g_strdup (_ ("Left; the server has still to confirm it."));
  if (data->life.left[step])
    return g_strdup (
        _ ("This step was left. Its data can still be put right; to judge it anew, reopen it."));
  if (g_error_matches (error, KAF_RULE_ERROR, KAF_RULE_ERROR_GATES))
    return tell_gates (data, step);
  if (g_error_matches (error, KAF_RULE_ERROR, KAF_RULE_ERROR_WARNINGS))
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u point is still to be mended or justified.",
                     "%u points are still to be mended or justified.", n_warnings),
        n_warnings);
  if (data->life.state == KAF_MISSION_OPEN && step != data->life.step)
    {
      open = kaf_number_format (data->life.step, data->lang);
      return g_strdup_printf (
          _ ("Step %s is open: it is left first. What is written here is kept."), open);
    }
  return g_strdup (_ (error->message));
}

void
kaf_leave_foot_set (KafLeaveFoot *self, const KafMissionData *data, guint step, gboolean writable)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  g_autofree char *label = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GMenu) menu = NULL;
  gboolean on_paper, allowed;

  g_return_if_fail (KAF_IS_LEAVE_FOOT (self));

  number = kaf_number_format (step, data->lang);
  allowed = kaf_leave_allowed (data, step, &on_paper, &error);
  label = on_paper ? g_strdup_printf (_ ("Leave Step %s on Paper…"), number)
                   : g_strdup_printf (_ ("Leave Step %s"), number);
  gtk_button_set_label (GTK_BUTTON (self->leave), label);
  if (!kaf_mission_data_may_act (data))
    sentence = g_strdup (_ ("Your role does not lead missions."));
  else if (!allowed)
    sentence = why_not (data, step, error);
  else if (on_paper)
    sentence = g_strdup (_ ("A manager decides this step: here the decision is recorded on paper, "
                            "with a name, a function, a day and a scan."));
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->sentence, sentence != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->leave), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  /* Who never leads a mission is told so, and offered nothing of it. */
  gtk_widget_set_visible (self->leave, kaf_mission_data_may_act (data));
  menu = make_menu (data, step);
  kaf_lazy_menu_set (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
}

const char *
kaf_leave_foot_get_sentence (KafLeaveFoot *self)
{
  g_return_val_if_fail (KAF_IS_LEAVE_FOOT (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->sentence));
}
