/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/papers/kaf-paper-row.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "ui/compat/kaf-tooltip.h"

struct _KafPaperRow
{
  AdwActionRow parent_instance;

  KafIdentityPaper kind;
  KafLang lang;
  GtkWidget *number; /* label */
  GtkWidget *reveal, *hide, *enter, *change, *remove;
  gboolean held, authorised;
  guint timer;
};

G_DEFINE_FINAL_TYPE (KafPaperRow, kaf_paper_row, ADW_TYPE_ACTION_ROW)

static void
update (KafPaperRow *self)
{
  gboolean shown = self->timer > 0;

  gtk_widget_set_visible (self->number, shown);
  gtk_widget_set_visible (self->hide, shown);
  gtk_widget_set_visible (self->reveal, self->held && !shown);
  gtk_widget_set_visible (self->enter, !self->held);
  gtk_widget_set_visible (self->change, self->held);
  gtk_widget_set_visible (self->remove, self->held);
  gtk_widget_set_sensitive (self->reveal, self->authorised);
  gtk_widget_set_sensitive (self->enter, self->authorised);
  gtk_widget_set_sensitive (self->change, self->authorised);
}

void
kaf_paper_row_hide_number (KafPaperRow *self)
{
  g_return_if_fail (KAF_IS_PAPER_ROW (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_text (GTK_LABEL (self->number), "");
  update (self);
}

static gboolean
on_seen (gpointer data)
{
  KafPaperRow *self = data;

  self->timer = 0;
  kaf_paper_row_hide_number (self);
  return G_SOURCE_REMOVE;
}

void
kaf_paper_row_show_number (KafPaperRow *self, const char *number, guint seconds)
{
  g_return_if_fail (KAF_IS_PAPER_ROW (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_text (GTK_LABEL (self->number), number);
  self->timer = g_timeout_add_seconds (seconds, on_seen, self);
  update (self);
  gtk_widget_grab_focus (self->hide);
}

const char *
kaf_paper_row_get_number (KafPaperRow *self)
{
  g_return_val_if_fail (KAF_IS_PAPER_ROW (self), NULL);

  return self->timer > 0 ? gtk_label_get_text (GTK_LABEL (self->number)) : NULL;
}

/* "Entered on 30 Nov 2026 by meryem · valid until 31/12/2030" (transfer full) */
static char *
describe (KafPaperRow *self, const KafHeldPaper *held)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *when = kaf_time_format (held->at, self->lang);
  g_autofree char *who = kaf_bidi_isolate (held->by != NULL ? held->by : "—");
  /* Translators: when and by which account the number of a paper was entered: “Entered on 30/11/2026 at 10:12 by meryem” */
  g_autofree char *entered = g_strdup_printf (_ ("Entered on %s by %s"), when, who);

  kaf_bidi_append (line, entered);
  if (held->until != NULL)
    {
      g_autofree char *day = kaf_date_format (held->until, self->lang, KAF_DATE_SHORT);

      kaf_bidi_append_format (line, _ ("valid until %s"), day);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

void
kaf_paper_row_fill (KafPaperRow *self, const KafHeldPaper *held, gboolean authorised)
{
  g_autofree char *line = NULL;

  g_return_if_fail (KAF_IS_PAPER_ROW (self));

  line = held != NULL ? describe (self, held) : g_strdup (_ ("The server holds no number"));
  self->held = held != NULL;
  self->authorised = authorised;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), line);
  kaf_paper_row_hide_number (self);
}

static void
kaf_paper_row_dispose (GObject *object)
{
  g_clear_handle_id (&KAF_PAPER_ROW (object)->timer, g_source_remove);
  G_OBJECT_CLASS (kaf_paper_row_parent_class)->dispose (object);
}

static void
kaf_paper_row_class_init (KafPaperRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_paper_row_dispose;
}

static void
kaf_paper_row_init (KafPaperRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
}

/* @icon: nullable: the label shows. @name: what a screen reader says, with the kind. */
static GtkWidget *
add_button (
    KafPaperRow *self, const char *icon, const char *label, const char *format, const char *action)
{
  GtkWidget *button =
      icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf (format, _ (kaf_identity_paper_get_label (self->kind)));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (icon != NULL)
    {
      gtk_widget_add_css_class (button, "flat");
      kaf_tooltip_set (button, label);
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    kaf_identity_paper_get_code (self->kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

GtkWidget *
kaf_paper_row_new (KafIdentityPaper kind, KafLang lang)
{
  KafPaperRow *self = g_object_new (KAF_TYPE_PAPER_ROW, NULL);

  self->kind = kind;
  self->lang = lang;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 _ (kaf_identity_paper_get_label (kind)));
  self->number = gtk_label_new (NULL);
  gtk_label_set_selectable (GTK_LABEL (self->number), TRUE);
  gtk_widget_add_css_class (self->number, "numeric");
  /* In its order in an Arabic window too, and without a mark that whoever selects it would take along. */
  gtk_widget_set_direction (self->number, GTK_TEXT_DIR_LTR);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->number);
  self->reveal =
      add_button (self, NULL, _ ("Reveal…"), _ ("Reveal the number: %s"), "papers.reveal");
  self->hide = add_button (self, "view-conceal-symbolic", _ ("Hide"), _ ("Hide the number: %s"),
                           "papers.hide");
  self->enter = add_button (self, NULL, _ ("Add…"), _ ("Add the number: %s"), "papers.enter");
  self->change = add_button (self, "document-edit-symbolic", _ ("Change…"),
                             _ ("Change the number: %s"), "papers.enter");
  self->remove = add_button (self, "user-trash-symbolic", _ ("Remove…"),
                             _ ("Remove the number: %s"), "papers.remove");
  update (self);
  return GTK_WIDGET (self);
}
