/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-relays-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/holder/kaf-holder-dialogs.h"
#include "ui/record/kaf-page-tables.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define SHOWN 60 /* of each kind, before "see all" */
#define PAGE_WIDTH 900

enum
{
  SUBJECT,
  ORGANISATION,
  POST,
  PERSON,
  SEGMENT,
  SENT_ON,
  ANSWER_BY,
  ANSWER,
  ANSWERED_ON,
  REACHED,
};
static const char *const columns[] = { "subject_fr",  "organisation", "post",      "person",
                                       "segment",     "sent_on",      "answer_by", "answer",
                                       "answered_on", "reached",      NULL };

struct _KafRelaysPage
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  GCancellable *cancellable;
  GSimpleActionGroup *actions;
  char *today; /* as of the last reading; NULL: none yet */
  char *me;
  guint n_awaited, n_overdue;

  GtkWidget *title;
  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *awaited;
  GtkWidget *answered;
};

G_DEFINE_FINAL_TYPE (KafRelaysPage, kaf_relays_page, GTK_TYPE_BOX)

typedef struct
{
  GPtrArray *awaited, *answered; /* (element-type KafRow) */
  gint64 n_awaited, n_answered;
  char *today, *me;
} Relays;

static void
relays_free (gpointer data)
{
  Relays *self = data;

  g_clear_pointer (&self->awaited, g_ptr_array_unref);
  g_clear_pointer (&self->answered, g_ptr_array_unref);
  g_free (self->today);
  g_free (self->me);
  g_free (self);
}

/* Those whose answer is awaited, the one that is due first before the others; or the last that were answered. */
static KafQuery *
query_new (gboolean awaited)
{
  KafQuery *query = kaf_query_new (kaf_registry_find ("relay"));

  kaf_query_set_condition (query, "answer", awaited ? KAF_OP_UNSET : KAF_OP_SET, NULL);
  kaf_query_set_sort (query, awaited ? "answer_by" : "answered_on", !awaited);
  return query;
}

static GPtrArray *
read_rows (KafDatabase *db, gboolean awaited, KafLang lang, gint64 *n, GError **error)
{
  g_autoptr (KafQuery) query = query_new (awaited);
  gint64 least;
  GPtrArray *rows = kaf_page_read (db, query, columns, lang, 0, SHOWN, n, &least, error);

  if (rows != NULL && *n < 0)
    *n = least;
  return rows;
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  KafLang lang = GPOINTER_TO_INT (data);
  Relays *self = g_new0 (Relays, 1);

  self->today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  self->me = g_strdup (kaf_database_get_author (db));
  self->awaited = read_rows (db, TRUE, lang, &self->n_awaited, error);
  if (self->awaited != NULL)
    self->answered = read_rows (db, FALSE, lang, &self->n_answered, error);
  if (self->answered == NULL)
    {
      relays_free (self);
      return NULL;
    }
  return self;
}

static gboolean
is_overdue (const KafRow *row, const char *today)
{
  return row->raw[ANSWER] == NULL && row->raw[ANSWER_BY] != NULL &&
         strcmp (row->raw[ANSWER_BY], today) < 0;
}

/* "Consulate general in Lille · sent on 03/11/2026 · answer by 18/11/2026" */
static char *
describe (const KafRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, row->cells[POST]);
  kaf_bidi_append (line, row->cells[ORGANISATION]);
  /* Translators: %s is a person or a segment. */
  kaf_bidi_append_format (line, C_ ("relay", "about %s"), row->cells[PERSON]);
  kaf_bidi_append_format (line, C_ ("relay", "about %s"), row->cells[SEGMENT]);
  kaf_bidi_append_format (line, _ ("sent on %s"), row->cells[SENT_ON]);
  if (row->raw[ANSWER] == NULL)
    kaf_bidi_append_format (line, _ ("answer by %s"), row->cells[ANSWER_BY]);
  else
    kaf_bidi_append_format (line, _ ("answered on %s"), row->cells[ANSWERED_ON]);
  /* Translators: %s is a number of people. */
  kaf_bidi_append_format (line, _ ("people told: %s"), row->cells[REACHED]);
  return kaf_bidi_line (line->str);
}

static GMenuModel *
answers_new (const char *id)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("relay"), "answer");
  GMenu *menu = g_menu_new ();

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      g_autoptr (GMenuItem) item =
          g_menu_item_new (g_dgettext (GETTEXT_PACKAGE, choice->label), NULL);

      g_menu_item_set_action_and_target (item, "relays.answer", "(ss)", id, choice->code);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GtkWidget *
answer_button_new (const KafRow *row, const char *subject)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = answers_new (row->id);
  /* Translators: %s is what was passed on. */
  g_autofree char *name = g_strdup_printf (_ ("Enter the answer to: %s"), subject);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Answer"));
  kaf_lazy_menu_set (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-section-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
pill_new (const KafRow *row, const char *today)
{
  const char *style = NULL;
  g_autofree char *word = kaf_page_choice_pill ("relay", "answer", row->raw[ANSWER], &style);
  GtkWidget *pill;

  if (is_overdue (row, today))
    {
      pill = kaf_pill_new (C_ ("relay", "overdue"), "warning");
      kaf_pill_set_icon_name (KAF_PILL (pill), "dialog-warning-symbolic");
    }
  else
    pill = kaf_pill_new (word, style);
  kaf_pill_set_whole (KAF_PILL (pill), TRUE);
  return pill;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  const char *id = g_object_get_data (G_OBJECT (row), "kaf-id");

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (list), "win.open-record", "(ss)", "relay", id);
}

static void
add_row (KafRelaysPage *self, GtkWidget *list, const KafRow *row, gboolean writable)
{
  const char *subject = row->cells[SUBJECT] != NULL ? row->cells[SUBJECT] : "—";
  GtkWidget *widget = adw_action_row_new ();
  g_autofree char *title = kaf_bidi_line (subject);
  g_autofree char *line = describe (row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), line);
  adw_action_row_add_prefix (ADW_ACTION_ROW (widget),
                             gtk_image_new_from_icon_name ("emblem-shared-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), pill_new (row, self->today));
  if (writable && row->raw[ANSWER] == NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget), answer_button_new (row, subject));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "kaf-id", g_strdup (row->id), g_free);
  gtk_list_box_append (GTK_LIST_BOX (list), widget);
}

static void
add_see_all (GtkWidget *list, gboolean awaited)
{
  g_autoptr (KafQuery) query = query_new (awaited);
  g_autofree char *json = kaf_query_to_json (query);
  GtkWidget *button = gtk_button_new_with_label (_ ("See All"));

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", json);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-query");
  gtk_list_box_append (GTK_LIST_BOX (list), button);
}

static void
fill (KafRelaysPage *self, GtkWidget *section, const GPtrArray *rows, gint64 n, gboolean awaited)
{
  gboolean writable = !kaf_store_is_read_only (self->store) &&
                      kaf_store_may_write (self->store, kaf_registry_find ("relay"));
  GtkWidget *list = kaf_record_section_list (awaited ? _ ("Awaiting an answer") : _ ("Answered"));
  g_autofree char *number = kaf_number_format (n, self->lang);

  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  gtk_widget_remove_css_class (list, "kaf-rows");
  for (guint i = 0; i < rows->len; i++)
    add_row (self, list, g_ptr_array_index (rows, i), writable);
  if (n > (gint64) rows->len)
    add_see_all (list, awaited);
  if (rows->len == 0)
    kaf_record_section_say (list, awaited ? _ ("No answer is awaited.") : _ ("None yet."));
  kaf_record_section_set_note (KAF_RECORD_SECTION (section), n > 0 ? number : NULL);
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), list);
}

static void
show (KafRelaysPage *self, const Relays *relays)
{
  g_free (self->today);
  g_free (self->me);
  self->today = g_strdup (relays->today);
  self->me = g_strdup (relays->me);
  self->n_awaited = relays->awaited->len;
  self->n_overdue = 0;
  for (guint i = 0; i < relays->awaited->len; i++)
    if (is_overdue (g_ptr_array_index (relays->awaited, i), self->today))
      self->n_overdue++;
  fill (self, self->awaited, relays->awaited, relays->n_awaited, TRUE);
  fill (self, self->answered, relays->answered, relays->n_answered, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    relays->awaited->len + relays->answered->len > 0 ? "relays"
                                                                                     : "empty");
  if (self->n_overdue > 0)
    {
      g_autofree char *number = kaf_number_format (self->n_overdue, self->lang);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%s overdue", "%s overdue", self->n_overdue), number);

      adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text);
    }
  else
    adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), "");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafRelaysPage) self = data;
  g_autoptr (GError) error = NULL;
  Relays *relays = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    {
      g_clear_pointer (&relays, relays_free);
      return;
    }
  if (relays == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->today != NULL);
      return;
    }
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  show (self, relays);
  relays_free (relays);
}

static void
refresh (KafRelaysPage *self)
{
  if (self->store == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  kaf_store_run_async (self->store, KAF_LANE_READ, read_job, GINT_TO_POINTER ((int) self->lang),
                       NULL, relays_free, self->cancellable, on_read, g_object_ref (self));
}

/* Actions */

static void
on_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRelaysPage *self = data;
  const char *id, *code;
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = NULL;

  g_variant_get (parameter, "(&s&s)", &id, &code);
  if (self->today == NULL)
    return;
  change = kaf_record_new (kaf_registry_find ("relay"), id);
  kaf_record_set (change, "answer", code);
  kaf_record_set (change, "answered_on", self->today);
  kaf_change_set_update (set, change);
  kaf_window_commit (GTK_WIDGET (self), self->store, set, _ ("The answer was saved"),
                     _ ("The answer was not saved"), NULL, NULL);
}

static void
on_pass_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafRelaysPage *self = data;
  g_autoptr (KafRecord) preset = kaf_record_new (kaf_registry_find ("relay"), NULL);

  kaf_record_begin (preset);
  kaf_record_set (preset, "sent_on", self->today);
  kaf_record_set (preset, "by_whom", self->me);
  kaf_holder_dialog_relay (GTK_WIDGET (self), self->store, preset);
}

static void
on_retry (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  refresh (data);
}

static void
kaf_relays_page_dispose (GObject *object)
{
  KafRelaysPage *self = KAF_RELAYS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (kaf_relays_page_parent_class)->dispose (object);
}

static void
kaf_relays_page_finalize (GObject *object)
{
  KafRelaysPage *self = KAF_RELAYS_PAGE (object);

  g_free (self->today);
  g_free (self->me);
  G_OBJECT_CLASS (kaf_relays_page_parent_class)->finalize (object);
}

static void
kaf_relays_page_class_init (KafRelaysPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_relays_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_relays_page_finalize;
}

static void
kaf_relays_page_init (KafRelaysPage *self)
{
  static const GActionEntry entries[] = {
    { "answer", on_answer, "(ss)" },
    { "pass-on", on_pass_on },
    { "retry", on_retry },
  };

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "relays", G_ACTION_GROUP (self->actions));
}

static GtkWidget *
header_new (KafRelaysPage *self)
{
  GtkWidget *header = kaf_page_header_new (_ ("Relays"), &self->title);
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "relays.pass-on");
  kaf_tooltip_set (add, _ ("Pass on to a relay"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pass on to a relay"), -1);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  return header;
}

static GtkWidget *
empty_new (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Pass On to a Relay…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-shared-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing Was Passed On Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("A consular post, a network or an institution passes on what you ask it to, and its "
         "answer is noted here."));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "relays.pass-on");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
body_new (KafRelaysPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->awaited = kaf_record_section_new (_ ("Awaiting an answer"));
  self->answered = kaf_record_section_new (_ ("Answered"));
  gtk_box_append (GTK_BOX (box), self->awaited);
  gtk_box_append (GTK_BOX (box), self->answered);
  gtk_widget_add_css_class (box, "kaf-record-body");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), PAGE_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                       "waiting");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "relays");
  gtk_stack_add_named (GTK_STACK (self->stack), empty_new (), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  return self->stack;
}

GtkWidget *
kaf_relays_page_new (KafStore *store)
{
  KafRelaysPage *self = g_object_new (KAF_TYPE_RELAYS_PAGE, NULL);

  self->store = g_object_ref (store);
  self->lang = kaf_application_get_lang ();
  gtk_box_append (GTK_BOX (self), header_new (self));
  self->frame =
      kaf_read_frame_new (body_new (self), _ ("The relays could not be read"), "relays.retry");
  gtk_box_append (GTK_BOX (self), self->frame);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

gboolean
kaf_relays_page_count (KafRelaysPage *self, guint *n_awaited, guint *n_overdue)
{
  g_return_val_if_fail (KAF_IS_RELAYS_PAGE (self), FALSE);

  *n_awaited = self->n_awaited;
  *n_overdue = self->n_overdue;
  return self->today != NULL;
}
