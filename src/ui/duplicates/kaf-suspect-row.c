/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/duplicates/kaf-suspect-row.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "match/kaf-match-words.h"
#include "ui/record/kaf-pill.h"

struct _KafSuspectRow
{
  GtkBox parent_instance;

  GtkWidget *a, *b, *reason;
  GtkWidget *likelihood, *later;
};

G_DEFINE_FINAL_TYPE (KafSuspectRow, kaf_suspect_row, GTK_TYPE_BOX)

/* "Mohamed Boutjdir · محمد بوجدير". All begin at the same side, whatever their script. (transfer full) */
static char *
join_names (GtkWidget *widget, const char *shown, const char *other)
{
  g_autoptr (GString) line =
      g_string_new (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? "\u200f" : "\u200e");
  g_autofree char *first = kaf_bidi_isolate (shown != NULL ? shown : "—");
  g_autofree char *second = other != NULL ? kaf_bidi_isolate (other) : NULL;

  g_string_append (line, first);
  if (second != NULL)
    g_string_append_printf (line, " · %s", second);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

void
kaf_suspect_row_set_line (KafSuspectRow *self, const KafSuspectLine *line, KafLang lang)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *likelihood = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (KAF_IS_SUSPECT_ROW (self));

  if (line != NULL)
    {
      a = join_names (self->a, line->pair->title_a, line->other_a);
      b = join_names (self->b, line->pair->title_b, line->other_b);
      likelihood = kaf_match_tell_likelihood (line->pair->likelihood, lang);
      if (line->reason != NULL)
        reason = lang == KAF_LANG_AR ? kaf_bidi_line (line->reason) : g_strdup (line->reason);
    }
  spoken = line != NULL ? g_strdup_printf ("%s ↔ %s, %s", a, b, likelihood) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->a), a);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->b), b);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->reason), reason);
  kaf_pill_set (KAF_PILL (self->likelihood), likelihood,
                line != NULL && line->pair->likelihood >= KAF_SUSPECT_VERY_LIKELY ? "success"
                                                                                  : "accent");
  kaf_pill_set (KAF_PILL (self->later), line != NULL && !line->waits ? _ ("later") : NULL, NULL);
}

static GtkWidget *
new_line (const char *class)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (line), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (line), 1);
  if (class != NULL)
    gtk_widget_add_css_class (line, class);
  return line;
}

static void
kaf_suspect_row_class_init (KafSuspectRowClass *klass)
{
}

static void
kaf_suspect_row_init (KafSuspectRow *self)
{
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->a = new_line ("heading");
  self->b = new_line ("heading");
  self->reason = new_line ("dim-label");
  gtk_widget_add_css_class (self->reason, "caption");
  self->likelihood = kaf_pill_new (NULL, "accent");
  self->later = kaf_pill_new (NULL, NULL);
  gtk_box_append (GTK_BOX (names), self->a);
  gtk_box_append (GTK_BOX (names), self->b);
  gtk_box_append (GTK_BOX (names), self->reason);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_set_halign (self->likelihood, GTK_ALIGN_END);
  gtk_widget_set_halign (self->later, GTK_ALIGN_END);
  gtk_widget_set_valign (pills, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (pills), self->likelihood);
  gtk_box_append (GTK_BOX (pills), self->later);
  gtk_box_append (GTK_BOX (self), names);
  gtk_box_append (GTK_BOX (self), pills);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-suspect");
}

GtkWidget *
kaf_suspect_row_new (void)
{
  return g_object_new (KAF_TYPE_SUSPECT_ROW, NULL);
}
