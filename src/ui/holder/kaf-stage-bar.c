/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-stage-bar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-date.h"
#include "schema/kaf-registry.h"
#include "ui/compat/kaf-style.h"
#include "ui/compat/kaf-tooltip.h"

#define WIDE_FROM 470 /* px: less is too little for six names side by side */
#define GAP 4
#define BAR_HEIGHT 7
#define BAR_RADIUS 3.5f
#define PAST_ALPHA 0.8f
#define REST_ALPHA 0.12f

struct _KafStageBar
{
  GtkWidget parent_instance;

  KafLang lang;
  GtkWidget *buttons[KAF_STAGE_BAR_N];
  GtkWidget *words[KAF_STAGE_BAR_N];
  GtkWidget *days[KAF_STAGE_BAR_N];
  int current;
  gboolean off;
};

G_DEFINE_FINAL_TYPE (KafStageBar, kaf_stage_bar, GTK_TYPE_WIDGET)

static const char *const codes[KAF_STAGE_BAR_N] = { "idea",    "study",   "file",
                                                    "finance", "licence", "launched" };

static guint
columns_for (int width)
{
  return width >= WIDE_FROM ? KAF_STAGE_BAR_N : KAF_STAGE_BAR_N / 2;
}

static int
button_height (KafStageBar *self)
{
  int tallest = 0;

  for (guint i = 0; i < KAF_STAGE_BAR_N; i++)
    {
      int height;

      gtk_widget_measure (self->buttons[i], GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL,
                          NULL);
      tallest = MAX (tallest, height);
    }
  return BAR_HEIGHT + tallest;
}

static void
kaf_stage_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  KafStageBar *self = KAF_STAGE_BAR (widget);
  guint rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 600;
      return;
    }
  rows = KAF_STAGE_BAR_N / columns_for (for_size < 0 ? WIDE_FROM : for_size);
  *minimum = *natural = (int) rows * button_height (self) + ((int) rows - 1) * GAP;
}

static void
kaf_stage_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafStageBar *self = KAF_STAGE_BAR (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = (int) columns_for (width);
  int row_height = button_height (self);

  for (int i = 0; i < KAF_STAGE_BAR_N; i++)
    {
      int from = width * (i % n) / n;
      int until = width * (i % n + 1) / n - GAP;
      int y = i / n * (row_height + GAP);

      gtk_widget_size_allocate (self->buttons[i],
                                &(GtkAllocation){ rtl ? width - until : from, y + BAR_HEIGHT,
                                                  until - from, row_height - BAR_HEIGHT },
                                -1);
    }
}

/* One bar above each button: what is behind, what is now, what is to come. */
static void
draw_bar (KafStageBar *self, GtkSnapshot *snapshot, int stage)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA colour = stage <= self->current && !self->off
                       ? kaf_style_look_up_color (widget, "accent_bg_color")
                       : kaf_style_get_color (widget);
  graphene_rect_t bounds;
  GskRoundedRect outline;

  if (!gtk_widget_compute_bounds (self->buttons[stage], widget, &bounds))
    return;
  if (stage > self->current)
    colour.alpha *= REST_ALPHA;
  else if (stage < self->current || self->off)
    colour.alpha *= self->off ? 3 * REST_ALPHA : PAST_ALPHA;
  bounds.origin.y -= BAR_HEIGHT;
  bounds.size.height = BAR_HEIGHT;
  gsk_rounded_rect_init_from_rect (&outline, &bounds, BAR_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
kaf_stage_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (kaf_stage_bar_parent_class)->snapshot (widget, snapshot);
  for (int i = 0; i < KAF_STAGE_BAR_N; i++)
    draw_bar (KAF_STAGE_BAR (widget), snapshot, i);
}

static GtkSizeRequestMode
kaf_stage_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
kaf_stage_bar_dispose (GObject *object)
{
  KafStageBar *self = KAF_STAGE_BAR (object);

  for (guint i = 0; i < KAF_STAGE_BAR_N; i++)
    g_clear_pointer (&self->buttons[i], gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_stage_bar_parent_class)->dispose (object);
}

static void
kaf_stage_bar_class_init (KafStageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_stage_bar_dispose;
  widget_class->measure = kaf_stage_bar_measure;
  widget_class->size_allocate = kaf_stage_bar_size_allocate;
  widget_class->snapshot = kaf_stage_bar_snapshot;
  widget_class->get_request_mode = kaf_stage_bar_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "kafstagebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
label_new (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

static void
add_button (KafStageBar *self, guint stage)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new ();

  self->words[stage] = label_new ("caption");
  self->days[stage] = label_new ("caption");
  gtk_widget_add_css_class (self->days[stage], "dim-label");
  gtk_widget_add_css_class (self->days[stage], "numeric");
  gtk_label_set_text (GTK_LABEL (self->words[stage]), kaf_stage_bar_word (codes[stage]));
  gtk_box_append (GTK_BOX (box), self->words[stage]);
  gtk_box_append (GTK_BOX (box), self->days[stage]);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-stage");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", codes[stage]);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "holder.change-stage");
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  self->buttons[stage] = button;
}

static void
kaf_stage_bar_init (KafStageBar *self)
{
  self->current = -1;
  for (guint i = 0; i < KAF_STAGE_BAR_N; i++)
    add_button (self, i);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Stages of the project"), -1);
}

GtkWidget *
kaf_stage_bar_new (KafLang lang)
{
  KafStageBar *self = g_object_new (KAF_TYPE_STAGE_BAR, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

/* "09/2026": the day is told by the tooltip and to a screen reader. */
static char *
month_of (KafStageBar *self, const char *day)
{
  g_autofree char *month = day != NULL ? g_strndup (day, 7) : NULL;

  return month != NULL ? kaf_date_format (month, self->lang, KAF_DATE_SHORT) : NULL;
}

static char *
describe (KafStageBar *self, int stage, const char *day)
{
  const char *word = kaf_stage_bar_word (codes[stage]);
  g_autofree char *text = day != NULL ? kaf_date_format (day, self->lang, KAF_DATE_SHORT) : NULL;

  if (stage == self->current && text != NULL)
    /* Translators: a stage of a project and the day, "Funding, since 14/09/2026: the present stage". */
    return g_strdup_printf (_ ("%s, since %s: the present stage"), word, text);
  if (text != NULL)
    /* Translators: a stage of a project and the day, "Study, reached on 03/06/2025". */
    return g_strdup_printf (_ ("%s, reached on %s"), word, text);
  /* Translators: %s is a stage of a project. */
  return g_strdup_printf (_ ("%s, not reached"), word);
}

void
kaf_stage_bar_set (
    KafStageBar *self, int current, const char *const *reached, gboolean off, gboolean writable)
{
  g_return_if_fail (KAF_IS_STAGE_BAR (self));

  self->current = current;
  self->off = off;
  for (int i = 0; i < KAF_STAGE_BAR_N; i++)
    {
      g_autofree char *month = month_of (self, reached[i]);
      g_autofree char *name = describe (self, i, reached[i]);

      gtk_label_set_text (GTK_LABEL (self->days[i]), month != NULL ? month : "");
      if (i == current)
        gtk_widget_add_css_class (self->words[i], "kaf-bold");
      else
        gtk_widget_remove_css_class (self->words[i], "kaf-bold");
      if (i > current)
        gtk_widget_add_css_class (self->words[i], "dim-label");
      else
        gtk_widget_remove_css_class (self->words[i], "dim-label");
      kaf_tooltip_set (self->buttons[i], name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_set_can_target (self->buttons[i], writable);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
kaf_stage_bar_get_button (KafStageBar *self, guint stage)
{
  g_return_val_if_fail (KAF_IS_STAGE_BAR (self) && stage < KAF_STAGE_BAR_N, NULL);
  return self->buttons[stage];
}

const char *
kaf_stage_bar_code (guint stage)
{
  g_return_val_if_fail (stage < KAF_STAGE_BAR_N, NULL);
  return codes[stage];
}

const char *
kaf_stage_bar_word (const char *code)
{
  const KafField *field = kaf_entity_find_field (kaf_registry_find ("project_stage"), "stage");
  const KafChoice *choice = code != NULL ? kaf_field_find_choice (field, code) : NULL;

  return choice != NULL ? g_dgettext (GETTEXT_PACKAGE, choice->label) : "";
}

int
kaf_stage_bar_find (const char *code)
{
  for (int i = 0; code != NULL && i < KAF_STAGE_BAR_N; i++)
    if (strcmp (codes[i], code) == 0)
      return i;
  return -1;
}
