/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame is made once, the view of a step when it is first shown; what is read fills them in place, so that the
 * focus and what is being typed stay. */
#include "config.h"

#include "ui/app/kaf-window-commit.h"
#include "ui/mission/kaf-mission-page-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/app/kaf-application.h"
#include "ui/app/kaf-page-header.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/mission/kaf-act-dialog.h"
#include "ui/mission/kaf-check-panel.h"
#include "ui/mission/kaf-leave-foot.h"
#include "ui/mission/kaf-mission-body.h"
#include "ui/mission/kaf-mission-words.h"
#include "ui/mission/kaf-stepper.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define CLOSED "closed" /* name of what shows of a step that the role is not told */
#define FORM_WIDTH 940
#define FORM_TIGHTENING 860

G_DEFINE_FINAL_TYPE (KafMissionPage, kaf_mission_page, GTK_TYPE_BOX)

KafWindow *
kaf_mission_page_get_window (KafMissionPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

gboolean
kaf_mission_page_is_writable (KafMissionPage *self)
{
  return self->data != NULL && !self->data->deleted && !kaf_store_is_read_only (self->store);
}

gboolean
kaf_mission_page_may_write (KafMissionPage *self, const char *entity)
{
  return kaf_mission_page_is_writable (self) && kaf_mission_data_may_write (self->data, entity);
}

gboolean
kaf_mission_page_may_make (KafMissionPage *self, const char *entity)
{
  return kaf_mission_page_is_writable (self) && kaf_mission_data_may_make (self->data, entity);
}

void
kaf_mission_page_report (KafMissionPage *self, const char *what, const GError *error)
{
  KafWindow *window = kaf_mission_page_get_window (self);

  if (window != NULL)
    kaf_window_report_error (window, what, error);
}

/* Showing */

static void
show_stepper (KafMissionPage *self)
{
  KafStepper *stepper = KAF_STEPPER (self->stepper);
  g_autofree char *line = kaf_mission_step_line (self->data, self->step);

  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      KafStepperState state = kaf_mission_step_state (self->data, step);
      g_autofree char *note = kaf_mission_step_note (self->data, step);

      kaf_stepper_set_step (stepper, step, state,
                            state == KAF_STEPPER_OPEN ? self->data->n_gates[step] : 0, note);
    }
  kaf_stepper_set_shown (stepper, self->step, line);
}

static void
show_header (KafMissionPage *self)
{
  const char *style = NULL;
  const char *word = kaf_mission_state_word (self->data->life.state, &style);
  KafBanner *banner = KAF_BANNER (self->banner);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), self->data->title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), self->data->subtitle);
  kaf_pill_set (KAF_PILL (self->pill), word, style);
  gtk_widget_set_visible (self->pill, !kaf_mission_body_is_narrow (KAF_MISSION_BODY (self->body)));
  kaf_banner_remove_buttons (banner);
  kaf_banner_set_style (banner, "warning");
  if (self->data->deleted)
    kaf_banner_set_title (banner, _ ("This mission was deleted."));
  else if (self->data->life.approval_lapsed)
    kaf_banner_set_title (banner, _ ("Dates, experts or programme were changed since step 6 was "
                                     "left: it has to be approved again."));
  else if (self->data->life.deviates)
    {
      kaf_banner_set_title (banner, _ ("The mission differs from what was approved: record the "
                                       "deviation with its reason."));
      kaf_banner_add_button (banner, _ ("Record…"), "mission.act::deviation");
    }
  kaf_banner_set_revealed (banner, self->data->deleted || self->data->life.approval_lapsed ||
                                       self->data->life.deviates);
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emoji-flags-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing to Write Here Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("What this step asks for stands beside. Its records can be "
                                      "added from the command line meanwhile."));
  return page;
}

static GtkWidget *
make_closed (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-lock-screen-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("This Step Is Not Shown to Your Role"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Of a mission the server gives you who comes, the sessions and the attendance. The rest "
         "stays with those who prepare the mission: ask them."));
  return page;
}

/* Scrolls by itself, but for a view that does so. */
static GtkWidget *
wrap_view (const KafMissionStepView *spec, GtkWidget *view)
{
  GtkWidget *scrolled, *clamp;

  if (spec->wide)
    return view;
  scrolled = gtk_scrolled_window_new ();
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), FORM_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), FORM_TIGHTENING);
  adw_clamp_set_child (ADW_CLAMP (clamp), view);
  gtk_widget_add_css_class (view, "kaf-step-form");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
ensure_view (KafMissionPage *self, guint step)
{
  const KafMissionStepView *spec = kaf_mission_step_view_find (step);
  g_autofree char *name = g_strdup_printf ("%u", step);
  GtkWidget *child;

  if (gtk_stack_get_child_by_name (GTK_STACK (self->views), name) != NULL)
    return;
  if (spec != NULL)
    {
      self->view[step] = spec->make (self);
      child = wrap_view (spec, self->view[step]);
    }
  else
    child = make_nothing ();
  gtk_stack_add_named (GTK_STACK (self->views), child, name);
}

static void
show_closed (KafMissionPage *self)
{
  GtkStack *views = GTK_STACK (self->views);

  if (gtk_stack_get_child_by_name (views, CLOSED) == NULL)
    gtk_stack_add_named (views, make_closed (), CLOSED);
  gtk_stack_set_visible_child_name (views, CLOSED);
}

static void
show_step (KafMissionPage *self)
{
  guint step = self->step;
  const KafMissionStepView *spec = kaf_mission_step_view_find (step);
  gboolean writable = kaf_mission_page_is_writable (self);
  g_autofree char *name = g_strdup_printf ("%u", step);
  /* Translators: number and name of a step, "5 · Feasibility". */
  g_autofree char *heading = g_strdup_printf (_ ("%u · %s"), step, kaf_mission_step_name (step));
  g_autofree char *line = kaf_mission_step_line (self->data, step);

  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_label_set_text (GTK_LABEL (self->heading_other), self->data->lang == KAF_LANG_AR
                                                           ? kaf_mission_step_name_fr (step)
                                                           : kaf_mission_step_name_ar (step));
  gtk_label_set_text (GTK_LABEL (self->line), line);
  if (kaf_mission_step_is_told (self->data->role, step))
    {
      ensure_view (self, step);
      if (spec != NULL)
        spec->show (self->view[step], self->data, writable);
      gtk_stack_set_visible_child_name (GTK_STACK (self->views), name);
    }
  else
    show_closed (self);
  kaf_check_panel_set (KAF_CHECK_PANEL (self->panel), self->data, step, writable);
  kaf_leave_foot_set (KAF_LEAVE_FOOT (self->foot), self->data, step, writable);
  kaf_mission_body_set_count (KAF_MISSION_BODY (self->body),
                              self->data->n_gates[step] + self->data->n_warnings[step]);
}

/* The button that was pressed is shut now: on with what the step begins with. */
static void
focus_view (KafMissionPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->views))
    gtk_widget_child_focus (self->views, GTK_DIR_TAB_FORWARD);
}

/* The open step; where that is not shown to the role, the last before it that is, or the first. */
static guint
find_told_step (const KafMissionData *data)
{
  guint first = data->life.step;

  for (guint step = KAF_MISSION_STEPS; step >= 1; step--)
    if (kaf_mission_step_is_told (data->role, step))
      {
        if (step <= data->life.step)
          return step;
        first = step;
      }
  return first;
}

static void
show_data (KafMissionPage *self)
{
  gboolean moved = self->follow && self->step != self->data->life.step;

  if (self->step == 0 || self->follow)
    self->step = find_told_step (self->data);
  self->follow = FALSE;
  show_header (self);
  show_stepper (self);
  show_step (self);
  kaf_mission_page_update_actions (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "mission");
  if (moved)
    focus_view (self);
}

/* Views of other steps look into the data too: they are told before the old goes. */
static void
focus_leave (KafMissionPage *self)
{
  gboolean on_paper;

  self->leaving = FALSE;
  if (!kaf_leave_allowed (self->data, self->step, &on_paper, NULL) ||
      !gtk_widget_child_focus (self->foot, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (self->panel, GTK_DIR_TAB_FORWARD);
}

/* Without a word nothing would tell why a key does nothing. */
static void
leave_or_lead (KafMissionPage *self)
{
  gboolean on_paper;

  self->typing = FALSE;
  if (kaf_mission_page_is_writable (self) &&
      kaf_leave_allowed (self->data, self->step, &on_paper, NULL))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "mission.leave", NULL);
      return;
    }
  gtk_widget_error_bell (GTK_WIDGET (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "mission.next-finding", NULL);
}

/* Fields write what they hold when the focus leaves them. */
void
kaf_mission_page_leave_typed (KafMissionPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->data == NULL)
    return;
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->views))
    {
      gtk_root_set_focus (root, NULL);
      gtk_widget_grab_focus (focus);
    }
  self->typing = self->writing > 0;
  if (!self->typing)
    leave_or_lead (self);
}

/* The forms of the mission that showed go: what is half written in them is kept among its drafts. */
static void
drop_views (KafMissionPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->views)) != NULL)
    gtk_stack_remove (GTK_STACK (self->views), child);
  for (guint step = 0; step <= KAF_MISSION_STEPS; step++)
    self->view[step] = NULL;
  self->step = 0;
}

static void
take_data (KafMissionPage *self, KafMissionData *data)
{
  KafMissionData *old = self->data;
  gboolean turned = old != NULL && g_strcmp0 (old->id, data->id) != 0;

  if (turned)
    drop_views (self);
  self->data = data;
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    if (self->view[step] != NULL && step != self->step)
      kaf_mission_step_view_find (step)->show (self->view[step], data,
                                               kaf_mission_page_is_writable (self));
  show_data (self);
  if (self->typing && self->writing == 0)
    leave_or_lead (self);
  else if (self->leaving)
    focus_leave (self);
  else if (turned)
    gtk_widget_child_focus (self->stepper, GTK_DIR_TAB_FORWARD);
  g_clear_pointer (&old, kaf_mission_data_unref);
}

static void
show_problem (KafMissionPage *self, const GError *error)
{
  g_autofree char *text = kaf_error_text (error);

  adw_status_page_set_title (ADW_STATUS_PAGE (self->problem), _ ("The mission cannot be shown"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->problem), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
}

/* Reading */

typedef struct
{
  KafMissionPage *page;
  char *id;
  guint position;
} Turn;

static void
on_turned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;
  g_autoptr (KafMissionPage) self = turn->page;
  g_autofree char *id = turn->id;
  g_autoptr (GError) error = NULL;
  KafMissionData *data = kaf_mission_data_read_finish (KAF_STORE (source), result, &error);
  guint position = turn->position;

  g_free (turn);
  self->reading--;
  if (data != NULL && self->store != NULL)
    {
      g_free (self->id);
      self->id = g_steal_pointer (&id);
      self->position = position;
      take_data (self, data);
    }
  else if (data != NULL)
    kaf_mission_data_unref (data);
  else if (self->store != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    kaf_mission_page_report (self, _ ("The mission cannot be shown"), error);
}

void
kaf_mission_page_turn (KafMissionPage *self, const char *id, guint position)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->page = g_object_ref (self);
  turn->id = g_strdup (id);
  turn->position = position;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading++;
  kaf_mission_data_read_async (self->store, id, kaf_application_get_lang (), self->cancellable,
                               on_turned, turn);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafMissionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  KafMissionData *data = kaf_mission_data_read_finish (KAF_STORE (source), result, &error);

  self->reading--;
  if (data != NULL && self->store != NULL)
    take_data (self, data);
  else if (data != NULL)
    kaf_mission_data_unref (data);
  else if (self->store != NULL && error != NULL && self->reading == 0 &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

void
kaf_mission_page_reload (KafMissionPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  self->reading++;
  kaf_mission_data_read_async (self->store, self->id, kaf_application_get_lang (),
                               self->cancellable, on_read, g_object_ref (self));
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafMissionPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    kaf_mission_page_reload (self);
  else
    self->stale = TRUE;
}

/* Committing */

static void
on_committed (GtkWidget *widget, KafReceipt *receipt, gpointer data)
{
  KAF_MISSION_PAGE (widget)->writing--;
}

void
kaf_mission_page_commit (KafMissionPage *self,
                         KafChangeSet *set,
                         const char *done,
                         const char *failed)
{
  g_return_if_fail (KAF_IS_MISSION_PAGE (self));

  if (self->store == NULL || kaf_change_set_get_size (set) == 0)
    return;
  self->writing++;
  kaf_window_commit (GTK_WIDGET (self), self->store, set, done, failed, on_committed, NULL);
}

/* Making */

static void
kaf_mission_page_map (GtkWidget *widget)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_mission_page_parent_class)->map (widget);
  if (self->stale)
    kaf_mission_page_reload (self);
}

static void
kaf_mission_page_dispose (GObject *object)
{
  KafMissionPage *self = KAF_MISSION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->list);
  g_clear_weak_pointer (&self->history);
  g_clear_weak_pointer (&self->dialog);
  G_OBJECT_CLASS (kaf_mission_page_parent_class)->dispose (object);
}

static void
kaf_mission_page_finalize (GObject *object)
{
  KafMissionPage *self = KAF_MISSION_PAGE (object);

  g_clear_pointer (&self->data, kaf_mission_data_unref);
  g_hash_table_unref (self->typed);
  g_free (self->id);
  G_OBJECT_CLASS (kaf_mission_page_parent_class)->finalize (object);
}

static void
kaf_mission_page_class_init (KafMissionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_mission_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_mission_page_finalize;
  widget_class->map = kaf_mission_page_map;
  kaf_mission_page_install_actions (widget_class);
  kaf_mission_page_install_acts (widget_class);
}

static GtkWidget *
make_turn (const char *icon, const char *label, int by)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", by);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "mission.turn");
  kaf_tooltip_set (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

/* As on the page of a record: there where it was opened from a list, and where there is room. */
static GtkWidget *
make_turns (void)
{
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), make_turn ("go-up-symbolic", _ ("Previous mission"), -1));
  gtk_box_append (GTK_BOX (box), make_turn ("go-down-symbolic", _ ("Next mission"), 1));
  adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), box);
  gtk_widget_set_visible (squeezer, FALSE);
  return squeezer;
}

static GtkWidget *
make_header (KafMissionPage *self)
{
  GtkWidget *header = kaf_page_header_new ("", &self->title);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button;

  g_menu_append (menu, _ ("Edit the Mission…"), "mission.edit-mission");
  g_menu_append (menu, _ ("Take to the Field…"), "mission.take");
  g_menu_append (menu, _ ("History of the File"), "mission.history");
  g_menu_append (menu, _ ("Print or Save as PDF…"), "win.print");
  g_menu_append (menu, _ ("Give Out the Whole Dossier…"), "mission.dossier");
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Menu of the Mission"), -1);
  self->turns = make_turns ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->turns);
  self->pill = kaf_pill_new (NULL, NULL);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->pill);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);
  return header;
}

static GtkWidget *
make_label (const char *class, const char *other)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  if (other != NULL)
    gtk_widget_add_css_class (label, other);
  return label;
}

static GtkWidget *
make_form (KafMissionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->heading = make_label ("title-2", NULL);
  self->heading_other = make_label ("dim-label", NULL);
  self->line = make_label ("caption", "dim-label");
  gtk_box_append (GTK_BOX (names), self->heading);
  gtk_box_append (GTK_BOX (names), self->heading_other);
  gtk_box_append (GTK_BOX (head), names);
  gtk_box_append (GTK_BOX (head), self->line);
  gtk_widget_add_css_class (head, "kaf-step-head");
  self->head = head;
  self->views = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->views), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->views), FALSE);
  gtk_widget_set_vexpand (self->views, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->views);
  return box;
}

static GtkWidget *
make_mission (KafMissionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *form = make_form (self);

  self->stepper = kaf_stepper_new ();
  self->panel = kaf_check_panel_new ();
  self->foot = kaf_leave_foot_new ();
  self->panel_scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->panel_scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->panel_scrolled), self->panel);
  self->body = kaf_mission_body_new (form, self->panel_scrolled, self->foot);
  kaf_mission_body_add_wide (KAF_MISSION_BODY (self->body), self->head);
  kaf_mission_body_add_wide (KAF_MISSION_BODY (self->body), self->pill);
  gtk_box_append (GTK_BOX (box), self->stepper);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->body);
  return box;
}

static void
kaf_mission_page_init (KafMissionPage *self)
{
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->banner = kaf_banner_new ();
  gtk_box_append (GTK_BOX (self), self->banner);
  self->stack = gtk_stack_new ();
  self->problem = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->problem), "dialog-error-symbolic");
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (NULL), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_mission (self), "mission");
  gtk_stack_add_named (GTK_STACK (self->stack), self->problem, "problem");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self), self->stack);
  kaf_mission_page_update_actions (self);
  kaf_mission_page_add_keys (self);
}

GtkWidget *
kaf_mission_page_new (KafStore *store, const char *id, guint step)
{
  KafMissionPage *self;

  g_return_val_if_fail (KAF_IS_STORE (store), NULL);
  g_return_val_if_fail (id != NULL && step <= KAF_MISSION_STEPS, NULL);

  self = g_object_new (KAF_TYPE_MISSION_PAGE, NULL);
  self->store = g_object_ref (store);
  self->id = g_strdup (id);
  self->step = step;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (store, "sent", G_CALLBACK (kaf_mission_page_reload), self,
                           G_CONNECT_SWAPPED);
  kaf_mission_page_reload (self);
  return GTK_WIDGET (self);
}

void
kaf_mission_page_set_list (KafMissionPage *self, KafPagedList *list, guint position)
{
  g_return_if_fail (KAF_IS_MISSION_PAGE (self));

  g_set_object (&self->list, list);
  self->position = list != NULL ? position : GTK_INVALID_LIST_POSITION;
  gtk_widget_set_visible (self->turns, list != NULL);
}

const char *
kaf_mission_page_get_id (KafMissionPage *self)
{
  g_return_val_if_fail (KAF_IS_MISSION_PAGE (self), NULL);
  return self->id;
}

KafStore *
kaf_mission_page_get_store (KafMissionPage *self)
{
  g_return_val_if_fail (KAF_IS_MISSION_PAGE (self), NULL);
  return self->store;
}

guint
kaf_mission_page_get_step (KafMissionPage *self)
{
  g_return_val_if_fail (KAF_IS_MISSION_PAGE (self), 0);
  return self->data != NULL ? self->step : 0;
}

void
kaf_mission_page_show_step (KafMissionPage *self, guint step)
{
  g_return_if_fail (KAF_IS_MISSION_PAGE (self));
  g_return_if_fail (step >= 1 && step <= KAF_MISSION_STEPS);

  self->step = step;
  self->follow = FALSE;
  if (self->data != NULL)
    show_data (self);
}

void
kaf_mission_page_ask_leave (KafMissionPage *self)
{
  g_return_if_fail (KAF_IS_MISSION_PAGE (self));

  self->leaving = TRUE;
  if (self->data != NULL)
    focus_leave (self);
}

gboolean
kaf_mission_page_is_settled (KafMissionPage *self)
{
  g_return_val_if_fail (KAF_IS_MISSION_PAGE (self), FALSE);
  return self->reading == 0 && self->writing == 0 && !self->stale && self->data != NULL;
}
