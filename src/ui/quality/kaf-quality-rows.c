/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/quality/kaf-quality-rows.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-number.h"
#include "ui/app/kaf-application.h"
#include "ui/app/kaf-bar.h"
#include "ui/quality/kaf-quality-page.h"
#include "ui/record/kaf-record-section.h"
#include "ui/record/kaf-wrap.h"

#define NUMBER_WIDTH 56
#define ASK_WIDTH 34 /* px, of the button at the end of a line */

static char *
number (gint64 n)
{
  return n != KAF_QUALITY_HIDDEN ? kaf_number_format (n, kaf_application_get_lang ())
                                 : g_strdup ("–");
}

/* "122 · 39 %", rounded down: not everything is done until it is. */
static char *
number_and_share (gint64 n, gint64 all)
{
  g_autofree char *text = number (n);
  g_autofree char *share = NULL;

  if (n == KAF_QUALITY_HIDDEN || all <= 0)
    return g_steal_pointer (&text);
  share = g_strdup_printf (C_ ("percentage", "%d %%"), (int) (n * 100 / all));
  return g_strdup_printf ("%s · %s", text, share);
}

static GVariant *
make_target (const char *axis, const char *code, const char *measure)
{
  return g_variant_new ("(sss)", axis, code != NULL ? code : "", measure);
}

/* @label: of those who would be asked. */
static void
add_ask (GtkWidget *line, const char *label, gboolean asks, GVariant *target)
{
  /* Translators: %s are the persons, "Never confirmed", "C3M". */
  g_autofree char *name = g_strdup_printf (_ ("Whom to ask: %s"), label);
  GtkWidget *button = kaf_record_section_icon_button ("mail-send-symbolic", name);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAF_QUALITY_ASK);
  /* Its place stays: bars of one card share a scale. */
  if (!asks)
    {
      gtk_widget_set_sensitive (button, FALSE);
      gtk_widget_set_opacity (button, 0);
      gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
    }
  gtk_box_append (GTK_BOX (line), button);
}

static GtkWidget *
make_bar (
    const char *label, const char *text, gint64 n, gint64 max, const char *action, GVariant *target)
{
  g_autoptr (GVariant) kept = g_variant_ref_sink (target);
  GtkWidget *bar = kaf_bar_new ();

  kaf_bar_set (KAF_BAR (bar), label, text, MAX (n, 0), MAX (max, 1), n > 0 ? action : NULL,
               n > 0 ? kept : NULL);
  gtk_widget_set_hexpand (bar, TRUE);
  return bar;
}

static GtkWidget *
make_line (void)
{
  return gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
}

GtkWidget *
kaf_quality_row_new_measure (const KafQuality *quality, KafQualityMeasure measure, gboolean asks)
{
  const char *label = _ (kaf_quality_label (measure));
  const char *id = kaf_quality_id (measure);
  gint64 n = quality->n[measure];
  g_autofree char *text = number_and_share (n, quality->all);
  GtkWidget *line = make_line ();

  gtk_box_append (GTK_BOX (line), make_bar (label, text, n, quality->all, KAF_QUALITY_OPEN,
                                            make_target ("", NULL, id)));
  add_ask (line, label, asks && n > 0, make_target ("", NULL, id));
  return line;
}

static GtkWidget *
make_button (const char *text, const char *said, gboolean leads, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-target-number");
  gtk_widget_set_sensitive (button, leads);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  if (leads)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), KAF_QUALITY_OPEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return button;
}

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

GtkWidget *
kaf_quality_row_new_headings (void)
{
  GtkWidget *line = make_line ();
  GtkWidget *known = heading_new (_ ("Known"));
  GtkWidget *missing = heading_new (_ ("Missing"));

  gtk_label_set_xalign (GTK_LABEL (known), 0);
  gtk_widget_set_hexpand (known, TRUE);
  gtk_widget_set_size_request (missing, NUMBER_WIDTH, -1);
  gtk_widget_set_margin_end (missing, ASK_WIDTH);
  gtk_widget_add_css_class (line, "kaf-target-headings");
  gtk_box_append (GTK_BOX (line), known);
  gtk_box_append (GTK_BOX (line), missing);
  return line;
}

GtkWidget *
kaf_quality_row_new_lack (const KafQuality *quality, KafQualityMeasure measure, gboolean asks)
{
  const char *label = _ (kaf_quality_asked (measure));
  const char *lack = _ (kaf_quality_label (measure));
  const char *id = kaf_quality_id (measure);
  gint64 n = quality->n[measure];
  gint64 known = n != KAF_QUALITY_HIDDEN ? quality->all - n : KAF_QUALITY_HIDDEN;
  g_autofree char *share =
      n != KAF_QUALITY_HIDDEN && quality->all > 0
          ? g_strdup_printf (C_ ("percentage", "%d %%"), (int) (known * 100 / quality->all))
          : g_strdup ("–");
  g_autofree char *shown = number (n);
  g_autofree char *said = g_strdup_printf ("%s, %s", lack, shown);
  GtkWidget *line = make_line ();
  GtkWidget *button = make_button (shown, said, n > 0, make_target ("", NULL, id));

  gtk_box_append (GTK_BOX (line), make_bar (label, share, known, quality->all, "quality.known",
                                            g_variant_new_string (id)));
  gtk_widget_set_size_request (button, NUMBER_WIDTH, -1);
  gtk_box_append (GTK_BOX (line), button);
  /* Who cannot be reached cannot be asked how. */
  add_ask (line, lack, asks && n > 0 && measure != KAF_QUALITY_NO_CONTACT,
           make_target ("", NULL, id));
  return line;
}

GtkWidget *
kaf_quality_row_new_cell (const KafQualityRow *row, KafQualityAxis axis, gint64 max, gboolean asks)
{
  const char *title = row->title != NULL ? row->title : _ (kaf_quality_axis_none (axis));
  const char *id = kaf_quality_axis_id (axis);
  g_autofree char *all = number (row->all);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = make_line ();
  GtkWidget *wrap = kaf_wrap_new (2, 0);

  gtk_box_append (GTK_BOX (line), make_bar (title, all, row->all, max, KAF_QUALITY_OPEN,
                                            make_target (id, row->code, "")));
  add_ask (line, title, asks, make_target (id, row->code, ""));
  for (guint i = 0; i < KAF_QUALITY_N_CELLS; i++)
    {
      const char *label = _ (kaf_quality_label (kaf_quality_cells[i]));
      g_autofree char *shown = NULL, *text = NULL, *said = NULL;
      GtkWidget *button;

      if (row->n[i] <= 0)
        continue;
      shown = number (row->n[i]);
      /* Translators: what is counted, then the number: "Not verified: 35". */
      text = g_strdup_printf (_ ("%s: %s"), label, shown);
      said = g_strdup_printf ("%s, %s", title, text);
      button = make_button (text, said, TRUE,
                            make_target (id, row->code, kaf_quality_id (kaf_quality_cells[i])));
      gtk_widget_add_css_class (button, "caption");
      gtk_widget_add_css_class (button, "dim-label");
      kaf_wrap_append (KAF_WRAP (wrap), button);
    }
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), wrap);
  return box;
}
