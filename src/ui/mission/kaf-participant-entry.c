/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-participant-entry.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-fold.h"
#include "rules/mission/kaf-participant-lines.h"
#include "schema/kaf-registry.h"
#include "ui/app/kaf-window-commit.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-tooltip.h"

struct _KafParticipantEntry
{
  GtkBox parent_instance;

  KafStore *store;
  const KafMissionData *data; /* nullable */
  GtkWidget *entry, *button, *note;
  guint n_adding;
};

G_DEFINE_FINAL_TYPE (KafParticipantEntry, kaf_participant_entry, GTK_TYPE_BOX)

static void
kaf_participant_entry_dispose (GObject *object)
{
  KafParticipantEntry *self = KAF_PARTICIPANT_ENTRY (object);

  g_clear_object (&self->store);
  self->data = NULL;
  G_OBJECT_CLASS (kaf_participant_entry_parent_class)->dispose (object);
}

static void
kaf_participant_entry_class_init (KafParticipantEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_participant_entry_dispose;
}

static gboolean
is_listed (KafParticipantEntry *self, const KafParticipantLine *line)
{
  GPtrArray *rows = kaf_mission_data_rows (self->data, "participant");

  for (guint i = 0; i < rows->len; i++)
    {
      const KafRow *row = g_ptr_array_index (rows, i);

      if (kaf_participant_line_is (line, kaf_mission_data_raw (row, "name"),
                                   kaf_mission_data_raw (row, "function"),
                                   kaf_mission_data_raw (row, "establishment")))
        return TRUE;
    }
  return FALSE;
}

/* Those typed who are not on the list. @n_listed: those who are. (transfer full) */
static GPtrArray *
read_new (KafParticipantEntry *self, guint *n_listed)
{
  GPtrArray *lines = kaf_participant_lines_parse (kaf_participant_entry_get_typed (self));

  *n_listed = 0;
  for (guint i = lines->len; i > 0; i--)
    if (is_listed (self, g_ptr_array_index (lines, i - 1)))
      {
        g_ptr_array_remove_index (lines, i - 1);
        (*n_listed)++;
      }
  return lines;
}

static void
say (KafParticipantEntry *self)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) note = g_string_new (NULL);
  guint n_listed;

  if (self->data == NULL)
    return;
  lines = read_new (self, &n_listed);
  if (lines->len > 1)
    g_string_append_printf (
        note, ngettext ("Enter adds %u person.", "Enter adds %u persons.", lines->len), lines->len);
  if (n_listed > 0)
    {
      if (note->len > 0)
        g_string_append_c (note, ' ');
      g_string_append_printf (note,
                              ngettext ("%u person is on the list already and is left out.",
                                        "%u persons are on the list already and are left out.",
                                        n_listed),
                              n_listed);
    }
  gtk_label_set_text (GTK_LABEL (self->note), note->str);
  gtk_widget_set_visible (self->note, note->len > 0);
  gtk_widget_set_sensitive (self->button, lines->len > 0 && self->n_adding == 0);
}

/* Adding */

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafParticipantEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt =
      kaf_store_commit_finish (KAF_STORE (source), result, NULL, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint n = self->n_adding;
  g_autofree char *done = NULL;

  self->n_adding = 0;
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), TRUE);
  if (receipt == NULL)
    {
      if (KAF_IS_WINDOW (root))
        kaf_window_report_error (KAF_WINDOW (root), _ ("Nobody was added"), error);
    }
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      done = g_strdup_printf (ngettext ("%u person added", "%u persons added", n), n);
      kaf_window_tell_done (GTK_WIDGET (self), done, receipt);
    }
  say (self);
}

static guint
next_position (KafParticipantEntry *self)
{
  GPtrArray *rows = kaf_mission_data_rows (self->data, "participant");
  gint64 last = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *position = kaf_mission_data_raw (g_ptr_array_index (rows, i), "position");

      last = MAX (last, position != NULL ? g_ascii_strtoll (position, NULL, 10) : 0);
    }
  return (guint) MAX (last, rows->len) + 1;
}

static KafRecord *
make_record (KafParticipantEntry *self, const KafParticipantLine *line, guint position)
{
  KafRecord *record = kaf_record_new (kaf_registry_find ("participant"), NULL);
  g_autofree char *number = g_strdup_printf ("%u", position);

  kaf_record_set (record, "mission", self->data->id);
  kaf_record_set (record, "name", line->name);
  if (kaf_text_is_arabic (line->name))
    kaf_record_set (record, "name_ar", line->name);
  kaf_record_set (record, "function", line->function);
  kaf_record_set (record, "establishment", line->establishment);
  kaf_record_set (record, "position", number);
  return record;
}

void
kaf_participant_entry_add (KafParticipantEntry *self)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (GPtrArray) lines = NULL;
  guint n_listed, position;

  g_return_if_fail (KAF_IS_PARTICIPANT_ENTRY (self));

  if (self->data == NULL || self->n_adding > 0 || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  lines = read_new (self, &n_listed);
  if (lines->len == 0)
    return;
  position = next_position (self);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (KafRecord) record = make_record (self, g_ptr_array_index (lines, i), position + i);

      kaf_change_set_create (set, record);
    }
  self->n_adding = lines->len;
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), FALSE);
  kaf_store_commit_async (self->store, set, NULL, on_committed, g_object_ref (self));
}

static void
kaf_participant_entry_init (KafParticipantEntry *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *what = _ ("Name, function, establishment");

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  self->entry = gtk_entry_new ();
  self->button = gtk_button_new_with_label (_ ("Add"));
  self->note = gtk_label_new (NULL);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), what);
  gtk_widget_set_hexpand (self->entry, TRUE);
  kaf_tooltip_set (self->entry, _ ("One person, or a list pasted: one a line, with commas, "
                                   "semicolons or tabs between."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add participants"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add to the list of participants"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (say), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (kaf_participant_entry_add), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (kaf_participant_entry_add), self);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), self->button);
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->note);
  gtk_widget_set_sensitive (self->button, FALSE);
}

GtkWidget *
kaf_participant_entry_new (KafStore *store)
{
  KafParticipantEntry *self = g_object_new (KAF_TYPE_PARTICIPANT_ENTRY, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

void
kaf_participant_entry_set (KafParticipantEntry *self, const KafMissionData *data, gboolean writable)
{
  g_return_if_fail (KAF_IS_PARTICIPANT_ENTRY (self));

  self->data = data;
  gtk_widget_set_visible (GTK_WIDGET (self), writable);
  say (self);
}

void
kaf_participant_entry_set_typed (KafParticipantEntry *self, const char *text)
{
  g_return_if_fail (KAF_IS_PARTICIPANT_ENTRY (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

const char *
kaf_participant_entry_get_typed (KafParticipantEntry *self)
{
  g_return_val_if_fail (KAF_IS_PARTICIPANT_ENTRY (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

const char *
kaf_participant_entry_get_note (KafParticipantEntry *self)
{
  g_return_val_if_fail (KAF_IS_PARTICIPANT_ENTRY (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->note));
}

gboolean
kaf_participant_entry_lead (KafParticipantEntry *self)
{
  g_return_val_if_fail (KAF_IS_PARTICIPANT_ENTRY (self), FALSE);
  return gtk_widget_grab_focus (self->entry);
}
