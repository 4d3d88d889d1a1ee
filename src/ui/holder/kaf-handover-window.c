/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-handover-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-window.h"
#include "ui/compat/kaf-dialog-header.h"
#include "ui/compat/kaf-error-text.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/holder/kaf-handover.h"

#define WIDTH 460

struct _KafHandoverWindow
{
  AdwWindow parent_instance;

  KafStore *store;
  KafLang lang;
  GArray *rids;      /* nullable */
  GPtrArray *people; /* (element-type utf8): as the row "from" has them; NULL: not read yet */
  KafHandoverCount count;
  gboolean counted;
  GCancellable *cancellable;
  GSimpleActionGroup *actions;

  GtkWidget *from; /* NULL with rids */
  GtkWidget *to;
  GtkWidget *known; /* menu of those who follow somebody */
  GtkWidget *sentence;
  GtkWidget *error;
};

G_DEFINE_FINAL_TYPE (KafHandoverWindow, kaf_handover_window, ADW_TYPE_WINDOW)

static const char *
get_from (KafHandoverWindow *self)
{
  guint chosen;

  if (self->from == NULL || self->people == NULL)
    return NULL;
  chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->from));
  return chosen < self->people->len ? g_ptr_array_index (self->people, chosen) : NULL;
}

/* Without blanks around it. (transfer full) */
static char *
get_to (KafHandoverWindow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->to))));
}

static char *
describe_amount (const KafHandoverCount *count, KafLang lang)
{
  g_autofree char *holders = kaf_number_format (count->n_holders, lang);
  g_autofree char *projects = kaf_number_format (count->n_projects, lang);
  /* Translators: part of a sentence about what is handed over. */
  g_autofree char *first = g_strdup_printf (
      ngettext ("%s project holder", "%s project holders", count->n_holders), holders);
  /* Translators: part of a sentence about what is handed over. */
  g_autofree char *second =
      g_strdup_printf (ngettext ("%s project", "%s projects", count->n_projects), projects);

  /* Translators: "23 project holders and 31 projects". */
  return g_strdup_printf (_ ("%s and %s"), first, second);
}

static void
update (KafHandoverWindow *self)
{
  g_autofree char *to = get_to (self);
  g_autofree char *amount = describe_amount (&self->count, self->lang);
  g_autofree char *isolated = kaf_bidi_isolate (to);
  g_autofree char *text = NULL;
  gboolean known = self->from == NULL || get_from (self) != NULL;
  gboolean same = g_strcmp0 (get_from (self), to) == 0;
  gboolean ready = known && self->counted && *to != '\0' && !same && self->count.n_holders > 0;

  if (same && *to != '\0')
    text = g_strdup (_ ("It is this counsellor’s already: choose another."));
  else if (self->counted && *to != '\0')
    /* Translators: the first %s is "23 project holders and 31 projects", the second a name. */
    text = g_strdup_printf (_ ("%s go to %s. One step to undo."), amount, isolated);
  else if (self->counted)
    text = g_strdup_printf (_ ("%s are handed over."), amount);
  gtk_label_set_text (GTK_LABEL (self->sentence), text != NULL ? text : "");
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "run")), ready);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafHandoverWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!kaf_handover_count_finish (KAF_STORE (source), result, &self->count, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("A portfolio was not counted: %s", error->message);
      return;
    }
  self->counted = TRUE;
  update (self);
}

static void
count (KafHandoverWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->counted = FALSE;
  update (self);
  if (self->rids != NULL || get_from (self) != NULL)
    kaf_handover_count_async (self->store, self->rids, get_from (self), self->cancellable,
                              on_counted, g_object_ref (self));
}

static void
take_people (KafHandoverWindow *self, const GPtrArray *groups)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GMenu) menu = g_menu_new ();

  self->people = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < groups->len; i++)
    {
      const KafGroup *group = g_ptr_array_index (groups, i);
      g_autofree char *number = kaf_number_format (group->count, self->lang);
      g_autofree char *name = group->value != NULL ? kaf_bidi_isolate (group->value) : NULL;
      g_autofree char *line = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (group->value == NULL)
        continue;
      line = g_strdup_printf ("%s · %s", name, number);
      g_ptr_array_add (self->people, g_strdup (group->value));
      gtk_string_list_append (names, line);
      item = g_menu_item_new (line, NULL);
      g_menu_item_set_action_and_target (item, "handover.to", "s", group->value);
      g_menu_append_item (menu, item);
    }
  kaf_lazy_menu_set (GTK_MENU_BUTTON (self->known), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->known, self->people->len > 0);
  if (self->from != NULL)
    adw_combo_row_set_model (ADW_COMBO_ROW (self->from), G_LIST_MODEL (names));
}

static void
on_people (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafHandoverWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups =
      kaf_handover_counsellors_finish (KAF_STORE (source), result, &error);

  if (groups == NULL)
    {
      g_message ("Counsellors were not read: %s", error->message);
      return;
    }
  take_people (self, groups);
  count (self);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafHandoverWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_handover_run_finish (KAF_STORE (source), result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *amount = describe_amount (&self->count, self->lang);
  g_autofree char *to = get_to (self);
  g_autofree char *isolated = kaf_bidi_isolate (to);
  g_autofree char *text = NULL;

  if (receipt == NULL)
    {
      g_autofree char *why = kaf_error_text (error);

      gtk_label_set_text (GTK_LABEL (self->error), why);
      gtk_widget_set_visible (self->error, TRUE);
      update (self);
      return;
    }
  /* Translators: the first %s is "23 project holders and 31 projects", the second a name. */
  text = g_strdup_printf (_ ("%s handed over to %s"), amount, isolated);
  if (KAF_IS_WINDOW (parent))
    kaf_window_toast_undo (KAF_WINDOW (parent), text, receipt);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KafHandoverWindow *self = data;
  g_autofree char *to = get_to (self);

  gtk_widget_set_visible (self->error, FALSE);
  g_simple_action_set_enabled (action, FALSE);
  kaf_handover_run_async (self->store, self->rids, get_from (self), to, on_done,
                          g_object_ref (self));
}

static void
on_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  kaf_handover_window_set_to (data, g_variant_get_string (parameter, NULL));
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
kaf_handover_window_dispose (GObject *object)
{
  KafHandoverWindow *self = KAF_HANDOVER_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (kaf_handover_window_parent_class)->dispose (object);
}

static void
kaf_handover_window_finalize (GObject *object)
{
  KafHandoverWindow *self = KAF_HANDOVER_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->rids, g_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_handover_window_parent_class)->finalize (object);
}

static void
kaf_handover_window_class_init (KafHandoverWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_handover_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_handover_window_finalize;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
kaf_handover_window_init (KafHandoverWindow *self)
{
}

static GtkWidget *
from_row_new (KafHandoverWindow *self)
{
  GtkWidget *row;

  if (self->rids != NULL)
    {
      g_autofree char *number = kaf_number_format (self->rids->len, self->lang);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%s project holder chosen in the list",
                                     "%s project holders chosen in the list", self->rids->len),
                           number);

      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      return row;
    }
  row = self->from = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("From"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Whose portfolio it is"));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
to_row_new (KafHandoverWindow *self)
{
  self->to = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->to), _ ("To, by user name"));
  self->known = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->known), "pan-down-symbolic");
  gtk_widget_set_valign (self->known, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->known, "flat");
  gtk_widget_set_visible (self->known, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->known), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose among the counsellors"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->to), self->known);
  g_signal_connect_object (self->to, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to, "entry-activated", G_CALLBACK (kaf_handover_window_run), self,
                           G_CONNECT_SWAPPED);
  return self->to;
}

static GtkWidget *
line_new (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "kaf-wraps");
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
body_new (KafHandoverWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), from_row_new (self));
  gtk_list_box_append (GTK_LIST_BOX (list), to_row_new (self));
  self->sentence = line_new (NULL);
  self->error = line_new ("error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->sentence);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_widget_add_css_class (box, "kaf-record-padded");
  return box;
}

GtkWidget *
kaf_handover_window_new (KafStore *store, GArray *rids, KafLang lang)
{
  static const GActionEntry entries[] = { { "run", on_run }, { "to", on_to, "s" } };
  KafHandoverWindow *self =
      g_object_new (KAF_TYPE_HANDOVER_WINDOW, "title", _ ("Hand Over a Portfolio"), NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->store = g_object_ref (store);
  self->lang = lang;
  self->rids = rids != NULL ? g_array_ref (rids) : NULL;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "handover", G_ACTION_GROUP (self->actions));
  gtk_box_append (GTK_BOX (content),
                  kaf_dialog_header_new ("window.close", _ ("Hand Over"), "handover.run", NULL));
  gtk_box_append (GTK_BOX (content), body_new (self));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  update (self);
  kaf_handover_counsellors_async (store, lang, NULL, on_people, g_object_ref (self));
  return GTK_WIDGET (self);
}

gboolean
kaf_handover_window_set_from (KafHandoverWindow *self, const char *from)
{
  g_return_val_if_fail (KAF_IS_HANDOVER_WINDOW (self), FALSE);

  for (guint i = 0; self->people != NULL && self->from != NULL && i < self->people->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->people, i), from) == 0)
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->from), i);
        return TRUE;
      }
  return FALSE;
}

void
kaf_handover_window_set_to (KafHandoverWindow *self, const char *to)
{
  g_return_if_fail (KAF_IS_HANDOVER_WINDOW (self));
  gtk_editable_set_text (GTK_EDITABLE (self->to), to);
}

const char *
kaf_handover_window_get_sentence (KafHandoverWindow *self)
{
  g_return_val_if_fail (KAF_IS_HANDOVER_WINDOW (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->sentence));
}

gboolean
kaf_handover_window_run (KafHandoverWindow *self)
{
  GAction *run;

  g_return_val_if_fail (KAF_IS_HANDOVER_WINDOW (self), FALSE);

  run = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "run");
  if (!g_action_get_enabled (run))
    return FALSE;
  g_action_activate (run, NULL);
  return TRUE;
}
