/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys and typing do in the table of the budget. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-money.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "ui/mission/kaf-budget-table-private.h"

/* The value of a cell, as the record has it */

static char *
get_canonical (KafBudgetTable *self, const KafBudgetLine *line, KafBudgetKind kind)
{
  const char *currency = line->currency != NULL ? line->currency : "MAD";

  switch (kind)
    {
    case KAF_BUDGET_ITEM:
      return g_strdup (line->label);
    case KAF_BUDGET_CATEGORY:
      return g_strdup (line->category);
    case KAF_BUDGET_QUANTITY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity);
    case KAF_BUDGET_PRICE:
      return line->unit_price >= 0 ? kaf_money_make (line->unit_price, currency) : NULL;
    case KAF_BUDGET_COMMITTED:
      return line->committed >= 0 ? kaf_money_make (line->committed, currency) : NULL;
    case KAF_BUDGET_SPENDING:
      return line->spent >= 0 ? kaf_money_make (line->spent, currency) : NULL;
    case KAF_BUDGET_SETTLED:
      return kaf_day_to_iso (line->settled_on);
    case KAF_BUDGET_BASIS:
      return g_strdup (line->basis);
    default:
      return g_strdup (line->payer);
    }
}

static const KafField *
get_field (KafBudgetTable *self, KafBudgetKind kind)
{
  const char *id = kaf_table_field (self, kind);

  return id != NULL ? kaf_entity_find_field (kaf_registry_find ("budget_line"), id) : NULL;
}

static gboolean
is_money (KafBudgetKind kind)
{
  return kind == KAF_BUDGET_PRICE || kind == KAF_BUDGET_COMMITTED || kind == KAF_BUDGET_SPENDING;
}

static gboolean
is_typed (KafBudgetKind kind)
{
  return kind == KAF_BUDGET_ITEM || kind == KAF_BUDGET_QUANTITY || kind == KAF_BUDGET_SETTLED ||
         is_money (kind);
}

/* An amount without a currency is in that of its line, or of the budget. */
static char *
with_currency (KafBudgetTable *self, const KafBudgetLine *line, const char *typed)
{
  const char *home = self->mission->currency;
  gboolean blank = TRUE;

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalpha (c) || g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL)
        return g_strdup (typed);
      blank = blank && g_unichar_isspace (c);
    }
  if (blank)
    return g_strdup (typed);
  return g_strdup_printf ("%s %s", typed,
                          line->currency != NULL ? line->currency
                          : home != NULL         ? home
                                                 : "MAD");
}

/* Changes */

/* The field of @kind and those of its unit, as the line has them. */
static KafRecord *
make_shown (KafBudgetTable *self, const KafBudgetLine *line, KafBudgetKind kind)
{
  KafRecord *shown = kaf_record_new (kaf_registry_find ("budget_line"), line->id);
  gboolean costs = kind == KAF_BUDGET_QUANTITY || kind == KAF_BUDGET_PRICE;

  for (guint one = KAF_BUDGET_ITEM; one <= KAF_BUDGET_SETTLED; one++)
    {
      const char *field = kaf_table_field (self, one);
      g_autofree char *value = NULL;

      if (field == NULL ||
          (one != kind && !(costs && (one == KAF_BUDGET_QUANTITY || one == KAF_BUDGET_PRICE))))
        continue;
      if (one != KAF_BUDGET_ITEM || !line->borrowed)
        value = get_canonical (self, line, one);
      kaf_record_set (shown, field, value);
    }
  return shown;
}

static void
emit_change (KafBudgetTable *self, const KafBudgetLine *line, KafBudgetKind kind, const char *value)
{
  g_autoptr (KafRecord) change = kaf_record_new (kaf_registry_find ("budget_line"), line->id);
  g_autoptr (KafRecord) shown = make_shown (self, line, kind);

  kaf_record_set (change, kaf_table_field (self, kind), value);
  g_signal_emit (self, kaf_table_signals[KAF_TABLE_CHANGE], 0, change, shown);
}

static gboolean
set_payer (KafBudgetTable *self, const KafBudgetLine *line, const char *payer)
{
  if (!kaf_table_may_write (self, KAF_BUDGET_PAYER))
    return FALSE;
  if (g_strcmp0 (line->payer, payer) != 0)
    emit_change (self, line, KAF_BUDGET_PAYER, payer);
  return TRUE;
}

/* The name of a row that is no line yet makes it one; of the kind of the line above, once. */
static void
create_draft (KafBudgetTable *self, const char *label)
{
  g_autoptr (KafRecord) record = kaf_record_new (kaf_registry_find ("budget_line"), self->draft_id);
  g_autofree char *position = g_strdup_printf ("%u", self->mission->lines->len + 1);

  kaf_record_begin (record);
  kaf_record_set (record, "mission", self->mission->id);
  kaf_record_set (record, kaf_table_field (self, KAF_BUDGET_ITEM), label);
  kaf_record_set (record, "category", self->draft.category);
  kaf_record_set (record, "quantity", "1");
  kaf_record_set (record, "position", position);
  g_free (self->draft_label);
  self->draft_label = g_strdup (label);
  self->draft.label = self->draft_label;
  self->draft_told = TRUE;
  g_signal_emit (self, kaf_table_signals[KAF_TABLE_CREATE], 0, record);
}

/* FALSE: what is typed cannot be kept, and says why. */
static gboolean
keep_typed (KafBudgetTable *self, KafBudgetCell *cell)
{
  const KafBudgetLine *line = kaf_table_line (self, self->row);
  KafBudgetKind kind = kaf_table_column (self, self->column)->kind;
  const KafField *field = get_field (self, kind);
  g_autofree char *before = get_canonical (self, line, kind);
  g_autofree char *typed = is_money (kind)
                               ? with_currency (self, line, kaf_budget_cell_get_typed (cell))
                               : g_strdup (kaf_budget_cell_get_typed (cell));
  g_autofree char *canonical = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_value_parse (field, typed, NULL, &canonical, NULL, &error))
    sentence = kaf_value_explain (field, error);
  else if (canonical == NULL && (kind == KAF_BUDGET_ITEM || kind == KAF_BUDGET_QUANTITY))
    sentence = g_strdup (_ ("This cell cannot stay empty. Esc gives up what was typed."));
  kaf_budget_cell_set_wrong (cell, sentence);
  g_signal_emit (self, kaf_table_signals[KAF_TABLE_PROBLEM], 0, sentence);
  if (sentence != NULL)
    return FALSE;
  if (line->id == self->draft_id && !self->draft_told)
    create_draft (self, canonical);
  else if (g_strcmp0 (before, canonical) != 0)
    emit_change (self, line, kind, canonical);
  return TRUE;
}

static gboolean
is_blank_draft (KafBudgetTable *self, KafBudgetCell *cell)
{
  const KafBudgetLine *line = kaf_table_line (self, self->row);
  g_autofree char *typed = g_strstrip (g_strdup (kaf_budget_cell_get_typed (cell)));

  return line->id == self->draft_id && !self->draft_told && *typed == '\0';
}

static void
on_written (KafBudgetCell *cell, int step, KafBudgetTable *self)
{
  int row = (int) self->row, column = (int) self->column;

  if (cell != kaf_table_written (self))
    return;
  if (is_blank_draft (self, cell))
    {
      kaf_budget_cell_end (cell);
      kaf_table_drop_draft (self);
      return;
    }
  if (!keep_typed (self, cell))
    return;
  kaf_budget_cell_end (cell);
  if (step == 1 || step == -1)
    {
      if (!kaf_table_go_to (self, row, column + step))
        kaf_table_go_to (self, row + step, step > 0 ? 0 : (int) self->columns->len - 1);
    }
  else if (step == 2)
    kaf_table_go_to (self, row + 1, column);
  kaf_table_catch_up (self);
}

static void
on_given_up (KafBudgetCell *cell, KafBudgetTable *self)
{
  gboolean blank = kaf_table_line (self, self->row)->id == self->draft_id && !self->draft_told;

  g_signal_emit (self, kaf_table_signals[KAF_TABLE_PROBLEM], 0, NULL);
  kaf_budget_cell_end (cell);
  if (blank)
    kaf_table_drop_draft (self);
  kaf_table_catch_up (self);
}

void
kaf_table_watch_cell (KafBudgetTable *self, KafBudgetCell *cell)
{
  g_signal_connect (cell, "written", G_CALLBACK (on_written), self);
  g_signal_connect (cell, "given-up", G_CALLBACK (on_given_up), self);
}

/* Cells */

/* @first: typed already; 0: all of what stands there is selected. */
static gboolean
begin_writing (KafBudgetTable *self, gunichar first)
{
  const KafBudgetLine *line = kaf_table_line (self, self->row);
  KafBudgetKind kind = kaf_table_column (self, self->column)->kind;
  g_autofree char *canonical = get_canonical (self, line, kind);
  g_autofree char *text = NULL;
  char typed[7] = { 0 };

  if (!is_typed (kind) || !kaf_table_may_write (self, kind))
    return FALSE;
  if (first != 0)
    g_unichar_to_utf8 (first, typed);
  text = first != 0 || canonical == NULL
             ? g_strdup (typed)
             : kaf_value_format (get_field (self, kind), canonical, self->lang, NULL, NULL);
  kaf_budget_cell_begin (kaf_table_cell (self, self->row, self->column), text, first == 0);
  return TRUE;
}

static void
ask_choice (KafBudgetTable *self, KafBudgetKind kind)
{
  const KafBudgetLine *line = kaf_table_line (self, self->row);

  if (kaf_table_may_write (self, kind))
    g_signal_emit (self, kaf_table_signals[KAF_TABLE_CHOOSE], 0, line->id, (int) kind,
                   kaf_table_cell (self, self->row, self->column));
}

static gboolean
activate (KafBudgetTable *self)
{
  const KafBudgetLine *line = kaf_table_line (self, self->row);
  const KafBudgetColumn *column = kaf_table_column (self, self->column);
  gboolean plan = column->kind < KAF_BUDGET_COMMITTED || column->kind == KAF_BUDGET_COST;

  if (!self->writable)
    return FALSE;
  if (plan && self->phase != KAF_BUDGET_PLANNED)
    g_signal_emit (self, kaf_table_signals[KAF_TABLE_ADJUST], 0, line->id);
  else if (column->kind == KAF_BUDGET_COST || self->narrow)
    g_signal_emit (self, kaf_table_signals[KAF_TABLE_EDIT], 0, line->id);
  else if (column->kind == KAF_BUDGET_PAYER && g_strcmp0 (column->payer, line->payer) != 0)
    return set_payer (self, line, column->payer);
  else if (column->kind == KAF_BUDGET_PAYER || column->kind == KAF_BUDGET_UNPAID)
    ask_choice (self, KAF_BUDGET_PAYER);
  else if (column->kind == KAF_BUDGET_CATEGORY || column->kind == KAF_BUDGET_BASIS)
    ask_choice (self, column->kind);
  else
    return begin_writing (self, 0);
  return TRUE;
}

static gboolean
repeat_above (KafBudgetTable *self)
{
  const KafBudgetColumn *column = kaf_table_column (self, self->column);
  const KafBudgetLine *line = kaf_table_line (self, self->row);
  const KafBudgetLine *above = self->row > 0 ? kaf_table_line (self, self->row - 1) : NULL;
  g_autofree char *value = NULL;
  g_autofree char *before = NULL;

  if (above == NULL)
    return FALSE;
  if (column->kind == KAF_BUDGET_PAYER || column->kind == KAF_BUDGET_UNPAID)
    return set_payer (self, line, above->payer);
  if (kaf_table_field (self, column->kind) == NULL || !kaf_table_may_write (self, column->kind))
    return FALSE;
  value = get_canonical (self, above, column->kind);
  before = get_canonical (self, line, column->kind);
  if (g_strcmp0 (value, before) != 0)
    emit_change (self, line, column->kind, value);
  return TRUE;
}

static gboolean
remove_line (KafBudgetTable *self)
{
  const KafBudgetLine *line = kaf_table_line (self, self->row);

  if (!kaf_table_may_write (self, KAF_BUDGET_ITEM))
    return FALSE;
  g_signal_emit (self, kaf_table_signals[KAF_TABLE_REMOVE], 0, line->id);
  return TRUE;
}

static gboolean
walk (KafBudgetTable *self, guint keyval, gboolean far)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int row = (int) self->row, column = (int) self->column;
  int last_row = (int) self->lines->len - 1, last_column = (int) self->columns->len - 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
      return kaf_table_go_to (self, row, column + (mirrored ? 1 : -1));
    case GDK_KEY_Right:
      return kaf_table_go_to (self, row, column + (mirrored ? -1 : 1));
    case GDK_KEY_Up:
      return kaf_table_go_to (self, far ? 0 : row - 1, column);
    case GDK_KEY_Down:
      return kaf_table_go_to (self, far ? last_row : row + 1, column);
    case GDK_KEY_Home:
      return kaf_table_go_to (self, far ? 0 : row, 0);
    case GDK_KEY_End:
      return kaf_table_go_to (self, far ? last_row : row, last_column);
    default:
      return FALSE;
    }
}

static gboolean
act_with_control (KafBudgetTable *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_d:
    case GDK_KEY_D:
      return repeat_above (self);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return FALSE; /* leaves the step */
    default:
      return walk (self, keyval, TRUE);
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                KafBudgetTable *self)
{
  gunichar typed = gdk_keyval_to_unicode (keyval);

  if (self->lines->len == 0 || kaf_table_written (self) != NULL ||
      (state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (state & GDK_CONTROL_MASK)
    return act_with_control (self, keyval);
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_F2:
      if ((state & GDK_SHIFT_MASK) == 0)
        return activate (self);
      g_signal_emit (self, kaf_table_signals[KAF_TABLE_EDIT], 0,
                     kaf_table_line (self, self->row)->id);
      return TRUE;
    case GDK_KEY_F4:
      ask_choice (self, KAF_BUDGET_PAYER);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return remove_line (self);
    case GDK_KEY_Insert:
      kaf_budget_table_add (self);
      return TRUE;
    default:
      break;
    }
  if (walk (self, keyval, FALSE))
    return TRUE;
  return typed != 0 && g_unichar_isgraph (typed) && begin_writing (self, typed);
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, KafBudgetTable *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  guint n_columns = self->columns->len;

  if (picked != NULL && !KAF_IS_BUDGET_CELL (picked))
    picked = gtk_widget_get_ancestor (picked, KAF_TYPE_BUDGET_CELL);
  for (guint i = 0; picked != NULL && i < self->cells->len; i++)
    {
      if (g_ptr_array_index (self->cells, i) != picked)
        continue;
      if (kaf_budget_cell_is_written (KAF_BUDGET_CELL (picked)))
        return;
      kaf_table_go_to (self, (int) (i / n_columns), (int) (i % n_columns));
      if (kaf_table_written (self) == NULL &&
          (n == 2 || kaf_table_column (self, self->column)->kind == KAF_BUDGET_UNPAID))
        activate (self);
      return;
    }
}

void
kaf_table_add_keys (KafBudgetTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "released", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
