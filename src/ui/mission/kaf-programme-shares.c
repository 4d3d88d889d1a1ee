/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-programme-shares.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "ui/list/kaf-initials.h"
#include "ui/mission/kaf-programme-text.h"
#include "ui/mission/kaf-share-bar.h"
#include "ui/record/kaf-wrap.h"

#define BAR_HEIGHT 10
#define BAR_WIDTH 240

struct _KafProgrammeShares
{
  GtkBox parent_instance;

  GtkWidget *shares;
  GtkWidget *theory, *practice, *least;
  GtkWidget *bar;
  GtkWidget *trainers;
};

G_DEFINE_FINAL_TYPE (KafProgrammeShares, kaf_programme_shares, GTK_TYPE_BOX)

static void
kaf_programme_shares_class_init (KafProgrammeSharesClass *klass)
{
}

static GtkWidget *
label_new (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
kaf_programme_shares_init (KafProgrammeShares *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *wrap = kaf_wrap_new (24, 8);

  self->shares = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->theory = label_new ("caption");
  self->practice = label_new ("caption");
  self->least = label_new ("caption");
  gtk_widget_add_css_class (self->least, "dim-label");
  gtk_widget_set_hexpand (self->theory, TRUE);
  self->bar = kaf_share_bar_new (BAR_HEIGHT);
  gtk_widget_set_size_request (self->bar, BAR_WIDTH, -1);
  gtk_box_append (GTK_BOX (words), self->theory);
  gtk_box_append (GTK_BOX (words), self->practice);
  gtk_box_append (GTK_BOX (self->shares), words);
  gtk_box_append (GTK_BOX (self->shares), self->bar);
  gtk_box_append (GTK_BOX (self->shares), self->least);
  self->trainers = kaf_wrap_new (18, 6);
  gtk_widget_set_valign (self->trainers, GTK_ALIGN_CENTER);
  kaf_wrap_append (KAF_WRAP (wrap), self->shares);
  kaf_wrap_append (KAF_WRAP (wrap), self->trainers);
  gtk_widget_set_hexpand (wrap, TRUE);
  gtk_box_append (GTK_BOX (self), wrap);
}

GtkWidget *
kaf_programme_shares_new (void)
{
  return g_object_new (KAF_TYPE_PROGRAMME_SHARES, NULL);
}

/* "42 %": a figure that stays together, whatever the direction. */
static void
set_share (GtkWidget *label, const char *format, int percent)
{
  g_autofree char *figure = g_strdup_printf ("%d\u00A0%%", percent);
  g_autofree char *isolated = kaf_bidi_ltr (figure);
  g_autofree char *text = g_strdup_printf (format, isolated);

  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
show_shares (KafProgrammeShares *self, const KafMission *mission, guint least)
{
  KafProgrammeBalance weight = kaf_programme_weigh (mission);
  KafSharePart parts[] = { { weight.theory, NULL, 0.28f },
                           { weight.practice, "accent_bg_color", 1 } };
  gboolean known = weight.practice_percent >= 0;
  gboolean low = known && weight.practice_percent < (int) least;

  kaf_share_bar_set (KAF_SHARE_BAR (self->bar), parts, G_N_ELEMENTS (parts));
  kaf_share_bar_set_mark (KAF_SHARE_BAR (self->bar), known ? (int) least : -1);
  if (known)
    {
      set_share (self->theory, _ ("Theory %s"), 100 - weight.practice_percent);
      set_share (self->practice, _ ("Practice %s"), weight.practice_percent);
    }
  else
    {
      gtk_label_set_text (GTK_LABEL (self->theory), _ ("Theory —"));
      gtk_label_set_text (GTK_LABEL (self->practice), _ ("Practice —"));
    }
  set_share (self->least,
             low ? _ ("under %s of practice (mark)") : _ ("at least %s of practice (mark)"),
             (int) least);
  if (low)
    gtk_widget_add_css_class (self->least, "warning");
  else
    gtk_widget_remove_css_class (self->least, "warning");
}

/* @n: half-days. */
static void
add_trainer (KafProgrammeShares *self,
             const KafMission *mission,
             GHashTable *names,
             const KafMissionExpert *expert,
             guint n)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *initials = kaf_initials_new (24);
  GtkWidget *name = label_new ("caption");
  GtkWidget *count = label_new ("caption");
  const char *called = kaf_programme_trainer_name (mission, names, expert->id);
  g_autofree char *text = g_strdup_printf (ngettext ("%u half-day", "%u half-days", n), n);

  kaf_initials_set_name (initials, called);
  gtk_label_set_text (GTK_LABEL (name), called);
  gtk_label_set_text (GTK_LABEL (count), text);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (box), initials);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  kaf_wrap_append (KAF_WRAP (self->trainers), box);
}

void
kaf_programme_shares_set (KafProgrammeShares *self,
                          const KafMission *mission,
                          GHashTable *names,
                          guint practice_percent)
{
  g_return_if_fail (KAF_IS_PROGRAMME_SHARES (self));

  show_shares (self, mission, practice_percent);
  kaf_wrap_clear (KAF_WRAP (self->trainers));
  for (guint i = 0; i < mission->experts->len; i++)
    {
      const KafMissionExpert *expert = g_ptr_array_index (mission->experts, i);
      guint n = kaf_programme_count_halves (mission, expert);

      if (n > 0 || kaf_mission_expert_comes (expert))
        add_trainer (self, mission, names, expert, n);
    }
}
