/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filled in two goes (kaf-home-data.h): the page is whole soon after the window is there, however many
 * records there are, and the counts come in behind. Read again, after a short rest, when the store
 * changes while the page shows. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/app/kaf-home-data.h"
#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-row-names.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"

#define REST 300 /* ms after a change before reading again: an import changes many times */
#define DRAFTS_SHOWN 3

struct _KafHomePage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  KafHomeStart *start;
  KafHomeRest *rest;
  guint timer;
  guint reading;  /* goes that are under way */
  gboolean stale; /* changed while hidden */

  GtkWidget *stack;
  GtkWidget *greeting;
  GtkWidget *date;
  GtkWidget *start_column;
  GtkWidget *end_column;
};

G_DEFINE_FINAL_TYPE (KafHomePage, kaf_home_page, GTK_TYPE_BOX)

static void read_all (KafHomePage *self);

static char *
number (gint64 n)
{
  return kaf_number_format (n, kaf_application_get_lang ());
}

/* A row that leads somewhere: what, a line of context, and a figure or word at its end. */
static GtkWidget *
make_row (const char *icon,
          const char *title,
          const char *subtitle,
          GtkWidget *end,
          const char *action,
          GVariant *target)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *chevron;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  if (end != NULL)
    {
      gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), end);
    }
  if (action != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), target);
      chevron = gtk_image_new_from_icon_name ("go-next-symbolic");
      gtk_widget_add_css_class (chevron, "chevron");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), chevron);
    }
  gtk_widget_add_css_class (row, "kaf-home-row");
  return row;
}

static char *
name_draft (const KafDraft *draft)
{
  const char *entity = g_dgettext (GETTEXT_PACKAGE, draft->entity->label);

  if (g_str_equal (draft->slot, "new"))
    /* Translators: kind of record, as "Expert" */
    return g_strdup_printf (_ ("Draft: new record, %s"), entity);
  return g_strdup_printf (_ ("Draft: change of a record, %s"), entity);
}

static void
add_drafts (GtkWidget *list, const KafHomeStart *start)
{
  for (guint i = 0; i < start->drafts->len && i < DRAFTS_SHOWN; i++)
    {
      const KafDraft *draft = g_ptr_array_index (start->drafts, i);
      g_autofree char *title = name_draft (draft);
      g_autofree char *when = kaf_time_format (draft->when, kaf_application_get_lang ());
      g_autofree char *line = kaf_bidi_line (when);

      gtk_list_box_append (GTK_LIST_BOX (list),
                           make_row ("document-edit-symbolic", title, line,
                                     kaf_pill_new (_ ("to finish"), "accent"), "win.open-draft",
                                     g_variant_new ("(ss)", draft->entity->id, draft->slot)));
    }
}

/* What each count says: a sentence, and why it matters. */
static char *
describe_count (KafHomeCountKind kind, gint64 n)
{
  g_autofree char *shown = number (n);

  switch (kind)
    {
    case KAF_HOME_OLD:
      return g_strdup_printf (ngettext ("%s expert to confirm", "%s experts to confirm", n), shown);
    case KAF_HOME_NEVER:
      return g_strdup_printf (
          ngettext ("%s expert never confirmed", "%s experts never confirmed", n), shown);
    case KAF_HOME_NO_ARABIC:
      return g_strdup_printf (ngettext ("%s name without Arabic", "%s names without Arabic", n),
                              shown);
    case KAF_HOME_NO_LATIN:
      return g_strdup_printf (ngettext ("%s name in Arabic only", "%s names in Arabic only", n),
                              shown);
    case KAF_HOME_N_COUNTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
add_counts (GtkWidget *list, const KafHomeRest *rest)
{
  static const struct
  {
    const char *icon;
    const char *subtitle; /* N_() */
    const char *pill;     /* N_() */
    const char *style;
  } looks[] = {
    [KAF_HOME_OLD] = { "dialog-warning-symbolic", N_ ("Confirmed more than a year ago"),
                       N_ ("to confirm"), "warning" },
    [KAF_HOME_NEVER] = { "content-loading-symbolic", N_ ("Nobody has checked the record yet"),
                         N_ ("to confirm"), NULL },
    [KAF_HOME_NO_ARABIC] = { "document-edit-symbolic", N_ ("The name is in Latin script alone"),
                             N_ ("to complete"), NULL },
    [KAF_HOME_NO_LATIN] = { "document-edit-symbolic", N_ ("The name has no Latin script"),
                            N_ ("to complete"), NULL },
  };

  for (int kind = 0; kind < KAF_HOME_N_COUNTS; kind++)
    {
      const KafHomeCount *count = &rest->counts[kind];
      g_autofree char *title = NULL;
      g_autofree char *json = NULL;

      if (count->n == 0)
        continue;
      title = describe_count (kind, count->n);
      json = kaf_query_to_json (count->query);
      gtk_list_box_append (GTK_LIST_BOX (list),
                           make_row (looks[kind].icon, title, _ (looks[kind].subtitle),
                                     kaf_pill_new (_ (looks[kind].pill), looks[kind].style),
                                     "win.show-query", g_variant_new_string (json)));
    }
}

static GtkWidget *
make_todo (KafHomePage *self)
{
  GtkWidget *section = kaf_record_section_new (_ ("To do"));
  GtkWidget *list = kaf_record_section_list (_ ("To do"));

  add_drafts (list, self->start);
  if (self->rest != NULL)
    add_counts (list, self->rest);
  if (gtk_widget_get_first_child (list) != NULL)
    kaf_record_section_set_child (KAF_RECORD_SECTION (section), list);
  else
    {
      g_object_unref (g_object_ref_sink (list));
      kaf_record_section_set_child (KAF_RECORD_SECTION (section),
                                    kaf_record_section_sentence (self->rest != NULL
                                                                     ? _ ("Nothing waits for you.")
                                                                     : _ ("Looking…")));
    }
  return section;
}

static GtkWidget *
make_recent (const KafHomeRest *rest)
{
  GtkWidget *section = kaf_record_section_new (_ ("Changed last"));
  GtkWidget *list = kaf_record_section_list (_ ("Changed last"));

  for (guint i = 0; i < rest->recent->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rest->recent, i);
      const char *first;
      const char *second;
      g_autofree char *date = row->cells[0] != NULL ? kaf_bidi_isolate (row->cells[0]) : NULL;
      GtkWidget *label = gtk_label_new (date);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
      kaf_row_names (row, kaf_application_get_lang (), &first, &second);
      gtk_list_box_append (GTK_LIST_BOX (list),
                           make_row (NULL, first, second, label, "win.open-record",
                                     g_variant_new ("(ss)", row->entity->id, row->id)));
    }
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), list);
  return section;
}

/* Share of names written in both scripts, with as few words as it takes. */
static GtkWidget *
make_quality (const KafHomeStart *start, const KafHomeRest *rest)
{
  GtkWidget *section = kaf_record_section_new (_ ("Quality of the data"));
  GtkWidget *list = kaf_record_section_list (_ ("Quality of the data"));
  gint64 lacking = rest->counts[KAF_HOME_NO_ARABIC].n + rest->counts[KAF_HOME_NO_LATIN].n;
  gint64 whole = MAX (start->n_experts - lacking, 0);
  g_autofree char *percent = NULL;
  GtkWidget *label;

  /* Rounded down: not everything is done until it is. */
  percent =
      g_strdup_printf (C_ ("percentage", "%d %%"), (int) (whole * 100 / MAX (start->n_experts, 1)));
  label = gtk_label_new (percent);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_box_append (GTK_LIST_BOX (list),
                       make_row (NULL, _ ("Names in both scripts"), NULL, label, NULL, NULL));
  kaf_record_section_set_child (KAF_RECORD_SECTION (section), list);
  return section;
}

static GtkWidget *
make_bars (const char *title, const char *path, GPtrArray *groups)
{
  GtkWidget *section = kaf_record_section_new (title);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const KafEntity *entity = kaf_registry_find ("expert");
  gint64 max = 1;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-bars");
  for (guint i = 0; i < groups->len; i++)
    max = MAX (max, ((const KafGroup *) g_ptr_array_index (groups, i))->count);
  for (guint i = 0; i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);
      g_autoptr (KafQuery) query = kaf_query_new (entity);
      g_autofree char *json = NULL;
      g_autofree char *count = number (group->count);

      if (group->value == NULL)
        kaf_query_set_condition (query, path, KAF_OP_UNSET, NULL);
      else
        kaf_query_set_condition (query, path, KAF_OP_ANY_OF,
                                 (const char *const[]){ group->value, NULL });
      json = kaf_query_to_json (query);
      gtk_box_append (GTK_BOX (card),
                      kaf_bar_button_new (group->text != NULL ? group->text : _ ("Unknown"), count,
                                          group->count, max, "win.show-query",
                                          g_variant_new_string (json)));
    }
  kaf_record_section_set_child (
      KAF_RECORD_SECTION (section),
      groups->len > 0 ? card : kaf_record_section_sentence (_ ("Not known yet.")));
  if (groups->len == 0)
    g_object_unref (g_object_ref_sink (card));
  return section;
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static GtkWidget *make_empty (void);

static void
show_greeting (KafHomePage *self)
{
  g_autofree char *name =
      self->start->author != NULL ? kaf_bidi_isolate (self->start->author) : NULL;
  g_autofree char *hello = name != NULL ? g_strdup_printf (_ ("Hello, %s"), name) : NULL;
  g_autofree char *date =
      kaf_date_format (self->start->today, kaf_application_get_lang (), KAF_DATE_WEEKDAY);

  gtk_label_set_label (GTK_LABEL (self->greeting), hello != NULL ? hello : _ ("Hello"));
  gtk_label_set_label (GTK_LABEL (self->date), date);
}

static void
show_data (KafHomePage *self)
{
  gboolean empty = kaf_home_page_is_empty (self);

  show_greeting (self);
  /* Made when first needed: most starts are not of an empty store. */
  if (empty && gtk_stack_get_child_by_name (GTK_STACK (self->stack), "empty") == NULL)
    gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty ? "empty" : "full");
  clear_box (self->start_column);
  clear_box (self->end_column);
  if (empty)
    return;

  gtk_box_append (GTK_BOX (self->start_column), make_todo (self));
  if (self->rest == NULL)
    return;
  if (self->rest->recent->len > 0)
    gtk_box_append (GTK_BOX (self->start_column), make_recent (self->rest));
  if (self->start->n_experts > 0)
    gtk_box_append (GTK_BOX (self->start_column), make_quality (self->start, self->rest));
  gtk_box_append (GTK_BOX (self->end_column),
                  make_bars (_ ("Experts by country"), "country", self->rest->countries));
  gtk_box_append (GTK_BOX (self->end_column),
                  make_bars (_ ("Experts by domain"), "domains", self->rest->domains));
}

static gboolean
was_cancelled (KafHomePage *self, const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) || self->stack == NULL;
}

static void
on_rest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafHomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHomeRest) rest = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (was_cancelled (self, error))
    return;
  self->reading--;
  if (rest == NULL)
    {
      g_warning ("Counting for the home page failed: %s", error != NULL ? error->message : "");
      return;
    }
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  self->rest = g_steal_pointer (&rest);
  show_data (self);
}

static void
on_start (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafHomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafHomeStart) start = kaf_store_run_finish (KAF_STORE (source), result, &error);

  if (was_cancelled (self, error))
    return;
  self->reading--;
  if (start == NULL)
    {
      g_warning ("Reading for the home page failed: %s", error != NULL ? error->message : "");
      return;
    }
  g_clear_pointer (&self->start, kaf_home_start_free);
  self->start = g_steal_pointer (&start);
  /* When read again, the counts shown stay until the new ones are there. */
  if (self->rest == NULL || kaf_home_page_is_empty (self))
    show_data (self);
  self->reading++;
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_home_read_rest, NULL, NULL,
                       (GDestroyNotify) kaf_home_rest_free, self->cancellable, on_rest,
                       g_object_ref (self));
}

static void
read_all (KafHomePage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->reading = 0;
  if (self->store == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->reading++;
  kaf_store_run_async (self->store, KAF_LANE_READ, kaf_home_read_start, NULL, NULL,
                       (GDestroyNotify) kaf_home_start_free, self->cancellable, on_start,
                       g_object_ref (self));
}

static gboolean
on_timer (gpointer data)
{
  KafHomePage *self = data;

  self->timer = 0;
  read_all (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (KafStore *store, KafReceipt *receipt, KafHomePage *self)
{
  self->stale = TRUE;
  if (self->timer == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add (REST, on_timer, self);
}

static void
kaf_home_page_map (GtkWidget *widget)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  GTK_WIDGET_CLASS (kaf_home_page_parent_class)->map (widget);
  if (self->stale)
    read_all (self);
}

static void
kaf_home_page_dispose (GObject *object)
{
  KafHomePage *self = KAF_HOME_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  self->stack = NULL;
  G_OBJECT_CLASS (kaf_home_page_parent_class)->dispose (object);
}

static void
kaf_home_page_finalize (GObject *object)
{
  KafHomePage *self = KAF_HOME_PAGE (object);

  g_clear_pointer (&self->start, kaf_home_start_free);
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  G_OBJECT_CLASS (kaf_home_page_parent_class)->finalize (object);
}

static void
kaf_home_page_class_init (KafHomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_home_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_home_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = kaf_home_page_map;
}

static GtkWidget *
make_button (const char *icon, const char *label, const char *action, const char *style)
{
  GtkWidget *button = gtk_button_new ();

  if (icon != NULL)
    {
      GtkWidget *content = adw_button_content_new ();

      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
      gtk_button_set_child (GTK_BUTTON (button), content);
    }
  else
    gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  /* A button is labelled by its content: a label of its own would be read out as well. */
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  return button;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons[] = {
    make_button (NULL, _ ("Import a File…"), "win.import", "suggested-action"),
    make_button (NULL, _ ("Add an Expert"), "win.new-record::expert", NULL),
    make_button (NULL, _ ("Try With the Sample Data"), "win.load-sample", "flat"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_widget_add_css_class (buttons[i], "pill");
      gtk_widget_set_halign (buttons[i], GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (buttons[i], 280, -1);
      gtk_box_append (GTK_BOX (box), buttons[i]);
    }
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-users-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody Here Yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Import a file that you have, add a first person, or look around with the sample data."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static GtkWidget *
make_heading (KafHomePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->greeting = gtk_label_new (NULL);
  self->date = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->greeting, "title-2");
  gtk_widget_add_css_class (self->date, "caption");
  gtk_widget_add_css_class (self->date, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->greeting), 0);
  gtk_label_set_xalign (GTK_LABEL (self->date), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->greeting), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->date), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (lines), self->greeting);
  gtk_box_append (GTK_BOX (lines), self->date);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), make_button ("contact-new-symbolic", _ ("New Expert"),
                                              "win.new-record::expert", "suggested-action"));
  return box;
}

static GtkWidget *
make_full (KafHomePage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();

  self->start_column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  self->end_column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_box_append (GTK_BOX (box), make_heading (self));
  gtk_box_append (GTK_BOX (box),
                  kaf_columns_new (self->start_column, self->end_column, 760, 58, 18));
  gtk_widget_add_css_class (box, "kaf-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1180);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1180);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static void
kaf_home_page_init (KafHomePage *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *search = gtk_button_new_from_icon_name ("system-search-symbolic");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Home"), NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (search), "win.search-everywhere");
  gtk_widget_set_tooltip_text (search, _ ("Search Everywhere"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Everywhere"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);
  gtk_box_append (GTK_BOX (self), header);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_full (self), "full");
  gtk_box_append (GTK_BOX (self), self->stack);
}

GtkWidget *
kaf_home_page_new (KafStore *store)
{
  KafHomePage *self = g_object_new (KAF_TYPE_HOME_PAGE, NULL);

  kaf_home_page_set_store (self, store);
  return GTK_WIDGET (self);
}

void
kaf_home_page_set_store (KafHomePage *self, KafStore *store)
{
  g_return_if_fail (KAF_IS_HOME_PAGE (self));

  if (self->store == store)
    return;
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  if (store == NULL)
    return;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  read_all (self);
}

gboolean
kaf_home_page_is_settled (KafHomePage *self)
{
  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  return self->store != NULL && self->reading == 0 && self->timer == 0 && self->rest != NULL;
}

gboolean
kaf_home_page_is_empty (KafHomePage *self)
{
  const KafHomeStart *start;

  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  start = self->start;
  return start != NULL && start->n_experts == 0 && start->n_organisations == 0 &&
         start->n_networks == 0 && start->drafts->len == 0;
}
