/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-preview-options.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"

struct _KafPreviewOptions
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *group;
  GtkWidget *letterhead, *blank, *n_blank, *one, *each, *signer, *function; /* rows */
  GtkWidget *letterhead_switch, *blank_switch, *spin;
  GtkWidget *provisional, *sample, *persons; /* notes */
  GtkWidget *persons_text;
  const KafDocument *document; /* whose questions show */
  GPtrArray *ones;             /* of KafAddressee; nullable */
  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafPreviewOptions, kaf_preview_options, GTK_TYPE_WIDGET)

static void
on_chosen (KafPreviewOptions *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
row_new (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return row;
}

static GtkWidget *
switch_new (KafPreviewOptions *self, gboolean active)
{
  GtkWidget *control = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (control), active);
  g_signal_connect_object (control, "notify::active", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  return control;
}

/* The merged file is the one that shows. */
static GtkWidget *
each_row_new (void)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Save…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "preview.save-each");
  return row_new (_ ("A file for each of them"), NULL, button);
}

/* Takes effect when it is entered: each letter would make the pages anew. */
static GtkWidget *
entry_row_new (KafPreviewOptions *self, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static GtkWidget *
note_new (const char *icon, const char *text, const char *style, GtkWidget **label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *words = gtk_label_new (text);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (words, "caption");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, style);
  if (label != NULL)
    *label = words;
  return box;
}

static void
make_rows (KafPreviewOptions *self)
{
  self->letterhead_switch = switch_new (self, TRUE);
  self->letterhead = row_new (_ ("Letterhead"), NULL, self->letterhead_switch);
  self->blank_switch = switch_new (self, FALSE);
  self->blank = row_new (_ ("To be filled in by hand"), NULL, self->blank_switch);
  self->spin = gtk_spin_button_new_with_range (0, KAF_DOCUMENT_BLANK_MOST, 1);
  g_signal_connect_object (self->spin, "value-changed", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  self->n_blank = row_new (_ ("Blank lines"), _ ("0: as many as are usual"), self->spin);
  self->one = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->one), _ ("For whom"));
  g_signal_connect_object (self->one, "notify::selected", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  self->each = each_row_new ();
  self->signer = entry_row_new (self, _ ("Signed by"));
  self->function = entry_row_new (self, _ ("Office of who signs"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->letterhead);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->blank);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->n_blank);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->one);
  gtk_widget_set_visible (self->blank, FALSE);
  gtk_widget_set_visible (self->n_blank, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->each);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->signer);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->function);
  gtk_widget_set_visible (self->one, FALSE);
  gtk_widget_set_visible (self->each, FALSE);
}

static void
kaf_preview_options_dispose (GObject *object)
{
  KafPreviewOptions *self = KAF_PREVIEW_OPTIONS (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->ones, g_ptr_array_unref);
  G_OBJECT_CLASS (kaf_preview_options_parent_class)->dispose (object);
}

static void
kaf_preview_options_class_init (KafPreviewOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_preview_options_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "previewoptions");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
kaf_preview_options_init (KafPreviewOptions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _ ("Content"));
  make_rows (self);
  self->provisional = note_new ("dialog-information-symbolic",
                                _ ("Provisional: it is not final yet, and each page says so."),
                                "kaf-question", NULL);
  self->sample = note_new ("dialog-information-symbolic",
                           _ ("Made from sample data: SPECIMEN stands across each page."),
                           "kaf-question", NULL);
  self->persons = note_new ("security-high-symbolic", NULL, "dim-label", &self->persons_text);
  gtk_widget_set_margin_start (self->persons, 10);
  gtk_widget_set_margin_end (self->persons, 10);
  gtk_box_append (GTK_BOX (box), self->group);
  gtk_box_append (GTK_BOX (box), self->provisional);
  gtk_box_append (GTK_BOX (box), self->sample);
  gtk_box_append (GTK_BOX (box), self->persons);
  gtk_widget_set_visible (self->provisional, FALSE);
  gtk_widget_set_visible (self->sample, FALSE);
  gtk_widget_set_visible (self->persons, FALSE);
  gtk_widget_add_css_class (box, "kaf-preview-options");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Content"), -1);
}

GtkWidget *
kaf_preview_options_new (void)
{
  return g_object_new (KAF_TYPE_PREVIEW_OPTIONS, NULL);
}

/* Another document asks other things: what was chosen for the one before does not go on for it. */
static void
ask (KafPreviewOptions *self, const KafPrintMade *made)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_set_visible (self->blank, (made->document->asks & KAF_ASKS_BLANK) != 0);
  gtk_widget_set_visible (self->n_blank, (made->document->asks & KAF_ASKS_ROWS) != 0);
  gtk_widget_set_visible (self->signer, (made->document->asks & KAF_ASKS_SIGNER) != 0);
  gtk_widget_set_visible (self->function, (made->document->asks & KAF_ASKS_SIGNER) != 0);
  gtk_widget_set_visible (self->one, made->ones->len > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->one), made->document->which != NULL
                                                                      ? _ (made->document->which)
                                                                      : _ ("For whom"));
  gtk_widget_set_visible (self->each, made->ones->len > 1);
  gtk_switch_set_active (GTK_SWITCH (self->blank_switch), FALSE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), 0);
  g_clear_pointer (&self->ones, g_ptr_array_unref);
  self->ones = g_ptr_array_ref (made->ones);
  gtk_string_list_append (names, _ ("Each of them"));
  for (guint i = 0; i < made->ones->len; i++)
    {
      const KafAddressee *one = g_ptr_array_index (made->ones, i);

      gtk_string_list_append (names, one->title != NULL ? one->title : "—");
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->one), G_LIST_MODEL (names));
  for (guint i = 0; i < made->ones->len && made->one != NULL; i++)
    if (g_str_equal (((const KafAddressee *) g_ptr_array_index (made->ones, i))->id, made->one))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->one), i + 1);
  self->document = made->document;
}

static void
tell_persons (KafPreviewOptions *self, const KafPrintMade *made)
{
  KafLang lang = kaf_application_get_lang ();
  guint n = kaf_pages_get_n_persons (made->pages);
  g_autofree char *number = kaf_number_format (n, lang);
  g_autofree char *most = kaf_number_format (made->limit, lang);
  g_autofree char *named =
      g_strdup_printf (ngettext ("%s person is named.", "%s persons are named.", n), number);
  g_autofree char *rule =
      /* Translators: %s is a number of persons. */
      g_strdup_printf (_ ("Above %s, a reason is asked and kept in the register."), most);
  g_autofree char *text = g_strdup_printf ("%s %s", named, rule);

  gtk_label_set_text (GTK_LABEL (self->persons_text), text);
  gtk_widget_set_visible (self->persons, n > 0);
}

void
kaf_preview_options_show (KafPreviewOptions *self, const KafPrintMade *made)
{
  g_return_if_fail (KAF_IS_PREVIEW_OPTIONS (self));

  self->filling = TRUE;
  if (self->document != made->document)
    ask (self, made);
  self->filling = FALSE;
  gtk_widget_set_visible (self->provisional, kaf_pages_is_provisional (made->pages));
  gtk_widget_set_visible (self->sample, kaf_pages_is_sample (made->pages));
  tell_persons (self, made);
}

/* NULL for nothing: as set. (transfer full) (nullable) */
static char *
get_entered (GtkWidget *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return gtk_widget_get_visible (row) && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

void
kaf_preview_options_apply (KafPreviewOptions *self, KafPrintJob *job)
{
  guint chosen;

  g_return_if_fail (KAF_IS_PREVIEW_OPTIONS (self));

  /* Nothing was asked yet: what the job began with holds. */
  if (self->document == NULL)
    return;
  job->no_letterhead = !gtk_switch_get_active (GTK_SWITCH (self->letterhead_switch));
  g_clear_pointer (&job->one, g_free);
  g_clear_pointer (&job->signer, g_free);
  g_clear_pointer (&job->function, g_free);
  job->blank = FALSE;
  job->n_blank = 0;
  /* What was chosen is about the document that shows, not about the one that was just asked for. */
  if (job->document != NULL && job->document != self->document)
    return;
  chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->one));
  job->blank = gtk_switch_get_active (GTK_SWITCH (self->blank_switch));
  job->signer = get_entered (self->signer);
  job->function = get_entered (self->function);
  job->n_blank = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->spin));
  if (self->ones != NULL && chosen > 0 && chosen <= self->ones->len)
    job->one = g_strdup (((const KafAddressee *) g_ptr_array_index (self->ones, chosen - 1))->id);
}
