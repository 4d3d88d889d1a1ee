/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-budget-shares.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/mission/kaf-budget-text.h"
#include "ui/mission/kaf-share-bar.h"
#include "ui/record/kaf-wrap.h"

#define BAR_HEIGHT 14
#define SWATCH 10

struct _KafBudgetShares
{
  GtkBox parent_instance;

  KafLang lang;
  GtkWidget *ceiling;
  GtkWidget *bar;
  GtkWidget *legend;
  GtkWidget *categories;
  GtkWidget *caveats;
};

G_DEFINE_FINAL_TYPE (KafBudgetShares, kaf_budget_shares, GTK_TYPE_BOX)

static void
kaf_budget_shares_class_init (KafBudgetSharesClass *klass)
{
}

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
kaf_budget_shares_init (KafBudgetShares *self)
{
  GtkWidget *line = kaf_wrap_new (12, 4);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-record-padded");
  self->ceiling = label_new (NULL, "caption");
  kaf_wrap_append (KAF_WRAP (line), label_new (_ ("Who pays what"), "heading"));
  kaf_wrap_append (KAF_WRAP (line), self->ceiling);
  self->bar = kaf_share_bar_new (BAR_HEIGHT);
  self->legend = kaf_wrap_new (18, 4);
  self->categories = kaf_wrap_new (18, 4);
  self->caveats = label_new (NULL, "caption");
  gtk_label_set_wrap (GTK_LABEL (self->caveats), TRUE);
  gtk_widget_add_css_class (self->caveats, "warning");
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->bar);
  gtk_box_append (GTK_BOX (self), self->legend);
  gtk_box_append (GTK_BOX (self), self->categories);
  gtk_box_append (GTK_BOX (self), self->caveats);
}

GtkWidget *
kaf_budget_shares_new (KafLang lang)
{
  KafBudgetShares *self = g_object_new (KAF_TYPE_BUDGET_SHARES, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

/* Nobody is red: it is what is missing. */
static KafSharePart
get_part (const KafBudgetShare *share, guint index, guint n_payers)
{
  if (share->of == NULL)
    return (KafSharePart){ MAX (share->total, 0), "error_bg_color", 1 };
  return kaf_share_part_shade (MAX (share->total, 0), index, n_payers);
}

static void
add_legend (KafBudgetShares *self, KafSharePart part, const char *name, int percent)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = kaf_share_bar_new (SWATCH);
  g_autofree char *figure = g_strdup_printf ("%d\u00A0%%", percent);
  g_autofree char *isolated = kaf_bidi_ltr (figure);
  GtkWidget *share = label_new (isolated, "caption");

  part.value = 1;
  kaf_share_bar_set (KAF_SHARE_BAR (swatch), &part, 1);
  gtk_widget_set_size_request (swatch, SWATCH, -1);
  gtk_widget_add_css_class (share, "dim-label");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label_new (name, "caption"));
  gtk_box_append (GTK_BOX (box), share);
  kaf_wrap_append (KAF_WRAP (self->legend), box);
}

static void
show_payers (KafBudgetShares *self, const KafBudgetSum *sum, GHashTable *names)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (KafSharePart));
  g_autoptr (GArray) percents = kaf_budget_percentages (sum->payers);

  for (guint i = 0; i < sum->payers->len; i++)
    {
      const KafBudgetShare *share = &g_array_index (sum->payers, KafBudgetShare, i);
      KafSharePart part = get_part (share, i, sum->payers->len);

      g_array_append_val (parts, part);
      add_legend (self, part,
                  share->of != NULL ? kaf_budget_name (names, share->of) : _ ("Without payer"),
                  g_array_index (percents, int, i));
    }
  kaf_share_bar_set (KAF_SHARE_BAR (self->bar), (KafSharePart *) parts->data, parts->len);
}

static void
show_categories (KafBudgetShares *self, const KafBudgetSum *sum, const char *home)
{
  for (guint i = 0; i < sum->categories->len; i++)
    {
      const KafBudgetShare *share = &g_array_index (sum->categories, KafBudgetShare, i);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      g_autofree char *amount = kaf_budget_amount (share->total, sum->currency, home, self->lang);
      GtkWidget *name = label_new (kaf_budget_category_name (share->of), "caption");

      gtk_widget_add_css_class (name, "dim-label");
      gtk_box_append (GTK_BOX (box), name);
      gtk_box_append (GTK_BOX (box), label_new (amount, "caption"));
      kaf_wrap_append (KAF_WRAP (self->categories), box);
    }
}

void
kaf_budget_shares_set (KafBudgetShares *self, const KafMission *mission, GHashTable *names)
{
  g_autoptr (KafBudget) budget = kaf_budget_new (mission);
  const char *home = kaf_budget_home (mission, budget);
  const KafBudgetSum *sum = kaf_budget_find_sum (budget, home);
  gboolean passed;
  g_autofree char *ceiling = kaf_budget_ceiling_text (mission, budget, self->lang, &passed);
  g_autofree char *caveats = kaf_budget_caveats (budget, home, self->lang);

  g_return_if_fail (KAF_IS_BUDGET_SHARES (self));

  gtk_label_set_text (GTK_LABEL (self->ceiling), ceiling != NULL ? ceiling : "");
  gtk_widget_remove_css_class (self->ceiling, passed ? "dim-label" : "error");
  gtk_widget_add_css_class (self->ceiling, passed ? "error" : "dim-label");
  gtk_label_set_text (GTK_LABEL (self->caveats), caveats != NULL ? caveats : "");
  gtk_widget_set_visible (self->caveats, caveats != NULL);
  kaf_wrap_clear (KAF_WRAP (self->legend));
  kaf_wrap_clear (KAF_WRAP (self->categories));
  kaf_share_bar_set (KAF_SHARE_BAR (self->bar), NULL, 0);
  if (sum == NULL || budget->overflowed)
    return;
  show_payers (self, sum, names);
  show_categories (self, sum, home);
}
