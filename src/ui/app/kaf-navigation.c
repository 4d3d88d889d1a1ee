/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What AdwNavigationView will be in libadwaita 1.4, for piles by section. A page that does not show
 * is hidden from the accessibility tree, and gets its focus back when it shows again. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/app/kaf-navigation.h"

#include "ui/compat/kaf-tooltip.h"

typedef struct
{
  char *name;
  GPtrArray *pages; /* not owned: the stack does */
  GtkWidget *back;  /* button on the first page, or NULL */
} Section;

struct _KafNavigation
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GPtrArray *sections;
  Section *current;
  gboolean folded;
};

enum
{
  CHANGED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KafNavigation, kaf_navigation, GTK_TYPE_WIDGET)

static void
section_free (gpointer data)
{
  Section *section = data;

  g_free (section->name);
  g_ptr_array_unref (section->pages);
  g_free (section);
}

static Section *
find_section (KafNavigation *self, const char *name)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = g_ptr_array_index (self->sections, i);

      if (g_str_equal (section->name, name))
        return section;
    }
  return NULL;
}

static GtkWidget *
top (Section *section)
{
  return g_ptr_array_index (section->pages, section->pages->len - 1);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* A menu that opened the next page would show again with the present one, unseen, and take the keys. */
static GtkWidget *
leave_popover (GtkWidget *focus)
{
  GtkWidget *popover;

  while ((popover = gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER)) != NULL)
    {
      gtk_widget_set_visible (popover, FALSE);
      focus = gtk_widget_get_parent (popover);
    }
  return focus;
}

static void
remember_focus (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GWeakRef *kept;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    return;
  focus = leave_popover (focus);
  kept = g_new0 (GWeakRef, 1);
  g_weak_ref_init (kept, focus);
  g_object_set_data_full (G_OBJECT (page), "kaf-focus", kept, free_weak_ref);
}

static void
give_focus (GtkWidget *page)
{
  GWeakRef *kept = g_object_get_data (G_OBJECT (page), "kaf-focus");
  g_autoptr (GtkWidget) focus = kept != NULL ? g_weak_ref_get (kept) : NULL;

  if (focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, page))
    gtk_widget_grab_focus (focus);
}

/* Without a focus the next Tab would begin in the sidebar. */
static void
give_any_focus (KafNavigation *self, GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
show_top (KafNavigation *self)
{
  GtkWidget *before = gtk_stack_get_visible_child (GTK_STACK (self->stack));
  GtkWidget *page = self->current != NULL ? top (self->current) : NULL;

  if (page == NULL || page == before)
    return;
  if (before != NULL)
    {
      remember_focus (before);
      gtk_accessible_update_state (GTK_ACCESSIBLE (before), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE, -1);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
  give_focus (page);
}

/* A page is a box with its header bar on top. */
static GtkWidget *
add_back_button (KafNavigation *self, GtkWidget *page)
{
  GtkWidget *header = gtk_widget_get_first_child (page);
  GtkWidget *button;
  GtkWidget *box;

  if (!ADW_IS_HEADER_BAR (header))
    return NULL;
  button = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.back");
  kaf_tooltip_set (button, _ ("Sections"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sections"), -1);
  gtk_widget_set_visible (button, self->folded);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
  box = gtk_widget_get_parent (button);
  if (GTK_IS_BOX (box))
    gtk_box_reorder_child_after (GTK_BOX (box), button, NULL);
  return button;
}

static void
leave_page (KafNavigation *self, GtkWidget *page)
{
  gboolean keep = FALSE;

  g_signal_emit (self, signals[LEFT], 0, page, &keep);
  if (keep)
    g_object_set_data (G_OBJECT (page), "kaf-focus", NULL);
  else
    gtk_stack_remove (GTK_STACK (self->stack), page);
}

static void
remove_above (KafNavigation *self, Section *section, guint keep)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  while (section->pages->len > keep)
    g_ptr_array_add (gone, g_ptr_array_steal_index (section->pages, section->pages->len - 1));
  if (gone->len == 0)
    return;
  /* The page beneath shows before those above go: the stack never chooses one by itself. */
  if (section == self->current)
    show_top (self);
  for (guint i = 0; i < gone->len; i++)
    leave_page (self, g_ptr_array_index (gone, i));
  if (section == self->current)
    {
      give_any_focus (self, top (section));
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

static void
kaf_navigation_dispose (GObject *object)
{
  KafNavigation *self = KAF_NAVIGATION (object);

  self->current = NULL;
  g_ptr_array_set_size (self->sections, 0);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (kaf_navigation_parent_class)->dispose (object);
}

static void
kaf_navigation_finalize (GObject *object)
{
  g_ptr_array_unref (KAF_NAVIGATION (object)->sections);
  G_OBJECT_CLASS (kaf_navigation_parent_class)->finalize (object);
}

static void
kaf_navigation_class_init (KafNavigationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kaf_navigation_dispose;
  object_class->finalize = kaf_navigation_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1,
                                GTK_TYPE_WIDGET);
}

static void
kaf_navigation_init (KafNavigation *self)
{
  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

GtkWidget *
kaf_navigation_new (void)
{
  return g_object_new (KAF_TYPE_NAVIGATION, NULL);
}

const char *
kaf_navigation_get_section (KafNavigation *self)
{
  g_return_val_if_fail (KAF_IS_NAVIGATION (self), NULL);
  return self->current != NULL ? self->current->name : NULL;
}

gboolean
kaf_navigation_has_section (KafNavigation *self, const char *section)
{
  g_return_val_if_fail (KAF_IS_NAVIGATION (self), FALSE);
  return find_section (self, section) != NULL;
}

void
kaf_navigation_add_section (KafNavigation *self, const char *section, GtkWidget *page)
{
  Section *made;

  g_return_if_fail (KAF_IS_NAVIGATION (self));
  g_return_if_fail (find_section (self, section) == NULL);

  made = g_new0 (Section, 1);
  made->name = g_strdup (section);
  made->pages = g_ptr_array_new ();
  g_ptr_array_add (made->pages, page);
  made->back = add_back_button (self, page);
  g_ptr_array_add (self->sections, made);
  gtk_stack_add_child (GTK_STACK (self->stack), page);
}

void
kaf_navigation_show_section (KafNavigation *self, const char *section)
{
  Section *found;

  g_return_if_fail (KAF_IS_NAVIGATION (self));

  found = find_section (self, section);
  g_return_if_fail (found != NULL);
  self->current = found;
  show_top (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
kaf_navigation_push (KafNavigation *self, GtkWidget *page)
{
  GtkWidget *focus;

  g_return_if_fail (KAF_IS_NAVIGATION (self));
  g_return_if_fail (self->current != NULL);

  g_ptr_array_add (self->current->pages, page);
  if (gtk_widget_get_parent (page) == NULL)
    gtk_stack_add_child (GTK_STACK (self->stack), page);
  show_top (self);
  /* Else the next Tab would go on from where the page was asked for: the sidebar, a popover. */
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
kaf_navigation_discard (KafNavigation *self, GtkWidget *page)
{
  g_return_if_fail (KAF_IS_NAVIGATION (self));
  g_return_if_fail (gtk_widget_get_parent (page) == self->stack);

  gtk_stack_remove (GTK_STACK (self->stack), page);
}

void
kaf_navigation_remove (KafNavigation *self, GtkWidget *page)
{
  g_return_if_fail (KAF_IS_NAVIGATION (self));

  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = g_ptr_array_index (self->sections, i);
      guint place;

      if (g_ptr_array_find (section->pages, page, &place) && place > 0)
        {
          remove_above (self, section, place);
          return;
        }
    }
}

gboolean
kaf_navigation_pop_to_root (KafNavigation *self, gboolean (*stays) (GtkWidget *page))
{
  guint keep;

  g_return_val_if_fail (KAF_IS_NAVIGATION (self), FALSE);

  if (self->current == NULL)
    return TRUE;
  for (keep = self->current->pages->len; keep > 1; keep--)
    if (stays != NULL && stays (g_ptr_array_index (self->current->pages, keep - 1)))
      break;
  remove_above (self, self->current, MAX (keep, 1));
  return keep <= 1;
}

gboolean
kaf_navigation_pop (KafNavigation *self)
{
  g_return_val_if_fail (KAF_IS_NAVIGATION (self), FALSE);

  if (self->current == NULL || self->current->pages->len <= 1)
    return FALSE;
  remove_above (self, self->current, self->current->pages->len - 1);
  return TRUE;
}

guint
kaf_navigation_get_depth (KafNavigation *self)
{
  g_return_val_if_fail (KAF_IS_NAVIGATION (self), 0);
  return self->current != NULL ? self->current->pages->len : 0;
}

GtkWidget *
kaf_navigation_get_page (KafNavigation *self)
{
  g_return_val_if_fail (KAF_IS_NAVIGATION (self), NULL);
  return self->current != NULL ? top (self->current) : NULL;
}

GtkWidget *
kaf_navigation_get_root_page (KafNavigation *self, const char *section)
{
  Section *found;

  g_return_val_if_fail (KAF_IS_NAVIGATION (self), NULL);
  found = find_section (self, section);
  return found != NULL ? g_ptr_array_index (found->pages, 0) : NULL;
}

void
kaf_navigation_foreach (KafNavigation *self, GFunc func, gpointer data)
{
  g_return_if_fail (KAF_IS_NAVIGATION (self));

  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = g_ptr_array_index (self->sections, i);

      g_ptr_array_foreach (section->pages, func, data);
    }
}

void
kaf_navigation_clear (KafNavigation *self)
{
  GtkWidget *child;

  g_return_if_fail (KAF_IS_NAVIGATION (self));

  self->current = NULL;
  g_ptr_array_set_size (self->sections, 0);
  while ((child = gtk_widget_get_first_child (self->stack)) != NULL)
    gtk_stack_remove (GTK_STACK (self->stack), child);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
kaf_navigation_set_folded (KafNavigation *self, gboolean folded)
{
  g_return_if_fail (KAF_IS_NAVIGATION (self));

  self->folded = folded;
  for (guint i = 0; i < self->sections->len; i++)
    {
      Section *section = g_ptr_array_index (self->sections, i);

      if (section->back != NULL)
        gtk_widget_set_visible (section->back, folded);
    }
}
