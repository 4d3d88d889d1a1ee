/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An editor in a boxed list of its own, with the hint or the error under it. Rows of a section
 * stand against each other and look like one card; one that is wrong steps out of it
 * (kaf-form-section.c sets the classes). */
#include "config.h"

#include "ui/form/kaf-field-row.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-validation-error.h"
#include "schema/kaf-value.h"
#include "ui/app/kaf-application.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/form/kaf-attachment-editor.h"
#include "ui/form/kaf-editor.h"

struct _KafFieldRow
{
  GtkBox parent_instance;

  const KafField *field;
  KafEditor *editor;
  GtkWidget *message; /* once there was an error */
  GtkWidget *sentence;
  GtkWidget *button;
  GtkWidget *news; /* once there were any */
  GtkWidget *news_label;
  GtkWidget *news_button;

  char *error;
  char *suggestion;
  char *country;
  gboolean mixed;
  gboolean touched;
  gboolean from_outside; /* the error came from the store: typing takes it away, no check does */
};

G_DEFINE_FINAL_TYPE (KafFieldRow, kaf_field_row, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_LEFT,
  SIGNAL_ACTIVATED,
  SIGNAL_ERROR_CHANGED,
  SIGNAL_NEWS_ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_title (KafFieldRow *self)
{
  g_autofree char *title = NULL;
  gboolean required = kaf_field_has (self->field, KAF_FIELD_REQUIRED);

  if (self->mixed && !self->touched)
    /* Translators: several records are edited at once and hold different values of the field. */
    title = g_strdup_printf (_ ("%s (different)"), _ (self->field->label));
  else if (required)
    /* Translators: the star marks a field that must be filled. */
    title = g_strdup_printf (_ ("%s *"), _ (self->field->label));
  else
    title = g_strdup (_ (self->field->label));

  kaf_editor_set_title (self->editor, title);
  if (required)
    gtk_accessible_update_property (GTK_ACCESSIBLE (kaf_editor_get_focus (self->editor)),
                                    GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
}

static gboolean
read_value (KafFieldRow *self, char **canonical, char **suggestion, GError **error)
{
  KafValueContext context = { .country = self->country };

  if (!kaf_editor_read (self->editor, self->field, &context, canonical, suggestion, error))
    return FALSE;
  if (*canonical != NULL || !kaf_field_has (self->field, KAF_FIELD_REQUIRED))
    return TRUE;

  /* A file that waits to be copied in counts. */
  if (kaf_field_row_get_file (self) != NULL)
    return TRUE;
  g_set_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_REQUIRED, "%s", "");
  return FALSE;
}

static void
on_edited (KafFieldRow *self)
{
  self->touched = TRUE;
  if (self->mixed)
    update_title (self);

  /* What was wrong is being put right: it is judged again once the focus leaves. */
  kaf_field_row_set_error (self, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_left (KafFieldRow *self)
{
  g_autofree char *canonical = NULL;

  /* A required row that was never filled is told of when saving, not on the way past it. */
  if (self->touched && !self->from_outside && kaf_field_row_check (self, &canonical))
    kaf_editor_tidy (self->editor, canonical);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
on_entered (KafFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
kaf_field_row_finalize (GObject *object)
{
  KafFieldRow *self = KAF_FIELD_ROW (object);

  g_free (self->error);
  g_free (self->suggestion);
  g_free (self->country);
  G_OBJECT_CLASS (kaf_field_row_parent_class)->finalize (object);
}

/* By default a box takes the focus for its first child, which may be the list. */
static gboolean
kaf_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (kaf_editor_get_focus (KAF_FIELD_ROW (widget)->editor));
}

static void
kaf_field_row_class_init (KafFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_field_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = kaf_field_row_grab_focus;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KAF_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] = g_signal_new ("left", KAF_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", KAF_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ERROR_CHANGED] = g_signal_new (
      "error-changed", KAF_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEWS_ANSWERED] = g_signal_new (
      "news-answered", KAF_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_field_row_init (KafFieldRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-field");
}

static void
add_editor (KafFieldRow *self, KafStore *store)
{
  GtkWidget *editor = kaf_editor_new (self->field, store);

  self->editor = KAF_EDITOR (editor);
  if (GTK_IS_LIST_BOX_ROW (editor))
    {
      GtkWidget *list = gtk_list_box_new ();

      gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
      gtk_widget_add_css_class (list, "boxed-list");
      gtk_list_box_append (GTK_LIST_BOX (list), editor);
      gtk_box_append (GTK_BOX (self), list);
    }
  else
    gtk_box_append (GTK_BOX (self), editor);

  g_signal_connect_object (editor, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "left", G_CALLBACK (on_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "entered", G_CALLBACK (on_entered), self, G_CONNECT_SWAPPED);
}

GtkWidget *
kaf_field_row_new (const KafField *field, KafStore *store)
{
  KafFieldRow *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (KAF_TYPE_FIELD_ROW, NULL);
  self->field = field;
  add_editor (self, store);
  update_title (self);
  if (field->hint != NULL)
    {
      kaf_tooltip_set (GTK_WIDGET (self->editor), _ (field->hint));
      gtk_accessible_update_property (GTK_ACCESSIBLE (kaf_editor_get_focus (self->editor)),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (field->hint), -1);
    }
  return GTK_WIDGET (self);
}

const KafField *
kaf_field_row_get_field (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), NULL);

  return self->field;
}

void
kaf_field_row_set_value (KafFieldRow *self, const char *canonical, const char *text)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  self->touched = FALSE;
  kaf_editor_show (self->editor, canonical, text);
  kaf_field_row_set_error (self, NULL, NULL);
  update_title (self);
}

gboolean
kaf_field_row_get_value (KafFieldRow *self, char **canonical, GError **error)
{
  g_autofree char *suggestion = NULL;

  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), FALSE);
  g_return_val_if_fail (canonical != NULL, FALSE);

  *canonical = NULL;
  return read_value (self, canonical, &suggestion, error);
}

/* The button shows the correction the way the row will, not in its canonical form. */
static void
set_button_label (KafFieldRow *self)
{
  KafField one = *self->field;
  g_autofree char *shown = NULL;
  g_autofree char *line = NULL;

  one.flags &= ~KAF_FIELD_MANY;
  shown = kaf_value_format (&one, self->suggestion, kaf_application_get_lang (), NULL, NULL);
  line = kaf_bidi_ltr (shown);
  gtk_button_set_label (GTK_BUTTON (self->button), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  shown, -1);
}

static void
build_message (KafFieldRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");

  self->message = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->message, "kaf-field-error");

  self->sentence = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->sentence), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_widget_set_hexpand (self->sentence, TRUE);
  gtk_widget_add_css_class (self->sentence, "caption");

  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "kaf-suggestion");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (kaf_field_row_apply_suggestion),
                           self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (self->message), icon);
  gtk_box_append (GTK_BOX (self->message), self->sentence);
  gtk_box_append (GTK_BOX (self->message), self->button);
  gtk_box_append (GTK_BOX (self), self->message);
}

/* The hint and the news, where nothing is wrong. (transfer full) (nullable) */
static char *
describe (KafFieldRow *self)
{
  const char *news = kaf_field_row_get_news (self);

  if (self->error != NULL)
    return g_strdup (self->error);
  if (news == NULL)
    return g_strdup (self->field->hint != NULL ? _ (self->field->hint) : NULL);
  return self->field->hint != NULL ? g_strdup_printf ("%s\n%s", news, _ (self->field->hint))
                                   : g_strdup (news);
}

static void
tell_screen_reader (KafFieldRow *self)
{
  g_autofree char *description = describe (self);
  GtkAccessible *target = GTK_ACCESSIBLE (kaf_editor_get_focus (self->editor));

  if (self->error != NULL)
    gtk_accessible_update_state (target, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                 -1);
  else
    gtk_accessible_reset_state (target, GTK_ACCESSIBLE_STATE_INVALID);
  if (description != NULL)
    gtk_accessible_update_property (target, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  else
    gtk_accessible_reset_property (target, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
show_error (KafFieldRow *self, const char *sentence, const char *suggestion)
{
  /* Neither was nor is wrong: the usual case while typing. */
  if (sentence == NULL && self->error == NULL)
    return;

  g_free (self->error);
  g_free (self->suggestion);
  self->error = g_strdup (sentence);
  self->suggestion = sentence != NULL ? g_strdup (suggestion) : NULL;

  if (self->message == NULL)
    build_message (self);
  gtk_widget_set_visible (self->message, sentence != NULL);
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->button, self->suggestion != NULL);
  if (self->suggestion != NULL)
    set_button_label (self);

  kaf_editor_set_wrong (self->editor, sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "kaf-wrong");
  tell_screen_reader (self);
  g_signal_emit (self, signals[SIGNAL_ERROR_CHANGED], 0);
}

gboolean
kaf_field_row_check (KafFieldRow *self, char **canonical)
{
  g_autofree char *suggestion = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), FALSE);
  g_return_val_if_fail (canonical != NULL, FALSE);

  *canonical = NULL;
  self->from_outside = FALSE;
  if (read_value (self, canonical, &suggestion, &error))
    {
      show_error (self, NULL, NULL);
      return TRUE;
    }

  sentence = kaf_value_explain (self->field, error);
  show_error (self, sentence, suggestion);
  return FALSE;
}

void
kaf_field_row_set_mixed (KafFieldRow *self, gboolean mixed)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  self->mixed = mixed;
  update_title (self);
}

gboolean
kaf_field_row_is_touched (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), FALSE);

  return self->touched;
}

char *
kaf_field_row_get_typed (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), NULL);

  return kaf_editor_get_typed (self->editor);
}

void
kaf_field_row_set_typed (KafFieldRow *self, const char *typed)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  kaf_editor_set_typed (self->editor, typed);
  on_edited (self);
}

void
kaf_field_row_set_error (KafFieldRow *self, const char *sentence, const char *suggestion)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  self->from_outside = sentence != NULL;
  show_error (self, sentence, suggestion);
}

const char *
kaf_field_row_get_error (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), NULL);

  return self->error;
}

static void
on_news_clicked (KafFieldRow *self)
{
  g_signal_emit (self, signals[SIGNAL_NEWS_ANSWERED], 0);
}

static void
build_news (KafFieldRow *self)
{
  self->news = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->news, "kaf-field-news");

  self->news_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->news_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->news_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->news_label), 0);
  gtk_widget_set_hexpand (self->news_label, TRUE);
  gtk_widget_add_css_class (self->news_label, "caption");
  gtk_widget_add_css_class (self->news_label, "kaf-wraps");

  self->news_button = gtk_button_new ();
  gtk_widget_set_valign (self->news_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->news_button, "kaf-suggestion");
  g_signal_connect_object (self->news_button, "clicked", G_CALLBACK (on_news_clicked), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (self->news), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (self->news), self->news_label);
  gtk_box_append (GTK_BOX (self->news), self->news_button);
  gtk_box_append (GTK_BOX (self), self->news);
}

void
kaf_field_row_set_news (KafFieldRow *self, const char *sentence, const char *button)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  if (sentence == NULL && kaf_field_row_get_news (self) == NULL)
    return;
  if (self->news == NULL)
    build_news (self);
  gtk_label_set_label (GTK_LABEL (self->news_label), sentence != NULL ? sentence : "");
  if (button != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", button, _ (self->field->label));

      gtk_button_set_label (GTK_BUTTON (self->news_button), button);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->news_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  gtk_widget_set_visible (self->news, sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-told");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "kaf-told");
  tell_screen_reader (self);
  g_signal_emit (self, signals[SIGNAL_ERROR_CHANGED], 0);
}

const char *
kaf_field_row_get_news (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), NULL);

  return self->news != NULL && gtk_widget_get_visible (self->news)
             ? gtk_label_get_label (GTK_LABEL (self->news_label))
             : NULL;
}

void
kaf_field_row_apply_suggestion (KafFieldRow *self)
{
  g_autofree char *suggestion = NULL;
  g_autofree char *canonical = NULL;

  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  if (self->suggestion == NULL)
    return;

  suggestion = g_steal_pointer (&self->suggestion);
  kaf_editor_correct (self->editor, suggestion);
  kaf_field_row_focus (self);
  on_edited (self);
  if (kaf_field_row_check (self, &canonical))
    kaf_editor_tidy (self->editor, canonical);
}

void
kaf_field_row_set_country (KafFieldRow *self, const char *country)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  if (g_strcmp0 (self->country, country) == 0)
    return;
  g_free (self->country);
  self->country = g_strdup (country);

  /* The correction on offer may be another now. */
  if (self->field->kind == KAF_KIND_PHONE && self->error != NULL && !self->from_outside)
    {
      g_autofree char *canonical = NULL;

      kaf_field_row_check (self, &canonical);
    }
}

void
kaf_field_row_set_within (KafFieldRow *self, const char *convention)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  kaf_editor_set_within (self->editor, convention);
}

void
kaf_field_row_set_read_only (KafFieldRow *self, gboolean read_only)
{
  g_return_if_fail (KAF_IS_FIELD_ROW (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->editor), !read_only);
}

GFile *
kaf_field_row_get_file (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), NULL);

  if (!KAF_IS_ATTACHMENT_EDITOR (self->editor))
    return NULL;
  return kaf_attachment_editor_get_file (KAF_ATTACHMENT_EDITOR (self->editor));
}

gboolean
kaf_field_row_focus (KafFieldRow *self)
{
  g_return_val_if_fail (KAF_IS_FIELD_ROW (self), FALSE);

  return gtk_widget_grab_focus (GTK_WIDGET (self));
}
