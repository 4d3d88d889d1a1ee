/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer stands from the first look on, and is filled in place as records and files come. */
#include "config.h"

#include "ui/mission/kaf-take-window.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "base/kaf-size.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/record/kaf-record-section.h"
#include "ui/sync/kaf-sync-text.h"

#define WIDTH 560
#define HEIGHT 620

struct _KafTakeWindow
{
  AdwWindow parent_instance;

  KafMissionPage *page; /* nullable; weak */
  KafTakeAgent *agent;
  KafLang lang;
  const KafMissionKit *shown; /* what the lists are filled from */
  KafTakePhase phase;         /* in which they were */

  GtkWidget *work, *work_line, *bar; /* while something is under way */
  GtkWidget *again;
  GtkWidget *icon, *answer, *line;
  GtkWidget *missing_title, *missing, *here_title, *here;
};

G_DEFINE_FINAL_TYPE (KafTakeWindow, kaf_take_window, ADW_TYPE_WINDOW)

/* What is missing */

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = subtitle != NULL ? kaf_bidi_line (subtitle) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (line != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
  return row;
}

static const char *
why_gap (KafTakeWindow *self, const KafKitGap *gap)
{
  if (gap->deleted)
    return _ ("It was deleted: name another one in the file.");
  return kaf_take_agent_has_hub (self->agent)
             ? _ ("It is not among what your account was given, or it was erased: ask your "
                  "administrator.")
             : _ ("It was erased from this computer: name another one in the file.");
}

static void
add_gap (KafTakeWindow *self, const KafKitGap *gap)
{
  g_autofree char *title =
      g_strdup_printf ("%s (%s)", _ (gap->field->label), _ (gap->entity->label));
  g_autofree char *named = g_strdup_printf (
      _ ("Named by: %s."), gap->by_title != NULL ? gap->by_title : _ (gap->by->label));
  g_autofree char *subtitle = g_strdup_printf ("%s %s", named, why_gap (self, gap));
  GtkWidget *row = row_new (title, subtitle);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("dialog-question-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "kaf-by", g_strdup (gap->by_id), g_free);
  g_object_set_data (G_OBJECT (row), "kaf-by-entity", (gpointer) gap->by->id);
  g_object_set_data (G_OBJECT (row), "kaf-field", (gpointer) gap->field->id);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (self->missing), row);
}

static const char *
why_file (KafTakeWindow *self, const KafKitFile *file)
{
  if (!kaf_take_agent_has_hub (self->agent))
    return _ ("its content is not beside this store: add the file again");
  switch (file->state)
    {
    case KAF_BLOB_WANTED:
      return _ ("comes by itself as soon as the server answers");
    case KAF_BLOB_UNSENT:
      return _ ("on another device, not sent yet");
    case KAF_BLOB_ELSEWHERE:
    case KAF_BLOB_HERE:
    case KAF_BLOB_TO_SEND:
    case KAF_BLOB_REFUSED:
    default:
      return _ ("on the server, not downloaded");
    }
}

static void
add_file (KafTakeWindow *self, const KafKitFile *file)
{
  g_autofree char *size = kaf_size_format ((guint64) file->size, self->lang);
  g_autofree char *isolated = kaf_bidi_isolate (size);
  g_autofree char *facts = file->owner_title != NULL
                               ? g_strjoin (" · ", file->owner_title, isolated, NULL)
                               : g_strdup (isolated);
  g_autofree char *subtitle = g_strjoin (" · ", facts, why_file (self, file), NULL);
  g_autofree char *name =
      kaf_bidi_isolate (file->name != NULL && *file->name != '\0' ? file->name : file->attachment);
  GtkWidget *row = row_new (name, subtitle);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_list_box_append (GTK_LIST_BOX (self->missing), row);
}

/* To where it is named. */
static void
on_activated (GtkListBox *list, GtkListBoxRow *row, KafTakeWindow *self)
{
  const char *by = g_object_get_data (G_OBJECT (row), "kaf-by");
  KafMissionPage *page = self->page;

  if (by == NULL || page == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.mend", "(sss)",
                              g_object_get_data (G_OBJECT (row), "kaf-by-entity"), by,
                              g_object_get_data (G_OBJECT (row), "kaf-field"));
  gtk_window_close (GTK_WINDOW (self));
}

/* What is here */

static void
add_count (KafTakeWindow *self, const char *title, guint n, const char *more)
{
  g_autofree char *number = kaf_number_format (n, self->lang);
  g_autofree char *text = more != NULL ? g_strjoin (" · ", number, more, NULL) : g_strdup (number);
  GtkWidget *row = row_new (title, NULL);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (GTK_LIST_BOX (self->here), row);
}

/* Persons and organisations are what one asks about; an address or an agenda goes along with them. */
static gboolean
stands_alone (const KafEntity *entity)
{
  return kaf_entity_has (entity, KAF_ENTITY_SEARCHED) ||
         kaf_entity_has (entity, KAF_ENTITY_BY_FACET);
}

static void
fill_here (KafTakeWindow *self, const KafMissionKit *kit)
{
  g_autofree char *size = kaf_size_format ((guint64) kit->present, self->lang);
  g_autofree char *isolated = kaf_bidi_isolate (size);
  guint of_mission = 0;
  guint others = 0;

  for (guint i = 0; i < kit->kinds->len; i++)
    {
      const KafKitKind *kind = g_ptr_array_index (kit->kinds, i);

      if (kaf_registry_is_of_mission (kind->entity))
        of_mission += kind->n;
      else if (!stands_alone (kind->entity))
        others += kind->n;
    }
  add_count (self, _ ("Records of the file"), of_mission, NULL);
  for (guint i = 0; i < kit->kinds->len; i++)
    {
      const KafKitKind *kind = g_ptr_array_index (kit->kinds, i);

      if (!kaf_registry_is_of_mission (kind->entity) && stands_alone (kind->entity))
        add_count (self, _ (kind->entity->plural), kind->n, NULL);
    }
  if (others > 0)
    add_count (self, _ ("What belongs to them"), others, NULL);
  if (kit->files->len > kit->n_absent)
    add_count (self, _ ("Files"), kit->files->len - kit->n_absent, isolated);
}

/* The answer */

static void
fill (KafTakeWindow *self, const KafMissionKit *kit)
{
  kaf_record_section_clear (self->missing);
  kaf_record_section_clear (self->here);
  for (guint i = 0; i < kit->gaps->len; i++)
    add_gap (self, g_ptr_array_index (kit->gaps, i));
  for (guint i = 0; i < kit->files->len; i++)
    {
      const KafKitFile *file = g_ptr_array_index (kit->files, i);

      if (!file->here)
        add_file (self, file);
    }
  fill_here (self, kit);
}

static char *
tell_error (const GError *error)
{
  return error->domain == KAF_NET_ERROR ? kaf_net_explain (error) : kaf_error_text (error);
}

/* When the hub was heard of, and how long what it gave stays. */
static char *
tell_hub (KafTakeWindow *self, const KafMissionKit *kit)
{
  guint days = kaf_take_agent_get_days_left (self->agent);
  g_autofree char *when =
      kit->synced_at > 0 ? kaf_sync_text_moment (kit->synced_at, self->lang) : NULL;
  g_autofree char *last = when != NULL
                              ? g_strdup_printf (_ ("Last exchange with the server: %s."), when)
                              : g_strdup (_ ("Nothing was exchanged with the server yet."));
  g_autofree char *stays = NULL;

  if (days == 0)
    return g_steal_pointer (&last);
  stays = g_strdup_printf (
      ngettext ("Without another exchange, the persons that the server knows stay on this "
                "computer for %u day.",
                "Without another exchange, the persons that the server knows stay on this "
                "computer for %u days.",
                days),
      days);
  return g_strdup_printf ("%s %s", last, stays);
}

static void
show_line (KafTakeWindow *self, const KafMissionKit *kit)
{
  const GError *error = kaf_take_agent_get_error (self->agent);
  g_autofree char *problem = error != NULL ? tell_error (error) : NULL;
  g_autofree char *hub = NULL;
  g_autofree char *text = NULL;

  if (kit == NULL)
    text = g_strdup (problem != NULL ? problem : "");
  else if (!kaf_take_agent_has_hub (self->agent))
    text = g_strdup (_ ("This store belongs to no server: nothing has to be fetched from one."));
  else
    {
      hub = tell_hub (self, kit);
      text = problem != NULL ? g_strdup_printf ("%s\n%s", problem, hub) : g_strdup (hub);
    }
  gtk_label_set_text (GTK_LABEL (self->line), text);
  gtk_widget_set_visible (self->line, *text != '\0');
}

static void
show_answer (KafTakeWindow *self, const KafMissionKit *kit)
{
  gboolean done = kaf_take_agent_get_phase (self->agent) == KAF_TAKE_DONE;
  gboolean whole = kit != NULL && kaf_mission_kit_is_whole (kit);
  const char *answer = kit == NULL ? (done ? _ ("The mission is not here") : "")
                       : whole     ? _ ("All that the mission needs is here")
                                   : _ ("Not all that the mission needs is here");

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                whole ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->icon, whole ? "warning" : "success");
  gtk_widget_add_css_class (self->icon, whole ? "success" : "warning");
  gtk_widget_set_visible (self->icon, *answer != '\0');
  gtk_label_set_text (GTK_LABEL (self->answer), answer);
  gtk_widget_set_visible (self->missing_title, kit != NULL && !whole);
  gtk_widget_set_visible (self->missing, kit != NULL && !whole);
  gtk_widget_set_visible (self->here_title, kit != NULL);
  gtk_widget_set_visible (self->here, kit != NULL);
  gtk_widget_set_visible (self->again, done && !whole && kaf_take_agent_has_hub (self->agent));
}

static void
show_work (KafTakeWindow *self)
{
  KafTakePhase phase = kaf_take_agent_get_phase (self->agent);
  gint64 done, total;
  g_autofree char *so_far = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  kaf_take_agent_get_share (self->agent, &done, &total);
  so_far = kaf_size_format ((guint64) done, self->lang);
  all = kaf_size_format ((guint64) total, self->lang);
  if (phase == KAF_TAKE_FETCHING)
    text = g_strdup_printf (_ ("Fetching files: %1$s of %2$s. They go on coming when this window "
                               "is closed."),
                            so_far, all);
  else
    text = g_strdup (phase == KAF_TAKE_EXCHANGING ? _ ("Exchanging records with the server…")
                                                  : _ ("Looking at what is here…"));
  gtk_label_set_text (GTK_LABEL (self->work_line), text);
  gtk_widget_set_visible (self->work, phase != KAF_TAKE_DONE);
  if (total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar),
                                   CLAMP ((double) done / (double) total, 0, 1));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0);
}

static void
on_changed (KafTakeWindow *self)
{
  const KafMissionKit *kit = kaf_take_agent_get_kit (self->agent);
  KafTakePhase phase = kaf_take_agent_get_phase (self->agent);

  show_work (self);
  /* Ticks of a file under way change nothing else. */
  if (kit != self->shown || phase != self->phase)
    {
      if (kit != NULL)
        fill (self, kit);
      show_answer (self, kit);
      self->shown = kit;
      self->phase = phase;
    }
  show_line (self, kit);
}

/* Making */

static GtkWidget *
make_label (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_heading (const char *title)
{
  GtkWidget *label = make_label ("heading");

  gtk_label_set_text (GTK_LABEL (label), title);
  return label;
}

static GtkWidget *
make_work (KafTakeWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->work_line = make_label ("caption");
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  gtk_widget_set_hexpand (inner, TRUE);
  gtk_widget_set_valign (inner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (kaf_take_agent_cancel), self->agent,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (inner), self->work_line);
  gtk_box_append (GTK_BOX (inner), self->bar);
  gtk_box_append (GTK_BOX (box), inner);
  gtk_box_append (GTK_BOX (box), cancel);
  return box;
}

static GtkWidget *
make_answer (KafTakeWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 32);
  self->answer = make_label ("title-3");
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->answer);
  return box;
}

static GtkWidget *
make_content (KafTakeWindow *self)
{
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->work = make_work (self);
  self->line = make_label ("dim-label");
  self->missing_title = make_heading (_ ("What Is Missing"));
  self->missing = kaf_record_section_list (_ ("What Is Missing"));
  self->here_title = make_heading (_ ("What Is Here"));
  self->here = kaf_record_section_list (_ ("What Is Here"));
  g_signal_connect_object (self->missing, "row-activated", G_CALLBACK (on_activated), self, 0);
  gtk_widget_add_css_class (inner, "kaf-page");
  gtk_box_append (GTK_BOX (inner), self->work);
  gtk_box_append (GTK_BOX (inner), make_answer (self));
  gtk_box_append (GTK_BOX (inner), self->line);
  gtk_box_append (GTK_BOX (inner), self->missing_title);
  gtk_box_append (GTK_BOX (inner), self->missing);
  gtk_box_append (GTK_BOX (inner), self->here_title);
  gtk_box_append (GTK_BOX (inner), self->here);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inner);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
make (KafTakeWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->again = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  gtk_widget_add_css_class (self->again, "suggested-action");
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (kaf_take_agent_start), self->agent,
                           G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->again);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), make_content (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
kaf_take_window_dispose (GObject *object)
{
  KafTakeWindow *self = KAF_TAKE_WINDOW (object);

  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->agent);
  G_OBJECT_CLASS (kaf_take_window_parent_class)->dispose (object);
}

static void
kaf_take_window_class_init (KafTakeWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_take_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
kaf_take_window_init (KafTakeWindow *self)
{
  self->lang = kaf_application_get_lang ();
  gtk_window_set_title (GTK_WINDOW (self), _ ("Take the Mission to the Field"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

GtkWidget *
kaf_take_window_new (KafMissionPage *page, KafSyncAgent *sync)
{
  KafTakeWindow *self = g_object_new (KAF_TYPE_TAKE_WINDOW, NULL);

  g_set_weak_pointer (&self->page, page);
  self->agent = kaf_take_agent_new (kaf_mission_page_get_store (page), sync,
                                    kaf_mission_page_get_id (page), self->lang);
  make (self);
  g_signal_connect_object (self->agent, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  kaf_take_agent_start (self->agent);
  on_changed (self);
  return GTK_WIDGET (self);
}

KafTakeAgent *
kaf_take_window_get_agent (KafTakeWindow *self)
{
  g_return_val_if_fail (KAF_IS_TAKE_WINDOW (self), NULL);
  return self->agent;
}
