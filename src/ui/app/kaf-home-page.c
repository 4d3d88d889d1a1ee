/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filled in two goes (kaf-home-data.h): the first is quick however many records there are, and brings
 * along what was counted last, so that the page is whole at once; when that is no longer what the store
 * holds, the second counts behind, on the lane that nobody waits for, and only while the page shows.
 * Read again, after a short rest, when the store changes. Widgets change in place. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/app/kaf-day-watch.h"
#include "ui/app/kaf-home-data.h"
#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-home-row.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-row-names.h"
#include "ui/app/kaf-totals-page.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/compat/kaf-text.h"
#include "ui/record/kaf-columns.h"
#include "ui/mission/kaf-board-bars.h"
#include "ui/record/kaf-record-section.h"
#include "ui/sync/kaf-sync-text.h"
#include "ui/target/kaf-target-card.h"
#include "ui/todo/kaf-todo-text.h"

#define REST 300 /* ms after a change before reading again: an import changes many times */
#define DRAFTS_SHOWN 3
#define LAPSING_SHOWN 5

/* A heading with its rows or bars, or a sentence in their place. */
typedef struct
{
  GtkWidget *section;
  GtkWidget *rows;
  GtkWidget *sentence;
} Part;

struct _KafHomePage
{
  GtkBox parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  KafHomeStart *start;
  KafHomeRest *rest;
  guint timer;
  guint tick;     /* waiting for a frame before counting */
  guint frames;   /* begun since */
  guint reading;  /* goes that are under way or due */
  gboolean stale; /* changed, or left, before it was read */

  GtkWidget *frame;
  GtkWidget *stack;
  GtkWidget *greeting;
  GtkWidget *date;
  GtkWidget *add;
  GtkWidget *totals; /* nullable: for who sees them alone */
  GtkWidget *start_column;
  GtkWidget *missions;
  GtkWidget *target;
  GtkWidget *end_column;
  Part todo, lapsing, recent, quality, countries, domains; /* made when first filled */
};

enum
{
  FILLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafHomePage, kaf_home_page, GTK_TYPE_BOX)

static void read_all (KafHomePage *self);

static char *
number (gint64 n)
{
  return kaf_number_format (n, kaf_application_get_lang ());
}

static void
make_part (Part *self, GtkWidget *column, const char *title, GtkWidget *rows)
{
  self->section = kaf_record_section_new (title);
  self->rows = rows;
  self->sentence = kaf_record_section_sentence (NULL);
  gtk_widget_set_visible (self->sentence, FALSE);
  gtk_box_append (GTK_BOX (self->section), self->rows);
  gtk_box_append (GTK_BOX (self->section), self->sentence);
  gtk_box_append (GTK_BOX (column), self->section);
}

static void
make_list_part (Part *self, GtkWidget *column, const char *title)
{
  if (self->section == NULL)
    make_part (self, column, title, kaf_record_section_list (title));
}

/* The row of the list after @before (NULL: the first), made when there is none. */
static KafHomeRow *
next_row (Part *self, KafHomeRow *before)
{
  GtkWidget *row = before != NULL ? gtk_widget_get_next_sibling (GTK_WIDGET (before))
                                  : gtk_widget_get_first_child (self->rows);

  if (row == NULL)
    {
      row = kaf_home_row_new ();
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
    }
  return KAF_HOME_ROW (row);
}

/* Takes out the rows after @last (NULL: all); without any, @sentence stands there. */
static void
end_rows (Part *self, KafHomeRow *last, const char *sentence)
{
  GtkWidget *row;

  while ((row = last != NULL ? gtk_widget_get_next_sibling (GTK_WIDGET (last))
                             : gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  kaf_text_set (KAF_TEXT (self->sentence), sentence);
  gtk_widget_set_visible (self->rows, last != NULL);
  gtk_widget_set_visible (self->sentence, last == NULL && sentence != NULL);
}

static char *
name_draft (const KafDraft *draft)
{
  const char *entity = g_dgettext (GETTEXT_PACKAGE, draft->entity->label);

  if (g_str_equal (draft->slot, "new") || g_str_has_prefix (draft->slot, "new:"))
    /* Translators: kind of record, as "Expert" */
    return g_strdup_printf (_ ("Draft: new record, %s"), entity);
  return g_strdup_printf (_ ("Draft: change of a record, %s"), entity);
}

static KafHomeRow *
fill_drafts (Part *part, KafHomeRow *row, const KafHomeStart *start)
{
  for (guint i = 0; i < start->drafts->len && i < DRAFTS_SHOWN; i++)
    {
      const KafDraft *draft = g_ptr_array_index (start->drafts, i);
      g_autofree char *title = name_draft (draft);
      g_autofree char *when = kaf_time_format (draft->when, kaf_application_get_lang ());
      g_autofree char *line = kaf_bidi_line (when);

      row = next_row (part, row);
      kaf_home_row_set_text (row, "document-edit-symbolic", title, line);
      kaf_home_row_set_pill (row, _ ("to finish"), "accent");
      kaf_home_row_set_target (row, "win.open-draft",
                               g_variant_new ("(ss)", draft->entity->id, draft->slot));
    }
  return row;
}

/* What the sync leaves to a person. */
static KafHomeRow *
fill_sync (Part *part, KafHomeRow *row, const KafHomeStart *start)
{
  KafLang lang = kaf_application_get_lang ();

  if (start->n_conflicts > 0)
    {
      g_autofree char *title = kaf_sync_text_conflicts (start->n_conflicts, lang);

      row = next_row (part, row);
      kaf_home_row_set_text (row, "view-refresh-symbolic", title,
                             _ ("Two persons changed the same field"));
      kaf_home_row_set_pill (row, _ ("to settle"), "warning");
      kaf_home_row_set_target (row, "win.show-conflicts", NULL);
    }
  if (start->n_rejected > 0)
    {
      g_autofree char *title = kaf_sync_text_rejected (start->n_rejected, lang);

      row = next_row (part, row);
      kaf_home_row_set_text (row, "dialog-warning-symbolic", title,
                             _ ("They are kept on this computer alone"));
      kaf_home_row_set_pill (row, _ ("to look at"), "warning");
      kaf_home_row_set_target (row, "win.show-conflicts", NULL);
    }
  return row;
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
    case KAF_HOME_UNVERIFIED:
    case KAF_HOME_NO_CONTACT:
    case KAF_HOME_NO_CONSENT:
    case KAF_HOME_BOTH_SCRIPTS:
    case KAF_HOME_N_COUNTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static KafHomeRow *
fill_counts (Part *part, KafHomeRow *row, const KafHomeRest *rest)
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

  for (int kind = 0; kind < KAF_HOME_N_TODO; kind++)
    {
      const KafHomeCount *count = &rest->counts[kind];
      g_autofree char *title = NULL;
      g_autofree char *json = NULL;

      if (count->n == 0)
        continue;
      title = describe_count (kind, count->n);
      json = kaf_query_to_json (count->query);
      row = next_row (part, row);
      kaf_home_row_set_text (row, looks[kind].icon, title, _ (looks[kind].subtitle));
      kaf_home_row_set_pill (row, _ (looks[kind].pill), looks[kind].style);
      kaf_home_row_set_target (row, "win.show-query", g_variant_new_string (json));
    }
  return row;
}

/* Of the rules: those that are late, or those that are not. What is only worth knowing is for the whole list. */
static KafHomeRow *
fill_findings (Part *part, KafHomeRow *row, const KafHomeRest *rest, gboolean late)
{
  const KafFindings *findings = rest->todo->findings;

  for (guint i = 0; i < findings->list->len; i++)
    {
      const KafFinding *finding = g_ptr_array_index (findings->list, i);
      g_autofree char *sentence = NULL;
      g_autofree char *context = NULL;
      g_autofree char *day = NULL;
      const char *style;
      const char *word;

      if ((finding->urgency == KAF_URGENCY_LATE) != late || finding->id == NULL ||
          finding->urgency == KAF_URGENCY_MILD)
        continue;
      sentence = kaf_todo_text_sentence (finding);
      context = kaf_todo_text_context (finding);
      word = kaf_todo_text_urgency (finding, findings->day, &style);
      /* What is to come shows its day; of what is late the sentence tells it. */
      if (finding->urgency != KAF_URGENCY_LATE && finding->due != findings->day)
        day = kaf_todo_text_day (finding, rest->lang);
      row = next_row (part, row);
      kaf_home_row_set_text (row, kaf_todo_text_icon (finding), sentence, context);
      kaf_home_row_set_pill (row, day != NULL ? day : word, style);
      kaf_home_row_set_target (row, "win.open-record",
                               g_variant_new ("(ss)", finding->rule->entity, finding->id));
    }
  return row;
}

static void
make_todo (KafHomePage *self)
{
  KafRecordSection *section;
  GtkWidget *button;

  if (self->todo.section != NULL)
    return;
  make_list_part (&self->todo, self->start_column, _ ("To do"));
  gtk_box_reorder_child_after (GTK_BOX (self->start_column), self->todo.section, NULL);
  section = KAF_RECORD_SECTION (self->todo.section);
  button = kaf_record_section_add_button (section, _ ("Calendar"), _ ("Open the Calendar"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-calendar");
  button = kaf_record_section_add_button (section, _ ("See All"), _ ("See All That Is to Be Done"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-todo");
}

/* What is late, what the sync and the forms wait for, what comes, and what the data lack. */
static void
show_todo (KafHomePage *self)
{
  g_autofree char *count = NULL;
  KafHomeRow *last = NULL;

  make_todo (self);
  if (self->rest != NULL)
    {
      count = kaf_todo_text_count (self->rest->todo, self->rest->lang);
      last = fill_findings (&self->todo, last, self->rest, TRUE);
    }
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->todo.section), count);
  last = fill_sync (&self->todo, last, self->start);
  last = fill_drafts (&self->todo, last, self->start);
  if (self->rest != NULL)
    {
      last = fill_findings (&self->todo, last, self->rest, FALSE);
      last = fill_counts (&self->todo, last, self->rest);
    }
  end_rows (&self->todo, last, self->rest != NULL ? _ ("Nothing waits for you.") : _ ("Looking…"));
}

static void
fill_lapsing (KafHomeRow *row, const KafAgendaItem *item, const KafTodo *todo, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (item->from);
  g_autofree char *date = kaf_date_format (iso, lang, KAF_DATE_LONG);
  g_autofree char *isolated = kaf_bidi_isolate (date);
  g_autofree char *until = g_strdup_printf (C_ ("convention", "until %s"), isolated);
  g_autofree char *title = kaf_bidi_line (item->title);
  KafDay today = todo->findings->day;
  guint left = item->from > today ? item->from - today : 0;
  g_autofree char *number = kaf_number_format (left, lang);
  /* Translators: how many days are left */
  g_autofree char *days = g_strdup_printf (ngettext ("%s day", "%s days", left), number);

  kaf_home_row_set_text (row, NULL, title, until);
  kaf_home_row_set_pill (row, days, left <= todo->lapse_soon ? "warning" : NULL);
  kaf_home_row_set_target (row, "win.open-record", g_variant_new ("(ss)", item->entity, item->id));
}

/* Conventions that lapse within the first term of the settings. */
static void
show_lapsing (KafHomePage *self)
{
  const KafTodo *todo = self->rest->todo;
  g_autofree char *number = kaf_number_format (todo->lapse_days, self->rest->lang);
  g_autofree char *note = NULL;
  KafHomeRow *last = NULL;

  if (todo->lapsing->len == 0 && self->lapsing.section == NULL)
    return;
  make_list_part (&self->lapsing, self->end_column, _ ("Conventions lapsing"));
  for (guint i = 0; i < todo->lapsing->len && i < LAPSING_SHOWN; i++)
    {
      last = next_row (&self->lapsing, last);
      fill_lapsing (last, g_ptr_array_index (todo->lapsing, i), todo, self->rest->lang);
    }
  note = g_strdup_printf (ngettext ("%s day", "%s days", todo->lapse_days), number);
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->lapsing.section), note);
  end_rows (&self->lapsing, last, NULL);
  gtk_widget_set_visible (self->lapsing.section, last != NULL);
  /* Before the charts, whenever it came. */
  gtk_box_reorder_child_after (GTK_BOX (self->end_column), self->lapsing.section, NULL);
}

static void
show_recent (KafHomePage *self)
{
  const GPtrArray *rows = self->rest->recent;
  KafHomeRow *last = NULL;

  make_list_part (&self->recent, self->start_column, _ ("Changed last"));
  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);
      const char *first;
      const char *second;
      g_autofree char *date = row->cells[0] != NULL ? kaf_bidi_isolate (row->cells[0]) : NULL;

      kaf_row_names (row, kaf_application_get_lang (), &first, &second);
      last = next_row (&self->recent, last);
      kaf_home_row_set_text (last, NULL, first, second);
      kaf_home_row_set_figure (last, date, TRUE);
      kaf_home_row_set_target (last, "win.open-record",
                               g_variant_new ("(ss)", row->entity->id, row->id));
    }
  end_rows (&self->recent, last, NULL);
  gtk_widget_set_visible (self->recent.section, last != NULL);
}

/* What the files lack, each figure with the list of those that lack it. */
static KafHomeRow *
fill_lacks (Part *part, KafHomeRow *row, const KafHomeRest *rest)
{
  static const struct
  {
    KafHomeCountKind kind;
    const char *title; /* N_() */
  } lacks[] = {
    { KAF_HOME_OLD, N_ ("Confirmed more than a year ago") },
    { KAF_HOME_UNVERIFIED, N_ ("Not verified") },
    { KAF_HOME_NO_CONTACT, N_ ("Neither phone nor e-mail") },
    { KAF_HOME_NO_CONSENT, N_ ("Without consent on file") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lacks); i++)
    {
      const KafHomeCount *count = &rest->counts[lacks[i].kind];
      g_autofree char *shown = number (count->n);
      g_autofree char *json = kaf_query_to_json (count->query);

      row = next_row (part, row);
      kaf_home_row_set_text (row, NULL, _ (lacks[i].title), NULL);
      kaf_home_row_set_figure (row, shown, count->n == 0);
      kaf_home_row_set_target (row, "win.show-query", g_variant_new_string (json));
    }
  return row;
}

static void
make_quality_part (KafHomePage *self)
{
  GtkWidget *button;

  if (self->quality.section != NULL)
    return;
  make_list_part (&self->quality, self->start_column, _ ("Quality of the data"));
  button = kaf_record_section_add_button (KAF_RECORD_SECTION (self->quality.section),
                                          _ ("All Figures"), _ ("Open the Quality of the Data"));
  /* In this order: an action without its target is complained of. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "quality");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.section");
}

static void
show_quality (KafHomePage *self)
{
  const KafHomeCount *whole = &self->rest->counts[KAF_HOME_BOTH_SCRIPTS];
  gint64 n = self->start->n_experts;
  g_autofree char *list = kaf_query_to_json (whole->query);
  g_autofree char *percent = NULL;
  KafHomeRow *row;

  make_quality_part (self);
  /* Rounded down: not everything is done until it is. */
  percent = g_strdup_printf (C_ ("percentage", "%d %%"), (int) (whole->n * 100 / MAX (n, 1)));
  row = next_row (&self->quality, NULL);
  kaf_home_row_set_text (row, NULL, _ ("Names in both scripts"), NULL);
  kaf_home_row_set_figure (row, percent, FALSE);
  kaf_home_row_set_target (row, "win.show-query", g_variant_new_string (list));
  end_rows (&self->quality, fill_lacks (&self->quality, row, self->rest), NULL);
  gtk_widget_set_visible (self->quality.section, n > 0);
}

static void
make_bars_part (Part *self, GtkWidget *column, const char *title)
{
  if (self->section == NULL)
    make_part (self, column, title, kaf_record_section_bars ());
}

static void
set_bar (KafBar *bar, const char *path, const KafGroup *group, gint64 max)
{
  const char *label = group->text != NULL ? group->text : _ ("Unknown");
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find ("expert"));
  g_autofree char *json = NULL;
  g_autofree char *count = number (group->count);

  if (group->value == NULL)
    kaf_query_set_condition (query, path, KAF_OP_UNSET, NULL);
  else
    kaf_query_set_condition (query, path, KAF_OP_ANY_OF,
                             (const char *const[]){ group->value, NULL });
  json = kaf_query_to_json (query);
  kaf_bar_set (bar, label, count, group->count, max, "win.show-query", g_variant_new_string (json));
}

static void
show_bars (Part *part, const char *path, const GPtrArray *groups)
{
  GtkWidget *bar = gtk_widget_get_first_child (part->rows);
  gint64 max = 1;

  for (guint i = 0; i < groups->len; i++)
    max = MAX (max, ((const KafGroup *) g_ptr_array_index (groups, i))->count);
  for (guint i = 0; i < groups->len; i++)
    {
      if (bar == NULL)
        {
          bar = kaf_bar_new ();
          gtk_box_append (GTK_BOX (part->rows), bar);
        }
      set_bar (KAF_BAR (bar), path, g_ptr_array_index (groups, i), max);
      bar = gtk_widget_get_next_sibling (bar);
    }
  while (bar != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (bar);

      gtk_box_remove (GTK_BOX (part->rows), bar);
      bar = next;
    }
  kaf_text_set (KAF_TEXT (part->sentence), _ ("Not known yet."));
  gtk_widget_set_visible (part->rows, groups->len > 0);
  gtk_widget_set_visible (part->sentence, groups->len == 0);
}

static void
show_charts (KafHomePage *self)
{
  make_bars_part (&self->countries, self->end_column, _ ("Experts by country"));
  make_bars_part (&self->domains, self->end_column, _ ("Experts by domain"));
  show_bars (&self->countries, "country", self->rest->countries);
  show_bars (&self->domains, "domains", self->rest->domains);
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

/* The count of 2030 reads for itself. */
static void
show_totals (KafHomePage *self)
{
  gtk_widget_set_visible (self->add, FALSE);
  if (self->totals != NULL)
    return;
  self->totals = kaf_totals_section_new ();
  gtk_box_prepend (GTK_BOX (self->start_column), self->totals);
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
  if (empty)
    return;
  if (self->start->totals)
    {
      show_totals (self);
      return;
    }

  show_todo (self);
  if (self->rest == NULL)
    return;
  show_lapsing (self);
  show_recent (self);
  show_quality (self);
  show_charts (self);
}

static gboolean
was_cancelled (KafHomePage *self, const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) || self->stack == NULL;
}

static void
keep_rest (KafHomePage *self)
{
  if (!kaf_store_is_read_only (self->store))
    kaf_store_run_async (self->store, KAF_LANE_WRITE, kaf_home_keep,
                         kaf_home_rest_to_text (self->rest), g_free, NULL, NULL, NULL, NULL);
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
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, TRUE);
      return;
    }
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  self->rest = g_steal_pointer (&rest);
  show_data (self);
  keep_rest (self);
}

/* Called in each frame before it is painted: at the second, the first is on the screen. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  kaf_store_run_async (self->store, KAF_LANE_BACKGROUND, kaf_home_read_rest, NULL, NULL,
                       (GDestroyNotify) kaf_home_rest_free, self->cancellable, on_rest,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_reading (KafHomePage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->reading = 0;
}

static gboolean
is_counted (const KafHomeStart *start, const KafHomeRest *rest)
{
  return rest != NULL && g_str_equal (rest->stamp, start->stamp);
}

/* What is kept may stand until it is counted, or be what another window has counted meanwhile. */
static void
take_kept (KafHomePage *self)
{
  if (self->start->kept == NULL || is_counted (self->start, self->rest) ||
      (self->rest != NULL && !is_counted (self->start, self->start->kept)))
    return;
  g_clear_pointer (&self->rest, kaf_home_rest_free);
  self->rest = g_steal_pointer (&self->start->kept);
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
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, self->start != NULL);
      return;
    }
  g_clear_pointer (&self->start, kaf_home_start_free);
  self->start = g_steal_pointer (&start);
  kaf_read_frame_clear (KAF_READ_FRAME (self->frame));
  take_kept (self);
  show_data (self);
  if (!self->start->totals && !is_counted (self->start, self->rest))
    {
      self->reading++;
      self->frames = 0;
      self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
    }
  g_signal_emit (self, signals[FILLED], 0);
}

static void
read_all (KafHomePage *self)
{
  stop_reading (self);
  self->stale = FALSE;
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
  if (self->timer != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  /* What is being counted is counted of what was. */
  stop_reading (self);
  self->timer = g_timeout_add (REST, on_timer, self);
}

static void
on_day (KafHomePage *self)
{
  if (self->store != NULL)
    on_changed (self->store, NULL, self);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  read_all (KAF_HOME_PAGE (widget));
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
kaf_home_page_unmap (GtkWidget *widget)
{
  KafHomePage *self = KAF_HOME_PAGE (widget);

  self->stale = self->stale || self->reading > 0 || self->timer != 0;
  stop_reading (self);
  GTK_WIDGET_CLASS (kaf_home_page_parent_class)->unmap (widget);
}

static void
kaf_home_page_dispose (GObject *object)
{
  KafHomePage *self = KAF_HOME_PAGE (object);

  stop_reading (self);
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
  GTK_WIDGET_CLASS (klass)->unmap = kaf_home_page_unmap;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "home.retry", NULL, on_retry);

  signals[FILLED] = g_signal_new ("filled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
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
  self->add = make_button ("contact-new-symbolic", _ ("New Expert"), "win.new-record::expert",
                           "suggested-action");
  gtk_box_append (GTK_BOX (box), self->add);
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
  self->missions = kaf_board_bars_new ();
  gtk_box_append (GTK_BOX (self->end_column), self->missions);
  self->target = kaf_target_card_new ();
  gtk_box_append (GTK_BOX (self->start_column), self->target);
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
  kaf_tooltip_set (search, _ ("Search Everywhere"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search Everywhere"), -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);
  gtk_box_append (GTK_BOX (self), header);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_full (self), "full");
  self->frame =
      kaf_read_frame_new (self->stack, _ ("The Home Page Could Not Be Read"), "home.retry");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
}

GtkWidget *
kaf_home_page_new (KafStore *store)
{
  KafHomePage *self = g_object_new (KAF_TYPE_HOME_PAGE, NULL);

  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (on_day), self,
                           G_CONNECT_SWAPPED);
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
  /* Its bars tell of a mission or two. */
  kaf_board_bars_set_store (KAF_BOARD_BARS (self->missions),
                            store != NULL && kaf_store_sees_totals_alone (store) ? NULL : store);
  kaf_target_card_set_store (KAF_TARGET_CARD (self->target), store);
  if (store == NULL)
    return;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  /* Another page may be the first that shows: then nothing is read for this one. The window may
   * wait for what is read before it shows. */
  self->stale = TRUE;
  if (gtk_widget_get_child_visible (GTK_WIDGET (self)))
    read_all (self);
}

gboolean
kaf_home_page_is_settled (KafHomePage *self)
{
  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  return self->store != NULL && !self->stale && self->reading == 0 &&
         (self->rest != NULL || (self->start != NULL && self->start->totals));
}

gboolean
kaf_home_page_is_filled (KafHomePage *self)
{
  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  return self->start != NULL;
}

gboolean
kaf_home_page_is_empty (KafHomePage *self)
{
  const KafHomeStart *start;

  g_return_val_if_fail (KAF_IS_HOME_PAGE (self), FALSE);
  start = self->start;
  return start != NULL && !start->totals && start->n_experts == 0 && start->n_organisations == 0 &&
         start->n_networks == 0 && start->drafts->len == 0;
}
