/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-part-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "ui/mission/kaf-mission-page-private.h"

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

/* A need that was written here is one of this mission. */
static void
tie_need (KafMissionPage *self, KafReceipt *receipt)
{
  g_autoptr (KafRecord) link = kaf_record_new (kaf_registry_find ("mission_need"), NULL);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");

  if (receipt->ids->len == 0)
    return;
  kaf_record_set (link, "mission", self->id);
  kaf_record_set (link, "need", g_ptr_array_index (receipt->ids, receipt->ids->len - 1));
  kaf_change_set_create (set, link);
  kaf_mission_page_commit (self, set, NULL, _ ("The need was saved, but not tied to this mission"));
}

typedef struct
{
  KafMissionPage *page; /* weak */
  KafRecord *record;
  gboolean ties;
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
  if (open->ties)
    tie_need (open->page, receipt);
  if (receipt->batch != NULL)
    kaf_window_toast_undo (window, text, receipt);
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
  open->ties = kaf_record_get_id (record) == NULL && strcmp (entity->id, "need") == 0;
  kaf_field_dialog_add_fields (KAF_FIELD_DIALOG (dialog), fields);
  g_signal_connect_data (dialog, "saved", G_CALLBACK (on_saved), open, open_free, 0);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
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
