/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reading fills all of it, and again when the store or the day changes. */
#include "config.h"

#include "ui/target/kaf-target-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "store/kaf-totals.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"
#include "ui/target/kaf-target-data.h"
#include "ui/target/kaf-target-table.h"

struct _KafTargetPage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable; /* of the reading under way */
  KafTargetData *data;       /* nullable: nothing was read yet */
  KafDay day;                /* unknown: today */
  guint busy;
  gboolean stale; /* the store changed while the page did not show */

  GtkWidget *frame;
  GtkWidget *pick, *calendar;
  GtkWidget *said; /* the day, on it */
  GtkWidget *overview;
  GtkWidget *tables[KAF_TARGET_N_AXES];
  GtkWidget *definitions[KAF_TARGET_N_STAGES];
  GtkWidget *path;
  GtkWidget *closing; /* the section of these */
  GtkWidget *months;  /* what is closed and what is not */
  GtkWidget *close;
  gboolean quiet; /* the calendar follows, and nobody chose */
};

G_DEFINE_FINAL_TYPE (KafTargetPage, kaf_target_page, GTK_TYPE_BOX)

static void refresh (KafTargetPage *self);

static char *
number (gint64 n)
{
  return kaf_number_format (n, kaf_application_get_lang ());
}

static char *
tell_day (KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *text = kaf_date_format (iso, kaf_application_get_lang (), KAF_DATE_LONG);

  return kaf_bidi_isolate (text);
}

/* Showing */

static void
show_day (KafTargetPage *self)
{
  g_autofree char *day = tell_day (self->data->count->day);
  /* Translators: the day at whose end it is counted. */
  g_autofree char *text = g_strdup_printf (C_ ("count", "On %s"), day);
  g_autofree char *iso = kaf_day_to_iso (self->data->count->day);
  g_autofree char *moment = g_strconcat (iso, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (moment, NULL);

  gtk_label_set_label (GTK_LABEL (self->said), text);
  self->quiet = TRUE;
  if (when != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (self->calendar), when);
  self->quiet = FALSE;
}

static void
show_definitions (KafTargetPage *self)
{
  const KafTargetCount *count = self->data->count;
  const KafTargetSettings *settings = &count->settings;
  g_autofree char *days = number (settings->days);
  g_autofree char *months = number (settings->months);
  g_autofree char *start = tell_day (settings->start);
  g_autofree char *end = tell_day (settings->end);
  g_autofree char *goal = number (settings->goal);
  g_autofree char *path = NULL;

  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      g_autofree char *text =
          kaf_target_stage_define (stage, days, months, kaf_application_get_lang ());

      gtk_label_set_label (GTK_LABEL (self->definitions[stage]), text);
    }
  if (count->part)
    path =
        g_strdup (_ ("These figures count what lies in your scope on the server. The goal is one "
                     "of all records: nothing here is measured against it."));
  else if (settings->goal > 0)
    /* Translators: two days, then a number of persons. */
    path = g_strdup_printf (
        _ ("The path runs straight from nobody on %1$s to %3$s mobilised on %2$s."), start, end,
        goal);
  gtk_label_set_label (GTK_LABEL (self->path), path != NULL ? path : "");
  gtk_widget_set_visible (self->path, path != NULL);
}

/* Which months are closed is told to who sees records: whoever sees totals alone counts none himself. */
static void
show_months (KafTargetPage *self)
{
  guint n = g_strv_length (self->data->open_months);
  g_autofree char *shown = number (n);
  g_autofree char *text =
      self->data->count->part
          ? g_strdup (_ ("Months are closed with the figures of all records. Those of your scope "
                         "are counted anew each time: an erasure changes them."))
      : n == 0
          ? g_strdup (_ ("All months that are over are closed: their figures stand, whatever is "
                         "erased later."))
          : g_strdup_printf (ngettext ("%s month is over and not closed: an erasure would still "
                                       "change its figures.",
                                       "%s months are over and not closed: an erasure would "
                                       "still change their figures.",
                                       n),
                             shown);

  gtk_widget_set_visible (self->closing, self->data->opens);
  gtk_label_set_label (GTK_LABEL (self->months), text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "target.close", n > 0 && self->data->may_close);
  gtk_widget_set_visible (self->close, self->data->may_close);
}

static void
show_data (KafTargetPage *self)
{
  const KafTargetCount *count = self->data->count;

  show_day (self);
  kaf_target_overview_set (KAF_TARGET_OVERVIEW (self->overview), count, self->data->points,
                           self->data->opens);
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    kaf_target_table_set (KAF_TARGET_TABLE (self->tables[axis]), count->cells[axis],
                          self->data->opens && !count->closed);
  show_definitions (self);
  show_months (self);
}

/* Reading */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTargetPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafTargetData) found = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->busy--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (found == NULL)
    {
      if (!kaf_totals_are_lacking (error))
        g_warning ("Counting towards 2030 failed: %s",
                   error != NULL ? error->message : "no result");
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->data != NULL);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  g_clear_pointer (&self->data, kaf_target_data_free);
  self->data = g_steal_pointer (&found);
  show_data (self);
}

static void
refresh (KafTargetPage *self)
{
  KafTargetQuery *query = g_new0 (KafTargetQuery, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  self->busy++;
  query->day = self->day;
  query->lang = kaf_application_get_lang ();
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    query->axes |= 1u << axis;
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_target_data_read, query, g_free,
                       (GDestroyNotify) kaf_target_data_free, self->cancellable, on_read,
                       g_object_ref (self));
}

static void
on_changed (KafTargetPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  else
    self->stale = TRUE;
}

/* Lists */

typedef struct
{
  KafDay day;
  KafTargetStage stage;
  KafTargetAxis axis;
  char *code;
} Asked;

static void
asked_free (Asked *self)
{
  g_free (self->code);
  g_free (self);
}

static gpointer
read_list (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asked *asked = data;

  return kaf_target_list (db, asked->day, asked->stage, asked->axis,
                          *asked->code != '\0' ? asked->code : NULL, error);
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTargetPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_store_run_finish (KAF_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->busy--;
  if (query != NULL && KAF_IS_WINDOW (root))
    kaf_window_show_query (KAF_WINDOW (root), query);
  else if (query == NULL && error != NULL && error->domain != G_IO_ERROR)
    g_warning ("Looking up who is counted failed: %s", error->message);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafTargetPage *self = KAF_TARGET_PAGE (widget);
  const char *axis, *stage, *code;
  Asked *asked;

  if (self->data == NULL || self->data->count->closed || !self->data->opens)
    return;
  g_variant_get (parameter, "(&s&s&s)", &axis, &stage, &code);
  asked = g_new0 (Asked, 1);
  asked->day = self->data->count->day;
  asked->axis = MIN (kaf_target_axis_parse (axis), KAF_TARGET_N_AXES - 1);
  asked->code = g_strdup (code);
  for (guint i = 0; i < KAF_TARGET_N_STAGES; i++)
    if (g_str_equal (kaf_target_stage_id (i), stage))
      asked->stage = i;
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, read_list, asked, (GDestroyNotify) asked_free,
                       (GDestroyNotify) kaf_query_unref, NULL, on_list, g_object_ref (self));
}

/* Days */

static void
on_at (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafTargetPage *self = KAF_TARGET_PAGE (widget);

  self->day = kaf_day_parse (g_variant_get_string (parameter, NULL));
  refresh (self);
}

static void
on_day_selected (KafTargetPage *self)
{
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *iso = NULL;

  if (self->quiet)
    return;
  when = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  iso = g_date_time_format (when, "%Y-%m-%d");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->pick));
  gtk_widget_activate_action (GTK_WIDGET (self), "target.at", "s", iso);
}

/* Closing months */

static gpointer
close_months (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_target_close (db, data, cancellable, error);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafTargetPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->busy--;
  if (receipt != NULL)
    kaf_store_announce (KAF_STORE (source), receipt);
  else if (KAF_IS_WINDOW (root) && error != NULL)
    {
      g_autofree char *text = g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_REFUSED)
                                  ? g_strdup (_ (error->message))
                                  : kaf_error_text (error);

      kaf_window_toast (KAF_WINDOW (root), text);
    }
}

static void
on_close_now (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafTargetPage *self = KAF_TARGET_PAGE (widget);

  if (self->data == NULL || g_strv_length (self->data->open_months) == 0)
    return;
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_WRITE, close_months,
                       g_strdupv (self->data->open_months), (GDestroyNotify) g_strfreev,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_closed, g_object_ref (self));
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, KafTargetPage *self)
{
  if (g_str_equal (response, "close"))
    gtk_widget_activate_action (GTK_WIDGET (self), "target.close-now", NULL);
}

static void
on_close (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Close the Months That Are Over?"),
      _ ("Their figures are written down as numbers, without names, and stand from then on: nothing "
         "that is corrected or erased later changes them. This cannot be undone."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "close",
                                    _ ("_Close the Months"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (KAF_TARGET_PAGE (widget));
}

/* The page */

static void
kaf_target_page_map (GtkWidget *widget)
{
  KafTargetPage *self = KAF_TARGET_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_target_page_parent_class)->map (widget);
  if (self->stale)
    refresh (self);
}

static void
kaf_target_page_dispose (GObject *object)
{
  KafTargetPage *self = KAF_TARGET_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->data, kaf_target_data_free);
  G_OBJECT_CLASS (kaf_target_page_parent_class)->dispose (object);
}

static void
kaf_target_page_class_init (KafTargetPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_target_page_dispose;
  widget_class->map = kaf_target_page_map;
  gtk_widget_class_install_action (widget_class, "target.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "target.at", "s", on_at);
  gtk_widget_class_install_action (widget_class, KAF_TARGET_OPEN, "(sss)", on_open);
  gtk_widget_class_install_action (widget_class, "target.close", NULL, on_close);
  gtk_widget_class_install_action (widget_class, "target.close-now", NULL, on_close_now);
}

static GtkWidget *
add_section (GtkWidget *column, const char *title)
{
  GtkWidget *section = kaf_record_section_new (title);

  gtk_box_append (GTK_BOX (column), section);
  return section;
}

static GtkWidget *
make_card (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-target");
  return card;
}

static GtkWidget *
make_sentence (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
add_definitions (KafTargetPage *self, GtkWidget *column)
{
  GtkWidget *section = add_section (column, _ ("Definitions"));
  GtkWidget *card = make_card ();

  for (guint stage = 0; stage < KAF_TARGET_N_STAGES; stage++)
    {
      GtkWidget *name = gtk_label_new (_ (kaf_target_stage_label (stage)));

      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_widget_add_css_class (name, "caption-heading");
      self->definitions[stage] = make_sentence (NULL);
      gtk_box_append (GTK_BOX (card), name);
      gtk_box_append (GTK_BOX (card), self->definitions[stage]);
    }
  gtk_box_append (
      GTK_BOX (card),
      make_sentence (_ ("Experts and project holders count, each once at each stage. In "
                        "the breakdowns a person counts in each of her or his domains "
                        "and networks; residence, domains and attachment are those of "
                        "today.")));
  self->path = make_sentence (NULL);
  gtk_box_append (GTK_BOX (card), self->path);
  gtk_box_append (GTK_BOX (section), card);
}

static void
add_months (KafTargetPage *self, GtkWidget *column)
{
  GtkWidget *section = add_section (column, _ ("Closed months"));
  GtkWidget *card = make_card ();

  self->closing = section;
  self->close = kaf_record_section_add_button (KAF_RECORD_SECTION (section), _ ("Close…"),
                                               _ ("Close the Months That Are Over"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->close), "target.close");
  self->months = make_sentence (NULL);
  gtk_box_append (GTK_BOX (card), self->months);
  gtk_box_append (GTK_BOX (section), card);
}

static GtkWidget *
make_header (KafTargetPage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *today = gtk_button_new_with_label (_ ("Today"));

  self->calendar = gtk_calendar_new ();
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (today), g_variant_new_string (""));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (today), "target.at");
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), today);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->pick = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->pick), popover);
  /* A label of its own, which shrinks: or the page could not be as narrow as a telephone. */
  self->said = gtk_label_new (_ ("Today"));
  gtk_label_set_ellipsize (GTK_LABEL (self->said), PANGO_ELLIPSIZE_END);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->pick), self->said);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->pick), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pick), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("The Day at Whose End It Is Counted"), -1);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Goal 2030"), NULL));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->pick);
  return header;
}

static GtkWidget *
make_body (KafTargetPage *self)
{
  GtkWidget *start = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *columns = kaf_columns_new (start, end, 760, 60, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->overview = kaf_target_overview_new (TRUE);
  gtk_box_append (GTK_BOX (start), self->overview);
  for (guint axis = KAF_TARGET_BY_COUNTRY; axis < KAF_TARGET_N_AXES; axis++)
    self->tables[axis] = kaf_target_table_new (axis);
  gtk_box_append (GTK_BOX (start), self->tables[KAF_TARGET_BY_COUNTRY]);
  gtk_box_append (GTK_BOX (start), self->tables[KAF_TARGET_BY_REGION]);
  add_definitions (self, end);
  add_months (self, end);
  gtk_box_append (GTK_BOX (end), self->tables[KAF_TARGET_BY_NETWORK]);
  gtk_box_append (GTK_BOX (end), self->tables[KAF_TARGET_BY_SECTOR]);
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
kaf_target_page_init (KafTargetPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_header (self));
  self->frame =
      kaf_read_frame_new (make_body (self), _ ("The Count Could Not Be Read"), "target.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "target.close", FALSE);
}

GtkWidget *
kaf_target_page_new (KafStore *store)
{
  KafTargetPage *self = g_object_new (KAF_TYPE_TARGET_PAGE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_target_page_is_settled (KafTargetPage *self)
{
  g_return_val_if_fail (KAF_IS_TARGET_PAGE (self), FALSE);
  return self->data != NULL && self->busy == 0;
}

KafTargetOverview *
kaf_target_page_get_overview (KafTargetPage *self)
{
  g_return_val_if_fail (KAF_IS_TARGET_PAGE (self), NULL);
  return KAF_TARGET_OVERVIEW (self->overview);
}

const KafTargetCount *
kaf_target_page_get_count (KafTargetPage *self)
{
  g_return_val_if_fail (KAF_IS_TARGET_PAGE (self), NULL);
  return self->data != NULL ? self->data->count : NULL;
}
