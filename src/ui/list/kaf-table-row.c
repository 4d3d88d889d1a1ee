/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row's widgets, made once and bound to whatever record scrolls by: one text (GtkInscription: it
 * never asks for another size) a column, an avatar, dot or pill where the column has one. In a
 * narrow window the same row is a card of three lines.
 *
 * The layout belongs to the table; the row only reads it. */
#include "config.h"

#include "ui/list/kaf-table-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-fold.h"
#include "ui/list/kaf-dot.h"
#include "ui/list/kaf-initials.h"
#include "ui/record/kaf-pill.h"

#define PADDING 8
#define AVATAR 24
#define CARD_AVATAR 36
#define DOT 9
#define DASH "—"
#define ARABIC_ROOM 8
/* px: a line of a cell from right to left, as style.css has it and Pango counts it, at its lowest. */
#define ARABIC_LINE 16
#define LRM "\342\200\216"
#define RLM "\342\200\217"

typedef struct
{
  const KafColumn *column;
  GtkWidget *lead; /* avatar or dot; nullable */
  GtkWidget *main; /* text or pill */
} Cell;

struct _KafTableRow
{
  GtkWidget parent_instance;

  const KafTableLayout *layout;
  gboolean compact; /* what the cells were made for */
  Cell *cells;
  guint n_cells;
  GtkWidget *check; /* nullable */

  KafRow *row; /* nullable: being read, or unbound */
  guint position;
};

G_DEFINE_FINAL_TYPE (KafTableRow, kaf_table_row, GTK_TYPE_WIDGET)

/* The cells of a card. */
enum
{
  CARD_NAME,
  CARD_OTHER,
  CARD_LINE,
  CARD_PILL,
  N_CARD,
};

static GtkWidget *
new_text (KafTableRow *self)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", 0, "min-lines", 1, "nat-lines",
                                  1, "can-target", FALSE, "text-overflow",
                                  GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_set_parent (text, GTK_WIDGET (self));

  return text;
}

static GtkWidget *
adopt (KafTableRow *self, GtkWidget *child)
{
  gtk_widget_set_can_target (child, FALSE);
  gtk_widget_set_parent (child, GTK_WIDGET (self));

  return child;
}

static void
make_column_cell (KafTableRow *self, Cell *cell)
{
  switch (cell->column->kind)
    {
    case KAF_COLUMN_NAME:
      cell->lead = adopt (self, kaf_initials_new (AVATAR));
      cell->main = new_text (self);
      break;
    case KAF_COLUMN_DOT:
      cell->lead = adopt (self, kaf_dot_new ());
      cell->main = new_text (self);
      break;
    case KAF_COLUMN_PILL:
      cell->main = adopt (self, kaf_pill_new (NULL, NULL));
      break;
    case KAF_COLUMN_FIGURE:
      cell->main = new_text (self);
      gtk_widget_add_css_class (cell->main, "numeric");
      break;
    default:
      cell->main = new_text (self);
    }
}

static void
make_card (KafTableRow *self)
{
  const KafTableLayout *layout = self->layout;

  self->n_cells = N_CARD;
  self->cells = g_new0 (Cell, N_CARD);
  self->cells[CARD_NAME].column = kaf_table_layout_first (layout, KAF_COLUMN_NAME);
  self->cells[CARD_NAME].lead = adopt (self, kaf_initials_new (CARD_AVATAR));
  self->cells[CARD_NAME].main = new_text (self);
  self->cells[CARD_OTHER].column = kaf_table_layout_first (layout, KAF_COLUMN_OTHER_NAME);
  self->cells[CARD_OTHER].main = new_text (self);
  self->cells[CARD_LINE].column = kaf_table_layout_first (layout, KAF_COLUMN_DOT);
  self->cells[CARD_LINE].lead =
      self->cells[CARD_LINE].column != NULL ? adopt (self, kaf_dot_new ()) : NULL;
  self->cells[CARD_LINE].main = new_text (self);
  gtk_widget_add_css_class (self->cells[CARD_LINE].main, "caption");
  gtk_widget_add_css_class (self->cells[CARD_LINE].main, "dim-label");
  self->cells[CARD_PILL].column = kaf_table_layout_first (layout, KAF_COLUMN_PILL);
  self->cells[CARD_PILL].main = adopt (self, kaf_pill_new (NULL, NULL));
}

static void
clear_cells (KafTableRow *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      /* GTK 4.8's inscription does not free its attributes. */
      if (GTK_IS_INSCRIPTION (self->cells[i].main))
        gtk_inscription_set_attributes (GTK_INSCRIPTION (self->cells[i].main), NULL);
      g_clear_pointer (&self->cells[i].lead, gtk_widget_unparent);
      g_clear_pointer (&self->cells[i].main, gtk_widget_unparent);
    }
  g_clear_pointer (&self->cells, g_free);
  self->n_cells = 0;
}

static void
make_cells (KafTableRow *self)
{
  const KafTableLayout *layout = self->layout;

  clear_cells (self);
  self->compact = layout->compact;
  if (self->compact)
    {
      make_card (self);
      return;
    }

  self->n_cells = layout->n;
  self->cells = g_new0 (Cell, layout->n);
  for (guint i = 0; i < layout->n; i++)
    {
      self->cells[i].column = layout->column[i];
      make_column_cell (self, &self->cells[i]);
    }
}

static void
update_check (KafTableRow *self)
{
  if (self->layout->select_mode && self->check == NULL)
    {
      self->check = gtk_check_button_new ();
      gtk_widget_set_can_focus (self->check, FALSE);
      /* Presentation only: the row carries the state, and takes the click. */
      gtk_widget_set_can_target (self->check, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Selected"), -1);
      gtk_widget_insert_after (self->check, GTK_WIDGET (self), NULL);
    }
  else if (!self->layout->select_mode)
    g_clear_pointer (&self->check, gtk_widget_unparent);
}

/* Marks what the person searched for. @prefix: bytes put before the text. */
static PangoAttrList *
highlight (KafTableRow *self, const char *text, gsize prefix)
{
  g_autoptr (GArray) ranges = NULL;
  PangoAttrList *attributes;

  if (self->layout->words == NULL || self->layout->words[0] == NULL)
    return NULL;

  ranges = g_array_new (FALSE, FALSE, sizeof (KafTextRange));
  if (!kaf_fold_highlight (text, (const char *const *) self->layout->words, ranges))
    return NULL;

  attributes = pango_attr_list_new ();
  for (guint i = 0; i < ranges->len; i++)
    {
      KafTextRange *range = &g_array_index (ranges, KafTextRange, i);
      PangoAttribute *attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      attribute->start_index = (guint) (range->start + prefix);
      attribute->end_index = (guint) (range->end + prefix);
      pango_attr_list_insert (attributes, attribute);
      attribute = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
      attribute->start_index = (guint) (range->start + prefix);
      attribute->end_index = (guint) (range->end + prefix);
      pango_attr_list_insert (attributes, attribute);
    }

  return attributes;
}

/* Text of the other script is a line of its own direction, so that it loses its end and not its
 * beginning when it is cut; and it stays on this side of its cell, where @xalign (0: the start)
 * puts the others. Pango aligns such a line from its own start. */
static void
set_text (
    KafTableRow *self, GtkWidget *inscription, const char *text, float xalign, gboolean is_name)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_marked = text != NULL && g_str_has_prefix (text, RLM);
  gboolean crosses = text != NULL && !is_marked && kaf_text_is_arabic (text) != rtl;
  g_autofree char *marked = crosses ? g_strconcat (rtl ? LRM : RLM, text, NULL) : NULL;

  if (is_name)
    {
      g_autoptr (PangoAttrList) attributes =
          text != NULL ? highlight (self, text, crosses ? strlen (LRM) : 0) : NULL;

      gtk_inscription_set_attributes (GTK_INSCRIPTION (inscription), attributes);
    }
  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), crosses ? 1 - xalign : xalign);
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), marked != NULL ? marked : text);
}

static const char *
pill_style (const KafColumn *column, const KafRow *row)
{
  const char *raw = kaf_column_get_raw (column, row);
  const KafChoice *choice =
      column->field != NULL && raw != NULL ? kaf_field_find_choice (column->field, raw) : NULL;

  return choice != NULL ? choice->style : NULL;
}

static const char *
avatar_name (const KafRow *row)
{
  return row->title != NULL && row->title[0] != '\0' ? row->title : row->title_ar;
}

/* On the last digit, in both directions. */
static float
figure_xalign (KafTableRow *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 0 : 1;
}

static void
bind_column_cell (KafTableRow *self, Cell *cell)
{
  g_autofree char *text = NULL;
  KafColumnKind kind = cell->column->kind;

  if (self->row != NULL)
    text = kaf_column_get_text (cell->column, self->row, self->layout->lang);

  switch (kind)
    {
    case KAF_COLUMN_PILL:
      kaf_pill_set (KAF_PILL (cell->main), text,
                    self->row != NULL ? pill_style (cell->column, self->row) : NULL);
      return;
    case KAF_COLUMN_NAME:
      kaf_initials_set_name (cell->lead, self->row != NULL ? avatar_name (self->row) : NULL);
      break;
    case KAF_COLUMN_DOT:
      kaf_dot_set_state (KAF_DOT (cell->lead),
                         self->row != NULL ? kaf_column_get_raw (cell->column, self->row) : NULL);
      gtk_widget_set_opacity (cell->lead, self->row != NULL ? 1 : 0);
      break;
    default:
      break;
    }

  if (self->row != NULL && (text == NULL || text[0] == '\0') && kind != KAF_COLUMN_OTHER_NAME)
    {
      g_free (text);
      text = g_strdup (kind == KAF_COLUMN_DOT ? C_ ("availability", "unknown") : DASH);
    }
  set_text (self, cell->main, text, kind == KAF_COLUMN_FIGURE ? figure_xalign (self) : 0,
            kind == KAF_COLUMN_NAME || kind == KAF_COLUMN_OTHER_NAME);
}

/* "6–13 Jan · Emergency care": the availability, then the first texts that there are. */
static char *
card_line (KafTableRow *self)
{
  const KafTableLayout *layout = self->layout;
  GString *line = g_string_new (NULL);
  guint n = 0;

  if (self->row == NULL)
    return g_string_free (line, FALSE);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < layout->n && n < 2; i++)
      {
        g_autofree char *text = NULL;

        if (layout->column[i]->kind != (pass == 0 ? KAF_COLUMN_DOT : KAF_COLUMN_TEXT))
          continue;
        text = kaf_column_get_text (layout->column[i], self->row, layout->lang);
        if (text == NULL || text[0] == '\0')
          continue;
        g_string_append_printf (line, "%s%s", n++ > 0 ? " · " : "", text);
      }

  return g_string_free (line, FALSE);
}

static void
bind_card (KafTableRow *self)
{
  Cell *line = &self->cells[CARD_LINE];
  Cell *pill = &self->cells[CARD_PILL];
  g_autofree char *text = card_line (self);

  bind_column_cell (self, &self->cells[CARD_NAME]);
  if (self->cells[CARD_OTHER].column != NULL)
    bind_column_cell (self, &self->cells[CARD_OTHER]);
  if (line->lead != NULL)
    {
      kaf_dot_set_state (KAF_DOT (line->lead),
                         self->row != NULL ? kaf_column_get_raw (line->column, self->row) : NULL);
      gtk_widget_set_opacity (line->lead, self->row != NULL ? 1 : 0);
    }
  set_text (self, line->main, text, 0, FALSE);
  if (pill->column != NULL)
    bind_column_cell (self, pill);
  else
    kaf_pill_set (KAF_PILL (pill->main), NULL, NULL);
}

/* What a screen reader says of the row: every cell, in order. */
static char *
describe (KafTableRow *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->layout->n; i++)
    {
      g_autofree char *cell =
          kaf_column_get_text (self->layout->column[i], self->row, self->layout->lang);

      if (cell != NULL && cell[0] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", cell);
    }

  return g_string_free (text, FALSE);
}

static void
tell_accessibility (KafTableRow *self, guint n_rows)
{
  g_autofree char *label = self->row != NULL ? describe (self) : g_strdup (_ ("Loading"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_INDEX,
                                  (int) self->position + 1, GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) self->position + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) n_rows, -1);
}

static void
place_on_line (
    GtkWidget *widget, gboolean rtl, int whole, int x, int y, int width, int height, int baseline)
{
  GtkAllocation box = { rtl ? whole - x - width : x, y, MAX (width, 0), height };
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (box.width < minimum)
    {
      box.x -= rtl ? minimum - box.width : 0;
      box.width = minimum;
    }
  gtk_widget_size_allocate (widget, &box, baseline);
}

static void
place (GtkWidget *widget, gboolean rtl, int whole, int x, int y, int width, int height)
{
  place_on_line (widget, rtl, whole, x, y, width, height, -1);
}

static int
natural_size (GtkWidget *widget, GtkOrientation orientation)
{
  int natural;

  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* One line in the middle, on a baseline that follows from the font alone: left to itself an
 * inscription puts a text that it had to shorten at the top, and one with letters of another font
 * (an ellipsis, Arabic) lower. Arabic letters reach beyond the line; room for two lines would be
 * taken for a second one, and where the locale is Arabic the font alone asks for nearly as much. */
static void
place_text (GtkWidget *text, gboolean rtl, int whole, int x, int y, int width, int height)
{
  int natural, ascent, line;

  gtk_widget_measure (text, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, &ascent);
  line = MIN (natural + ARABIC_ROOM, height);
  if (rtl)
    line = MIN (line, 2 * ARABIC_LINE - 1);
  place_on_line (text, rtl, whole, x, y + (height - line) / 2, width, line,
                 ascent + (line - natural) / 2);
}

static void
allocate_cells (KafTableRow *self, int width, int height)
{
  const KafTableLayout *layout = self->layout;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->n_cells; i++)
    {
      Cell *cell = &self->cells[i];
      int x = layout->x[i] + PADDING;
      int room = layout->width[i] - 2 * PADDING;

      if (cell->column->kind == KAF_COLUMN_PILL)
        {
          int tall = MIN (natural_size (cell->main, GTK_ORIENTATION_VERTICAL), height);

          room = MIN (room, natural_size (cell->main, GTK_ORIENTATION_HORIZONTAL));
          place (cell->main, rtl, width, x, (height - tall) / 2, room, tall);
          continue;
        }
      if (cell->lead != NULL)
        {
          int size = cell->column->kind == KAF_COLUMN_NAME ? AVATAR : DOT;
          int gap = 8;

          place (cell->lead, rtl, width, x, (height - size) / 2, size, size);
          x += size + gap;
          room -= size + gap;
        }
      place_text (cell->main, rtl, width, x, 0, room, height);
    }
}

static void
allocate_card (KafTableRow *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int start = self->layout->select_mode ? KAF_TABLE_CHECK_WIDTH : KAF_TABLE_EDGE - 2;
  int x = start + CARD_AVATAR + 10;
  int end = width - KAF_TABLE_EDGE;
  GtkWidget *pill = self->cells[CARD_PILL].main;
  int pill_width = MIN (natural_size (pill, GTK_ORIENTATION_HORIZONTAL), width / 3);
  int pill_height = natural_size (pill, GTK_ORIENTATION_VERTICAL);
  GtkWidget *dot = self->cells[CARD_LINE].lead;
  int line_x = x;

  place (self->cells[CARD_NAME].lead, rtl, width, start, (height - CARD_AVATAR) / 2, CARD_AVATAR,
         CARD_AVATAR);
  place (pill, rtl, width, end - pill_width, 10, pill_width, pill_height);
  place_text (self->cells[CARD_NAME].main, rtl, width, x, 8, end - pill_width - 8 - x, 22);
  place_text (self->cells[CARD_OTHER].main, rtl, width, x, 29, end - x, 22);
  if (dot != NULL)
    {
      place (dot, rtl, width, x, 56, DOT, DOT);
      line_x += DOT + 6;
    }
  place_text (self->cells[CARD_LINE].main, rtl, width, line_x, 51, end - line_x, 20);
}

static void
kaf_table_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafTableRow *self = KAF_TABLE_ROW (widget);

  if (self->check != NULL)
    {
      int size = natural_size (self->check, GTK_ORIENTATION_HORIZONTAL);
      int tall = natural_size (self->check, GTK_ORIENTATION_VERTICAL);

      place (self->check, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL, width,
             KAF_TABLE_EDGE - 2, (height - tall) / 2, size, tall);
    }

  if (self->compact)
    allocate_card (self, width, height);
  else
    allocate_cells (self, width, height);
}

static void
kaf_table_row_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  /* The table gives every row its size; nothing is asked of the cells. */
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                            ? kaf_table_layout_row_height (KAF_TABLE_ROW (widget)->layout)
                            : 0;
}

static void
kaf_table_row_dispose (GObject *object)
{
  KafTableRow *self = KAF_TABLE_ROW (object);

  clear_cells (self);
  g_clear_pointer (&self->check, gtk_widget_unparent);
  g_clear_pointer (&self->row, kaf_row_unref);

  G_OBJECT_CLASS (kaf_table_row_parent_class)->dispose (object);
}

static void
kaf_table_row_class_init (KafTableRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kaf_table_row_dispose;
  widget_class->measure = kaf_table_row_measure;
  widget_class->size_allocate = kaf_table_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "tablerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
kaf_table_row_init (KafTableRow *self)
{
  self->position = G_MAXUINT;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* @layout must outlive the row. */
GtkWidget *
kaf_table_row_new (const KafTableLayout *layout)
{
  KafTableRow *self = g_object_new (KAF_TYPE_TABLE_ROW, NULL);

  self->layout = layout;
  make_cells (self);
  update_check (self);

  return GTK_WIDGET (self);
}

/* Shows @row, the one at @position of @n_rows; NULL: it is being read, and nothing shows. */
void
kaf_table_row_bind (KafTableRow *self, KafRow *row, guint position, guint n_rows)
{
  g_return_if_fail (KAF_IS_TABLE_ROW (self));

  if (row != NULL)
    kaf_row_ref (row);
  g_clear_pointer (&self->row, kaf_row_unref);
  self->row = row;
  self->position = position;

  if (row == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "loading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "loading");

  if (self->compact)
    bind_card (self);
  else
    for (guint i = 0; i < self->n_cells; i++)
      bind_column_cell (self, &self->cells[i]);
  tell_accessibility (self, n_rows);
}

void
kaf_table_row_unbind (KafTableRow *self)
{
  g_return_if_fail (KAF_IS_TABLE_ROW (self));

  g_clear_pointer (&self->row, kaf_row_unref);
  self->position = G_MAXUINT;
}

void
kaf_table_row_set_selected (KafTableRow *self, gboolean selected)
{
  gboolean was;

  g_return_if_fail (KAF_IS_TABLE_ROW (self));

  was = (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_SELECTED) != 0;
  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
  if (was == selected)
    return;

  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/* The layout changed: other columns, or the check box came or went. */
void
kaf_table_row_relayout (KafTableRow *self)
{
  g_return_if_fail (KAF_IS_TABLE_ROW (self));

  update_check (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

guint
kaf_table_row_get_position (KafTableRow *self)
{
  g_return_val_if_fail (KAF_IS_TABLE_ROW (self), G_MAXUINT);

  return self->position;
}

/* (transfer none) (nullable) */
KafRow *
kaf_table_row_get_row (KafTableRow *self)
{
  g_return_val_if_fail (KAF_IS_TABLE_ROW (self), NULL);

  return self->row;
}
