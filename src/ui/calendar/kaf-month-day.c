/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn by itself: a month has 42 of these with some hundred texts. */
#include "config.h"

#include "ui/calendar/kaf-month-day.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-date.h"
#include "base/kaf-number.h"
#include "exchange/kaf-agenda-text.h"
#include "ui/compat/kaf-drawn-text.h"
#include "ui/compat/kaf-style.h"

#define LINES 4 /* kept; more are counted */
#define MARGIN 6
#define NUMBER_HEIGHT 20
#define LINE_HEIGHT 17
#define MARK 8
#define MARK_GAP 5
#define TEXT_FROM 64 /* px of width: narrower days show marks alone */
#define MINIMUM_WIDTH 40
#define MINIMUM_HEIGHT 52
#define NATURAL_HEIGHT 84

typedef struct
{
  KafDrawnText text;
  KafAgendaKind kind;
  const char *color; /* static; NULL: of the text */
} Line;

struct _KafMonthDay
{
  GtkWidget parent_instance;

  KafDay day;
  KafDrawnText number;
  KafDrawnText more;
  Line lines[LINES];
  guint n; /* of all entries */
};

G_DEFINE_FINAL_TYPE (KafMonthDay, kaf_month_day, GTK_TYPE_WIDGET)

static void
kaf_month_day_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gboolean wide = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = wide ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
  *natural = wide ? TEXT_FROM : NATURAL_HEIGHT;
}

/* @from: px from the start side. */
static GdkRectangle
place_part (GtkWidget *widget, int from, int y, int width, int height)
{
  int whole = gtk_widget_get_width (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  return (GdkRectangle){ rtl ? whole - from - width : from, y, width, height };
}

static void
draw_box (GtkSnapshot *snapshot,
          const GdkRGBA *color,
          float x,
          float y,
          float size,
          float radius,
          float border)
{
  graphene_rect_t rectangle = GRAPHENE_RECT_INIT (x, y, size, size);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rectangle, radius);
  if (border > 0)
    {
      const float widths[] = { border, border, border, border };
      const GdkRGBA colors[] = { *color, *color, *color, *color };

      gtk_snapshot_append_border (snapshot, &outline, widths, colors);
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &rectangle);
  gtk_snapshot_pop (snapshot);
}

static void
draw_diamond (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y)
{
  const float size = 7;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + MARK / 2.0f, y + MARK / 2.0f));
  gtk_snapshot_rotate (snapshot, 45);
  draw_box (snapshot, color, -size / 2, -size / 2, size, 0, 0);
  gtk_snapshot_restore (snapshot);
}

static void
draw_mark (KafMonthDay *self, GtkSnapshot *snapshot, const Line *line, const GdkRectangle *place)
{
  GdkRGBA color = kaf_style_look_up_color (GTK_WIDGET (self),
                                           line->color != NULL ? line->color : "window_fg_color");
  float x = place->x, y = place->y + (place->height - MARK) / 2.0f;

  if (line->color == NULL)
    color.alpha *= 0.55f;
  switch (line->kind)
    {
    case KAF_AGENDA_SESSION:
    case KAF_AGENDA_MEETING:
      draw_box (snapshot, &color, x, y, MARK, 2, 0);
      break;
    case KAF_AGENDA_DUE:
    case KAF_AGENDA_MISSION:
      draw_box (snapshot, &color, x, y, MARK, MARK / 2.0f, 2.5f);
      break;
    case KAF_AGENDA_END:
    default:
      draw_diamond (snapshot, &color, x, y);
      break;
    }
}

/* Marks alone, side by side. */
static void
draw_narrow (KafMonthDay *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);

  for (guint i = 0; i < MIN (self->n, LINES); i++)
    {
      int from = MARGIN + (int) i * (MARK + 2);
      GdkRectangle place = place_part (widget, from, MARGIN + NUMBER_HEIGHT, MARK, MARK + 4);

      if (from + MARK <= width)
        draw_mark (self, snapshot, &self->lines[i], &place);
    }
}

static void
draw_wide (KafMonthDay *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget) - 2 * MARGIN;
  guint room =
      (guint) MAX ((gtk_widget_get_height (widget) - 2 * MARGIN - NUMBER_HEIGHT) / LINE_HEIGHT, 1);

  for (guint i = 0; i < MIN (MIN (self->n, LINES), room); i++)
    {
      int y = MARGIN + NUMBER_HEIGHT + (int) i * LINE_HEIGHT;
      GdkRectangle mark = place_part (widget, MARGIN, y, MARK, LINE_HEIGHT);
      GdkRectangle text =
          place_part (widget, MARGIN + MARK + MARK_GAP, y, width - MARK - MARK_GAP, LINE_HEIGHT);

      draw_mark (self, snapshot, &self->lines[i], &mark);
      kaf_drawn_text_draw (&self->lines[i].text, widget, snapshot, &text);
    }
}

static void
kaf_month_day_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KafMonthDay *self = KAF_MONTH_DAY (widget);
  int width = gtk_widget_get_width (widget);
  int more = kaf_drawn_text_get_width (&self->more);
  GdkRectangle number = place_part (widget, MARGIN, MARGIN - 2, width - 2 * MARGIN, NUMBER_HEIGHT);
  GdkRectangle count = place_part (widget, width - MARGIN - more, MARGIN - 2, more, NUMBER_HEIGHT);

  kaf_drawn_text_draw (&self->number, widget, snapshot, &number);
  if (width < TEXT_FROM)
    {
      draw_narrow (self, snapshot);
      return;
    }
  if (more > 0)
    kaf_drawn_text_draw (&self->more, widget, snapshot, &count);
  draw_wide (self, snapshot);
}

static void
kaf_month_day_finalize (GObject *object)
{
  KafMonthDay *self = KAF_MONTH_DAY (object);

  kaf_drawn_text_clear (&self->number);
  kaf_drawn_text_clear (&self->more);
  for (guint i = 0; i < LINES; i++)
    kaf_drawn_text_clear (&self->lines[i].text);
  G_OBJECT_CLASS (kaf_month_day_parent_class)->finalize (object);
}

static void
kaf_month_day_class_init (KafMonthDayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kaf_month_day_finalize;
  widget_class->measure = kaf_month_day_measure;
  widget_class->snapshot = kaf_month_day_snapshot;
  gtk_widget_class_set_css_name (widget_class, "monthday");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
kaf_month_day_init (KafMonthDay *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
kaf_month_day_new (void)
{
  return g_object_new (KAF_TYPE_MONTH_DAY, NULL);
}

static const char *
find_color (const KafAgendaItem *item)
{
  const char *style = NULL;

  kaf_agenda_text_state (item, &style);
  if (g_strcmp0 (style, "accent") == 0)
    return "accent_bg_color";
  if (g_strcmp0 (style, "success") == 0)
    return "success_bg_color";
  if (g_strcmp0 (style, "warning") == 0)
    return "warning_bg_color";
  return g_strcmp0 (style, "error") == 0 ? "error_bg_color" : NULL;
}

static void
set_line (KafMonthDay *self, guint place, const KafAgendaItem *item)
{
  Line *line = &self->lines[place];

  line->kind = item->kind;
  line->color = find_color (item);
  kaf_drawn_text_set (&line->text, GTK_WIDGET (self), item->title != NULL ? item->title : "—",
                      KAF_DRAWN_TEXT_SMALL, 1);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* "Tuesday 24 November 2026, 2 entries: Session: …; Due: …, late" */
static void
tell (KafMonthDay *self, GString *entries, KafLang lang)
{
  g_autofree char *iso = kaf_day_to_iso (self->day);
  g_autofree char *date = kaf_date_format (iso, lang, KAF_DATE_WEEKDAY);
  g_autofree char *number = kaf_number_format (self->n, lang);
  g_autoptr (GString) name = g_string_new (date);

  if (self->n == 0)
    /* Translators: of a day in the calendar */
    g_string_append_printf (name, ", %s", C_ ("day", "nothing"));
  else
    {
      /* Translators: of a day in the calendar */
      g_string_append_printf (name, ", ");
      g_string_append_printf (name, ngettext ("%s entry", "%s entries", self->n), number);
      g_string_append_printf (name, ": %s", entries->str);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static void
add_entry (GString *entries, const KafAgendaItem *item)
{
  g_autofree char *title = kaf_agenda_text_title (item);

  g_string_append_printf (entries, "%s%s, %s", entries->len > 0 ? "; " : "", title,
                          kaf_agenda_text_state (item, NULL));
}

void
kaf_month_day_set (KafMonthDay *self,
                   KafDay day,
                   gboolean outside,
                   gboolean today,
                   const GPtrArray *items,
                   KafLang lang)
{
  g_autoptr (GString) entries = g_string_new (NULL);
  g_autofree char *iso = NULL;
  g_autofree char *more = NULL;

  g_return_if_fail (KAF_IS_MONTH_DAY (self));

  self->day = day;
  self->n = 0;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const KafAgendaItem *item = g_ptr_array_index (items, i);

      if (!kaf_agenda_item_is_on (item, day))
        continue;
      if (self->n < LINES)
        set_line (self, self->n, item);
      add_entry (entries, item);
      self->n++;
    }
  iso = kaf_day_to_iso (day);
  kaf_drawn_text_set (&self->number, GTK_WIDGET (self),
                      iso != NULL ? iso + (iso[8] == '0' ? 9 : 8) : NULL,
                      KAF_DRAWN_TEXT_FIGURE | (today ? KAF_DRAWN_TEXT_BOLD : 0) |
                          (outside ? KAF_DRAWN_TEXT_DIM : 0),
                      1);
  more = self->n > 2 ? kaf_number_format (self->n, lang) : NULL;
  kaf_drawn_text_set (&self->more, GTK_WIDGET (self), more,
                      KAF_DRAWN_TEXT_SMALL | KAF_DRAWN_TEXT_FIGURE | KAF_DRAWN_TEXT_DIM, 1);
  set_class (GTK_WIDGET (self), "outside", outside);
  set_class (GTK_WIDGET (self), "today", today);
  tell (self, entries, lang);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

KafDay
kaf_month_day_get_day (KafMonthDay *self)
{
  g_return_val_if_fail (KAF_IS_MONTH_DAY (self), KAF_DAY_UNKNOWN);
  return self->day;
}

guint
kaf_month_day_get_n (KafMonthDay *self)
{
  g_return_val_if_fail (KAF_IS_MONTH_DAY (self), 0);
  return self->n;
}
