/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to the file: a step left or reopened, a point justified, a gate overridden. Each asks for what it needs
 * in a dialog, but for leaving a step that needs nothing. */
#include "config.h"

#include "ui/mission/kaf-mission-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "report/kaf-document.h"
#include "store/kaf-mission-act.h"
#include "ui/mission/kaf-act-dialog.h"
#include "ui/mission/kaf-leave-foot.h"
#include "ui/mission/kaf-mission-parts.h"

static char *
key_of (KafMissionPage *self, const KafActSpec *spec)
{
  return g_strdup_printf ("%s %d %u %s %s", self->id, (int) spec->kind, spec->step,
                          spec->code != NULL ? spec->code : "",
                          spec->about != NULL ? spec->about : "");
}

/* What is done, in the words of a toast. */
static char *
done_words (KafActKind kind, guint step)
{
  switch (kind)
    {
    case KAF_ACT_LEAVE:
      return step < KAF_MISSION_STEPS ? g_strdup_printf (_ ("Step %u left"), step)
                                      : g_strdup (_ ("Step 10 left: the mission is closed"));
    case KAF_ACT_REOPEN:
      return g_strdup_printf (_ ("Step %u reopened"), step);
    case KAF_ACT_HOLD:
      return g_strdup (_ ("The mission is on hold"));
    case KAF_ACT_RESUME:
      return g_strdup (_ ("The mission goes on"));
    case KAF_ACT_ABANDON:
      return g_strdup (_ ("The mission is abandoned"));
    case KAF_ACT_ACKNOWLEDGE:
      return g_strdup (_ ("The reason stands in the file"));
    case KAF_ACT_OVERRIDE:
      return g_strdup (_ ("The override stands in the file, and prints with it"));
    case KAF_ACT_DEVIATION:
    case KAF_ACT_INCIDENT:
    case KAF_N_ACTS:
    default:
      return g_strdup (_ ("Recorded in the file"));
    }
}

typedef struct
{
  KafMissionPage *page; /* weak */
  char *key;
  KafActKind kind;
  guint step;
} Asked;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *asked = data;

  g_clear_weak_pointer (&asked->page);
  g_free (asked->key);
  g_free (asked);
}

static void
say_done (KafMissionPage *self, KafActKind kind, guint step)
{
  KafWindow *window = kaf_mission_page_get_window (self);
  g_autofree char *done = done_words (kind, step);

  /* On to the one that is open now. */
  if (kind == KAF_ACT_LEAVE || kind == KAF_ACT_REOPEN)
    self->follow = TRUE;
  if (window != NULL)
    kaf_window_toast (window, done);
}

static void
on_written (KafActDialog *dialog, gpointer data)
{
  Asked *asked = data;

  if (asked->page == NULL)
    return;
  g_hash_table_remove (asked->page->typed, asked->key);
  say_done (asked->page, asked->kind, asked->step);
  g_clear_weak_pointer (&asked->page);
}

/* Closed without having been written: what was typed is there again the next time. */
static gboolean
on_close (KafActDialog *dialog, gpointer data)
{
  Asked *asked = data;
  char *typed = kaf_act_dialog_get_typed (dialog);

  if (asked->page != NULL && typed != NULL && *typed != '\0')
    g_hash_table_replace (asked->page->typed, g_strdup (asked->key), typed);
  else
    g_free (typed);
  return FALSE;
}

/* Takes what @spec holds. */
static void
ask (KafMissionPage *self, KafActSpec *spec)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Asked *asked = g_new0 (Asked, 1);
  GtkWidget *dialog;

  g_set_weak_pointer (&asked->page, self);
  asked->key = key_of (self, spec);
  asked->kind = spec->kind;
  asked->step = spec->step;
  dialog = kaf_act_dialog_new (self->store, self->data, spec,
                               g_hash_table_lookup (self->typed, asked->key));
  g_signal_connect_data (dialog, "written", G_CALLBACK (on_written), asked, asked_free, 0);
  g_signal_connect (dialog, "close-request", G_CALLBACK (on_close), asked);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  g_set_weak_pointer (&self->dialog, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Leaving */

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafMissionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMissionActResult) written =
      kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->writing--;
  if (written == NULL)
    {
      kaf_mission_page_report (self, _ ("The step was not left"), error);
      return;
    }
  say_done (self, KAF_ACT_LEAVE, self->data != NULL ? self->data->life.step : 1);
  kaf_store_announce (KAF_STORE (source), written->receipt);
}

typedef struct
{
  char *mission;
  guint step;
} Leaving;

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_free (leaving->mission);
  g_free (leaving);
}

static gpointer
leave_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Leaving *leaving = data;
  const KafMissionActOrder order = { .mission = leaving->mission,
                                     .kind = KAF_ACT_LEAVE,
                                     .step = leaving->step };

  return kaf_mission_act_commit (db, &order, cancellable, error);
}

static void
leave_at_once (KafMissionPage *self)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->mission = g_strdup (self->id);
  leaving->step = self->step;
  self->writing++;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, leave_job, leaving, leaving_free,
                       (GDestroyNotify) kaf_mission_act_result_free, NULL, on_left,
                       g_object_ref (self));
}

static void
on_leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  gboolean on_paper;

  if (!kaf_mission_page_is_writable (self) || self->writing > 0 ||
      !kaf_leave_allowed (self->data, self->step, &on_paper, NULL))
    {
      gtk_widget_error_bell (widget);
      return;
    }
  if (on_paper)
    {
      KafActSpec spec = { .kind = KAF_ACT_LEAVE,
                          .step = self->step,
                          .title = _ ("Decided on Paper"),
                          .accept = _ ("Leave the Step"),
                          .on_paper = TRUE };

      spec.body = g_strdup (_ ("Who decided, in which function, on which day; and the scan of what "
                               "was signed. It prints with the file."));
      ask (self, &spec);
    }
  else
    leave_at_once (self);
}

/* Justifying and overriding */

static const KafCheck *
find_check (KafMissionPage *self, guint step, const char *code)
{
  GPtrArray *checks = self->data->checks[step];

  for (guint i = 0; i < checks->len; i++)
    {
      const KafCheck *check = g_ptr_array_index (checks, i);

      if (strcmp (check->rule->rule.code, code) == 0)
        return check;
    }
  return NULL;
}

static char *
what_is_found (const KafCheck *check, const char *about)
{
  for (guint i = 0; i < check->findings->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (check->findings, i);

      if ((about == NULL || g_strcmp0 (finding->id, about) == 0) && finding->sentence != NULL)
        return kaf_bidi_line (finding->sentence);
    }
  return g_strdup (_ (check->rule->label));
}

static void
on_justify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  const char *code, *about;
  const KafCheck *check;
  KafActSpec spec = {
    .kind = KAF_ACT_ACKNOWLEDGE, .title = _ ("Justify"), .accept = _ ("Justify"), .reason = TRUE
  };
  int step;

  g_variant_get (parameter, "(i&s&s)", &step, &code, &about);
  if (!kaf_mission_page_is_writable (self) || step < 1 || step > KAF_MISSION_STEPS)
    return;
  check = find_check (self, (guint) step, code);
  if (check == NULL)
    return;
  spec.step = (guint) step;
  spec.code = g_strdup (code);
  spec.about = *about != '\0' ? g_strdup (about) : NULL;
  spec.body = what_is_found (check, spec.about);
  ask (self, &spec);
}

static void
ask_override (KafMissionPage *self, const char *code)
{
  const KafCheck *check = find_check (self, self->step, code);
  KafActSpec spec = { .kind = KAF_ACT_OVERRIDE,
                      .step = self->step,
                      .title = _ ("Override a Gate"),
                      .accept = _ ("Override"),
                      .reason = TRUE,
                      .drastic = TRUE };
  g_autofree char *found = NULL;

  if (check == NULL || !check->rule->overridable)
    return;
  found = what_is_found (check, NULL);
  spec.on_paper = !kaf_leave_role (self->data)->approves;
  spec.code = g_strdup (code);
  spec.body = g_strdup_printf (_ ("%s The override prints with the file, with its reason."), found);
  ask (self, &spec);
}

/* What the menu names */

typedef struct
{
  const char *name;
  KafActKind kind;
  const char *title, *body, *accept;
  gboolean drastic;
} Plain;

static const Plain plain[] = {
  { "reopen", KAF_ACT_REOPEN, N_ ("Reopen the Step"),
    N_ ("The steps after it are to be re-checked. All data is kept, and the file is archived as it "
        "stands now."),
    N_ ("Reopen"), FALSE },
  { "hold", KAF_ACT_HOLD, N_ ("Put on Hold"),
    N_ ("No step is left until the mission is resumed; its data can still be written."),
    N_ ("Put on Hold"), FALSE },
  { "resume", KAF_ACT_RESUME, N_ ("Resume the Mission"),
    N_ ("It goes on at the step at which it stood."), N_ ("Resume"), FALSE },
  { "abandon", KAF_ACT_ABANDON, N_ ("Abandon the Mission"),
    N_ ("Nothing is deleted. A manager can have it resumed."), N_ ("Abandon"), TRUE },
  { "deviation", KAF_ACT_DEVIATION, N_ ("Record a Deviation"),
    N_ ("What was done otherwise than approved, and why."), N_ ("Record"), FALSE },
  { "incident", KAF_ACT_INCIDENT, N_ ("Record an Incident"),
    N_ ("What happened, when, and what was done about it. It stays in the history of the file."),
    N_ ("Record"), FALSE },
};

/* Of an act that another decides: resuming what was abandoned, reopening the evaluation. */
static gboolean
is_on_paper (KafMissionPage *self, const Plain *act)
{
  if (kaf_leave_role (self->data)->approves)
    return FALSE;
  return (act->kind == KAF_ACT_RESUME && self->data->life.state == KAF_MISSION_ABANDONED) ||
         (act->kind == KAF_ACT_REOPEN && self->step == KAF_MISSION_STEPS);
}

static void
on_act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafMissionPage *self = KAF_MISSION_PAGE (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  if (!kaf_mission_page_is_writable (self))
    return;
  if (g_str_has_prefix (name, "override "))
    ask_override (self, name + strlen ("override "));
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (plain[i].name, name))
      {
        KafActSpec spec = { .kind = plain[i].kind,
                            .step = plain[i].kind == KAF_ACT_REOPEN ? self->step
                                                                    : self->data->life.step,
                            .title = _ (plain[i].title),
                            .accept = _ (plain[i].accept),
                            .reason = TRUE,
                            .on_paper = is_on_paper (self, &plain[i]),
                            .drastic = plain[i].drastic };

        spec.body = g_strdup (_ (plain[i].body));
        ask (self, &spec);
      }
}

void
kaf_mission_page_install_acts (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "mission.leave", NULL, on_leave);
  gtk_widget_class_install_action (klass, "mission.justify", "(iss)", on_justify);
  gtk_widget_class_install_action (klass, "mission.act", "s", on_act);
}

static void
enable_one (KafMissionPage *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
enable (KafMissionPage *self, const char *const *actions, gsize n_actions, gboolean enabled)
{
  for (gsize i = 0; i < n_actions; i++)
    enable_one (self, actions[i], enabled);
}

/* An action names the part itself; without any that it could be of, it is shut. */
static gboolean
may_any (KafMissionPage *self, gboolean (*may) (KafMissionPage *self, const char *entity))
{
  gboolean any = FALSE;

  for (const KafMissionPart *part = kaf_mission_parts; part->entity != NULL && !any; part++)
    any = self->store != NULL && may (self, part->entity);
  return any;
}

/* Nobody who is not told all that stands in it. */
static gboolean
may_print (KafMissionPage *self, const char *document)
{
  return kaf_document_find_untold (kaf_document_find (document), self->data->role) == NULL;
}

void
kaf_mission_page_update_actions (KafMissionPage *self)
{
  static const struct
  {
    const char *action, *document;
  } printing[] = { { "mission.dossier", "mission-file" },
                   { "mission.dossier-to", "mission-file" },
                   { "mission.print-version", "mission-step" } };
  static const char *const parts[] = { "mission.edit", "mission.set", "mission.set-today" };
  static const char *const making[] = { "mission.add", "mission.remove" };
  static const char *const acts[] = { "mission.act", "mission.justify" };
  static const char *const reading[] = { "mission.show-step",    "mission.history",
                                         "mission.next-finding", "mission.mend",
                                         "mission.open",         "mission.take" };
  gboolean writable = self->store != NULL && kaf_mission_page_is_writable (self);
  gboolean on_paper;

  enable (self, parts, G_N_ELEMENTS (parts), may_any (self, kaf_mission_page_may_write));
  enable (self, making, G_N_ELEMENTS (making), may_any (self, kaf_mission_page_may_make));
  enable (self, acts, G_N_ELEMENTS (acts), writable && kaf_mission_data_may_act (self->data));
  enable (self, reading, G_N_ELEMENTS (reading), self->data != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (printing); i++)
    enable_one (self, printing[i].action,
                self->data != NULL && may_print (self, printing[i].document));
  enable_one (self, "mission.edit-mission", kaf_mission_page_may_write (self, "mission"));
  enable_one (self, "mission.remind", kaf_mission_page_may_make (self, "contact"));
  enable_one (self, "mission.find-experts",
              self->data != NULL && kaf_mission_data_may_make (self->data, "mission_expert"));
  enable_one (self, "mission.request-candidates",
              kaf_mission_page_may_make (self, "candidate_request"));
  enable_one (self, "mission.leave",
              writable && self->step != 0 && kaf_mission_data_may_act (self->data) &&
                  kaf_leave_allowed (self->data, self->step, &on_paper, NULL));
}
