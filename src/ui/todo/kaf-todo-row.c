/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/todo/kaf-todo-row.h"

#include <glib/gi18n-lib.h>

#include "ui/app/kaf-application.h"
#include "ui/record/kaf-pill.h"
#include "ui/record/kaf-record-section.h"
#include "ui/todo/kaf-todo-text.h"

struct _KafTodoRow
{
  AdwActionRow parent_instance;

  KafFindings *findings;
  const KafFinding *finding;
};

G_DEFINE_FINAL_TYPE (KafTodoRow, kaf_todo_row, ADW_TYPE_ACTION_ROW)

static void
kaf_todo_row_finalize (GObject *object)
{
  g_clear_pointer (&KAF_TODO_ROW (object)->findings, kaf_findings_unref);
  G_OBJECT_CLASS (kaf_todo_row_parent_class)->finalize (object);
}

static void
kaf_todo_row_class_init (KafTodoRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_todo_row_finalize;
}

static void
kaf_todo_row_init (KafTodoRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
}

static void
add_day (KafTodoRow *self, const char *day)
{
  GtkWidget *label = gtk_label_new (day);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
}

static void
add_done (KafTodoRow *self)
{
  GtkWidget *button = kaf_record_section_icon_button ("emblem-ok-symbolic", _ ("Note as Done"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->finding->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "todo.done");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

/* Said after the sentence by a screen reader. */
static void
tell (KafTodoRow *self, const char *context, const char *word, const char *day)
{
  g_autofree char *text =
      g_strdup_printf ("%s%s%s%s%s", word != NULL ? word : "", word != NULL ? ", " : "",
                       day != NULL ? day : "", day != NULL ? ", " : "", context);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
fill (KafTodoRow *self, gboolean writable)
{
  g_autofree char *sentence = kaf_todo_text_sentence (self->finding);
  g_autofree char *context = kaf_todo_text_context (self->finding);
  g_autofree char *day = kaf_todo_text_day (self->finding, kaf_application_get_lang ());
  const char *style = NULL;
  const char *word = kaf_todo_text_urgency (self->finding, self->findings->day, &style);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), sentence);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), context);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (self), kaf_todo_text_icon (self->finding));
  if (day != NULL)
    add_day (self, day);
  if (word != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (self), kaf_pill_new (word, style));
  if (writable && kaf_todo_is_commitment (self->finding))
    add_done (self);
  tell (self, context, word, day);
}

GtkWidget *
kaf_todo_row_new (KafFindings *findings, const KafFinding *finding, gboolean writable)
{
  KafTodoRow *self = g_object_new (KAF_TYPE_TODO_ROW, NULL);

  self->findings = kaf_findings_ref (findings);
  self->finding = finding;
  fill (self, writable);
  if (finding->id != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", finding->rule->entity,
                                        finding->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-record");
    }
  return GTK_WIDGET (self);
}

const KafFinding *
kaf_todo_row_get_finding (KafTodoRow *self)
{
  g_return_val_if_fail (KAF_IS_TODO_ROW (self), NULL);
  return self->finding;
}
