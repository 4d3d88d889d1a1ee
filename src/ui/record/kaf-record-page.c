/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame is made once; a record that is read fills it in place. While another is being read the
 * old one stays, so that stepping through a list does not flicker. */
#include "config.h"

#include "ui/duplicates/kaf-one-card.h"
#include "ui/record/kaf-record-page-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-field-row.h"
#include "ui/holder/kaf-holder-panel.h"
#include "ui/record/kaf-availability-section.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-coverage.h"
#include "ui/record/kaf-duty-progress.h"
#include "ui/record/kaf-fact-editor.h"
#include "ui/record/kaf-fact-list.h"
#include "ui/record/kaf-history-list.h"
#include "ui/record/kaf-network-figures.h"
#include "ui/record/kaf-presided.h"
#include "ui/record/kaf-programme-sessions.h"
#include "ui/record/kaf-record-header.h"
#include "ui/record/kaf-record-section.h"
#include "ui/record/kaf-related-list.h"

/* The clamp's easing between the two makes the margins: 12 px narrow, some 20 px wide. */
#define PAGE_WIDTH 1140
#define PAGE_TIGHTENING 1040
#define TWO_COLUMNS_WIDTH 800
#define START_PERCENT 52
/* One on top of each column. */
#define N_FIRST_CARDS 2

static void build_content (KafRecordPage *self);

G_DEFINE_FINAL_TYPE (KafRecordPage, kaf_record_page, GTK_TYPE_BOX)

/* A page that was left, or whose record cannot be read, still holds the record before. */
gboolean
kaf_record_page_is_shown (KafRecordPage *self)
{
  return self->data != NULL && !self->blank;
}

gboolean
kaf_record_page_is_writable (KafRecordPage *self)
{
  return kaf_record_page_is_open (self) && kaf_store_may_write (self->store, self->entity);
}

/* Other records may be added to it, though its own fields are another's to write. */
gboolean
kaf_record_page_is_open (KafRecordPage *self)
{
  return kaf_record_page_is_shown (self) && !self->data->deleted &&
         !kaf_store_is_read_only (self->store);
}

KafWindow *
kaf_record_page_get_window (KafRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

void
kaf_record_page_toast (KafRecordPage *self, const char *text)
{
  KafWindow *window = kaf_record_page_get_window (self);

  if (window != NULL)
    kaf_window_toast (window, text);
}

void
kaf_record_page_report (KafRecordPage *self, const char *what, const GError *error)
{
  KafWindow *window = kaf_record_page_get_window (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (window != NULL)
    kaf_window_report_error (window, what, error);
}

/* "12 of 1 799 · health, Germany". */
static void
show_place (KafRecordPage *self)
{
  g_autofree char *plural = g_strdup (_ (self->entity->plural));
  g_autoptr (GString) subtitle = g_string_new (NULL);
  gint64 total = self->list != NULL ? kaf_paged_list_get_total (self->list) : -1;

  if (self->list != NULL && self->position != GTK_INVALID_LIST_POSITION)
    {
      g_autofree char *place = kaf_number_format ((gint64) self->position + 1, self->lang);
      g_autofree char *all = total >= 0 ? kaf_number_format (total, self->lang) : NULL;

      if (all != NULL)
        /* Translators: the place of a record in a list, "12 of 1 799". */
        g_string_append_printf (subtitle, _ ("%s of %s"), place, all);
      else
        g_string_append (subtitle, place);
      if (kaf_record_page_is_shown (self) && self->data->filter != NULL)
        g_string_append_printf (subtitle, " · %s", self->data->filter);
    }
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->window_title), plural);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->window_title), subtitle->str);
}

static void
on_fact_edit (KafFactList *list, const KafFact *fact, GtkWidget *row, gpointer user_data)
{
  kaf_record_page_edit_fact (user_data, fact, row);
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* The field whose row has the focus, so that a refresh does not throw a person out of it. */
static const char *
focused_field (KafRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  const KafFact *fact = row != NULL ? g_object_get_data (G_OBJECT (row), "kaf-fact") : NULL;

  return fact != NULL ? fact->field->id : NULL;
}

static void
add_card (KafRecordPage *self, GtkWidget *box, const KafFactCard *card, const char *focus)
{
  KafStore *store = kaf_record_page_is_writable (self) ? self->store : NULL;
  GtkWidget *list = kaf_fact_list_new (card, self->data->claims, store);
  GtkWidget *row = focus != NULL ? kaf_fact_list_find_row (KAF_FACT_LIST (list), focus) : NULL;

  g_signal_connect (list, "edit", G_CALLBACK (on_fact_edit), self);
  gtk_box_append (GTK_BOX (box), list);
  gtk_widget_set_visible (box, TRUE);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

/* The rows of all cards look into the record that was shown before: none may outlive it. */
static void
clear_cards (KafRecordPage *self)
{
  GtkWidget *boxes[] = { self->first_cards, self->second_cards, self->other_cards };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      clear_box (boxes[i]);
      gtk_widget_set_visible (boxes[i], FALSE);
    }
}

static void
add_acts (GtkWidget *box)
{
  for (GtkWidget *list = gtk_widget_get_first_child (box); list != NULL;
       list = gtk_widget_get_next_sibling (list))
    kaf_fact_list_add_acts (KAF_FACT_LIST (list));
}

static void
show_banner (KafRecordPage *self, const KafRecordData *data)
{
  KafBanner *banner = KAF_BANNER (self->banner);
  g_autofree char *forbidden = kaf_store_explain_forbidden (self->store, self->entity);

  kaf_banner_set_title (banner, data->deleted || forbidden == NULL ? _ ("This record was deleted.")
                                                                   : forbidden);
  kaf_banner_remove_buttons (banner);
  if (data->deleted && forbidden == NULL && !kaf_store_is_read_only (self->store))
    kaf_banner_add_button (banner, _ ("Restore"), "record.restore");
  kaf_banner_set_revealed (banner, data->deleted || forbidden != NULL);
}

static void
show_rest (KafRecordPage *self, const char *focus)
{
  const KafRecordData *data = self->data;

  for (guint i = N_FIRST_CARDS; i < data->cards->len; i++)
    add_card (self, self->other_cards, g_ptr_array_index (data->cards, i), focus);
  kaf_one_card_set_record (KAF_ONE_CARD (self->one), self->entity, data->id);
  if (self->availability != NULL)
    kaf_availability_section_set_data (KAF_AVAILABILITY_SECTION (self->availability), data,
                                       kaf_record_page_may_make (self, "availability"));
  if (self->figures != NULL)
    kaf_network_figures_set_id (KAF_NETWORK_FIGURES (self->figures), data->id);
  if (self->presided != NULL)
    kaf_presided_set_id (KAF_PRESIDED (self->presided), data->id);
  if (self->coverage != NULL)
    kaf_coverage_table_set_id (KAF_COVERAGE_TABLE (self->coverage), data->id);
  if (self->sessions != NULL)
    kaf_programme_sessions_set_id (KAF_PROGRAMME_SESSIONS (self->sessions), data->id);
  if (self->holder != NULL)
    kaf_holder_panel_set_id (KAF_HOLDER_PANEL (self->holder), data->id,
                             kaf_record_page_is_open (self));
  if (self->duties != NULL)
    kaf_duty_bars_set_id (KAF_DUTY_BARS (self->duties), data->id);
  for (guint i = 0; i < self->related->len; i++)
    kaf_related_list_set_data (g_ptr_array_index (self->related, i), data,
                               kaf_record_page_is_open (self), self->lang);
  kaf_record_page_watch_files (self);
  kaf_attachment_list_set_data (KAF_ATTACHMENT_LIST (self->attachments), data, self->store,
                                kaf_record_page_may_attach (self), self->lang);
  kaf_history_list_set_items (KAF_HISTORY_LIST (self->history), data->history, self->store,
                              self->lang);
  add_acts (self->first_cards);
  add_acts (self->second_cards);
  add_acts (self->other_cards);
  for (guint i = 0; i < G_N_ELEMENTS (self->rests); i++)
    gtk_widget_set_visible (self->rests[i], TRUE);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  KafRecordPage *self = KAF_RECORD_PAGE (widget);

  /* The first call comes before the first part is painted. */
  if (++self->n_frames < 2)
    return G_SOURCE_CONTINUE;
  self->waiting = 0;
  show_rest (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (KafRecordPage *self)
{
  if (self->waiting != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->waiting);
  self->waiting = 0;
}

/* Who and what, above; the rest is only added underneath, so nothing moves when it comes. */
static void
show_rest_later (KafRecordPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->rests); i++)
    gtk_widget_set_visible (self->rests[i], FALSE);
  self->n_frames = 0;
  self->waiting = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
ask_for (KafRecordPage *self, const char *id)
{
  g_free (self->asked);
  g_free (self->id);
  self->asked = g_strdup (id);
  self->id = g_strdup (id);
}

static void
find_place (KafRecordPage *self)
{
  guint position = kaf_paged_list_find (self->list, self->id);

  if (position != GTK_INVALID_LIST_POSITION)
    self->position = position;
}

/* Takes @data over. */
static void
show_data (KafRecordPage *self, KafRecordData *data)
{
  GtkWidget *firsts[N_FIRST_CARDS] = { self->first_cards, self->second_cards };
  KafRecordData *old = self->data;
  gboolean other = self->blank || strcmp (old->id, data->id) != 0;
  g_autofree char *focus = g_strdup (focused_field (self));

  self->data = data;
  self->blank = FALSE;
  stop_waiting (self);
  clear_cards (self);
  for (guint i = 0; i < MIN (N_FIRST_CARDS, data->cards->len); i++)
    add_card (self, firsts[i], g_ptr_array_index (data->cards, i), focus);
  kaf_record_header_set_data (KAF_RECORD_HEADER (self->header), data,
                              self->holder != NULL ? kaf_record_page_may_make (self, "contact")
                                                   : kaf_record_page_may_confirm (self),
                              self->lang);
  /* The same record read again changes in one step, where the person has scrolled to. */
  if (other && gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_rest_later (self);
  else
    show_rest (self, focus);
  show_banner (self, data);
  show_place (self);
  gtk_widget_set_visible (self->scrolled, TRUE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "record");
  if (other)
    gtk_adjustment_set_value (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
  g_clear_pointer (&old, kaf_record_data_free);
}

static void
show_problem (KafRecordPage *self, const GError *error)
{
  g_autofree char *text = kaf_error_text (error);

  adw_status_page_set_title (ADW_STATUS_PAGE (self->status),
                             g_error_matches (error, KAF_STORE_ERROR, KAF_STORE_ERROR_ERASED)
                                 ? _ ("The record is no longer there")
                                 : _ ("The record cannot be shown"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "problem");
  /* Of a record that was erased nothing is told to assistive tools either: they see what lies underneath. */
  gtk_widget_set_visible (self->scrolled, FALSE);
  self->blank = TRUE;
}

/* What is done here is done to what is shown. */
static void
show_for (KafRecordPage *self, const char *id)
{
  if (g_str_equal (self->id, id))
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  if (self->list != NULL)
    find_place (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafRecordPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecordData) data = kaf_record_data_read_finish (KAF_STORE (source), result, &error);

  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      (data != NULL && strcmp (data->asked, self->asked) != 0))
    return;
  self->settled = TRUE;
  if (data != NULL)
    {
      show_for (self, data->id);
      show_data (self, g_steal_pointer (&data));
    }
  else
    show_problem (self, error);
  kaf_record_page_update_actions (self);
}

void
kaf_record_page_reload (KafRecordPage *self)
{
  g_clear_handle_id (&self->starting, g_source_remove);
  if (self->store == NULL || self->resting)
    return;
  /* What a person types must not be swept away: read again when the pop-up closes. */
  if (self->editor != NULL && gtk_widget_get_visible (self->editor))
    {
      self->stale = TRUE;
      return;
    }
  g_cancellable_cancel (self->reading);
  g_set_object (&self->reading, NULL);
  self->reading = g_cancellable_new ();
  self->settled = FALSE;
  kaf_record_data_read_async (self->store, self->entity, self->asked,
                              self->list != NULL ? kaf_paged_list_get_query (self->list) : NULL,
                              self->lang, self->reading, on_read, g_object_ref (self));
  /* Meanwhile, as the record is read on another thread. */
  if (self->header == NULL)
    build_content (self);
}

static void
on_store_changed (KafStore *store, KafReceipt *receipt, gpointer user_data)
{
  kaf_record_page_reload (user_data);
}

/* What is told to wait does so no more. */
static void
on_store_sent (KafRecordPage *self)
{
  if (self->data != NULL && self->data->n_waiting > 0)
    kaf_record_page_reload (self);
}

static void
on_list_changed (KafRecordPage *self)
{
  find_place (self);
  show_place (self);
  kaf_record_page_update_actions (self);
}

typedef struct
{
  KafRecordPage *page;
  guint position;
} Step;

static void
on_id_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Step *step = user_data;
  g_autoptr (KafRecordPage) self = step->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = kaf_paged_list_get_id_at_finish (KAF_PAGED_LIST (source), result, &error);

  if (self->store == NULL || (GObject *) self->list != source)
    return;
  if (id == NULL)
    {
      if (error != NULL)
        kaf_record_page_report (self, NULL, error);
      return;
    }
  self->position = step->position;
  ask_for (self, id);
  if (self->editor != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->editor));
  kaf_record_page_reload (self);
  kaf_record_page_update_actions (self);
}

void
kaf_record_page_step (KafRecordPage *self, int by)
{
  gint64 target = (gint64) self->position + by;
  gint64 total;
  Step *step;

  if (self->list == NULL || self->position == GTK_INVALID_LIST_POSITION)
    return;
  total = kaf_paged_list_get_total (self->list);
  if (target < 0 || (total >= 0 && target >= total))
    return;
  step = g_new0 (Step, 1);
  step->page = g_object_ref (self);
  step->position = (guint) target;
  kaf_paged_list_get_id_at_async (self->list, step->position, self->cancellable, on_id_read, step);
}

static void
drop_editor (KafRecordPage *self)
{
  g_clear_pointer (&self->editor, gtk_widget_unparent);
}

/* Back to the value that was edited: the next Tab goes on from there. */
static void
focus_edited (KafRecordPage *self)
{
  GtkWidget *boxes[] = { self->first_cards, self->second_cards, self->other_cards };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    for (GtkWidget *list = gtk_widget_get_first_child (boxes[i]); list != NULL;
         list = gtk_widget_get_next_sibling (list))
      {
        GtkWidget *row = kaf_fact_list_find_row (KAF_FACT_LIST (list), self->edited);

        if (row != NULL)
          gtk_widget_grab_focus (row);
      }
}

static gboolean
after_editor_closed (gpointer user_data)
{
  KafRecordPage *self = user_data;

  if (self->editor != NULL && !gtk_widget_get_visible (self->editor))
    {
      drop_editor (self);
      focus_edited (self);
    }
  if (self->stale)
    {
      self->stale = FALSE;
      kaf_record_page_reload (self);
    }
  return G_SOURCE_REMOVE;
}

static void
on_editor_closed (GtkPopover *popover, gpointer user_data)
{
  /* Not from within its own signal. */
  g_idle_add_full (G_PRIORITY_DEFAULT, after_editor_closed, g_object_ref (user_data),
                   g_object_unref);
}

static void
on_editor_saved (KafFactEditor *editor, KafReceipt *receipt, gpointer user_data)
{
  KafRecordPage *self = user_data;
  KafWindow *window = kaf_record_page_get_window (self);

  if (window != NULL)
    kaf_window_toast_undo (window, _ ("The change was saved"), receipt);
}

void
kaf_record_page_pop_up (KafRecordPage *self, GtkWidget *popover, GtkWidget *row, const char *field)
{
  graphene_rect_t bounds;

  drop_editor (self);
  self->edited = field;
  self->editor = popover;
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  g_signal_connect (self->editor, "closed", G_CALLBACK (on_editor_closed), self);
  if (gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    {
      GdkRectangle place = { bounds.origin.x, bounds.origin.y, bounds.size.width,
                             bounds.size.height };

      gtk_popover_set_pointing_to (GTK_POPOVER (self->editor), &place);
    }
  gtk_popover_popup (GTK_POPOVER (self->editor));
}

void
kaf_record_page_edit_fact (KafRecordPage *self, const KafFact *fact, GtkWidget *row)
{
  GtkWidget *popover;
  GPtrArray *rows;

  if (!kaf_record_page_is_writable (self))
    return;
  /* A file is chosen and copied in by the form. */
  if (fact->field->kind == KAF_KIND_ATTACHMENT)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "record.edit", NULL);
      return;
    }
  popover = kaf_fact_editor_new (self->store, self->data, fact);
  g_signal_connect (popover, "saved", G_CALLBACK (on_editor_saved), self);
  kaf_record_page_pop_up (self, popover, row, fact->field->id);
  rows = kaf_fact_editor_get_rows (KAF_FACT_EDITOR (popover));
  kaf_field_row_focus (g_ptr_array_index (rows, 0));
}

static GtkWidget *
bar_button_new (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  kaf_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GMenuModel *
page_menu_new (KafRecordPage *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) writing = g_menu_new ();

  g_menu_append (reading, _ ("Copy the Reference"), "record.copy-ref");
  g_menu_append (reading, _ ("History"), "record.history");
  g_menu_append (reading, _ ("Print or Save as PDF…"), "win.print");
  if (strcmp (kaf_entity_get_root (self->entity)->id, "person") == 0)
    g_menu_append (reading, _ ("Save as vCard…"), "record.save-card");
  if (strcmp (self->entity->id, "project_holder") == 0)
    {
      g_menu_append (reading, _ ("Note a Contact"), "holder.note-contact");
      g_menu_append (writing, _ ("Confirm Today"), "record.confirm");
    }
  else if (strcmp (kaf_entity_get_root (self->entity)->id, "person") == 0)
    g_menu_append (writing, _ ("Register as a Project Holder…"), "record.register::project_holder");
  if (strcmp (self->entity->id, "project_holder") == 0)
    g_menu_append (writing, _ ("Register as an Expert…"), "record.register::expert");
  if (strcmp (self->entity->id, "convention") == 0)
    g_menu_append (writing, _ ("Insert the Usual Articles"), "record.insert-articles");
  g_menu_append (writing, _ ("Duplicate as New"), "record.duplicate");
  g_menu_append (writing, _ ("Attach a File…"), "record.attach");
  g_menu_append (writing, _ ("Delete"), "record.delete");
  if (strcmp (kaf_entity_get_root (self->entity)->id, "person") == 0)
    {
      g_menu_append (reading, _ ("Identity Papers…"), "record.papers");
      g_menu_append (writing, _ ("Erase for Good…"), "record.erase");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (writing));
  return G_MENU_MODEL (menu);
}

/* Gone when a telephone's width leaves no room; the keys and the list remain. */
static GtkWidget *
step_buttons_new (void)
{
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box),
                  bar_button_new ("go-up-symbolic", _ ("Previous record"), "record.previous"));
  gtk_box_append (GTK_BOX (box),
                  bar_button_new ("go-down-symbolic", _ ("Next record"), "record.next"));
  adw_squeezer_set_allow_none (ADW_SQUEEZER (squeezer), TRUE);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), box);
  return squeezer;
}

/* The word, or its icon where there is no room for it. */
static GtkWidget *
edit_button_new (void)
{
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *word = gtk_button_new_with_label (_ ("Edit"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (word), "record.edit");
  kaf_tooltip_set (word, _ ("Edit the record"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (word), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Edit"),
                                  -1);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), word);
  adw_squeezer_add (ADW_SQUEEZER (squeezer),
                    bar_button_new ("document-edit-symbolic", _ ("Edit"), "record.edit"));
  return squeezer;
}

static GtkWidget *
header_bar_new (KafRecordPage *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  g_autoptr (GMenuModel) menu = page_menu_new (self);
  GtkWidget *more = gtk_menu_button_new ();

  self->window_title = adw_window_title_new (_ (self->entity->plural), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), self->window_title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar),
                             bar_button_new ("go-previous-symbolic", _ ("Back"), "record.back"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), step_buttons_new ());

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  kaf_lazy_menu_set (GTK_MENU_BUTTON (more), menu);
  kaf_tooltip_set (more, _ ("More actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More actions"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), more);

  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), edit_button_new ());
  return bar;
}

static GtkWidget *
column_new (void)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
}

static void
fill_rests (KafRecordPage *self)
{
  static const char *const with_duties[] = { "convention", "organisation", "network", NULL };
  GtkBox *start = GTK_BOX (self->rests[0]);
  GtkBox *end = GTK_BOX (self->rests[1]);

  /* When one has time is asked of experts: it stands on that side of the file. */
  if (strcmp (kaf_entity_get_root (self->entity)->id, "person") == 0 &&
      strcmp (self->entity->id, "project_holder") != 0)
    {
      self->availability = kaf_availability_section_new (self->lang);
      gtk_box_append (start, self->availability);
    }
  for (const KafRelatedGroup *group = kaf_related_groups (self->entity); group->id != NULL; group++)
    {
      GtkWidget *list = kaf_related_list_new (group, self->store);

      g_ptr_array_add (self->related, list);
      gtk_box_append (group->at_start ? start : end, list);
      if (strcmp (group->id, "people") == 0)
        {
          self->presided = kaf_presided_new (self->store, self->lang);
          gtk_box_append (group->at_start ? start : end, self->presided);
        }
    }
  if (strcmp (self->entity->id, "network") == 0)
    {
      self->figures = kaf_network_figures_new (self->store, self->lang);
      gtk_box_append (start, self->figures);
    }
  if (strcmp (self->entity->id, "programme") == 0)
    {
      self->coverage = kaf_coverage_table_new (self->store, self->lang);
      gtk_box_append (start, self->coverage);
      self->sessions = kaf_programme_sessions_new (self->store, self->lang);
      gtk_box_append (start, self->sessions);
    }
  if (g_strv_contains (with_duties, self->entity->id))
    {
      self->duties = kaf_duty_bars_new (self->store, self->entity->id, self->lang);
      gtk_box_append (end, self->duties);
    }
  self->attachments = kaf_attachment_list_new ();
  gtk_box_append (start, self->attachments);
  self->other_cards = column_new ();
  gtk_box_append (start, self->other_cards);
  self->one = kaf_one_card_new (self->store, self->lang);
  gtk_box_append (end, self->one);
  self->history = kaf_history_list_new ();
  gtk_box_append (end, self->history);
}

static GtkWidget *
body_new (KafRecordPage *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *start = column_new ();
  GtkWidget *end = column_new ();

  self->first_cards = column_new ();
  self->second_cards = column_new ();
  self->rests[0] = column_new ();
  self->rests[1] = column_new ();
  if (strcmp (self->entity->id, "project_holder") == 0)
    {
      self->holder = kaf_holder_panel_new (self->store, self->lang, GTK_WIDGET (self));
      gtk_box_append (GTK_BOX (start), self->holder);
      gtk_box_append (GTK_BOX (end), kaf_holder_panel_get_end (KAF_HOLDER_PANEL (self->holder)));
    }
  gtk_box_append (GTK_BOX (start), self->first_cards);
  gtk_box_append (GTK_BOX (start), self->rests[0]);
  /* What the page is there for comes before the facts, of which a holder has many. */
  gtk_box_append (GTK_BOX (end), self->holder != NULL ? self->rests[1] : self->second_cards);
  gtk_box_append (GTK_BOX (end), self->holder != NULL ? self->second_cards : self->rests[1]);
  fill_rests (self);

  self->header = kaf_record_header_new ();
  if (self->holder != NULL)
    kaf_record_header_suggest (KAF_RECORD_HEADER (self->header), _ ("Note a Contact"),
                               "holder.note-contact");
  gtk_box_append (GTK_BOX (body), self->header);
  gtk_box_append (GTK_BOX (body),
                  kaf_columns_new (start, end, TWO_COLUMNS_WIDTH, START_PERCENT, 18));
  gtk_widget_add_css_class (body, "kaf-record-body");
  return body;
}

static void
build_content (KafRecordPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), PAGE_TIGHTENING);
  adw_clamp_set_child (ADW_CLAMP (clamp), body_new (self));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);

  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-warning-symbolic");
  gtk_stack_add_named (GTK_STACK (self->stack), self->scrolled, "record");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "problem");
}

static GtkWidget *
stack_new (void)
{
  GtkWidget *stack = gtk_stack_new ();

  gtk_widget_set_vexpand (stack, TRUE);
  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_add_named (GTK_STACK (stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "empty");
  return stack;
}

static gboolean
on_start (gpointer user_data)
{
  KafRecordPage *self = user_data;

  self->starting = 0;
  kaf_record_page_reload (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: a list that is set just after asks for another read. */
static void
reload_soon (KafRecordPage *self)
{
  self->settled = FALSE;
  if (self->starting == 0)
    self->starting = g_idle_add_full (G_PRIORITY_HIGH, on_start, self, NULL);
}

static void
kaf_record_page_dispose (GObject *object)
{
  KafRecordPage *self = KAF_RECORD_PAGE (object);

  g_clear_handle_id (&self->starting, g_source_remove);
  stop_waiting (self);
  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->attaching);
  g_clear_object (&self->reading);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->attaching);
  g_clear_object (&self->files);
  drop_editor (self);
  g_clear_object (&self->list);
  g_clear_object (&self->store);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (kaf_record_page_parent_class)->dispose (object);
}

static void
kaf_record_page_finalize (GObject *object)
{
  KafRecordPage *self = KAF_RECORD_PAGE (object);

  g_clear_pointer (&self->data, kaf_record_data_free);
  g_clear_pointer (&self->related, g_ptr_array_unref);
  g_free (self->asked);
  g_free (self->id);

  G_OBJECT_CLASS (kaf_record_page_parent_class)->finalize (object);
}

static void
kaf_record_page_class_init (KafRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kaf_record_page_dispose;
  object_class->finalize = kaf_record_page_finalize;
}

static void
kaf_record_page_init (KafRecordPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->position = GTK_INVALID_LIST_POSITION;
  self->blank = TRUE;
  self->related = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->lang = kaf_application_get_lang ();
}

GtkWidget *
kaf_record_page_new (KafStore *store, const KafEntity *entity, const char *id)
{
  KafRecordPage *self = g_object_new (KAF_TYPE_RECORD_PAGE, NULL);

  self->store = g_object_ref (store);
  self->entity = entity;
  ask_for (self, id);
  kaf_record_page_add_actions (self);
  kaf_record_page_add_file_actions (self);

  gtk_box_append (GTK_BOX (self), header_bar_new (self));
  self->banner = kaf_banner_new ();
  gtk_box_append (GTK_BOX (self), self->banner);
  self->stack = stack_new ();
  gtk_box_append (GTK_BOX (self), self->stack);
  kaf_record_page_update_actions (self);

  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, 0);
  /* What is late, in force or in office depends on the day. */
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (reload_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "sent", G_CALLBACK (on_store_sent), self, G_CONNECT_SWAPPED);
  reload_soon (self);
  return GTK_WIDGET (self);
}

void
kaf_record_page_set_list (KafRecordPage *self, KafPagedList *list, guint position)
{
  g_return_if_fail (KAF_IS_RECORD_PAGE (self));

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_set_object (&self->list, list);
  self->position = list != NULL ? position : GTK_INVALID_LIST_POSITION;
  if (list != NULL)
    {
      g_signal_connect_object (list, "items-changed", G_CALLBACK (on_list_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "notify::total", G_CALLBACK (on_list_changed), self,
                               G_CONNECT_SWAPPED);
    }
  show_place (self);
  kaf_record_page_update_actions (self);
  /* The filter in words is read with the record. */
  reload_soon (self);
}

gboolean
kaf_record_page_rest (KafRecordPage *self)
{
  g_return_val_if_fail (KAF_IS_RECORD_PAGE (self), FALSE);

  /* A file on its way goes on, and is told by this page. */
  if (self->erased || self->n_files > 0)
    return FALSE;
  self->resting = self->blank = TRUE;
  self->settled = self->stale = FALSE;
  g_clear_handle_id (&self->starting, g_source_remove);
  stop_waiting (self);
  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->cancellable);
  drop_editor (self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "empty");
  kaf_banner_set_revealed (KAF_BANNER (self->banner), FALSE);
  return TRUE;
}

void
kaf_record_page_open (KafRecordPage *self, const char *id)
{
  g_return_if_fail (KAF_IS_RECORD_PAGE (self));
  g_return_if_fail (self->resting && id != NULL);

  self->resting = FALSE;
  ask_for (self, id);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_place (self);
  kaf_record_page_update_actions (self);
  reload_soon (self);
}

const KafEntity *
kaf_record_page_get_entity (KafRecordPage *self)
{
  g_return_val_if_fail (KAF_IS_RECORD_PAGE (self), NULL);

  return self->entity;
}

const char *
kaf_record_page_get_id (KafRecordPage *self)
{
  g_return_val_if_fail (KAF_IS_RECORD_PAGE (self), NULL);

  return self->id;
}

gboolean
kaf_record_page_is_settled (KafRecordPage *self)
{
  g_return_val_if_fail (KAF_IS_RECORD_PAGE (self), FALSE);

  return self->settled;
}
