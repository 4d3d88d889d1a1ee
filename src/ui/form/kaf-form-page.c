/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page on which a record is made or changed.
 *
 *   KafFormData ──load──▸ rows ──typed──▸ KafDraftKeeper (this device, half a second later)
 *                          │ └─names, phone──▸ KafDuplicateHint
 *                          ├──save──▸ KafChangeSet ──commit──▸ "saved"
 *   KafStore::changed ──▸ KafFollower: what others write meanwhile
 *
 * The page owns the records as the rows know them of the store; saving writes what differs from them, so
 * that a field changed meanwhile by someone else and not here stays as they left it. */
#include "config.h"

#include "ui/form/kaf-form-page.h"

#include <adwaita.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "base/kaf-validation-error.h"
#include "record/kaf-typed.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-banner.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-draft-keeper.h"
#include "ui/form/kaf-duplicate-hint.h"
#include "ui/form/kaf-form-columns.h"
#include "ui/form/kaf-form-data.h"
#include "ui/form/kaf-form-frame.h"
#include "ui/form/kaf-form-outline.h"
#include "ui/form/kaf-form-page-private.h"
#include "ui/form/kaf-form-section.h"

G_DEFINE_FINAL_TYPE (KafFormPage, kaf_form_page, GTK_TYPE_BOX)

enum
{
  SIGNAL_SAVED,
  SIGNAL_CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Whole phrases: in French "new" agrees with what it is said of. */
static const struct
{
  const char *entity;
  const char *title; /* N_() */
} new_titles[] = {
  { "person", N_ ("New person") },
  { "expert", N_ ("New expert") },
  { "project_holder", N_ ("New project holder") },
  { "project", N_ ("New project") },
  { "relay", N_ ("New relay") },
  { "organisation", N_ ("New organisation") },
  { "network", N_ ("New network") },
  { "organisation_name", N_ ("New name of the organisation") },
  { "membership", N_ ("New membership") },
  { "mandate", N_ ("New mandate") },
  { "availability", N_ ("New availability") },
  { "contact", N_ ("New contact") },
  { "consent", N_ ("New consent") },
  { "source_claim", N_ ("New source") },
  { "convention", N_ ("New convention") },
  { "convention_article", N_ ("New article") },
  { "signatory", N_ ("New signatory") },
  { "commitment", N_ ("New commitment") },
  { "fulfilment", N_ ("New fulfilment") },
  { "programme", N_ ("New programme") },
  { "need", N_ ("New need") },
  { "stakeholder", N_ ("New stakeholder") },
  { "mission", N_ ("New mission") },
  { "mission_need", N_ ("New need of the mission") },
  { "mission_party", N_ ("New party") },
  { "mission_expert", N_ ("New expert of the mission") },
  { "mission_convention", N_ ("New convention of the mission") },
  { "training_module", N_ ("New training module") },
  { "training_session", N_ ("New session") },
  { "meeting", N_ ("New meeting") },
  { "agenda_item", N_ ("New point of the agenda") },
  { "meeting_attendee", N_ ("New attendee") },
  { "decision", N_ ("New decision") },
  { "text_template", N_ ("New template of a text") },
};

void
kaf_form_page_for_each_row (KafFormPage *self, KafFormRowFunc func, gpointer data)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      KafFormSection *section = g_ptr_array_index (self->sections, i);
      GPtrArray *rows = kaf_form_section_get_rows (section);

      for (guint j = 0; j < rows->len; j++)
        func (self, kaf_form_section_get_entity (section), g_ptr_array_index (rows, j), data);
    }
}

KafFieldRow *
kaf_form_page_find_row (KafFormPage *self, const KafEntity *entity, const char *field)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      KafFormSection *section = g_ptr_array_index (self->sections, i);
      GPtrArray *rows = kaf_form_section_get_rows (section);

      if (entity != NULL && kaf_form_section_get_entity (section) != entity)
        continue;
      for (guint j = 0; j < rows->len; j++)
        if (strcmp (kaf_field_row_get_field (g_ptr_array_index (rows, j))->id, field) == 0)
          return g_ptr_array_index (rows, j);
    }
  return NULL;
}

/* Persons alike */

static void
take_for_hint (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  KafRecord *person = data;
  const KafField *field = kaf_field_row_get_field (row);
  g_autofree char *canonical = NULL;

  if (entity == kaf_record_get_entity (person) && kaf_field_row_get_value (row, &canonical, NULL))
    kaf_record_set (person, field->id, canonical);
}

static gboolean
tells_who_it_is (const KafField *field)
{
  return kaf_field_has (field, KAF_FIELD_NAME) || field->kind == KAF_KIND_PHONE ||
         field->kind == KAF_KIND_EMAIL;
}

static void
look_for_duplicates (KafFormPage *self, const KafField *field)
{
  g_autoptr (KafRecord) person = NULL;
  const char *id = NULL;

  if (self->hint == NULL || !tells_who_it_is (field))
    return;

  if (self->data != NULL && self->data->owner != NULL)
    id = kaf_record_get_id (self->data->owner);
  else
    id = self->id;
  person = kaf_record_new (self->owner != NULL ? self->owner : self->entity, id);
  kaf_form_page_for_each_row (self, take_for_hint, person);
  kaf_duplicate_hint_look (KAF_DUPLICATE_HINT (self->hint), person);
}

static void
on_open_duplicate (KafFormPage *self, const char *entity, const char *id)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  kaf_draft_keeper_flush (self->keeper);
  if (KAF_IS_WINDOW (root))
    kaf_window_open_record (KAF_WINDOW (root), kaf_registry_find (entity), id, NULL,
                            GTK_INVALID_LIST_POSITION);
}

static char *
make_title (KafFormPage *self)
{
  const KafRecord *named = NULL;
  gboolean arabic = kaf_application_get_lang () == KAF_LANG_AR;
  g_autofree char *name = NULL;

  if (self->id == NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (new_titles); i++)
        if (strcmp (new_titles[i].entity, self->entity->id) == 0)
          return g_strdup (_ (new_titles[i].title));
      /* Translators: %s is the kind of record, "Country". */
      return g_strdup_printf (_ ("New record: %s"), _ (self->entity->label));
    }

  if (self->data != NULL)
    named = self->data->owner != NULL ? self->data->owner : self->data->record;
  for (guint i = 0; i < 2 && named != NULL && (name == NULL || *name == '\0'); i++)
    {
      g_free (name);
      name = kaf_record_title (named, arabic != (i == 1), TRUE);
    }
  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = g_strdup (_ (self->entity->label));
    }
  /* Translators: %s is the name of what is edited, "BENNIS Salma". */
  return g_strdup_printf (_ ("Edit %s"), name);
}

static void
update_title (KafFormPage *self)
{
  g_autofree char *title = make_title (self);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
}

/* Rows */

static void
set_row_country (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  kaf_field_row_set_country (row, data);
}

/* A phone typed without its country's code is offered the one of the country of residence. */
void
kaf_form_page_update_country (KafFormPage *self)
{
  KafFieldRow *row = kaf_form_page_find_row (self, NULL, "country");
  g_autofree char *country = NULL;

  if (row == NULL || !kaf_field_row_get_value (row, &country, NULL))
    return;
  kaf_form_page_for_each_row (self, set_row_country, country);
  kaf_form_page_tell_of_scope (self, country);
}

static void
on_row_changed (KafFormPage *self, KafFieldRow *row)
{
  const KafField *field = kaf_field_row_get_field (row);

  if (strcmp (field->id, "country") == 0 || strcmp (field->id, "counsellor") == 0)
    kaf_form_page_update_country (self);
  if (self->filling)
    return;
  kaf_form_page_update_rows (self, field);
  kaf_form_page_update_template (self, field);

  kaf_draft_keeper_touch (self->keeper);
  look_for_duplicates (self, field);
}

static void
on_row_activated (KafFormPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_errors_changed (KafFormPage *self)
{
  if (self->outline != NULL)
    kaf_form_outline_update (KAF_FORM_OUTLINE (self->outline));
}

static void
on_section_focus (KafFormPage *self, GtkEventController *controller)
{
  GtkWidget *section = gtk_event_controller_get_widget (controller);

  if (self->outline != NULL)
    kaf_form_outline_select (KAF_FORM_OUTLINE (self->outline), KAF_FORM_SECTION (section));
}

static void
on_section_chosen (KafFormPage *self, KafFormSection *section)
{
  GPtrArray *rows = kaf_form_section_get_rows (section);

  for (guint i = 0; i < rows->len; i++)
    if (kaf_field_row_focus (g_ptr_array_index (rows, i)))
      return;
}

/* Filling */

const KafRecord *
kaf_form_page_get_before (KafFormPage *self, const KafEntity *entity)
{
  if (kaf_form_page_is_extra (self, entity))
    return NULL;
  return entity == self->entity ? self->data->record : self->data->owner;
}

static void
fill_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  const KafField *field = kaf_field_row_get_field (row);
  const KafRecord *record = kaf_form_page_get_before (self, entity);
  const char *value = NULL;

  if (record != NULL)
    value = kaf_record_get (record, field->id);
  else if (self->preset != NULL && kaf_record_get_entity (self->preset) == entity)
    value = kaf_record_get (self->preset, field->id);
  if (record == NULL && value == NULL)
    value = g_strcmp0 (field->id, "country") == 0 ? kaf_form_page_propose_country (self, entity)
                                                  : field->initial;

  kaf_field_row_set_value (row, value, NULL);
  kaf_field_row_set_read_only (row, kaf_form_page_is_fixed (self, entity, field, value));
  if (!kaf_store_may_write_field (self->store, entity, field))
    kaf_tooltip_set (GTK_WIDGET (row), _ ("Your role on the server does not allow changing this."));
}

void
kaf_form_page_show_error (KafFormPage *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  kaf_form_page_tell (self);
}

void
kaf_form_page_set_enabled (KafFormPage *self, const char *action, gboolean enabled)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self->actions), action);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

static void
focus_first_row (KafFormPage *self)
{
  /* Not past a header button that already has it, nor while another window is in front. */
  for (guint i = 0; i < self->sections->len; i++)
    {
      GPtrArray *rows = kaf_form_section_get_rows (g_ptr_array_index (self->sections, i));

      for (guint j = 0; j < rows->len; j++)
        if (kaf_field_row_focus (g_ptr_array_index (rows, j)))
          return;
    }
}

static void
follow_row (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  kaf_follower_add_row (self->follower, entity, row);
}

static void
update_fixed (KafFormPage *self, const KafEntity *entity, KafFieldRow *row, gpointer data)
{
  const KafRecord *record = kaf_form_page_get_before (self, entity);
  const KafField *field = kaf_field_row_get_field (row);

  if (record != NULL)
    kaf_field_row_set_read_only (
        row, kaf_form_page_is_fixed (self, entity, field, kaf_record_get (record, field->id)));
}

static void
tell_news (KafFormPage *self)
{
  guint n = kaf_follower_count_told (self->follower);
  g_autofree char *number = kaf_number_format (n, kaf_application_get_lang ());
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s field that you typed in was changed meanwhile: saving keeps what you typed.",
                "%s fields that you typed in were changed meanwhile: saving keeps what you typed.",
                n),
      number);

  kaf_banner_set_title (KAF_BANNER (self->news_banner), text);
  kaf_banner_set_revealed (KAF_BANNER (self->news_banner), n > 0);
}

static void
take_known (KafFormPage *self, KafRecord **record)
{
  KafRecord *known = *record != NULL
                         ? kaf_follower_get_known (self->follower, kaf_record_get_entity (*record))
                         : NULL;

  if (known == NULL || known == *record)
    return;
  kaf_record_unref (*record);
  *record = kaf_record_ref (known);
}

/* The draft says what was typed, and what it was typed over. */
static void
keep_known (KafFormPage *self)
{
  g_autofree char *kept = kaf_draft_keeper_get_time (self->keeper);

  if (kaf_form_page_is_touched (self))
    kaf_draft_keeper_touch (self->keeper);
  else if (kept != NULL)
    kaf_draft_keeper_drop (self->keeper);
}

static void
on_followed (KafFormPage *self)
{
  if (self->sections == NULL)
    return;
  take_known (self, &self->data->record);
  take_known (self, &self->data->owner);
  kaf_form_page_for_each_row (self, update_fixed, NULL);
  kaf_form_page_update_country (self);
  kaf_form_page_update_rows (self, NULL);
  kaf_form_page_update_template (self, NULL);
  update_title (self);
  tell_news (self);
  keep_known (self);
}

static void
begin_following (KafFormPage *self)
{
  self->follower = kaf_follower_new (self->store);
  if (self->data->record != NULL)
    kaf_follower_add (self->follower, self->data->record);
  if (self->data->owner != NULL)
    kaf_follower_add (self->follower, self->data->owner);
  kaf_form_page_for_each_row (self, follow_row, NULL);
  g_signal_connect_object (self->follower, "followed", G_CALLBACK (on_followed), self,
                           G_CONNECT_SWAPPED);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafFormPage) self = user_data;
  g_autoptr (GError) error = NULL;
  KafFormData *data = kaf_form_data_load_finish (KAF_STORE (source), result, &error);

  if (self->sections == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&data, kaf_form_data_free);
      return;
    }
  if (data == NULL)
    {
      kaf_form_page_show_error (self, error);
      return;
    }

  self->data = data;
  update_title (self);
  self->filling = TRUE;
  kaf_form_page_for_each_row (self, fill_row, NULL);
  self->filling = FALSE;
  kaf_form_page_update_country (self);
  kaf_form_page_update_rows (self, NULL);
  kaf_form_page_update_template (self, NULL);
  kaf_form_page_set_enabled (self, "save", !kaf_store_is_read_only (self->store));
  begin_following (self);
  kaf_form_page_offer_draft (self);
  focus_first_row (self);
}

static void
save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_form_page_save (data);
}

static void
cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_form_page_cancel (data);
}

static void
on_resume (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_form_page_resume_draft (data);
}

static void
on_discard (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_form_page_discard_draft (data);
}

static void
on_section (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafFormPage *self = data;
  const char *label = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < self->sections->len; i++)
    {
      KafFormSection *section = g_ptr_array_index (self->sections, i);

      if (strcmp (kaf_form_section_get_label (section), label) == 0)
        on_section_chosen (self, section);
    }
}

static const GActionEntry actions[] = {
  { "save", save },
  { "cancel", cancel },
  { "resume-draft", on_resume },
  { "discard-draft", on_discard },
  { "section", on_section, "s" },
};

static void
kaf_form_page_dispose (GObject *object)
{
  KafFormPage *self = KAF_FORM_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  kaf_form_page_answer_leave (self, TRUE);
  if (self->keeper != NULL && self->sections != NULL && !self->saving)
    kaf_draft_keeper_flush (self->keeper);
  g_clear_object (&self->keeper);
  if (self->follower != NULL)
    kaf_follower_stop (self->follower);
  g_clear_object (&self->follower);
  g_clear_handle_id (&self->template_check, g_source_remove);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  g_clear_object (&self->actions);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_form_page_parent_class)->dispose (object);
}

static void
kaf_form_page_finalize (GObject *object)
{
  KafFormPage *self = KAF_FORM_PAGE (object);

  g_clear_pointer (&self->data, kaf_form_data_free);
  g_clear_pointer (&self->preset, kaf_record_unref);
  g_strfreev (self->members);
  g_clear_pointer (&self->set, kaf_change_set_unref);
  g_clear_pointer (&self->receipt, kaf_receipt_unref);
  g_clear_error (&self->error);
  g_free (self->saved_id);
  g_free (self->slot);
  g_free (self->id);
  G_OBJECT_CLASS (kaf_form_page_parent_class)->finalize (object);
}

static void
add_key (GtkWidgetClass *klass, guint key, GdkModifierType state, const char *action)
{
  gtk_widget_class_add_binding_action (klass, key, state, action, NULL);
}

static void
kaf_form_page_class_init (KafFormPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_form_page_dispose;
  object_class->finalize = kaf_form_page_finalize;

  add_key (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save");
  add_key (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.save");
  add_key (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "form.save");
  add_key (widget_class, GDK_KEY_Escape, 0, "form.cancel");
  /* Of a template of texts alone: elsewhere there is no such action. */
  add_key (widget_class, GDK_KEY_P, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "form.placeholders");

  signals[SIGNAL_SAVED] =
      g_signal_new ("saved", KAF_TYPE_FORM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, KAF_TYPE_RECEIPT, G_TYPE_STRING);
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", KAF_TYPE_FORM_PAGE, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_form_page_init (KafFormPage *self)
{
  self->sections = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-form");

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "form", G_ACTION_GROUP (self->actions));
  kaf_form_page_set_enabled (self, "save", FALSE);
}

/* Building */

static void
build_header (KafFormPage *self)
{
  /* Cancel and Save stand in for navigation. */
  GtkWidget *bar = kaf_dialog_header_new ("form.cancel", _ ("Save"), "form.save", &self->save);

  self->title = adw_window_title_new ("", "");
  kaf_tooltip_set (self->save, _ ("Save (Ctrl+S)"));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), self->title);
  gtk_box_append (GTK_BOX (self), bar);

  self->error_banner = kaf_banner_new ();
  kaf_banner_set_style (KAF_BANNER (self->error_banner), "error");
  self->draft_banner = kaf_banner_new ();
  kaf_banner_add_button (KAF_BANNER (self->draft_banner), _ ("Resume"), "form.resume-draft");
  kaf_banner_add_button (KAF_BANNER (self->draft_banner), _ ("Discard"), "form.discard-draft");
  self->news_banner = kaf_banner_new ();
  kaf_banner_set_style (KAF_BANNER (self->news_banner), "warning");
  self->scope_banner = kaf_banner_new ();
  kaf_banner_set_style (KAF_BANNER (self->scope_banner), "warning");
  self->members_banner = kaf_banner_new ();
  gtk_box_append (GTK_BOX (self), self->error_banner);
  gtk_box_append (GTK_BOX (self), self->news_banner);
  gtk_box_append (GTK_BOX (self), self->scope_banner);
  gtk_box_append (GTK_BOX (self), self->members_banner);
  gtk_box_append (GTK_BOX (self), self->draft_banner);
}

static void
add_sections (KafFormPage *self, const KafEntity *entity)
{
  for (const KafSection *section = entity->sections; section != NULL && section->id != NULL;
       section++)
    {
      GtkWidget *widget = kaf_form_section_new (entity, section, self->store);

      if (widget != NULL)
        g_ptr_array_add (self->sections, widget);
    }
}

static void
watch_section (KafFormPage *self, KafFormSection *section)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GPtrArray *rows = kaf_form_section_get_rows (section);

  g_signal_connect_object (focus, "enter", G_CALLBACK (on_section_focus), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (section), focus);
  g_signal_connect_object (section, "errors-changed", G_CALLBACK (on_errors_changed), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < rows->len; i++)
    {
      KafFieldRow *row = g_ptr_array_index (rows, i);

      g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated), self,
                               G_CONNECT_SWAPPED);
    }
}

/* The place of each section: where to go to the end column so that both are about as long. */
static guint
find_split (KafFormPage *self, guint from)
{
  guint total = 0;
  guint above = 0;
  guint best = self->sections->len;
  int best_gap = G_MAXINT;

  for (guint i = from; i < self->sections->len; i++)
    total += kaf_form_section_get_rows (g_ptr_array_index (self->sections, i))->len + 1;
  for (guint i = from; i < self->sections->len; i++)
    {
      above += kaf_form_section_get_rows (g_ptr_array_index (self->sections, i))->len + 1;
      if (ABS ((int) total - 2 * (int) above) < best_gap)
        {
          best_gap = ABS ((int) total - 2 * (int) above);
          best = i + 1;
        }
    }
  return best;
}

static GtkWidget *
build_columns (KafFormPage *self)
{
  KafFormColumns *columns = KAF_FORM_COLUMNS (kaf_form_columns_new ());
  guint facing = 0;
  guint split;

  if (kaf_form_page_build_template (self, columns))
    return GTK_WIDGET (columns);
  /* The name in Latin script and the name in Arabic face each other. */
  if (self->sections->len >= 2 &&
      !kaf_form_section_is_arabic (g_ptr_array_index (self->sections, 0)) &&
      kaf_form_section_is_arabic (g_ptr_array_index (self->sections, 1)))
    {
      facing = 2;
      kaf_form_columns_append (columns, g_ptr_array_index (self->sections, 0), KAF_FORM_START);
      kaf_form_columns_append (columns, g_ptr_array_index (self->sections, 1), KAF_FORM_END);
    }

  if (strcmp (kaf_entity_get_root (self->entity)->id, "person") == 0)
    {
      self->hint = kaf_duplicate_hint_new (self->store);
      g_signal_connect_object (self->hint, "open-record", G_CALLBACK (on_open_duplicate), self,
                               G_CONNECT_SWAPPED);
      kaf_form_columns_append (columns, self->hint, KAF_FORM_SPAN);
    }

  split = find_split (self, facing);
  for (guint i = facing; i < self->sections->len; i++)
    {
      KafFormPlace place = i < split ? KAF_FORM_START : KAF_FORM_END;

      if (self->sections->len - facing == 1)
        place = KAF_FORM_SPAN;
      kaf_form_columns_append (columns, g_ptr_array_index (self->sections, i), place);
    }
  return GTK_WIDGET (columns);
}

static void
build_outline (KafFormPage *self)
{
  self->outline = kaf_form_outline_new ();
  for (guint i = 0; i < self->sections->len; i++)
    kaf_form_outline_append (KAF_FORM_OUTLINE (self->outline),
                             g_ptr_array_index (self->sections, i));
  g_signal_connect_object (self->outline, "chosen", G_CALLBACK (on_section_chosen), self,
                           G_CONNECT_SWAPPED);
}

static void
build_body (KafFormPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  if (self->owner != NULL)
    add_sections (self, self->owner);
  add_sections (self, self->entity);
  if (self->id == NULL)
    kaf_form_page_add_extras (self);
  for (guint i = 0; i < self->sections->len; i++)
    watch_section (self, g_ptr_array_index (self->sections, i));
  if (self->sections->len > 1)
    build_outline (self);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), self->sections->len > 1 ? 1060 : 600);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), self->sections->len > 1 ? 1060 : 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), build_columns (self));
  gtk_widget_add_css_class (clamp, "kaf-form-body");

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_box_append (GTK_BOX (self), kaf_form_frame_new (self->outline, self->scroller));
}

/* What is begun as an amendment and what as a specific convention are two drafts, of one parent. */
static char *
make_slot_within (KafRecord *preset, const char *parent)
{
  const KafEntity *entity = kaf_record_get_entity (preset);
  GString *slot = g_string_new (SLOT_NEW ":");

  g_string_append (slot, parent);
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (field->kind == KAF_KIND_CHOICE && !kaf_field_is_many (field) &&
        kaf_record_get (preset, field->id) != NULL)
      g_string_append_printf (slot, ":%s", kaf_record_get (preset, field->id));
  return g_string_free (slot, FALSE);
}

/* A draft of a record that belongs to another has a slot of its own, "new:" and whose it is. */
static char *
make_slot (KafRecord *preset)
{
  const KafEntity *entity;

  if (preset == NULL)
    return g_strdup (SLOT_NEW);

  entity = kaf_record_get_entity (preset);
  if (kaf_record_get_id (preset) != NULL)
    return g_strdup_printf (SLOT_NEW ":%s", kaf_record_get_id (preset));
  for (const KafField *field = entity->fields; field->id != NULL; field++)
    if (kaf_field_has (field, KAF_FIELD_PARENT) && kaf_record_get (preset, field->id) != NULL)
      return make_slot_within (preset, kaf_record_get (preset, field->id));
  return g_strdup (SLOT_NEW);
}

/* An erasure is told as a change of all. */
static void
on_store_changed (KafStore *store, KafReceipt *receipt, gpointer data)
{
  if (receipt == NULL)
    kaf_form_page_look_for_erasure (data);
}

GtkWidget *
kaf_form_page_new (KafStore *store, const KafEntity *entity, const char *id, KafRecord *preset)
{
  KafFormPage *self;
  const char *owner_id;

  g_return_val_if_fail (KAF_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (KAF_TYPE_FORM_PAGE, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  self->owner = entity->owner != NULL ? kaf_registry_find (entity->owner) : NULL;
  self->preset = preset != NULL ? kaf_record_ref (preset) : NULL;

  /* The slot of a draft of a new record stands for it: the draft is what is asked for. */
  self->resumes = id != NULL && g_str_has_prefix (id, SLOT_NEW ":");
  self->id = self->resumes || g_strcmp0 (id, SLOT_NEW) == 0 ? NULL : g_strdup (id);
  self->slot = id != NULL ? g_strdup (id) : make_slot (preset);

  self->keeper = kaf_draft_keeper_new (store, entity, self->slot);
  g_signal_connect_object (self->keeper, "collect", G_CALLBACK (kaf_form_page_collect), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "told", G_CALLBACK (kaf_form_page_tell), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, 0);

  build_header (self);
  update_title (self);
  build_body (self);

  /* A facet that is added to an owner: from the preset, or from the slot of its draft. */
  owner_id = preset != NULL && self->owner != NULL ? kaf_record_get_id (preset) : NULL;
  if (self->resumes && self->owner != NULL)
    owner_id = self->slot + strlen (SLOT_NEW ":");
  kaf_form_data_load_async (store, entity, self->id, owner_id, self->slot, self->cancellable,
                            on_loaded, g_object_ref (self));
  return GTK_WIDGET (self);
}

void
kaf_form_page_set_members (KafFormPage *self, const char *const *persons)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  guint n;

  g_return_if_fail (KAF_IS_FORM_PAGE (self));

  g_strfreev (self->members);
  self->members = g_strdupv ((GStrv) persons);
  n = g_strv_length (self->members);
  number = kaf_number_format (n, kaf_application_get_lang ());
  text = g_strdup_printf (ngettext ("%s person chosen in the list joins it when it is saved.",
                                    "%s persons chosen in the list join it when it is saved.", n),
                          number);
  kaf_banner_set_title (KAF_BANNER (self->members_banner), text);
  kaf_banner_set_revealed (KAF_BANNER (self->members_banner), n > 0);
}

const KafEntity *
kaf_form_page_get_entity (KafFormPage *self)
{
  g_return_val_if_fail (KAF_IS_FORM_PAGE (self), NULL);

  return self->entity;
}

const char *
kaf_form_page_get_id (KafFormPage *self)
{
  g_return_val_if_fail (KAF_IS_FORM_PAGE (self), NULL);

  return self->id;
}

KafFieldRow *
kaf_form_page_get_row (KafFormPage *self, const char *field)
{
  KafFieldRow *own;

  g_return_val_if_fail (KAF_IS_FORM_PAGE (self), NULL);

  own = kaf_form_page_find_row (self, self->entity, field);
  return own != NULL ? own : kaf_form_page_find_row (self, NULL, field);
}

gboolean
kaf_form_page_is_ready (KafFormPage *self)
{
  g_return_val_if_fail (KAF_IS_FORM_PAGE (self), FALSE);

  return self->data != NULL;
}

void
kaf_form_page_keep_draft (KafFormPage *self)
{
  g_return_if_fail (KAF_IS_FORM_PAGE (self));

  kaf_draft_keeper_flush (self->keeper);
}

gboolean
kaf_form_page_is_saving (KafFormPage *self)
{
  g_return_val_if_fail (KAF_IS_FORM_PAGE (self), FALSE);

  return self->saving;
}

gboolean
kaf_form_page_is_unkept (KafFormPage *self)
{
  g_return_val_if_fail (KAF_IS_FORM_PAGE (self), FALSE);

  return self->keeper != NULL && kaf_draft_keeper_is_pending (self->keeper);
}
