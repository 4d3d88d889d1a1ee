/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-act-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-mission-act.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-keys.h"
#include "ui/mission/kaf-leave-foot.h"

#define WIDTH 460
#define HEIGHT_MOST 560
/* px: a window does not grow by itself once its lines wrap. */
#define BODY_HEIGHT 100
#define REASON_HEIGHT 120
#define PAPER_HEIGHT 270

struct _KafActDialog
{
  AdwWindow parent_instance;

  KafStore *store;
  KafMissionData *data;
  KafActSpec spec;
  GPtrArray *rows; /* (element-type KafFieldRow) */
  GtkWidget *error;
  GtkWidget *accept;
  gboolean writing;
};

G_DEFINE_FINAL_TYPE (KafActDialog, kaf_act_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_WRITTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
kaf_act_spec_clear (KafActSpec *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->body, g_free);
}

static KafRecord *
act_record_new (const KafMissionData *data, KafActKind kind, guint step, gboolean content)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("mission_act"), NULL);
  g_autofree char *number = g_strdup_printf ("%u", step);

  kaf_record_set (record, "mission", data->id);
  kaf_record_set (record, "kind", kaf_act_kind_id (kind));
  kaf_record_set (record, "step", number);
  kaf_record_set (record, "after", data->life.last != NULL ? data->life.last->id : NULL);
  if (content)
    kaf_record_set (record, "content", data->mission->content);
  return record;
}

/* Writing */

/* What the order points to, for a worker. */
typedef struct
{
  KafMissionActOrder order;
  char *texts[7];
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  for (gsize i = 0; i < G_N_ELEMENTS (job->texts); i++)
    g_free (job->texts[i]);
  g_clear_object (&job->order.scan);
  g_free (job);
}

static Job *
job_new (KafActDialog *self, const KafRecord *record, GFile *scan)
{
  Job *job = g_new0 (Job, 1);
  const char *const fields[] = { "mission",    "code",           "about",   "reason",
                                 "paper_name", "paper_function", "paper_on" };
  const char **places[] = { &job->order.mission, &job->order.code,       &job->order.about,
                            &job->order.reason,  &job->order.paper_name, &job->order.paper_function,
                            &job->order.paper_on };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    *places[i] = job->texts[i] = g_strdup (kaf_record_get (record, fields[i]));
  job->order.kind = self->spec.kind;
  job->order.step = self->spec.step;
  g_set_object (&job->order.scan, scan);
  return job;
}

static gpointer
write_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return kaf_mission_act_commit (db, &job->order, cancellable, error);
}

static void
show_error (KafActDialog *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafActDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafMissionActResult) written =
      kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *text = NULL;

  self->writing = FALSE;
  if (written != NULL)
    {
      kaf_store_announce (KAF_STORE (source), written->receipt);
      g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (self->store == NULL || error == NULL)
    return;
  text = kaf_error_text (error);
  show_error (self, text);
  gtk_widget_set_sensitive (self->accept, TRUE);
}

static GFile *
get_scan (KafActDialog *self)
{
  KafFieldRow *row = kaf_act_dialog_get_row (self, "scan");

  return row != NULL ? kaf_field_row_get_file (row) : NULL;
}

/* FALSE: a row holds what cannot be kept; it has the focus. */
static gboolean
collect (KafActDialog *self, KafRecord *record)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      const KafField *field = kaf_field_row_get_field (row);
      g_autofree char *canonical = NULL;

      if (field->kind == KAF_KIND_ATTACHMENT)
        continue;
      if (!kaf_field_row_check (row, &canonical))
        {
          kaf_field_row_focus (row);
          return FALSE;
        }
      kaf_record_set (record, field->id, canonical);
    }
  return TRUE;
}

/* The rules say it before the store does, so that what is missing is told beside it. */
static gboolean
may_act (KafActDialog *self, const KafRecord *record, GError **error)
{
  const KafAct act = { .kind = self->spec.kind,
                       .step = self->spec.step,
                       .after = kaf_record_get (record, "after"),
                       .code = kaf_record_get (record, "code"),
                       .about = kaf_record_get (record, "about"),
                       .reason = kaf_record_get (record, "reason"),
                       .content = kaf_record_get (record, "content"),
                       .by = self->data->context.me,
                       .paper_name = kaf_record_get (record, "paper_name"),
                       .paper_function = kaf_record_get (record, "paper_function"),
                       .paper_on = kaf_day_parse (kaf_record_get (record, "paper_on")),
                       .has_scan = get_scan (self) != NULL };

  if (self->spec.kind == KAF_ACT_LEAVE)
    return kaf_mission_may_leave (self->data->mission, &act, kaf_leave_role (self->data),
                                  &self->data->context, error);
  return kaf_mission_may_act (self->data->mission, &act, kaf_leave_role (self->data),
                              &self->data->context, error);
}

void
kaf_act_dialog_accept (KafActDialog *self)
{
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gboolean approves;

  g_return_if_fail (KAF_IS_ACT_DIALOG (self));

  if (self->writing)
    return;
  approves = (self->spec.kind == KAF_ACT_LEAVE && self->spec.step == 6) ||
             self->spec.kind == KAF_ACT_DEVIATION;
  record = act_record_new (self->data, self->spec.kind, self->spec.step, approves);
  kaf_record_set (record, "code", self->spec.code);
  kaf_record_set (record, "about", self->spec.about);
  show_error (self, NULL);
  if (!collect (self, record))
    return;
  if (!may_act (self, record, &error))
    {
      show_error (self, g_dgettext (GETTEXT_PACKAGE, error->message));
      return;
    }
  self->writing = TRUE;
  gtk_widget_set_sensitive (self->accept, FALSE);
  kaf_store_run_async (
      self->store, KAF_LANE_WRITE, write_job, job_new (self, record, get_scan (self)), job_free,
      (GDestroyNotify) kaf_mission_act_result_free, NULL, on_written, g_object_ref (self));
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static gboolean
on_accept_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  kaf_act_dialog_accept (KAF_ACT_DIALOG (widget));
  return TRUE;
}

static void
kaf_act_dialog_dispose (GObject *object)
{
  KafActDialog *self = KAF_ACT_DIALOG (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_act_dialog_parent_class)->dispose (object);
}

static void
kaf_act_dialog_finalize (GObject *object)
{
  KafActDialog *self = KAF_ACT_DIALOG (object);

  kaf_act_spec_clear (&self->spec);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->data, kaf_mission_data_unref);
  G_OBJECT_CLASS (kaf_act_dialog_parent_class)->finalize (object);
}

static void
kaf_act_dialog_class_init (KafActDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_act_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_act_dialog_finalize;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_act_dialog_init (KafActDialog *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->rows = g_ptr_array_new ();
  /* Before the reason takes it for a new line. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  kaf_keys_add (keys, GDK_KEY_Return, GDK_CONTROL_MASK, on_accept_key, NULL, NULL);
  kaf_keys_add (keys, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_accept_key, NULL, NULL);
  kaf_keys_add (keys, GDK_KEY_s, GDK_CONTROL_MASK, on_accept_key, NULL, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
}

static GtkWidget *
make_bar (KafActDialog *self)
{
  GtkWidget *bar = kaf_dialog_header_new ("window.close", self->spec.accept, NULL, &self->accept);

  if (self->spec.drastic)
    kaf_dialog_header_make_drastic (self->accept);
  g_signal_connect_swapped (self->accept, "clicked", G_CALLBACK (kaf_act_dialog_accept), self);
  return bar;
}

static void
add_row (KafActDialog *self, GtkWidget *box, const char *id)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("mission_act"), id);
  GtkWidget *row = kaf_field_row_new (field, self->store);

  g_ptr_array_add (self->rows, row);
  gtk_box_append (GTK_BOX (box), row);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "kaf-wraps");
  return label;
}

static GtkWidget *
make_content (KafActDialog *self)
{
  static const char *const paper[] = { "paper_name", "paper_function", "paper_on", "scan" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "kaf-record-padded");
  if (self->spec.body != NULL)
    gtk_box_append (GTK_BOX (box), make_label (self->spec.body, "body"));
  if (self->spec.reason)
    add_row (self, box, "reason");
  for (gsize i = 0; self->spec.on_paper && i < G_N_ELEMENTS (paper); i++)
    add_row (self, box, paper[i]);
  self->error = make_label ("", "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (box), self->error);
  return box;
}

GtkWidget *
kaf_act_dialog_new (KafStore *store,
                    const KafMissionData *data,
                    KafActSpec *spec,
                    const char *reason)
{
  /* By itself it is told as no window at all. */
  KafActDialog *self =
      g_object_new (KAF_TYPE_ACT_DIALOG, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->store = g_object_ref (store);
  self->data = kaf_mission_data_ref ((KafMissionData *) data);
  self->spec = *spec;
  *spec = (KafActSpec){ 0 };
  gtk_window_set_title (GTK_WINDOW (self), self->spec.title);
  gtk_box_append (GTK_BOX (box), make_bar (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              (self->spec.body != NULL ? BODY_HEIGHT : 0) +
                                                  (self->spec.reason ? REASON_HEIGHT : 0) +
                                                  (self->spec.on_paper ? PAPER_HEIGHT : 0));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT_MOST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_content (self));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  if (reason != NULL && self->spec.reason)
    kaf_field_row_set_typed (kaf_act_dialog_get_row (self, "reason"), reason);
  if (self->rows->len > 0)
    kaf_field_row_focus (g_ptr_array_index (self->rows, 0));
  return GTK_WIDGET (self);
}

char *
kaf_act_dialog_get_typed (KafActDialog *self)
{
  KafFieldRow *row = kaf_act_dialog_get_row (self, "reason");

  return row != NULL ? kaf_field_row_get_typed (row) : NULL;
}

KafFieldRow *
kaf_act_dialog_get_row (KafActDialog *self, const char *field)
{
  g_return_val_if_fail (KAF_IS_ACT_DIALOG (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (kaf_field_row_get_field (g_ptr_array_index (self->rows, i))->id, field))
      return g_ptr_array_index (self->rows, i);
  return NULL;
}
