/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface of editors, and which editor a field gets. */
#include "config.h"

#include "ui/form/kaf-editor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ui/form/kaf-attachment-editor.h"
#include "ui/form/kaf-combo-editor.h"
#include "ui/form/kaf-entry-editor.h"
#include "ui/form/kaf-flags-editor.h"
#include "ui/form/kaf-pick-set.h"
#include "ui/form/kaf-reference-editor.h"
#include "ui/form/kaf-set-row.h"
#include "ui/form/kaf-switch-editor.h"
#include "ui/form/kaf-text-editor.h"
#include "ui/form/kaf-toggle-editor.h"

/* Three words side by side in a row must leave room for the title at 360 px. */
#define TOGGLES_MAX 3
#define TOGGLES_MAX_CHARS 24

G_DEFINE_INTERFACE (KafEditor, kaf_editor, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_EDITED,
  SIGNAL_LEFT,
  SIGNAL_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
kaf_editor_default_init (KafEditorInterface *iface)
{
  GType type = G_TYPE_FROM_INTERFACE (iface);

  signals[SIGNAL_EDITED] =
      g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] =
      g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
choices_fit_in_a_row (const KafField *field)
{
  guint n = 0;
  glong chars = 0;

  for (const KafChoice *choice = field->choices; choice->code != NULL; choice++)
    {
      n++;
      chars += g_utf8_strlen (_ (choice->label), -1);
    }

  return n <= TOGGLES_MAX && chars <= TOGGLES_MAX_CHARS;
}

static GtkWidget *
new_set_editor (const KafField *field, KafStore *store)
{
  switch (field->kind)
    {
    case KAF_KIND_CHOICE:
      return kaf_flags_editor_new (field);
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
    case KAF_KIND_ATTACHMENT:
      return kaf_pick_set_new (field, store);
    default:
      return kaf_set_row_new (field);
    }
}

GtkWidget *
kaf_editor_new (const KafField *field, KafStore *store)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (kaf_field_is_many (field))
    return new_set_editor (field, store);

  switch (field->kind)
    {
    case KAF_KIND_LONG_TEXT:
      return kaf_text_editor_new (field);
    case KAF_KIND_BOOLEAN:
      return kaf_switch_editor_new (field);
    case KAF_KIND_CHOICE:
      return choices_fit_in_a_row (field) ? kaf_toggle_editor_new (field)
                                          : kaf_combo_editor_new (field);
    case KAF_KIND_REFERENCE:
    case KAF_KIND_LANGUAGE:
      return kaf_reference_editor_new (field, store);
    case KAF_KIND_ATTACHMENT:
      return kaf_attachment_editor_new (field, store);
    default:
      return kaf_entry_editor_new (field);
    }
}

void
kaf_editor_show (KafEditor *self, const char *canonical, const char *text)
{
  g_return_if_fail (KAF_IS_EDITOR (self));

  KAF_EDITOR_GET_IFACE (self)->show (self, canonical, text);
}

char *
kaf_editor_get_typed (KafEditor *self)
{
  g_return_val_if_fail (KAF_IS_EDITOR (self), NULL);

  return KAF_EDITOR_GET_IFACE (self)->get_typed (self);
}

void
kaf_editor_set_typed (KafEditor *self, const char *typed)
{
  g_return_if_fail (KAF_IS_EDITOR (self));

  KAF_EDITOR_GET_IFACE (self)->set_typed (self, typed != NULL ? typed : "");
}

void
kaf_editor_set_title (KafEditor *self, const char *title)
{
  g_return_if_fail (KAF_IS_EDITOR (self));

  KAF_EDITOR_GET_IFACE (self)->set_title (self, title);
}

gboolean
kaf_editor_read (KafEditor *self,
                 const KafField *field,
                 const KafValueContext *context,
                 char **canonical,
                 char **suggestion,
                 GError **error)
{
  KafEditorInterface *iface;
  g_autofree char *typed = NULL;

  g_return_val_if_fail (KAF_IS_EDITOR (self), FALSE);

  iface = KAF_EDITOR_GET_IFACE (self);
  if (iface->read != NULL)
    return iface->read (self, field, context, canonical, suggestion, error);

  typed = iface->get_typed (self);
  return kaf_value_parse (field, typed, context, canonical, suggestion, error);
}

void
kaf_editor_correct (KafEditor *self, const char *suggestion)
{
  KafEditorInterface *iface;

  g_return_if_fail (KAF_IS_EDITOR (self));

  iface = KAF_EDITOR_GET_IFACE (self);
  if (iface->correct != NULL)
    iface->correct (self, suggestion);
  else
    iface->set_typed (self, suggestion);
}

void
kaf_editor_tidy (KafEditor *self, const char *canonical)
{
  g_return_if_fail (KAF_IS_EDITOR (self));

  if (KAF_EDITOR_GET_IFACE (self)->tidy != NULL)
    KAF_EDITOR_GET_IFACE (self)->tidy (self, canonical);
}

GtkWidget *
kaf_editor_get_focus (KafEditor *self)
{
  g_return_val_if_fail (KAF_IS_EDITOR (self), NULL);

  if (KAF_EDITOR_GET_IFACE (self)->get_focus != NULL)
    return KAF_EDITOR_GET_IFACE (self)->get_focus (self);
  return GTK_WIDGET (self);
}

void
kaf_editor_set_wrong (KafEditor *self, gboolean wrong)
{
  g_return_if_fail (KAF_IS_EDITOR (self));

  if (KAF_EDITOR_GET_IFACE (self)->set_wrong != NULL)
    KAF_EDITOR_GET_IFACE (self)->set_wrong (self, wrong);
  else if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

void
kaf_editor_emit_edited (KafEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

void
kaf_editor_emit_left (KafEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

void
kaf_editor_emit_entered (KafEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0);
}

static void
on_focus_leave (KafEditor *self)
{
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    kaf_editor_emit_left (self);
}

void
kaf_editor_watch_focus (KafEditor *self)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (controller, "leave", G_CALLBACK (on_focus_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
kaf_editor_set_within (KafEditor *self, const char *convention)
{
  KafEditorInterface *iface;

  g_return_if_fail (KAF_IS_EDITOR (self));

  iface = KAF_EDITOR_GET_IFACE (self);
  if (iface->set_within != NULL)
    iface->set_within (self, convention);
}
