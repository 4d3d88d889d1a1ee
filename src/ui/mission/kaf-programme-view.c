/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-programme-view.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "schema/kaf-registry.h"
#include "ui/mission/kaf-mission-commit.h"
#include "ui/mission/kaf-programme-shares.h"
#include "ui/mission/kaf-programme-editor.h"
#include "ui/mission/kaf-programme-text.h"

struct _KafProgrammeView
{
  GtkBox parent_instance;

  KafStore *store;
  KafLang lang;
  KafMission *mission;
  GHashTable *names;
  gboolean writable;

  GtkWidget *hint;
  GtkWidget *add;
  GtkWidget *board;
  GtkWidget *balance;
  GtkWidget *editor; /* weak */
  GCancellable *cancellable;
  guint busy;
};

G_DEFINE_FINAL_TYPE (KafProgrammeView, kaf_programme_view, GTK_TYPE_BOX)

static const KafItem *
find_item (KafProgrammeView *self, const char *id)
{
  return self->mission != NULL ? kaf_mission_find_item (self->mission, id) : NULL;
}

/* Moving and taking out */

static void
move (KafProgrammeView *self, const char *id, KafDay day, gboolean afternoon)
{
  const KafItem *item = find_item (self, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("edit");
  g_autoptr (KafRecord) change = NULL;
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *subject = NULL;
  g_autofree char *where = NULL;
  g_autofree char *done = NULL;

  if (item == NULL || !self->writable)
    return;
  change = kaf_record_new (kaf_registry_find ("programme_item"), id);
  kaf_record_set (change, "held_on", iso);
  kaf_record_set (change, "half", day == KAF_DAY_UNKNOWN ? NULL : afternoon ? "pm" : "am");
  kaf_change_set_update (set, change);
  subject = kaf_bidi_isolate (item->subject);
  if (day == KAF_DAY_UNKNOWN)
    done = g_strdup_printf (_ ("%s waits to be placed"), subject);
  else
    {
      where = kaf_programme_slot_name (day, afternoon, self->lang);
      done = g_strdup_printf (_ ("%s moved to %s"), subject, where);
    }
  kaf_mission_commit (GTK_WIDGET (self), self->store, set, done, _ ("The session was not moved"),
                      &self->busy);
}

static void
remove_item (KafProgrammeView *self, const char *id)
{
  const KafItem *item = find_item (self, id);
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("delete");
  g_autofree char *subject = NULL;
  g_autofree char *done = NULL;

  if (item == NULL || !self->writable)
    return;
  kaf_change_set_delete (set, kaf_registry_find ("programme_item"), id);
  subject = kaf_bidi_isolate (item->subject);
  done = g_strdup_printf (_ ("%s taken out of the programme"), subject);
  kaf_mission_commit (GTK_WIDGET (self), self->store, set, done,
                      _ ("The session was not taken out"), &self->busy);
}

/* Writing */

static void
on_saved (KafProgrammeView *self, KafReceipt *receipt)
{
  kaf_window_tell_done (GTK_WIDGET (self), _ ("Session saved"), receipt);
}

static void
open_editor (KafProgrammeView *self, KafRecord *record)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->editor != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->editor));
      return;
    }
  g_set_weak_pointer (&self->editor,
                      kaf_programme_editor_new (self->store, self->mission, self->names, record));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self->editor), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self->editor), TRUE);
  g_signal_connect_object (self->editor, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->editor));
  kaf_field_dialog_begin (KAF_FIELD_DIALOG (self->editor));
}

/* Both its subjects are read: the mission holds the one of the interface. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KafProgrammeView) self = user_data;
  g_autoptr (KafRecord) record = kaf_store_load_finish (KAF_STORE (source), result, NULL);

  self->busy--;
  if (record != NULL && self->mission != NULL && self->writable)
    open_editor (self, record);
}

static void
edit (KafProgrammeView *self, const char *id)
{
  if (find_item (self, id) == NULL || !self->writable)
    return;
  self->busy++;
  kaf_store_load_async (self->store, kaf_registry_find ("programme_item"), id, self->cancellable,
                        on_loaded, g_object_ref (self));
}

static void
add (KafProgrammeView *self, KafDay day, gboolean afternoon)
{
  g_autoptr (KafRecord) record = NULL;
  g_autofree char *iso = kaf_day_to_iso (day);

  if (self->mission == NULL || !self->writable)
    return;
  record = kaf_record_new (kaf_registry_find ("programme_item"), NULL);
  kaf_record_begin (record);
  kaf_record_set (record, "mission", self->mission->id);
  kaf_record_set (record, "held_on", iso);
  kaf_record_set (record, "half", day == KAF_DAY_UNKNOWN ? NULL : afternoon ? "pm" : "am");
  open_editor (self, record);
}

/* From the board, and from actions */

static void
on_move_item (KafProgrammeView *self, const char *id, guint day, gboolean afternoon)
{
  move (self, id, day, afternoon);
}

static void
on_edit_item (KafProgrammeView *self, const char *id)
{
  edit (self, id);
}

static void
on_add_item (KafProgrammeView *self, guint day, gboolean afternoon)
{
  add (self, day, afternoon);
}

static void
on_remove_item (KafProgrammeView *self, const char *id)
{
  remove_item (self, id);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KafProgrammeView *self = KAF_PROGRAMME_VIEW (widget);
  const char *id;
  KafDay day = KAF_DAY_UNKNOWN;
  gboolean afternoon = FALSE;

  kaf_programme_board_get_cursor (KAF_PROGRAMME_BOARD (self->board), &id, &day, &afternoon);
  add (self, day, afternoon);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (KAF_PROGRAMME_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id, *day, *half;

  g_variant_get (parameter, "(&s&s&s)", &id, &day, &half);
  move (KAF_PROGRAMME_VIEW (widget), id, kaf_day_parse (day), g_strcmp0 (half, "pm") == 0);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  remove_item (KAF_PROGRAMME_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* The widget */

static void
kaf_programme_view_dispose (GObject *object)
{
  KafProgrammeView *self = KAF_PROGRAMME_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->editor != NULL)
    g_clear_weak_pointer (&self->editor);
  g_clear_object (&self->store);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  G_OBJECT_CLASS (kaf_programme_view_parent_class)->dispose (object);
}

static void
kaf_programme_view_finalize (GObject *object)
{
  g_object_unref (KAF_PROGRAMME_VIEW (object)->cancellable);
  G_OBJECT_CLASS (kaf_programme_view_parent_class)->finalize (object);
}

static void
kaf_programme_view_class_init (KafProgrammeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_programme_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_programme_view_finalize;
  gtk_widget_class_install_action (widget_class, "programme.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "programme.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "programme.move", "(sss)", move_action);
  gtk_widget_class_install_action (widget_class, "programme.remove", "s", remove_action);
}

static void
kaf_programme_view_init (KafProgrammeView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
heading_new (KafProgrammeView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *content = adw_button_content_new ();

  self->hint = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_set_hexpand (self->hint, TRUE);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), C_ ("button", "Session"));
  self->add = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "programme.add");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New session of the programme"), -1);
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), self->hint);
  gtk_box_append (GTK_BOX (line), self->add);
  return line;
}

GtkWidget *
kaf_programme_view_new (KafStore *store, KafLang lang)
{
  KafProgrammeView *self = g_object_new (KAF_TYPE_PROGRAMME_VIEW, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  self->store = g_object_ref (store);
  self->lang = lang;
  gtk_box_append (GTK_BOX (self), heading_new (self));
  self->board = kaf_programme_board_new (lang);
  gtk_widget_set_vexpand (self->board, TRUE);
  g_signal_connect_swapped (self->board, "move-item", G_CALLBACK (on_move_item), self);
  g_signal_connect_swapped (self->board, "edit-item", G_CALLBACK (on_edit_item), self);
  g_signal_connect_swapped (self->board, "add-item", G_CALLBACK (on_add_item), self);
  g_signal_connect_swapped (self->board, "remove-item", G_CALLBACK (on_remove_item), self);
  self->balance = kaf_programme_shares_new ();
  gtk_box_append (GTK_BOX (inside), self->board);
  gtk_box_append (GTK_BOX (inside), self->balance);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inside);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), scrolled);
  return GTK_WIDGET (self);
}

static void
show_hint (KafProgrammeView *self)
{
  guint n_items = self->mission->items->len;
  guint n_rooms = self->mission->rooms->len;
  g_autofree char *items =
      g_strdup_printf (ngettext ("%u session", "%u sessions", n_items), n_items);
  g_autofree char *rooms = g_strdup_printf (ngettext ("%u room", "%u rooms", n_rooms), n_rooms);
  g_autofree char *text = NULL;

  if (self->writable)
    text =
        g_strdup_printf (_ ("%s, %s · the key M moves, arrows choose the half-day"), items, rooms);
  else
    text = g_strdup_printf (C_ ("sessions and rooms", "%s, %s"), items, rooms);
  gtk_label_set_text (GTK_LABEL (self->hint), text);
}

void
kaf_programme_view_set (KafProgrammeView *self,
                        KafMission *mission,
                        GHashTable *names,
                        GPtrArray *holidays,
                        guint practice_percent,
                        gboolean writable)
{
  g_return_if_fail (KAF_IS_PROGRAMME_VIEW (self));

  kaf_mission_ref (mission);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  self->mission = mission;
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = names != NULL ? g_hash_table_ref (names) : NULL;
  self->writable = writable;
  show_hint (self);
  gtk_widget_set_visible (self->add, writable);
  kaf_programme_board_set (KAF_PROGRAMME_BOARD (self->board), mission, names, holidays, writable);
  kaf_programme_shares_set (KAF_PROGRAMME_SHARES (self->balance), mission, names, practice_percent);
}

gboolean
kaf_programme_view_lead (KafProgrammeView *self, const char *id)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_VIEW (self), FALSE);

  return kaf_programme_board_focus_item (KAF_PROGRAMME_BOARD (self->board), id);
}

KafProgrammeBoard *
kaf_programme_view_get_board (KafProgrammeView *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_VIEW (self), NULL);

  return KAF_PROGRAMME_BOARD (self->board);
}

GtkWidget *
kaf_programme_view_get_editor (KafProgrammeView *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_VIEW (self), NULL);

  return self->editor;
}

gboolean
kaf_programme_view_is_settled (KafProgrammeView *self)
{
  g_return_val_if_fail (KAF_IS_PROGRAMME_VIEW (self), FALSE);

  return self->busy == 0;
}
