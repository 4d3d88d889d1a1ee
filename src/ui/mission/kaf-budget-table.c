/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells are made anew when lines or columns are others than before; otherwise they are told what they show. */
#include "config.h"

#include "ui/mission/kaf-budget-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-clock.h"
#include "base/kaf-date.h"
#include "base/kaf-id.h"
#include "base/kaf-number.h"
#include "base/kaf-random.h"
#include "ui/compat/kaf-tooltip.h"
#include "ui/mission/kaf-budget-table-private.h"
#include "ui/mission/kaf-budget-text.h"

#define NARROW_BELOW 560 /* px */
#define ITEM_WIDTH 140
#define HEAD_ROWS 1
#define MAX_PAYER_CHARS 16

G_DEFINE_FINAL_TYPE (KafBudgetTable, kaf_budget_table, GTK_TYPE_WIDGET)

guint kaf_table_signals[KAF_TABLE_N_SIGNALS];

const KafBudgetLine *
kaf_table_line (KafBudgetTable *self, guint row)
{
  return row < self->lines->len ? g_ptr_array_index (self->lines, row) : NULL;
}

const KafBudgetColumn *
kaf_table_column (KafBudgetTable *self, guint column)
{
  return column < self->columns->len ? &g_array_index (self->columns, KafBudgetColumn, column)
                                     : NULL;
}

KafBudgetCell *
kaf_table_cell (KafBudgetTable *self, guint row, guint column)
{
  guint i = row * self->columns->len + column;

  return column < self->columns->len && i < self->cells->len ? g_ptr_array_index (self->cells, i)
                                                             : NULL;
}

KafBudgetCell *
kaf_table_written (KafBudgetTable *self)
{
  KafBudgetCell *cell = kaf_table_cell (self, self->row, self->column);

  return cell != NULL && kaf_budget_cell_is_written (cell) ? cell : NULL;
}

const char *
kaf_table_field (KafBudgetTable *self, KafBudgetKind kind)
{
  static const char *const fields[] = {
    [KAF_BUDGET_CATEGORY] = "category", [KAF_BUDGET_QUANTITY] = "quantity",
    [KAF_BUDGET_PRICE] = "unit_price",  [KAF_BUDGET_BASIS] = "basis",
    [KAF_BUDGET_PAYER] = "payer",       [KAF_BUDGET_COMMITTED] = "committed",
    [KAF_BUDGET_SPENDING] = "spent",    [KAF_BUDGET_SETTLED] = "settled_on",
    [KAF_BUDGET_COST] = NULL,
  };

  if (kind == KAF_BUDGET_ITEM)
    return self->lang == KAF_LANG_AR ? "label_ar" : "label_fr";
  return fields[kind];
}

gboolean
kaf_table_may_write (KafBudgetTable *self, KafBudgetKind kind)
{
  if (!self->writable)
    return FALSE;
  return kind >= KAF_BUDGET_COMMITTED && kind <= KAF_BUDGET_SETTLED
             ? self->phase == KAF_BUDGET_SPENT
             : self->phase == KAF_BUDGET_PLANNED;
}

/* The cursor */

gboolean
kaf_table_go_to (KafBudgetTable *self, int row, int column)
{
  KafBudgetCell *before = kaf_table_cell (self, self->row, self->column);
  KafBudgetCell *cell;

  if (row < 0 || column < 0 || (guint) row >= self->lines->len ||
      (guint) column >= self->columns->len)
    return FALSE;
  cell = kaf_table_cell (self, (guint) row, (guint) column);
  /* What is typed elsewhere is kept first; what cannot be kept holds the cursor. */
  if (before != NULL && before != cell && kaf_budget_cell_is_written (before))
    {
      g_signal_emit_by_name (before, "written", 0);
      if (kaf_budget_cell_is_written (before))
        return TRUE;
      cell = kaf_table_cell (self, (guint) row, (guint) column);
      if (cell == NULL)
        return FALSE;
    }
  if (before != NULL && before != cell && kaf_table_cell (self, self->row, self->column) == before)
    gtk_widget_set_focusable (GTK_WIDGET (before), FALSE);
  self->row = (guint) row;
  self->column = (guint) column;
  gtk_widget_set_focusable (GTK_WIDGET (cell), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (cell));
  return TRUE;
}

/* Columns */

static void
clear_column (gpointer data)
{
  g_free (((KafBudgetColumn *) data)->payer);
}

static void
append_column (GArray *columns, KafBudgetKind kind, const char *payer)
{
  KafBudgetColumn column = { kind, g_strdup (payer) };

  g_array_append_val (columns, column);
}

static GArray *
list_columns (KafBudgetTable *self)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (KafBudgetColumn));

  g_array_set_clear_func (columns, clear_column);
  append_column (columns, KAF_BUDGET_ITEM, NULL);
  if (self->narrow)
    {
      append_column (columns, KAF_BUDGET_COST, NULL);
      return columns;
    }
  append_column (columns, KAF_BUDGET_CATEGORY, NULL);
  append_column (columns, KAF_BUDGET_QUANTITY, NULL);
  append_column (columns, KAF_BUDGET_PRICE, NULL);
  for (guint i = 0; i < self->budget->payers->len; i++)
    append_column (columns, KAF_BUDGET_PAYER, g_ptr_array_index (self->budget->payers, i));
  append_column (columns, KAF_BUDGET_UNPAID, NULL);
  append_column (columns, KAF_BUDGET_BASIS, NULL);
  if (self->phase == KAF_BUDGET_SPENT)
    {
      append_column (columns, KAF_BUDGET_COMMITTED, NULL);
      append_column (columns, KAF_BUDGET_SPENDING, NULL);
      append_column (columns, KAF_BUDGET_SETTLED, NULL);
    }
  return columns;
}

static const char *
get_heading (KafBudgetTable *self, const KafBudgetColumn *column)
{
  switch (column->kind)
    {
    case KAF_BUDGET_ITEM:
      return _ ("Item");
    case KAF_BUDGET_CATEGORY:
      return _ ("Category");
    case KAF_BUDGET_QUANTITY:
      return C_ ("budget", "Qty");
    case KAF_BUDGET_PRICE:
      return _ ("Unit price");
    case KAF_BUDGET_PAYER:
      return kaf_budget_name (self->names, column->payer);
    case KAF_BUDGET_UNPAID:
      return _ ("Without payer");
    case KAF_BUDGET_BASIS:
      return _ ("Basis");
    case KAF_BUDGET_COMMITTED:
      return _ ("Committed");
    case KAF_BUDGET_SPENDING:
      return _ ("Spent");
    case KAF_BUDGET_SETTLED:
      return _ ("Settled on");
    default:
      return _ ("Cost");
    }
}

static gboolean
is_figure (KafBudgetKind kind)
{
  return kind != KAF_BUDGET_ITEM && kind != KAF_BUDGET_CATEGORY && kind != KAF_BUDGET_BASIS &&
         kind != KAF_BUDGET_SETTLED;
}

/* Characters that are never cut; the table scrolls sideways instead. */
static int
get_least (KafBudgetKind kind)
{
  switch (kind)
    {
    case KAF_BUDGET_BASIS:
      return 8;
    case KAF_BUDGET_SETTLED:
    case KAF_BUDGET_CATEGORY:
      return 10;
    default:
      return -1;
    }
}

/* What cells show */

static char *
get_date (KafBudgetTable *self, KafDay day)
{
  g_autofree char *iso = kaf_day_to_iso (day);
  g_autofree char *text = iso != NULL ? kaf_date_format (iso, self->lang, KAF_DATE_SHORT) : NULL;

  return kaf_bidi_ltr (text);
}

/* "12 600,00", or "price unknown". */
static char *
get_cost (KafBudgetTable *self, const KafBudgetLine *line)
{
  gint64 cost;

  if (kaf_budget_line_cost (line, &cost))
    return kaf_budget_amount (cost, line->currency, kaf_budget_home (self->mission, self->budget),
                              self->lang);
  return g_strdup (line->unit_price < 0 ? _ ("price unknown") : _ ("too large"));
}

static char *
get_amount (KafBudgetTable *self, const KafBudgetLine *line, gint64 amount)
{
  return amount >= 0 ? kaf_budget_amount (amount, line->currency,
                                          kaf_budget_home (self->mission, self->budget), self->lang)
                     : g_strdup ("");
}

static char *
get_text (KafBudgetTable *self, const KafBudgetLine *line, const KafBudgetColumn *column)
{
  switch (column->kind)
    {
    case KAF_BUDGET_ITEM:
      return g_strdup (line->label != NULL ? line->label : "");
    case KAF_BUDGET_CATEGORY:
      return g_strdup (kaf_budget_category_name (line->category));
    case KAF_BUDGET_QUANTITY:
      return kaf_number_format (line->quantity, self->lang);
    case KAF_BUDGET_PRICE:
      return line->unit_price >= 0 ? get_amount (self, line, line->unit_price) : g_strdup ("—");
    case KAF_BUDGET_PAYER:
      return line->payer != NULL && g_strcmp0 (line->payer, column->payer) == 0
                 ? get_cost (self, line)
                 : g_strdup ("");
    case KAF_BUDGET_UNPAID:
      return line->payer == NULL ? get_cost (self, line) : g_strdup ("");
    case KAF_BUDGET_BASIS:
      return g_strdup (kaf_budget_name (self->names, line->basis));
    case KAF_BUDGET_COMMITTED:
      return get_amount (self, line, line->committed);
    case KAF_BUDGET_SPENDING:
      return get_amount (self, line, line->spent);
    case KAF_BUDGET_SETTLED:
      return get_date (self, line->settled_on);
    default:
      return get_cost (self, line);
    }
}

/* "Local transport, unit price: 1 400,00". */
static char *
get_label (KafBudgetTable *self,
           const KafBudgetLine *line,
           const KafBudgetColumn *column,
           const char *text)
{
  g_autofree char *item = kaf_bidi_isolate (line->label != NULL ? line->label : _ ("new line"));
  g_autofree char *heading = kaf_bidi_isolate (get_heading (self, column));
  g_autofree char *value = kaf_bidi_isolate (*text != '\0' ? text : _ ("empty"));

  if (column->kind == KAF_BUDGET_COST && line->payer == NULL)
    {
      g_autofree char *cost = g_strdup_printf (_ ("%s, without payer"), value);

      return g_strdup_printf (C_ ("line, column: value", "%s, %s: %s"), item, heading, cost);
    }
  if (line->adjusted != 0 &&
      (column->kind == KAF_BUDGET_PAYER || column->kind == KAF_BUDGET_UNPAID) && *text != '\0')
    {
      g_autofree char *by =
          kaf_budget_amount (line->adjusted, line->currency,
                             kaf_budget_home (self->mission, self->budget), self->lang);
      g_autofree char *cost = g_strdup_printf (_ ("%s, adjusted by %s"), value, by);

      return g_strdup_printf (C_ ("line, column: value", "%s, %s: %s"), item, heading, cost);
    }
  return g_strdup_printf (C_ ("line, column: value", "%s, %s: %s"), item, heading, value);
}

static const char *
get_style (const KafBudgetLine *line, const KafBudgetColumn *column)
{
  gboolean missing =
      line->payer == NULL && (column->kind == KAF_BUDGET_UNPAID || column->kind == KAF_BUDGET_COST);

  if (missing)
    return "missing";
  if (column->kind == KAF_BUDGET_CATEGORY || column->kind == KAF_BUDGET_BASIS)
    return "aside";
  return line->adjusted != 0 && column->kind == KAF_BUDGET_PAYER ? "adjusted" : NULL;
}

static void
show_cells (KafBudgetTable *self)
{
  for (guint row = 0; row < self->lines->len; row++)
    for (guint i = 0; i < self->columns->len; i++)
      {
        const KafBudgetLine *line = kaf_table_line (self, row);
        const KafBudgetColumn *column = kaf_table_column (self, i);
        g_autofree char *text = get_text (self, line, column);
        g_autofree char *label = get_label (self, line, column, text);

        kaf_budget_cell_set (kaf_table_cell (self, row, i), text, label, get_style (line, column));
      }
}

/* Totals */

/* What stands under a column in the row of @sum; NULL: nothing. */
static char *
get_total (KafBudgetTable *self, const KafBudgetSum *sum, const KafBudgetColumn *column)
{
  const char *home = kaf_budget_home (self->mission, self->budget);
  gint64 amount;

  switch (column->kind)
    {
    case KAF_BUDGET_PRICE:
    case KAF_BUDGET_COST:
      amount = sum->total;
      break;
    case KAF_BUDGET_PAYER:
    case KAF_BUDGET_UNPAID:
      amount = kaf_budget_sum_of_payer (sum, column->payer);
      break;
    case KAF_BUDGET_COMMITTED:
      amount = sum->committed;
      break;
    case KAF_BUDGET_SPENDING:
      amount = sum->spent;
      break;
    default:
      return NULL;
    }
  /* Nothing was entered, or not in this currency. */
  if (amount == 0 && column->kind != KAF_BUDGET_PRICE && column->kind != KAF_BUDGET_COST)
    return NULL;
  return self->budget->overflowed ? g_strdup (_ ("too large"))
                                  : kaf_budget_amount (amount, sum->currency, home, self->lang);
}

static GtkWidget *
total_new (KafBudgetTable *self, const char *text, const KafBudgetColumn *column)
{
  GtkWidget *label = gtk_label_new (text);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_label_set_xalign (GTK_LABEL (label), is_figure (column->kind) ? (rtl ? 0 : 1) : 0);
  gtk_widget_add_css_class (label, "kaf-budget-total");
  if (is_figure (column->kind))
    gtk_widget_add_css_class (label, "numeric");
  if (column->kind == KAF_BUDGET_UNPAID && text != NULL)
    gtk_widget_add_css_class (label, "error");
  return label;
}

static void
show_totals (KafBudgetTable *self)
{
  const char *home = kaf_budget_home (self->mission, self->budget);
  int at = (int) self->lines->len + HEAD_ROWS;

  for (guint i = 0; i < self->totals->len; i++)
    gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->totals, i));
  g_ptr_array_set_size (self->totals, 0);
  for (guint n = 0; n < self->budget->sums->len; n++, at++)
    {
      const KafBudgetSum *sum = g_ptr_array_index (self->budget->sums, n);

      for (guint i = 0; i < self->columns->len; i++)
        {
          const KafBudgetColumn *column = kaf_table_column (self, i);
          gboolean aside = i + 1 < self->columns->len &&
                           kaf_table_column (self, i + 1)->kind == KAF_BUDGET_CATEGORY;
          g_autofree char *text = get_total (self, sum, column);
          GtkWidget *label;

          if (column->kind == KAF_BUDGET_ITEM)
            text = g_strcmp0 (sum->currency, home) == 0
                       ? g_strdup (_ ("Total by payer"))
                       : g_strdup_printf (_ ("Total by payer, %s"), sum->currency);
          label = total_new (self, text, column);
          /* A category has no total: the words take its place too, lest they widen the column of items. */
          gtk_grid_attach (GTK_GRID (self->grid), label, (int) i, at, aside ? 2 : 1, 1);
          g_ptr_array_add (self->totals, label);
          i += aside;
        }
    }
}

/* The grid */

static void
add_headings (KafBudgetTable *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const KafBudgetColumn *column = kaf_table_column (self, i);
      GtkWidget *label = gtk_label_new (get_heading (self, column));

      gtk_label_set_xalign (GTK_LABEL (label), is_figure (column->kind) ? (rtl ? 0 : 1) : 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), column->kind == KAF_BUDGET_PAYER
                                                      ? PANGO_ELLIPSIZE_END
                                                      : PANGO_ELLIPSIZE_NONE);
      if (column->kind == KAF_BUDGET_UNPAID)
        gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      if (column->kind == KAF_BUDGET_PAYER)
        {
          gtk_label_set_width_chars (GTK_LABEL (label), 8);
          gtk_label_set_wrap (GTK_LABEL (label), TRUE);
          gtk_label_set_lines (GTK_LABEL (label), 2);
          gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_PAYER_CHARS);
          kaf_tooltip_set (label, get_heading (self, column));
        }
      gtk_widget_add_css_class (label, "kaf-budget-heading");
      gtk_grid_attach (GTK_GRID (self->grid), label, (int) i, 0, 1, 1);
    }
}

static void
add_cells (KafBudgetTable *self)
{
  for (guint row = 0; row < self->lines->len; row++)
    for (guint i = 0; i < self->columns->len; i++)
      {
        KafBudgetKind kind = kaf_table_column (self, i)->kind;
        GtkWidget *cell = kaf_budget_cell_new (is_figure (kind), get_least (kind));

        gtk_widget_set_focusable (cell, FALSE);
        gtk_widget_set_hexpand (cell, kind == KAF_BUDGET_ITEM);
        if (kind == KAF_BUDGET_ITEM)
          gtk_widget_set_size_request (cell, ITEM_WIDTH, -1);
        kaf_table_watch_cell (self, KAF_BUDGET_CELL (cell));
        gtk_grid_attach (GTK_GRID (self->grid), cell, (int) i, (int) row + HEAD_ROWS, 1, 1);
        g_ptr_array_add (self->cells, cell);
      }
}

static gboolean
same_columns (GArray *one, GArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    {
      const KafBudgetColumn *a = &g_array_index (one, KafBudgetColumn, i);
      const KafBudgetColumn *b = &g_array_index (other, KafBudgetColumn, i);

      if (a->kind != b->kind || g_strcmp0 (a->payer, b->payer) != 0)
        return FALSE;
    }
  return TRUE;
}

static GStrv
list_ids (KafBudgetTable *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->lines->len; i++)
    g_strv_builder_add (builder, kaf_table_line (self, i)->id);
  return g_strv_builder_end (builder);
}

static gboolean
has_focus (KafBudgetTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* Where the cursor was, by what it was on: a payer that has no column any more was set free, or set elsewhere. */
static void
restore_cursor (KafBudgetTable *self, const char *id, KafBudgetKind kind, const char *payer)
{
  guint row = MIN (self->row, MAX (self->lines->len, 1) - 1);
  guint column = 0;

  for (guint i = 0; i < self->lines->len; i++)
    if (g_strcmp0 (kaf_table_line (self, i)->id, id) == 0)
      row = i;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KafBudgetColumn *one = kaf_table_column (self, i);

      if (one->kind == kind && (kind != KAF_BUDGET_PAYER || g_strcmp0 (one->payer, payer) == 0))
        column = i;
      else if (column == 0 && kind == KAF_BUDGET_PAYER && one->kind == KAF_BUDGET_UNPAID)
        column = i;
    }
  self->row = row;
  self->column = column;
}

static void
rebuild (KafBudgetTable *self, GArray *columns, GStrv ids)
{
  const KafBudgetColumn *at = kaf_table_column (self, self->column);
  KafBudgetKind kind = at != NULL ? at->kind : KAF_BUDGET_ITEM;
  g_autofree char *payer = at != NULL ? g_strdup (at->payer) : NULL;
  g_autofree char *id = self->shown != NULL && self->row < g_strv_length (self->shown)
                            ? g_strdup (self->shown[self->row])
                            : NULL;
  gboolean focused = has_focus (self);
  KafBudgetCell *cell;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_ptr_array_set_size (self->cells, 0);
  g_ptr_array_set_size (self->totals, 0);
  g_array_unref (self->columns);
  self->columns = g_array_ref (columns);
  g_strfreev (self->shown);
  self->shown = ids;
  add_headings (self);
  add_cells (self);
  restore_cursor (self, id, kind, payer);
  cell = kaf_table_cell (self, self->row, self->column);
  if (cell == NULL)
    return;
  gtk_widget_set_focusable (GTK_WIDGET (cell), TRUE);
  if (focused)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
}

static void
list_lines (KafBudgetTable *self)
{
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < self->mission->lines->len; i++)
    {
      KafBudgetLine *line = g_ptr_array_index (self->mission->lines, i);

      if (g_strcmp0 (line->id, self->draft_id) == 0)
        {
          g_clear_pointer (&self->draft_id, g_free);
          self->draft.id = NULL;
        }
      g_ptr_array_add (self->lines, line);
    }
  if (self->draft_id != NULL)
    g_ptr_array_add (self->lines, &self->draft);
}

static void
update (KafBudgetTable *self)
{
  g_autoptr (GArray) columns = NULL;
  g_auto (GStrv) ids = NULL;

  list_lines (self);
  columns = list_columns (self);
  ids = list_ids (self);
  if (self->shown == NULL || !same_columns (columns, self->columns) ||
      !g_strv_equal ((const char *const *) ids, (const char *const *) self->shown))
    rebuild (self, columns, g_steal_pointer (&ids));
  show_cells (self);
  show_totals (self);
}

/* Another mission */

static void
take (KafBudgetTable *self, KafMission *mission, GHashTable *names)
{
  kaf_mission_ref (mission);
  if (names != NULL)
    g_hash_table_ref (names);
  g_clear_pointer (&self->budget, kaf_budget_free);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->mission = mission;
  self->names = names;
  self->budget = kaf_budget_new (mission);
}

void
kaf_table_catch_up (KafBudgetTable *self)
{
  g_autoptr (KafMission) mission = g_steal_pointer (&self->next_mission);
  g_autoptr (GHashTable) names = g_steal_pointer (&self->next_names);

  if (mission != NULL)
    kaf_budget_table_set (self, mission, names, self->next_phase, self->next_writable);
}

void
kaf_budget_table_set (KafBudgetTable *self,
                      KafMission *mission,
                      GHashTable *names,
                      KafBudgetPhase phase,
                      gboolean writable)
{
  g_return_if_fail (KAF_IS_BUDGET_TABLE (self));

  if (kaf_table_written (self) != NULL)
    {
      kaf_mission_ref (mission);
      g_clear_pointer (&self->next_mission, kaf_mission_unref);
      self->next_mission = mission;
      g_clear_pointer (&self->next_names, g_hash_table_unref);
      self->next_names = names != NULL ? g_hash_table_ref (names) : NULL;
      self->next_phase = phase;
      self->next_writable = writable;
      return;
    }
  g_clear_pointer (&self->next_mission, kaf_mission_unref);
  g_clear_pointer (&self->next_names, g_hash_table_unref);
  take (self, mission, names);
  self->phase = phase;
  self->writable = writable;
  update (self);
}

/* The draft */

void
kaf_table_drop_draft (KafBudgetTable *self)
{
  if (self->draft_id == NULL || self->draft_told)
    return;
  self->draft.id = NULL;
  g_clear_pointer (&self->draft_id, g_free);
  if (self->row > 0 && self->row + 1 == self->lines->len)
    self->row--;
  update (self);
}

void
kaf_budget_table_add (KafBudgetTable *self)
{
  g_autoptr (KafClock) clock = NULL;
  g_autoptr (KafRandom) random = NULL;
  const KafBudgetLine *last;

  g_return_if_fail (KAF_IS_BUDGET_TABLE (self));

  if (self->mission == NULL || !kaf_table_may_write (self, KAF_BUDGET_ITEM))
    return;
  last = kaf_table_line (self, self->lines->len - 1);
  if (self->draft_id == NULL)
    {
      clock = kaf_clock_new_system ();
      random = kaf_random_new_system ();
      self->draft_id = kaf_id_new (clock, random);
      self->draft =
          (KafBudgetLine){ .id = self->draft_id,
                           .category = g_intern_string (last != NULL ? last->category : "other"),
                           .quantity = 1,
                           .unit_price = -1,
                           .committed = -1,
                           .spent = -1 };
      self->draft_told = FALSE;
      update (self);
    }
  if (kaf_table_go_to (self, (int) self->lines->len - 1, 0) && kaf_table_written (self) == NULL)
    kaf_budget_cell_begin (kaf_table_cell (self, self->row, 0), "", FALSE);
}

/* Narrow and wide */

static gboolean
on_relayout (gpointer data)
{
  KafBudgetTable *self = data;

  self->relayout = 0;
  if (self->mission != NULL && kaf_table_written (self) == NULL)
    update (self);
  return G_SOURCE_REMOVE;
}

static void
kaf_budget_table_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gtk_widget_measure (KAF_BUDGET_TABLE (widget)->scrolled, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
kaf_budget_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafBudgetTable *self = KAF_BUDGET_TABLE (widget);
  gboolean narrow = width < NARROW_BELOW;

  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation){ 0, 0, width, height }, -1);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->relayout == 0)
    self->relayout = g_idle_add (on_relayout, self);
}

/* The widget */

static void
kaf_budget_table_dispose (GObject *object)
{
  KafBudgetTable *self = KAF_BUDGET_TABLE (object);

  g_clear_handle_id (&self->relayout, g_source_remove);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_budget_table_parent_class)->dispose (object);
}

static void
kaf_budget_table_finalize (GObject *object)
{
  KafBudgetTable *self = KAF_BUDGET_TABLE (object);

  g_clear_pointer (&self->budget, kaf_budget_free);
  g_clear_pointer (&self->mission, kaf_mission_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->next_mission, kaf_mission_unref);
  g_clear_pointer (&self->next_names, g_hash_table_unref);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->totals);
  g_strfreev (self->shown);
  g_free (self->draft_id);
  g_free (self->draft_label);
  G_OBJECT_CLASS (kaf_budget_table_parent_class)->finalize (object);
}

static void
kaf_budget_table_class_init (KafBudgetTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  static const char *const names[KAF_TABLE_N_SIGNALS] = {
    [KAF_TABLE_REMOVE] = "remove-line",
    [KAF_TABLE_EDIT] = "edit-line",
    [KAF_TABLE_ADJUST] = "adjust-line",
    [KAF_TABLE_PROBLEM] = "problem",
  };

  G_OBJECT_CLASS (klass)->dispose = kaf_budget_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_budget_table_finalize;
  widget_class->measure = kaf_budget_table_measure;
  widget_class->size_allocate = kaf_budget_table_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "budgettable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  kaf_table_signals[KAF_TABLE_CHANGE] =
      g_signal_new ("change", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_POINTER, G_TYPE_POINTER);
  kaf_table_signals[KAF_TABLE_CREATE] = g_signal_new ("create", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  kaf_table_signals[KAF_TABLE_CHOOSE] =
      g_signal_new ("choose", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_STRING, G_TYPE_INT, GTK_TYPE_WIDGET);
  for (guint i = 0; i < KAF_TABLE_N_SIGNALS; i++)
    if (names[i] != NULL)
      kaf_table_signals[i] = g_signal_new (names[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kaf_budget_table_init (KafBudgetTable *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (KafBudgetColumn));
  self->lines = g_ptr_array_new ();
  self->cells = g_ptr_array_new ();
  self->totals = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->grid);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Budget"), -1);
  kaf_table_add_keys (self);
}

GtkWidget *
kaf_budget_table_new (KafLang lang)
{
  KafBudgetTable *self = g_object_new (KAF_TYPE_BUDGET_TABLE, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

const char *
kaf_budget_table_get_line (KafBudgetTable *self)
{
  const KafBudgetLine *line;

  g_return_val_if_fail (KAF_IS_BUDGET_TABLE (self), NULL);

  line = kaf_table_line (self, self->row);
  return line != NULL ? line->id : NULL;
}

gboolean
kaf_budget_table_get_cursor (KafBudgetTable *self, const char **id, KafBudgetKind *kind)
{
  const KafBudgetColumn *column;

  g_return_val_if_fail (KAF_IS_BUDGET_TABLE (self), FALSE);

  *id = kaf_budget_table_get_line (self);
  column = kaf_table_column (self, self->column);
  if (*id == NULL || column == NULL)
    return FALSE;
  *kind = column->kind;
  return TRUE;
}

static gboolean
find_place (KafBudgetTable *self,
            const char *id,
            KafBudgetKind kind,
            const char *payer,
            guint *row,
            guint *column)
{
  gboolean found = FALSE;

  for (*row = 0; *row < self->lines->len && !found; (*row)++)
    found = g_strcmp0 (kaf_table_line (self, *row)->id, id) == 0;
  if (!found)
    return FALSE;
  (*row)--;
  for (*column = 0; *column < self->columns->len; (*column)++)
    {
      const KafBudgetColumn *one = kaf_table_column (self, *column);

      if (one->kind == kind && (kind != KAF_BUDGET_PAYER || g_strcmp0 (one->payer, payer) == 0))
        return TRUE;
    }
  return FALSE;
}

gboolean
kaf_budget_table_focus (KafBudgetTable *self, const char *id, KafBudgetKind kind, const char *payer)
{
  guint row, column;

  g_return_val_if_fail (KAF_IS_BUDGET_TABLE (self), FALSE);

  return find_place (self, id, kind, payer, &row, &column) &&
         kaf_table_go_to (self, (int) row, (int) column);
}

GtkWidget *
kaf_budget_table_find_cell (KafBudgetTable *self,
                            const char *id,
                            KafBudgetKind kind,
                            const char *payer)
{
  guint row, column;

  g_return_val_if_fail (KAF_IS_BUDGET_TABLE (self), NULL);

  return find_place (self, id, kind, payer, &row, &column)
             ? GTK_WIDGET (kaf_table_cell (self, row, column))
             : NULL;
}

gboolean
kaf_budget_table_is_narrow (KafBudgetTable *self)
{
  g_return_val_if_fail (KAF_IS_BUDGET_TABLE (self), FALSE);

  return self->narrow;
}
