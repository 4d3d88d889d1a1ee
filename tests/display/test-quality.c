/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quality of the data by its actions: each figure opens a list of just its length, whom to ask is listed and kept;
 * and on a record's page, what sources say otherwise is marked, told and taken over. */
#include "config.h"

#include "kaf-display.h"

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/form/kaf-form-page.h"
#include "ui/list/kaf-list-page.h"
#include "ui/quality/kaf-campaign.h"
#include "ui/quality/kaf-quality-page.h"
#include "ui/record/kaf-fact-list.h"
#include "ui/record/kaf-record-page-private.h"
#include "ui/segment/kaf-segment-page.h"

#define PERSONS 12

static void
add (KafStore *store, const char *entity, const char *first, ...)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("new");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find (entity), NULL);
  g_autoptr (KafReceipt) receipt = NULL;
  va_list list;

  va_start (list, first);
  for (const char *name = first; name != NULL; name = va_arg (list, const char *))
    kaf_record_set (record, name, va_arg (list, const char *));
  va_end (list);
  kaf_change_set_create (set, record);
  receipt = kaf_display_commit (store, set);
}

static void
update (KafStore *store, const char *id, const char *field, const char *value)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("person"), id);
  g_autoptr (KafReceipt) receipt = NULL;

  kaf_record_set (record, field, value);
  kaf_change_set_update (set, record);
  receipt = kaf_display_commit (store, set);
}

/* Confirmed today, five years ago or never; every second can be reached. */
static void
fill (KafStore *store)
{
  g_autofree char *today = kaf_date_from_time (g_get_real_time ());

  for (guint i = 0; i < PERSONS; i++)
    {
      g_autofree char *given = g_strdup_printf ("Nora%u", i);
      g_autofree char *id =
          kaf_display_add_expert (store, "Alami", given, i % 4 == 0 ? "علمي" : NULL, NULL);

      if (i % 3 > 0)
        update (store, id, "confirmed_on", i % 3 == 1 ? today : "2020-01-01");
      if (i % 2 == 0)
        update (store, id, "phones", "+33612345678");
      if (i < 5)
        add (store, "source_claim", "person", id, "field", "city", "value", "Lyon", "source",
             i < 3 ? "Consulat" : "DMK", NULL);
    }
}

static KafQualityPage *
open_page (KafWindow *window)
{
  GtkWidget *page;

  g_action_group_activate_action (G_ACTION_GROUP (window), "section",
                                  g_variant_new_string ("quality"));
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_QUALITY_PAGE (page));
  KAF_WAIT (kaf_quality_page_is_settled (KAF_QUALITY_PAGE (page)));
  return KAF_QUALITY_PAGE (page);
}

static KafPagedList *
wait_for_list (KafWindow *window)
{
  KafPagedList *list;

  KAF_WAIT (KAF_IS_LIST_PAGE (kaf_window_get_page (window)));
  list = kaf_list_page_get_list (KAF_LIST_PAGE (kaf_window_get_page (window)));
  KAF_WAIT (kaf_paged_list_get_query (list) != NULL && !kaf_paged_list_is_loading (list) &&
            kaf_paged_list_get_total (list) >= 0);
  return list;
}

/* By the button that shows it: its action and target. Comes back to the page. */
static void
press (KafWindow *window, GtkWidget *button, gint64 n)
{
  g_assert_true (gtk_widget_activate (button));
  g_assert_cmpint (kaf_paged_list_get_total (wait_for_list (window)), ==, n);
  open_page (window);
}

static gboolean
opens_list (GtkWidget *widget)
{
  const char *action =
      GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;

  return g_strcmp0 (action, KAF_QUALITY_OPEN) == 0 || g_strcmp0 (action, "quality.known") == 0;
}

static void
collect (GtkWidget *widget, GPtrArray *found)
{
  if (opens_list (widget) && gtk_widget_get_sensitive (widget))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

/* What the target of a button counts, by the figures of the page. */
static gint64
expect (const KafQuality *quality, GtkWidget *button)
{
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));
  const char *axis_id, *code, *measure_id;
  KafQualityAxis axis;
  KafQualityMeasure measure;

  if (g_variant_is_of_type (target, G_VARIANT_TYPE_STRING))
    return quality->all - quality->n[kaf_quality_parse (g_variant_get_string (target, NULL))];
  g_variant_get (target, "(&s&s&s)", &axis_id, &code, &measure_id);
  axis = kaf_quality_axis_parse (axis_id);
  measure = kaf_quality_parse (measure_id);
  for (guint i = 0; axis < KAF_QUALITY_N_AXES && i < quality->rows[axis]->len; i++)
    {
      const KafQualityRow *row = quality->rows[axis]->pdata[i];

      if (g_strcmp0 (row->code != NULL ? row->code : "", code) != 0)
        continue;
      for (guint cell = 0; cell < KAF_QUALITY_N_CELLS; cell++)
        if (kaf_quality_cells[cell] == measure)
          return row->n[cell];
      return row->all;
    }
  return quality->n[measure];
}

static void
test_figures (void)
{
  KafWindow *window = kaf_display_open ("figures.db");
  g_autoptr (GPtrArray) buttons = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree gint64 *counts = NULL;
  KafQualityPage *page;
  const KafQuality *quality;

  page = open_page (window);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Nothing to Measure Yet"));
  fill (kaf_window_get_store (window));
  KAF_WAIT (kaf_quality_page_is_settled (page) &&
            kaf_quality_page_get_figures (page)->all == PERSONS);
  quality = kaf_quality_page_get_figures (page);
  g_assert_cmpint (quality->n[KAF_QUALITY_FRESH], ==, 4);
  g_assert_cmpint (quality->n[KAF_QUALITY_STALE], ==, 4);
  g_assert_cmpint (quality->n[KAF_QUALITY_NEVER], ==, 4);
  g_assert_cmpint (quality->n[KAF_QUALITY_NO_CONTACT], ==, 6);
  collect (GTK_WIDGET (page), buttons);
  g_assert_cmpuint (buttons->len, >, 20);
  counts = g_new0 (gint64, buttons->len);
  for (guint i = 0; i < buttons->len; i++)
    counts[i] = expect (quality, buttons->pdata[i]);
  for (guint i = 0; i < buttons->len; i++)
    press (window, buttons->pdata[i], counts[i]);
}

/* Those who can be reached, with what is missing; kept, they stand in a segment with its frozen list. */
static void
test_campaign (void)
{
  KafWindow *window = kaf_display_open ("campaign.db");
  KafStore *store = kaf_window_get_store (window);
  g_autoptr (KafQuery) all = kaf_query_new (kaf_registry_find ("expert"));
  g_auto (GStrv) columns = NULL;
  GtkWindow *dialog;
  KafSegmentPage *segment;

  fill (store);
  open_page (window);
  gtk_widget_activate_action (kaf_window_get_page (window), KAF_QUALITY_ASK, "(sss)", "", "",
                              "never");
  KAF_WAIT (kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG) != NULL);
  dialog = kaf_display_find_window (window, ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (kaf_display_shows (GTK_WIDGET (dialog), "2 of 4 have a phone or an e-mail"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "show");
  g_assert_cmpint (kaf_paged_list_get_total (wait_for_list (window)), ==, 2);
  columns = kaf_list_page_get_columns (KAF_LIST_PAGE (kaf_window_get_page (window)));
  g_assert_true (g_strv_contains ((const char *const *) columns, KAF_QUALITY_MISSING));
  g_assert_true (g_strv_contains ((const char *const *) columns, "phones"));

  kaf_campaign_keep (window, store, all, "Campagne d’essai");
  KAF_WAIT (KAF_IS_SEGMENT_PAGE (kaf_window_get_page (window)));
  segment = KAF_SEGMENT_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_segment_page_is_settled (segment));
  g_assert_cmpint (kaf_segment_page_get_count (segment), ==, 6);
  g_assert_cmpuint (kaf_segment_page_get_n_lists (segment), ==, 1);
  g_assert_cmpint (kaf_display_count (store, "segment_member"), ==, 6);
}

/* A record's page */

static KafRecordPage *
open_record (KafWindow *window, const char *id)
{
  GtkWidget *page;

  kaf_window_open_record (window, kaf_registry_find ("expert"), id, NULL,
                          GTK_INVALID_LIST_POSITION);
  page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_RECORD_PAGE (page));
  KAF_WAIT (kaf_record_page_is_settled (KAF_RECORD_PAGE (page)) &&
            kaf_record_page_is_shown (KAF_RECORD_PAGE (page)));
  return KAF_RECORD_PAGE (page);
}

static GtkWidget *
find_action (GtkWidget *widget, const char *action)
{
  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
city (KafRecordPage *page)
{
  return kaf_record_data_get (page->data, "city");
}

static void
test_sources (void)
{
  KafWindow *window = kaf_display_open ("sources.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add_expert (store, "Bennis", "Salma", NULL, NULL);
  KafRecordPage *page;
  GtkWidget *use;

  update (store, id, "city", "Munich");
  page = open_record (window, id);
  g_assert_null (find_action (page->first_cards, "record.show-sources"));
  add (store, "source_claim", "person", id, "field", "city", "value", "Augsburg", "source", "Liste",
       "origin", "consulate", "claimed_on", "2026-02-03", NULL);
  KAF_WAIT (find_action (page->first_cards, "record.show-sources") != NULL);
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "says otherwise"));

  g_assert_true (gtk_widget_activate (find_action (page->first_cards, "record.show-sources")));
  KAF_WAIT (page->editor != NULL && gtk_widget_get_mapped (page->editor));
  g_assert_true (kaf_display_shows (page->editor, "Typed here: no source says so."));
  g_assert_true (kaf_display_shows (page->editor, "Consular post"));
  use = find_action (page->editor, "record.use-claim");
  g_assert_nonnull (use);
  g_signal_emit_by_name (use, "clicked");
  KAF_WAIT (g_strcmp0 (city (page), "Augsburg") == 0);

  g_action_group_activate_action (G_ACTION_GROUP (window), "undo", NULL);
  KAF_WAIT (g_strcmp0 (city (page), "Munich") == 0);
}

/* What a list says of a person is one row, which begins with what is to be looked at; its form asks for no field. */
static void
test_said (void)
{
  KafWindow *window = kaf_display_open ("said.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *id = kaf_display_add_expert (store, "Bennis", "Salma", NULL, NULL);
  const KafEntity *person = kaf_registry_find ("person");
  const KafFieldClaims *of;
  KafRecordPage *page;
  KafFormPage *form;
  GtkWidget *use;

  update (store, id, "city", "Munich");
  add (store, "source_claim", "person", id, "about", "family_name city years", "said",
       "Bennis\nAugsburg\n12", "source", "Liste", "external_source", "Liste", "external_id", "7",
       NULL);
  page = open_record (window, id);
  KAF_WAIT (kaf_display_shows (GTK_WIDGET (page),
                               "City: \u2068Augsburg\u2069 · Family name: \u2068Bennis\u2069 · "));
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "says otherwise"));

  kaf_record_page_show_sources (page, "city");
  KAF_WAIT (page->editor != NULL && gtk_widget_get_mapped (page->editor));
  use = find_action (page->editor, "record.use-claim");
  g_assert_nonnull (use);
  g_signal_emit_by_name (use, "clicked");
  KAF_WAIT (g_strcmp0 (city (page), "Augsburg") == 0);

  of = kaf_claims_find (page->data->claims, person, kaf_entity_find_field (person, "city"));
  gtk_widget_activate_action (GTK_WIDGET (page->first_cards), "record.edit-related", "(ss)",
                              "source_claim",
                              ((const KafClaim *) g_ptr_array_index (of->claims, 0))->id);
  KAF_WAIT (KAF_IS_FORM_PAGE (kaf_window_get_page (window)));
  form = KAF_FORM_PAGE (kaf_window_get_page (window));
  KAF_WAIT (kaf_form_page_is_ready (form));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (kaf_form_page_get_row (form, "field"))));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (kaf_form_page_get_row (form, "source"))));
}

int
main (int argc, char *argv[])
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/quality/figures", test_figures);
  g_test_add_func ("/quality/campaign", test_campaign);
  g_test_add_func ("/quality/sources", test_sources);
  g_test_add_func ("/quality/said", test_said);
  return kaf_display_finish (g_test_run ());
}
