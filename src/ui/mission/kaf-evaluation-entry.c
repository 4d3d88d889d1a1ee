/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-evaluation-entry.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "record/kaf-typed.h"
#include "rules/mission/kaf-evaluation.h"
#include "rules/mission/kaf-remark.h"
#include "schema/kaf-registry.h"
#include "store/kaf-drafts.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/form/kaf-draft-keeper.h"
#include "ui/mission/kaf-score-row.h"
#include "ui/record/kaf-record-section.h"

#define N_TEXTS 3

static const char *const texts[N_TEXTS] = { "liked", "missing", "suggestion" };

struct _KafEvaluationEntry
{
  GtkBox parent_instance;

  KafStore *store;
  KafMissionData *data; /* nullable; its own reference: drafts are kept while the page goes */
  GtkWidget *section;
  GtkWidget *role;
  GtkWidget *rows[KAF_EVALUATION_QUESTIONS];
  GtkWidget *entries[N_TEXTS];
  GtkWidget *warning;
  GtkWidget *save;
  gboolean saving;
  gboolean filling;       /* from a draft: that is no typing */
  KafDraftKeeper *keeper; /* nullable: nothing was shown yet */
};

G_DEFINE_FINAL_TYPE (KafEvaluationEntry, kaf_evaluation_entry, GTK_TYPE_BOX)

static void
kaf_evaluation_entry_dispose (GObject *object)
{
  KafEvaluationEntry *self = KAF_EVALUATION_ENTRY (object);

  if (self->keeper != NULL)
    kaf_draft_keeper_flush (self->keeper);
  g_clear_object (&self->keeper);
  g_clear_object (&self->store);
  g_clear_pointer (&self->data, kaf_mission_data_unref);
  G_OBJECT_CLASS (kaf_evaluation_entry_parent_class)->dispose (object);
}

static void
kaf_evaluation_entry_class_init (KafEvaluationEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_evaluation_entry_dispose;
}

static const KafField *
find_field (const char *id)
{
  return kaf_entity_find_field (kaf_registry_find ("evaluation"), id);
}

static gboolean
is_typed (KafEvaluationEntry *self)
{
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    if (kaf_score_row_get (KAF_SCORE_ROW (self->rows[i])) > 0)
      return TRUE;
  for (guint i = 0; i < N_TEXTS; i++)
    if (*gtk_editable_get_text (GTK_EDITABLE (self->entries[i])) != '\0')
      return TRUE;
  return FALSE;
}

static void
add_names (GPtrArray *names, const KafMissionData *data, const char *entity, const char *column)
{
  GPtrArray *rows = kaf_mission_data_rows (data, entity);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kaf_mission_data_text (g_ptr_array_index (rows, i), column);

      if (name != NULL)
        g_ptr_array_add (names, (gpointer) name);
    }
}

/* Of those who were there. (transfer container) */
static GPtrArray *
list_names (KafEvaluationEntry *self)
{
  GPtrArray *names = g_ptr_array_new ();

  if (self->data != NULL)
    {
      add_names (names, self->data, "participant", "name");
      add_names (names, self->data, "participant", "name_ar");
      add_names (names, self->data, "mission_expert", "person");
    }
  g_ptr_array_add (names, NULL);
  return names;
}

static void
on_typed (KafEvaluationEntry *self)
{
  g_autoptr (GPtrArray) names = list_names (self);
  gboolean named = FALSE;

  for (guint i = 0; i < N_TEXTS; i++)
    named |= kaf_remark_is_delicate (gtk_editable_get_text (GTK_EDITABLE (self->entries[i])),
                                     (const char *const *) names->pdata);
  gtk_widget_set_visible (self->warning, named);
  gtk_widget_set_sensitive (self->save, is_typed (self) && !self->saving);
  if (self->keeper != NULL && !self->saving && !self->filling && is_typed (self))
    kaf_draft_keeper_touch (self->keeper);
}

/* Saving */

/* What is being written is not changed meanwhile. */
static void
hold (KafEvaluationEntry *self, gboolean saving)
{
  self->saving = saving;
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    gtk_widget_set_sensitive (self->rows[i], !saving);
  for (guint i = 0; i < N_TEXTS; i++)
    gtk_editable_set_editable (GTK_EDITABLE (self->entries[i]), !saving);
}

static void
begin_next (KafEvaluationEntry *self)
{
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    kaf_score_row_set (KAF_SCORE_ROW (self->rows[i]), 0);
  for (guint i = 0; i < N_TEXTS; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), "");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->rows[0]);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafEvaluationEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  hold (self, FALSE);
  if (receipt != NULL)
    {
      kaf_draft_keeper_drop (self->keeper);
      begin_next (self);
      kaf_window_tell_done (GTK_WIDGET (self), _ ("Answer saved"), receipt);
    }
  else if (KAF_IS_WINDOW (root))
    kaf_window_report_error (KAF_WINDOW (root), _ ("The answer was not saved"), error);
  on_typed (self);
}

static KafRecord *
make_record (KafEvaluationEntry *self)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("evaluation"), NULL);
  guint role = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->role));
  g_autofree char *today = kaf_day_to_iso (self->data->context.day);

  kaf_record_set (record, "mission", self->data->id);
  kaf_record_set (record, "role", kaf_evaluation_roles[MIN (role, KAF_EVALUATION_ROLES - 1)]);
  kaf_record_set (record, "answered_on", today);
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      int score = kaf_score_row_get (KAF_SCORE_ROW (self->rows[i]));
      g_autofree char *figure = score > 0 ? g_strdup_printf ("%d", score) : NULL;

      kaf_record_set (record, kaf_evaluation_questions[i], figure);
    }
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text =
          g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entries[i]))));

      kaf_record_set (record, texts[i], text);
    }
  if (kaf_record_get (record, "suggestion") != NULL)
    kaf_record_set (record, "suggestion_use", "open");
  return record;
}

/* A page that closes leaves what was typed among the drafts. */
static void
on_collect (KafEvaluationEntry *self, GHashTable *typed)
{
  static const char *const others[] = { "mission", "role" };
  g_autoptr (KafRecord) record = self->data != NULL ? make_record (self) : NULL;

  if (record == NULL || !is_typed (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_hash_table_replace (typed, g_strdup (others[i]),
                          g_strdup (kaf_record_get (record, others[i])));
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS + N_TEXTS; i++)
    {
      const char *field = i < N_TEXTS ? texts[i] : kaf_evaluation_questions[i - N_TEXTS];

      if (kaf_record_get (record, field) != NULL)
        g_hash_table_replace (typed, g_strdup (field), g_strdup (kaf_record_get (record, field)));
    }
}

/* What was left half written */

static gpointer
load_draft (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return kaf_draft_load (db, kaf_registry_find ("evaluation"), data);
}

static void
fill (KafEvaluationEntry *self, GHashTable *typed)
{
  const char *text;

  kaf_evaluation_entry_choose_role (self, g_hash_table_lookup (typed, "role"));
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      text = g_hash_table_lookup (typed, kaf_evaluation_questions[i]);
      if (text != NULL)
        kaf_score_row_set (KAF_SCORE_ROW (self->rows[i]), CLAMP (atoi (text), 0, 5));
    }
  for (guint i = 0; i < N_TEXTS; i++)
    {
      text = g_hash_table_lookup (typed, texts[i]);
      if (text != NULL)
        gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), text);
    }
}

/* What was typed meanwhile is newer. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafEvaluationEntry) self = user_data;
  g_autoptr (KafDraft) draft = kaf_store_run_finish (KAF_STORE (source), result, NULL);
  g_autoptr (GHashTable) typed = draft != NULL ? kaf_typed_from_json (draft->fields) : NULL;

  if (typed == NULL || self->store == NULL || self->saving || is_typed (self))
    return;
  self->filling = TRUE;
  fill (self, typed);
  self->filling = FALSE;
  on_typed (self);
}

static void
resume_draft (KafEvaluationEntry *self, const char *slot)
{
  kaf_store_run_async (self->store, KAF_LANE_READ, load_draft, g_strdup (slot), g_free,
                       (GDestroyNotify) kaf_draft_free, NULL, on_loaded, g_object_ref (self));
}

static void
keep_drafts (KafEvaluationEntry *self)
{
  g_autofree char *slot = g_strconcat ("new:", self->data->id, NULL);

  self->keeper = kaf_draft_keeper_new (self->store, kaf_registry_find ("evaluation"), slot);
  g_signal_connect_object (self->keeper, "collect", G_CALLBACK (on_collect), self,
                           G_CONNECT_SWAPPED);
  resume_draft (self, slot);
}

gboolean
kaf_evaluation_entry_save (KafEvaluationEntry *self)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) record = NULL;

  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self), FALSE);

  if (self->data == NULL || self->saving || !is_typed (self))
    return FALSE;
  record = make_record (self);
  kaf_change_set_create (set, record);
  hold (self, TRUE);
  kaf_store_commit_async (self->store, set, NULL, on_committed, g_object_ref (self));
  return TRUE;
}

/* Making */

static void
on_passed (KafScoreRow *row, KafEvaluationEntry *self)
{
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    if (self->rows[i] == GTK_WIDGET (row))
      gtk_widget_grab_focus (i + 1 < KAF_EVALUATION_QUESTIONS ? self->rows[i + 1]
                                                              : self->entries[0]);
}

/* Enter goes on; from the last one it saves. */
static void
on_activated (GtkEntry *entry, KafEvaluationEntry *self)
{
  for (guint i = 0; i + 1 < N_TEXTS; i++)
    if (self->entries[i] == GTK_WIDGET (entry))
      {
        gtk_widget_grab_focus (self->entries[i + 1]);
        return;
      }
  if (!kaf_evaluation_entry_save (self))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static GtkWidget *
role_new (KafEvaluationEntry *self)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);
  const KafField *field = find_field ("role");
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Who answers"));

  for (guint i = 0; i < KAF_EVALUATION_ROLES; i++)
    gtk_string_list_append (roles,
                            _ (kaf_field_find_choice (field, kaf_evaluation_roles[i])->label));
  self->role = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (roles)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->role), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who answers"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->role);
  return line;
}

static GtkWidget *
entry_new (KafEvaluationEntry *self, const char *field)
{
  GtkWidget *entry = gtk_entry_new ();
  const char *label = _ (find_field (field)->label);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activated), self);
  return entry;
}

static void
fill_card (KafEvaluationEntry *self, GtkBox *card)
{
  gtk_box_append (card, role_new (self));
  for (guint i = 0; i < KAF_EVALUATION_QUESTIONS; i++)
    {
      self->rows[i] = kaf_score_row_new (_ (find_field (kaf_evaluation_questions[i])->label));
      g_signal_connect_swapped (self->rows[i], "scored", G_CALLBACK (on_typed), self);
      g_signal_connect (self->rows[i], "passed", G_CALLBACK (on_passed), self);
      gtk_box_append (card, self->rows[i]);
    }
  for (guint i = 0; i < N_TEXTS; i++)
    {
      self->entries[i] = entry_new (self, texts[i]);
      gtk_box_append (card, self->entries[i]);
    }
}

static void
kaf_evaluation_entry_init (KafEvaluationEntry *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->section = kaf_record_section_new (_ ("An Answer"));
  self->warning = gtk_label_new (_ ("This seems to name a person or to speak of somebody's health: "
                                    "answers are kept without names."));
  self->save = gtk_button_new_with_label (_ ("Save and Next"));
  kaf_record_section_set_note (KAF_RECORD_SECTION (self->section),
                               _ ("1 to 5 give the score; Enter after the last line saves"));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "kaf-record-padded");
  fill_card (self, GTK_BOX (card));
  gtk_label_set_wrap (GTK_LABEL (self->warning), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->warning), 0);
  gtk_widget_add_css_class (self->warning, "warning");
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_widget_set_halign (self->save, GTK_ALIGN_END);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (kaf_evaluation_entry_save), self);
  gtk_box_append (GTK_BOX (card), self->warning);
  gtk_box_append (GTK_BOX (card), self->save);
  kaf_record_section_set_child (KAF_RECORD_SECTION (self->section), card);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), self->section);
  on_typed (self);
}

GtkWidget *
kaf_evaluation_entry_new (KafStore *store)
{
  KafEvaluationEntry *self = g_object_new (KAF_TYPE_EVALUATION_ENTRY, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

void
kaf_evaluation_entry_set (KafEvaluationEntry *self, const KafMissionData *data, gboolean writable)
{
  g_return_if_fail (KAF_IS_EVALUATION_ENTRY (self));

  kaf_mission_data_ref ((KafMissionData *) data);
  g_clear_pointer (&self->data, kaf_mission_data_unref);
  self->data = (KafMissionData *) data;
  if (self->keeper == NULL)
    keep_drafts (self);
  gtk_widget_set_visible (GTK_WIDGET (self), writable);
}

gboolean
kaf_evaluation_entry_choose_role (KafEvaluationEntry *self, const char *role)
{
  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self), FALSE);

  for (guint i = 0; i < KAF_EVALUATION_ROLES; i++)
    if (g_strcmp0 (kaf_evaluation_roles[i], role) == 0)
      {
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->role), i);
        return TRUE;
      }
  return FALSE;
}

GtkWidget *
kaf_evaluation_entry_get_row (KafEvaluationEntry *self, guint question)
{
  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self) && question < KAF_EVALUATION_QUESTIONS,
                        NULL);
  return self->rows[question];
}

GtkWidget *
kaf_evaluation_entry_get_text (KafEvaluationEntry *self, const char *field)
{
  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self), NULL);

  for (guint i = 0; i < N_TEXTS; i++)
    if (g_str_equal (texts[i], field))
      return self->entries[i];
  return NULL;
}

gboolean
kaf_evaluation_entry_is_settled (KafEvaluationEntry *self)
{
  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self), TRUE);
  return !self->saving;
}

const char *
kaf_evaluation_entry_get_warning (KafEvaluationEntry *self)
{
  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self), NULL);
  return gtk_widget_get_visible (self->warning) ? gtk_label_get_text (GTK_LABEL (self->warning))
                                                : NULL;
}

gboolean
kaf_evaluation_entry_lead (KafEvaluationEntry *self)
{
  g_return_val_if_fail (KAF_IS_EVALUATION_ENTRY (self), FALSE);
  return gtk_widget_grab_focus (self->rows[0]);
}
