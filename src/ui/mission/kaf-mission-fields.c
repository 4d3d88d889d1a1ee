/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-mission-fields.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "ui/form/kaf-draft-keeper.h"
#include "ui/form/kaf-field-row.h"
#include "ui/form/kaf-follower.h"
#include "ui/mission/kaf-mission-page-private.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-record-section.h"

#define TWO_COLUMNS 620 /* px */
#define GAP 12

struct _KafMissionFields
{
  GtkBox parent_instance;

  KafMissionPage *page; /* weak: it owns us */
  char *id;
  GPtrArray *rows;       /* (element-type KafFieldRow) */
  KafFollower *follower; /* once the rows were filled */
  KafDraftKeeper *keeper;
};

G_DEFINE_FINAL_TYPE (KafMissionFields, kaf_mission_fields, GTK_TYPE_BOX)

static const KafField *
field_of (gpointer row)
{
  return kaf_field_row_get_field (KAF_FIELD_ROW (row));
}

static gboolean
is_touched (KafMissionFields *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (kaf_field_row_is_touched (g_ptr_array_index (self->rows, i)))
      return TRUE;
  return FALSE;
}

/* What was not written yet: the draft of the mission's own form. */
static void
on_collect (KafDraftKeeper *keeper, GHashTable *typed, KafMissionFields *self)
{
  char *mark;

  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      if (kaf_field_row_is_touched (row))
        g_hash_table_replace (typed, g_strdup (field_of (row)->id), kaf_field_row_get_typed (row));
    }
  mark = self->follower != NULL ? kaf_follower_mark (self->follower) : NULL;
  if (mark != NULL)
    g_hash_table_replace (typed, g_strdup (KAF_DRAFT_KNOWN), mark);
}

static void
on_edited (KafFieldRow *row, KafMissionFields *self)
{
  kaf_draft_keeper_touch (self->keeper);
}

/* With those of its unit: they change together. */
static gboolean
collect_unit (KafMissionFields *self, const KafField *field, KafRecord *change)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      const KafField *other = field_of (row);
      g_autofree char *canonical = NULL;

      if (other != field && (field->unit == NULL || g_strcmp0 (other->unit, field->unit) != 0))
        continue;
      if (!kaf_field_row_check (row, &canonical))
        return FALSE;
      kaf_record_set (change, other->id, canonical);
    }
  return TRUE;
}

/* A change on its way. */
typedef struct
{
  KafMissionFields *fields;
  KafMissionPage *page;
  KafRecord *change;
  GHashTable *typed; /* field id → text, as it was when it went */
} Write;

static void
write_free (Write *write)
{
  g_object_unref (write->fields);
  g_object_unref (write->page);
  kaf_record_unref (write->change);
  g_hash_table_unref (write->typed);
  g_free (write);
}

/* What is in the store is not typed any more, unless somebody went on typing. */
static void
forget_typed (KafMissionFields *self, const Write *write)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);
      const char *id = field_of (row)->id;
      const char *value = kaf_record_get (write->change, id);
      g_autofree char *typed = NULL;

      if (!kaf_record_holds (write->change, id))
        continue;
      typed = kaf_field_row_get_typed (row);
      if (g_strcmp0 (typed, g_hash_table_lookup (write->typed, id)) != 0)
        continue;
      kaf_field_row_set_value (row, value, NULL);
    }
}

/* The row stays as it was typed, with what is wrong under it; the draft is kept. */
static void
show_fault (KafMissionFields *self, const Write *write, const KafFault *fault, const GError *error)
{
  for (guint i = 0;
       fault->field != NULL && error->domain == KAF_VALIDATION_ERROR && i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (field_of (row)->id, fault->field) == 0)
        {
          g_autofree char *sentence = kaf_value_explain (field_of (row), error);

          kaf_field_row_set_error (row, sentence, NULL);
          return;
        }
    }
  kaf_mission_page_report (write->page, _ ("The change was not saved"), error);
}

/* Nothing was written: under the row stands what others made of it. Who has gone on to another is told. */
static void
tell_news (KafMissionFields *self, const Write *write)
{
  KafWindow *window = kaf_mission_page_get_window (write->page);
  KafFieldRow *row = self->follower != NULL ? kaf_follower_get_first_told (self->follower) : NULL;
  g_autofree char *text = NULL;

  if (window == NULL || row == NULL)
    return;
  /* Translators: %s is the name of a field. */
  text = g_strdup_printf (_ ("Not saved, changed meanwhile: %s"), _ (field_of (row)->label));
  kaf_window_toast (window, text);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Write *write = data;
  KafMissionFields *self = write->fields;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };
  gboolean told;
  g_autoptr (KafReceipt) receipt =
      kaf_follower_commit_finish (KAF_FOLLOWER (source), result, &told, &fault, &error);

  write->page->writing--;
  if (receipt != NULL)
    forget_typed (self, write);
  else if (told)
    tell_news (self, write);
  else
    show_fault (self, write, &fault, error);
  if (receipt != NULL && self->keeper != NULL && !is_touched (self))
    kaf_draft_keeper_drop (self->keeper);
  write_free (write);
}

static void
send_change (KafMissionFields *self, KafRecord *change)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  Write *write = g_new0 (Write, 1);

  write->fields = g_object_ref (self);
  write->page = g_object_ref (self->page);
  write->change = kaf_record_ref (change);
  write->typed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      g_hash_table_insert (write->typed, (gpointer) field_of (row)->id,
                           kaf_field_row_get_typed (row));
    }
  kaf_change_set_update (set, change);
  self->page->writing++;
  kaf_follower_commit_async (self->follower, set, NULL, on_written, write);
}

static gboolean
write_row (KafMissionFields *self, KafFieldRow *row)
{
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("mission"), self->id);

  if (!kaf_field_row_is_touched (row) || self->page->store == NULL || self->follower == NULL)
    return TRUE;
  if (!collect_unit (self, field_of (row), change))
    return FALSE;
  send_change (self, change);
  return TRUE;
}

static void
on_left (KafFieldRow *row, KafMissionFields *self)
{
  if (self->page != NULL)
    write_row (self, row);
}

gboolean
kaf_mission_fields_write (KafMissionFields *self)
{
  gboolean whole = TRUE;

  g_return_val_if_fail (KAF_IS_MISSION_FIELDS (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      /* Nobody has said yet which of the two stands. */
      if (self->follower != NULL && kaf_follower_tells (self->follower, row))
        whole = FALSE;
      else
        whole = write_row (self, row) && whole;
    }
  return whole;
}

/* Another step, another page: the focus leaves without a word. */
static void
kaf_mission_fields_unmap (GtkWidget *widget)
{
  KafMissionFields *self = KAF_MISSION_FIELDS (widget);

  if (self->page != NULL && self->keeper != NULL && !kaf_mission_fields_write (self))
    kaf_draft_keeper_flush (self->keeper);
  GTK_WIDGET_CLASS (kaf_mission_fields_parent_class)->unmap (widget);
}

static void
kaf_mission_fields_dispose (GObject *object)
{
  KafMissionFields *self = KAF_MISSION_FIELDS (object);

  g_clear_object (&self->keeper);
  if (self->follower != NULL)
    kaf_follower_stop (self->follower);
  g_clear_object (&self->follower);
  g_clear_weak_pointer (&self->page);
  G_OBJECT_CLASS (kaf_mission_fields_parent_class)->dispose (object);
}

static void
kaf_mission_fields_finalize (GObject *object)
{
  KafMissionFields *self = KAF_MISSION_FIELDS (object);

  g_ptr_array_unref (self->rows);
  g_free (self->id);
  G_OBJECT_CLASS (kaf_mission_fields_parent_class)->finalize (object);
}

static void
kaf_mission_fields_class_init (KafMissionFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_mission_fields_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_mission_fields_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = kaf_mission_fields_unmap;
}

static void
kaf_mission_fields_init (KafMissionFields *self)
{
  self->rows = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static GtkWidget *
make_column (KafMissionFields *self, const char *const *fields)
{
  const KafEntity *mission = kaf_registry_find ("mission");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (; *fields != NULL; fields++)
    {
      GtkWidget *row = kaf_field_row_new (kaf_entity_find_field (mission, *fields),
                                          kaf_mission_page_get_store (self->page));

      g_signal_connect_object (row, "changed", G_CALLBACK (on_edited), self, 0);
      g_signal_connect_object (row, "left", G_CALLBACK (on_left), self, 0);
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (box), row);
    }
  return box;
}

GtkWidget *
kaf_mission_fields_new (KafMissionPage *page,
                        const char *title,
                        const char *const *start,
                        const char *const *end)
{
  KafMissionFields *self = g_object_new (KAF_TYPE_MISSION_FIELDS, NULL);
  GtkWidget *content;

  g_set_weak_pointer (&self->page, page);
  self->id = g_strdup (kaf_mission_page_get_id (page));
  self->keeper = kaf_draft_keeper_new (kaf_mission_page_get_store (page),
                                       kaf_registry_find ("mission"), self->id);
  g_signal_connect_object (self->keeper, "collect", G_CALLBACK (on_collect), self, 0);
  content = make_column (self, start);
  if (end != NULL)
    content = kaf_columns_new (content, make_column (self, end), TWO_COLUMNS, 50, GAP);
  if (title != NULL)
    {
      GtkWidget *section = kaf_record_section_new (title);

      kaf_record_section_set_child (KAF_RECORD_SECTION (section), content);
      content = section;
    }
  gtk_box_append (GTK_BOX (self), content);
  return GTK_WIDGET (self);
}

/* From here on they stay abreast of the store by themselves; what is being typed stays. */
static void
fill (KafMissionFields *self, KafRecord *record)
{
  self->follower = kaf_follower_new (kaf_mission_page_get_store (self->page));
  kaf_follower_add (self->follower, record);
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      kaf_field_row_set_value (row, kaf_record_get (record, field_of (row)->id), NULL);
      kaf_follower_add_row (self->follower, kaf_record_get_entity (record), row);
    }
}

void
kaf_mission_fields_set (KafMissionFields *self, const KafMissionData *data, gboolean writable)
{
  g_return_if_fail (KAF_IS_MISSION_FIELDS (self));

  if (self->follower == NULL)
    fill (self, data->record);
  for (guint i = 0; i < self->rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (self->rows, i);

      kaf_field_row_set_read_only (row, !writable || !kaf_mission_data_may_write_field (
                                                         data, "mission", field_of (row)->id));
    }
}

gboolean
kaf_mission_fields_lead (KafMissionFields *self, const char *field)
{
  g_return_val_if_fail (KAF_IS_MISSION_FIELDS (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (field_of (g_ptr_array_index (self->rows, i))->id, field) == 0)
      return kaf_field_row_focus (g_ptr_array_index (self->rows, i));
  return FALSE;
}
