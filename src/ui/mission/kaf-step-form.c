/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/mission/kaf-step-form.h"

#include "ui/record/kaf-columns.h"

#define PAIR_FROM 640 /* px */
#define GAP 18

typedef struct
{
  GtkWidget *widget;
  const char *tab;    /* nullable */
  const char *entity; /* nullable */
  KafStepShow show;
  KafStepLead lead;
} Piece;

struct _KafStepForm
{
  GtkBox parent_instance;

  KafMissionPage *page; /* weak: it owns us */
  GtkWidget *stack;     /* nullable: of the tabs */
  GtkWidget *box;       /* where the next piece goes */
  const char *tab;      /* nullable: the same */
  GArray *pieces;       /* (element-type Piece) */
};

G_DEFINE_FINAL_TYPE (KafStepForm, kaf_step_form, GTK_TYPE_BOX)

static void
kaf_step_form_dispose (GObject *object)
{
  g_clear_weak_pointer (&KAF_STEP_FORM (object)->page);
  G_OBJECT_CLASS (kaf_step_form_parent_class)->dispose (object);
}

static void
kaf_step_form_finalize (GObject *object)
{
  g_array_unref (KAF_STEP_FORM (object)->pieces);
  G_OBJECT_CLASS (kaf_step_form_parent_class)->finalize (object);
}

static void
kaf_step_form_class_init (KafStepFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_step_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = kaf_step_form_finalize;
}

static void
kaf_step_form_init (KafStepForm *self)
{
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

GtkWidget *
kaf_step_form_new (KafMissionPage *page, gboolean tabs)
{
  KafStepForm *self = g_object_new (KAF_TYPE_STEP_FORM, NULL);
  GtkWidget *switcher, *scrolled;

  g_set_weak_pointer (&self->page, page);
  self->box = GTK_WIDGET (self);
  if (!tabs)
    return GTK_WIDGET (self);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  /* Where they have no room for their names, the tabs scroll sideways. */
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), switcher);
  gtk_box_append (GTK_BOX (self), scrolled);
  gtk_box_append (GTK_BOX (self), self->stack);
  return GTK_WIDGET (self);
}

KafMissionPage *
kaf_step_form_get_page (KafStepForm *self)
{
  return self->page;
}

void
kaf_step_form_add_tab (KafStepForm *self, const char *id, const char *title)
{
  g_return_if_fail (KAF_IS_STEP_FORM (self) && self->stack != NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->tab = id;
  gtk_stack_add_titled (GTK_STACK (self->stack), self->box, id, title);
}

void
kaf_step_form_add (
    KafStepForm *self, GtkWidget *widget, const char *entity, KafStepShow show, KafStepLead lead)
{
  const Piece piece = { widget, self->tab, entity, show, lead };

  g_return_if_fail (KAF_IS_STEP_FORM (self));

  g_array_append_val (self->pieces, piece);
  if (gtk_widget_get_parent (widget) == NULL)
    gtk_box_append (GTK_BOX (self->box), widget);
}

static void
show_parts (GtkWidget *widget, const KafMissionData *data, gboolean writable)
{
  kaf_part_list_set (KAF_PART_LIST (widget), data, writable);
}

static gboolean
lead_parts (GtkWidget *widget, const char *entity, const char *id, const char *field)
{
  KafPartList *list = KAF_PART_LIST (widget);

  return g_str_equal (kaf_part_list_get_spec (list)->entity, entity) &&
         kaf_part_list_lead (list, id);
}

GtkWidget *
kaf_step_form_add_parts (KafStepForm *self, const KafPartSpec *spec)
{
  GtkWidget *list = kaf_part_list_new (spec);

  kaf_step_form_add (self, list, NULL, show_parts, lead_parts);
  return list;
}

static void
show_fields (GtkWidget *widget, const KafMissionData *data, gboolean writable)
{
  kaf_mission_fields_set (KAF_MISSION_FIELDS (widget), data, writable);
}

static gboolean
lead_fields (GtkWidget *widget, const char *entity, const char *id, const char *field)
{
  return g_str_equal (entity, "mission") && field != NULL &&
         kaf_mission_fields_lead (KAF_MISSION_FIELDS (widget), field);
}

GtkWidget *
kaf_step_form_add_fields (KafStepForm *self,
                          const char *title,
                          const char *const *start,
                          const char *const *end)
{
  GtkWidget *fields = kaf_mission_fields_new (self->page, title, start, end);

  kaf_step_form_add (self, fields, "mission", show_fields, lead_fields);
  return fields;
}

void
kaf_step_form_add_pair (KafStepForm *self, const KafPartSpec *start, const KafPartSpec *end)
{
  GtkWidget *lists[] = { kaf_part_list_new (start), kaf_part_list_new (end) };

  gtk_box_append (GTK_BOX (self->box), kaf_columns_new (lists[0], lists[1], PAIR_FROM, 50, GAP));
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    kaf_step_form_add (self, lists[i], NULL, show_parts, lead_parts);
}

void
kaf_step_form_show_tab (KafStepForm *self, const char *id)
{
  g_return_if_fail (KAF_IS_STEP_FORM (self) && self->stack != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), id);
}

/* Whether the role is told the records that the piece shows. */
static gboolean
is_told (const Piece *piece, const KafMissionData *data)
{
  const char *entity = KAF_IS_PART_LIST (piece->widget)
                           ? kaf_part_list_get_spec (KAF_PART_LIST (piece->widget))->entity
                           : piece->entity;

  return entity == NULL || kaf_mission_data_knows (data, entity);
}

/* A tab of which nothing is told is none. */
static void
show_tab_of (KafStepForm *self, const Piece *piece, const KafMissionData *data)
{
  GtkStack *stack = GTK_STACK (self->stack);
  gboolean told = FALSE;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *other = &g_array_index (self->pieces, Piece, i);

      told |= g_strcmp0 (other->tab, piece->tab) == 0 && is_told (other, data);
    }
  gtk_stack_page_set_visible (
      gtk_stack_get_page (stack, gtk_stack_get_child_by_name (stack, piece->tab)), told);
}

void
kaf_step_form_show (GtkWidget *form, const KafMissionData *data, gboolean writable)
{
  KafStepForm *self = KAF_STEP_FORM (form);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      gboolean told = is_told (piece, data);

      gtk_widget_set_visible (piece->widget, told);
      if (piece->tab != NULL)
        show_tab_of (self, piece, data);
      if (piece->show != NULL && told)
        piece->show (piece->widget, data,
                     writable && (piece->entity == NULL ||
                                  kaf_mission_data_may_write (data, piece->entity)));
    }
}

gboolean
kaf_step_form_lead (GtkWidget *form, const char *entity, const char *id, const char *field)
{
  KafStepForm *self = KAF_STEP_FORM (form);
  const char *before =
      self->stack != NULL ? gtk_stack_get_visible_child_name (GTK_STACK (self->stack)) : NULL;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->lead == NULL)
        continue;
      /* What does not show takes no focus. */
      if (piece->tab != NULL)
        kaf_step_form_show_tab (self, piece->tab);
      if (piece->lead (piece->widget, entity, id, field))
        return TRUE;
    }
  if (before != NULL)
    kaf_step_form_show_tab (self, before);
  return FALSE;
}
