/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/target/kaf-funnel-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-money.h"
#include "base/kaf-number.h"
#include "rules/holder/kaf-score-facts.h"
#include "rules/target/kaf-target.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-funnel.h"
#include "store/kaf-mission-settings.h"
#include "store/kaf-totals.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"

typedef struct
{
  KafFunnel *funnel;
  gboolean opens; /* whoever looks may see persons; else small figures are not told */
} Data;

struct _KafFunnelPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable; /* of the reading under way */
  Data *data;                /* nullable: nothing was read yet */
  guint busy;
  gboolean stale;

  GtkWidget *frame;
  GtkWidget *stages, *stages_section;
  GtkWidget *regions;
};

G_DEFINE_FINAL_TYPE (KafFunnelPage, kaf_funnel_page, GTK_TYPE_BOX)

static void
data_free (gpointer data)
{
  Data *self = data;

  g_clear_pointer (&self->funnel, kaf_funnel_free);
  g_free (self);
}

/* Showing */

static char *
number (guint n)
{
  return kaf_few_format (n, kaf_application_get_lang ());
}

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* As the schema has them. */
static const char *
stage_label (KafStage stage)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("project_stage"), "stage");
  const char *id = kaf_stage_id (stage);
  const KafChoice *choice = id != NULL ? kaf_field_find_choice (field, id) : NULL;

  return choice != NULL ? g_dgettext (GETTEXT_PACKAGE, choice->label) : _ ("No stage noted");
}

/* In the order in which a project walks through them; what was given up, and what says nothing, at the end. */
static void
show_stages (KafFunnelPage *self)
{
  static const KafStage order[] = { KAF_STAGE_IDEA,      KAF_STAGE_STUDY,   KAF_STAGE_FILE,
                                    KAF_STAGE_FINANCE,   KAF_STAGE_LICENCE, KAF_STAGE_LAUNCHED,
                                    KAF_STAGE_ABANDONED, KAF_STAGE_NONE };
  const KafFunnel *funnel = self->data->funnel;
  g_autofree char *all = number (funnel->n);
  guint max = 1;

  empty (self->stages);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->stages_section), all);
  for (guint i = 0; i < KAF_FUNNEL_STAGES; i++)
    max = MAX (max, kaf_few_value (funnel->stages[i]));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint n = funnel->stages[order[i]];
      g_autofree char *text = number (n);
      gboolean leads = self->data->opens && n > 0;
      GtkWidget *bar;

      if (order[i] == KAF_STAGE_NONE && n == 0)
        continue;
      bar = kaf_bar_new ();
      kaf_bar_set (KAF_BAR (bar), stage_label (order[i]), text, kaf_few_value (n), max,
                   leads ? "funnel.stage" : NULL, leads ? g_variant_new_uint32 (order[i]) : NULL);
      gtk_box_append (GTK_BOX (self->stages), bar);
    }
}

/* What nobody has said is no zero. (transfer full) */
static char *
describe_jobs (const KafFunnelRegion *region)
{
  g_autofree char *jobs = kaf_number_format (region->jobs, kaf_application_get_lang ());

  if (region->n_unstaffed == region->n_projects)
    /* Translators: of the projects of a region nobody has said how many jobs they bring. */
    return g_strdup (_ ("jobs planned: —"));
  return g_strdup_printf (ngettext ("%s job planned", "%s jobs planned", (gulong) region->jobs),
                          jobs);
}

static char *
describe_amount (const KafFunnelRegion *region)
{
  g_autofree char *canonical = g_strdup_printf ("%" G_GINT64_FORMAT " MAD", region->amount);
  g_autofree char *amount = kaf_money_format (canonical, kaf_application_get_lang ());

  /* Translators: of the projects of a region nobody has said what they cost. */
  return region->n_unpriced < region->n_projects ? kaf_bidi_isolate (amount)
                                                 : g_strdup (_ ("amount: —"));
}

/* "1 200 jobs planned · 12 500 000,00 MAD" */
static char *
describe (const KafFunnelRegion *region)
{
  KafLang lang = kaf_application_get_lang ();
  g_autofree char *money = describe_amount (region);
  g_autofree char *planned = describe_jobs (region);
  g_autofree char *unpriced = kaf_number_format (region->n_unpriced, lang);
  g_autofree char *rest =
      g_strdup_printf (ngettext ("%s without an amount in dirhams",
                                 "%s without an amount in dirhams", region->n_unpriced),
                       unpriced);

  if (!kaf_few_is_told (region->n_holders))
    return NULL;
  return region->n_unpriced > 0 && region->n_unpriced < region->n_projects
             ? g_strjoin (" · ", planned, money, rest, NULL)
             : g_strjoin (" · ", planned, money, NULL);
}

static GVariant *
make_target (const KafFunnelRegion *region, gboolean holders)
{
  return g_variant_new ("(sb)", region->code != NULL ? region->code : "", holders);
}

static void
add_region (KafFunnelPage *self, const KafFunnelRegion *region, guint max)
{
  const char *title = region->title != NULL ? region->title : _ ("Not said");
  gboolean leads = self->data->opens;
  g_autofree char *projects = number (region->n_projects);
  g_autofree char *holders = number (region->n_holders);
  g_autofree char *of =
      g_strdup_printf (ngettext ("%s holder", "%s holders", region->n_holders), holders);
  g_autofree char *said = g_strdup_printf ("%s, %s", title, of);
  g_autofree char *facts = describe (region);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *bar = kaf_bar_new ();
  GtkWidget *button = gtk_button_new_with_label (of);
  GtkWidget *label = gtk_label_new (facts);

  kaf_bar_set (KAF_BAR (bar), title, projects, kaf_few_value (region->n_projects), max,
               leads ? "funnel.region" : NULL, leads ? make_target (region, FALSE) : NULL);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-target-number");
  gtk_widget_set_size_request (button, 96, -1);
  gtk_widget_set_sensitive (button, leads);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  if (leads)
    {
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), make_target (region, TRUE));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "funnel.region");
    }
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "kaf-target-headings");
  gtk_box_append (GTK_BOX (row), bar);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (self->regions), row);
  gtk_box_append (GTK_BOX (self->regions), label);
}

static void
show_regions (KafFunnelPage *self)
{
  const GPtrArray *regions = self->data->funnel->regions;
  guint max = 1;

  empty (self->regions);
  for (guint i = 0; i < regions->len; i++)
    {
      const KafFunnelRegion *region = regions->pdata[i];

      max = MAX (max, kaf_few_value (region->n_projects));
    }
  for (guint i = 0; i < regions->len; i++)
    add_region (self, regions->pdata[i], max);
  if (regions->len == 0)
    gtk_box_append (GTK_BOX (self->regions),
                    kaf_record_section_sentence (_ ("No project is under way.")));
}

/* Reading */

static gpointer
read_data (KafDatabase *db, gpointer lang, GCancellable *cancellable, GError **error)
{
  const KafRole *role = kaf_mission_read_role (db);
  gboolean opens = role != NULL && !role->aggregates_only;
  KafFunnel *funnel = kaf_funnel_read (db, GPOINTER_TO_INT (lang), !opens, cancellable, error);
  Data *data;

  if (funnel == NULL)
    return NULL;
  data = g_new0 (Data, 1);
  data->funnel = funnel;
  data->opens = opens;
  return data;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFunnelPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Data *data = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->busy--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    {
      g_clear_pointer (&data, data_free);
      return;
    }
  if (data == NULL)
    {
      if (!kaf_totals_are_lacking (error))
        g_warning ("Counting the projects failed: %s",
                   error != NULL ? error->message : "no result");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->data != NULL);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  g_clear_pointer (&self->data, data_free);
  self->data = data;
  show_stages (self);
  show_regions (self);
}

static void
refresh (KafFunnelPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_data,
                       GINT_TO_POINTER (kaf_application_get_lang ()), NULL, data_free,
                       self->cancellable, on_read, g_object_ref (self));
}

static void
on_changed (KafFunnelPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

/* Lists */

typedef struct
{
  KafStage stage;
  char *region; /* NULL: by stage */
  gboolean holders;
} Asked;

static void
asked_free (Asked *self)
{
  g_free (self->region);
  g_free (self);
}

static gpointer
read_list (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asked *asked = data;

  if (asked->region == NULL)
    return kaf_funnel_list_stage (db, asked->stage, error);
  return kaf_funnel_list_region (db, *asked->region != '\0' ? asked->region : NULL, asked->holders,
                                 error);
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFunnelPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_store_run_finish (KAF_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->busy--;
  if (query != NULL && KAF_IS_WINDOW (root))
    kaf_window_show_query (KAF_WINDOW (root), query);
  else if (query == NULL && error != NULL && error->domain != G_IO_ERROR)
    g_warning ("Looking up the projects counted failed: %s", error->message);
}

static void
ask (KafFunnelPage *self, Asked *asked)
{
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_list, asked, (GDestroyNotify) asked_free,
                       (GDestroyNotify) kaf_query_unref, NULL, on_list, g_object_ref (self));
}

static void
on_stage (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafFunnelPage *self = KAF_FUNNEL_PAGE (widget);
  Asked *asked;

  if (self->data == NULL || !self->data->opens)
    return;
  asked = g_new0 (Asked, 1);
  asked->stage = MIN (g_variant_get_uint32 (parameter), KAF_STAGE_ABANDONED);
  ask (self, asked);
}

static void
on_region (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafFunnelPage *self = KAF_FUNNEL_PAGE (widget);
  Asked *asked;

  if (self->data == NULL || !self->data->opens)
    return;
  asked = g_new0 (Asked, 1);
  g_variant_get (parameter, "(sb)", &asked->region, &asked->holders);
  ask (self, asked);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_FUNNEL_PAGE (widget));
}

/* The page */

static void
kaf_funnel_page_map (GtkWidget *widget)
{
  KafFunnelPage *self = KAF_FUNNEL_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_funnel_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_funnel_page_dispose (GObject *object)
{
  KafFunnelPage *self = KAF_FUNNEL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->data, data_free);
  G_OBJECT_CLASS (kaf_funnel_page_parent_class)->dispose (object);
}

static void
kaf_funnel_page_class_init (KafFunnelPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_funnel_page_dispose;
  widget_class->map = kaf_funnel_page_map;
  gtk_widget_class_install_action (widget_class, "funnel.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "funnel.stage", "u", on_stage);
  gtk_widget_class_install_action (widget_class, "funnel.region", "(sb)", on_region);
}

static GtkWidget *
add_card (GtkWidget *column, const char *title, GtkWidget **section)
{
  GtkWidget *card = kaf_record_section_bars ();

  *section = kaf_record_section_new (title);
  gtk_box_append (GTK_BOX (*section), card);
  gtk_box_append (GTK_BOX (column), *section);
  return card;
}

static GtkWidget *
make_body (KafFunnelPage *self)
{
  GtkWidget *start = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *columns = kaf_columns_new (start, end, 760, 46, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *section;

  self->stages = add_card (start, _ ("Projects by stage"), &self->stages_section);
  self->regions = add_card (end, _ ("Under way, by region"), &section);
  gtk_widget_add_css_class (columns, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1180);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1180);
  adw_clamp_set_child (ADW_CLAMP (clamp), columns);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
kaf_funnel_page_init (KafFunnelPage *self)
{
  GtkWidget *header = adw_header_bar_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Projects by stage"), NULL));
  gtk_box_append (GTK_BOX (self), header);
  self->frame =
      kaf_read_frame_new (make_body (self), _ ("The Projects Could Not Be Read"), "funnel.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_funnel_page_new (KafStore *store)
{
  KafFunnelPage *self = g_object_new (KAF_TYPE_FUNNEL_PAGE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_funnel_page_is_settled (KafFunnelPage *self)
{
  g_return_val_if_fail (KAF_IS_FUNNEL_PAGE (self), FALSE);
  return self->data != NULL && self->busy == 0;
}
