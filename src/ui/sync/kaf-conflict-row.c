/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/sync/kaf-conflict-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "ui/record/kaf-columns.h"
#include "ui/record/kaf-pill.h"
#include "ui/sync/kaf-card.h"

/* px from which the values stand side by side: the first beside the two others, these beside each other */
#define ALL_ABREAST 620
#define TWO_ABREAST 380

struct _KafConflictRow
{
  GtkListBoxRow parent_instance;

  KafConflict *conflict;
  gboolean writable;
  KafLang lang;
  GtkWidget *entry; /* nullable: nothing can be written anew */
  GtkWidget *error;
};

G_DEFINE_FINAL_TYPE (KafConflictRow, kaf_conflict_row, GTK_TYPE_LIST_BOX_ROW)

/* Whether one of the two sides alone is this person's own. */
static gboolean
has_own (const KafConflict *conflict)
{
  return conflict->stands.own != conflict->other.own;
}

static const KafConflictSide *
get_side (const KafConflict *conflict, KafOutcome outcome)
{
  switch (outcome)
    {
    case KAF_OUTCOME_STANDS:
      return &conflict->stands;
    case KAF_OUTCOME_OTHER:
      return &conflict->other;
    case KAF_OUTCOME_BEFORE:
    case KAF_OUTCOME_NEW:
    default:
      return &conflict->before;
    }
}

gboolean
kaf_conflict_row_find (KafConflictRow *self, KafConflictChoice choice, KafOutcome *outcome)
{
  gboolean first = kaf_conflict_stands_first (self->conflict);

  switch (choice)
    {
    case KAF_CONFLICT_MINE:
      *outcome = first ? KAF_OUTCOME_STANDS : KAF_OUTCOME_OTHER;
      return TRUE;
    case KAF_CONFLICT_THEIRS:
      *outcome = first ? KAF_OUTCOME_OTHER : KAF_OUTCOME_STANDS;
      return TRUE;
    case KAF_CONFLICT_BEFORE:
      *outcome = KAF_OUTCOME_BEFORE;
      return self->conflict->field != NULL;
    case KAF_CONFLICT_WRITTEN:
    default:
      *outcome = KAF_OUTCOME_NEW;
      return self->entry != NULL;
    }
}

static const char *
name_choice (KafConflictRow *self, KafConflictChoice choice, KafOutcome outcome)
{
  if (choice == KAF_CONFLICT_BEFORE)
    return C_ ("conflict", "Before");
  if (self->conflict->field == NULL)
    return outcome == KAF_OUTCOME_STANDS ? C_ ("conflict", "Keep the record")
                                         : C_ ("conflict", "Delete the record");
  if (has_own (self->conflict))
    return choice == KAF_CONFLICT_MINE ? C_ ("conflict", "Mine") : C_ ("conflict", "Theirs");
  return outcome == KAF_OUTCOME_STANDS ? C_ ("conflict", "The later")
                                       : C_ ("conflict", "The other");
}

static char *
describe_side (KafConflictRow *self, const KafConflictSide *side, KafOutcome outcome)
{
  g_autofree char *when = side->when > 0 ? kaf_time_format (side->when, self->lang) : NULL;

  if (outcome == KAF_OUTCOME_BEFORE)
    return g_strdup (_ ("the value that both knew"));
  return kaf_card_print_author (side->own ? C_ ("author", "you") : side->author, when, self->lang);
}

/* Somebody wrote something else since. */
static void
add_now (GtkWidget *box, const char *now)
{
  g_autofree char *value = kaf_bidi_isolate (now);
  g_autofree char *text = g_strdup_printf (_ ("The record holds something else by now: %s"), value);

  kaf_card_add_label (box, text, NULL);
}

static GtkWidget *
make_choice_heading (const char *name, gboolean stands)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (box), label);
  if (stands)
    gtk_box_append (GTK_BOX (box), kaf_pill_new (_ ("stands now"), "accent"));
  return box;
}

static GtkWidget *
make_choice (KafConflictRow *self, KafConflictChoice choice)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  KafOutcome outcome = KAF_OUTCOME_STANDS;
  gboolean there = kaf_conflict_row_find (self, choice, &outcome);
  const KafConflictSide *side = get_side (self->conflict, outcome);
  const char *name = name_choice (self, choice, outcome);
  g_autofree char *value = side->text != NULL ? kaf_bidi_isolate (side->text) : NULL;
  g_autofree char *who = describe_side (self, side, outcome);
  const char *said = side->text != NULL ? side->text : _ ("empty");
  gboolean tells = self->conflict->field != NULL || side->text != NULL;
  g_autofree char *spoken = tells ? g_strdup_printf ("%s: %s, %s", name, said, who)
                                  : g_strdup_printf ("%s: %s", name, who);

  gtk_box_append (GTK_BOX (box), make_choice_heading (name, side->in_force));
  if (tells)
    kaf_card_add_label (box, value != NULL ? value : _ ("empty"),
                        value != NULL ? NULL : "dim-label");
  gtk_widget_add_css_class (kaf_card_add_label (box, who, "caption"), "dim-label");
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "kaf-choice");
  if (side->in_force)
    gtk_widget_add_css_class (button, "stands");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sus)", self->conflict->id,
                                    (guint) choice, "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "conflicts.settle");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_widget_set_sensitive (button, self->writable);
  gtk_widget_set_visible (button, there);
  return button;
}

static GtkWidget *
make_heading (KafConflictRow *self)
{
  const KafConflict *conflict = self->conflict;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *open = gtk_button_new_with_label (_ ("Open the Record"));
  const char *title = conflict->title != NULL ? conflict->title : _ ("Record without a name");
  g_autofree char *isolated = kaf_bidi_isolate (title);
  g_autofree char *name = g_strdup_printf ("%s: %s", _ ("Open the Record"), title);
  g_autofree char *field = kaf_conflict_name (conflict);

  kaf_card_add_label (lines, isolated, "heading");
  gtk_widget_add_css_class (kaf_card_add_label (lines, field, NULL), "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_widget_add_css_class (open, "flat");
  gtk_widget_set_valign (open, GTK_ALIGN_START);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", conflict->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "conflicts.open");
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), open);
  return box;
}

/* Another value */

static gboolean
is_text_like (const KafField *field)
{
  static const KafKind kinds[] = { KAF_KIND_TEXT,  KAF_KIND_INTEGER, KAF_KIND_DATE,
                                   KAF_KIND_EMAIL, KAF_KIND_PHONE,   KAF_KIND_PARTIAL_DATE,
                                   KAF_KIND_URL };

  /* Of several fields that change together, one alone is never written. */
  if (field == NULL || field->unit != NULL || kaf_field_is_many (field))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (field->kind == kinds[i])
      return TRUE;
  return FALSE;
}

static void
on_write (GtkWidget *widget, KafConflictRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  kaf_conflict_row_set_error (self, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "conflicts.settle", "(sus)", self->conflict->id,
                              (guint) KAF_CONFLICT_WRITTEN, text);
}

static GtkWidget *
make_writing (KafConflictRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_ ("Write It"));

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("Another value"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Another value"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Write It"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_sensitive (line, self->writable);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_write), self);
  g_signal_connect (button, "clicked", G_CALLBACK (on_write), self);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (box), line);
  self->error = kaf_card_add_label (box, NULL, "kaf-field-error");
  gtk_widget_set_visible (self->error, FALSE);
  return box;
}

static void
kaf_conflict_row_finalize (GObject *object)
{
  g_clear_pointer (&KAF_CONFLICT_ROW (object)->conflict, kaf_conflict_free);
  G_OBJECT_CLASS (kaf_conflict_row_parent_class)->finalize (object);
}

static void
kaf_conflict_row_class_init (KafConflictRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_conflict_row_finalize;
}

static void
kaf_conflict_row_init (KafConflictRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "kaf-conflict");
}

GtkWidget *
kaf_conflict_row_new (KafConflict *conflict, gboolean writable, KafLang lang)
{
  KafConflictRow *self = g_object_new (KAF_TYPE_CONFLICT_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *rest;
  g_autofree char *field = kaf_conflict_name (conflict);
  g_autofree char *name = NULL;

  self->conflict = conflict;
  self->writable = writable;
  self->lang = lang;
  name = g_strdup_printf ("%s, %s", conflict->title != NULL ? conflict->title : "", field);
  gtk_box_append (GTK_BOX (box), make_heading (self));
  if (conflict->now != NULL)
    add_now (box, conflict->now);
  rest = kaf_columns_new (make_choice (self, KAF_CONFLICT_THEIRS),
                          make_choice (self, KAF_CONFLICT_BEFORE), TWO_ABREAST, 50, 10);
  gtk_box_append (GTK_BOX (box), kaf_columns_new (make_choice (self, KAF_CONFLICT_MINE), rest,
                                                  ALL_ABREAST, 33, 10));
  if (is_text_like (conflict->field))
    gtk_box_append (GTK_BOX (box), make_writing (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const KafConflict *
kaf_conflict_row_get_conflict (KafConflictRow *self)
{
  g_return_val_if_fail (KAF_IS_CONFLICT_ROW (self), NULL);
  return self->conflict;
}

static gboolean
same_side (const KafConflictSide *a, const KafConflictSide *b)
{
  return a->when == b->when && a->own == b->own && a->in_force == b->in_force &&
         g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->author, b->author) == 0;
}

gboolean
kaf_conflict_row_shows (KafConflictRow *self, const KafConflict *conflict)
{
  const KafConflict *own = self->conflict;

  return g_str_equal (own->id, conflict->id) && own->field == conflict->field &&
         g_strcmp0 (own->title, conflict->title) == 0 && g_strcmp0 (own->now, conflict->now) == 0 &&
         same_side (&own->stands, &conflict->stands) && same_side (&own->other, &conflict->other) &&
         same_side (&own->before, &conflict->before);
}

void
kaf_conflict_row_set_error (KafConflictRow *self, const char *text)
{
  g_return_if_fail (KAF_IS_CONFLICT_ROW (self));

  if (self->entry == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->error), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}
