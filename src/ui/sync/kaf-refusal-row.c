/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-refusal-row.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "net/kaf-refusal-text.h"
#include "ui/record/kaf-wrap.h"
#include "ui/sync/kaf-card.h"

/* Fields of one edit that are shown; the others are copied and put into the form all the same. */
#define FIELDS_SHOWN 6

struct _KafRefusalRow
{
  GtkListBoxRow parent_instance;

  KafRefusal *refusal;
};

G_DEFINE_FINAL_TYPE (KafRefusalRow, kaf_refusal_row, GTK_TYPE_LIST_BOX_ROW)

static void
add_heading (GtkWidget *box, const KafRefusal *refusal)
{
  const char *title = refusal->title != NULL ? refusal->title
                      : refusal->ref != NULL ? refusal->ref
                      : refusal->exists      ? _ ("Record without a name")
                                             : _ ("Record that is not on this device any more");
  g_autofree char *isolated = kaf_bidi_isolate (title);
  g_autofree char *edit = kaf_refusal_name_edit (refusal);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  kaf_card_add_label (lines, isolated, "heading");
  gtk_widget_add_css_class (kaf_card_add_label (lines, edit, NULL), "dim-label");
  gtk_box_append (GTK_BOX (box), lines);
}

/* What was typed; the name of a field where there are several. */
static void
add_values (GtkWidget *box, const KafRefusal *refusal)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  guint n = 0;

  for (guint i = 0; i < refusal->fields->len; i++)
    {
      const KafRefusedField *one = g_ptr_array_index (refusal->fields, i);

      if (!kaf_refusal_tells_field (refusal, one) || n++ >= FIELDS_SHOWN)
        continue;
      g_autofree char *value =
          one->text != NULL ? kaf_bidi_isolate (one->text) : g_strdup (_ ("empty"));
      /* Translators: the name of a field and what was typed there */
      g_autofree char *line = refusal->fields->len > 1
                                  ? g_strdup_printf (_ ("%s: %s"), _ (one->field->label), value)
                                  : g_strdup (value);

      gtk_label_set_selectable (GTK_LABEL (kaf_card_add_label (lines, line, NULL)), TRUE);
    }
  if (n > FIELDS_SHOWN)
    kaf_card_add_label (lines, "…", NULL);
  gtk_widget_add_css_class (lines, "kaf-quote");
  gtk_widget_set_visible (lines, n > 0);
  gtk_box_append (GTK_BOX (box), lines);
}

static void
add_times (GtkWidget *box, const KafRefusal *refusal, KafLang lang)
{
  g_autofree char *written = kaf_time_format (refusal->written, lang);
  g_autofree char *refused = kaf_time_format (refusal->refused, lang);
  g_autofree char *from = kaf_bidi_ltr (written);
  g_autofree char *to = kaf_bidi_ltr (refused);
  /* Translators: two days with a time, "22/11/2026 14:31" */
  g_autofree char *line = refusal->written > 0
                              ? g_strdup_printf (_ ("written %s · refused %s"), from, to)
                              : g_strdup_printf (_ ("refused %s"), to);

  gtk_widget_add_css_class (kaf_card_add_label (box, line, "caption"), "dim-label");
}

static void
add_button (GtkWidget *box,
            const KafRefusal *refusal,
            const char *label,
            const char *action,
            gboolean sensitive)
{
  GtkWidget *button = kaf_card_add_button (box, label, refusal->title, action,
                                           g_variant_new_int64 (refusal->number));

  gtk_widget_set_visible (button, sensitive);
}

static void
add_buttons (GtkWidget *box, const KafRefusal *refusal, gboolean writable)
{
  GtkWidget *buttons = kaf_wrap_new (6, 6);
  /* An act is done again in its mission: no form makes it. */
  gboolean typed = refusal->fields->len > 0 && !kaf_refusal_is_act (refusal);

  add_button (buttons, refusal, _ ("Put into the Form"), "refused.write",
              writable && typed && refusal->exists);
  add_button (buttons, refusal, _ ("Copy the Text"), "refused.copy", typed);
  add_button (buttons, refusal,
              refusal->mission != NULL ? _ ("Open the Mission") : _ ("Open the Record"),
              "refused.open", refusal->exists || refusal->mission != NULL);
  add_button (buttons, refusal, _ ("Let Go"), "refused.let-go", writable);
  gtk_box_append (GTK_BOX (box), buttons);
}

static void
kaf_refusal_row_finalize (GObject *object)
{
  g_clear_pointer (&KAF_REFUSAL_ROW (object)->refusal, kaf_refusal_free);
  G_OBJECT_CLASS (kaf_refusal_row_parent_class)->finalize (object);
}

static void
kaf_refusal_row_class_init (KafRefusalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_refusal_row_finalize;
}

static void
kaf_refusal_row_init (KafRefusalRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-conflict");
}

GtkWidget *
kaf_refusal_row_new (KafRefusal *refusal, gboolean writable, KafLang lang)
{
  KafRefusalRow *self = g_object_new (KAF_TYPE_REFUSAL_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  g_autofree char *edit = kaf_refusal_name_edit (refusal);
  g_autofree char *why = kaf_refusal_explain (refusal);
  g_autofree char *name =
      g_strdup_printf ("%s, %s", refusal->title != NULL ? refusal->title : "", edit);

  self->refusal = refusal;
  add_heading (box, refusal);
  add_values (box, refusal);
  kaf_card_add_label (box, why, NULL);
  add_times (box, refusal, lang);
  add_buttons (box, refusal, writable);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const KafRefusal *
kaf_refusal_row_get_refusal (KafRefusalRow *self)
{
  g_return_val_if_fail (KAF_IS_REFUSAL_ROW (self), NULL);
  return self->refusal;
}
