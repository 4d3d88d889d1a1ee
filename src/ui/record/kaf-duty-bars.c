/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-bar.h"
#include "ui/record/kaf-duty-progress.h"
#include "ui/record/kaf-record-section.h"

#define GROUPS_SHOWN 8

static const char *const words[KAF_DUTIES_N] = {
  [KAF_DUTIES_OVERDUE] = N_ ("Overdue"),
  [KAF_DUTIES_SOON] = N_ ("Due soon"),
  [KAF_DUTIES_OPEN] = N_ ("To come"),
  [KAF_DUTIES_DONE] = N_ ("Done"),
};

struct _KafDutyBars
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  char *entity;
  GCancellable *cancellable;
  GtkWidget *section;
};

G_DEFINE_FINAL_TYPE (KafDutyBars, kaf_duty_bars, GTK_TYPE_BOX)

typedef struct
{
  char *entity, *id;
  KafLang lang;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->entity);
  g_free (request->id);
  g_free (request);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return kaf_duty_progress_read (db, request->entity, request->id, request->lang, cancellable,
                                 error);
}

/* The list of just these: how a commitment stands is computed, no condition finds it. */
static GVariant *
make_target (GPtrArray *const *ids, guint n)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("commitment"));
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *json = NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < ids[i]->len; j++)
      g_ptr_array_add (values, g_ptr_array_index (ids[i], j));
  g_ptr_array_add (values, NULL);
  kaf_query_set_condition (query, "id", KAF_OP_ANY_OF, (const char **) values->pdata);
  json = kaf_query_to_json (query);
  return g_variant_new_string (json);
}

static guint
count_all (GPtrArray *const *ids)
{
  guint n = 0;

  for (guint i = 0; i < KAF_DUTIES_N; i++)
    n += ids[i]->len;
  return n;
}

static void
add_states (KafDutyBars *self, GtkWidget *card, const KafDutyProgress *progress)
{
  guint all = count_all (progress->ids);

  for (guint i = 0; i < KAF_DUTIES_N; i++)
    {
      g_autofree char *number = kaf_number_format (progress->ids[i]->len, self->lang);
      GtkWidget *bar;

      if (progress->ids[i]->len == 0)
        continue;
      bar = kaf_bar_new ();
      kaf_bar_set (KAF_BAR (bar), _ (words[i]), number, progress->ids[i]->len, all,
                   "win.show-query", make_target (&progress->ids[i], 1));
      gtk_box_append (GTK_BOX (card), bar);
    }
}

/* "3 of 5 done, 1 overdue" */
static char *
describe_group (KafDutyBars *self, const KafDutyGroup *group)
{
  g_autofree char *done = kaf_number_format (group->ids[KAF_DUTIES_DONE]->len, self->lang);
  g_autofree char *all = kaf_number_format (count_all (group->ids), self->lang);
  g_autofree char *late = kaf_number_format (group->ids[KAF_DUTIES_OVERDUE]->len, self->lang);

  /* Translators: how many commitments are done, of how many, and how many are overdue. */
  if (group->ids[KAF_DUTIES_OVERDUE]->len > 0)
    return g_strdup_printf (_ ("%s of %s done, %s overdue"), done, all, late);
  return g_strdup_printf (_ ("%s of %s done"), done, all);
}

static void
add_groups (KafDutyBars *self, GtkWidget *card, const KafDutyProgress *progress)
{
  GtkWidget *heading = gtk_label_new (
      g_str_equal (self->entity, "convention") ? _ ("By party") : _ ("By convention"));

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_widget_set_margin_top (heading, 6);
  gtk_box_append (GTK_BOX (card), heading);
  for (guint i = 0; i < progress->groups->len && i < GROUPS_SHOWN; i++)
    {
      const KafDutyGroup *group = g_ptr_array_index (progress->groups, i);
      g_autofree char *text = describe_group (self, group);
      g_autofree char *title = kaf_bidi_isolate (group->title != NULL ? group->title : "—");
      GtkWidget *bar = kaf_bar_new ();

      kaf_bar_set (KAF_BAR (bar), title, text, group->ids[KAF_DUTIES_DONE]->len,
                   count_all (group->ids), "win.show-query",
                   make_target (group->ids, KAF_DUTIES_N));
      gtk_box_append (GTK_BOX (card), bar);
    }
}

static void
show (KafDutyBars *self, const KafDutyProgress *progress)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  add_states (self, card, progress);
  add_groups (self, card, progress);
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), card);
  gtk_widget_set_visible (self->section, progress->groups->len > 0);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafDutyBars) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafDutyProgress) progress = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (progress != NULL && self->store != NULL)
    show (self, progress);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The progress of the commitments was not read: %s", error->message);
}

static void
kaf_duty_bars_dispose (GObject *object)
{
  KafDutyBars *self = KAF_DUTY_BARS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->entity, g_free);

  G_OBJECT_CLASS (kaf_duty_bars_parent_class)->dispose (object);
}

static void
kaf_duty_bars_class_init (KafDutyBarsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_duty_bars_dispose;
}

static void
kaf_duty_bars_init (KafDutyBars *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->section = kaf_record_section_new (_ ("Progress of the commitments"));
  gtk_widget_set_visible (self->section, FALSE);
  gtk_box_append (GTK_BOX (self), self->section);
}

GtkWidget *
kaf_duty_bars_new (KafStore *store, const char *entity, KafLang lang)
{
  KafDutyBars *self = g_object_new (KAF_TYPE_DUTY_BARS, NULL);

  self->store = g_object_ref (store);
  self->entity = g_strdup (entity);
  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_duty_bars_set_id (KafDutyBars *self, const char *id)
{
  Request *request;

  g_return_if_fail (KAF_IS_DUTY_BARS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->entity = g_strdup (self->entity);
  request->id = g_strdup (id);
  request->lang = self->lang;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, read_job, request, request_free,
                       (GDestroyNotify) kaf_duty_progress_free, self->cancellable, on_read,
                       g_object_ref (self));
}
