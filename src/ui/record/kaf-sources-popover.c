/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/record/kaf-sources-popover.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/record/kaf-pill.h"

#define WIDTH 300 /* px */

/* The word of a choice of source_claim; NULL: not said. */
static const char *
choice_word (const char *field, const char *code)
{
  const KafEntity *entity = kaf_registry_find ("source_claim");
  const KafChoice *choice =
      code != NULL ? kaf_field_find_choice (kaf_entity_find_field (entity, field), code) : NULL;

  return choice != NULL ? _ (choice->label) : NULL;
}

static void
append (GString *line, const char *text)
{
  g_autofree char *isolated = NULL;

  if (text == NULL || *text == '\0')
    return;
  isolated = kaf_bidi_isolate (text);
  g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", isolated);
}

char *
kaf_sources_describe (const KafClaim *claim, KafLang lang)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *confidence = choice_word ("confidence", claim->confidence);
  g_autofree char *day =
      claim->claimed_on != NULL ? kaf_date_format (claim->claimed_on, lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *sure =
      /* Translators: %s is a confidence: high, medium or low. */
      confidence != NULL ? g_strdup_printf (_ ("confidence: %s"), confidence) : NULL;

  append (line, claim->source);
  append (line, choice_word ("origin", claim->origin));
  append (line, day);
  append (line, sure);
  return kaf_bidi_line (line->str);
}

const char *
kaf_sources_pill (const KafFieldClaims *of, const KafClaim *claim, const char **style)
{
  *style = NULL;
  if (of->held == NULL)
    {
      *style = "accent";
      return _ ("not noted here");
    }
  if (!claim->agrees)
    {
      *style = "warning";
      return _ ("says otherwise");
    }
  if (of->best == claim)
    *style = "success";
  return _ ("agrees");
}

static char *
explain (const KafFieldClaims *of)
{
  g_autofree char *source = of->best != NULL ? kaf_bidi_isolate (of->best->source) : NULL;

  switch (of->why)
    {
    case KAF_CLAIM_NOTHING:
      return g_strdup (_ ("Nothing is noted here."));
    case KAF_CLAIM_BELIEVED:
      /* Translators: %s is the name of a source. */
      return g_strdup_printf (_ ("Shown since the most believed source says so: %s."), source);
    case KAF_CLAIM_CHOSEN:
      return g_strdup_printf (
          _ ("Chosen here: %s says so, and a source that is believed before it does not."), source);
    case KAF_CLAIM_TYPED:
    default:
      return g_strdup (_ ("Typed here: no source says so."));
    }
}

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_used (GtkButton *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
use_button_new (const KafFieldClaims *of, const KafClaim *claim)
{
  GtkWidget *button = gtk_button_new_with_label (
      kaf_field_is_many (of->field) ? C_ ("action", "Add") : C_ ("action", "Use"));
  /* Translators: a field, then a value: "City: Lyon". */
  g_autofree char *name =
      g_strdup_printf (_ ("Use this value of “%s”: %s"), _ (of->field->label), claim->text);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", claim->id, of->field->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "record.use-claim");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_after (button, "clicked", G_CALLBACK (on_used), NULL);
  return button;
}

static GtkWidget *
claim_row_new (const KafFieldClaims *of, const KafClaim *claim, gboolean writable, KafLang lang)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *line = kaf_sources_describe (claim, lang);
  const char *style;
  const char *word = kaf_sources_pill (of, claim, &style);
  GtkWidget *pill = kaf_pill_new (word, style);
  g_autofree char *said = g_strdup_printf ("%s, %s, %s", claim->text, line, word);

  kaf_pill_set_whole (KAF_PILL (pill), TRUE);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (top), label_new (claim->text, NULL));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (top), TRUE);
  gtk_box_append (GTK_BOX (top), pill);
  if (writable && !claim->agrees && claim->value != NULL)
    gtk_box_append (GTK_BOX (top), use_button_new (of, claim));
  gtk_box_append (GTK_BOX (row), top);
  gtk_box_append (GTK_BOX (row), label_new (line, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (row), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return row;
}

static void
add_field (GtkWidget *box, const KafFieldClaims *of, gboolean writable, KafLang lang)
{
  g_autofree char *why = explain (of);

  gtk_box_append (GTK_BOX (box), label_new (_ (of->field->label), "heading"));
  if (of->held != NULL)
    gtk_box_append (GTK_BOX (box), label_new (of->held, NULL));
  gtk_box_append (GTK_BOX (box), label_new (why, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  for (guint i = 0; i < of->claims->len; i++)
    gtk_box_append (GTK_BOX (box),
                    claim_row_new (of, g_ptr_array_index (of->claims, i), writable, lang));
}

GtkWidget *
kaf_sources_popover_new (const KafRecordData *data,
                         const KafEntity *entity,
                         const GPtrArray *fields,
                         gboolean writable,
                         KafLang lang)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < fields->len; i++)
    {
      const KafFieldClaims *of =
          kaf_claims_find (data->claims, entity, g_ptr_array_index (fields, i));

      if (of != NULL)
        add_field (box, of, writable, lang);
    }
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_widget_add_css_class (popover, "kaf-fact-editor");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sources"), -1);
  return popover;
}
