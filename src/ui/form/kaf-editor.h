/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What KafFieldRow asks of the widget that edits a kind of field. An editor is a row of a list
 * (GtkListBoxRow), or a widget that holds its own list.
 *
 * Signals: "edited" () when a person changes the content, "left" () when the focus leaves,
 * "entered" () on Enter. */
#pragma once

#include <gtk/gtk.h>

#include "schema/kaf-value.h"
#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_EDITOR (kaf_editor_get_type ())
G_DECLARE_INTERFACE (KafEditor, kaf_editor, KAF, EDITOR, GtkWidget)

struct _KafEditorInterface
{
  GTypeInterface parent_iface;

  /* Required. None of these emits "edited". */
  void (*show) (KafEditor *self, const char *canonical, const char *text);
  char *(*get_typed) (KafEditor *self);
  void (*set_typed) (KafEditor *self, const char *typed);
  void (*set_title) (KafEditor *self, const char *title);

  /* NULL: kaf_value_parse() of what was typed. */
  gboolean (*read) (KafEditor *self,
                    const KafField *field,
                    const KafValueContext *context,
                    char **canonical,
                    char **suggestion,
                    GError **error);
  /* NULL: set_typed(). Puts a correction in place of what is wrong. */
  void (*correct) (KafEditor *self, const char *suggestion);
  /* NULL: nothing to bring into its usual form when the focus leaves. */
  void (*tidy) (KafEditor *self, const char *canonical);
  /* NULL: the editor. The widget that takes the focus and tells its state to a screen reader. */
  GtkWidget *(*get_focus) (KafEditor *self);
  /* NULL: it makes no difference. See kaf_field_row_set_within(). */
  void (*set_within) (KafEditor *self, const char *convention);
  /* NULL: the class .error is set on the editor. */
  void (*set_wrong) (KafEditor *self, gboolean wrong);
};

/* The editor for a field (floating). */
GtkWidget *kaf_editor_new (const KafField *field, KafStore *store);

void kaf_editor_show (KafEditor *self, const char *canonical, const char *text);
char *kaf_editor_get_typed (KafEditor *self);
void kaf_editor_set_typed (KafEditor *self, const char *typed);
void kaf_editor_set_title (KafEditor *self, const char *title);
gboolean kaf_editor_read (KafEditor *self,
                          const KafField *field,
                          const KafValueContext *context,
                          char **canonical,
                          char **suggestion,
                          GError **error);
void kaf_editor_correct (KafEditor *self, const char *suggestion);
void kaf_editor_tidy (KafEditor *self, const char *canonical);
GtkWidget *kaf_editor_get_focus (KafEditor *self);
void kaf_editor_set_wrong (KafEditor *self, gboolean wrong);
void kaf_editor_set_within (KafEditor *self, const char *convention);

/* For editors. */
void kaf_editor_emit_edited (KafEditor *self);
void kaf_editor_emit_left (KafEditor *self);
void kaf_editor_emit_entered (KafEditor *self);
/* Emits "left" when the focus leaves @self and what it holds. */
void kaf_editor_watch_focus (KafEditor *self);

G_END_DECLS
