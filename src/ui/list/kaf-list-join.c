/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/list/kaf-list-join.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-window.h"
#include "ui/form/kaf-field-row.h"
#include "ui/list/kaf-list-bulk.h"

typedef struct
{
  char *network, *since, *source;
} Joining;

static void
joining_free (gpointer data)
{
  Joining *joining = data;

  g_free (joining->network);
  g_free (joining->since);
  g_free (joining->source);
  g_free (joining);
}

/* Over by the day from which the new one counts, or by today. */
static gboolean
is_over (const char *until, const char *from)
{
  g_autofree char *end = until != NULL ? kaf_date_end (until) : NULL;
  g_autofree char *start = kaf_date_start (from);

  return end != NULL && start != NULL && strcmp (end, start) < 0;
}

static gboolean
belongs (KafDatabase *db, const char *person, const Joining *joining, gboolean *yes, GError **error)
{
  static const char *const columns[] = { "network", "valid_to", NULL };
  g_autofree char *today = kaf_date_from_time (kaf_clock_now (kaf_database_get_clock (db)));
  const char *from = joining->since != NULL ? joining->since : today;
  g_autoptr (GPtrArray) present = kaf_page_related (db, kaf_registry_find ("membership"), "person",
                                                    person, columns, KAF_LANG_EN, 1000, error);

  *yes = FALSE;
  for (guint i = 0; present != NULL && i < present->len && !*yes; i++)
    {
      const KafRow *row = g_ptr_array_index (present, i);

      *yes = g_strcmp0 (row->raw[0], joining->network) == 0 && !is_over (row->raw[1], from);
    }
  return present != NULL;
}

/* Creates a membership unless there is one; who left joins again. */
static gboolean
add_membership (
    KafDatabase *db, KafChangeSet *set, const KafRow *row, gpointer data, GError **error)
{
  const Joining *joining = data;
  g_autoptr (KafRecord) record = NULL;
  gboolean member;

  if (!belongs (db, row->id, joining, &member, error))
    return FALSE;
  if (member)
    return TRUE;
  record = kaf_record_new (kaf_registry_find ("membership"), NULL);
  kaf_record_set (record, "person", row->id);
  kaf_record_set (record, "network", joining->network);
  kaf_record_set (record, "valid_from", joining->since);
  kaf_record_set (record, "source", joining->source);
  kaf_change_set_create (set, record);
  return TRUE;
}

/* (transfer full) */
static char *
describe_joined (guint n)
{
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());

  if (n == 0)
    return g_strdup (_ ("All belong to this network already"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s person added to the network",
                                       "%s persons added to the network", n),
                          number);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_list_bulk_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *done =
      describe_joined (receipt != NULL && receipt->batch != NULL ? receipt->n_records : 0);

  kaf_list_bulk_report (page, receipt, error, done,
                        _ ("The persons were not added to the network"));
}

void
kaf_list_join (GtkWidget *page,
               KafStore *store,
               const KafEntity *entity,
               GArray *rids,
               const char *network,
               const char *since,
               const char *source)
{
  Joining *joining = g_new0 (Joining, 1);

  joining->network = g_strdup (network);
  joining->since = g_strdup (since);
  joining->source = g_strdup (source);
  kaf_list_bulk_run_async (store, entity, rids, NULL, "add-to-network", add_membership, joining,
                           joining_free, NULL, NULL, joined_cb, g_object_ref (page));
}

/* The question. */
typedef struct
{
  GtkWidget *page;
  KafStore *store;
  const KafEntity *entity;
  GArray *rids;
  char *network;
  GtkWidget *since;
  GtkWidget *source;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->page);
  g_object_unref (question->store);
  g_array_unref (question->rids);
  g_free (question->network);
  g_free (question);
}

static void
on_add (GtkWidget *window)
{
  const Question *question = g_object_get_data (G_OBJECT (window), "question");
  g_autofree char *since = NULL;
  g_autofree char *source = NULL;

  if (!kaf_field_row_check (KAF_FIELD_ROW (question->since), &since))
    {
      kaf_field_row_focus (KAF_FIELD_ROW (question->since));
      return;
    }
  if (!kaf_field_row_check (KAF_FIELD_ROW (question->source), &source))
    return;
  kaf_list_join (question->page, question->store, question->entity, question->rids,
                 question->network, since, source);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
field_new (Question *question, GtkWidget *box, const char *field)
{
  GtkWidget *row = kaf_field_row_new (
      kaf_entity_find_field (kaf_registry_find ("membership"), field), question->store);

  gtk_box_append (GTK_BOX (box), row);
  return row;
}

static GtkWidget *
content_new (Question *question, GtkWidget *window)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add"));

  gtk_widget_add_css_class (add, "suggested-action");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), window);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), add);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  question->since = field_new (question, box, "valid_from");
  question->source = field_new (question, box, "source");
  g_signal_connect_swapped (question->since, "activated", G_CALLBACK (on_add), window);
  g_signal_connect_swapped (question->source, "activated", G_CALLBACK (on_add), window);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), box);
  return content;
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

void
kaf_list_join_ask (GtkWidget *page,
                   KafStore *store,
                   const KafEntity *entity,
                   GArray *rids,
                   const char *network,
                   const char *title)
{
  Question *question = g_new0 (Question, 1);
  GtkWidget *window = adw_window_new ();
  GtkRoot *root = gtk_widget_get_root (page);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  /* Translators: %s is the name of a network. */
  g_autofree char *text = g_strdup_printf (_ ("Add to %s"), title);

  question->page = g_object_ref (page);
  question->store = g_object_ref (store);
  question->entity = entity;
  question->rids = g_array_ref (rids);
  question->network = g_strdup (network);
  g_object_set_data_full (G_OBJECT (window), "question", question, question_free);
  adw_window_set_content (ADW_WINDOW (window), content_new (question, window));
  gtk_window_set_title (GTK_WINDOW (window), text);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 420, -1);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
  kaf_field_row_focus (KAF_FIELD_ROW (question->since));
}

/* A network made of a selection. */

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  GtkRoot *root = gtk_widget_get_root (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (KafQuery) query = kaf_list_bulk_query_finish (KAF_STORE (source), result, &error);
  const KafCondition *ids = query != NULL ? kaf_query_find_condition (query, "id") : NULL;

  if (!KAF_IS_WINDOW (root))
    return;
  if (ids != NULL)
    kaf_window_open_network_form (KAF_WINDOW (root), (const char *const *) ids->values);
  else
    kaf_window_report_error (KAF_WINDOW (root), NULL, error);
}

void
kaf_list_join_new (GtkWidget *page, KafStore *store, const KafEntity *entity, GArray *rids)
{
  g_autoptr (KafQuery) query = kaf_query_new (entity);

  if (rids->len > 0)
    kaf_list_bulk_query_async (store, query, rids, chosen_cb, g_object_ref (page));
}
