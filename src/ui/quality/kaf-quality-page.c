/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reading fills all of it, behind what somebody waits for; and again when the store or the day changes. */
#include "config.h"

#include "ui/quality/kaf-quality-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/quality/kaf-campaign.h"
#include "ui/quality/kaf-quality-rows.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"

#define ROWS_SHOWN 8

typedef struct
{
  GtkWidget *section, *card;
} Card;

struct _KafQualityPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable; /* of the reading under way */
  KafQuality *quality;       /* nullable: nothing was read yet */
  guint busy;
  gboolean stale;                     /* the store changed while the page did not show */
  gboolean whole[KAF_QUALITY_N_AXES]; /* more than ROWS_SHOWN were asked for */

  GtkWidget *frame, *stack;
  Card freshness, checked, completeness;
  Card axes[KAF_QUALITY_N_AXES];
};

G_DEFINE_FINAL_TYPE (KafQualityPage, kaf_quality_page, GTK_TYPE_BOX)

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* Showing */

static gboolean
can_ask (KafQualityPage *self)
{
  return self->quality->askable > 0;
}

static void
show_freshness (KafQualityPage *self)
{
  g_autofree char *all = kaf_number_format (self->quality->all, kaf_application_get_lang ());
  g_autofree char *note =
      g_strdup_printf (ngettext ("%s expert", "%s experts", (gulong) self->quality->all), all);

  empty (self->freshness.card);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->freshness.section), note);
  for (guint i = 0; i < KAF_QUALITY_N_AGES; i++)
    gtk_box_append (
        GTK_BOX (self->freshness.card),
        kaf_quality_row_new_measure (self->quality, i, can_ask (self) && i != KAF_QUALITY_FRESH));
}

static void
show_checked (KafQualityPage *self)
{
  empty (self->checked.card);
  gtk_box_append (
      GTK_BOX (self->checked.card),
      kaf_quality_row_new_measure (self->quality, KAF_QUALITY_UNVERIFIED, can_ask (self)));
  gtk_box_append (GTK_BOX (self->checked.card),
                  kaf_quality_row_new_measure (self->quality, KAF_QUALITY_BOTH_SCRIPTS, FALSE));
}

static void
show_completeness (KafQualityPage *self)
{
  empty (self->completeness.card);
  gtk_box_append (GTK_BOX (self->completeness.card), kaf_quality_row_new_headings ());
  for (guint i = KAF_QUALITY_FIRST_LACK; i <= KAF_QUALITY_LAST_LACK; i++)
    gtk_box_append (GTK_BOX (self->completeness.card),
                    kaf_quality_row_new_lack (self->quality, i, can_ask (self)));
}

static void show_axis (KafQualityPage *self, KafQualityAxis axis);

static void
on_more (GtkButton *button, KafQualityPage *self)
{
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    if (gtk_widget_is_ancestor (GTK_WIDGET (button), self->axes[axis].card))
      {
        self->whole[axis] = TRUE;
        show_axis (self, axis);
        return;
      }
}

static void
add_more (KafQualityPage *self, GtkWidget *card, guint n)
{
  g_autofree char *left = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *text = g_strdup_printf (ngettext ("Show %s More", "Show %s More", n), left);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (on_more), self);
  gtk_box_append (GTK_BOX (card), button);
}

static void
show_axis (KafQualityPage *self, KafQualityAxis axis)
{
  const GPtrArray *rows = self->quality->rows[axis];
  Card *card = &self->axes[axis];
  guint n = self->whole[axis] ? rows->len : MIN (rows->len, ROWS_SHOWN);
  gint64 max = 1;

  empty (card->card);
  for (guint i = 0; i < rows->len; i++)
    max = MAX (max, ((const KafQualityRow *) rows->pdata[i])->all);
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (card->card),
                    kaf_quality_row_new_cell (rows->pdata[i], axis, max, can_ask (self)));
  if (n < rows->len)
    add_more (self, card->card, rows->len - n);
  gtk_widget_set_visible (card->section, rows->len > 0);
}

static void
show_all (KafQualityPage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->quality->all > 0 ? "figures" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), KAF_QUALITY_ASK, can_ask (self));
  if (self->quality->all == 0)
    return;
  show_freshness (self);
  show_checked (self);
  show_completeness (self);
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    show_axis (self, axis);
}

/* Reading */

static gpointer
read_job (KafDatabase *db, gpointer lang, GCancellable *cancellable, GError **error)
{
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));

  return kaf_quality_read (db, all, KAF_DAY_UNKNOWN, (1u << KAF_QUALITY_N_AXES) - 1,
                           GPOINTER_TO_INT (lang), cancellable, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafQualityPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuality) quality = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->busy--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (quality == NULL)
    {
      g_warning ("Measuring the data failed: %s", error != NULL ? error->message : "no result");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->quality != NULL);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  g_clear_pointer (&self->quality, kaf_quality_free);
  self->quality = g_steal_pointer (&quality);
  show_all (self);
}

static void
refresh (KafQualityPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  self->busy++;
  kaf_store_run_async (
      self->store, KAF_LANE_BACKGROUND, read_job, GINT_TO_POINTER (kaf_application_get_lang ()),
      NULL, (GDestroyNotify) kaf_quality_free, self->cancellable, on_read, g_object_ref (self));
}

static void
on_changed (KafQualityPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

/* Lists */

static KafWindow *
get_window (KafQualityPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

/* "C3M: never confirmed". (transfer full) */
static char *
tell_row (KafQualityPage *self, KafQualityAxis axis, const char *code)
{
  const GPtrArray *rows = self->quality->rows[axis];

  for (guint i = 0; i < rows->len; i++)
    {
      const KafQualityRow *row = rows->pdata[i];

      if (g_strcmp0 (row->code, code) == 0)
        return g_strdup (row->title != NULL ? row->title : _ (kaf_quality_axis_none (axis)));
    }
  return g_strdup (_ ("Experts"));
}

/* Whom the target of an action is about; @label (out): in words. (transfer full) */
static KafQuery *
make_list (KafQualityPage *self, GVariant *target, char **label)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  const char *axis_id, *code, *measure_id;
  KafQualityAxis axis;
  KafQualityMeasure measure;

  g_variant_get (target, "(&s&s&s)", &axis_id, &code, &measure_id);
  axis = kaf_quality_axis_parse (axis_id);
  measure = kaf_quality_parse (measure_id);
  if (*code == '\0')
    code = NULL;
  if (axis < KAF_QUALITY_N_AXES)
    {
      KafQuery *row = kaf_quality_row_list (query, axis, code);

      kaf_query_unref (query);
      query = row;
    }
  if (measure == KAF_QUALITY_N_MEASURES)
    *label = axis < KAF_QUALITY_N_AXES ? tell_row (self, axis, code) : g_strdup (_ ("Experts"));
  else
    *label = g_strdup (_ (kaf_quality_label (measure)));
  return measure == KAF_QUALITY_N_MEASURES ? g_steal_pointer (&query)
                                           : kaf_quality_list (query, measure, self->quality->day);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafQualityPage *self = KAF_QUALITY_PAGE (widget);
  g_autofree char *label = NULL;
  g_autoptr (KafQuery) query = self->quality != NULL ? make_list (self, parameter, &label) : NULL;

  if (query != NULL && get_window (self) != NULL)
    kaf_window_show_query (get_window (self), query);
}

static void
on_known (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafQualityPage *self = KAF_QUALITY_PAGE (widget);
  KafQualityMeasure measure = kaf_quality_parse (g_variant_get_string (parameter, NULL));
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_autoptr (KafQuery) query = NULL;

  if (measure < KAF_QUALITY_FIRST_LACK || measure > KAF_QUALITY_LAST_LACK ||
      get_window (self) == NULL)
    return;
  query = kaf_quality_known (all, measure);
  kaf_window_show_query (get_window (self), query);
}

static void
on_ask (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafQualityPage *self = KAF_QUALITY_PAGE (widget);
  g_autofree char *label = NULL;
  g_autoptr (KafQuery) query = self->quality != NULL ? make_list (self, parameter, &label) : NULL;

  if (query != NULL && get_window (self) != NULL)
    kaf_campaign_ask (get_window (self), self->store, query, label);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_QUALITY_PAGE (widget));
}

/* The page */

static void
kaf_quality_page_map (GtkWidget *widget)
{
  KafQualityPage *self = KAF_QUALITY_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_quality_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_quality_page_dispose (GObject *object)
{
  KafQualityPage *self = KAF_QUALITY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->quality, kaf_quality_free);
  G_OBJECT_CLASS (kaf_quality_page_parent_class)->dispose (object);
}

static void
kaf_quality_page_class_init (KafQualityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_quality_page_dispose;
  widget_class->map = kaf_quality_page_map;
  gtk_widget_class_install_action (widget_class, "quality.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, KAF_QUALITY_OPEN, "(sss)", on_open);
  gtk_widget_class_install_action (widget_class, KAF_QUALITY_ASK, "(sss)", on_ask);
  gtk_widget_class_install_action (widget_class, "quality.known", "s", on_known);
}

static void
add_card (Card *self, GtkWidget *column, const char *title)
{
  self->section = kaf_record_section_new (title);
  self->card = kaf_record_section_bars ();
  gtk_box_append (GTK_BOX (self->section), self->card);
  gtk_box_append (GTK_BOX (column), self->section);
}

static GtkWidget *
make_body (KafQualityPage *self)
{
  static const char *const titles[KAF_QUALITY_N_AXES] = { N_ ("By network"), N_ ("By source"),
                                                          N_ ("By source of the import") };
  GtkWidget *start = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *columns = kaf_columns_new (start, end, 760, 50, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  add_card (&self->freshness, start, _ ("Freshness"));
  add_card (&self->checked, start, _ ("Verification"));
  add_card (&self->completeness, start, _ ("Completeness"));
  for (guint axis = 0; axis < KAF_QUALITY_N_AXES; axis++)
    add_card (&self->axes[axis], end, _ (titles[axis]));
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

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Import a File…"));

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.import");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-users-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing to Measure Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Once there are experts, it is told here how fresh, complete and verified what is known "
         "of them is, and whom to ask."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static void
kaf_quality_page_init (KafQualityPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *ask = gtk_button_new ();
  GtkWidget *label = gtk_label_new (_ ("Whom to Ask…"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Data quality"), NULL));
  /* A label that shrinks: or the page could not be as narrow as a telephone. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (ask), label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (ask), "(sss)", "", "", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ask), KAF_QUALITY_ASK);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), ask);
  gtk_box_append (GTK_BOX (self), header);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "none");
  gtk_stack_add_named (GTK_STACK (self->stack), make_body (self), "figures");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  self->frame =
      kaf_read_frame_new (self->stack, _ ("The Figures Could Not Be Read"), "quality.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), KAF_QUALITY_ASK, FALSE);
}

GtkWidget *
kaf_quality_page_new (KafStore *store)
{
  KafQualityPage *self = g_object_new (KAF_TYPE_QUALITY_PAGE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_quality_page_is_settled (KafQualityPage *self)
{
  g_return_val_if_fail (KAF_IS_QUALITY_PAGE (self), FALSE);
  return self->quality != NULL && self->busy == 0 && !self->stale;
}

const KafQuality *
kaf_quality_page_get_figures (KafQualityPage *self)
{
  g_return_val_if_fail (KAF_IS_QUALITY_PAGE (self), NULL);
  return self->quality;
}
