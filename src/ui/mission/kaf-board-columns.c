/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards are made for those that show. How many do follows from the height, so that a step with many missions does not
 * push the next one off the screen: each step gets its share, and what one does not need goes to the others. */
#include "config.h"

#include "ui/mission/kaf-board-columns.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/kaf-number.h"
#include "ui/mission/kaf-board-text.h"

#define SIDE_BY_SIDE 760 /* px */
#define LEAST_CARDS 2    /* of a step, however low the window */
#define STACKED_CARDS 3  /* of a step, where phases stand one under the other */
#define SPACING 5
#define PHASE_HEIGHT 42 /* its title and paddings */
#define STEP_HEIGHT 46  /* its heading, and the line that tells of more */

struct _KafBoardColumns
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *box;
  KafLang lang;
  const KafBoard *board; /* not owned; nullable */
  guint step;
  gboolean stacked;
  int height;     /* px that were given last */
  guint relayout; /* a source; 0: none */
  GPtrArray
      *walk[KAF_BOARD_PHASES]; /* what the arrows go through, in the order in which it stands */
};

enum
{
  LEAVE,
  MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafBoardColumns, kaf_board_columns, GTK_TYPE_WIDGET)

/* Making */

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_pair (const char *text, const char *class, const char *end, gboolean dim)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *first = make_label (text, class);
  GtkWidget *second = gtk_label_new (end);

  gtk_widget_set_hexpand (first, TRUE);
  if (dim)
    gtk_widget_add_css_class (first, "dim-label");
  gtk_widget_add_css_class (second, "caption");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_widget_add_css_class (second, "numeric");
  gtk_box_append (GTK_BOX (line), first);
  gtk_box_append (GTK_BOX (line), second);
  return line;
}

static void
add_heading (KafBoardColumns *self, GtkWidget *column, guint step)
{
  g_autofree char *number = kaf_number_format (step, self->lang);
  g_autofree char *count = kaf_number_format (self->board->steps[step].n, self->lang);
  g_autofree char *text = g_strdup_printf ("%s · %s", number, kaf_board_step_name (step));
  GtkWidget *line = make_pair (text, "caption", count, TRUE);

  gtk_widget_add_css_class (line, "kaf-board-heading");
  gtk_box_append (GTK_BOX (column), line);
}

static void
on_more (GtkButton *button, KafBoardColumns *self)
{
  g_signal_emit (self, signals[MORE], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kaf-step")));
}

static void
add_more (KafBoardColumns *self, GtkWidget *column, guint phase, guint step, guint n)
{
  g_autofree char *number = kaf_number_format (n, self->lang);
  g_autofree char *text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %s more", "and %s more", n), number);
  g_autofree char *name = g_strdup_printf ("%s: %s", kaf_board_step_name (step), text);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = make_label (text, "caption");

  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "kaf-board-more");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "kaf-step", GUINT_TO_POINTER (step));
  g_signal_connect (button, "clicked", G_CALLBACK (on_more), self);
  gtk_box_append (GTK_BOX (column), button);
  g_ptr_array_add (self->walk[phase], button);
}

static void
add_card (KafBoardColumns *self, GtkWidget *column, guint phase, const KafBoardCard *card)
{
  GtkWidget *item = kaf_board_item_new (card, self->board->day, self->lang);

  gtk_box_append (GTK_BOX (column), item);
  g_ptr_array_add (self->walk[phase], item);
}

static GtkWidget *
add_column (KafBoardColumns *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  gtk_widget_add_css_class (column, "kaf-board-column");
  gtk_box_append (GTK_BOX (self->box), column);
  return column;
}

/* How many cards each step of a phase shows. */
static void
share_room (KafBoardColumns *self, guint phase, guint shown[KAF_MISSION_STEPS + 1])
{
  guint first = kaf_board_phase_first (phase), last = kaf_board_phase_last (phase);
  int left = self->height - PHASE_HEIGHT - (int) (last - first + 1) * STEP_HEIGHT;
  int room = left / (KAF_BOARD_ITEM_HEIGHT + SPACING);
  gboolean given = TRUE;

  for (guint step = first; step <= last; step++)
    {
      guint least = self->stacked ? STACKED_CARDS : LEAST_CARDS;

      shown[step] = MIN (least, self->board->steps[step].cards->len);
      room -= (int) shown[step];
    }
  while (given && room > 0 && !self->stacked)
    {
      given = FALSE;
      for (guint step = first; step <= last && room > 0; step++)
        if (shown[step] < self->board->steps[step].cards->len)
          {
            shown[step]++;
            room--;
            given = TRUE;
          }
    }
}

static void
fill_phase (KafBoardColumns *self, guint phase)
{
  guint first = kaf_board_phase_first (phase), last = kaf_board_phase_last (phase);
  guint shown[KAF_MISSION_STEPS + 1];
  g_autofree char *from = kaf_number_format (first, self->lang);
  g_autofree char *to = kaf_number_format (last, self->lang);
  /* Translators: numbers of the first and the last of several steps. */
  g_autofree char *steps = g_strdup_printf (_ ("steps %s–%s"), from, to);
  GtkWidget *column = add_column (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kaf_board_phase_name (phase), -1);
  gtk_box_append (GTK_BOX (column),
                  make_pair (kaf_board_phase_name (phase), "heading", steps, FALSE));
  share_room (self, phase, shown);
  for (guint step = first; step <= last; step++)
    {
      const KafBoardStep *found = &self->board->steps[step];

      add_heading (self, column, step);
      for (guint i = 0; i < shown[step]; i++)
        add_card (self, column, phase, g_ptr_array_index (found->cards, i));
      if (found->n > shown[step])
        add_more (self, column, phase, step, found->n - shown[step]);
    }
}

/* The cards of one step, row by row over the columns. */
static void
fill_alone (KafBoardColumns *self)
{
  const KafBoardStep *found = &self->board->steps[self->step];
  GtkWidget *columns[KAF_BOARD_PHASES];
  guint n = self->stacked ? 1 : KAF_BOARD_PHASES;

  for (guint i = 0; i < n; i++)
    columns[i] = add_column (self);
  add_heading (self, columns[0], self->step);
  for (guint i = 1; i < n; i++)
    {
      GtkWidget *line = make_pair (NULL, "caption", NULL, FALSE);

      gtk_widget_add_css_class (line, "kaf-board-heading");
      gtk_box_append (GTK_BOX (columns[i]), line);
    }
  for (guint i = 0; i < found->cards->len; i++)
    add_card (self, columns[i % n], i % n, g_ptr_array_index (found->cards, i));
  if (found->n > found->cards->len)
    add_more (self, columns[found->cards->len % n], found->cards->len % n, self->step,
              found->n - found->cards->len);
}

static void
clear (KafBoardColumns *self)
{
  GtkWidget *child;

  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    g_ptr_array_set_size (self->walk[i], 0);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static GtkWidget *
find_focus (KafBoardColumns *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->box) ? focus : NULL;
}

static void
rebuild (KafBoardColumns *self)
{
  GtkWidget *focus = find_focus (self);
  g_autofree char *id =
      KAF_IS_BOARD_ITEM (focus) ? g_strdup (kaf_board_item_get_id (KAF_BOARD_ITEM (focus))) : NULL;
  KafBoardItem *again;

  clear (self);
  if (self->board == NULL)
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), self->stacked
                                                                  ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->box), !self->stacked);
  if (self->step != 0)
    fill_alone (self);
  else
    for (guint phase = 0; phase < KAF_BOARD_PHASES; phase++)
      fill_phase (self, phase);

  again = id != NULL ? kaf_board_columns_find (self, id) : NULL;
  if (again != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (again));
  else if (focus != NULL)
    kaf_board_columns_focus (self);
}

/* Keys */

static gboolean
find_place (KafBoardColumns *self, GtkWidget *widget, guint *column, guint *row)
{
  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    if (g_ptr_array_find (self->walk[i], widget, row))
      {
        *column = i;
        return TRUE;
      }
  return FALSE;
}

static float
find_height (KafBoardColumns *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, self->box, &bounds) ? bounds.origin.y : 0;
}

/* What stands beside @widget, in the next column that has something. */
static GtkWidget *
find_beside (KafBoardColumns *self, GtkWidget *widget, guint column, int step)
{
  float height = find_height (self, widget);
  GtkWidget *best = NULL;
  float least = 0;

  for (int i = (int) column + step; best == NULL && i >= 0 && i < KAF_BOARD_PHASES; i += step)
    for (guint j = 0; j < self->walk[i]->len; j++)
      {
        GtkWidget *other = g_ptr_array_index (self->walk[i], j);
        float distance = fabsf (find_height (self, other) - height);

        if (best == NULL || distance < least)
          {
            best = other;
            least = distance;
          }
      }
  return best;
}

/* Of those that stand one under the other, phases too. */
static GtkWidget *
find_below (KafBoardColumns *self, guint column, guint row, int step)
{
  int next = (int) row + step;

  if (next >= 0 && (guint) next < self->walk[column]->len)
    return g_ptr_array_index (self->walk[column], next);
  if (!self->stacked)
    return NULL;
  for (int i = (int) column + step; i >= 0 && i < KAF_BOARD_PHASES; i += step)
    if (self->walk[i]->len > 0)
      return g_ptr_array_index (self->walk[i], step > 0 ? 0 : self->walk[i]->len - 1);
  return NULL;
}

/* 1 on, -1 back, in the direction of the language; 0: no such key. */
static int
get_side (KafBoardColumns *self, guint keyval)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    return rtl ? -1 : 1;
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left)
    return rtl ? 1 : -1;
  return 0;
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        KafBoardColumns *self)
{
  GtkWidget *focus = find_focus (self);
  GtkWidget *next = NULL;
  int side = get_side (self, keyval);
  guint column, row;

  if (focus == NULL || !find_place (self, focus, &column, &row) || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      if (side != 1 || !KAF_IS_BOARD_ITEM (focus))
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (self, signals[LEAVE], 0, kaf_board_item_get_id (KAF_BOARD_ITEM (focus)));
      return GDK_EVENT_STOP;
    }
  if (side != 0)
    next = find_beside (self, focus, column, side);
  else if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    next = find_below (self, column, row, 1);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    next = find_below (self, column, row, -1);
  else
    return GDK_EVENT_PROPAGATE;
  if (next == NULL)
    return side != 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (next);
  return GDK_EVENT_STOP;
}

/* The widget */

static gboolean
on_relayout (gpointer data)
{
  KafBoardColumns *self = data;

  self->relayout = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* What is made depends on the room, and may not be made while room is being given. */
static void
kaf_board_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KafBoardColumns *self = KAF_BOARD_COLUMNS (widget);
  gboolean stacked = width < SIDE_BY_SIDE;
  int card = KAF_BOARD_ITEM_HEIGHT + SPACING;

  if (stacked != self->stacked || (!stacked && height / card != self->height / card))
    {
      if (self->relayout == 0)
        self->relayout = g_idle_add_full (G_PRIORITY_HIGH, on_relayout, self, NULL);
    }
  self->stacked = stacked;
  self->height = height;
  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation){ 0, 0, width, height }, baseline);
}

static void
kaf_board_columns_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (KAF_BOARD_COLUMNS (widget)->scrolled, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
kaf_board_columns_dispose (GObject *object)
{
  KafBoardColumns *self = KAF_BOARD_COLUMNS (object);

  g_clear_handle_id (&self->relayout, g_source_remove);
  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    g_clear_pointer (&self->walk[i], g_ptr_array_unref);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_board_columns_parent_class)->dispose (object);
}

static void
kaf_board_columns_class_init (KafBoardColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_board_columns_dispose;
  widget_class->size_allocate = kaf_board_columns_size_allocate;
  widget_class->measure = kaf_board_columns_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MORE] = g_signal_new ("more", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
kaf_board_columns_init (KafBoardColumns *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    self->walk[i] = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->box, "kaf-board-columns");
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
kaf_board_columns_new (KafLang lang)
{
  KafBoardColumns *self = g_object_new (KAF_TYPE_BOARD_COLUMNS, NULL);

  self->lang = lang;
  return GTK_WIDGET (self);
}

void
kaf_board_columns_set (KafBoardColumns *self, const KafBoard *board, guint step)
{
  g_return_if_fail (KAF_IS_BOARD_COLUMNS (self));
  g_return_if_fail (step <= KAF_MISSION_STEPS);

  self->board = board;
  self->step = step;
  g_clear_handle_id (&self->relayout, g_source_remove);
  rebuild (self);
}

gboolean
kaf_board_columns_focus (KafBoardColumns *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_COLUMNS (self), FALSE);

  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    if (self->walk[i]->len > 0)
      return gtk_widget_grab_focus (g_ptr_array_index (self->walk[i], 0));
  return FALSE;
}

gboolean
kaf_board_columns_keep_focus (KafBoardColumns *self)
{
  g_return_val_if_fail (KAF_IS_BOARD_COLUMNS (self), FALSE);
  return find_focus (self) != NULL || kaf_board_columns_focus (self);
}

KafBoardItem *
kaf_board_columns_find (KafBoardColumns *self, const char *id)
{
  g_return_val_if_fail (KAF_IS_BOARD_COLUMNS (self), NULL);

  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    for (guint j = 0; j < self->walk[i]->len; j++)
      {
        GtkWidget *widget = g_ptr_array_index (self->walk[i], j);

        if (KAF_IS_BOARD_ITEM (widget) &&
            g_str_equal (kaf_board_item_get_id (KAF_BOARD_ITEM (widget)), id))
          return KAF_BOARD_ITEM (widget);
      }
  return NULL;
}

guint
kaf_board_columns_get_n (KafBoardColumns *self)
{
  guint n = 0;

  g_return_val_if_fail (KAF_IS_BOARD_COLUMNS (self), 0);

  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    for (guint j = 0; j < self->walk[i]->len; j++)
      n += KAF_IS_BOARD_ITEM (g_ptr_array_index (self->walk[i], j));
  return n;
}

char **
kaf_board_columns_dup_ids (KafBoardColumns *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_return_val_if_fail (KAF_IS_BOARD_COLUMNS (self), NULL);

  for (guint i = 0; i < KAF_BOARD_PHASES; i++)
    for (guint j = 0; j < self->walk[i]->len; j++)
      {
        GtkWidget *widget = g_ptr_array_index (self->walk[i], j);

        if (KAF_IS_BOARD_ITEM (widget))
          g_ptr_array_add (ids, g_strdup (kaf_board_item_get_id (KAF_BOARD_ITEM (widget))));
      }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}
