/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/segment/kaf-segment-form.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "record/kaf-typed.h"
#include "schema/kaf-registry.h"
#include "store/kaf-permit.h"
#include "store/kaf-segments.h"
#include "ui/app/kaf-page-header.h"
#include "ui/app/kaf-read-frame.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/form/kaf-draft-keeper.h"
#include "ui/segment/kaf-segment-page.h"
#include "ui/segment/kaf-segment-words.h"

#define SLOT_NEW "new"
/* What a list hands over does not meet what was being typed before. */
#define SLOT_HANDED "new-from-list"
#define DEBOUNCE 250 /* ms */

static const char *const texts[] = { "title_fr", "title_ar", "purpose" };
#define N_TEXTS G_N_ELEMENTS (texts)

struct _KafSegmentForm
{
  GtkBox parent_instance;

  KafStore *store;
  const KafEntity *segment;
  char *id;         /* NULL: a new one */
  char *slot_name;  /* of its draft */
  KafQuery *preset; /* nullable */
  GCancellable *cancellable;
  GCancellable *counting; /* nullable */
  KafDraftKeeper *keeper;
  guint timer;
  guint busy;
  gint64 count;
  gboolean filling;

  GtkWidget *frame;
  GtkWidget *texts[N_TEXTS];
  GtkWidget *entity;
  GtkWidget *shared;
  GtkWidget *slot; /* of the editor */
  GtkWidget *editor;
  GtkWidget *found;
};

G_DEFINE_FINAL_TYPE (KafSegmentForm, kaf_segment_form, GTK_TYPE_BOX)

/* What a worker finds for the form. */
typedef struct
{
  GHashTable *typed; /* field → text: of a draft, or of the record */
  guint role_reads;
} Read;

static void
read_free (Read *self)
{
  g_clear_pointer (&self->typed, g_hash_table_unref);
  g_free (self);
}

static KafWindow *
get_window (KafSegmentForm *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return KAF_IS_WINDOW (root) ? KAF_WINDOW (root) : NULL;
}

static const KafEntity *
get_entity (KafSegmentForm *self)
{
  const KafField *field = kaf_entity_find_field (self->segment, "entity");

  return kaf_registry_find (
      field->choices[adw_combo_row_get_selected (ADW_COMBO_ROW (self->entity))].code);
}

/* Counting */

static gpointer
count_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *count = g_new (gint64, 1);

  *count = kaf_permit_check_query (db, data, error) ? kaf_page_count (db, data, error) : -1;
  if (*count < 0)
    g_clear_pointer (&count, g_free);
  return count;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *count = kaf_store_run_finish (KAF_STORE (source), result, &error);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  self->busy--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  self->count = count != NULL ? *count : -1;
  if (count == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->found), _ ("These conditions cannot be counted"));
      return;
    }
  number = kaf_number_format (*count, kaf_application_get_lang ());
  /* Translators: how many records the conditions find, as they stand. */
  text = g_strdup_printf (_ ("Found: %s"), number);
  gtk_label_set_label (GTK_LABEL (self->found), text);
}

static gboolean
on_timer (gpointer data)
{
  KafSegmentForm *self = data;

  self->timer = 0;
  self->busy--;
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  self->busy++;
  kaf_store_run_async (self->store, KAF_LANE_READ, count_job,
                       kaf_query_editor_get_query (KAF_QUERY_EDITOR (self->editor), NULL),
                       (GDestroyNotify) kaf_query_unref, g_free, self->counting, on_counted,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
count_soon (KafSegmentForm *self)
{
  if (self->timer != 0)
    g_source_remove (self->timer);
  else
    self->busy++;
  self->timer = g_timeout_add (DEBOUNCE, on_timer, self);
}

/* Typing */

static void
on_typed (KafSegmentForm *self)
{
  gtk_widget_remove_css_class (self->texts[0], "error");
  if (!self->filling)
    kaf_draft_keeper_touch (self->keeper);
}

static void
on_conditions (KafSegmentForm *self)
{
  on_typed (self);
  count_soon (self);
}

static void
on_collect (KafDraftKeeper *keeper, GHashTable *typed, KafSegmentForm *self)
{
  const KafField *field = kaf_entity_find_field (self->segment, "entity");
  g_autoptr (KafQuery) query = NULL;

  if (self->editor == NULL)
    return;
  query = kaf_query_editor_get_query (KAF_QUERY_EDITOR (self->editor), NULL);
  for (guint i = 0; i < N_TEXTS; i++)
    g_hash_table_insert (typed, g_strdup (texts[i]),
                         g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->texts[i]))));
  g_hash_table_insert (
      typed, g_strdup ("entity"),
      g_strdup (field->choices[adw_combo_row_get_selected (ADW_COMBO_ROW (self->entity))].code));
  g_hash_table_insert (typed, g_strdup ("shared"),
                       g_strdup (gtk_switch_get_active (GTK_SWITCH (self->shared)) ? "1" : "0"));
  g_hash_table_insert (typed, g_strdup ("query"), kaf_query_to_json (query));
}

/* Another kind of record has other fields: what was asked of the one before goes, but for what both know. */
static KafQuery *
convert (const KafQuery *query, const KafEntity *entity)
{
  KafQuery *other = kaf_query_new (entity);

  for (guint i = 0; i < kaf_query_get_n_conditions (query); i++)
    {
      const KafCondition *condition = kaf_query_get_condition (query, i);

      if (kaf_query_resolve (entity, condition->path, NULL, NULL) ==
          kaf_query_resolve (kaf_query_get_entity (query), condition->path, NULL, NULL))
        kaf_query_set_condition (other, condition->path, condition->op,
                                 (const char *const *) condition->values);
    }
  return other;
}

static void
on_entity (KafSegmentForm *self)
{
  g_autoptr (KafQuery) query = NULL;
  g_autoptr (KafQuery) other = NULL;

  if (self->filling || self->editor == NULL)
    return;
  query = kaf_query_editor_get_query (KAF_QUERY_EDITOR (self->editor), NULL);
  other = convert (query, get_entity (self));
  kaf_query_editor_set_query (KAF_QUERY_EDITOR (self->editor), other);
  on_conditions (self);
}

/* Filling */

static void
choose_entity (KafSegmentForm *self, const char *code)
{
  const KafField *field = kaf_entity_find_field (self->segment, "entity");

  for (guint i = 0; code != NULL && field->choices[i].code != NULL; i++)
    if (g_str_equal (field->choices[i].code, code))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->entity), i);
}

static void
fill (KafSegmentForm *self, const Read *read)
{
  const char *json = g_hash_table_lookup (read->typed, "query");
  g_autoptr (KafQuery) query = NULL;

  self->filling = TRUE;
  if (json != NULL)
    query = kaf_query_from_json (json, NULL);
  else if (self->preset != NULL)
    query = kaf_query_copy (self->preset);
  choose_entity (self, query != NULL ? kaf_query_get_entity (query)->id
                                     : g_hash_table_lookup (read->typed, "entity"));
  if (query == NULL)
    query = kaf_query_new (get_entity (self));
  for (guint i = 0; i < N_TEXTS; i++)
    {
      const char *text = g_hash_table_lookup (read->typed, texts[i]);

      gtk_editable_set_text (GTK_EDITABLE (self->texts[i]), text != NULL ? text : "");
    }
  gtk_switch_set_active (GTK_SWITCH (self->shared),
                         g_strcmp0 (g_hash_table_lookup (read->typed, "shared"), "1") == 0);
  self->editor = kaf_query_editor_new (self->store, read->role_reads, kaf_application_get_lang ());
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (on_conditions), self,
                           G_CONNECT_SWAPPED);
  kaf_query_editor_set_query (KAF_QUERY_EDITOR (self->editor), query);
  gtk_box_append (GTK_BOX (self->slot), self->editor);
  self->filling = FALSE;
  count_soon (self);
  gtk_widget_grab_focus (self->texts[kaf_application_get_lang () == KAF_LANG_AR ? 1 : 0]);
}

typedef struct
{
  char *id, *slot;
  gboolean fresh; /* whatever is kept as a draft */
} Asked;

static void
asked_free (Asked *self)
{
  g_free (self->id);
  g_free (self->slot);
  g_free (self);
}

static gpointer
read_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const KafEntity *segment = kaf_registry_find ("segment");
  const Asked *asked = data;
  const char *id = asked->id;
  const KafRole *role = kaf_permit_read (db);
  g_autoptr (KafDraft) draft = asked->fresh ? NULL : kaf_draft_load (db, segment, asked->slot);
  g_autoptr (KafRecord) record = NULL;
  Read *read;

  if (id != NULL)
    {
      record = kaf_read_record (db, segment, id, error);
      if (record == NULL)
        return NULL;
    }
  read = g_new0 (Read, 1);
  read->role_reads = role != NULL ? role->reads : KAF_CLASS_ALL;
  read->typed = draft != NULL ? kaf_typed_from_json (draft->fields) : NULL;
  if (read->typed == NULL)
    read->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const KafField *field = segment->fields;
       record != NULL && draft == NULL && field->id != NULL; field++)
    if (kaf_record_get (record, field->id) != NULL)
      g_hash_table_insert (read->typed, g_strdup (field->id),
                           g_strdup (kaf_record_get (record, field->id)));
  return read;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentForm) self = data;
  g_autoptr (GError) error = NULL;
  Read *read = kaf_store_run_finish (KAF_STORE (source), result, &error);

  self->busy--;
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&read, read_free);
      return;
    }
  if (read == NULL)
    {
      kaf_read_frame_fail (KAF_READ_FRAME (self->frame), error, FALSE);
      return;
    }
  if (self->editor == NULL)
    fill (self, read);
  read_free (read);
}

/* Saving */

static void
leave (KafSegmentForm *self, const char *open)
{
  KafWindow *window = get_window (self);

  if (window == NULL || kaf_window_get_page (window) != GTK_WIDGET (self))
    return;
  kaf_window_back (window);
  if (open != NULL)
    kaf_window_push (window, kaf_segment_page_new (self->store, open));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafSegmentForm) self = data;
  g_autoptr (GError) error = NULL;
  KafFault fault = { 0 };
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, &fault, &error);
  KafWindow *window = get_window (self);

  self->busy--;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "segment-form.save", TRUE);
  if (receipt == NULL)
    {
      if (window != NULL)
        kaf_window_report_error (window, _ ("The segment was not saved"), error);
      return;
    }
  kaf_draft_keeper_drop (self->keeper);
  if (window != NULL)
    kaf_window_toast_undo (window, _ ("Segment saved"), receipt);
  leave (self,
         self->id == NULL && receipt->ids->len > 0 ? g_ptr_array_index (receipt->ids, 0) : NULL);
}

static KafRecord *
make_record (KafSegmentForm *self, const KafQuery *query)
{
  KafRecord *record = kaf_record_new (self->segment, self->id);
  g_autofree char *json = kaf_query_to_json (query);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->texts[i])));

      kaf_record_set (record, texts[i], g_strstrip (text));
    }
  kaf_record_set (record, "entity", kaf_query_get_entity (query)->id);
  kaf_record_set (record, "query", json);
  kaf_record_set (record, "shared", gtk_switch_get_active (GTK_SWITCH (self->shared)) ? "1" : "0");
  return record;
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentForm *self = KAF_SEGMENT_FORM (widget);
  g_autoptr (KafChangeSet) set = NULL;
  g_autoptr (KafRecord) record = NULL;
  g_autoptr (KafQuery) query = NULL;
  guint left_out = 0;

  if (self->editor == NULL || get_window (self) == NULL)
    return;
  query = kaf_query_editor_get_query (KAF_QUERY_EDITOR (self->editor), &left_out);
  record = make_record (self, query);
  if (kaf_record_get (record, "title_fr") == NULL && kaf_record_get (record, "title_ar") == NULL)
    {
      gtk_widget_add_css_class (self->texts[0], "error");
      gtk_widget_grab_focus (self->texts[0]);
      kaf_window_toast (get_window (self), _ ("Give the segment a title"));
      return;
    }
  if (left_out > 0)
    {
      kaf_window_toast (get_window (self),
                        _ ("A condition asks nothing yet: complete it or remove it"));
      kaf_query_editor_enter_left_out (KAF_QUERY_EDITOR (self->editor));
      return;
    }
  set = kaf_change_set_new (self->id != NULL ? "edit" : "create");
  if (self->id != NULL)
    kaf_change_set_update (set, record);
  else
    kaf_change_set_create (set, record);
  gtk_widget_action_set_enabled (widget, "segment-form.save", FALSE);
  self->busy++;
  kaf_store_commit_async (self->store, set, NULL, on_saved, g_object_ref (self));
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KafSegmentForm *self = KAF_SEGMENT_FORM (widget);

  kaf_draft_keeper_drop (self->keeper);
  leave (self, NULL);
}

static void
kaf_segment_form_dispose (GObject *object)
{
  KafSegmentForm *self = KAF_SEGMENT_FORM (object);

  /* Whoever goes elsewhere finds it as it was. */
  if (self->keeper != NULL)
    kaf_draft_keeper_flush (self->keeper);
  g_clear_object (&self->keeper);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->preset, kaf_query_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_segment_form_parent_class)->dispose (object);
}

static void
kaf_segment_form_finalize (GObject *object)
{
  g_free (KAF_SEGMENT_FORM (object)->id);
  g_free (KAF_SEGMENT_FORM (object)->slot_name);
  G_OBJECT_CLASS (kaf_segment_form_parent_class)->finalize (object);
}

static void
kaf_segment_form_class_init (KafSegmentFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_segment_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_segment_form_finalize;
  gtk_widget_class_install_action (widget_class, "segment-form.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "segment-form.cancel", NULL, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK,
                                       "segment-form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "segment-form.cancel",
                                       NULL);
}

/* Making */

static GtkWidget *
new_entry (KafSegmentForm *self, const char *field)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _ (kaf_entity_find_field (self->segment, field)->label));
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_typed), self);
  return row;
}

static GtkWidget *
new_entity_row (KafSegmentForm *self)
{
  const KafField *field = kaf_entity_find_field (self->segment, "entity");
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; field->choices[i].code != NULL; i++)
    gtk_string_list_append (words, _ (field->choices[i].label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (field->label));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_entity), self);
  return row;
}

static GtkWidget *
new_shared_row (KafSegmentForm *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->shared = gtk_switch_new ();
  gtk_widget_set_valign (self->shared, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Share with colleagues"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shared), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Share with colleagues"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->shared);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->shared);
  g_signal_connect_swapped (self->shared, "notify::active", G_CALLBACK (on_typed), self);
  return row;
}

static GtkWidget *
make_content (KafSegmentForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *heading = gtk_label_new (_ ("Conditions"));

  for (guint i = 0; i < N_TEXTS; i++)
    {
      self->texts[i] = new_entry (self, texts[i]);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->texts[i]);
    }
  self->entity = new_entity_row (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entity);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_shared_row (self));
  gtk_box_append (GTK_BOX (box), group);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (box), heading);
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->slot);
  return box;
}

static GtkWidget *
make_header (KafSegmentForm *self)
{
  GtkWidget *header =
      kaf_dialog_header_new ("segment-form.cancel", _ ("Save"), "segment-form.save", NULL);

  adw_header_bar_set_title_widget (
      ADW_HEADER_BAR (header),
      adw_window_title_new (self->id != NULL ? _ ("Edit the Segment") : _ ("New Segment"), NULL));
  return header;
}

static void
kaf_segment_form_init (KafSegmentForm *self)
{
  self->segment = kaf_registry_find ("segment");
  self->cancellable = g_cancellable_new ();
  self->count = -1;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

static void
fill_page (KafSegmentForm *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (self), make_header (self));
  self->frame = kaf_read_frame_new (kaf_segment_scroll (make_content (self)),
                                    _ ("The Segment Could Not Be Read"), "win.back");
  gtk_widget_set_vexpand (self->frame, TRUE);
  gtk_box_append (GTK_BOX (self), self->frame);
  /* In sight wherever one edits. */
  self->found = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->found, "heading");
  gtk_widget_set_hexpand (self->found, TRUE);
  gtk_widget_set_margin_top (self->found, 8);
  gtk_widget_set_margin_bottom (self->found, 8);
  gtk_widget_add_css_class (foot, "toolbar");
  gtk_box_append (GTK_BOX (foot), self->found);
  gtk_box_append (GTK_BOX (self), foot);
}

GtkWidget *
kaf_segment_form_new (KafStore *store, const char *id, const KafQuery *query)
{
  KafSegmentForm *self = g_object_new (KAF_TYPE_SEGMENT_FORM, NULL);
  Asked *asked = g_new0 (Asked, 1);
  gboolean is_new = id == NULL || g_str_has_prefix (id, SLOT_NEW);

  self->store = g_object_ref (store);
  self->id = is_new ? NULL : g_strdup (id);
  self->slot_name = g_strdup (id != NULL ? id : query != NULL ? SLOT_HANDED : SLOT_NEW);
  self->preset = query != NULL ? kaf_query_copy (query) : NULL;
  *asked = (Asked){ g_strdup (self->id), g_strdup (self->slot_name), query != NULL };
  self->keeper = kaf_draft_keeper_new (store, self->segment, self->slot_name);
  g_signal_connect_object (self->keeper, "collect", G_CALLBACK (on_collect), self, 0);
  fill_page (self);
  self->busy++;
  kaf_store_run_async (store, KAF_LANE_READ, read_job, asked, (GDestroyNotify) asked_free,
                       (GDestroyNotify) read_free, self->cancellable, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}

gboolean
kaf_segment_form_is_settled (KafSegmentForm *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENT_FORM (self), FALSE);

  return self->busy == 0 && self->editor != NULL;
}

gint64
kaf_segment_form_get_count (KafSegmentForm *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENT_FORM (self), -1);

  return self->count;
}

KafQueryEditor *
kaf_segment_form_get_editor (KafSegmentForm *self)
{
  g_return_val_if_fail (KAF_IS_SEGMENT_FORM (self), NULL);

  return KAF_QUERY_EDITOR (self->editor);
}

void
kaf_segment_form_set_entity (KafSegmentForm *self, const char *entity)
{
  g_return_if_fail (KAF_IS_SEGMENT_FORM (self));

  choose_entity (self, entity);
}

void
kaf_segment_form_set_title (KafSegmentForm *self, const char *title)
{
  g_return_if_fail (KAF_IS_SEGMENT_FORM (self));

  gtk_editable_set_text (GTK_EDITABLE (self->texts[0]), title);
}
