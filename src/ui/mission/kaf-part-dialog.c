/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-part-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-id.h"
#include "schema/kaf-registry.h"
#include "ui/mission/kaf-mission-page-private.h"
#include "ui/mission/kaf-part-choice-row.h"

static const char *const need[] = { "title_fr",     "title_ar",  "audience_fr",    "audience_ar",
                                    "territory",    "domains",   "daily_practice", "urgency",
                                    "stated_by",    "stated_on", "confirmed_on",   "statement_fr",
                                    "statement_ar", NULL };
static const char *const mission_need[] = { "need", NULL };
static const char *const stakeholder[] = { "organisation", "name",     "kind",
                                           "duty_fr",      "duty_ar",  "gap_fr",
                                           "gap_ar",       "attitude", NULL };
static const char *const contact[] = { "held_on", "channel",     "organisation", "person",
                                       "subject", "purpose",     "attitude",     "reached",
                                       "answer",  "next_action", "next_on",      NULL };
static const char *const listed[] = { "person",      "network",     "answer",    "contacted_on",
                                      "answered_on", "window_from", "window_to", "window_part",
                                      "reason",      NULL };
static const char *const agreed[] = { "answer",     "agreed_on",  "window_from", "window_to",
                                      "arrives_on", "arrives_at", "leaves_on",   NULL };
static const char *const ordered[] = { "order_number", "order_on", NULL };
static const char *const request[] = { "wanted",      "criteria",    "by", "asked_on",
                                       "answered_on", "answer_text", NULL };
static const char *const party[] = { "organisation", "role",  "asked_on",  "answer",
                                     "answered_on",  "hours", "relevance", NULL };
static const char *const party_contact[] = {
  "organisation", "role", "contact_name", "contact_function", "contact_phone", "contact_email", NULL
};
static const char *const convention[] = { "convention", NULL };
static const char *const room[] = { "name", "places", "organisation", NULL };
static const char *const participant[] = { "name", "name_ar", "function", "establishment", NULL };
static const char *const equipment[] = { "label_fr", "label_ar",  "quantity", "source",
                                         "provider", "condition", "state",    "needed_on",
                                         "remarks",  NULL };
static const char *const expected[] = { "text_fr", "text_ar", "indicator", "target", NULL };
static const char *const result_reached[] = { "reached", "comment", NULL };

static const char *const booking[] = { "label",   "kind",    "expert", "starts_on",
                                       "ends_on", "book_by", "state",  "supplier",
                                       "number",  "line",    NULL };
static const char *const delivered[] = { "state", "state_reason", NULL };
static const char *const material[] = { "title_fr",  "title_ar",       "form",
                                        "rights",    "copies",         "handed_on",
                                        "handed_to", "refused_reason", NULL };
static const char *const pair[] = { "expert",  "participant", "purpose", "starts_on",
                                    "ends_on", "state",       NULL };
static const char *const follow_up[] = { "label_fr", "kind",    "pair",    "owner_name",
                                         "due_on",   "done_on", "outcome", NULL };
static const char *const evaluation[] = { "role",
                                          "answered_on",
                                          "content_score",
                                          "relevance_score",
                                          "trainer_score",
                                          "organisation_score",
                                          "again_score",
                                          "liked",
                                          "missing",
                                          "suggestion",
                                          "suggestion_use",
                                          "suggestion_use_reason",
                                          NULL };

static const struct
{
  const char *entity;
  guint step; /* 0: any other */
  const char *const *fields;
} tables[] = {
  { "need", 0, need },
  { "mission_need", 0, mission_need },
  { "stakeholder", 0, stakeholder },
  { "contact", 0, contact },
  { "mission_expert", 6, agreed },
  { "mission_expert", 7, ordered },
  { "mission_expert", 0, listed },
  { "candidate_request", 0, request },
  { "mission_party", 7, party_contact },
  { "mission_party", 0, party },
  { "mission_convention", 0, convention },
  { "mission_room", 0, room },
  { "participant", 0, participant },
  { "equipment", 0, equipment },
  { "booking", 0, booking },
  { "programme_item", 8, delivered },
  { "material", 0, material },
  { "pair", 0, pair },
  { "follow_up", 0, follow_up },
  { "evaluation", 0, evaluation },
  { "mission_result", 10, result_reached },
  { "mission_result", 0, expected },
};

const char *const *
kaf_part_dialog_fields (const char *entity, guint step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].entity, entity) == 0 && (tables[i].step == 0 || tables[i].step == step))
      return tables[i].fields;
  return NULL;
}

static char *
said (const KafRecord *record)
{
  const char *label = g_dgettext (GETTEXT_PACKAGE, kaf_record_get_entity (record)->label);

  return g_strdup_printf (C_ ("record", "%s saved"), label);
}

/* A need that was written here is one of this mission: both are written, and undone, at once. */
static void
tie_need (const char *mission, KafRecord *change, KafChangeSet *set)
{
  g_autoptr (KafRecord) link = kaf_record_new (kaf_registry_find ("mission_need"), NULL);
  g_autoptr (KafClock) clock = kaf_clock_new_system ();
  g_autoptr (KafRandom) random = kaf_random_new_system ();
  g_autofree char *id = kaf_id_new (clock, random);

  kaf_record_set_id (change, id);
  kaf_record_set (link, "mission", mission);
  kaf_record_set (link, "need", id);
  kaf_change_set_create (set, change);
  kaf_change_set_create (set, link);
}

typedef struct
{
  KafMissionPage *page; /* weak */
  KafRecord *record;
} Open;

static void
open_free (gpointer data, GClosure *closure)
{
  Open *open = data;

  g_clear_weak_pointer (&open->page);
  kaf_record_unref (open->record);
  g_free (open);
}

static void
on_saved (KafFieldDialog *dialog, KafReceipt *receipt, gpointer data)
{
  Open *open = data;
  KafWindow *window = open->page != NULL ? kaf_mission_page_get_window (open->page) : NULL;
  g_autofree char *text = said (open->record);

  if (window == NULL)
    return;
  if (receipt->batch != NULL)
    kaf_window_toast_undo (window, text, receipt);
}

/* What was chosen among the parts of the mission, where it is another than before. */
static void
on_collect (KafFieldDialog *dialog, KafRecord *change, KafChangeSet *set, GPtrArray *choices)
{
  KafRecord *record = g_object_get_data (G_OBJECT (dialog), "kaf-record");
  const char *mission = g_object_get_data (G_OBJECT (dialog), "kaf-ties");

  for (guint i = 0; i < choices->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (choices, i);
      const char *field = kaf_part_choice_row_get_field (row)->id;
      const char *chosen = kaf_part_choice_row_get (row);

      if (g_strcmp0 (kaf_record_get (record, field), chosen) != 0)
        kaf_record_set (change, field, chosen);
    }
  if (mission != NULL)
    tie_need (mission, change, set);
}

static void
add_choice (KafFieldDialog *dialog, GtkWidget *row, GPtrArray *choices)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (kaf_field_dialog_touch), dialog);
  g_ptr_array_add (choices, row);
  kaf_field_dialog_add (dialog, list);
}

/* A reference to another part of the mission is a choice among them: such a record has no page of its own. */
static void
add_rows (KafMissionPage *self,
          KafFieldDialog *dialog,
          KafRecord *record,
          const char *const *fields)
{
  GPtrArray *choices = g_ptr_array_new ();

  for (; *fields != NULL; fields++)
    {
      const char *const one[] = { *fields, NULL };
      const KafField *field = kaf_entity_find_field (kaf_record_get_entity (record), *fields);

      if (self->data != NULL && kaf_part_choice_row_fits (field))
        add_choice (dialog,
                    kaf_part_choice_row_new (self->data, field, kaf_record_get (record, *fields)),
                    choices);
      else
        kaf_field_dialog_add_fields (dialog, one);
    }
  g_object_set_data_full (G_OBJECT (dialog), "kaf-record", kaf_record_ref (record),
                          (GDestroyNotify) kaf_record_unref);
  g_object_set_data_full (G_OBJECT (dialog), "kaf-choices", choices,
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (dialog, "collect", G_CALLBACK (on_collect), choices);
}

static void
open_dialog (KafMissionPage *self, KafRecord *record, const char *const *fields)
{
  const KafEntity *entity = kaf_record_get_entity (record);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Open *open = g_new0 (Open, 1);
  GtkWidget *dialog =
      kaf_field_dialog_new (self->store, g_dgettext (GETTEXT_PACKAGE, entity->label), record);

  g_set_weak_pointer (&open->page, self);
  open->record = kaf_record_ref (record);
  add_rows (self, KAF_FIELD_DIALOG (dialog), record, fields);
  if (kaf_record_get_id (record) == NULL && strcmp (entity->id, "need") == 0)
    g_object_set_data_full (G_OBJECT (dialog), "kaf-ties", g_strdup (self->id), g_free);
  g_signal_connect_data (dialog, "saved", G_CALLBACK (on_saved), open, open_free, 0);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  kaf_field_dialog_begin (KAF_FIELD_DIALOG (dialog));
}

void
kaf_part_dialog_add (KafMissionPage *page, KafRecord *preset, guint step)
{
  const char *const *fields = kaf_part_dialog_fields (kaf_record_get_entity (preset)->id, step);

  g_return_if_fail (fields != NULL);
  kaf_record_begin (preset);
  open_dialog (page, preset, fields);
}

typedef struct
{
  KafMissionPage *page;
  const char *const *fields;
} Wanted;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (KafMissionPage) page = wanted->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafRecord) record = kaf_store_load_finish (KAF_STORE (source), result, &error);
  const char *const *fields = wanted->fields;

  g_free (wanted);
  page->writing--;
  if (record == NULL)
    kaf_mission_page_report (page, NULL, error);
  else if (page->store != NULL)
    open_dialog (page, record, fields);
}

void
kaf_part_dialog_edit (KafMissionPage *page, const KafEntity *entity, const char *id, guint step)
{
  const char *const *fields = kaf_part_dialog_fields (entity->id, step);
  Wanted *wanted;

  g_return_if_fail (fields != NULL);
  wanted = g_new0 (Wanted, 1);
  wanted->page = g_object_ref (page);
  wanted->fields = fields;
  page->writing++;
  kaf_store_load_async (page->store, entity, id, NULL, on_loaded, wanted);
}
